/* api_budget.c - what a client puts before its model: always, and when a skill is used. */
#include "emit/api.h"
#include "emit/plan.h"
#include "rune/str.h"
#include "rune/tokens.h"

#include <stdlib.h>

struct measure {
	struct rune *r;
	const struct task *task;
	struct rune_budget *b;
	struct emit_ctx c; /* for names and places */
	struct map by_path; /* of the task's tree: struct out_entry */
	struct rune_cost *cost;
	size_t ncost;
};

/* ---- the list ------------------------------------------------------------------------ */

static void measure_list(struct measure *m)
{
	const struct adapter *ad = m->task->adapter;
	const struct listing *l = &m->task->skills.plan->listing;
	struct rune_budget *b = m->b;
	struct buf shown = BUF_INIT(&m->r->arena);

	if (ad->layout == LAYOUT_FLAT)
		return; /* it knows of no skills, and lists none */
	for (size_t i = 0; i < l->n; i++) {
		const struct listing_item *x = &l->v[i];
		bool described = !x->lost && !x->missing && x->text.n &&
				 ad->listing.fill != LIST_NAMES;

		b->hidden += x->hidden;
		if (x->hidden)
			continue;
		b->listed++;
		b->described += described;
		b->cut += described && !str_eq(x->text, x->meta->description);
		b->lost += x->lost || x->missing;
		buf_addf(&shown, "- %.*s: %.*s\n", STR_ARG(x->name),
			STR_ARG(described ? x->text : STR_NONE));
	}
	b->list_room = l->room;
	b->list_used = l->used;
	b->always_bytes += shown.n;
	b->always_tokens += tokens_estimate(buf_str(&shown));
}

/* ---- files ----------------------------------------------------------------------------- */

static void add_always(struct measure *m, struct str bytes)
{
	m->b->always_bytes += bytes.n;
	m->b->always_tokens += tokens_estimate(bytes);
}

static void measure_always(struct measure *m)
{
	const struct adapter *ad = m->task->adapter;
	struct str rules = out_path(&m->c, ad->rules_path, STR("rune"));
	struct str shared = out_path(&m->c, ad->instructions_path, STR("rune"));

	for (size_t i = 0; i < m->task->tree.n; i++) {
		const struct out_entry *e = &m->task->tree.v[i];

		if ((ad->rules_path.n && str_eq(e->path, rules)) ||
			(ad->instructions_path.n && str_eq(e->path, shared)))
			add_always(m, e->bytes);
	}
}

static void measure_body(struct measure *m, struct str name)
{
	struct str path = out_path(&m->c, m->task->adapter->skill_path, name);
	const struct out_entry *e = map_find(&m->by_path, path);
	struct rune_cost *cost;

	if (!e)
		return;
	cost = &m->cost[m->ncost++];
	*cost = (struct rune_cost){ api_text(m->r, name), e->bytes.n,
		tokens_estimate(e->bytes) };
	if (e->bytes.n <= m->b->body_bytes)
		return;
	m->b->body_bytes = cost->bytes;
	m->b->body_tokens = cost->tokens;
	m->b->body_name = cost->name;
}

static int by_cost(const void *pa, const void *pb)
{
	const struct rune_cost *a = pa, *b = pb;

	if (a->tokens != b->tokens)
		return a->tokens > b->tokens ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void measure_task(struct rune *r, const struct task *t, struct rune_budget *b)
{
	struct measure m = { .r = r, .task = t, .b = b };
	const struct listing *l;

	*b = (struct rune_budget){
		.platform = api_text(r, t->adapter->name),
		.title = api_text(r, t->adapter->title),
		.body_name = "",
		.body_room = t->adapter->limits.shown,
		.split = t->stats.split,
		.skills = t->stats.skills + t->stats.packs,
	};
	if (!t->usable)
		return;
	l = &t->skills.plan->listing;
	m.c = (struct emit_ctx){ .project = t->project,
		.adapter = t->adapter,
		.platform = t->adapter->name,
		.a = &r->arena };
	m.by_path = (struct map)MAP_INIT(&r->arena);
	m.cost = arena_array(&r->arena, struct rune_cost, l->n);
	for (size_t i = 0; i < t->tree.n; i++)
		map_add(&m.by_path, t->tree.v[i].path, &t->tree.v[i]);
	measure_list(&m);
	measure_always(&m);
	for (size_t i = 0; i < l->n; i++)
		measure_body(&m, l->v[i].name);
	if (m.ncost)
		qsort(m.cost, m.ncost, sizeof(*m.cost), by_cost);
	while (b->ncostly < m.ncost && b->ncostly < RUNE_COSTLY) {
		b->costly[b->ncostly] = m.cost[b->ncostly];
		b->ncostly++;
	}
}

size_t rune_budget_count(const struct rune *r)
{
	return r->compiled ? r->ntask : 0;
}

const struct rune_budget *rune_budget(struct rune *r, size_t i)
{
	if (i >= rune_budget_count(r))
		return NULL;
	if (!r->budget) {
		r->budget = arena_array(&r->arena, struct rune_budget, r->ntask);
		for (size_t k = 0; k < r->ntask; k++)
			measure_task(r, &r->task[k], &r->budget[k]);
	}
	return &r->budget[i];
}
