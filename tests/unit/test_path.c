#include <check.h>

#include "rune/path.h"
#include "rune/str.h"

Suite *path_suite(void);

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

#define ck_path(got, want)                                                        \
	do {                                                                      \
		struct str got_ = (got);                                          \
		ck_assert_msg(str_eq(got_, str_c(want)), "got '%.*s', want '%s'", \
			STR_ARG(got_), want);                                     \
	} while (0)

START_TEST(parts_of_a_path)
{
	ck_path(path_base(STR("a/b.md")), "b.md");
	ck_path(path_dir(STR("a/b.md")), "a");
	ck_path(path_dir(STR("b.md")), "");
	ck_path(path_dir(STR("/b")), "/");
	ck_path(path_ext(STR("a.d/b")), "");
	ck_path(path_ext(STR("a/.env")), "");
	ck_path(path_ext(STR("a/x.tar.gz")), ".gz");
}
END_TEST

START_TEST(normalize_resolves_dots)
{
	static const char *const table[][2] = {
		{ "a//b/./c", "a/b/c" },
		{ "a/../b", "b" },
		{ "../a", "../a" },
		{ "a/../../b", "../b" },
		{ "/../a", "/a" },
		{ "", "." },
		{ "./", "." },
		{ "/", "/" },
		{ "a/b/../..", "." },
		{ "../../x/..", "../.." },
	};

	for (size_t i = 0; i < COUNTOF(table); i++)
		ck_path(path_normalize(&arena, str_c(table[i][0])), table[i][1]);
}
END_TEST

START_TEST(relative_leads_from_a_directory)
{
	static const char *const table[][3] = {
		{ "a/b", "a/b/c", "c" },
		{ "a/b", "a/c", "../c" },
		{ "", "a/c", "a/c" },
		{ ".", "x", "x" },
		{ "a", "a", "." },
		{ "a/bc", "a/b", "../b" },
		{ "x/y/z", "a", "../../../a" },
		{ "/p/q", "/p/r/s", "../r/s" },
		{ "a/b", "a", ".." },
	};

	for (size_t i = 0; i < COUNTOF(table); i++) {
		struct str got =
			path_relative(&arena, str_c(table[i][0]), str_c(table[i][1]));

		ck_path(got, table[i][2]);
	}
}
END_TEST

/* H03 H04: nothing that could leave the output root is a safe path */
START_TEST(h03_h04_safe_paths_stay_below_their_root)
{
	static const char *const good[] = { "a", "a/b", ".cursor/x.md", "a..b/c", "...",
		"caf\xc3\xa9" };
	static const char *const bad[] = { "", "/a", "..", "a/..", "../a", "a/../b",
		"./a", "a//b", "a/", "a\\b", "a\nb", "a\x7f", "\xff" };

	for (size_t i = 0; i < COUNTOF(good); i++)
		ck_assert_msg(path_is_safe(str_c(good[i])), "%s", good[i]);
	for (size_t i = 0; i < COUNTOF(bad); i++)
		ck_assert_msg(!path_is_safe(str_c(bad[i])), "%s", bad[i]);
	ck_assert(!path_is_safe((struct str){ "a\0b", 3 }));
}
END_TEST

START_TEST(below_is_by_component)
{
	ck_assert(path_is_below(STR("a/b"), STR("a")));
	ck_assert(path_is_below(STR("a"), STR("a")));
	ck_assert(!path_is_below(STR("ab"), STR("a")));
	ck_assert(!path_is_below(STR("../a"), STR(".")));
	ck_assert(path_is_below(STR("/x"), STR("/")));
}
END_TEST

START_TEST(globs)
{
	static const char *const yes[][2] = {
		{ "*.md", "a.md" },
		{ "**/*.md", "a.md" },
		{ "**/*.md", "x/y/a.md" },
		{ "a/**", "a/b/c" },
		{ "a/**/b", "a/b" },
		{ "a/**/b", "a/x/y/b" },
		{ "a?c", "abc" },
		{ "*", "" },
		{ "**", "a/b" },
		{ "a*b*c", "aXbYc" },
		{ "**/x/*.md", "x/q/x/a.md" },
	};
	static const char *const no[][2] = {
		{ "*.md", "x/a.md" },
		{ "a?c", "a/c" },
		{ "a/**/b", "a/xb" },
		{ "**/b", "ab" },
		{ "a", "ab" },
		{ "a/*", "a/b/c" },
		{ "", "a" },
		{ "**/x", "y" },
	};

	for (size_t i = 0; i < COUNTOF(yes); i++)
		ck_assert_msg(path_glob(str_c(yes[i][0]), str_c(yes[i][1])), "%s ~ %s",
			yes[i][0], yes[i][1]);
	for (size_t i = 0; i < COUNTOF(no); i++)
		ck_assert_msg(!path_glob(str_c(no[i][0]), str_c(no[i][1])), "%s !~ %s",
			no[i][0], no[i][1]);
}
END_TEST

Suite *path_suite(void)
{
	Suite *s = suite_create("path");
	TCase *t = tcase_create("path");

	tcase_add_checked_fixture(t, NULL, release);
	tcase_add_test(t, parts_of_a_path);
	tcase_add_test(t, normalize_resolves_dots);
	tcase_add_test(t, relative_leads_from_a_directory);
	tcase_add_test(t, h03_h04_safe_paths_stay_below_their_root);
	tcase_add_test(t, below_is_by_component);
	tcase_add_test(t, globs);
	suite_add_tcase(s, t);
	return s;
}
