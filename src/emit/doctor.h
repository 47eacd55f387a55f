/* doctor.h - a run of doctor: what the files of it share.
 *
 *   doctor.c        the sequence of a run
 *   doctor_load.c   from paths to projects
 *   check_output.c  what was emitted, compared with what would be
 *   check_limits.c  what would be, compared with what its platforms take
 *   fix.c           mending, in memory and on disk
 *   baseline.c      findings that are known
 *
 * A run checks the project, or what the paths name: of that, what belongs to the
 * project is checked as a part of it, so that its sources and the library are known;
 * the rest in groups, each a project of its own. All share one source set. */
#ifndef RUNE_EMIT_DOCTOR_H
#define RUNE_EMIT_DOCTOR_H

#include "emit/api.h"
#include "rune/rules.h"

/* A file that fixes have changed. */
struct fixed_file {
	struct str path; /* as shown */
	struct str dir, below; /* of its root, and its path below that */
	struct str before, after;
	const char *refused; /* why it was not written; NULL: it was */
	unsigned round; /* in which it was last changed */
};

struct fixes {
	struct arena *a;
	struct map file; /* path → struct fixed_file */
	struct map overlay; /* path → its bytes, as a root's overlay */
	size_t findings; /* that are gone */
	unsigned round;
	bool changed; /* by the last doctor_fix() */
	bool written; /* the disk has them: nothing is to be read instead */
};

struct doctor {
	struct rune_doctor_options o;
	const struct fixes *fixes; /* made so far */
	struct map overlay; /* what is read instead of files */
	bool scanned; /* paths were given: `scan` has what they name */
	struct scan scan;
	const struct project **project; /* what is checked */
	size_t nproject;
	const struct adapter **platform; /* to judge by */
	size_t nplatform;
	bool named;
	struct diag_policy command;
	bool *only; /* NULL: all rules */
	bool output; /* emitted files were compared */
	bool usable; /* nothing fatal on the way */
	struct rune_checked checked;
	/* of the fixes */
	const char *diff;
	struct str fixed_text; /* of the last file */
};

struct str doctor_cwd(struct rune *r); /* absolute */
/* The root of the repository that it is in, or itself. */
struct str doctor_repository(struct rune *r);
/* Open the project and find what the paths name; fill doctor.project. False after
 * reporting that nothing can be checked. */
bool doctor_load(struct rune *r);
/* Report where what was emitted differs from what a build would write, for the
 * platforms that have been built before; and what stands in a build's way. */
void check_output(struct rune *r);
/* Report where the output is more than its platforms take, or in a wrong place. */
void check_limits(struct rune *r);

/* Apply the fixes of r's findings to the texts that they were found in; sets
 * f->changed. All of a fix is applied or nothing; of two that touch each other the
 * first counts, the other has its turn in the next run. */
void doctor_fix(struct fixes *f, const struct rune *r);
/* After too many rounds: leave alone the files that still change. */
void fixes_give_up(struct fixes *f);
/* Write the changed files: each beside its target first, then renamed over it, its
 * permissions kept. Never through a link, and not if it was changed meanwhile. */
void fixes_write(struct fixes *f);
/* The changes as what rune_change() and rune_diff() show; those that were refused are
 * reported. */
void fixes_view(const struct fixes *f, struct rune *r);

/* The file of the options, or the project's; false: none. */
bool baseline_find(struct rune *r, struct str *path);
/* The fingerprints in the file; false after reporting that it cannot be used. */
bool baseline_read(struct rune *r, struct str path, struct map *out);

#endif
