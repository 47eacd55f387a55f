/* tmpdir.h - a real directory for tests of the writer. Paths are below it. */
#ifndef RUNE_TEST_TMPDIR_H
#define RUNE_TEST_TMPDIR_H

#include "rune/arena.h"

struct tmpdir {
	struct arena a;
	struct str root;
};

void tmpdir_init(struct tmpdir *t);
/* Remove all that is in it, and it. */
void tmpdir_release(struct tmpdir *t);
/* Remove all that is in it. */
void tmpdir_clear(struct tmpdir *t);
struct str tmpdir_path(struct tmpdir *t, const char *path);
/* Write a file, making directories; replaces one that is there. */
void tmpdir_put(struct tmpdir *t, const char *path, const char *text);
void tmpdir_link(struct tmpdir *t, const char *path, const char *target);
void tmpdir_mkdir(struct tmpdir *t, const char *path);
/* The contents of a file; NULL if there is none. */
const char *tmpdir_get(struct tmpdir *t, const char *path);
/* Everything below the directory, sorted, one per line: "a/", "a/f", "l@";
 * without the lock file. */
const char *tmpdir_list(struct tmpdir *t);

#endif
