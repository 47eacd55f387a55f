#include "rune/diag.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* The JSON writer proper stands above this layer; diagnostics are a flat shape
 * and need only lists of members. */
struct json_printer {
	struct buf *out;
	const struct source_set *sources;
	unsigned indent;
};

static void put_quoted(struct buf *out, struct str s)
{
	size_t off = 0;

	buf_addc(out, '"');
	while (off < s.n) {
		size_t from = off;
		int32_t cp = utf8_next(s, &off);

		if (cp < 0)
			buf_addz(out, "\\ufffd"); /* JSON is UTF-8; a path may not be */
		else if (cp == '"' || cp == '\\')
			buf_addf(out, "\\%c", (char)cp);
		else if (cp == '\n')
			buf_addz(out, "\\n");
		else if (cp == '\t')
			buf_addz(out, "\\t");
		else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
			 (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069))
			buf_addf(out, "\\u%04x", (unsigned)cp);
		else
			buf_add(out, str_sub(s, from, off - from));
	}
	buf_addc(out, '"');
}

static void new_line(struct json_printer *p, unsigned depth)
{
	buf_addc(p->out, '\n');
	buf_fill(p->out, ' ', p->indent + 2 * (size_t)depth);
}

/* "key": on a line of its own; the first member of an object has no comma. */
static void put_key(struct json_printer *p, unsigned depth, bool first, const char *key)
{
	if (!first)
		buf_addc(p->out, ',');
	new_line(p, depth);
	buf_addf(p->out, "\"%s\": ", key);
}

static void put_text(struct json_printer *p, unsigned depth, bool first, const char *key,
	struct str value)
{
	put_key(p, depth, first, key);
	put_quoted(p->out, value);
}

static void put_number(
	struct json_printer *p, unsigned depth, const char *key, uint32_t n)
{
	put_key(p, depth, false, key);
	buf_addf(p->out, "%u", (unsigned)n);
}

/* path, and the lines and columns of the span where there is text. */
static void put_place(struct json_printer *p, unsigned depth, struct span at, bool end)
{
	const struct source *src = at.src ? source_get(p->sources, at.src) : NULL;
	struct linecol lc;

	if (!src)
		return;
	put_text(p, depth, false, "path", src->path);
	if (!src->text.n)
		return;
	lc = source_locate(src, at.off);
	put_number(p, depth, "line", lc.line);
	put_number(p, depth, "column", lc.col);
	if (!end)
		return;
	lc = source_locate(src, span_end(at));
	put_number(p, depth, "endLine", lc.line);
	put_number(p, depth, "endColumn", lc.col);
}

static void put_notes(struct json_printer *p, const struct diag_note *n)
{
	put_key(p, 2, false, "notes");
	if (!n) {
		buf_addz(p->out, "[]");
		return;
	}
	buf_addc(p->out, '[');
	for (; n; n = n->next) {
		new_line(p, 3);
		buf_addc(p->out, '{');
		put_text(p, 4, true, "message", n->text);
		put_place(p, 4, n->at, false);
		new_line(p, 3);
		buf_addz(p->out, n->next ? "}," : "}");
	}
	new_line(p, 2);
	buf_addc(p->out, ']');
}

static void put_diag(struct json_printer *p, const struct diag *d)
{
	new_line(p, 1);
	buf_addc(p->out, '{');
	put_text(p, 2, true, "code", rule_info[d->rule].code);
	put_text(p, 2, false, "rule", rule_info[d->rule].slug);
	put_text(p, 2, false, "severity", severity_name(d->severity));
	put_text(p, 2, false, "message", d->message);
	put_place(p, 2, d->at, true);
	put_notes(p, d->notes);
	if (d->has_fixit)
		put_text(p, 2, false, "replacement", d->fixit);
	new_line(p, 1);
	buf_addc(p->out, '}');
}

void diag_print_json(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, unsigned indent)
{
	struct json_printer p = { out, sources, indent };

	buf_addc(out, '[');
	for (size_t i = 0; i < s->n; i++) {
		if (i)
			buf_addc(out, ',');
		put_diag(&p, s->v[i]);
	}
	if (s->n)
		new_line(&p, 0);
	buf_addc(out, ']');
}
