/* library.c - the files of a root, in one interface for directories on disk and
 * for the library that is compiled in.
 *
 * A root without `dir` is the embedded library; its files are shown as
 * "<library>/skills/cook/SKILL.md", a path that no file of the user can have. */
#include <errno.h>
#include <stdlib.h>

#include "model.h"
#include "rune/embedded.h"
#include "rune/path.h"
#include "rune/str.h"

#define EMBEDDED_SHOWN "<library>"

static bool embedded(const struct root *r)
{
	return !r->dir.n;
}

/* The first embedded file whose path is not below `path`. */
static size_t embedded_bound(struct str path)
{
	size_t lo = 0, hi = embedded_file_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (str_cmp(str_c(embedded_files[mid].path), path) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static struct str embedded_prefix(struct str rel, struct arena *a)
{
	return rel.n ? str_fmt(a, "%.*s/", STR_ARG(rel)) : STR("");
}

static int entry_cmp(const void *pa, const void *pb)
{
	const struct os_entry *a = pa, *b = pb;

	return str_cmp(a->name, b->name);
}

static int embedded_list(
	struct str rel, struct arena *a, struct os_entry **out, size_t *n)
{
	struct str prefix = embedded_prefix(rel, a);
	size_t i = embedded_bound(prefix), cap = 0;
	struct os_entry *v = NULL;

	while (i < embedded_file_count) {
		struct str path = str_c(embedded_files[i].path), rest;
		struct os_entry *e;
		size_t slash;

		if (!str_starts(path, prefix))
			break;
		rest = str_from(path, prefix.n);
		slash = str_find_char(rest, '/', 0);
		e = arena_push(a, struct os_entry, v, *n, cap);
		e->name = str_sub(rest, 0, slash);
		e->kind = slash == STR_NPOS ? OS_FILE : OS_DIR;
		if (e->kind == OS_FILE)
			i++;
		else /* '0' follows '/': past everything below it */
			i = embedded_bound(str_fmt(
				a, "%.*s%.*s0", STR_ARG(prefix), STR_ARG(e->name)));
	}
	if (*n)
		qsort(v, *n, sizeof(*v), entry_cmp);
	*out = v;
	return *n ? 0 : ENOENT;
}

static bool listed(const struct os_entry *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return true;
	return false;
}

/* Files of the overlay that are in the directory and not on disk, and directories
 * that only they are in. */
static void overlay_list(const struct root *r, struct str rel, struct arena *a,
	struct os_entry **out, size_t *n)
{
	struct str dir = root_shown(r, rel, a);
	size_t before = *n, cap = before + r->overlay->n;
	struct os_entry *v = arena_array(a, struct os_entry, cap);

	if (before)
		memcpy(v, *out, before * sizeof(*v));
	for (size_t i = 0; i < r->overlay->n; i++) {
		struct str rest = r->overlay->entry[i].key, name;

		if (!path_is_below(rest, dir) || rest.n <= dir.n)
			continue;
		if (!str_eq(dir, STR(".")))
			rest = str_from(rest, dir.n + !str_ends(dir, STR("/")));
		if (str_split(&rest, '/', &name) && !listed(v, *n, name))
			v[(*n)++] = (struct os_entry){ name, rest.p ? OS_DIR : OS_FILE };
	}
	if (*n > before)
		qsort(v, *n, sizeof(*v), entry_cmp);
	*out = v;
}

int root_list(const struct root *r, struct str rel, struct arena *a,
	struct os_entry **out, size_t *n)
{
	int err;

	*out = NULL;
	*n = 0;
	if (embedded(r))
		return embedded_list(rel, a, out, n);
	err = os_list_dir(path_join(a, r->dir, rel), a, out, n);
	if (!r->overlay || (err && err != ENOENT))
		return err;
	overlay_list(r, rel, a, out, n);
	return *n ? 0 : err;
}

static const struct str *overlay_find(
	const struct root *r, struct str rel, struct arena *a)
{
	return r->overlay ? map_find(r->overlay, root_shown(r, rel, a)) : NULL;
}

enum os_kind root_kind(const struct root *r, struct str rel, struct arena *a)
{
	struct os_stat st;
	size_t i;

	if (!embedded(r)) {
		if (os_lstat(path_join(a, r->dir, rel), &st))
			return OS_MISSING;
		if (st.kind == OS_MISSING && overlay_find(r, rel, a))
			return OS_FILE;
		return st.kind;
	}
	i = embedded_bound(rel);
	if (i < embedded_file_count && str_eq(str_c(embedded_files[i].path), rel))
		return OS_FILE;
	rel = embedded_prefix(rel, a);
	i = embedded_bound(rel);
	if (i < embedded_file_count && str_starts(str_c(embedded_files[i].path), rel))
		return OS_DIR;
	return OS_MISSING;
}

int root_read(
	const struct root *r, struct str rel, struct arena *a, struct tree_file *out)
{
	const struct embedded_file *e;
	const struct str *instead;
	struct os_stat st;
	struct str path;
	size_t i;
	int err;

	*out = (struct tree_file){ .path = rel };
	if (embedded(r)) {
		i = embedded_bound(rel);
		if (i == embedded_file_count)
			return ENOENT;
		e = &embedded_files[i];
		if (!str_eq(str_c(e->path), rel))
			return ENOENT;
		out->bytes = (struct str){ e->bytes, e->len };
		out->executable = e->executable;
		out->origin = SOURCE_EMBEDDED;
		return 0;
	}
	path = path_join(a, r->dir, rel);
	instead = overlay_find(r, rel, a);
	if (instead)
		out->bytes = *instead;
	err = instead ? 0 : os_read_file(path, SOURCE_MAX, a, &out->bytes);
	if (!err)
		err = os_stat(path, &st);
	if (!err)
		out->executable = (st.mode & 0100) != 0;
	out->origin = SOURCE_FILE;
	return err;
}

struct str root_shown(const struct root *r, struct str rel, struct arena *a)
{
	if (embedded(r))
		return path_join(a, STR(EMBEDDED_SHOWN), rel);
	return path_normalize(a, path_join(a, r->dir, rel));
}

/* A link may not be a way round the filter: its name is harmless, its target
 * may be ".env". */
static bool never_shipped(struct str rel, bool directory)
{
	struct str piece;

	while (str_split(&rel, '/', &piece))
		if (resource_ignored(piece, directory || rel.p))
			return true;
	return false;
}

bool root_link_target(const struct root *r, struct str within, struct str link,
	struct arena *a, struct str *rel_out)
{
	struct str dir, target;
	struct os_stat st;

	if (embedded(r) || os_realpath(path_join(a, r->dir, within), a, &dir) ||
		os_realpath(path_join(a, r->dir, link), a, &target))
		return false;
	if (!path_is_below(target, dir) || str_eq(target, dir) || os_stat(target, &st))
		return false;
	*rel_out = str_from(target, dir.n + (dir.n > 1));
	return !never_shipped(*rel_out, st.kind == OS_DIR);
}

static bool is_any(struct str name, const struct str *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(name, v[i]))
			return true;
	return false;
}

bool resource_ignored(struct str name, bool directory)
{
	static const struct str dirs[] = { STR_INIT("node_modules"),
		STR_INIT("__pycache__"), STR_INIT("__MACOSX"), STR_INIT("venv") };
	static const struct str files[] = { STR_INIT("Thumbs.db"),
		STR_INIT("desktop.ini"), STR_INIT("Icon\r") };
	static const struct str ends[] = { STR_INIT("~"), STR_INIT(".pyc"),
		STR_INIT(".pyo"), STR_INIT(".swp"), STR_INIT(".swo"), STR_INIT(".swx"),
		STR_INIT(".bak"), STR_INIT(".orig"), STR_INIT(".rej") };

	if (!name.n || name.p[0] == '.')
		return true;
	if (directory)
		return is_any(name, dirs, COUNTOF(dirs));
	if (name.p[0] == '#' || is_any(name, files, COUNTOF(files)))
		return true;
	for (size_t i = 0; i < COUNTOF(ends); i++)
		if (str_ends(name, ends[i]))
			return true;
	return false;
}
