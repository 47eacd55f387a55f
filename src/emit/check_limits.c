/* check_limits.c - what was compiled, compared with what its platforms take: how
 * long, how many, and where.
 *
 * What is cut while a file is made is reported where it is made (stage.c); here is
 * what shows only when all of it is there. */
#include "emit/doctor.h"
#include "emit/plan.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* ---- names and descriptions -------------------------------------------------------------- */

#define SPEC_NAME	 64 /* over these the skill's own file is reported */
#define SPEC_DESCRIPTION 1024

static void check_texts(
	struct rune *r, const struct adapter *ad, struct str name, const struct meta *m)
{
	size_t n = utf8_count(m->description);
	struct diag *d;

	if (ad->limits.name && name.n > ad->limits.name && name.n <= SPEC_NAME)
		diag_report(&r->sink, RULE_OUT_NAME_LONG, m->name_span,
			"emitted name '%.*s' has %zu characters; %.*s takes %u",
			STR_ARG(name), name.n, STR_ARG(ad->title), ad->limits.name);
	if (!ad->limits.description || n <= ad->limits.description ||
		n > SPEC_DESCRIPTION)
		return;
	d = diag_report(&r->sink, RULE_OUT_DESC_CUT, m->description_span,
		"description of '%.*s' has %zu characters; %.*s reads %u", STR_ARG(name),
		n, STR_ARG(ad->title), ad->limits.description);
	diag_note(&r->sink, d, SPAN_NONE,
		"it is cut there: put the words that should lead to the skill first");
}

static void check_task(struct rune *r, const struct task *t)
{
	struct emit_ctx c = {
		.project = t->project, .adapter = t->adapter, .a = &r->arena
	};
	const struct project *p = t->project;
	size_t n = t->stats.skills + t->stats.packs;
	struct diag *d;

	for (size_t i = 0; i < p->nskill; i++)
		if (!p->skill[i].broken)
			check_texts(r, t->adapter, skill_out_name(&c, &p->skill[i]),
				&p->skill[i].meta);
	for (size_t i = 0; i < p->npack; i++)
		if (!p->pack[i].broken)
			check_texts(r, t->adapter, pack_out_name(&c, &p->pack[i]),
				&p->pack[i].meta);
	if (!t->adapter->limits.skills || n <= t->adapter->limits.skills)
		return;
	d = diag_report(&r->sink, RULE_OUT_SKILLS_MANY,
		p->config.src ? source_span(p->config.src) : SPAN_NONE,
		"%zu skills and packs are emitted for %.*s, which reads %u of one source",
		n, STR_ARG(t->adapter->title), t->adapter->limits.skills);
	diag_note(&r->sink, d, SPAN_NONE,
		"the rest is dropped without a word: leave some out with "
		"'skills.disabled' or 'extensions.enabled'");
}

/* ---- shared files ------------------------------------------------------------------------ */

/* Files that are in every message, and how much of them a client takes. */
static const struct {
	struct str name, client;
	size_t bytes;
} shared_files[] = {
	{ STR_INIT("AGENTS.md"), STR_INIT("Codex 0.169"), 32768 },
};

static void check_shared(struct rune *r, const struct write_op *op)
{
	struct str path = path_join(&r->arena, r->output_dir, op->path);
	const struct source *at;
	struct diag *d;

	for (size_t i = 0; i < COUNTOF(shared_files); i++) {
		if (!str_eq(path_base(op->path), shared_files[i].name) ||
			op->new_bytes.n <= shared_files[i].bytes)
			continue;
		at = source_add(&r->project.sources, path_normalize(&r->arena, path),
			STR_NONE, SOURCE_NONE);
		d = diag_report(&r->sink, RULE_OUT_SHARED_LARGE, source_span(at),
			"'%.*s' has %zu bytes with what is generated; %.*s reads %zu",
			STR_ARG(op->path), op->new_bytes.n,
			STR_ARG(shared_files[i].client), shared_files[i].bytes);
		diag_note(&r->sink, d, SPAN_NONE, "what is beyond is cut off");
	}
}

/* ---- directories that others read, too ------------------------------------------------------ */

/* Does the platform's own tree have files there? Then it is one tree for both. */
static bool writes_to(const struct task *t, struct str dir)
{
	for (size_t i = 0; i < t->tree.n; i++)
		if (str_starts(t->tree.v[i].path, dir))
			return true;
	return false;
}

static void report_read_twice(struct rune *r, const struct task *reader,
	const struct task *writer, struct str dir)
{
	const struct source *config = r->project.config.src;
	struct diag *d = diag_report(&r->sink, RULE_OUT_READ_TWICE,
		config ? source_span(config) : SPAN_NONE,
		"%.*s also reads '%.*s', where the skills for %.*s are",
		STR_ARG(reader->adapter->title), STR_ARG(dir),
		STR_ARG(writer->adapter->title));

	diag_note(&r->sink, d, SPAN_NONE,
		"it may list each skill twice; the one directory would do for both");
}

/* Said once of a directory, however many platforms have their skills there. */
static void check_read_twice(struct rune *r)
{
	for (size_t i = 0; i < r->ntask; i++) {
		const struct task *reader = &r->task[i];

		for (size_t n = 0; reader->usable && n < reader->adapter->nalso; n++) {
			struct str dir = reader->adapter->also[n];

			if (writes_to(reader, dir))
				continue;
			for (size_t k = 0; k < r->ntask; k++)
				if (r->task[k].usable && writes_to(&r->task[k], dir)) {
					report_read_twice(r, reader, &r->task[k], dir);
					break;
				}
		}
	}
}

/* ---- output that is input --------------------------------------------------------------------- */

static struct str absolute(struct rune *r, struct str path)
{
	struct arena *a = &r->arena;

	return path_normalize(a, path_join(a, doctor_cwd(r), path));
}

/* The part of `path` below `dir`; empty if it is not below it. */
static struct str below(struct str path, struct str dir)
{
	if (!path_is_below(path, dir) || path.n <= dir.n)
		return STR_NONE;
	return str_from(path, dir.n + (dir.n > 1));
}

/* Is `rel`, below a directory of units, a unit's main file? */
static bool is_main_file(struct str rel)
{
	struct str dir, file = rel;

	return str_split(&file, '/', &dir) && file.p && dir.n && dir.p[0] != '.' &&
	       (str_eq(file, STR("SKILL.md")) || str_eq(file, STR("PACK.md")));
}

/* Would a build find the file `path` as a skill, a pack or a text of the root? */
static bool is_input(const struct root *root, struct str dir, struct str path)
{
	static const struct str text_dirs[] = { STR_INIT("agents"), STR_INIT("commands"),
		STR_INIT("contexts") };
	struct str rel = below(path, dir), top;

	if (!rel.n)
		return false;
	if (root->bare)
		return is_main_file(rel);
	if (!str_split(&rel, '/', &top) || !rel.p)
		return false;
	if (str_eq(top, STR("skills")) || str_eq(top, STR("extensions")))
		return is_main_file(rel);
	for (size_t i = 0; i < COUNTOF(text_dirs); i++)
		if (str_eq(top, text_dirs[i]))
			return str_find_char(rel, '/', 0) == STR_NPOS &&
			       str_eq(path_ext(rel), STR(".md"));
	return false;
}

/* The first such file of a root will do: the rest are like it. */
static void check_root(struct rune *r, const struct root *root, struct str output)
{
	struct arena *a = &r->arena;
	struct str dir = absolute(r, root->dir);

	for (size_t i = 0; i < r->tree.n; i++) {
		const struct out_entry *e = &r->tree.v[i];
		const struct source *at;
		struct diag *d;

		if (e->kind != OUT_OWNED ||
			!is_input(root, dir, path_join(a, output, e->path)))
			continue;
		at = source_add(&r->project.sources,
			path_normalize(a, path_join(a, r->output_dir, e->path)), STR_NONE,
			SOURCE_NONE);
		d = diag_report(&r->sink, RULE_OUT_IN_SOURCE, source_span(at),
			"output for '%.*s' lies in the source '%.*s': the next build "
			"would read it",
			STR_ARG(e->platform), STR_ARG(root->label));
		diag_note(&r->sink, d, SPAN_NONE,
			"give the platform another directory, or the sources");
		return;
	}
}

void check_limits(struct rune *r)
{
	struct str output = absolute(r, r->output_dir);

	for (size_t i = 0; i < r->ntask; i++)
		if (r->task[i].usable)
			check_task(r, &r->task[i]);
	check_read_twice(r);
	for (size_t i = 0; i < r->project.nroot; i++)
		if (r->project.root[i].dir.n)
			check_root(r, &r->project.root[i], output);
	for (size_t i = 0; i < r->plan.n; i++)
		if (r->plan.op[i].entry && r->plan.op[i].entry->kind == OUT_BLOCK)
			check_shared(r, &r->plan.op[i]);
}
