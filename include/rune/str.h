/* str.h - operations on borrowed bytes. Nothing here allocates unless it takes
 * an arena; results without one point into their arguments. */
#ifndef RUNE_STR_H
#define RUNE_STR_H

#include <stdarg.h>

#include "rune/arena.h"

#define STR_NPOS SIZE_MAX

struct str str_c(const char *s); /* a C string as a str; NULL: empty */
/* The bytes [off, off + n) of `s`, clipped to it. */
struct str str_sub(struct str s, size_t off, size_t n);
struct str str_from(struct str s, size_t off);
int str_cmp(struct str a, struct str b); /* byte order, then length */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_eq_nocase(struct str a, struct str b); /* ASCII only */
struct str str_trim(struct str s); /* ASCII white space, both ends */
size_t str_find(struct str hay, struct str needle, size_t from);
size_t str_find_char(struct str hay, char c, size_t from);
/* Cut the next piece off `*rest` at `sep`; false when nothing is left (p NULL).
 * STR_NONE has no pieces, "" has one empty piece, "a," has two. */
bool str_split(struct str *rest, char sep, struct str *piece);
/* Next line without its end (LF or CRLF); false at the end. */
bool str_line(struct str *rest, struct str *line);

/* Optimal string alignment distance, case folded (ASCII); bounded input. */
size_t str_distance(struct str a, struct str b);
/* The candidate nearest to `s` if near enough to suggest, else STR_NONE. */
struct str str_nearest(struct str s, const struct str *v, size_t n);

struct str str_fmt(struct arena *a, const char *fmt, ...) RUNE_PRINTF(2, 3);
struct str str_vfmt(struct arena *a, const char *fmt, va_list ap) RUNE_PRINTF(2, 0);
/* NUL-terminated copy. */
const char *str_dupz(struct arena *a, struct str s);
/* `x` and then `y`; for long texts, which str_fmt() is slow with. */
struct str str_cat(struct arena *a, struct str x, struct str y);
/* `format` with every "{key}" replaced by `value`. */
struct str str_expand(
	struct arena *a, struct str format, struct str key, struct str value);
struct str str_lower(struct arena *a, struct str s); /* ASCII */

static inline bool char_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool char_is_digit(char c)
{
	return c >= '0' && c <= '9';
}
static inline bool char_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}
static inline bool char_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}
static inline bool char_is_alnum(char c)
{
	return char_is_digit(c) || char_is_lower(c) || char_is_upper(c);
}

#endif
