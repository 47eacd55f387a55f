/* inline.c - the elements in a stretch of text, from left to right, by
 * CommonMark's rules: backslashes, code spans, autolinks and tags first, then
 * brackets as they close. Emphasis does not matter to us. */
#include <stdlib.h>

#include "body.h"

struct scanner {
	struct body *b;
	struct str s; /* ends where the stretch does */
	uint32_t pos;
	uint32_t plain; /* the text since here belongs to nothing yet */
	enum inline_mode mode;
	const struct want *want;
	size_t nwant;
	size_t inactive; /* links among the first `inactive` brackets cannot close */
	uint32_t stop; /* where an element of one paragraph must end */
	bool ticks_known;
	bool unclosed[HTML_DECLARATION + 1]; /* no end of that markup follows */
};

/* Bytes at which something may begin or end. */
static const bool special[256] = {
	['\\'] = true,
	['`'] = true,
	['<'] = true,
	['['] = true,
	[']'] = true,
	[':'] = true,
	['.'] = true,
	['\n'] = true,
};

static struct piece *add(struct scanner *s, enum piece_kind kind, size_t from, size_t to)
{
	struct piece *p = body_push(s->b, struct piece, piece);

	*p = (struct piece){ .kind = kind,
		.from = (uint32_t)from,
		.to = (uint32_t)to,
		.cut = (uint32_t)from };
	s->pos = s->plain = (uint32_t)to;
	return p;
}

/* After `literal` in the text at `off`, white space aside: cmark drops
 * indentation and turns line ends into spaces. */
static size_t match_literal(struct str s, size_t off, const char *literal)
{
	size_t end = off;

	for (; *literal; literal++) {
		if (is_blank(*literal))
			continue;
		while (off < s.n && is_blank(s.p[off]))
			off++;
		if (off >= s.n || s.p[off] != *literal)
			return STR_NPOS;
		end = ++off;
	}
	return end;
}

static const struct want *wanted(const struct scanner *s, enum want_kind kind)
{
	return s->nwant && s->want->kind == kind ? s->want : NULL;
}

static void take_want(struct scanner *s)
{
	s->want++;
	s->nwant--;
}

/* The end of the paragraph, in an HTML block that goes on over blank lines. */
static uint32_t paragraph_end(struct scanner *s)
{
	uint32_t pos = s->pos, next;

	if (s->mode != INLINE_HTML)
		return (uint32_t)s->s.n;
	if (s->stop > s->pos)
		return s->stop;
	do {
		uint32_t end = line_end(s->s, pos, &next);

		while (pos < end && is_blank(s->s.p[pos]))
			pos++;
		if (pos == end && end > s->pos)
			break;
		pos = next;
	} while (next < s->s.n);
	s->stop = pos > s->pos ? pos : s->pos + 1;
	s->ticks_known = false;
	return s->stop;
}

static uint32_t run_length(struct str s, uint32_t off)
{
	uint32_t n = off;

	while (n < s.n && s.p[n] == '`')
		n++;
	return n - off;
}

/* Remember where a run of `n` backticks is, if it may be the last one. cmark
 * does so even when it knows a later one, and from then on misses code spans. */
static void note_ticks(struct scanner *s, uint32_t n, uint32_t at)
{
	struct ticks *t = s->b->ticks;

	if (n > TICKS_MAX || (s->ticks_known && s->mode != INLINE_AS_CMARK))
		return;
	t->last[n].round = t->round;
	t->last[n].at = at;
}

/* Where a run of exactly `n` backticks begins at or after `from`. */
static uint32_t closing_ticks(struct scanner *s, uint32_t from, uint32_t n)
{
	struct ticks *t = s->b->ticks;
	uint32_t end = paragraph_end(s), pos = from;

	if (n > TICKS_MAX)
		return UINT32_MAX;
	if (s->ticks_known && (t->last[n].round != t->round || t->last[n].at < from))
		return UINT32_MAX;
	if (!s->ticks_known)
		t->round++;
	while (pos < end) {
		const char *tick = memchr(s->s.p + pos, '`', end - pos);
		uint32_t len;

		if (!tick)
			break;
		pos = (uint32_t)(tick - s->s.p);
		len = run_length(s->s, pos);
		note_ticks(s, len, pos);
		if (len == n)
			return pos;
		pos += len;
	}
	s->ticks_known = true;
	return UINT32_MAX;
}

static bool is_checked(const struct scanner *s)
{
	return s->mode == INLINE_CHECKED || s->mode == INLINE_AS_CMARK;
}

static bool scan_code(struct scanner *s)
{
	uint32_t from = s->pos, n = run_length(s->s, from);
	uint32_t close = closing_ticks(s, from + n, n);
	const struct want *w;

	if (close == UINT32_MAX) {
		s->pos = from + n;
		return true;
	}
	if (is_checked(s)) {
		struct str inner = str_sub(s->s, from + n, close - from - n);
		size_t end;

		w = wanted(s, WANT_CODE);
		if (!w)
			return false;
		end = match_literal(inner, 0, w->text);
		if (end == STR_NPOS || str_trim(str_from(inner, end)).n)
			return false;
		take_want(s);
	}
	add(s, PIECE_CODE, from, close + n);
	return true;
}

/* An autolink's URL is what it says; only character references are decoded. */
static bool auto_is(struct str dest, bool is_mail, const char *url)
{
	struct str want = str_c(url);
	size_t n = str_find_char(dest, '&', 0);

	if (is_mail) {
		if (!str_starts(want, STR("mailto:")))
			return false;
		want = str_from(want, 7);
	}
	return n == STR_NPOS ? str_eq(dest, want) : str_starts(want, str_sub(dest, 0, n));
}

static bool scan_autolink(struct scanner *s)
{
	uint32_t from = s->pos;
	bool is_mail;
	size_t end = link_auto(s->s, from, &is_mail);
	const char *url = NULL;
	struct piece *p;

	if (end == STR_NPOS)
		return false;
	if (is_checked(s)) {
		const struct want *w = wanted(s, WANT_LINK);

		if (!w || !auto_is(str_sub(s->s, from + 1, end - from - 2), is_mail,
				  w->text))
			return false;
		url = w->text;
		take_want(s);
	}
	p = add(s, PIECE_AUTOLINK, from, end);
	p->has_dest = true;
	p->dest = (struct range){ from + 1, (uint32_t)end - 1 };
	p->url = url;
	return true;
}

static bool is_raw_element(struct str name)
{
	return str_eq_nocase(name, STR("pre")) || str_eq_nocase(name, STR("script")) ||
	       str_eq_nocase(name, STR("style")) || str_eq_nocase(name, STR("textarea"));
}

/* After the closing tag of an element whose contents are no text. */
static size_t raw_element_end(struct str s, size_t off, struct str name)
{
	while ((off = str_find(s, STR("</"), off)) != STR_NPOS) {
		if (str_eq_nocase(str_sub(s, off + 2, name.n), name)) {
			off = str_find_char(s, '>', off);
			return off == STR_NPOS ? s.n : off + 1;
		}
		off += 2;
	}
	return s.n;
}

static size_t tag_end(struct scanner *s)
{
	enum html_markup kind = html_markup(s->s, s->pos);
	size_t end;

	if (kind == HTML_NONE)
		return html_tag(s->s, s->pos);
	if (s->unclosed[kind])
		return STR_NPOS;
	end = html_markup_end(s->s, s->pos, kind);
	if (end != STR_NPOS)
		return end;
	if (s->mode == INLINE_HTML)
		return s->s.n; /* it goes on to the end of the block */
	s->unclosed[kind] = true;
	return STR_NPOS;
}

static void scan_angle(struct scanner *s)
{
	uint32_t from = s->pos;
	size_t end;

	if (scan_autolink(s))
		return;
	if (is_checked(s)) {
		const struct want *w = wanted(s, WANT_HTML);

		end = w ? match_literal(s->s, from, w->text) : STR_NPOS;
		if (end != STR_NPOS)
			take_want(s);
	} else {
		end = tag_end(s);
	}
	if (end == STR_NPOS) {
		s->pos++;
		return;
	}
	add(s, PIECE_HTML, from, end);
	if (s->mode == INLINE_HTML && !html_is_close(s->s, from)) {
		struct str name = html_name(s->s, from);

		if (is_raw_element(name))
			add(s, PIECE_SKIP, end, raw_element_end(s->s, end, name));
	}
}

static void open_bracket(struct scanner *s)
{
	bool image = s->pos > s->plain && s->s.p[s->pos - 1] == '!';
	struct body *b = s->b;

	if (b->bracket.n)
		b->bracket.v[b->bracket.n - 1].nested = true;
	s->pos++;
	s->plain = s->pos;
	*body_push(b, struct bracket, bracket) =
		(struct bracket){ s->pos - 1 - image, s->pos, image, false };
}

/* A link or image that cmark did not make is none. */
static bool agrees(struct scanner *s, const struct bracket *o, const struct range *dest,
	const char **url)
{
	const struct want *w;

	*url = NULL;
	if (!is_checked(s))
		return true;
	w = wanted(s, o->image ? WANT_IMAGE : WANT_LINK);
	if (!w || (dest && !link_is(str_sub(s->s, dest->from, dest->to - dest->from),
				   w->text)))
		return false;
	*url = w->text;
	take_want(s);
	return true;
}

static bool close_inline(struct scanner *s, const struct bracket *o, uint32_t after)
{
	struct range dest;
	size_t end = link_tail(s->s, after, &dest);
	const char *url;
	struct piece *p;

	if (end == STR_NPOS || !agrees(s, o, &dest, &url))
		return false;
	p = add(s, o->image ? PIECE_IMAGE : PIECE_LINK, o->at, end);
	p->cut = after - 1;
	p->has_dest = true;
	p->dest = dest;
	p->url = url;
	return true;
}

/* "[text][label]", "[label][]", "[label]": the label is not text. */
static bool close_reference(struct scanner *s, const struct bracket *o, uint32_t after)
{
	size_t end = s->s.n > after && s->s.p[after] == '[' ? link_label(s->s, after)
							    : STR_NPOS;
	struct str label = STR_NONE;
	bool own = false;
	const char *url;
	struct piece *p;

	if (!s->b->label.n)
		return false;
	if (end != STR_NPOS)
		label = str_trim(str_sub(s->s, after + 1, end - after - 2));
	else
		end = after;
	if (!label.n) {
		if (o->nested)
			return false;
		label = str_sub(s->s, o->text, after - 1 - o->text);
		own = true;
	}
	if (!definition_known(s->b, label) || !agrees(s, o, NULL, &url))
		return false;
	p = add(s, o->image ? PIECE_IMAGE : PIECE_LINK, o->at, end);
	p->cut = own ? o->at : after - 1;
	p->url = url;
	return true;
}

static void close_bracket(struct scanner *s)
{
	uint32_t after = s->pos + 1;
	size_t *n = &s->b->bracket.n;
	struct bracket o;

	if (!*n) {
		s->pos = after;
		return;
	}
	o = s->b->bracket.v[--*n];
	if ((*n >= s->inactive || o.image) &&
		(close_inline(s, &o, after) || close_reference(s, &o, after))) {
		if (!o.image)
			s->inactive = *n; /* no links in links */
	} else {
		s->pos = s->plain = after;
	}
	if (s->inactive > *n)
		s->inactive = *n;
}

static bool is_fence(struct str line, char *mark, uint32_t *len)
{
	struct str s = str_trim(line);
	uint32_t n = 0;

	if (!s.n || (s.p[0] != '`' && s.p[0] != '~'))
		return false;
	while (n < s.n && s.p[n] == s.p[0])
		n++;
	if (n < 3 || (s.p[0] == '`' && str_find_char(s, '`', n) != STR_NPOS))
		return false;
	*mark = s.p[0];
	*len = n;
	return true;
}

/* Fenced code in an HTML block is not code to Markdown, but it is to readers. */
static void skip_fence(struct scanner *s, uint32_t from, char mark, uint32_t len)
{
	uint32_t pos, next, end = line_end(s->s, from, &next);

	while (next < s->s.n) {
		struct str line;
		char m;
		uint32_t n;

		pos = next;
		end = line_end(s->s, pos, &next);
		line = str_sub(s->s, pos, end - pos);
		if (is_fence(line, &m, &n) && m == mark && n >= len &&
			str_trim(line).n == n)
			break;
	}
	add(s, PIECE_SKIP, from, end);
}

/* Only in HTML blocks: a line begins. */
static void begin_line(struct scanner *s)
{
	uint32_t next, end, from, len;
	struct str line;
	char mark;

	from = s->pos;
	end = line_end(s->s, from, &next);
	line = str_sub(s->s, from, end - from);
	if (is_fence(line, &mark, &len))
		skip_fence(s, from, mark, len);
	else if (!str_trim(line).n)
		s->b->bracket.n = s->inactive = 0;
}

static void scan_url(struct scanner *s)
{
	struct range url;

	if (link_bare(s->s, s->pos, s->plain, s->s.n, &url))
		add(s, PIECE_URL, url.from, url.to);
	else
		s->pos++;
}

/* False: cmark sees something else. */
static bool scan_special(struct scanner *s)
{
	switch (s->s.p[s->pos]) {
	case '`': return scan_code(s);
	case '<': scan_angle(s); break;
	case '[': open_bracket(s); break;
	case ']': close_bracket(s); break;
	case '\\':
		s->pos++;
		if (s->pos < s->s.n &&
			memchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s->s.p[s->pos], 32))
			s->plain = ++s->pos;
		break;
	case '\n':
		s->pos++;
		if (s->mode == INLINE_HTML)
			begin_line(s);
		break;
	default: scan_url(s); break;
	}
	return true;
}

static int by_start(const void *pa, const void *pb)
{
	const struct piece *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to > b->to ? -1 : a->to < b->to;
}

static void sort(struct body *b)
{
	const struct piece *v = b->piece.v;

	for (size_t i = 1; i < b->piece.n; i++) {
		if (by_start(&v[i - 1], &v[i]) > 0) {
			qsort(b->piece.v, b->piece.n, sizeof(*v), by_start);
			break;
		}
	}
}

bool inline_read(struct body *b, struct str text, struct range r, enum inline_mode mode,
	const struct block *x)
{
	struct scanner s = {
		.b = b,
		.s = { text.p, r.to },
		.pos = r.from,
		.plain = r.from,
		.mode = mode,
		.want = x && x->nwant ? &b->want.v[x->want] : NULL,
		.nwant = x ? x->nwant : 0,
	};

	b->piece.n = b->bracket.n = 0;
	if (mode == INLINE_HTML)
		begin_line(&s);
	while (s.pos < s.s.n) {
		if (!special[(unsigned char)s.s.p[s.pos]])
			s.pos++;
		else if (!scan_special(&s))
			return false;
	}
	sort(b);
	return !is_checked(&s) || !s.nwant;
}
