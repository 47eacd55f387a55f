/* headings.c - shifts heading levels, so that a text that becomes a section of
 * another one fits there. Underlined headings exist for two levels only and
 * become ones with number signs. */
#include "passes.h"

#include "rune/str.h"

static uint32_t shifted(uint32_t level, int32_t shift)
{
	int64_t to = (int64_t)level + shift;

	return to < 1 ? 1 : to > 6 ? 6 : (uint32_t)to;
}

static struct str number_signs(struct arena *a, uint32_t n, const char *after)
{
	return str_fmt(a, "%.*s%s", (int)n, "######", after);
}

/* End of the last line that holds text, seen from the underline. */
static size_t content_end(struct str text, size_t underline)
{
	size_t end = underline;

	while (end && text.p[end - 1] != '\n')
		end--;
	while (end && char_is_space(text.p[end - 1]))
		end--;
	return end;
}

/* A line break of the title is a space in the one line that it gets. What comes
 * before the text on the next line are marks of quotes and lists. */
static void join_lines(
	const struct pass_ctx *c, struct edit_list *out, uint32_t off, struct str title)
{
	for (size_t at = 0; (at = str_find_char(title, '\n', at)) != STR_NPOS;) {
		size_t from = at, to = at + 1;

		while (from && char_is_space(title.p[from - 1]))
			from--;
		while (to < title.n && (char_is_space(title.p[to]) || title.p[to] == '>'))
			to++;
		edit_add(out, off + (uint32_t)from, (uint32_t)(to - from), STR(" "),
			c->pass);
		at = to;
	}
}

/* Number signs at the end would be taken for the end of the heading. */
static void guard_end(
	const struct pass_ctx *c, struct edit_list *out, uint32_t off, struct str title)
{
	size_t n = title.n;

	while (n && title.p[n - 1] == '#')
		n--;
	if (n < title.n && n && char_is_space(title.p[n - 1]))
		edit_add(out, off + (uint32_t)n, 0, STR("\\"), c->pass);
}

static void shift_setext(const struct pass_ctx *c, struct edit_list *out,
	const struct node *h, uint32_t to)
{
	struct str text = str_trim(doc_text(c->unit->doc, h->span)), title;
	uint32_t off = (uint32_t)(text.p - c->unit->doc->src->text.p);

	if (!str_ends(text, h->level == 1 ? STR("=") : STR("-")))
		return;
	title = str_sub(text, 0, content_end(text, text.n));
	if (!title.n)
		return;
	edit_add(out, off, 0, number_signs(c->a, to, " "), c->pass);
	join_lines(c, out, off, title);
	guard_end(c, out, off, title);
	edit_add(out, off + (uint32_t)title.n, (uint32_t)(text.n - title.n), STR_NONE,
		c->pass);
}

static void shift_heading(const struct pass_ctx *c, struct edit_list *out,
	const struct node *h, uint32_t to)
{
	struct str text = doc_text(c->unit->doc, h->span);
	size_t indent = 0, n = 0;

	while (indent < text.n && text.p[indent] == ' ')
		indent++;
	while (indent + n < text.n && text.p[indent + n] == '#')
		n++;
	if (!n)
		shift_setext(c, out, h, to);
	else if (n == h->level)
		edit_add(out, h->span.off + (uint32_t)indent, h->level,
			number_signs(c->a, to, ""), c->pass);
}

void pass_headings(const struct pass_ctx *c, struct edit_list *out)
{
	const struct doc *d = c->unit->doc;

	for (node_id i = 1; i < d->nnode && c->unit->shift; i++) {
		const struct node *h = &d->node[i];
		uint32_t to = shifted(h->level, c->unit->shift);

		if (h->kind == DOC_HEADING && to != h->level && pass_covers(c, h->span))
			shift_heading(c, out, h, to);
	}
}
