/* markdown.c - the only user of cmark: its tree into blocks with exact spans. */
#define CMARK_NO_SHORT_NAMES /* or it defines NODE_LIST, ... */
#include <cmark.h>

#include "body.h"

static enum node_kind kind_of(cmark_node *n)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_BLOCK_QUOTE: return DOC_QUOTE;
	case CMARK_NODE_LIST: return DOC_LIST;
	case CMARK_NODE_ITEM: return DOC_ITEM;
	case CMARK_NODE_CODE_BLOCK: return DOC_CODE_BLOCK;
	case CMARK_NODE_HTML_BLOCK: return DOC_HTML_BLOCK;
	case CMARK_NODE_PARAGRAPH: return DOC_PARAGRAPH;
	case CMARK_NODE_HEADING: return DOC_HEADING;
	case CMARK_NODE_THEMATIC_BREAK: return DOC_RULE;
	default: return DOC_DOCUMENT; /* cmark's enum: the rest is no block */
	}
}

static bool has_exit(enum node_kind k)
{
	return k != DOC_CODE_BLOCK && k != DOC_HTML_BLOCK && k != DOC_RULE;
}

/* Lines end with LF, CR LF, or CR alone, and cmark counts them all. A byte order
 * mark at the very beginning is not in its columns. */
static void index_lines(struct body *b)
{
	struct str text = { b->src->text.p, span_end(b->span) };
	uint32_t off = b->span.off, n = 0;

	while (off < text.n) {
		line_end(text, off, &off);
		n++;
	}
	b->line = arena_array(b->scratch, uint32_t, (size_t)n + 2);
	off = b->span.off;
	for (uint32_t i = 0; off < text.n; i++) {
		b->line[i] = off;
		line_end(text, off, &off);
	}
	b->line[n] = b->line[n + 1] = (uint32_t)text.n;
	b->nline = n;
	if (str_starts(str_from(text, b->span.off), STR("\xef\xbb\xbf")))
		b->line[0] += 3;
}

static uint32_t at_column(const struct body *b, int line, int column)
{
	uint32_t off;

	if (line < 1 || (uint32_t)line > b->nline || column < 1)
		return span_end(b->span);
	off = b->line[line - 1] + (uint32_t)column - 1;
	return off < b->line[line] ? off : b->line[line];
}

static uint32_t count_lines(const char *literal)
{
	uint32_t n = 0;

	for (; (literal = strchr(literal, '\n')); literal++)
		n++;
	return n;
}

/* cmark does not tell fenced from indented code. An indented block that shows a
 * fence has that line in its contents, and as many lines as it occupies. */
static bool is_fenced(const struct body *b, const struct block *x)
{
	const char *literal = x->literal;
	struct str text = { b->src->text.p, x->end };
	const char *p = text.p + x->off, *eol = strchr(literal, '\n');
	uint32_t next, end = line_end(text, x->off, &next), lines = 1;

	if (x->end - x->off < 3 || (*p != '`' && *p != '~') || p[1] != *p || p[2] != *p)
		return false;
	if (!eol || (size_t)(eol - literal) != end - x->off ||
		memcmp(p, literal, end - x->off) != 0)
		return true;
	while (next < x->end) {
		line_end(text, next, &next);
		lines++;
	}
	return lines != count_lines(literal);
}

static void read_fence(const struct body *b, struct block *x)
{
	struct str text = { b->src->text.p, x->end };
	uint32_t from = x->off, next, end = line_end(text, x->off, &next);

	if (!is_fenced(b, x))
		return;
	x->level = 1;
	while (from < end && text.p[from] == text.p[x->off])
		from++;
	x->info = str_trim(str_sub(text, from, end - from));
}

/* Where `n` lies. Blocks end where a line does; cmark's column leaves out the
 * hashes that close a heading. The end is repaired once the neighbours are known. */
static void place(struct body *b, struct block *x, cmark_node *n)
{
	int line = cmark_node_get_start_line(n), last = cmark_node_get_end_line(n);

	/* cmark ends those that have an end marker one line early */
	if (x->kind == DOC_HTML_BLOCK)
		last = line + (int)count_lines(cmark_node_get_literal(n)) - 1;
	x->off = at_column(b, line, cmark_node_get_start_column(n));
	x->end =
		last < 1 || (uint32_t)last > b->nline ? span_end(b->span) : b->line[last];
	x->last_line = (uint32_t)last;
	if (x->end < x->off)
		x->end = x->off;
}

struct reader {
	struct body *b;
	uint32_t open; /* the block that is being read */
	uint32_t last[DOC_MAX_DEPTH + 2]; /* last block per depth */
};

static bool open_block(struct reader *r, cmark_node *n, enum node_kind kind)
{
	struct body *b = r->b;
	uint32_t id = (uint32_t)b->block.n;
	struct block *x = body_push(b, struct block, block);
	const struct block *parent = &b->block.v[r->open];

	x->kind = kind;
	x->parent = r->open;
	x->depth = parent->depth + 1;
	x->quotes = parent->quotes + (parent->kind == DOC_QUOTE);
	place(b, x, n);
	if (x->depth > DOC_MAX_DEPTH) {
		diag_report(b->sink, RULE_DOC_DEPTH,
			(struct span){ b->src->id, x->off, x->off < x->end },
			"lists and quotes are nested more than %d levels deep",
			DOC_MAX_DEPTH);
		return false;
	}
	if (r->last[x->depth])
		b->block.v[r->last[x->depth]].next = id;
	r->last[x->depth] = id;
	r->last[x->depth + 1] = 0;
	if (kind == DOC_CODE_BLOCK)
		x->literal = cmark_node_get_literal(n);
	if (kind == DOC_HEADING)
		x->level = (uint32_t)cmark_node_get_heading_level(n);
	x->want = (uint32_t)b->want.n;
	if (has_exit(kind))
		r->open = id;
	return true;
}

static void add_want(struct body *b, enum want_kind kind, const char *text)
{
	*body_push(b, struct want, want) = (struct want){ kind, text ? text : "" };
}

/* Code and HTML have no EXIT; links count where they end. */
static void read_inline(struct body *b, cmark_node *n, bool exit)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_CODE: add_want(b, WANT_CODE, cmark_node_get_literal(n)); break;
	case CMARK_NODE_HTML_INLINE:
		add_want(b, WANT_HTML, cmark_node_get_literal(n));
		break;
	case CMARK_NODE_LINK:
		if (exit)
			add_want(b, WANT_LINK, cmark_node_get_url(n));
		break;
	case CMARK_NODE_IMAGE:
		if (exit)
			add_want(b, WANT_IMAGE, cmark_node_get_url(n));
		break;
	default: break; /* cmark's enum: nothing we need */
	}
}

static bool read_tree(struct reader *r, cmark_iter *it)
{
	struct body *b = r->b;
	cmark_event_type event;

	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it);
		enum node_kind kind = kind_of(n);
		bool exit = event == CMARK_EVENT_EXIT;

		if (kind == DOC_DOCUMENT) {
			read_inline(b, n, exit);
		} else if (exit) {
			struct block *x = &b->block.v[r->open];

			x->nwant = (uint32_t)b->want.n - x->want;
			r->open = x->parent;
		} else if (!open_block(r, n, kind)) {
			return false;
		}
	}
	return true;
}

/* Is the line at `off` the underline of a heading of that level? */
static bool is_underline(const struct body *b, const struct block *x, uint32_t off)
{
	struct str text = { b->src->text.p, span_end(b->span) };
	uint32_t next, end = line_end(text, off, &next);
	char mark = x->level == 1 ? '=' : '-';

	while (off < end && (is_blank(text.p[off]) || text.p[off] == '>'))
		off++;
	if (off == end)
		return false;
	while (off < end && text.p[off] == mark)
		off++;
	while (off < end && is_blank(text.p[off]))
		off++;
	return off == end;
}

bool block_is_setext(const struct body *b, const struct block *x)
{
	const char *p = b->src->text.p;
	uint32_t off = x->off;

	while (off < x->end && p[off] == '#')
		off++;
	return off == x->off || off - x->off > 6 || (off < x->end && !is_blank(p[off]));
}

/* cmark closes such a heading while it reads the line after the underline, and
 * says that it ends there, unless there is none. */
static void repair_setext(struct body *b, size_t id)
{
	struct block *x = &b->block.v[id];
	uint32_t line = x->last_line - 1; /* 0-based */

	if (line >= b->nline)
		return;
	if ((id + 1 < b->block.n && b->block.v[id + 1].off < b->line[line + 1]) ||
		!is_underline(b, x, b->line[line]))
		line--;
	if (line < b->nline && b->line[line + 1] > x->off)
		x->end = b->line[line + 1];
}

/* Without blank lines at the end, and without those that hold nothing but the
 * marks of the quotes around. */
static void trim_end(const struct body *b, struct block *x)
{
	const char *p = b->src->text.p;

	for (;;) {
		uint32_t at;

		while (x->end > x->floor + 1 && is_blank(p[x->end - 1]))
			x->end--;
		at = x->end;
		while (x->quotes && at > x->floor + 1 &&
			(p[at - 1] == '>' || p[at - 1] == ' ' || p[at - 1] == '\t'))
			at--;
		if (at == x->end || (p[at - 1] != '\n' && p[at - 1] != '\r'))
			return;
		x->end = at;
	}
}

static void set_floors(struct body *b)
{
	for (size_t i = b->block.n; i-- > 1;) {
		struct block *x = &b->block.v[i], *parent = &b->block.v[x->parent];

		if (x->floor < x->off)
			x->floor = x->off;
		if (parent->floor < x->floor)
			parent->floor = x->floor;
	}
}

/* No block reaches into its next sibling, or out of its parent. */
static void repair_ends(struct body *b)
{
	set_floors(b);
	for (size_t i = 1; i < b->block.n; i++) {
		struct block *x = &b->block.v[i];
		uint32_t end = b->block.v[x->parent].end;

		if (x->kind == DOC_HEADING && block_is_setext(b, x))
			repair_setext(b, i);
		if (x->next && b->block.v[x->next].off < end)
			end = b->block.v[x->next].off;
		if (x->end > end)
			x->end = end > x->off ? end : x->off;
		trim_end(b, x);
		if (x->kind == DOC_CODE_BLOCK)
			read_fence(b, x);
	}
}

static bool read_blocks(struct body *b, cmark_node *root)
{
	cmark_iter *it = cmark_iter_new(root);
	struct reader r = { .b = b };
	bool ok;

	*body_push(b, struct block, block) = (struct block){
		.kind = DOC_DOCUMENT, .off = b->span.off, .end = span_end(b->span)
	};
	ok = read_tree(&r, it);
	if (ok)
		repair_ends(b);
	cmark_iter_free(it);
	return ok;
}

bool markdown_read(struct body *b)
{
	cmark_node *root;
	bool ok;

	if (!limits_check(b))
		return false;
	index_lines(b);
	root = cmark_parse_document(
		b->src->text.p + b->span.off, b->span.len, CMARK_OPT_DEFAULT);
	ok = read_blocks(b, root);
	if (ok) {
		definitions_read(b);
		leaves_read(b);
	}
	cmark_node_free(root);
	return ok;
}

const char *doc_library_version(void)
{
	return cmark_version_string();
}
