/* utf8.h - decoding and counting. */
#ifndef RUNE_UTF8_H
#define RUNE_UTF8_H

#include "rune/base.h"

/* Decode at s[*off], advance. Malformed input yields -1 and advances by one
 * byte. Surrogates, overlong forms and > U+10FFFF are malformed. */
int32_t utf8_next(struct str s, size_t *off);
/* Offset of the first malformed byte, or s.n. */
size_t utf8_check(struct str s);
size_t utf8_count(struct str s); /* code points; a malformed byte counts one */
/* Byte offset of code point number `index`, at most s.n. */
size_t utf8_offset(struct str s, size_t index);
/* Largest offset <= limit that does not split a code point. */
size_t utf8_floor(struct str s, size_t limit);
/* Encode into out[4]; returns the length, 0 if not encodable. */
size_t utf8_put(char out[4], uint32_t cp);
/* Terminal columns, for carets: tabs 1, wide CJK and emoji 2, marks 0. */
size_t utf8_width(struct str s);

#endif
