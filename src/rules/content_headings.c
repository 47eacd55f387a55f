/* content_headings.c - headings: their order, what stands under them, and whether
 * numbered steps follow one another. */
#include "rules/content.h"

#include "rune/str.h"

/* A text of so many lines is hard to find one's way in without headings. */
#define HEADLESS_LINES 80
#define TITLE_SHOWN    60 /* bytes of a title in a message */

#define SHOWN(s) STR_ARG(str_sub((s), 0, TITLE_SHOWN))

static struct span heading_span(const struct doc *d, const struct doc_section *s)
{
	return d->node[s->heading].span;
}

/* ---- order ------------------------------------------------------------------------- */

/* Roles, modes and commands are a few lines, a part may begin below its pack. */
static bool is_whole(const struct rule_file *f)
{
	return f->kind == FILE_SKILL || f->kind == FILE_PACK || f->kind == FILE_REFERENCE;
}

static void check_levels(
	const struct rule_ctx *c, const struct rule_file *f, uint32_t sound)
{
	const struct doc *d = f->doc;
	uint32_t before = is_whole(f) ? 1 : 6;

	for (uint32_t i = 0; i < d->nsection && d->section[i].span.off < sound; i++) {
		const struct doc_section *s = &d->section[i];
		struct diag *r;

		if (s->level > before + 1) {
			r = diag_report(c->sink, RULE_HEADING_SKIPPED, heading_span(d, s),
				i ? "heading of level %u follows one of level %u"
				  : "first heading is of level %u",
				s->level, before);
			diag_note(c->sink, r, SPAN_NONE, "level %u comes next",
				i ? before + 1 : 1);
		}
		before = s->level;
	}
}

static void check_tops(const struct rule_ctx *c, const struct doc *d, uint32_t sound)
{
	const struct doc_section *first = NULL, *second = NULL;
	struct diag *r;
	size_t n = 0;

	for (uint32_t i = 0; i < d->nsection && d->section[i].span.off < sound; i++) {
		if (d->section[i].level != 1 || !d->section[i].title.n)
			continue;
		if (n == 0)
			first = &d->section[i];
		if (n == 1)
			second = &d->section[i];
		n++;
	}
	if (n < 2)
		return;
	r = diag_report(c->sink, RULE_HEADING_TOPS, heading_span(d, second),
		"%zu headings of level 1", n);
	diag_note(c->sink, r, heading_span(d, first), "the title is here");
}

static void check_headless(const struct rule_ctx *c, const struct doc *d)
{
	size_t lines = text_lines(d->src, d->body.off, span_end(d->body));
	struct diag *r;

	if (d->nsection || lines <= HEADLESS_LINES)
		return;
	r = diag_report(c->sink, RULE_HEADING_NONE,
		(struct span){ d->src->id, d->body.off, 0 },
		"%zu lines without a heading", lines);
	diag_note(c->sink, r, SPAN_NONE, "name its parts with lines '## …'");
}

/* ---- contents ---------------------------------------------------------------------- */

/* No text and no headings below it, not even a comment. */
static bool is_empty(const struct doc *d, uint32_t i)
{
	const struct doc_section *s = &d->section[i];

	return s->end == i + 1 && !str_trim(doc_text(d, s->body)).n;
}

static void check_contents(const struct rule_ctx *c, const struct doc *d, uint32_t sound)
{
	for (uint32_t i = 0; i < d->nsection && d->section[i].span.off < sound; i++) {
		const struct doc_section *s = &d->section[i];
		struct diag *r;

		if (!s->title.n) {
			diag_report(c->sink, RULE_HEADING_EMPTY, heading_span(d, s),
				"heading without a title");
			continue;
		}
		if (!is_empty(d, i))
			continue;
		r = diag_report(c->sink, RULE_SECTION_EMPTY, heading_span(d, s),
			"nothing stands under '%.*s'", SHOWN(s->title));
		diag_note(c->sink, r, SPAN_NONE, "fill it, or take the heading out");
	}
}

/* A title and what it stands under; those seen so far, by hash. */
struct title {
	const struct doc_section *section;
	uint32_t parent;
};

static uint64_t title_hash(const struct title *t)
{
	uint64_t h = 14695981039346656037u ^ t->parent;

	for (size_t i = 0; i < t->section->title.n; i++) {
		char ch = t->section->title.p[i];

		h = (h ^ (unsigned char)(char_is_upper(ch) ? ch | 0x20 : ch)) *
		    1099511628211u;
	}
	return h ^ h >> 32;
}

/* The one that is like it and came before; NULL, after putting it down, if none. */
static const struct doc_section *title_seen(
	struct title *slot, size_t nslot, const struct title *t)
{
	size_t i = title_hash(t) & (nslot - 1);

	for (; slot[i].section; i = (i + 1) & (nslot - 1))
		if (slot[i].parent == t->parent &&
			slot[i].section->level == t->section->level &&
			str_eq_nocase(slot[i].section->title, t->section->title))
			return slot[i].section;
	slot[i] = *t;
	return NULL;
}

/* The same title twice under one heading. */
static void check_repeats(const struct rule_ctx *c, const struct doc *d, uint32_t sound)
{
	uint32_t last[8] = { 0 }; /* by level: its last heading's number */
	size_t nslot = 4;
	struct title *slot;

	while (nslot < 2 * (size_t)d->nsection)
		nslot *= 2;
	slot = arena_array(c->a, struct title, nslot);
	for (uint32_t i = 0; i < d->nsection && d->section[i].span.off < sound; i++) {
		struct title t = { &d->section[i], 0 };
		const struct doc_section *first;
		struct diag *r;

		for (uint32_t k = 1; k < t.section->level; k++)
			t.parent = last[k] ? last[k] : t.parent;
		for (uint32_t k = t.section->level; k < COUNTOF(last); k++)
			last[k] = 0;
		last[t.section->level] = i + 1;
		first = t.section->title.n ? title_seen(slot, nslot, &t) : NULL;
		if (!first)
			continue;
		r = diag_report(c->sink, RULE_HEADING_REPEATED,
			heading_span(d, t.section), "two headings '%.*s' under one",
			SHOWN(t.section->title));
		diag_note(c->sink, r, heading_span(d, first), "the other one is here");
	}
}

void content_headings(const struct rule_ctx *c, const struct rule_file *f, uint32_t sound)
{
	const struct doc *d = f->doc;

	check_levels(c, f, sound);
	check_contents(c, d, sound);
	if (d->nsection > 1)
		check_repeats(c, d, sound);
	if (!is_whole(f))
		return;
	check_tops(c, d, sound);
	if (f->kind != FILE_REFERENCE)
		check_headless(c, d);
}
