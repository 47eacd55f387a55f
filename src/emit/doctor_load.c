/* doctor_load.c - from paths, or none, to projects. */
#include "emit/doctor.h"

#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

struct str doctor_cwd(struct rune *r)
{
	struct str cwd;

	return os_cwd(&r->arena, &cwd) ? STR("/") : cwd;
}

struct str doctor_repository(struct rune *r)
{
	struct arena *a = &r->arena;
	struct str cwd = doctor_cwd(r), dir = cwd;
	struct os_stat st;

	for (;;) {
		if (!os_lstat(path_join(a, dir, STR(".git")), &st) &&
			st.kind != OS_MISSING)
			return dir;
		if (str_eq(dir, STR("/")) || !dir.n)
			return cwd;
		dir = path_dir(dir);
	}
}

struct loading {
	struct rune *r;
	struct doctor *d;
	struct project_options po;
};

/* ---- options -------------------------------------------------------------------- */

static bool usage(struct rune *r, struct str message, struct str hint)
{
	struct diag *d = diag_report(
		&r->sink, RULE_CFG_VALUE, SPAN_NONE, "%.*s", STR_ARG(message));

	if (hint.n)
		diag_note(&r->sink, d, SPAN_NONE, "%.*s", STR_ARG(hint));
	return false;
}

static bool rule_of(struct rune *r, struct str name, enum rule *out)
{
	struct str known[RULE__COUNT], near, hint = STR_NONE;

	*out = rule_find(name);
	if (*out != RULE__COUNT)
		return true;
	for (size_t i = 0; i < RULE__COUNT; i++)
		known[i] = rule_info[i].slug;
	near = str_nearest(name, known, RULE__COUNT);
	if (near.n)
		hint = str_fmt(&r->arena, "did you mean '%.*s'?", STR_ARG(near));
	return usage(
		r, str_fmt(&r->arena, "there is no rule '%.*s'", STR_ARG(name)), hint);
}

/* "CODE=severity" */
static bool read_severity(struct rune *r, struct str text)
{
	struct diag_policy *p = &r->doctor->command;
	size_t equals = str_find_char(text, '=', 0);
	enum severity severity;
	enum rule rule;

	if (equals == STR_NPOS || !severity_parse(str_from(text, equals + 1), &severity))
		return usage(r,
			str_fmt(&r->arena, "'%.*s' sets no severity", STR_ARG(text)),
			STR("write CODE=off, CODE=note, CODE=warn or CODE=error"));
	if (!rule_of(r, str_sub(text, 0, equals), &rule))
		return false;
	if (rule_info[rule].severity == SEV_FATAL)
		return usage(r,
			str_fmt(&r->arena, "'%.*s' is fatal and stays so",
				STR_ARG(rule_info[rule].code)),
			STR_NONE);
	p->set[rule] = true;
	p->severity[rule] = severity;
	return true;
}

static bool *only_get(struct rune *r)
{
	struct doctor *d = r->doctor;

	if (!d->only)
		d->only = arena_array(&r->arena, bool, RULE__COUNT);
	return d->only;
}

static bool read_options(struct rune *r)
{
	struct doctor *d = r->doctor;
	const struct rune_doctor_options *o = &d->o;
	bool ok = true;
	enum rule rule;

	for (size_t i = 0; o->severities && o->severities[i]; i++)
		ok &= read_severity(r, str_c(o->severities[i]));
	for (size_t i = 0; o->only && o->only[i]; i++)
		if (rule_of(r, str_c(o->only[i]), &rule))
			only_get(r)[rule] = true;
		else
			ok = false;
	for (size_t i = 0; o->mesh && !o->only && i < RULE__COUNT; i++)
		if (str_starts(rule_info[i].code, STR("RN2")))
			only_get(r)[i] = true;
	/* Whoever asks for a rule wants to hear of it. */
	for (size_t i = 0; d->only && i < RULE__COUNT; i++)
		if (d->only[i] && rule_info[i].severity == SEV_OFF &&
			!d->command.set[i]) {
			d->command.set[i] = true;
			d->command.severity[i] = SEV_NOTE;
		}
	return ok;
}

/* ---- platforms ------------------------------------------------------------------ */

/* Those that the user chose, else every one: a skill may be installed anywhere. */
static void choose_platforms(struct rune *r)
{
	struct doctor *d = r->doctor;
	size_t all = api_adapter_count(r);

	d->platform = arena_array(&r->arena, const struct adapter *, all);
	d->named = d->o.platforms || r->project.config.nplatform;
	for (size_t i = 0; d->named && i < r->ntask; i++)
		d->platform[d->nplatform++] = r->task[i].adapter;
	for (size_t i = 0; !d->nplatform && i < all; i++)
		d->platform[i] = api_adapter(r, i);
	if (!d->nplatform)
		d->nplatform = all;
}

/* ---- what of the paths is the project's ----------------------------------------- */

/* Would the root's own layout find `path`, a unit's directory or a text? */
static bool covers(
	const struct loading *l, const struct root *root, struct str path, bool text)
{
	struct arena *a = &l->r->arena;
	struct str dir, rest, top;

	if (!root->dir.n)
		return false;
	dir = scan_absolute(&l->d->scan, root->dir, a);
	if (!path_is_below(path, dir) || path.n <= dir.n)
		return false;
	rest = str_from(path, dir.n + (dir.n > 1));
	if (root->bare)
		return !text && str_find_char(rest, '/', 0) == STR_NPOS;
	return str_split(&rest, '/', &top) && rest.p &&
	       str_find_char(rest, '/', 0) == STR_NPOS &&
	       text == !(str_eq(top, STR("skills")) || str_eq(top, STR("extensions")));
}

static bool covered(const struct loading *l, struct str path, bool text)
{
	const struct project *p = &l->r->project;
	struct str full = scan_absolute(&l->d->scan, path, &l->r->arena);

	for (size_t i = 0; i < p->nroot; i++)
		if (covers(l, &p->root[i], full, text))
			return true;
	return false;
}

/* Take from the group what the project has; true if there was any. */
static bool take_covered(const struct loading *l, struct scan_group *g)
{
	struct root *root = &g->root;
	struct arena *a = &l->r->arena;
	size_t units = 0, loose = 0;
	bool any = false;

	for (size_t i = 0; i < root->nunit; i++)
		if (covered(l, path_join(a, root->dir, g->unit[i].rel), false))
			any = true;
		else
			g->unit[units++] = g->unit[i];
	for (size_t i = 0; i < root->nloose; i++)
		if (str_eq(g->loose[i], STR(CONFIG_FILE)) && l->r->project.config.src)
			any = true;
		else
			g->loose[loose++] = g->loose[i];
	if (root->texts && covered(l, path_join(a, root->dir, STR("agents/x")), true)) {
		root->texts = false;
		any = true;
	}
	root->nunit = units;
	root->nloose = loose;
	return any;
}

/* ---- loading -------------------------------------------------------------------- */

static void add_project(struct doctor *d, const struct project *p)
{
	d->project[d->nproject++] = p;
}

static bool load_main(struct loading *l)
{
	struct rune *r = l->r;
	bool ok = project_fill(&r->project, &l->po, &r->arena, &r->sink);

	if (ok)
		add_project(l->d, &r->project);
	return ok;
}

/* A group as a project: the sources move from one to the next. */
static void load_group(struct loading *l, const struct scan_group *g)
{
	struct rune *r = l->r;
	struct project *p = arena_new(&r->arena, struct project);
	struct project_options po = l->po;

	p->a = &r->arena;
	p->dir = g->root.dir;
	p->config = r->project.config;
	p->config.nlibrary_name = p->config.ndisabled = p->config.nenabled = 0;
	p->config.has_enabled = false;
	p->sources = r->project.sources;
	p->root = &g->root;
	p->nroot = 1;
	po.has_enable = false;
	po.ndisable = po.nenable = 0;
	if (project_fill(p, &po, &r->arena, &r->sink))
		add_project(l->d, p);
	r->project.sources = p->sources;
}

static bool scan_all(struct loading *l, const char *const *paths)
{
	struct rune *r = l->r;
	struct doctor *d = l->d;
	const char *const here[] = { str_dupz(&r->arena, r->dir), NULL };
	bool ok = true;

	scan_init(&d->scan, &r->project.sources, &r->arena, &r->sink);
	d->scan.overlay = l->po.overlay;
	for (paths = paths ? paths : here; *paths; paths++)
		ok &= scan_path(&d->scan, str_c(*paths));
	scan_finish(&d->scan);
	return ok;
}

/* Is there anything of the user's in the project's roots? */
static bool has_own_roots(const struct project *p)
{
	for (size_t i = 0; i < p->nroot; i++)
		if (p->root[i].dir.n)
			return true;
	return false;
}

/* Then what was emitted is to be looked at, even of the library alone. */
static bool was_built(struct rune *r)
{
	struct os_stat st;

	return !os_lstat(path_join(&r->arena, r->output_dir, STR(MANIFEST_PATH)), &st) &&
	       st.kind != OS_MISSING;
}

static bool load_paths(struct loading *l)
{
	struct doctor *d = l->d;
	bool ok = scan_all(l, d->o.paths), main = false;

	d->scanned = true;
	d->project =
		arena_array(&l->r->arena, const struct project *, d->scan.group.n + 1);
	for (size_t i = 0; i < d->scan.group.n; i++)
		main |= take_covered(l, d->scan.group.entry[i].value);
	if (main)
		ok &= load_main(l);
	for (size_t i = 0; i < d->scan.group.n; i++) {
		const struct scan_group *g = d->scan.group.entry[i].value;

		if (g->root.nunit || g->root.nloose || g->root.texts)
			load_group(l, g);
	}
	return ok;
}

static bool load_project(struct loading *l)
{
	l->d->project = arena_array(&l->r->arena, const struct project *, 1);
	return load_main(l);
}

/* The file that is read from elsewhere, and what fixes have made of others. */
static void make_overlay(struct rune *r)
{
	struct doctor *d = r->doctor;
	struct str *bytes;

	d->overlay = (struct map)MAP_INIT(&r->arena);
	for (size_t i = 0; !d->fixes->written && i < d->fixes->overlay.n; i++)
		map_add(&d->overlay, d->fixes->overlay.entry[i].key,
			d->fixes->overlay.entry[i].value);
	if (!d->o.path_in)
		return;
	bytes = arena_new(&r->arena, struct str);
	*bytes = (struct str){ d->o.bytes_in, d->o.size_in };
	map_add(&d->overlay, path_normalize(&r->arena, str_c(d->o.path_in)), bytes);
}

bool doctor_load(struct rune *r)
{
	struct doctor *d = r->doctor;
	struct project *p = &r->project;
	struct loading l = { r, d, { .dir = r->dir, .jobs = r->options.jobs } };
	struct diag_sink aside;
	bool roots;

	*p = (struct project){ .a = &r->arena };
	diag_sink_init(&r->sink, &r->arena, NULL);
	r->sink.keep_off = true;
	source_set_init(&p->sources, &r->arena);
	make_overlay(r);
	if (d->overlay.n)
		l.po.overlay = &d->overlay;
	if (!read_options(r) || !project_config(p, &l.po, &r->arena, &r->sink) ||
		!api_choose(r))
		return false;
	choose_platforms(r);
	/* A source that is missing matters only to those who ask for the project. */
	diag_sink_init(&aside, &r->arena, NULL);
	aside.keep_off = true;
	roots = project_roots(p, &l.po, &r->arena, &aside);
	if (!roots && d->o.paths)
		p->nroot = 0;
	else
		diag_merge(&r->sink, &aside);
	if (!roots && !d->o.paths)
		return false;
	if (d->o.paths || (!has_own_roots(p) && !p->config.src && !was_built(r)))
		return load_paths(&l);
	return load_project(&l);
}
