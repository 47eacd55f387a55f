/* diff.h - line differences (Myers), for `--diff`. */
#ifndef RUNE_DIFF_H
#define RUNE_DIFF_H

#include "rune/buf.h"

/* Append a unified diff with `context` lines; nothing if a equals b. Says "no
 * newline at end of file" as diff(1) does; binary content (a NUL byte) is one
 * line saying so. `a_path`/`b_path` are printed after ---/+++. */
void diff_unified(struct buf *out, struct str a_path, struct str a, struct str b_path,
	struct str b, unsigned context);

#endif
