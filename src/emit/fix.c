/* fix.c - mending: edits of findings applied to the texts they were found in, and the
 * texts written. */
#include <stdlib.h>

#include "emit/doctor.h"
#include "rune/diff.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

#define DIFF_CONTEXT 3

/* ---- which files ---------------------------------------------------------------- */

/* What a file may be changed as; by source id. */
struct target {
	const struct source *src;
	struct str dir, below;
};

static struct target *targets_make(const struct rune *r, struct arena *a)
{
	const struct doctor *d = r->doctor;
	const struct config *c = &r->project.config;
	struct target *v = arena_array(a, struct target, r->project.sources.n);

	for (size_t i = 0; i < d->nproject; i++)
		for (size_t k = 0; k < d->project[i]->ninput; k++) {
			const struct input *in = &d->project[i]->input[k];

			if (in->root->dir.n && in->src->text.n)
				v[in->src->id] = (struct target){ in->src, in->root->dir,
					in->below };
		}
	if (c->src && c->src->text.n)
		v[c->src->id] = (struct target){ c->src, c->dir.n ? c->dir : STR("."),
			STR(CONFIG_FILE) };
	return v;
}

/* Neither the file nor a directory between it and its root is a link. */
static bool is_plain(const struct target *t, struct arena *a, uint32_t *mode)
{
	struct os_stat st = { .kind = OS_MISSING };

	for (size_t i = 1; i <= t->below.n; i++) {
		bool last = i == t->below.n;

		if (!last && t->below.p[i] != '/')
			continue;
		if (os_lstat(path_join(a, t->dir, str_sub(t->below, 0, i)), &st) ||
			st.kind != (last ? OS_FILE : OS_DIR))
			return false;
	}
	*mode = st.mode;
	return st.kind == OS_FILE;
}

/* ---- applying ------------------------------------------------------------------- */

/* Accepted edits of one file. A fix may have one for each line of a large file, so
 * what they touch is marked byte by byte. */
struct patch {
	const struct diag_edit **v;
	size_t n, cap;
	size_t findings;
	unsigned char *mark; /* for each byte, and one for the end of the text */
};

enum { MARK_REPLACED = 1, MARK_INSERTED = 2 };

/* Two insertions at one place have no order; what touches a change may stand on it. */
static bool is_free(const struct patch *p, struct span at)
{
	if (!at.len)
		return !p->mark[at.off] &&
		       !(at.off && p->mark[at.off - 1] & MARK_REPLACED);
	for (size_t i = at.off; i < span_end(at); i++)
		if (p->mark[i])
			return false;
	return !(p->mark[span_end(at)] & MARK_INSERTED);
}

static void set_mark(struct patch *p, struct span at, bool on)
{
	if (!at.len)
		p->mark[at.off] = on ? MARK_INSERTED : 0;
	for (size_t i = at.off; i < span_end(at); i++)
		p->mark[i] = on ? MARK_REPLACED : 0;
}

/* Mark what the fix touches, unless another fix touches it too. */
static bool mark_all(struct patch *p, const struct diag *d)
{
	const struct diag_edit *e = d->edit;

	for (; e && is_free(p, e->at); e = e->next)
		set_mark(p, e->at, true);
	for (const struct diag_edit *o = d->edit; e && o != e; o = o->next)
		set_mark(p, o->at, false);
	return !e;
}

static int edit_cmp(const void *pa, const void *pb)
{
	const struct diag_edit *const *a = pa, *const *b = pb;

	return ((*a)->at.off > (*b)->at.off) - ((*a)->at.off < (*b)->at.off);
}

static struct str patched(const struct patch *p, struct str text, struct arena *a)
{
	struct buf b = BUF_INIT(a);
	size_t done = 0;

	qsort(p->v, p->n, sizeof(*p->v), edit_cmp);
	for (size_t i = 0; i < p->n; i++) {
		struct span at = p->v[i]->at;

		buf_add(&b, str_sub(text, done, at.off - done));
		buf_add(&b, p->v[i]->with);
		done = span_end(at);
	}
	buf_add(&b, str_from(text, done));
	return buf_str(&b);
}

static void keep(struct fixes *f, const struct target *t, struct str after)
{
	struct fixed_file *x = map_find(&f->file, t->src->path);
	struct str *bytes;

	after = arena_strdup(f->a, after);
	if (!x) {
		x = arena_new(f->a, struct fixed_file);
		x->path = arena_strdup(f->a, t->src->path);
		x->dir = arena_strdup(f->a, t->dir);
		x->below = arena_strdup(f->a, t->below);
		x->before = arena_strdup(f->a, t->src->text);
		map_add(&f->file, x->path, x);
	}
	x->after = after;
	x->round = f->round;
	bytes = arena_new(f->a, struct str);
	*bytes = after;
	map_set(&f->overlay, x->path, bytes);
	f->changed = true;
}

/* In order of the findings: the first of two that touch each other counts. */
static void add_fix(struct patch *p, const struct diag *d, size_t size, struct arena *a)
{
	if (!p->mark)
		p->mark = arena_array(a, unsigned char, size + 1);
	for (const struct diag_edit *e = d->edit; e; e = e->next)
		BUG_IF(e->at.off > size || e->at.len > size - e->at.off);
	if (!mark_all(p, d))
		return;
	for (const struct diag_edit *e = d->edit; e; e = e->next)
		*arena_push(a, const struct diag_edit *, p->v, p->n, p->cap) = e;
	p->findings++;
}

static void apply(
	struct fixes *f, const struct target *t, const struct patch *p, struct arena *a)
{
	struct str after = patched(p, t->src->text, a);

	if (str_eq(after, t->src->text))
		return;
	f->findings += p->findings;
	keep(f, t, after);
}

void doctor_fix(struct fixes *f, const struct rune *r)
{
	struct arena a = { 0 };
	struct target *target = targets_make(r, &a);
	struct patch *patch = arena_array(&a, struct patch, r->project.sources.n);
	uint32_t mode;

	f->changed = false;
	f->round++;
	for (size_t i = 0; i < r->sink.n; i++) {
		const struct diag *d = r->sink.v[i];

		const struct source *src = d->edit ? target[d->edit->at.src].src : NULL;

		if (src)
			add_fix(&patch[src->id], d, src->text.n, &a);
	}
	for (size_t i = 0; i < r->project.sources.n; i++)
		if (patch[i].n &&
			(r->doctor->o.path_in || is_plain(&target[i], &a, &mode)))
			apply(f, &target[i], &patch[i], &a);
	arena_release(&a);
}

void fixes_give_up(struct fixes *f)
{
	for (size_t i = 0; i < f->file.n; i++) {
		struct fixed_file *x = f->file.entry[i].value;
		struct str *bytes = map_find(&f->overlay, x->path);

		if (x->round < f->round)
			continue;
		*bytes = x->after = x->before;
		x->refused = "its fixes come to no end; please report it, with the file";
	}
}

/* ---- writing -------------------------------------------------------------------- */

/* NULL, or why it was not done. */
static const char *write_file(const struct fixed_file *x, uint32_t mode, struct arena *a)
{
	struct str staged = writer_stage_path(a, x->path);
	int err = os_write_new(staged, x->after, mode, true);

	if (!err)
		err = os_chmod(staged, mode);
	if (!err)
		err = os_rename(staged, x->path);
	if (err)
		os_unlink(staged);
	return err ? os_strerror(err) : NULL;
}

static const char *replace_file(const struct fixed_file *x, struct arena *a)
{
	struct target t = { .dir = x->dir, .below = x->below };
	struct str now;
	uint32_t mode;
	int err;

	if (!is_plain(&t, a, &mode))
		return "it is a symbolic link, or below one";
	err = os_read_file(x->path, SOURCE_MAX, a, &now);
	if (err)
		return os_strerror(err);
	return str_eq(now, x->before) ? write_file(x, mode, a)
				      : "it was changed meanwhile";
}

static bool is_changed(const struct fixed_file *x)
{
	return !str_eq(x->before, x->after);
}

void fixes_write(struct fixes *f)
{
	for (size_t i = 0; i < f->file.n; i++) {
		struct fixed_file *x = f->file.entry[i].value;

		if (is_changed(x))
			x->refused = replace_file(x, f->a);
	}
	f->written = true;
}

/* ---- showing -------------------------------------------------------------------- */

static void report_refused(struct rune *r, const struct fixed_file *x)
{
	const struct source *at =
		source_add(&r->project.sources, x->path, STR_NONE, SOURCE_NONE);

	diag_report(&r->sink, RULE_IO, source_span(at), "'%.*s' is not changed: %s",
		STR_ARG(x->path), x->refused);
}

void fixes_view(const struct fixes *f, struct rune *r)
{
	struct buf diff = BUF_INIT(&r->arena);

	r->change = arena_array(&r->arena, struct rune_change, f->file.n);
	r->nchange = 0;
	for (size_t i = 0; i < f->file.n; i++) {
		const struct fixed_file *x = f->file.entry[i].value;
		struct arena *a = &r->arena;

		if (!is_changed(x) && !x->refused)
			continue;
		if (x->refused)
			report_refused(r, x);
		diff_unified(&diff, str_fmt(a, "a/%.*s", STR_ARG(x->path)), x->before,
			str_fmt(a, "b/%.*s", STR_ARG(x->path)), x->after, DIFF_CONTEXT);
		r->change[r->nchange++] = (struct rune_change){
			.action = x->refused ? RUNE_REFUSE : RUNE_UPDATE,
			.path = str_dupz(a, x->path),
			.platform = "",
			.reason = x->refused ? x->refused : "",
		};
		if (is_changed(x))
			r->doctor->fixed_text = x->after;
	}
	r->doctor->diff = diff.n ? diff.p : "";
}

const char *rune_fixed_text(const struct rune *r, size_t *size)
{
	if (size)
		*size = r->doctor->fixed_text.n;
	return r->doctor->fixed_text.p;
}
