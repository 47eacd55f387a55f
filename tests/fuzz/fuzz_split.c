/* fuzz_split - any text, split to any limit, can be put together again, and no file of it
 * is longer than the limit unless it cannot be cut. The first byte chooses the limit and
 * the layout; the rest is the text. */
#include <stdio.h>

#include "unit/split_invariants.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A skill may have some references of its own. */
static bool taken(const void *arg, struct str rel)
{
	(void)arg;
	return str_eq(rel, STR("references/part.md")) ||
	       str_eq(rel, STR("references/a.md"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t limits[] = { 500, 700, 1000, 1500, 2000, 3000, 4000, 8000 };
	const struct str header = STR("---\nname: x\n---\n");
	struct split_options o = {
		.name = STR("x"), .main_file = STR("SKILL.md"), .taken = taken
	};
	struct arena a = { 0 };
	struct split s;
	struct str text;
	const char *bad;

	if (!size || size > 1 << 14)
		return 0;
	o.limit = limits[data[0] & 7];
	if (data[0] & 8) {
		o.prefix = STR("x");
		o.main_file = STR("x.md");
	}
	text = str_fmt(&a, "%.*s\n", (int)(size - 1), (const char *)data + 1);
	/* whoever writes our marks himself cannot tell them from ours */
	/* a byte order mark is none in a part, which begins with a line of ours */
	if (memchr(data, 0, size) || str_starts(text, STR("\xef\xbb\xbf")) ||
		str_find(text, STR("rune:part"), 0) != STR_NPOS ||
		str_find(text, STR("rune:links"), 0) != STR_NPOS)
		text = STR_NONE;
	if (text.n && split_text(&s, header, text, &o, &a)) {
		bad = split_invariants(&s, header, text, &o, &a);
		if (bad) {
			fprintf(stderr, "limit %zu: %s\n", o.limit, bad);
			abort();
		}
	}
	arena_release(&a);
	return 0;
}
