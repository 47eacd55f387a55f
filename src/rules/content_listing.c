/* content_listing.c - what a model is shown of all skills together: clients give the
 * list of names and descriptions so much room and no more. A project that is compiled
 * is made to fit (emit/fit.c); this is for skills that are installed as they are. */
#include "rules/checks.h"

#include "rune/listing.h"
#include "rune/str.h"

#define NAMES_SHOWN 8

static bool is_named(const struct rule_ctx *c, const struct adapter *ad)
{
	for (size_t i = 0; c->o->named && i < c->o->nplatform; i++)
		if (c->o->platform[i] == ad)
			return true;
	return false;
}

/* Skills that are nobody's here count for nothing. */
static size_t leave_out_library(struct listing *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		struct listing_item *x = &l->v[i];
		const struct root *root = x->skill ? x->skill->root : x->pack->root;

		x->hidden |= !root->dir.n;
		n += !x->hidden;
	}
	return n;
}

static void report(const struct rule_ctx *c, const struct adapter *ad,
	const struct listing *l, size_t shown, const struct listing_item *first)
{
	bool named = is_named(c, ad);
	struct buf names = BUF_INIT(c->a);
	size_t n = 0;
	struct diag *d;
	struct str what;

	for (size_t i = 0; i < l->n; i++)
		if ((l->v[i].lost || l->v[i].missing) && n++ < NAMES_SHOWN)
			buf_addf(&names, "%s%.*s", n > 1 ? ", " : "",
				STR_ARG(l->v[i].name));
	what = l->cut ? str_fmt(c->a, "with descriptions of %zu characters", l->cut)
		      : STR("without their descriptions");
	d = diag_report(c->sink, named ? RULE_LISTING_CUT : RULE_LISTING_CUT_ELSEWHERE,
		first->meta->description_span, "%.*s%s shows %zu of %zu skills %.*s",
		STR_ARG(ad->title),
		ad->listing.tokens ? ", at a context of 200,000 tokens," : "", l->nlost,
		shown, STR_ARG(what));
	diag_note(c->sink, d, SPAN_NONE, "%.*s%s", STR_ARG(buf_str(&names)),
		n > NAMES_SHOWN ? ", …" : "");
	if (l->nmissing)
		diag_note(c->sink, d, SPAN_NONE, "%zu are not shown at all", l->nmissing);
	if (ad->listing.tokens)
		diag_note(c->sink, d, SPAN_NONE,
			"those that are used most keep theirs; all do from about %zu "
			"tokens of context on",
			(l->used + ad->listing.own + ad->listing.own_full) *
				ad->listing.tokens);
	diag_note(c->sink, d, SPAN_NONE,
		"shorten descriptions, or take what only people start from the list with "
		"'disable-model-invocation: true'");
}

static void check(const struct rule_ctx *c, const struct adapter *ad)
{
	const struct listing_item *first = NULL;
	struct listing l;
	size_t shown;

	if (!ad->listing.chars && !ad->listing.tokens)
		return;
	listing_make(&l, c->project, ad, c->a);
	shown = leave_out_library(&l);
	listing_show(&l, ad, LISTING_CONTEXT);
	for (size_t i = 0; i < l.n && !first; i++) {
		const struct listing_item *x = &l.v[i];

		if ((x->lost || x->missing) &&
			rule_asked(c, x->skill ? x->skill->root : x->pack->root,
				x->skill ? x->skill->doc : x->pack->doc))
			first = x;
	}
	if (first)
		report(c, ad, &l, shown, first);
}

/* Has an earlier platform the same list, or is it a client's second way to take skills?
 * Then one finding is enough. */
static bool is_said(size_t at)
{
	const struct adapter *ad = adapter_table[at];

	for (size_t i = 0; i < at; i++)
		if (!memcmp(&adapter_table[i]->listing, &ad->listing,
			    sizeof(ad->listing)))
			return true;
	return (ad->caps & CAP_NAMESPACE) != 0;
}

void content_listing(const struct rule_ctx *c)
{
	if (c->project->config.src)
		return;
	for (size_t i = 0; i < adapter_count; i++)
		if (c->o->named ? is_named(c, adapter_table[i]) : !is_said(i))
			check(c, adapter_table[i]);
}
