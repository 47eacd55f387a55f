/* block.h - regions of ours in files that belong to the user.
 *
 *   <!-- rune:begin codex -->
 *   …
 *   <!-- rune:end codex -->
 *
 * All outside the markers is the user's and is kept byte for byte. In files
 * whose comments begin with '#', the markers do too. */
#ifndef RUNE_BLOCK_H
#define RUNE_BLOCK_H

#include "rune/diag.h"

enum block_style { BLOCK_HTML, BLOCK_HASH };
enum block_style block_style_of(struct str path);

/* `text` with the region of `owner` set to `body`, or appended (after one empty
 * line) if there is none. Setting the same body again yields equal bytes.
 * Reports RN3006 and returns false, `*out` untouched, if the markers are
 * damaged: one without the other, in the wrong order, repeated, or around
 * another owner's; or if `body` itself holds such a line. The file's own line
 * ends (LF or CRLF) are used. `at` is the span of `text`: what is reported
 * points into it. */
bool block_set(struct str text, enum block_style style, struct str owner, struct str body,
	struct span at, struct arena *a, struct diag_sink *sink, struct str *out);
/* `text` without the region and without the empty line that was added before
 * it. What is left may be empty. */
bool block_remove(struct str text, enum block_style style, struct str owner,
	struct span at, struct arena *a, struct diag_sink *sink, struct str *out);
/* The bytes between the markers, the last line's end included; false if there
 * is no region, or its markers are damaged. */
bool block_get(
	struct str text, enum block_style style, struct str owner, struct str *body);

#endif
