#include "body.h"

/* Line ends are looked for in pieces: a text may have one kind of them only, and
 * must not be searched to its end for the other kind on every line. */
#define LINE_PIECE 512

static uint32_t find_line_end(struct str s, uint32_t off)
{
	uint32_t n = (uint32_t)s.n;

	while (off < n) {
		uint32_t piece = n - off < LINE_PIECE ? n - off : LINE_PIECE;
		const char *lf = memchr(s.p + off, '\n', piece), *cr;

		if (lf)
			piece = (uint32_t)(lf - s.p) - off;
		cr = memchr(s.p + off, '\r', piece);
		if (cr)
			return (uint32_t)(cr - s.p);
		if (lf)
			return (uint32_t)(lf - s.p);
		off += piece;
	}
	return n;
}

uint32_t line_end(struct str s, uint32_t off, uint32_t *next)
{
	uint32_t n = (uint32_t)s.n, end = find_line_end(s, off);

	*next = end < n ? end + 1 : end;
	if (*next < n && s.p[end] == '\r' && s.p[*next] == '\n')
		*next += 1;
	return end;
}

uint32_t last_line(struct str s)
{
	uint32_t off = (uint32_t)s.n;

	while (off && s.p[off - 1] != '\n' && s.p[off - 1] != '\r')
		off--;
	return off;
}

/* After the block quote marks at the start of a line, at most `quotes`: a line
 * that continues a paragraph lazily has fewer. There, a ">" behind four blanks is
 * text; it is taken for a mark, and where that matters to what an element holds
 * the comparison with cmark refuses the block. */
static uint32_t skip_marks(struct str s, uint32_t off, uint32_t end, uint32_t quotes)
{
	while (quotes--) {
		uint32_t at = off;

		while (at < end && (s.p[at] == ' ' || s.p[at] == '\t'))
			at++;
		if (at == end || s.p[at] != '>')
			break;
		off = at + 1;
	}
	return off;
}

void content_make(
	struct body *b, uint32_t off, uint32_t end, uint32_t quotes, struct content *out)
{
	struct str text = b->src->text;
	struct content_line *line = NULL;
	size_t n = 0, cap = 0, used = 0;
	char *p;

	*out = (struct content){ { text.p + off, end - off }, off, NULL, 0 };
	if (!quotes)
		return;
	p = arena_array(b->scratch, char, end - off + 1);
	while (off < end) {
		uint32_t next, from = off;

		line_end((struct str){ text.p, end }, off, &next);
		if (n)
			from = skip_marks(text, off, next, quotes);
		*arena_push(b->scratch, struct content_line, line, n, cap) =
			(struct content_line){ (uint32_t)used, from };
		memcpy(p + used, text.p + from, next - from);
		used += next - from;
		off = next;
	}
	*out = (struct content){ { p, used }, 0, line, (uint32_t)n };
}

static uint32_t to_source(const struct content *c, uint32_t off)
{
	uint32_t lo = 0, hi = c->nline;

	if (!c->nline)
		return c->base + off;
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (c->line[mid].at <= off)
			lo = mid;
		else
			hi = mid;
	}
	return c->line[lo].from + (off - c->line[lo].at);
}

struct span content_span(
	const struct body *b, const struct content *c, uint32_t from, uint32_t to)
{
	uint32_t start = to_source(c, from);
	uint32_t end = to > from ? to_source(c, to - 1) + 1 : start;

	return (struct span){ b->src->id, start, end - start };
}
