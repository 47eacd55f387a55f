#include <time.h>

#include "cli/cli.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/rune.h"
#include "rune/str.h"
#include "rune/tokens.h"

#define MAX_JOBS  1024
#define MAX_NOTES 10 /* more are only counted, unless asked for */

struct build_options {
	struct option_list platform, disable, extensions;
	const char *output, *source, *library, *context;
	bool dry_run, diff, check, force, prune, strict;
	unsigned jobs;
};

#define AT(member) offsetof(struct build_options, member)
static const struct option build_option[] = {
	{ .name = "platform",
		.kind = OPTION_LIST,
		.offset = AT(platform),
		.value = "NAME[,NAME…]",
		.help = "compile for these platforms, or for all; else for those of the "
			"configuration, else for those whose directories the project "
			"has ('rune platforms' lists them)" },
	{ .name = "output",
		.kind = OPTION_TEXT,
		.offset = AT(output),
		.value = "DIR",
		.help = "write below DIR instead of the project's directory" },
	CLI_OPTION_SOURCE(AT(source)),
	CLI_OPTION_LIBRARY(AT(library)),
	{ .name = "disable",
		.kind = OPTION_LIST,
		.offset = AT(disable),
		.value = "NAME[,NAME…]",
		.help = "leave these skills out, beside those that are disabled "
			"already" },
	{ .name = "extensions",
		.kind = OPTION_LIST,
		.offset = AT(extensions),
		.value = "NAME[,NAME…]",
		.help = "compile only these extensions" },
	{ .name = "context",
		.kind = OPTION_TEXT,
		.offset = AT(context),
		.value = "TOKENS",
		.help = "fit the list of skills for a model with this context, 1m for "
			"example (default: output.context of the configuration, else "
			"200k)" },
	{ .name = "dry-run",
		.offset = AT(dry_run),
		.help = "write nothing; say what would be written" },
	{ .name = "diff",
		.offset = AT(diff),
		.help = "write nothing; print what would change as a unified diff" },
	{ .name = "check",
		.offset = AT(check),
		.help = "write nothing; exit with 1 if a build would change a file" },
	{ .name = "force",
		.offset = AT(force),
		.help = "overwrite files that are not rune's or were changed by hand" },
	{ .name = "prune",
		.offset = AT(prune),
		.help = "delete what earlier builds wrote for platforms that this one is "
			"not for" },
	{ .name = "strict",
		.offset = AT(strict),
		.no = "off",
		.help = "write nothing at all if there is an error (--no-strict: the "
			"skills without errors are written)" },
	{ .name = "jobs",
		.letter = 'j',
		.kind = OPTION_NUMBER,
		.offset = AT(jobs),
		.value = "N",
		.max = MAX_JOBS,
		.help = "use N threads (default: one per processor)" },
};
#undef AT

/* ---- what was done --------------------------------------------------------------- */

/* A path below the output directory, as one types it here. */
static struct str place(struct cli *c, const struct rune *r, const char *path)
{
	struct str joined = path_join(c->a, str_c(rune_output_dir(r)), str_c(path));

	return path_normalize(c->a, joined);
}

static void print_platform(
	struct cli *c, const struct rune *r, const struct rune_summary *s)
{
	struct term *t = &c->term;

	term_style(t, TERM_BOLD, str_c(s->platform));
	if (s->unusable) {
		term_put(t, ": nothing of it can be written\n");
		return;
	}
	term_putf(t, ": %zu skills, %zu extensions", s->skills, s->extensions);
	if (s->parts)
		term_putf(t, " with %zu parts", s->parts);
	if (s->roles)
		term_putf(t, ", %zu roles", s->roles);
	term_putf(t, "; %zu files in %.*s\n", s->files, STR_ARG(place(c, r, s->root)));
}

static const char *action_color(enum rune_action action)
{
	switch (action) {
	case RUNE_CREATE: return TERM_GREEN;
	case RUNE_UPDATE: return TERM_YELLOW;
	case RUNE_DELETE:
	case RUNE_REFUSE: return TERM_RED;
	case RUNE_SAME:
	case RUNE_FORGET:
	case RUNE_KEEP: break;
	}
	return TERM_DIM;
}

/* Every path with what happens to it; `all` includes those to which nothing does. */
static void print_changes(struct cli *c, const struct rune *r, bool all)
{
	for (size_t i = 0; i < rune_change_count(r); i++) {
		const struct rune_change *ch = rune_change(r, i);
		bool idle = ch->action == RUNE_SAME || ch->action == RUNE_FORGET ||
			    ch->action == RUNE_KEEP;

		if (idle && !all)
			continue;
		term_style(&c->term, action_color(ch->action),
			str_fmt(c->a, "%-6s", rune_action_name(ch->action)));
		term_putf(&c->term, " %.*s%s%s\n", STR_ARG(place(c, r, ch->path)),
			*ch->reason ? ": " : "", ch->reason);
	}
}

static void print_totals(struct cli *c, const struct rune *r, bool plan)
{
	static const struct {
		enum rune_action action;
		const char *done, *planned;
	} total[] = {
		{ RUNE_CREATE, "created", "to create" },
		{ RUNE_UPDATE, "updated", "to update" },
		{ RUNE_DELETE, "deleted", "to delete" },
		{ RUNE_SAME, "unchanged", "unchanged" },
		{ RUNE_KEEP, "kept", "to keep" },
	};
	const char *separator = "";

	for (size_t i = 0; i < COUNTOF(total); i++) {
		size_t n = rune_change_total(r, total[i].action);

		if (!n)
			continue;
		term_putf(&c->term, "%s%zu %s", separator, n,
			plan ? total[i].planned : total[i].done);
		separator = ", ";
	}
	if (plan)
		term_put(&c->term, "; nothing was written");
}

static size_t changed(const struct rune *r)
{
	return rune_change_total(r, RUNE_CREATE) + rune_change_total(r, RUNE_UPDATE) +
	       rune_change_total(r, RUNE_DELETE);
}

/* The line that says what became of the files. */
static void print_outcome(struct cli *c, const struct rune *r, double seconds)
{
	const struct build_options *o = c->values;
	bool plan = o->dry_run || o->check;
	struct term *t = &c->term;

	if (!changed(r) && rune_status(r) == RUNE_FAILED)
		term_put(t, "nothing was written");
	else if (!changed(r))
		term_putf(t, "nothing to do: %zu files are up to date",
			rune_change_total(r, RUNE_SAME));
	else if (plan || rune_wrote(r))
		print_totals(c, r, plan);
	else if (o->strict && rune_status(r) == RUNE_FINDINGS)
		term_put(t, "nothing was written: there are errors (--strict)");
	else if (rune_status(r) == RUNE_FAILED && !rune_wrote(r))
		term_put(t,
			"not all was written, for the reason given above: mend it, and "
			"build again");
	else
		term_put(t, "not all was written: the next build completes it");
	if (t->tty_out)
		term_putf(t, " (%.0f ms)", seconds * 1000);
	term_put(t, "\n");
}

static bool has_errors(const struct rune *r)
{
	for (size_t i = 0; i < rune_diagnostic_count(r); i++)
		if (rune_diagnostic(r, i)->severity >= RUNE_ERROR)
			return true;
	return false;
}

/* Last, because it is what a reader must not miss. */
static void print_left(struct cli *c, const struct build_options *o, struct rune *r)
{
	size_t refused = rune_change_total(r, RUNE_REFUSE), failed = 0, all = 0;

	if (refused)
		term_putf(&c->term, "%zu %s left alone, for the reason given above%s\n",
			refused, refused == 1 ? "file was" : "files were",
			o->force ? ""
				 : " (--force overwrites what is not rune's or was "
				   "changed by hand)");
	for (size_t i = 0; i < rune_summary_count(r); i++) {
		const struct rune_summary *s = rune_summary(r, i);

		if (s->failed <= failed)
			continue;
		failed = s->failed;
		all = s->skills + s->extensions + s->failed;
	}
	if (failed)
		term_putf(&c->term, "%zu of %zu skills had errors and %s left as %s\n",
			failed, all, failed == 1 ? "was" : "were",
			failed == 1 ? "it was" : "they were");
	else if (!refused && rune_wrote(r) && has_errors(r))
		term_put(&c->term, "what had errors was left as it was\n");
	/* who names a platform means that one; who changes the configuration may have
	 * forgotten the others */
	if (!o->platform.v && *rune_others(r))
		term_putf(&c->term,
			"files of earlier builds for %s stay (--prune deletes "
			"them)\n",
			rune_others(r));
}

static void print_summary(struct cli *c, struct rune *r, double seconds)
{
	const struct build_options *o = c->values;

	if (rune_detected(r))
		term_putf(&c->term, "%s\n", rune_detected(r));
	for (size_t i = 0; i < rune_summary_count(r); i++)
		print_platform(c, r, rune_summary(r, i));
	if (c->global.verbose || o->dry_run || o->check)
		print_changes(c, r, c->global.verbose);
	print_outcome(c, r, seconds);
	print_left(c, o, r);
}

/* Only the patch goes to stdout, so that it can be piped into patch(1). */
static void print_diff(struct cli *c, struct rune *r)
{
	struct str diff = str_c(rune_diff(r)), line;

	if (!c->term.color_out) {
		buf_add(&c->term.out, diff);
		return;
	}
	while (str_line(&diff, &line)) {
		const char *sgr = "";

		if (str_starts(line, STR("+++")) || str_starts(line, STR("---")))
			sgr = TERM_BOLD;
		else if (str_starts(line, STR("+")))
			sgr = TERM_GREEN;
		else if (str_starts(line, STR("-")))
			sgr = TERM_RED;
		else if (str_starts(line, STR("@@")))
			sgr = TERM_CYAN;
		if (*sgr)
			term_style(&c->term, sgr, line);
		else
			buf_add(&c->term.out, line);
		term_put(&c->term, "\n");
	}
}

/* Many notes bury what is worse than a note. */
static void print_diagnostics(struct cli *c, struct rune *r)
{
	enum rune_severity min = c->global.quiet ? RUNE_ERROR : RUNE_NOTE;
	size_t notes = 0;

	for (size_t i = 0; i < rune_diagnostic_count(r); i++)
		notes += rune_diagnostic(r, i)->severity == RUNE_NOTE;
	if (min == RUNE_NOTE && !c->global.verbose && notes > MAX_NOTES)
		min = RUNE_WARNING;
	term_error(&c->term, str_c(rune_diagnostics_text(r, c->term.color_err, min)));
	if (min == RUNE_WARNING)
		term_error(&c->term,
			str_fmt(c->a, "rune: %zu notes are not shown: -v shows them\n",
				notes));
}

/* ---- the command ----------------------------------------------------------------- */

static double now(void)
{
	struct timespec ts;

	if (timespec_get(&ts, TIME_UTC) != TIME_UTC)
		return 0;
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static struct rune *compile(const struct build_options *o)
{
	struct rune_options options = {
		.size = sizeof(options),
		.output_dir = o->output,
		.source = o->source,
		.library_dir = o->library,
		.platforms = o->platform.v,
		.disable = o->disable.v,
		.extensions = o->extensions.v,
		.jobs = o->jobs,
		.context = o->context ? tokens_parse(str_c(o->context)) : 0,
	};

	return rune_compile(&options);
}

static int run(struct cli *c)
{
	const struct build_options *o = c->values;
	struct rune_commit_options commit = {
		.size = sizeof(commit),
		.force = o->force,
		.prune = o->prune,
		.dry_run = o->dry_run || o->diff,
		.strict = o->strict,
		.check = o->check,
	};
	double start = now();
	enum rune_status status;
	struct rune *r;

	if (o->context && !tokens_parse(str_c(o->context)))
		return cli_no_tokens(c, o->context);
	os_say_when_interrupted();
	r = compile(o);
	status = rune_commit(r, &commit);
	if (c->global.json) {
		term_put(&c->term, rune_report_json(r, o->diff));
	} else {
		print_diagnostics(c, r);
		if (o->diff)
			print_diff(c, r);
		else if (!c->global.quiet && rune_summary_count(r))
			print_summary(c, r, now() - start);
	}
	rune_free(r);
	return (int)status;
}

static const char build_text[] =
	"Paths are relative to the current directory. The project is the current "
	"directory, or the nearest one above it in its repository that has a "
	"rune.config.json.\n"
	"Only files that rune wrote are ever overwritten or deleted; .rune/manifest.json "
	"in the output directory lists them. A skill with errors is not written, and "
	"what an earlier build made of it stays.\n"
	"Exit status: 0 all is well; 1 some skills had errors, files were refused or "
	"(--check) differ; 2 the command line or the configuration is wrong; 3 reading "
	"or writing failed.";

const struct command command_build = {
	.name = "build",
	.summary = "compile the skills into what the platforms load",
	.text = build_text,
	.option = build_option,
	.noption = COUNTOF(build_option),
	.values_size = sizeof(struct build_options),
	.json = true,
	.run = run,
};
