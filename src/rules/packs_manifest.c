/* packs_manifest.c - a pack's own file: its frontmatter, its sections, its size, and
 * what it stands in for. */
#include "rules/checks.h"

#include "rune/map.h"
#include "rune/path.h"
#include "rune/str.h"

/* What is read whenever the pack is opened. */
#define INDEX_MAX 20000 /* characters: 5,000 tokens, as of a skill */

/* ---- frontmatter ------------------------------------------------------------------- */

/* "@scope/dir" */
static void check_name(const struct rule_ctx *c, const struct pack *p)
{
	struct str name = p->meta.name;
	const struct fm_entry *e = rule_key(p->doc, "name");
	struct diag *d;

	if (!e || !name.n || name.p[0] == '@')
		return;
	d = diag_report(c->sink, RULE_PACK_NAME, e->value.span,
		"name '%.*s' has no scope", STR_ARG(name));
	diag_note(c->sink, d, SPAN_NONE,
		"write \"@yours/%.*s\", in quotes: it tells the pack from a skill",
		STR_ARG(p->dir_name));
}

static void check_layer(const struct rule_ctx *c, const struct pack *p)
{
	const struct fm_entry *e = rule_meta_key(p->doc, "layer");
	struct diag *d;

	if (!e || p->meta.layer == LAYER_L4 || e->value.kind != FM_SCALAR)
		return;
	d = diag_report(c->sink, RULE_PACK_LAYER, e->value.span,
		"a pack is of layer L4, not %.*s", STR_ARG(e->value.value));
	diag_note(c->sink, d, SPAN_NONE,
		"what belongs to another layer is a skill of its own");
}

static bool has_files(const struct pack *p)
{
	for (size_t i = 0; i < p->npart; i++)
		if (!p->part[i].owner && p->part[i].doc != p->doc)
			return true;
	return false;
}

/* Files below skills/ that a monolith does not take. */
static bool has_unused_files(const struct rule_ctx *c, const struct rule_file *f)
{
	const struct rule_file *end = c->file + c->nfile;

	for (const struct rule_file *x = f; x < end && x->pack == f->pack; x++)
		if (str_starts(x->rel, STR("skills/")) && !x->part)
			return true;
	return false;
}

static bool has_sections(const struct doc *d)
{
	const struct doc_section *s = doc_section_find(d, STR("Skills Included"));

	return s && (uint32_t)(s - d->section) + 1 < s->end;
}

/* What the author says of the form, against what is there. */
static void check_format(const struct rule_ctx *c, const struct rule_file *f)
{
	const struct pack *p = f->pack;
	const struct fm_entry *e = rule_meta_key(p->doc, "format");
	struct diag *d;

	if (!e || e->value.kind != FM_SCALAR)
		return;
	if (p->split && !has_files(p) && has_sections(p->doc)) {
		d = diag_report(c->sink, RULE_PACK_FORMAT, e->value.span,
			"format is split, but the skills stand in the pack's own text");
		diag_note(c->sink, d, SPAN_NONE,
			"write 'format: monolith', or move each to skills/NAME.md");
	} else if (!p->split && has_unused_files(c, f) && !has_sections(p->doc)) {
		d = diag_report(c->sink, RULE_PACK_FORMAT, e->value.span,
			"format is monolith, but the skills are files");
		diag_note(c->sink, d, SPAN_NONE, "write 'format: split'");
	}
}

static void check_version(const struct rule_ctx *c, const struct pack *p)
{
	const struct fm_node *meta = fm_get(&p->doc->meta, STR("metadata"));
	struct diag *d;

	if (p->meta.version.n || !p->doc->has_frontmatter)
		return;
	d = diag_report(c->sink, RULE_PACK_VERSION,
		meta && meta->span.len
			? (struct span){ meta->span.src, meta->span.off, 0 }
			: (struct span){ p->doc->src->id, p->doc->frontmatter.off, 0 },
		"pack has no version");
	diag_note(c->sink, d, SPAN_NONE, "add 'version: \"1.0.0\"' to its metadata");
}

/* ---- text -------------------------------------------------------------------------- */

static void check_sections(const struct rule_ctx *c, const struct pack *p)
{
	static const struct str sections[] = { STR_INIT("Purpose"), STR_INIT("Triggers"),
		STR_INIT("Skills Included"), STR_INIT("Connections"),
		STR_INIT("Constraints"), STR_INIT("Sharp Edges"), STR_INIT("Done When"),
		STR_INIT("Cost Profile") };
	struct buf missing = BUF_INIT(c->a);
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(sections); i++)
		if (!doc_section_find(p->doc, sections[i]))
			buf_addf(&missing, "%s'%.*s'", n++ ? ", " : "",
				STR_ARG(sections[i]));
	if (n)
		diag_report(c->sink, RULE_PACK_SECTIONS,
			(struct span){ p->doc->src->id, span_end(p->doc->body), 0 },
			"pack has no section %.*s", STR_ARG(buf_str(&missing)));
}

static void check_size(const struct rule_ctx *c, const struct pack *p)
{
	size_t n = p->doc->body.len - (p->parts_to - p->parts_from);
	struct diag *d;

	if (n <= INDEX_MAX)
		return;
	d = diag_report(c->sink, RULE_PACK_INDEX,
		(struct span){ p->doc->src->id, p->doc->body.off, 0 },
		"%zu characters are read before any skill of the pack", n);
	diag_note(c->sink, d, SPAN_NONE,
		"keep to %d: move what one skill needs into that skill, and the rest to "
		"references/",
		INDEX_MAX);
}

void packs_manifest(const struct rule_ctx *c, const struct rule_file *f)
{
	if (!f->doc || !f->pack)
		return;
	check_name(c, f->pack);
	check_layer(c, f->pack);
	check_format(c, f);
	check_version(c, f->pack);
	check_sections(c, f->pack);
	check_size(c, f->pack);
}

/* ---- what it is for ---------------------------------------------------------------- */

struct holdings {
	const struct rule_ctx *c;
	struct map texts; /* directories of packs that hold roles, modes, commands */
	struct map packs; /* "<number of root>/<directory>" → anything */
	struct map injecting; /* directories of packs with inject.json */
};

static void holdings_read(struct holdings *h)
{
	const struct project *p = h->c->project;
	struct arena *a = h->c->a;

	for (size_t i = 0; i < p->ninput; i++) {
		const struct input *in = &p->input[i];
		struct str dir = path_dir(path_dir(in->src->path));

		if (in->unit == INPUT_TEXT)
			map_add(&h->texts, dir, h);
		if (in->unit == INPUT_PACK && str_eq(in->rel, STR("inject.json")))
			map_add(&h->injecting, path_dir(in->src->path), h);
		if (in->unit == INPUT_PACK && in->main)
			map_add(&h->packs,
				str_fmt(a, "%zu/%.*s", (size_t)(in->root - p->root),
					STR_ARG(in->dir_name)),
				h);
	}
}

static void check_empty(const struct holdings *h, const struct pack *p)
{
	struct str dir = path_dir(p->doc->src->path);
	struct diag *d;

	if (p->npart || p->ntemplate || map_find(&h->texts, dir) ||
		map_find(&h->injecting, dir))
		return;
	d = diag_report(h->c->sink, RULE_PACK_EMPTY,
		(struct span){ p->doc->src->id, p->doc->body.off, 0 },
		"pack '%.*s' holds nothing", STR_ARG(p->dir_name));
	diag_note(h->c->sink, d, SPAN_NONE,
		"a skill of a pack is a heading '### name' under '## Skills Included', "
		"or "
		"a file skills/NAME.md");
}

/* "pro-dock" stands in for "dock": is there one, in a root before its own? */
static void check_override(const struct holdings *h, const struct pack *p)
{
	const struct project *project = h->c->project;
	size_t own = (size_t)(p->root - project->root);
	struct diag *d;

	if (!p->tier.n || str_eq(p->base_name, p->dir_name))
		return;
	for (size_t i = 0; i < own; i++)
		if (map_find(&h->packs,
			    str_fmt(h->c->a, "%zu/%.*s", i, STR_ARG(p->base_name))) ||
			(project->root[i].tier.n &&
				map_find(
					&h->packs, str_fmt(h->c->a, "%zu/%.*s-%.*s", i,
							   STR_ARG(project->root[i].tier),
							   STR_ARG(p->base_name)))))
			return;
	d = diag_report(h->c->sink, RULE_PACK_OVERRIDE, p->meta.name_span,
		"'%.*s' stands in for '%.*s', which there is not", STR_ARG(p->dir_name),
		STR_ARG(p->base_name));
	diag_note(h->c->sink, d, SPAN_NONE,
		"rename the directory to '%.*s' if it is a pack of its own",
		STR_ARG(p->base_name));
}

void packs_holdings(const struct rule_ctx *c)
{
	const struct project *p = c->project;
	struct holdings h = { .c = c,
		.texts = MAP_INIT(c->a),
		.packs = MAP_INIT(c->a),
		.injecting = MAP_INIT(c->a) };

	if (!p->npack)
		return;
	holdings_read(&h);
	for (size_t i = 0; i < p->npack; i++) {
		if (!rule_asked(c, p->pack[i].root, p->pack[i].doc))
			continue;
		check_empty(&h, &p->pack[i]);
		check_override(&h, &p->pack[i]);
	}
}
