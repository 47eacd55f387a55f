/* passes.h - the passes, and what they share. A pass edits only what the unit
 * covers: its range less what is left out of it. */
#ifndef RUNE_PASS_PASSES_H
#define RUNE_PASS_PASSES_H

#include "rune/pass.h"

typedef void pass_fn(const struct pass_ctx *c, struct edit_list *out);
pass_fn pass_references, pass_connections, pass_tool_names, pass_subagents, pass_scripts,
	pass_links, pass_headings, pass_compliance, pass_constraints, pass_branding;

/* Does all of `s` go into this file? */
bool pass_covers(const struct pass_ctx *c, struct span s);
void pass_replace(const struct pass_ctx *c, struct edit_list *out, struct span what,
	struct str with);
/* Insert a block of complete lines before the line that begins at `off`, with an
 * empty line on either side. */
void pass_insert_block(
	const struct pass_ctx *c, struct edit_list *out, uint32_t off, struct str block);
/* The same at the end of the file, after what earlier passes put there. A code
 * fence or comment that the author left open is closed first. */
void pass_append_block(const struct pass_ctx *c, struct edit_list *out, struct str block);

#endif
