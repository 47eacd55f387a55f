/* text.c - roles (agents/), modes (contexts/) and commands (commands/). */
#include "model.h"
#include "rune/str.h"

static enum meta_kind meta_kind_of(enum text_kind k)
{
	switch (k) {
	case TEXT_ROLE: return META_ROLE;
	case TEXT_MODE: return META_MODE;
	case TEXT_COMMAND: return META_COMMAND;
	}
	return META_ROLE;
}

/* The project's own agents/ and commands/ may be another program's. */
static bool is_ours(const struct found *f)
{
	const struct doc *d = f->main ? f->main->doc : NULL;

	if (f->root->kind != ROOT_PROJECT || f->pack)
		return true;
	return d && d->has_frontmatter &&
	       fm_str(fm_get(&d->meta, STR("description"))).n > 0;
}

static void name_from_file(struct found *f, struct meta *m)
{
	if (name_valid(f->dir_name)) {
		m->name = f->dir_name;
		f->nameless = true;
		return;
	}
	diag_report(&f->sink, RULE_NAME_INVALID, m->name_span,
		"there is no 'name', and the file's, '%.*s', is not of the form of one",
		STR_ARG(f->dir_name));
}

bool text_build(struct loader *l, struct found *f, struct text *out)
{
	struct meta *m = &out->meta;

	if (!is_ours(f))
		return false;
	out->kind = f->text;
	out->root = f->root;
	out->doc = f->main ? f->main->doc : NULL;
	out->broken = !f->main || job_broken(f->main);
	if (out->doc) {
		const struct meta_ctx c = { out->doc, meta_kind_of(f->text), out->broken,
			f->dir_name, l->a, &f->sink, f };
		struct span at;

		meta_parse(&c, m);
		out->subagent_type = meta_text(&c,
			meta_find(out->doc, STR("subagent-type")), "subagent-type", &at);
	}
	if (!m->name.n && !sink_broken(&f->sink))
		name_from_file(f, m);
	if (f->text == TEXT_COMMAND && str_eq(m->name, STR("rune")))
		out->emit_name = m->name;
	else if (m->name.n)
		out->emit_name = emit_name_make(
			f->root->prefix, m->name, m->name_span, l->a, &f->sink);
	out->broken |= sink_broken(&f->sink);
	return true;
}
