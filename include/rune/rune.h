/* rune.h - the C API of librune: compile a root for a platform into memory,
 * walk outputs and diagnostics, write them, free. The only installed header.
 *
 *   struct rune_options o = { .size = sizeof o, .project_dir = "." };
 *   struct rune *r = rune_compile(&o);
 *   for (size_t i = 0; i < rune_output_count(r); i++) …
 *   rune_commit(r, NULL);
 *   rune_free(r);
 *
 * Strings are UTF-8, NUL-terminated and owned by the compilation unless said
 * otherwise. A compilation is used by one thread at a time; different ones are
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
	const char *project_dir; /* NULL: current directory, or the nearest
				    * parent with a rune.config.json */
	const char *output_dir; /* NULL: the project directory */
	const char *source; /* a root; replaces the config's sources */
	const char *library_dir; /* NULL: the embedded library */
	const char *const *platforms; /* NULL-terminated; NULL: the config's, or
				       * as detected; "all": every one */
	const char *const *disable; /* NULL-terminated names */
	const char *const *extensions; /* NULL-terminated; NULL: the config's */
	unsigned jobs; /* 0: one per processor */
};

/* Never NULL. rune_status() says how it went. */
struct rune *rune_compile(const struct rune_options *options);
void rune_free(struct rune *r);

enum rune_status {
	RUNE_OK = 0, /* clean, or only notes and warnings */
	RUNE_FINDINGS = 1, /* some skills had errors; the others were compiled */
	RUNE_USAGE = 2, /* configuration or options unusable: nothing compiled */
	RUNE_FAILED = 3, /* input or output failed */
};
enum rune_status rune_status(const struct rune *r);

struct rune_output {
	const char *path; /* below the output directory */
	const char *bytes;
	size_t size;
	int executable;
	int shared; /* a region of a file that is the user's */
	const char *platform, *owner;
};
size_t rune_output_count(const struct rune *r);
struct rune_output rune_output(const struct rune *r, size_t i);

enum rune_severity { RUNE_NOTE = 1, RUNE_WARNING, RUNE_ERROR, RUNE_FATAL };
struct rune_diagnostic {
	const char *code, *slug;
	enum rune_severity severity;
	const char *path; /* NULL: no position */
	unsigned line, column; /* 1-based, bytes; 0: none */
	const char *message;
};
size_t rune_diagnostic_count(const struct rune *r);
struct rune_diagnostic rune_diagnostic(const struct rune *r, size_t i);

/* What was compiled, per platform. */
struct rune_summary {
	const char *platform, *title, *root; /* where its files go */
	size_t skills, extensions, parts, roles, files, failed;
	size_t references, unresolved, tools;
};
size_t rune_summary_count(const struct rune *r);
struct rune_summary rune_summary(const struct rune *r, size_t i);
/* One line: how the platforms were chosen, when they were detected; else NULL. */
const char *rune_detected(const struct rune *r);
const char *rune_output_dir(const struct rune *r);

enum rune_action {
	RUNE_SAME,
	RUNE_CREATE,
	RUNE_UPDATE,
	RUNE_DELETE,
	RUNE_FORGET,
	RUNE_KEEP,
	RUNE_REFUSE,
};
struct rune_change {
	enum rune_action action;
	const char *path;
};
struct rune_commit_options {
	size_t size;
	bool force; /* overwrite what is not ours or was changed by hand */
	bool dry_run; /* plan only */
	bool strict; /* write nothing unless all is well */
};
/* Plan against the disk and, unless dry_run, write. Returns the status to exit
 * with; more diagnostics may have come. Call it once. */
enum rune_status rune_commit(struct rune *r, const struct rune_commit_options *options);
size_t rune_change_count(const struct rune *r);
struct rune_change rune_change(const struct rune *r, size_t i);
/* Unified diff of the changes. */
const char *rune_diff(struct rune *r);

/* All diagnostics as text for people (with colour if asked), or as a JSON
 * array. */
const char *rune_diagnostics_text(struct rune *r, bool color, enum rune_severity min);
const char *rune_diagnostics_json(struct rune *r, unsigned indent);

/* Built-in platforms, in listing order, and those of the compilation's config
 * (r may be NULL). */
size_t rune_platform_count(const struct rune *r);
struct rune_platform {
	const char *name, *title, *skills_path, *client;
	bool custom;
};
struct rune_platform rune_platform(const struct rune *r, size_t i);

const char *rune_version(void);

#ifdef __cplusplus
}
#endif

#endif
