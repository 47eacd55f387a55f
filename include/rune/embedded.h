/* embedded.h - the library (skills/ and extensions/), compiled into the program.
 *
 * The table is written at build time by src/embed/embed_gen.c. It is sorted by path
 * (bytes, as strcmp), so that it can be searched by halves and a directory is one run
 * of entries. Read only; the bytes live as long as the program. */
#ifndef RUNE_EMBEDDED_H
#define RUNE_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>

struct embedded_file {
	const char *path; /* from the library's root: "skills/cook/SKILL.md" */
	const char *bytes; /* any bytes, NUL included; one more NUL follows them */
	size_t len;
	bool executable;
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

#endif
