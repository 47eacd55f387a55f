/* config_roots.c - directories of skills that are read twice, or in vain. */
#include "rules/checks.h"

#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

/* A root, and where the configuration names it. */
struct place {
	const struct root *root;
	const char *what;
	struct str written;
	struct span span;
	struct str real; /* absolute, links resolved */
};

struct places {
	struct place *v;
	size_t n;
};

static const struct root *root_find(
	const struct project *p, enum root_kind kind, struct str dir)
{
	for (size_t i = 0; i < p->nroot; i++)
		if (p->root[i].kind == kind && str_eq(p->root[i].dir, dir))
			return &p->root[i];
	return NULL;
}

static void add(const struct rule_ctx *c, struct places *ps, const struct place *p)
{
	struct place *at = &ps->v[ps->n];

	*at = *p;
	if (p->root && !os_realpath(p->root->dir, c->a, &at->real))
		ps->n++;
}

/* What the configuration names, then the project's own root, which has no span. */
static struct places places_of(const struct rule_ctx *c)
{
	const struct project *p = c->project;
	const struct config *config = &p->config;
	struct places ps = { arena_array(c->a, struct place,
				     config->nsource + config->ntier + p->nroot + 1),
		0 };

	for (size_t i = 0; i < config->nsource; i++) {
		const struct config_source *s = &config->source[i];
		struct str dir = path_join(c->a, config->dir, s->dir);

		add(c, &ps,
			&(struct place){
				root_find(p, ROOT_SOURCE, dir.n ? dir : STR(".")),
				"source", s->dir, s->span, STR_NONE });
	}
	for (size_t i = 0; i < config->ntier; i++) {
		const struct config_tier *t = &config->tier[i];
		struct str dir = path_join(c->a, config->dir, t->dir);

		add(c, &ps,
			&(struct place){ root_find(p, ROOT_TIER, dir.n ? dir : STR(".")),
				"tier", t->dir, t->span, STR_NONE });
	}
	for (size_t i = 0; i < p->nroot; i++)
		if (p->root[i].kind == ROOT_PROJECT)
			add(c, &ps,
				&(struct place){ &p->root[i], "project", p->root[i].label,
					SPAN_NONE, STR_NONE });
	return ps;
}

/* Is what lies in `inner` also found from `outer`? */
static bool reads(struct arena *a, const struct place *outer, const struct place *inner)
{
	static const struct str units[] = { STR_INIT("skills"), STR_INIT("extensions") };

	if (outer->root->bare)
		return path_is_below(inner->real, outer->real);
	for (size_t i = 0; i < COUNTOF(units); i++)
		if (path_is_below(inner->real, path_join(a, outer->real, units[i])))
			return true;
	return false;
}

static bool check_pair(
	const struct rule_ctx *c, const struct place *a, const struct place *b)
{
	bool same = str_eq(a->real, b->real), inside = reads(c->a, a, b);
	const struct place *at = inside && !same ? b : a;
	const struct place *other = at == a ? b : a;
	struct diag *d;

	if (!same && !inside && !reads(c->a, b, a))
		return false;
	if (same || !at->span.src) {
		at = b->span.src ? b : a;
		other = at == b ? a : b;
	}
	if (same)
		d = diag_report(c->sink, RULE_CFG_SOURCE_TWICE, at->span,
			"%s '%.*s' is listed twice", at->what, STR_ARG(at->written));
	else
		d = diag_report(c->sink, RULE_CFG_SOURCE_TWICE, at->span,
			"%s '%.*s' and %s '%.*s' overlap: skills are read twice",
			at->what, STR_ARG(at->written), other->what,
			STR_ARG(other->written));
	if (other->span.src)
		diag_note(c->sink, d, other->span, "the other one is here");
	return true;
}

/* ---- tiers ------------------------------------------------------------------------------- */

/* The name by which a tier's pack replaces another. */
static struct str base_name(const struct root *r, struct str name)
{
	if (r->kind == ROOT_TIER && str_starts(name, r->tier) && name.n > r->tier.n + 1 &&
		name.p[r->tier.n] == '-')
		return str_from(name, r->tier.n + 1);
	return name;
}

static bool is_unit(const struct input *in, const struct root *r)
{
	return in->main && in->root == r &&
	       (in->unit == INPUT_SKILL || in->unit == INPUT_PACK);
}

static void check_tier(const struct rule_ctx *c, const struct root *tier, struct span at)
{
	const struct project *p = c->project;
	struct map lower = MAP_INIT(c->a);
	size_t units = 0;
	struct diag *d;

	for (size_t i = 0; i < p->ninput; i++) {
		const struct input *in = &p->input[i];

		if (in->root < tier && is_unit(in, in->root))
			map_add(&lower, base_name(in->root, in->dir_name), &lower);
	}
	for (size_t i = 0; i < p->ninput; i++) {
		const struct input *in = &p->input[i];

		if (!is_unit(in, tier))
			continue;
		if (map_find(&lower, base_name(tier, in->dir_name)))
			return;
		units++;
	}
	if (!units || !lower.n)
		return;
	d = diag_report(c->sink, RULE_CFG_TIER_UNUSED, at,
		"nothing in tier '%.*s' replaces anything of a lower one",
		STR_ARG(tier->tier));
	diag_note(c->sink, d, SPAN_NONE,
		"a pack replaces the one of the same name, with or without '%.*s-' "
		"before it",
		STR_ARG(tier->tier));
}

void config_roots(const struct rule_ctx *c)
{
	const struct project *p = c->project;
	struct places ps;

	if (!p->config.src || (p->nroot == 1 && p->root[0].listed))
		return;
	ps = places_of(c);
	for (size_t i = 1; i < ps.n; i++)
		for (size_t k = 0; k < i; k++)
			if (check_pair(c, &ps.v[k], &ps.v[i]))
				break;
	for (size_t i = 0; i < ps.n; i++)
		if (ps.v[i].root->kind == ROOT_TIER)
			check_tier(c, ps.v[i].root, ps.v[i].span);
}
