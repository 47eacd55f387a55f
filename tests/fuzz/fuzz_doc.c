/* fuzz_doc - any bytes as a document: it is refused with a report, or all that
 * tests/unit/doc_invariants.h says holds of it. */
#include <stdio.h>
#include <stdlib.h>

#include "rune/diag.h"
#include "rune/doc.h"
#include "unit/doc_invariants.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_doc: %s\n", what);
	abort();
}

/* Every report points into the source. */
static void check_reports(const struct diag_sink *sink, const struct source *src)
{
	for (size_t i = 0; i < sink->n; i++) {
		const struct diag *d = sink->v[i];

		expect(d->at.src == src->id, "a report has no position");
		expect(span_end(d->at) <= src->text.n, "a report points outside");
		for (const struct diag_note *n = d->notes; n; n = n->next)
			expect(!n->at.src || span_end(n->at) <= src->text.n,
				"a note points outside");
	}
}

static void check_node(const struct doc *d, const struct fm_node *node, unsigned depth)
{
	expect(depth <= FM_MAX_DEPTH, "the frontmatter is too deep");
	expect(span_within(node->span, d->frontmatter), "a value is outside");
	for (size_t i = 0; i < node->n; i++) {
		const struct fm_entry *e = &node->entry[i];

		if (node->kind == FM_MAP)
			expect(span_within(e->key_span, d->frontmatter),
				"a key is outside");
		if (node->kind == FM_MAP)
			expect(fm_get(node, e->key) == &e->value, "a key is there twice");
		check_node(d, &e->value, depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct source_set set;
	struct diag_sink sink;
	const struct source *src;
	const struct doc *d;

	source_set_init(&set, &a);
	diag_sink_init(&sink, &a, NULL);
	src = source_add(
		&set, STR("x.md"), (struct str){ (const char *)data, size }, SOURCE_FILE);
	d = doc_parse(src, size & 1 ? DOC_NEED_FRONTMATTER : 0, &a, &sink);
	expect(d || sink.n, "refused without a report");
	check_reports(&sink, src);
	if (d) {
		const char *bad = doc_invariants(d);

		expect(!bad, bad);
		check_node(d, &d->meta, 1);
	}
	arena_release(&a);
	return 0;
}
