#include <errno.h>

#include "model/model.h"
#include "model_fixture.h"
#include "rune/embedded.h"
#include "rune/str.h"

Suite *library_suite(void);

static const struct root embedded = { .kind = ROOT_LIBRARY, .prefix = STR_INIT("rune-") };

static struct root on_disk(void)
{
	return (struct root){ .kind = ROOT_SOURCE, .dir = tmpdir_path(&mf.t, "src") };
}

START_TEST(embedded_directories_list_their_children_once)
{
	struct os_entry *e;
	size_t n, dirs = 0;

	ck_assert_uint_gt(embedded_file_count, 0);
	ck_assert_int_eq(root_list(&embedded, STR(""), &mf.a, &e, &n), 0);
	for (size_t i = 0; i < n; i++) {
		dirs += e[i].kind == OS_DIR;
		if (i)
			ck_assert_int_lt(str_cmp(e[i - 1].name, e[i].name), 0);
	}
	ck_assert_uint_ge(dirs, 2);
	ck_assert_int_eq(root_list(&embedded, STR("skills"), &mf.a, &e, &n), 0);
	for (size_t i = 1; i < n; i++)
		ck_assert_int_lt(str_cmp(e[i - 1].name, e[i].name), 0);
	ck_assert_int_eq(root_list(&embedded, STR("skill"), &mf.a, &e, &n), ENOENT);
	ck_assert_int_eq(root_list(&embedded, STR("skills/zzz"), &mf.a, &e, &n), ENOENT);
}
END_TEST

START_TEST(embedded_files_are_read)
{
	struct tree_file f;

	for (size_t i = 0; i < embedded_file_count; i++) {
		struct str path = str_c(embedded_files[i].path);

		ck_assert_int_eq(root_kind(&embedded, path, &mf.a), OS_FILE);
		ck_assert_int_eq(root_read(&embedded, path, &mf.a, &f), 0);
		ck_assert_uint_eq(f.bytes.n, embedded_files[i].len);
		ck_assert_int_eq(f.origin, SOURCE_EMBEDDED);
	}
	ck_assert_int_eq(root_read(&embedded, STR("skills/x"), &mf.a, &f), ENOENT);
	ck_assert_int_eq(root_read(&embedded, STR("zz"), &mf.a, &f), ENOENT);
	ck_assert_int_eq(root_kind(&embedded, STR("skills"), &mf.a), OS_DIR);
	ck_assert_int_eq(root_kind(&embedded, STR("zz"), &mf.a), OS_MISSING);
	ck_assert_int_eq(root_kind(&embedded, STR("skills/"), &mf.a), OS_MISSING);
}
END_TEST

START_TEST(shown_paths_name_no_machine)
{
	struct root r = { .dir = STR("./../src") };

	mf_str_eq(root_shown(&embedded, STR("skills/a/SKILL.md"), &mf.a),
		"<library>/skills/a/SKILL.md");
	mf_str_eq(root_shown(&r, STR("skills/a"), &mf.a), "../src/skills/a");
	r.dir = STR(".");
	mf_str_eq(root_shown(&r, STR("skills/a"), &mf.a), "skills/a");
}
END_TEST

START_TEST(links_are_judged_by_where_they_end)
{
	struct root r = on_disk();
	struct str to, dir = STR("skills/a");

	mf_put("src/skills/a/real.md", "x");
	mf_put("src/skills/a/.env", "SECRET=1");
	mf_put("src/skills/ab/other.md", "x");
	tmpdir_link(&mf.t, "src/skills/a/good", "real.md");
	tmpdir_link(&mf.t, "src/skills/a/twice", "good");
	tmpdir_link(&mf.t, "src/skills/a/secret", ".env");
	tmpdir_link(&mf.t, "src/skills/a/out", "/etc/hostname");
	tmpdir_link(&mf.t, "src/skills/a/near", "../ab/other.md");
	tmpdir_link(&mf.t, "src/skills/a/gone", "nothing");
	tmpdir_link(&mf.t, "src/skills/a/loop", "loop");
	tmpdir_link(&mf.t, "src/skills/a/self", ".");
	ck_assert(root_link_target(&r, dir, STR("skills/a/good"), &mf.a, &to));
	mf_str_eq(to, "real.md");
	ck_assert(root_link_target(&r, dir, STR("skills/a/twice"), &mf.a, &to));
	mf_str_eq(to, "real.md");
	ck_assert(!root_link_target(&r, dir, STR("skills/a/secret"), &mf.a, &to));
	ck_assert(!root_link_target(&r, dir, STR("skills/a/out"), &mf.a, &to));
	ck_assert(!root_link_target(&r, dir, STR("skills/a/near"), &mf.a, &to));
	ck_assert(!root_link_target(&r, dir, STR("skills/a/gone"), &mf.a, &to));
	ck_assert(!root_link_target(&r, dir, STR("skills/a/loop"), &mf.a, &to));
	ck_assert(!root_link_target(&r, dir, STR("skills/a/self"), &mf.a, &to));
	ck_assert(root_link_target(&r, STR(""), STR("skills/a/near"), &mf.a, &to));
	mf_str_eq(to, "skills/ab/other.md");
}
END_TEST

START_TEST(e11_what_is_never_shipped) /* E11 */
{
	static const char *const dirs[] = { ".git", "node_modules", "__pycache__",
		".venv", ".idea", "venv" };
	static const char *const files[] = { ".env", ".env.local", ".DS_Store", "x.pyc",
		"a.md~", "#a.md#", ".a.md.swp", "b.swp", "Thumbs.db", ".gitignore",
		"x.orig" };
	static const char *const kept[] = { "env", "a.md", "README", "x.env.md",
		"node.js", "go.sh" };

	for (size_t i = 0; i < COUNTOF(dirs); i++)
		ck_assert_msg(resource_ignored(str_c(dirs[i]), true), "%s", dirs[i]);
	for (size_t i = 0; i < COUNTOF(files); i++)
		ck_assert_msg(resource_ignored(str_c(files[i]), false), "%s", files[i]);
	for (size_t i = 0; i < COUNTOF(kept); i++)
		ck_assert_msg(!resource_ignored(str_c(kept[i]), false), "%s", kept[i]);
	ck_assert(!resource_ignored(STR("node_modules"), false));
}
END_TEST

Suite *library_suite(void)
{
	Suite *s = suite_create("library");
	TCase *tc = mf_case(s, "library");

	tcase_add_test(tc, embedded_directories_list_their_children_once);
	tcase_add_test(tc, embedded_files_are_read);
	tcase_add_test(tc, shown_paths_name_no_machine);
	tcase_add_test(tc, links_are_judged_by_where_they_end);
	tcase_add_test(tc, e11_what_is_never_shipped);
	return s;
}
