/* doc_invariants.h - what holds of every document that doc_parse returns,
 * whatever the input. For the corpus test and for the fuzzer. */
#ifndef TEST_DOC_INVARIANTS_H
#define TEST_DOC_INVARIANTS_H

#include "rune/doc.h"
#include "rune/str.h"

#define INVARIANT(cond)                          \
	do {                                     \
		if (!(cond))                     \
			return "not so: " #cond; \
	} while (0)

static inline bool span_within(struct span in, struct span out)
{
	return in.src == out.src && in.off >= out.off && in.len <= out.len &&
	       in.off - out.off <= out.len - in.len;
}

/* Equal runs of backticks on both sides, and something between. */
static inline bool is_code_span(struct str s)
{
	size_t open = 0, close = 0;

	while (open < s.n && s.p[open] == '`')
		open++;
	while (close < s.n && s.p[s.n - 1 - close] == '`')
		close++;
	return open && open == close && s.n > 2 * open;
}

/* A stretch between blocks holds blanks, marks of containers, and link
 * definitions. */
static inline bool is_gap(const struct doc *d, struct span gap)
{
	struct str s = doc_text(d, gap);

	if (str_starts(s, STR("\xef\xbb\xbf")))
		s = str_from(s, 3);
	if (!str_trim(s).n)
		return true;
	for (uint32_t i = 0; i < d->nlink; i++)
		if (span_within(d->link[i].span, gap))
			return true;
	return false;
}

static inline const char *check_children(const struct doc *d, node_id parent)
{
	const struct node *p = &d->node[parent];
	uint32_t pos = p->span.off;

	for (node_id i = p->first_child; i; i = d->node[i].next) {
		const struct node *n = &d->node[i];

		INVARIANT(i < d->nnode && i > parent);
		INVARIANT(n->parent == parent);
		INVARIANT(span_within(n->span, p->span));
		INVARIANT(n->span.len > 0);
		INVARIANT(n->span.off >= pos);
		if (!parent)
			INVARIANT(is_gap(
				d, (struct span){ n->span.src, pos, n->span.off - pos }));
		pos = span_end(n->span);
	}
	if (!parent)
		INVARIANT(is_gap(
			d, (struct span){ p->span.src, pos, span_end(p->span) - pos }));
	return NULL;
}

static inline const char *check_nodes(const struct doc *d)
{
	INVARIANT(d->nnode >= 1);
	INVARIANT(d->node[0].kind == DOC_DOCUMENT);
	INVARIANT(d->node[0].span.off == d->body.off);
	INVARIANT(d->node[0].span.len == d->body.len);
	for (node_id i = 0; i < d->nnode; i++) {
		const char *bad = check_children(d, i);

		if (bad)
			return bad;
		if (d->node[i].kind == DOC_CODE_SPAN)
			INVARIANT(is_code_span(doc_text(d, d->node[i].span)));
		if (d->node[i].kind == DOC_HEADING)
			INVARIANT(d->node[i].level >= 1 && d->node[i].level <= 6);
	}
	return NULL;
}

static inline bool has_runs(enum node_kind k)
{
	return k == DOC_PARAGRAPH || k == DOC_HEADING || k == DOC_TABLE ||
	       k == DOC_HTML_BLOCK;
}

static inline const char *check_runs(const struct doc *d)
{
	uint32_t pos = d->body.off;

	for (uint32_t i = 0; i < d->nrun; i++) {
		const struct doc_run *r = &d->run[i];

		INVARIANT(r->span.len > 0);
		INVARIANT(r->span.off >= pos);
		INVARIANT(r->block < d->nnode && has_runs(d->node[r->block].kind));
		INVARIANT(span_within(r->span, d->node[r->block].span));
		if (r->kind == RUN_CODE)
			INVARIANT(is_code_span(doc_text(d, r->span)));
		pos = span_end(r->span);
	}
	return NULL;
}

static inline bool in_a_run(const struct doc *d, struct span sp, enum run_kind kind)
{
	uint32_t lo = 0, hi = d->nrun;

	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (d->run[mid].span.off <= sp.off)
			lo = mid;
		else
			hi = mid;
	}
	return d->nrun && d->run[lo].kind == kind && span_within(sp, d->run[lo].span);
}

static inline const char *check_references(const struct doc *d)
{
	for (uint32_t i = 0; i < d->nref; i++) {
		const struct doc_ref *r = &d->ref[i];
		struct str name = doc_text(d, r->name);

		INVARIANT(
			in_a_run(d, r->span, r->form == REF_BARE ? RUN_PROSE : RUN_CODE));
		INVARIANT(span_within(r->name, r->span));
		INVARIANT(name.n && name.p[0] != '-' && name.p[name.n - 1] != '-');
		INVARIANT(r->name.off >= d->body.off + 5);
		INVARIANT(!memcmp(name.p - 5, "rune:", 5));
		INVARIANT(!i || r->span.off >= span_end(d->ref[i - 1].span));
	}
	for (uint32_t i = 0; i < d->ntool; i++)
		INVARIANT(in_a_run(d, d->tool[i].span, RUN_CODE));
	return NULL;
}

static inline const char *check_gates(const struct doc *d)
{
	for (uint32_t i = 0; i < d->ngate; i++) {
		const struct doc_gate *g = &d->gate[i];
		struct str open = doc_text(d, g->open);

		INVARIANT(span_within(g->open, d->body));
		INVARIANT(open.p[0] == '<' && open.p[open.n - 1] == '>');
		INVARIANT(str_eq_nocase(str_sub(open, 1, 9), STR("HARD-GATE")));
		INVARIANT(g->body.off == span_end(g->open));
		INVARIANT(span_end(g->body) == g->close.off);
		INVARIANT(span_end(g->close) <= span_end(d->body));
	}
	return NULL;
}

static inline const char *check_links(const struct doc *d)
{
	for (uint32_t i = 0; i < d->nlink; i++) {
		INVARIANT(span_within(d->link[i].span, d->body));
		INVARIANT(span_within(d->link[i].destination, d->link[i].span));
		INVARIANT(!in_a_run(d, d->link[i].destination, RUN_CODE) ||
			  !d->link[i].destination.len);
		INVARIANT(!i || d->link[i].span.off >= d->link[i - 1].span.off);
	}
	return NULL;
}

static inline const char *check_sections(const struct doc *d)
{
	for (uint32_t i = 0; i < d->nsection; i++) {
		const struct doc_section *s = &d->section[i];

		INVARIANT(d->node[s->heading].kind == DOC_HEADING);
		INVARIANT(s->level == d->node[s->heading].level);
		INVARIANT(span_within(s->span, d->body) && span_within(s->body, s->span));
		INVARIANT(span_end(s->body) == span_end(s->span));
		INVARIANT(s->end > i && s->end <= d->nsection);
		for (uint32_t k = i + 1; k < s->end && k < i + 3; k++)
			INVARIANT(span_within(d->section[k].span, s->body));
	}
	return NULL;
}

static inline const char *check_tables(const struct doc *d)
{
	uint32_t cells = 0;

	for (uint32_t i = 0; i < d->nrow; i++) {
		const struct doc_row *r = &d->row[i];

		INVARIANT(d->node[r->table].kind == DOC_TABLE);
		INVARIANT(span_within(r->span, d->node[r->table].span));
		INVARIANT(r->first_cell == cells);
		for (uint32_t k = 0; k < r->ncell; k++)
			INVARIANT(span_within(d->cell[cells + k], r->span));
		cells += r->ncell;
	}
	INVARIANT(cells == d->ncell);
	return NULL;
}

/* NULL, or what does not hold. */
static inline const char *doc_invariants(const struct doc *d)
{
	static const char *(*const check[])(const struct doc *) = { check_nodes,
		check_runs, check_references, check_gates, check_links, check_sections,
		check_tables };
	const char *bad = NULL;

	INVARIANT(span_end(d->body) == d->src->text.n);
	INVARIANT(span_end(d->frontmatter) <= d->body.off || !d->frontmatter.len);
	for (size_t i = 0; i < sizeof(check) / sizeof(check[0]) && !bad; i++)
		bad = check[i](d);
	return bad;
}

#endif
