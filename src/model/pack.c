/* pack.c - a pack's directory as a struct pack: its format, its parts when they
 * are files of their own, its templates and resources. */
#include <stdlib.h>

#include "model.h"
#include "rune/path.h"
#include "rune/str.h"

const struct pack_part *pack_part_find(const struct pack *p, struct str name)
{
	for (size_t i = 0; i < p->npart; i++)
		if (str_eq(p->part[i].meta.name, name))
			return &p->part[i];
	return NULL;
}

struct str first_paragraph(const struct doc *d, struct span range, struct arena *a)
{
	for (node_id i = d->node[0].first_child; i; i = d->node[i].next) {
		struct span s = d->node[i].span;

		if (s.off >= range.off && span_end(s) <= span_end(range) &&
			d->node[i].kind == DOC_PARAGRAPH)
			return fold_space(doc_text(d, s), a);
	}
	return STR("");
}

/* ---- parts that are files ------------------------------------------------------ */

static struct str part_stem(const struct found_file *x, struct str *dir)
{
	struct str rest = x->rel, top, name;

	*dir = STR("");
	if (!x->job || x->job->companion || !str_split(&rest, '/', &top) ||
		!str_eq(top, STR("skills")))
		return STR_NONE;
	if (str_find_char(rest, '/', 0) == STR_NPOS)
		return str_sub(rest, 0, rest.n - 3);
	*dir = path_dir(x->rel);
	name = path_base(*dir);
	return name;
}

static void part_text(struct loader *l, struct found *f, const struct found_file *x,
	struct pack_part *part)
{
	const struct doc *d = x->job->doc;
	node_id first = d->node[0].first_child;
	const struct meta_ctx c = { d, META_PART, job_broken(x->job), STR_NONE, l->a,
		&f->sink, f };

	meta_parse(&c, &part->meta);
	part->doc = d;
	part->range = d->body;
	if (first && d->node[first].kind == DOC_HEADING) {
		part->heading = first;
		part->level = d->node[first].level;
		part->title = d->node[first].text;
	}
	if (!part->meta.description.n)
		part->meta.description = first_paragraph(d, d->body, l->a);
}

static void part_resources(struct loader *l, struct found *f, struct pack_part *part)
{
	struct str below = str_fmt(l->a, "%.*s/", STR_ARG(part->dir));
	size_t n = 0, cap = 0;
	struct resource *v = NULL;

	for (size_t i = 0; i < f->nfile; i++)
		if (str_starts(f->file[i].rel, below) &&
			!str_eq(str_from(f->file[i].rel, below.n), STR("SKILL.md")))
			*arena_push(l->a, struct resource, v, n, cap) =
				resource_of(&f->file[i], below);
	part->resource = v;
	part->nresource = n;
}

/* False, after reporting, if it cannot have a name. */
static bool part_name(struct found *f, struct str stem, struct pack_part *part)
{
	struct meta *m = &part->meta;

	if (m->name.n && !str_eq(m->name, stem))
		diag_report(&f->sink, RULE_NAME_DIR, m->name_span,
			"name '%.*s' differs from its file '%.*s'", STR_ARG(m->name),
			STR_ARG(stem));
	if (!m->name.n && name_valid(stem))
		m->name = stem;
	if (!m->name.n && !sink_broken(&f->sink))
		diag_report(&f->sink, RULE_NAME_INVALID, m->name_span,
			"there is no 'name', and the file's, '%.*s', is not of the form "
			"of one",
			STR_ARG(stem));
	if (!part->title.n)
		part->title = m->name;
	return m->name.n > 0;
}

static void part_add(
	struct loader *l, struct found *f, const struct found_file *x, struct map *parts)
{
	struct pack_part *part = arena_new(l->a, struct pack_part);
	const struct pack_part *other;
	struct str stem = part_stem(x, &part->dir);
	struct diag *d;

	if (!stem.n || !x->job->doc)
		return;
	part_text(l, f, x, part);
	if (!part_name(f, stem, part))
		return;
	if (part->dir.n)
		part_resources(l, f, part);
	other = map_add(parts, part->meta.name, part);
	if (!other)
		return;
	d = diag_report(&f->sink, RULE_NAME_DUPLICATE, part->meta.name_span,
		"two skills of the pack are called '%.*s'", STR_ARG(part->meta.name));
	diag_note(&f->sink, d, other->meta.name_span, "the other one is here");
}

/* "skills/x.md", "x.md" and "skills/x/SKILL.md" mean x. */
static struct str listed_name(struct str s)
{
	if (str_starts(s, STR("./")))
		s = str_from(s, 2);
	if (str_starts(s, STR("skills/")))
		s = str_from(s, 7);
	if (str_ends(s, STR("/SKILL.md")))
		s.n -= 9;
	else if (str_ends(s, STR(".md")))
		s.n -= 3;
	return s;
}

/* In the order of the list; what it does not name comes after. */
static void split_parts(struct loader *l, struct found *f, struct pack *out)
{
	struct map parts = MAP_INIT(l->a), placed = MAP_INIT(l->a);
	struct pack_part *v, *part;

	for (size_t i = 0; i < f->nfile && parts.n <= PACK_MAX_PARTS; i++)
		part_add(l, f, &f->file[i], &parts);
	if (parts.n > PACK_MAX_PARTS)
		diag_report(&f->sink, RULE_TOO_MANY, source_span(f->main->src),
			"a pack holds at most %d skills", PACK_MAX_PARTS);
	v = arena_array(l->a, struct pack_part, parts.n);
	out->part = v;
	for (size_t i = 0; i < f->nlisted; i++) {
		part = map_find(&parts, listed_name(f->listed[i].value));
		if (part && !map_add(&placed, part->meta.name, part))
			v[out->npart++] = *part;
	}
	for (size_t i = 0; i < parts.n; i++) {
		part = parts.entry[i].value;
		if (map_add(&placed, part->meta.name, part))
			continue;
		v[out->npart++] = *part;
		if (f->nlisted)
			diag_report(&f->sink, RULE_PACK_PART_UNLISTED,
				part->meta.name_span,
				"skill '%.*s' is shipped though the pack does not list "
				"it",
				STR_ARG(part->meta.name));
	}
}

void pack_check_listed(struct loader *l, struct found *f, struct pack *p)
{
	struct str *known = arena_array(l->a, struct str, p->npart);
	struct map names = MAP_INIT(l->a);

	for (size_t i = 0; i < p->npart; i++) {
		known[i] = p->part[i].meta.name;
		map_add(&names, known[i], &known[i]);
	}
	for (size_t i = 0; i < f->nlisted; i++) {
		struct str name = listed_name(f->listed[i].value), near;
		bool refused = !path_is_safe(name);
		struct diag *d;

		if (map_find(&names, name))
			continue;
		for (size_t k = 0; k < f->nrefused; k++)
			refused |= str_eq(listed_name(f->refused[k]), name);
		if (refused) {
			diag_report(&f->sink, RULE_PACK_ESCAPE, f->listed[i].span,
				"skill '%.*s' leads out of the pack", STR_ARG(name));
			continue;
		}
		d = diag_report(&f->sink, RULE_PACK_PART_MISSING, f->listed[i].span,
			"the pack lists '%.*s' but does not hold it", STR_ARG(name));
		near = str_nearest(name, known, p->npart);
		if (near.n)
			diag_note(&f->sink, d, SPAN_NONE, "did you mean '%.*s'?",
				STR_ARG(near));
	}
	p->broken |= sink_broken(&f->sink);
}

void pack_inherit(struct pack *p, const struct pack *lower, struct arena *a)
{
	struct pack_part *v = arena_array(a, struct pack_part, p->npart + lower->npart);
	size_t n = p->npart;

	if (n)
		memcpy(v, p->part, n * sizeof(*v));
	for (size_t i = 0; i < lower->npart; i++) {
		if (pack_part_find(p, lower->part[i].meta.name))
			continue;
		v[n] = lower->part[i];
		if (!v[n].owner)
			v[n].owner = lower;
		n++;
	}
	p->part = v;
	p->npart = n;
	p->broken |= lower->broken;
}

/* ---- format -------------------------------------------------------------------- */

/* metadata.skills; a mere number is a count and says nothing we do not know. */
static void read_listed(const struct meta_ctx *c)
{
	const struct fm_node *node = meta_find(c->doc, STR("skills"));
	struct str digits = fm_str(node);

	while (digits.n && char_is_digit(digits.p[0]))
		digits = str_from(digits, 1);
	if (node && node->kind == FM_SCALAR && !digits.n)
		return;
	c->found->nlisted = meta_list(c, node, &c->found->listed);
}

/* What the author says; else what is there. */
static bool is_split(const struct meta_ctx *c)
{
	static const struct str formats[] = { STR_INIT("monolith"), STR_INIT("split") };
	const struct fm_node *node = meta_find(c->doc, STR("format"));
	struct str dir;

	if (node && node->kind != FM_NULL) {
		if (str_eq(fm_str(node), formats[0]) || str_eq(fm_str(node), formats[1]))
			return str_eq(fm_str(node), formats[1]);
		diag_report(c->sink, RULE_VALUE_INVALID, node->span,
			"'format' must be monolith or split");
	}
	for (size_t i = 0; i < c->found->nfile; i++)
		if (part_stem(&c->found->file[i], &dir).n)
			return true;
	return !pack_has_sections(c->doc) && c->found->nlisted;
}

/* ---- templates, resources ------------------------------------------------------ */

static void template_add(struct loader *l, struct found *f, const struct found_file *x,
	struct pack_template *t)
{
	const struct doc *d = x->job->doc;
	const struct meta_ctx c = { d, META_PART, true, STR_NONE, l->a, &f->sink, f };
	struct span at = (struct span){ d->src->id, d->frontmatter.off, 0 };
	struct str file = path_base(x->rel);

	t->doc = d;
	t->meta = &d->meta;
	t->name = meta_text(&c, fm_get(&d->meta, STR("name")), "name", &at);
	t->description =
		meta_text(&c, fm_get(&d->meta, STR("description")), "description", &at);
	if (!t->name.n || !t->description.n)
		diag_report(&f->sink, RULE_PACK_TEMPLATE, at,
			"workflow template has no '%s'",
			t->name.n ? "description" : "name");
	if (!t->name.n)
		t->name = str_sub(file, 0, file.n - 3);
}

enum place { PLACE_PART, PLACE_TEXT, PLACE_TEMPLATE, PLACE_INJECT, PLACE_RESOURCE };

static enum place place_of(const struct found_file *x)
{
	struct str rest = x->rel, top;
	enum text_kind kind;

	if (str_eq(x->rel, STR("inject.json")))
		return PLACE_INJECT;
	if (!str_split(&rest, '/', &top) || !rest.n)
		return PLACE_RESOURCE;
	if (str_eq(top, STR("skills")))
		return PLACE_PART;
	if (text_dir_kind(top, &kind))
		return PLACE_TEXT;
	if (str_eq(top, STR("templates")) && x->job && !x->job->companion)
		return PLACE_TEMPLATE;
	return PLACE_RESOURCE;
}

static void add_files(struct loader *l, struct found *f, struct pack *out)
{
	struct resource *res = arena_array(l->a, struct resource, f->nfile);
	struct pack_template *t = arena_array(l->a, struct pack_template, f->nfile);

	for (size_t i = 0; i < f->nfile; i++) {
		const struct found_file *x = &f->file[i];
		enum place place = place_of(x);

		if (place == PLACE_TEMPLATE && x->job->doc)
			template_add(l, f, x, &t[out->ntemplate++]);
		else if (place == PLACE_RESOURCE)
			res[out->nresource++] = resource_of(x, STR(""));
		out->has_scripts |= str_starts(x->rel, STR("scripts/"));
		out->broken |= x->job && place != PLACE_TEXT && job_broken(x->job);
	}
	out->resource = res;
	out->template = t;
}

/* Files that the format leaves without a use. */
static void report_unused(struct found *f, const struct pack *p)
{
	for (size_t i = 0; i < f->nfile; i++) {
		const struct found_file *x = &f->file[i];
		enum place place = place_of(x);
		bool used = place != PLACE_PART && place != PLACE_TEXT;
		struct str dir;

		if (place == PLACE_PART && p->split)
			used = part_stem(x, &dir).n > 0;
		for (size_t k = 0; k < p->npart && place == PLACE_PART && !used; k++)
			used = p->part[k].dir.n && str_starts(x->rel, p->part[k].dir);
		if (place == PLACE_TEXT)
			used = x->job && x->job->flags;
		if (!used)
			diag_report(&f->sink, RULE_RES_SKIPPED, source_span(x->src),
				"'%.*s' is not shipped: it belongs to no skill, role, "
				"mode or command",
				STR_ARG(x->rel));
	}
}

/* ---- the pack ------------------------------------------------------------------ */

/* A tier's "pro-dock" stands in for "dock"; a free pack keeps its name. */
static void pack_names(struct loader *l, struct found *f, struct pack *out)
{
	const struct root *r = f->root;
	struct str prefix = STR("");
	struct span at = f->main ? source_span(f->main->src) : SPAN_NONE;

	at.len = 0;
	out->dir_name = out->base_name = f->dir_name;
	out->tier = r->tier;
	if (r->tier.n && str_starts(f->dir_name, r->tier) &&
		f->dir_name.n > r->tier.n + 1 && f->dir_name.p[r->tier.n] == '-')
		out->base_name = str_from(f->dir_name, r->tier.n + 1);
	if (!name_valid(f->dir_name)) {
		diag_report(&f->sink, RULE_NAME_INVALID, at,
			"the pack's directory '%.*s' is not of the form of a name",
			STR_ARG(f->dir_name));
		return;
	}
	if (r->prefix.n)
		prefix = str_fmt(l->a, "%.*sext-", STR_ARG(r->prefix));
	out->emit_name = emit_name_make(prefix, f->dir_name, at, l->a, &f->sink);
}

static void check_name(struct found *f, const struct pack *p)
{
	struct str own = p->meta.name;
	size_t slash = str_find_char(own, '/', 0);

	if (slash != STR_NPOS)
		own = str_from(own, slash + 1);
	if (own.n && !str_eq(own, p->dir_name) && !str_eq(own, p->base_name))
		diag_report(&f->sink, RULE_NAME_DIR, p->meta.name_span,
			"name '%.*s' differs from its directory '%.*s'",
			STR_ARG(p->meta.name), STR_ARG(p->dir_name));
}

void pack_build(struct loader *l, struct found *f, struct pack *out)
{
	out->root = f->root;
	out->doc = f->main ? f->main->doc : NULL;
	out->broken = !f->main || job_broken(f->main);
	pack_names(l, f, out);
	add_files(l, f, out);
	if (out->doc) {
		const struct meta_ctx c = { out->doc, META_PACK, job_broken(f->main),
			f->dir_name, l->a, &f->sink, f };

		meta_parse(&c, &out->meta);
		if (!out->meta.layer)
			out->meta.layer = LAYER_L4;
		check_name(f, out);
		read_listed(&c);
		out->split = is_split(&c);
		if (out->split)
			split_parts(l, f, out);
		else
			pack_monolith(l, f, out);
		report_unused(f, out);
	}
	if (!out->meta.name.n) {
		out->meta.name = f->dir_name;
		f->nameless = true;
	}
	inject_parse(l, f);
	out->broken |= sink_broken(&f->sink);
}
