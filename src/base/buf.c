#include <stdio.h>

#include "rune/buf.h"

static void reserve(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 256;

	BUG_IF(more > SIZE_MAX / 4 - b->n);
	if (b->cap - b->n > more)
		return;
	while (cap - b->n <= more)
		cap *= 2;
	b->p = arena_grow(b->a, b->p, b->cap, cap, 1, 1);
	b->cap = cap;
}

void buf_add(struct buf *b, struct str s)
{
	reserve(b, s.n);
	if (s.n)
		memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
}

void buf_addz(struct buf *b, const char *s)
{
	buf_add(b, (struct str){ s, strlen(s) });
}

void buf_addc(struct buf *b, char c)
{
	buf_add(b, (struct str){ &c, 1 });
}

void buf_fill(struct buf *b, char c, size_t count)
{
	reserve(b, count);
	memset(b->p + b->n, c, count);
	b->n += count;
	b->p[b->n] = '\0';
}

void buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	BUG_IF(n < 0);
	reserve(b, (size_t)n);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(b, fmt, ap);
	va_end(ap);
}

struct str buf_str(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}
