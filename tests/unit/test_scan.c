/* What a person points at: groups of skills in any layout, and .gitignore. */
#include <check.h>

#include "model/ignore.h"
#include "rune/diag.h"
#include "rune/path.h"
#include "rune/scan.h"
#include "rune/str.h"
#include "tmpdir.h"

Suite *scan_suite(void);

static struct tmpdir t;
static struct arena a;
static struct source_set sources;
static struct diag_sink sink;
static struct scan scan;

static void setup(void)
{
	tmpdir_init(&t);
	tmpdir_mkdir(&t, ".git");
	source_set_init(&sources, &a);
	diag_sink_init(&sink, &a, NULL);
	scan_init(&scan, &sources, &a, &sink);
}

static void teardown(void)
{
	tmpdir_release(&t);
	arena_release(&a);
}

static void put_skill(const char *dir)
{
	tmpdir_put(&t, str_fmt(&a, "%s/SKILL.md", dir).p, "---\nname: x\n---\n");
}

static bool look(const char *path)
{
	return scan_path(&scan, tmpdir_path(&t, path));
}

/* "<group>: unit unit\n…", paths below the directory. */
static const char *found(void)
{
	struct buf b = BUF_INIT(&a);

	scan_finish(&scan);
	for (size_t i = 0; i < scan.group.n; i++) {
		const struct scan_group *g = scan.group.entry[i].value;
		struct str dir = path_relative(&a, t.root, g->root.dir);

		buf_addf(&b, "%.*s:", STR_ARG(dir));
		for (size_t k = 0; k < g->root.nunit; k++)
			buf_addf(&b, " %.*s", STR_ARG(g->root.unit[k].rel));
		for (size_t k = 0; k < g->root.nloose; k++)
			buf_addf(&b, " (%.*s)", STR_ARG(g->root.loose[k]));
		buf_addz(&b, g->root.texts ? " +texts\n" : "\n");
	}
	return b.n ? b.p : "";
}

START_TEST(skills_of_one_skills_directory_are_a_group_at_any_depth)
{
	put_skill("skills/b");
	put_skill("skills/group/a");
	put_skill(".claude/skills/b");
	ck_assert(look("."));
	ck_assert_str_eq(found(), ".claude: skills/b\n.: skills/b skills/group/a\n");
}
END_TEST

START_TEST(a_root_of_ours_is_skills_extensions_and_texts_and_nothing_else)
{
	put_skill("r/skills/a");
	put_skill("r/tests/skills/b");
	tmpdir_put(&t, "r/extensions/p/PACK.md", "x");
	tmpdir_put(&t, "r/agents/x.md", "x");
	ck_assert(look("r"));
	ck_assert_str_eq(found(), "r: extensions/p skills/a +texts\n");
}
END_TEST

START_TEST(agents_of_a_plugin_are_the_clients_own)
{
	put_skill("p/skills/a");
	tmpdir_put(&t, "p/extensions/x/PACK.md", "x");
	tmpdir_put(&t, "p/.claude-plugin/plugin.json", "{}");
	ck_assert(look("p"));
	ck_assert_str_eq(found(), "p: extensions/x skills/a\n");
}
END_TEST

START_TEST(a_skill_inside_of_a_skill_is_its_companion)
{
	put_skill("skills/a");
	put_skill("skills/a/examples/b");
	ck_assert(look("."));
	ck_assert_str_eq(found(), ".: skills/a\n");
}
END_TEST

START_TEST(a_path_given_twice_is_one)
{
	put_skill("skills/a");
	ck_assert(look("skills/a"));
	ck_assert(look("skills/a/SKILL.md"));
	ck_assert(look("."));
	ck_assert_str_eq(found(), ".: skills/a\n");
}
END_TEST

START_TEST(what_is_no_skills_is_loose)
{
	tmpdir_put(&t, "docs/x.md", "x");
	put_skill("docs/skills/a");
	ck_assert(look("docs/x.md"));
	ck_assert_str_eq(found(), "docs: (x.md)\n");
}
END_TEST

START_TEST(nothing_there_is_said_once)
{
	tmpdir_mkdir(&t, "empty");
	ck_assert(!look("empty"));
	ck_assert(!look("gone"));
	ck_assert_uint_eq(sink.n, 2);
	ck_assert_uint_eq(sink.v[0]->rule, RULE_CFG_ROOT);
	ck_assert_uint_eq(sink.v[1]->rule, RULE_IO);
}
END_TEST

START_TEST(depth_is_bounded)
{
	struct buf b = BUF_INIT(&a);

	for (int i = 0; i < SCAN_MAX_DEPTH + 5; i++)
		buf_addz(&b, "d/");
	buf_addz(&b, "a");
	put_skill(b.p);
	put_skill("skills/a");
	look(".");
	ck_assert_str_eq(found(), ".: skills/a\n");
	ck_assert_uint_eq(sink.n, 1);
	ck_assert_uint_eq(sink.v[0]->rule, RULE_TOO_MANY);
}
END_TEST

START_TEST(a_directory_that_leads_in_a_circle_is_not_followed)
{
	put_skill("skills/a");
	tmpdir_link(&t, "skills/loop", "..");
	ck_assert(look("."));
	ck_assert_str_eq(found(), ".: skills/a\n");
}
END_TEST

START_TEST(focus_is_what_was_asked_for_and_all_below)
{
	put_skill("skills/a");
	put_skill("skills/ab");
	look("skills/a");
	ck_assert(scan_focus(&scan, tmpdir_path(&t, "skills/a/SKILL.md")));
	ck_assert(scan_focus(&scan, tmpdir_path(&t, "skills/a/references/x/y.md")));
	ck_assert(!scan_focus(&scan, tmpdir_path(&t, "skills/ab/SKILL.md")));
	ck_assert(!scan_focus(&scan, tmpdir_path(&t, "skills")));
	ck_assert(!scan_focus(&scan, STR("elsewhere.md")));
}
END_TEST

START_TEST(the_current_directory_is_all_below_it_and_nothing_above)
{
	map_add(&scan.focus, STR("."), &scan);
	ck_assert(scan_focus(&scan, STR("a.md")));
	ck_assert(scan_focus(&scan, STR("a/b.md")));
	ck_assert(!scan_focus(&scan, STR("../a.md")));
	ck_assert(!scan_focus(&scan, STR("/a.md")));
}
END_TEST

/* ---- .gitignore ----------------------------------------------------------------- */

static bool ignored(const char *rules, const char *dir)
{
	tmpdir_put(&t, ".gitignore", rules);
	return ignore_directory(ignore_outside(t.root, &a), tmpdir_path(&t, dir));
}

START_TEST(patterns_of_names_and_of_paths)
{
	ck_assert(ignored("build\n", "build"));
	ck_assert(ignored("build/\n", "a/b/build"));
	ck_assert(!ignored("/build\n", "a/build"));
	ck_assert(ignored("/build\n", "build"));
	ck_assert(ignored("a/build\n", "a/build"));
	ck_assert(!ignored("a/build\n", "b/a/build"));
	ck_assert(ignored("**/build\n", "b/a/build"));
	ck_assert(ignored("out-*\n", "x/out-1"));
	ck_assert(!ignored("out-*\n", "x/out"));
	ck_assert(ignored("build\r\n", "build"));
	ck_assert(ignored("build  \n", "build"));
}
END_TEST

START_TEST(the_last_pattern_counts)
{
	ck_assert(!ignored("out*\n!out-kept\n", "out-kept"));
	ck_assert(ignored("!out-kept\nout*\n", "out-kept"));
	ck_assert(!ignored("# out\n\n", "out"));
	ck_assert(!ignored("/\n!\n", "out"));
}
END_TEST

START_TEST(what_is_not_understood_ignores_nothing)
{
	ck_assert(!ignored("[bc]uild\n", "build"));
	ck_assert(!ignored("bui\\ld\n", "build"));
}
END_TEST

START_TEST(files_of_directories_above_count_up_to_the_repository)
{
	tmpdir_put(&t, ".gitignore", "top\n/sub/anchored\n");
	tmpdir_put(&t, "sub/.gitignore", "/here\n!top\n");
	tmpdir_mkdir(&t, "sub/.keep");

	const struct ignore *ig = ignore_outside(tmpdir_path(&t, "sub"), &a);

	ck_assert(ignore_directory(ig, tmpdir_path(&t, "sub/anchored")));
	ck_assert(ignore_directory(ig, tmpdir_path(&t, "sub/here")));
	ck_assert(!ignore_directory(ig, tmpdir_path(&t, "sub/x/here")));
	ck_assert(!ignore_directory(ig, tmpdir_path(&t, "sub/top")));
	ck_assert(ignore_directory(ig, tmpdir_path(&t, "other/top")));
}
END_TEST

START_TEST(ignored_directories_are_passed_over_but_not_when_named)
{
	put_skill("out/skills/a");
	put_skill("node_modules/x/skills/b");
	put_skill("kept/skills/c");
	tmpdir_put(&t, ".gitignore", "out/\n");
	ck_assert(look("."));
	ck_assert_str_eq(found(), "kept: skills/c\n");
	ck_assert(look("out"));
	ck_assert_str_eq(found(), "kept: skills/c\nout: skills/a\n");
}
END_TEST

Suite *scan_suite(void)
{
	Suite *s = suite_create("scan");
	TCase *tc = tcase_create("scan");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, skills_of_one_skills_directory_are_a_group_at_any_depth);
	tcase_add_test(
		tc, a_root_of_ours_is_skills_extensions_and_texts_and_nothing_else);
	tcase_add_test(tc, agents_of_a_plugin_are_the_clients_own);
	tcase_add_test(tc, a_skill_inside_of_a_skill_is_its_companion);
	tcase_add_test(tc, a_path_given_twice_is_one);
	tcase_add_test(tc, what_is_no_skills_is_loose);
	tcase_add_test(tc, nothing_there_is_said_once);
	tcase_add_test(tc, depth_is_bounded);
	tcase_add_test(tc, a_directory_that_leads_in_a_circle_is_not_followed);
	tcase_add_test(tc, focus_is_what_was_asked_for_and_all_below);
	tcase_add_test(tc, the_current_directory_is_all_below_it_and_nothing_above);
	tcase_add_test(tc, patterns_of_names_and_of_paths);
	tcase_add_test(tc, the_last_pattern_counts);
	tcase_add_test(tc, what_is_not_understood_ignores_nothing);
	tcase_add_test(tc, files_of_directories_above_count_up_to_the_repository);
	tcase_add_test(tc, ignored_directories_are_passed_over_but_not_when_named);
	suite_add_tcase(s, tc);
	return s;
}
