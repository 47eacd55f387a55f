/* mesh_signals.c - signals and names: is each heard, sent, and easy to tell from
 * the others. */
#include "rules/checks.h"
#include "rules/mesh_graph.h"

#include "rune/map.h"
#include "rune/str.h"

/* ---- signals ------------------------------------------------------------------------- */

static const struct mesh_signal *signal_of(
	const struct project *p, const struct mesh_edge *e)
{
	return e->to.kind == VERTEX_SIGNAL ? &p->mesh.signal[e->to.index] : NULL;
}

static bool edge_asked(const struct rule_ctx *c, const struct mesh_edge *e)
{
	const struct project *p = c->project;

	switch (e->from.kind) {
	case VERTEX_SKILL:
		return rule_asked(
			c, p->skill[e->from.index].root, p->skill[e->from.index].doc);
	case VERTEX_PACK:
	case VERTEX_PART:
		return rule_asked(
			c, p->pack[e->from.index].root, p->pack[e->from.index].doc);
	case VERTEX_NONE:
	case VERTEX_SIGNAL: break;
	}
	return false;
}

/* A signal near to `name` that lacks just the side that `name` has: what was
 * meant, most likely. */
static struct str counterpart(const struct rule_ctx *c, struct str name, bool emitted)
{
	const struct mesh *m = &c->project->mesh;
	struct str *v = arena_array(c->a, struct str, m->nsignal);
	size_t n = 0;

	for (size_t i = 0; i < m->nsignal; i++)
		if (!(emitted ? m->signal[i].nemitter : m->signal[i].nlistener))
			v[n++] = m->signal[i].name;
	return str_nearest(name, v, n);
}

static void check_signal(const struct rule_ctx *c, const struct mesh_edge *e)
{
	const struct mesh_signal *s = signal_of(c->project, e);
	bool emitted = e->kind == EDGE_EMIT;
	struct str near;
	struct diag *d;

	if (!s || (emitted ? s->nlistener : s->nemitter))
		return;
	d = diag_report(c->sink, emitted ? RULE_SIGNAL_UNHEARD : RULE_SIGNAL_UNSENT,
		e->span,
		emitted ? "signal '%.*s' is emitted, but nobody listens to it"
			: "signal '%.*s' is listened to, but nobody emits it",
		STR_ARG(s->name));
	near = counterpart(c, s->name, emitted);
	if (near.n)
		diag_note(c->sink, d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(near));
}

/* Words of [a-z0-9_-], with dots between them. */
static bool is_signal_name(struct str s)
{
	bool word = false;

	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (char_is_lower(ch) || char_is_digit(ch))
			word = true;
		else if (!word || !strchr(".-_", ch))
			return false;
		else if (ch == '.')
			word = false;
	}
	return word && char_is_alnum(s.p[s.n - 1]);
}

void mesh_signals(const struct rule_ctx *c)
{
	const struct mesh *m = &c->project->mesh;

	for (size_t i = 0; i < m->nedge; i++) {
		const struct mesh_edge *e = &m->edge[i];

		if ((e->kind != EDGE_EMIT && e->kind != EDGE_LISTEN) || !edge_asked(c, e))
			continue;
		if (!is_signal_name(e->target))
			diag_report(c->sink, RULE_SIGNAL_NAME, e->span,
				"signal '%.*s' is not words of [a-z0-9-] with dots "
				"between them",
				STR_ARG(e->target));
		check_signal(c, e);
	}
}

/* ---- names that are taken for one another ---------------------------------------------- */

#define CONFUSABLE_MIN 5 /* characters: of shorter names many differ by one */

/* Two names are one edit apart if taking a character out of one or both can make
 * them equal: so each name is filed under all its forms. */
static const struct skill *filed(
	struct map *forms, struct str form, const struct skill *s)
{
	union {
		const struct skill *in;
		void *out;
	} value = { .in = s };
	const struct skill *there = map_add(forms, form, value.out);

	return there && there != s ? there : NULL;
}

static const struct skill *twin_of(
	struct map *forms, struct arena *a, const struct skill *s)
{
	struct str name = s->meta.name;
	const struct skill *twin = filed(forms, name, s);

	for (size_t i = 0; i < name.n; i++) {
		struct str form = str_fmt(a, "%.*s%.*s", STR_ARG(str_sub(name, 0, i)),
			STR_ARG(str_from(name, i + 1)));
		const struct skill *other = filed(forms, form, s);

		if (!twin && other && str_distance(other->meta.name, name) == 1)
			twin = other;
	}
	return twin;
}

void mesh_names(const struct rule_ctx *c)
{
	struct map forms = MAP_INIT(c->a);

	for (size_t i = 0; i < c->project->nskill; i++) {
		const struct skill *s = &c->project->skill[i], *twin;
		struct diag *d;

		if (s->meta.name.n < CONFUSABLE_MIN)
			continue;
		twin = twin_of(&forms, c->a, s);
		if (!twin || !rule_asked(c, s->root, s->doc) ||
			str_eq(twin->meta.name, s->meta.name))
			continue;
		d = diag_report(c->sink, RULE_NAME_CONFUSABLE, s->meta.name_span,
			"name '%.*s' differs from '%.*s' by one character",
			STR_ARG(s->meta.name), STR_ARG(twin->meta.name));
		diag_note(c->sink, d, twin->meta.name_span, "the other one");
	}
}
