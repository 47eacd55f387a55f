#include "emit/api.h"
#include "rune/str.h"

static const char *origin_of(struct rune *r, const struct root *root)
{
	return root ? api_text(r, root->label) : "";
}

static struct rune_item item_of(struct rune *r, const struct meta *m, struct str name,
	struct str emitted, const struct root *root)
{
	return (struct rune_item){
		.name = api_text(r, name),
		.emitted = api_text(r, emitted),
		.layer = api_text(r, layer_name(m->layer)),
		.model = api_text(r, model_name(m->model)),
		.group = api_text(r, m->group),
		.description = api_text(r, m->description),
		.brief = api_text(r, m->brief),
		.origin = origin_of(r, root),
	};
}

static const char *const *parts_of(struct rune *r, const struct pack *p)
{
	const char **v = arena_array(&r->arena, const char *, p->npart + 1);

	for (size_t i = 0; i < p->npart; i++)
		v[i] = api_text(r, p->part[i].meta.name);
	return v;
}

static struct rune_item *end_of(struct rune *r, struct vertex v)
{
	const struct project *p = &r->project;

	switch (v.kind) {
	case VERTEX_SKILL: return &r->item[v.index];
	case VERTEX_PACK:
	case VERTEX_PART: return &r->item[p->nskill + v.index];
	case VERTEX_NONE:
	case VERTEX_SIGNAL: break;
	}
	return NULL;
}

static void count_calls(struct rune *r)
{
	const struct mesh *m = &r->project.mesh;

	for (size_t i = 0; i < m->nedge; i++) {
		struct rune_item *from = end_of(r, m->edge[i].from);
		struct rune_item *to = end_of(r, m->edge[i].to);

		if (m->edge[i].kind != EDGE_CALL || !from || !to)
			continue;
		from->calls++;
		to->callers++;
		r->ncall++;
	}
	for (size_t i = 0; i < m->nsignal; i++)
		r->nsignal += m->signal[i].nemitter && m->signal[i].nlistener;
}

void api_view_items(struct rune *r)
{
	const struct project *p = &r->project;

	r->ncall = r->nsignal = 0;
	r->nitem = p->nskill + p->npack;
	r->item = arena_array(&r->arena, struct rune_item, r->nitem);
	for (size_t i = 0; i < p->nskill; i++) {
		const struct skill *s = &p->skill[i];

		r->item[i] = item_of(r, &s->meta, s->meta.name, s->emit_name, s->root);
		r->item[i].broken = s->broken;
	}
	for (size_t i = 0; i < p->npack; i++) {
		const struct pack *k = &p->pack[i];
		struct rune_item *x = &r->item[p->nskill + i];

		*x = item_of(r, &k->meta, k->dir_name, k->emit_name, k->root);
		x->parts = parts_of(r, k);
		x->broken = k->broken;
	}
	if (r->nitem)
		count_calls(r);
}

size_t rune_item_count(const struct rune *r)
{
	return r->nitem;
}

const struct rune_item *rune_item(const struct rune *r, size_t i)
{
	return i < r->nitem ? &r->item[i] : NULL;
}

size_t rune_call_count(const struct rune *r)
{
	return r->ncall;
}

size_t rune_signal_count(const struct rune *r)
{
	return r->nsignal;
}
