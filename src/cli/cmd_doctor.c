#include <stdio.h>

#include "cli/cli.h"
#include "rune/os.h"
#include "rune/rune.h"
#include "rune/str.h"

#define MAX_JOBS     1024
#define MAX_STDIN    (16u << 20)
#define MAX_WARNINGS 1000000

struct doctor_options {
	struct option_list platform, rule, only;
	const char *output, *baseline, *path, *max_warnings;
	bool strict, mesh, fix, dry_run, diff, update_baseline, from_stdin;
	unsigned format, jobs;
};

static const char *const format_names[] = { "text", "json", "sarif", "github", "junit",
	NULL };

#define AT(member) offsetof(struct doctor_options, member)
static const struct option doctor_option[] = {
	{ .name = "platform",
		.kind = OPTION_LIST,
		.offset = AT(platform),
		.value = "NAME[,NAME…]",
		.help = "judge by the limits of these platforms, or of all; else by "
			"those "
			"of the configuration, else by all" },
	{ .name = "format",
		.kind = OPTION_CHOICE,
		.offset = AT(format),
		.value = "FORMAT",
		.choice = format_names,
		.help = "text (default), json, sarif, github (workflow commands) or "
			"junit" },
	{ .name = "output",
		.kind = OPTION_TEXT,
		.offset = AT(output),
		.value = "FILE",
		.help = "write the findings to FILE; only the last line is printed" },
	{ .name = "strict",
		.offset = AT(strict),
		.no = "off",
		.help = "fail on warnings, too" },
	{ .name = "max-warnings",
		.kind = OPTION_TEXT,
		.offset = AT(max_warnings),
		.value = "N",
		.help = "fail if there are more than N warnings" },
	{ .name = "rule",
		.kind = OPTION_LIST,
		.offset = AT(rule),
		.value = "CODE=LEVEL",
		.help = "set a rule to off, note, warn or error, whatever the "
			"configuration says; may be repeated" },
	{ .name = "only",
		.kind = OPTION_LIST,
		.offset = AT(only),
		.value = "CODE[,CODE…]",
		.help = "report these rules only" },
	{ .name = "mesh",
		.offset = AT(mesh),
		.help = "report the rules about connections only, and count these" },
	{ .name = "fix", .offset = AT(fix), .help = "mend what can be mended safely" },
	{ .name = "dry-run",
		.offset = AT(dry_run),
		.help = "with --fix: change nothing; say which files would be changed" },
	{ .name = "diff",
		.offset = AT(diff),
		.help = "with --fix: change nothing; print what would be changed" },
	{ .name = "baseline",
		.kind = OPTION_TEXT,
		.offset = AT(baseline),
		.value = "FILE",
		.no = "none",
		.help = "leave out the findings that FILE lists; without the option, "
			"rune-baseline.json of the project, if there is one" },
	{ .name = "update-baseline",
		.offset = AT(update_baseline),
		.help = "write the findings that there are to the baseline" },
	{ .name = "stdin",
		.offset = AT(from_stdin),
		.help = "read one file from the standard input; --path says which. With "
			"--fix, print it mended" },
	{ .name = "path",
		.kind = OPTION_TEXT,
		.offset = AT(path),
		.value = "NAME",
		.help = "with --stdin: the path of the file, which need not exist" },
	{ .name = "jobs",
		.letter = 'j',
		.kind = OPTION_NUMBER,
		.offset = AT(jobs),
		.value = "N",
		.max = MAX_JOBS,
		.help = "use N threads (default: one per processor)" },
};
#undef AT

/* ---- options -------------------------------------------------------------------- */

static int unknown_rule(struct cli *c, struct str code)
{
	const char *near = rune_rule_nearest(str_dupz(c->a, code));
	struct str hint = STR("'rune rules' lists them");

	if (near)
		hint = str_fmt(c->a, "did you mean '%s'?", near);
	return cli_usage(
		c, str_fmt(c->a, "there is no rule '%.*s'", STR_ARG(code)), hint);
}

/* The codes before a '=' must be known: told before anything is read. */
static int check_rules(struct cli *c, const struct option_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct str text = str_c(list->v[i]);
		struct str code = str_sub(text, 0, str_find_char(text, '=', 0));

		if (!rune_rule_find(str_dupz(c->a, code)))
			return unknown_rule(c, code);
	}
	return EXIT_CLEAN;
}

static int read_max_warnings(struct cli *c, unsigned *out)
{
	const struct doctor_options *o = c->values;
	unsigned long n = 0;
	const char *p = o->max_warnings;

	for (; char_is_digit(*p) && n <= MAX_WARNINGS; p++)
		n = n * 10 + (unsigned long)(*p - '0');
	if (*p || p == o->max_warnings || n > MAX_WARNINGS)
		return cli_usage(c,
			str_fmt(c->a,
				"option '--max-warnings' takes a number from 0 to %d, "
				"not "
				"'%s'",
				MAX_WARNINGS, o->max_warnings),
			STR_NONE);
	*out = (unsigned)n;
	return EXIT_CLEAN;
}

static const char *conflict(const struct cli *c)
{
	const struct doctor_options *o = c->values;

	if ((o->dry_run || o->diff) && !o->fix)
		return "'--dry-run' and '--diff' are for '--fix'";
	if (o->from_stdin != (o->path != NULL))
		return "'--stdin' and '--path NAME' need each other";
	if (o->from_stdin && c->narg)
		return "with '--stdin', '--path' names the only file";
	if (o->from_stdin && o->update_baseline)
		return "a baseline is of a whole project, not of '--stdin'";
	if (o->update_baseline && o->fix)
		return "'--fix' and '--update-baseline' exclude each other";
	return NULL;
}

/* ---- results -------------------------------------------------------------------- */

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void add_count(struct buf *b, const char **separator, size_t n, const char *what)
{
	if (!n)
		return;
	buf_addf(b, "%s%zu %s%s", *separator, n, what, plural(n));
	*separator = ", ";
}

static void add_aside(struct buf *b, const struct rune_checked *k)
{
	const char *separator = " (";

	add_count(b, &separator, k->suppressed, "suppressed finding");
	add_count(b, &separator, k->known, "known finding");
	if (separator[0] == ',')
		buf_addc(b, ')');
}

/* "8 skills, 2 packs, 46 files checked" */
static void add_checked(struct buf *b, const struct rune_checked *k)
{
	const char *separator = "";

	add_count(b, &separator, k->skills, "skill");
	add_count(b, &separator, k->packs, "pack");
	add_count(b, &separator, k->texts, "text");
	add_count(b, &separator, k->files, "file");
	buf_addz(b, *separator ? " checked" : "nothing of yours to check");
	if (k->output)
		buf_addz(b, ", and what was emitted");
	add_aside(b, k);
}

/* The line that nobody must miss. */
static struct str verdict(struct cli *c, const struct rune *r)
{
	const struct rune_checked *k = rune_checked(r);
	const char *separator = "";
	struct buf b = BUF_INIT(c->a);

	add_count(&b, &separator, k->errors, "error");
	add_count(&b, &separator, k->warnings, "warning");
	add_count(&b, &separator, k->notes, "note");
	if (!*separator)
		buf_addz(&b, "all is well");
	buf_addz(&b, ": ");
	add_checked(&b, k);
	if (k->fixable)
		buf_addf(&b, "; --fix mends %zu", k->fixable);
	return buf_str(&b);
}

static void print_verdict(struct cli *c, const struct rune *r)
{
	bool bad = rune_status(r) != RUNE_OK;
	struct str text = verdict(c, r);

	term_style(&c->term, bad ? TERM_RED : TERM_GREEN, text);
	term_put(&c->term, "\n");
}

static void print_changes(struct cli *c, const struct rune *r)
{
	const struct doctor_options *o = c->values;
	size_t n = rune_checked(r)->fixed;

	if (!o->fix)
		return;
	for (size_t i = 0; i < rune_change_count(r); i++)
		term_putf(&c->term, "%s %s\n",
			rune_change(r, i)->action == RUNE_REFUSE ? "left alone"
			: o->dry_run				 ? "would mend"
								 : "mended",
			rune_change(r, i)->path);
	if (n)
		term_putf(&c->term, "%zu finding%s %s\n", n, plural(n),
			o->dry_run ? "would be gone" : "gone");
}

static void print_mesh(struct cli *c, const struct rune *r)
{
	const struct rune_checked *k = rune_checked(r);

	term_putf(&c->term,
		"mesh: %zu skill%s, %zu pack%s, %zu connection%s, %zu signal%s\n",
		k->skills, plural(k->skills), k->packs, plural(k->packs), k->connections,
		plural(k->connections), k->signals, plural(k->signals));
}

/* Anything the user must hear of, even with -q. */
static bool has_findings(const struct rune *r)
{
	return rune_status(r) != RUNE_OK;
}

static const char *report(struct cli *c, struct rune *r, bool color, size_t *size)
{
	const struct doctor_options *o = c->values;
	struct rune_report_options ro = {
		.size = sizeof(ro),
		.format = c->global.json ? RUNE_JSON : (enum rune_format)o->format,
		.color = color,
		.min = !c->global.quiet		      ? RUNE_NOTE
		       : o->strict || o->max_warnings ? RUNE_WARNING
						      : RUNE_ERROR,
	};

	return rune_report(r, &ro, size);
}

static bool write_output(struct cli *c, struct rune *r)
{
	const struct doctor_options *o = c->values;
	size_t size;
	const char *text = report(c, r, false, &size);
	FILE *f = fopen(o->output, "wb");
	bool ok = f && fwrite(text, 1, size, f) == size;

	ok = f && !fclose(f) && ok;
	if (!ok)
		term_error(&c->term,
			str_fmt(c->a, "rune doctor: cannot write '%s'\n", o->output));
	return ok;
}

static void print_text(struct cli *c, struct rune *r)
{
	const struct doctor_options *o = c->values;
	size_t size;

	if (rune_status(r) == RUNE_USAGE) {
		term_error(&c->term, str_c(report(c, r, c->term.color_err, &size)));
		return;
	}
	if (!o->output)
		term_put(&c->term, report(c, r, c->term.color_out, &size));
	if (c->global.quiet && !has_findings(r))
		return;
	print_changes(c, r);
	if (o->mesh)
		print_mesh(c, r);
	print_verdict(c, r);
}

static int print(struct cli *c, struct rune *r)
{
	const struct doctor_options *o = c->values;
	bool machine = c->global.json || o->format != RUNE_TEXT;
	size_t size;

	if (o->output && !write_output(c, r))
		return EXIT_BROKEN;
	if (o->fix && (o->diff || o->from_stdin)) {
		term_error(&c->term, str_c(report(c, r, c->term.color_err, &size)));
		if (o->diff)
			term_put(&c->term, rune_diff(r));
		else
			buf_add(&c->term.out, str_c(rune_fixed_text(r, &size)));
	} else if (machine && !o->output) {
		const char *text = report(c, r, false, &size);

		buf_add(&c->term.out, (struct str){ text, size });
	} else {
		print_text(c, r);
	}
	return (int)rune_status(r);
}

/* ---- the command ---------------------------------------------------------------- */

static int update_baseline(struct cli *c, struct rune *r)
{
	const struct doctor_options *o = c->values;
	const struct rune_checked *k = rune_checked(r);
	size_t size, n = k->errors + k->warnings + k->notes;

	if (rune_status(r) == RUNE_USAGE || rune_status(r) == RUNE_FAILED)
		return print(c, r);
	if (!rune_baseline_write(r, o->baseline)) {
		term_error(&c->term, str_c(report(c, r, c->term.color_err, &size)));
		return EXIT_BROKEN;
	}
	if (!c->global.quiet)
		term_putf(&c->term, "the baseline has %zu finding%s now\n", n, plural(n));
	return EXIT_CLEAN;
}

static enum rune_fix fix_mode(const struct doctor_options *o)
{
	if (!o->fix)
		return RUNE_FIX_NONE;
	return o->dry_run || o->diff || o->from_stdin ? RUNE_FIX_PLAN : RUNE_FIX_WRITE;
}

static int run_doctor(struct cli *c, const struct rune_doctor_options *options)
{
	const struct doctor_options *o = c->values;
	struct rune *r = rune_doctor(options);
	int status = o->update_baseline ? update_baseline(c, r) : print(c, r);

	rune_free(r);
	return status;
}

/* The one file that comes from the standard input. */
static int read_stdin(struct cli *c, struct rune_doctor_options *d)
{
	const struct doctor_options *o = c->values;
	struct str text;
	int err = os_read_fd(0, MAX_STDIN, c->a, &text);

	if (err) {
		term_error(&c->term,
			str_fmt(c->a, "rune doctor: cannot read the standard input: %s\n",
				os_strerror(err)));
		return EXIT_BROKEN;
	}
	d->path_in = o->path;
	d->bytes_in = text.p;
	d->size_in = text.n;
	return EXIT_CLEAN;
}

/* With a NULL after the last one; NULL: there is none. */
static const char *const *paths_of(struct cli *c)
{
	const struct doctor_options *o = c->values;
	const char **v = arena_array(c->a, const char *, c->narg + 2);

	if (o->from_stdin)
		v[0] = o->path;
	for (size_t i = 0; i < c->narg; i++)
		v[i] = c->arg[i];
	return v[0] ? v : NULL;
}

static const char *baseline_of(const struct doctor_options *o)
{
	bool none = o->baseline && !strcmp(o->baseline, "none");

	return o->update_baseline || none ? "" : o->baseline;
}

static int run(struct cli *c)
{
	const struct doctor_options *o = c->values;
	struct rune_doctor_options d = {
		.size = sizeof(d),
		.paths = paths_of(c),
		.platforms = o->platform.v,
		.severities = o->rule.v,
		.only = o->only.v,
		.mesh = o->mesh,
		.strict = o->strict,
		.baseline = baseline_of(o),
		.fix = fix_mode(o),
		.jobs = o->jobs,
	};
	const char *wrong = conflict(c);
	unsigned max_warnings;
	int status;

	if (wrong)
		return cli_usage(c, str_c(wrong), STR_NONE);
	if (check_rules(c, &o->rule) || check_rules(c, &o->only))
		return EXIT_USAGE;
	if (o->max_warnings) {
		if (read_max_warnings(c, &max_warnings))
			return EXIT_USAGE;
		d.max_warnings = &max_warnings;
	}
	status = o->from_stdin ? read_stdin(c, &d) : EXIT_CLEAN;
	return status ? status : run_doctor(c, &d);
}

static const char doctor_text[] =
	"A PATH is a skill, a pack, a root, a single file, or any directory that holds "
	"skills at any depth (.claude/skills, plugins/*/skills, …). Without one, the "
	"project is checked: its sources, its own directories, and whether what was "
	"emitted "
	"is what a build would emit.\n"
	"'rune explain CODE' says more about a finding. The configuration sets rules to "
	"off, "
	"note, warn or error for all files or for some: \"rules\": {\"RN5003\": \"off\", "
	"\"overrides\": [{\"files\": \"skills/old/**\", \"rules\": {…}}]}. In a text, "
	"<!-- "
	"rune-disable-next-line CODE -- reason --> suppresses one finding (in "
	"frontmatter "
	"and scripts: # rune-disable-next-line CODE -- reason). What is fatal cannot be "
	"lowered, and findings about security (RN7xxx) cannot be suppressed by the file "
	"that "
	"they are about.\n"
	"Exit status: 0 all is well, or only notes and warnings; 1 there are errors, or "
	"warnings with --strict or beyond --max-warnings; 2 the command line or the "
	"configuration is wrong; 3 reading or writing failed.";

const struct command command_doctor = {
	.name = "doctor",
	.summary = "find what is wrong with skills before their users do",
	.arguments = "[PATH…]",
	.text = doctor_text,
	.option = doctor_option,
	.noption = COUNTOF(doctor_option),
	.values_size = sizeof(struct doctor_options),
	.max_args = SIZE_MAX,
	.json = true,
	.run = run,
};
