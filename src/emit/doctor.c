#include "emit/doctor.h"

#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

/* ---- what was looked at --------------------------------------------------------- */

static bool counts(const struct doctor *d, const struct root *root, const struct doc *doc)
{
	return root->dir.n &&
	       (!d->scanned || (doc && scan_focus(&d->scan, doc->src->path)));
}

static bool counts_vertex(
	const struct doctor *d, const struct project *p, struct vertex v)
{
	switch (v.kind) {
	case VERTEX_SKILL:
		return counts(d, p->skill[v.index].root, p->skill[v.index].doc);
	case VERTEX_PACK:
	case VERTEX_PART: return counts(d, p->pack[v.index].root, p->pack[v.index].doc);
	case VERTEX_NONE:
	case VERTEX_SIGNAL: break;
	}
	return false;
}

static bool counts_signal(
	const struct doctor *d, const struct project *p, const struct mesh_signal *s)
{
	bool any = false;

	for (size_t i = 0; i < s->nemitter; i++)
		any |= counts_vertex(d, p, s->emitter[i]);
	for (size_t i = 0; i < s->nlistener; i++)
		any |= counts_vertex(d, p, s->listener[i]);
	return any;
}

static void count_mesh(struct doctor *d, const struct project *p)
{
	for (size_t i = 0; i < p->mesh.nedge; i++) {
		const struct mesh_edge *e = &p->mesh.edge[i];

		if (e->kind != EDGE_EMIT && e->kind != EDGE_LISTEN)
			d->checked.connections += counts_vertex(d, p, e->from);
	}
	for (size_t i = 0; i < p->mesh.nsignal; i++)
		d->checked.signals += counts_signal(d, p, &p->mesh.signal[i]);
}

static void count_project(struct doctor *d, const struct project *p)
{
	struct rune_checked *c = &d->checked;

	for (size_t i = 0; i < p->nskill; i++)
		c->skills += counts(d, p->skill[i].root, p->skill[i].doc);
	for (size_t i = 0; i < p->npack; i++)
		c->packs += counts(d, p->pack[i].root, p->pack[i].doc);
	for (size_t i = 0; i < p->ntext; i++)
		c->texts += counts(d, p->text[i].root, p->text[i].doc);
	for (size_t i = 0; i < p->ninput; i++)
		c->files += p->input[i].root->dir.n &&
			    (!d->scanned || scan_focus(&d->scan, p->input[i].src->path));
	count_mesh(d, p);
}

static void count_findings(struct rune *r)
{
	struct rune_checked *c = &r->doctor->checked;

	c->notes = r->sink.count[SEV_NOTE];
	c->warnings = r->sink.count[SEV_WARN];
	c->errors = diag_count(&r->sink, SEV_ERROR);
	for (size_t i = 0; i < r->sink.n; i++)
		c->fixable += r->sink.v[i]->edit != NULL;
	c->output = r->doctor->output;
}

/* ---- a run ---------------------------------------------------------------------- */

/* Nothing to compare where nothing was built and nothing says that it should be. */
static bool wants_output(const struct rune *r)
{
	const struct doctor *d = r->doctor;
	struct arena scratch = { 0 };
	struct os_stat st;
	bool built;

	built = !os_lstat(path_join(&scratch, r->output_dir, STR(MANIFEST_PATH)), &st) &&
		st.kind != OS_MISSING;
	arena_release(&scratch);
	return !d->scanned && !d->o.mesh && r->ntask && (r->project.config.src || built);
}

static void check(struct rune *r, bool output)
{
	struct doctor *d = r->doctor;
	struct rule_options o = {
		.platform = d->platform,
		.nplatform = d->nplatform,
		.named = d->named,
		.jobs = r->options.jobs,
		.scan = d->scanned ? &d->scan : NULL,
	};

	for (size_t i = 0; i < d->nproject; i++) {
		rules_run(d->project[i], &o, &r->arena, &r->sink);
		count_project(d, d->project[i]);
	}
	if (output && wants_output(r))
		check_output(r);
}

/* Where the configuration is, or else the repository. */
static struct str lasting_root(struct rune *r)
{
	if (!r->project.config.src)
		return doctor_repository(r);
	return path_normalize(
		&r->arena, path_join(&r->arena, doctor_cwd(r), r->project.config.dir));
}

static void settle(struct rune *r)
{
	struct doctor *d = r->doctor;
	struct str path;
	struct map known;
	struct rule_settings s = {
		.config = &r->project.config,
		.command = &d->command,
		.only = d->only,
		.scan = d->scanned ? &d->scan : NULL,
		.root = lasting_root(r),
		.cwd = doctor_cwd(r),
	};
	struct rule_totals t;

	if (baseline_find(r, &path) && baseline_read(r, path, &known))
		s.baseline = &known;
	t = rules_settle(&r->sink, &s, d->project, d->nproject, &r->project.sources);
	d->checked.suppressed = t.suppressed;
	d->checked.known = t.known;
}

static enum rune_status judge(const struct rune *r)
{
	const struct doctor *d = r->doctor;
	const struct rune_checked *c = &d->checked;
	bool findings = c->errors > 0 || (d->o.strict && c->warnings) ||
			(d->o.max_warnings && c->warnings > *d->o.max_warnings);
	enum rune_status status = findings ? RUNE_FINDINGS : RUNE_OK;

	for (size_t i = 0; i < r->sink.n; i++) {
		const struct diag *x = r->sink.v[i];

		if (x->rule == RULE_IO)
			return RUNE_FAILED;
		if (x->severity == SEV_FATAL &&
			str_starts(rule_info[x->rule].code, STR("RN4")))
			status = RUNE_USAGE;
	}
	return status;
}

static struct rune *run(
	const struct rune_doctor_options *o, const struct fixes *fixes, bool output)
{
	struct rune_options ro = {
		.size = sizeof(ro),
		.project_dir = o->project_dir,
		.platforms = o->platforms,
		.jobs = o->jobs,
	};
	struct rune *r = api_new(&ro);
	struct doctor *d = arena_new(&r->arena, struct doctor);

	r->doctor = d;
	d->o = *o;
	d->fixes = fixes;
	d->usable = doctor_load(r);
	check(r, output && d->usable);
	fixes_view(fixes, r);
	settle(r);
	return r;
}

/* ---- fixes ---------------------------------------------------------------------- */

/* A fix may make room for another one; a few rounds reach the end, or there is a
 * rule that undoes another's work, which must not keep us here for ever. */
#define ROUNDS_MAX 10

static void fix_all(struct fixes *f, const struct rune_doctor_options *o)
{
	for (int i = 0; i < ROUNDS_MAX; i++) {
		struct rune *r = run(o, f, false);

		doctor_fix(f, r);
		rune_free(r);
		if (!f->changed)
			return;
	}
	fixes_give_up(f);
}

static void finish(struct rune *r)
{
	count_findings(r);
	api_view_platforms(r);
	api_view_summary(r);
	api_view_outputs(r);
	api_view_diagnostics(r);
	r->status = judge(r);
}

struct rune *rune_doctor(const struct rune_doctor_options *options)
{
	struct rune_doctor_options o = { .size = sizeof(o) };
	struct arena a = { 0 };
	struct fixes f = { .a = &a, .file = MAP_INIT(&a), .overlay = MAP_INIT(&a) };
	struct rune *r;

	if (options) {
		BUG_IF(!options->size);
		memcpy(&o, options,
			options->size < sizeof(o) ? options->size : sizeof(o));
	}
	if (o.fix != RUNE_FIX_NONE)
		fix_all(&f, &o);
	if (o.fix == RUNE_FIX_WRITE)
		fixes_write(&f);
	r = run(&o, &f, true);
	r->doctor->checked.fixed = f.findings;
	finish(r);
	arena_adopt(&r->arena, &a);
	return r;
}

const struct rune_checked *rune_checked(const struct rune *r)
{
	return &r->doctor->checked;
}
