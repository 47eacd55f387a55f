/* project.h - all input of a run: found, layered, parsed and linked.
 *
 *   project_load()  config → roots → discovery → parse (parallel) → model → mesh
 *
 * After that the project is const; platform tasks share it. */
#ifndef RUNE_PROJECT_H
#define RUNE_PROJECT_H

#include "rune/config.h"
#include "rune/map.h"
#include "rune/mesh.h"

struct project_options {
	struct str dir; /* of the project; all relative paths of the
				  * command line are relative to the cwd */
	struct str library_dir; /* --library; empty: the embedded one */
	struct str source; /* --source; replaces the config's */
	const struct str *disable; /* --disable, beside the config's */
	size_t ndisable;
	bool has_enable; /* --extensions replaces the config's */
	const struct str *enable;
	size_t nenable;
	size_t jobs; /* 0: one per processor */
};

struct project {
	struct arena *a;
	struct config config;
	struct str dir; /* project directory, as given */
	struct source_set sources;
	const struct root *root;
	size_t nroot;
	const struct skill *skill; /* sorted by emit_name; the winners */
	size_t nskill;
	const struct pack *pack; /* sorted by emit_name; enabled winners */
	size_t npack;
	const struct text *text; /* by kind, then emit_name */
	size_t ntext;
	struct mesh mesh;
	struct map by_name; /* skill own name → struct skill */
	struct map pack_by_name; /* base name and dir name → struct pack */
	struct map disabled; /* own name → itself, for RN2006 */
	size_t ndisabled_skills;
};

/* What discovery found under one root, before layering. */
#define PROJECT_MAX_SKILLS 100000 /* RN9002 */

/* Load everything. False (after reporting) if nothing can be built: bad config,
 * missing root. Findings about single skills are reported and mark the skill
 * broken. `p` must be zeroed; it and all it refers to live in `a`. */
bool project_load(struct project *p, const struct project_options *o, struct arena *a,
	struct diag_sink *sink);

/* What a reference token means: the longest prefix of it, ending at a hyphen,
 * slash or its end, that names something. */
struct ref_target {
	enum vertex_kind kind; /* NONE, SKILL, PACK or PART */
	const struct skill *skill;
	const struct pack *pack;
	const struct pack_part *part;
	size_t used; /* bytes of the token */
};
struct ref_target project_resolve(const struct project *p, struct str token);
/* Nearest known name to an unknown one; STR_NONE if nothing is near. */
struct str project_nearest(const struct project *p, struct str name, struct arena *a);

/* Directories and files a root may hold that are never shipped: .git,
 * node_modules, __pycache__, .env*, .venv, editor droppings, hidden files. */
bool resource_ignored(struct str name, bool directory);

/* library.c: files of the built-in library, embedded or from --library DIR, in
 * one interface with directories on disk. */
struct tree_file {
	struct str path; /* below the root, '/'-separated */
	struct str bytes;
	bool executable;
	enum source_origin origin;
};

#endif
