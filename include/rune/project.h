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
	const struct map *overlay; /* of all roots; see struct root */
};

/* A file that was read for a skill, a pack or a text, also of one that is
 * overridden or disabled. */
enum input_unit { INPUT_SKILL, INPUT_PACK, INPUT_TEXT, INPUT_LOOSE };
struct input {
	enum input_unit unit; /* what it belongs to */
	const struct root *root;
	struct str dir_name; /* of the unit: with `root`, its identity */
	struct str rel; /* below the unit's directory; of a text, the file's name */
	const struct source *src; /* without text if it is no text */
	struct str bytes;
	const struct doc *doc; /* Markdown that could be parsed; else NULL */
	bool executable;
	bool main; /* SKILL.md, PACK.md, the text itself */
	struct str below; /* path below the root's directory */
	bool headed; /* Markdown whose frontmatter is read: main files, pack parts,
		      * templates */
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
	size_t nlost; /* skills and packs in error without a place in either: without
		       * a name, or with one that is taken */
	const struct text *text; /* by kind, then emit_name */
	size_t ntext;
	struct mesh mesh;
	struct map by_name; /* skill own name → struct skill */
	struct map pack_by_name; /* base name and dir name → struct pack */
	struct map disabled; /* own name → itself, for RN2006 */
	struct map omitted; /* names that the library's list leaves out, for RN2006 */
	size_t ndisabled_skills;
	const struct input *input; /* all files that were read, as they were found */
	size_t ninput;
	const struct known_name *known; /* for project_nearest() */
	size_t nknown;
};

/* A name that could have been meant. */
struct known_name {
	struct str name;
	uint64_t letters; /* a bit for each character in it */
};

/* What discovery found under one root, before layering. */
#define PROJECT_MAX_SKILLS 100000 /* RN9002 */

/* Load everything. False (after reporting) if nothing can be built: bad config,
 * missing root. Findings about single skills are reported and mark the skill
 * broken: it may then have no doc, but has a name. `p` must be zeroed; it and all
 * it refers to live in `a`. From the configuration on, `sink` follows the user's
 * policy, unless it keeps what is off: then somebody else applies it. */
bool project_load(struct project *p, const struct project_options *o, struct arena *a,
	struct diag_sink *sink);
/* The three steps of it, for a caller that has roots of its own: the
 * configuration; the roots that it names; all that lies below p->root. `p->sources`
 * is set up by the caller. */
bool project_config(struct project *p, const struct project_options *o, struct arena *a,
	struct diag_sink *sink);
bool project_roots(struct project *p, const struct project_options *o, struct arena *a,
	struct diag_sink *sink);
bool project_fill(struct project *p, const struct project_options *o, struct arena *a,
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
/* The target's emitted name on a platform: CAP_NAMESPACE drops the prefix. */
struct str emit_name_of(const struct adapter *ad, const struct ref_target *t);
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
