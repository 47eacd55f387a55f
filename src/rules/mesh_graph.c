/* mesh_graph.c - the mesh as numbers, for the checks of calls. */
#include "rules/mesh_graph.h"

#include <stdlib.h>

#include "rune/str.h"

/* What a vertex is counted as: packs follow the skills, a pack's part is the
 * pack. */
static uint32_t number_of(const struct project *p, struct vertex v)
{
	switch (v.kind) {
	case VERTEX_SKILL: return v.index;
	case VERTEX_PACK:
	case VERTEX_PART: return (uint32_t)p->nskill + v.index;
	case VERTEX_NONE:
	case VERTEX_SIGNAL: break;
	}
	return MESH_NOBODY;
}

static int arc_cmp(const void *pa, const void *pb)
{
	const struct mesh_arc *a = pa, *b = pb;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return a->edge < b->edge ? -1 : a->edge > b->edge;
}

void mesh_graph_init(struct mesh_graph *g, const struct rule_ctx *c)
{
	const struct mesh *m = &c->project->mesh;

	*g = (struct mesh_graph){ .c = c, .project = c->project };
	g->arc = arena_array(c->a, struct mesh_arc, m->nedge);
	g->nvertex = (uint32_t)(c->project->nskill + c->project->npack);
	for (size_t i = 0; i < m->nedge; i++) {
		struct mesh_arc *a = &g->arc[g->narc];

		a->kind = m->edge[i].kind;
		a->from = number_of(c->project, m->edge[i].from);
		a->to = number_of(c->project, m->edge[i].to);
		a->edge = &m->edge[i];
		if (a->kind != EDGE_EMIT && a->kind != EDGE_LISTEN &&
			a->from != MESH_NOBODY && a->to != MESH_NOBODY)
			g->narc++;
	}
	if (g->narc)
		qsort(g->arc, g->narc, sizeof(*g->arc), arc_cmp);
}

/* First arc that is not before (kind, from, to). */
static size_t arc_at(
	const struct mesh_graph *g, enum edge_kind kind, uint32_t from, uint32_t to)
{
	struct mesh_arc key = { .kind = kind, .from = from, .to = to };
	size_t lo = 0, hi = g->narc;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (arc_cmp(&g->arc[mid], &key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct mesh_edge *mesh_graph_find(
	const struct mesh_graph *g, enum edge_kind kind, uint32_t from, uint32_t to)
{
	size_t i = arc_at(g, kind, from, to);

	if (i == g->narc || g->arc[i].kind != kind || g->arc[i].from != from ||
		g->arc[i].to != to)
		return NULL;
	return g->arc[i].edge;
}

size_t mesh_graph_out(const struct mesh_graph *g, enum edge_kind kind, uint32_t from,
	const struct mesh_arc **out)
{
	size_t first = arc_at(g, kind, from, 0), n = 0;

	*out = g->arc + first;
	while (first + n < g->narc && g->arc[first + n].kind == kind &&
		g->arc[first + n].from == from)
		n++;
	return n;
}

static const struct pack *pack_of(const struct mesh_graph *g, uint32_t v)
{
	return &g->project->pack[v - g->project->nskill];
}

struct str mesh_graph_name(const struct mesh_graph *g, uint32_t v)
{
	return v < g->project->nskill ? g->project->skill[v].meta.name
				      : pack_of(g, v)->base_name;
}

enum layer mesh_graph_layer(const struct mesh_graph *g, uint32_t v)
{
	enum layer l;

	if (v < g->project->nskill)
		return g->project->skill[v].meta.layer;
	l = pack_of(g, v)->meta.layer;
	return l == LAYER_NONE ? LAYER_L4 : l;
}

const struct doc *mesh_graph_doc(const struct mesh_graph *g, uint32_t v)
{
	return v < g->project->nskill ? g->project->skill[v].doc : pack_of(g, v)->doc;
}

bool mesh_graph_asked(const struct mesh_graph *g, uint32_t v)
{
	return rule_asked(g->c,
		v < g->project->nskill ? g->project->skill[v].root : pack_of(g, v)->root,
		mesh_graph_doc(g, v));
}
