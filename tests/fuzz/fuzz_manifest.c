/* fuzz_manifest - any bytes as a manifest, which comes with the project and may be
 * hostile: refused with a report, or every path in it is one that rune may write
 * to, and writing and reading it again gives the same. */
#include <stdio.h>
#include <stdlib.h>

#include "emit/manifest.h"
#include "rune/outtree.h"
#include "rune/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_manifest: %s\n", what);
	abort();
}

static bool parse(
	struct manifest *m, struct arena *a, struct source_set *sources, struct str text)
{
	struct diag_sink sink;
	bool ok;

	diag_sink_init(&sink, a, NULL);
	manifest_init(m, a);
	ok = manifest_parse(m, source_add(sources, STR("m"), text, SOURCE_FILE), &sink);
	expect(ok || sink.n, "refused without a report");
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size }, once;
	struct arena a = { 0 };
	struct source_set sources;
	struct manifest m, again;

	source_set_init(&sources, &a);
	if (parse(&m, &a, &sources, text)) {
		for (size_t i = 0; i < m.n; i++) {
			expect(outtree_path_ok(&a, m.v[i].path), "a bad path");
			expect(m.v[i].npart > 0, "a file of nobody");
		}
		for (size_t i = 0; i < m.ndir; i++)
			expect(outtree_path_ok(&a, m.dir[i]), "a bad directory");
		once = manifest_write(&m);
		expect(parse(&again, &a, &sources, once), "what was written is refused");
		expect(str_eq(manifest_write(&again), once), "it reads back otherwise");
	}
	arena_release(&a);
	return 0;
}
