/* content_duplicates.c - descriptions that are alike, so that a model takes one
 * skill for the other.
 *
 * Descriptions are compared as sets of telling words. Two sets of which 65 of 100
 * words are common must share one of their rarest words (how many of the rarest
 * follows from the share), so only those that do are compared; of skills that share
 * a word the first few stand for all. */
#include "rules/checks.h"
#include "rules/content.h"

#include <stdlib.h>

#include "rune/map.h"
#include "rune/str.h"

#define ALIKE_PERCENT 65
#define WORDS_LEAST   5
#define WORD_MAX      64 /* bytes by which words are told apart */
#define WORDS_MOST    200 /* of one description */
#define SHARERS_MAX   8

struct entry {
	const struct skill *skill;
	uint32_t *word; /* numbers, the rarest first */
	size_t nword;
	size_t compared; /* 1 + the last entry that this was compared with */
	bool alike; /* is reported */
};

struct word_info {
	uint32_t count, number;
	uint32_t sharer[SHARERS_MAX];
	size_t nsharer;
};

struct comparing {
	const struct rule_ctx *c;
	struct entry *entry;
	size_t n;
	struct map word; /* lower-case word → struct word_info */
	struct word_info **info; /* by number */
	struct map text; /* whole description → struct entry */
};

#define COMMON_WORDS                                                                     \
	"a an and any are as ask asked asking asks at be before by can do for from has " \
	"have how if in into is it its me need needs not of on or other over should "    \
	"skill "                                                                         \
	"so such than that the their them then there these this those to up use used "   \
	"user "                                                                          \
	"user's users uses using want wants was what when where whether which while "    \
	"who "                                                                           \
	"will with without you your"

/* ---- words ------------------------------------------------------------------------- */

static struct word_info *info_get(struct comparing *g, struct str word)
{
	char lower[WORD_MAX];
	struct str key = { lower, word.n < WORD_MAX ? word.n : WORD_MAX };
	struct word_info *w;

	for (size_t i = 0; i < key.n; i++)
		lower[i] =
			char_is_upper(word.p[i]) ? (char)(word.p[i] | 0x20) : word.p[i];
	w = map_find(&g->word, key);
	if (!w) {
		w = arena_new(g->c->a, struct word_info);
		w->number = (uint32_t)g->word.n;
		map_add(&g->word, arena_strdup(g->c->a, key), w);
	}
	return w;
}

static int number_cmp(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return *a < *b ? -1 : *a > *b;
}

static void read_words(struct comparing *g, struct entry *e)
{
	uint32_t number[WORDS_MOST];
	size_t off = 0, n = 0, kept = 0;
	struct str word;

	while (n < WORDS_MOST && text_word(e->skill->meta.description, &off, &word))
		if (!text_among(word, COMMON_WORDS))
			number[n++] = info_get(g, word)->number;
	if (n)
		qsort(number, n, sizeof(*number), number_cmp);
	e->word = arena_array(g->c->a, uint32_t, n);
	for (size_t i = 0; i < n; i++)
		if (!i || number[i] != number[i - 1])
			e->word[kept++] = number[i];
	e->nword = kept;
}

/* Give all words new numbers, by how many have them. */
static int count_cmp(const void *pa, const void *pb)
{
	const struct word_info *const *a = pa, *const *b = pb;

	if ((*a)->count != (*b)->count)
		return (*a)->count < (*b)->count ? -1 : 1;
	return (*a)->number < (*b)->number ? -1 : 1;
}

static void order_words(struct comparing *g)
{
	struct word_info **by_old = arena_array(g->c->a, struct word_info *, g->word.n);

	g->info = arena_array(g->c->a, struct word_info *, g->word.n);
	for (size_t i = 0; i < g->word.n; i++)
		by_old[i] = g->info[i] = g->word.entry[i].value;
	for (size_t i = 0; i < g->n; i++)
		for (size_t k = 0; k < g->entry[i].nword; k++)
			by_old[g->entry[i].word[k]]->count++;
	if (g->word.n)
		qsort(g->info, g->word.n, sizeof(*g->info), count_cmp);
	for (size_t i = 0; i < g->word.n; i++)
		g->info[i]->number = (uint32_t)i;
	for (size_t i = 0; i < g->n; i++) {
		struct entry *e = &g->entry[i];

		for (size_t k = 0; k < e->nword; k++)
			e->word[k] = by_old[e->word[k]]->number;
		if (e->nword)
			qsort(e->word, e->nword, sizeof(*e->word), number_cmp);
	}
}

/* ---- comparing --------------------------------------------------------------------- */

static size_t common(const struct entry *a, const struct entry *b)
{
	size_t i = 0, k = 0, n = 0;

	while (i < a->nword && k < b->nword)
		if (a->word[i] == b->word[k]) {
			n++;
			i++;
			k++;
		} else if (a->word[i] < b->word[k]) {
			i++;
		} else {
			k++;
		}
	return n;
}

static bool asked(const struct comparing *g, const struct entry *e)
{
	return rule_asked(g->c, e->skill->root, e->skill->doc);
}

/* At the later one of the two that is to be looked at. */
static void report(struct comparing *g, enum rule rule, struct entry *first,
	struct entry *second, const char *how)
{
	struct entry *at = asked(g, second) ? second : first;
	const struct entry *other = at == second ? first : second;
	struct diag *d;

	if (at->alike || !asked(g, at))
		return;
	at->alike = true;
	d = diag_report(g->c->sink, rule, at->skill->meta.description_span,
		"description %s that of '%.*s'", how, STR_ARG(other->skill->meta.name));
	diag_note(g->c->sink, d, other->skill->meta.description_span,
		"the other one is here");
	diag_note(g->c->sink, d, SPAN_NONE,
		"say in each what the other is not for: a model chooses by nothing else");
}

static void compare(struct comparing *g, struct entry *e, struct entry *with)
{
	size_t both;

	if (with->compared == (size_t)(e - g->entry) + 1)
		return;
	with->compared = (size_t)(e - g->entry) + 1;
	both = common(e, with);
	if (both * 100 >= (e->nword + with->nword - both) * ALIKE_PERCENT)
		report(g, RULE_DESC_ALIKE, with, e, "says nearly the same as");
}

static void compare_with_sharers(struct comparing *g, struct entry *e)
{
	size_t rare = e->nword - (e->nword * ALIKE_PERCENT + 99) / 100 + 1;

	if (e->nword < WORDS_LEAST)
		return;
	for (size_t i = 0; i < rare; i++) {
		struct word_info *w = g->info[e->word[i]];

		for (size_t k = 0; k < w->nsharer; k++)
			compare(g, e, &g->entry[w->sharer[k]]);
		if (w->nsharer < SHARERS_MAX)
			w->sharer[w->nsharer++] = (uint32_t)(e - g->entry);
	}
}

void content_duplicates(const struct rule_ctx *c)
{
	const struct project *p = c->project;
	struct comparing g = { .c = c, .word = MAP_INIT(c->a), .text = MAP_INIT(c->a) };

	g.entry = arena_array(c->a, struct entry, p->nskill);
	for (size_t i = 0; i < p->nskill; i++) {
		struct entry *e = &g.entry[g.n], *same;

		if (!p->skill[i].doc || !p->skill[i].meta.description.n)
			continue;
		/* the built-in library comes with a project that is set up for it */
		if (!p->skill[i].root->dir.n && !p->config.src)
			continue;
		*e = (struct entry){ .skill = &p->skill[i] };
		same = map_add(&g.text, str_lower(c->a, e->skill->meta.description), e);
		if (same) {
			report(&g, RULE_DESC_DUPLICATE, same, e, "is");
			continue;
		}
		read_words(&g, e);
		g.n++;
	}
	order_words(&g);
	for (size_t i = 0; i < g.n; i++)
		compare_with_sharers(&g, &g.entry[i]);
}
