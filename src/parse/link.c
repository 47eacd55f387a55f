/* link.c - the syntax of links and URLs. */
#include "body.h"
#include "rune/buf.h"
#include "rune/utf8.h"

#define PARENS_MAX 32 /* nested in a destination, as in cmark */

static char at(struct str s, size_t off)
{
	return off < s.n ? s.p[off] : '\0';
}

static bool is_punct(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
	       (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* One character, or a backslash and what it escapes. */
static size_t step(struct str s, size_t off)
{
	return off + 1 + (s.p[off] == '\\' && is_punct(at(s, off + 1)));
}

size_t skip_white(struct str s, size_t off)
{
	while (off < s.n && char_is_space(s.p[off]))
		off++;
	return off;
}

static size_t pointed_destination(struct str s, size_t off, struct range *dest)
{
	size_t pos = off + 1;

	while (pos < s.n && s.p[pos] != '>') {
		if (s.p[pos] == '\n' || s.p[pos] == '\r' || s.p[pos] == '<')
			return STR_NPOS;
		pos += s.p[pos] == '\\' ? 2 : 1;
	}
	if (pos >= s.n)
		return STR_NPOS;
	*dest = (struct range){ (uint32_t)off + 1, (uint32_t)pos };
	return pos + 1;
}

size_t link_destination(struct str s, size_t off, struct range *dest)
{
	size_t pos = off, depth = 0;

	if (at(s, off) == '<')
		return pointed_destination(s, off, dest);
	for (; pos < s.n && !char_is_space(s.p[pos]); pos = step(s, pos)) {
		if (s.p[pos] == '(' && ++depth > PARENS_MAX)
			return STR_NPOS;
		if (s.p[pos] == ')' && !depth--)
			break;
	}
	if (pos < s.n && s.p[pos] == ')')
		depth = 0;
	*dest = (struct range){ (uint32_t)off, (uint32_t)pos };
	return depth ? STR_NPOS : pos;
}

/* As cmark: a mark behind a backslash closes only if no other one does, even if
 * the backslash is itself escaped. */
size_t link_title(struct str s, size_t off)
{
	char open = at(s, off), close = open == '(' ? ')' : open;
	size_t escaped = STR_NPOS;

	if (open != '"' && open != '\'' && open != '(')
		return STR_NPOS;
	for (size_t pos = off + 1; pos < s.n; pos++) {
		bool is_escaped = pos > off + 1 && s.p[pos - 1] == '\\';

		if (s.p[pos] == close && !is_escaped)
			return pos + 1;
		if (s.p[pos] == close)
			escaped = pos + 1;
		else if (s.p[pos] == '(' && open == '(' && !is_escaped)
			break;
	}
	return escaped;
}

size_t link_label(struct str s, size_t off)
{
	size_t pos = off + 1, n = 0;

	while (pos < s.n && s.p[pos] != '[' && s.p[pos] != ']') {
		size_t next = step(s, pos);

		/* cmark has no carriage returns and no indentation any more */
		n += next - pos - (s.p[pos] == '\r' && at(s, next) == '\n');
		if (s.p[pos] == '\n')
			while (at(s, next) == ' ' || at(s, next) == '\t')
				next++;
		if (n > LABEL_MAX)
			return STR_NPOS;
		pos = next;
	}
	return at(s, pos) == ']' ? pos + 1 : STR_NPOS;
}

size_t link_tail(struct str s, size_t off, struct range *dest)
{
	size_t pos, title;

	if (at(s, off) != '(')
		return STR_NPOS;
	pos = link_destination(s, skip_white(s, off + 1), dest);
	if (pos == STR_NPOS)
		return STR_NPOS;
	title = skip_white(s, pos);
	if (title > pos) {
		size_t end = link_title(s, title);

		pos = skip_white(s, end == STR_NPOS ? title : end);
	}
	return at(s, pos) == ')' ? pos + 1 : STR_NPOS;
}

static bool is_scheme_char(char c)
{
	return char_is_alnum(c) || c == '+' || c == '.' || c == '-';
}

static size_t auto_uri(struct str s, size_t off)
{
	size_t pos = off;

	if (!char_is_alnum(at(s, pos)) || char_is_digit(at(s, pos)))
		return STR_NPOS;
	while (is_scheme_char(at(s, pos)) && pos - off <= 32)
		pos++;
	if (pos - off < 2 || pos - off > 32 || at(s, pos) != ':')
		return STR_NPOS;
	while (pos < s.n && (unsigned char)s.p[pos] > ' ' && s.p[pos] != '<' &&
		s.p[pos] != '>')
		pos++;
	return at(s, pos) == '>' ? pos + 1 : STR_NPOS;
}

static size_t auto_mail(struct str s, size_t off)
{
	size_t pos = off;

	while (pos < s.n &&
		(char_is_alnum(s.p[pos]) || memchr(".!#$%&'*+/=?^_`{|}~-", s.p[pos], 20)))
		pos++;
	if (pos == off || at(s, pos) != '@')
		return STR_NPOS;
	do { /* labels of a host name */
		size_t from = ++pos;

		while (char_is_alnum(at(s, pos)) || at(s, pos) == '-')
			pos++;
		if (pos == from || pos - from > 63 || s.p[from] == '-' ||
			s.p[pos - 1] == '-')
			return STR_NPOS;
	} while (at(s, pos) == '.');
	return at(s, pos) == '>' ? pos + 1 : STR_NPOS;
}

size_t link_auto(struct str s, size_t off, bool *is_mail)
{
	size_t end = auto_uri(s, off + 1);

	*is_mail = end == STR_NPOS;
	return *is_mail ? auto_mail(s, off + 1) : end;
}

/* A URL in running text ends where anything could begin that is not text, and
 * not with the punctuation of the sentence. */
static size_t bare_end(struct str s, size_t off, size_t end)
{
	size_t pos = off, open = 0, close = 0;

	while (pos < end && (unsigned char)s.p[pos] > ' ' &&
		!memchr("<>`[]\\\"", s.p[pos], 7)) {
		open += s.p[pos] == '(';
		close += s.p[pos] == ')';
		pos++;
	}
	while (pos > off) {
		char c = s.p[pos - 1];

		if (c == ')' && close > open)
			close--;
		else if (!memchr("?!.,:;*_~'", c, 10))
			break;
		pos--;
	}
	return pos;
}

bool link_bare(struct str s, size_t from, size_t floor, size_t end, struct range *url)
{
	size_t start = from, body = from;

	if (s.p[from] == ':') {
		if (at(s, from + 1) != '/' || at(s, from + 2) != '/')
			return false;
		body = from + 3;
		while (start > floor && is_scheme_char(s.p[start - 1]))
			start--;
		while (start < from &&
			(char_is_digit(s.p[start]) || !char_is_alnum(s.p[start])))
			start++;
		if (start == from)
			return false;
	} else {
		if (from < floor + 3 || memcmp(s.p + from - 3, "www", 3))
			return false;
		body = from + 1;
		start = from - 3;
		if (start > floor && (char_is_alnum(s.p[start - 1]) ||
					     memchr("_-./:@", s.p[start - 1], 6)))
			return false;
	}
	if (body >= end || bare_end(s, body, end) == body)
		return false;
	*url = (struct range){ (uint32_t)start, (uint32_t)bare_end(s, body, end) };
	return true;
}

/* A character reference at `off`, the commonest names only. */
static size_t decode_entity(struct str s, size_t off, struct buf *out)
{
	static const struct {
		struct str name;
		char c;
	} names[] = {
		{ STR_INIT("&amp;"), '&' },
		{ STR_INIT("&lt;"), '<' },
		{ STR_INIT("&gt;"), '>' },
		{ STR_INIT("&quot;"), '"' },
	};
	uint32_t cp = 0;
	size_t pos = off + 2;
	char utf8[4];

	for (size_t i = 0; i < COUNTOF(names); i++) {
		if (str_starts(str_from(s, off), names[i].name)) {
			buf_addc(out, names[i].c);
			return off + names[i].name.n;
		}
	}
	if (at(s, off + 1) != '#')
		return off;
	for (; char_is_digit(at(s, pos)) && pos - off < 9; pos++)
		cp = cp * 10 + (uint32_t)(s.p[pos] - '0');
	if (pos == off + 2 || at(s, pos) != ';' || !cp || !utf8_put(utf8, cp))
		return off;
	buf_add(out, (struct str){ utf8, utf8_put(utf8, cp) });
	return pos + 1;
}

struct str link_decode(struct str raw, struct arena *a)
{
	struct buf out = BUF_INIT(a);
	size_t off = 0;

	if (str_find_char(raw, '&', 0) == STR_NPOS &&
		str_find_char(raw, '\\', 0) == STR_NPOS)
		return raw;
	while (off < raw.n) {
		size_t next = raw.p[off] == '&' ? decode_entity(raw, off, &out) : off;

		if (next == off) {
			next = step(raw, off);
			buf_addc(&out, raw.p[next - 1]);
		}
		off = next;
	}
	return buf_str(&out);
}

bool link_is(struct str raw, const char *url)
{
	struct str want = str_c(url);
	size_t off = 0, n = 0;

	raw = str_trim(raw);
	while (off < raw.n) {
		size_t next = step(raw, off);

		/* what a character reference stands for is cmark's knowledge,
		 * and it looks for them before it does for backslashes */
		if (raw.p[next - 1] == '&')
			return true;
		if (n >= want.n || want.p[n++] != raw.p[next - 1])
			return false;
		off = next;
	}
	return n == want.n;
}
