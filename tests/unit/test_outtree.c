/* The tree in memory: what may stand in it, and beside what. */
#include <check.h>

#include "rune/outtree.h"
#include "rune/str.h"

Suite *outtree_suite(void);

static struct arena arena;
static struct diag_sink sink;
static struct outtree tree;

static void setup(void)
{
	diag_sink_init(&sink, &arena, NULL);
	outtree_init(&tree, &arena);
}

static void teardown(void)
{
	arena_release(&arena);
}

static bool add_to(struct outtree *t, const char *path, const char *bytes,
	const char *platform, const char *owner, enum out_kind kind)
{
	struct out_entry e = { .path = str_c(path),
		.bytes = str_c(bytes),
		.platform = str_c(platform),
		.owner = str_c(owner),
		.kind = kind };

	return outtree_add(t, &e, &sink);
}

static bool add(const char *path)
{
	return add_to(&tree, path, "x", "cursor", "rune-a", OUT_OWNED);
}

static bool said(enum rule rule, const char *part)
{
	for (size_t i = 0; i < sink.n; i++)
		if (sink.v[i]->rule == rule &&
			str_find(sink.v[i]->message, str_c(part), 0) != STR_NPOS)
			return true;
	return false;
}

/* H03, H04 */
START_TEST(h03_no_path_leaves_the_output_directory)
{
	static const char *const bad[] = { "../x", "a/../../x", "/etc/passwd", "", ".",
		"a//b", "a/./b", "a/", "a\\b", "a\nb", "a\xff",
		".git/hooks/post-checkout", "sub/.GIT/config", ".rune/manifest.json",
		".rune/LOCK", ".rune/manifest.next.json" };
	static const char *const good[] = { "x", ".cursor/skills/a/SKILL.md", "a b/ü.md",
		".github/x.md", ".rune/org/x.md", "..a/b..", "a/.gitignore" };

	for (size_t i = 0; i < COUNTOF(bad); i++)
		ck_assert_msg(!add(bad[i]), "accepted: %s", bad[i]);
	ck_assert_uint_eq(sink.n, COUNTOF(bad));
	ck_assert(said(RULE_OUT_PATH, "'../x' of 'rune-a' for cursor"));
	for (size_t i = 0; i < COUNTOF(good); i++)
		ck_assert_msg(add(good[i]), "refused: %s", good[i]);
	ck_assert_uint_eq(sink.n, COUNTOF(bad));
	ck_assert_uint_eq(tree.n, COUNTOF(good));
}
END_TEST

/* E06, output side */
START_TEST(e06_a_path_is_written_once_and_both_are_named)
{
	ck_assert(add("s/SKILL.md"));
	ck_assert(!add_to(&tree, "s/SKILL.md", "x", "cursor", "rune-b", OUT_OWNED));
	ck_assert(said(RULE_OUT_COLLISION, "'rune-a' for cursor"));
	ck_assert(said(RULE_OUT_COLLISION, "'rune-b' for cursor"));
	ck_assert(sink.v[0]->severity == SEV_FATAL);
	ck_assert_uint_eq(tree.n, 1);
}
END_TEST

START_TEST(letter_case_alone_does_not_make_two_paths)
{
	ck_assert(add("a/Éx.md"));
	ck_assert(!add("A/éX.md"));
	ck_assert(add("б.md"));
	ck_assert(!add("Б.md"));
	ck_assert(add("Ω/x"));
	ck_assert(!add("ω/X"));
	ck_assert(add("ž"));
	ck_assert(!add("Ž"));
	/* directories that differ in case merge where case does not count */
	ck_assert(add("Dir/one"));
	ck_assert(add("dir/two"));
	ck_assert_uint_eq(sink.n, 4);
}
END_TEST

START_TEST(a_file_is_no_directory)
{
	ck_assert(add("a/b/c"));
	ck_assert(!add("a/b"));
	ck_assert(!add("A"));
	ck_assert(!add("a/b/c/d/e"));
	ck_assert(add("a/bc"));
	ck_assert_uint_eq(sink.n, 3);
}
END_TEST

START_TEST(entries_are_sorted_by_path)
{
	ck_assert(add("b"));
	ck_assert(add("a/z"));
	ck_assert(add("a-b"));
	ck_assert(add("B2"));
	outtree_finish(&tree);
	ck_assert(str_eq(tree.v[0].path, STR("B2")));
	ck_assert(str_eq(tree.v[1].path, STR("a-b")));
	ck_assert(str_eq(tree.v[2].path, STR("a/z")));
	ck_assert(str_eq(tree.v[3].path, STR("b")));
	ck_assert_ptr_eq(map_find(&tree.by_path, STR("b2")), &tree.v[0]);
}
END_TEST

/* U10 */
START_TEST(u10_two_platforms_may_have_regions_in_one_file)
{
	ck_assert(add_to(&tree, "AGENTS.md", "1", "codex", "", OUT_BLOCK));
	ck_assert(add_to(&tree, "AGENTS.md", "2", "copilot", "", OUT_BLOCK));
	ck_assert(!add_to(&tree, "AGENTS.md", "3", "codex", "", OUT_BLOCK));
	ck_assert(!add_to(&tree, "AGENTS.md", "3", "qwen", "", OUT_OWNED));
	ck_assert(!add_to(&tree, "Agents.md", "3", "qwen", "", OUT_BLOCK));
	ck_assert_uint_eq(tree.n, 2);
	outtree_finish(&tree);
	ck_assert(str_eq(tree.v[0].platform, STR("codex")));
}
END_TEST

/* E23: codex and antigravity share .agents/skills. */
START_TEST(e23_equal_files_have_two_owners_and_others_are_refused)
{
	struct outtree codex, agy, all;

	outtree_init(&codex, &arena);
	outtree_init(&agy, &arena);
	outtree_init(&all, &arena);
	add_to(&codex, ".agents/skills/a/SKILL.md", "same", "codex", "a", OUT_OWNED);
	add_to(&codex, ".agents/skills/b/SKILL.md", "one", "codex", "b", OUT_OWNED);
	add_to(&agy, ".agents/skills/a/SKILL.md", "same", "antigravity", "a", OUT_OWNED);
	add_to(&agy, ".agents/skills/b/SKILL.md", "two", "antigravity", "b", OUT_OWNED);
	add_to(&agy, ".agents/rules/r.md", "r", "antigravity", "", OUT_OWNED);
	outtree_keep(&agy, STR("broken"));
	outtree_finish(&codex);
	outtree_finish(&agy);
	ck_assert(outtree_merge(&all, &codex, &sink));
	ck_assert(!outtree_merge(&all, &agy, &sink));
	outtree_finish(&all);
	ck_assert_uint_eq(all.n, 3);
	ck_assert(str_eq(all.v[1].platform, STR("codex,antigravity")));
	ck_assert(said(RULE_OUT_COLLISION, "platforms 'codex' and 'antigravity'"));
	ck_assert(said(RULE_OUT_COLLISION, ".agents/skills/b/SKILL.md"));
	ck_assert_uint_eq(sink.n, 1);
	ck_assert_uint_eq(all.nkept, 1);
}
END_TEST

START_TEST(a_name_is_kept_once)
{
	outtree_keep(&tree, STR("a"));
	outtree_keep(&tree, STR("b"));
	outtree_keep(&tree, STR("a"));
	ck_assert_uint_eq(tree.nkept, 2);
}
END_TEST

Suite *outtree_suite(void)
{
	Suite *s = suite_create("outtree");
	TCase *t = tcase_create("outtree");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, h03_no_path_leaves_the_output_directory);
	tcase_add_test(t, e06_a_path_is_written_once_and_both_are_named);
	tcase_add_test(t, letter_case_alone_does_not_make_two_paths);
	tcase_add_test(t, a_file_is_no_directory);
	tcase_add_test(t, entries_are_sorted_by_path);
	tcase_add_test(t, u10_two_platforms_may_have_regions_in_one_file);
	tcase_add_test(t, e23_equal_files_have_two_owners_and_others_are_refused);
	tcase_add_test(t, a_name_is_kept_once);
	suite_add_tcase(s, t);
	return s;
}
