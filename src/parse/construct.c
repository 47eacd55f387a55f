/* construct.c - what rune acts on: references and tool names in runs, gates,
 * sections. */
#include "body.h"
#include "rune/utf8.h"

const struct str tool_name[TOOL__COUNT] = {
#define TOOL(id) [TOOL_##id] = STR_INIT(#id),
#include "rune/tools.def"
#undef TOOL
};

/* Letters of the scripts that write words with spaces between: next to one, a
 * name is part of a longer word. In Chinese or Japanese text it is not. */
static bool is_foreign_letter(int32_t cp)
{
	return (cp >= 0xc0 && cp <= 0x24f && cp != 0xd7 && cp != 0xf7) ||
	       (cp >= 0x370 && cp <= 0x52f) || (cp >= 0x1e00 && cp <= 0x1fff);
}

static bool is_name_char(char c)
{
	return char_is_lower(c) || char_is_digit(c) || c == '-';
}

/* May a reference begin after the bytes before `off`? */
static bool may_begin(struct str text, uint32_t off, uint32_t floor)
{
	uint32_t from = off;
	size_t pos;
	char c;

	if (off == floor)
		return true;
	c = text.p[off - 1];
	if ((unsigned char)c < 0x80)
		return !char_is_alnum(c) && !memchr("_-/:.@#$%&=?", c, 12);
	do
		from--;
	while (from > floor && ((unsigned char)text.p[from] & 0xc0) == 0x80);
	pos = from;
	return !is_foreign_letter(utf8_next(text, &pos));
}

/* May a name end before `off`? Not within a word, file name or path. */
static bool may_end(struct str text, uint32_t off)
{
	size_t pos = off;
	char c = off < text.n ? text.p[off] : '\0';
	char next = off + 1 < text.n ? text.p[off + 1] : '\0';

	if ((unsigned char)c >= 0x80)
		return !is_foreign_letter(utf8_next(text, &pos));
	if (char_is_alnum(c) || c == '_')
		return false;
	return !c || !memchr(".:@=/&%$", c, 8) || (!char_is_alnum(next) && next != c);
}

static uint32_t skip_token(struct str text, uint32_t off, uint32_t end)
{
	if (off >= end || !is_name_char(text.p[off]) || text.p[off] == '-')
		return off;
	while (off < end && is_name_char(text.p[off]))
		off++;
	while (text.p[off - 1] == '-')
		off--;
	return off;
}

/* After the name at `off`, with the part behind its slash; `off` if it is none. */
static uint32_t skip_name(struct str text, uint32_t off, uint32_t end)
{
	uint32_t name = skip_token(text, off, end), part = name;

	if (name > off && name + 1 < end && text.p[name] == '/') {
		part = skip_token(text, name + 1, end);
		/* "rune:a/rune:b" are two */
		if (part > name + 1 && part < end && text.p[part] == ':' &&
			str_eq(str_sub(text, name + 1, part - name - 1), STR("rune")))
			return name;
		if (part == name + 1)
			part = name;
	}
	return may_end(text, part) ? part : off;
}

/* The inside of a code span, without white space around it. */
static struct span code_inside(struct str text, struct span code)
{
	uint32_t from = code.off, end = span_end(code);

	while (from < end && text.p[from] == '`')
		from++;
	end -= from - code.off;
	while (from < end && char_is_space(text.p[from]))
		from++;
	while (end > from && char_is_space(text.p[end - 1]))
		end--;
	return (struct span){ code.src, from, end - from };
}

/* The colon at `colon` is that of "rune:", outside any longer word. */
static bool is_reference(const struct body *b, const struct doc_run *run, uint32_t colon)
{
	struct str text = b->src->text;

	return colon >= run->span.off + 4 && !memcmp(text.p + colon - 4, "rune", 4) &&
	       may_begin(text, colon - 4, b->span.off);
}

static void add_reference(
	struct body *b, const struct doc_run *run, uint32_t colon, uint32_t end)
{
	struct doc_ref *ref = body_push(b, struct doc_ref, ref);
	uint32_t src = b->src->id;

	ref->form = run->kind == RUN_CODE ? REF_PART : REF_BARE;
	ref->span = (struct span){ src, colon - 4, end - (colon - 4) };
	ref->name = (struct span){ src, colon + 1, end - colon - 1 };
	ref->block = run->block;
	if (run->kind == RUN_CODE) {
		struct span inside = code_inside(b->src->text, run->span);

		if (inside.off == ref->span.off && inside.len == ref->span.len) {
			ref->form = REF_CODE;
			ref->span = run->span;
		}
	}
}

static void find_references(struct body *b, const struct doc_run *run)
{
	struct str text = b->src->text;
	uint32_t pos = run->span.off, end = span_end(run->span);

	while (pos < end) {
		const char *p = memchr(text.p + pos, ':', end - pos);
		uint32_t colon, after;

		if (!p)
			break;
		colon = (uint32_t)(p - text.p);
		pos = colon + 1;
		if (end - colon > 2 && p[1] == '/' && p[2] == '/') {
			/* a URL: none of it is ours */
			while (pos < end && !char_is_space(text.p[pos]))
				pos++;
		} else if (is_reference(b, run, colon)) {
			after = skip_name(text, pos, end);
			if (after > pos)
				add_reference(b, run, colon, after);
			pos = after;
		}
	}
}

static void find_tool(struct body *b, const struct doc_run *run)
{
	struct str inside = source_slice(b->src, code_inside(b->src->text, run->span));

	for (size_t i = 0; i < TOOL__COUNT; i++) {
		if (str_eq(inside, tool_name[i])) {
			*body_push(b, struct doc_tool, tool) =
				(struct doc_tool){ (enum tool)i, run->span, run->block };
			break;
		}
	}
}

void construct_run(struct body *b, const struct doc_run *run)
{
	find_references(b, run);
	if (run->kind == RUN_CODE)
		find_tool(b, run);
}

static void unclosed_gate(struct body *b, struct doc_gate *gate, bool report)
{
	struct diag *d;
	uint32_t from = span_end(gate->open);

	gate->close = (struct span){ b->src->id, span_end(b->span), 0 };
	gate->body = (struct span){ b->src->id, from, span_end(b->span) - from };
	if (!report)
		return;
	d = diag_report(
		b->sink, RULE_GATE_UNCLOSED, gate->open, "'<HARD-GATE>' is never closed");
	diag_note(b->sink, d, SPAN_NONE, "write '</HARD-GATE>' where the gate ends");
}

/* A closing tag belongs to the last one that is open. */
void construct_gates(struct body *b)
{
	size_t *open = arena_array(b->scratch, size_t, b->tag.n + 1), n = 0;

	for (size_t i = 0; i < b->tag.n; i++) {
		const struct tag *t = &b->tag.v[i];
		struct doc_gate *gate;

		if (!t->close) {
			open[n++] = b->gate.n;
			body_push(b, struct doc_gate, gate)->open = t->span;
			continue;
		}
		if (!n)
			continue;
		gate = &b->gate.v[open[--n]];
		gate->close = t->span;
		gate->body = (struct span){ t->span.src, span_end(gate->open),
			t->span.off - span_end(gate->open) };
	}
	for (size_t i = 0; i < n; i++)
		unclosed_gate(b, &b->gate.v[open[i]], i < REPORTS_MAX);
}

/* Sections end where one of the same or a higher level begins: keep those that
 * are open on a stack, one per level at most. */
static void close_sections(
	struct body *b, size_t *open, size_t *n, uint32_t level, uint32_t off)
{
	while (*n && b->section.v[open[*n - 1]].level >= level) {
		struct doc_section *s = &b->section.v[open[--*n]];

		s->span.len = off - s->span.off;
		s->body.len = off - s->body.off;
		s->end = (uint32_t)b->section.n;
	}
}

static uint32_t next_line(const struct body *b, uint32_t off)
{
	uint32_t next;

	line_end(b->src->text, off, &next);
	return next;
}

void construct_sections(struct body *b)
{
	size_t open[8], n = 0;

	for (node_id i = b->node.v[0].first_child; i; i = b->node.v[i].next) {
		const struct node *h = &b->node.v[i];
		uint32_t end = span_end(h->span);

		if (h->kind != DOC_HEADING)
			continue;
		close_sections(b, open, &n, h->level, h->span.off);
		open[n++] = b->section.n;
		*body_push(b, struct doc_section, section) = (struct doc_section){
			.heading = i,
			.level = h->level,
			.title = h->text,
			.span = h->span,
			.body = { h->span.src, next_line(b, end), 0 },
		};
	}
	close_sections(b, open, &n, 0, span_end(b->span));
}
