/* hash.h - FNV-1a for tables, SHA-256 (libmd) for what is written to disk. */
#ifndef RUNE_HASH_H
#define RUNE_HASH_H

#include "rune/base.h"

#define HASH_HEX 64

uint64_t hash_fnv(struct str s);
/* Of eight bytes at a time: for finding equal texts in memory, and for nothing that is
 * kept. It differs between machines of different byte order. */
uint64_t hash_quick(struct str s);
/* Lower-case hexadecimal SHA-256 of `s`, NUL-terminated. */
void hash_sha256_hex(struct str s, char out[HASH_HEX + 1]);

#endif
