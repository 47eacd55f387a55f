/* pass.h - the transform chain. A pass reads a document and yields edits on
 * its original bytes; it never sees another pass's output. */
#ifndef RUNE_PASS_H
#define RUNE_PASS_H

#include "rune/edit.h"
#include "rune/listing.h"
#include "rune/project.h"

/* A companion file: where links to it lead in the output. */
struct unit_link {
	struct str rel; /* path in the source, below the unit's directory */
	struct str out_path; /* path in the output, below the project */
};

/* One output file made from (a part of) one document. */
struct unit {
	const struct skill *skill; /* whose text it is; NULL if not a skill's */
	const struct pack *pack;
	const struct text *text;
	const struct doc *doc;
	struct span range; /* of doc: what goes into this file */
	struct str dir; /* source directory of doc below the unit's, "" or
			       * "references": what relative links start from */
	struct str out_path; /* of this file, below the project */
	struct str scripts_dir; /* platform path of the scripts; empty: has none */
	const struct unit_link *link;
	size_t nlink;
	bool main; /* the skill's own file: gets preamble, constraints,
			     * footer */
	int32_t shift; /* added to heading levels (K13) */
	/* Who is in the client's list: a reference to one that is not says where its
	 * file stands. NULL: everybody is. */
	const struct listing *listing;
	/* Generated text, complete lines. `instead` replaces the bytes of `omit`,
	 * a stretch of `range` that stands in other files (edits inside it are
	 * dropped, which is no conflict); omit.len 0 inserts. `append` follows
	 * the range, before constraints and footer. */
	struct span omit;
	struct str instead, append;
};

struct pass_ctx {
	const struct project *project;
	const struct adapter *adapter;
	const struct unit *unit;
	struct arena *a; /* replacement texts live here */
	struct diag_sink *sink;
	uint16_t pass;
};

struct pass {
	struct str name;
	unsigned unless_caps; /* skipped when the adapter has any of these */
	void (*run)(const struct pass_ctx *c, struct edit_list *out);
};

/* references, connections, tool-names, subagents, scripts, links, headings, compliance, generated
 * (the unit's instead and append), constraints, branding: in this order. */
extern const struct pass pass_table[];
extern const size_t pass_count;

/* Run the chain over a unit and splice: the output text without header. Lost
 * edits are reported (RN3008). */
struct str pass_run(const struct project *p, const struct adapter *ad,
	const struct unit *u, struct arena *a, struct diag_sink *sink);

/* How running text names a target: the adapter's ref_format or part_format,
 * with the name in backticks or not. `listing` as in struct unit. */
struct str ref_text(const struct adapter *ad, const struct listing *listing,
	const struct ref_target *t, bool code, struct arena *a);

#endif
