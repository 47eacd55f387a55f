/* A pack becomes one skill. Where a skill has a directory, its main file is an index
 * and each part a file to be read when it is needed; where the platform is flat, all
 * is one file. Parts may come from another pack that this one stands in for. */
#include "emit/plan.h"
#include "rune/path.h"
#include "rune/str.h"

struct pack_job {
	struct stage st;
	struct emit_ctx *c;
	const struct pack *pack;
	struct str name, main; /* emitted name, path of the main file */
	bool flat;
	const struct pack *linked; /* whose links these are */
	struct links links;
};

static const struct pack *owner_of(const struct pack_job *j, const struct pack_part *part)
{
	return part->owner ? part->owner : j->pack;
}

/* Does the part stand in the text of the pack's own main file? */
static bool in_main(const struct pack_job *j, const struct pack_part *part)
{
	return part->doc == j->pack->doc;
}

static void link_part(
	struct links *l, const struct pack_job *j, const struct pack_part *part)
{
	const struct pack *owner = owner_of(j, part);
	struct emit_ctx *c = j->c;

	if (part->doc != owner->doc)
		links_add(l, c, source_rel(c, owner->doc->src, part->doc->src),
			part_path(j->c, j->pack, part));
	for (size_t i = 0; i < part->nresource; i++) {
		const struct resource *r = &part->resource[i];
		links_add(l, c, path_join(c->a, part->dir, r->rel),
			companion_path(c, j->name, part_resource_rel(c, part, r)));
	}
}

/* Where the files below `owner`'s directory went. */
static struct links owner_links(const struct pack_job *j, const struct pack *owner)
{
	struct emit_ctx *c = j->c;
	struct links l;

	links_init(&l, c);
	links_add(&l, c, STR("PACK.md"), j->main);
	for (size_t i = 0; i < owner->nresource; i++)
		links_add(&l, c, owner->resource[i].rel,
			companion_path(c, j->name, owner->resource[i].rel));
	for (size_t i = 0; i < j->pack->npart; i++)
		if (owner_of(j, &j->pack->part[i]) == owner)
			link_part(&l, j, &j->pack->part[i]);
	for (size_t i = 0; i < owner->ntemplate; i++)
		links_add(&l, c,
			source_rel(c, owner->doc->src, owner->template[i].doc->src),
			j->main);
	return l;
}

static struct pack_job job_of(struct emit_ctx *c, const struct pack *p)
{
	struct str name = pack_out_name(c, p);

	return (struct pack_job){
		.c = c,
		.pack = p,
		.name = name,
		.main = out_path(c, c->adapter->skill_path, name),
		.flat = packs_are_flat(c),
	};
}

struct links pack_links(struct emit_ctx *c, const struct pack *p)
{
	struct pack_job j = job_of(c, p);

	return owner_links(&j, p);
}

static struct unit pack_unit(struct pack_job *j, const struct pack *owner)
{
	struct unit u = { .pack = j->pack, .doc = owner->doc, .out_path = j->main };

	if (j->linked != owner)
		j->links = owner_links(j, owner);
	j->linked = owner;
	u.link = j->links.v;
	u.nlink = j->links.n;
	if (j->pack->has_scripts || owner->has_scripts)
		u.scripts_dir = scripts_place(j->c, j->name, j->name, STR("scripts"));
	return u;
}

static bool has_own_scripts(const struct pack_part *part)
{
	for (size_t i = 0; i < part->nresource; i++)
		if (str_starts(part->resource[i].rel, STR("scripts/")))
			return true;
	return false;
}

static struct unit part_unit(struct pack_job *j, const struct pack_part *part)
{
	const struct pack *owner = owner_of(j, part);
	struct unit u = pack_unit(j, owner);
	struct emit_ctx *c = j->c;

	u.doc = part->doc;
	u.range = part->range;
	u.out_path = part_path(j->c, j->pack, part);
	u.dir = path_dir(source_rel(c, owner->doc->src, part->doc->src));
	if (has_own_scripts(part))
		u.scripts_dir = scripts_place(c, j->name, j->name,
			str_fmt(c->a, "references/%.*s/scripts",
				STR_ARG(part->meta.name)));
	return u;
}

static uint32_t top_level(const struct doc *d, struct span range)
{
	uint32_t top = 0;

	for (uint32_t i = 0; i < d->nnode; i++) {
		const struct node *n = &d->node[i];
		if (n->kind != DOC_HEADING || n->span.off < range.off ||
			n->span.off >= span_end(range))
			continue;
		if (!top || n->level < top)
			top = n->level;
	}
	return top;
}

/* The text of a part under one heading of level `level`; its own heading becomes
 * that, or, if it has none, its title does. */
static struct str part_text(
	struct pack_job *j, const struct pack_part *part, uint32_t level)
{
	struct unit u = part_unit(j, part);
	uint32_t top = top_level(u.doc, u.range);
	struct buf b = BUF_INIT(j->c->a);

	if (part->heading) {
		u.shift = (int32_t)level - (int32_t)part->level;
	} else {
		if (top && top <= level)
			u.shift = (int32_t)(level + 1 - top);
		buf_fill(&b, '#', level);
		buf_addf(&b, " %.*s\n\n", STR_ARG(part->title));
	}
	buf_add(&b, str_trim_lines(unit_run(&j->st, &u)));
	buf_addc(&b, '\n');
	return buf_str(&b);
}

static void stage_part(struct pack_job *j, const struct pack_part *part)
{
	struct unit u = part_unit(j, part);

	if (!j->flat)
		stage_add(&j->st, part_path(j->c, j->pack, part), part_text(j, part, 1),
			part->range);
	for (size_t i = 0; i < part->nresource; i++) {
		const struct resource *r = &part->resource[i];
		stage_resource(&j->st, &u, r, path_join(j->c->a, part->dir, r->rel),
			companion_path(j->c, j->name, part_resource_rel(j->c, part, r)));
	}
}

static bool owner_is_new(const struct pack_job *j, size_t part)
{
	const struct pack *owner = owner_of(j, &j->pack->part[part]);

	if (owner == j->pack)
		return false;
	for (size_t i = 0; i < part; i++)
		if (owner_of(j, &j->pack->part[i]) == owner)
			return false;
	return true;
}

static void stage_pack_resources(struct pack_job *j)
{
	const struct pack *p = j->pack;
	struct unit u = pack_unit(j, p);

	for (size_t i = 0; i < p->nresource; i++)
		stage_resource(&j->st, &u, &p->resource[i], p->resource[i].rel,
			companion_path(j->c, j->name, p->resource[i].rel));
	for (size_t i = 0; i < p->npart; i++) {
		const struct pack *owner = owner_of(j, &p->part[i]);

		if (!owner_is_new(j, i))
			continue;
		u = pack_unit(j, owner);
		for (size_t k = 0; k < owner->nresource; k++)
			if (resource_inherited(p, &owner->resource[k]))
				stage_resource(&j->st, &u, &owner->resource[k],
					owner->resource[k].rel,
					companion_path(
						j->c, j->name, owner->resource[k].rel));
	}
}

/* A part without a description of its own has that of its first paragraph, in which
 * names of skills and tools have yet to be turned into the platform's. */
struct str part_about(struct emit_ctx *c, const struct pack *p,
	const struct pack_part *part, struct str path)
{
	struct pack_job j = job_of(c, p);
	struct unit u = part_unit(&j, part);
	const struct doc *d = part->doc;

	for (node_id i = d->node[0].first_child; i; i = d->node[i].next) {
		struct span at = d->node[i].span;

		if (d->node[i].kind != DOC_PARAGRAPH || at.off < part->range.off ||
			span_end(at) > span_end(part->range))
			continue;
		if (!str_eq(fold_text(c->a, doc_text(d, at)), part->meta.description))
			break;
		u.range = at;
		u.out_path = path;
		return fold_text(c->a, unit_copy(c, &u));
	}
	return part->meta.description;
}

/* What stands in the main file in place of the parts: on a flat platform the texts
 * that are not there already, else a table that leads to them. */
static struct str parts_index(struct pack_job *j)
{
	struct emit_ctx *c = j->c;
	struct buf b = BUF_INIT(c->a);

	buf_addz(&b,
		"Each recipe is a file of its own. Open the one that fits the task, read "
		"it whole, and leave the others closed.\n\n"
		"| Recipe | What it is for | File |\n|---|---|---|\n");
	for (size_t i = 0; i < j->pack->npart; i++) {
		const struct pack_part *part = &j->pack->part[i];
		struct str about = part_about(c, j->pack, part, j->main);
		struct str rel = part_rel(c, j->pack, part);

		buf_addf(&b, "| `%.*s` | %.*s | [%.*s](%.*s) |\n",
			STR_ARG(part->meta.name),
			STR_ARG(table_cell(c->a, clip_text(c->a, about, 240))),
			STR_ARG(rel), STR_ARG(rel));
	}
	return buf_str(&b);
}

static struct str parts_inline(struct pack_job *j)
{
	struct buf b = BUF_INIT(j->c->a);

	for (size_t i = 0; i < j->pack->npart; i++) {
		if (in_main(j, &j->pack->part[i]))
			continue;
		if (b.n)
			buf_addc(&b, '\n');
		buf_add(&b, part_text(j, &j->pack->part[i], 3));
	}
	return buf_str(&b);
}

/* Where parts belong that have no place in the text: at the end of the section that
 * lists them. */
static uint32_t parts_offset(const struct pack *p, const struct doc_section *listed)
{
	if (p->parts_from < p->parts_to)
		return p->parts_to;
	return span_end(listed ? listed->span : p->doc->body);
}

static void place_parts(struct pack_job *j, struct unit *u)
{
	const struct pack *p = j->pack;
	const struct doc_section *s = doc_section_find(p->doc, STR("Skills Included"));
	bool monolith = p->parts_from < p->parts_to;
	uint32_t at = parts_offset(p, s);
	struct str text;

	if (!p->npart)
		return;
	text = j->flat ? parts_inline(j) : parts_index(j);
	if (!text.n)
		return;
	u->omit = (struct span){ p->doc->src->id, at, 0 };
	if (monolith && !j->flat) {
		u->omit.off = p->parts_from;
		u->omit.len = at - p->parts_from;
	}
	u->instead = str_fmt(j->c->a, "%s%s%.*s%s", blank_line(p->doc, u->omit.off),
		s || monolith ? "" : "## Skills Included\n\n", STR_ARG(text),
		at < span_end(p->doc->body) ? "\n" : "");
}

static struct str node_text(struct arena *a, const struct fm_node *v)
{
	struct buf b = BUF_INIT(a);

	if (v->kind == FM_SCALAR)
		return v->value;
	for (size_t i = 0; i < v->n; i++) {
		struct str one = node_text(a, &v->entry[i].value);

		if (b.n && one.n)
			buf_addz(&b, ", ");
		buf_add(&b, one);
	}
	return buf_str(&b);
}

/* What a template's frontmatter says beside its name and description. */
static struct str template_details(struct arena *a, const struct pack_template *t)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; t->meta && i < t->meta->n; i++) {
		const struct fm_entry *e = &t->meta->entry[i];

		if (str_eq(e->key, STR("name")) || str_eq(e->key, STR("description")))
			continue;
		buf_addf(&b, "%s%.*s: %.*s", b.n ? "; " : "", STR_ARG(e->key),
			STR_ARG(node_text(a, &e->value)));
	}
	return buf_str(&b);
}

static struct str template_text(struct pack_job *j, const struct pack_template *t)
{
	const struct pack *p = j->pack;
	struct unit u = pack_unit(j, p);
	uint32_t top = top_level(t->doc, t->doc->body);
	struct buf b = BUF_INIT(j->c->a);

	u.doc = t->doc;
	u.range = t->doc->body;
	u.dir = path_dir(source_rel(j->c, p->doc->src, t->doc->src));
	u.shift = top && top < 4 ? (int32_t)(4 - top) : 0;
	buf_addf(&b, "\n### Template: %.*s\n\n%.*s\n", STR_ARG(t->name),
		STR_ARG(str_trim_lines(unit_run(&j->st, &u))));
	return buf_str(&b);
}

static struct str templates(struct pack_job *j)
{
	const struct pack *p = j->pack;
	struct arena *a = j->c->a;
	struct buf b = BUF_INIT(a);

	if (!p->ntemplate)
		return STR_NONE;
	buf_addz(&b, "## Workflow Templates\n\n"
		     "| Template | Description | Details |\n|---|---|---|\n");
	for (size_t i = 0; i < p->ntemplate; i++) {
		const struct pack_template *t = &p->template[i];

		buf_addf(&b, "| `%.*s` | %.*s | %.*s |\n",
			STR_ARG(table_cell(a, t->name)),
			STR_ARG(table_cell(a, t->description)),
			STR_ARG(table_cell(a, template_details(a, t))));
	}
	for (size_t i = 0; i < p->ntemplate; i++)
		buf_add(&b, template_text(j, &p->template[i]));
	return buf_str(&b);
}

void emit_pack(struct emit_ctx *c, const struct pack *p)
{
	struct pack_job j = job_of(c, p);

	stage_open(&j.st, c, j.name);
	stage_pack_resources(&j);
	for (size_t i = 0; i < p->npart; i++)
		stage_part(&j, &p->part[i]);
	struct unit u = pack_unit(&j, p);
	u.range = p->doc->body;
	u.main = true;
	place_parts(&j, &u);
	u.append = templates(&j);
	stage_main(&j.st, &u, j.name, &p->meta);
	if (!stage_close(&j.st)) {
		c->stats->failed++;
		return;
	}
	list_emitted(c, j.name, j.main)->pack = p;
	c->stats->packs++;
	c->stats->parts += p->npart;
}
