/* writer.h - one transaction from an outtree to the disk.
 *
 *   writer_plan()    compare with the disk and the manifest; decide per file
 *   writer_commit()  stage, rename, prune, write the manifest last
 *
 * The manifest, .rune/manifest.json below the output root, lists the files that
 * earlier builds own: path, SHA-256, platforms, owner. A file that it does not list is
 * the user's and is never overwritten or removed (RN3003); nor is one whose hash
 * differs from the manifest's (RN3004). `force` overrides both. A crash at any
 * point leaves each file old or new; the next build completes. */
#ifndef RUNE_WRITER_H
#define RUNE_WRITER_H

#include "rune/outtree.h"

#define MANIFEST_PATH ".rune/manifest.json"

enum write_action {
	WRITE_SAME, /* on disk as it should be */
	WRITE_CREATE,
	WRITE_UPDATE,
	WRITE_DELETE, /* ours, no longer emitted */
	WRITE_FORGET, /* in the manifest but gone, or shared with another platform */
	WRITE_KEEP, /* ours, of a broken skill: left as it is */
	WRITE_REFUSE, /* foreign or changed by hand, reported */
};

struct write_op {
	enum write_action action;
	struct str path; /* below the output root */
	struct str old_bytes; /* for diffs; empty if absent */
	struct str new_bytes; /* whole file, block merged in */
	bool executable;
	const struct out_entry *entry; /* NULL for deletions */
	struct str platform, owner;
	const char *reason; /* of a refusal */
};

struct write_plan {
	struct str root; /* directory the paths are below */
	struct write_op *op; /* sorted by path */
	size_t n;
	size_t count[WRITE_REFUSE + 1];
	bool changes; /* anything to create, update or delete */
	struct str manifest_old, manifest_new;
	int lock_fd;
};

struct writer_options {
	bool force;
	/* Platforms of this build: their files that are not emitted any more
	 * are pruned; those of other platforms are left alone. */
	const struct str *platform;
	size_t nplatform;
};

/* Decide. Refusals are reported and stand in the plan; false only if nothing
 * can be decided (unreadable manifest or directory). Takes no lock, changes
 * nothing. */
bool writer_plan(struct write_plan *p, const struct outtree *t, struct str root,
	const struct writer_options *o, struct source_set *sources, struct arena *a,
	struct diag_sink *sink);
/* Carry out. False after reporting an I/O error; what was staged is removed. */
bool writer_commit(const struct write_plan *p, struct source_set *sources,
	struct arena *a, struct diag_sink *sink);
/* Unified diff of a plan: creations, updates, deletions. */
void writer_diff(struct buf *out, const struct write_plan *p);

#endif
