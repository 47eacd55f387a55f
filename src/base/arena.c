#include <stdio.h>
#include <stdlib.h>

#include "rune/arena.h"

#define BLOCK_DEFAULT ((size_t)32 * 1024)
#define BLOCK_MAX     ((size_t)1024 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t used, cap;
	_Alignas(max_align_t) char mem[];
};

static void *bytes_or_die(size_t n)
{
	void *p = malloc(n);

	if (!p) {
		fputs("rune: out of memory\n", stderr);
		exit(70);
	}
	return p;
}

/* Only what is handed out: most of a block of a small document is never used. */
static void *zeroed(char *p, size_t n)
{
	return n ? memset(p, 0, n) : p;
}

/* Blocks double, so that a big document costs few of them and a small one
 * little memory. */
static struct arena_block *block_add(struct arena *a, size_t want)
{
	size_t cap = a->block_size ? a->block_size : BLOCK_DEFAULT;
	struct arena_block *b;

	if (a->head && a->head->cap >= cap)
		cap = a->head->cap < BLOCK_MAX ? a->head->cap * 2 : BLOCK_MAX;
	if (cap < want)
		cap = want;
	b = bytes_or_die(sizeof(*b) + cap);
	b->used = 0;
	b->cap = cap;
	b->next = a->head;
	a->head = b;
	return b;
}

void *arena_alloc(struct arena *a, size_t count, size_t size, size_t align)
{
	struct arena_block *b = a->head;
	size_t at = 0, want;

	BUG_IF(size && count > SIZE_MAX / 2 / size);
	want = count * size;
	if (b)
		at = (b->used + align - 1) & ~(align - 1);
	if (!b || at > b->cap || b->cap - at < want) {
		b = block_add(a, want);
		at = 0;
	}
	b->used = at + want;
	return zeroed(b->mem + at, want);
}

void *arena_grow(struct arena *a, void *old, size_t old_count, size_t new_count,
	size_t size, size_t align)
{
	struct arena_block *b = a->head;
	size_t more;
	void *p;

	BUG_IF(new_count < old_count);
	BUG_IF(size && new_count > SIZE_MAX / 2 / size);
	more = (new_count - old_count) * size;
	if (old && b && (char *)old + old_count * size == b->mem + b->used &&
		b->cap - b->used >= more) {
		zeroed(b->mem + b->used, more);
		b->used += more;
		return old;
	}
	p = arena_alloc(a, new_count, size, align);
	if (old_count)
		memcpy(p, old, old_count * size);
	return p;
}

struct str arena_strdup(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1, 1, 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return (struct str){ p, s.n };
}

/* The child's blocks go behind the head, whose free room stays in use. */
void arena_adopt(struct arena *a, struct arena *child)
{
	struct arena_block *last = child->head;

	if (!last)
		return;
	while (last->next)
		last = last->next;
	if (a->head) {
		last->next = a->head->next;
		a->head->next = child->head;
	} else {
		a->head = child->head;
	}
	child->head = NULL;
}

void arena_release(struct arena *a)
{
	struct arena_block *b = a->head, *next;

	for (; b; b = next) {
		next = b->next;
		free(b);
	}
	a->head = NULL;
}
