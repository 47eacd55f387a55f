/* buf.h - a growing byte string in an arena. Invariant: p[n] is NUL once
 * anything was added. Zero-initialise with BUF_INIT(arena). */
#ifndef RUNE_BUF_H
#define RUNE_BUF_H

#include <stdarg.h>

#include "rune/arena.h"

struct buf {
	struct arena *a;
	char *p;
	size_t n, cap;
};
#define BUF_INIT(arena)             \
	{                           \
		(arena), NULL, 0, 0 \
	}

void buf_add(struct buf *b, struct str s);
void buf_addz(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_fill(struct buf *b, char c, size_t count);
void buf_addf(struct buf *b, const char *fmt, ...) RUNE_PRINTF(2, 3);
void buf_vaddf(struct buf *b, const char *fmt, va_list ap) RUNE_PRINTF(2, 0);
/* The contents, borrowed; valid until the next addition. */
struct str buf_str(const struct buf *b);

#endif
