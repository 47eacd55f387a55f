#include "rune/source.h"

static uint32_t *index_lines(struct str text, struct arena *a, uint32_t *nline)
{
	const char *p = text.p, *end = text.n ? text.p + text.n : text.p;
	uint32_t n = 1, k = 1, *line;

	while (p != end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		n++;
		p++;
	}
	line = arena_array(a, uint32_t, (size_t)n + 1);
	p = text.p;
	while (p != end && (p = memchr(p, '\n', (size_t)(end - p))))
		line[k++] = (uint32_t)(++p - text.p);
	line[n] = (uint32_t)text.n;
	*nline = n;
	return line;
}

void source_set_init(struct source_set *s, struct arena *a)
{
	*s = (struct source_set){ .a = a };
	source_add(s, STR_NONE, STR_NONE, SOURCE_NONE);
}

const struct source *source_add(
	struct source_set *s, struct str path, struct str text, enum source_origin origin)
{
	struct source *src = arena_new(s->a, struct source);

	BUG_IF(text.n >= UINT32_MAX || s->n >= UINT32_MAX);
	src->id = (uint32_t)s->n;
	src->path = arena_strdup(s->a, path);
	src->text = text;
	src->origin = origin;
	src->line = index_lines(text, s->a, &src->nline);
	*arena_push(s->a, const struct source *, s->v, s->n, s->cap) = src;
	return src;
}

const struct source *source_get(const struct source_set *s, uint32_t id)
{
	BUG_IF(id >= s->n);
	return s->v[id];
}

struct linecol source_locate(const struct source *s, uint32_t off)
{
	uint32_t lo = 0, hi = s->nline;

	if (off > s->text.n)
		off = (uint32_t)s->text.n;
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (s->line[mid] <= off)
			lo = mid;
		else
			hi = mid;
	}
	return (struct linecol){ lo + 1, off - s->line[lo] + 1 };
}

struct str source_slice(const struct source *s, struct span sp)
{
	BUG_IF(sp.off > s->text.n || sp.len > s->text.n - sp.off);
	return (struct str){ s->text.p ? s->text.p + sp.off : NULL, sp.len };
}

struct str source_line(const struct source *s, uint32_t line)
{
	uint32_t from, to;

	BUG_IF(line < 1 || line > s->nline);
	from = s->line[line - 1];
	to = s->line[line];
	if (to > from && s->text.p[to - 1] == '\n') {
		to--;
		if (to > from && s->text.p[to - 1] == '\r')
			to--;
	}
	return source_slice(s, (struct span){ s->id, from, to - from });
}

struct span source_span(const struct source *s)
{
	return (struct span){ s->id, 0, (uint32_t)s->text.n };
}
