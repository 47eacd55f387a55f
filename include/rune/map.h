/* map.h - byte string to pointer, in an arena, iterated in order of insertion
 * (so no output depends on hash order). Keys are borrowed. No removal. */
#ifndef RUNE_MAP_H
#define RUNE_MAP_H

#include "rune/arena.h"

struct map_entry {
	struct str key;
	void *value;
	uint64_t hash;
};

struct map {
	struct arena *a;
	struct map_entry *entry; /* n entries, in order of insertion */
	size_t n, cap;
	uint32_t *slot; /* open addressing; 0: free, else entry index + 1 */
	size_t nslot; /* a power of two */
};
#define MAP_INIT(arena)                      \
	{                                    \
		(arena), NULL, 0, 0, NULL, 0 \
	}

void *map_find(const struct map *m, struct str key); /* NULL: absent */
/* Add; if the key is present leave it and return the value it has, else NULL.
 * `value` must not be NULL. */
void *map_add(struct map *m, struct str key, void *value);
/* Add or replace. */
void map_set(struct map *m, struct str key, void *value);

#endif
