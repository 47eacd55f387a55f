/* content_sections.c - the sections that a skill of ours has. */
#include "rules/checks.h"

#include "rune/buf.h"
#include "rune/str.h"

/* What a reader of any skill looks for; the others depend on what it is about. */
static const struct str required[] = { STR_INIT("Sharp Edges"), STR_INIT("Done When"),
	STR_INIT("Cost Profile") };

/* Where a missing section would stand: the end of the text. */
static struct span body_end(const struct doc *d)
{
	return (struct span){ d->src->id, span_end(d->body), 0 };
}

/* Those that nearly every skill needs; of several names one will do. */
static const struct {
	const char *title;
	struct str any[3];
} advised[] = {
	{ "Purpose", { STR_INIT("Purpose") } },
	{ "Triggers", { STR_INIT("Triggers") } },
	{ "Calls (outbound)", { STR_INIT("Calls") } },
	{ "Called By (inbound)", { STR_INIT("Called By") } },
	{ "Workflow",
		{ STR_INIT("Workflow"), STR_INIT("Execution"), STR_INIT("Phases") } },
	{ "Constraints", { STR_INIT("Constraints") } },
	{ "Output Format", { STR_INIT("Output Format") } },
};

static bool has_any(const struct doc *d, const struct str *titles, size_t n)
{
	for (size_t i = 0; i < n && titles[i].n; i++)
		if (doc_section_find(d, titles[i]))
			return true;
	return false;
}

static void check_advised(const struct rule_ctx *c, const struct skill *s)
{
	struct buf missing = BUF_INIT(c->a);
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(advised); i++)
		if (!has_any(s->doc, advised[i].any, COUNTOF(advised[i].any)))
			buf_addf(&missing, "%s'%s'", n++ ? ", " : "", advised[i].title);
	if (n)
		diag_report(c->sink, RULE_SECTION_ADVISED, body_end(s->doc),
			"skill '%.*s' has no section %.*s", STR_ARG(s->meta.name),
			STR_ARG(buf_str(&missing)));
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
	check_advised(c, s);
}
