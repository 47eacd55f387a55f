/* content_fences.c - fenced code: is each closed, by its own end, and is it said
 * what is in it. What depends on that is checked from here. */
#include "rules/checks.h"
#include "rules/content.h"

#include "rune/str.h"

static void report_unclosed(
	const struct rule_ctx *c, const struct doc *d, const struct fence *f)
{
	struct diag *r = diag_report(c->sink, RULE_FENCE_UNCLOSED, f->open,
		f->closed ? "code fence is not closed before the next one opens"
			  : "code fence is never closed");

	if (f->inner.len)
		diag_note(c->sink, r, f->inner, "the next one opens here");
	diag_note(c->sink, r, SPAN_NONE, "write '%.*s' where the code ends",
		STR_ARG(doc_text(d, f->marks)));
}

static void report_early(const struct rule_ctx *c, const struct fence *f)
{
	struct diag *r = diag_report(c->sink, RULE_FENCE_EARLY, f->open,
		"code fence ends where the fence inside it does");

	diag_note(c->sink, r, f->inner, "the one inside opens here");
	diag_note(c->sink, r, SPAN_NONE,
		"give the outer one a backtick more, at both ends");
}

static void report_no_info(const struct rule_ctx *c, const struct fence *f)
{
	struct diag *r = diag_report(c->sink, RULE_FENCE_NO_INFO, f->open,
		"code fence does not say what is in it");

	diag_note(c->sink, r, SPAN_NONE,
		"name the language behind the backticks: bash, json, text, …");
}

/* HTML of this kind goes on to the next blank line, whatever is in it. */
static bool ends_at_blank(struct str html)
{
	static const struct str others[] = { STR_INIT("<!"), STR_INIT("<?"),
		STR_INIT("<pre"), STR_INIT("<script"), STR_INIT("<style"),
		STR_INIT("<textarea") };

	for (size_t i = 0; i < COUNTOF(others); i++)
		if (str_eq_nocase(str_sub(html, 0, others[i].n), others[i]))
			return false;
	return true;
}

/* An odd number of fences in a block of HTML: the last one opens code for a person,
 * but for a parser the end of that code does. Empty if all is well. */
static struct span fence_in_html(const struct doc *d, const struct node *n)
{
	struct str rest = doc_text(d, n->span), line, last = STR_NONE;
	size_t fences = 0;

	if (!ends_at_blank(rest))
		return SPAN_NONE;
	while (str_line(&rest, &line)) {
		line = str_trim(line);
		if (!str_starts(line, STR("```")) && !str_starts(line, STR("~~~")))
			continue;
		fences++;
		last = line;
	}
	if (fences % 2 == 0)
		return SPAN_NONE;
	return (struct span){ n->span.src, (uint32_t)(last.p - d->src->text.p),
		(uint32_t)last.n };
}

static void report_html(const struct rule_ctx *c, struct span at)
{
	struct diag *r = diag_report(c->sink, RULE_FENCE_IN_HTML, at,
		"code fence is part of the HTML before it");

	diag_note(
		c->sink, r, SPAN_NONE, "put a blank line between the tag and the fence");
}

/* Report about one block, unless `c` is NULL. True: text and code change places at
 * *from. */
static bool check_fence(const struct rule_ctx *c, const struct rule_file *f,
	const struct doc *d, const struct node *n, uint32_t *from)
{
	struct fence x = fence_read(d, n);

	*from = x.early ? span_end(n->span) : n->span.off;
	if (!c)
		return x.early || !x.closed;
	if (x.early)
		report_early(c, &x);
	else if (!x.closed || x.inner.len)
		report_unclosed(c, d, &x);
	else if (!n->text.n && rule_ours(f->meta))
		report_no_info(c, &x);
	return x.early || !x.closed;
}

static uint32_t check_fences(
	const struct rule_ctx *c, const struct rule_file *f, const struct doc *d)
{
	for (uint32_t i = 1; i < d->nnode; i++) {
		const struct node *n = &d->node[i];
		struct span at = SPAN_NONE;
		uint32_t from;

		if (n->kind == DOC_HTML_BLOCK)
			at = fence_in_html(d, n);
		if (at.len && c)
			report_html(c, at);
		if (at.len)
			return n->span.off;
		if (n->kind == DOC_CODE_BLOCK && n->level &&
			check_fence(c, f, d, n, &from))
			return from;
	}
	return span_end(d->body);
}

uint32_t content_sound(const struct doc *d)
{
	return check_fences(NULL, NULL, d);
}

void content_markdown(const struct rule_ctx *c, const struct rule_file *f)
{
	uint32_t sound;

	if (!f->doc)
		return;
	sound = check_fences(c, f, f->doc);
	if (content_is_material(f))
		return;
	content_headings(c, f, sound);
	content_steps(c, f, sound);
	content_tables(c, f, sound);
}
