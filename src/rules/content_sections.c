/* content_sections.c - the sections that a skill of ours has. */
#include "rules/checks.h"

#include "rune/str.h"

/* What a reader of any skill looks for; the others depend on what it is about. */
static const struct str required[] = { STR_INIT("Sharp Edges"), STR_INIT("Done When"),
	STR_INIT("Cost Profile") };

/* Where a missing section would stand: the end of the text. */
static struct span body_end(const struct doc *d)
{
	return (struct span){ d->src->id, span_end(d->body), 0 };
}

void content_sections(const struct rule_ctx *c, const struct skill *s)
{
	if (!rule_ours(&s->meta))
		return;
	for (size_t i = 0; i < COUNTOF(required); i++) {
		struct diag *d;

		if (doc_section_find(s->doc, required[i]))
			continue;
		d = diag_report(c->sink, RULE_SECTION_MISSING, body_end(s->doc),
			"skill '%.*s' has no section '%.*s'", STR_ARG(s->meta.name),
			STR_ARG(required[i]));
		diag_note(c->sink, d, SPAN_NONE, "add a heading '## %.*s'",
			STR_ARG(required[i]));
	}
}
