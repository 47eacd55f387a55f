/* content_description.c - the wording of descriptions: all that a model sees when it
 * chooses a skill. */
#include "rules/checks.h"
#include "rules/content.h"

#include "rune/str.h"
#include "rune/utf8.h"

#define SHORT_WORDS   6
#define SHORT_CHARS   50
#define FOREIGN_CHARS 16 /* of scripts that need fewer */
#define SHOWN_CHARS   200 /* clients that cut leave about so much */
#define REPEAT_WORDS  5

/* A description, and where it stands. */
struct text_of {
	const struct rule_ctx *c;
	struct str s;
	struct span at;
};

/* ---- language ---------------------------------------------------------------------- */

static size_t count_words(struct str s)
{
	size_t off = 0, n = 0;
	struct str word;

	while (text_word(s, &off, &word))
		n++;
	return n;
}

static bool is_foreign(struct str s)
{
	size_t high = 0;

	for (size_t i = 0; i < s.n; i++)
		high += (unsigned char)s.p[i] >= 0x80;
	return high > s.n / 4;
}

/* A sentence of some length without any of these is in another language. */
static bool is_english(struct str s)
{
	size_t off = 0;
	struct str word;

	while (text_word(s, &off, &word))
		if (text_among(word, "the and of to for with from when this that or by "
				     "an on in your "
				     "use"))
			return true;
	return false;
}

/* ---- how much it says -------------------------------------------------------------- */

static bool check_short(const struct text_of *t)
{
	size_t chars = utf8_count(t->s);
	struct diag *d;

	if (is_foreign(t->s) ? chars >= FOREIGN_CHARS
			     : chars >= SHORT_CHARS || count_words(t->s) >= SHORT_WORDS)
		return false;
	d = diag_report(t->c->sink, RULE_DESC_SHORT, t->at,
		"description has %zu characters, too few to choose by", chars);
	diag_note(t->c->sink, d, SPAN_NONE,
		"say what it does, and when to use it in the words that people use");
	return true;
}

/* Words that any description could have. */
#define EMPTY_WORDS                                                                     \
	"a an and any are as at be by can code data document documents file files "     \
	"for from general handle handles handling help helpful helps in information "   \
	"is it its kinds management manage manages managing misc more of on or other "  \
	"process processes processing project projects related skill skills some "      \
	"something stuff support supports task tasks that the their thing things this " \
	"to tool tools use used useful user users using utilities utility various "     \
	"when whenever with work working works you your"

static bool check_vague(const struct text_of *t)
{
	size_t off = 0;
	struct str word;
	struct diag *d;

	while (text_word(t->s, &off, &word))
		if (!text_among(word, EMPTY_WORDS))
			return false;
	d = diag_report(t->c->sink, RULE_DESC_VAGUE, t->at,
		"no word of the description tells this from any other skill");
	diag_note(
		t->c->sink, d, SPAN_NONE, "name what it works on, and what comes of it");
	return true;
}

/* ---- when to use it ---------------------------------------------------------------- */

/* Words that begin a condition, alone or before one of a few others. */
static bool is_trigger(struct str word, struct str next)
{
	if (text_among(word,
		    "when whenever if trigger triggers triggered triggering invoke "
		    "invoked "
		    "invokes activate activates activated before after asked asks "
		    "mentions "
		    "mentioned requests requested wants while during upon"))
		return true;
	if (text_among(word, "use used useful"))
		return text_among(next,
			"for to this it as in on with after at by proactively only");
	if (text_among(word,
		    "suitable ideal intended meant designed made good preferred call "
		    "run load read apply applies"))
		return text_among(next, "for this to it");
	return false;
}

static bool begins_sentence(struct str s, size_t off)
{
	while (off && char_is_space(s.p[off - 1]))
		off--;
	return !off || strchr(".!?:", s.p[off - 1]);
}

/* "Use pandas for small tables", "For tables, …": what is told to do, and for what. */
static bool is_order(struct str s, struct str word, size_t after)
{
	if (!begins_sentence(s, (size_t)(word.p - s.p)))
		return false;
	if (str_eq_nocase(word, STR("for")))
		return true;
	if (!str_eq_nocase(word, STR("use")))
		return false;
	for (int i = 0; i < 3 && text_word(s, &after, &word); i++)
		if (text_among(word, "for to when"))
			return true;
	return false;
}

/* Offset of the first such word; STR_NPOS if there is none. */
static size_t find_trigger(struct str s)
{
	struct str word, next = STR_NONE;
	size_t off = 0, after;

	if (!text_word(s, &off, &word))
		return STR_NPOS;
	for (after = off; word.n; word = next, off = after) {
		if (!text_word(s, &after, &next))
			next = STR_NONE;
		if (is_trigger(word, next) || is_order(s, word, off))
			return (size_t)(word.p - s.p);
	}
	return STR_NPOS;
}

static void check_trigger(const struct text_of *t)
{
	size_t at = find_trigger(t->s), chars;
	struct diag *d;

	if (at == STR_NPOS) {
		d = diag_report(t->c->sink, RULE_DESC_TRIGGER, t->at,
			"description does not say when to use it");
		diag_note(t->c->sink, d, SPAN_NONE,
			"add a sentence 'Use when …' with the words that people use");
		return;
	}
	chars = utf8_count(str_sub(t->s, 0, at));
	if (chars <= SHOWN_CHARS)
		return;
	d = diag_report(t->c->sink, RULE_DESC_TRIGGER_LATE, t->at,
		"description says when to use it only after %zu characters", chars);
	diag_note(t->c->sink, d, SPAN_NONE,
		"clients that are short of room show about the first %d", SHOWN_CHARS);
}

/* ---- who speaks -------------------------------------------------------------------- */

/* What users say stands in quotation marks, names in backticks: not our business. */
static size_t skip_quoted(struct str s, size_t off)
{
	char mark = s.p[off];
	size_t end;

	if (mark != '"' && mark != '`')
		return off;
	end = str_find_char(s, mark, off + 1);
	return end == STR_NPOS ? off : end;
}

/* What `word`, with `next` after it, makes the speaker or the one who is spoken
 * to; NULL: neither. */
static const char *person_of(struct str s, struct str word, struct str next)
{
	bool first = begins_sentence(s, (size_t)(word.p - s.p));

	if (first && str_eq(word, STR("I")) &&
		text_among(next, "can will help am have create write analyze use make "
				 "generate provide assist review build handle do want"))
		return "the first";
	if ((first && (str_eq(word, STR("I'm")) || str_eq(word, STR("I'll")))) ||
		(text_among(word, "we") && text_among(next, "can will help")))
		return "the first";
	if (first && text_among(word, "you your"))
		return "the second";
	if (text_among(word, "help helps let lets allow allows allowing enable enables "
			     "enabling") &&
		str_eq(next, STR("you")))
		return "the second";
	return NULL;
}

static void check_person(const struct text_of *t)
{
	struct str s = t->s, word, next;
	size_t off = 0;

	for (;;) {
		const char *person;
		size_t peek;
		struct diag *d;

		while (off < s.n && !char_is_alnum(s.p[off]))
			off = skip_quoted(s, off) + 1;
		if (off >= s.n || !text_word(s, &off, &word))
			return;
		peek = off;
		if (!text_word(s, &peek, &next))
			next = STR_NONE;
		person = person_of(s, word, next);
		if (!person)
			continue;
		d = diag_report(t->c->sink, RULE_DESC_PERSON, t->at,
			"description is in %s person: '%.*s %.*s'", person, STR_ARG(word),
			STR_ARG(next));
		diag_note(t->c->sink, d, SPAN_NONE,
			"it stands in a prompt among others: write 'Reviews …', not 'I "
			"review' or 'You can review'");
		return;
	}
}

static void check_filler(const struct text_of *t)
{
	static const struct str fillers[] = { STR_INIT("this skill "),
		STR_INIT("the skill "), STR_INIT("a skill "), STR_INIT("skill for "),
		STR_INIT("skill to "), STR_INIT("skill that "), STR_INIT("this is a "),
		STR_INIT("this is the "), STR_INIT("this agent "),
		STR_INIT("this tool ") };

	for (size_t i = 0; i < COUNTOF(fillers); i++) {
		struct str head = str_sub(t->s, 0, fillers[i].n);
		struct diag *d;

		if (!str_eq_nocase(head, fillers[i]))
			continue;
		d = diag_report(t->c->sink, RULE_DESC_FILLER, t->at,
			"description begins with words that say nothing: '%.*s'",
			STR_ARG(str_trim(head)));
		diag_note(t->c->sink, d, SPAN_NONE,
			"begin with the verb: the first words count most");
		return;
	}
}

/* ---- the same again ---------------------------------------------------------------- */

/* Word by word, in lower case. */
static uint64_t word_hash(struct str word)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < word.n; i++) {
		char ch = word.p[i];

		h ^= (unsigned char)(char_is_upper(ch) ? ch | 0x20 : ch);
		h *= 1099511628211u;
	}
	return h;
}

/* A small set of hashes, never full. */
#define SLOTS	  1024
#define WORDS_MAX 512

/* False if it was there already. */
static bool hash_add(uint64_t *slot, uint64_t h)
{
	size_t i = h % SLOTS;

	h |= !h;
	for (; slot[i]; i = (i + 1) % SLOTS)
		if (slot[i] == h)
			return false;
	slot[i] = h;
	return true;
}

static void check_repeats(const struct text_of *t)
{
	struct str word[REPEAT_WORDS];
	uint64_t hash[REPEAT_WORDS], slot[SLOTS] = { 0 };
	size_t off = 0;

	for (size_t n = 0; n < WORDS_MAX; n++) {
		struct str *now = &word[n % REPEAT_WORDS], from;
		uint64_t h = 0;
		struct diag *d;

		if (!text_word(t->s, &off, now))
			return;
		hash[n % REPEAT_WORDS] = word_hash(*now);
		for (size_t k = 1; k <= REPEAT_WORDS && n + 1 >= REPEAT_WORDS; k++)
			h = h * 31 + hash[(n + k) % REPEAT_WORDS];
		if (n + 1 < REPEAT_WORDS || hash_add(slot, h))
			continue;
		from = word[(n + 1) % REPEAT_WORDS];
		d = diag_report(t->c->sink, RULE_DESC_REPEATS, t->at,
			"description says '%.*s' twice", (int)(now->p + now->n - from.p),
			from.p);
		diag_note(t->c->sink, d, SPAN_NONE,
			"every character takes room from other skills");
		return;
	}
}

/* ---- all --------------------------------------------------------------------------- */

static bool is_hidden(const struct doc *d)
{
	const struct fm_entry *e = rule_key(d, "disable-model-invocation");
	bool hidden = false;

	return e && fm_bool(&e->value, &hidden) && hidden;
}

void content_description(const struct rule_ctx *c, const struct rule_file *f)
{
	const struct fm_entry *e = f->doc ? rule_key(f->doc, "description") : NULL;
	struct text_of t = { .c = c, .s = f->meta->description };

	if (!e || e->value.kind != FM_SCALAR || !str_trim(e->value.value).n || !t.s.n)
		return;
	t.at = e->value.span;
	if (check_short(&t) || check_vague(&t))
		return;
	check_repeats(&t);
	if (is_foreign(t.s) || !is_english(t.s))
		return;
	if (!is_hidden(f->doc))
		check_trigger(&t);
	check_person(&t);
	check_filler(&t);
}
