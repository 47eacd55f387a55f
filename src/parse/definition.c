/* definition.c - link reference definitions, "[label]: destination 'title'".
 *
 * They open a paragraph, or are all of it; cmark takes them out and, if nothing
 * is left, the paragraph too. So they are looked for at the start of paragraphs
 * and on the lines that no leaf block covers. */
#include "body.h"

#define QUOTED_LINES_MAX 8 /* of a definition in a block quote */

struct definition {
	struct range label, dest;
};

static size_t skip_blank(struct str s, size_t off)
{
	while (off < s.n && (s.p[off] == ' ' || s.p[off] == '\t'))
		off++;
	return off;
}

/* The start of the next line if nothing but blanks is left of this one. */
static size_t skip_line_end(struct str s, size_t off)
{
	uint32_t next;

	off = skip_blank(s, off);
	if (off < s.n && s.p[off] != '\n' && s.p[off] != '\r')
		return STR_NPOS;
	line_end(s, (uint32_t)off, &next);
	return next;
}

/* Blanks with at most one line end. */
static size_t skip_to_next(struct str s, size_t off)
{
	size_t next = skip_line_end(s, off);

	return skip_blank(s, next == STR_NPOS ? off : next);
}

/* After the definition at `off`, at the start of a line; STR_NPOS: none. */
static size_t read_definition(struct str s, size_t off, struct definition *d)
{
	size_t pos = link_label(s, off), title, end;

	if (pos == STR_NPOS || pos >= s.n || s.p[pos] != ':')
		return STR_NPOS;
	d->label = (struct range){ (uint32_t)off + 1, (uint32_t)pos - 1 };
	if (!str_trim(str_sub(s, off + 1, pos - off - 2)).n)
		return STR_NPOS;
	pos = skip_to_next(s, pos + 1);
	end = link_destination(s, pos, &d->dest);
	if (end == STR_NPOS || end == pos)
		return STR_NPOS;
	title = skip_to_next(s, end);
	if (title > end && title < s.n) {
		size_t after = link_title(s, title);

		if (after != STR_NPOS)
			after = skip_line_end(s, after);
		if (after != STR_NPOS)
			return after;
	}
	return skip_line_end(s, end);
}

/* As cmark compares labels, but for the case of letters beyond ASCII. */
static struct str normalise(struct str label, struct arena *a)
{
	char *p = arena_array(a, char, label.n + 1);
	size_t n = 0;

	label = str_trim(label);
	for (size_t i = 0; i < label.n; i++) {
		char c = label.p[i];

		if (!char_is_space(c))
			p[n++] = char_is_upper(c) ? (char)(c - 'A' + 'a') : c;
		else if (p[n - 1] != ' ')
			p[n++] = ' ';
	}
	return (struct str){ p, n };
}

bool definition_known(struct body *b, struct str label)
{
	return label.n <= 4 * LABEL_MAX && /* indentation included */
	       map_find(&b->label, normalise(label, b->scratch)) != NULL;
}

/* The definitions that follow each other from `pos`, at the start of a line; the
 * offset behind them. */
static uint32_t read_all(struct body *b, const struct content *c, size_t pos)
{
	struct definition d;
	size_t next;

	for (;; pos = next) {
		size_t from = skip_blank(c->s, pos);
		struct str raw;

		if (from >= c->s.n || c->s.p[from] != '[')
			break;
		next = read_definition(c->s, from, &d);
		if (next == STR_NPOS)
			break;
		raw = str_sub(c->s, d.dest.from, d.dest.to - d.dest.from);
		map_add(&b->label,
			normalise(str_sub(c->s, d.label.from, d.label.to - d.label.from),
				b->scratch),
			b);
		*body_push(b, struct doc_link, link) = (struct doc_link){
			.span = content_span(b, c, (uint32_t)from, d.dest.to),
			.destination = content_span(b, c, d.dest.from, d.dest.to),
			.url = arena_strdup(b->a, link_decode(raw, b->scratch)),
		};
	}
	return (uint32_t)pos;
}

/* A line without the marks of the containers it may stand in; counts quotes. */
static uint32_t skip_containers(
	struct str s, uint32_t off, uint32_t end, uint32_t *quotes)
{
	*quotes = 0;
	for (;;) {
		uint32_t digits;

		off = (uint32_t)skip_blank((struct str){ s.p, end }, off);
		digits = off;
		while (digits < end && char_is_digit(s.p[digits]))
			digits++;
		if (off < end && s.p[off] == '>') {
			off++;
			++*quotes;
		} else if (off + 1 < end && memchr("-+*", s.p[off], 3) &&
			   char_is_space(s.p[off + 1])) {
			off++;
		} else if (digits > off && digits + 1 < end &&
			   memchr(".)", s.p[digits], 2) &&
			   char_is_space(s.p[digits + 1])) {
			off = digits + 1;
		} else {
			return off;
		}
	}
}

/* Lines [first, end) hold no leaf block. */
static void read_gap(struct body *b, uint32_t first, uint32_t end)
{
	struct str text = b->src->text;

	if (first >= end ||
		!memchr(text.p + b->line[first], '[', b->line[end] - b->line[first]))
		return;
	while (first < end) {
		uint32_t quotes, stop = end, done;
		uint32_t from = skip_containers(
			text, b->line[first], b->line[first + 1], &quotes);
		struct content c;

		first++;
		if (from >= b->line[first] || text.p[from] != '[')
			continue;
		/* in a quote the lines are copied: not all of them each time */
		if (quotes && end - first > QUOTED_LINES_MAX)
			stop = first + QUOTED_LINES_MAX;
		content_make(b, from, b->line[stop], quotes, &c);
		done = read_all(b, &c, 0);
		done = done ? span_end(content_span(b, &c, 0, done)) : 0;
		while (first < end && b->line[first] < done)
			first++;
	}
}

static bool is_container(enum node_kind k)
{
	return k == DOC_LIST || k == DOC_ITEM || k == DOC_QUOTE;
}

/* Where the text of a paragraph or heading begins. */
static uint32_t read_leaf(struct body *b, const struct block *x)
{
	size_t links = b->link.n;
	struct content c;
	uint32_t done;

	content_make(b, x->off, x->end, x->quotes, &c);
	if (x->kind == DOC_HEADING)
		c.s.n = last_line(c.s);
	done = read_all(b, &c, 0);
	if (skip_white(c.s, done) < c.s.n)
		return done;
	b->link.n = links; /* cmark has left some text: not what we have read */
	return 0;
}

void definitions_read(struct body *b)
{
	const char *text = b->src->text.p;
	uint32_t covered = 0, line = 0;

	for (size_t i = 1; i < b->block.n; i++) {
		struct block *x = &b->block.v[i];

		if (is_container(x->kind))
			continue;
		while (line + 1 < b->nline && b->line[line + 1] <= x->off)
			line++;
		read_gap(b, covered, line);
		while (line < b->nline && b->line[line] < x->end)
			line++;
		covered = line;
		line = line ? line - 1 : 0;
		if ((x->kind == DOC_PARAGRAPH || x->kind == DOC_HEADING) &&
			text[x->off] == '[')
			x->text = read_leaf(b, x);
	}
	read_gap(b, covered, b->nline);
}
