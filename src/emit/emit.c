#include "emit/plan.h"
#include "rune/json.h"
#include "rune/path.h"

struct arena *emit_arena(struct emit_ctx *c)
{
	return c->a;
}

const struct adapter *emit_adapter(const struct emit_ctx *c)
{
	return c->adapter;
}

struct str emit_version(const struct emit_ctx *c)
{
	(void)c;
	return STR(RUNE_VERSION);
}

size_t emit_skill_count(const struct emit_ctx *c)
{
	return c->plan->nskill;
}

size_t emit_pack_count(const struct emit_ctx *c)
{
	return c->plan->n - c->plan->nskill;
}

struct str emit_skill_name(const struct emit_ctx *c, size_t i)
{
	BUG_IF(i >= c->plan->n);
	return c->plan->done[i].name;
}

bool emit_file(struct emit_ctx *c, struct str path, struct str bytes)
{
	struct out_entry e = {
		.path = path_join(c->a, c->adapter->root, path),
		.bytes = bytes,
		.platform = c->platform,
	};

	return outtree_add(c->tree, &e, c->sink);
}

bool emit_region(struct emit_ctx *c, struct str path, struct str text,
	struct str unless_key, struct str names)
{
	struct out_entry e = {
		.path = path_join(c->a, c->adapter->root, path),
		.bytes = text,
		.kind = OUT_BLOCK,
		.platform = c->platform,
		.unless_key = unless_key,
		.names = names,
	};

	return outtree_add(c->tree, &e, c->sink);
}

struct str emit_json_string(struct emit_ctx *c, struct str s)
{
	struct buf b = BUF_INIT(c->a);

	json_quote(&b, s);
	return buf_str(&b);
}

/* A skill that cannot be compiled: what an earlier build wrote for it stays. */
static void keep_skill(struct emit_ctx *c, struct str name)
{
	outtree_keep(c->tree, name);
	c->stats->failed++;
}

static void emit_skills(struct emit_ctx *c)
{
	const struct project *p = c->project;

	c->stats->failed += p->nlost;
	for (size_t i = 0; i < p->nskill; i++) {
		if (p->skill[i].broken)
			keep_skill(c, skill_out_name(c, &p->skill[i]));
		else
			emit_skill(c, &p->skill[i]);
	}
	c->plan->nskill = c->plan->n;
	for (size_t i = 0; i < p->npack; i++) {
		if (p->pack[i].broken)
			keep_skill(c, pack_out_name(c, &p->pack[i]));
		else
			emit_pack(c, &p->pack[i]);
	}
}

/* Skills, packs and their indexes, in the words of the platform whose they are. */
static bool make_skills(struct emit_ctx *c, struct made_skills *out)
{
	struct emit_plan *plan = arena_new(c->a, struct emit_plan);
	const struct adapter *of = c->adapter->skills_of;
	struct emit_ctx s = *c;
	size_t n = c->tree->n;

	s.adapter = of ? of : c->adapter;
	s.plan = plan;
	plan_paths(&s);
	plan_listing(&s);
	emit_skills(&s);
	if (!emit_index(&s))
		return false;
	struct out_entry *entry = arena_array(c->a, struct out_entry, c->tree->n - n);
	if (c->tree->n > n) /* the tree will move its own */
		memcpy(entry, c->tree->v + n, (c->tree->n - n) * sizeof(*entry));
	*out = (struct made_skills){ .plan = plan,
		.stats = *c->stats,
		.entry = entry,
		.n = c->tree->n - n,
		.kept = c->tree->kept,
		.nkept = c->tree->nkept };
	return true;
}

static bool take_skills(struct emit_ctx *c, const struct made_skills *in)
{
	for (size_t i = 0; i < in->n; i++) {
		struct out_entry e = in->entry[i];

		e.platform = c->platform;
		if (!outtree_add(c->tree, &e, c->sink))
			return false;
	}
	for (size_t i = 0; i < in->nkept; i++)
		outtree_keep(c->tree, in->kept[i]);
	*c->stats = in->stats;
	return true;
}

bool emit_platform(const struct project *p, const struct adapter *ad,
	struct made_skills *skills, struct arena *a, struct diag_sink *sink,
	struct outtree *out, struct emit_stats *stats)
{
	struct emit_plan plan = { 0 };
	struct emit_ctx c = { p, ad, ad->name, out, a, sink, stats, &plan };

	if (!(skills->plan ? take_skills(&c, skills) : make_skills(&c, skills)))
		return false;
	plan = *skills->plan;
	if (ad->skills_of)
		plan_paths(&c); /* its roles and commands have places of their own */
	if (!emit_texts(&c) || !emit_rules_file(&c) || !emit_instructions(&c))
		return false;
	return !ad->emit_extra || ad->emit_extra(&c);
}
