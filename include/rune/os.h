/* os.h - all that is not ISO C. Functions return 0 or an errno value; the
 * caller turns it into a diagnostic with the path. Paths are bytes. */
#ifndef RUNE_OS_H
#define RUNE_OS_H

#include "rune/arena.h"

enum os_kind { OS_MISSING, OS_FILE, OS_DIR, OS_LINK, OS_OTHER };

struct os_stat {
	enum os_kind kind;
	uint64_t size; /* bytes */
	uint32_t mode; /* permission bits */
	uint64_t dev, ino;
};

struct os_entry {
	struct str name;
	enum os_kind kind; /* of the entry itself: links are OS_LINK */
};

/* A missing file is not an error: kind OS_MISSING, result 0. */
int os_lstat(struct str path, struct os_stat *out);
int os_stat(struct str path, struct os_stat *out); /* follows links */
/* Whole file; EFBIG above `limit` bytes (0: no limit); EISDIR on a directory.
 * Refuses what is not a regular file (no fifo or device is opened). */
int os_read_file(struct str path, size_t limit, struct arena *a, struct str *out);
/* All of a stream (stdin). */
int os_read_fd(int fd, size_t limit, struct arena *a, struct str *out);
/* Entries except "." and "..", in byte order. */
int os_list_dir(struct str path, struct arena *a, struct os_entry **out, size_t *n);
/* Absolute path without links; ENOENT if absent. */
int os_realpath(struct str path, struct arena *a, struct str *out);
int os_cwd(struct arena *a, struct str *out);

/* Create, exclusively, and write; fails if it exists (a link is never
 * followed). With `sync`, the data reaches the disk before success. */
int os_write_new(struct str path, struct str bytes, uint32_t mode, bool sync);
int os_write_fd(int fd, struct str bytes); /* all of it */
int os_mkdir(struct str path, uint32_t mode); /* EEXIST if there */
int os_rename(struct str from, struct str to);
int os_unlink(struct str path);
int os_rmdir(struct str path);
int os_sync_dir(struct str path);
int os_chmod(struct str path, uint32_t mode);
/* Advisory lock on a file that is created if missing. EWOULDBLOCK if held by
 * another process and !wait. */
int os_lock(struct str path, bool wait, int *fd_out);
void os_unlock(int fd);
void os_sleep_ms(unsigned ms);
uint32_t os_umask_mode(bool executable); /* 0666 or 0777 less the umask */

bool os_isatty(int fd);
size_t os_term_width(int fd); /* columns; 0: unknown */
const char *os_getenv(const char *name);
const char *os_strerror(int err);
/* Writing to a closed pipe returns EPIPE, and beyond the limit on file sizes
 * EFBIG, instead of ending the process. */
void os_ignore_sigpipe(void);
/* From now on an interrupt (SIGINT, SIGTERM, SIGHUP, unless ignored) ends the process as
 * before, and says first what becomes of files that were being written. */
void os_say_when_interrupted(void);

#endif
