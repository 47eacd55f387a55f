/* pass_fixture.h - a small project and platforms to run passes on. Skills alpha,
 * beta, gamma, gamma-ray, cook, plan, fix; disabled: hushed; pack backend with the
 * parts api-patterns and auth-patterns. All have the prefix "rune-". */
#ifndef RUNE_TESTS_PASS_FIXTURE_H
#define RUNE_TESTS_PASS_FIXTURE_H

#include "rune/pass.h"

struct pass_fixture {
	struct arena a;
	struct project p;
	struct diag_sink sink;
};

/* One for all tests of a suite: call these from a checked fixture. */
extern struct pass_fixture fx;
void fx_open(void);
void fx_close(void);

extern const struct adapter fx_prose; /* "the {ref} skill", tools in prose */
extern const struct adapter fx_native; /* real names for tools but TodoWrite */
extern const struct adapter fx_flat; /* "the {ref} rule file" */
extern const struct adapter fx_plugin; /* keeps references and tool names */

/* `text` parsed as "skills/x/SKILL.md"; all of its body, no skill's. */
struct unit fx_unit(const char *text);
const struct skill *fx_skill(const char *name);
const struct pack *fx_pack(void);
/* The pass called `name` alone, or all of them if NULL, over `u`. */
struct str fx_run_unit(const struct adapter *ad, const struct unit *u, const char *name);
struct str fx_run(const struct adapter *ad, const char *text);
/* How many diagnostics of `rule` there are. */
size_t fx_reported(enum rule rule);

struct fx_row {
	const char *before, *after;
};
void fx_check(const struct adapter *ad, const struct fx_row *v, size_t n);

#endif
