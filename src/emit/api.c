#include "emit/doctor.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/pool.h"
#include "rune/str.h"

const char *rune_version(void)
{
	return RUNE_VERSION;
}

const char *rune_library(size_t i, const char **version_out)
{
	static const struct {
		const char *name;
		const char *(*version)(void);
	} library[] = {
		{ "libyaml", fm_library_version },
		{ "cmark", doc_library_version },
		{ "cJSON", json_library_version },
	};

	if (i >= COUNTOF(library))
		return NULL;
	*version_out = library[i].version();
	return library[i].name;
}

/* ---- opening ------------------------------------------------------------------- */

/* A caller compiled against an older header hands over a shorter struct. */
static void take_options(struct rune *r, const struct rune_options *o)
{
	size_t n = sizeof(r->options);

	if (!o)
		return;
	BUG_IF(!o->size);
	memcpy(&r->options, o, o->size < n ? o->size : n);
}

/* The project's directory as seen from here, so that messages stay short. */
static struct str find_project(struct rune *r)
{
	struct arena *a = &r->arena;
	struct str cwd;

	if (r->options.project_dir)
		return path_normalize(a, str_c(r->options.project_dir));
	if (os_cwd(a, &cwd))
		return STR(".");
	return path_normalize(a, path_relative(a, cwd, config_find_dir(cwd, a)));
}

/* What the sink holds, as a status. */
static enum rune_status judge(const struct rune *r)
{
	bool findings = diag_count(&r->sink, SEV_ERROR) > 0 || r->drift;

	for (size_t i = 0; i < r->sink.n; i++)
		if (r->sink.v[i]->rule == RULE_IO)
			return RUNE_FAILED;
	for (size_t i = 0; i < r->ntask; i++)
		findings |= r->task[i].stats.failed > 0 || !r->task[i].usable;
	if (!r->compiled)
		return diag_count(&r->sink, SEV_FATAL) ? RUNE_USAGE : RUNE_OK;
	return findings ? RUNE_FINDINGS : RUNE_OK;
}

static void reset(struct rune *r)
{
	r->project = (struct project){ .a = &r->arena };
	diag_sink_init(&r->sink, &r->arena, &r->project.config.policy);
}

/* Readable configuration, existing platforms? */
static bool open_config(struct rune *r)
{
	struct project *p = &r->project;

	reset(r);
	source_set_init(&p->sources, &r->arena);
	return config_load(&p->config, r->dir, &p->sources, &r->arena, &r->sink) &&
	       api_choose(r);
}

struct rune *api_new(const struct rune_options *options)
{
	struct arena a = { 0 };
	struct rune *r = arena_new(&a, struct rune);

	r->arena = a;
	take_options(r, options);
	r->dir = find_project(r);
	r->output_dir = r->options.output_dir ? str_c(r->options.output_dir) : r->dir;
	r->output_dir = path_normalize(&r->arena, r->output_dir);
	r->output_dir = arena_strdup(&r->arena, r->output_dir); /* a NUL after it */
	return r;
}

/* The views of what is there by now. */
static struct rune *finished(struct rune *r)
{
	api_view_platforms(r);
	api_view_items(r);
	api_view_summary(r);
	api_view_outputs(r);
	api_view_diagnostics(r);
	r->status = judge(r);
	return r;
}

struct rune *rune_open(const struct rune_options *options)
{
	struct rune *r = api_new(options);

	if (!open_config(r))
		r->ntask = 0;
	return finished(r);
}

void rune_free(struct rune *r)
{
	struct arena a;

	if (!r)
		return;
	a = r->arena; /* which holds `r` itself */
	arena_release(&a);
}

/* ---- compiling ------------------------------------------------------------------- */

static const struct str *names_of(struct rune *r, const char *const *list, size_t *n)
{
	struct str *v;

	for (*n = 0; list && list[*n];)
		++*n;
	v = arena_array(&r->arena, struct str, *n);
	for (size_t i = 0; i < *n; i++)
		v[i] = str_c(list[i]);
	return v;
}

static bool load(struct rune *r)
{
	const struct rune_options *o = &r->options;
	struct project_options po = {
		.dir = r->dir,
		.library_dir = str_c(o->library_dir),
		.source = str_c(o->source),
		.has_enable = o->extensions != NULL,
		.jobs = o->jobs,
	};

	po.disable = names_of(r, o->disable, &po.ndisable);
	po.enable = names_of(r, o->extensions, &po.nenable);
	reset(r);
	if (!project_load(&r->project, &po, &r->arena, &r->sink) || !api_choose(r))
		return false;
	if (o->context)
		r->project.config.context = o->context;
	return true;
}

struct rune *rune_load(const struct rune_options *options)
{
	struct rune *r = api_new(options);

	if (!open_config(r) || !load(r))
		r->project.nskill = r->project.npack = 0;
	r->ntask = 0;
	return finished(r);
}

static void run_task(struct task *t)
{
	t->usable = emit_platform(t->project, t->adapter, &t->skills, &t->arena, &t->sink,
		&t->tree, &t->stats);
}

static void run_leader(void *arg, size_t i)
{
	struct task *t = (struct task *)arg + i;

	if (!t->leader)
		run_task(t);
}

static void run_follower(void *arg, size_t i)
{
	struct task *t = (struct task *)arg + i;

	if (!t->leader)
		return;
	if (t->leader->usable)
		t->skills = t->leader->skills;
	run_task(t);
}

static const struct adapter *skills_of(const struct adapter *ad)
{
	return ad->skills_of ? ad->skills_of : ad;
}

/* The first platform with some skills makes them for all that have the same. */
static void find_leaders(struct rune *r)
{
	for (size_t i = 0; i < r->ntask; i++)
		for (size_t k = 0; k < i; k++)
			if (skills_of(r->task[k].adapter) ==
				skills_of(r->task[i].adapter)) {
				r->task[i].leader = &r->task[k];
				break;
			}
}

void api_compile(struct rune *r)
{
	for (size_t i = 0; i < r->ntask; i++) {
		struct task *t = &r->task[i];

		t->project = &r->project;
		diag_sink_init(&t->sink, &t->arena, r->sink.policy);
		t->sink.keep_off = r->sink.keep_off;
		outtree_init(&t->tree, &t->arena);
	}
	find_leaders(r);
	pool_for(r->options.jobs, r->ntask, run_leader, r->task);
	pool_for(r->options.jobs, r->ntask, run_follower, r->task);

	/* in listing order, whichever was ready first */
	outtree_init(&r->tree, &r->arena);
	for (size_t i = 0; i < r->ntask; i++) {
		struct task *t = &r->task[i];

		outtree_finish(&t->tree); /* while its arena is its own */
		arena_adopt(&r->arena, &t->arena);
		t->tree.a = &r->arena;
		diag_merge(&r->sink, &t->sink);
		if (t->usable)
			outtree_merge(&r->tree, &t->tree, &r->sink);
	}
	outtree_finish(&r->tree);
	r->compiled = true;
}

struct rune *rune_compile(const struct rune_options *options)
{
	struct rune *r = api_new(options);

	/* A wrong name is told before anything is read for it. */
	if (open_config(r) && (r->ntask || api_no_platform(r)) && load(r))
		api_compile(r);
	else
		r->ntask = 0;
	return finished(r);
}

/* ---- writing --------------------------------------------------------------------- */

const char *api_drift_text(enum write_action action)
{
	switch (action) {
	case WRITE_CREATE: return "file is missing: a build would create it";
	case WRITE_UPDATE: return "file is out of date: a build would change it";
	case WRITE_DELETE: return "file is left over: a build would delete it";
	case WRITE_SAME:
	case WRITE_FORGET:
	case WRITE_KEEP:
	case WRITE_REFUSE: break;
	}
	return NULL;
}

static void report_drift(struct rune *r)
{
	for (size_t i = 0; i < r->plan.n; i++) {
		const struct write_op *op = &r->plan.op[i];
		const char *text = api_drift_text(op->action);
		struct str path = path_join(&r->arena, r->output_dir, op->path);
		const struct source *at;

		if (!text)
			continue;
		at = source_add(&r->project.sources, path_normalize(&r->arena, path),
			STR_NONE, SOURCE_NONE);
		diag_report(&r->sink, RULE_OUT_DRIFT, source_span(at), "%s", text);
		r->drift = true;
	}
}

bool api_plan(struct rune *r, bool force, bool prune)
{
	struct str *platform = arena_array(&r->arena, struct str, r->ntask);
	struct writer_options wo = { .force = force,
		.prune = prune,
		.platform = platform,
		.jobs = r->options.jobs };

	/* Files of a platform that could not be compiled are not superfluous: they are
	 * the last good ones. */
	for (size_t i = 0; i < r->ntask; i++)
		if (r->task[i].usable)
			platform[wo.nplatform++] = r->task[i].adapter->name;
		else
			wo.prune = false;
	return writer_plan(&r->plan, &r->tree, r->output_dir, &wo, &r->project.sources,
		&r->arena, &r->sink);
}

static bool write_plan(struct rune *r)
{
	return writer_commit(&r->plan, &r->project.sources, &r->arena, &r->sink);
}

enum rune_status rune_commit(struct rune *r, const struct rune_commit_options *options)
{
	struct rune_commit_options o = { .size = sizeof(o) };
	bool failed = false;

	if (options) {
		BUG_IF(!options->size);
		memcpy(&o, options,
			options->size < sizeof(o) ? options->size : sizeof(o));
	}
	if (!r->compiled)
		return r->status;
	r->drift = r->written = false;
	r->planned = api_plan(r, o.force, o.prune);
	if (r->planned && o.check)
		report_drift(r);
	r->status = judge(r);
	if (r->planned && !o.check && !o.dry_run && !(o.strict && r->status != RUNE_OK)) {
		r->written = write_plan(r);
		failed = !r->written;
	}
	api_view_changes(r);
	api_view_diagnostics(r);
	r->status = judge(r);
	if (failed && r->status == RUNE_OK)
		r->status = RUNE_FAILED; /* whatever the user made of the rules */
	return r->status;
}

enum rune_status rune_status(const struct rune *r)
{
	return r->status;
}

bool rune_wrote(const struct rune *r)
{
	return r->written;
}

const char *rune_others(struct rune *r)
{
	return r->planned ? api_text(r, r->plan.others) : "";
}

const char *rune_diff(struct rune *r)
{
	struct buf b = BUF_INIT(&r->arena);

	if (r->doctor)
		return r->doctor->diff;
	if (r->planned)
		writer_diff(&b, &r->plan);
	return b.n ? b.p : "";
}
