/* subagents.c - on a platform that runs one thing at a time, wording that asks
 * for parallel agents becomes wording for tasks in sequence. Only phrases that
 * can mean nothing else are touched. */
#include "passes.h"

#include "rune/str.h"
#include "words.h"

/* The words of a stretch of prose, one after the other. */
struct reader {
	struct str text;
	size_t pos; /* after the word read last */
	struct str word; /* empty at a mark or the end */
};

static bool in_word(char c)
{
	return char_is_alnum(c) || c == '-' || (unsigned char)c >= 0x80;
}

/* The next word, if only white space comes before it. */
static struct str read_word(struct reader *r)
{
	size_t from = r->pos, end;

	while (from < r->text.n && char_is_space(r->text.p[from]))
		from++;
	for (end = from; end < r->text.n && in_word(r->text.p[end]);)
		end++;
	r->word = str_sub(r->text, from, end - from);
	if (r->word.n)
		r->pos = end;
	return r->word;
}

static struct str peek_word(const struct reader *r)
{
	struct reader ahead = *r;

	return read_word(&ahead);
}

/* `phrase` word by word, in any letter case. */
static bool skip_phrase(struct reader *r, const char *phrase)
{
	struct reader ahead = *r;
	struct str rest = str_c(phrase), word;

	while (str_split(&rest, ' ', &word))
		if (!str_eq_nocase(read_word(&ahead), word))
			return false;
	*r = ahead;
	return true;
}

static bool skip_any(struct reader *r, const char *const *phrases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (skip_phrase(r, phrases[i]))
			return true;
	return false;
}

static bool skip_at_once(struct reader *r)
{
	static const char *const phrases[] = { "in parallel", "concurrently",
		"simultaneously", "at once", "at the same time" };

	return skip_any(r, phrases, COUNTOF(phrases));
}

static const char many_agents[] = "agents subagents sub-agents";
static const char one_agent[] = "agent subagent sub-agent";
static const char parallel[] = "parallel concurrent simultaneous";
static const char kinds[] =
	"separate independent fresh new background dedicated specialized additional";

/* Forms of a verb that starts agents, and of what is done instead. */
struct verb {
	const char *strong; /* means agents by itself */
	const char *weak; /* only with "parallel" */
	const char *many, *one;
};
static const struct verb verbs[] = {
	{ "launch spawn dispatch", "run start use create deploy invoke fork",
		"work through", "take up" },
	{ "launching spawning dispatching",
		"running starting using creating deploying invoking forking",
		"working through", "taking up" },
	{ "launches spawns dispatches", "runs starts uses creates deploys invokes forks",
		"works through", "takes up" },
};

static const struct verb *verb_of(struct str word, bool *strong)
{
	/* asked of every word of every text: most begin with another letter */
	if (!word.n || !strchr("lsdrucif", word.p[0] | 0x20))
		return NULL;
	for (size_t i = 0; i < COUNTOF(verbs); i++) {
		*strong = word_among(word, verbs[i].strong);
		if (*strong || word_among(word, verbs[i].weak))
			return &verbs[i];
	}
	return NULL;
}

static bool is_number(struct str w)
{
	static const char words[] = "two three four five six seven eight nine ten "
				    "multiple several many some all both N";
	size_t digits = 0;

	for (size_t i = 0; i < w.n; i++)
		digits += char_is_digit(w.p[i]) || (i && w.p[i] == '-');
	return (w.n && digits == w.n) || word_among(w, words);
}

/* How many: "3", "up to 3", "the three"; as written, or empty. */
static struct str read_quantity(struct reader *r)
{
	size_t from;

	for (from = r->pos; from < r->text.n && char_is_space(r->text.p[from]);)
		from++;
	if (!skip_phrase(r, "up to") && !skip_phrase(r, "at most"))
		if (word_among(peek_word(r), "the these all"))
			read_word(r);
	if (is_number(peek_word(r)))
		read_word(r);
	return r->pos > from ? str_sub(r->text, from, r->pos - from) : STR_NONE;
}

static struct str same_case(struct str s, struct str as, struct arena *a)
{
	if (!char_is_upper(as.p[0]))
		return s;
	return str_fmt(a, "%c%.*s", s.p[0] - 'a' + 'A', STR_ARG(str_from(s, 1)));
}

/* "Launch 3 parallel agents", after its verb has been read. */
static bool read_many(struct reader *r, const struct verb *v, bool strong,
	struct arena *a, struct str *with)
{
	struct reader ahead = *r;
	struct str quantity = read_quantity(&ahead);
	bool at_once = false;

	while (word_among(peek_word(&ahead), parallel) ||
		word_among(peek_word(&ahead), kinds))
		at_once |= word_among(read_word(&ahead), parallel);
	if (!word_among(read_word(&ahead), many_agents))
		return false;
	at_once |= skip_at_once(&ahead);
	if (!strong && !at_once)
		return false;
	*with = str_fmt(a, "%s %.*s tasks one after the other", v->many,
		STR_ARG(quantity.n ? quantity : STR("the")));
	*r = ahead;
	return true;
}

/* "spawn a subagent". */
static bool read_one(
	struct reader *r, const struct verb *v, struct arena *a, struct str *with)
{
	struct reader ahead = *r;

	if (!word_among(read_word(&ahead), "a an another one"))
		return false;
	while (word_among(peek_word(&ahead), kinds))
		read_word(&ahead);
	if (!word_among(read_word(&ahead), one_agent) ||
		word_among(peek_word(&ahead), "process processes pool pools"))
		return false;
	*with = str_fmt(a, "%s a separate task", v->one);
	*r = ahead;
	return true;
}

struct prose {
	const struct doc *d;
	struct span run;
	node_id block;
};

static bool ends_sentence(struct str text, size_t at, size_t end)
{
	char c = text.p[at];

	if (c == '|')
		return true;
	return (c == '.' || c == '!' || c == '?') &&
	       (at + 1 == end || char_is_space(text.p[at + 1]));
}

#define SENTENCE_MAX 512 /* bytes on either side */

/* The sentence around `off`, as far as its block or table cell goes; `*before` is
 * what of it comes before `off`. */
static struct str sentence_at(const struct prose *p, uint32_t off, struct str *before)
{
	struct str text = p->d->src->text;
	struct span b = p->d->node[p->block].span;
	size_t from = off, to = off, end = span_end(b);

	while (from > b.off && off - from < SENTENCE_MAX &&
		!ends_sentence(text, from - 1, end))
		from--;
	while (to < end && to - off < SENTENCE_MAX && !ends_sentence(text, to, end))
		to++;
	*before = str_sub(text, from, off - from);
	return str_sub(text, from, to - from);
}

static bool has_word(struct str text, const char *list)
{
	struct reader r = { text, 0, STR_NONE };

	while (r.pos < text.n) {
		if (!read_word(&r).n)
			r.pos++;
		else if (word_among(r.word, list))
			return true;
	}
	return false;
}

/* "Never spawn agents in parallel" says the right thing as it is. */
static bool is_negated(const struct prose *p, size_t at)
{
	struct str before;

	sentence_at(p, p->run.off + (uint32_t)at, &before);
	return has_word(before, "never not don no avoid cannot without") ||
	       str_find(before, STR("n't"), 0) != STR_NPOS;
}

static bool speaks_of_agents(const struct prose *p, size_t at)
{
	struct str before;
	struct str all = sentence_at(p, p->run.off + (uint32_t)at, &before);

	return has_word(all, many_agents);
}

/* What to say for the phrase that begins with the word just read. */
static bool reword(
	const struct prose *p, struct reader *r, struct arena *a, struct str *with)
{
	struct str first = r->word;
	size_t at = r->pos - first.n;
	const struct verb *v;
	bool strong;

	if (str_eq(first, STR("PARALLEL")) && str_eq(peek_word(r), STR("EXECUTION"))) {
		*with = STR("SEQUENTIAL");
		return true;
	}
	v = verb_of(first, &strong);
	if (v && (read_many(r, v, strong, a, with) ||
			 (strong && read_one(r, v, a, with)))) {
		*with = same_case(*with, first, a);
	} else if (word_among(first, "parallel concurrent") &&
		   word_among(peek_word(r), many_agents)) {
		read_word(r);
		*with = same_case(STR("sequential tasks"), first, a);
	} else if (str_eq(first, STR("in")) && str_eq(peek_word(r), STR("parallel")) &&
		   speaks_of_agents(p, at)) {
		read_word(r);
		*with = STR("one after the other");
	} else {
		return false;
	}
	return !is_negated(p, at);
}

/* All phrases need one of these. */
static bool is_worth_reading(struct str text)
{
	return str_find(text, STR("gent"), 0) != STR_NPOS ||
	       str_find(text, STR("PARALLEL"), 0) != STR_NPOS;
}

static void reword_run(
	const struct pass_ctx *c, struct edit_list *out, const struct doc_run *run)
{
	struct prose p = { c->unit->doc, run->span, run->block };
	struct reader r = { doc_text(p.d, run->span), 0, STR_NONE };

	while (r.pos < r.text.n) {
		struct span at = run->span;
		struct str with;

		if (!read_word(&r).n) {
			r.pos++;
			continue;
		}
		at.off += (uint32_t)(r.pos - r.word.n);
		if (!reword(&p, &r, c->a, &with))
			continue;
		at.len = run->span.off + (uint32_t)r.pos - at.off;
		pass_replace(c, out, at, with);
	}
}

void pass_subagents(const struct pass_ctx *c, struct edit_list *out)
{
	const struct doc *d = c->unit->doc;

	if (!is_worth_reading(doc_text(d, c->unit->range)))
		return;
	for (uint32_t i = 0; i < d->nrun; i++)
		if (d->run[i].kind == RUN_PROSE && pass_covers(c, d->run[i].span))
			reword_run(c, out, &d->run[i]);
}
