/* mesh.c - who refers to, calls, signals whom. */
#include <stdlib.h>

#include "model.h"
#include "rune/str.h"

struct vertices {
	struct vertex *v;
	size_t n, cap;
};

struct signal {
	struct str name;
	uint32_t index; /* when sorted */
	struct vertices emitter, listener;
};

struct linker {
	struct project *p;
	struct arena *a;
	struct diag_sink *sink;
	struct mesh_edge *edge;
	size_t nedge, edge_cap;
	struct map signals; /* name → struct signal */
	struct map suggested; /* unknown name → struct str, what may be meant */
};

/* More unknown names than these get no suggestion: looking one up means going
 * through all names there are. */
#define SUGGEST_MAX 1000

static struct mesh_edge *edge_add(
	struct linker *k, enum edge_kind kind, struct vertex from)
{
	struct mesh_edge *e =
		arena_push(k->a, struct mesh_edge, k->edge, k->nedge, k->edge_cap);

	*e = (struct mesh_edge){ .kind = kind, .from = from };
	return e;
}

/* ---- what does not resolve ----------------------------------------------------- */

/* The longest part of `token` that names something disabled. */
static struct str disabled_in(const struct project *p, struct str token)
{
	for (size_t n = token.n; n; n--)
		if ((n == token.n || token.p[n] == '-' || token.p[n] == '/') &&
			(map_find(&p->disabled, str_sub(token, 0, n)) ||
				map_find(&p->omitted, str_sub(token, 0, n))))
			return str_sub(token, 0, n);
	return STR_NONE;
}

static const char *relation(enum edge_kind k)
{
	switch (k) {
	case EDGE_REFERENCE: return "reference to";
	case EDGE_CALL: return "call of";
	case EDGE_CALLED_BY: return "call by";
	case EDGE_EMIT:
	case EDGE_LISTEN: break;
	}
	return "";
}

static struct str suggest(struct linker *k, struct str name)
{
	struct str *near = map_find(&k->suggested, name);

	if (!near && k->suggested.n < SUGGEST_MAX) {
		near = arena_new(k->a, struct str);
		*near = project_nearest(k->p, name, k->a);
		map_add(&k->suggested, name, near);
	}
	return near ? *near : STR_NONE;
}

static void report_unresolved(struct linker *k, const struct mesh_edge *e)
{
	struct str off = disabled_in(k->p, e->target), near;
	struct diag *d;

	if (off.n) {
		diag_report(k->sink, RULE_REF_DISABLED, e->span,
			"%s '%.*s', which is off", relation(e->kind), STR_ARG(off));
		return;
	}
	d = diag_report(k->sink,
		e->kind == EDGE_REFERENCE ? RULE_REF_DANGLING : RULE_CALL_DANGLING,
		e->span, "%s '%.*s', which does not exist", relation(e->kind),
		STR_ARG(e->target));
	near = suggest(k, e->target);
	if (near.n)
		diag_note(k->sink, d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(near));
}

static struct vertex vertex_of(const struct project *p, const struct ref_target *t)
{
	struct vertex v = { .kind = t->kind };

	if (t->skill)
		v.index = (uint32_t)(t->skill - p->skill);
	if (t->pack)
		v.index = (uint32_t)(t->pack - p->pack);
	if (t->part)
		v.part = (uint32_t)(t->part - t->pack->part);
	return v;
}

/* ---- edges of a text ----------------------------------------------------------- */

/* A stretch of a document: `range` less what is in `omit`. */
struct stretch {
	const struct doc *d;
	struct span range, omit;
};

static bool inside(const struct stretch *s, struct span at)
{
	return at.off >= s->range.off && at.off < span_end(s->range) &&
	       !(at.off >= s->omit.off && at.off < span_end(s->omit));
}

static uint32_t first_ref(const struct doc *d, uint32_t off)
{
	uint32_t lo = 0, hi = d->nref;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (d->ref[mid].span.off < off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void add_references(struct linker *k, struct vertex from, const struct stretch *s)
{
	const struct doc *d = s->d;

	for (uint32_t i = first_ref(d, s->range.off); i < d->nref; i++) {
		const struct doc_ref *r = &d->ref[i];
		struct str token = doc_text(d, r->name);
		struct ref_target t;
		struct mesh_edge *e;

		if (r->span.off >= span_end(s->range))
			break;
		if (!inside(s, r->span))
			continue;
		t = project_resolve(k->p, token);
		e = edge_add(k, EDGE_REFERENCE, from);
		e->to = vertex_of(k->p, &t);
		e->span = r->name;
		if (t.kind != VERTEX_NONE)
			e->span.len = (uint32_t)t.used;
		e->target = doc_text(d, e->span);
		if (t.kind == VERTEX_NONE)
			report_unresolved(k, e);
	}
}

static size_t add_line(struct linker *k, struct vertex from, enum edge_kind kind,
	const struct doc *d, struct span line)
{
	const struct mesh_edge *v;
	size_t n = mesh_parse_line(d, line, k->a, &v);

	for (size_t i = 0; i < n; i++) {
		struct ref_target t = project_resolve(k->p, v[i].target);
		struct mesh_edge *e = edge_add(k, kind, from);

		*e = v[i];
		e->kind = kind;
		e->from = from;
		if (t.kind != VERTEX_NONE && t.used == e->target.n)
			e->to = vertex_of(k->p, &t);
		else
			report_unresolved(k, e);
	}
	return n;
}

static void add_list(struct linker *k, struct vertex from, enum edge_kind kind,
	const struct doc *d, node_id list);

/* An item says it in its first paragraph, or only heads a list of its own. */
static void add_item(struct linker *k, struct vertex from, enum edge_kind kind,
	const struct doc *d, node_id item)
{
	struct span line = d->node[item].span;
	node_id first = d->node[item].first_child;
	struct diag *diag;

	if (first && d->node[first].kind == DOC_PARAGRAPH)
		line.len = span_end(d->node[first].span) - line.off;
	if (add_line(k, from, kind, d, line))
		return;
	for (node_id i = first; i; i = d->node[i].next)
		if (d->node[i].kind == DOC_LIST) {
			add_list(k, from, kind, d, i);
			return;
		}
	if (mesh_remark(doc_text(d, line)))
		return;
	diag = diag_report(
		k->sink, RULE_CALL_SHAPE, line, "this connection is not understood");
	diag_note(k->sink, diag, SPAN_NONE, "write - `name` (L2): reason");
}

static void add_list(struct linker *k, struct vertex from, enum edge_kind kind,
	const struct doc *d, node_id list)
{
	for (node_id i = d->node[list].first_child; i; i = d->node[i].next)
		if (d->node[i].kind == DOC_ITEM)
			add_item(k, from, kind, d, i);
}

static void add_table(struct linker *k, struct vertex from, enum edge_kind kind,
	const struct doc *d, node_id table)
{
	struct span at = d->node[table].span;
	uint32_t lo = 0, hi = d->nrow;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (d->row[mid].span.off < at.off)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < d->nrow && d->row[lo].table == table; lo++)
		add_line(k, from, kind, d, d->row[lo].span);
}

/* What stands under a heading, up to another one of this sort. */
static void add_section(struct linker *k, struct vertex from, enum edge_kind kind,
	const struct doc *d, const struct doc_section *s)
{
	enum edge_kind other;

	for (node_id i = d->node[s->heading].next;
		i && d->node[i].span.off < span_end(s->body); i = d->node[i].next) {
		if (d->node[i].kind == DOC_HEADING &&
			mesh_heading(d->node[i].text, &other))
			return;
		if (d->node[i].kind == DOC_LIST)
			add_list(k, from, kind, d, i);
		else if (d->node[i].kind == DOC_TABLE)
			add_table(k, from, kind, d, i);
	}
}

static int edge_cmp(const void *pa, const void *pb)
{
	const struct mesh_edge *a = pa, *b = pb;

	if (a->span.off != b->span.off)
		return a->span.off < b->span.off ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

/* References and declared connections of one text, in its order. */
static void add_text(struct linker *k, struct vertex from, const struct stretch *s)
{
	size_t first = k->nedge;
	enum edge_kind kind;

	add_references(k, from, s);
	for (uint32_t i = 0; i < s->d->nsection; i++) {
		const struct doc_section *sec = &s->d->section[i];

		if (mesh_heading(sec->title, &kind) && inside(s, sec->span))
			add_section(k, from, kind, s->d, sec);
	}
	if (k->nedge - first > 1)
		qsort(k->edge + first, k->nedge - first, sizeof(*k->edge), edge_cmp);
}

static void add_resources(
	struct linker *k, struct vertex from, const struct resource *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (r[i].doc) {
			const struct stretch s = { r[i].doc, r[i].doc->body, SPAN_NONE };

			add_references(k, from, &s);
		}
}

/* ---- signals ------------------------------------------------------------------- */

static void add_signals(struct linker *k, struct vertex from, enum edge_kind kind,
	const struct signal_name *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct signal *s = map_find(&k->signals, v[i].name);
		struct mesh_edge *e = edge_add(k, kind, from);
		struct vertices *at;

		if (!s) {
			s = arena_new(k->a, struct signal);
			s->name = v[i].name;
			map_add(&k->signals, s->name, s);
		}
		at = kind == EDGE_EMIT ? &s->emitter : &s->listener;
		*arena_push(k->a, struct vertex, at->v, at->n, at->cap) = from;
		e->to.kind = VERTEX_SIGNAL;
		e->target = v[i].name;
		e->span = v[i].span;
	}
}

static void add_meta(struct linker *k, struct vertex from, const struct meta *m)
{
	add_signals(k, from, EDGE_EMIT, m->emit, m->nemit);
	add_signals(k, from, EDGE_LISTEN, m->listen, m->nlisten);
}

static int signal_cmp(const void *pa, const void *pb)
{
	const struct signal *const *a = pa, *const *b = pb;

	return str_cmp((*a)->name, (*b)->name);
}

static void sort_signals(struct linker *k)
{
	struct signal **v = arena_array(k->a, struct signal *, k->signals.n);
	struct mesh_signal *out = arena_array(k->a, struct mesh_signal, k->signals.n);
	size_t n = k->signals.n;

	for (size_t i = 0; i < n; i++)
		v[i] = k->signals.entry[i].value;
	if (n)
		qsort(v, n, sizeof(*v), signal_cmp);
	for (size_t i = 0; i < n; i++) {
		v[i]->index = (uint32_t)i;
		out[i] = (struct mesh_signal){ v[i]->name, v[i]->emitter.v,
			v[i]->listener.v, v[i]->emitter.n, v[i]->listener.n };
	}
	for (size_t i = 0; i < k->nedge; i++)
		if (k->edge[i].to.kind == VERTEX_SIGNAL) {
			const struct signal *s = map_find(&k->signals, k->edge[i].target);

			k->edge[i].to.index = s->index;
		}
	k->p->mesh.signal = out;
	k->p->mesh.nsignal = n;
}

/* ---- vertices ------------------------------------------------------------------ */

static void add_skill(struct linker *k, size_t i)
{
	const struct skill *s = &k->p->skill[i];
	struct vertex from = { .kind = VERTEX_SKILL, .index = (uint32_t)i };

	add_meta(k, from, &s->meta);
	if (s->doc) {
		const struct stretch all = { s->doc, s->doc->body, SPAN_NONE };

		add_text(k, from, &all);
	}
	add_resources(k, from, s->resource, s->nresource);
	for (size_t n = 0; n < s->ninjection; n++)
		add_resources(k, from, &s->injection[n].resource, 1);
}

static void add_pack(struct linker *k, size_t i)
{
	const struct pack *p = &k->p->pack[i];
	struct vertex from = { .kind = VERTEX_PACK, .index = (uint32_t)i };

	add_meta(k, from, &p->meta);
	if (p->doc) {
		const struct stretch own = { p->doc, p->doc->body,
			{ p->doc->src->id, p->parts_from, p->parts_to - p->parts_from } };

		add_text(k, from, &own);
	}
	add_resources(k, from, p->resource, p->nresource);
	for (size_t n = 0; n < p->ntemplate; n++) {
		const struct doc *d = p->template[n].doc;
		const struct stretch all = { d, d->body, SPAN_NONE };

		add_references(k, from, &all);
	}
	from.kind = VERTEX_PART;
	for (size_t n = 0; n < p->npart; n++) {
		const struct pack_part *part = &p->part[n];
		const struct stretch all = { part->doc, part->range, SPAN_NONE };

		from.part = (uint32_t)n;
		add_meta(k, from, &part->meta);
		add_text(k, from, &all);
		add_resources(k, from, part->resource, part->nresource);
	}
}

/* Roles, modes and commands are no vertices, but what they refer to must be. */
static void check_text(struct linker *k, const struct text *t)
{
	const struct doc *d = t->doc;

	for (uint32_t i = 0; d && i < d->nref; i++) {
		struct mesh_edge e = { .kind = EDGE_REFERENCE,
			.span = d->ref[i].name,
			.target = doc_text(d, d->ref[i].name) };

		if (project_resolve(k->p, e.target).kind == VERTEX_NONE)
			report_unresolved(k, &e);
	}
}

void mesh_link(struct project *p, struct arena *a, struct diag_sink *sink)
{
	struct linker k = { .p = p,
		.a = a,
		.sink = sink,
		.signals = MAP_INIT(a),
		.suggested = MAP_INIT(a) };

	size_t *first = arena_array(a, size_t, p->nskill + p->npack + 1);

	for (size_t i = 0; i < p->nskill; i++) {
		first[i] = k.nedge;
		add_skill(&k, i);
	}
	for (size_t i = 0; i < p->npack; i++) {
		first[p->nskill + i] = k.nedge;
		add_pack(&k, i);
	}
	first[p->nskill + p->npack] = k.nedge;
	for (size_t i = 0; i < p->ntext; i++)
		check_text(&k, &p->text[i]);
	sort_signals(&k);
	p->mesh.edge = k.edge;
	p->mesh.nedge = k.nedge;
	p->mesh.first = first;
}

const struct mesh_edge *mesh_edges_of(
	const struct project *p, const struct skill *s, const struct pack *k, size_t *n)
{
	const struct mesh *m = &p->mesh;
	size_t i = s ? (size_t)(s - p->skill) : p->nskill + (size_t)(k - p->pack);

	*n = m->first ? m->first[i + 1] - m->first[i] : 0;
	return *n ? m->edge + m->first[i] : NULL;
}
