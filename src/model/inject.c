/* inject.c - what packs (inject.json) and the project's organisation
 * (.rune/org/org.md) add to other skills.
 *
 * inject.json is an array of {"skill": "cook", "ref": "references/x.md",
 * "title": "…"}, or an object that has the array as "inject" or "injections".
 * A `ref` names one of the files that discovery has read, so it cannot reach
 * out of the pack. */
#include <stdio.h>

#include "model.h"
#include "rune/path.h"
#include "rune/str.h"

#define INJECT_FILE STR("inject.json")
#define ORG_FILE    STR(".rune/org/org.md")
#define ORG_SKILL   STR("sentinel")

static const struct found_file *file_find(const struct found *f, struct str rel)
{
	for (size_t i = 0; i < f->nfile; i++)
		if (str_eq(f->file[i].rel, rel))
			return &f->file[i];
	return NULL;
}

/* ---- inject.json --------------------------------------------------------------- */

static void invalid(
	struct found *f, const struct json_value *v, const char *what, const char *want)
{
	struct str kind = json_kind_name(v->kind);

	diag_report(&f->sink, RULE_PACK_INJECT, v->span, "%s must be %s, not %.*s", what,
		want, STR_ARG(kind));
}

/* A member that must be non-empty text; empty after reporting. */
static struct str member(struct found *f, const struct json_value *item, const char *key,
	bool needed, struct span *at)
{
	const struct json_value *v = json_get(item, str_c(key));
	char what[32];

	*at = v ? v->span : item->span;
	if (v && v->kind == JSON_STRING && v->string.n)
		return v->string;
	snprintf(what, sizeof(what), "'%s'", key);
	if (v)
		invalid(f, v, what, "a non-empty string");
	else if (needed)
		diag_report(&f->sink, RULE_PACK_INJECT, *at, "%s is missing", what);
	return STR_NONE;
}

static bool refused(const struct found *f, struct str rel)
{
	for (size_t i = 0; i < f->nrefused; i++)
		if (path_is_below(rel, f->refused[i]))
			return true;
	return false;
}

static const struct found_file *ref_find(
	struct loader *l, struct found *f, struct str ref, struct span at)
{
	struct str rel = path_normalize(l->a, ref);
	const struct found_file *x = file_find(f, rel);

	if (x)
		return x;
	if (path_is_absolute(rel) || !path_is_below(rel, STR(".")) || refused(f, rel))
		diag_report(&f->sink, RULE_PACK_ESCAPE, at,
			"'%.*s' leads out of the pack", STR_ARG(ref));
	else
		diag_report(&f->sink, RULE_PACK_INJECT_TARGET, at,
			"the pack holds no file '%.*s'", STR_ARG(ref));
	return NULL;
}

/* The text's own first heading, else its file's name. */
static struct str title_of(const struct found_file *x)
{
	const struct doc *d = x->job ? x->job->doc : NULL;
	struct str base = path_base(x->rel);

	for (node_id i = d ? d->node[0].first_child : 0; i; i = d->node[i].next)
		if (d->node[i].kind == DOC_HEADING && d->node[i].text.n)
			return d->node[i].text;
	return str_sub(base, 0, base.n - path_ext(base).n);
}

static void item_parse(struct loader *l, struct found *f, const struct json_value *v)
{
	struct inject_item *item = &f->inject[f->ninject];
	struct span at;
	struct str ref;

	if (v->kind != JSON_OBJECT) {
		invalid(f, v, "an injection", "an object with 'skill' and 'ref'");
		return;
	}
	item->title = member(f, v, "title", false, &at);
	item->skill = member(f, v, "skill", true, &item->skill_span);
	ref = member(f, v, "ref", true, &at);
	if (!item->skill.n || !ref.n)
		return;
	item->file = ref_find(l, f, ref, at);
	if (!item->file)
		return;
	if (!item->title.n)
		item->title = title_of(item->file);
	f->ninject++;
}

void inject_parse(struct loader *l, struct found *f)
{
	const struct found_file *x = file_find(f, INJECT_FILE);
	const struct json_value *v, *list;

	if (!x)
		return;
	v = json_parse(x->src, RULE_PACK_INJECT, l->a, &f->sink);
	if (!v)
		return;
	list = json_get(v, STR("inject"));
	if (!list)
		list = json_get(v, STR("injections"));
	if (!list)
		list = v;
	if (list->kind != JSON_ARRAY) {
		invalid(f, list, "the list of injections", "an array");
		return;
	}
	f->inject = arena_array(l->a, struct inject_item, list->n);
	for (size_t i = 0; i < list->n; i++)
		item_parse(l, f, &list->v[i]);
}

/* ---- the organisation's policy ------------------------------------------------- */

/* Read only if no part of its path is a link. */
void org_discover(struct loader *l)
{
	struct str dir = l->p->dir.n ? l->p->dir : STR(".");
	struct str path = path_join(l->a, dir, ORG_FILE), real, base, bytes;
	struct str shown = path_normalize(l->a, path);
	const struct source *src;
	struct os_stat st;
	struct diag *d;
	int err;

	if (os_lstat(path, &st) || st.kind == OS_MISSING)
		return;
	if (os_realpath(path, l->a, &real) || os_realpath(dir, l->a, &base) ||
		!str_eq(real, path_join(l->a, base, ORG_FILE))) {
		src = source_add(&l->p->sources, shown, STR(""), SOURCE_NONE);
		d = diag_report(l->sink, RULE_RES_LINK, source_span(src),
			"the organization policy is not read through a symbolic link");
		diag_note(l->sink, d, SPAN_NONE, "put the file itself at %.*s",
			STR_ARG(ORG_FILE));
		return;
	}
	err = os_read_file(path, SOURCE_MAX, l->a, &bytes);
	src = source_add(&l->p->sources, shown, err ? STR("") : bytes,
		err ? SOURCE_NONE : SOURCE_FILE);
	if (err)
		diag_io(l->sink, source_span(src), shown, "read", err);
	else
		l->org = job_add(l, src, 0, true);
}

/* ---- applying ------------------------------------------------------------------ */

struct adder {
	struct loader *l;
	struct skill *skill;
	/* by skill, growing */
	struct injection **v;
	size_t *n, *cap;
};

static bool taken(const struct adder *ad, size_t i, struct str rel)
{
	for (size_t k = 0; k < ad->skill[i].nresource; k++)
		if (str_eq_nocase(ad->skill[i].resource[k].rel, rel))
			return true;
	for (size_t k = 0; k < ad->n[i]; k++)
		if (str_eq_nocase(ad->v[i][k].rel, rel))
			return true;
	return false;
}

static void add(
	struct adder *ad, struct str target, struct span at, const struct injection *in)
{
	struct project *p = ad->l->p;
	struct diag_sink *sink = ad->l->sink;
	const struct skill *s = map_find(&p->by_name, target);
	struct str near;
	struct diag *d;
	size_t i;

	if (!s && map_find(&p->disabled, target)) {
		diag_report(sink, RULE_REF_DISABLED, at,
			"nothing is added to skill '%.*s', which is disabled",
			STR_ARG(target));
		return;
	}
	if (!s) {
		d = diag_report(sink, RULE_PACK_INJECT_TARGET, at,
			"there is no skill '%.*s' to add '%.*s' to", STR_ARG(target),
			STR_ARG(in->title));
		near = project_nearest(p, target, ad->l->a);
		if (near.n)
			diag_note(sink, d, SPAN_NONE, "did you mean '%.*s'?",
				STR_ARG(near));
		return;
	}
	i = (size_t)(s - p->skill);
	if (taken(ad, i, in->rel)) {
		diag_report(sink, RULE_PACK_INJECT, at,
			"skill '%.*s' has a file '%.*s' already", STR_ARG(target),
			STR_ARG(in->rel));
		return;
	}
	*arena_push(ad->l->a, struct injection, ad->v[i], ad->n[i], ad->cap[i]) = *in;
}

static void add_pack(struct adder *ad, const struct pack_files *pf)
{
	for (size_t i = 0; i < pf->found->ninject; i++) {
		const struct inject_item *item = &pf->found->inject[i];
		struct str base = path_base(item->file->rel);
		struct injection in = { .title = item->title, .from = pf->pack };

		in.rel = str_fmt(ad->l->a, "references/%.*s-%.*s",
			STR_ARG(pf->pack->base_name), STR_ARG(base));
		in.resource = resource_of(item->file, STR(""));
		in.resource.rel = in.rel;
		in.resource.executable = false;
		add(ad, item->skill, item->skill_span, &in);
	}
}

static void add_org(struct adder *ad)
{
	const struct job *j = ad->l->org;
	struct injection in = { .title = STR("Organization policy"),
		.rel = STR("references/organization-policy.md") };

	if (!j)
		return;
	sink_merge(ad->l->sink, &j->sink);
	if (job_broken(j))
		return;
	in.resource = (struct resource){
		.rel = in.rel, .src = j->src, .bytes = j->src->text, .doc = j->doc
	};
	add(ad, ORG_SKILL, source_span(j->src), &in);
}

void injections_apply(struct loader *l, struct skill *skill, size_t nskill,
	const struct pack_files *pack, size_t npack)
{
	struct adder ad = { .l = l, .skill = skill };

	ad.v = arena_array(l->a, struct injection *, nskill);
	ad.n = arena_array(l->a, size_t, nskill);
	ad.cap = arena_array(l->a, size_t, nskill);
	for (size_t i = 0; i < npack; i++)
		if (!pack[i].pack->broken)
			add_pack(&ad, &pack[i]);
	add_org(&ad);
	for (size_t i = 0; i < nskill; i++) {
		skill[i].injection = ad.v[i];
		skill[i].ninjection = ad.n[i];
	}
}
