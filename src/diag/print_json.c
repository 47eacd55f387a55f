#include "diag/print.h"
#include "rune/str.h"

/* The JSON writer proper stands above this layer; diagnostics are a flat shape
 * and need only lists of members. */
struct json_printer {
	struct buf *out;
	const struct source_set *sources;
	unsigned indent;
};

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
	print_json_string(p->out, value);
}

static void put_number(
	struct json_printer *p, unsigned depth, const char *key, uint32_t n)
{
	put_key(p, depth, false, key);
	buf_addf(p->out, "%u", (unsigned)n);
}

static void put_range(struct json_printer *p, unsigned depth, struct span at, bool end)
{
	const struct source *src = source_get(p->sources, at.src);
	struct linecol lc = source_locate(src, at.off);

	put_number(p, depth, "line", lc.line);
	put_number(p, depth, "column", lc.col);
	if (!end)
		return;
	lc = source_locate(src, span_end(at));
	put_number(p, depth, "endLine", lc.line);
	put_number(p, depth, "endColumn", lc.col);
}

/* path, and the lines and columns of the span where there is text. */
static void put_place(struct json_printer *p, unsigned depth, struct span at, bool end)
{
	const struct source *src = at.src ? source_get(p->sources, at.src) : NULL;

	if (!src)
		return;
	put_text(p, depth, false, "path", src->path);
	if (src->text.n)
		put_range(p, depth, at, end);
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

static void put_fix(struct json_printer *p, const struct diag *d)
{
	put_key(p, 2, false, "fix");
	buf_addc(p->out, '{');
	put_text(p, 3, true, "description", d->fix);
	put_text(p, 3, false, "path", source_get(p->sources, d->edit->at.src)->path);
	put_key(p, 3, false, "edits");
	buf_addc(p->out, '[');
	for (const struct diag_edit *e = d->edit; e; e = e->next) {
		new_line(p, 4);
		buf_addc(p->out, '{');
		put_text(p, 5, true, "text", e->with);
		put_range(p, 5, e->at, true);
		new_line(p, 4);
		buf_addz(p->out, e->next ? "}," : "}");
	}
	new_line(p, 3);
	buf_addc(p->out, ']');
	new_line(p, 2);
	buf_addc(p->out, '}');
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
	if (d->edit)
		put_fix(p, d);
	if (d->fingerprint.n)
		put_text(p, 2, false, "fingerprint", d->fingerprint);
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
