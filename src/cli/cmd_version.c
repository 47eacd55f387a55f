#include "cli/cli.h"
#include "rune/rune.h"

static int run(struct cli *c)
{
	const char *name, *version;

	term_putf(&c->term, "rune v%s\n", rune_version());
	for (size_t i = 0; c->global.verbose && (name = rune_library(i, &version)); i++)
		term_putf(&c->term, "%s %s\n", name, version);
	return EXIT_CLEAN;
}

const struct command command_version = {
	.name = "version",
	.summary = "print the version of rune, with -v also of the libraries in it",
	.run = run,
};
