/* frontmatter_bytes.c - what the bytes of a text are like: line ends, encoding. */
#include "rules/checks.h"

#include "rune/str.h"

/* As its first line does. */
static bool ends_crlf(struct str text)
{
	size_t lf = str_find_char(text, '\n', 0);

	return lf != STR_NPOS && lf && text.p[lf - 1] == '\r';
}

void frontmatter_end_of_file(const struct rule_ctx *c, const struct rule_file *f)
{
	struct str text = f->src->text;
	struct str end = ends_crlf(text) ? STR("\r\n") : STR("\n");
	struct diag *d;

	if (!text.n || text.p[text.n - 1] == '\n')
		return;
	d = diag_report(c->sink, RULE_EOF_NEWLINE, rule_span(f, text.n, 0),
		"file does not end with a line feed");
	diag_fix(c->sink, d, "end the last line");
	diag_edit(c->sink, d, d->at, end);
}

/* ---- line ends --------------------------------------------------------------------- */

void frontmatter_line_ends(const struct rule_ctx *c, const struct rule_file *f)
{
	struct str text = f->src->text;
	size_t cr = str_find_char(text, '\r', 0), n = 0, bare = 0;
	struct diag *d;

	if (cr == STR_NPOS)
		return;
	for (size_t i = cr; i != STR_NPOS; i = str_find_char(text, '\r', i + 1)) {
		n++;
		bare += i + 1 == text.n || text.p[i + 1] != '\n';
	}
	d = diag_report(c->sink, RULE_LINE_ENDS, rule_span(f, cr, 1),
		"%zu lines end with a carriage return", n);
	diag_note(c->sink, d, SPAN_NONE,
		"files with LF alone are the same bytes on every system");
	if (bare) /* what is meant is not plain */
		return;
	diag_fix(c->sink, d, "end all lines with LF");
	for (size_t i = cr; i != STR_NPOS; i = str_find_char(text, '\r', i + 1))
		diag_edit(c->sink, d, rule_span(f, i, 1), STR_NONE);
}

/* ---- the fences --------------------------------------------------------------------- */

/* What ends the line at `off`: 0, 1 or 2 bytes before `end`. */
static size_t line_end_bytes(struct str line)
{
	if (str_ends(line, STR("\r\n")))
		return 2;
	return str_ends(line, STR("\n")) || str_ends(line, STR("\r"));
}

/* [from, to): the line of a fence, its end included. */
static bool check_fence(
	const struct rule_ctx *c, const struct rule_file *f, size_t from, size_t to)
{
	struct str line = str_sub(f->src->text, from, to - from), mark;
	struct diag *d;

	mark = str_sub(line, 0, line.n - line_end_bytes(line));
	if (str_eq(mark, STR("---")))
		return true;
	d = diag_report(c->sink, RULE_FM_FENCE, rule_span(f, from, mark.n),
		str_starts(mark, STR("."))
			? "frontmatter is closed by '...', which clients do not take"
			: "there are blanks behind the '---' of the frontmatter");
	diag_note(c->sink, d, SPAN_NONE,
		"clients look for a line that is exactly '---', and find no frontmatter "
		"here");
	diag_fix(c->sink, d, "make it '---'");
	diag_edit(c->sink, d, d->at, STR("---"));
	return false;
}

void frontmatter_fences(const struct rule_ctx *c, const struct rule_file *f)
{
	size_t open, close;

	if (!f->doc || !f->doc->has_frontmatter)
		return;
	open = str_starts(f->src->text, STR("\xef\xbb\xbf")) ? 3 : 0;
	close = span_end(f->doc->frontmatter);
	if (f->doc->frontmatter.off > open &&
		str_find_char(f->src->text, '\n', 0) >= f->doc->frontmatter.off) {
		diag_report(c->sink, RULE_FM_FENCE, rule_span(f, open, 3),
			"lines end with a carriage return alone: clients find no "
			"frontmatter");
		return;
	}
	if (check_fence(c, f, open, f->doc->frontmatter.off))
		check_fence(c, f, close, f->doc->body.off);
}

void frontmatter_body(const struct rule_ctx *c, const struct rule_file *f)
{
	if (f->doc && f->doc->has_frontmatter &&
		!str_trim(doc_text(f->doc, f->doc->body)).n)
		diag_report(c->sink, RULE_BODY_EMPTY, rule_span(f, 0, 0),
			"there is nothing below the frontmatter");
}
