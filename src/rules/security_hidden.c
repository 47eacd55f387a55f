/* security_hidden.c - characters that show nothing, and what they are for.
 *
 * The honest ones: joiners in emoji and in the scripts that need them, selectors after
 * what has variants, flags spelt with tags, marks beside right-to-left text, spaces of
 * no width in scripts without spaces, soft hyphens in words. What is left has no effect
 * that a reader could see, and all the effect on a model that its author likes. */
#include "rules/security.h"

#include "rune/utf8.h"

struct sec_hidden {
	uint32_t off, len;
	uint32_t cp;
	enum sec_char kind;
};

void sec_hidden_add(struct sec *s, size_t off, size_t len, uint32_t cp)
{
	if (s->nhidden == SEC_HITS_MAX)
		sec_unread(s, off);
	else
		*arena_push(&s->scratch, struct sec_hidden, s->hidden, s->nhidden,
			s->hidden_cap) = (struct sec_hidden){ (uint32_t)off,
			(uint32_t)len, cp, sec_char(cp) };
}

/* ---- honest ones -------------------------------------------------------------------------------- */

static bool is_letter(uint32_t cp)
{
	return sec_char_script(cp) != SCRIPT_NONE || cp >= 0x250;
}

/* Of the line around `off`. */
static struct str line_around(struct str text, size_t off)
{
	size_t from = off, to = off;

	while (from && text.p[from - 1] != '\n' && off - from < SEC_LINE_MAX)
		from--;
	while (to < text.n && text.p[to] != '\n' && to - off < SEC_LINE_MAX)
		to++;
	return str_sub(text, from, to - from);
}

static bool has_rtl(struct str line)
{
	size_t off = 0;

	while (off < line.n) {
		int32_t cp = utf8_next(line, &off);

		if (cp > 0 && sec_char_rtl((uint32_t)cp))
			return true;
	}
	return false;
}

#define LITERAL_MAX 60 /* bytes */

/* Does it stand between quotes or brackets with nothing but its like, and signs of
 * regular expressions: a table of characters to look for? */
static bool is_literal(struct str text, const struct sec_hidden *h)
{
	size_t from = h->off, to = h->off + h->len, start, end;
	uint32_t before = 0, after = 0;

	while (h->off - from < LITERAL_MAX) {
		before = sec_cp_before(text, from, &start);
		if (!before || (sec_char(before) == CHAR_PLAIN &&
				       !memchr("-|, ", (int)before, 4)))
			break;
		from = start;
	}
	while (to - h->off < LITERAL_MAX) {
		after = sec_cp_at(text, to, &end);
		if (!after || (sec_char(after) == CHAR_PLAIN &&
				      !memchr("-|, \\", (int)after, 5)))
			break;
		to = end;
	}
	if (before == '[' && (after == ']' || after == 'U' || after == 'u'))
		return true;
	return before == after && before && before < 0x80 &&
	       memchr("\"'`", (int)before, 3);
}

/* Is it there so that Markdown does not see its sign: "`" at a fence, "@" of a name? */
static bool parts_markup(struct str text, const struct sec_hidden *h)
{
	uint32_t before = sec_cp_before(text, h->off, NULL);
	uint32_t after = sec_cp_at(text, h->off + h->len, NULL);

	return (before < 0x80 && before && memchr("`@#*_~<|", (int)before, 8)) ||
	       (after < 0x80 && after && memchr("`@#*_~<|", (int)after, 8));
}

static bool is_honest_zero(struct str text, const struct sec_hidden *h)
{
	uint32_t before = sec_cp_before(text, h->off, NULL);
	uint32_t after = sec_cp_at(text, h->off + h->len, NULL);

	switch (h->cp) {
	case 0xfeff: return h->off == 0; /* RN1010 */
	case 0x200b:
		return sec_char_spaceless(before) || sec_char_spaceless(after) ||
		       parts_markup(text, h);
	case 0x200c:
		return sec_char_joins(before) ||
		       (sec_char_joins(after) && !is_letter(before));
	case 0x200d:
		return sec_char_joins(before) || sec_char_joins(after) ||
		       (sec_char_emoji(before) && sec_char_emoji(after));
	}
	return false;
}

/* Has the character variants that a selector may choose from? */
static bool is_honest_selector(struct str text, const struct sec_hidden *h)
{
	uint32_t before = sec_cp_before(text, h->off, NULL);
	enum sec_char kind = sec_char(before);

	if (kind == CHAR_SELECTOR)
		return false;
	if (h->cp == 0xfe0e || h->cp == 0xfe0f)
		return true; /* at worst without effect, as copies of emoji leave it */
	if (h->cp >= 0x180b && h->cp <= 0x180f)
		return before >= 0x1800 && before <= 0x18af;
	if (h->cp >= 0xe0100)
		return sec_char_spaceless(before) && before >= 0x2e80;
	return (before >= 0x2200 && before <= 0x2aff) || before >= 0x2e80 ||
	       (before >= 0x1000 && before <= 0x109f) ||
	       (before >= 0xa840 && before <= 0xa87f);
}

static bool is_honest_filler(struct str text, const struct sec_hidden *h)
{
	uint32_t before = sec_cp_before(text, h->off, NULL);
	uint32_t after = sec_cp_at(text, h->off + h->len, NULL);
	bool hangul = (before >= 0x1100 && before <= 0x11ff) ||
		      (before >= 0x3131 && before <= 0x318e) ||
		      (before >= 0xffa1 && before <= 0xffdc) ||
		      (after >= 0x1100 && after <= 0x11ff) ||
		      (after >= 0x3131 && after <= 0x318e) ||
		      (after >= 0xffa1 && after <= 0xffdc);
	bool khmer = (before >= 0x1780 && before <= 0x17ff) ||
		     (after >= 0x1780 && after <= 0x17ff);

	return h->cp == 0x17b4 || h->cp == 0x17b5 ? khmer : hangul;
}

/* Where a long word may be broken: between two letters, once. */
static bool is_honest_soft(struct sec *s, const struct sec_hidden *h)
{
	uint32_t before = sec_cp_before(s->text, h->off, NULL);
	uint32_t after = sec_cp_at(s->text, h->off + h->len, NULL);
	struct sec_place p;

	if (!is_letter(before) || !is_letter(after) || before == 0xad || after == 0xad)
		return false;
	p = sec_place_at(s, h->off);
	return p.zone == ZONE_PROSE || p.zone == ZONE_HTML || p.zone == ZONE_DATA ||
	       p.zone == ZONE_META;
}

static bool is_mark_of_accent(uint32_t cp)
{
	return (cp >= 0x300 && cp <= 0x36f) || (cp >= 0x591 && cp <= 0x5c7) ||
	       (cp >= 0x610 && cp <= 0x65f) || (cp >= 0x1ab0 && cp <= 0x1aff);
}

static bool is_honest_format(struct str text, const struct sec_hidden *h)
{
	uint32_t before = sec_cp_before(text, h->off, NULL);
	uint32_t after = sec_cp_at(text, h->off + h->len, NULL);

	switch (h->cp) {
	case 0x34f: return is_mark_of_accent(before) || is_mark_of_accent(after);
	case 0x180e: return before >= 0x1800 && before <= 0x18af;
	}
	return h->cp >= 0x1bca0 && h->cp <= 0x1d17a; /* beside its own script */
}

/* "🏴" and tags that spell a region, and the end: the length of that; 0: none. */
static size_t flag_length(const struct sec *s, size_t i)
{
	size_t n = 0;

	if (sec_cp_before(s->text, s->hidden[i].off, NULL) != 0x1f3f4)
		return 0;
	while (i + n < s->nhidden && s->hidden[i + n].kind == CHAR_TAG &&
		(!n || s->hidden[i + n].off ==
				s->hidden[i + n - 1].off + s->hidden[i + n - 1].len)) {
		uint32_t c = s->hidden[i + n].cp - 0xe0000;

		if (c == 0x7f)
			return n >= 3 && n <= 6 ? n + 1 : 0;
		if (!char_is_lower((char)c) && !char_is_digit((char)c))
			return 0;
		n++;
	}
	return 0;
}

/* In code that a text about security shows. */
static bool is_shown(struct sec *s, const struct sec_hidden *h)
{
	enum sec_zone zone = sec_place_at(s, h->off).zone;

	return (zone == ZONE_CODE || zone == ZONE_SPAN) && sec_about_security(s);
}

static bool is_honest(struct sec *s, const struct sec_hidden *h)
{
	if (h->kind != CHAR_TAG && h->kind != CHAR_SELECTOR && is_shown(s, h))
		return true;
	switch (h->kind) {
	case CHAR_ZERO: return is_honest_zero(s->text, h) || is_literal(s->text, h);
	case CHAR_SELECTOR:
		return is_honest_selector(s->text, h) || is_literal(s->text, h);
	case CHAR_FILLER: return is_honest_filler(s->text, h) || is_literal(s->text, h);
	case CHAR_SOFT: return is_honest_soft(s, h) || is_literal(s->text, h);
	case CHAR_FORMAT: return is_honest_format(s->text, h) || is_literal(s->text, h);
	case CHAR_MARK:
		return is_literal(s->text, h) || !sec_spend(s, SEC_LINE_MAX, h->off) ||
		       has_rtl(line_around(s->text, h->off));
	case CHAR_OPERATOR:
	case CHAR_BIDI: return is_literal(s->text, h);
	case CHAR_TAG:
	case CHAR_PLAIN:
	case CHAR_CONTROL:
	case CHAR_ALIKE:
	case CHAR_STYLED: break;
	}
	return false;
}

/* Drop what is honest. */
static void sift(struct sec *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nhidden; i++) {
		size_t flag = s->hidden[i].kind == CHAR_TAG ? flag_length(s, i) : 0;

		if (flag)
			i += flag - 1;
		else if (!is_honest(s, &s->hidden[i]))
			s->hidden[n++] = s->hidden[i];
	}
	s->nhidden = n;
}

/* ---- fixes ------------------------------------------------------------------------------------------- */

/* Without effect on what Markdown makes of the text around: neither is a sign of it. */
static bool is_safe_between(struct str text, size_t off, size_t end)
{
	uint32_t before = sec_cp_before(text, off, NULL),
		 after = sec_cp_at(text, end, NULL);
	bool first = !off || before == '\n';

	if (before < 0x80 && before > ' ' && !char_is_alnum((char)before) &&
		!memchr(",;?\"'%$^", (int)before, 8))
		return false;
	if (after < 0x80 && after > ' ' && !char_is_alnum((char)after) &&
		!memchr(",;?\"'%$^", (int)after, 8))
		return false;
	/* "1." and four spaces mean something at the beginning of a line */
	return !first || sec_char_script(after) != SCRIPT_NONE || after == '\n';
}

static bool is_removable(const struct sec_hidden *h)
{
	switch (h->kind) {
	case CHAR_TAG:
	case CHAR_SELECTOR:
	case CHAR_ZERO:
	case CHAR_OPERATOR:
	case CHAR_MARK:
	case CHAR_SOFT: return true;
	case CHAR_FORMAT: return h->cp == 0x180e || (h->cp >= 0x206a && h->cp <= 0x206f);
	case CHAR_BIDI: /* in text from left to right these change nothing */
		return h->cp == 0x202a || h->cp == 0x202c || h->cp == 0x202d ||
		       h->cp == 0x2066 || h->cp == 0x2068 || h->cp == 0x2069;
	case CHAR_FILLER: /* it has a width */
	case CHAR_PLAIN:
	case CHAR_CONTROL:
	case CHAR_ALIKE:
	case CHAR_STYLED: break;
	}
	return false;
}

static bool can_fix(const struct sec *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct sec_hidden *h = &s->hidden[i];
		size_t end = h->off + h->len, begin = h->off;

		if (!is_removable(h))
			return false;
		if (h->kind == CHAR_TAG || h->kind == CHAR_SELECTOR)
			continue;
		while (i + 1 < to && s->hidden[i + 1].off == end) {
			i++;
			if (!is_removable(&s->hidden[i]))
				return false;
			end = s->hidden[i].off + s->hidden[i].len;
		}
		if (!is_safe_between(s->text, begin, end))
			return false;
	}
	return true;
}

static void fix(struct sec *s, struct diag *d, size_t from, size_t to)
{
	if (!d || !can_fix(s, from, to))
		return;
	diag_fix(s->c->sink, d, "remove what is hidden");
	for (size_t i = from; i < to; i++) {
		size_t off = s->hidden[i].off, len = s->hidden[i].len;

		while (i + 1 < to && s->hidden[i + 1].off == off + len)
			len += s->hidden[++i].len;
		diag_edit(s->c->sink, d, rule_span(s->f, off, len), STR(""));
	}
}

/* ---- groups -------------------------------------------------------------------------------------------- */

#define GAP_MAX 2 /* visible characters between hidden ones of one group */

/* Characters between two hidden ones; a line end parts groups. */
static bool is_near(const struct sec *s, size_t i)
{
	size_t off = s->hidden[i].off + s->hidden[i].len, n = 0;

	for (; off < s->hidden[i + 1].off; n++) {
		if (s->text.p[off] == '\n' || n == GAP_MAX)
			return false;
		utf8_next(s->text, &off);
	}
	return n <= GAP_MAX;
}

static bool is_spelling(enum sec_char k)
{
	return k == CHAR_ZERO || k == CHAR_OPERATOR || k == CHAR_MARK ||
	       k == CHAR_FILLER || k == CHAR_FORMAT || k == CHAR_SOFT || k == CHAR_BIDI;
}

static bool same_group(const struct sec *s, size_t i)
{
	enum sec_char a = s->hidden[i].kind, b = s->hidden[i + 1].kind;

	return (a == b || (is_spelling(a) && is_spelling(b))) && is_near(s, i);
}

static size_t group_end(const struct sec *s, size_t from)
{
	size_t to = from + 1;

	while (to < s->nhidden && same_group(s, to - 1))
		to++;
	return to;
}

static const uint32_t *points(struct sec *s, size_t from, size_t to)
{
	uint32_t *cp = arena_array(&s->scratch, uint32_t, to - from);

	for (size_t i = from; i < to; i++)
		cp[i - from] = s->hidden[i].cp;
	return cp;
}

static void say_what(struct sec *s, struct diag *d, struct str says)
{
	if (says.n)
		sec_note(s, d, "they spell: %.*s", STR_ARG(sec_show(s, says, 200)));
}

/* The offset and length of the group. */
static struct span extent(const struct sec *s, size_t from, size_t to)
{
	uint32_t off = s->hidden[from].off;

	return (struct span){ 0, off,
		s->hidden[to - 1].off + s->hidden[to - 1].len - off };
}

static void report_tags(struct sec *s, size_t from, size_t to)
{
	struct span x = extent(s, from, to);
	struct str says;
	struct diag *d;

	sec_decode_tags(points(s, from, to), to - from, &s->scratch, &says);
	d = sec_report(s, RULE_SEC_TAGS, x.off, x.len, "%zu invisible tag character%s",
		to - from, to - from == 1 ? "" : "s");
	say_what(s, d, says);
	fix(s, d, from, to);
}

static void report_selectors(struct sec *s, size_t from, size_t to)
{
	struct span x = extent(s, from, to);
	struct str says = STR_NONE;
	struct diag *d;
	size_t n = to - from;

	/* the first may belong to the letter before */
	if (!sec_decode_selectors(points(s, from, to), n, &s->scratch, &says) &&
		(n < 2 || !sec_decode_selectors(
				  points(s, from + 1, to), n - 1, &s->scratch, &says)))
		says = STR_NONE;
	d = sec_report(s, RULE_SEC_SELECTORS, x.off, x.len,
		"%zu variation selector%s after what has no variants", n,
		n == 1 ? "" : "s");
	say_what(s, d, says);
	fix(s, d, from, to);
}

/* A line with embeddings, overrides or isolates. */
static void report_bidi(struct sec *s, size_t from, size_t to)
{
	struct str line = line_around(s->text, s->hidden[from].off);
	struct span x = extent(s, from, to);
	bool override = false, left = true;
	int depth = 0;
	struct diag *d;

	for (size_t i = from; i < to; i++) {
		uint32_t cp = s->hidden[i].cp;

		override |= cp == 0x202d || cp == 0x202e;
		left &= is_removable(&s->hidden[i]);
		depth += cp == 0x202c || cp == 0x2069 ? -1 : 1;
	}
	if (!override && !depth && has_rtl(line))
		return;
	d = sec_report(s, RULE_SEC_BIDI, x.off, x.len,
		"text is shown in another order than it is read");
	for (size_t i = from; i < to && i < from + 3; i++)
		sec_note(s, d, "U+%04X is a %s", s->hidden[i].cp,
			sec_char_name(s->hidden[i].cp));
	if (left && !has_rtl(line))
		fix(s, d, from, to);
}

#define MESSAGE_MIN 8 /* characters of no width in a row that no accident makes */

/* The word around a hidden character, without it: "exam|ple". */
static struct str word_around(struct sec *s, const struct sec_hidden *h)
{
	size_t from = h->off, to = h->off + h->len;
	struct buf b = BUF_INIT(&s->scratch);

	while (from && char_is_alnum(s->text.p[from - 1]))
		from--;
	while (to < s->text.n && char_is_alnum(s->text.p[to]))
		to++;
	buf_add(&b, str_sub(s->text, from, h->off - from));
	buf_addc(&b, '|');
	buf_add(&b, str_sub(s->text, h->off + h->len, to - h->off - h->len));
	return b.n > 1 ? buf_str(&b) : STR_NONE;
}

static enum rule rule_of(enum sec_char kind)
{
	switch (kind) {
	case CHAR_ZERO: return RULE_SEC_ZERO_WIDTH;
	case CHAR_MARK: return RULE_SEC_MARK;
	case CHAR_BIDI:
	case CHAR_OPERATOR:
	case CHAR_SOFT:
	case CHAR_FILLER:
	case CHAR_FORMAT:
	case CHAR_TAG:
	case CHAR_SELECTOR:
	case CHAR_PLAIN:
	case CHAR_CONTROL:
	case CHAR_ALIKE:
	case CHAR_STYLED: break;
	}
	return RULE_SEC_INVISIBLE;
}

/* The groups of the line that the one at [from, to) begins: rather one finding for it
 * than one for each. */
static size_t line_group_end(const struct sec *s, size_t from, size_t to)
{
	struct str line = line_around(s->text, s->hidden[from].off);

	while (to < s->nhidden) {
		size_t end = group_end(s, to);

		if (s->text.p + s->hidden[to].off >= line.p + line.n ||
			end - to >= MESSAGE_MIN || !is_spelling(s->hidden[to].kind) ||
			rule_of(s->hidden[to].kind) != rule_of(s->hidden[from].kind))
			break;
		to = end;
	}
	return to;
}

static void report_single(struct sec *s, size_t from, size_t to, size_t line)
{
	const struct sec_hidden *h = &s->hidden[from];
	struct span x = extent(s, from, to);
	struct str word = word_around(s, h);
	struct diag *d = sec_report(s, rule_of(h->kind), x.off, x.len,
		"invisible %s (U+%04X)", sec_char_name(h->cp), h->cp);

	if (to - from > 1)
		sec_note(s, d, "and %zu more right after it", to - from - 1);
	if (line > to)
		sec_note(s, d, "and %zu more in the line", line - to);
	if (word.n)
		sec_note(s, d, "it stands at the bar in '%.*s'",
			STR_ARG(sec_show(s, word, 60)));
	fix(s, d, from, line);
}

static void report_message(struct sec *s, size_t from, size_t to)
{
	struct span x = extent(s, from, to);
	struct str says;
	struct diag *d = sec_report(s, RULE_SEC_ZERO_MESSAGE, x.off, x.len,
		"%zu characters of no width in a row", to - from);

	if (sec_decode_zeros(points(s, from, to), to - from, &s->scratch, &says))
		say_what(s, d, says);
	else
		sec_note(s, d, "so many are a message for whoever knows the code");
	fix(s, d, from, to);
}

/* The group that begins at `from`; returns the end of what was reported. */
static size_t report_group(struct sec *s, size_t from)
{
	size_t to = group_end(s, from), line = to;

	if (s->hidden[from].kind == CHAR_TAG) {
		report_tags(s, from, to);
	} else if (s->hidden[from].kind == CHAR_SELECTOR) {
		report_selectors(s, from, to);
	} else if (to - from >= MESSAGE_MIN) {
		report_message(s, from, to);
	} else {
		line = line_group_end(s, from, to);
		report_single(s, from, to, line);
	}
	return line;
}

/* ---- over the whole file --------------------------------------------------------------------------------- */

static bool has_long_group(const struct sec *s)
{
	for (size_t i = 0; i < s->nhidden; i = group_end(s, i))
		if (group_end(s, i) - i >= MESSAGE_MIN)
			return true;
	return false;
}

/* One in every word or line: a message, if together they spell one. */
static bool report_scattered(struct sec *s)
{
	size_t n = 0;
	struct sec_hidden *v = s->hidden;
	uint32_t *cp = arena_array(&s->scratch, uint32_t, s->nhidden);
	struct str says;
	struct diag *d;

	for (size_t i = 0; i < s->nhidden; i++)
		if (v[i].kind == CHAR_ZERO || v[i].kind == CHAR_OPERATOR ||
			v[i].kind == CHAR_MARK)
			cp[n++] = v[i].cp;
	if (n < 3 * MESSAGE_MIN || !sec_decode_zeros(cp, n, &s->scratch, &says))
		return false;
	d = sec_report(s, RULE_SEC_ZERO_MESSAGE, v[0].off, v[0].len,
		"%zu characters of no width, scattered over the file", n);
	say_what(s, d, says);
	return true;
}

/* Those of a line together. */
static void bidi_lines(struct sec *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nhidden; i++) {
		size_t to = i + 1;
		struct str line;

		if (s->hidden[i].kind != CHAR_BIDI) {
			s->hidden[n++] = s->hidden[i];
			continue;
		}
		line = line_around(s->text, s->hidden[i].off);
		while (to < s->nhidden && s->hidden[to].kind == CHAR_BIDI &&
			s->text.p + s->hidden[to].off < line.p + line.n)
			to++;
		report_bidi(s, i, to);
		i = to - 1;
	}
	s->nhidden = n;
}

static unsigned control_at(const struct sec *s, size_t i)
{
	unsigned c = (unsigned char)s->text.p[s->control[i]];

	return c < 0x80 ? c : (unsigned char)s->text.p[s->control[i] + 1];
}

/* Escape, other characters below the blank, and those that come of a wrong encoding. */
static unsigned control_kind(unsigned c)
{
	return c == 0x1b ? 0 : c < 0x80 ? 1 : 2;
}

/* Of each kind only the first: a text in the wrong encoding is full of them. */
static void controls(struct sec *s)
{
	static const char *const notes[] = {
		"a terminal takes what follows for a command", "no text needs it",
		"text that was saved in the wrong encoding has such"
	};
	size_t count[3] = { 0 };
	struct diag *first[3] = { NULL };

	for (size_t i = 0; i < s->ncontrol; i++) {
		unsigned c = control_at(s, i), kind = control_kind(c);

		if (c && !count[kind]++) /* NUL: RN1009 */
			first[kind] = sec_report(s, RULE_SEC_CONTROL, s->control[i],
				c < 0x80 ? 1 : 2, "control character U+%04X", c);
	}
	for (size_t k = 0; k < COUNTOF(count); k++) {
		if (!first[k])
			continue;
		sec_note(s, first[k], "%s", notes[k]);
		if (count[k] > 1)
			sec_note(s, first[k], "and %zu more like it in this file",
				count[k] - 1);
	}
}

/* ---- values that YAML decodes --------------------------------------------------------------------------------- */

static enum rule rule_of_escape(enum sec_char kind)
{
	switch (kind) {
	case CHAR_BIDI: return RULE_SEC_BIDI;
	case CHAR_TAG: return RULE_SEC_TAGS;
	case CHAR_SELECTOR: return RULE_SEC_SELECTORS;
	case CHAR_ZERO:
	case CHAR_MARK:
	case CHAR_OPERATOR:
	case CHAR_FILLER: return rule_of(kind);
	case CHAR_SOFT:
	case CHAR_FORMAT:
	case CHAR_PLAIN:
	case CHAR_CONTROL:
	case CHAR_ALIKE:
	case CHAR_STYLED: break;
	}
	return RULE__COUNT;
}

/* "\u200b", "\U000E0049" in double quotes: hidden from whom reads the file, and read by
 * the model. */
static void escaped_value(struct sec *s, const struct fm_node *n)
{
	struct str raw = str_sub(s->text, n->span.off, n->span.len);
	size_t off = 0;

	if (n->style != FM_DOUBLE || (str_find(raw, STR("\\u"), 0) == STR_NPOS &&
					     str_find(raw, STR("\\U"), 0) == STR_NPOS))
		return;
	while (off < n->value.n) {
		int32_t cp = utf8_next(n->value, &off);
		enum rule r =
			cp < 0x80 ? RULE__COUNT : rule_of_escape(sec_char((uint32_t)cp));
		struct diag *d;

		if (r == RULE__COUNT || has_rtl(n->value) || sec_char_emoji((uint32_t)cp))
			continue;
		d = sec_report(s, r, n->span.off, n->span.len,
			"invisible %s (U+%04X) as an escape sequence",
			sec_char_name((uint32_t)cp), (unsigned)cp);
		sec_note(s, d, "the model gets the character, not what stands here");
		return;
	}
}

static void escaped_values(struct sec *s, const struct fm_node *n, unsigned depth)
{
	if (n->kind == FM_SCALAR)
		escaped_value(s, n);
	for (size_t i = 0; i < n->n && depth < FM_MAX_DEPTH; i++)
		escaped_values(s, &n->entry[i].value, depth + 1);
}

void sec_escapes_check(struct sec *s)
{
	const struct doc *d = s->f->doc;

	if (d && d->has_frontmatter &&
		str_find_char(str_sub(s->text, d->frontmatter.off, d->frontmatter.len),
			'\\', 0) != STR_NPOS)
		escaped_values(s, &d->meta, 0);
}

/* ---- all of them ------------------------------------------------------------------------------------------------ */

void sec_hidden_check(struct sec *s)
{
	controls(s);
	sift(s);
	bidi_lines(s);
	if (!has_long_group(s) && report_scattered(s))
		return;
	s->disguised |= s->nhidden > 0;
	for (size_t i = 0; i < s->nhidden;)
		i = report_group(s, i);
}
