#include "cli/cli.h"

#include "rune/os.h"
#include "rune/rune.h"
#include "rune/str.h"

#define MAX_COMMANDS 64

static const struct command *const command_table[] = {
	&command_build,
	&command_doctor,
	&command_list,
	&command_budget,
	&command_explain,
	&command_rules,
	&command_init,
	&command_platforms,
	&command_version,
	&command_help,
};

static const char *const color_names[] = { "auto", "always", "never", NULL };

#define GLOBAL(member) offsetof(struct global_options, member)
static const struct option global_option[] = {
	{ .name = "help",
		.letter = 'h',
		.offset = GLOBAL(help),
		.help = "print this help" },
	{ .name = "version",
		.offset = GLOBAL(version),
		.help = "print the version of rune" },
	{ .name = "json",
		.offset = GLOBAL(json),
		.help = "print the result as JSON, and nothing else" },
	{ .name = "quiet",
		.letter = 'q',
		.offset = GLOBAL(quiet),
		.help = "print errors only" },
	{ .name = "verbose",
		.letter = 'v',
		.offset = GLOBAL(verbose),
		.help = "say more" },
	{ .name = "color",
		.kind = OPTION_CHOICE,
		.offset = GLOBAL(color),
		.value = "WHEN",
		.choice = color_names,
		.no = "never",
		.help = "auto (on a terminal, unless NO_COLOR is set), always or never" },
};
#undef GLOBAL

const struct command *cli_command(size_t i)
{
	return i < COUNTOF(command_table) ? command_table[i] : NULL;
}

const struct command *cli_command_find(const char *name)
{
	for (size_t i = 0; i < COUNTOF(command_table); i++)
		if (!strcmp(command_table[i]->name, name))
			return command_table[i];
	return NULL;
}

/* ---- errors -------------------------------------------------------------------- */

int cli_usage(struct cli *c, struct str message, struct str hint)
{
	struct buf b = BUF_INIT(c->a);
	const char *name = c->command ? c->command->name : NULL;

	buf_addf(&b, "rune%s%s: %.*s\n", name ? " " : "", name ? name : "",
		STR_ARG(message));
	if (hint.n)
		buf_addf(&b, "    %.*s\n", STR_ARG(hint));
	buf_addf(&b, "    see 'rune help%s%s'\n", name ? " " : "", name ? name : "");
	term_error(&c->term, buf_str(&b));
	return EXIT_USAGE;
}

/* A pipe would end the cell. */
struct str cli_cell(struct cli *c, const char *text)
{
	struct buf b = BUF_INIT(c->a);

	for (; *text; text++) {
		if (*text == '|')
			buf_addc(&b, '\\');
		buf_addc(&b, *text);
	}
	return buf_str(&b);
}

int cli_no_tokens(struct cli *c, const char *s)
{
	return cli_usage(c, str_fmt(c->a, "'%s' is not a number of tokens", s),
		STR("for example --context 200k, 1m or 128000, from 1000 on"));
}

int cli_unknown_command(struct cli *c, const char *name)
{
	struct str names[MAX_COMMANDS], meant, hint = STR_NONE;
	size_t n = 0;

	for (; n < COUNTOF(command_table) && n < MAX_COMMANDS; n++)
		names[n] = str_c(command_table[n]->name);
	meant = name_suggest(str_c(name), names, n);
	if (meant.n)
		hint = str_fmt(c->a, "did you mean '%.*s'?", STR_ARG(meant));
	c->command = NULL;
	return cli_usage(c, str_fmt(c->a, "unknown command '%s'", name), hint);
}

/* `rune --platform x build`: right option, wrong place. */
static struct str early_option_hint(struct cli *c, const char *word)
{
	struct str name = str_c(word);

	if (!str_starts(name, STR("--")))
		return STR_NONE;
	name = str_from(name, 2);
	name = str_sub(name, 0, str_find_char(name, '=', 0));
	for (size_t i = 0; i < COUNTOF(command_table); i++)
		for (size_t k = 0; k < command_table[i]->noption; k++)
			if (str_eq(str_c(command_table[i]->option[k].name), name))
				return str_fmt(c->a,
					"options of a command follow it: rune %s --%.*s",
					command_table[i]->name, STR_ARG(name));
	return STR_NONE;
}

/* ---- help ---------------------------------------------------------------------- */

static void heading(struct cli *c, const char *text)
{
	term_put(&c->term, "\n");
	term_style(&c->term, TERM_BOLD, str_c(text));
	term_put(&c->term, "\n");
}

static void global_help(struct cli *c, const struct command *command)
{
	struct option shown[COUNTOF(global_option)];
	struct option_set set = { shown, 0, NULL };

	for (size_t i = 0; i < COUNTOF(global_option); i++) {
		/* what a command refuses is not in its help */
		if (command && !command->json && !strcmp(global_option[i].name, "json"))
			continue;
		shown[set.n++] = global_option[i];
	}
	options_help(&c->term.out, &set, c->term.width);
}

static void program_help(struct cli *c)
{
	term_putf(&c->term, "rune v%s: a compiler for agent skills\n", rune_version());
	term_put(&c->term, "\nusage: rune COMMAND [OPTION…]\n");
	heading(c, "Commands");
	for (size_t i = 0; i < COUNTOF(command_table); i++) {
		const struct command *command = command_table[i];

		term_putf(&c->term, "  %-12s", command->name);
		text_wrap(&c->term.out, str_c(command->summary), 14, 14, c->term.width);
		term_put(&c->term, "\n");
	}
	heading(c, "Options of every command");
	global_help(c, NULL);
	term_put(&c->term, "\n'rune help COMMAND' says more about a command.\n");
}

void cli_help(struct cli *c, const struct command *command)
{
	struct str text, paragraph;
	struct option_set set;

	if (!command) {
		program_help(c);
		return;
	}
	term_putf(&c->term, "rune %s: %s\n", command->name, command->summary);
	term_putf(&c->term, "\nusage: rune %s%s%s%s\n", command->name,
		command->noption ? " [OPTION…]" : "", command->arguments ? " " : "",
		command->arguments ? command->arguments : "");
	if (command->noption) {
		heading(c, "Options");
		set = (struct option_set){ command->option, command->noption, NULL };
		options_help(&c->term.out, &set, c->term.width);
	}
	heading(c, "Options of every command");
	global_help(c, command);
	text = str_c(command->text);
	while (str_line(&text, &paragraph)) {
		term_put(&c->term, "\n");
		text_wrap(&c->term.out, paragraph, 0, 0, c->term.width);
		term_put(&c->term, "\n");
	}
}

/* "rune build cursor" is what people try first. */
static int unexpected(struct cli *c, const char *arg)
{
	struct str hint = STR_NONE;

	for (size_t i = 0; i < c->command->noption; i++)
		if (!strcmp(c->command->option[i].name, "platform"))
			hint = str_fmt(
				c->a, "if it is a platform, write '--platform %s'", arg);
	return cli_usage(c, str_fmt(c->a, "unexpected argument '%s'", arg), hint);
}

/* ---- dispatch ------------------------------------------------------------------ */

static int run_command(struct cli *c, int argc, char **argv, int next)
{
	struct option_set set[2] = {
		{ c->command->option, c->command->noption, c->values },
		{ global_option, COUNTOF(global_option), &c->global },
	};
	struct option_parser p = {
		.a = c->a, .set = set, .nset = COUNTOF(set), .next = next
	};

	if (!options_parse(&p, argc, argv))
		return cli_usage(c, p.error, p.hint);
	term_set_color(&c->term, (enum term_color)c->global.color);
	c->arg = p.arg;
	c->narg = p.narg;
	if (c->global.help) {
		cli_help(c, c->command);
		return EXIT_CLEAN;
	}
	if (c->global.version)
		return command_version.run(c);
	if (c->global.json && !c->command->json)
		return cli_usage(c, STR("'--json' is not for this command"), STR_NONE);
	if (c->global.quiet && c->global.verbose)
		return cli_usage(c, STR("'-q' and '-v' exclude each other"), STR_NONE);
	if (c->narg > c->command->max_args)
		return unexpected(c, c->arg[c->command->max_args]);
	return c->command->run(c);
}

static int run(struct cli *c, int argc, char **argv)
{
	struct option_set set = { global_option, COUNTOF(global_option), &c->global };
	struct option_parser p = {
		.a = c->a, .set = &set, .nset = 1, .stop_at_word = true, .next = 1
	};

	if (!options_parse(&p, argc, argv)) {
		struct str hint = early_option_hint(c, argv[p.next - 1]);

		return cli_usage(c, p.error, hint.n ? hint : p.hint);
	}
	if (p.next < argc) {
		c->command = cli_command_find(argv[p.next]);
		if (!c->command)
			return cli_unknown_command(c, argv[p.next]);
		c->values = arena_alloc(
			c->a, 1, c->command->values_size, _Alignof(max_align_t));
		return run_command(c, argc, argv, p.next + 1);
	}
	term_set_color(&c->term, (enum term_color)c->global.color);
	if (c->global.version)
		return command_version.run(c);
	if (c->global.help) {
		cli_help(c, NULL);
		return EXIT_CLEAN;
	}
	return cli_usage(c, STR("no command given"),
		STR("'rune build --platform NAME' compiles the skills for a platform"));
}

int cli_main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct cli c = { .a = &a };
	int status;

	term_init(&c.term, &a);
	status = run(&c, argc, argv);
	term_flush(&c.term);
	if (c.term.err) {
		term_error(&c.term, str_fmt(&a, "rune: cannot write the result: %s\n",
					    os_strerror(c.term.err)));
		status = EXIT_BROKEN;
	}
	arena_release(&a);
	return status;
}
