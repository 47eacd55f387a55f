/* suppress.h - comments in files that silence a finding. */
#ifndef RUNE_RULES_SUPPRESS_H
#define RUNE_RULES_SUPPRESS_H

#include "rune/rules.h"

/* One code of one comment. */
struct suppression {
	struct suppression *next; /* of the same file */
	enum rule rule; /* RULE__COUNT: there is no such rule */
	struct span code; /* as written */
	uint32_t line; /* the line it holds for; 0: the file ends before */
	bool used;
};

struct suppressions {
	struct arena *a;
	struct suppression **file; /* by source id; in order of position */
	size_t nfile;
};

/* Read the comments of all texts of the projects that the settings want; `s` is
 * zeroed. Reports into `sink` those that give no reason, name no rule, or name one
 * that cannot be suppressed so. */
void suppressions_read(struct suppressions *s, const struct rule_settings *settings,
	const struct project *const *project, size_t n, struct diag_sink *sink);
/* settle.c: is what stands in `src` the user's, and asked for? */
bool settle_wants(const struct rule_settings *s, const struct source *src);
bool suppression_possible(enum rule r);
/* Is the finding silenced? Remembers by what. */
bool suppressions_match(
	struct suppressions *s, const struct diag *d, const struct source_set *sources);

#endif
