#include "diag/print.h"

#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* ---- text that cannot harm a terminal ------------------------------------------- */

/* Control characters, and those that reorder or hide what is beside them. */
static bool is_hostile(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x61c || cp == 0x200b ||
	       cp == 0x200e || cp == 0x200f || (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff ||
	       (cp >= 0xe0000 && cp <= 0xe007f);
}

/* Append the character at s[*off], advance, and return the columns it takes. */
size_t print_char(struct buf *out, struct str s, size_t *off)
{
	size_t from = *off, before = out->n;
	int32_t cp = utf8_next(s, off);
	struct str bytes = str_sub(s, from, *off - from);

	if (cp >= 0 && !is_hostile(cp)) {
		buf_add(out, bytes);
		return utf8_width(bytes);
	}
	if (cp < 0)
		buf_addf(out, "<%02X>", (unsigned)(unsigned char)s.p[from]);
	else if (cp == '\n')
		buf_addz(out, "\\n");
	else if (cp == '\r')
		buf_addz(out, "\\r");
	else if (cp == '\t')
		buf_addz(out, "\\t");
	else
		buf_addf(out, "<U+%04X>", (unsigned)cp);
	return out->n - before;
}

void print_safe(struct buf *out, struct str s)
{
	size_t off = 0;

	while (off < s.n)
		print_char(out, s, &off);
}

/* ---- JSON ----------------------------------------------------------------------- */

void print_json_string(struct buf *out, struct str s)
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

/* ---- places --------------------------------------------------------------------- */

struct linecol print_locate16(const struct source *src, uint32_t off)
{
	struct linecol lc = source_locate(src, off);
	struct str before = str_sub(src->text, off - (lc.col - 1), lc.col - 1);
	size_t at = 0;
	int32_t cp;

	lc.col = 1;
	if (lc.line == 1 && str_starts(before, STR("\xef\xbb\xbf")))
		at = 3; /* an editor shows no byte order mark */
	while (at < before.n) {
		cp = utf8_next(before, &at);
		lc.col += cp > 0xffff ? 2 : 1;
	}
	return lc;
}

struct str print_path(const struct diag_tool *tool, struct str path, struct arena *a)
{
	struct str full = path_normalize(a, path_join(a, tool->cwd, path));

	if (!tool->root.n || !path_is_below(full, tool->root) || full.n <= tool->root.n)
		return full;
	return str_from(full, tool->root.n + (tool->root.n > 1));
}

void print_notes(struct buf *out, const struct diag *d, const struct source_set *sources)
{
	for (const struct diag_note *n = d->notes; n; n = n->next) {
		const struct source *src =
			n->at.src ? source_get(sources, n->at.src) : NULL;

		buf_addc(out, '\n');
		if (src && src->text.n)
			buf_addf(out, "%.*s:%u: ", STR_ARG(src->path),
				(unsigned)source_locate(src, n->at.off).line);
		else if (src)
			buf_addf(out, "%.*s: ", STR_ARG(src->path));
		buf_add(out, n->text);
	}
}
