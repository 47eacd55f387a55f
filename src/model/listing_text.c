/* listing_text.c - a description in fewer words: whole sentences, then clauses, then
 * words. */
#include "rune/listing.h"

#include "rune/str.h"
#include "rune/utf8.h"

/* What a text is in while it is read: a mark in brackets or quotes ends nothing. */
struct inside {
	char quote; /* that ends it; or 0 */
	unsigned brackets;
};

static bool is_open(const struct inside *in)
{
	return in->quote || in->brackets;
}

/* An apostrophe opens a quotation only before a word, and closes it only after one. */
static void step(struct inside *in, struct str s, size_t i)
{
	bool begins = !i || s.p[i - 1] == ' ' || s.p[i - 1] == '(';
	bool ends = i + 1 >= s.n || !char_is_alnum(s.p[i + 1]);
	char c = s.p[i];

	if (in->quote)
		in->quote = c == in->quote && (c != '\'' || ends) ? 0 : in->quote;
	else if (c == '"' || c == '`' || (c == '\'' && begins && !ends))
		in->quote = c;
	else if (c == '(' || c == '[')
		in->brackets++;
	else if ((c == ')' || c == ']') && in->brackets)
		in->brackets--;
}

/* "e.g.", "i.e." and their like end no sentence. */
static bool is_abbreviation(struct str s, size_t dot)
{
	static const struct str known[] = { STR_INIT("e.g"), STR_INIT("i.e"),
		STR_INIT("etc"), STR_INIT("vs"), STR_INIT("cf"), STR_INIT("approx") };
	size_t from = dot;

	while (from && s.p[from - 1] != ' ' && s.p[from - 1] != '(')
		from--;
	for (size_t i = 0; i < COUNTOF(known); i++)
		if (str_eq_nocase(str_sub(s, from, dot - from), known[i]))
			return dot + 1 < s.n;
	return false;
}

/* Bytes of the mark at `i` that ends a sentence, also in texts without blanks; or 0. */
static size_t sentence_mark(struct str s, size_t i)
{
	static const struct str wide[] = { STR_INIT("\xe3\x80\x82"),
		STR_INIT("\xef\xbc\x81"), STR_INIT("\xef\xbc\x9f") };

	for (size_t k = 0; k < COUNTOF(wide); k++)
		if (str_starts(str_from(s, i), wide[k]))
			return wide[k].n;
	if (!memchr(".!?", s.p[i], 3) || (i + 1 < s.n && s.p[i + 1] != ' '))
		return 0;
	return s.p[i] != '.' || !is_abbreviation(s, i);
}

/* After the sentence that begins at `from`, with what belongs to it, or 0. */
static size_t sentence_end(struct str s, size_t from)
{
	struct inside in = { 0 };
	size_t n;

	for (size_t i = from; i < s.n; i++) {
		step(&in, s, i);
		n = is_open(&in) ? 0 : sentence_mark(s, i);
		if (n)
			return i + n;
	}
	return 0;
}

/* The clauses of `s` that fit into `max` characters, with a full stop; empty if not
 * even the first does. */
static struct str clauses(struct str s, size_t max, struct arena *a)
{
	size_t best = 0, limit = utf8_offset(s, max ? max - 1 : 0);
	struct inside in = { 0 };

	for (size_t i = 0; i < s.n && i <= limit; i++) {
		step(&in, s, i);
		if (!is_open(&in) && memchr(",;:", s.p[i], 3) && i + 1 < s.n &&
			s.p[i + 1] == ' ')
			best = i;
	}
	return best ? str_fmt(a, "%.*s.", (int)best, s.p) : STR_NONE;
}

/* Whole words; in a text without blanks, characters. */
static struct str words(struct str s, size_t max, struct arena *a)
{
	size_t all = utf8_offset(s, max > 3 ? max - 3 : max), cut = all;

	while (cut && s.p[cut] != ' ')
		cut--;
	while (cut && memchr(" ,;:.", s.p[cut - 1], 5))
		cut--;
	return str_fmt(a, "%.*s%s", (int)(cut ? cut : all), s.p, max > 3 ? "..." : "");
}

static struct str shorten(struct str s, size_t max, struct arena *a)
{
	size_t end = sentence_end(s, 0), kept = 0;
	struct str rest, more;

	if (utf8_count(s) <= max)
		return s;
	/* what it does, and as much of when to use it as there is room for */
	while (end && utf8_count(str_sub(s, 0, end)) <= max) {
		kept = end;
		end = sentence_end(s, end);
	}
	if (!kept) {
		more = clauses(s, max, a);
		return more.n ? more : words(s, max, a);
	}
	rest = str_trim(str_from(s, kept));
	more = STR_NONE;
	if (max > utf8_count(str_sub(s, 0, kept)) + 25)
		more = clauses(rest, max - utf8_count(str_sub(s, 0, kept)) - 1, a);
	return more.n ? str_fmt(a, "%.*s %.*s", (int)kept, s.p, STR_ARG(more))
		      : str_sub(s, 0, kept);
}

struct str listing_text(const struct meta *m, size_t max, struct arena *a)
{
	if (utf8_count(m->description) <= max)
		return m->description;
	if (m->brief.n)
		return shorten(m->brief, max, a);
	return shorten(m->description, max, a);
}
