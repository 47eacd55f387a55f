/* model_fixture.h - a project in a real directory, loaded. The project is in
 * proj/, its configuration usually says "source": "../src". */
#ifndef RUNE_TESTS_MODEL_FIXTURE_H
#define RUNE_TESTS_MODEL_FIXTURE_H

#include <check.h>

#include "rune/project.h"
#include "tmpdir.h"

struct model_fixture {
	struct tmpdir t;
	struct arena a;
	struct diag_sink sink;
	struct project p;
	struct project_options o;
};

/* One for all tests of a suite: a checked fixture. */
extern struct model_fixture mf;
void mf_open(void);
void mf_close(void);
TCase *mf_case(Suite *s, const char *name);

void mf_put(const char *path, const char *text);
/* src/skills/<name>/SKILL.md with frontmatter `extra` (lines) and `body`. */
void mf_skill(const char *name, const char *extra, const char *body);
/* <dir>/PACK.md called @rune/<last component> likewise. */
void mf_pack(const char *dir, const char *extra, const char *body);
/* proj/rune.config.json with "source": "../src" and these further members. */
void mf_config(const char *members);
/* Load proj/ anew. */
bool mf_load(void);
/* Load, and expect nothing to be reported. */
void mf_load_clean(void);

/* All findings, sorted: "src/skills/a/SKILL.md:2:7 RN1012 message\n", notes as
 * "\tnote\n". */
const char *mf_findings(void);
size_t mf_reported(enum rule rule);
/* The one finding of `rule`; fails the test if there is another number. */
const struct diag *mf_finding(enum rule rule);
void mf_has_note(const struct diag *d, const char *part);

const struct skill *mf_find_skill(const char *name);
const struct pack *mf_find_pack(const char *base_name);

#define mf_str_eq(got, want)                                                      \
	do {                                                                      \
		struct str got_ = (got);                                          \
		ck_assert_msg(str_eq(got_, str_c(want)), "got '%.*s', want '%s'", \
			STR_ARG(got_), want);                                     \
	} while (0)
#define mf_contains(text, part) \
	ck_assert_msg(strstr((text), (part)) != NULL, "no '%s' in:\n%s", (part), (text))
#define mf_lacks(text, part) \
	ck_assert_msg(strstr((text), (part)) == NULL, "'%s' in:\n%s", (part), (text))

#endif
