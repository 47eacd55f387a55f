/* pool.h - run a function over an index range on several threads.
 *
 * Which thread runs which index is unspecified; a caller makes the result
 * independent of it by giving every index its own arena and sink. */
#ifndef RUNE_POOL_H
#define RUNE_POOL_H

#include <stddef.h>

/* Processors this process may use, at least 1. */
size_t pool_processors(void);
/* Call run(arg, i) once for each i in [0, n) on up to `threads` threads (0:
 * one per processor); returns when all are done. 1 thread: in the caller. */
void pool_for(size_t threads, size_t n, void (*run)(void *arg, size_t i), void *arg);

#endif
