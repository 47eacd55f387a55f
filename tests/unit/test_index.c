/* rune-index.md and skill-index.json. */
#include <check.h>

#include "emit_fixture.h"

Suite *index_suite(void);

/* E18, E21, O06 */
START_TEST(e18_e21_o06_names_are_classified_by_what_they_are)
{
	static const struct file files[] = { CONFIG, SKILL("reindex", ""),
		SKILL("context-engine", ""), SKILL("constructor", "") };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ef_has(".cursor/skills/rune-index.md",
		"## Core Skills\n\n"
		"- rune-constructor/SKILL.md: About constructor.\n"
		"- rune-context-engine/SKILL.md: About");
	ef_has(".cursor/skills/rune-index.md", "- rune-reindex/SKILL.md");
	ef_has_not(".cursor/skills/rune-index.md", "Extension Packs");
	ef_has(".cursor/skills/skill-index.json", "\"skillCount\": 3");
	ck_assert_uint_eq(ef_stats.skills, 3);
}
END_TEST

/* E20 */
START_TEST(e20_intents_come_from_the_skill_itself)
{
	static const struct file files[] = { CONFIG,
		{ "src/skills/zap/SKILL.md", "---\nname: zap-it\ndescription: Zaps. Use "
					     "when a fly hums, or the "
					     "user says \"swat\".\n---\n\n# Zap\n\n## "
					     "Triggers\n\n- \"Get rid of "
					     "it\" or \"`zap`\"\n- A window is "
					     "open.\n\n## Steps\n\n- not this\n" } };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ef_has(".cursor/skills/skill-index.json", "\"intents\": [\n"
						  "        \"zap it\",\n"
						  "        \"get rid of it\",\n"
						  "        \"zap\",\n"
						  "        \"a window is open\",\n"
						  "        \"swat\",\n"
						  "        \"a fly hums\"\n"
						  "      ]");
}
END_TEST

/* E17, E18 */
START_TEST(e17_a_signal_may_be_called_anything)
{
	static const struct file files[] = { CONFIG,
		{ "src/skills/a/SKILL.md",
			"---\nname: a\ndescription: d\nmetadata:\n  emit: "
			"constructor\n  listen: __proto__\n---\n\n# a\n" } };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ef_has(".cursor/skills/skill-index.json",
		"\"constructor\": {\n      \"emitters\": [\n        \"a\"\n      ],\n"
		"      \"listeners\": []\n    }");
	ef_has(".cursor/skills/skill-index.json", "\"__proto__\": {");
}
END_TEST

/* E18: never lost in silence */
START_TEST(e18_a_name_that_is_none_is_refused)
{
	static const struct file files[] = { CONFIG, SKILL("__proto__", "x") };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ck_assert_uint_eq(ef_stats.skills, 0);
	ck_assert_uint_eq(mf_reported(RULE_NAME_INVALID), 1);
}
END_TEST

/* E22 */
START_TEST(e22_no_index_if_the_config_says_so)
{
	static const struct file files[] = {
		{ "proj/rune.config.json",
			"{\"source\": \"../src\", \"output\": {\"index\": false}}" },
		SKILL("a", "")
	};

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ck_assert_ptr_null(ef_output(".cursor/skills/rune-index.md"));
	ck_assert_ptr_null(ef_output(".cursor/skills/skill-index.json"));
	/* all that a flat platform has to find its way */
	ck_assert(ef_emit("generic"));
	ck_assert_ptr_nonnull(ef_output(".ai/rules/rune-index.md"));
	ck_assert_ptr_null(ef_output(".ai/rules/skill-index.json"));
}
END_TEST

Suite *index_suite(void)
{
	Suite *s = suite_create("index");
	TCase *t = mf_case(s, "index");

	tcase_add_test(t, e18_e21_o06_names_are_classified_by_what_they_are);
	tcase_add_test(t, e20_intents_come_from_the_skill_itself);
	tcase_add_test(t, e17_a_signal_may_be_called_anything);
	tcase_add_test(t, e18_a_name_that_is_none_is_refused);
	tcase_add_test(t, e22_no_index_if_the_config_says_so);
	return s;
}
