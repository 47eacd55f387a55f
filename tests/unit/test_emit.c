/* From files on disk to an output tree in memory, for one platform at a time. */
#include <check.h>

#include "emit_fixture.h"

Suite *emit_suite(void);

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

/* E05 */
START_TEST(e05_two_emissions_are_equal)
{
	static const struct file files[] = { CONFIG, SKILL("a", "`rune:b`"),
		SKILL("b", "x"),
		{ "src/extensions/p/PACK.md",
			"---\nname: p\ndescription: P.\n---\n\n# p\n" } };
	struct outtree first;

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("openclaw"));
	first = ef_tree;
	ck_assert(ef_emit("openclaw"));
	ck_assert_uint_eq(first.n, ef_tree.n);
	for (size_t i = 0; i < ef_tree.n; i++) {
		ck_assert(str_eq(first.v[i].path, ef_tree.v[i].path));
		ck_assert(str_eq(first.v[i].bytes, ef_tree.v[i].bytes));
	}
}
END_TEST

/* N02, O07 */
START_TEST(n02_o07_totals_are_of_what_is_emitted)
{
	static const struct file files[] = {
		{ "proj/rune.config.json",
			"{\"source\": \"../src\", \"skills\": {\"disabled\": [\"b\"]}}" },
		SKILL("a", "x"), SKILL("b", "x"), SKILL("c", "Run {scripts_dir}/x.")
	};

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("openclaw"));
	ef_has(".openclaw/rune/openclaw.plugin.json",
		"\"description\": \"1 agent skills");
	ef_has(".openclaw/rune/openclaw.plugin.json",
		"\"version\": \"" RUNE_VERSION "\"");
	ef_has(".openclaw/rune/package.json", "\"version\": \"" RUNE_VERSION "\"");
	for (size_t i = 0; i < ef_tree.n; i++)
		ck_assert(str_find(ef_tree.v[i].path, STR("rune-b"), 0) == STR_NPOS);
	ef_has_not(".openclaw/rune/skills/skill-index.json", "rune-b");
}
END_TEST

/* N07 */
START_TEST(n07_what_users_write_is_not_in_the_module)
{
	static const struct file files[] = { CONFIG,
		{ "src/skills/a/SKILL.md", "---\nname: a\ndescription: 'use a */ glob, "
					   "`${x}` \"q\" {skills}'\n---\n\n# a\n" } };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("openclaw"));
	ef_has_not(".openclaw/rune/index.js", "glob");
	ef_has_not(".openclaw/rune/index.js", "*/");
	ef_has_not(".openclaw/rune/openclaw.plugin.json", "glob");
	ck_assert(ef_emit("claude-plugin"));
	/* braces in a description are no placeholders */
	ef_has("dist/claude-plugin/README.md", "use a */ glob, `${x}` \"q\" {skills}");
}
END_TEST

/* E02, E03 */
START_TEST(e02_e03_a_broken_skill_is_kept_back_whole)
{
	static const struct file files[] = { CONFIG, SKILL("a", "x"),
		SKILL("b", "Run {scripts_dir}/x."),
		{ "src/skills/b/references/r.md", "# r\n" },
		{ "src/skills/c/SKILL.md", "---\nname: C!\ndescription: d\n---\n" } };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ck_assert_uint_eq(ef_stats.skills, 1);
	ck_assert_uint_eq(ef_stats.failed, 2);
	ck_assert_ptr_nonnull(ef_output(".cursor/skills/rune-a/SKILL.md"));
	ck_assert_ptr_null(ef_output(".cursor/skills/rune-b/SKILL.md"));
	ck_assert_ptr_null(ef_output(".cursor/skills/rune-b/references/r.md"));
	ck_assert_uint_ge(ef_tree.nkept, 1);
	ck_assert(str_eq(ef_tree.kept[0], STR("rune-b")));
	ck_assert_uint_gt(diag_count(&mf.sink, SEV_ERROR), 0);
}
END_TEST

/* E03 */
START_TEST(e03_is_no_matter_of_severity)
{
	static const struct file files[] = {
		{ "proj/rune.config.json",
			"{\"source\": \"../src\", \"rules\": {\"RN5002\": \"off\"}}" },
		SKILL("b", "Run {scripts_dir}/x.")
	};

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ck_assert_ptr_null(ef_output(".cursor/skills/rune-b/SKILL.md"));
	ck_assert_uint_eq(ef_stats.failed, 1);
}
END_TEST

#define INJECTED                                                                       \
	{ "src/extensions/p/PACK.md", "---\nname: p\ndescription: P.\n---\n\n# p\n" }, \
		{ "src/extensions/p/references/more.md",                               \
			"# More\n\nAsk `rune:a`, use `Bash`: {scripts_dir}/x.sh, see " \
			"[less](less.md).\n" },                                        \
		{ "src/extensions/p/references/less.md", "# Less\n" },                 \
		{ "src/extensions/p/scripts/x.sh", "true\n" },                         \
	{                                                                              \
		"src/extensions/p/inject.json",                                        \
			"[{\"skill\": \"a\", \"ref\": \"references/more.md\"}]"        \
	}

/* K05, K06 */
START_TEST(k05_k06_injected_text_is_transformed)
{
	static const struct file files[] = { CONFIG, SKILL("a", "x"), INJECTED };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ef_has(".cursor/skills/rune-a/SKILL.md",
		"## Pack References\n\nRead the one that bears on the task at hand:\n\n"
		"- [More](references/p-more.md), from the p pack\n");
	ef_has(".cursor/skills/rune-a/references/p-more.md",
		"Ask the `rune-a` skill, run in the terminal: "
		".cursor/skills/rune-ext-p/scripts/x.sh, see "
		"[less](../../rune-ext-p/references/less.md).");
	/* {baseDir} is the directory of the skill that the text is now part of */
	ck_assert(ef_emit("openclaw"));
	ef_has(".openclaw/rune/skills/rune-a/references/p-more.md",
		"{baseDir}/../rune-ext-p/scripts/x.sh");
}
END_TEST

#define PARTS                                                                           \
	{ "src/extensions/s/PACK.md",                                                   \
		"---\nname: s\ndescription: S.\nmetadata:\n  format: "                  \
		"split\n---\n\n# s\n\nTwo.\n\n## Skills Included\n\n"                   \
		"Files.\n\n## End\n" },                                                 \
		{ "src/extensions/s/skills/x.md",                                       \
			"---\nname: x\ndescription: X | y.\n---\n\n"                    \
			"# The X\n\n## Steps\n" },                                      \
	{                                                                               \
		"src/extensions/s/skills/z/SKILL.md",                                   \
			"---\nname: z\ndescription: Z.\n---\n\nNo title.\n\n## Steps\n" \
	}

static void ck_one_h1(const char *path)
{
	const char *text = ef_output(path);

	ck_assert_ptr_nonnull(text);
	ck_assert_msg(count(text, "\n# ") + !strncmp(text, "# ", 2) == 1,
		"%s has not one H1:\n%.1500s", path, text);
}

/* K13 */
START_TEST(k13_every_file_has_one_title)
{
	static const struct file files[] = { CONFIG, PARTS };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ck_one_h1(".cursor/skills/rune-ext-s/SKILL.md");
	ck_one_h1(".cursor/skills/rune-ext-s/references/x.md");
	ck_one_h1(".cursor/skills/rune-ext-s/references/z.md");
	ef_has(".cursor/skills/rune-ext-s/SKILL.md",
		"| `x` | X \\| y. | [references/x.md](references/x.md) |\n"
		"| `z` | Z. | [references/z.md](references/z.md) |\n\n## End\n");
	ef_has(".cursor/skills/rune-ext-s/references/z.md",
		"# z\n\nNo title.\n\n## Steps\n");
	ck_assert(ef_emit("generic"));
	ck_one_h1(".ai/rules/rune-ext-s.md");
	ef_has(".ai/rules/rune-ext-s.md",
		"### The X\n\n#### Steps\n\n### z\n\nNo title.\n\n"
		"#### Steps\n\n## End\n");
	ck_assert_uint_eq(ef_stats.parts, 2);
}
END_TEST

/* N06 */
START_TEST(n06_references_in_packs_count)
{
	static const struct file files[] = { CONFIG, SKILL("a", "`Read`"),
		{ "src/extensions/p/PACK.md",
			"---\nname: p\ndescription: P.\n---\n\n# p\n\n"
			"`rune:a`, rune:a, rune:nosuch, `Grep`.\n" } };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ck_assert_uint_eq(ef_stats.packs, 1);
	ck_assert_uint_eq(ef_stats.references, 2);
	ck_assert_uint_eq(ef_stats.unresolved, 1);
	ck_assert_uint_eq(ef_stats.tools, 2);
	ef_has(".cursor/skills/skill-index.json", "\"packCount\": 1");
	ef_has(".cursor/skills/skill-index.json", "\"file\": \"rune-ext-p/SKILL.md\"");
	ck_assert(ef_emit("claude"));
	ck_assert_uint_eq(ef_stats.tools, 0);
}
END_TEST

/* N01 */
START_TEST(n01_files_do_not_change_when_others_do)
{
	static const struct file files[] = { { "proj/rune.config.json",
						     "{\"source\": \"../src\"}" },
		SKILL("a", "## X\n\nx") };
	static const struct file more[] = { SKILL("b", "x"), SKILL("c", "x") };
	const char *before;

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	before = ef_output(".cursor/skills/rune-a/SKILL.md");
	ef_load(more, COUNTOF(more));
	ck_assert(ef_emit("cursor"));
	ck_assert_str_eq(before, ef_output(".cursor/skills/rune-a/SKILL.md"));
}
END_TEST

START_TEST(a_role_takes_the_place_of_a_skills_agent)
{
	static const struct file files[] = { CONFIG, SKILL("plain", "x"),
		{ "src/agents/a.md",
			"---\nname: a\ndescription: Own.\n---\n\nMine.\n" } };

	mf_skill("a", "metadata:\n  model: opus\n", "x\n");
	mf_skill("b", "metadata:\n  model: opus\n  tools: [Read, Bash]\n", "x\n");
	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("claude"));
	ef_has(".claude/agents/rune-a.md", "Mine.");
	ef_has(".claude/agents/rune-b.md",
		"tools: Read, Bash\nmodel: opus\nskills: rune-b\n---\n");
	/* nothing to make one from */
	ck_assert_ptr_null(ef_output(".claude/agents/rune-plain.md"));
	ck_assert_uint_eq(ef_stats.roles, 1);
}
END_TEST

START_TEST(a_limit_of_the_platform_is_reported)
{
	static const struct file head = SKILL("big", "");
	struct buf text = BUF_INIT(&mf.a);

	buf_addz(&text, head.text);
	buf_fill(&text, 'x', 256000);
	struct file files[] = { CONFIG, { head.path, text.p } };
	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ck_assert_uint_eq(mf_reported(RULE_OUT_LIMIT), 0);
	ck_assert(ef_emit("openclaw"));
	ck_assert_uint_eq(mf_reported(RULE_OUT_LIMIT), 1);
}
END_TEST

START_TEST(long_descriptions_are_cut_for_the_header)
{
	struct buf text = BUF_INIT(&mf.a);

	buf_addz(&text, "---\nname: a\ndescription: First.");
	for (int i = 0; i < 300; i++)
		buf_addz(&text, " word");
	buf_addz(&text, "\n---\n\n# a\n");
	struct file files[] = { CONFIG, { "src/skills/a/SKILL.md", text.p } };
	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	const char *out = ef_output(".cursor/skills/rune-a/SKILL.md");
	const char *from = strstr(out, "description: \"") + 14;
	ck_assert_uint_le((size_t)(strstr(from, "\"\n") - from), 1024);
	ck_assert_ptr_nonnull(strstr(from, "word...\"\n"));
}
END_TEST

#define ROUTER                                                                     \
	{                                                                          \
		"src/skills/skill-router/SKILL.md",                                \
			"---\nname: skill-router\ndescription: Routes.\n---\n\n# " \
			"skill-router\n\n"                                         \
			"## Workflow\n\nGo.\n"                                     \
	}
#define COMMAND                                                                          \
	{                                                                                \
		"src/commands/rune.md", "---\nname: rune\ndescription: Starts.\n---\n\n" \
					"Do $ARGUMENTS.\n"                               \
	}

/* A project with `n` skills whose descriptions are 100 characters long. */
static void load_many(int n)
{
	static const struct file files[] = { CONFIG, ROUTER, COMMAND };

	for (int i = 0; i < n; i++)
		mf_put(str_fmt(&mf.a, "src/skills/s%03d/SKILL.md", i).p,
			str_fmt(&mf.a,
				"---\nname: s%03d\ndescription: %0100d\n---\n\n# s\n", i,
				0)
				.p);
	ef_load(files, COUNTOF(files));
}

START_TEST(tables_give_way_to_the_limit)
{
	static const char rules[] = ".windsurf/rules/rune.md";
	static const char command[] = ".windsurf/workflows/rune.md";

	load_many(20);
	ck_assert(ef_emit("windsurf"));
	ef_has(command, "| `s000` |  | 0000");
	ef_has(rules, "| `rune-s000` | 0000");
	load_many(220);
	ck_assert(ef_emit("windsurf"));
	ck_assert_uint_le(strlen(ef_output(command)), 12000);
	ck_assert_uint_le(strlen(ef_output(rules)), 12000);
	ef_has(command, "| `s219` | the `rune-s219` skill |");
	ef_has(rules, "`rune-s218`, `rune-s219`");
	ck_assert_uint_eq(mf_reported(RULE_OUT_LIMIT), 0);
	load_many(999);
	ck_assert(ef_emit("windsurf"));
	ck_assert_uint_eq(mf_reported(RULE_OUT_LIMIT), 2);
}
END_TEST

START_TEST(generated_files_make_room_for_skills)
{
	static const struct file files[] = { CONFIG, ROUTER, SKILL("index", "x"),
		SKILL("mode-dev", "Own."),
		{ "src/contexts/dev.md",
			"---\nname: dev\ndescription: D.\n---\n\nMode.\n" } };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("generic"));
	ef_has(".ai/rules/rune-index.md", "# index");
	ef_has(".ai/rules/rune-index-of-skills.md", "- rune-index.md: About index.");
	ef_has(".ai/rules/rune-mode-dev.md", "Own.");
	ef_has_not(".ai/rules/rune-skill-router.md", "## Modes");
	ck_assert(ef_emit("cursor"));
	ef_has(".cursor/skills/rune-skill-router/references/mode-dev.md", "Mode.");
	ef_has(".cursor/skills/rune-skill-router/SKILL.md", "## Modes\n\n");
}
END_TEST

START_TEST(what_is_typed_after_a_command)
{
	static const struct file files[] = { CONFIG, COMMAND, SKILL("a", "$ARGUMENTS") };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("claude"));
	ef_has(".claude/commands/rune.md", "Do $ARGUMENTS.");
	ck_assert(ef_emit("cursor"));
	ef_has(".cursor/commands/rune.md", "Do what the user typed after the command.");
	ef_has(".cursor/skills/rune-a/SKILL.md", "$ARGUMENTS");
}
END_TEST

START_TEST(no_always_on_file_without_router_or_mode)
{
	static const struct file files[] = { CONFIG, SKILL("a", "x") };
	static const struct file mode[] = { { "src/contexts/dev.md",
		"---\nname: dev\ndescription: D.\n---\n\n# dev\n\nMode.\n" } };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ck_assert_ptr_null(ef_output(".cursor/rules/rune.mdc"));
	ef_load(mode, COUNTOF(mode));
	ck_assert(ef_emit("cursor"));
	ef_has(".cursor/rules/rune.mdc", "## dev\n\nMode.");
}
END_TEST

START_TEST(lists_of_connections_have_the_emitted_names)
{
	static const struct file files[] = {
		CONFIG,
		SKILL("a", "## Calls (outbound)\n\n- `b` (L3): to ask rune:b\n"
			   "- `rune:b` (L3): again\n- **b** (L3): and again\n"
			   "- `nobody` (L3): who is not there\n\n## Notes\n\n- `b` is a "
			   "letter\n"),
		SKILL("b", "## Called By (inbound)\n\n- `a` (L2): asks\n"),
	};

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ef_has(".cursor/skills/rune-a/SKILL.md",
		"\n- `rune-b` (L3): to ask the rune-b skill\n");
	ef_has(".cursor/skills/rune-a/SKILL.md", "\n- **rune-b** (L3): and again\n");
	ef_has(".cursor/skills/rune-a/SKILL.md", "\n- `nobody` (L3)");
	ef_has(".cursor/skills/rune-a/SKILL.md", "\n- `b` is a letter\n");
	ef_has(".cursor/skills/rune-b/SKILL.md", "\n- `rune-a` (L2): asks\n");
	ck_assert(ef_emit("claude-plugin"));
	ef_has("dist/claude-plugin/skills/b/SKILL.md", "\n- `a` (L2): asks\n");
}
END_TEST

START_TEST(a_broken_router_keeps_the_always_on_file)
{
	static const struct file files[] = { CONFIG, SKILL("a", "x"),
		{ "src/skills/skill-router/SKILL.md",
			"---\nname: skill-router\n---\n" } };

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("cursor"));
	ck_assert_ptr_null(ef_output(".cursor/rules/rune.mdc"));
	ck_assert(str_eq(ef_tree.kept[0], STR("rune-skill-router")));
}
END_TEST

START_TEST(a_platform_may_have_no_place_for_companions)
{
	static const struct file files[] = {
		{ "proj/rune.config.json",
			"{\"source\": \"../src\", \"branding\": false, \"hooks\": false, "
			"\"compliance\": false, \"adapters\": {\"x\": {\"extends\": "
			"\"openclaw\", \"resourceDir\": \"\"}}}" },
		ROUTER, SKILL("a", "[r](references/r.md)"),
		{ "src/skills/a/references/r.md", "# r\n" },
		{ "src/contexts/dev.md",
			"---\nname: dev\ndescription: D.\n---\n\nMode.\n" },
		INJECTED, PARTS
	};

	ef_load(files, COUNTOF(files));
	ck_assert(ef_emit("x"));
	for (size_t i = 0; i < ef_tree.n; i++)
		ck_assert(!str_ends(ef_tree.v[i].path, STR("r.md")));
	ef_has(".openclaw/rune/skills/rune-ext-s/SKILL.md", "### The X\n");
	ef_has_not(".openclaw/rune/skills/rune-a/SKILL.md", "Pack References");
	ef_has_not(".openclaw/rune/skills/rune-skill-router/SKILL.md", "## Modes");
}
END_TEST

Suite *emit_suite(void)
{
	Suite *s = suite_create("emit");
	TCase *t = mf_case(s, "emit");

	tcase_set_timeout(t, 120); /* a thousand skills, with sanitizers */
	tcase_add_test(t, e05_two_emissions_are_equal);
	tcase_add_test(t, n02_o07_totals_are_of_what_is_emitted);
	tcase_add_test(t, n07_what_users_write_is_not_in_the_module);
	tcase_add_test(t, e02_e03_a_broken_skill_is_kept_back_whole);
	tcase_add_test(t, e03_is_no_matter_of_severity);
	tcase_add_test(t, k05_k06_injected_text_is_transformed);
	tcase_add_test(t, k13_every_file_has_one_title);
	tcase_add_test(t, n06_references_in_packs_count);
	tcase_add_test(t, n01_files_do_not_change_when_others_do);
	tcase_add_test(t, a_role_takes_the_place_of_a_skills_agent);
	tcase_add_test(t, a_limit_of_the_platform_is_reported);
	tcase_add_test(t, long_descriptions_are_cut_for_the_header);
	tcase_add_test(t, tables_give_way_to_the_limit);
	tcase_add_test(t, generated_files_make_room_for_skills);
	tcase_add_test(t, what_is_typed_after_a_command);
	tcase_add_test(t, no_always_on_file_without_router_or_mode);
	tcase_add_test(t, a_platform_may_have_no_place_for_companions);
	tcase_add_test(t, a_broken_router_keeps_the_always_on_file);
	tcase_add_test(t, lists_of_connections_have_the_emitted_names);
	return s;
}
