/* tool_names.c - `Grep` becomes the platform's own name for the tool, or, where
 * it has none, words that fit the sentence:
 *
 *   Use `Grep` for secrets      Search file contents for secrets
 *   with `Grep`                 with text search
 *   the `Grep` tool             the text-search tool
 *   three `Grep` hits           three text-search hits
 *   `Grep` is slow              Text search is slow
 *   then `Read` the file        then read the file
 *   (`Read`, `Grep`)            (read files, search file contents) */
#include "passes.h"

#include "rune/str.h"
#include "words.h"

struct words {
	struct str verb; /* imperative, with an object of its own */
	struct str act; /* imperative before an object; empty: verb */
	struct str lead; /* before a colon */
	struct str noun; /* after a preposition; as a subject */
	struct str count; /* after an article */
	bool takes_for; /* "verb for x" says what "use `Tool` for x" did */
};

static const struct words default_words[TOOL__COUNT] = {
	[TOOL_Read] = { STR_INIT("read files"), STR_INIT("read"), STR_INIT("read files"),
		STR_INIT("file reading"), STR_INIT("file read"), false },
	[TOOL_Write] = { STR_INIT("write files"), STR_INIT("write"),
		STR_INIT("write files"), STR_INIT("file writing"), STR_INIT("file write"),
		false },
	[TOOL_Edit] = { STR_INIT("edit files"), STR_INIT("edit"), STR_INIT("edit files"),
		STR_INIT("file editing"), STR_INIT("file edit"), true },
	[TOOL_MultiEdit] = { STR_INIT("make several edits"), STR_INIT("edit"),
		STR_INIT("make several edits"), STR_INIT("batch editing"),
		STR_INIT("batch edit"), true },
	[TOOL_NotebookEdit] = { STR_INIT("edit notebook cells"), STR_INIT("edit"),
		STR_INIT("edit notebook cells"), STR_INIT("notebook editing"),
		STR_INIT("notebook edit"), true },
	[TOOL_Glob] = { STR_INIT("search file names"), STR_INIT("search"),
		STR_INIT("search file names"), STR_INIT("file search"),
		STR_INIT("file search"), true },
	[TOOL_Grep] = { STR_INIT("search file contents"), STR_INIT("search"),
		STR_INIT("search file contents"), STR_INIT("text search"),
		STR_INIT("text search"), true },
	[TOOL_Bash] = { STR_INIT("run a shell command"), STR_INIT("run"),
		STR_INIT("run in the terminal"), STR_INIT("the terminal"),
		STR_INIT("shell command"), true },
	[TOOL_TodoWrite] = { STR_INIT("track task progress"), STR_INIT("track"),
		STR_INIT("track task progress"), STR_INIT("task tracking"),
		STR_INIT("task list"), true },
	[TOOL_Skill] = { STR_INIT("execute the workflow"), STR_INIT("execute"),
		STR_INIT("execute the workflow"), STR_INIT("skill loading"),
		STR_INIT("skill"), true },
	[TOOL_Agent] = { STR_INIT("carry out a subtask"), STR_INIT(""),
		STR_INIT("carry out a subtask"), STR_INIT("a subtask"),
		STR_INIT("subtask"), false },
	[TOOL_Task] = { STR_INIT("carry out a subtask"), STR_INIT(""),
		STR_INIT("carry out a subtask"), STR_INIT("a subtask"),
		STR_INIT("subtask"), false },
	[TOOL_WebFetch] = { STR_INIT("fetch web pages"), STR_INIT("fetch"),
		STR_INIT("fetch web pages"), STR_INIT("web fetching"),
		STR_INIT("page fetch"), false },
	[TOOL_WebSearch] = { STR_INIT("search the web"), STR_INIT("search the web for"),
		STR_INIT("search the web"), STR_INIT("web search"),
		STR_INIT("web search"), true },
};

static const struct tool_map *map_of(const struct adapter *ad, enum tool t)
{
	for (size_t i = 0; i < ad->ntools; i++)
		if (str_eq(ad->tools[i].from, tool_name[t]))
			return &ad->tools[i];
	return NULL;
}

static struct str without_article(struct str s)
{
	static const struct str articles[] = { STR_INIT("the "), STR_INIT("a "),
		STR_INIT("an ") };

	for (size_t i = 0; i < COUNTOF(articles); i++)
		if (str_starts(s, articles[i]))
			return str_from(s, articles[i].n);
	return s;
}

/* "text search (`exec` with `rg`)" without what stands in brackets. */
static struct str without_note(struct str s)
{
	size_t at = str_find(s, STR(" ("), 0);

	return at == STR_NPOS ? s : str_sub(s, 0, at);
}

/* The adapter's words before ours. */
static struct words words_of(enum tool t, const struct tool_map *m)
{
	struct words w = default_words[t];

	if (!m)
		return w;
	if (m->verb.n)
		w.verb = w.lead = m->verb;
	if (m->lead.n)
		w.lead = m->lead;
	if (m->noun.n) {
		w.noun = m->noun;
		w.count = without_article(without_note(m->noun));
	}
	return w;
}

/* ---- the sentence around a tool, or around a list of them ---- */

enum place {
	PLACE_FREE, /* nothing before it governs it */
	PLACE_USE, /* "use", "call": one word with the tool's verb */
	PLACE_NOUN, /* after a preposition, or a verb that takes an object */
	PLACE_ARTICLE,
};

enum next {
	NEXT_END, /* of the sentence, or a mark */
	NEXT_COLON,
	NEXT_NOUN, /* that the tool modifies: "tool", "calls" */
	NEXT_PREDICATE, /* the tool is its subject, or owner */
	NEXT_TO,
	NEXT_FOR,
	NEXT_ON, /* a preposition that goes with a noun only */
	NEXT_OBJECT, /* of the tool as a verb */
	NEXT_CLAUSE, /* in, with, when, and, ...: goes with anything */
	NEXT_WORD,
};

static const char use_verbs[] = "use call run invoke try employ apply execute launch";
static const char adverbs[] =
	"then and or next finally also always never not now otherwise else again please "
	"must should may can will cannot could would might simply instead first second "
	"third either t";
static const char ordinals[] = "first second third next last same single other new";
static const char counted[] = "that both all one two three";
static const char modified[] =
	"tool tools call calls command commands invocation invocations output outputs "
	"result results access permission permissions query queries hit hits search "
	"searches match matches pattern patterns operation operations session sessions "
	"step steps";
static const char predicates[] =
	"is are was were has have had can cannot may might must will would should could "
	"does do did returns return fails fail finds found gives shows reports takes "
	"needs prints lists comes lets makes keeps works allowed denied permitted "
	"required needed available unavailable";
static const char objects[] = "that both all it them one two three four only whole";
static const char noun_prepositions[] = "on against by not as over";
static const char clauses[] =
	"in with when if from at after before until once across where through again "
	"first and or but so then while unless since because instead without via per "
	"inside under within into now here there later too";

static bool is_after_determiner(const struct doc *d, node_id block, const struct side *s)
{
	struct side prior = side_before(d, block, s->at.off);

	return prior.kind == SIDE_WORD && prior.gap &&
	       (word_is_determiner(prior.word) || word_among(prior.word, counted));
}

static enum place place_of(const struct doc *d, node_id block, const struct side *before)
{
	struct str w = before->word;

	if (before->kind != SIDE_WORD)
		return PLACE_FREE;
	if (!before->gap)
		return PLACE_NOUN;
	if (word_is_determiner(w) || word_among(w, counted))
		return PLACE_ARTICLE;
	if (word_among(w, ordinals) && is_after_determiner(d, block, before))
		return PLACE_ARTICLE;
	if (word_among(w, use_verbs) && !is_after_determiner(d, block, before))
		return PLACE_USE;
	return word_among(w, adverbs) ? PLACE_FREE : PLACE_NOUN;
}

static enum next next_of(const struct doc *d, node_id block, const struct side *after)
{
	struct str w = after->word;
	struct side then;

	switch (after->kind) {
	case SIDE_EDGE: return NEXT_END;
	case SIDE_CODE: return after->gap ? NEXT_OBJECT : NEXT_END;
	case SIDE_PUNCT:
		if (after->punct == ':')
			return NEXT_COLON;
		if (after->gap || after->marks)
			return NEXT_END;
		return after->punct == '\''  ? NEXT_PREDICATE
		       : after->punct == '-' ? NEXT_NOUN
					     : NEXT_END;
	case SIDE_WORD: break;
	}
	if (str_eq(w, STR("only"))) {
		then = side_after(d, block, span_end(after->at));
		if (then.kind != SIDE_WORD || word_among(then.word, clauses) ||
			word_among(then.word, "for to on"))
			return NEXT_CLAUSE;
	}
	if (word_among(w, modified))
		return NEXT_NOUN;
	if (word_among(w, predicates))
		return NEXT_PREDICATE;
	if (word_is_determiner(w) || word_among(w, objects))
		return NEXT_OBJECT;
	if (str_eq(w, STR("to")))
		return NEXT_TO;
	if (str_eq(w, STR("for")))
		return NEXT_FOR;
	if (word_among(w, noun_prepositions))
		return NEXT_ON;
	return word_among(w, clauses) ? NEXT_CLAUSE : NEXT_WORD;
}

/* ---- what to say instead ---- */

enum form {
	FORM_VERB,
	FORM_LEAD,
	FORM_ACT,
	FORM_NOUN,
	FORM_COUNT,
	FORM_MODIFIER,
};

struct wording {
	enum form form;
	bool with_before; /* takes the place of the word before it as well, */
	bool with_article; /* of "use the" before it, */
	bool with_after; /* and of "for" or "tool" after it */
	bool with_verb; /* and of "to run" after it, which says what it does */
	bool capital;
	bool article; /* "the " first */
};

static enum form form_after_use(enum next n, const struct words *w, struct wording *how)
{
	how->with_before = true;
	switch (n) {
	case NEXT_COLON: return FORM_LEAD;
	case NEXT_OBJECT: return w->act.n ? FORM_ACT : FORM_VERB;
	case NEXT_FOR:
		if (w->takes_for)
			return FORM_VERB;
		break;
	case NEXT_ON: break;
	case NEXT_END:
	case NEXT_TO:
	case NEXT_CLAUSE:
	case NEXT_WORD: return FORM_VERB;
	case NEXT_NOUN:
	case NEXT_PREDICATE: BUG_IF(true);
	}
	how->with_before = false;
	return FORM_NOUN;
}

static enum form form_when_free(
	enum next n, const struct words *w, enum next after_for, struct wording *how)
{
	switch (n) {
	case NEXT_COLON: return FORM_LEAD;
	case NEXT_WORD:
	case NEXT_OBJECT: return w->act.n ? FORM_ACT : FORM_VERB;
	case NEXT_ON: return FORM_NOUN;
	case NEXT_FOR:
		if (w->takes_for)
			return FORM_VERB;
		how->with_after = w->act.n && after_for == NEXT_OBJECT;
		return how->with_after ? FORM_ACT : FORM_NOUN;
	case NEXT_END:
	case NEXT_TO:
	case NEXT_CLAUSE: return FORM_VERB;
	case NEXT_NOUN:
	case NEXT_PREDICATE: BUG_IF(true);
	}
	return FORM_VERB;
}

/* Tools in a row, with nothing but commas and the like in between. */
struct row {
	const struct doc *d;
	const struct doc_tool *v;
	size_t n;
	struct side before, after;
	enum place place;
	enum next next;
};

/* The word after "to" in "use `Bash` to run it" says by itself what the tool does. */
static bool is_said(const struct row *r, const struct words *w, struct side *said)
{
	struct str rest = w->verb, verb;

	if (r->next != NEXT_TO || r->after.marks)
		return false;
	*said = side_after(r->d, r->v->block, span_end(r->after.at));
	return str_split(&rest, ' ', &verb) && said->kind == SIDE_WORD && said->gap &&
	       !said->marks && str_eq_nocase(said->word, verb);
}

static bool row_has_acts(const struct pass_ctx *c, const struct row *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!words_of(r->v[i].tool, map_of(c->adapter, r->v[i].tool)).act.n)
			return false;
	return true;
}

static enum form form_in_list(const struct pass_ctx *c, const struct row *r)
{
	if (r->place != PLACE_FREE || r->next == NEXT_ON)
		return FORM_NOUN;
	if (r->next == NEXT_OBJECT && row_has_acts(c, r))
		return FORM_ACT;
	return FORM_VERB;
}

static enum form form_alone(
	const struct pass_ctx *c, const struct row *r, struct wording *how)
{
	struct words w = words_of(r->v->tool, map_of(c->adapter, r->v->tool));
	struct side after_for, said;

	switch (r->place) {
	case PLACE_NOUN: return FORM_NOUN;
	case PLACE_ARTICLE: return FORM_COUNT;
	case PLACE_USE:
		if (r->before.marks)
			return FORM_NOUN;
		how->with_verb = is_said(r, &w, &said);
		return form_after_use(r->next, &w, how);
	case PLACE_FREE: break;
	}
	after_for = side_after(r->d, r->v->block, span_end(r->after.at));
	return form_when_free(r->next, &w, next_of(r->d, r->v->block, &after_for), how);
}

/* Can the noun stand before another one? "the skill's SKILL.md" cannot. */
static bool can_modify(struct str noun)
{
	noun = without_note(noun);
	for (size_t i = 0; i < noun.n; i++)
		if (noun.p[i] != ' ' && noun.p[i] != '-' && !char_is_alnum(noun.p[i]))
			return false;
	return true;
}

static bool modifies(const struct pass_ctx *c, enum tool t)
{
	return can_modify(words_of(t, map_of(c->adapter, t)).noun);
}

/* "use the `Skill` tool" where the words for it cannot stand before "tool". */
static void replace_with_tool(const struct row *r, struct wording *how)
{
	struct side use = side_before(r->d, r->v->block, r->before.at.off);

	how->form = FORM_NOUN;
	how->with_after = true;
	how->with_before = r->place == PLACE_ARTICLE && !r->before.marks;
	if (how->with_before && use.kind == SIDE_WORD && use.gap && !use.marks &&
		word_among(use.word, use_verbs)) {
		how->form = FORM_VERB;
		how->with_article = true;
	}
}

static void word_before_noun(
	const struct pass_ctx *c, const struct row *r, struct wording *how)
{
	bool tool = r->after.kind == SIDE_WORD && word_among(r->after.word, "tool tools");

	how->form = FORM_MODIFIER;
	how->article = tool && r->place == PLACE_USE && !r->before.marks;
	if (tool && r->n == 1 && !r->after.marks && !modifies(c, r->v->tool))
		replace_with_tool(r, how);
}

/* Where the replacement begins: at the word before that it takes the place of. */
static struct side first_replaced(const struct row *r, const struct wording *how)
{
	if (how->with_article)
		return side_before(r->d, r->v->block, r->before.at.off);
	return r->before;
}

static struct wording wording_of(const struct pass_ctx *c, const struct row *r)
{
	struct wording how = { 0 };

	if (r->next == NEXT_NOUN)
		word_before_noun(c, r, &how);
	else if (r->next == NEXT_PREDICATE)
		how.form =
			r->place == PLACE_ARTICLE && r->n == 1 ? FORM_COUNT : FORM_NOUN;
	else if (r->n > 1)
		how.form = form_in_list(c, r);
	else
		how.form = form_alone(c, r, &how);
	if (how.with_before)
		how.capital = char_is_upper(first_replaced(r, &how).word.p[0]);
	else
		how.capital = r->place == PLACE_FREE && r->next != NEXT_END &&
			      !(r->n > 1 && how.form == FORM_VERB) &&
			      side_starts_sentence(r->d, r->v->block, &r->before);
	return how;
}

/* "text search" before "tool" is "text-search", before "search" only "text". */
static struct str modifier(struct str noun, struct str next, struct arena *a)
{
	struct str rest = without_article(without_note(noun)), word;
	struct str low = str_lower(a, next);
	struct buf b = BUF_INIT(a);

	while (str_split(&rest, ' ', &word)) {
		if (b.n && !rest.p && str_starts(low, word))
			break;
		if (b.n)
			buf_addc(&b, '-');
		buf_add(&b, word);
	}
	return buf_str(&b);
}

static struct str say(const struct row *r, size_t i, const struct words *w,
	const struct wording *how, struct arena *a)
{
	struct str noun =
		can_modify(w->noun) ? w->noun : default_words[r->v[i].tool].noun;

	switch (how->form) {
	case FORM_VERB: return w->verb;
	case FORM_LEAD: return w->lead;
	case FORM_ACT: return w->act;
	case FORM_NOUN: return w->noun;
	case FORM_COUNT: return w->count;
	case FORM_MODIFIER: return modifier(noun, r->after.word, a);
	}
	return STR_NONE;
}

/* In brackets, "search (`exec`)" is "search: `exec`". */
static struct str unbracketed(struct str s, struct arena *a)
{
	size_t at = str_find(s, STR(" ("), 0);

	if (at == STR_NPOS || !str_ends(s, STR(")")))
		return s;
	return str_fmt(a, "%.*s: %.*s", STR_ARG(str_sub(s, 0, at)),
		STR_ARG(str_sub(s, at + 2, s.n - at - 3)));
}

/* The `s` in "two `Grep`s" is "es" after "search". */
static struct str before_ending(struct str s, const struct side *after, struct arena *a)
{
	if (after->kind != SIDE_WORD || after->gap || after->marks ||
		!str_eq(after->word, STR("s")) || !str_ends(s, STR("ch")))
		return s;
	return str_fmt(a, "%.*se", STR_ARG(s));
}

static struct str with_capital(struct str s, struct arena *a)
{
	char first = s.n ? s.p[0] : ' ';

	if (!char_is_lower(first))
		return s;
	return str_fmt(a, "%c%.*s", first - 'a' + 'A', STR_ARG(str_from(s, 1)));
}

static void replace_tool(const struct pass_ctx *c, struct edit_list *out,
	const struct row *r, size_t i, const struct wording *how)
{
	const struct doc_tool *t = &r->v[i];
	const struct tool_map *m = map_of(c->adapter, t->tool);
	struct words w = words_of(t->tool, m);
	struct span at = t->span;
	struct side said;
	struct str with;

	if (m && m->to.n) {
		with = str_fmt(c->a, "`%.*s`", STR_ARG(m->to));
		if (!str_eq(with, doc_text(r->d, at)))
			pass_replace(c, out, at, with);
		return;
	}
	with = say(r, i, &w, how, c->a);
	if (i + 1 == r->n)
		with = before_ending(with, &r->after, c->a);
	if (how->with_before) {
		at.off = first_replaced(r, how).at.off;
		at.len = span_end(t->span) - at.off;
	}
	if (how->with_after)
		at.len = span_end(r->after.at) - at.off;
	if (how->with_verb && is_said(r, &w, &said)) {
		with = said.word;
		at.len = span_end(said.at) - at.off;
	}
	if (in_brackets(r->d, t->block, t->span.off))
		with = unbracketed(with, c->a);
	if (how->article && !i)
		with = str_fmt(c->a, "the %.*s", STR_ARG(with));
	if (how->capital && !i)
		with = with_capital(with, c->a);
	pass_replace(c, out, at, with);
}

static struct row row_of(const struct doc *d, const struct doc_tool *v, size_t n)
{
	struct row r = { .d = d, .v = v, .n = 1 };
	uint32_t end = span_end(v->span);

	for (; r.n < n && v[r.n].block == v->block; r.n++) {
		struct span gap = { d->src->id, end, v[r.n].span.off - end };

		struct str between = str_trim(doc_text(d, gap));

		if (between.n && !joins_list(between))
			break;
		end = span_end(v[r.n].span);
	}
	r.before = side_before(d, v->block, v->span.off);
	r.after = side_after(d, v->block, end);
	r.next = next_of(d, v->block, &r.after);
	r.place = place_of(d, v->block, &r.before);
	if (str_eq(r.before.word, STR("to")) && r.next == NEXT_OBJECT)
		r.place = PLACE_FREE;
	return r;
}

#define NEAR 512 /* bytes looked at on either side */

/* "<" before and ">" after the tool: with the backticks gone they may be a tag. */
static bool in_angle_brackets(
	const struct doc_tool *t, struct str text, struct span block)
{
	uint32_t from = t->span.off, to = span_end(t->span);

	while (from > block.off && text.p[from - 1] != '<' && text.p[from - 1] != '>' &&
		t->span.off - from < NEAR)
		from--;
	if (from == block.off || text.p[from - 1] != '<' || char_is_space(text.p[from]))
		return false;
	while (to < span_end(block) && text.p[to] != '>' && to - from < 2 * NEAR)
		to++;
	return to < span_end(block) && text.p[to] == '>';
}

/* A line that would be a fence without the backticks further on. */
static bool on_fence_like_line(const struct doc *d, const struct doc_tool *t)
{
	struct str text = d->src->text, before;
	uint32_t from = t->span.off;

	while (from > d->body.off && text.p[from - 1] != '\n' &&
		text.p[from - 1] != '\r' && t->span.off - from < NEAR)
		from--;
	before = str_sub(text, from, t->span.off - from);
	while (before.n && (before.p[0] == ' ' || before.p[0] == '>'))
		before = str_from(before, 1);
	return str_starts(before, STR("```"));
}

/* Text that would be read as something else without its backticks. */
static bool needs_backticks(const struct doc *d, const struct doc_tool *t)
{
	struct span block = d->node[t->block].span;

	return in_angle_brackets(t, d->src->text, block) || on_fence_like_line(d, t);
}

static bool has_native_names(const struct adapter *ad)
{
	for (size_t i = 0; i < ad->ntools; i++)
		if (ad->tools[i].to.n)
			return true;
	return false;
}

/* A platform with names for its tools, of which this is none. */
static void report_unmapped(const struct pass_ctx *c, const struct doc_tool *t)
{
	struct str verb = default_words[t->tool].verb;
	struct diag *d = diag_report(c->sink, RULE_TOOL_UNMAPPED, t->span,
		"tool '%.*s' has no equivalent on %.*s", STR_ARG(tool_name[t->tool]),
		STR_ARG(c->adapter->title));

	diag_note(c->sink, d, SPAN_NONE, "the text says what it does: '%.*s'",
		STR_ARG(verb));
}

void pass_tool_names(const struct pass_ctx *c, struct edit_list *out)
{
	const struct doc *d = c->unit->doc;
	bool native = has_native_names(c->adapter), reported[TOOL__COUNT] = { false };
	struct row r;

	for (size_t i = 0; i < d->ntool; i += r.n) {
		struct wording how;

		r = row_of(d, d->tool + i, d->ntool - i);
		if (!pass_covers(c, d->tool[i].span) || needs_backticks(d, &d->tool[i]))
			continue;
		how = wording_of(c, &r);
		for (size_t k = 0; k < r.n; k++) {
			enum tool t = r.v[k].tool;

			if (native && !reported[t] && !map_of(c->adapter, t)) {
				report_unmapped(c, &r.v[k]);
				reported[t] = true;
			}
			replace_tool(c, out, &r, k, &how);
		}
	}
}
