#include "diag/print.h"
#include "rune/str.h"
#include "rune/utf8.h"

#define TAB	      8
#define EXCERPT_COLS  110 /* a longer source line is shown in part */
#define EXCERPT_AHEAD 30 /* columns shown before the caret of such a line */
#define EXCERPT_BYTES 1024 /* looked at on either side of where the span begins */

/* ---- colour --------------------------------------------------------------------- */

struct text_printer {
	struct buf *out;
	const struct source_set *sources;
	bool color;
	struct buf cell; /* scratch: one character as it is displayed */
};

#define SGR_BOLD  "1"
#define SGR_DIM	  "2"
#define SGR_GREEN "1;32"
#define SGR_CYAN  "1;36"

static const char *severity_sgr(enum severity s)
{
	switch (s) {
	case SEV_OFF:
	case SEV_NOTE: return SGR_CYAN;
	case SEV_WARN: return "1;35";
	case SEV_ERROR:
	case SEV_FATAL: return "1;31";
	}
	return SGR_BOLD;
}

static void color_on(struct text_printer *p, const char *sgr)
{
	if (p->color)
		buf_addf(p->out, "\x1b[%sm", sgr);
}

static void color_off(struct text_printer *p)
{
	if (p->color)
		buf_addz(p->out, "\x1b[0m");
}

/* ---- the source line and what points at it -------------------------------------- */

/* A source line as it is displayed: which columns the span takes. */
struct excerpt {
	struct str line;
	uint32_t number;
	size_t from, to; /* of the span: byte offsets in `line` */
	size_t col_from, col_to; /* the same as columns */
	size_t cols; /* of the whole line */
	bool cut_before, cut_after; /* there is more of the line */
};

/* Append the cell at line[*off] which begins in column `col`. */
static size_t put_cell(struct buf *out, struct str line, size_t *off, size_t col)
{
	if (line.p[*off] == '\t') {
		size_t width = TAB - col % TAB;

		++*off;
		buf_fill(out, ' ', width);
		return width;
	}
	return print_char(out, line, off);
}

static void measure(struct excerpt *e, struct buf *cell)
{
	size_t off = 0, col = 0;

	while (off < e->line.n) {
		if (off <= e->from)
			e->col_from = col;
		if (off < e->to) {
			col += put_cell(cell, e->line, &off, col);
			e->col_to = col;
		} else {
			col += put_cell(cell, e->line, &off, col);
		}
		cell->n = 0;
	}
	e->cols = col;
	if (e->from >= e->line.n)
		e->col_from = col;
	if (e->col_to <= e->col_from)
		e->col_to = e->col_from + 1;
}

/* Print the columns [left, right) of the line. */
static void put_window(
	struct text_printer *p, const struct excerpt *e, size_t left, size_t right)
{
	size_t off = 0, col = 0;

	while (off < e->line.n && col < right) {
		size_t width;

		p->cell.n = 0;
		width = put_cell(&p->cell, e->line, &off, col);
		if (col >= left && col + width <= right)
			buf_add(p->out, buf_str(&p->cell));
		else if (col < left && col + width > left)
			buf_fill(p->out, ' ', col + width - left);
		col += width;
	}
	p->cell.n = 0;
}

static void put_gutter(struct text_printer *p, uint32_t number)
{
	color_on(p, SGR_DIM);
	if (number)
		buf_addf(p->out, "%5u | ", (unsigned)number);
	else
		buf_addz(p->out, "      | ");
	color_off(p);
}

/* A mark line below the excerpt, its text beginning in column `col`. */
static void begin_mark(struct text_printer *p, size_t col)
{
	put_gutter(p, 0);
	buf_fill(p->out, ' ', col);
	color_on(p, SGR_GREEN);
}

static void end_mark(struct text_printer *p)
{
	color_off(p);
	buf_addc(p->out, '\n');
}

/* The bytes of the line near the span: lines may be megabytes long. */
static void clip(struct excerpt *e)
{
	size_t cut = 0;

	if (e->from > EXCERPT_BYTES)
		cut = utf8_floor(e->line, e->from - EXCERPT_BYTES);
	if (e->line.n - e->from > EXCERPT_BYTES) {
		e->cut_after = true;
		e->line.n = utf8_floor(e->line, e->from + EXCERPT_BYTES);
	}
	e->cut_before = cut > 0;
	e->line = str_from(e->line, cut);
	e->from -= cut;
	e->to = e->to - cut < e->line.n ? e->to - cut : e->line.n;
}

static void put_excerpt(struct text_printer *p, const struct diag *d,
	const struct source *src, struct linecol at)
{
	struct excerpt e = { .line = source_line(src, at.line), .number = at.line };
	size_t left = 0, right, end;
	bool before, after;

	e.from = at.col - 1 < e.line.n ? at.col - 1 : e.line.n;
	e.to = d->at.len < e.line.n - e.from ? e.from + d->at.len : e.line.n;
	clip(&e);
	measure(&e, &p->cell);
	right = e.cols;
	if (e.cols > EXCERPT_COLS) {
		left = e.col_from > EXCERPT_AHEAD ? e.col_from - EXCERPT_AHEAD : 0;
		right = left + EXCERPT_COLS < e.cols ? left + EXCERPT_COLS : e.cols;
	}
	before = left || e.cut_before;
	after = right < e.cols || e.cut_after;
	put_gutter(p, e.number);
	buf_addz(p->out, before ? "…" : "");
	put_window(p, &e, left, right);
	buf_addz(p->out, after ? "…\n" : "\n");

	/* An empty span, and one at the end of the line, get a lone caret. */
	end = e.col_to < right ? e.col_to : right;
	left = e.col_from - left + before;
	begin_mark(p, left);
	buf_addc(p->out, '^');
	if (end > e.col_from + 1)
		buf_fill(p->out, '~', end - e.col_from - 1);
	end_mark(p);
	if (d->has_fixit && d->fixit.n && str_find_char(d->fixit, '\n', 0) == STR_NPOS) {
		begin_mark(p, left);
		print_safe(p->out, d->fixit);
		end_mark(p);
	}
}

/* ---- a diagnostic --------------------------------------------------------------- */

static const struct source *source_at(const struct text_printer *p, struct span at)
{
	return at.src ? source_get(p->sources, at.src) : NULL;
}

/* "path:line:col: ", "path: " or "rune: ". */
static void put_place(struct text_printer *p, const struct source *src, struct span at)
{
	color_on(p, SGR_BOLD);
	if (!src) {
		buf_addz(p->out, "rune:");
	} else if (!src->text.n) {
		print_safe(p->out, src->path);
		buf_addc(p->out, ':');
	} else {
		struct linecol lc = source_locate(src, at.off);

		print_safe(p->out, src->path);
		buf_addf(p->out, ":%u:%u:", (unsigned)lc.line, (unsigned)lc.col);
	}
	color_off(p);
	buf_addc(p->out, ' ');
}

static void put_label(struct text_printer *p, enum severity s)
{
	color_on(p, severity_sgr(s));
	buf_add(p->out, severity_name(s));
	buf_addc(p->out, ':');
	color_off(p);
	buf_addc(p->out, ' ');
}

static void put_fix(struct text_printer *p, struct str what)
{
	buf_addz(p->out, "    ");
	color_on(p, SGR_GREEN);
	buf_addz(p->out, "fix:");
	color_off(p);
	buf_addc(p->out, ' ');
	print_safe(p->out, what);
	buf_addc(p->out, '\n');
}

static void put_diag(struct text_printer *p, const struct diag *d)
{
	const struct source *src = source_at(p, d->at);

	put_place(p, src, d->at);
	put_label(p, d->severity);
	print_safe(p->out, d->message);
	buf_addc(p->out, ' ');
	color_on(p, SGR_DIM);
	buf_addf(p->out, "[%.*s]", STR_ARG(rule_info[d->rule].code));
	color_off(p);
	buf_addc(p->out, '\n');
	if (src && src->text.n) {
		struct linecol lc = source_locate(src, d->at.off);

		if (lc.line <= src->nline)
			put_excerpt(p, d, src, lc);
	}
	if (d->edit)
		put_fix(p, d->fix);
	for (const struct diag_note *n = d->notes; n; n = n->next) {
		const struct source *note_src = source_at(p, n->at);

		buf_addz(p->out, "    ");
		if (note_src)
			put_place(p, note_src, n->at);
		put_label(p, SEV_NOTE);
		print_safe(p->out, n->text);
		buf_addc(p->out, '\n');
	}
}

void diag_print_text(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, const struct diag_print_opts *opts)
{
	struct text_printer p = { out, sources, opts->color, BUF_INIT(out->a) };

	for (size_t i = 0; i < s->n; i++) {
		if (s->v[i]->severity < opts->min)
			continue;
		put_diag(&p, s->v[i]);
		if (opts->grouped &&
			(i + 1 == s->n || s->v[i]->at.src != s->v[i + 1]->at.src))
			buf_addc(out, '\n');
	}
}
