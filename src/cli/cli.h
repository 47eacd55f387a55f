/* cli.h - commands: their table, dispatch, generated help.
 *
 * A command is a const struct command in its own cmd_<name>.c and a line of
 * command_table in cli.c. */
#ifndef RUNE_CLI_CLI_H
#define RUNE_CLI_CLI_H

#include "cli/options.h"
#include "cli/term.h"

enum exit_status {
	EXIT_CLEAN = 0,
	EXIT_FINDINGS = 1, /* findings, refusals, drift */
	EXIT_USAGE = 2, /* command line or configuration */
	EXIT_BROKEN = 3, /* input or output failed */
};

/* Options that every command takes, also before its name. */
struct global_options {
	bool help, version, json, quiet, verbose;
	unsigned color; /* enum term_color */
};

/* Options that several commands have: what to take the skills from. */
#define CLI_OPTION_SOURCE(at)                                                          \
	{                                                                              \
		.name = "source", .kind = OPTION_TEXT, .offset = (at), .value = "DIR", \
		.help = "take the skills and extensions in DIR, instead of the "       \
			"configured sources and the built-in library"                  \
	}
#define CLI_OPTION_LIBRARY(at)                                                          \
	{                                                                               \
		.name = "library", .kind = OPTION_TEXT, .offset = (at), .value = "DIR", \
		.help = "read the library from DIR instead of the built-in one"         \
	}

struct command;

struct cli {
	struct arena *a;
	struct term term;
	struct global_options global;
	const struct command *command;
	const char **arg; /* what follows the options */
	size_t narg;
	void *values; /* the command's own struct, filled from its options */
};

struct command {
	const char *name;
	const char *summary; /* for the list of commands */
	const char *arguments; /* for the usage line: "[NAME]"; may be NULL */
	const char *text; /* more, after the options: paragraphs, each a line */
	const struct option *option;
	size_t noption;
	size_t values_size;
	size_t max_args;
	bool json; /* takes --json */
	int (*run)(struct cli *c); /* returns an exit_status */
};

extern const struct command command_budget, command_build, command_doctor,
	command_explain, command_help, command_init, command_list, command_platforms,
	command_rules, command_version;

/* All of the program but the environment of the process. */
int cli_main(int argc, char **argv);

/* Commands in listing order; NULL after the last one. */
const struct command *cli_command(size_t i);
const struct command *cli_command_find(const char *name);
/* The help of one command, or of all if NULL, among the results. */
void cli_help(struct cli *c, const struct command *command);
/* "rune build: <message>" and the hint, on stderr; returns EXIT_USAGE. */
int cli_usage(struct cli *c, struct str message, struct str hint);
/* `text` as a cell of a Markdown table. */
struct str cli_cell(struct cli *c, const char *text);
/* Says that `s` is no number of tokens; returns EXIT_USAGE. */
int cli_no_tokens(struct cli *c, const char *s);
int cli_unknown_command(struct cli *c, const char *name);

#endif
