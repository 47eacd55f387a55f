#include <check.h>

#include "pass_fixture.h"
#include "rune/str.h"

Suite *pass_references_suite(void);

#define check_rows(adapter, ...)                                      \
	do {                                                          \
		static const struct fx_row rows_[] = { __VA_ARGS__ }; \
		fx_check(&(adapter), rows_, COUNTOF(rows_));          \
	} while (0)

START_TEST(a_reference_names_the_skill_and_what_it_is)
{
	check_rows(fx_prose,
		{ "Ask `rune:alpha` for light.",
			"Ask the `rune-alpha` skill for light." },
		{ "Ask rune:alpha for light.", "Ask the rune-alpha skill for light." },
		{ "This is rune:cook.", "This is the rune-cook skill." },
		{ "rune:plan", "the rune-plan skill" },
		{ "(rune:plan)", "(the rune-plan skill)" },
		{ "\"rune:plan\"", "\"the rune-plan skill\"" },
		{ "Ask ``rune:alpha``.", "Ask the `rune-alpha` skill." });
	check_rows(fx_flat, { "Ask `rune:alpha`.", "Ask the `rune-alpha` rule file." });
	check_rows(fx_native,
		{ "Ask `rune:alpha` or rune:beta.", "Ask `$rune-alpha` or $rune-beta." });
}
END_TEST

START_TEST(words_that_are_there_are_not_doubled)
{
	check_rows(fx_prose,
		{ "Ask the `rune:alpha` skill.", "Ask the `rune-alpha` skill." },
		{ "Ask the `rune:alpha`.", "Ask the `rune-alpha` skill." },
		{ "The `rune:alpha` finds it.", "The `rune-alpha` skill finds it." },
		{ "Run `rune:alpha` skill now.", "Run the `rune-alpha` skill now." },
		{ "Run a rune:alpha skill.", "Run a rune-alpha skill." },
		{ "your rune:alpha", "your rune-alpha skill" },
		{ "the matching `rune:alpha`", "the matching `rune-alpha` skill" },
		{ "the much faster `rune:alpha` skill",
			"the much faster `rune-alpha` skill" },
		{ "after the build `rune:alpha` runs",
			"after the build the `rune-alpha` skill runs" },
		{ "the user's `rune:alpha`", "the user's `rune-alpha` skill" },
		{ "say that `rune:alpha` runs", "say that the `rune-alpha` skill runs" },
		{ "that `rune:alpha` skill", "that `rune-alpha` skill" },
		{ "either `rune:alpha` or `rune:beta`",
			"either the `rune-alpha` skill or the `rune-beta` skill" },
		{ "the `rune:backend` pack", "the `rune-ext-backend` pack" },
		{ "the `rune:alpha` skillset", "the `rune-alpha` skill skillset" });
}
END_TEST

START_TEST(possessives_and_plurals)
{
	check_rows(fx_prose,
		{ "`rune:alpha`'s output", "the `rune-alpha` skill's output" },
		{ "rune:alpha's output", "the rune-alpha skill's output" },
		{ "the `rune:alpha` skill's output", "the `rune-alpha` skill's output" },
		{ "The `rune:alpha` and `rune:beta` skills run.",
			"The `rune-alpha` and `rune-beta` skills run." },
		{ "`rune:alpha`, rune:beta and `rune:cook` skills",
			"the `rune-alpha`, rune-beta and `rune-cook` skills" },
		{ "`rune:alpha`, `rune:beta` and `rune:cook`",
			"the `rune-alpha` skill, the `rune-beta` skill and the "
			"`rune-cook` skill" });
}
END_TEST

START_TEST(the_platforms_noun_takes_the_place_of_skill)
{
	check_rows(fx_flat,
		{ "Ask the `rune:alpha` skill.", "Ask the `rune-alpha` rule file." },
		{ "the `rune:alpha` skill's output",
			"the `rune-alpha` rule file's output" },
		{ "the **rune:alpha** skill", "the **rune-alpha** rule file" },
		{ "the `rune:alpha` rule file", "the `rune-alpha` rule file" },
		{ "the `rune:alpha` and `rune:beta` skills",
			"the `rune-alpha` and `rune-beta` rule files" });
	check_rows(fx_native, { "the `rune:alpha` skill", "the `$rune-alpha` skill" });
}
END_TEST

START_TEST(t03_t04_in_a_longer_code_span_only_the_name)
{
	/* T03, T04: at the end, the start, in the middle */
	check_rows(fx_prose, { "`use rune:cook`", "`use rune-cook`" },
		{ "`rune:cook feature`", "`rune-cook feature`" },
		{ "`use rune:cook now`", "`use rune-cook now`" },
		{ "the `use rune:cook` skill", "the `use rune-cook` skill" },
		{ "`Skill(\"rune:cook\")`", "`Skill(\"rune-cook\")`" },
		{ "`rune:cook then rune:plan`", "`rune-cook then rune-plan`" },
		{ "`see rune:backend/auth-patterns`",
			"`see rune-ext-backend/auth-patterns`" });
	check_rows(fx_native, { "`use rune:cook`", "`use $rune-cook`" });
}
END_TEST

START_TEST(t01_t02_what_only_looks_like_a_reference_stays)
{
	/* T01, T02 */
	static const char *const same[] = { "Run `docker prune:all` and prune:cook.",
		"See https://port.example/rune:alpha/map.",
		"[map](https://port.example/rune:alpha)",
		"<https://x.example/rune:alpha>", "mail me@rune:alpha", "a/rune:alpha",
		"x-rune:alpha", "x_rune:alpha", "x.rune:alpha", "?q=rune:alpha&rune:beta",
		"$rune:alpha", "#rune:alpha", "%rune:alpha", "rune: alpha", "rune :alpha",
		"rune:", "RUNE:alpha", "<!-- rune:alpha -->",
		"<a href=\"rune:alpha\">x</a>" };

	for (size_t i = 0; i < COUNTOF(same); i++) {
		struct str out = fx_run(&fx_prose, same[i]);

		ck_assert_msg(str_eq(out, str_c(same[i])), "got '%.*s', want '%s'",
			STR_ARG(out), same[i]);
	}
}
END_TEST

START_TEST(t05_y03_code_blocks_and_comments_stay)
{
	/* T05, Y03 */
	static const char text[] =
		"```sh\nrune:alpha `Read` PARALLEL EXECUTION: x\n```\n\n"
		"~~~\nrune:alpha\n~~~\n\n"
		"    rune:alpha `Read`\n\n"
		"- item\n\n  ```\n  Skill(\"rune:cook\")\n  ```\n\n"
		"x <!-- rune:alpha --> y\n";

	check_rows(fx_prose, { text, text });
}
END_TEST

START_TEST(t13_the_longest_known_name_ends_at_a_hyphen)
{
	/* T13 */
	check_rows(fx_prose,
		{ "Stop at rune:alpha, then rune:beta. Or rune:gamma- no.",
			"Stop at the rune-alpha skill, then the rune-beta skill. Or the "
			"rune-gamma skill- no." },
		{ "rune:cook-then stop", "the rune-cook skill-then stop" },
		{ "rune:gamma-ray", "the rune-gamma-ray skill" },
		{ "rune:gamma-rays", "the rune-gamma skill-rays" },
		{ "`rune:gamma-`", "`rune-gamma-`" });
}
END_TEST

START_TEST(t12_unknown_and_disabled_names_stay)
{
	/* T12 */
	check_rows(fx_prose,
		{ "Ask `rune:nosuch` and rune:hushed.",
			"Ask `rune:nosuch` and rune:hushed." },
		{ "`rune:nosuch` and `rune:alpha` skills",
			"`rune:nosuch` and the `rune-alpha` skills" },
		{ "rune:backend/nosuch", "rune:backend/nosuch" });
	/* the others are reported where the project is linked */
	ck_assert_uint_eq(fx_reported(RULE_REF_DANGLING), 1);
}
END_TEST

START_TEST(packs_and_their_parts)
{
	check_rows(fx_prose, { "see `rune:backend`", "see the `rune-ext-backend` skill" },
		{ "see `rune:backend/auth-patterns`.",
			"see `auth-patterns` of the `rune-ext-backend` skill." },
		{ "see rune:backend/auth-patterns.",
			"see auth-patterns of the rune-ext-backend skill." });
	check_rows(fx_flat,
		{ "see `rune:backend/api-patterns`",
			"see `api-patterns` in the `rune-ext-backend` rule file" });
	check_rows(fx_plugin,
		{ "`rune:cook` and rune:cook", "`rune:cook` and rune:cook" },
		{ "`rune:backend`", "`rune:ext-backend`" },
		{ "`rune:backend/auth-patterns`",
			"`auth-patterns` of `rune:ext-backend`" },
		{ "`use rune:backend/auth-patterns`",
			"`use rune:ext-backend/auth-patterns`" });
}
END_TEST

START_TEST(in_a_packs_own_text_a_part_is_only_named)
{
	struct unit u = fx_unit("See `rune:backend/auth-patterns` or rune:backend.");

	u.pack = fx_pack();
	ck_assert(str_eq(fx_run_unit(&fx_prose, &u, NULL),
		STR("See `auth-patterns` or the rune-ext-backend skill.")));
}
END_TEST

START_TEST(every_place_a_reference_may_stand_in)
{
	check_rows(fx_prose,
		{ "## Step 1: `rune:plan`\n", "## Step 1: the `rune-plan` skill\n" },
		{ "rune:plan\n===\n", "the rune-plan skill\n===\n" },
		{ "- `rune:plan`: first\n- rune:fix\n",
			"- the `rune-plan` skill: first\n- the rune-fix skill\n" },
		{ "> ask\n> the\n> `rune:plan`\n",
			"> ask\n> the\n> `rune-plan` skill\n" },
		{ "| who | what |\n|---|---|\n| `rune:alpha` | light |\n",
			"| who | what |\n|---|---|\n| the `rune-alpha` skill | light "
			"|\n" },
		{ "| the | rune:alpha |\n|---|---|\n",
			"| the | the rune-alpha skill |\n|---|---|\n" },
		{ "**rune:alpha** and *the rune:beta*",
			"**the rune-alpha skill** and *the rune-beta skill*" },
		{ "the **`rune:alpha`** skill", "the **`rune-alpha`** skill" },
		{ "[rune:alpha](https://x.example)",
			"[the rune-alpha skill](https://x.example)" },
		{ "the [`rune:alpha`](https://x.example) skill",
			"the [`rune-alpha`](https://x.example) skill" },
		{ "<HARD-GATE>\nAsk rune:plan first.\n</HARD-GATE>\n",
			"<HARD-GATE>\nAsk the rune-plan skill first.\n</HARD-GATE>\n" },
		{ "the\r\n`rune:alpha`\r\nskill\r\n",
			"the\r\n`rune-alpha`\r\nskill\r\n" },
		{ "rune:alpha\xe2\x80\x94then", "the rune-alpha skill\xe2\x80\x94then" },
		{ "rune:plan \xe2\x86\x92 rune:cook",
			"the rune-plan skill \xe2\x86\x92 the rune-cook skill" },
		{ "rune:alpha, rune:beta; rune:fix! rune:plan?",
			"the rune-alpha skill, the rune-beta skill; the rune-fix skill! "
			"the "
			"rune-plan skill?" });
}
END_TEST

START_TEST(names_and_texts_of_targets)
{
	struct ref_target skill = { .kind = VERTEX_SKILL, .skill = fx_skill("plan") };
	struct ref_target pack = { .kind = VERTEX_PACK, .pack = fx_pack() };
	struct ref_target part = {
		.kind = VERTEX_PART, .pack = fx_pack(), .part = fx_pack()->part
	};
	static const struct adapter bare = { .ref_format = STR_INIT("") };
	static const struct adapter fixed = { .ref_format = STR_INIT("its own file") };
	struct arena *a = &fx.a;

	ck_assert(str_eq(emit_name_of(&fx_prose, &skill), STR("rune-plan")));
	ck_assert(str_eq(emit_name_of(&fx_prose, &part), STR("rune-ext-backend")));
	ck_assert(str_eq(emit_name_of(&fx_plugin, &skill), STR("plan")));
	ck_assert(str_eq(emit_name_of(&fx_plugin, &pack), STR("ext-backend")));
	ck_assert(str_eq(ref_text(&fx_prose, NULL, &skill, true, a),
		STR("the `rune-plan` skill")));
	ck_assert(
		str_eq(ref_text(&fx_native, NULL, &skill, false, a), STR("$rune-plan")));
	ck_assert(
		str_eq(ref_text(&fx_plugin, NULL, &skill, true, a), STR("`rune:plan`")));
	ck_assert(str_eq(ref_text(&fx_flat, NULL, &part, false, a),
		STR("api-patterns in the rune-ext-backend rule file")));
	ck_assert(str_eq(ref_text(&bare, NULL, &skill, true, a), STR("`rune-plan`")));
	ck_assert(str_eq(ref_text(&bare, NULL, &part, true, a),
		STR("`api-patterns` of `rune-ext-backend`")));
	ck_assert(str_eq(ref_text(&fixed, NULL, &skill, true, a), STR("its own file")));
}
END_TEST

Suite *pass_references_suite(void)
{
	Suite *s = suite_create("pass_references");
	TCase *t = tcase_create("references");

	tcase_add_checked_fixture(t, fx_open, fx_close);
	tcase_add_test(t, a_reference_names_the_skill_and_what_it_is);
	tcase_add_test(t, words_that_are_there_are_not_doubled);
	tcase_add_test(t, possessives_and_plurals);
	tcase_add_test(t, the_platforms_noun_takes_the_place_of_skill);
	tcase_add_test(t, t03_t04_in_a_longer_code_span_only_the_name);
	tcase_add_test(t, t01_t02_what_only_looks_like_a_reference_stays);
	tcase_add_test(t, t05_y03_code_blocks_and_comments_stay);
	tcase_add_test(t, t13_the_longest_known_name_ends_at_a_hyphen);
	tcase_add_test(t, t12_unknown_and_disabled_names_stay);
	tcase_add_test(t, packs_and_their_parts);
	tcase_add_test(t, in_a_packs_own_text_a_part_is_only_named);
	tcase_add_test(t, every_place_a_reference_may_stand_in);
	tcase_add_test(t, names_and_texts_of_targets);
	suite_add_tcase(s, t);
	return s;
}
