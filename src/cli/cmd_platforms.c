#include "cli/cli.h"
#include "rune/rune.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* ---- all ------------------------------------------------------------------------- */

enum column { NAME, TITLE, SKILLS, CLIENT, NCOLUMN };

static const char *cell(const struct rune_platform *p, enum column column)
{
	switch (column) {
	case NAME: return p->name;
	case TITLE: return p->title;
	case SKILLS: return p->skills_path;
	case CLIENT: return p->custom ? "rune.config.json" : p->client;
	case NCOLUMN: break;
	}
	return "";
}

static void print_table(struct cli *c, const struct rune *r)
{
	static const char *const heading[NCOLUMN] = { "name", "title", "skills",
		"known from" };
	size_t width[NCOLUMN];

	for (enum column k = 0; k < NCOLUMN; k++) {
		width[k] = strlen(heading[k]);
		for (size_t i = 0; i < rune_platform_count(r); i++) {
			size_t w = utf8_width(str_c(cell(rune_platform(r, i), k)));

			width[k] = w > width[k] ? w : width[k];
		}
	}
	for (size_t i = 0; i <= rune_platform_count(r); i++) {
		struct buf line = BUF_INIT(c->a);

		for (enum column k = 0; k < NCOLUMN; k++) {
			const char *text =
				i ? cell(rune_platform(r, i - 1), k) : heading[k];

			buf_addz(&line, text);
			if (k + 1 < NCOLUMN)
				buf_fill(&line, ' ',
					width[k] - utf8_width(str_c(text)) + 2);
		}
		if (i)
			buf_add(&c->term.out, buf_str(&line));
		else
			term_style(&c->term, TERM_BOLD, buf_str(&line));
		term_put(&c->term, "\n");
	}
}

/* ---- one ------------------------------------------------------------------------- */

static void print_fact(struct cli *c, const char *what, const char *fact)
{
	if (*fact)
		term_putf(&c->term, "%-12s %s\n", what, fact);
}

static void print_platform(struct cli *c, const struct rune_platform *p)
{
	print_fact(c, "name", p->name);
	print_fact(c, "title", p->title);
	print_fact(c, "skills", p->skills_path);
	print_fact(c, "roles", p->roles_path);
	print_fact(c, "commands", p->commands_path);
	print_fact(c, "rules", p->rules_path);
	print_fact(c, "known from", p->custom ? "rune.config.json" : p->client);
}

static int unknown_platform(struct cli *c, const struct rune *r, const char *name)
{
	size_t n = rune_platform_count(r);
	struct str *names = arena_array(c->a, struct str, n), meant;
	struct buf hint = BUF_INIT(c->a);

	for (size_t i = 0; i < n; i++)
		names[i] = str_c(rune_platform(r, i)->name);
	meant = name_suggest(str_c(name), names, n);
	if (meant.n)
		buf_addf(&hint, "did you mean '%.*s'? ", STR_ARG(meant));
	buf_addz(&hint, "known are: ");
	for (size_t i = 0; i < n; i++)
		buf_addf(&hint, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
	return cli_usage(c, str_fmt(c->a, "Unknown platform '%s'", name), buf_str(&hint));
}

static int show(struct cli *c, struct rune *r)
{
	const struct rune_platform *p = NULL;

	if (c->narg) {
		p = rune_platform_find(r, c->arg[0]);
		if (!p)
			return unknown_platform(c, r, c->arg[0]);
	}
	if (c->global.json)
		term_put(&c->term, p ? rune_platform_json(r, p) : rune_platforms_json(r));
	else if (p)
		print_platform(c, p);
	else
		print_table(c, r);
	return EXIT_CLEAN;
}

static int run(struct cli *c)
{
	struct rune *r = rune_open(NULL);
	enum rune_status status = rune_status(r);
	int result;

	/* What is wrong with the configuration does not hide the built-in ones. */
	if (status != RUNE_OK)
		term_error(&c->term,
			str_c(rune_diagnostics_text(r, c->term.color_err, RUNE_ERROR)));
	result = show(c, r);
	rune_free(r);
	return result == EXIT_CLEAN ? (int)status : result;
}

const struct command command_platforms = {
	.name = "platforms",
	.summary = "list the platforms, or say more about one",
	.arguments = "[NAME]",
	.text = "With --json and NAME, prints the platform as an entry of \"adapters\" "
		"in "
		"rune.config.json: a base to copy and change.",
	.max_args = 1,
	.json = true,
	.run = run,
};
