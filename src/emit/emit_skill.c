#include "emit/plan.h"
#include "rune/path.h"
#include "rune/str.h"

struct links skill_links(struct emit_ctx *c, const struct skill *s)
{
	struct str name = skill_out_name(c, s);
	struct links l;

	links_init(&l, c);
	links_add(&l, c, STR("SKILL.md"), out_path(c, c->adapter->skill_path, name));
	for (size_t i = 0; i < s->nresource; i++) {
		struct str rel = s->resource[i].rel;
		links_add(&l, c, rel, companion_path(c, name, rel));
	}
	for (size_t i = 0; i < s->ninjection; i++) {
		struct str rel = s->injection[i].rel;
		links_add(&l, c, rel, companion_path(c, name, rel));
	}
	return l;
}

/* What packs add: their texts stand beside the skill, these lines lead there. */
static struct str injection_list(
	struct emit_ctx *c, const struct skill *s, struct str name, struct str main)
{
	struct buf b = BUF_INIT(c->a);

	if (!s->ninjection || !c->adapter->resource_dir.n)
		return STR_NONE;
	buf_addz(&b,
		"## Pack References\n\nRead the one that bears on the task at hand:\n\n");
	for (size_t i = 0; i < s->ninjection; i++) {
		const struct injection *in = &s->injection[i];
		struct str path = companion_path(c, name, in->rel);

		buf_addz(&b, "- ");
		add_link(&b, in->title, path_from(c, main, path));
		if (in->from)
			buf_addf(
				&b, ", from the %.*s pack", STR_ARG(in->from->base_name));
		buf_addc(&b, '\n');
	}
	return buf_str(&b);
}

/* An injected text was written in a pack: its links start from there. */
static void stage_injection(struct stage *st, const struct skill *s,
	const struct injection *in, struct str name)
{
	struct unit u = { .skill = s, .pack = in->from };
	const struct resource *r = &in->resource;
	struct emit_ctx *c = st->c;
	struct str rel = path_base(in->rel), from = name;

	if (in->from) {
		struct links l = pack_links(c, in->from);
		rel = source_rel(c, in->from->doc->src, r->src);
		from = pack_out_name(c, in->from);
		u.link = l.v;
		u.nlink = l.n;
	}
	if (in->from ? in->from->has_scripts : s->has_scripts)
		u.scripts_dir = scripts_place(c, name, from, STR("scripts"));
	stage_resource(st, &u, r, rel, companion_path(c, name, in->rel));
}

static const struct text *role_named(const struct emit_ctx *c, struct str name)
{
	const struct project *p = c->project;

	for (size_t i = 0; i < p->ntext; i++)
		if (p->text[i].kind == TEXT_ROLE &&
			str_eq(text_out_name(c, &p->text[i]), name))
			return &p->text[i];
	return NULL;
}

/* A skill that says nothing about how it is run has nothing to make an agent from;
 * and a client shows every agent in every conversation. */
static bool wants_agent(const struct emit_ctx *c, const struct skill *s, struct str name)
{
	const struct meta *m = &s->meta;

	if (!(c->adapter->caps & CAP_SKILL_AGENTS) || !c->adapter->role_path.n)
		return false;
	if (!m->model && !m->layer && !m->ntools)
		return false;
	return !role_named(c, name);
}

/* A helper that does one task by this skill. Its model and tools are the skill's
 * own, so that the two cannot disagree. A role of the same name takes its place. */
static void stage_agent(struct stage *st, const struct skill *s, struct str name)
{
	struct emit_ctx *c = st->c;
	const struct adapter *ad = c->adapter;
	struct ref_target self = { .kind = VERTEX_SKILL, .skill = s };
	struct str about = first_sentence(c->a, s->meta.description, 200);
	struct header_values v = { .name = name,
		.description = str_fmt(c->a, "Does one task by %.*s. %.*s",
			STR_ARG(ref_text(ad, NULL, &self, false, c->a)), STR_ARG(about)),
		.skill = name,
		.meta = &s->meta,
		.doc = s->doc };
	struct buf b = BUF_INIT(c->a);

	if (!wants_agent(c, s, name))
		return;
	header_write(&b, ad, ad->role_fields, ad->nrole_fields, &v);
	buf_addf(&b,
		"\n# %.*s\n\n"
		"You do one task by %.*s. Its text is loaded with you; if it is not in "
		"view, "
		"load it before anything else.\n\n"
		"- Follow it from its first step, and keep to its gates and limits.\n"
		"- The brief is all you know of the conversation. If it leaves out "
		"something "
		"that the skill needs, return that question instead of guessing.\n"
		"- Do not start other helpers for work that the skill gives to you.\n"
		"- Return what the skill's output section asks for, then what you "
		"changed "
		"(paths), what you ran with its result, and what is left open.\n",
		STR_ARG(name), STR_ARG(ref_text(ad, NULL, &self, true, c->a)));
	stage_add(st, out_path(c, ad->role_path, name), buf_str(&b), s->doc->body);
}

static struct str with_lists(
	struct emit_ctx *c, const struct skill *s, struct str name, struct str main)
{
	struct str injected = injection_list(c, s, name, main);
	struct str texts = STR_NONE;

	if (s == c->plan->router)
		texts = companion_text_list(c, main);
	if (!injected.n || !texts.n)
		return injected.n ? injected : texts;
	return str_fmt(c->a, "%.*s\n%.*s", STR_ARG(texts), STR_ARG(injected));
}

void emit_skill(struct emit_ctx *c, const struct skill *s)
{
	struct str name = skill_out_name(c, s);
	struct str main = out_path(c, c->adapter->skill_path, name);
	struct links links = skill_links(c, s);
	struct unit u = { .skill = s,
		.doc = s->doc,
		.range = s->doc->body,
		.out_path = main,
		.link = links.v,
		.nlink = links.n };
	struct stage st;

	stage_open(&st, c, name);
	if (s->has_scripts)
		u.scripts_dir = scripts_place(c, name, name, STR("scripts"));
	for (size_t i = 0; i < s->nresource; i++)
		stage_resource(&st, &u, &s->resource[i], s->resource[i].rel,
			companion_path(c, name, s->resource[i].rel));
	for (size_t i = 0; i < s->ninjection; i++)
		stage_injection(&st, s, &s->injection[i], name);
	if (s == c->plan->router)
		stage_companion_texts(&st);
	stage_agent(&st, s, name);
	u.main = true;
	u.append = with_lists(c, s, name, main);
	stage_main(&st, &u, name, &s->meta);
	if (stage_close(&st)) {
		list_emitted(c, name, main)->skill = s;
		c->stats->skills++;
	} else {
		c->stats->failed++;
	}
}
