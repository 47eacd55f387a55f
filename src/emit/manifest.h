/* manifest.h - the record of what earlier builds wrote, and for whom.
 *
 *   {
 *     "version": 1,
 *     "files": {
 *       "<path>": {"sha256": "…", "platforms": ["cursor"], "owner": "rune-a"},
 *       "AGENTS.md": {"kind": "block", "regions": {"codex": "<sha256>"}}
 *     },
 *     "directories": [".cursor", …]
 *   }
 *
 * Sorted, one file per line, no time, no absolute path: it may be committed. It
 * comes from the project and is not trusted: paths are checked on reading. */
#ifndef RUNE_EMIT_MANIFEST_H
#define RUNE_EMIT_MANIFEST_H

#include "rune/diag.h"
#include "rune/hash.h"
#include "rune/map.h"

/* A platform that has a share in a file. */
struct manifest_part {
	struct str platform;
	struct str sha256; /* of its region; empty for whole files */
};

struct manifest_entry {
	struct str path;
	bool block; /* regions of ours in the user's file */
	bool created; /* block: the file itself was made by us */
	struct str sha256; /* of the whole file, unless block */
	struct str owner; /* emitted name of a skill, or empty */
	struct manifest_part *part; /* sorted by platform */
	size_t npart;
};

struct manifest {
	struct arena *a;
	struct manifest_entry *v; /* sorted by path after manifest_sort() */
	size_t n, cap;
	struct map by_path; /* after manifest_sort() */
	struct str *dir; /* directories made by us, sorted */
	size_t ndir, dir_cap;
};

void manifest_init(struct manifest *m, struct arena *a);
/* Reports RN3007 and returns false if it cannot be used. Strings borrow from
 * the arena. */
bool manifest_parse(struct manifest *m, const struct source *src, struct diag_sink *sink);
void manifest_add(struct manifest *m, const struct manifest_entry *e);
void manifest_add_dir(struct manifest *m, struct str dir);
/* Sort, drop repeated directories, and make the entries findable. */
void manifest_sort(struct manifest *m);
struct manifest_entry *manifest_find(const struct manifest *m, struct str path);
bool manifest_has_dir(const struct manifest *m, struct str dir);
/* Of a sorted manifest. */
struct str manifest_write(const struct manifest *m);

/* The share of `platform`, or NULL. */
const struct manifest_part *manifest_part_find(
	const struct manifest_entry *e, struct str platform);
/* Add a share in sorted order; one that is there already is replaced. */
void manifest_part_add(
	struct arena *a, struct manifest_entry *e, const struct manifest_part *part);

/* Hexadecimal SHA-256 in an arena. */
struct str manifest_hash(struct arena *a, struct str bytes);
/* Of a region's text: the same whether its lines end in LF or CRLF. */
struct str manifest_hash_region(struct arena *a, struct str body);

#endif
