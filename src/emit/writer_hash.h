/* writer_hash.h - SHA-256 of every file of a tree. */
#ifndef RUNE_EMIT_WRITER_HASH_H
#define RUNE_EMIT_WRITER_HASH_H

#include "rune/hash.h"
#include "rune/outtree.h"

struct sha256_hex {
	char digits[HASH_HEX + 1]; /* and a NUL */
};

/* One for each entry, in their order; in `a`. With `jobs` threads, 0: one per
 * processor. */
const struct sha256_hex *writer_hashes(
	const struct outtree *t, size_t jobs, struct arena *a);

#endif
