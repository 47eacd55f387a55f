#include <stdlib.h>

#include "rune/buf.h"
#include "rune/outtree.h"
#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"
#include "rune/writer.h"

/* ---- paths as a file system that ignores letter case sees them --------------------- */

/* Simple folding of the scripts that have letter case and occur in file names. */
static uint32_t fold(uint32_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c + 32;
	if (c < 0xc0)
		return c;
	if (c <= 0xde && c != 0xd7)
		return c + 32;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c + (c & 1);
	if (c >= 0x391 && c <= 0x3a9)
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	if (c >= 0x410 && c <= 0x42f)
		return c + 32;
	return c;
}

struct str outtree_fold(struct arena *a, struct str path)
{
	struct buf out = BUF_INIT(a);
	size_t off = 0;

	while (off < path.n) {
		size_t from = off;
		int32_t cp = utf8_next(path, &off);
		char bytes[4];

		if (cp < 0)
			buf_add(&out, str_sub(path, from, off - from));
		else
			buf_add(&out, (struct str){ bytes,
					      utf8_put(bytes, fold((uint32_t)cp)) });
	}
	return buf_str(&out);
}

/* The names below which rune keeps its own books, and git its own. */
static bool is_reserved(struct arena *a, struct str path)
{
	struct str folded = outtree_fold(a, path), rest = folded, part;

	while (str_split(&rest, '/', &part))
		if (str_eq(part, STR(".git")))
			return true;
	return str_eq(folded, STR(MANIFEST_PATH)) || str_eq(folded, STR(MANIFEST_NEXT)) ||
	       str_eq(folded, STR(LOCK_PATH));
}

bool outtree_path_ok(struct arena *a, struct str path)
{
	return path_is_safe(path) && !is_reserved(a, path);
}

/* ---- collisions ----------------------------------------------------------------- */

void outtree_init(struct outtree *t, struct arena *a)
{
	*t = (struct outtree){ .a = a, .by_path = MAP_INIT(a) };
}

/* "'rune-a' for cursor": whose an output is. */
static struct str claimant(struct arena *a, const struct out_entry *e)
{
	if (!e->owner.n)
		return e->platform;
	return str_fmt(a, "'%.*s' for %.*s", STR_ARG(e->owner), STR_ARG(e->platform));
}

static bool collide(struct outtree *t, struct diag_sink *sink, const struct out_entry *e,
	const struct out_entry *first)
{
	struct diag *d;

	if (str_eq(e->path, first->path))
		d = diag_report(sink, RULE_OUT_COLLISION, e->from,
			"'%.*s' is written twice, by %.*s and by %.*s", STR_ARG(e->path),
			STR_ARG(claimant(t->a, first)), STR_ARG(claimant(t->a, e)));
	else
		d = diag_report(sink, RULE_OUT_COLLISION, e->from,
			"'%.*s' by %.*s and '%.*s' by %.*s cannot both exist",
			STR_ARG(first->path), STR_ARG(claimant(t->a, first)),
			STR_ARG(e->path), STR_ARG(claimant(t->a, e)));
	diag_note(sink, d, first->from, "the first one comes from here");
	if (!str_eq(e->path, first->path))
		diag_note(sink, d, SPAN_NONE, "%s",
			"one is the directory of the other, or they differ only in "
			"letter case, which some file systems ignore");
	return false;
}

/* Directories stand in the map beside files, with a slash at the end. */
static struct str dir_key(struct arena *a, struct str folded, size_t len)
{
	return str_fmt(a, "%.*s/", (int)len, folded.p);
}

/* The entry that `e` cannot stand beside, or NULL. */
static const struct out_entry *find_rival(const struct outtree *t, struct str folded)
{
	const struct out_entry *rival = map_find(&t->by_path, folded);

	if (!rival)
		rival = map_find(&t->by_path, dir_key(t->a, folded, folded.n));
	for (size_t i = 0; i < folded.n && !rival; i++)
		if (folded.p[i] == '/')
			rival = map_find(&t->by_path, str_sub(folded, 0, i));
	return rival;
}

static void insert(struct outtree *t, const struct out_entry *e, struct str folded)
{
	/* `v` moves as it grows, what the map points at must not */
	struct out_entry *copy = arena_new(t->a, struct out_entry);

	*copy = *e;
	copy->index = t->n;
	*arena_push(t->a, struct out_entry, t->v, t->n, t->cap) = *copy;
	map_add(&t->by_path, folded, copy);
	for (size_t i = folded.n; i; i--) {
		if (folded.p[i - 1] != '/')
			continue;
		/* where one directory is known, so are those above it */
		if (map_add(&t->by_path, dir_key(t->a, folded, i - 1), copy))
			break;
	}
}

/* Several platforms may each have a region in one file. */
static bool may_share(
	const struct outtree *t, const struct out_entry *e, const struct out_entry *rival)
{
	if (e->kind != OUT_BLOCK || rival->kind != OUT_BLOCK ||
		!str_eq(e->path, rival->path))
		return false;
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->v[i].path, e->path) &&
			str_eq(t->v[i].platform, e->platform))
			return false;
	return true;
}

static bool check_path(
	struct outtree *t, const struct out_entry *e, struct diag_sink *sink)
{
	if (outtree_path_ok(t->a, e->path))
		return true;
	diag_report(sink, RULE_OUT_PATH, e->from,
		"output path '%.*s' of %.*s is not allowed", STR_ARG(e->path),
		STR_ARG(claimant(t->a, e)));
	return false;
}

bool outtree_add(struct outtree *t, const struct out_entry *e, struct diag_sink *sink)
{
	const struct out_entry *rival;
	struct str folded;

	if (!check_path(t, e, sink))
		return false;
	folded = outtree_fold(t->a, e->path);
	rival = find_rival(t, folded);
	if (rival && !may_share(t, e, rival))
		return collide(t, sink, e, rival);
	insert(t, e, folded);
	return true;
}

void outtree_keep(struct outtree *t, struct str emit_name)
{
	for (size_t i = 0; i < t->nkept; i++)
		if (str_eq(t->kept[i], emit_name))
			return;
	*arena_push(t->a, struct str, t->kept, t->nkept, t->kept_cap) = emit_name;
}

/* ---- sorting and merging ---------------------------------------------------------- */

static int cmp_entries(const void *pa, const void *pb)
{
	const struct out_entry *a = pa, *b = pb;
	int c = str_cmp(a->path, b->path);

	return c ? c : str_cmp(a->platform, b->platform);
}

void outtree_finish(struct outtree *t)
{
	if (t->n)
		qsort(t->v, t->n, sizeof(*t->v), cmp_entries);
	/* backwards: of several regions in a file the first one stays in the map */
	for (size_t i = t->n; i; i--) {
		struct out_entry *e = &t->v[i - 1];

		e->index = i - 1;
		map_set(&t->by_path, outtree_fold(t->a, e->path), e);
	}
}

/* One file that two platforms want, with equal bytes: both own it. */
static void share(struct outtree *t, struct out_entry *known, const struct out_entry *e)
{
	struct str rest = known->platform, one;

	while (str_split(&rest, ',', &one))
		if (str_eq(one, e->platform))
			return;
	known->platform = str_fmt(
		t->a, "%.*s,%.*s", STR_ARG(known->platform), STR_ARG(e->platform));
	known->executable |= e->executable;
	t->v[known->index] = *known;
}

static bool merge_one(
	struct outtree *t, const struct out_entry *e, struct diag_sink *sink)
{
	struct out_entry *rival = map_find(&t->by_path, outtree_fold(t->a, e->path));
	struct diag *d;

	if (!rival || e->kind == OUT_BLOCK || rival->kind == OUT_BLOCK ||
		!str_eq(e->path, rival->path))
		return outtree_add(t, e, sink);
	if (str_eq(e->bytes, rival->bytes)) {
		share(t, rival, e);
		return true;
	}
	d = diag_report(sink, RULE_OUT_COLLISION, e->from,
		"platforms '%.*s' and '%.*s' write different text to '%.*s'",
		STR_ARG(rival->platform), STR_ARG(e->platform), STR_ARG(e->path));
	diag_note(sink, d, SPAN_NONE,
		"build one of them into another directory (--output)");
	return false;
}

bool outtree_merge(
	struct outtree *into, const struct outtree *from, struct diag_sink *sink)
{
	bool ok = true;

	for (size_t i = 0; i < from->n; i++)
		ok &= merge_one(into, &from->v[i], sink);
	for (size_t i = 0; i < from->nkept; i++)
		outtree_keep(into, from->kept[i]);
	return ok;
}
