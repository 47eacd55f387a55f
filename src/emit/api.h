/* api.h - what the files of the C API share: what stands behind `struct rune`.
 *
 *   api.c         open, compile, commit: the sequence of a run
 *   api_choose.c  which platforms
 *   api_view.c    what a caller walks: plain structs made of ours
 *   api_items.c   what there is: skills and packs
 *   api_budget.c  what a model is shown of it
 *   api_json.c    the same as JSON
 *   api_rules.c   the table of rules
 *   doctor.c      doctor instead of a build; see doctor.h */
#ifndef RUNE_EMIT_API_H
#define RUNE_EMIT_API_H

#include "rune/emit.h"
#include "rune/project.h"
#include "rune/rune.h"
#include "rune/writer.h"

/* One platform: compiled in a thread of its own, into an arena, a sink and a tree
 * of its own. */
struct task {
	const struct project *project;
	const struct adapter *adapter;
	struct arena arena;
	struct diag_sink sink;
	struct outtree tree;
	struct emit_stats stats;
	struct made_skills skills;
	const struct task *leader; /* an earlier one with the same skills; or NULL */
	bool usable;
};

struct rune {
	struct arena arena; /* holds all of this, and this itself */
	struct rune_options options;
	struct str dir, output_dir;
	struct project project;
	struct diag_sink sink;
	struct task *task; /* the chosen platforms, in listing order */
	size_t ntask;
	const char *detected;
	bool compiled; /* `tree` is what a build would write */
	struct outtree tree;
	bool planned, written, drift;
	struct write_plan plan;
	enum rune_status status;

	/* views */
	struct rune_output *output;
	size_t noutput;
	struct rune_diagnostic *diagnostic;
	size_t ndiagnostic;
	struct rune_summary *summary;
	size_t nsummary;
	struct rune_change *change;
	size_t nchange;
	struct rune_platform *platform;
	size_t nplatform;
	struct rune_item *item;
	size_t nitem;
	size_t ncall, nsignal;
	struct rune_budget *budget; /* NULL until asked for */
	struct doctor *doctor; /* of rune_doctor(); else NULL */
};

/* An empty one, its directories known. */
struct rune *api_new(const struct rune_options *options);
/* Run the chosen platforms over r->project. */
void api_compile(struct rune *r);
/* Compare what was compiled with the disk; refusals are reported. */
bool api_plan(struct rune *r, bool force, bool prune);
/* What it means that a build would do this; NULL: nothing. */
const char *api_drift_text(enum write_action action);

/* Fill r->task from the options, the configuration or what the project's directory
 * shows. False after reporting a platform that there is not. */
bool api_choose(struct rune *r);
/* Report that nothing tells which platform; returns false. */
bool api_no_platform(struct rune *r);
/* All platforms, built-in and custom, in listing order. */
size_t api_adapter_count(const struct rune *r);
const struct adapter *api_adapter(const struct rune *r, size_t i);

/* `s` with a NUL after it, for a caller in C. */
const char *api_text(struct rune *r, struct str s);
void api_view_platforms(struct rune *r);
void api_view_items(struct rune *r);
void api_view_outputs(struct rune *r);
void api_view_summary(struct rune *r);
void api_view_changes(struct rune *r);
void api_view_diagnostics(struct rune *r); /* sorts them */

#endif
