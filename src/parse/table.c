/* table.c - pipe tables, recognised as GitHub does: a line of hyphens, colons
 * and pipes below a line with as many cells. cmark reads a paragraph. */
#include "body.h"

static struct range trim(struct str s, struct range r)
{
	while (r.from < r.to && char_is_space(s.p[r.from]))
		r.from++;
	while (r.to > r.from && char_is_space(s.p[r.to - 1]))
		r.to--;
	return r;
}

void row_begin(struct row_reader *r, struct str s, uint32_t from, uint32_t end)
{
	struct range line = trim(s, (struct range){ from, end });

	*r = (struct row_reader){ s, line.from, line.to, false };
	if (r->pos < r->end && s.p[r->pos] == '|') {
		r->pos++;
		r->after_bar = true;
	}
}

/* A backslash keeps the bar behind it in the cell, in code spans too. */
bool row_cell(struct row_reader *r, struct range *cell)
{
	uint32_t pos = r->pos;

	while (pos < r->end && r->s.p[pos] != '|')
		pos += r->s.p[pos] == '\\' && pos + 1 < r->end ? 2 : 1;
	if (pos == r->pos && pos == r->end)
		return false;
	*cell = trim(r->s, (struct range){ r->pos, pos });
	r->after_bar = pos < r->end;
	r->pos = pos + r->after_bar;
	return true;
}

static uint32_t count_cells(struct str s, uint32_t from, uint32_t end)
{
	struct row_reader r;
	struct range cell;
	uint32_t n = 0;

	row_begin(&r, s, from, end);
	while (row_cell(&r, &cell))
		n++;
	return n;
}

static bool is_delimiter_cell(struct str s, struct range r)
{
	uint32_t hyphens = 0;

	if (r.from < r.to && s.p[r.from] == ':')
		r.from++;
	while (r.from < r.to && s.p[r.from] == '-') {
		r.from++;
		hyphens++;
	}
	if (r.from < r.to && s.p[r.from] == ':')
		r.from++;
	return hyphens && r.from == r.to;
}

/* How many columns the delimiter row has; 0 if it is none. */
static uint32_t delimiter_columns(struct str s, uint32_t from, uint32_t end)
{
	struct row_reader r;
	struct range cell;
	uint32_t n = 0;

	for (uint32_t i = from; i < end; i++)
		if (!memchr("|:- \t\v\f", s.p[i], 7))
			return 0;
	row_begin(&r, s, from, end);
	for (; row_cell(&r, &cell); n++)
		if (!is_delimiter_cell(s, cell))
			return 0;
	return n;
}

bool table_find(struct str s, uint32_t from, uint32_t *header)
{
	uint32_t next, end = line_end(s, from, &next);

	while (next < s.n) {
		uint32_t at = next, columns;
		uint32_t at_end = line_end(s, at, &next);

		columns = delimiter_columns(s, at, at_end);
		if (columns && columns == count_cells(s, from, end)) {
			*header = from;
			return true;
		}
		from = at;
		end = at_end;
	}
	return false;
}
