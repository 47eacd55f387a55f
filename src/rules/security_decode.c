/* security_decode.c - what hidden characters spell, and what encoded text holds. A text
 * counts only if all of it is printable: chance does not make that. */
#include "rules/security.h"

#include "rune/utf8.h"

#define ZEROS_MAX   20000 /* characters of a message that are tried */
#define LETTERS_MIN 3

static bool is_text(struct str s)
{
	size_t off = 0, letters = 0;

	while (off < s.n) {
		int32_t cp = utf8_next(s, &off);

		if (cp < 0 || (cp < ' ' && cp != '\n' && cp != '\t' && cp != '\r') ||
			cp == 0x7f || (cp >= 0x80 && cp < 0xa0))
			return false;
		letters += cp >= 0x80 || char_is_alnum((char)cp);
	}
	return letters >= LETTERS_MIN;
}

/* ---- tags and selectors ------------------------------------------------------------------------- */

bool sec_decode_tags(const uint32_t *cp, size_t n, struct arena *a, struct str *out)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < n && b.n < SEC_DECODED_MAX; i++)
		if (cp[i] > 0xe0000 + ' ' - 1 && cp[i] < 0xe007f)
			buf_addc(&b, (char)(cp[i] - 0xe0000));
	*out = buf_str(&b);
	return out->n > 0;
}

/* The 256 selectors as bytes. */
bool sec_decode_selectors(const uint32_t *cp, size_t n, struct arena *a, struct str *out)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < n && b.n < SEC_DECODED_MAX; i++) {
		if (cp[i] >= 0xfe00 && cp[i] <= 0xfe0f)
			buf_addc(&b, (char)(cp[i] - 0xfe00));
		else if (cp[i] >= 0xe0100 && cp[i] <= 0xe01ef)
			buf_addc(&b, (char)(cp[i] - 0xe0100 + 16));
	}
	*out = buf_str(&b);
	/* what was cut may be cut within a character */
	out->n =
		utf8_floor(*out, out->n < SEC_DECODED_MAX ? out->n : SEC_DECODED_MAX - 4);
	return is_text(*out);
}

/* ---- characters of no width ----------------------------------------------------------------------- */

#define SYMBOLS_MAX 8

struct zeros {
	const uint32_t *cp;
	size_t n;
	uint32_t symbol[SYMBOLS_MAX]; /* in order of appearance */
	size_t nsymbol;
	struct arena *a;
};

static size_t symbol_of(const struct zeros *z, uint32_t cp)
{
	size_t i = 0;

	while (i < z->nsymbol && z->symbol[i] != cp)
		i++;
	return i;
}

/* How one may read them. */
struct reading {
	int digit[SYMBOLS_MAX]; /* by symbol; -1: it separates characters */
	unsigned bits; /* of a digit */
	unsigned width; /* bits of a character; 0: as many as stand between separators */
};

static void add_letter(struct buf *b, const struct reading *r, uint32_t value)
{
	char c[4];

	if (r->width == 8 && value >= 0x80)
		buf_addc(b, (char)value); /* a byte of UTF-8 */
	else
		buf_add(b, (struct str){ c, utf8_put(c, value) });
}

static bool read_digits(const struct zeros *z, const struct reading *r, struct str *out)
{
	struct buf b = BUF_INIT(z->a);
	uint32_t value = 0;
	unsigned have = 0;
	bool separated = z->nsymbol > (size_t)1 << r->bits;

	for (size_t i = 0; i < z->n && b.n < SEC_DECODED_MAX; i++) {
		int d = r->digit[symbol_of(z, z->cp[i])];
		bool end = d < 0;

		if (!end) {
			value = value << r->bits | (uint32_t)d;
			have += r->bits;
			end = r->width && have == r->width;
			if (have > 21)
				return false;
		}
		if (!end || !have)
			continue;
		add_letter(&b, r, value);
		value = 0;
		have = 0;
	}
	if (have && separated) {
		add_letter(&b, r, value);
		have = 0;
	}
	*out = buf_str(&b);
	return have < 8 && is_text(*out);
}

/* How much like a sentence it looks, per character: wrong readings give signs and
 * rare letters. */
static unsigned likeness(struct str s)
{
	static const char common[] = "etaoinshrdlu ETAOINSHRDLU";
	unsigned sum = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c && memchr(common, c, sizeof(common) - 1))
			sum += 4;
		else if (char_is_alnum(c))
			sum += 2;
		else if (c && memchr(".,:;!?'/-_~\n", c, 12))
			sum += 1;
	}
	return s.n ? sum * 64 / (unsigned)s.n : 0;
}

static void try_widths(const struct zeros *z, struct reading *r, struct str *best)
{
	static const unsigned widths[] = { 8, 7, 16, 0 };

	for (size_t w = 0; w < COUNTOF(widths); w++) {
		struct str out;

		r->width = widths[w];
		/* without separators, characters need a width */
		if (!r->width && z->nsymbol == (size_t)1 << r->bits)
			continue;
		if (read_digits(z, r, &out) && likeness(out) > likeness(*best))
			*best = out;
	}
}

/* Every way to give the symbols digits, those left over being separators. */
static void try_digits(const struct zeros *z, unsigned bits, struct str *best)
{
	size_t base = (size_t)1 << bits, total = 1;

	for (size_t i = 0; i < base; i++)
		total *= z->nsymbol;
	for (size_t k = 0; k < total; k++) {
		struct reading r = { { -1, -1, -1, -1, -1, -1, -1, -1 }, bits, 0 };
		size_t rest = k;
		bool ok = true;

		for (size_t d = 0; d < base && ok; d++) {
			size_t i = rest % z->nsymbol;

			rest /= z->nsymbol;
			ok = r.digit[i] < 0;
			r.digit[i] = (int)d;
		}
		if (ok)
			try_widths(z, &r, best);
	}
}

#define LIKENESS_MIN 96 /* of four letters, one is no common one */

bool sec_decode_zeros(const uint32_t *cp, size_t n, struct arena *a, struct str *out)
{
	struct zeros z = { .cp = cp, .n = n < ZEROS_MAX ? n : ZEROS_MAX, .a = a };

	for (size_t i = 0; i < z.n; i++) {
		if (symbol_of(&z, cp[i]) < z.nsymbol)
			continue;
		if (z.nsymbol == 5)
			return false;
		z.symbol[z.nsymbol++] = cp[i];
	}
	*out = STR_NONE;
	if (z.nsymbol < 2)
		return false;
	try_digits(&z, 1, out);
	if (z.nsymbol >= 4)
		try_digits(&z, 2, out);
	return likeness(*out) >= LIKENESS_MIN;
}

/* ---- base64 and the like --------------------------------------------------------------------------- */

static int base64_digit(char c)
{
	if (char_is_upper(c))
		return c - 'A';
	if (char_is_lower(c))
		return c - 'a' + 26;
	if (char_is_digit(c))
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* UTF-16, as PowerShell has it, down to its ASCII. */
static struct str narrowed(struct str s, struct arena *a)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 1; i < s.n; i += 2)
		if (s.p[i])
			return s;
	for (size_t i = 0; i < s.n; i += 2)
		buf_addc(&b, s.p[i]);
	return s.n > 3 ? buf_str(&b) : s;
}

bool sec_decode_base64(struct str s, struct arena *a, struct str *out)
{
	struct buf b = BUF_INIT(a);
	uint32_t value = 0;
	unsigned have = 0;

	for (size_t i = 0; i < s.n && b.n < SEC_DECODED_MAX; i++) {
		int d = base64_digit(s.p[i]);

		if (d < 0)
			break;
		value = (value << 6 | (uint32_t)d) & 0xffffffu;
		have += 6;
		if (have >= 8) {
			have -= 8;
			buf_addc(&b, (char)(value >> have & 0xff));
		}
	}
	*out = narrowed(buf_str(&b), a);
	if (out->n >= SEC_DECODED_MAX - 4)
		out->n = utf8_floor(*out, SEC_DECODED_MAX - 4);
	return is_text(*out);
}

static int hex_digit(char c)
{
	if (char_is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool sec_decode_hex(struct str s, struct arena *a, struct str *out)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i + 1 < s.n && b.n < SEC_DECODED_MAX; i += 2) {
		int high = hex_digit(s.p[i]), low = hex_digit(s.p[i + 1]);

		if (high < 0 || low < 0)
			return false;
		buf_addc(&b, (char)(high << 4 | low));
	}
	*out = buf_str(&b);
	return s.n % 2 == 0 && is_text(*out);
}

bool sec_decode_percent(struct str s, struct arena *a, struct str *out)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i + 2 < s.n && s.p[i] == '%' && b.n < SEC_DECODED_MAX;
		i += 3) {
		int high = hex_digit(s.p[i + 1]), low = hex_digit(s.p[i + 2]);

		if (high < 0 || low < 0)
			break;
		buf_addc(&b, (char)(high << 4 | low));
	}
	*out = buf_str(&b);
	return is_text(*out);
}
