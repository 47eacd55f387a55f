/* rules.h - the checks of `rune doctor`, and what they are given.
 *
 * A check is a pure function over const input that reports into the sink it is
 * handed. Which rules there are is in rules.def; which checks, in
 * src/rules/checks/<family>.def, a line each, which names the function and the
 * scope it is called for:
 *
 *   CHECK_FILE(fn, kinds)   every file of these kinds
 *   CHECK_SKILL(fn)         every skill
 *   CHECK_PACK(fn)          every pack
 *   CHECK_TEXT(fn)          every role, mode and command
 *   CHECK_PROJECT(fn)       once, over everything: the mesh, duplicates
 *
 * Files, skills, packs and texts are checked in parallel, each with an arena and
 * a sink of its own; sinks are merged in order, so findings never depend on the
 * threads. Nothing may be kept from one call to the next.
 *
 * A check reports everything it sees under the rules' default severities: what the
 * user set, per path or by a comment, is applied afterwards (rules_settle()). It
 * never looks at a document that did not parse: then `doc` is NULL, and the
 * syntax error has been reported. What the loader finds (frontmatter, links,
 * packs' manifests) is reported by the loader, once, under the rules' codes. */
#ifndef RUNE_RULES_H
#define RUNE_RULES_H

#include "rune/project.h"
#include "rune/scan.h"

enum file_kind {
	FILE_SKILL, /* SKILL.md */
	FILE_PACK, /* PACK.md */
	FILE_PART, /* a split pack's skill: skills/x.md or skills/x/SKILL.md */
	FILE_TEMPLATE, /* a pack's templates/x.md */
	FILE_ROLE, /* agents/x.md */
	FILE_MODE, /* contexts/x.md */
	FILE_COMMAND, /* commands/x.md */
	FILE_REFERENCE, /* any other Markdown beside a skill or a pack */
	FILE_SCRIPT, /* what a shell or an interpreter runs, by its directory, its
		      * ending or its first line */
	FILE_DATA, /* any other text */
	FILE_BINARY, /* NUL bytes or not UTF-8: no positions but the whole file */
	FILE__COUNT
};

/* Sets of kinds, for CHECK_FILE. */
#define FILES(kind)    (1u << FILE_##kind)
#define FILES_ALL      ((1u << FILE__COUNT) - 1)
#define FILES_TEXT     (FILES_ALL & ~FILES(BINARY))
#define FILES_MARKDOWN (FILES_HEADED | FILES(TEMPLATE) | FILES(REFERENCE))
/* Those with a frontmatter of ours. */
#define FILES_HEADED                                                            \
	(FILES(SKILL) | FILES(PACK) | FILES(PART) | FILES(ROLE) | FILES(MODE) | \
		FILES(COMMAND))

/* A file, and whose it is. */
struct rule_file {
	enum file_kind kind;
	const struct source *src; /* spans are positions in src->text */
	struct str bytes; /* all of them; equals src->text but for FILE_BINARY */
	const struct doc *doc; /* Markdown that could be parsed; else NULL */
	struct str rel; /* below the owner's directory: "references/x.md" */
	bool executable;
	/* The owner: one of the three, part beside pack where the file is its; none
	 * of a file that belongs to nothing, whose meta is empty. */
	const struct skill *skill;
	const struct pack *pack;
	const struct pack_part *part;
	const struct text *text;
	const struct meta *meta; /* of the part, or else of the owner */
};

struct rule_options {
	/* Platforms to judge by, where it matters; never none: without a choice of
	 * the user's it is all of them. */
	const struct adapter *const *platform;
	size_t nplatform;
	bool named; /* the user chose them */
	size_t jobs; /* threads; 0: one per processor */
	const struct scan *scan; /* only what is in its focus; NULL: everything */
};

struct rule_ctx {
	const struct project *project;
	const struct rule_options *o;
	const struct rule_file *file; /* all files, in order of paths */
	size_t nfile;
	struct arena *a; /* lives as long as the findings */
	struct diag_sink *sink;
};

typedef void rule_check_file(const struct rule_ctx *c, const struct rule_file *f);
typedef void rule_check_skill(const struct rule_ctx *c, const struct skill *s);
typedef void rule_check_pack(const struct rule_ctx *c, const struct pack *p);
typedef void rule_check_text(const struct rule_ctx *c, const struct text *t);
typedef void rule_check_project(const struct rule_ctx *c);

/* Run all checks over the files of `p` that are the user's own (all but the
 * embedded library's) and append what they find to `sink`. */
void rules_run(const struct project *p, const struct rule_options *o, struct arena *a,
	struct diag_sink *sink);

/* ---- what the user makes of it -------------------------------------------------- */

struct rule_settings {
	const struct config *config; /* its rules, globally and by path */
	const struct diag_policy *command; /* of the command line; the last word */
	const bool *only; /* by rule: the only ones that count; NULL: all */
	const struct map *baseline; /* fingerprint → anything: known; or NULL */
	const struct scan *scan; /* only what is in its focus; NULL: everything */
	/* Absolute: what paths in fingerprints are relative to, so that they are the
	 * same from anywhere, and what paths are relative to now. */
	struct str root, cwd;
};

struct rule_totals {
	size_t suppressed, known; /* left out by comments, and by the baseline */
};

/* Apply the settings, and then comments in the files, to all that was found: what is
 * left is what the user is to see, sorted, with its final severities and
 * fingerprints. Adds what is wrong with the comments themselves. `project` (n of
 * them) tells what text is code.
 *
 *   <!-- rune-disable-next-line CODE[, CODE] -- reason -->   in Markdown
 *   # rune-disable-next-line CODE[, CODE] -- reason          in frontmatter, scripts
 *
 * hold for the next line that is not blank. FATAL cannot be lowered or suppressed.
 * Security rules (RN7xxx) cannot be suppressed by a comment: it would come from the
 * one who is under suspicion; the configuration and the baseline are the reader's. */
struct rule_totals rules_settle(struct diag_sink *sink, const struct rule_settings *s,
	const struct project *const *project, size_t n, const struct source_set *sources);

/* The same for a build, which has severities already: what holds for some paths only,
 * and comments. Errors stay, as what has them is not emitted. */
void rules_quiet(struct diag_sink *sink, const struct project *p);

/* ---- for checks ----------------------------------------------------------------- */

/* Could be read, is not the embedded library's, and is asked for: what a check of
 * the whole project may report about. */
bool rule_asked(const struct rule_ctx *c, const struct root *r, const struct doc *d);
/* The bytes [off, off + len) of the file's text. */
struct span rule_span(const struct rule_file *f, size_t off, size_t len);
/* Written for rune: it declares metadata.layer. What is a convention of ours, and
 * not of the Agent Skills format, is asked only of these. */
bool rule_ours(const struct meta *m);
/* The frontmatter entry of a top-level key; NULL if absent. */
const struct fm_entry *rule_key(const struct doc *d, const char *key);
/* The same below `metadata`. */
const struct fm_entry *rule_meta_key(const struct doc *d, const char *key);

#endif
