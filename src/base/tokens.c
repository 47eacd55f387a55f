#include "rune/tokens.h"
#include "rune/str.h"

enum kind { LETTERS, DIGITS, BLANKS, ENDS, OTHERS, MARKS };

static enum kind kind_of(char c)
{
	if (char_is_lower(c) || char_is_upper(c))
		return LETTERS;
	if (char_is_digit(c))
		return DIGITS;
	if (c == ' ' || c == '\t')
		return BLANKS;
	if (c == '\n' || c == '\r')
		return ENDS;
	return (unsigned char)c >= 0x80 ? OTHERS : MARKS;
}

/* Hundredths of a token for a run of `n` bytes of a kind. */
static size_t weight(enum kind k, size_t n)
{
	switch (k) {
	case LETTERS: return n <= 11 ? 100 : 100 + (n - 11) * 100 / 11;
	case DIGITS: return (n + 2) / 3 * 100;
	case BLANKS: return n > 1 ? 30 : 0;
	case ENDS: return 75;
	case OTHERS: return n * 24;
	case MARKS: return n < 3 ? n * 90 : 34 + n * 20;
	}
	return 0;
}

size_t tokens_estimate(struct str s)
{
	size_t sum = 0;

	for (size_t i = 0; i < s.n;) {
		enum kind k = kind_of(s.p[i]);
		size_t from = i;

		while (i < s.n && kind_of(s.p[i]) == k)
			i++;
		sum += weight(k, i - from);
	}
	return (sum + 99) / 100;
}

uint32_t tokens_parse(struct str s)
{
	uint64_t n = 0, unit = 1;
	size_t i = 0;

	for (; i < s.n && char_is_digit(s.p[i]) && n <= UINT32_MAX; i++)
		n = n * 10 + (uint64_t)(s.p[i] - '0');
	if (i + 1 == s.n && (s.p[i] | 0x20) == 'k')
		unit = 1000;
	else if (i + 1 == s.n && (s.p[i] | 0x20) == 'm')
		unit = 1000000;
	else if (i != s.n)
		return 0;
	n *= unit;
	return n >= 1000 && n <= 1000000000 ? (uint32_t)n : 0;
}
