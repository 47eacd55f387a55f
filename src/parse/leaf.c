/* leaf.c - from blocks and the elements in their text to the document's nodes,
 * runs, links, table rows and gate tags. */
#include <stdlib.h>

#include "body.h"

/* The text of one leaf block while it is read. */
struct leaf {
	struct body *b;
	const struct content *c;
	node_id id;
	uint32_t depth;
};

/* A stretch that is no prose: a code span, or not to be touched. */
struct cut {
	struct range r;
	bool code;
};

static node_id add_node(
	struct body *b, node_id parent, enum node_kind kind, struct span span)
{
	node_id id = (node_id)b->node.n, last = b->last.v[parent];
	struct node *n = body_push(b, struct node, node);

	*n = (struct node){ .kind = kind, .span = span, .parent = parent };
	*body_push(b, node_id, last) = 0;
	if (last)
		b->node.v[last].next = id;
	else
		b->node.v[parent].first_child = id;
	b->last.v[parent] = id;
	return id;
}

static struct span piece_span(const struct leaf *l, const struct piece *p)
{
	return content_span(l->b, l->c, p->from, p->to);
}

static enum node_kind node_kind_of(enum piece_kind k)
{
	switch (k) {
	case PIECE_CODE: return DOC_CODE_SPAN;
	case PIECE_LINK:
	case PIECE_AUTOLINK: return DOC_LINK;
	case PIECE_IMAGE: return DOC_IMAGE;
	case PIECE_HTML:
	case PIECE_URL:
	case PIECE_SKIP: break;
	}
	return DOC_DOCUMENT;
}

/* Links hold other elements; those nested beyond the limit get no node. */
static void emit_nodes(struct leaf *l)
{
	struct {
		node_id id;
		uint32_t to;
	} open[DOC_MAX_DEPTH + 1];
	size_t n = 0, room = DOC_MAX_DEPTH - l->depth;

	for (size_t i = 0; i < l->b->piece.n; i++) {
		const struct piece *p = &l->b->piece.v[i];
		enum node_kind kind = node_kind_of(p->kind);
		node_id id;

		while (n && p->from >= open[n - 1].to)
			n--;
		if (kind == DOC_DOCUMENT || n >= room)
			continue;
		id = add_node(l->b, n ? open[n - 1].id : l->id, kind, piece_span(l, p));
		if (kind == DOC_LINK || kind == DOC_IMAGE) {
			open[n].id = id;
			open[n++].to = p->to;
		}
	}
}

static void add_link(struct leaf *l, const struct piece *p, struct range dest, bool image)
{
	struct str raw = str_sub(l->c->s, dest.from, dest.to - dest.from);

	*body_push(l->b, struct doc_link, link) = (struct doc_link){
		.image = image,
		.span = piece_span(l, p),
		.destination = content_span(l->b, l->c, dest.from, dest.to),
		.url = arena_strdup(l->b->a,
			p->url ? str_c(p->url) : link_decode(raw, l->b->scratch)),
	};
}

/* <a href="…"> and <img src="…"> lead somewhere, too. */
static void emit_tag(struct leaf *l, const struct piece *p)
{
	struct str tag = str_sub(l->c->s, p->from, p->to - p->from);
	struct str name = html_name(tag, 0);
	bool close = html_is_close(tag, 0), image = str_eq_nocase(name, STR("img"));
	struct range value;

	if (str_eq_nocase(name, STR("HARD-GATE")))
		*body_push(l->b, struct tag, tag) =
			(struct tag){ piece_span(l, p), close };
	if (close || !(image || str_eq_nocase(name, STR("a"))))
		return;
	if (html_attribute(tag, image ? STR("src") : STR("href"), &value)) {
		value.from += p->from;
		value.to += p->from;
		add_link(l, p, value, image);
	}
}

static void emit_pieces(struct leaf *l)
{
	emit_nodes(l);
	for (size_t i = 0; i < l->b->piece.n; i++) {
		const struct piece *p = &l->b->piece.v[i];

		if (p->kind == PIECE_HTML)
			emit_tag(l, p);
		else if (p->has_dest)
			add_link(l, p, p->dest, p->kind == PIECE_IMAGE);
	}
}

static int by_start(const void *pa, const void *pb)
{
	const struct cut *a = pa, *b = pb;

	if (a->r.from != b->r.from)
		return a->r.from < b->r.from ? -1 : 1;
	return a->r.to > b->r.to ? -1 : a->r.to < b->r.to;
}

static struct cut *make_cuts(struct leaf *l)
{
	struct cut *cut = arena_array(l->b->scratch, struct cut, l->b->piece.n + 1);
	bool sorted = true;

	for (size_t i = 0; i < l->b->piece.n; i++) {
		const struct piece *p = &l->b->piece.v[i];

		cut[i].r = (struct range){ p->cut, p->to };
		cut[i].code = p->kind == PIECE_CODE;
		sorted = sorted && (!i || by_start(&cut[i - 1], &cut[i]) <= 0);
	}
	if (!sorted)
		qsort(cut, l->b->piece.n, sizeof(*cut), by_start);
	return cut;
}

static void add_run(struct leaf *l, enum run_kind kind, uint32_t from, uint32_t to)
{
	struct doc_run run = { kind, content_span(l->b, l->c, from, to), l->id };

	if (to <= from)
		return;
	*body_push(l->b, struct doc_run, run) = run;
	construct_run(l->b, &run);
}

static void emit_runs(struct leaf *l, struct range r)
{
	const struct cut *cut = make_cuts(l);
	uint32_t pos = r.from;

	for (size_t i = 0; i < l->b->piece.n; i++) {
		struct range c = cut[i].r;

		if (c.from >= pos) {
			add_run(l, RUN_PROSE, pos, c.from);
			if (cut[i].code)
				add_run(l, RUN_CODE, c.from, c.to);
		}
		if (c.to > pos)
			pos = c.to;
	}
	add_run(l, RUN_PROSE, pos, r.to);
}

/* Read c->s[r] and compare with what cmark found. After a run of backticks that
 * nothing closes, cmark (to 0.31.2 at least) misses every second code span: if
 * that explains all of the difference, the reading without the mistake counts. */
static bool read_checked(struct leaf *l, struct range r, const struct block *x)
{
	struct str s = l->c->s;

	return inline_read(l->b, s, r, INLINE_CHECKED, x) ||
	       (inline_read(l->b, s, r, INLINE_AS_CMARK, x) &&
		       inline_read(l->b, s, r, INLINE_CELL, NULL));
}

/* What stands in c->s[r]. Where our reading differs from cmark's, nothing is
 * said about the text, so nothing will be edited in it. */
static void read_text(struct leaf *l, struct range r, const struct block *x)
{
	struct body *b = l->b;

	if (!read_checked(l, r, x)) {
		if (b->unread++ < REPORTS_MAX)
			diag_report(b->sink, RULE_PARSE_POSITION,
				content_span(b, l->c, r.from, r.to),
				"the parts of this text could not be located, and it "
				"is left as it is");
		return;
	}
	emit_pieces(l);
	emit_runs(l, r);
}

/* The same where cmark has nothing to say. */
static void read_unchecked(struct leaf *l, struct range r, enum inline_mode mode)
{
	inline_read(l->b, l->c->s, r, mode, NULL);
	emit_pieces(l);
	emit_runs(l, r);
}

static uint32_t skip_table_line(
	struct leaf *l, uint32_t pos, struct doc_row *row, uint32_t *end)
{
	uint32_t next, from = (uint32_t)skip_white(l->c->s, pos);

	*end = line_end(l->c->s, pos, &next);
	if (from > *end)
		from = *end;
	row->table = l->id;
	row->span = content_span(l->b, l->c, from, *end);
	while (row->span.len && char_is_space(l->b->src->text.p[span_end(row->span) - 1]))
		row->span.len--;
	row->first_cell = (uint32_t)l->b->cell.n;
	return next;
}

static void read_table(struct leaf *l, uint32_t pos)
{
	struct body *b = l->b;
	bool delimiter = false;

	for (size_t i = 0; pos < l->c->s.n; i++, delimiter = i == 1) {
		struct doc_row row = { 0 };
		struct row_reader reader;
		struct range cell;
		uint32_t end, next = skip_table_line(l, pos, &row, &end);

		row_begin(&reader, l->c->s, pos, end);
		while (row_cell(&reader, &cell)) {
			*body_push(b, struct span, cell) =
				content_span(b, l->c, cell.from, cell.to);
			if (!delimiter)
				read_unchecked(l, cell, INLINE_CELL);
		}
		row.ncell = (uint32_t)b->cell.n - row.first_cell;
		*body_push(b, struct doc_row, row) = row;
		pos = next;
	}
}

/* A paragraph, of which the last lines may be a table. */
static node_id read_paragraph(struct body *b, const struct block *x, node_id parent)
{
	struct leaf l = { .b = b, .depth = x->depth };
	struct content c;
	struct range text;
	uint32_t header;

	content_make(b, x->off, x->end, x->quotes, &c);
	l.c = &c;
	text = (struct range){ x->text, (uint32_t)c.s.n };
	if (!table_find(c.s, x->text, &header)) {
		l.id = add_node(b, parent, DOC_PARAGRAPH,
			content_span(b, &c, text.from, text.to));
		read_text(&l, text, x);
		return l.id;
	}
	text.to = header;
	while (text.to > text.from && char_is_space(c.s.p[text.to - 1]))
		text.to--;
	if (text.to > text.from) {
		l.id = add_node(b, parent, DOC_PARAGRAPH,
			content_span(b, &c, text.from, text.to));
		/* cmark has read more than this */
		read_unchecked(&l, text, INLINE_CELL);
	}
	header = (uint32_t)skip_white(c.s, header);
	l.id = add_node(
		b, parent, DOC_TABLE, content_span(b, &c, header, (uint32_t)c.s.n));
	read_table(&l, header);
	return l.id;
}

/* The title in an ATX heading: without the hashes at both ends. */
static struct range atx_title(struct str s)
{
	uint32_t from = 0, to = (uint32_t)s.n, hashes;

	while (from < to && s.p[from] == '#')
		from++;
	while (from < to && is_blank(s.p[from]))
		from++;
	while (to > from && char_is_space(s.p[to - 1]))
		to--;
	hashes = to;
	while (hashes > from && s.p[hashes - 1] == '#')
		hashes--;
	if (hashes == from || is_blank(s.p[hashes - 1]))
		to = hashes;
	while (to > from && char_is_space(s.p[to - 1]))
		to--;
	return (struct range){ from, to };
}

/* The title over an underline, which is the last line. */
static struct range setext_title(struct str s, uint32_t from)
{
	uint32_t to = last_line(s);

	while (to > from && char_is_space(s.p[to - 1]))
		to--;
	return (struct range){ (uint32_t)skip_white(s, from), to };
}

/* A title of several lines, on one. */
static struct str join_lines(struct str title, struct arena *a)
{
	struct str out;
	size_t n = 0;
	char *p;

	if (str_find_char(title, '\n', 0) == STR_NPOS &&
		str_find_char(title, '\r', 0) == STR_NPOS)
		return title;
	p = arena_array(a, char, title.n + 1);
	for (size_t i = 0; i < title.n; i++) {
		if (!char_is_space(title.p[i]))
			p[n++] = title.p[i];
		else if (n && p[n - 1] != ' ')
			p[n++] = ' ';
	}
	out = (struct str){ p, n };
	return out;
}

static node_id read_heading(struct body *b, const struct block *x, node_id parent)
{
	struct leaf l = { .b = b, .depth = x->depth };
	struct content c;
	struct range title;
	struct str text;
	bool setext;

	content_make(b, x->off, x->end, x->quotes, &c);
	l.c = &c;
	setext = block_is_setext(b, x);
	title = setext ? setext_title(c.s, x->text) : atx_title(c.s);
	if (title.to < title.from)
		title.to = title.from;
	l.id = add_node(b, parent, DOC_HEADING,
		content_span(b, &c, setext ? title.from : 0, (uint32_t)c.s.n));
	text = join_lines(str_sub(c.s, title.from, title.to - title.from), b->a);
	/* borrowed from the source where it can be */
	if (c.nline && text.p == c.s.p + title.from)
		text = arena_strdup(b->a, text);
	b->node.v[l.id].level = x->level;
	b->node.v[l.id].text = text;
	read_text(&l, title, x);
	return l.id;
}

static node_id read_html(struct body *b, const struct block *x, node_id parent)
{
	struct leaf l = { .b = b, .depth = x->depth };
	struct content c;

	content_make(b, x->off, x->end, x->quotes, &c);
	l.c = &c;
	l.id = add_node(b, parent, DOC_HTML_BLOCK,
		(struct span){ b->src->id, x->off, x->end - x->off });
	read_unchecked(&l, (struct range){ 0, (uint32_t)c.s.n }, INLINE_HTML);
	return l.id;
}

static node_id read_block(struct body *b, const struct block *x, node_id parent)
{
	struct span span = { b->src->id, x->off, x->end - x->off };
	node_id id;

	switch (x->kind) {
	case DOC_PARAGRAPH: return read_paragraph(b, x, parent);
	case DOC_HEADING: return read_heading(b, x, parent);
	case DOC_HTML_BLOCK: return read_html(b, x, parent);
	case DOC_DOCUMENT:
	case DOC_TABLE:
	case DOC_LIST:
	case DOC_ITEM:
	case DOC_QUOTE:
	case DOC_CODE_BLOCK:
	case DOC_RULE:
	case DOC_CODE_SPAN:
	case DOC_LINK:
	case DOC_IMAGE: break;
	}
	id = add_node(b, parent, x->kind, span);
	b->node.v[id].level = x->level;
	b->node.v[id].text = x->info;
	return id;
}

void leaves_read(struct body *b)
{
	node_id *node_of = arena_array(b->scratch, node_id, b->block.n);

	*body_push(b, struct node, node) =
		(struct node){ .kind = DOC_DOCUMENT, .span = b->span };
	*body_push(b, node_id, last) = 0;
	for (size_t i = 1; i < b->block.n; i++) {
		const struct block *x = &b->block.v[i];

		node_of[i] = read_block(b, x, node_of[x->parent]);
	}
}
