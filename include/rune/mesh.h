/* mesh.h - skills, packs and signals as vertices; references, calls, called-by,
 * emits and listens as edges. What does not resolve keeps its name and span. */
#ifndef RUNE_MESH_H
#define RUNE_MESH_H

#include "rune/skill.h"

enum vertex_kind { VERTEX_NONE, VERTEX_SKILL, VERTEX_PACK, VERTEX_PART, VERTEX_SIGNAL };

struct vertex {
	enum vertex_kind kind;
	uint32_t index; /* in project.skill, project.pack or mesh.signal */
	uint32_t part; /* VERTEX_PART: in pack.part */
};

enum edge_kind {
	EDGE_REFERENCE, /* rune:x in the text */
	EDGE_CALL, /* a line of "Calls (outbound)" */
	EDGE_CALLED_BY, /* a line of "Called By (inbound)" of `from`, naming `to` */
	EDGE_EMIT,
	EDGE_LISTEN,
};

struct mesh_edge {
	enum edge_kind kind;
	struct vertex from, to; /* to.kind VERTEX_NONE: unresolved */
	struct str target; /* the name as written, without `rune:` */
	struct span span; /* of that name */
	struct str label; /* "(L2)": what stands in the brackets; may be empty */
	struct str reason; /* after the colon or in the next cell; may be empty */
};

struct mesh_signal {
	struct str name;
	const struct vertex *emitter, *listener; /* in order of declaration */
	size_t nemitter, nlistener;
};

struct mesh {
	const struct mesh_edge *edge; /* grouped by `from`, in document order */
	size_t nedge;
	const size_t *first; /* of each skill, then of each pack; one more at the end */
	const struct mesh_signal *signal; /* sorted by name */
	size_t nsignal;
};

struct project;
/* Read the edges of all skills and packs; unresolved ones are reported with the
 * nearest name. */
void mesh_link(struct project *p, struct arena *a, struct diag_sink *sink);
/* The edges that start at a skill or a pack (exactly one is set), in document order. */
const struct mesh_edge *mesh_edges_of(
	const struct project *p, const struct skill *s, const struct pack *k, size_t *n);
/* A line of a Calls or Called By section in any of the known shapes (list item
 * with `name`, **name**, rune:name; "(L2)"; several names; a table row): the
 * edges it states. Returns how many; 0 for a line that states none. */
size_t mesh_parse_line(const struct doc *d, struct span line, struct arena *a,
	const struct mesh_edge **out);

#endif
