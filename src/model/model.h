/* model.h - what the files of the model layer share and no other layer sees.
 *
 * Loading goes from files to a const project:
 *
 *   roots_open     config → struct root
 *   discover       root → struct found: all files of a skill, a pack or a text
 *   jobs_run       every Markdown file of these parsed, in parallel
 *   skill_build …  found → struct skill, pack, text
 *   project_load   layering: the winner of each name; mesh_link
 *
 * Every found thing has a sink of its own with default severities: errors mark
 * it broken whatever the user's policy says, and what is reported about a thing
 * that loses (overridden, disabled) is dropped with it. sink_merge() applies the
 * policy. */
#ifndef RUNE_MODEL_H
#define RUNE_MODEL_H

#include "rune/os.h"
#include "rune/project.h"

/* ---- library.c: the files of a root, on disk or embedded --------------------- */

/* "." for the root itself is written as an empty `rel`. Results as in os.h. */
int root_list(const struct root *r, struct str rel, struct arena *a,
	struct os_entry **out, size_t *n);
/* Of the entry itself: links are OS_LINK. */
enum os_kind root_kind(const struct root *r, struct str rel, struct arena *a);
int root_read(
	const struct root *r, struct str rel, struct arena *a, struct tree_file *out);
/* The path of `rel` as shown to the user. */
struct str root_shown(const struct root *r, struct str rel, struct arena *a);
/* Where the link at `link` leads, as a path below directory `within` of the
 * same root; false if it leads out of it, to nothing, or to something that is
 * never shipped. */
bool root_link_target(const struct root *r, struct str within, struct str link,
	struct arena *a, struct str *rel_out);

/* ---- load.c: files to parse -------------------------------------------------- */

struct job {
	const struct source *src;
	unsigned flags; /* of doc_parse() */
	bool companion; /* its frontmatter, if any, is not ours to judge */
	struct diag_sink sink;
	const struct doc *doc; /* NULL: nothing could be made of it */
};

struct found_file {
	struct str rel; /* below the skill's or pack's directory */
	const struct source *src;
	struct str bytes;
	bool executable;
	struct job *job; /* Markdown; else NULL */
};

enum found_kind { FOUND_SKILL, FOUND_PACK, FOUND_TEXT };

/* A frontmatter key that rune does not know. */
struct unknown_key {
	struct str key;
	struct span span;
	struct str nearest; /* known key; may be empty */
	bool in_metadata;
};

struct found {
	enum found_kind kind;
	enum text_kind text; /* FOUND_TEXT */
	struct found *pack; /* FOUND_TEXT: of the pack that holds it, or NULL */
	const struct root *root;
	struct str rel; /* directory below the root; of a text: its file */
	struct str dir_name; /* of a text: the file's name without ".md" */
	struct job *main; /* NULL: it could not be read */
	bool nameless; /* the name it has is its directory's */
	bool winner; /* it is in the project */
	struct found_file *file; /* all other files, skill.md's companions */
	size_t nfile, file_cap;
	struct str *refused; /* links that were not followed, as `rel` above */
	size_t nrefused, refused_cap;
	struct unknown_key *unknown;
	size_t nunknown, unknown_cap;
	const struct fm_item *listed; /* FOUND_PACK: metadata.skills */
	size_t nlisted;
	struct inject_item *inject; /* FOUND_PACK: inject.json */
	size_t ninject;
	struct diag_sink sink; /* everything about it but the jobs' findings */
};

/* A line of inject.json, its file found. */
struct inject_item {
	struct str skill;
	struct span skill_span;
	struct str title;
	const struct found_file *file;
};

/* A file that belongs to nothing. */
struct loose_file {
	const struct root *root;
	struct found_file file;
};

struct loader {
	struct project *p;
	struct arena *a;
	struct diag_sink *sink; /* of the run, with the user's policy */
	const struct project_options *o;
	struct root *root;
	size_t nroot, root_cap;
	struct found **found; /* by root, then kind, then name */
	size_t nfound, found_cap;
	struct job **job;
	size_t njob, job_cap;
	struct job *org; /* the project's organisation policy; NULL: none */
	struct loose_file *loose;
	size_t nloose, loose_cap;
};

struct job *job_add(
	struct loader *l, const struct source *src, unsigned flags, bool companion);
void jobs_run(struct loader *l);
/* input.c: after jobs_run(), the project's list of inputs. */
void inputs_list(struct loader *l);
/* Had errors, by default severity. */
bool sink_broken(const struct diag_sink *s);
bool job_broken(const struct job *j);
/* Append what `from` holds, under the policy of `into`. */
void sink_merge(struct diag_sink *into, const struct diag_sink *from);
/* The unknown keys of all `f`, each key once. */
void unknown_keys_report(
	struct found *const *f, size_t n, struct diag_sink *sink, struct arena *a);

/* ---- roots.c, discover.c ------------------------------------------------------- */

bool roots_open(struct loader *l);
/* False only if the run cannot go on (too many files). */
bool discover(struct loader *l, const struct root *root);

/* ---- names.c ------------------------------------------------------------------- */

#define NAME_MAX_CHARS 64

/* [a-z0-9]+(-[a-z0-9]+)*, of any length. */
bool name_form(struct str s);
bool name_valid(struct str s); /* and not too long */
/* `s` made a valid name, or empty. */
struct str name_slug(struct str s, struct arena *a);
struct str fold_space(struct str s, struct arena *a);
/* ", " between; "or" before the last. */
struct str words_or(const struct str *v, size_t n, struct arena *a);

/* ---- skill.c, pack.c, text.c, inject.c ----------------------------------------- */

enum meta_kind { META_SKILL, META_PACK, META_PART, META_ROLE, META_MODE, META_COMMAND };

struct meta_ctx {
	const struct doc *doc;
	enum meta_kind kind;
	bool partial; /* the frontmatter had errors: absences mean nothing */
	struct str where; /* its directory or file name, for advice */
	struct arena *a;
	struct diag_sink *sink;
	struct found *found; /* collects unknown keys */
};
/* Read and check the frontmatter. Whatever could not be used is left zero. */
void meta_parse(const struct meta_ctx *c, struct meta *out);
/* `key` of the metadata map, else of the top level; NULL if absent. */
const struct fm_node *meta_find(const struct doc *d, struct str key);
/* What a list holds, each value once. */
size_t meta_list(
	const struct meta_ctx *c, const struct fm_node *node, const struct fm_item **out);
/* Text on one line; empty (and reported, if it is a list or a map) if there is
 * none. `at` is where it stands. */
struct str meta_text(const struct meta_ctx *c, const struct fm_node *node,
	const char *key, struct span *at);
/* Check and keep prefix + name. */
struct str emit_name_make(struct str prefix, struct str name, struct span at,
	struct arena *a, struct diag_sink *sink);
struct resource resource_of(const struct found_file *f, struct str below);

void skill_build(struct loader *l, struct found *f, struct skill *out);
#define PACK_MAX_PARTS 500 /* RN9002; bounds linear searches */

/* A pack with its parts and templates. What it lists is checked later, when
 * parts have been inherited. */
void pack_build(struct loader *l, struct found *f, struct pack *out);
/* Add the parts that the overridden `lower` has and `p` has not. */
void pack_inherit(struct pack *p, const struct pack *lower, struct arena *a);
void pack_check_listed(struct loader *l, struct found *f, struct pack *p);
const struct pack_part *pack_part_find(const struct pack *p, struct str name);
/* The parts that stand in the pack's own text. */
void pack_monolith(struct loader *l, struct found *f, struct pack *out);
/* "Skills Included" holds headings that could be parts. */
bool pack_has_sections(const struct doc *d);
/* The first paragraph in `range`, on one line. */
struct str first_paragraph(const struct doc *d, struct span range, struct arena *a);

/* False: not a text of ours (only from the project's own directories). */
bool text_build(struct loader *l, struct found *f, struct text *out);
/* The kind of text that a directory of a root or a pack holds: "agents". */
bool text_dir_kind(struct str dir, enum text_kind *out);

/* Read inject.json of pack `f`. */
void inject_parse(struct loader *l, struct found *f);
/* Read the project's organisation policy, before the jobs are run. */
void org_discover(struct loader *l);
/* A winner's pack and the files it was made of. */
struct pack_files {
	const struct pack *pack;
	struct found *found;
};
/* Give the skills, which are in by_name, what the packs and the organisation
 * have for them. */
void injections_apply(struct loader *l, struct skill *skill, size_t nskill,
	const struct pack_files *pack, size_t npack);

/* ---- layer.c, project.c -------------------------------------------------------- */

/* found → the project's skills, packs and texts: the winner of each name, less
 * what is disabled. Merges their sinks. False after reporting that the command line
 * names a skill or a pack that there is not. */
bool layer(struct loader *l);
/* Fill p->known from its skills and packs. */
void known_names(struct project *p, struct arena *a);

/* ---- mesh_line.c, mesh.c ------------------------------------------------------- */

/* Is `title` the heading of a list of calls or callers? */
bool mesh_heading(struct str title, enum edge_kind *kind);
/* Does a list item say that there is nothing to list, or speak of users? */
bool mesh_remark(struct str item);

#endif
