#include <check.h>

#include "pass_fixture.h"
#include "rune/str.h"

Suite *pass_subagents_suite(void);

#define check_rows(adapter, ...)                                      \
	do {                                                          \
		static const struct fx_row rows_[] = { __VA_ARGS__ }; \
		fx_check(&(adapter), rows_, COUNTOF(rows_));          \
	} while (0)

START_TEST(starting_many_becomes_working_in_sequence)
{
	check_rows(fx_prose,
		{ "Launch 3 parallel agents.",
			"Work through 3 tasks one after the other." },
		{ "Then launch up to 3 parallel agents: one per file.",
			"Then work through up to 3 tasks one after the other: one per "
			"file." },
		{ "Spawn agents for each module.",
			"Work through the tasks one after the other for each module." },
		{ "Dispatch several subagents concurrently.",
			"Work through several tasks one after the other." },
		{ "Run the three agents in parallel.",
			"Work through the three tasks one after the other." },
		{ "Use parallel agents.", "Work through the tasks one after the other." },
		{ "It launches 2-4 sub-agents at once.",
			"It works through 2-4 tasks one after the other." },
		{ "Before launching parallel\nagents, stop.",
			"Before working through the tasks one after the other, stop." });
}
END_TEST

START_TEST(starting_one_becomes_taking_up_a_task)
{
	check_rows(fx_prose,
		{ "Spawn a subagent to map it.", "Take up a separate task to map it." },
		{ "Dispatch one fresh agent per file.",
			"Take up a separate task per file." });
}
END_TEST

START_TEST(marks_and_phrases_about_agents)
{
	check_rows(fx_prose, { "PARALLEL EXECUTION: yes", "SEQUENTIAL EXECUTION: yes" },
		{ "## PARALLEL EXECUTION\n", "## SEQUENTIAL EXECUTION\n" },
		{ "The **3 parallel agents** report.",
			"The **3 sequential tasks** report." },
		{ "Agents run in parallel.", "Agents run one after the other." });
}
END_TEST

START_TEST(t10_other_meanings_stay)
{
	/* T10 */
	static const char *const same[] = { "Respawn agent pools daily.",
		"The supervisor will respawn agent processes.",
		"The supervisor will spawn agent processes.",
		"Run the tests in parallel.", "Create three agents in your SDK.",
		"Use user-agents.", "Never spawn agents in parallel.",
		"Do not launch 3 parallel agents.", "Agents don't run in parallel.",
		"Parallel execution is risky.", "PARALLEL EXECUTIONS",
		"XPARALLEL EXECUTION", "launch the app", "relaunch agents",
		"`spawn agents`", "```\nspawn agents\n```\n",
		"| agents | x |\n|---|---|\n| a | in parallel |\n" };

	for (size_t i = 0; i < COUNTOF(same); i++) {
		struct str out = fx_run(&fx_prose, same[i]);

		ck_assert_msg(str_eq(out, str_c(same[i])), "got '%.*s', want '%s'",
			STR_ARG(out), same[i]);
	}
}
END_TEST

START_TEST(t11_platforms_with_subagents_keep_it)
{
	/* T11 */
	check_rows(
		fx_native, { "Launch 2 parallel agents.", "Launch 2 parallel agents." });
}
END_TEST

Suite *pass_subagents_suite(void)
{
	Suite *s = suite_create("pass_subagents");
	TCase *t = tcase_create("subagents");

	tcase_add_checked_fixture(t, fx_open, fx_close);
	tcase_add_test(t, starting_many_becomes_working_in_sequence);
	tcase_add_test(t, starting_one_becomes_taking_up_a_task);
	tcase_add_test(t, marks_and_phrases_about_agents);
	tcase_add_test(t, t10_other_meanings_stay);
	tcase_add_test(t, t11_platforms_with_subagents_keep_it);
	suite_add_tcase(s, t);
	return s;
}
