#include "emit/split_job.h"

#include "rune/buf.h"
#include "rune/str.h"

#include <stdlib.h>

/* ---- places to cut ------------------------------------------------------------------- */

static uint32_t line_begin(struct str text, uint32_t off)
{
	while (off && text.p[off - 1] != '\n')
		off--;
	return off;
}

size_t split_span_before(const struct span *v, size_t n, uint32_t off)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (v[mid].off <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? low - 1 : n;
}

static bool in_gate(const struct split_job *j, uint32_t off)
{
	size_t i = split_span_before(j->gate, j->ngate, off);

	return i < j->ngate && off > j->gate[i].off && off < span_end(j->gate[i]);
}

void split_find_gates(struct split_job *j)
{
	const struct doc *d = j->d;
	uint32_t before = 0, line = 0;

	j->gate = arena_array(j->a, struct span, d->ngate);
	for (uint32_t i = 0; i < d->ngate; i++) {
		const struct doc_gate *g = &d->gate[i];
		uint32_t off = g->open.off;

		/* looking back no further than to the last one: lines can be long */
		while (off > before && j->text.p[off - 1] != '\n')
			off--;
		line = off > before || !before ? off : line;
		before = g->open.off;
		if (!g->close.len)
			continue;
		if (j->ngate && span_end(j->gate[j->ngate - 1]) > line) {
			struct span *last = &j->gate[j->ngate - 1];

			if (span_end(g->close) > span_end(*last))
				last->len = span_end(g->close) - last->off;
			continue;
		}
		j->gate[j->ngate++] =
			(struct span){ d->src->id, line, span_end(g->close) - line };
	}
}

static void add_cut(struct split_job *j, uint32_t off, enum cut_rank rank)
{
	struct cut *c;

	off = line_begin(j->text, off);
	if (off <= j->d->body.off || in_gate(j, off) ||
		(j->ncut && j->cut[j->ncut - 1].off >= off))
		return;
	c = arena_push(j->a, struct cut, j->cut, j->ncut, j->cut_cap);
	*c = (struct cut){ off, rank };
	if (rank == CUT_MARK && !j->mark)
		j->mark = off;
}

/* As GitHub and most viewers make the anchor of a heading. */
static struct str slug_of(struct arena *a, struct str title)
{
	struct str low = str_lower(a, title);
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < low.n; i++) {
		unsigned char c = (unsigned char)low.p[i];

		if (c == ' ')
			buf_addc(&b, '-');
		else if (c >= 0x80 || char_is_alnum(low.p[i]) || c == '-' || c == '_')
			buf_addc(&b, low.p[i]);
	}
	return buf_str(&b);
}

struct str split_numbered(struct arena *a, struct str slug, unsigned before)
{
	return before ? str_fmt(a, "%.*s-%u", STR_ARG(slug), before) : slug;
}

static void add_heading(struct split_job *j, const struct node *n)
{
	struct heading *h =
		arena_push(j->a, struct heading, j->heading, j->nheading, j->heading_cap);
	struct str slug = slug_of(j->a, n->text);
	struct counter *c = map_find(&j->slugs, slug);

	if (!c) {
		c = arena_new(j->a, struct counter);
		map_add(&j->slugs, slug, c);
	}
	*h = (struct heading){ .off = n->span.off,
		.level = n->level,
		.title = n->text,
		.slug = slug,
		.anchor = split_numbered(j->a, slug, c->n++),
		.same = c,
		.section = j->nheading };
	if (n->level > 2)
		h->section = j->nheading > 1 ? h[-1].section : 0;
}

static bool is_comment(const struct split_job *j, const struct node *n, const char *what)
{
	return n->kind == DOC_HTML_BLOCK &&
	       str_eq(str_trim(doc_text(j->d, n->span)), str_c(what));
}

/* Text that announces what comes after it stays with it. */
static bool announces(const struct split_job *j, const struct node *n)
{
	if (n->kind == DOC_HEADING)
		return true;
	return n->kind == DOC_PARAGRAPH &&
	       str_ends(str_trim(doc_text(j->d, n->span)), STR(":"));
}

static enum cut_rank heading_rank(uint32_t level)
{
	if (level <= 2)
		return CUT_SECTION;
	return level == 3 ? CUT_PHASE : CUT_STEP;
}

static void find_items(struct split_job *j, const struct node *list)
{
	bool first = true;

	for (node_id i = list->first_child; i; i = j->d->node[i].next) {
		if (!first)
			add_cut(j, j->d->node[i].span.off, CUT_ITEM);
		first = false;
	}
}

bool split_find_cuts(struct split_job *j)
{
	const struct doc *d = j->d;
	const struct node *before = NULL;

	for (node_id i = d->node[0].first_child; i; i = d->node[i].next) {
		const struct node *n = &d->node[i];

		if (is_comment(j, n, "<!-- rune:no-split -->"))
			return false;
		if (is_comment(j, n, "<!-- rune:split -->")) {
			add_cut(j, n->span.off, CUT_MARK);
			j->marked = true;
		} else if (n->kind == DOC_HEADING) {
			add_heading(j, n);
			if (!before || before->kind != DOC_HEADING || n->level <= 2)
				add_cut(j, n->span.off, heading_rank(n->level));
		} else if (before && !announces(j, before)) {
			add_cut(j, n->span.off, CUT_BLOCK);
		}
		if (n->kind == DOC_LIST)
			find_items(j, n);
		before = n;
	}
	for (size_t i = 0; i < j->nheading; i++)
		map_add(&j->by_slug, j->heading[i].anchor, &j->heading[i]);
	return true;
}

/* ---- links ---------------------------------------------------------------------------- */

static int by_place(const void *pa, const void *pb)
{
	const struct link *a = pa, *b = pb;

	return a->at.off < b->at.off ? -1 : a->at.off > b->at.off;
}

/* The label of a link reference definition, lower case; empty if it is none. */
static struct str label_of(const struct split_job *j, const struct doc_link *l)
{
	struct str s = str_sub(j->text, l->span.off, l->destination.off - l->span.off);
	size_t end = str_find(s, STR("]:"), 0);

	if (l->image || !s.n || s.p[0] != '[' || end == STR_NPOS ||
		span_end(l->span) > span_end(l->destination) + 1)
		return STR_NONE;
	for (size_t i = end + 2; i < s.n; i++)
		if (!char_is_space(s.p[i]) && s.p[i] != '<')
			return STR_NONE;
	return str_lower(j->a, str_sub(s, 1, end - 1));
}

void split_find_links(struct split_job *j)
{
	const struct doc *d = j->d;

	j->link = arena_array(j->a, struct link, d->nlink);
	for (uint32_t i = 0; i < d->nlink; i++) {
		const struct doc_link *l = &d->link[i];
		struct str label = l->destination.len ? label_of(j, l) : STR_NONE;

		if (!l->destination.len)
			continue;
		j->link[j->nlink] = (struct link){ l->destination, label.n ? l : NULL };
		j->nlink++;
	}
	if (j->nlink)
		qsort(j->link, j->nlink, sizeof(*j->link), by_place);
	for (size_t i = 0; i < j->nlink; i++)
		if (j->link[i].definition)
			map_add(&j->by_label, label_of(j, j->link[i].definition),
				&j->link[i]);
}

size_t split_link_from(const struct split_job *j, uint32_t off)
{
	size_t low = 0, high = j->nlink;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (j->link[mid].at.off < off)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}
