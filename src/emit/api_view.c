#include "emit/api.h"
#include "rune/path.h"
#include "rune/rules.h"
#include "rune/str.h"

/* Strings of ours are slices; a C caller wants a NUL after them. */
const char *api_text(struct rune *r, struct str s)
{
	return s.n ? str_dupz(&r->arena, s) : "";
}

/* ---- platforms -------------------------------------------------------------------- */

/* A path member with the adapter's root before it. */
static const char *place(struct rune *r, const struct adapter *ad, struct str path)
{
	return path.n ? api_text(r, path_join(&r->arena, ad->root, path)) : "";
}

void api_view_platforms(struct rune *r)
{
	r->nplatform = api_adapter_count(r);
	r->platform = arena_array(&r->arena, struct rune_platform, r->nplatform);
	for (size_t i = 0; i < r->nplatform; i++) {
		const struct adapter *ad = api_adapter(r, i);

		r->platform[i] = (struct rune_platform){
			.name = api_text(r, ad->name),
			.title = api_text(r, ad->title),
			.skills_path = place(r, ad, ad->skill_path),
			.roles_path = place(r, ad, ad->role_path),
			.commands_path = place(r, ad, ad->command_path),
			.rules_path = place(r, ad, ad->rules_path),
			.client = api_text(r, ad->client),
			.custom = i >= adapter_count,
		};
	}
}

size_t rune_platform_count(const struct rune *r)
{
	return r->nplatform;
}

const struct rune_platform *rune_platform(const struct rune *r, size_t i)
{
	return i < r->nplatform ? &r->platform[i] : NULL;
}

const struct rune_platform *rune_platform_find(const struct rune *r, const char *name)
{
	for (size_t i = 0; i < r->nplatform; i++)
		if (!strcmp(r->platform[i].name, name))
			return &r->platform[i];
	return NULL;
}

/* ---- outputs ---------------------------------------------------------------------- */

void api_view_outputs(struct rune *r)
{
	r->noutput = r->compiled ? r->tree.n : 0;
	r->output = arena_array(&r->arena, struct rune_output, r->noutput);
	for (size_t i = 0; i < r->noutput; i++) {
		const struct out_entry *e = &r->tree.v[i];

		r->output[i] = (struct rune_output){
			.path = api_text(r, e->path),
			.bytes = e->bytes.n ? e->bytes.p : "",
			.size = e->bytes.n,
			.executable = e->executable,
			.shared = e->kind == OUT_BLOCK,
			.platform = api_text(r, e->platform),
			.owner = api_text(r, e->owner),
		};
	}
}

size_t rune_output_count(const struct rune *r)
{
	return r->noutput;
}

const struct rune_output *rune_output(const struct rune *r, size_t i)
{
	return i < r->noutput ? &r->output[i] : NULL;
}

const char *rune_output_dir(const struct rune *r)
{
	return r->output_dir.p;
}

/* ---- summary ---------------------------------------------------------------------- */

/* The directory that all files of a tree are below, regions of files that are the
 * user's left aside. */
static struct str common_dir(const struct outtree *t)
{
	struct str common = STR_NONE;
	bool first = true;

	for (size_t i = 0; i < t->n; i++) {
		struct str dir = path_dir(t->v[i].path);

		if (t->v[i].kind == OUT_BLOCK)
			continue;
		if (first)
			common = dir;
		first = false;
		while (common.n && !path_is_below(dir, common))
			common = path_dir(common);
	}
	return common;
}

void api_view_summary(struct rune *r)
{
	r->nsummary = r->ntask;
	r->summary = arena_array(&r->arena, struct rune_summary, r->nsummary);
	for (size_t i = 0; i < r->nsummary; i++) {
		const struct task *t = &r->task[i];

		r->summary[i] = (struct rune_summary){
			.platform = api_text(r, t->adapter->name),
			.title = api_text(r, t->adapter->title),
			.root = api_text(r, common_dir(&t->tree)),
			.skills = t->stats.skills,
			.extensions = t->stats.packs,
			.parts = t->stats.parts,
			.roles = t->stats.roles,
			.files = t->tree.n,
			.failed = t->stats.failed,
			.references = t->stats.references,
			.unresolved = t->stats.unresolved,
			.tools = t->stats.tools,
			.unusable = r->compiled && !t->usable,
		};
	}
}

size_t rune_summary_count(const struct rune *r)
{
	return r->nsummary;
}

const struct rune_summary *rune_summary(const struct rune *r, size_t i)
{
	return i < r->nsummary ? &r->summary[i] : NULL;
}

const char *rune_detected(const struct rune *r)
{
	return r->detected;
}

/* ---- changes ---------------------------------------------------------------------- */

_Static_assert((int)RUNE_SAME == (int)WRITE_SAME &&
		       (int)RUNE_CREATE == (int)WRITE_CREATE &&
		       (int)RUNE_UPDATE == (int)WRITE_UPDATE &&
		       (int)RUNE_DELETE == (int)WRITE_DELETE &&
		       (int)RUNE_FORGET == (int)WRITE_FORGET &&
		       (int)RUNE_KEEP == (int)WRITE_KEEP &&
		       (int)RUNE_REFUSE == (int)WRITE_REFUSE,
	"enum rune_action is enum write_action");

void api_view_changes(struct rune *r)
{
	r->nchange = r->planned ? r->plan.n : 0;
	r->change = arena_array(&r->arena, struct rune_change, r->nchange);
	for (size_t i = 0; i < r->nchange; i++) {
		const struct write_op *op = &r->plan.op[i];

		r->change[i] = (struct rune_change){
			.action = (enum rune_action)op->action,
			.path = api_text(r, op->path),
			.platform = api_text(r, op->platform),
			.reason = op->reason ? op->reason : "",
		};
	}
}

const char *rune_action_name(enum rune_action action)
{
	switch (action) {
	case RUNE_SAME: return "same";
	case RUNE_CREATE: return "create";
	case RUNE_UPDATE: return "update";
	case RUNE_DELETE: return "delete";
	case RUNE_FORGET: return "forget";
	case RUNE_KEEP: return "keep";
	case RUNE_REFUSE: return "refuse";
	}
	return "";
}

size_t rune_change_count(const struct rune *r)
{
	return r->nchange;
}

const struct rune_change *rune_change(const struct rune *r, size_t i)
{
	return i < r->nchange ? &r->change[i] : NULL;
}

size_t rune_change_total(const struct rune *r, enum rune_action action)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nchange; i++)
		n += r->change[i].action == action;
	return n;
}

/* ---- diagnostics ------------------------------------------------------------------ */

_Static_assert((int)RUNE_NOTE == (int)SEV_NOTE && (int)RUNE_WARNING == (int)SEV_WARN &&
		       (int)RUNE_ERROR == (int)SEV_ERROR &&
		       (int)RUNE_FATAL == (int)SEV_FATAL,
	"enum rune_severity is enum severity");

static const char *notes_of(struct rune *r, const struct diag *d)
{
	struct buf b = BUF_INIT(&r->arena);

	for (const struct diag_note *n = d->notes; n; n = n->next) {
		if (b.n)
			buf_addc(&b, '\n');
		buf_add(&b, n->text);
	}
	return b.n ? b.p : "";
}

static struct rune_diagnostic view_of(struct rune *r, const struct diag *d)
{
	struct rune_diagnostic v = {
		.code = api_text(r, rule_info[d->rule].code),
		.slug = api_text(r, rule_info[d->rule].slug),
		.severity = (enum rune_severity)d->severity,
		.message = api_text(r, d->message),
		.notes = notes_of(r, d),
	};
	const struct source *src;

	if (!d->at.src)
		return v;
	src = source_get(&r->project.sources, d->at.src);
	v.path = api_text(r, src->path);
	if (src->text.n) {
		struct linecol lc = source_locate(src, d->at.off);

		v.line = lc.line;
		v.column = lc.col;
	}
	return v;
}

void api_view_diagnostics(struct rune *r)
{
	if (!r->doctor && r->compiled)
		rules_quiet(&r->sink, &r->project);
	diag_sort(&r->sink, &r->project.sources);
	r->ndiagnostic = r->sink.n;
	r->diagnostic = arena_array(&r->arena, struct rune_diagnostic, r->ndiagnostic);
	for (size_t i = 0; i < r->ndiagnostic; i++)
		r->diagnostic[i] = view_of(r, r->sink.v[i]);
}

size_t rune_diagnostic_count(const struct rune *r)
{
	return r->ndiagnostic;
}

const struct rune_diagnostic *rune_diagnostic(const struct rune *r, size_t i)
{
	return i < r->ndiagnostic ? &r->diagnostic[i] : NULL;
}

const char *rune_diagnostics_text(struct rune *r, bool color, enum rune_severity min)
{
	struct buf b = BUF_INIT(&r->arena);
	struct diag_print_opts o = { .color = color, .min = (enum severity)min };

	diag_print_text(&b, &r->sink, &r->project.sources, &o);
	return b.n ? b.p : "";
}

const char *rune_diagnostics_json(struct rune *r, unsigned indent)
{
	struct buf b = BUF_INIT(&r->arena);

	diag_print_json(&b, &r->sink, &r->project.sources, indent);
	return b.p;
}
