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
		.platform = c->adapter->name,
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

bool emit_platform(const struct project *p, const struct adapter *ad, struct arena *a,
	struct diag_sink *sink, struct outtree *out, struct emit_stats *stats)
{
	struct emit_plan plan = { 0 };
	struct emit_ctx c = { p, ad, out, a, sink, stats, &plan };

	plan_paths(&c);
	emit_skills(&c);
	if (!emit_texts(&c) || !emit_rules_file(&c) || !emit_instructions(&c) ||
		!emit_index(&c))
		return false;
	return !ad->emit_extra || ad->emit_extra(&c);
}
