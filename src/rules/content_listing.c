/* content_listing.c - what a model is shown of all skills together: clients give the
 * list of names and descriptions so much room and no more.
 *
 * How each of them fills it was read from its bundle, or measured: 182 skills were
 * installed, and the request that it sent was read. */
#include "rules/checks.h"

#include "rune/str.h"
#include "rune/utf8.h"

#include <stdlib.h>

/* One line of a list. */
struct listed {
	const struct meta *meta;
	const struct doc *doc;
	const struct root *root;
	struct str name;
	size_t name_chars, desc_chars;
	bool hidden; /* disable-model-invocation */
};

struct list {
	const struct rule_ctx *c;
	struct listed *v;
	size_t n;
};

/* What a client makes of it. */
struct outcome {
	size_t lost; /* shown without description, or cut to `cut` characters */
	size_t cut;
	size_t missing; /* not shown at all */
	const struct listed *first; /* of those, the first that the user may mend */
	struct buf names; /* of the first few */
	size_t enough; /* tokens of context at which nothing is lost; 0: none is */
};

#define NAMES_SHOWN 8

/* ---- the list ---------------------------------------------------------------------- */

static bool is_hidden(const struct doc *d)
{
	const struct fm_entry *e = rule_key(d, "disable-model-invocation");
	bool hidden = false;

	return e && fm_bool(&e->value, &hidden) && hidden;
}

/* The built-in library is emitted with the rest where rune is set up to do so. */
static void add(struct list *l, const struct root *root, const struct doc *doc,
	const struct meta *m, struct str name)
{
	if (!doc || !name.n || (!root->dir.n && !l->c->project->config.src))
		return;
	l->v[l->n++] = (struct listed){ m, doc, root, name, utf8_count(name),
		utf8_count(m->description), is_hidden(doc) };
}

static int by_name(const void *pa, const void *pb)
{
	const struct listed *a = pa, *b = pb;

	return str_cmp(a->name, b->name);
}

/* In the order of names, as clients have it. */
static struct list list_make(const struct rule_ctx *c)
{
	const struct project *p = c->project;
	struct list l = { c, arena_array(c->a, struct listed, p->nskill + p->npack), 0 };

	for (size_t i = 0; i < p->nskill; i++)
		if (!p->skill[i].broken)
			add(&l, p->skill[i].root, p->skill[i].doc, &p->skill[i].meta,
				p->skill[i].emit_name);
	for (size_t i = 0; i < p->npack; i++)
		if (!p->pack[i].broken)
			add(&l, p->pack[i].root, p->pack[i].doc, &p->pack[i].meta,
				p->pack[i].emit_name);
	if (l.n)
		qsort(l.v, l.n, sizeof(*l.v), by_name);
	return l;
}

/* ---- outcomes ---------------------------------------------------------------------- */

static void lose(const struct list *l, struct outcome *o, const struct listed *x)
{
	o->names.a = l->c->a;
	if (!o->first && rule_asked(l->c, x->root, x->doc))
		o->first = x;
	if (o->lost < NAMES_SHOWN)
		buf_addf(&o->names, "%s%.*s", o->lost ? ", " : "", STR_ARG(x->name));
	o->lost++;
}

/* Claude Code 2.1.330: a hundredth of the context, at four characters a token. A line
 * is "- name: description". Its own skills keep theirs; of all others the names are
 * set down, then descriptions of 1,536 characters at most for as long as there is
 * room, beginning with those that are used most. New ones are used alike. */
#define CLAUDE_CONTEXT	   200000
#define CLAUDE_SHARE	   25 /* characters per so many tokens of context */
#define CLAUDE_OWN	   6052 /* characters of its own skills, with line ends */
#define CLAUDE_OWN_NAMES   25 /* of two more, whose descriptions give way */
#define CLAUDE_OWN_FULL	   159
#define CLAUDE_DESCRIPTION 1536

static size_t claude_chars(const struct listed *x)
{
	size_t n =
		x->desc_chars < CLAUDE_DESCRIPTION ? x->desc_chars : CLAUDE_DESCRIPTION;

	return n ? n + 2 : 0;
}

static struct outcome claude_fill(const struct list *l)
{
	size_t budget = CLAUDE_CONTEXT / CLAUDE_SHARE, names, all;
	struct outcome o = { .names = BUF_INIT(NULL) };

	names = CLAUDE_OWN + CLAUDE_OWN_NAMES;
	all = CLAUDE_OWN + CLAUDE_OWN_FULL;
	for (size_t i = 0; i < l->n; i++)
		if (!l->v[i].hidden) {
			names += l->v[i].name_chars + 3;
			all += l->v[i].name_chars + 3 + claude_chars(&l->v[i]);
		}
	if (all <= budget)
		return o;
	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].hidden)
			continue;
		if (names + claude_chars(&l->v[i]) <= budget)
			names += claude_chars(&l->v[i]);
		else
			lose(l, &o, &l->v[i]);
	}
	o.enough = all * CLAUDE_SHARE;
	return o;
}

/* Copilot CLI 1.0.102: entries in the order of names until 15,000 characters are full;
 * what is left is a row of names. */
#define COPILOT_CHARS 15000
#define COPILOT_FRAME 18
#define COPILOT_ENTRY 94 /* characters of markup */

static struct outcome copilot_fill(const struct list *l)
{
	struct outcome o = { .names = BUF_INIT(NULL) };
	size_t used = COPILOT_FRAME;
	bool full = false;

	for (size_t i = 0; i < l->n; i++) {
		const struct listed *x = &l->v[i];

		if (x->hidden)
			continue;
		used += COPILOT_ENTRY + x->name_chars + x->desc_chars;
		full |= used > COPILOT_CHARS;
		if (full)
			lose(l, &o, x);
	}
	return o;
}

/* Droid 0.215.0: as Claude Code, in 15,000 characters and in the order of names. */
#define DROID_CHARS 15000
#define DROID_OWN   5276 /* characters of its own skills */

static struct outcome droid_fill(const struct list *l)
{
	struct outcome o = { .names = BUF_INIT(NULL) };
	size_t used = DROID_OWN;

	for (size_t i = 0; i < l->n; i++)
		used += l->v[i].hidden ? 0 : l->v[i].name_chars + 1;
	for (size_t i = 0; i < l->n; i++) {
		const struct listed *x = &l->v[i];

		if (x->hidden)
			continue;
		if (used + x->desc_chars + 2 <= DROID_CHARS)
			used += x->desc_chars + 2;
		else
			lose(l, &o, x);
	}
	return o;
}

/* How many characters each description may have so that all fit into `room`. */
static size_t share(const struct list *l, size_t room, size_t most, bool hide)
{
	size_t low = 0, high = most;

	while (low < high) {
		size_t mid = low + (high - low + 1) / 2, sum = 0;

		for (size_t i = 0; i < l->n; i++)
			if (!hide || !l->v[i].hidden)
				sum += l->v[i].desc_chars < mid ? l->v[i].desc_chars
								: mid;
		if (sum <= room)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

static void cut(const struct list *l, struct outcome *o, size_t to, bool hide)
{
	o->cut = to;
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].desc_chars > to && (!hide || !l->v[i].hidden))
			lose(l, o, &l->v[i]);
}

/* Codex 0.169: a fiftieth of the context of 272,000 tokens, shared equally; "- name:
 * description (file: r1/name/SKILL.md)". It hides nothing. */
#define CODEX_CHARS	  21760
#define CODEX_OWN	  480 /* of its own skills */
#define CODEX_ENTRY	  26
#define CODEX_DESCRIPTION 1024

static struct outcome codex_fill(const struct list *l)
{
	struct outcome o = { .names = BUF_INIT(NULL) };
	size_t used = CODEX_OWN, to;

	for (size_t i = 0; i < l->n; i++)
		used += CODEX_ENTRY + 2 * l->v[i].name_chars;
	to = used < CODEX_CHARS ? CODEX_CHARS - used : 0;
	to = share(l, to, CODEX_DESCRIPTION, false);
	if (to < CODEX_DESCRIPTION)
		cut(l, &o, to, false);
	return o;
}

/* OpenClaw 2026.9.6: 150 skills and 18,000 characters, markup and paths included, here
 * those of its own workspace (a longer path leaves less); if they do not suffice, all
 * descriptions are cut alike, to 220 characters or less. */
#define CLAW_CHARS  18000
#define CLAW_FRAME  470
#define CLAW_ENTRY  135 /* markup, and the path but for the name */
#define CLAW_SKILLS 150
#define CLAW_CUT    220
#define CLAW_LEAST  4

static struct outcome claw_fill(const struct list *l)
{
	struct outcome o = { .names = BUF_INIT(NULL) };
	size_t used = CLAW_FRAME, all = 0, n = 0, to;

	for (size_t i = 0; i < l->n; i++)
		if (!l->v[i].hidden) {
			n++;
			used += CLAW_ENTRY + 2 * l->v[i].name_chars;
			all += l->v[i].desc_chars;
		}
	o.missing = n > CLAW_SKILLS ? n - CLAW_SKILLS : 0;
	if (used + all <= CLAW_CHARS && !o.missing)
		return o;
	to = used < CLAW_CHARS ? share(l, CLAW_CHARS - used, CLAW_CUT, true) : 0;
	cut(l, &o, to < CLAW_LEAST ? 0 : to, true);
	return o;
}

/* ---- findings ---------------------------------------------------------------------- */

static const struct client {
	const char *platform[2];
	const char *title;
	bool hides; /* honours disable-model-invocation */
	struct outcome (*fill)(const struct list *l);
} clients[] = {
	{ { "claude", "claude-plugin" }, "Claude Code, at a context of 200,000 tokens,",
		true, claude_fill },
	{ { "copilot", NULL }, "Copilot", true, copilot_fill },
	{ { "droid", NULL }, "Droid", true, droid_fill },
	{ { "codex", NULL }, "Codex", false, codex_fill },
	{ { "openclaw", NULL }, "OpenClaw", true, claw_fill },
};

static size_t visible(const struct list *l, bool hides)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += !(hides && l->v[i].hidden);
	return n;
}

static bool is_named(const struct rule_ctx *c, const struct client *k)
{
	for (size_t i = 0; c->o->named && i < c->o->nplatform; i++)
		for (size_t n = 0; n < COUNTOF(k->platform) && k->platform[n]; n++)
			if (str_eq(c->o->platform[i]->name, str_c(k->platform[n])))
				return true;
	return false;
}

static void report(const struct list *l, const struct client *k, const struct outcome *o)
{
	bool named = is_named(l->c, k);
	struct diag_sink *sink = l->c->sink;
	struct diag *d;
	struct str what;

	what = o->cut ? str_fmt(l->c->a, "with descriptions of %zu characters", o->cut)
		      : STR("without their descriptions");
	d = diag_report(sink, named ? RULE_LISTING_CUT : RULE_LISTING_CUT_ELSEWHERE,
		o->first->meta->description_span, "%s shows %zu of %zu skills %.*s",
		k->title, o->lost, visible(l, k->hides), STR_ARG(what));
	diag_note(sink, d, SPAN_NONE, "%.*s%s", STR_ARG(buf_str(&o->names)),
		o->lost > NAMES_SHOWN ? ", …" : "");
	if (o->missing)
		diag_note(sink, d, SPAN_NONE, "%zu are not shown at all", o->missing);
	if (o->enough)
		diag_note(sink, d, SPAN_NONE,
			"those that are used most keep theirs; all do from about %zu "
			"tokens of context on",
			o->enough);
	diag_note(sink, d, SPAN_NONE,
		"shorten descriptions, or take what only people start from the list with "
		"'disable-model-invocation: true'");
}

void content_listing(const struct rule_ctx *c)
{
	struct list l = list_make(c);

	for (size_t i = 0; i < COUNTOF(clients); i++) {
		struct outcome o;

		if (c->o->named && !is_named(c, &clients[i]))
			continue;
		o = clients[i].fill(&l);
		if (o.lost && o.first)
			report(&l, &clients[i], &o);
	}
}
