/* outtree.h - everything a build would write, in memory. Nothing on disk is
 * touched here. */
#ifndef RUNE_OUTTREE_H
#define RUNE_OUTTREE_H

#include "rune/diag.h"
#include "rune/map.h"

enum out_kind {
	OUT_OWNED, /* the whole file is ours */
	OUT_BLOCK, /* a marked region of a shared file; bytes: what stands between */
};

struct out_entry {
	struct str path; /* below the output root, safe */
	struct str bytes;
	bool executable;
	enum out_kind kind;
	struct str platform; /* who emitted it; after a merge, "codex,gemini" */
	struct str owner; /* emitted name of the skill it belongs to, or empty */
	/* OUT_BLOCK: left out where the user's own text has this top-level YAML key,
	 * which there may be once (RN3022 unless it mentions `names`). */
	struct str unless_key, names;
	struct span from; /* where it comes from, for messages */
	size_t index; /* in outtree.v; set by outtree_add() */
};

struct outtree {
	struct arena *a;
	struct out_entry *v; /* sorted by path after outtree_finish() */
	size_t n, cap;
	struct map by_path; /* case-folded path → entry; directories end in '/' */
	/* Emitted names whose skill is broken: files that an earlier build owns
	 * for them are kept as they are. */
	struct str *kept;
	size_t nkept, kept_cap;
};

void outtree_init(struct outtree *t, struct arena *a);
/* Reports and returns false on an unsafe path (RN3002) or a path that is taken,
 * also when only letter case differs or one is the other's directory (RN3001,
 * naming both). Several platforms may have a region in the same file. */
bool outtree_add(struct outtree *t, const struct out_entry *e, struct diag_sink *sink);
void outtree_keep(struct outtree *t, struct str emit_name);
void outtree_finish(struct outtree *t);
/* Put several platforms' trees into one. The same path with the same bytes is
 * one file with two owners; with other bytes it is refused (RN3001) naming
 * both platforms. */
bool outtree_merge(
	struct outtree *into, const struct outtree *from, struct diag_sink *sink);

/* `path` as a file system that ignores letter case compares it. */
struct str outtree_fold(struct arena *a, struct str path);
/* Safe, and neither git's nor one of our own records. */
bool outtree_path_ok(struct arena *a, struct str path);

#endif
