/* base.h - slices, assertions and attributes. Included first, by everything. */
#ifndef RUNE_BASE_H
#define RUNE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define RUNE_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define RUNE_NODISCARD	  __attribute__((warn_unused_result))
#define RUNE_NORETURN	  __attribute__((noreturn))
#else
#define RUNE_PRINTF(f, a)
#define RUNE_NODISCARD
#define RUNE_NORETURN
#endif

#define COUNTOF(a) (sizeof(a) / sizeof((a)[0]))

/* A violated invariant of our own: print and abort, in every build type. */
#define BUG_IF(cond) ((cond) ? bug_at(__FILE__, __LINE__, #cond) : (void)0)
RUNE_NORETURN void bug_at(const char *file, int line, const char *what);

/* Non-owning view of bytes; not NUL-terminated; p may be NULL only if n == 0. */
struct str {
	const char *p;
	size_t n;
};
#define STR(lit) ((struct str){ (lit), sizeof(lit) - 1 })
#define STR_INIT(lit)                  \
	{                              \
		(lit), sizeof(lit) - 1 \
	} /* in static initialisers */
#define STR_ARG(s) (int)(s).n, (s).p /* for "%.*s" */
#define STR_NONE   ((struct str){ NULL, 0 })

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (!a.n || !memcmp(a.p, b.p, a.n));
}

#endif
