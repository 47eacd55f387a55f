/* check_output.c - what was emitted, compared with what a build would emit now. */
#include "emit/doctor.h"
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

static void report(struct rune *r, const struct write_op *op)
{
	struct arena *a = &r->arena;
	struct str path = path_normalize(a, path_join(a, r->output_dir, op->path));
	const struct source *at =
		source_add(&r->project.sources, path, STR_NONE, SOURCE_NONE);
	struct diag *d = diag_report(&r->sink, RULE_OUT_DRIFT, source_span(at), "%s",
		api_drift_text(op->action));

	diag_note(&r->sink, d, SPAN_NONE, "'rune build' brings it up to date");
}

void check_output(struct rune *r)
{
	api_compile(r);
	if (!api_plan(r, false))
		return;
	r->doctor->output = true;
	for (size_t i = 0; i < r->plan.n; i++) {
		const struct write_op *op = &r->plan.op[i];

		if (!api_drift_text(op->action))
			continue;
		if (op->action != WRITE_CREATE || was_built(r, op))
			report(r, op);
	}
}
