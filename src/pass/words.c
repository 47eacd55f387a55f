#include "words.h"

#include "rune/str.h"

struct scan {
	const struct doc *d;
	struct str text; /* of the file */
	uint32_t from, to; /* the block */
	bool table;
};

#define SCAN_MAX 512 /* bytes: what is further away belongs to another sentence */

static struct scan scan_of(const struct doc *d, node_id block, uint32_t off)
{
	const struct node *b = &d->node[block];
	struct scan s = { d, d->src->text, b->span.off, span_end(b->span),
		b->kind == DOC_TABLE };

	if (off - s.from > SCAN_MAX)
		s.from = off - SCAN_MAX;
	if (s.to - off > SCAN_MAX)
		s.to = off + SCAN_MAX;
	return s;
}

static bool is_word_byte(char c)
{
	return char_is_alnum(c) || (unsigned char)c >= 0x80;
}

static bool continues_word(char c)
{
	return is_word_byte(c) || c == '-';
}

static bool is_mark(char c)
{
	return c == '*' || c == '_';
}

/* The ASCII mark that a punctuation character of Unicode (U+2010..U+205E) or an
 * arrow counts as; 0: it is neither. In UTF-8 these are E2 80..81 and E2 86..87. */
static char wide_punct(const struct scan *s, uint32_t off)
{
	unsigned char b[2];

	if (off < s->from || s->to - off < 3 || s->text.p[off] != '\xe2')
		return 0;
	memcpy(b, s->text.p + off + 1, 2);
	if (b[0] == 0x80)
		return b[1] < 0x90 ? 0 : b[1] == 0x98 || b[1] == 0x99 ? '\'' : ';';
	return b[0] == 0x81 || b[0] == 0x86 || b[0] == 0x87 ? ';' : 0;
}

/* A `>` with nothing but its like before it on the line quotes the line. */
static bool is_quote_prefix(const struct scan *s, uint32_t off)
{
	while (off > s->from && (s->text.p[off - 1] == ' ' || s->text.p[off - 1] == '>'))
		off--;
	return off > s->from && s->text.p[off - 1] == '\n';
}

static bool is_cell_edge(const struct scan *s, char c)
{
	return s->table && (c == '|' || c == '\n');
}

static struct span span_between(const struct scan *s, uint32_t from, uint32_t to)
{
	return (struct span){ s->d->src->id, from, to - from };
}

static struct str text_of(const struct scan *s, struct span at)
{
	return str_sub(s->text, at.off, at.len);
}

static void set_word(struct side *r, const struct scan *s, uint32_t from, uint32_t to)
{
	r->kind = SIDE_WORD;
	r->at = span_between(s, from, to);
	r->word = text_of(s, r->at);
}

static uint32_t word_start(const struct scan *s, uint32_t off)
{
	while (off > s->from && continues_word(s->text.p[off - 1]) &&
		(off - s->from < 3 || !wide_punct(s, off - 3)))
		off--;
	return off;
}

static uint32_t word_end(const struct scan *s, uint32_t off)
{
	while (off < s->to && continues_word(s->text.p[off]) && !wide_punct(s, off))
		off++;
	return off;
}

struct side side_before(const struct doc *d, node_id block, uint32_t off)
{
	struct scan s = scan_of(d, block, off);
	struct side r = { .kind = SIDE_EDGE };
	uint32_t pos = off;

	for (; pos > s.from; pos--) {
		char c = s.text.p[pos - 1];

		if (is_cell_edge(&s, c) ||
			(c == '#' && d->node[block].kind == DOC_HEADING))
			break;
		if (char_is_space(c) || (c == '>' && is_quote_prefix(&s, pos - 1))) {
			r.gap = true;
		} else if (is_mark(c) || c == '[') {
			r.marks = true;
		} else if (pos - s.from >= 3 && (r.punct = wide_punct(&s, pos - 3))) {
			r.kind = SIDE_PUNCT;
			r.at = span_between(&s, pos - 3, pos);
			return r;
		} else if (is_word_byte(c)) {
			set_word(&r, &s, word_start(&s, pos), pos);
			return r;
		} else {
			r.kind = c == '`' ? SIDE_CODE : SIDE_PUNCT;
			r.punct = c;
			r.at = span_between(&s, pos - 1, pos);
			return r;
		}
	}
	r.at = span_between(&s, pos, pos);
	return r;
}

/* Where the link ends whose text ends at `off`; 0 if it is none. */
static uint32_t link_end(const struct doc *d, uint32_t off)
{
	const struct doc_link *l = link_around(d, off);

	return l && !l->image && l->destination.off >= off ? span_end(l->span) : 0;
}

struct side side_after(const struct doc *d, node_id block, uint32_t off)
{
	struct scan s = scan_of(d, block, off);
	struct side r = { .kind = SIDE_EDGE };
	uint32_t pos = off;

	while (pos < s.to) {
		char c = s.text.p[pos];
		uint32_t end;

		if (is_cell_edge(&s, c))
			break;
		if (char_is_space(c) || (c == '>' && is_quote_prefix(&s, pos))) {
			r.gap = true;
			pos++;
		} else if (is_mark(c)) {
			r.marks = true;
			pos++;
		} else if (c == ']' && (end = link_end(d, pos)) > pos) {
			r.marks = true;
			pos = end;
		} else if ((r.punct = wide_punct(&s, pos))) {
			r.kind = SIDE_PUNCT;
			r.at = span_between(&s, pos, pos + 3);
			return r;
		} else if (is_word_byte(c)) {
			set_word(&r, &s, pos, word_end(&s, pos));
			return r;
		} else {
			r.kind = c == '`' ? SIDE_CODE : SIDE_PUNCT;
			r.punct = c;
			r.at = span_between(&s, pos, pos + 1);
			return r;
		}
	}
	r.at = span_between(&s, pos, pos);
	return r;
}

bool side_starts_sentence(const struct doc *d, node_id block, const struct side *s)
{
	struct str before = str_sub(d->src->text, 0, span_end(s->at));

	switch (s->kind) {
	case SIDE_EDGE: return d->node[block].kind != DOC_TABLE;
	case SIDE_PUNCT:
		if (s->punct == '>')
			return d->node[block].kind == DOC_HTML_BLOCK;
		return s->gap && strchr(".!?", s->punct) &&
		       !str_ends(before, STR("e.g.")) && !str_ends(before, STR("i.e."));
	case SIDE_WORD:
	case SIDE_CODE: return false;
	}
	return false;
}

bool in_brackets(const struct doc *d, node_id block, uint32_t off)
{
	struct scan s = scan_of(d, block, off);
	size_t closed = 0;

	for (uint32_t pos = off; pos > s.from; pos--) {
		char c = s.text.p[pos - 1];

		if (is_cell_edge(&s, c) || (c == '(' && !closed))
			return c == '(';
		closed += c == ')';
		closed -= c == '(';
	}
	return false;
}

const struct doc_link *link_around(const struct doc *d, uint32_t off)
{
	uint32_t lo = 0, hi = d->nlink;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (d->link[mid].span.off <= off)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* images stand in the text of links, and in that of other images */
	for (uint32_t i = lo; i > 0 && lo - i < 8; i--)
		if (off < span_end(d->link[i - 1].span))
			return &d->link[i - 1];
	return NULL;
}

uint32_t line_start(const struct doc *d, uint32_t off)
{
	const char *p = d->src->text.p;

	while (off > d->body.off && p[off - 1] != '\n' && p[off - 1] != '\r')
		off--;
	return off;
}

bool word_among(struct str word, const char *list)
{
	char first = word.n ? (char)(word.p[0] | 0x20) : ' ';

	while (*list) {
		size_t n = 0;

		while (list[n] && list[n] != ' ')
			n++;
		if (n == word.n && (list[0] | 0x20) == first &&
			str_eq_nocase(word, (struct str){ list, n }))
			return true;
		list += n + (list[n] == ' ');
	}
	return false;
}

bool word_is_determiner(struct str word)
{
	return word_among(word,
		"the a an this these those each every any no another its your our their "
		"my his whose");
}

bool joins_list(struct str between)
{
	static const struct str list[] = { STR_INIT(","), STR_INIT("and"), STR_INIT("or"),
		STR_INIT(", and"), STR_INIT(", or"), STR_INIT("and/or"), STR_INIT("/"),
		STR_INIT("&"), STR_INIT("+") };

	for (size_t i = 0; i < COUNTOF(list); i++)
		if (str_eq(between, list[i]))
			return true;
	return false;
}
