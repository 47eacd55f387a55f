#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rune/buf.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"
#include "rune/writer.h"
#include "tmpdir.h"

void tmpdir_init(struct tmpdir *t)
{
	char name[] = "/tmp/rune-test-XXXXXX";

	*t = (struct tmpdir){ 0 };
	ck_assert_ptr_nonnull(mkdtemp(name));
	t->root = arena_strdup(&t->a, str_c(name));
}

static void remove_in(struct tmpdir *t, struct str dir)
{
	struct os_entry *e;
	size_t n;

	os_chmod(dir, 0755);
	ck_assert_int_eq(os_list_dir(dir, &t->a, &e, &n), 0);
	for (size_t i = 0; i < n; i++) {
		struct str path = path_join(&t->a, dir, e[i].name);

		if (e[i].kind == OS_DIR) {
			remove_in(t, path);
			ck_assert_int_eq(rmdir(path.p), 0);
		} else {
			ck_assert_int_eq(unlink(path.p), 0);
		}
	}
}

void tmpdir_clear(struct tmpdir *t)
{
	remove_in(t, t->root);
}

void tmpdir_release(struct tmpdir *t)
{
	remove_in(t, t->root);
	rmdir(t->root.p);
	arena_release(&t->a);
}

struct str tmpdir_path(struct tmpdir *t, const char *path)
{
	return path_join(&t->a, t->root, str_c(path));
}

static void make_parents(struct tmpdir *t, struct str dir)
{
	if (dir.n <= t->root.n || !access(str_dupz(&t->a, dir), F_OK))
		return;
	make_parents(t, path_dir(dir));
	ck_assert_int_eq(mkdir(str_dupz(&t->a, dir), 0755), 0);
}

void tmpdir_mkdir(struct tmpdir *t, const char *path)
{
	make_parents(t, tmpdir_path(t, path));
}

void tmpdir_put(struct tmpdir *t, const char *path, const char *text)
{
	struct str full = tmpdir_path(t, path);

	make_parents(t, path_dir(full));
	unlink(full.p);
	ck_assert_int_eq(os_write_new(full, str_c(text), 0644, false), 0);
}

void tmpdir_link(struct tmpdir *t, const char *path, const char *target)
{
	struct str full = tmpdir_path(t, path);

	make_parents(t, path_dir(full));
	ck_assert_int_eq(symlink(target, full.p), 0);
}

const char *tmpdir_get(struct tmpdir *t, const char *path)
{
	struct str text;

	return os_read_file(tmpdir_path(t, path), 0, &t->a, &text) ? NULL : text.p;
}

static void list(struct tmpdir *t, struct buf *out, struct str dir)
{
	struct os_entry *e;
	size_t n;

	ck_assert_int_eq(os_list_dir(path_join(&t->a, t->root, dir), &t->a, &e, &n), 0);
	for (size_t i = 0; i < n; i++) {
		struct str path = path_join(&t->a, dir, e[i].name);

		if (str_eq(path, STR(LOCK_PATH)))
			continue;
		buf_addf(out, "%.*s%s\n", STR_ARG(path),
			e[i].kind == OS_DIR    ? "/"
			: e[i].kind == OS_LINK ? "@"
					       : "");
		if (e[i].kind == OS_DIR)
			list(t, out, path);
	}
}

const char *tmpdir_list(struct tmpdir *t)
{
	struct buf out = BUF_INIT(&t->a);

	list(t, &out, STR_NONE);
	return out.n ? out.p : "";
}
