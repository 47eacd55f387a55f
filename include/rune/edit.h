/* edit.h - changes expressed against the original bytes. */
#ifndef RUNE_EDIT_H
#define RUNE_EDIT_H

#include "rune/source.h"

struct edit {
	uint32_t off, len; /* what is replaced; len 0 inserts before off */
	struct str with;
	uint16_t pass; /* who asked; earlier passes win conflicts */
	uint32_t seq;
};

struct edit_list {
	struct arena *a;
	struct edit *v;
	size_t n, cap;
};

void edit_add(
	struct edit_list *l, uint32_t off, uint32_t len, struct str with, uint16_t pass);
/* Sort, drop overlaps, splice: `range` of `text`, in which all edits lie. Insertions
 * at the same place stand in pass order, before what is replaced there; those at
 * either end of the range belong to it. No edits: the bytes themselves, not copied. Dropped edits are
 * moved to the end of l->v and their number is returned. */
size_t edit_apply(struct edit_list *l, struct str text, struct span range,
	struct arena *a, struct str *out);

#endif
