/* skill.c - a skill's directory as a struct skill. */
#include "model.h"
#include "rune/str.h"

struct resource resource_of(const struct found_file *f, struct str below)
{
	struct resource r = { .src = f->src, .bytes = f->bytes };

	BUG_IF(!str_starts(f->rel, below));
	r.rel = str_from(f->rel, below.n);
	r.executable = f->executable;
	r.doc = f->job ? f->job->doc : NULL;
	return r;
}

static void add_resources(struct loader *l, const struct found *f, struct skill *s)
{
	struct resource *v = arena_array(l->a, struct resource, f->nfile);

	for (size_t i = 0; i < f->nfile; i++) {
		v[i] = resource_of(&f->file[i], STR(""));
		s->has_scripts |= str_starts(v[i].rel, STR("scripts/"));
		s->broken |= f->file[i].job && job_broken(f->file[i].job);
	}
	s->resource = v;
	s->nresource = f->nfile;
}

void skill_build(struct loader *l, struct found *f, struct skill *out)
{
	struct meta *m = &out->meta;

	out->root = f->root;
	out->dir_name = f->dir_name;
	out->doc = f->main ? f->main->doc : NULL;
	out->broken = !f->main || job_broken(f->main);
	if (out->doc) {
		const struct meta_ctx c = { out->doc, META_SKILL, out->broken,
			f->dir_name, l->a, &f->sink, f };

		meta_parse(&c, m);
	}
	if (m->name.n && !str_eq(m->name, f->dir_name)) {
		struct diag *d = diag_report(&f->sink, RULE_NAME_DIR, m->name_span,
			"name '%.*s' differs from its directory '%.*s'", STR_ARG(m->name),
			STR_ARG(f->dir_name));

		diag_note(&f->sink, d, SPAN_NONE, "the declared name is used");
		if (name_valid(f->dir_name)) {
			diag_fix(&f->sink, d, "call it '%.*s'", STR_ARG(f->dir_name));
			diag_edit(&f->sink, d, m->name_span, f->dir_name);
		}
	}
	if (!m->name.n && name_valid(f->dir_name)) {
		m->name = f->dir_name;
		f->nameless = true;
	}
	if (m->name.n)
		out->emit_name = emit_name_make(
			f->root->prefix, m->name, m->name_span, l->a, &f->sink);
	add_resources(l, f, out);
	out->broken |= sink_broken(&f->sink);
}
