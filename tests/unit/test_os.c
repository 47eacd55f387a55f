/* The operating system layer and the thread pool, on a real directory. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rune/os.h"
#include "rune/path.h"
#include "rune/pool.h"
#include "rune/str.h"

Suite *os_suite(void);

static struct arena arena;
static char dir[64];

static void setup(void)
{
	strcpy(dir, "/tmp/rune-os-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void teardown(void)
{
	struct os_entry *e;
	size_t n;

	os_list_dir(str_c(dir), &arena, &e, &n);
	for (size_t i = 0; i < n; i++)
		os_unlink(path_join(&arena, str_c(dir), e[i].name));
	os_rmdir(str_c(dir));
	arena_release(&arena);
}

static struct str in_dir(const char *name)
{
	return path_join(&arena, str_c(dir), str_c(name));
}

START_TEST(write_new_never_replaces_or_follows)
{
	struct str got;

	ck_assert_int_eq(os_write_new(in_dir("a"), STR("one"), 0644, true), 0);
	ck_assert_int_eq(os_write_new(in_dir("a"), STR("two"), 0644, false), EEXIST);
	ck_assert_int_eq(symlink("elsewhere", in_dir("l").p), 0);
	ck_assert_int_eq(os_write_new(in_dir("l"), STR("x"), 0644, false), EEXIST);
	ck_assert_int_eq(os_read_file(in_dir("a"), 0, &arena, &got), 0);
	ck_assert(str_eq(got, STR("one")));
	ck_assert_int_eq(os_read_file(in_dir("a"), 2, &arena, &got), EFBIG);
	ck_assert_int_eq(os_read_file(in_dir("none"), 0, &arena, &got), ENOENT);
	ck_assert_int_eq(os_read_file(str_c(dir), 0, &arena, &got), EISDIR);
}
END_TEST

START_TEST(reading_a_fifo_is_refused_and_does_not_hang)
{
	struct str got;

	ck_assert_int_eq(mkfifo(in_dir("f").p, 0600), 0);
	ck_assert_int_eq(os_read_file(in_dir("f"), 0, &arena, &got), EINVAL);
}
END_TEST

START_TEST(listing_is_in_byte_order_with_kinds)
{
	struct os_entry *e;
	size_t n;

	ck_assert_int_eq(os_write_new(in_dir("b"), STR(""), 0644, false), 0);
	ck_assert_int_eq(os_write_new(in_dir("B"), STR(""), 0644, false), 0);
	ck_assert_int_eq(symlink("b", in_dir("a").p), 0);
	ck_assert_int_eq(os_list_dir(str_c(dir), &arena, &e, &n), 0);
	ck_assert_uint_eq(n, 3);
	ck_assert(str_eq(e[0].name, STR("B")) && e[0].kind == OS_FILE);
	ck_assert(str_eq(e[1].name, STR("a")) && e[1].kind == OS_LINK);
	ck_assert(str_eq(e[2].name, STR("b")));
	ck_assert_int_eq(os_list_dir(in_dir("none"), &arena, &e, &n), ENOENT);
}
END_TEST

START_TEST(a_missing_file_is_a_kind_not_an_error)
{
	struct os_stat st;

	ck_assert_int_eq(os_lstat(in_dir("none"), &st), 0);
	ck_assert_int_eq(st.kind, OS_MISSING);
	ck_assert_int_eq(os_lstat((struct str){ "a\0b", 3 }, &st), EINVAL);
}
END_TEST

START_TEST(a_lock_is_held_once)
{
	int one, two;

	ck_assert_int_eq(os_lock(in_dir("lock"), false, &one), 0);
	ck_assert_int_eq(os_lock(in_dir("lock"), false, &two), EWOULDBLOCK);
	os_unlock(one);
	ck_assert_int_eq(os_lock(in_dir("lock"), false, &two), 0);
	os_unlock(two);
}
END_TEST

static void square(void *arg, size_t i)
{
	size_t *v = arg;

	v[i] += i * i;
}

START_TEST(a_pool_runs_each_index_once)
{
	static const size_t threads[] = { 1, 2, 7, 200, 0 };

	for (size_t k = 0; k < COUNTOF(threads); k++) {
		size_t v[1000] = { 0 };

		pool_for(threads[k], COUNTOF(v), square, v);
		for (size_t i = 0; i < COUNTOF(v); i++)
			ck_assert_uint_eq(v[i], i * i);
	}
	pool_for(4, 0, square, NULL);
	ck_assert_uint_ge(pool_processors(), 1);
}
END_TEST

Suite *os_suite(void)
{
	Suite *s = suite_create("os");
	TCase *t = tcase_create("os");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, write_new_never_replaces_or_follows);
	tcase_add_test(t, reading_a_fifo_is_refused_and_does_not_hang);
	tcase_add_test(t, listing_is_in_byte_order_with_kinds);
	tcase_add_test(t, a_missing_file_is_a_kind_not_an_error);
	tcase_add_test(t, a_lock_is_held_once);
	tcase_add_test(t, a_pool_runs_each_index_once);
	suite_add_tcase(s, t);
	return s;
}
