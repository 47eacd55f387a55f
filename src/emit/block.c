#include "rune/block.h"
#include "rune/buf.h"
#include "rune/path.h"
#include "rune/str.h"

enum block_style block_style_of(struct str path)
{
	static const struct str hash_ext[] = {
		STR_INIT(".yml"),
		STR_INIT(".yaml"),
		STR_INIT(".toml"),
		STR_INIT(".conf"),
		STR_INIT(".cfg"),
		STR_INIT(".ini"),
		STR_INIT(".sh"),
		STR_INIT(".properties"),
	};
	struct str base = path_base(path), ext = path_ext(path);

	for (size_t i = 0; i < COUNTOF(hash_ext); i++)
		if (str_eq_nocase(ext, hash_ext[i]))
			return BLOCK_HASH;
	/* .gitignore, .aiderignore, .env: names that are all extension */
	if (!ext.n && base.n > 1 && base.p[0] == '.' && !str_ends(base, STR("rules")) &&
		!str_ends(base, STR("hints")))
		return BLOCK_HASH;
	return BLOCK_HTML;
}

/* ---- reading markers ---------------------------------------------------------------- */

enum mark_kind { MARK_NONE, MARK_BEGIN, MARK_END };

/* A line that is a marker, whoever's. */
struct mark {
	enum mark_kind kind;
	struct str owner;
	size_t off; /* of the line */
	size_t end; /* of the line, without its end */
	size_t next; /* offset of the next line */
};

/* The text of a comment that takes the whole line; else empty. Formatters
 * change indentation and inner spaces, so neither counts. */
static struct str comment_of(struct str line, enum block_style style)
{
	line = str_trim(line);
	if (style == BLOCK_HASH) {
		if (!str_starts(line, STR("#")))
			return STR_NONE;
		return str_trim(str_from(line, 1));
	}
	if (!str_starts(line, STR("<!--")) || !str_ends(line, STR("-->")) || line.n < 7)
		return STR_NONE;
	return str_trim(str_sub(line, 4, line.n - 7));
}

static enum mark_kind parse_mark(
	struct str line, enum block_style style, struct str *owner)
{
	static const struct str begin = STR_INIT("rune:begin"),
				end = STR_INIT("rune:end");
	struct str text = comment_of(line, style);
	enum mark_kind kind = MARK_NONE;

	if (str_starts(text, begin)) {
		kind = MARK_BEGIN;
		text = str_from(text, begin.n);
	} else if (str_starts(text, end)) {
		kind = MARK_END;
		text = str_from(text, end.n);
	}
	if (kind == MARK_NONE || !text.n || !char_is_space(text.p[0]))
		return MARK_NONE;
	*owner = str_trim(text);
	return kind;
}

/* The next marker at or after `m->next`; false if there is none. */
static bool next_mark(struct str text, enum block_style style, struct mark *m)
{
	while (m->next < text.n) {
		size_t nl = str_find_char(text, '\n', m->next);

		m->off = m->next;
		m->next = nl == STR_NPOS ? text.n : nl + 1;
		m->end = nl == STR_NPOS ? text.n : nl;
		if (m->end > m->off && text.p[m->end - 1] == '\r')
			m->end--;
		m->kind = parse_mark(
			str_sub(text, m->off, m->end - m->off), style, &m->owner);
		if (m->kind != MARK_NONE)
			return true;
	}
	return false;
}

/* ---- finding the region ------------------------------------------------------------- */

struct region {
	bool found;
	struct mark begin, end;
	/* Of damaged markers: what is wrong, and with which one. */
	const char *damage;
	struct mark at;
};

static void damaged(struct region *r, const struct mark *m, const char *what)
{
	if (r->damage)
		return;
	r->damage = what;
	r->at = *m;
}

/* A marker of the owner we look for. */
static void see_own(struct region *r, const struct mark *m)
{
	if (m->kind == MARK_BEGIN) {
		if (r->begin.kind != MARK_NONE)
			damaged(r, m, "the region begins twice");
		r->begin = *m;
	} else if (r->begin.kind == MARK_NONE) {
		damaged(r, m, "the region ends before it begins");
	} else if (r->end.kind != MARK_NONE) {
		damaged(r, m, "the region ends twice");
	} else {
		r->end = *m;
	}
}

static struct region find_region(
	struct str text, enum block_style style, struct str owner)
{
	struct region r = { 0 };
	struct mark m = { 0 };

	while (next_mark(text, style, &m)) {
		if (str_eq(m.owner, owner))
			see_own(&r, &m);
		else if (r.begin.kind != MARK_NONE && r.end.kind == MARK_NONE)
			damaged(&r, &m,
				"another region's marker stands inside the region");
	}
	if (r.begin.kind != MARK_NONE && r.end.kind == MARK_NONE)
		damaged(&r, &r.begin, "the region never ends");
	r.found = !r.damage && r.end.kind != MARK_NONE;
	return r;
}

static bool report_damage(
	const struct region *r, struct str owner, struct span at, struct diag_sink *sink)
{
	struct diag *d;

	if (at.src) {
		at.off += (uint32_t)r->at.off;
		at.len = (uint32_t)(r->at.end - r->at.off);
	}
	d = diag_report(sink, RULE_OUT_MARKERS, at, "markers of '%.*s' are damaged: %s",
		STR_ARG(owner), r->damage);
	diag_note(sink, d, SPAN_NONE,
		"one 'rune:begin %.*s' line and one 'rune:end %.*s' line after it belong "
		"around the generated text; put them right, or remove both and what is "
		"between them",
		STR_ARG(owner), STR_ARG(owner));
	return false;
}

/* ---- writing ------------------------------------------------------------------------ */

static void put_marker(
	struct buf *out, enum block_style style, const char *verb, struct str owner)
{
	if (style == BLOCK_HTML)
		buf_addf(out, "<!-- rune:%s %.*s -->", verb, STR_ARG(owner));
	else
		buf_addf(out, "# rune:%s %.*s", verb, STR_ARG(owner));
}

/* `body` as whole lines that end in `eol`. */
static void put_body(struct buf *out, struct str body, struct str eol)
{
	struct str line;

	while (str_line(&body, &line)) {
		buf_add(out, line);
		buf_add(out, eol);
	}
}

/* The end of the text's first line tells what its lines end in. A lone CR at the end
 * of all will be a CRLF's once a line end follows. */
static struct str eol_of(struct str text)
{
	size_t nl = str_find_char(text, '\n', 0);
	size_t end = nl == STR_NPOS ? text.n : nl;

	return end && text.p[end - 1] == '\r' ? STR("\r\n") : STR("\n");
}

static bool body_is_clean(struct str body, enum block_style style, struct str owner,
	struct span at, struct diag_sink *sink)
{
	struct mark m = { 0 };

	if (!next_mark(body, style, &m))
		return true;
	diag_report(sink, RULE_OUT_MARKERS, at,
		"generated text for '%.*s' holds a marker of its own: '%.*s'",
		STR_ARG(owner), STR_ARG(str_trim(str_sub(body, m.off, m.end - m.off))));
	return false;
}

bool block_set(struct str text, enum block_style style, struct str owner, struct str body,
	struct span at, struct arena *a, struct diag_sink *sink, struct str *out)
{
	struct region r = find_region(text, style, owner);
	struct str eol = eol_of(text);
	struct buf b = BUF_INIT(a);

	if (r.damage)
		return report_damage(&r, owner, at, sink);
	if (!body_is_clean(body, style, owner, at, sink))
		return false;
	buf_add(&b, r.found ? str_sub(text, 0, r.begin.off) : text);
	if (!r.found && text.n) {
		if (text.p[text.n - 1] != '\n')
			buf_add(&b, eol);
		buf_add(&b, eol);
	}
	put_marker(&b, style, "begin", owner);
	buf_add(&b, eol);
	put_body(&b, body, eol);
	put_marker(&b, style, "end", owner);
	if (r.found)
		buf_add(&b, str_from(text, r.end.end));
	else
		buf_add(&b, eol);
	*out = buf_str(&b);
	return true;
}

bool block_remove(struct str text, enum block_style style, struct str owner,
	struct span at, struct arena *a, struct diag_sink *sink, struct str *out)
{
	struct region r = find_region(text, style, owner);
	struct str before, after;
	struct buf b = BUF_INIT(a);

	if (r.damage)
		return report_damage(&r, owner, at, sink);
	if (!r.found) {
		*out = text;
		return true;
	}
	before = str_sub(text, 0, r.begin.off);
	after = str_from(text, r.end.next);
	if (str_ends(before, STR("\n\r\n")))
		before.n -= 2;
	else if (str_ends(before, STR("\n\n")))
		before.n -= 1;
	buf_add(&b, before);
	buf_add(&b, after);
	*out = buf_str(&b);
	return true;
}

bool block_get(
	struct str text, enum block_style style, struct str owner, struct str *body)
{
	struct region r = find_region(text, style, owner);

	if (!r.found)
		return false;
	*body = str_sub(text, r.begin.next, r.end.off - r.begin.next);
	return true;
}
