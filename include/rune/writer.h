/* writer.h - one transaction from an outtree to the disk.
 *
 *   writer_plan()    compare with the disk and the manifest; decide per file
 *   writer_commit()  stage, rename, prune, write the manifest last
 *
 * The manifest, .rune/manifest.json below the output root, lists the files that
 * earlier builds own: path, SHA-256, platforms, owner. A file that it does not list is
 * the user's and is never overwritten or removed (RN3003); nor is one whose hash
 * differs from the manifest's (RN3004). `force` overrides both. What equals the
 * output anyway is adopted. Symbolic links below the root are not followed
 * (RN3005).
 *
 * A crash at any point leaves each file old or new; the next build completes.
 * Until all is done, .rune/manifest.next.json says what the commit meant to
 * write, so that the next build knows the new files as ours and removes staged
 * ones. What is staged for "a/b" is "a/.rune-<16 hex digits>.new". */
#ifndef RUNE_WRITER_H
#define RUNE_WRITER_H

#include "rune/outtree.h"

#define MANIFEST_PATH ".rune/manifest.json"
#define MANIFEST_NEXT ".rune/manifest.next.json"
#define LOCK_PATH     ".rune/lock"

enum write_action {
	WRITE_SAME, /* on disk as it should be */
	WRITE_CREATE,
	WRITE_UPDATE,
	WRITE_DELETE, /* ours, no longer emitted */
	WRITE_FORGET, /* in the manifest but gone, or shared with another platform */
	WRITE_KEEP, /* ours, of a broken skill: left as it is */
	WRITE_REFUSE, /* foreign or changed by hand, reported */
};

struct manifest;
struct manifest_entry;

struct write_op {
	enum write_action action;
	struct str path; /* below the output root */
	struct str old_bytes; /* for diffs; empty if absent */
	struct str new_bytes; /* whole file, block merged in */
	bool executable;
	uint32_t mode; /* permission bits to keep, of a shared file; 0: the usual */
	const struct out_entry *entry; /* NULL for deletions */
	struct str platform, owner;
	const char *reason; /* of a refusal */
	/* In the manifest before and after; NULL: not there. */
	const struct manifest_entry *was, *will;
};

struct writer_options {
	bool force;
	bool prune; /* also what platforms have that are not of this build */
	/* Platforms of this build: their files that are not emitted any more
	 * are pruned; those of other platforms are left alone. */
	const struct str *platform;
	size_t nplatform;
	size_t jobs; /* threads for hashing; 0: one per processor */
	unsigned wait_ms; /* longest wait for another build; 0: WRITER_WAIT_MS */
};

struct write_plan {
	struct str root; /* directory the paths are below */
	struct write_op *op; /* sorted by path, one per file */
	size_t n;
	size_t count[WRITE_REFUSE + 1];
	bool changes; /* anything to create, update or delete */
	struct str *dir; /* directories to make, parents first */
	size_t ndir;
	/* As on disk, and as the commit will write it. They may differ without
	 * `changes`, as when files are adopted: commit then, too. */
	struct str manifest_old, manifest_new;
	struct str manifest_next; /* left by a commit that was cut off; else empty */
	bool was_cut_off; /* one was left, if only an empty one */
	/* What the plan was made from. */
	const struct outtree *tree;
	struct writer_options options;
	struct manifest *before; /* manifest_old and _next as the disk bears them out */
	struct str
		others; /* platforms that are not of this build and keep files: "a, b" */
};

/* Decide. Refusals are reported and stand in the plan; false only if nothing
 * can be decided (unusable manifest or root). Takes no lock, changes nothing.
 * `t` and the strings of `o` must outlive the plan. */
bool writer_plan(struct write_plan *p, const struct outtree *t, struct str root,
	const struct writer_options *o, struct source_set *sources, struct arena *a,
	struct diag_sink *sink);
/* Carry out, holding the lock. Waits for another build, but not for ever
 * (RN3011). If the project changed since the plan was made, the
 * plan is made anew first. False after reporting an I/O error: if it came while
 * staging, nothing has changed; if later, the manifest says what is on disk.
 * Does nothing, without a lock, if there is nothing to write. */
bool writer_commit(struct write_plan *p, struct source_set *sources, struct arena *a,
	struct diag_sink *sink);
#define WRITER_WAIT_MS 10000

/* Unified diff of a plan: creations, updates, deletions. */
void writer_diff(struct buf *out, const struct write_plan *p);

/* Where the new text of `path` is staged, beside it. */
struct str writer_stage_path(struct arena *a, struct str path);

#endif
