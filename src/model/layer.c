/* layer.c - from all that was found under all roots to what the project has: of
 * each name the last root's, less what is disabled.
 *
 * A name that one root has twice is an error of both (RN2004). Findings about
 * what loses to a later root or is disabled are dropped. */
#include <stdlib.h>

#include "model.h"
#include "rune/str.h"

struct skill_entry {
	struct skill skill;
	struct found *found;
	bool report; /* not in the project, but what is wrong with it counts */
};

struct pack_entry {
	struct pack pack;
	struct found *found;
	struct pack_entry *lower; /* what it overrides */
	bool report;
};

struct text_entry {
	struct text text;
	struct found *found;
	bool report;
};

/* A name that the user gave, and whether it meant anything. */
struct wish {
	struct str name;
	struct span at;
	bool used;
};

struct layering {
	struct loader *l;
	struct skill_entry *skill;
	struct pack_entry *pack;
	struct text_entry *text;
	size_t nskill, npack, ntext;
	/* names → entries that win */
	struct map skills, packs, texts;
	struct map library; /* LIBRARY_LIST: name → struct wish */
	struct map enabled; /* name → struct wish */
	bool all_enabled;
	struct map on; /* base names of packs that are enabled */
	struct pack_files *files; /* of the project's packs, in its order */
	bool slip; /* the command line names something that there is not */
};

/* ---- wishes -------------------------------------------------------------------- */

static void wish_add(struct layering *y, struct map *m, struct str name, struct span at)
{
	struct wish *w = arena_new(y->l->a, struct wish);

	w->name = name;
	w->at = at;
	map_add(m, name, w);
}

static bool wished(const struct map *m, struct str name)
{
	struct wish *w = map_find(m, name);

	if (w)
		w->used = true;
	return w != NULL;
}

/* In the configuration it is worth a warning. A slip on the command line ends the run
 * before anything is done by it: it could delete what an earlier build made. */
static enum rule unknown_rule(struct layering *y, struct span at)
{
	if (at.src)
		return RULE_CFG_UNKNOWN_NAME;
	y->slip = true;
	return RULE_CFG_VALUE;
}

/* RN4005 for each that meant nothing. `known`: map whose keys could be meant. */
static void wishes_report(struct layering *y, const struct map *m, const char *what,
	const struct map *known)
{
	struct str *v = arena_array(y->l->a, struct str, known->n), near;

	for (size_t i = 0; i < known->n; i++)
		v[i] = known->entry[i].key;
	for (size_t i = 0; i < m->n; i++) {
		const struct wish *w = m->entry[i].value;
		struct diag *d;

		if (w->used)
			continue;
		if (map_find(known, w->name)) {
			d = diag_report(y->l->sink, unknown_rule(y, w->at), w->at,
				"%s '%.*s' is left out by 'library'", what,
				STR_ARG(w->name));
			diag_note(y->l->sink, d, SPAN_NONE, "add it to that list");
			continue;
		}
		d = diag_report(y->l->sink, unknown_rule(y, w->at), w->at,
			"there is no %s '%.*s'", what, STR_ARG(w->name));
		near = str_nearest(w->name, v, known->n);
		if (near.n)
			diag_note(y->l->sink, d, SPAN_NONE, "did you mean '%.*s'?",
				STR_ARG(near));
	}
}

static void disabled_add(struct layering *y, struct str name)
{
	struct str *s = arena_new(y->l->a, struct str);

	*s = name;
	map_add(&y->l->p->disabled, name, s);
}

/* Is this found thing one that the `library` list leaves out? References to it are told
 * as those to what is disabled. */
static bool left_out(struct layering *y, const struct root *r, struct str name)
{
	bool out = r->kind == ROOT_LIBRARY && y->l->p->config.library == LIBRARY_LIST &&
		   !wished(&y->library, name);

	if (out)
		map_add(&y->l->p->omitted, name, y->l->p);
	return out;
}

/* ---- duplicates ---------------------------------------------------------------- */

static void duplicate(
	struct found *f, const char *what, const struct meta *m, const struct meta *first)
{
	struct diag *d = diag_report(&f->sink, RULE_NAME_DUPLICATE, m->name_span,
		"two %s are called '%.*s'", what, STR_ARG(m->name));

	diag_note(&f->sink, d, first->name_span, "the other one is here");
}

/* The same name in one root: the first stays, to keep its place, and neither is
 * emitted. A name that is only a directory's gives way. */
static void skill_collide(
	struct layering *y, struct skill_entry *first, struct skill_entry *e)
{
	if (first->found->nameless || e->found->nameless) {
		bool swap = first->found->nameless;

		(swap ? first : e)->report = true;
		y->l->p->nlost++;
		if (swap)
			map_set(&y->skills, e->skill.meta.name, e);
		return;
	}
	e->report = true;
	y->l->p->nlost++;
	e->skill.broken = first->skill.broken = true;
	duplicate(e->found, "skills", &e->skill.meta, &first->skill.meta);
}

static void skill_place(struct layering *y, struct skill_entry *e)
{
	struct str name = e->skill.meta.name;
	struct skill_entry *first;

	if (!name.n) {
		e->report = true;
		y->l->p->nlost++;
		return;
	}
	if (left_out(y, e->skill.root, name))
		return;
	first = map_find(&y->skills, name);
	if (first && first->skill.root == e->skill.root)
		skill_collide(y, first, e);
	else
		map_set(&y->skills, name, e);
}

static bool wanted(struct layering *y, const struct pack *p)
{
	struct str own = p->meta.name;
	size_t slash = str_find_char(own, '/', 0);
	bool on = y->all_enabled || str_eq(p->base_name, STR("core"));

	on |= wished(&y->enabled, p->dir_name);
	on |= wished(&y->enabled, p->base_name);
	on |= wished(&y->enabled, own);
	if (slash != STR_NPOS)
		on |= wished(&y->enabled, str_from(own, slash + 1));
	return on;
}

static void pack_place(struct layering *y, struct pack_entry *e)
{
	struct pack *p = &e->pack;
	struct pack_entry *first = map_find(&y->packs, p->base_name);

	if (!str_eq(p->base_name, STR("core")) && left_out(y, p->root, p->base_name))
		return;
	if (wanted(y, p))
		map_set(&y->on, p->base_name, y);
	if (!p->emit_name.n) {
		e->report = true;
		y->l->p->nlost++;
		return;
	}
	if (first && first->pack.root == p->root) {
		e->report = true;
		y->l->p->nlost++;
		p->broken = first->pack.broken = true;
		duplicate(e->found, "packs", &p->meta, &first->pack.meta);
		return;
	}
	e->lower = first;
	if (first && p->root->kind == ROOT_TIER)
		pack_inherit(p, &first->pack, y->l->a);
	map_set(&y->packs, p->base_name, e);
}

static void text_place(struct layering *y, struct text_entry *e)
{
	struct str key = str_fmt(
		y->l->a, "%d %.*s", (int)e->text.kind, STR_ARG(e->text.meta.name));
	struct text_entry *first = map_find(&y->texts, key);

	if (!e->text.emit_name.n) {
		e->report = true;
	} else if (first && first->text.root == e->text.root) {
		e->report = true;
		e->text.broken = first->text.broken = true;
		duplicate(e->found, "texts of a kind", &e->text.meta, &first->text.meta);
	} else {
		map_set(&y->texts, key, e);
	}
}

/* ---- building ------------------------------------------------------------------ */

static void build(struct layering *y)
{
	struct loader *l = y->l;

	y->skill = arena_array(l->a, struct skill_entry, l->nfound);
	y->pack = arena_array(l->a, struct pack_entry, l->nfound);
	y->text = arena_array(l->a, struct text_entry, l->nfound);
	for (size_t i = 0; i < l->nfound; i++) {
		struct found *f = l->found[i];

		switch (f->kind) {
		case FOUND_SKILL:
			y->skill[y->nskill].found = f;
			skill_build(l, f, &y->skill[y->nskill++].skill);
			break;
		case FOUND_PACK:
			y->pack[y->npack].found = f;
			pack_build(l, f, &y->pack[y->npack++].pack);
			break;
		case FOUND_TEXT:
			y->text[y->ntext].found = f;
			y->ntext += text_build(l, f, &y->text[y->ntext].text);
			break;
		}
	}
}

static void wishes_read(struct layering *y)
{
	const struct project_options *o = y->l->o;
	const struct config *c = &y->l->p->config;

	for (size_t i = 0; i < c->nlibrary_name; i++)
		wish_add(
			y, &y->library, c->library_name[i].name, c->library_name[i].span);
	for (size_t i = 0; i < o->nenable && o->has_enable; i++)
		wish_add(y, &y->enabled, o->enable[i], SPAN_NONE);
	for (size_t i = 0; i < c->nenabled && !o->has_enable; i++)
		wish_add(y, &y->enabled, c->enabled[i].name, c->enabled[i].span);
	y->all_enabled = !o->has_enable && !c->has_enabled;
}

static void report_library(struct layering *y)
{
	struct map known = MAP_INIT(y->l->a);

	for (size_t i = 0; i < y->nskill; i++)
		if (y->skill[i].skill.root->kind == ROOT_LIBRARY)
			map_add(&known, y->skill[i].skill.meta.name, y);
	for (size_t i = 0; i < y->npack; i++)
		if (y->pack[i].pack.root->kind == ROOT_LIBRARY)
			map_add(&known, y->pack[i].pack.base_name, y);
	wishes_report(y, &y->library, "skill or pack in the library called", &known);
}

static void report_enabled(struct layering *y)
{
	struct map known = MAP_INIT(y->l->a);

	for (size_t i = 0; i < y->npack; i++) {
		map_add(&known, y->pack[i].pack.dir_name, y);
		map_add(&known, y->pack[i].pack.base_name, y);
		map_add(&known, y->pack[i].pack.meta.name, y);
	}
	wishes_report(y, &y->enabled, "pack", &known);
}

/* ---- what is disabled ---------------------------------------------------------- */

/* A directory's name is what people try when the declared one is another. */
static struct str declared_for(const struct layering *y, struct str dir)
{
	for (size_t i = 0; i < y->nskill; i++)
		if (str_eq(y->skill[i].skill.dir_name, dir))
			return y->skill[i].skill.meta.name;
	return STR_NONE;
}

static void disable(
	struct layering *y, struct str name, struct span at, const struct map *known)
{
	struct map one = MAP_INIT(y->l->a);
	struct str declared;
	struct diag *d;

	if (map_find(&y->skills, name)) {
		disabled_add(y, name);
		return;
	}
	declared = declared_for(y, name);
	if (!declared.n) {
		wish_add(y, &one, name, at);
		wishes_report(y, &one, "skill", known);
		return;
	}
	d = diag_report(y->l->sink, unknown_rule(y, at), at, "there is no skill '%.*s'",
		STR_ARG(name));
	diag_note(y->l->sink, d, SPAN_NONE,
		"the skill in the directory of that name is called '%.*s'",
		STR_ARG(declared));
}

static void disable_skills(struct layering *y)
{
	const struct project_options *o = y->l->o;
	const struct config *c = &y->l->p->config;

	for (size_t i = 0; i < c->ndisabled; i++)
		disable(y, c->disabled[i].name, c->disabled[i].span, &y->skills);
	for (size_t i = 0; i < o->ndisable; i++)
		disable(y, o->disable[i], SPAN_NONE, &y->skills);
	y->l->p->ndisabled_skills = y->l->p->disabled.n;
}

/* ---- the project's arrays ------------------------------------------------------ */

static int skill_cmp(const void *pa, const void *pb)
{
	const struct skill_entry *const *a = pa, *const *b = pb;

	return str_cmp((*a)->skill.emit_name, (*b)->skill.emit_name);
}

static int pack_cmp(const void *pa, const void *pb)
{
	const struct pack_entry *const *a = pa, *const *b = pb;

	return str_cmp((*a)->pack.emit_name, (*b)->pack.emit_name);
}

static int text_cmp(const void *pa, const void *pb)
{
	const struct text_entry *const *a = pa, *const *b = pb;
	int kinds = (int)(*a)->text.kind - (int)(*b)->text.kind;

	return kinds ? kinds : str_cmp((*a)->text.emit_name, (*b)->text.emit_name);
}

/* Two names of their own, one of the emitted: with prefixes that can happen. */
static void emitted_twice(
	struct layering *y, struct span at, struct span other, struct str emit_name)
{
	struct diag *d = diag_report(y->l->sink, RULE_NAME_DUPLICATE, at,
		"two things would be emitted as '%.*s'", STR_ARG(emit_name));

	diag_note(y->l->sink, d, other, "the other one is here");
}

static void *sorted(
	struct map *m, struct arena *a, int (*cmp)(const void *, const void *))
{
	void **v = arena_array(a, void *, m->n);

	for (size_t i = 0; i < m->n; i++)
		v[i] = m->entry[i].value;
	if (m->n)
		qsort(v, m->n, sizeof(*v), cmp);
	return v;
}

static struct skill *take_skills(struct layering *y)
{
	struct project *p = y->l->p;
	struct skill_entry **v = sorted(&y->skills, y->l->a, skill_cmp);
	struct skill *out = arena_array(y->l->a, struct skill, y->skills.n);
	size_t n = 0;

	for (size_t i = 0; i < y->skills.n; i++) {
		struct skill *s = &v[i]->skill;

		if (map_find(&p->disabled, s->meta.name))
			continue;
		v[i]->found->winner = true;
		if (n && str_eq(out[n - 1].emit_name, s->emit_name)) {
			emitted_twice(y, s->meta.name_span, out[n - 1].meta.name_span,
				s->emit_name);
			out[n - 1].broken = true;
			continue;
		}
		out[n++] = *s;
	}
	p->skill = out;
	p->nskill = n;
	for (size_t i = 0; i < n; i++)
		map_add(&p->by_name, out[i].meta.name, &out[i]);
	return out;
}

static struct pack *take_packs(struct layering *y)
{
	struct project *p = y->l->p;
	struct pack_entry **v = sorted(&y->packs, y->l->a, pack_cmp);
	struct pack *out = arena_array(y->l->a, struct pack, y->packs.n);

	y->files = arena_array(y->l->a, struct pack_files, y->packs.n);
	for (size_t i = 0; i < y->packs.n; i++) {
		struct pack *k = &v[i]->pack;

		if (!map_find(&y->on, k->base_name)) {
			disabled_add(y, k->base_name);
			disabled_add(y, k->dir_name);
			continue;
		}
		v[i]->found->winner = true;
		pack_check_listed(y->l, v[i]->found, k);
		if (p->npack && str_eq(out[p->npack - 1].emit_name, k->emit_name)) {
			emitted_twice(y, k->meta.name_span,
				out[p->npack - 1].meta.name_span, k->emit_name);
			out[p->npack - 1].broken = true;
			continue;
		}
		out[p->npack] = *k;
		y->files[p->npack] = (struct pack_files){ &out[p->npack], v[i]->found };
		p->npack++;
	}
	p->pack = out;
	for (size_t i = 0; i < p->npack; i++)
		map_add(&p->pack_by_name, out[i].base_name, &out[i]);
	for (size_t i = 0; i < p->npack; i++)
		map_add(&p->pack_by_name, out[i].dir_name, &out[i]);
	return out;
}

/* A skill `ext-dock` and a pack `dock`. */
static void check_emitted(struct layering *y, struct skill *skill, struct pack *pack)
{
	struct map names = MAP_INIT(y->l->a);

	for (size_t i = 0; i < y->l->p->nskill; i++)
		map_add(&names, skill[i].emit_name, &skill[i]);
	for (size_t i = 0; i < y->l->p->npack; i++) {
		struct skill *s = map_find(&names, pack[i].emit_name);

		if (!s)
			continue;
		emitted_twice(y, pack[i].meta.name_span, s->meta.name_span, s->emit_name);
		s->broken = pack[i].broken = true;
	}
}

static void take_texts(struct layering *y)
{
	struct project *p = y->l->p;
	struct text_entry **v;
	struct text *out;

	for (size_t i = 0; i < y->ntext; i++)
		if (!y->text[i].found->pack || y->text[i].found->pack->winner)
			text_place(y, &y->text[i]);
	v = sorted(&y->texts, y->l->a, text_cmp);
	out = arena_array(y->l->a, struct text, y->texts.n);
	for (size_t i = 0; i < y->texts.n; i++) {
		out[i] = v[i]->text;
		v[i]->found->winner = true;
	}
	p->text = out;
	p->ntext = y->texts.n;
}

/* ---- findings ------------------------------------------------------------------ */

struct merging {
	struct found **v;
	size_t n, cap;
};

/* Roles, modes and commands of a pack are found things of their own. */
static void merge_found(struct layering *y, struct found *f, struct merging *m)
{
	sink_merge(y->l->sink, &f->sink);
	if (f->main)
		sink_merge(y->l->sink, &f->main->sink);
	for (size_t i = 0; i < f->nfile; i++)
		if (f->file[i].job && !f->file[i].job->flags)
			sink_merge(y->l->sink, &f->file[i].job->sink);
	*arena_push(y->l->a, struct found *, m->v, m->n, m->cap) = f;
}

static void merge_all(struct layering *y)
{
	struct merging m = { 0 };

	for (size_t i = 0; i < y->nskill; i++)
		if (y->skill[i].report || y->skill[i].found->winner)
			merge_found(y, y->skill[i].found, &m);
	for (size_t i = 0; i < y->npack; i++) {
		struct pack_entry *e = &y->pack[i];

		if (!e->report && !e->found->winner)
			continue;
		merge_found(y, e->found, &m);
		/* what is inherited comes with what is wrong with it */
		for (; e->pack.root->kind == ROOT_TIER && e->lower; e = e->lower)
			merge_found(y, e->lower->found, &m);
	}
	for (size_t i = 0; i < y->ntext; i++)
		if (y->text[i].report || y->text[i].found->winner)
			merge_found(y, y->text[i].found, &m);
	unknown_keys_report(m.v, m.n, y->l->sink, y->l->a);
}

bool layer(struct loader *l)
{
	struct project *p = l->p;
	struct layering y = { .l = l,
		.skills = MAP_INIT(l->a),
		.packs = MAP_INIT(l->a),
		.texts = MAP_INIT(l->a),
		.library = MAP_INIT(l->a),
		.enabled = MAP_INIT(l->a),
		.on = MAP_INIT(l->a) };
	struct skill *skill;
	struct pack *pack;

	p->by_name = p->pack_by_name = p->disabled = p->omitted =
		(struct map)MAP_INIT(l->a);
	build(&y);
	wishes_read(&y);
	for (size_t i = 0; i < y.nskill; i++)
		skill_place(&y, &y.skill[i]);
	for (size_t i = 0; i < y.npack; i++)
		pack_place(&y, &y.pack[i]);
	report_library(&y);
	report_enabled(&y);
	disable_skills(&y);
	skill = take_skills(&y);
	pack = take_packs(&y);
	check_emitted(&y, skill, pack);
	take_texts(&y);
	merge_all(&y);
	known_names(p, l->a);
	injections_apply(l, skill, p->nskill, y.files, p->npack);
	return !y.slip;
}
