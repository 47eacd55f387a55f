/* fuzz_block - any bytes as a shared file: a region is set and taken out again
 * without changing a byte of what is around it, or its markers are refused. The
 * first byte chooses the comment style; the second is how long the body is. */
#include <stdio.h>
#include <stdlib.h>

#include "rune/block.h"
#include "rune/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct str owner = STR_INIT("x");

struct text {
	struct arena a;
	struct diag_sink sink;
	enum block_style style;
	struct str body;
};

static void expect(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_block: %s\n", what);
	abort();
}

static bool set(struct text *t, struct str in, struct str *out)
{
	return block_set(in, t->style, owner, t->body, SPAN_NONE, &t->a, &t->sink, out);
}

static bool take_out(struct text *t, struct str in, struct str *out)
{
	return block_remove(in, t->style, owner, SPAN_NONE, &t->a, &t->sink, out);
}

/* The region is new: it stands at the end, and goes without a trace. */
static void check_new(struct text *t, struct str in, struct str out)
{
	struct str back;

	expect(str_starts(out, in), "text before a new region was changed");
	expect(take_out(t, out, &back), "a new region cannot be removed");
	if (in.n && in.p[in.n - 1] != '\n')
		back.n -= out.p[in.n] == '\r' ? 2 : 1; /* its last line got an end */
	expect(str_eq(back, in), "removing a new region does not give the text back");
}

/* What was around a region that was there is around it still. */
static void check_known(struct text *t, struct str in, struct str old, struct str out)
{
	struct str now, before, after;

	expect(block_get(out, t->style, owner, &now), "the region is gone");
	before = str_sub(in, 0, (size_t)(old.p - in.p));
	after = str_from(in, before.n + old.n);
	/* but for the marker lines themselves, which are written anew */
	while (before.n && before.p[before.n - 1] == '\n')
		before.n--;
	while (before.n && before.p[before.n - 1] != '\n')
		before.n--;
	while (after.n && after.p[0] != '\n')
		after = str_from(after, 1);
	expect(str_starts(out, before), "text before the region was changed");
	expect(str_ends(out, after), "text after the region was changed");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text t = { 0 };
	struct str in, out, again, old = STR_NONE;
	bool known;
	size_t n;

	if (size < 2)
		return 0;
	n = data[1] < size - 2 ? data[1] : size - 2;
	diag_sink_init(&t.sink, &t.a, NULL);
	t.style = data[0] & 1 ? BLOCK_HASH : BLOCK_HTML;
	t.body = (struct str){ (const char *)data + 2, n };
	in = (struct str){ (const char *)data + 2 + n, size - 2 - n };
	known = block_get(in, t.style, owner, &old);
	if (set(&t, in, &out)) {
		expect(set(&t, out, &again), "what was set cannot be set again");
		expect(str_eq(out, again), "setting the same body changes the text");
		if (known)
			check_known(&t, in, old, out);
		else
			check_new(&t, in, out);
	} else {
		expect(t.sink.n > 0, "refused without a report");
	}
	arena_release(&t.a);
	return 0;
}
