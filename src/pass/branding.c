/* branding.c - the last line of a skill: where it comes from. Nothing in it
 * changes when another skill does. */
#include "passes.h"

#include "rune/str.h"

static struct str places(const struct meta *m, struct arena *a)
{
	struct str layer = layer_name(m->layer);

	return str_fmt(a, "%s%.*s%s%.*s", layer.n ? ", layer " : "", STR_ARG(layer),
		m->group.n ? ", group " : "", STR_ARG(m->group));
}

void pass_branding(const struct pass_ctx *c, struct edit_list *out)
{
	const struct unit *u = c->unit;
	struct ref_target t = { 0 };
	const struct meta *m;
	struct str name;

	if (!u->main || !c->project->config.branding || (!u->skill && !u->pack))
		return;
	t.kind = u->skill ? VERTEX_SKILL : VERTEX_PACK;
	t.skill = u->skill;
	t.pack = u->pack;
	m = u->skill ? &u->skill->meta : &u->pack->meta;
	name = emit_name_of(c->adapter, &t);
	pass_append_block(c, out,
		str_fmt(c->a,
			"---\n\n*By rune, as `%.*s`%.*s. A generated file: edit its "
			"source and "
			"build again.*\n",
			STR_ARG(name), STR_ARG(places(m, c->a))));
}
