/* security_chars.c - what a code point is. From Unicode 16: general category Cf, the
 * property Default_Ignorable_Code_Point, confusables.txt of UTS #39 as far as it leads
 * to letters of ASCII, Extended_Pictographic in coarse blocks. */
#include "rules/security.h"

#include "rune/utf8.h"

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

/* ---- invisible ---------------------------------------------------------------------- */

static const struct {
	uint32_t first, last;
	enum sec_char kind;
	const char *name;
} invisible[] = {
	{ 0x80, 0x9f, CHAR_CONTROL, "control character" },
	{ 0xad, 0xad, CHAR_SOFT, "soft hyphen" },
	{ 0x34f, 0x34f, CHAR_FORMAT, "combining grapheme joiner" },
	{ 0x61c, 0x61c, CHAR_MARK, "Arabic letter mark" },
	{ 0x115f, 0x1160, CHAR_FILLER, "Hangul filler" },
	{ 0x17b4, 0x17b5, CHAR_FILLER, "Khmer inherent vowel" },
	{ 0x180b, 0x180d, CHAR_SELECTOR, "Mongolian variation selector" },
	{ 0x180e, 0x180e, CHAR_FORMAT, "Mongolian vowel separator" },
	{ 0x180f, 0x180f, CHAR_SELECTOR, "Mongolian variation selector" },
	{ 0x200b, 0x200b, CHAR_ZERO, "zero width space" },
	{ 0x200c, 0x200c, CHAR_ZERO, "zero width non-joiner" },
	{ 0x200d, 0x200d, CHAR_ZERO, "zero width joiner" },
	{ 0x200e, 0x200e, CHAR_MARK, "left-to-right mark" },
	{ 0x200f, 0x200f, CHAR_MARK, "right-to-left mark" },
	{ 0x2028, 0x2028, CHAR_FORMAT, "line separator" },
	{ 0x2029, 0x2029, CHAR_FORMAT, "paragraph separator" },
	{ 0x202a, 0x202a, CHAR_BIDI, "left-to-right embedding" },
	{ 0x202b, 0x202b, CHAR_BIDI, "right-to-left embedding" },
	{ 0x202c, 0x202c, CHAR_BIDI, "pop directional formatting" },
	{ 0x202d, 0x202d, CHAR_BIDI, "left-to-right override" },
	{ 0x202e, 0x202e, CHAR_BIDI, "right-to-left override" },
	{ 0x2060, 0x2060, CHAR_ZERO, "word joiner" },
	{ 0x2061, 0x2061, CHAR_OPERATOR, "function sign" },
	{ 0x2062, 0x2062, CHAR_OPERATOR, "times sign" },
	{ 0x2063, 0x2063, CHAR_OPERATOR, "separator" },
	{ 0x2064, 0x2064, CHAR_OPERATOR, "plus sign" },
	{ 0x2066, 0x2066, CHAR_BIDI, "left-to-right isolate" },
	{ 0x2067, 0x2067, CHAR_BIDI, "right-to-left isolate" },
	{ 0x2068, 0x2068, CHAR_BIDI, "first strong isolate" },
	{ 0x2069, 0x2069, CHAR_BIDI, "pop directional isolate" },
	{ 0x206a, 0x206f, CHAR_FORMAT, "deprecated format character" },
	{ 0x3164, 0x3164, CHAR_FILLER, "Hangul filler" },
	{ 0xfe00, 0xfe0f, CHAR_SELECTOR, "variation selector" },
	{ 0xfeff, 0xfeff, CHAR_ZERO, "zero width no-break space" },
	{ 0xffa0, 0xffa0, CHAR_FILLER, "halfwidth Hangul filler" },
	{ 0xfff9, 0xfffb, CHAR_FORMAT, "interlinear annotation character" },
	{ 0x1bca0, 0x1bca3, CHAR_FORMAT, "shorthand format control" },
	{ 0x1d173, 0x1d17a, CHAR_FORMAT, "musical format control" },
	{ 0xe0000, 0xe007f, CHAR_TAG, "tag character" },
	{ 0xe0080, 0xe00ff, CHAR_FORMAT, "reserved invisible character" },
	{ 0xe0100, 0xe01ef, CHAR_SELECTOR, "variation selector" },
	{ 0xe01f0, 0xe0fff, CHAR_FORMAT, "reserved invisible character" },
};

/* ---- alike ---------------------------------------------------------------------------- */

/* Runs of code points and what each looks like; "." for none. */
static const struct {
	uint32_t first;
	struct str looks;
} alike[] = {
	{ 0x391, STR_INIT("AB..EZH.IK.MN.O.P..TY.X") }, /* Greek */
	{ 0x3bd, STR_INIT("v.o.p") },
	{ 0x3f2, STR_INIT("cj") },
	{ 0x3f9, STR_INIT("C") },
	{ 0x405, STR_INIT("SI.J") }, /* Cyrillic */
	{ 0x410, STR_INIT("A.B..E....K.MHO.PCTY.X") },
	{ 0x430, STR_INIT("a....e........o.pc.y.x") },
	{ 0x455, STR_INIT("si.j") },
	{ 0x474, STR_INIT("Vv") },
	{ 0x4ae, STR_INIT("Yy") },
	{ 0x4ba, STR_INIT(".h") },
	{ 0x4c0, STR_INIT("I") },
	{ 0x4cf, STR_INIT("l") },
	{ 0x501, STR_INIT("d") },
	{ 0x50c, STR_INIT("G") },
	{ 0x51a, STR_INIT("QqWw") },
	{ 0x54f, STR_INIT("S") }, /* Armenian */
	{ 0x555, STR_INIT("O") },
	{ 0x566, STR_INIT("q") },
	{ 0x570, STR_INIT("h") },
	{ 0x578, STR_INIT("n") },
	{ 0x57d, STR_INIT("u") },
	{ 0x581, STR_INIT("g") },
	{ 0x585, STR_INIT("o") },
	{ 0x13a0, STR_INIT("DRT..i") }, /* Cherokee */
	{ 0x13aa, STR_INIT("AJE") },
	{ 0x13b3, STR_INIT("W") },
	{ 0x13b7, STR_INIT("M") },
	{ 0x13bb, STR_INIT("H") },
	{ 0x13c0, STR_INIT("G") },
	{ 0x13c3, STR_INIT("Z") },
	{ 0x13d9, STR_INIT("V") },
	{ 0x13da, STR_INIT("S") },
	{ 0x13de, STR_INIT("L") },
	{ 0x13df, STR_INIT("C") },
	{ 0x13e2, STR_INIT("P") },
	{ 0x13e6, STR_INIT("K") },
	{ 0x13f4, STR_INIT("B") },
	{ 0x2c9e, STR_INIT("Oo") }, /* Coptic */
	{ 0x2ca4, STR_INIT("Cc") },
	{ 0xa4d0, STR_INIT("BP.DT.GK.JC.ZF.MNLSR..VH..WXY.A.E.IOU") }, /* Lisu */
	{ 0x10404, STR_INIT("O") }, /* Deseret */
	{ 0x1042c, STR_INIT("o") },
};

char sec_char_looks(uint32_t cp)
{
	for (size_t i = 0; i < COUNTOF(alike); i++)
		if (cp >= alike[i].first && cp - alike[i].first < alike[i].looks.n) {
			char c = alike[i].looks.p[cp - alike[i].first];

			return c == '.' ? '\0' : c;
		}
	return '\0';
}

/* ---- styled ----------------------------------------------------------------------------- */

/* The mathematical alphabets stand one after another, capitals first; some of their
 * letters are elsewhere, as they are older. */
static char mathematical(uint32_t cp)
{
	uint32_t i;

	if (cp >= 0x1d7ce && cp <= 0x1d7ff)
		return (char)('0' + (cp - 0x1d7ce) % 10);
	if (cp < 0x1d400 || cp > 0x1d6a3)
		return '\0';
	i = (cp - 0x1d400) % 52;
	return (char)(i < 26 ? 'A' + i : 'a' + i - 26);
}

static char letterlike(uint32_t cp)
{
	static const struct {
		uint32_t cp;
		char c;
	} v[] = {
		{ 0x2102, 'C' },
		{ 0x210a, 'g' },
		{ 0x210b, 'H' },
		{ 0x210c, 'H' },
		{ 0x210d, 'H' },
		{ 0x210e, 'h' },
		{ 0x2110, 'I' },
		{ 0x2111, 'I' },
		{ 0x2112, 'L' },
		{ 0x2115, 'N' },
		{ 0x2119, 'P' },
		{ 0x211a, 'Q' },
		{ 0x211b, 'R' },
		{ 0x211c, 'R' },
		{ 0x211d, 'R' },
		{ 0x2124, 'Z' },
		{ 0x2128, 'Z' },
		{ 0x212c, 'B' },
		{ 0x212d, 'C' },
		{ 0x212f, 'e' },
		{ 0x2130, 'E' },
		{ 0x2131, 'F' },
		{ 0x2133, 'M' },
		{ 0x2134, 'o' },
	};

	for (size_t i = 0; i < COUNTOF(v); i++)
		if (v[i].cp == cp)
			return v[i].c;
	return '\0';
}

char sec_char_styled(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e) /* full width */
		return (char)(cp - 0xff01 + '!');
	if (cp >= 0x24b6 && cp <= 0x24cf) /* circled */
		return (char)(cp - 0x24b6 + 'A');
	if (cp >= 0x24d0 && cp <= 0x24e9)
		return (char)(cp - 0x24d0 + 'a');
	if (cp >= 0x1f130 && cp <= 0x1f149) /* squared */
		return (char)(cp - 0x1f130 + 'A');
	if (cp >= 0x2100 && cp <= 0x214f)
		return letterlike(cp);
	return mathematical(cp);
}

/* ---- kinds ------------------------------------------------------------------------------ */

/* Blocks of scripts with letters like those of ASCII. */
static const struct range scripts_alike[] = {
	{ 0x370, 0x3ff },
	{ 0x400, 0x52f },
	{ 0x531, 0x587 },
	{ 0x13a0, 0x13ff },
	{ 0x2c80, 0x2cff },
	{ 0xa4d0, 0xa4ff },
	{ 0x10400, 0x1044f },
};

enum sec_char sec_char(uint32_t cp)
{
	if (cp < 0x80)
		return CHAR_PLAIN;
	for (size_t i = 0; i < COUNTOF(invisible); i++)
		if (cp >= invisible[i].first && cp <= invisible[i].last)
			return invisible[i].kind;
	if (in_ranges(scripts_alike, COUNTOF(scripts_alike), cp))
		return CHAR_ALIKE;
	return sec_char_styled(cp) ? CHAR_STYLED : CHAR_PLAIN;
}

const char *sec_char_name(uint32_t cp)
{
	for (size_t i = 0; i < COUNTOF(invisible); i++)
		if (cp >= invisible[i].first && cp <= invisible[i].last)
			return invisible[i].name;
	return "character";
}

enum sec_script sec_char_script(uint32_t cp)
{
	if (cp < 0x80)
		return char_is_lower((char)cp) || char_is_upper((char)cp) ? SCRIPT_LATIN
									  : SCRIPT_NONE;
	if ((cp >= 0xc0 && cp <= 0x24f && cp != 0xd7 && cp != 0xf7) ||
		(cp >= 0x1e00 && cp <= 0x1eff))
		return SCRIPT_LATIN;
	if ((cp >= 0x370 && cp <= 0x3ff && cp != 0x37e && cp != 0x387) ||
		(cp >= 0x1f00 && cp <= 0x1fff))
		return SCRIPT_GREEK;
	if (cp >= 0x400 && cp <= 0x52f && (cp < 0x482 || cp > 0x489))
		return SCRIPT_CYRILLIC;
	return in_ranges(scripts_alike, COUNTOF(scripts_alike), cp) ? SCRIPT_OTHER
								    : SCRIPT_NONE;
}

bool sec_char_rtl(uint32_t cp)
{
	static const struct range v[] = {
		{ 0x5be, 0x8ff },
		{ 0xfb1d, 0xfdff },
		{ 0xfe70, 0xfefc },
		{ 0x10800, 0x10fff },
		{ 0x1e800, 0x1efff },
	};

	return in_ranges(v, COUNTOF(v), cp) && cp != 0x61c;
}

bool sec_char_emoji(uint32_t cp)
{
	static const struct range v[] = {
		{ 0x203c, 0x2049 }, { 0x2122, 0x2139 }, { 0x2190, 0x21ff },
		{ 0x2300, 0x23ff }, { 0x24c2, 0x24c2 }, { 0x25a0, 0x27bf },
		{ 0x2934, 0x2935 }, { 0x2b05, 0x2b55 }, { 0x3030, 0x303d },
		{ 0x3297, 0x3299 }, { 0xfe0f, 0xfe0f }, { 0x1f000, 0x1faff },
		{ 0xe007f, 0xe007f }, /* the end of a flag */
	};

	return in_ranges(v, COUNTOF(v), cp);
}

bool sec_char_joins(uint32_t cp)
{
	static const struct range v[] = {
		{ 0x600, 0x109f }, /* Arabic to Myanmar, all of India's */
		{ 0x1780, 0x18af },
		{ 0x1900, 0x1cff },
		{ 0xa800, 0xabff },
		{ 0xfb50, 0xfefc },
		{ 0x10a00, 0x11fff },
		{ 0x1e900, 0x1e95f },
	};

	return in_ranges(v, COUNTOF(v), cp) && !(cp >= 0xfe00 && cp <= 0xfe0f);
}

bool sec_char_spaceless(uint32_t cp)
{
	static const struct range v[] = {
		{ 0xe00, 0x109f }, /* Thai, Lao, Tibetan, Myanmar */
		{ 0x1780, 0x17ff }, /* Khmer */
		{ 0x1950, 0x1aaf },
		{ 0x1b00, 0x1b7f },
		{ 0x2e80, 0x312f }, /* Chinese, Japanese */
		{ 0x31a0, 0xa4cf },
		{ 0xa980, 0xaadf },
		{ 0xf900, 0xfaff },
		{ 0xfe30, 0xfe4f },
		{ 0xff00, 0xff9f },
		{ 0x20000, 0x3ffff },
	};

	return in_ranges(v, COUNTOF(v), cp);
}

/* ---- neighbours ------------------------------------------------------------------------- */

uint32_t sec_cp_before(struct str text, size_t off, size_t *start)
{
	size_t at = off;
	int32_t cp;

	if (!off)
		return 0;
	at--;
	while (at && off - at < 4 && ((unsigned char)text.p[at] & 0xc0) == 0x80)
		at--;
	if (start)
		*start = at;
	cp = utf8_next(text, &at);
	return cp < 0 ? 0xfffd : (uint32_t)cp;
}

uint32_t sec_cp_at(struct str text, size_t off, size_t *end)
{
	int32_t cp;

	if (off >= text.n)
		return 0;
	cp = utf8_next(text, &off);
	if (end)
		*end = off;
	return cp < 0 ? 0xfffd : (uint32_t)cp;
}
