/* check_output.c - what was emitted, compared with what a build would emit now. */
#include "emit/doctor.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

static bool is_platform(struct str list, struct str name)
{
	struct str piece;

	while (str_split(&list, ',', &piece))
		if (str_eq(piece, name))
			return true;
	return false;
}

/* Has an earlier build made anything for the platforms of this file? Those that
 * never were built are not out of date. */
static bool was_built(const struct rune *r, const struct write_op *op)
{
	for (size_t i = 0; i < r->plan.n; i++) {
		const struct write_op *other = &r->plan.op[i];
		struct str list = op->platform, name;

		if (other->action == WRITE_CREATE)
			continue;
		while (str_split(&list, ',', &name))
			if (is_platform(other->platform, name))
				return true;
	}
	return false;
}

/* A file of the manifest that is no longer there, nor would be. */
static bool is_forgotten(struct rune *r, const struct write_op *op)
{
	struct os_stat st;

	return op->action == WRITE_FORGET && op->was && !op->will &&
	       !os_lstat(path_join(&r->arena, r->output_dir, op->path), &st) &&
	       st.kind == OS_MISSING;
}

static bool find_rule(struct rune *r, const struct write_op *op, enum rule *out)
{
	switch (op->action) {
	case WRITE_CREATE:
		*out = op->was ? RULE_OUT_MISSING : RULE_OUT_DRIFT;
		return op->was || was_built(r, op);
	case WRITE_UPDATE: *out = RULE_OUT_DRIFT; return true;
	case WRITE_DELETE: *out = RULE_OUT_STALE; return true;
	case WRITE_FORGET: *out = RULE_OUT_FORGOTTEN; return is_forgotten(r, op);
	case WRITE_SAME:
	case WRITE_KEEP:
	case WRITE_REFUSE: break;
	}
	return false;
}

static const char *advice(enum rule rule)
{
	if (rule == RULE_OUT_FORGOTTEN)
		return "'rune build' takes it off the list";
	if (rule == RULE_OUT_STALE)
		return "its source is gone, switched off or renamed; 'rune build' "
		       "deletes it";
	return "'rune build' brings it up to date";
}

static void report(struct rune *r, const struct write_op *op, enum rule rule)
{
	struct arena *a = &r->arena;
	struct str path = path_normalize(a, path_join(a, r->output_dir, op->path));
	const struct source *at =
		source_add(&r->project.sources, path, STR_NONE, SOURCE_NONE);
	struct diag *d = diag_report(&r->sink, rule, source_span(at), "%s",
		rule == RULE_OUT_FORGOTTEN
			? "the manifest lists this file, which is neither there nor "
			  "emitted"
			: api_drift_text(op->action));

	diag_note(&r->sink, d, SPAN_NONE, "%s", advice(rule));
}

/* What passes say of the texts themselves is doctor's own business, for which it
 * does not need a platform. */
static void keep_output_rules(struct diag_sink *into, const struct diag_sink *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct diag_sink one = { .v = &from->v[i], .n = 1 };
		struct str code = rule_info[from->v[i]->rule].code;

		if (str_starts(code, STR("RN3")) || str_starts(code, STR("RN9")))
			diag_merge(into, &one);
	}
}

static bool compile(struct rune *r)
{
	struct diag_sink before = r->sink;
	bool ok;

	diag_sink_init(&r->sink, before.a, before.policy);
	r->sink.keep_off = before.keep_off;
	api_compile(r);
	ok = api_plan(r, false, false);
	keep_output_rules(&before, &r->sink);
	r->sink = before;
	return ok;
}

void check_output(struct rune *r)
{
	if (!compile(r))
		return;
	r->doctor->output = r->plan.manifest_old.n > 0;
	for (size_t i = 0; i < r->plan.n; i++) {
		enum rule rule;

		if (find_rule(r, &r->plan.op[i], &rule))
			report(r, &r->plan.op[i], rule);
	}
	check_limits(r);
}
