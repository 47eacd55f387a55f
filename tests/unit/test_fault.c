/* A commit that is cut off, or meets an error, at each of its operations on the
 * file system in turn. Afterwards every file is as it was or as it was to be;
 * the next build completes without a refusal, whether the sources are as they
 * were or have changed again; and nothing staged is left.
 *
 * The operations are intercepted by the linker (--wrap), so that the program
 * itself has no hook for it. Where the linker cannot, there is no such test. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rune/os.h"
#include "rune/str.h"
#include "rune/writer.h"
#include "tmpdir.h"

Suite *fault_suite(void);

#ifdef RUNE_WRAP_OS

enum fault_kind { FAULT_NONE, FAULT_CRASH, FAULT_HALF, FAULT_ERROR };

/* Test state: the wrapped functions have no other way to know. */
static enum fault_kind fault;
static unsigned countdown; /* operations until the fault */

#define EXIT_CRASHED 3

static bool strikes(void)
{
	if (fault == FAULT_NONE || --countdown)
		return false;
	if (fault == FAULT_CRASH)
		_exit(EXIT_CRASHED);
	return true;
}

#define WRAP(name, params, args)                       \
	int __real_##name params;                      \
	int __wrap_##name params;                      \
	int __wrap_##name params                       \
	{                                              \
		if (strikes() && fault == FAULT_ERROR) \
			return EIO;                    \
		return __real_##name args;             \
	}
WRAP(os_mkdir, (struct str path, uint32_t mode), (path, mode))
WRAP(os_rename, (struct str from, struct str to), (from, to))
WRAP(os_unlink, (struct str path), (path))
WRAP(os_rmdir, (struct str path), (path))
WRAP(os_chmod, (struct str path, uint32_t mode), (path, mode))

int __real_os_write_new(struct str path, struct str bytes, uint32_t mode, bool sync);
int __wrap_os_write_new(struct str path, struct str bytes, uint32_t mode, bool sync);
int __wrap_os_write_new(struct str path, struct str bytes, uint32_t mode, bool sync)
{
	bool now = strikes();

	if (now && fault == FAULT_HALF) {
		__real_os_write_new(path, str_sub(bytes, 0, bytes.n / 2), mode, sync);
		_exit(EXIT_CRASHED);
	}
	return now ? ENOSPC : __real_os_write_new(path, bytes, mode, sync);
}

/* A file that another build removes after it was found and before it is read. */
static const char *vanishing;

int __real_os_read_file(struct str path, size_t limit, struct arena *a, struct str *out);
int __wrap_os_read_file(struct str path, size_t limit, struct arena *a, struct str *out);
int __wrap_os_read_file(struct str path, size_t limit, struct arena *a, struct str *out)
{
	if (vanishing && str_ends(path, str_c(vanishing)) && !__real_os_unlink(path))
		vanishing = NULL;
	return __real_os_read_file(path, limit, a, out);
}

/* ---- what is built ------------------------------------------------------------------- */

/* The three states of the sources. Text of a file per state; NULL: not emitted. */
static const struct {
	const char *path;
	const char *text[3];
	enum { WHOLE, SCRIPT, BLOCK } kind;
} files[] = {
	{ "AGENTS.md", { "r1", "r2", "r3" }, BLOCK },
	{ "NEW.md", { NULL, "n2", "n3" }, BLOCK },
	{ "OLD.md", { "o1", NULL, NULL }, BLOCK },
	{ "s/a/SKILL.md", { "a1", "a2, changed", "a3" }, WHOLE },
	{ "s/b/SKILL.md", { "b1", "b1", "b1" }, WHOLE },
	{ "s/c/SKILL.md", { "c1", NULL, NULL }, WHOLE },
	{ "s/c/references/r.md", { "c1", NULL, "c3" }, WHOLE },
	{ "s/d/SKILL.md", { NULL, "d2", NULL }, WHOLE },
	{ "s/e/scripts/run", { NULL, "e2", "e3" }, SCRIPT },
};

static const char users_text[] = "# The user's\n";

static struct tmpdir dir;

static bool build(int state)
{
	static const struct str cursor = STR_INIT("cursor");
	struct arena arena = { 0 };
	struct writer_options options = {
		.platform = &cursor, .nplatform = 1, .jobs = 1
	};
	struct source_set sources;
	struct diag_sink sink;
	struct outtree tree;
	struct write_plan plan;
	bool ok = true;

	source_set_init(&sources, &arena);
	diag_sink_init(&sink, &arena, NULL);
	outtree_init(&tree, &arena);
	for (size_t i = 0; i < COUNTOF(files); i++) {
		struct out_entry e = { .path = str_c(files[i].path),
			.bytes = str_c(files[i].text[state]),
			.platform = cursor,
			.executable = files[i].kind == SCRIPT,
			.kind = files[i].kind == BLOCK ? OUT_BLOCK : OUT_OWNED };

		if (files[i].text[state])
			ok &= outtree_add(&tree, &e, &sink);
	}
	outtree_finish(&tree);
	ok = ok &&
	     writer_plan(&plan, &tree, dir.root, &options, &sources, &arena, &sink) &&
	     writer_commit(&plan, &sources, &arena, &sink) && !sink.n;
	arena_release(&arena);
	return ok;
}

static void first_build(void)
{
	tmpdir_clear(&dir);
	tmpdir_put(&dir, "AGENTS.md", users_text);
	ck_assert_int_eq(chmod(tmpdir_path(&dir, "AGENTS.md").p, 0600), 0);
	tmpdir_put(&dir, "s/mine.txt", users_text);
	ck_assert(build(0));
}

/* How a build with a fault went. */
enum outcome {
	BUILT, /* the fault was beyond its last operation */
	HARMLESS, /* there was an error, in tidying up */
	FAILED, /* there was an error, and it was reported */
	CRASHED = EXIT_CRASHED,
};

/* In a process of its own, with the fault at operation `n`. */
static enum outcome build_with(enum fault_kind kind, unsigned n, int state)
{
	pid_t pid = fork();
	int status;

	ck_assert_int_ge(pid, 0);
	if (!pid) {
		bool ok;

		fault = kind;
		countdown = n;
		ok = build(state);
		if (kind == FAULT_NONE || (countdown && countdown <= n))
			_exit(ok ? BUILT : FAILED);
		_exit(ok ? HARMLESS : FAILED);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return (enum outcome)WEXITSTATUS(status);
}

/* ---- what must hold ---------------------------------------------------------------------- */

/* The whole text of a file in a state; NULL if it does not exist then. */
static const char *want(size_t i, int state)
{
	const char *text = files[i].text[state];
	struct buf b = BUF_INIT(&dir.a);
	bool users = !strcmp(files[i].path, "AGENTS.md");

	if (files[i].kind != BLOCK || (!text && !users))
		return text;
	if (users)
		buf_addz(&b, users_text);
	if (text)
		buf_addf(&b,
			"%s<!-- rune:begin cursor -->\n%s\n<!-- rune:end cursor -->\n",
			users ? "\n" : "", text);
	return b.p;
}

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static void check_old_or_new(int from, int to)
{
	ck_assert_str_eq(tmpdir_get(&dir, "s/mine.txt"), users_text);
	for (size_t i = 0; i < COUNTOF(files); i++) {
		const char *got = tmpdir_get(&dir, files[i].path);

		ck_assert_msg(same(got, want(i, from)) || same(got, want(i, to)),
			"%s is neither old nor new: %s", files[i].path, got ? got : "-");
	}
}

/* Everything on disk after an undisturbed build of `state`. */
static const char *reference(int state)
{
	const char *list, *manifest;

	first_build();
	ck_assert(build(state));
	list = tmpdir_list(&dir);
	manifest = tmpdir_get(&dir, MANIFEST_PATH);
	return str_fmt(&dir.a, "%s%s", list, manifest).p;
}

static void check_complete(int state, const char *expected, unsigned n)
{
	struct stat st;

	ck_assert_msg(build_with(FAULT_NONE, 0, state) == BUILT,
		"the build after a fault at %u is not clean", n);
	for (size_t i = 0; i < COUNTOF(files); i++)
		ck_assert_msg(same(tmpdir_get(&dir, files[i].path), want(i, state)),
			"fault at %u: %s is not as built", n, files[i].path);
	ck_assert_str_eq(str_fmt(&dir.a, "%s%s", tmpdir_list(&dir),
				 tmpdir_get(&dir, MANIFEST_PATH))
				 .p,
		expected);
	ck_assert_int_eq(lstat(tmpdir_path(&dir, "AGENTS.md").p, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
	if (files[8].text[state]) {
		ck_assert_int_eq(lstat(tmpdir_path(&dir, files[8].path).p, &st), 0);
		ck_assert_uint_eq(st.st_mode & 07777, 0755);
	}
}

static void setup(void)
{
	umask(022);
	tmpdir_init(&dir);
}

static void teardown(void)
{
	tmpdir_release(&dir);
}

#define MOST 100 /* operations: more than a build has */

/* E24 */
static void cut_off(enum fault_kind kind)
{
	const char *expected[3] = { NULL, reference(1), reference(2) };
	unsigned n, struck = 0;

	for (n = 1; n <= MOST; n++) {
		enum outcome o = BUILT;

		for (int state = 1; state <= 2; state++) {
			first_build();
			o = build_with(kind, n, 1);
			check_old_or_new(0, 1);
			check_complete(state, expected[state], n);
		}
		struck += o != BUILT && o != HARMLESS;
		if (o == BUILT)
			break;
	}
	ck_assert_uint_le(n, MOST);
	ck_assert_uint_gt(struck, 5); /* there was something to interrupt */
}

START_TEST(e24_a_crash_at_any_operation_leaves_each_file_old_or_new)
{
	cut_off(FAULT_CRASH);
}
END_TEST

START_TEST(e24_a_crash_in_the_middle_of_any_write_does_too)
{
	cut_off(FAULT_HALF);
}
END_TEST

/* E25: any operation may fail, the disk may be full at any write. */
START_TEST(e25_an_error_at_any_operation_leaves_each_file_old_or_new)
{
	cut_off(FAULT_ERROR);
}
END_TEST

START_TEST(e25_a_file_that_goes_while_it_is_looked_at_is_a_missing_one)
{
	first_build();
	vanishing = "s/b/SKILL.md";
	ck_assert(build(0));
	ck_assert_ptr_null(vanishing);
	ck_assert_str_eq(tmpdir_get(&dir, "s/b/SKILL.md"), "b1");
}
END_TEST

/* The next build is cut off as well, with other sources; the one after completes.
 * Of the pairs of operations, every fifth. */
START_TEST(e24_two_crashes_in_a_row_lose_nothing)
{
	const char *expected = reference(0);
	enum outcome first = CRASHED, second;

	for (unsigned n = 1; first == CRASHED; n++) {
		second = CRASHED;
		for (unsigned m = 1 + n % 5; second == CRASHED; m += 5) {
			first_build();
			first = build_with(FAULT_CRASH, n, 1);
			second = build_with(FAULT_CRASH, m, 2);
			check_complete(0, expected, n * 1000 + m);
		}
	}
	ck_assert_int_eq(first, BUILT);
}
END_TEST

#endif

Suite *fault_suite(void)
{
	Suite *s = suite_create("fault");
	TCase *t = tcase_create("fault");

#ifdef RUNE_WRAP_OS
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 300);
	tcase_add_test(t, e24_a_crash_at_any_operation_leaves_each_file_old_or_new);
	tcase_add_test(t, e24_a_crash_in_the_middle_of_any_write_does_too);
	tcase_add_test(t, e24_two_crashes_in_a_row_lose_nothing);
	tcase_add_test(t, e25_a_file_that_goes_while_it_is_looked_at_is_a_missing_one);
	tcase_add_test(t, e25_an_error_at_any_operation_leaves_each_file_old_or_new);
#endif
	suite_add_tcase(s, t);
	return s;
}
