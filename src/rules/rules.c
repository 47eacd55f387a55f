/* rules.c - calls every check for everything in its scope. */
#include "rune/rules.h"

#include "rules/checks.h"
#include "rules/files.h"
#include "rune/pool.h"
#include "rune/str.h"

/* ---- the checks ----------------------------------------------------------------- */

enum scope { SCOPE_FILE, SCOPE_SKILL, SCOPE_PACK, SCOPE_TEXT, SCOPE_PROJECT };

struct check {
	enum scope scope;
	unsigned kinds; /* SCOPE_FILE */
	union {
		rule_check_file *file;
		rule_check_skill *skill;
		rule_check_pack *pack;
		rule_check_text *text;
		rule_check_project *project;
	} run;
};

#define CHECK_FILE(fn, k)                \
	{                                \
		.scope = SCOPE_FILE,     \
		.kinds = (k),            \
		.run = { .file = (fn) }, \
	},
#define CHECK_SKILL(fn)                   \
	{                                 \
		.scope = SCOPE_SKILL,     \
		.run = { .skill = (fn) }, \
	},
#define CHECK_PACK(fn)                   \
	{                                \
		.scope = SCOPE_PACK,     \
		.run = { .pack = (fn) }, \
	},
#define CHECK_TEXT(fn)                   \
	{                                \
		.scope = SCOPE_TEXT,     \
		.run = { .text = (fn) }, \
	},
#define CHECK_PROJECT(fn)                   \
	{                                   \
		.scope = SCOPE_PROJECT,     \
		.run = { .project = (fn) }, \
	},
static const struct check check_table[] = {
#include "rules/checks.def"
};
#undef CHECK_FILE
#undef CHECK_SKILL
#undef CHECK_PACK
#undef CHECK_TEXT
#undef CHECK_PROJECT

/* ---- running them --------------------------------------------------------------- */

/* Things to check, in groups with an arena and a sink each: a group per thing
 * would cost a block of memory per small file. Groups depend on the number of
 * things only. The project's checks are groups of their own, one check each. */
#define GROUPS_MAX 256

struct group {
	const struct rule_ctx *run;
	struct arena arena;
	struct diag_sink sink;
	size_t from, to; /* numbers of things: files, then skills, packs, texts */
	const struct check *project; /* NULL: a group of things */
};

static void check_file(const struct rule_ctx *c, const struct rule_file *f)
{
	for (size_t i = 0; i < COUNTOF(check_table); i++)
		if (check_table[i].scope == SCOPE_FILE &&
			(check_table[i].kinds & 1u << f->kind))
			check_table[i].run.file(c, f);
}

static void check_skill(const struct rule_ctx *c, const struct skill *s)
{
	for (size_t i = 0; i < COUNTOF(check_table); i++)
		if (check_table[i].scope == SCOPE_SKILL)
			check_table[i].run.skill(c, s);
}

static void check_pack(const struct rule_ctx *c, const struct pack *p)
{
	for (size_t i = 0; i < COUNTOF(check_table); i++)
		if (check_table[i].scope == SCOPE_PACK)
			check_table[i].run.pack(c, p);
}

static void check_text(const struct rule_ctx *c, const struct text *t)
{
	for (size_t i = 0; i < COUNTOF(check_table); i++)
		if (check_table[i].scope == SCOPE_TEXT)
			check_table[i].run.text(c, t);
}

/* Thing number `i`, if it is wanted. */
static void check_thing(const struct rule_ctx *c, size_t i)
{
	const struct project *p = c->project;

	if (i < c->nfile) {
		check_file(c, &c->file[i]);
		return;
	}
	i -= c->nfile;
	if (i < p->nskill) {
		if (rule_asked(c, p->skill[i].root, p->skill[i].doc))
			check_skill(c, &p->skill[i]);
		return;
	}
	i -= p->nskill;
	if (i < p->npack) {
		if (rule_asked(c, p->pack[i].root, p->pack[i].doc))
			check_pack(c, &p->pack[i]);
		return;
	}
	i -= p->npack;
	if (rule_asked(c, p->text[i].root, p->text[i].doc))
		check_text(c, &p->text[i]);
}

static void group_run(void *arg, size_t i)
{
	struct group *g = (struct group *)arg + i;
	struct rule_ctx c = *g->run;

	diag_sink_init(&g->sink, &g->arena, NULL);
	g->sink.keep_off = true;
	c.a = &g->arena;
	c.sink = &g->sink;
	if (g->project)
		g->project->run.project(&c);
	for (size_t k = g->from; k < g->to; k++)
		check_thing(&c, k);
}

static size_t group_all(struct group *g, const struct rule_ctx *run)
{
	const struct project *p = run->project;
	size_t things = run->nfile + p->nskill + p->npack + p->ntext;
	size_t per = (things + GROUPS_MAX - 1) / GROUPS_MAX, n = 0;

	for (size_t from = 0; from < things; from += per) {
		g[n].from = from;
		g[n].to = things - from < per ? things : from + per;
		g[n++].run = run;
	}
	for (size_t i = 0; i < COUNTOF(check_table); i++)
		if (check_table[i].scope == SCOPE_PROJECT) {
			g[n].project = &check_table[i];
			g[n++].run = run;
		}
	return n;
}

void rules_run(const struct project *p, const struct rule_options *o, struct arena *a,
	struct diag_sink *sink)
{
	struct rule_ctx run = { .project = p, .o = o };
	struct group *g = arena_array(a, struct group, GROUPS_MAX + COUNTOF(check_table));
	size_t n;

	run.nfile = files_list(p, o->scan, a, &run.file);
	n = group_all(g, &run);
	pool_for(o->jobs, n, group_run, g);
	for (size_t i = 0; i < n; i++) {
		arena_adopt(a, &g[i].arena);
		diag_merge(sink, &g[i].sink);
	}
}

/* ---- for checks ----------------------------------------------------------------- */

bool rule_asked(const struct rule_ctx *c, const struct root *r, const struct doc *d)
{
	return d && r->dir.n && (!c->o->scan || scan_focus(c->o->scan, d->src->path));
}

struct span rule_span(const struct rule_file *f, size_t off, size_t len)
{
	BUG_IF(off > f->src->text.n || len > f->src->text.n - off);
	return (struct span){ f->src->id, (uint32_t)off, (uint32_t)len };
}

bool rule_ours(const struct meta *m)
{
	return m->layer != LAYER_NONE;
}

const struct fm_entry *rule_key(const struct doc *d, const char *key)
{
	return fm_entry_get(&d->meta, str_c(key));
}

const struct fm_entry *rule_meta_key(const struct doc *d, const char *key)
{
	return fm_entry_get(fm_get(&d->meta, STR("metadata")), str_c(key));
}
