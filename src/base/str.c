#include <stdio.h>

#include "rune/str.h"

struct str str_c(const char *s)
{
	return s ? (struct str){ s, strlen(s) } : STR_NONE;
}

struct str str_sub(struct str s, size_t off, size_t n)
{
	if (off > s.n)
		off = s.n;
	if (n > s.n - off)
		n = s.n - off;
	return (struct str){ s.p ? s.p + off : NULL, n };
}

struct str str_from(struct str s, size_t off)
{
	return str_sub(s, off, SIZE_MAX);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (!prefix.n || !memcmp(s.p, prefix.p, prefix.n));
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n &&
	       (!suffix.n || !memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n));
}

static char lower(char c)
{
	return char_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

struct str str_trim(struct str s)
{
	while (s.n && char_is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && char_is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

size_t str_find_char(struct str hay, char c, size_t from)
{
	const char *at;

	if (from >= hay.n)
		return STR_NPOS;
	at = memchr(hay.p + from, c, hay.n - from);
	return at ? (size_t)(at - hay.p) : STR_NPOS;
}

size_t str_find(struct str hay, struct str needle, size_t from)
{
	if (!needle.n)
		return from <= hay.n ? from : STR_NPOS;
	while ((from = str_find_char(hay, needle.p[0], from)) != STR_NPOS) {
		if (hay.n - from < needle.n)
			return STR_NPOS;
		if (!memcmp(hay.p + from, needle.p, needle.n))
			return from;
		from++;
	}
	return STR_NPOS;
}

/* p == NULL marks the end: the empty piece after a last separator is one. */
bool str_split(struct str *rest, char sep, struct str *piece)
{
	size_t at;

	if (!rest->p)
		return false;
	at = str_find_char(*rest, sep, 0);
	if (at == STR_NPOS) {
		*piece = *rest;
		*rest = STR_NONE;
		return true;
	}
	*piece = str_sub(*rest, 0, at);
	*rest = str_from(*rest, at + 1);
	return true;
}

bool str_line(struct str *rest, struct str *line)
{
	size_t at;

	if (!rest->n)
		return false;
	at = str_find_char(*rest, '\n', 0);
	if (at == STR_NPOS) {
		*line = *rest;
		*rest = STR_NONE;
	} else {
		*line = str_sub(*rest, 0, at);
		*rest = str_from(*rest, at + 1);
	}
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

#define DISTANCE_MAX 64 /* longer names are not compared */

size_t str_distance(struct str a, struct str b)
{
	size_t row[3][DISTANCE_MAX + 1];

	if (a.n > DISTANCE_MAX || b.n > DISTANCE_MAX)
		return str_eq_nocase(a, b) ? 0 : DISTANCE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *now = row[i % 3], *up = row[(i - 1) % 3];
		const size_t *up2 = row[(i + 1) % 3]; /* i - 2, mod 3 */

		now[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			char ca = lower(a.p[i - 1]), cb = lower(b.p[j - 1]);
			size_t best = up[j - 1] + (ca != cb);

			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && ca == lower(b.p[j - 2]) &&
				cb == lower(a.p[i - 2]) && up2[j - 2] + 1 < best)
				best = up2[j - 2] + 1;
			now[j] = best;
		}
	}
	return row[a.n % 3][b.n];
}

struct str str_nearest(struct str s, const struct str *v, size_t n)
{
	size_t best = s.n <= 3 ? 1 : s.n <= 8 ? 2 : 3;
	struct str found = STR_NONE;

	for (size_t i = 0; i < n; i++) {
		size_t gap = v[i].n > s.n ? v[i].n - s.n : s.n - v[i].n, d;

		if (gap > best)
			continue;
		d = str_distance(s, v[i]);
		if (d < best || (d == best && !found.n)) {
			best = d;
			found = v[i];
		}
	}
	return found;
}

struct str str_vfmt(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	int n;
	char *p;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	BUG_IF(n < 0);
	p = arena_alloc(a, (size_t)n + 1, 1, 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return (struct str){ p, (size_t)n };
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
	struct str s;
	va_list ap;

	va_start(ap, fmt);
	s = str_vfmt(a, fmt, ap);
	va_end(ap);
	return s;
}

const char *str_dupz(struct arena *a, struct str s)
{
	return arena_strdup(a, s).p;
}

struct str str_expand(
	struct arena *a, struct str format, struct str key, struct str value)
{
	struct str mark = str_fmt(a, "{%.*s}", STR_ARG(key));
	size_t from = 0, at, count = 0;
	char *p;
	size_t n = 0;

	for (at = 0; (at = str_find(format, mark, at)) != STR_NPOS; at += mark.n)
		count++;
	if (!count)
		return format;
	p = arena_alloc(a, format.n + count * value.n + 1, 1, 1);
	while ((at = str_find(format, mark, from)) != STR_NPOS) {
		memcpy(p + n, format.p + from, at - from);
		n += at - from;
		if (value.n)
			memcpy(p + n, value.p, value.n);
		n += value.n;
		from = at + mark.n;
	}
	memcpy(p + n, format.p + from, format.n - from);
	return (struct str){ p, n + format.n - from };
}

struct str str_lower(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1, 1, 1);

	for (size_t i = 0; i < s.n; i++)
		p[i] = lower(s.p[i]);
	return (struct str){ p, s.n };
}

struct str str_cat(struct arena *a, struct str x, struct str y)
{
	char *p = arena_alloc(a, x.n + y.n + 1, 1, 1);

	if (x.n)
		memcpy(p, x.p, x.n);
	if (y.n)
		memcpy(p + x.n, y.p, y.n);
	return (struct str){ p, x.n + y.n };
}
