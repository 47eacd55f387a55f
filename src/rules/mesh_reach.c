/* mesh_reach.c - what can be reached in the mesh, and what never comes to an end. */
#include "rules/checks.h"
#include "rules/mesh_graph.h"

#include "rune/str.h"

/* ---- who is reached ------------------------------------------------------------------ */

/* Vertices that somebody else calls or refers to. */
static bool *reached_set(const struct mesh_graph *g)
{
	bool *reached = arena_array(g->c->a, bool, g->nvertex);

	for (size_t i = 0; i < g->narc; i++)
		if (g->arc[i].kind != EDGE_CALLED_BY && g->arc[i].from != g->arc[i].to)
			reached[g->arc[i].to] = true;
	return reached;
}

static bool is_model_hidden(const struct skill *s)
{
	const struct fm_entry *e = rule_key(s->doc, "disable-model-invocation");
	bool hidden = false;

	return e && fm_bool(&e->value, &hidden) && hidden;
}

void mesh_reach(const struct rule_ctx *c)
{
	struct mesh_graph g;
	const bool *reached;

	mesh_graph_init(&g, c);
	reached = reached_set(&g);
	for (uint32_t v = 0; v < c->project->nskill; v++) {
		const struct skill *s = &c->project->skill[v];
		struct diag *d;

		if (!mesh_graph_asked(&g, v) || reached[v])
			continue;
		if (s->meta.hidden_from_user && is_model_hidden(s)) {
			d = diag_report(c->sink, RULE_SKILL_UNREACHABLE,
				s->meta.name_span, "nothing can start '%.*s'",
				STR_ARG(s->meta.name));
			diag_note(c->sink, d, SPAN_NONE,
				"'user-invocable: false' hides it from the user, "
				"'disable-model-invocation: true' from the model, and no "
				"skill calls it or refers to it");
		} else if (rule_ours(&s->meta) && s->meta.layer >= LAYER_L2 &&
			   !s->meta.nlisten) {
			d = diag_report(c->sink, RULE_SKILL_ORPHAN, s->meta.name_span,
				"no skill calls '%.*s' or refers to it",
				STR_ARG(s->meta.name));
			diag_note(c->sink, d, SPAN_NONE,
				"only its description can lead to it: connect it, or let "
				"it be an orchestrator (L1)");
		}
	}
}

/* ---- cycles -------------------------------------------------------------------------- */

/* Hubs may hand work back and forth; a longer round loses track of who started it. */
#define CYCLE_MAX 4

struct search {
	const struct mesh_graph *g;
	uint32_t *parent; /* MESH_NOBODY: not seen in this round */
	uint32_t *queue, *depth;
};

/* Calls that lead from `from` back to `to`; how many, 0: there is no way. The way
 * is in `parent`. */
static uint32_t way_back(struct search *s, uint32_t from, uint32_t to)
{
	size_t head = 0, tail = 0;
	uint32_t found = 0;

	s->queue[tail++] = from;
	s->parent[from] = from;
	s->depth[from] = 0;
	while (head < tail && !found) {
		uint32_t v = s->queue[head++];
		const struct mesh_arc *arc;
		size_t n = mesh_graph_out(s->g, EDGE_CALL, v, &arc);

		for (size_t i = 0; i < n && !found; i++) {
			uint32_t w = arc[i].to;

			if (s->parent[w] != MESH_NOBODY)
				continue;
			s->parent[w] = v;
			s->depth[w] = s->depth[v] + 1;
			s->queue[tail++] = w;
			found = w == to ? s->depth[w] : 0;
		}
	}
	if (!found) /* forget, so that the next search costs what it sees */
		for (size_t i = 0; i < tail; i++)
			s->parent[s->queue[i]] = MESH_NOBODY;
	return found;
}

static struct str way_text(const struct search *s, uint32_t from, uint32_t to)
{
	struct str text = mesh_graph_name(s->g, to);

	for (uint32_t v = to; v != from;) {
		v = s->parent[v];
		text = str_fmt(s->g->c->a, "%.*s -> %.*s",
			STR_ARG(mesh_graph_name(s->g, v)), STR_ARG(text));
	}
	return str_fmt(s->g->c->a, "%.*s -> %.*s", STR_ARG(mesh_graph_name(s->g, to)),
		STR_ARG(text));
}

/* Numbers of searches are bounded: what is connected like that is one finding. */
#define SEARCH_MAX 2000

void mesh_cycles(const struct rule_ctx *c)
{
	struct mesh_graph g;
	struct search s = { .g = &g };
	size_t searches = 0;

	mesh_graph_init(&g, c);
	s.parent = arena_array(c->a, uint32_t, g.nvertex);
	s.queue = arena_array(c->a, uint32_t, g.nvertex);
	s.depth = arena_array(c->a, uint32_t, g.nvertex);
	for (uint32_t v = 0; v < g.nvertex; v++)
		s.parent[v] = MESH_NOBODY;
	for (size_t i = 0; i < g.narc && searches < SEARCH_MAX; i++) {
		const struct mesh_arc *a = &g.arc[i];
		struct diag *d;
		uint32_t n;

		if (a->kind != EDGE_CALL || a->from == a->to ||
			!mesh_graph_asked(&g, a->from))
			continue;
		searches++;
		n = way_back(&s, a->to, a->from);
		if (n && n + 1 > CYCLE_MAX) {
			d = diag_report(c->sink, RULE_CALL_CYCLE, a->edge->span,
				"call comes back to '%.*s' only after %u more",
				STR_ARG(mesh_graph_name(&g, a->from)), (unsigned)n);
			diag_note(c->sink, d, SPAN_NONE, "the round: %.*s",
				STR_ARG(way_text(&s, a->to, a->from)));
			diag_note(c->sink, d, SPAN_NONE,
				"take one call out of it: return the result to the "
				"caller instead");
			return;
		}
		if (n)
			for (uint32_t v = 0; v < g.nvertex; v++)
				s.parent[v] = MESH_NOBODY;
	}
}
