/* emit.h - project × adapter → output tree. */
#ifndef RUNE_EMIT_H
#define RUNE_EMIT_H

#include "rune/outtree.h"
#include "rune/pass.h"

struct emit_stats {
	size_t skills, packs, parts, roles, commands; /* emitted */
	size_t failed; /* skills and packs with errors */
	size_t references, unresolved; /* in emitted texts, packs too */
	size_t tools; /* tool names rewritten */
	size_t split; /* skills that were split into parts */
};

struct emit_plan; /* src/emit/plan.h */

struct emit_ctx {
	const struct project *project;
	const struct adapter *adapter; /* whose texts these are */
	struct str platform; /* who emits them: the adapter, or one that has its skills */
	struct outtree *tree;
	struct arena *a;
	struct diag_sink *sink;
	struct emit_stats *stats;
	struct emit_plan *plan;
};

/* The skills of a platform, as several may have them (adapter.skills_of). */
struct made_skills {
	const struct emit_plan *plan;
	struct emit_stats stats;
	const struct out_entry *entry;
	size_t n;
	const struct str *kept; /* see outtree */
	size_t nkept;
};

/* Emit everything for one platform. Thread-safe: shares only the const project.
 * `skills`, if its plan is set, are taken as they are; otherwise they are made, and it
 * is filled for the others (it lives in `a`). False after reporting if the platform's
 * tree is unusable. */
bool emit_platform(const struct project *p, const struct adapter *ad,
	struct made_skills *skills, struct arena *a, struct diag_sink *sink,
	struct outtree *out, struct emit_stats *stats);

#endif
