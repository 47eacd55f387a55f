/* source.h - input bytes and positions in them.
 *
 * A source set owns the identity of every input of a run. Ids are given in the
 * order of discovery (sorted paths), so they are stable for a given input.
 * Adding is single-threaded; afterwards the set is const and shared. */
#ifndef RUNE_SOURCE_H
#define RUNE_SOURCE_H

#include "rune/arena.h"

enum source_origin { SOURCE_FILE, SOURCE_EMBEDDED, SOURCE_STDIN, SOURCE_NONE };

struct source {
	uint32_t id; /* index in the source set, stable for the run; 0: none */
	struct str path; /* as shown to the user, '/'-separated */
	struct str text; /* exactly the bytes read; never modified */
	uint32_t *line; /* line[i] = offset of line i's first byte; nline + 1 */
	uint32_t nline;
	enum source_origin origin;
};

/* The only form in which positions travel. 12 bytes, passed by value.
 * src 0: no position. */
struct span {
	uint32_t src, off, len;
};
#define SPAN_NONE ((struct span){ 0, 0, 0 })

static inline uint32_t span_end(struct span s)
{
	return s.off + s.len;
}

struct linecol {
	uint32_t line, col; /* 1-based; col in bytes */
};

struct source_set {
	struct arena *a;
	const struct source **v; /* v[0] is a source without path or text */
	size_t n, cap;
};

/* Largest input that is read, in bytes (the rule is RN9003). */
#define SOURCE_MAX (16u << 20)

void source_set_init(struct source_set *s, struct arena *a);
/* Borrows `text` and copies `path`. A path with empty text and origin
 * SOURCE_NONE stands for a file that could not be read, or an output, so that
 * diagnostics can point at it. */
const struct source *source_add(struct source_set *s, struct str path, struct str text,
	enum source_origin origin);
const struct source *source_get(const struct source_set *s, uint32_t id);

struct linecol source_locate(const struct source *s, uint32_t off);
struct str source_slice(const struct source *s, struct span sp);
/* Bytes of line `line` (1-based) without its end. */
struct str source_line(const struct source *s, uint32_t line);
/* The whole file as a span. */
struct span source_span(const struct source *s);

#endif
