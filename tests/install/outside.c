/* outside - a program that knows only the installed header and library: compiles a root for
 * a platform, in memory, prints what came of it and looks for one path among the outputs;
 * with `commit`, writes them too. Also an example of the C API. */
#include <stdio.h>
#include <string.h>

#include <rune/rune.h>

static int found(struct rune *r, const char *path)
{
	size_t i;

	for (i = 0; i < rune_output_count(r); i++)
		if (!strcmp(rune_output(r, i)->path, path))
			return 1;
	return 0;
}

int main(int argc, char **argv)
{
	const char *platforms[2] = { NULL, NULL };
	struct rune_options options;
	struct rune *r;
	enum rune_status status;
	size_t i;

	if (argc < 5) {
		fputs("usage: outside PROJECT ROOT PLATFORM PATH [commit]\n", stderr);
		return 2;
	}
	platforms[0] = argv[3];
	memset(&options, 0, sizeof(options));
	options.size = sizeof(options);
	options.project_dir = argv[1];
	options.source = argv[2];
	options.platforms = platforms;

	r = rune_compile(&options);
	status = rune_status(r);
	printf("rune %s: status %d, %zu files\n", rune_version(), (int)status,
		rune_output_count(r));
	for (i = 0; i < rune_output_count(r); i++) {
		const struct rune_output *o = rune_output(r, i);

		printf("%s %zu bytes, for %s\n", o->path, o->size, o->platform);
	}
	for (i = 0; i < rune_diagnostic_count(r); i++) {
		const struct rune_diagnostic *d = rune_diagnostic(r, i);

		printf("%s:%u:%u: %s [%s]\n", d->path ? d->path : "-", d->line, d->column,
			d->message, d->code);
	}
	if (status == RUNE_OK && !found(r, argv[4])) {
		printf("%s is not among the outputs\n", argv[4]);
		status = RUNE_FINDINGS;
	}
	if (argc > 5)
		status = rune_commit(r, NULL);
	rune_free(r);
	return (int)status;
}
