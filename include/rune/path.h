/* path.h - lexical operations on '/'-separated paths. No file system. */
#ifndef RUNE_PATH_H
#define RUNE_PATH_H

#include "rune/arena.h"

bool path_is_absolute(struct str p);
struct str path_base(struct str p); /* "a/b.md" -> "b.md" */
struct str path_dir(struct str p); /* "a/b.md" -> "a"; "b.md" -> "" */
struct str path_ext(struct str p); /* ".md", or empty */
/* b if absolute or a is empty, else "a/b". */
struct str path_join(struct arena *a, struct str dir, struct str b);
/* Resolve "." and ".." and repeated slashes. A relative path that climbs out
 * keeps its leading "..". The empty result is ".". */
struct str path_normalize(struct arena *a, struct str p);
/* `to` as seen from directory `from_dir`; both relative to one place (or both
 * absolute), normalised or not. */
struct str path_relative(struct arena *a, struct str from_dir, struct str to);
/* Relative, not empty, no "." or ".." component, no empty component, no
 * backslash, no control character, valid UTF-8: may be written below a root. */
bool path_is_safe(struct str p);
/* Is `p` equal to `dir` or below it (lexically, after normalisation)? */
bool path_is_below(struct str p, struct str dir);
/* Shell-style match: '*' within a component, '**' across, '?'. */
bool path_glob(struct str pattern, struct str p);

#endif
