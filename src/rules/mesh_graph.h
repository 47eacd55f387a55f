/* mesh_graph.h - the mesh as numbers: skills from 0 on, packs after them, and the
 * edges between them sorted, so that each question costs a search and not a walk
 * over everything. Lives in the check's arena. */
#ifndef RUNE_RULES_MESH_GRAPH_H
#define RUNE_RULES_MESH_GRAPH_H

#include "rune/rules.h"

#define MESH_NOBODY UINT32_MAX

struct mesh_arc {
	enum edge_kind kind; /* EDGE_REFERENCE, EDGE_CALL or EDGE_CALLED_BY */
	uint32_t from, to; /* `from` states it about `to` */
	const struct mesh_edge *edge;
};

struct mesh_graph {
	const struct rule_ctx *c;
	const struct project *project;
	struct mesh_arc *arc; /* by kind, from, to, and then as they stand */
	size_t narc;
	uint32_t nvertex;
};

void mesh_graph_init(struct mesh_graph *g, const struct rule_ctx *c);
/* The first edge of this kind between the two; NULL if there is none. */
const struct mesh_edge *mesh_graph_find(
	const struct mesh_graph *g, enum edge_kind kind, uint32_t from, uint32_t to);
/* All that `from` states of this kind. */
size_t mesh_graph_out(const struct mesh_graph *g, enum edge_kind kind, uint32_t from,
	const struct mesh_arc **out);

struct str mesh_graph_name(const struct mesh_graph *g, uint32_t v); /* own name */
enum layer mesh_graph_layer(const struct mesh_graph *g, uint32_t v);
const struct doc *mesh_graph_doc(const struct mesh_graph *g, uint32_t v);
/* Is it the user's, and asked for? What is not is never reported. */
bool mesh_graph_asked(const struct mesh_graph *g, uint32_t v);

#endif
