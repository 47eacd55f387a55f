/* fuzz_doctor - any bytes as a skill's text: doctor comes to an end, says so in every
 * form, and what it mends is mended for good: a second round changes nothing, and a
 * finding that was mended is gone. Nothing is read from the disk or written to it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rune/rune.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NAME "/nowhere/at/all/skills/a/SKILL.md"

static void expect(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_doctor: %s\n", what);
	abort();
}

static struct rune *check(const char *bytes, size_t size, enum rune_fix fix)
{
	static const char *const paths[] = { NAME, NULL };
	struct rune_doctor_options o = {
		.size = sizeof(o),
		.project_dir = "/nowhere/at/all",
		.paths = paths,
		.path_in = NAME,
		.bytes_in = bytes,
		.size_in = size,
		.fix = fix,
		.jobs = 1,
	};

	return rune_doctor(&o);
}

static void report_all(struct rune *r)
{
	struct rune_report_options o = { .size = sizeof(o), .root = "/nowhere" };

	for (o.format = RUNE_TEXT; o.format <= RUNE_JUNIT; o.format++) {
		size_t n;
		const char *text = rune_report(r, &o, &n);

		expect(!memchr(text, '\0', n), "a NUL byte in a report");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rune *first, *mended, *again;
	const char *text;
	size_t n;

	if (size > 65536)
		return 0;
	first = check((const char *)data, size, RUNE_FIX_NONE);
	report_all(first);
	mended = check((const char *)data, size, RUNE_FIX_PLAN);
	text = rune_fixed_text(mended, &n);
	expect(text || !rune_checked(first)->fixable,
		"there are fixes, but nothing is changed");
	if (text) {
		again = check(text, n, RUNE_FIX_PLAN);
		expect(!rune_fixed_text(again, NULL), "a second round changes something");
		expect(!rune_checked(again)->fixable, "what is mended can be mended");
		rune_free(again);
	}
	rune_free(mended);
	rune_free(first);
	return 0;
}
