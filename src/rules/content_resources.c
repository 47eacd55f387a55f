/* content_resources.c - files beside a skill: does any text speak of them, and does
 * the skill's own.
 *
 * Every text of the unit is read once, as a row of path-like tokens, and each is
 * looked up among the names of the files. */
#include "rules/checks.h"
#include "rules/content.h"

#include "rune/map.h"
#include "rune/path.h"
#include "rune/str.h"

struct companion {
	const struct resource *r;
	struct str rel; /* below the unit's directory */
};

/* A path, the last part of one, the same without its ending, or a directory with its
 * slash, or without it if no common word; and who speaks of it. Two are enough to know
 * that one is not the file that is so called. */
struct name {
	bool main; /* the unit's own text does */
	uint32_t teller[2]; /* ids of sources; 0: none */
	struct span at[2]; /* where it does so in Markdown; len 0: nowhere */
};

struct reading {
	const struct rule_ctx *c;
	struct companion *file;
	size_t n;
	struct map name; /* → struct name */
	const unsigned char *class; /* of bytes: token_classes() */
	uint32_t *ends; /* a bit for each pair of first and last byte that a name has:
			 * nearly no token needs to be looked up */
};
#define ENDS_WORDS (256 * 256 / 32)

static bool starts_nocase(struct str s, struct str head)
{
	return str_eq_nocase(str_sub(s, 0, head.n), head);
}

/* ---- names ------------------------------------------------------------------------- */

/* The names of a file, one after the other; empty at the end. */
struct naming {
	struct str rel, dir;
	int step, of_dir;
};

static struct str stem_of(struct str base)
{
	struct str ext = path_ext(base);

	return ext.n && ext.n < base.n ? str_sub(base, 0, base.n - ext.n) : STR_NONE;
}

/* "references/" speaks of all that is in it, and so does "canvas-fonts". */
static struct str next_directory(struct naming *n)
{
	struct str dir = n->dir, base = path_base(dir);
	size_t from = dir.n - base.n;

	if (!dir.n)
		return STR_NONE;
	switch (n->of_dir++) {
	case 0: return str_sub(n->rel, 0, dir.n + 1);
	case 1: return str_sub(n->rel, from, base.n + 1);
	case 2:
		if (str_find_char(base, '-', 0) != STR_NPOS ||
			str_find_char(base, '_', 0) != STR_NPOS)
			return base;
		break;
	}
	n->of_dir = 0;
	n->dir = path_dir(dir);
	return next_directory(n);
}

static struct str next_name(struct naming *n)
{
	struct str stem;

	switch (n->step++) {
	case 0: return n->rel;
	case 1: return path_base(n->rel);
	case 2:
		n->dir = path_dir(n->rel);
		stem = stem_of(path_base(n->rel));
		if (stem.n)
			return stem;
		break;
	}
	return next_directory(n);
}

static uint32_t ends_of(struct str name)
{
	return (uint32_t)(unsigned char)name.p[0] << 8 |
	       (unsigned char)name.p[name.n - 1];
}

static void add_names(struct reading *g, struct str rel)
{
	struct naming n = { .rel = rel };
	struct str name;

	while ((name = next_name(&n)).n) {
		uint32_t ends = ends_of(name);

		g->ends[ends / 32] |= 1u << ends % 32;
		if (!map_find(&g->name, name))
			map_add(&g->name, name, arena_new(g->c->a, struct name));
	}
}

static void add_files(
	struct reading *g, struct str dir, const struct resource *r, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct companion *x = &g->file[g->n++];

		x->r = &r[i];
		x->rel = path_join(g->c->a, dir, r[i].rel);
		add_names(g, x->rel);
	}
}

/* ---- mentions ---------------------------------------------------------------------- */

/* The text that is read. */
struct teller {
	const struct source *src;
	bool main, markdown;
};

static void mention(struct reading *g, const struct teller *t, struct str token)
{
	uint32_t ends = ends_of(token);
	struct name *n;
	size_t slot;

	if (!(g->ends[ends / 32] & 1u << ends % 32))
		return;
	n = map_find(&g->name, token);
	if (!n)
		return;
	n->main |= t->main;
	slot = !n->teller[0] || n->teller[0] == t->src->id ? 0 : 1;
	if (n->teller[slot] && n->teller[slot] != t->src->id)
		return;
	n->teller[slot] = t->src->id;
	if (!t->main && t->markdown && !n->at[slot].len)
		n->at[slot] = (struct span){ t->src->id,
			(uint32_t)(token.p - t->src->text.p), (uint32_t)token.n };
}

/* "office.helpers.pack" in a program speaks of pack.py. */
static void read_parts(struct reading *g, const struct teller *t, struct str token)
{
	struct str part;

	while (str_split(&token, '.', &part))
		if (part.n > 1)
			mention(g, t, part);
}

/* "./references/x.md." speaks of references/x.md, of x.md and of x. */
static void read_token(struct reading *g, const struct teller *t, struct str token)
{
	struct str base;

	while (token.n && token.p[token.n - 1] == '.')
		token.n--;
	while (str_starts(token, STR("./")) || str_starts(token, STR("../")))
		token = str_from(token, str_find_char(token, '/', 0) + 1);
	if (token.n < 2)
		return;
	mention(g, t, token);
	if (token.p[token.n - 1] == '/') {
		base = path_base(str_sub(token, 0, token.n - 1));
		base.n++; /* with its slash */
	} else {
		base = path_base(token);
	}
	if (base.n < token.n)
		mention(g, t, base);
	if (str_find_char(base, '.', 0) != STR_NPOS)
		read_parts(g, t, base);
}

/* "references/api-*.md" and "references/<name>.md" speak of the directory. */
static void read_pattern(struct reading *g, const struct teller *t, struct str token)
{
	while (token.n && token.p[token.n - 1] != '/')
		token.n--;
	read_token(g, t, token);
}

/* What a path is made of: 1 what every word has, 2 what paths have besides. */
static unsigned char *token_classes(struct arena *a)
{
	unsigned char *class = arena_array(a, unsigned char, 256);
	const char *more = "./~+@";

	for (int ch = 0; ch < 256; ch++)
		class[ch] =
			ch >= 0x80 || char_is_alnum((char)ch) || ch == '_' || ch == '-';
	for (; *more; more++)
		class[(unsigned char)*more] = 2;
	return class;
}

static void read_text(struct reading *g, const struct teller *t)
{
	struct str text = t->src->text;
	const unsigned char *p = (const unsigned char *)text.p;
	size_t at = 0, end;

	while (at < text.n) {
		unsigned char seen = 0;

		for (end = at; end < text.n && g->class[p[end]]; end++)
			seen |= g->class[p[end]];
		if (seen > 1)
			read_token(g, t, str_sub(text, at, end - at));
		else if (end > at + 1)
			mention(g, t, str_sub(text, at, end - at));
		if (seen > 1 && end < text.n && strchr("*<{[", text.p[end]))
			read_pattern(g, t, str_sub(text, at, end - at));
		at = end + 1;
	}
}

static void read_resources(struct reading *g)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct resource *r = g->file[i].r;
		struct teller t = { r->src, false, r->doc != NULL };

		/* a README is read by people: it leads no model on */
		if (starts_nocase(path_base(r->rel), STR("README")))
			t.markdown = false;

		read_text(g, &t);
	}
}

static void read_main(struct reading *g, const struct doc *d)
{
	struct teller t = { d->src, true, true };

	read_text(g, &t);
}

/* ---- findings ---------------------------------------------------------------------- */

/* What is there for people, for machines, or to prove something; and the inside of
 * programs, which read what they need by lists and patterns. */
static bool needs_no_mention(const struct companion *x)
{
	static const struct str heads[] = { STR_INIT("README"), STR_INIT("LICEN"),
		STR_INIT("NOTICE"), STR_INIT("COPYING"), STR_INIT("CHANGELOG"),
		STR_INIT("CONTRIBUTING"), STR_INIT("requirements"), STR_INIT("package"),
		STR_INIT("pyproject"), STR_INIT("uv.lock"), STR_INIT("tsconfig"),
		STR_INIT("__init__."), STR_INIT("setup."), STR_INIT("conftest."),
		STR_INIT("Makefile"), STR_INIT("test_"), STR_INIT("test-"),
		STR_INIT("metadata."), STR_INIT("_meta"), STR_INIT("sample"),
		STR_INIT("expected") };
	static const struct str dirs[] = { STR_INIT("tests"), STR_INIT("test"),
		STR_INIT("evals"), STR_INIT("eval"), STR_INIT("agents"),
		STR_INIT("fixtures"), STR_INIT("fonts"), STR_INIT("icons"),
		STR_INIT("expected_outputs") };
	struct str base = path_base(x->rel), dir = path_dir(x->rel), one;

	if (!x->r->doc && str_find_char(dir, '/', 0) != STR_NPOS)
		return true;

	for (size_t i = 0; i < COUNTOF(heads); i++)
		if (starts_nocase(base, heads[i]))
			return true;
	if (str_find(base, STR("_test."), 0) != STR_NPOS ||
		str_find(base, STR(".test."), 0) != STR_NPOS)
		return true;
	while (dir.n && str_split(&dir, '/', &one))
		for (size_t i = 0; i < COUNTOF(dirs); i++)
			if (str_eq(one, dirs[i]))
				return true;
	return false;
}

struct verdict {
	bool main, anywhere;
	struct span at; /* in another file than the main ones */
};

static struct verdict verdict_of(const struct reading *g, const struct companion *x)
{
	struct naming n = { .rel = x->rel };
	struct verdict v = { .main = false };
	struct str name;

	while ((name = next_name(&n)).n) {
		const struct name *k = map_find(&g->name, name);

		bool clear = n.step <= 2; /* a word may be meant by less than its path */

		v.main |= k->main;
		for (size_t i = 0; i < COUNTOF(k->teller); i++) {
			if (!k->teller[i] || k->teller[i] == x->r->src->id)
				continue;
			v.anywhere = true;
			if (clear && !v.at.len)
				v.at = k->at[i];
		}
	}
	return v;
}

static void judge(const struct reading *g, const char *what)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct companion *x = &g->file[i];
		struct verdict v = verdict_of(g, x);
		struct diag *d;

		if (v.main || needs_no_mention(x))
			continue;
		if (!v.anywhere) {
			d = diag_report(g->c->sink, RULE_RES_UNMENTIONED,
				(struct span){ x->r->src->id, 0, 0 },
				"no text of the %s speaks of '%.*s'", what,
				STR_ARG(x->rel));
			diag_note(g->c->sink, d, SPAN_NONE,
				"say when to read or run it, or take it out: nobody will "
				"open it otherwise");
		} else if (v.at.len && x->r->doc) {
			d = diag_report(g->c->sink, RULE_RES_NESTED, v.at,
				"'%.*s' is named here, but not in the %s's own text",
				STR_ARG(x->rel), what);
			diag_note(g->c->sink, d, SPAN_NONE,
				"a model seldom follows a second link: name the file in "
				"the main text, too");
		}
	}
}

static struct reading reading_of(const struct rule_ctx *c, size_t files)
{
	return (struct reading){ .c = c,
		.file = arena_array(c->a, struct companion, files),
		.name = MAP_INIT(c->a),
		.class = token_classes(c->a),
		.ends = arena_array(c->a, uint32_t, ENDS_WORDS) };
}

void content_resources_skill(const struct rule_ctx *c, const struct skill *s)
{
	struct reading g;

	if (!s->nresource)
		return;
	g = reading_of(c, s->nresource);
	add_files(&g, STR(""), s->resource, s->nresource);
	read_main(&g, s->doc);
	read_resources(&g);
	judge(&g, "skill");
}

/* What inject.json names goes to other skills. The files of a unit stand together,
 * its main one first. */
static void read_injections(struct reading *g, const struct rule_file *main)
{
	const struct rule_file *end = g->c->file + g->c->nfile;

	for (const struct rule_file *f = main; f < end && f->pack == main->pack; f++) {
		struct teller t = { f->src, true, false };

		if (str_eq(f->rel, STR("inject.json")))
			read_text(g, &t);
	}
}

static size_t count_resources(const struct pack *p)
{
	size_t n = p->nresource;

	for (size_t i = 0; i < p->npart; i++)
		n += p->part[i].owner ? 0 : p->part[i].nresource;
	return n;
}

void content_resources_pack(const struct rule_ctx *c, const struct rule_file *f)
{
	const struct pack *p = f->pack;
	struct reading g;

	if (!f->doc || !count_resources(p))
		return;
	g = reading_of(c, count_resources(p));
	add_files(&g, STR(""), p->resource, p->nresource);
	for (size_t i = 0; i < p->npart; i++)
		if (!p->part[i].owner)
			add_files(&g, p->part[i].dir, p->part[i].resource,
				p->part[i].nresource);
	read_main(&g, p->doc);
	for (size_t i = 0; i < p->npart; i++)
		if (!p->part[i].owner && p->part[i].doc != p->doc)
			read_main(&g, p->part[i].doc);
	for (size_t i = 0; i < p->ntemplate; i++)
		read_main(&g, p->template[i].doc);
	read_resources(&g);
	read_injections(&g, f);
	judge(&g, "pack");
}
