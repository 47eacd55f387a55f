/* rune.h - the C API of librune: compile a root for some platforms into memory,
 * walk the outputs and diagnostics, write them, free. The only installed header.
 *
 *   struct rune_options o = { .size = sizeof o, .project_dir = "." };
 *   struct rune *r = rune_compile(&o);
 *   for (size_t i = 0; i < rune_output_count(r); i++) …
 *   rune_commit(r, NULL);
 *   rune_free(r);
 *
 * Strings are UTF-8 and end with a NUL. All that a function returns belongs to
 * the compilation and is valid until rune_free(); what rune_commit() adds to
 * (diagnostics, changes) until it is called again. Structs may get more members at
 * their end: those you fill in begin with their size, those you get are reached
 * by pointer. A compilation is used by one thread at a time; different ones are
 * independent. Running out of memory ends the program. */
#ifndef RUNE_H
#define RUNE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct rune;

struct rune_options {
	size_t size; /* sizeof(struct rune_options) */
	const char *project_dir; /* NULL: the current directory, or the nearest one
				  * above it in its repository that has a
				  * rune.config.json */
	const char *output_dir; /* NULL: the project directory */
	const char *source; /* a root; replaces the config's sources */
	const char *library_dir; /* NULL: the embedded library */
	const char *const *platforms; /* NULL-terminated; NULL: the config's, or as
				       * detected; "all": every one */
	const char *const *disable; /* NULL-terminated names, beside the config's */
	const char *const *extensions; /* NULL-terminated; NULL: the config's */
	unsigned jobs; /* threads; 0: one per processor */
	unsigned context; /* tokens of context that lists are fitted for; 0: the
			   * config's output.context, or 200,000 */
};

/* NULL options: all defaults. Never NULL; rune_status() says how it went. */
struct rune *rune_compile(const struct rune_options *options);
/* The same without compiling anything: reads the configuration and chooses the
 * platforms, which are rune_summary() then, with nothing counted. That there is
 * none is an error only to rune_compile(). */
struct rune *rune_open(const struct rune_options *options);
/* The same, and loads all skills and packs, which are rune_item() then. Of the platforms
 * nothing is read. */
struct rune *rune_load(const struct rune_options *options);
void rune_free(struct rune *r); /* NULL: nothing */

enum rune_status {
	RUNE_OK = 0, /* clean, or only notes and warnings */
	RUNE_FINDINGS = 1, /* some skills had errors, the others were compiled; or
			    * some files were refused, or differ (check) */
	RUNE_USAGE = 2, /* configuration or options unusable: nothing compiled */
	RUNE_FAILED = 3, /* input or output failed */
};
enum rune_status rune_status(const struct rune *r);

/* ---- what would be written, sorted by path ---- */

struct rune_output {
	const char *path; /* below the output directory */
	const char *bytes; /* `size` of them, any */
	size_t size;
	int executable;
	int shared; /* `bytes` is our region of a file that is the user's */
	const char *platform; /* who emits it; "a,b" if several do */
	const char *owner; /* emitted name of the skill it belongs to, or "" */
};
size_t rune_output_count(const struct rune *r);
const struct rune_output *rune_output(const struct rune *r, size_t i);
const char *rune_output_dir(const struct rune *r); /* where they go */

/* ---- diagnostics, sorted by place ---- */

enum rune_severity { RUNE_NOTE = 1, RUNE_WARNING, RUNE_ERROR, RUNE_FATAL };
struct rune_diagnostic {
	const char *code, *slug; /* "RN2001", "reference-dangling" */
	enum rune_severity severity;
	const char *path; /* NULL: no position */
	unsigned line, column; /* 1-based, bytes; 0: none */
	const char *message;
	const char *notes; /* one to a line; "" if there is none */
};
size_t rune_diagnostic_count(const struct rune *r);
const struct rune_diagnostic *rune_diagnostic(const struct rune *r, size_t i);
/* Those of severity `min` and above as text for people, perhaps in colour. */
const char *rune_diagnostics_text(struct rune *r, bool color, enum rune_severity min);
/* All, as a JSON array whose lines are indented by `indent` more spaces. */
const char *rune_diagnostics_json(struct rune *r, unsigned indent);

/* ---- what was compiled, per platform, in listing order ---- */

struct rune_summary {
	const char *platform, *title;
	const char *root; /* the directory that holds its files, below the output
			   * directory; "" if that itself */
	size_t skills, extensions, parts, roles, files, failed;
	size_t references, unresolved, tools;
	bool unusable; /* nothing of it can be written */
};
size_t rune_summary_count(const struct rune *r);
const struct rune_summary *rune_summary(const struct rune *r, size_t i);
/* One line: which platforms were detected from what; NULL if they were named. */
const char *rune_detected(const struct rune *r);

/* ---- what there is, after rune_load() or rune_compile() ---- */

struct rune_item {
	const char *name; /* its own; of a pack its directory's */
	const char *emitted; /* with the prefix */
	const char *layer, *model, *group; /* "" if not stated */
	const char *description, *brief; /* brief: metadata.short, or "" */
	const char *origin; /* "built-in library", or the path of its root */
	const char *const *parts; /* of a pack; NULL-terminated; NULL: it is a skill */
	size_t calls, callers; /* connections of the mesh */
	bool broken; /* has errors, and is not emitted */
};
/* Skills, then packs, by emitted name. */
size_t rune_item_count(const struct rune *r);
const struct rune_item *rune_item(const struct rune *r, size_t i);
/* Connections between them, and signals that have both ends. */
size_t rune_call_count(const struct rune *r);
size_t rune_signal_count(const struct rune *r);

/* ---- what a model is shown, per platform, after rune_compile() ---- */

#define RUNE_COSTLY 10
struct rune_cost {
	const char *name; /* emitted */
	size_t bytes, tokens; /* of its main file, which is loaded when it is used */
};
struct rune_budget {
	const char *platform, *title;
	size_t skills; /* skills and packs */
	size_t listed; /* in the client's list */
	size_t described; /* of those, with a description */
	size_t cut; /* of those, with a shorter one than its author wrote */
	size_t hidden; /* not in the list */
	size_t lost; /* without description or not shown, in spite of all */
	size_t list_used, list_room; /* characters; room 0: no limit is known */
	size_t always_bytes, always_tokens; /* in every conversation: list, rules,
					     * instructions */
	size_t body_bytes, body_tokens; /* of the largest main file */
	const char *body_name;
	size_t body_room; /* bytes that are shown of one; 0: no limit is known */
	size_t split; /* skills that were split to fit */
	struct rune_cost costly[RUNE_COSTLY]; /* those that cost most, first */
	size_t ncostly;
};
size_t rune_budget_count(const struct rune *r);
/* In listing order; NULL after the last one. */
const struct rune_budget *rune_budget(struct rune *r, size_t i);

/* ---- writing ---- */

enum rune_action {
	RUNE_SAME, /* on disk as it should be */
	RUNE_CREATE,
	RUNE_UPDATE,
	RUNE_DELETE, /* an earlier build's, no longer emitted */
	RUNE_FORGET, /* an earlier build's, gone or another platform's as well */
	RUNE_KEEP, /* of a skill that has errors: left as it was */
	RUNE_REFUSE, /* not ours, or changed by hand: left as it was */
};
const char *rune_action_name(enum rune_action action); /* "create", … */

struct rune_change {
	enum rune_action action;
	const char *path; /* below the output directory */
	const char *platform; /* "" if not known */
	const char *reason; /* of a refusal, else "" */
};
struct rune_commit_options {
	size_t size; /* sizeof(struct rune_commit_options) */
	bool force; /* overwrite what is not ours or was changed by hand */
	bool dry_run; /* plan only */
	bool strict; /* write nothing unless all is well */
	bool check; /* plan only, and report each difference as an error */
	bool prune; /* delete what earlier builds wrote for platforms that this one is
		     * not for, too */
};
/* Compare with the disk and, unless only to plan, write. Returns what
 * rune_status() says from then on. Nothing happens if nothing was compiled. NULL
 * options: all false. */
enum rune_status rune_commit(struct rune *r, const struct rune_commit_options *options);
bool rune_wrote(const struct rune *r); /* did rune_commit() carry out its plan? */
/* Platforms that this build was not for and that keep what earlier ones wrote for them,
 * "a, b"; "" if there are none. */
const char *rune_others(struct rune *r);
size_t rune_change_count(const struct rune *r);
const struct rune_change *rune_change(const struct rune *r, size_t i);
size_t rune_change_total(const struct rune *r, enum rune_action action);
/* After rune_commit(): the changes as a unified diff. */
const char *rune_diff(struct rune *r);
/* All of the above, perhaps with the diff, as one JSON object with a line feed at
 * its end. */
const char *rune_report_json(struct rune *r, bool diff);

/* ---- doctor: everything that is wrong ---- */

enum rune_fix {
	RUNE_FIX_NONE,
	RUNE_FIX_PLAN, /* rune_change() and rune_diff() say what would be changed */
	RUNE_FIX_WRITE, /* the files are changed */
};
struct rune_doctor_options {
	size_t size; /* sizeof(struct rune_doctor_options) */
	const char *project_dir; /* as in struct rune_options */
	/* NULL-terminated: skills, packs, roots, files, or trees that hold such; NULL:
	 * the project's sources and own directories, and what was emitted of them. */
	const char *const *paths;
	/* With these, `size_in` bytes are read instead of the file `path_in`, which
	 * need not exist and should be the only one of `paths`. */
	const char *path_in, *bytes_in;
	size_t size_in;
	const char *const *platforms; /* NULL-terminated; to judge by */
	/* NULL-terminated: "CODE=off", note, warn or error; the last word on it. */
	const char *const *severities;
	const char *const *only; /* NULL-terminated codes or slugs; NULL: all */
	bool mesh; /* only the rules about connections (RN2xxx) */
	bool strict; /* a warning is as good as an error */
	const unsigned *max_warnings; /* more of them are as good as an error; or NULL */
	/* File of findings that are known. NULL: rune-baseline.json of the project, if
	 * there is one; "": none. */
	const char *baseline;
	enum rune_fix fix;
	unsigned jobs;
};
/* Never NULL. rune_status(): RUNE_FINDINGS if there is anything at or above the
 * threshold, also if files could not be changed. With `fix`, the findings are
 * those that are left. */
struct rune *rune_doctor(const struct rune_doctor_options *options);

struct rune_checked { /* what was looked at, and what came of it */
	size_t skills, packs, texts, files;
	size_t connections, signals; /* of the mesh */
	size_t errors, warnings, notes; /* fatal ones count as errors */
	size_t suppressed; /* by a comment */
	size_t known; /* by the baseline */
	size_t fixable; /* --fix would mend */
	size_t fixed; /* findings that are gone through fixes */
	bool output; /* what was emitted was compared, too */
};
const struct rune_checked *rune_checked(const struct rune *r);

enum rune_format {
	RUNE_TEXT, /* for people */
	RUNE_JSON, /* tests/schema/doctor.schema.json */
	RUNE_SARIF, /* 2.1.0 */
	RUNE_GITHUB, /* workflow commands */
	RUNE_JUNIT,
};
struct rune_report_options {
	size_t size;
	enum rune_format format;
	bool color; /* RUNE_TEXT */
	enum rune_severity min; /* RUNE_TEXT: what is less severe is left out */
	/* What paths are relative to in forms for programs; NULL: the root of the git
	 * repository that the current directory is in, else that directory. */
	const char *root;
};
/* The findings; of size *size, which may be NULL. Ends with a NUL beyond it. */
const char *rune_report(
	struct rune *r, const struct rune_report_options *options, size_t *size);
/* After a plan of fixes: the whole new text of the only file; NULL if unchanged. */
const char *rune_fixed_text(const struct rune *r, size_t *size);
/* Write the findings to `path` (NULL: rune-baseline.json of the project) as a baseline.
 * False if that failed, which has been
 * added to the diagnostics. */
bool rune_baseline_write(struct rune *r, const char *path);

/* ---- rules ---- */

struct rune_rule {
	const char *code, *slug, *family; /* "RN5003", "link-broken", "content" */
	enum rune_severity severity; /* 0: off */
	const char *title;
	const char *why, *bad, *good, *source; /* help; the examples end their lines */
};
size_t rune_rule_count(void);
/* In order of codes; NULL after the last one. */
const struct rune_rule *rune_rule(size_t i);
/* By code or slug, in any letter case; NULL if there is none. */
const struct rune_rule *rune_rule_find(const char *code_or_slug);
/* The slug that is nearest to what was meant; NULL if none is near. */
const char *rune_rule_nearest(const char *code_or_slug);

/* ---- platforms: the built-in ones, then the config's own ---- */

struct rune_platform {
	const char *name, *title;
	const char *skills_path; /* "{name}" stands for the emitted name */
	const char *roles_path, *commands_path, *rules_path; /* "" if it has none */
	const char *client; /* what its facts were read from, and when */
	bool custom;
};
size_t rune_platform_count(const struct rune *r);
const struct rune_platform *rune_platform(const struct rune *r, size_t i);
/* NULL if there is none of that name. */
const struct rune_platform *rune_platform_find(const struct rune *r, const char *name);
/* As an object that `adapters` of a config may hold, with a line feed at its end. */
const char *rune_platform_json(struct rune *r, const struct rune_platform *p);
/* All, as a JSON array with a line feed at its end. */
const char *rune_platforms_json(struct rune *r);

/* ---- versions ---- */

const char *rune_version(void); /* "0.1.0" */
/* Name of a library in use, and its version; NULL after the last one. */
const char *rune_library(size_t i, const char **version_out);

#ifdef __cplusplus
}
#endif

#endif
