/* fit.c - what goes to a platform, made to fit what its client shows of it: the list of
 * skills, and the length of each. */
#include "emit/plan.h"
#include "emit/split.h"
#include "rune/path.h"
#include "rune/str.h"

/* ---- the list ------------------------------------------------------------------------ */

#define NAMES_SHOWN 8

static bool is_librarys(const struct listing_item *x)
{
	const struct root *root = x->skill ? x->skill->root : x->pack->root;

	return root->kind == ROOT_LIBRARY;
}

static void report_lost(struct emit_ctx *c, const struct listing *l)
{
	const struct listing_item *first = NULL;
	struct buf names = BUF_INIT(c->a);
	size_t listed = 0, n = 0;
	struct diag *d;

	for (size_t i = 0; i < l->n; i++) {
		const struct listing_item *x = &l->v[i];

		listed += !x->hidden;
		if (!x->lost && !x->missing)
			continue;
		if (!first || (is_librarys(first) && !is_librarys(x)))
			first = x; /* what the user can mend */
		if (n++ < NAMES_SHOWN)
			buf_addf(&names, "%s%.*s", n > 1 ? ", " : "", STR_ARG(x->name));
	}
	if (!first)
		return;
	d = diag_report(c->sink, RULE_LISTING_CUT, first->meta->description_span,
		"%.*s has no room for the descriptions of %zu of %zu skills",
		STR_ARG(c->adapter->title), n, listed);
	diag_note(c->sink, d, SPAN_NONE, "%.*s%s", STR_ARG(buf_str(&names)),
		n > NAMES_SHOWN ? ", …" : "");
	diag_note(c->sink, d, SPAN_NONE,
		"the list has room for %zu characters and needs %zu, after all that "
		"could "
		"be shortened and hidden",
		l->room, l->used);
	diag_note(c->sink, d, SPAN_NONE,
		"leave out some skills, give them a 'metadata.short', or say who calls "
		"them, so that they can be taken from the list");
}

void plan_listing(struct emit_ctx *c)
{
	struct listing *l = &c->plan->listing;
	uint32_t context = c->project->config.context;

	listing_make(l, c->project, c->adapter, c->a);
	listing_fit(l, c->adapter, context ? context : LISTING_CONTEXT, c->a);
	report_lost(c, l);
}

const struct listing_item *listing_item_of(
	const struct emit_ctx *c, const struct skill *s, const struct pack *p)
{
	return s ? listing_of_skill(&c->plan->listing, s)
		 : listing_of_pack(&c->plan->listing, p);
}

void stage_hiding(struct stage *s, const struct listing_item *x)
{
	static const char policy[] = "policy:\n  allow_implicit_invocation: false\n";
	struct emit_ctx *c = s->c;
	struct str path = companion_path(c, x->name, STR("agents/openai.yaml"));

	if (!x->hidden || c->adapter->listing.hide != HIDE_OPENAI || !path.n)
		return;
	for (size_t i = 0; i < s->n; i++)
		if (str_eq_nocase(s->v[i].path, path))
			return; /* the author's own */
	stage_add(s, path, STR(policy), SPAN_NONE);
}

/* ---- the length ----------------------------------------------------------------------- */

struct place {
	const struct stage *stage;
	struct str dir; /* of the skill */
};

static bool is_taken(const void *arg, struct str rel)
{
	const struct place *p = arg;
	struct str path = path_join(p->stage->c->a, p->dir, rel);

	for (size_t i = 0; i < p->stage->n; i++)
		if (str_eq_nocase(p->stage->v[i].path, path))
			return true;
	return false;
}

struct str stage_split(struct stage *s, struct str name, struct str path,
	struct str header, struct str text, struct span at)
{
	struct emit_ctx *c = s->c;
	const struct adapter *ad = c->adapter;
	struct place place = { s, companion_path(c, name, STR_NONE) };
	struct split_options o = { .name = name,
		.main_file = path_base(path),
		.prefix = path_relative(c->a, path_dir(path), place.dir),
		.limit = ad->limits.shown,
		.taken = is_taken,
		.arg = &place };
	struct split split = { 0 };
	struct str whole = str_cat(c->a, header, text);
	const char *note = "let it be split, or move parts to files in references/";
	struct diag *d;

	if (str_eq(o.prefix, STR(".")))
		o.prefix = STR_NONE;
	if (!o.limit || whole.n <= o.limit)
		return whole;
	if (place.dir.n && split_text(&split, header, text, &o, c->a)) {
		for (size_t i = 0; i < split.npart; i++)
			stage_add(s, path_join(c->a, place.dir, split.part[i].rel),
				split.part[i].text, at);
		whole = split.main;
		c->stats->split++;
	}
	if (split.main.n && !split.over)
		return whole;
	if (split.main.n > o.limit)
		note = "what says where its parts are does not fit: move some of it to "
		       "files in references/";
	else if (split.over)
		note = "one block of it is longer than that: break it up";
	d = diag_report(c->sink, RULE_OUT_LIMIT, at,
		"'%.*s' is %zu bytes long; %.*s shows its model %zu", STR_ARG(name),
		split.over ? split.over : whole.n, STR_ARG(ad->title), o.limit);
	diag_note(c->sink, d, SPAN_NONE, "%s", note);
	return whole;
}
