/* connections.c - the lists of calls and callers name skills by their own names; a reader
 * on the platform knows them by the emitted ones. */
#include "passes.h"

#include "rune/str.h"

static struct ref_target target_of(const struct project *p, struct vertex v)
{
	struct ref_target t = { .kind = v.kind };

	switch (v.kind) {
	case VERTEX_SKILL: t.skill = &p->skill[v.index]; break;
	case VERTEX_PACK:
	case VERTEX_PART: t.pack = &p->pack[v.index]; break;
	case VERTEX_NONE:
	case VERTEX_SIGNAL: t.kind = VERTEX_NONE; break;
	}
	return t;
}

/* "rune:x" is a reference like others, and that pass's. */
static bool is_reference(const struct doc *d, struct span at)
{
	return str_ends(str_sub(d->src->text, 0, at.off), STR("rune:"));
}

void pass_connections(const struct pass_ctx *c, struct edit_list *out)
{
	const struct unit *u = c->unit;
	const struct doc *d = u->doc;
	const struct mesh_edge *edge;
	size_t n;

	if (!u->skill && !u->pack)
		return;
	edge = mesh_edges_of(c->project, u->skill, u->pack, &n);
	for (size_t i = 0; i < n; i++) {
		const struct mesh_edge *e = &edge[i];
		struct ref_target t;
		struct str name;

		if (e->span.src != d->src->id || !e->span.len ||
			(e->kind != EDGE_CALL && e->kind != EDGE_CALLED_BY) ||
			!pass_covers(c, e->span) || is_reference(d, e->span))
			continue;
		t = target_of(c->project, e->to);
		/* a part has no file of that name, and its pack's is said elsewhere */
		if (t.kind == VERTEX_NONE || t.kind == VERTEX_PART)
			continue;
		name = emit_name_of(c->adapter, &t);
		if (!str_eq(name, doc_text(d, e->span)))
			pass_replace(c, out, e->span, name);
	}
}
