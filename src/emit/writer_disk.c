#include <errno.h>

#include "rune/block.h"
#include "rune/path.h"
#include "rune/str.h"
#include "writer_disk.h"

struct dir_state {
	enum disk_state state; /* DISK_DIR: usable */
	struct str culprit; /* the path that is not a directory */
	int err;
};

void disk_init(struct disk *d, struct str root, struct arena *a)
{
	*d = (struct disk){ .root = root, .a = a, .dir = MAP_INIT(a) };
}

struct str disk_path(const struct disk *d, struct str path)
{
	if (str_eq(d->root, STR(".")))
		return path;
	return path_join(d->a, d->root, path);
}

static enum disk_state dir_state_of(enum os_kind kind)
{
	switch (kind) {
	case OS_MISSING: return DISK_MISSING;
	case OS_DIR: return DISK_DIR;
	case OS_LINK: return DISK_PARENT_LINK;
	case OS_FILE:
	case OS_OTHER: break;
	}
	return DISK_PARENT_FILE;
}

/* The state of a directory below the root, given that of the one above it. */
static const struct dir_state *look_dir(
	struct disk *d, struct str dir, const struct dir_state *above)
{
	struct dir_state *s = map_find(&d->dir, dir);
	struct os_stat st;

	if (s)
		return s;
	s = arena_new(d->a, struct dir_state);
	s->culprit = dir;
	if (above && above->state != DISK_DIR) {
		*s = *above;
	} else {
		s->err = os_lstat(disk_path(d, dir), &st);
		s->state = s->err ? DISK_ERROR : dir_state_of(st.kind);
	}
	map_add(&d->dir, dir, s);
	return s;
}

/* NULL: `path` stands in the root itself. */
static const struct dir_state *look_parents(struct disk *d, struct str path)
{
	const struct dir_state *s = NULL;

	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '/')
			s = look_dir(d, str_sub(path, 0, i), s);
	return s;
}

enum disk_state disk_dir(struct disk *d, struct str dir)
{
	return look_dir(d, dir, look_parents(d, dir))->state;
}

static enum disk_state file_state_of(enum os_kind kind)
{
	switch (kind) {
	case OS_MISSING: return DISK_MISSING;
	case OS_FILE: return DISK_FILE;
	case OS_DIR: return DISK_DIR;
	case OS_LINK: return DISK_LINK;
	case OS_OTHER: break;
	}
	return DISK_OTHER;
}

void disk_look(struct disk *d, struct str path, struct disk_file *out)
{
	const struct dir_state *parent = look_parents(d, path);
	struct str full = disk_path(d, path);
	struct os_stat st;

	*out = (struct disk_file){ .state = DISK_MISSING, .culprit = path };
	if (parent && parent->state != DISK_DIR) {
		out->state = parent->state;
		out->culprit = parent->culprit;
		out->err = parent->err;
		return;
	}
	out->err = os_lstat(full, &st);
	out->state = out->err ? DISK_ERROR : file_state_of(st.kind);
	out->mode = st.mode;
	out->dev = st.dev;
	out->ino = st.ino;
	if (out->state == DISK_FILE) {
		out->err = os_read_file(full, WRITER_FILE_MAX, d->a, &out->bytes);
		if (out->err == ENOENT || out->err == ENOTDIR) {
			/* another build removed it just now; who takes the lock after it
			 * looks again */
			*out = (struct disk_file){ .state = DISK_MISSING,
				.culprit = path };
		} else if (out->err) {
			out->state = DISK_ERROR;
		}
	}
}

/* ---- the manifest ------------------------------------------------------------------- */

static const char how_to_mend[] =
	"restore it from version control, or remove it: files that are as a build would "
	"write them are then taken over, others are left alone";

static bool blocked(struct disk *d, const struct disk_file *f, struct source_set *sources,
	struct diag_sink *sink)
{
	struct str path = disk_path(d, f->culprit);
	struct span at = source_span(source_add(sources, path, STR_NONE, SOURCE_NONE));

	if (f->state == DISK_ERROR)
		return diag_io(sink, at, path, "read", f->err);
	if (f->state == DISK_LINK || f->state == DISK_PARENT_LINK)
		diag_report(sink, RULE_OUT_LINK, at,
			"rune keeps its records here and follows no symbolic link to "
			"them");
	else
		diag_report(sink, RULE_OUT_MANIFEST, at,
			"rune keeps its records here, and something else is in the way");
	return false;
}

/* Text of a record, empty if absent. */
static bool read_record(struct disk *d, struct str path, struct source_set *sources,
	struct diag_sink *sink, struct str *out, bool *there)
{
	struct disk_file f;

	disk_look(d, path, &f);
	*out = f.bytes;
	*there = f.state == DISK_FILE;
	if (f.state == DISK_MISSING || f.state == DISK_FILE)
		return true;
	return blocked(d, &f, sources, sink);
}

bool manifest_next_parse(struct manifest *m, struct str text, struct arena *a)
{
	struct source_set own;
	struct diag_sink quiet;

	/* A half-written one is no error: nothing had been staged by then. */
	source_set_init(&own, a);
	diag_sink_init(&quiet, a, NULL);
	manifest_init(m, a);
	return manifest_parse(
		m, source_add(&own, STR(MANIFEST_NEXT), text, SOURCE_FILE), &quiet);
}

/* The regions of `next` that stand in the file. */
static void confirm_regions(struct disk *d, struct manifest_entry *e,
	const struct manifest_entry *next, struct str text)
{
	for (size_t i = 0; i < next->npart; i++) {
		const struct manifest_part *part = &next->part[i];
		struct str body;

		if (block_get(text, block_style_of(e->path), part->platform, &body) &&
			str_eq(manifest_hash_region(d->a, body), part->sha256))
			manifest_part_add(d->a, e, part);
	}
}

/* Is the file as the cut-off commit meant it? Then it had come so far. */
static bool confirm(struct disk *d, const struct manifest_entry *was,
	const struct manifest_entry *next, struct manifest_entry *out)
{
	struct disk_file f;

	disk_look(d, next->path, &f);
	if (f.state != DISK_FILE)
		return false;
	if (!next->block) {
		*out = *next;
		return str_eq(manifest_hash(d->a, f.bytes), next->sha256);
	}
	if (was && was->block)
		*out = *was;
	else
		*out = (struct manifest_entry){ .path = next->path,
			.block = true,
			.created = next->created,
			.owner = next->owner };
	confirm_regions(d, out, next, f.bytes);
	return out->npart > 0;
}

static void overlay(struct manifest *m, struct disk *d, const struct manifest *next)
{
	struct manifest_entry e;

	for (size_t i = 0; i < next->n; i++) {
		struct manifest_entry *was = manifest_find(m, next->v[i].path);

		if (!confirm(d, was, &next->v[i], &e))
			continue;
		if (was)
			*was = e;
	}
	/* additions move the entries: they come when none is looked up any more */
	for (size_t i = 0; i < next->n; i++)
		if (!manifest_find(m, next->v[i].path) &&
			confirm(d, NULL, &next->v[i], &e))
			manifest_add(m, &e);
	for (size_t i = 0; i < next->ndir; i++)
		manifest_add_dir(m, next->dir[i]);
	manifest_sort(m);
}

bool manifest_load(struct manifest *m, struct disk *d, struct source_set *sources,
	struct diag_sink *sink, struct manifest_texts *texts)
{
	const size_t before = sink->n;
	struct manifest next;
	bool has_now;

	manifest_init(m, d->a);
	if (!read_record(d, STR(MANIFEST_PATH), sources, sink, &texts->now, &has_now) ||
		!read_record(d, STR(MANIFEST_NEXT), sources, sink, &texts->next,
			&texts->has_next))
		return false;
	if (texts->now.n) {
		const struct source *src = source_add(sources,
			disk_path(d, STR(MANIFEST_PATH)), texts->now, SOURCE_FILE);

		if (!manifest_parse(m, src, sink)) {
			if (sink->n > before)
				diag_note(sink, sink->v[sink->n - 1], SPAN_NONE, "%s",
					how_to_mend);
			return false;
		}
	}
	if (texts->next.n && manifest_next_parse(&next, texts->next, d->a))
		overlay(m, d, &next);
	return true;
}
