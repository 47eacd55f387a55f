#include <inttypes.h>

#include "rune/json.h"
#include "rune/str.h"
#include "rune/utf8.h"

void json_begin(struct json_writer *w, struct buf *out, unsigned base_indent)
{
	*w = (struct json_writer){ out, 0, base_indent, true, false };
}

static void new_line(struct json_writer *w)
{
	buf_addc(w->out, '\n');
	buf_fill(w->out, ' ', w->base + 2 * (size_t)w->depth);
}

/* What stands before a value or a key. */
static void separate(struct json_writer *w)
{
	if (w->key) {
		w->key = false;
		return;
	}
	if (!w->depth)
		return;
	if (!w->first)
		buf_addc(w->out, ',');
	w->first = false;
	new_line(w);
}

void json_open(struct json_writer *w, char bracket)
{
	BUG_IF(bracket != '{' && bracket != '[');
	separate(w);
	buf_addc(w->out, bracket);
	w->depth++;
	w->first = true;
}

void json_close(struct json_writer *w, char bracket)
{
	BUG_IF(!w->depth || w->key || (bracket != '}' && bracket != ']'));
	w->depth--;
	if (!w->first)
		new_line(w);
	buf_addc(w->out, bracket);
	w->first = false;
}

void json_key(struct json_writer *w, struct str key)
{
	BUG_IF(w->key || !w->depth);
	separate(w);
	json_quote(w->out, key);
	buf_addz(w->out, ": ");
	w->key = true;
}

void json_string(struct json_writer *w, struct str s)
{
	separate(w);
	json_quote(w->out, s);
}

void json_int(struct json_writer *w, int64_t n)
{
	separate(w);
	buf_addf(w->out, "%" PRId64, n);
}

void json_put(struct json_writer *w, const char *key, struct str value)
{
	json_key(w, str_c(key));
	json_string(w, value);
}

void json_put_text(struct json_writer *w, const char *key, const char *value)
{
	json_put(w, key, str_c(value));
}

void json_put_count(struct json_writer *w, const char *key, size_t n)
{
	json_key(w, str_c(key));
	json_int(w, (int64_t)n);
}

void json_bool(struct json_writer *w, bool b)
{
	separate(w);
	buf_addz(w->out, b ? "true" : "false");
}

void json_null(struct json_writer *w)
{
	separate(w);
	buf_addz(w->out, "null");
}

void json_raw(struct json_writer *w, struct str text)
{
	separate(w);
	buf_add(w->out, text);
}

/* "</script" and "<!--" would end or open something where JSON stands in HTML. */
static bool opens_markup(struct str s, size_t off)
{
	char next = off + 1 < s.n ? s.p[off + 1] : '\0';

	return s.p[off] == '<' &&
	       (next == '/' || next == '!' || next == 's' || next == 'S');
}

/* The bytes [from, to) of `s`, one code point or one malformed byte. */
static void quote_one(struct buf *out, struct str s, size_t from, size_t to, int32_t cp)
{
	static const char shorthand[] = "\b\f\n\r\t\"\\";
	const char *at = cp > 0 && cp < 0x80 ? strchr(shorthand, cp) : NULL;

	if (at) {
		buf_addc(out, '\\');
		buf_addc(out, "bfnrt\"\\"[at - shorthand]);
	} else if (cp < 0) {
		buf_addz(out, "\\ufffd");
	} else if (cp < 0x20 || cp == 0x7f || cp == 0x2028 || cp == 0x2029 ||
		   opens_markup(s, from)) {
		buf_addf(out, "\\u%04" PRIx32, (uint32_t)cp);
	} else {
		buf_add(out, str_sub(s, from, to - from));
	}
}

void json_quote(struct buf *out, struct str s)
{
	size_t off = 0;

	buf_addc(out, '"');
	while (off < s.n) {
		size_t from = off;
		int32_t cp = utf8_next(s, &off);

		quote_one(out, s, from, off, cp);
	}
	buf_addc(out, '"');
}
