#include "cli/cli.h"

static int run(struct cli *c)
{
	const struct command *about = NULL;

	if (c->narg) {
		about = cli_command_find(c->arg[0]);
		if (!about)
			return cli_unknown_command(c, c->arg[0]);
	}
	cli_help(c, about);
	return EXIT_CLEAN;
}

const struct command command_help = {
	.name = "help",
	.summary = "print help, about a command if one is named",
	.arguments = "[COMMAND]",
	.max_args = 1,
	.run = run,
};
