/* mesh_line.c - the shapes in which people write down a connection.
 *
 *     - `scout` (L2): reason          * **scout** (L2) - reason
 *     - rune:scout (L1/L2): reason    - `scout`, `plan` (L2): reason
 *     - scout (L2): reason            | `scout` | L2 | reason |
 *
 * A name is marked (code, bold, a link, `rune:`) or, where it is plain, must be
 * followed by a layer, a colon, a dash or the end: else any sentence would be a
 * connection. Names after that are part of the reason. */
#include "model.h"
#include "rune/str.h"

#define LINE_MAX_NAMES 32

struct scan {
	struct str s;
	struct span at; /* of s */
	size_t i;
};

struct edges {
	struct arena *a;
	struct mesh_edge *v;
	size_t n, cap;
};

static bool more(const struct scan *c)
{
	return c->i < c->s.n;
}

static bool next_is(const struct scan *c, struct str what)
{
	return str_starts(str_from(c->s, c->i), what);
}

static bool take(struct scan *c, struct str what)
{
	if (!next_is(c, what))
		return false;
	c->i += what.n;
	return true;
}

static void skip_space(struct scan *c)
{
	while (more(c) && char_is_space(c->s.p[c->i]))
		c->i++;
}

static bool name_char(char c)
{
	return char_is_lower(c) || char_is_digit(c) || c == '-';
}

/* ---- names --------------------------------------------------------------------- */

static size_t skip_marks(struct scan *c, bool *code)
{
	size_t from = c->i;

	while (more(c) && strchr("*_`[", c->s.p[c->i])) {
		*code |= c->s.p[c->i] == '`';
		c->i++;
	}
	return c->i - from;
}

/* The far side of a marked name; false if more than the name stood inside. */
static bool skip_closing(struct scan *c, bool code)
{
	bool closed = false;

	while (more(c) && strchr("*_`]", c->s.p[c->i])) {
		closed |= c->s.p[c->i] == '`';
		c->i++;
	}
	if (take(c, STR("(")) && c->i >= 2 && c->s.p[c->i - 2] == ']') {
		size_t end = str_find_char(c->s, ')', c->i);

		c->i = end == STR_NPOS ? c->s.n : end + 1;
	} else if (c->i && c->s.p[c->i - 1] == '(') {
		c->i--;
	}
	return closed || !code;
}

/* One name; `plain` tells that nothing marks it as one. */
static bool take_name(struct scan *c, struct span *out, bool *plain)
{
	size_t back = c->i, from;
	bool code = false, marked = skip_marks(c, &code) > 0;

	marked |= take(c, STR("rune:"));
	if (next_is(c, STR("@")) && str_find_char(c->s, '/', c->i) != STR_NPOS)
		c->i = str_find_char(c->s, '/', c->i) + 1;
	from = c->i;
	while (more(c) &&
		(name_char(c->s.p[c->i]) ||
			(c->s.p[c->i] == '/' && c->i > from && c->i + 1 < c->s.n &&
				name_char(c->s.p[c->i + 1]))))
		c->i++;
	*out = (struct span){ c->at.src, c->at.off + (uint32_t)from,
		(uint32_t)(c->i - from) };
	*plain = !marked;
	if (c->i > from && c->s.p[from] != '-' && c->s.p[c->i - 1] != '-' &&
		(!more(c) || (!char_is_alnum(c->s.p[c->i]) && c->s.p[c->i] != '.')) &&
		skip_closing(c, code))
		return true;
	c->i = back;
	return false;
}

static bool take_joint(struct scan *c)
{
	static const struct str joints[] = { STR_INIT(", and "), STR_INIT(", or "),
		STR_INIT(","), STR_INIT("/"), STR_INIT("+"), STR_INIT("&"), STR_INIT(";"),
		STR_INIT("and "), STR_INIT("or ") };
	size_t back = c->i;

	skip_space(c);
	for (size_t i = 0; i < COUNTOF(joints); i++)
		if (take(c, joints[i])) {
			skip_space(c);
			return true;
		}
	c->i = back;
	return false;
}

static bool is_label(struct str s)
{
	return s.n >= 2 && s.p[0] == 'L' && s.p[1] >= '0' && s.p[1] <= '4';
}

/* "(L2)", "(L1/L2)", "(L2, optional)". */
static bool take_label(struct scan *c, struct str *out)
{
	size_t back = c->i, end;

	skip_space(c);
	if (take(c, STR("("))) {
		end = str_find_char(c->s, ')', c->i);
		if (end != STR_NPOS) {
			*out = str_trim(str_sub(c->s, c->i, end - c->i));
			c->i = end + 1;
			if (is_label(*out))
				return true;
		}
	}
	c->i = back;
	*out = STR_NONE;
	return false;
}

/* Names with their layers; `structured` tells that something after a plain name
 * shows that it is one. False if there is no name. */
static bool take_names(struct scan *c, const struct doc *d, struct edges *e,
	bool *any_plain, bool *labelled)
{
	size_t first = e->n, unlabelled = e->n;
	struct span at;
	struct str label;
	bool plain;

	*any_plain = *labelled = false;
	while (e->n - first < LINE_MAX_NAMES) {
		size_t back = c->i;
		struct mesh_edge *x;

		if ((e->n > first && !take_joint(c)) || !take_name(c, &at, &plain) ||
			(plain && e->n > first && !*any_plain)) {
			c->i = back;
			break;
		}
		*any_plain |= plain;
		x = arena_push(e->a, struct mesh_edge, e->v, e->n, e->cap);
		x->kind = EDGE_CALL;
		x->target = doc_text(d, at);
		x->span = at;
		if (take_label(c, &label)) {
			*labelled = true;
			for (; unlabelled < e->n; unlabelled++)
				e->v[unlabelled].label = label;
		}
	}
	return e->n > first;
}

/* ---- lines --------------------------------------------------------------------- */

static void skip_marker(struct scan *c)
{
	size_t from;

	skip_space(c);
	from = c->i;
	while (more(c) && char_is_digit(c->s.p[c->i]))
		c->i++;
	if (c->i > from) {
		if (!take(c, STR(". ")) && !take(c, STR(") ")))
			c->i = from;
	} else if (!take(c, STR("- ")) && !take(c, STR("* "))) {
		take(c, STR("+ "));
	}
	skip_space(c);
	if (take(c, STR("[ ] ")) || take(c, STR("[x] ")))
		skip_space(c);
	if (take(c, STR("\xe2\x86\x92")) || take(c, STR("\xe2\x86\x90")) ||
		take(c, STR("->")) || take(c, STR("<-")))
		skip_space(c);
}

/* What separates the names from the reason. */
static bool take_separator(struct scan *c)
{
	static const struct str seps[] = { STR_INIT(":"), STR_INIT("\xe2\x80\x94"),
		STR_INIT("\xe2\x80\x93"), STR_INIT("--"), STR_INIT("- "),
		STR_INIT("\xe2\x86\x92"), STR_INIT("->"), STR_INIT("=") };

	skip_space(c);
	for (size_t i = 0; i < COUNTOF(seps); i++)
		if (take(c, seps[i]))
			return true;
	return false;
}

static void set_reason(struct edges *e, size_t first, struct str reason)
{
	reason = fold_space(reason, e->a);
	for (size_t i = first; i < e->n; i++)
		e->v[i].reason = reason;
}

static void parse_item(const struct doc *d, struct span line, struct edges *e)
{
	struct scan c = { doc_text(d, line), line, 0 };
	bool plain, labelled, separated;

	skip_marker(&c);
	if (!take_names(&c, d, e, &plain, &labelled))
		return;
	separated = take_separator(&c);
	if (plain && !labelled && !separated && more(&c)) {
		e->n = 0;
		return;
	}
	set_reason(e, 0, str_from(c.s, c.i));
}

/* The row that `line` is, unless it is a header or a delimiter; nrow if none. */
static uint32_t find_row(const struct doc *d, struct span line)
{
	uint32_t lo = 0, hi = d->nrow;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (span_end(d->row[mid].span) <= line.off)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo >= d->nrow || d->row[lo].span.off >= span_end(line))
		return d->nrow;
	if (lo < 2 || d->row[lo - 2].table != d->row[lo].table)
		return d->nrow;
	return lo;
}

static void parse_row(const struct doc *d, const struct doc_row *row, struct edges *e)
{
	struct str label = STR_NONE, reason = STR_NONE;
	bool plain, labelled, first = true;

	for (uint32_t i = 0; i<row->ncell; i++, first &= label.n> 0) {
		struct span at = d->cell[row->first_cell + i];
		struct scan c = { doc_text(d, at), at, 0 };
		struct str bare = c.s;

		if (bare.n && bare.p[0] == '(')
			bare = str_from(bare, 1);
		if (is_label(bare) && bare.n <= 12) {
			label = bare;
			if (label.p[label.n - 1] == ')')
				label.n--;
			continue;
		}
		if (!e->n && take_names(&c, d, e, &plain, &labelled)) {
			skip_space(&c);
			if (!plain || (first && !more(&c)))
				continue;
			e->n = 0;
		}
		if (e->n)
			reason = c.s;
	}
	for (size_t i = 0; i < e->n; i++)
		if (!e->v[i].label.n)
			e->v[i].label = label;
	set_reason(e, 0, reason);
}

size_t mesh_parse_line(const struct doc *d, struct span line, struct arena *a,
	const struct mesh_edge **out)
{
	struct edges e = { .a = a };
	struct str s = str_trim(doc_text(d, line));
	uint32_t row;

	if (s.n && s.p[0] == '|') {
		row = find_row(d, line);
		if (row < d->nrow)
			parse_row(d, &d->row[row], &e);
	} else {
		parse_item(d, line, &e);
	}
	*out = e.v;
	return e.n;
}

/* ---- around the lines ---------------------------------------------------------- */

bool mesh_heading(struct str title, enum edge_kind *kind)
{
	size_t at = str_find(title, STR(" ("), 0);
	struct str s = at == STR_NPOS ? title : str_sub(title, 0, at);

	while (s.n && strchr("*_ ", s.p[0]))
		s = str_from(s, 1);
	while (s.n && strchr("*_: ", s.p[s.n - 1]))
		s.n--;
	if (str_eq_nocase(s, STR("calls"))) {
		*kind = EDGE_CALL;
		return true;
	}
	*kind = EDGE_CALLED_BY;
	return str_eq_nocase(s, STR("called by")) || str_eq_nocase(s, STR("called-by"));
}

bool mesh_remark(struct str item)
{
	static const struct str starts[] = { STR_INIT("none"), STR_INIT("no"),
		STR_INIT("nothing"), STR_INIT("n/a"), STR_INIT("user"), STR_INIT("users"),
		STR_INIT("the user"), STR_INIT("any"), STR_INIT("every"), STR_INIT("all"),
		STR_INIT("nobody") };
	struct scan c = { item, SPAN_NONE, 0 };

	skip_marker(&c);
	while (more(&c) && strchr("*_`(", c.s.p[c.i]))
		c.i++;
	item = str_from(c.s, c.i);
	for (size_t i = 0; i < COUNTOF(starts); i++)
		if (str_eq_nocase(str_sub(item, 0, starts[i].n), starts[i]) &&
			(item.n == starts[i].n || !char_is_alnum(item.p[starts[i].n])))
			return true;
	return !item.n;
}
