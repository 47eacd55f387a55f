/* content_length.c - how much there is to read: for the model, and for clients
 * that cut what is too long. */
#include "rules/checks.h"
#include "rules/content.h"

#include "rune/str.h"
#include "rune/utf8.h"

#define LINES_MAX      500 /* Agent Skills specification */
#define TOKENS_MAX     5000 /* the same */
#define TOKEN_CHARS    4 /* what Claude Code counts with; English is near it */
#define PROSE_LINE_MAX 2000 /* characters */

/* ---- the body ---------------------------------------------------------------------- */

static void check_lines(const struct rule_ctx *c, const struct rule_file *f)
{
	const struct source *src = f->src;
	uint32_t from = f->doc->body.off, end = span_end(f->doc->body);
	size_t lines = text_lines(src, from, end), tokens;
	uint32_t first = source_locate(src, from).line;
	struct diag *d;

	tokens = f->doc->body.len > TOKENS_MAX * TOKEN_CHARS
			 ? utf8_count(doc_text(f->doc, f->doc->body)) / TOKEN_CHARS
			 : 0;
	if (lines > LINES_MAX) {
		d = diag_report(c->sink, RULE_BODY_LINES,
			rule_span(f, src->line[first - 1 + LINES_MAX], 0),
			"body has %zu lines; at most %d are advised", lines, LINES_MAX);
	} else if (tokens > TOKENS_MAX) {
		d = diag_report(c->sink, RULE_BODY_TOKENS, rule_span(f, from, 0),
			"body has about %zu tokens; at most %d are advised", tokens,
			TOKENS_MAX);
	} else {
		return;
	}
	diag_note(c->sink, d, SPAN_NONE,
		"move what is not needed every time to files in references/, and say "
		"when to read each");
}

/* ---- clients ----------------------------------------------------------------------- */

/* What of a skill's file reaches the model. Measured by letting each client read a
 * file of 62 kB. Cline's bound may depend on the model, so that it counts only when
 * the user names Cline. */
static const struct reader {
	const char *platform, *title;
	uint32_t max;
	bool chars; /* else bytes */
	bool sure;
	const char *what;
} readers[] = {
	{ "cline", "Cline", 8000, true, false,
		"the beginning and the end of 8,000 characters" },
	{ "qwen", "Qwen Code", 25000, true, true,
		"a preview of 2,000 characters above 25,000" },
	{ "codex", "Codex", 40000, false, true, "40,000 bytes, the middle is left out" },
	{ "kilo", "Kilo", 51200, false, true, "the first 51,200 bytes" },
	{ "opencode", "OpenCode", 51200, false, true, "the first 51,200 bytes" },
	{ "openclaw", "OpenClaw", 256000, false, true,
		"nothing of a file over 256,000 bytes" },
};

static const struct adapter *named(const struct rule_ctx *c, const char *platform)
{
	for (size_t i = 0; c->o->named && i < c->o->nplatform; i++)
		if (str_eq(c->o->platform[i]->name, str_c(platform)))
			return c->o->platform[i];
	return NULL;
}

/* Of a project the emitted file is measured, which is what counts. */
static bool measured_elsewhere(const struct rule_ctx *c, const struct adapter *ad)
{
	return !c->o->scan && (ad->limits.body || ad->limits.shown);
}

static void report_others(
	const struct rule_ctx *c, const struct rule_file *f, struct diag **d, size_t n)
{
	if (!*d)
		*d = diag_report(c->sink, RULE_BODY_CUT_ELSEWHERE, rule_span(f, 0, 0),
			"some clients do not give the model all of this file's %zu bytes",
			f->src->text.n);
	diag_note(c->sink, *d, SPAN_NONE, "%s: %s", readers[n].title, readers[n].what);
}

static void check_readers(const struct rule_ctx *c, const struct rule_file *f)
{
	size_t bytes = f->src->text.n, chars = 0;
	struct diag *others = NULL;

	for (size_t i = 0; i < COUNTOF(readers); i++) {
		const struct reader *r = &readers[i];
		const struct adapter *ad = named(c, r->platform);

		if (bytes <= r->max || (c->o->named ? !ad : !r->sure))
			continue;
		if (r->chars && !chars)
			chars = utf8_count(f->src->text);
		if (r->chars && chars <= r->max)
			continue;
		if (!ad)
			report_others(c, f, &others, i);
		else if (!measured_elsewhere(c, ad))
			diag_report(c->sink, RULE_BODY_CUT, rule_span(f, 0, 0),
				"%s gives the model %s; this file has %zu", r->title,
				r->what, r->chars ? chars : bytes);
	}
}

/* ---- lines ------------------------------------------------------------------------- */

static void check_paragraph(const struct rule_ctx *c, const struct doc *d, struct span p)
{
	struct str rest = doc_text(d, p), line;

	while (str_line(&rest, &line)) {
		size_t n = line.n > PROSE_LINE_MAX ? utf8_count(line) : 0;
		struct diag *r;

		if (n <= PROSE_LINE_MAX)
			continue;
		r = diag_report(c->sink, RULE_LINE_LONG,
			(struct span){ p.src, (uint32_t)(line.p - d->src->text.p), 1 },
			"a line of prose of %zu characters", n);
		diag_note(c->sink, r, SPAN_NONE,
			"make paragraphs or a list of it: tools that show files line by "
			"line cut it");
	}
}

static void check_prose(const struct rule_ctx *c, const struct doc *d)
{
	for (uint32_t i = 1; i < d->nnode; i++)
		if (d->node[i].kind == DOC_PARAGRAPH &&
			d->node[i].span.len > PROSE_LINE_MAX)
			check_paragraph(c, d, d->node[i].span);
}

void content_length(const struct rule_ctx *c, const struct rule_file *f)
{
	if (!f->doc)
		return;
	if (f->kind == FILE_SKILL) {
		check_lines(c, f);
		check_readers(c, f);
	}
	check_prose(c, f->doc);
}
