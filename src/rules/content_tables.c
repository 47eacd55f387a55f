/* content_tables.c - pipe tables: rows of one width, and room before them. */
#include "rules/content.h"

#include "rune/str.h"

#define MISSING_MAX 32 /* cells of a row that are added */
#define ROWS_MAX    100 /* of a file that are reported */

/* ---- rows -------------------------------------------------------------------------- */

/* Empty cells at the end of a short row, in its own style. */
static struct str padding(const struct rule_ctx *c, struct str row, uint32_t missing)
{
	struct buf b = BUF_INIT(c->a);
	bool closed = row.n && row.p[row.n - 1] == '|' &&
		      (row.n < 2 || row.p[row.n - 2] != '\\');

	if (!closed)
		buf_addz(&b, " |");
	while (missing--)
		buf_addz(&b, " |");
	return buf_str(&b);
}

static bool is_row(struct str s)
{
	size_t bar = str_find_char(s, '|', 0);

	return bar != STR_NPOS && (!bar || s.p[bar - 1] != '\\');
}

static void check_row(const struct rule_ctx *c, const struct doc *d,
	const struct doc_row *row, uint32_t columns)
{
	struct span end = { row->span.src, span_end(row->span), 0 };
	struct diag *r = diag_report(c->sink, RULE_TABLE_WIDTH, row->span,
		"row has %u cell%s, the table has %u columns", row->ncell,
		row->ncell == 1 ? "" : "s", columns);

	if (row->ncell > columns) {
		diag_note(c->sink, r, SPAN_NONE,
			"a '|' in a cell, in code too, is written '\\|'; else add the "
			"column to the first two rows");
		return;
	}
	if (columns - row->ncell > MISSING_MAX)
		return;
	diag_fix(c->sink, r, "add the missing cells, empty");
	diag_edit(c->sink, r, end,
		padding(c, doc_text(d, row->span), columns - row->ncell));
}

/* ---- room -------------------------------------------------------------------------- */

/* Blank lines that are missing: one finding for all of a file. */
struct room {
	const struct rule_ctx *c;
	const struct doc *d;
	struct diag *diag;
	size_t more;
};

static struct span line_from(const struct doc *d, uint32_t off)
{
	struct str text = d->src->text;
	uint32_t end = off;

	while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
		end++;
	return (struct span){ d->src->id, off, end - off };
}

/* The line at `off` touches the one before it, and must not. */
static void add_room(struct room *m, node_id block, uint32_t off, const char *what)
{
	struct str text = m->d->src->text;

	if (m->diag)
		m->more++;
	else
		m->diag = diag_report(m->c->sink, RULE_TABLE_GLUED, line_from(m->d, off),
			"no blank line %s the table", what);
	/* in a list or a quote, a line is more than its end */
	if (m->d->node[block].parent)
		return;
	while (off && (text.p[off - 1] == ' ' || text.p[off - 1] == '\t'))
		off--;
	/* behind a lone carriage return, a line feed would end the same line */
	if (!off || text.p[off - 1] != '\n')
		return;
	if (!m->diag->edit)
		diag_fix(m->c->sink, m->diag, "put a blank line there");
	diag_edit(m->c->sink, m->diag, (struct span){ m->d->src->id, off, 0 },
		off > 1 && text.p[off - 2] == '\r' ? STR("\r\n") : STR("\n"));
}

/* The table's first line is the next after the paragraph's last. */
static bool is_glued(const struct doc *d, const struct node *before)
{
	const struct node *table = before->next ? &d->node[before->next] : NULL;
	struct str gap;
	size_t ends = 0;

	if (before->kind != DOC_PARAGRAPH || !table || table->kind != DOC_TABLE)
		return false;
	gap = str_sub(d->src->text, span_end(before->span),
		table->span.off - span_end(before->span));
	for (size_t i = 0; i < gap.n; i++)
		ends += gap.p[i] == '\n' ||
			(gap.p[i] == '\r' && (i + 1 == gap.n || gap.p[i + 1] != '\n'));
	return ends < 2;
}

static void check_rows(struct room *m, uint32_t sound)
{
	const struct doc *d = m->d;
	uint32_t columns = 0, told = 0;
	node_id table = 0;

	for (uint32_t i = 0; i < d->nrow && d->row[i].span.off < sound; i++) {
		const struct doc_row *row = &d->row[i];

		if (row->table != table) {
			table = row->table;
			columns = row->ncell;
		}
		if (row->ncell == columns)
			continue;
		/* a line of text is a row, too */
		if (row->ncell == 1 && !is_row(doc_text(d, row->span)))
			add_room(m, table, row->span.off, "behind");
		else if (told++ < ROWS_MAX)
			check_row(m->c, d, row, columns);
	}
}

void content_tables(const struct rule_ctx *c, const struct rule_file *f, uint32_t sound)
{
	const struct doc *d = f->doc;
	struct room m = { .c = c, .d = d };

	if (!d->nrow)
		return;
	for (node_id i = 1; i < d->nnode && d->node[i].span.off < sound; i++)
		if (is_glued(d, &d->node[i]))
			add_room(&m, d->node[i].next, d->node[d->node[i].next].span.off,
				"before");
	check_rows(&m, sound);
	if (m.more)
		diag_note(c->sink, m.diag, SPAN_NONE, "and in %zu more places", m.more);
}
