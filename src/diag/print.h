/* print.h - what the printers share. */
#ifndef RUNE_DIAG_PRINT_H
#define RUNE_DIAG_PRINT_H

#include "rune/diag.h"

/* Append the character at s[*off] so that it cannot harm a terminal: controls, and
 * what reorders or hides text, are spelt out. Advances; returns the columns it takes. */
size_t print_char(struct buf *out, struct str s, size_t *off);
void print_safe(struct buf *out, struct str s);
/* With quotes. */
void print_json_string(struct buf *out, struct str s);
/* Line and column, the latter in UTF-16 code units as other programs count. */
struct linecol print_locate16(const struct source *src, uint32_t off);
/* A path of ours relative to the tool's root; absolute if it is not below. */
struct str print_path(const struct diag_tool *tool, struct str path, struct arena *a);
/* Each note on a line of its own, after a line feed. */
void print_notes(struct buf *out, const struct diag *d, const struct source_set *sources);

#endif
