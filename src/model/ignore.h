/* ignore.h - what .gitignore files say of directories.
 *
 * Only directories are asked about. Patterns with character classes or escapes are
 * left out: too much is read then, never too little. */
#ifndef RUNE_MODEL_IGNORE_H
#define RUNE_MODEL_IGNORE_H

#include "rune/arena.h"

/* A pattern, and those that count less: of the lines before it and of the
 * directories above. */
struct ignore;

/* With the patterns of `dir`/.gitignore, an absolute path, on top of `above`. */
const struct ignore *ignore_enter(
	const struct ignore *above, struct str dir, struct arena *a);
/* The same for a directory and all above it, up to the repository's root. */
const struct ignore *ignore_outside(struct str dir, struct arena *a);
bool ignore_directory(const struct ignore *ig, struct str path);

#endif
