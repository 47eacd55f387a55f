#include "cli/cli.h"
#include "rune/rune.h"
#include "rune/str.h"

static const char *level(enum rune_severity s)
{
	switch (s) {
	case RUNE_NOTE: return "note";
	case RUNE_WARNING: return "warning";
	case RUNE_ERROR: return "error";
	case RUNE_FATAL: return "fatal";
	}
	return "off";
}

static void paragraph(struct cli *c, const char *heading, const char *text)
{
	term_put(&c->term, "\n");
	if (heading) {
		term_style(&c->term, TERM_BOLD, str_c(heading));
		term_put(&c->term, "\n");
	}
	text_wrap(&c->term.out, str_c(text), 0, 0, c->term.width);
	term_put(&c->term, "\n");
}

static void example(struct cli *c, const char *heading, const char *text)
{
	struct str rest = str_c(text), line;

	term_put(&c->term, "\n");
	term_style(&c->term, TERM_BOLD, str_c(heading));
	term_put(&c->term, "\n");
	while (str_line(&rest, &line))
		term_putf(&c->term, line.n ? "    %.*s\n" : "%.*s\n", STR_ARG(line));
}

static void explain(struct cli *c, const struct rune_rule *r)
{
	term_style(&c->term, TERM_BOLD, str_fmt(c->a, "%s %s", r->code, r->slug));
	term_putf(&c->term, " (%s)\n%s\n", level(r->severity), r->title);
	paragraph(c, NULL, r->why);
	example(c, "Bad", r->bad);
	example(c, "Good", r->good);
	paragraph(c, "Source", r->source);
}

static int run(struct cli *c)
{
	if (!c->narg)
		return cli_usage(
			c, STR("no rule is named"), STR("'rune rules' lists them"));
	for (size_t i = 0; i < c->narg; i++) {
		const struct rune_rule *r = rune_rule_find(c->arg[i]);
		const char *near = r ? NULL : rune_rule_nearest(c->arg[i]);

		if (!r)
			return cli_usage(c,
				str_fmt(c->a, "there is no rule '%s'", c->arg[i]),
				near ? str_fmt(c->a, "did you mean '%s'?", near)
				     : STR("'rune rules' lists them"));
		if (i)
			term_put(&c->term, "\n");
		explain(c, r);
	}
	return EXIT_CLEAN;
}

const struct command command_explain = {
	.name = "explain",
	.summary = "say what a rule is about, with examples",
	.arguments = "CODE|NAME…",
	.text = "A rule is named by its code (RN5003) or its name (link-broken).",
	.values_size = 1,
	.max_args = SIZE_MAX,
	.run = run,
};
