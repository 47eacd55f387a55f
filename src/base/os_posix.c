/* os_posix.c - the only file that calls POSIX. */
#if defined(__APPLE__)
#define _DARWIN_C_SOURCE
#endif
#define _GNU_SOURCE

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#if defined(__linux__)
#include <sched.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "rune/buf.h"
#include "rune/os.h"
#include "rune/pool.h"
#include "rune/str.h"

/* A path as the system wants it. Kept apart from the caller's arena, which a
 * call that returns no memory need not have. */
struct zpath {
	struct arena a;
	const char *z;
};

static int zpath_init(struct zpath *zp, struct str path)
{
	*zp = (struct zpath){ .a = { .block_size = 512 } };
	if (str_find_char(path, '\0', 0) != STR_NPOS)
		return EINVAL;
	zp->z = path.n ? str_dupz(&zp->a, path) : ".";
	return 0;
}

static enum os_kind kind_of(mode_t m)
{
	if (S_ISREG(m))
		return OS_FILE;
	if (S_ISDIR(m))
		return OS_DIR;
	return S_ISLNK(m) ? OS_LINK : OS_OTHER;
}

static int stat_with(
	int (*call)(const char *, struct stat *), struct str path, struct os_stat *out)
{
	struct zpath zp;
	struct stat st;
	int err = zpath_init(&zp, path);

	*out = (struct os_stat){ .kind = OS_MISSING };
	if (err)
		return err;
	err = call(zp.z, &st) ? errno : 0;
	arena_release(&zp.a);
	if (err)
		return err == ENOENT || err == ENOTDIR ? 0 : err;
	out->kind = kind_of(st.st_mode);
	out->size = (uint64_t)st.st_size;
	out->mode = (uint32_t)(st.st_mode & 07777);
	out->dev = (uint64_t)st.st_dev;
	out->ino = (uint64_t)st.st_ino;
	return 0;
}

int os_lstat(struct str path, struct os_stat *out)
{
	return stat_with(lstat, path, out);
}

int os_stat(struct str path, struct os_stat *out)
{
	return stat_with(stat, path, out);
}

static int read_all(int fd, size_t hint, size_t limit, struct arena *a, struct str *out)
{
	size_t cap = hint + 1, n = 0;
	char *p = arena_alloc(a, cap, 1, 1);

	for (;;) {
		ssize_t got;

		if (n + 1 >= cap) {
			size_t more = cap < 4096 ? 4096 : cap * 2;

			p = arena_grow(a, p, cap, more, 1, 1);
			cap = more;
		}
		got = read(fd, p + n, cap - 1 - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		if (!got)
			break;
		n += (size_t)got;
		if (limit && n > limit)
			return EFBIG;
	}
	p[n] = '\0';
	*out = (struct str){ p, n };
	return 0;
}

int os_read_file(struct str path, size_t limit, struct arena *a, struct str *out)
{
	struct zpath zp;
	struct stat st;
	int fd, err = zpath_init(&zp, path);

	*out = STR_NONE;
	if (err)
		return err;
	/* O_NONBLOCK: opening a fifo must not wait for a writer */
	fd = open(zp.z, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	err = fd < 0 ? errno : 0;
	arena_release(&zp.a);
	if (err)
		return err;
	if (fstat(fd, &st))
		err = errno;
	else if (S_ISDIR(st.st_mode))
		err = EISDIR;
	else if (!S_ISREG(st.st_mode))
		err = EINVAL;
	else if (limit && (uint64_t)st.st_size > limit)
		err = EFBIG;
	else
		err = read_all(fd, (size_t)st.st_size + 1, limit, a, out);
	close(fd);
	return err;
}

int os_read_fd(int fd, size_t limit, struct arena *a, struct str *out)
{
	return read_all(fd, 0, limit, a, out);
}

static int entry_cmp(const void *pa, const void *pb)
{
	const struct os_entry *a = pa, *b = pb;

	return str_cmp(a->name, b->name);
}

static enum os_kind entry_kind(DIR *d, const struct dirent *e)
{
	struct stat st;

#ifdef DT_REG
	switch (e->d_type) {
	case DT_REG: return OS_FILE;
	case DT_DIR: return OS_DIR;
	case DT_LNK: return OS_LINK;
	case DT_UNKNOWN: break;
	default: return OS_OTHER;
	}
#endif
	if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW))
		return OS_OTHER;
	return kind_of(st.st_mode);
}

int os_list_dir(struct str path, struct arena *a, struct os_entry **out, size_t *n)
{
	struct os_entry *v = NULL;
	size_t cap = 0;
	struct zpath zp;
	const struct dirent *e;
	DIR *d;
	int err = zpath_init(&zp, path);

	*out = NULL;
	*n = 0;
	if (err)
		return err;
	d = opendir(zp.z);
	err = d ? 0 : errno;
	arena_release(&zp.a);
	if (err)
		return err;
	for (errno = 0; (e = readdir(d)); errno = 0) {
		struct str name = str_c(e->d_name);
		struct os_entry *x;

		if (str_eq(name, STR(".")) || str_eq(name, STR("..")))
			continue;
		x = arena_push(a, struct os_entry, v, *n, cap);
		x->name = arena_strdup(a, name);
		x->kind = entry_kind(d, e);
	}
	err = errno;
	closedir(d);
	if (*n)
		qsort(v, *n, sizeof(*v), entry_cmp);
	*out = v;
	return err;
}

int os_realpath(struct str path, struct arena *a, struct str *out)
{
	struct zpath zp;
	char *real;
	int err = zpath_init(&zp, path);

	*out = STR_NONE;
	if (err)
		return err;
	real = realpath(zp.z, NULL);
	err = real ? 0 : errno;
	arena_release(&zp.a);
	if (real)
		*out = arena_strdup(a, str_c(real));
	free(real);
	return err;
}

int os_cwd(struct arena *a, struct str *out)
{
	return os_realpath(STR("."), a, out);
}

static int write_all(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t put = write(fd, bytes.p, bytes.n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return errno;
		bytes = str_from(bytes, (size_t)put);
	}
	return 0;
}

int os_write_new(struct str path, struct str bytes, uint32_t mode, bool sync)
{
	struct zpath zp;
	int fd, err = zpath_init(&zp, path);

	if (err)
		return err;
	fd = open(
		zp.z, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);
	if (fd < 0) {
		err = errno;
		arena_release(&zp.a);
		return err;
	}
	err = write_all(fd, bytes);
	if (!err && sync && fsync(fd))
		err = errno;
	if (close(fd) && !err)
		err = errno;
	if (err)
		unlink(zp.z);
	arena_release(&zp.a);
	return err;
}

int os_write_fd(int fd, struct str bytes)
{
	return write_all(fd, bytes);
}

int os_mkdir(struct str path, uint32_t mode)
{
	struct zpath zp;
	int err = zpath_init(&zp, path);

	if (err)
		return err;
	err = mkdir(zp.z, (mode_t)mode) ? errno : 0;
	arena_release(&zp.a);
	return err;
}

int os_rename(struct str from, struct str to)
{
	struct zpath zf, zt;
	int err = zpath_init(&zf, from);

	if (err)
		return err;
	err = zpath_init(&zt, to);
	if (!err) {
		err = rename(zf.z, zt.z) ? errno : 0;
		arena_release(&zt.a);
	}
	arena_release(&zf.a);
	return err;
}

static int path_call(int (*call)(const char *), struct str path)
{
	struct zpath zp;
	int err = zpath_init(&zp, path);

	if (err)
		return err;
	err = call(zp.z) ? errno : 0;
	arena_release(&zp.a);
	return err;
}

int os_unlink(struct str path)
{
	return path_call(unlink, path);
}

int os_rmdir(struct str path)
{
	return path_call(rmdir, path);
}

int os_sync_dir(struct str path)
{
	struct zpath zp;
	int fd, err = zpath_init(&zp, path);

	if (err)
		return err;
	fd = open(zp.z, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	err = fd < 0 ? errno : 0;
	arena_release(&zp.a);
	if (err)
		return err;
	/* some file systems cannot sync a directory, and say EINVAL */
	if (fsync(fd) && errno != EINVAL)
		err = errno;
	close(fd);
	return err;
}

int os_chmod(struct str path, uint32_t mode)
{
	struct zpath zp;
	int err = zpath_init(&zp, path);

	if (err)
		return err;
	err = chmod(zp.z, (mode_t)mode) ? errno : 0;
	arena_release(&zp.a);
	return err;
}

int os_lock(struct str path, bool wait, int *fd_out)
{
	struct zpath zp;
	int fd, err = zpath_init(&zp, path);

	*fd_out = -1;
	if (err)
		return err;
	fd = open(zp.z, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
	err = fd < 0 ? errno : 0;
	arena_release(&zp.a);
	if (err)
		return err;
	while (flock(fd, LOCK_EX | (wait ? 0 : LOCK_NB))) {
		if (errno == EINTR)
			continue;
		err = errno;
		close(fd);
		return err;
	}
	*fd_out = fd;
	return 0;
}

void os_unlock(int fd)
{
	if (fd >= 0)
		close(fd);
}

void os_sleep_ms(unsigned ms)
{
	struct timespec t = { .tv_sec = (time_t)(ms / 1000),
		.tv_nsec = (long)(ms % 1000) * 1000000 };

	nanosleep(&t, NULL);
}

uint32_t os_umask_mode(bool executable)
{
	mode_t mask = umask(022);

	umask(mask);
	return (executable ? 0777u : 0666u) & ~(uint32_t)mask;
}

bool os_isatty(int fd)
{
	return isatty(fd) == 1;
}

size_t os_term_width(int fd)
{
	struct winsize w;

	return ioctl(fd, TIOCGWINSZ, &w) ? 0 : w.ws_col;
}

const char *os_getenv(const char *name)
{
	return getenv(name);
}

const char *os_strerror(int err)
{
	return strerror(err);
}

void os_ignore_sigpipe(void)
{
	signal(SIGPIPE, SIG_IGN);
#ifdef SIGXFSZ
	signal(SIGXFSZ, SIG_IGN);
#endif
}

/* Only what a signal handler may call. */
static void say_interrupted(int signal_number)
{
	static const char text[] = "\nrune: interrupted: each file is as it was or as it "
				   "should be; the next "
				   "build does the rest\n";
	ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)n;
	raise(signal_number); /* with SA_RESETHAND: the default action */
}

void os_say_when_interrupted(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < COUNTOF(signals); i++) {
		struct sigaction old, say = { .sa_flags = (int)SA_RESETHAND };

		sigemptyset(&say.sa_mask);
		say.sa_handler = say_interrupted;
		if (!sigaction(signals[i], NULL, &old) && old.sa_handler != SIG_IGN)
			sigaction(signals[i], &say, NULL);
	}
}

size_t pool_processors(void)
{
#if defined(__linux__)
	cpu_set_t set;

	if (!sched_getaffinity(0, sizeof(set), &set)) {
		int n = CPU_COUNT(&set);

		return n > 0 ? (size_t)n : 1;
	}
#endif
	{
		long n = sysconf(_SC_NPROCESSORS_ONLN);

		return n > 0 ? (size_t)n : 1;
	}
}
