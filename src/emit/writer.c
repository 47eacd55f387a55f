/* The first half of the writer: what is to be done to each file, and why. */
#include <stdlib.h>

#include "rune/block.h"
#include "rune/diff.h"
#include "rune/path.h"
#include "rune/str.h"
#include "writer_disk.h"
#include "writer_hash.h"

struct planner {
	struct write_plan *p;
	struct arena *a;
	struct source_set *sources;
	struct diag_sink *sink;
	struct disk disk;
	struct map folded; /* of the manifest: case-folded path → entry */
	struct map seen; /* manifest paths that an operation deals with */
	struct map reported; /* what is in the way and was said to be */
	size_t cap;
	const struct sha256_hex *sha; /* of the tree's entries */
};

/* ---- operations and refusals ---------------------------------------------------------- */

static struct write_op *add_op(struct planner *pl, struct str path)
{
	struct write_plan *p = pl->p;
	struct write_op *op = arena_push(pl->a, struct write_op, p->op, p->n, pl->cap);

	op->path = path;
	return op;
}

static void set_was(struct planner *pl, struct write_op *op, struct manifest_entry *was)
{
	op->was = was;
	if (was)
		map_add(&pl->seen, was->path, was);
}

/* The place of a diagnostic about a file on disk. */
static struct span at_path(struct planner *pl, struct str path, struct str text)
{
	struct str full = disk_path(&pl->disk, path);

	return source_span(
		source_add(pl->sources, full, text, text.n ? SOURCE_FILE : SOURCE_NONE));
}

/* The manifest's entry stays as it is, so that the next build sees the same. */
static void refuse(struct write_op *op, const char *reason)
{
	op->action = WRITE_REFUSE;
	op->reason = reason;
	op->will = op->was;
}

/* Say what is wrong with a path unless it was said already; what hinders a
 * directory hinders each file in it. */
static bool was_said(struct planner *pl, struct str path)
{
	return map_add(&pl->reported, path, pl) != NULL;
}

static struct diag *complain(
	struct planner *pl, struct str path, enum rule rule, const char *message)
{
	if (was_said(pl, path))
		return NULL;
	return diag_report(pl->sink, rule, at_path(pl, path, STR_NONE), "%s", message);
}

static void advise(struct planner *pl, struct diag *d, const char *advice)
{
	if (d)
		diag_note(pl->sink, d, SPAN_NONE, "%s", advice);
}

/* Refuse whatever the disk holds in the file's way; false if nothing does. */
static bool refuse_obstacle(
	struct planner *pl, struct write_op *op, const struct disk_file *f)
{
	struct str path = disk_path(&pl->disk, f->culprit);
	struct diag *d;

	switch (f->state) {
	case DISK_MISSING:
	case DISK_FILE: return false;
	case DISK_DIR:
		refuse(op, "a directory is in the way");
		d = complain(pl, f->culprit, RULE_OUT_FOREIGN,
			"a directory stands where a file is to be written");
		advise(pl, d, "move it away and build again");
		return true;
	case DISK_OTHER:
		refuse(op, "not a regular file");
		complain(pl, f->culprit, RULE_OUT_FOREIGN,
			"what stands here is neither a file nor a directory");
		return true;
	case DISK_PARENT_FILE:
		refuse(op, "a file is in the way");
		d = complain(pl, f->culprit, RULE_OUT_FOREIGN,
			"a file stands where a directory is needed");
		advise(pl, d, "move it away and build again");
		return true;
	case DISK_LINK:
	case DISK_PARENT_LINK:
		refuse(op, "a symbolic link is in the way");
		d = complain(pl, f->culprit, RULE_OUT_LINK,
			"output would be written through a symbolic link");
		advise(pl, d,
			"links may lead out of the project, so rune follows none; "
			"put a real file or directory here");
		return true;
	case DISK_ERROR:
		refuse(op, "cannot be read");
		if (!was_said(pl, f->culprit))
			diag_io(pl->sink, at_path(pl, f->culprit, STR_NONE), path,
				"examine", f->err);
		return true;
	}
	return false;
}

/* A file of ours that is no longer there, or whose place something of the user's
 * took. */
static bool is_gone(const struct disk_file *f)
{
	switch (f->state) {
	case DISK_MISSING:
	case DISK_DIR:
	case DISK_OTHER:
	case DISK_LINK:
	case DISK_PARENT_FILE: return true;
	case DISK_FILE:
	case DISK_PARENT_LINK:
	case DISK_ERROR: break;
	}
	return false;
}

/* ---- platforms ------------------------------------------------------------------------ */

static bool in_build(const struct write_plan *p, struct str platform)
{
	if (p->options.prune)
		return true;
	for (size_t i = 0; i < p->options.nplatform; i++)
		if (str_eq(p->options.platform[i], platform))
			return true;
	return false;
}

static bool is_kept(const struct write_plan *p, struct str owner)
{
	for (size_t i = 0; owner.n && i < p->tree->nkept; i++)
		if (str_eq(p->tree->kept[i], owner))
			return true;
	return false;
}

/* Does `e` keep its share in `was`, though this build does not emit it? */
static bool keeps_share(
	struct planner *pl, const struct manifest_entry *was, struct str platform)
{
	return !in_build(pl->p, platform) || is_kept(pl->p, was->owner);
}

/* ---- whole files ---------------------------------------------------------------------- */

/* The manifest's entry for a path; on a file system that ignores letter case
 * also one that spells the same file differently. */
static struct manifest_entry *find_was(
	struct planner *pl, struct str path, const struct disk_file *f)
{
	struct manifest *m = pl->p->before;
	struct manifest_entry *e = manifest_find(m, path);
	struct os_stat st;

	if (e || f->state != DISK_FILE || !m->n)
		return e;
	if (!pl->folded.n)
		for (size_t i = 0; i < m->n; i++)
			map_add(&pl->folded, outtree_fold(pl->a, m->v[i].path), &m->v[i]);
	e = map_find(&pl->folded, outtree_fold(pl->a, path));
	if (!e || os_lstat(disk_path(&pl->disk, e->path), &st))
		return NULL;
	return st.dev == f->dev && st.ino == f->ino ? e : NULL;
}

static bool is_unchanged(
	struct planner *pl, const struct manifest_entry *was, const struct disk_file *f)
{
	/* What a crash of the whole machine leaves may be empty; no edit of the
	 * user's is lost with an empty file. */
	return !f->bytes.n || str_eq(manifest_hash(pl->a, f->bytes), was->sha256);
}

/* Platforms outside this build that wrote other text, and none of this build
 * did: their file would be replaced behind their back. */
static struct str rival_platforms(
	struct planner *pl, const struct write_op *op, const struct manifest_entry *was)
{
	struct buf b = BUF_INIT(pl->a);

	for (size_t i = 0; i < was->npart; i++) {
		struct str rest = op->platform, one;

		while (str_split(&rest, ',', &one))
			if (str_eq(one, was->part[i].platform))
				return STR_NONE;
		if (in_build(pl->p, was->part[i].platform))
			continue;
		if (b.n)
			buf_addz(&b, ", ");
		buf_addf(&b, "'%.*s'", STR_ARG(was->part[i].platform));
	}
	return buf_str(&b);
}

static void refuse_rival(struct planner *pl, struct write_op *op, struct str rival)
{
	struct diag *d =
		diag_report(pl->sink, RULE_OUT_FOREIGN, at_path(pl, op->path, STR_NONE),
			"file was written for platform %.*s and would differ for '%.*s'",
			STR_ARG(rival), STR_ARG(op->platform));

	refuse(op, "belongs to another platform");
	advise(pl, d,
		"build both together if they can share it, else one of them into "
		"another directory (--output); if the other is not used any more, "
		"--prune");
}

static void refuse_foreign(struct planner *pl, struct write_op *op)
{
	struct diag *d =
		diag_report(pl->sink, RULE_OUT_FOREIGN, at_path(pl, op->path, STR_NONE),
			"file exists and was not written by rune");

	refuse(op, "not written by rune");
	advise(pl, d, "move it away, or build with --force to replace it");
}

static void refuse_changed(struct planner *pl, struct write_op *op)
{
	struct diag *d =
		diag_report(pl->sink, RULE_OUT_CHANGED, at_path(pl, op->path, STR_NONE),
			"generated file was changed since rune wrote it");

	refuse(op, "changed by hand");
	if (op->entry && op->entry->from.src)
		diag_note(pl->sink, d, op->entry->from, "it is generated from here");
	advise(pl, d,
		op->entry
			? "take the change over into the source and remove the file, or "
			  "build with --force to replace it"
			: "it is no longer generated: remove it, or let --force do so");
}

/* The manifest's entry of a whole file after this build. */
static const struct manifest_entry *entry_after(
	struct planner *pl, const struct write_op *op, struct str sha, bool take_over)
{
	struct manifest_entry *e = arena_new(pl->a, struct manifest_entry);
	struct str rest = op->platform, one;

	e->path = op->path;
	e->owner = op->owner;
	e->sha256 = sha;
	while (str_split(&rest, ',', &one))
		manifest_part_add(pl->a, e, &(struct manifest_part){ one, STR_NONE });
	if (!op->was || op->was->block || take_over)
		return e;
	for (size_t i = 0; i < op->was->npart; i++)
		if (keeps_share(pl, op->was, op->was->part[i].platform))
			manifest_part_add(pl->a, e, &op->was->part[i]);
	return e;
}

/* A file with other text stands there. May it be replaced? `*rival`: whose it is
 * if it is taken away from another platform. */
static bool may_replace(struct planner *pl, struct write_op *op,
	const struct disk_file *f, struct str *rival)
{
	bool known = op->was && !op->was->block;

	*rival = known ? rival_platforms(pl, op, op->was) : STR_NONE;
	if (pl->p->options.force)
		return true;
	if (!known)
		refuse_foreign(pl, op);
	else if (!is_unchanged(pl, op->was, f))
		refuse_changed(pl, op);
	else if (rival->n)
		refuse_rival(pl, op, *rival);
	else
		return true;
	return false;
}

static void plan_owned(struct planner *pl, size_t index)
{
	const struct out_entry *e = &pl->p->tree->v[index];
	struct write_op *op = add_op(pl, e->path);
	struct str sha = { pl->sha[index].digits, HASH_HEX }, rival = STR_NONE;
	struct disk_file f;

	disk_look(&pl->disk, e->path, &f);
	op->entry = e;
	op->platform = e->platform;
	op->owner = e->owner;
	op->executable = e->executable;
	op->old_bytes = f.bytes;
	op->new_bytes = e->bytes;
	set_was(pl, op, find_was(pl, e->path, &f));
	if (refuse_obstacle(pl, op, &f))
		return;
	if (f.state == DISK_MISSING)
		op->action = WRITE_CREATE;
	else if (!str_eq(f.bytes, e->bytes))
		op->action = WRITE_UPDATE;
	else /* more x bits than asked for are left: some file systems have no others */
		op->action =
			e->executable && !(f.mode & 0111) ? WRITE_UPDATE : WRITE_SAME;
	if (f.state == DISK_FILE && !str_eq(f.bytes, e->bytes) &&
		!may_replace(pl, op, &f, &rival))
		return;
	op->will = entry_after(pl, op, sha, rival.n > 0);
}

/* ---- regions in shared files ------------------------------------------------------------ */

/* The text of a shared file as this build's platforms turn it. */
struct shared {
	struct planner *pl;
	struct write_op *op;
	enum block_style style;
	struct str text;
	struct str disk; /* text as it is on disk */
	struct span at;
	struct manifest_entry *will;
};

/* A region that was edited is the user's text as much as what is around it. */
static bool region_is_ours(struct shared *s, struct str platform, struct str want)
{
	const struct manifest_part *part =
		s->op->was ? manifest_part_find(s->op->was, platform) : NULL;
	struct str body, sha;
	struct diag *d;

	if (s->pl->p->options.force || !part || !part->sha256.n ||
		!block_get(s->text, s->style, platform, &body))
		return true;
	sha = manifest_hash_region(s->pl->a, body);
	if (str_eq(sha, part->sha256) || str_eq(sha, want))
		return true;
	d = diag_report(s->pl->sink, RULE_OUT_CHANGED,
		at_path(s->pl, s->op->path, STR_NONE),
		"generated region of '%.*s' was changed since rune wrote it",
		STR_ARG(platform));
	advise(s->pl, d,
		"move the change out of the region, to before or after its "
		"markers, and build with --force");
	refuse(s->op, "changed by hand");
	return false;
}

/* `key:`, "key" : */
static bool begins_with_key(struct str line, struct str key)
{
	bool quoted = line.n && (line.p[0] == '"' || line.p[0] == '\'');
	struct str rest = str_from(line, quoted);

	if (!str_starts(rest, key))
		return false;
	rest = str_from(rest, key.n);
	if (quoted && (!rest.n || rest.p[0] != line.p[0]))
		return false;
	rest = str_trim(str_from(rest, quoted));
	return rest.n && rest.p[0] == ':';
}

/* The line with which a top-level key of YAML begins, of the text that is not ours. */
static bool has_key(const struct shared *s, const struct out_entry *e, struct str *rest)
{
	struct diag_sink quiet;
	struct str line, own = s->text;

	diag_sink_init(&quiet, s->pl->a, NULL);
	block_remove(s->text, s->style, e->platform, s->at, s->pl->a, &quiet, &own);
	while (str_line(&own, &line)) {
		if (!begins_with_key(line, e->unless_key))
			continue;
		*rest = own.p ? (struct str){ line.p, (size_t)(own.p + own.n - line.p) }
			      : line;
		return true;
	}
	return false;
}

/* A second such key would make the file invalid, or hide the user's. */
static bool user_has_key(struct shared *s, const struct out_entry *e)
{
	struct str rest;
	struct diag *d;

	if (!e->unless_key.n || !has_key(s, e, &rest))
		return false;
	if (str_find(rest, e->names, 0) == STR_NPOS) {
		d = diag_report(s->pl->sink, RULE_OUT_KEY_TAKEN,
			at_path(s->pl, s->op->path, STR_NONE),
			"the file has a '%.*s' of its own, in which '%.*s' is missing",
			STR_ARG(e->unless_key), STR_ARG(e->names));
		advise(s->pl, d, "add it there: rune leaves that key alone");
	}
	return true;
}

static bool set_region(struct shared *s, const struct out_entry *e)
{
	struct str sha = manifest_hash_region(s->pl->a, e->bytes), body;

	if (user_has_key(s, e))
		return true;
	if (!region_is_ours(s, e->platform, sha))
		return false;
	manifest_part_add(s->pl->a, s->will, &(struct manifest_part){ e->platform, sha });
	if (block_get(s->text, s->style, e->platform, &body) &&
		str_eq(manifest_hash_region(s->pl->a, body), sha))
		return true;
	if (block_set(s->text, s->style, e->platform, e->bytes, s->at, s->pl->a,
		    s->pl->sink, &s->text))
		return true;
	refuse(s->op, "damaged markers");
	return false;
}

/* The share of a platform that this build does not emit, in the old manifest. */
static bool drop_region(struct shared *s, const struct manifest_part *part)
{
	if (manifest_part_find(s->will, part->platform))
		return true;
	if (keeps_share(s->pl, s->op->was, part->platform)) {
		manifest_part_add(s->pl->a, s->will, part);
		return true;
	}
	if (!region_is_ours(s, part->platform, STR_NONE))
		return false;
	if (block_remove(s->text, s->style, part->platform, s->at, s->pl->a, s->pl->sink,
		    &s->text))
		return true;
	refuse(s->op, "damaged markers");
	return false;
}

static void finish_shared(struct shared *s, bool on_disk)
{
	struct write_op *op = s->op;

	op->new_bytes = s->text;
	op->will = s->will->npart ? s->will : NULL;
	if (str_eq(s->text, s->disk))
		op->action = op->entry ? WRITE_SAME : WRITE_FORGET;
	else if (!on_disk)
		op->action = WRITE_CREATE;
	else if (!s->text.n && s->will->created)
		op->action = WRITE_DELETE;
	else
		op->action = WRITE_UPDATE;
}

/* Whose text was the file's before any region of ours? */
static struct str base_text(
	struct planner *pl, const struct write_op *op, struct str disk)
{
	const struct manifest_entry *was = op->was;
	bool ours = was && !was->block && str_eq(manifest_hash(pl->a, disk), was->sha256);

	return ours ? STR_NONE : disk;
}

/* Text of ours in the midst of UTF-16, say, would spoil the file. */
static bool refuse_binary(
	struct planner *pl, struct write_op *op, const struct disk_file *f)
{
	struct diag *d;

	if (str_find_char(f->bytes, '\0', 0) == STR_NPOS)
		return false;
	refuse(op, "not text");
	d = diag_report(pl->sink, RULE_OUT_FOREIGN, at_path(pl, op->path, STR_NONE),
		"file holds NUL bytes: it is not text that rune can add to");
	advise(pl, d, "if it is UTF-16, save it as UTF-8 and build again");
	return true;
}

/* `n` entries of the tree for one path, or none if only the manifest knows it. */
static void plan_shared(
	struct planner *pl, struct str path, const struct out_entry *e, size_t n)
{
	struct write_op *op = add_op(pl, path);
	struct shared s = { pl, op, block_style_of(path), .will = NULL };
	struct disk_file f;

	disk_look(&pl->disk, path, &f);
	op->entry = n ? e : NULL;
	op->old_bytes = f.bytes;
	op->mode = f.mode;
	op->executable = (f.mode & 0111) != 0;
	set_was(pl, op, manifest_find(pl->p->before, path));
	if (!n && is_gone(&f)) {
		op->action = WRITE_FORGET;
		return;
	}
	if (refuse_obstacle(pl, op, &f) || refuse_binary(pl, op, &f))
		return;
	s.disk = f.bytes;
	s.text = base_text(pl, op, f.bytes);
	s.at = at_path(pl, path, s.text);
	s.will = arena_new(pl->a, struct manifest_entry);
	s.will->path = path;
	s.will->block = true;
	s.will->created =
		f.state == DISK_MISSING ||
		(op->was && op->was->block ? op->was->created : !s.text.n && f.bytes.n);
	for (size_t i = 0; i < n; i++) {
		op->platform = e[i].platform;
		op->owner = s.will->owner = e[i].owner;
		if (!set_region(&s, &e[i]))
			return;
	}
	for (size_t i = 0; op->was && op->was->block && i < op->was->npart; i++)
		if (!drop_region(&s, &op->was->part[i]))
			return;
	finish_shared(&s, f.state == DISK_FILE);
}

/* ---- what is no longer emitted ------------------------------------------------------------ */

/* The entry without the shares of this build's platforms. */
static const struct manifest_entry *others_share(
	struct planner *pl, const struct manifest_entry *was)
{
	struct manifest_entry *e = arena_new(pl->a, struct manifest_entry);

	*e = *was;
	e->part = NULL;
	e->npart = 0;
	for (size_t i = 0; i < was->npart; i++)
		if (!in_build(pl->p, was->part[i].platform))
			manifest_part_add(pl->a, e, &was->part[i]);
	return e->npart ? e : NULL;
}

static bool concerns_build(const struct write_plan *p, const struct manifest_entry *was)
{
	for (size_t i = 0; i < was->npart; i++)
		if (in_build(p, was->part[i].platform))
			return true;
	return false;
}

static void plan_stale_file(struct planner *pl, struct write_op *op)
{
	struct disk_file f;

	disk_look(&pl->disk, op->path, &f);
	op->old_bytes = f.bytes;
	if (is_gone(&f)) {
		op->action = WRITE_FORGET;
	} else if (f.state != DISK_FILE) {
		refuse_obstacle(pl, op, &f);
	} else if (pl->p->options.force || is_unchanged(pl, op->was, &f)) {
		op->action = WRITE_DELETE;
	} else {
		refuse_changed(pl, op);
	}
}

static void plan_stale(struct planner *pl, struct manifest_entry *was)
{
	struct write_op *op;

	if (!concerns_build(pl->p, was))
		return;
	if (was->block) {
		plan_shared(pl, was->path, NULL, 0);
		return;
	}
	op = add_op(pl, was->path);
	set_was(pl, op, was);
	op->platform = was->part[0].platform;
	op->owner = was->owner;
	if (is_kept(pl->p, was->owner)) {
		op->action = WRITE_KEEP;
		op->will = was;
		return;
	}
	op->will = others_share(pl, was);
	if (op->will)
		op->action = WRITE_FORGET;
	else
		plan_stale_file(pl, op);
}

/* ---- the plan --------------------------------------------------------------------------- */

static void name_others(struct planner *pl)
{
	struct map seen = MAP_INIT(pl->a);
	struct buf b = BUF_INIT(pl->a);
	const struct manifest *m = pl->p->before;

	for (size_t i = 0; i < m->n; i++)
		for (size_t k = 0; k < m->v[i].npart; k++) {
			struct str name = m->v[i].part[k].platform;

			if (!in_build(pl->p, name) && !map_add(&seen, name, pl))
				buf_addf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(name));
		}
	pl->p->others = buf_str(&b);
}

static int cmp_ops(const void *pa, const void *pb)
{
	const struct write_op *a = pa, *b = pb;

	return str_cmp(a->path, b->path);
}

/* Directories that must be made, parents first. */
static void plan_dirs(struct planner *pl)
{
	struct write_plan *p = pl->p;
	struct map dirs = MAP_INIT(pl->a);
	size_t cap = 0;

	for (size_t i = 0; i < p->n; i++) {
		struct str path = p->op[i].path;

		if (p->op[i].action != WRITE_CREATE)
			continue;
		for (size_t at = 0; at < path.n; at++) {
			struct str dir = str_sub(path, 0, at);

			if (path.p[at] != '/' || map_add(&dirs, dir, pl) ||
				disk_dir(&pl->disk, dir) != DISK_MISSING)
				continue;
			*arena_push(pl->a, struct str, p->dir, p->ndir, cap) = dir;
		}
	}
}

static void finish_plan(struct planner *pl)
{
	struct write_plan *p = pl->p;

	if (p->n)
		qsort(p->op, p->n, sizeof(*p->op), cmp_ops);
	for (size_t i = 0; i < p->n; i++)
		p->count[p->op[i].action]++;
	p->changes = p->count[WRITE_CREATE] || p->count[WRITE_UPDATE] ||
		     p->count[WRITE_DELETE];
	plan_dirs(pl);
	p->manifest_new = writer_manifest(p, NULL, p->dir, p->ndir, pl->a);
}

static bool root_is_usable(struct planner *pl)
{
	struct str root = pl->p->root;
	struct os_stat st;
	int err = os_stat(root, &st);

	if (err)
		return diag_io(pl->sink, SPAN_NONE, root, "read", err);
	if (st.kind == OS_MISSING || st.kind == OS_DIR)
		return true;
	diag_report(pl->sink, RULE_IO, SPAN_NONE,
		"cannot write to '%.*s': it is not a directory", STR_ARG(root));
	return false;
}

bool writer_plan(struct write_plan *p, const struct outtree *t, struct str root,
	const struct writer_options *o, struct source_set *sources, struct arena *a,
	struct diag_sink *sink)
{
	struct planner pl = { p, a, sources, sink, .folded = MAP_INIT(a),
		.seen = MAP_INIT(a), .reported = MAP_INIT(a) };
	struct manifest_texts texts;
	struct manifest *before = arena_new(a, struct manifest);
	size_t i, j;

	*p = (struct write_plan){
		.root = root.n ? root : STR("."), .tree = t, .options = *o
	};
	disk_init(&pl.disk, p->root, a);
	if (!root_is_usable(&pl) ||
		!manifest_load(before, &pl.disk, sources, sink, &texts))
		return false;
	p->before = before;
	p->manifest_old = texts.now;
	p->manifest_next = texts.next;
	p->was_cut_off = texts.has_next;
	pl.sha = writer_hashes(p->tree, p->options.jobs, a);
	name_others(&pl);
	for (i = 0; i < t->n; i = j) {
		for (j = i + 1; j < t->n && str_eq(t->v[j].path, t->v[i].path); j++)
			;
		if (t->v[i].kind == OUT_BLOCK)
			plan_shared(&pl, t->v[i].path, &t->v[i], j - i);
		else
			plan_owned(&pl, i);
	}
	for (i = 0; i < before->n; i++)
		if (!map_find(&pl.seen, before->v[i].path))
			plan_stale(&pl, &before->v[i]);
	finish_plan(&pl);
	return true;
}

/* Entries of the manifest that no operation deals with: of other platforms. */
static void add_others(struct manifest *m, const struct write_plan *p)
{
	struct map seen = MAP_INIT(m->a);

	for (size_t i = 0; i < p->n; i++)
		if (p->op[i].was)
			map_add(&seen, p->op[i].was->path, m);
	for (size_t i = 0; i < p->before->n; i++)
		if (!map_find(&seen, p->before->v[i].path))
			manifest_add(m, &p->before->v[i]);
}

void writer_parents(struct map *dirs, struct str path)
{
	for (size_t i = path.n; i; i--)
		if (path.p[i - 1] == '/' && map_add(dirs, str_sub(path, 0, i - 1), dirs))
			break;
}

void writer_after(const struct write_plan *p, const bool *failed, struct manifest *m)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct write_op *op = &p->op[i];
		const struct manifest_entry *e = failed && failed[i] ? op->was : op->will;

		if (e)
			manifest_add(m, e);
	}
	add_others(m, p);
}

struct str writer_manifest(const struct write_plan *p, const bool *failed,
	const struct str *dir, size_t ndir, struct arena *a)
{
	struct map dirs = MAP_INIT(a);
	struct manifest m;

	manifest_init(&m, a);
	writer_after(p, failed, &m);
	for (size_t i = 0; i < m.n; i++)
		writer_parents(&dirs, m.v[i].path);
	for (size_t i = 0; i < p->before->ndir; i++)
		if (map_find(&dirs, p->before->dir[i]))
			manifest_add_dir(&m, p->before->dir[i]);
	for (size_t i = 0; i < ndir; i++)
		manifest_add_dir(&m, dir[i]);
	manifest_sort(&m);
	/* no records where there is nothing to record */
	if (!m.n && !p->manifest_old.n)
		return STR_NONE;
	return manifest_write(&m);
}

/* ---- showing it -------------------------------------------------------------------------- */

void writer_diff(struct buf *out, const struct write_plan *p)
{
	static const struct str none = STR_INIT("/dev/null");

	for (size_t i = 0; i < p->n; i++) {
		const struct write_op *op = &p->op[i];
		struct str a = str_fmt(out->a, "a/%.*s", STR_ARG(op->path));
		struct str b = str_fmt(out->a, "b/%.*s", STR_ARG(op->path));

		switch (op->action) {
		case WRITE_CREATE:
			diff_unified(out, none, STR_NONE, b, op->new_bytes, 3);
			break;
		case WRITE_UPDATE:
			diff_unified(out, a, op->old_bytes, b, op->new_bytes, 3);
			break;
		case WRITE_DELETE:
			diff_unified(out, a, op->old_bytes, none, STR_NONE, 3);
			break;
		case WRITE_SAME:
		case WRITE_FORGET:
		case WRITE_KEEP:
		case WRITE_REFUSE: break;
		}
	}
}
