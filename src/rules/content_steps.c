/* content_steps.c - numbers that say an order: "Step 3", "2. Build", lists. */
#include "rules/content.h"

#include "rune/str.h"

/* Steps of one kind under one heading; of each level one series at a time. */
struct series {
	struct str word; /* "Step"; empty: a number alone */
	uint32_t last;
	const struct doc_section *at;
};

static uint32_t number_at(struct str s, size_t *off)
{
	uint32_t n = 0;

	for (; *off < s.n && char_is_digit(s.p[*off]); ++*off)
		n = n < 100000 ? n * 10 + (uint32_t)(s.p[*off] - '0') : n;
	return n;
}

/* "Step 3: Build" is 3, "3. Build" and "3) Build" too. *number is 0 for "Step 2a",
 * "Step 2.1" and "Phase 1-2", after which anything may follow. False: no step. */
static bool step_of(struct str title, struct str *word, uint32_t *number)
{
	size_t off = 0, from;
	char after, then;

	while (title.n && strchr("*_`", title.p[0]))
		title = str_from(title, 1);
	while (off < title.n && !char_is_space(title.p[off]) &&
		!char_is_digit(title.p[off]))
		off++;
	*word = str_sub(title, 0, off);
	if (word->n && !text_among(*word, "step phase stage"))
		return false;
	while (off < title.n && title.p[off] == ' ')
		off++;
	from = off;
	*number = number_at(title, &off);
	if (off == from)
		return false;
	after = off < title.n ? title.p[off] : ' ';
	then = off + 1 < title.n ? title.p[off + 1] : ' ';
	if (!word->n)
		return (after == '.' || after == ')') && char_is_space(then);
	if (char_is_alnum(after) || char_is_digit(then) || after == '-')
		*number = 0;
	return true;
}

static void report_step(const struct rule_ctx *c, const struct doc *d,
	const struct doc_section *s, uint32_t number, const struct series *before)
{
	struct diag *r = diag_report(c->sink, RULE_STEP_JUMP, d->node[s->heading].span,
		number == before->last ? "number %u stands twice"
				       : "number %u follows %u",
		number, before->last);

	diag_note(
		c->sink, r, d->node[before->at->heading].span, "the one before is here");
}

static void check_headings(const struct rule_ctx *c, const struct doc *d, uint32_t sound)
{
	struct series open[8] = { { .last = 0 } };

	for (uint32_t i = 0; i < d->nsection && d->section[i].span.off < sound; i++) {
		const struct doc_section *s = &d->section[i];
		struct series *x = &open[s->level];
		struct str word;
		uint32_t number;

		for (uint32_t k = s->level + 1; k < COUNTOF(open); k++)
			open[k].at = NULL;
		if (!step_of(s->title, &word, &number))
			continue;
		if (x->at && str_eq_nocase(word, x->word) && number > 1 &&
			number != x->last + 1)
			report_step(c, d, s, number, x);
		*x = (struct series){ word, number, number ? s : NULL };
	}
}

/* ---- lists ------------------------------------------------------------------------- */

static uint32_t item_number(const struct doc *d, node_id item, struct span *at)
{
	struct span s = d->node[item].span;
	size_t off = s.off;
	uint32_t n = number_at((struct str){ d->src->text.p, span_end(s) }, &off);

	*at = (struct span){ s.src, s.off, (uint32_t)off - s.off };
	return n;
}

/* Every item "1." is a way to let the renderer count. */
static void check_list(const struct rule_ctx *c, const struct doc *d, node_id list)
{
	node_id item = d->node[list].first_child;
	struct span at, before;
	uint32_t last = item ? item_number(d, item, &before) : 0, n;
	bool first = true;

	if (!item || !before.len)
		return;
	for (item = d->node[item].next; item; item = d->node[item].next) {
		struct diag *r;

		n = item_number(d, item, &at);
		if (first && n == last)
			return;
		if (n != last + 1) {
			r = diag_report(c->sink, RULE_STEP_JUMP, at,
				n == last ? "number %u stands twice"
					  : "number %u follows %u",
				n, last);
			diag_note(c->sink, r, before, "the one before is here");
			return;
		}
		last = n;
		before = at;
		first = false;
	}
}

void content_steps(const struct rule_ctx *c, const struct rule_file *f, uint32_t sound)
{
	const struct doc *d = f->doc;

	check_headings(c, d, sound);
	for (node_id i = 1; i < d->nnode && d->node[i].span.off < sound; i++)
		if (d->node[i].kind == DOC_LIST)
			check_list(c, d, i);
}
