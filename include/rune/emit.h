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
};

struct emit_plan; /* src/emit/plan.h */

struct emit_ctx {
	const struct project *project;
	const struct adapter *adapter;
	struct outtree *tree;
	struct arena *a;
	struct diag_sink *sink;
	struct emit_stats *stats;
	struct emit_plan *plan;
};

/* Emit everything for one platform. Thread-safe: shares only the const project.
 * False after reporting if the platform's tree is unusable. */
bool emit_platform(const struct project *p, const struct adapter *ad, struct arena *a,
	struct diag_sink *sink, struct outtree *out, struct emit_stats *stats);

#endif
