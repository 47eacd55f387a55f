/* arena.h - region allocation. Everything in an arena dies with the arena.
 *
 * A zeroed struct is an empty arena. Life times in rune: the run's arena, one
 * per task (a platform, a parsed document), and scratch. An arena is never
 * shared between threads. */
#ifndef RUNE_ARENA_H
#define RUNE_ARENA_H

#include "rune/base.h"

struct arena_block;
struct arena {
	struct arena_block *head;
	size_t block_size; /* of the next block, in bytes; 0: default */
};

/* Zeroed memory; never NULL (exhaustion ends the program). */
void *arena_alloc(struct arena *a, size_t count, size_t size, size_t align);
/* A copy of `s`, with a NUL after its last byte. */
struct str arena_strdup(struct arena *a, struct str s);
/* Grow the last allocation in place where possible, else copy. */
void *arena_grow(struct arena *a, void *old, size_t old_count, size_t new_count,
	size_t size, size_t align);
/* Take over all that `child` holds; `child` is empty afterwards. */
void arena_adopt(struct arena *a, struct arena *child);
void arena_release(struct arena *a);

#define arena_new(a, T)	     ((T *)arena_alloc((a), 1, sizeof(T), _Alignof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc((a), (n), sizeof(T), _Alignof(T)))

/* Append room for one element to a growing array {T *v; size_t n, cap} held in
 * an arena, and evaluate to a pointer to it (zeroed). */
#define arena_push(a, T, v, n, cap)                                                      \
	((n) == (cap) ? ((v) = arena_grow((a), (v), (n), (cap) ? (cap)*2 : 8, sizeof(T), \
				 _Alignof(T)),                                           \
				(cap) = (cap) ? (cap)*2 : 8)                             \
		      : 0,                                                               \
		&(v)[(n)++])

#endif
