/* limits.c - refuse, before cmark reads it, what would take it time or memory
 * out of all proportion: a few bytes open a container, each blank line that
 * follows is matched against all of them; and each link that is closed looks at
 * all images that are open before it. */
#include "body.h"

#define CONTAINERS_MAX 4096 /* opened on one line */
#define CONTAINER_WORK 50000000u /* deepest line × blank lines */
#define BRACKET_WORK   200000000u /* "![" × "]" in a paragraph, summed up */

struct counts {
	uint32_t deepest; /* containers that a line may open or keep open */
	uint32_t blank;
	uint32_t images, brackets; /* in this paragraph */
	uint64_t work;
};

/* Where the rest of the line is a thematic break: marks of one kind only. */
static uint32_t break_start(struct str s, uint32_t off, uint32_t end)
{
	uint32_t at = end, marks = 0;
	char mark;

	while (at > off && char_is_space(s.p[at - 1]))
		at--;
	if (at == off || !memchr("-*_", s.p[at - 1], 3))
		return end;
	mark = s.p[at - 1];
	while (at > off && (s.p[at - 1] == mark || char_is_space(s.p[at - 1])))
		marks += s.p[--at] == mark;
	return marks >= 3 ? at : end;
}

/* Containers that the marks at the start of a line could open, and those that
 * its indentation could keep open. */
static uint32_t count_containers(
	struct str s, uint32_t off, uint32_t end, uint32_t *marks)
{
	uint32_t stop = break_start(s, off, end), columns = 0, digits;

	for (*marks = 0; off < stop; off++) {
		char c = s.p[off];

		if (c == ' ' || c == '\t') {
			columns += c == '\t' ? 4 : 1;
			continue;
		}
		for (digits = off; digits < stop && char_is_digit(s.p[digits]);)
			digits++;
		if (digits > off && digits < stop && memchr(".)", s.p[digits], 2))
			off = digits;
		else if (!memchr(">-+*", c, 4))
			break;
		++*marks;
	}
	return *marks ? *marks + columns / 2 : 0;
}

static void end_paragraph(struct counts *n)
{
	n->work += (uint64_t)n->images * n->brackets;
	n->images = n->brackets = 0;
}

static void count_brackets(struct counts *n, struct str s, uint32_t off, uint32_t end)
{
	const char *to = s.p + end, *p;

	for (p = s.p + off; (p = memchr(p, ']', (size_t)(to - p))); p++)
		n->brackets++;
	for (p = s.p + off; (p = memchr(p, '!', (size_t)(to - p))); p++)
		n->images += p + 1 < to && p[1] == '[';
}

static bool refuse(struct body *b, uint32_t off, const char *what)
{
	diag_report(
		b->sink, RULE_DOC_DEPTH, (struct span){ b->src->id, off, 0 }, "%s", what);
	return false;
}

bool limits_check(struct body *b)
{
	struct str text = { b->src->text.p, span_end(b->span) };
	uint32_t off = b->span.off, next;
	struct counts n = { 0 };

	for (; off < text.n; off = next) {
		uint32_t end = line_end(text, off, &next), marks;
		uint32_t depth = count_containers(text, off, end, &marks);

		if (marks > CONTAINERS_MAX)
			return refuse(b, off, "a line opens too many lists or quotes");
		if (depth > n.deepest)
			n.deepest = depth;
		count_brackets(&n, text, off, end);
		if (!str_trim(str_sub(text, off, end - off)).n) {
			n.blank++;
			end_paragraph(&n);
		}
		if ((uint64_t)n.deepest * n.blank > CONTAINER_WORK)
			return refuse(b, off, "lists and quotes are nested too deeply");
		if (n.work + (uint64_t)n.images * n.brackets > BRACKET_WORK)
			return refuse(b, off, "brackets are nested too deeply");
	}
	return true;
}
