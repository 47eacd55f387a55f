/* mesh_calls.c - what is stated under Calls and Called By: does the other side
 * state it too, do the layers allow it, is it stated well. */
#include "rules/checks.h"
#include "rules/mesh_graph.h"

#include "rune/str.h"

/* What --fix writes where only the author knows what to say. */
#define REASON_TO_FILL "say why"

static struct str section_of(enum edge_kind k)
{
	return k == EDGE_CALL ? STR("Calls (outbound)") : STR("Called By (inbound)");
}

/* ---- both sides -------------------------------------------------------------------- */

/* End of the line on which the list item that holds `off` ends; 0 if it stands in
 * no list. */
static uint32_t item_end(const struct doc *d, uint32_t off)
{
	struct str text = d->src->text;
	uint32_t end = 0;
	size_t lf;

	for (uint32_t i = 1; i < d->nnode && d->node[i].span.off <= off; i++)
		if (d->node[i].kind == DOC_ITEM && span_end(d->node[i].span) > off)
			end = span_end(d->node[i].span);
	if (!end)
		return 0;
	lf = str_find_char(text, '\n', end ? end - 1 : 0);
	return lf == STR_NPOS ? 0 : (uint32_t)lf + 1;
}

/* State the missing side after the last thing that `v` states of the kind. */
static void fix_missing(const struct mesh_graph *g, struct diag *d, uint32_t v,
	enum edge_kind kind, uint32_t other)
{
	const struct doc *doc = mesh_graph_doc(g, v);
	const struct mesh_arc *arc;
	size_t n = mesh_graph_out(g, kind, v, &arc);
	uint32_t last = 0, at;
	const char *end;

	for (size_t i = 0; i < n; i++)
		if (arc[i].edge->span.src == doc->src->id && arc[i].edge->span.off > last)
			last = arc[i].edge->span.off;
	at = last ? item_end(doc, last) : 0;
	if (!at)
		return;
	end = at >= 2 && doc->src->text.p[at - 2] == '\r' ? "\r\n" : "\n";
	diag_fix(g->c->sink, d, "state it there, with the reason left to fill in");
	diag_edit(g->c->sink, d, (struct span){ doc->src->id, at, 0 },
		str_fmt(g->c->a, "- `%.*s` (%.*s): " REASON_TO_FILL "%s",
			STR_ARG(mesh_graph_name(g, other)),
			STR_ARG(layer_name(mesh_graph_layer(g, other))), end));
}

/* A caller that only sometimes calls is marked by how its reason begins. */
static bool is_conditional(const struct mesh_edge *e)
{
	static const struct str marks[] = { STR_INIT("conditional"), STR_INIT("optional"),
		STR_INIT("if "), STR_INIT("when "), STR_INIT("only ") };
	struct str head = str_trim(e->reason);

	for (size_t i = 0; i < COUNTOF(marks); i++)
		if (str_eq_nocase(str_sub(head, 0, marks[i].n), marks[i]))
			return true;
	return false;
}

static void check_other_side(const struct mesh_graph *g, const struct mesh_arc *a)
{
	enum edge_kind back = a->kind == EDGE_CALL ? EDGE_CALLED_BY : EDGE_CALL;
	struct str from = mesh_graph_name(g, a->from), to = mesh_graph_name(g, a->to);
	enum rule rule = a->kind == EDGE_CALL ? RULE_CALL_ONE_SIDED : RULE_CALLER_UNKNOWN;
	struct diag *d;

	/* one that is not the user's to mend, or is in no mesh */
	if (!mesh_graph_asked(g, a->to) || mesh_graph_layer(g, a->to) == LAYER_NONE ||
		mesh_graph_find(g, back, a->to, a->from))
		return;
	if (a->kind == EDGE_CALLED_BY && is_conditional(a->edge))
		return;
	d = diag_report(g->c->sink, rule, a->edge->span,
		a->kind == EDGE_CALL
			? "'%.*s' calls '%.*s', whose section '%.*s' does not say so"
			: "'%.*s' says that '%.*s' calls it, whose section '%.*s' does "
			  "not say so",
		STR_ARG(from), STR_ARG(to), STR_ARG(section_of(back)));
	diag_note(g->c->sink, d,
		(struct span){ mesh_graph_doc(g, a->to)->src->id,
			mesh_graph_doc(g, a->to)->body.off, 0 },
		"add a line to '%.*s': - `%.*s` (%.*s): why", STR_ARG(section_of(back)),
		STR_ARG(from), STR_ARG(layer_name(mesh_graph_layer(g, a->from))));
	if (a->kind == EDGE_CALLED_BY)
		diag_note(g->c->sink, d, SPAN_NONE,
			"if it calls only at times, begin the reason with "
			"'conditional:'");
	fix_missing(g, d, a->to, back, a->from);
}

/* ---- layers ------------------------------------------------------------------------ */

/* Who may call whom: an orchestrator the layers below it, a hub other hubs and the
 * utilities, a utility nobody; packs are recipes that L0 to L2 open, and may ask
 * utilities. */
static bool layers_allow(enum layer from, enum layer to)
{
	switch (from) {
	case LAYER_NONE: return true;
	case LAYER_L0: return to != LAYER_L0;
	case LAYER_L1: return to >= LAYER_L2 || to == LAYER_NONE;
	case LAYER_L2: return to >= LAYER_L2 || to == LAYER_NONE;
	case LAYER_L3: return to == LAYER_NONE;
	case LAYER_L4: return to == LAYER_L3 || to == LAYER_NONE;
	}
	return true;
}

/* The calls across layers that the mesh of the library is built on. */
static bool is_exception(struct str from, struct str to)
{
	static const struct {
		struct str from, to;
	} table[] = {
		{ STR_INIT("context-engine"), STR_INIT("session-bridge") },
		{ STR_INIT("hallucination-guard"), STR_INIT("research") },
		{ STR_INIT("session-bridge"), STR_INIT("integrity-check") },
		{ STR_INIT("scaffold"), STR_INIT("team") },
	};

	for (size_t i = 0; i < COUNTOF(table); i++)
		if (str_eq(from, table[i].from) && str_eq(to, table[i].to))
			return true;
	return false;
}

static void check_layers(const struct mesh_graph *g, const struct mesh_arc *a)
{
	struct str from = mesh_graph_name(g, a->from), to = mesh_graph_name(g, a->to);
	enum layer lf = mesh_graph_layer(g, a->from), lt = mesh_graph_layer(g, a->to);
	struct diag *d;

	if (a->kind != EDGE_CALL || a->from == a->to || layers_allow(lf, lt) ||
		is_exception(from, to))
		return;
	d = diag_report(g->c->sink, RULE_LAYER_VIOLATION, a->edge->span,
		"'%.*s' (%.*s) calls '%.*s' (%.*s), which its layer may not",
		STR_ARG(from), STR_ARG(layer_name(lf)), STR_ARG(to),
		STR_ARG(layer_name(lt)));
	diag_note(g->c->sink, d, SPAN_NONE,
		"L1 may call L2, L3 and packs; L2 may call L2, L3 and packs; L3 calls "
		"nothing; a pack (L4) may call L3: hand the result back to the caller, "
		"or move the skill to another layer");
}

static void check_label(const struct mesh_graph *g, const struct mesh_arc *a)
{
	struct str label = a->edge->label, rest = label, one;
	struct str is = layer_name(mesh_graph_layer(g, a->to));
	const struct doc *doc = mesh_graph_doc(g, a->from);
	struct str text = doc->src->text;
	struct diag *d;

	if (!label.n || !is.n || label.p[0] != 'L')
		return;
	while (str_split(&rest, '/', &one))
		if (str_eq_nocase(str_trim(one), is))
			return;
	d = diag_report(g->c->sink, RULE_LAYER_LABEL, a->edge->span,
		"'%.*s' is said to be %.*s, but is %.*s",
		STR_ARG(mesh_graph_name(g, a->to)), STR_ARG(label), STR_ARG(is));
	if (label.n == 2 && label.p >= text.p && label.p + 2 <= text.p + text.n) {
		diag_fix(g->c->sink, d, "write %.*s", STR_ARG(is));
		diag_edit(g->c->sink, d,
			(struct span){ doc->src->id, (uint32_t)(label.p - text.p), 2 },
			is);
	}
}

/* ---- how it is stated ---------------------------------------------------------------- */

static void check_wording(const struct mesh_graph *g, const struct mesh_arc *a)
{
	struct str reason = str_trim(a->edge->reason);
	const struct mesh_edge *first = mesh_graph_find(g, a->kind, a->from, a->to);
	struct str name = mesh_graph_name(g, a->to);
	struct diag *d;

	if (a->from == a->to) {
		diag_report(g->c->sink, RULE_CALL_SELF, a->edge->span,
			"'%.*s' states a connection to itself", STR_ARG(name));
		return;
	}
	if (first != a->edge) {
		d = diag_report(g->c->sink, RULE_CALL_REPEATED, a->edge->span,
			"connection to '%.*s' is stated twice", STR_ARG(name));
		diag_note(g->c->sink, d, first->span, "first stated here");
		return;
	}
	if (!reason.n || str_eq(reason, STR(REASON_TO_FILL))) {
		d = diag_report(g->c->sink, RULE_CALL_NO_REASON, a->edge->span,
			"connection to '%.*s' has no reason", STR_ARG(name));
		diag_note(
			g->c->sink, d, SPAN_NONE, "say after a colon when, and for what");
	}
}

void mesh_calls(const struct rule_ctx *c)
{
	struct mesh_graph g;

	mesh_graph_init(&g, c);
	for (size_t i = 0; i < g.narc; i++) {
		const struct mesh_arc *a = &g.arc[i];

		if (a->kind == EDGE_REFERENCE || !mesh_graph_asked(&g, a->from))
			continue;
		check_wording(&g, a);
		if (a->from == a->to ||
			mesh_graph_find(&g, a->kind, a->from, a->to) != a->edge)
			continue;
		if (mesh_graph_layer(&g, a->from) != LAYER_NONE) {
			check_other_side(&g, a);
			check_layers(&g, a);
		}
		check_label(&g, a);
	}
}
