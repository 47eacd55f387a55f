#include "rune/utf8.h"

int32_t utf8_next(struct str s, size_t *off)
{
	const unsigned char *p = (const unsigned char *)s.p + *off;
	size_t left = s.n - *off, len;
	uint32_t cp;

	if (p[0] < 0x80) {
		*off += 1;
		return p[0];
	}
	len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	*off += 1;
	if (p[0] < 0xc2 || p[0] > 0xf4 || left < len)
		return -1;
	cp = p[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return -1;
		cp = cp << 6 | (p[i] & 0x3fu);
	}
	if ((len == 3 && (cp < 0x800 || (cp >= 0xd800 && cp <= 0xdfff))) ||
		(len == 4 && (cp < 0x10000 || cp > 0x10ffff)))
		return -1;
	*off += len - 1;
	return (int32_t)cp;
}

size_t utf8_check(struct str s)
{
	size_t off = 0;

	while (off < s.n) {
		size_t at = off;
		uint64_t eight;

		/* most text is ASCII: eight bytes at a time */
		if (s.n - off >= 8) {
			memcpy(&eight, s.p + off, 8);
			if (!(eight & UINT64_C(0x8080808080808080))) {
				off += 8;
				continue;
			}
		}
		if (utf8_next(s, &off) < 0)
			return at;
	}
	return s.n;
}

size_t utf8_count(struct str s)
{
	size_t off = 0, n = 0;

	for (; off < s.n; n++)
		utf8_next(s, &off);
	return n;
}

size_t utf8_offset(struct str s, size_t index)
{
	size_t off = 0;

	while (index-- && off < s.n)
		utf8_next(s, &off);
	return off;
}

size_t utf8_floor(struct str s, size_t limit)
{
	if (limit >= s.n)
		return s.n;
	while (limit && ((unsigned char)s.p[limit] & 0xc0) == 0x80)
		limit--;
	return limit;
}

size_t utf8_put(char out[4], uint32_t cp)
{
	size_t len = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;

	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		return 0;
	if (len == 1) {
		out[0] = (char)cp;
		return 1;
	}
	for (size_t i = len - 1; i; i--) {
		out[i] = (char)(0x80 | (cp & 0x3f));
		cp >>= 6;
	}
	out[0] = (char)(cp | (0xf00u >> len & 0xffu));
	return len;
}

struct range {
	uint32_t first, last;
};

static bool in_ranges(const struct range *r, size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n; i++)
		if (cp >= r[i].first && cp <= r[i].last)
			return true;
	return false;
}

/* Coarse on purpose: carets need to stand under the right word, no more.
 * From Unicode 15 EastAsianWidth (W, F) and general category Mn/Me/Cf. */
static const struct range wide[] = {
	{ 0x1100, 0x115f },
	{ 0x2e80, 0x303e },
	{ 0x3041, 0x33ff },
	{ 0x3400, 0x4dbf },
	{ 0x4e00, 0x9fff },
	{ 0xa000, 0xa4cf },
	{ 0xac00, 0xd7a3 },
	{ 0xf900, 0xfaff },
	{ 0xfe30, 0xfe6f },
	{ 0xff00, 0xff60 },
	{ 0xffe0, 0xffe6 },
	{ 0x1f300, 0x1f64f },
	{ 0x1f680, 0x1f6ff },
	{ 0x1f900, 0x1f9ff },
	{ 0x1fa70, 0x1faff },
	{ 0x20000, 0x3fffd },
};
static const struct range zero[] = {
	{ 0x300, 0x36f },
	{ 0x483, 0x489 },
	{ 0x591, 0x5bd },
	{ 0x610, 0x61a },
	{ 0x64b, 0x65f },
	{ 0x1ab0, 0x1aff },
	{ 0x1dc0, 0x1dff },
	{ 0x200b, 0x200f },
	{ 0x202a, 0x202e },
	{ 0x2060, 0x2064 },
	{ 0x2066, 0x2069 },
	{ 0x20d0, 0x20ff },
	{ 0xfe00, 0xfe0f },
	{ 0xfe20, 0xfe2f },
	{ 0xfeff, 0xfeff },
	{ 0x1f3fb, 0x1f3ff },
	{ 0xe0000, 0xe007f },
	{ 0xe0100, 0xe01ef },
};

size_t utf8_width(struct str s)
{
	size_t off = 0, n = 0;

	while (off < s.n) {
		int32_t cp = utf8_next(s, &off);

		if (cp < 0x300)
			n++;
		else if (in_ranges(zero, COUNTOF(zero), (uint32_t)cp))
			continue;
		else
			n += in_ranges(wide, COUNTOF(wide), (uint32_t)cp) ? 2 : 1;
	}
	return n;
}
