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
