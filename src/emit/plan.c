#include "emit/plan.h"
#include "rune/path.h"
#include "rune/str.h"

struct str skill_out_name(const struct emit_ctx *c, const struct skill *s)
{
	return c->adapter->caps & CAP_NAMESPACE ? s->meta.name : s->emit_name;
}

struct str pack_out_name(const struct emit_ctx *c, const struct pack *p)
{
	struct ref_target t = { .kind = VERTEX_PACK, .pack = p };

	return emit_name_of(c->adapter, &t);
}

struct str text_out_name(const struct emit_ctx *c, const struct text *t)
{
	return c->adapter->caps & CAP_NAMESPACE ? t->meta.name : t->emit_name;
}

struct str out_path(const struct emit_ctx *c, struct str member, struct str name)
{
	struct str path = str_expand(c->a, member, STR("name"), name);

	return path_join(c->a, c->adapter->root, path);
}

struct str companion_path(const struct emit_ctx *c, struct str name, struct str rel)
{
	if (!c->adapter->resource_dir.n)
		return STR_NONE;
	return path_join(c->a, out_path(c, c->adapter->resource_dir, name), rel);
}

struct str scripts_place(
	const struct emit_ctx *c, struct str reader, struct str name, struct str rel)
{
	struct str format = c->adapter->dir_format;
	struct str path = companion_path(c, name, rel);

	if (!format.n || !path.n)
		return path;
	if (str_find(format, STR("{name}"), 0) != STR_NPOS)
		return path_join(c->a, str_expand(c->a, format, STR("name"), name), rel);
	/* the format means the reader's own directory */
	return path_join(c->a, format,
		path_relative(c->a, companion_path(c, reader, STR_NONE), path));
}

struct str path_from(const struct emit_ctx *c, struct str from, struct str to)
{
	return path_relative(c->a, path_dir(from), to);
}

struct emitted *list_emitted(struct emit_ctx *c, struct str name, struct str path)
{
	struct emit_plan *pl = c->plan;
	struct emitted *e = arena_push(c->a, struct emitted, pl->done, pl->n, pl->cap);
	struct str index = path_join(c->a, c->adapter->root, c->adapter->index_dir);

	e->name = name;
	e->file = path_relative(c->a, index, path);
	return e;
}

static const char *kind_word(enum text_kind k)
{
	switch (k) {
	case TEXT_ROLE: return "role";
	case TEXT_MODE: return "mode";
	case TEXT_COMMAND: return "command";
	}
	return "";
}

struct str text_companion_path(const struct emit_ctx *c, const struct text *t)
{
	struct str own =
		str_fmt(c->a, "%s-%.*s", kind_word(t->kind), STR_ARG(t->meta.name));
	const struct skill *router = c->plan->router;

	if (!router)
		return STR_NONE;
	if (c->adapter->layout == LAYOUT_FLAT) {
		size_t prefix = t->emit_name.n - t->meta.name.n;
		struct str name = str_fmt(
			c->a, "%.*s%.*s", (int)prefix, t->emit_name.p, STR_ARG(own));
		return out_path(c, c->adapter->skill_path, name);
	}
	return companion_path(c, skill_out_name(c, router),
		str_fmt(c->a, "references/%.*s.md", STR_ARG(own)));
}

static struct str text_path(const struct emit_ctx *c, const struct text *t)
{
	struct str name = text_out_name(c, t);

	switch (t->kind) {
	case TEXT_ROLE:
		if (c->adapter->role_path.n)
			return out_path(c, c->adapter->role_path, name);
		break;
	case TEXT_MODE: break;
	case TEXT_COMMAND:
		if (!c->adapter->command_path.n)
			return STR_NONE;
		return out_path(c, c->adapter->command_path, name);
	}
	return text_companion_path(c, t);
}

static void set_path(struct emit_ctx *c, const struct source *src, struct str path)
{
	if (!src || !src->path.n || !path.n)
		return;
	struct str *value = arena_new(c->a, struct str);
	*value = path;
	map_add(&c->plan->path_of, src->path, value);
}

static void plan_skill(struct emit_ctx *c, const struct skill *s)
{
	struct str name = skill_out_name(c, s);

	if (!s->doc)
		return;
	set_path(c, s->doc->src, out_path(c, c->adapter->skill_path, name));
	for (size_t i = 0; i < s->nresource; i++)
		set_path(c, s->resource[i].src,
			companion_path(c, name, s->resource[i].rel));
}

bool packs_are_flat(const struct emit_ctx *c)
{
	return c->adapter->layout == LAYOUT_FLAT || !c->adapter->resource_dir.n;
}

struct str part_rel(
	const struct emit_ctx *c, const struct pack *p, const struct pack_part *part)
{
	struct str rel = str_fmt(c->a, "references/%.*s.md", STR_ARG(part->meta.name));

	for (size_t i = 0; i < p->nresource; i++)
		if (str_eq_nocase(p->resource[i].rel, rel))
			return str_fmt(c->a, "references/%.*s-skill.md",
				STR_ARG(part->meta.name));
	return rel;
}

struct str part_resource_rel(
	const struct emit_ctx *c, const struct pack_part *part, const struct resource *r)
{
	return str_fmt(
		c->a, "references/%.*s/%.*s", STR_ARG(part->meta.name), STR_ARG(r->rel));
}

struct str source_rel(
	const struct emit_ctx *c, const struct source *from, const struct source *src)
{
	return path_relative(c->a, path_dir(from->path), src->path);
}

bool resource_inherited(const struct pack *p, const struct resource *r)
{
	for (size_t i = 0; i < p->nresource; i++)
		if (str_eq_nocase(p->resource[i].rel, r->rel))
			return false;
	return true;
}

struct str part_path(
	const struct emit_ctx *c, const struct pack *p, const struct pack_part *part)
{
	struct str name = pack_out_name(c, p);

	if (packs_are_flat(c))
		return out_path(c, c->adapter->skill_path, name);
	return companion_path(c, name, part_rel(c, p, part));
}

static void plan_part(struct emit_ctx *c, const struct pack *p, struct str name,
	const struct pack_part *part)
{
	const struct pack *owner = part->owner ? part->owner : p;
	struct str main = out_path(c, c->adapter->skill_path, name);

	/* a monolith's source is the pack's main file */
	set_path(c, part->doc->src,
		part->doc == owner->doc ? main : part_path(c, p, part));
	for (size_t i = 0; i < part->nresource; i++)
		set_path(c, part->resource[i].src,
			companion_path(
				c, name, part_resource_rel(c, part, &part->resource[i])));
	if (owner == p)
		return;
	set_path(c, owner->doc->src, main);
	for (size_t i = 0; i < owner->nresource; i++)
		if (resource_inherited(p, &owner->resource[i]))
			set_path(c, owner->resource[i].src,
				companion_path(c, name, owner->resource[i].rel));
}

static void plan_pack(struct emit_ctx *c, const struct pack *p)
{
	struct str name = pack_out_name(c, p);

	if (!p->doc)
		return;
	struct str main = out_path(c, c->adapter->skill_path, name);
	set_path(c, p->doc->src, main);
	for (size_t i = 0; i < p->nresource; i++)
		set_path(c, p->resource[i].src,
			companion_path(c, name, p->resource[i].rel));
	for (size_t i = 0; i < p->npart; i++)
		plan_part(c, p, name, &p->part[i]);
	for (size_t i = 0; i < p->ntemplate; i++)
		set_path(c, p->template[i].doc->src, main);
}

void plan_paths(struct emit_ctx *c)
{
	const struct project *p = c->project;
	const struct skill *router = map_find(&p->by_name, STR("skill-router"));

	c->plan->path_of = (struct map)MAP_INIT(c->a);
	c->plan->router = router && !router->broken ? router : NULL;
	for (size_t i = 0; i < p->nskill; i++)
		plan_skill(c, &p->skill[i]);
	for (size_t i = 0; i < p->npack; i++)
		plan_pack(c, &p->pack[i]);
	for (size_t i = 0; i < p->ntext; i++)
		if (p->text[i].doc)
			set_path(c, p->text[i].doc->src, text_path(c, &p->text[i]));
}
