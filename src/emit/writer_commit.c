/* The second half of the writer: the transaction.
 *
 *   lock            one build at a time in a project
 *   recover         what a commit that was cut off left behind
 *   next manifest   what is about to be written
 *   stage           every new text beside its target; an error here undoes all
 *   rename, delete  file by file; an error here concerns that file alone
 *   manifest        what is on disk now; then the next manifest goes
 *
 * Synced to the disk before they replace anything: files that are also the
 * user's, and the manifest. Not synced: what a build can make again. (500 files of
 * 5 kB took 0.10 to 0.16 s so, and 0.30 to 0.50 s with a sync each.) After a power
 * failure such a file may be empty; an empty file is always written again. */
#include <errno.h>

#include "rune/path.h"
#include "rune/str.h"
#include "writer_disk.h"

#define LOCK_POLL_MS 20

struct commit {
	struct write_plan *p;
	struct arena *a;
	struct source_set *sources;
	struct diag_sink *sink;
	struct disk disk;
	bool *failed; /* per operation */
	size_t nstaged; /* operations below this one have their text staged */
	struct str *made; /* directories made; in the end all of ours */
	size_t nmade, made_cap;
	bool ok;
	bool litter; /* something staged could not be removed */
};

struct str writer_stage_path(struct arena *a, struct str path)
{
	struct str name = str_fmt(a, ".rune-%.16s.new", manifest_hash(a, path).p);

	return path_join(a, path_dir(path), name);
}

static struct str full(const struct commit *c, struct str path)
{
	return disk_path(&c->disk, path);
}

static bool io(struct commit *c, struct str path, const char *doing, int err)
{
	struct str shown = full(c, path);
	struct span at =
		source_span(source_add(c->sources, shown, STR_NONE, SOURCE_NONE));

	return diag_io(c->sink, at, shown, doing, err);
}

/* Write a file of our own making: one that is there was left by a crash. */
static int put_new(const struct commit *c, struct str path, struct str bytes,
	uint32_t mode, bool sync)
{
	int err = os_write_new(full(c, path), bytes, mode, sync);

	if (err != EEXIST)
		return err;
	err = os_unlink(full(c, path));
	return err ? err : os_write_new(full(c, path), bytes, mode, sync);
}

/* Write a record of ours in place of the old one. */
static bool put_record(struct commit *c, struct str path, struct str text)
{
	struct str stage = writer_stage_path(c->a, path);
	int err = put_new(c, stage, text, os_umask_mode(false), true);

	if (!err)
		err = os_rename(full(c, stage), full(c, path));
	if (err) {
		os_unlink(full(c, stage));
		return io(c, path, "write", err);
	}
	return true;
}

/* ---- lock --------------------------------------------------------------------------- */

static int make_dirs(struct arena *a, struct str dir)
{
	struct os_stat st;
	int err;

	if (!dir.n || (!os_stat(dir, &st) && st.kind == OS_DIR))
		return 0;
	err = make_dirs(a, path_dir(dir));
	if (!err)
		err = os_mkdir(dir, 0777);
	return err == EEXIST ? 0 : err;
}

static bool has_no_locks(int err)
{
	return err == ENOLCK || err == ENOSYS || err == ENOTSUP || err == EOPNOTSUPP;
}

/* `*waited`: another build had the lock, and may have changed anything. */
static bool take_lock(struct commit *c, int *fd, bool *waited)
{
	unsigned most = c->p->options.wait_ms ? c->p->options.wait_ms : WRITER_WAIT_MS;
	struct str path = full(c, STR(LOCK_PATH));
	struct diag *d;
	int err;

	*waited = false;
	for (unsigned ms = 0;; ms += LOCK_POLL_MS) {
		err = os_lock(path, false, fd);
		if (err != EWOULDBLOCK || ms >= most)
			break;
		*waited = true;
		os_sleep_ms(LOCK_POLL_MS);
	}
	if (!err || has_no_locks(err)) /* some network file systems */
		return true;
	if (err != EWOULDBLOCK)
		return io(c, STR(LOCK_PATH), "lock", err);
	d = diag_report(c->sink, RULE_OUT_LOCKED, SPAN_NONE,
		"another build is writing to '%.*s'", STR_ARG(c->p->root));
	diag_note(c->sink, d, SPAN_NONE,
		"nothing was written; build again when it is done");
	return false;
}

static bool is_current(struct commit *c)
{
	struct str now = STR_NONE, next = STR_NONE;

	os_read_file(full(c, STR(MANIFEST_PATH)), WRITER_FILE_MAX, c->a, &now);
	os_read_file(full(c, STR(MANIFEST_NEXT)), WRITER_FILE_MAX, c->a, &next);
	return str_eq(now, c->p->manifest_old) && str_eq(next, c->p->manifest_next);
}

static bool plan_again(struct commit *c)
{
	struct write_plan again;

	if (!writer_plan(&again, c->p->tree, c->p->root, &c->p->options, c->sources, c->a,
		    c->sink))
		return false;
	*c->p = again;
	return true;
}

/* ---- recover ------------------------------------------------------------------------ */

static void remove_stage(struct commit *c, struct str path)
{
	struct str stage = writer_stage_path(c->a, path);
	struct disk_file f;

	disk_look(&c->disk, stage, &f);
	if (f.state == DISK_FILE)
		os_unlink(full(c, stage));
}

/* The plan was made with what the cut-off commit had done taken into account.
 * Make that the manifest's truth before anything else is changed, or a second
 * crash would lose it. */
static bool recover(struct commit *c)
{
	struct write_plan *p = c->p;
	struct manifest next;
	struct str now;
	int err;

	if (!p->was_cut_off)
		return true;
	if (manifest_next_parse(&next, p->manifest_next, c->a))
		for (size_t i = 0; i < next.n; i++)
			remove_stage(c, next.v[i].path);
	remove_stage(c, STR(MANIFEST_PATH));
	now = manifest_write(p->before);
	if (!str_eq(now, p->manifest_old) && (p->before->n || p->before->ndir)) {
		if (!put_record(c, STR(MANIFEST_PATH), now))
			return false;
		p->manifest_old = now;
	}
	err = os_unlink(full(c, STR(MANIFEST_NEXT)));
	p->manifest_next = STR_NONE;
	p->was_cut_off = false;
	return !err || io(c, STR(MANIFEST_NEXT), "remove", err);
}

/* ---- stage -------------------------------------------------------------------------- */

static bool is_written(const struct write_op *op)
{
	return op->action == WRITE_CREATE || op->action == WRITE_UPDATE;
}

static bool is_shared(const struct write_op *op)
{
	return (op->will && op->will->block) || (op->was && op->was->block);
}

static bool make_parents(struct commit *c)
{
	for (size_t i = 0; i < c->p->ndir; i++) {
		struct str dir = c->p->dir[i];
		int err = os_mkdir(full(c, dir), 0777);

		if (err == EEXIST) /* made by someone else meanwhile: not ours */
			continue;
		if (err)
			return io(c, dir, "create directory", err);
		*arena_push(c->a, struct str, c->made, c->nmade, c->made_cap) = dir;
	}
	return true;
}

static int stage(struct commit *c, const struct write_op *op)
{
	struct str path = writer_stage_path(c->a, op->path);
	uint32_t mode = os_umask_mode(op->executable);
	int err = put_new(c, path, op->new_bytes, mode, is_shared(op));

	if (!err && op->mode && op->mode != mode)
		err = os_chmod(full(c, path), op->mode);
	return err;
}

static bool stage_all(struct commit *c)
{
	if (!make_parents(c))
		return false;
	for (; c->nstaged < c->p->n; c->nstaged++) {
		const struct write_op *op = &c->p->op[c->nstaged];
		int err = is_written(op) ? stage(c, op) : 0;

		if (err)
			return io(c, op->path, "write", err);
	}
	return true;
}

static void unstage(struct commit *c, const struct write_op *op)
{
	int err = os_unlink(full(c, writer_stage_path(c->a, op->path)));

	if (err && err != ENOENT)
		c->litter = true;
}

/* The next manifest tells the next build what to sweep up. */
static void drop_next(struct commit *c)
{
	if (!c->litter)
		os_unlink(full(c, STR(MANIFEST_NEXT)));
}

static void undo(struct commit *c)
{
	/* the one that failed may be there in part */
	for (size_t i = 0; i <= c->nstaged && i < c->p->n; i++)
		if (is_written(&c->p->op[i]))
			unstage(c, &c->p->op[i]);
	for (size_t i = c->nmade; i; i--)
		os_rmdir(full(c, c->made[i - 1]));
	drop_next(c);
}

/* ---- rename and delete ---------------------------------------------------------------- */

/* A last look: between the plan and now an editor may have saved the file. */
static bool is_as_planned(const struct commit *c, const struct write_op *op)
{
	struct os_stat st;

	if (os_lstat(full(c, op->path), &st))
		return false;
	if (op->action == WRITE_CREATE)
		return st.kind == OS_MISSING;
	return st.kind == OS_FILE && st.size == op->old_bytes.n;
}

static void fail(struct commit *c, size_t i, const char *doing, int err)
{
	struct write_op *op = &c->p->op[i];

	if (err)
		io(c, op->path, doing, err);
	else
		diag_report(c->sink, RULE_OUT_CHANGED,
			source_span(source_add(
				c->sources, full(c, op->path), STR_NONE, SOURCE_NONE)),
			"file was changed by someone else during the build and is left "
			"alone");
	c->p->count[op->action]--;
	c->p->count[WRITE_REFUSE]++;
	op->action = WRITE_REFUSE;
	op->reason = err ? os_strerror(err) : "changed during the build";
	c->failed[i] = true;
	c->ok = false;
}

static void replace(struct commit *c, size_t i)
{
	const struct write_op *op = &c->p->op[i];
	struct str staged = full(c, writer_stage_path(c->a, op->path));
	bool expected = is_as_planned(c, op);
	int err = expected ? os_rename(staged, full(c, op->path)) : 0;

	if (expected && !err)
		return;
	unstage(c, op);
	fail(c, i, "replace", err);
}

static void discard(struct commit *c, size_t i)
{
	const struct write_op *op = &c->p->op[i];
	bool expected = is_as_planned(c, op);
	int err = expected ? os_unlink(full(c, op->path)) : 0;

	if (!expected || (err && err != ENOENT))
		fail(c, i, "remove", err);
}

/* False if it is still to be removed by a later build. */
static bool remove_dir(struct commit *c, struct disk *now, struct str dir)
{
	int err;

	if (disk_dir(now, dir) != DISK_DIR)
		return true;
	err = os_rmdir(full(c, dir));
	return !err || err == ENOENT || err == ENOTEMPTY || err == EEXIST;
}

/* Directories of ours in which nothing of ours is left go if they are empty;
 * else they are the user's from now on. Children come after their parents in
 * byte order, so backwards is bottom up. */
static void remove_dirs(struct commit *c)
{
	struct map needed = MAP_INIT(c->a);
	struct manifest after, ours;
	struct disk now;

	disk_init(&now, c->p->root, c->a);
	manifest_init(&after, c->a);
	manifest_init(&ours, c->a);
	writer_after(c->p, c->failed, &after);
	for (size_t i = 0; i < after.n; i++)
		writer_parents(&needed, after.v[i].path);
	for (size_t i = 0; i < c->p->before->ndir; i++)
		manifest_add_dir(&ours, c->p->before->dir[i]);
	for (size_t i = 0; i < c->nmade; i++)
		manifest_add_dir(&ours, c->made[i]);
	manifest_sort(&ours);
	c->nmade = 0;
	for (size_t i = ours.ndir; i; i--) {
		struct str dir = ours.dir[i - 1];

		if (!map_find(&needed, dir) && remove_dir(c, &now, dir))
			continue;
		writer_parents(&needed, dir);
		*arena_push(c->a, struct str, c->made, c->nmade, c->made_cap) = dir;
	}
}

static void change_files(struct commit *c)
{
	for (size_t i = 0; i < c->p->n; i++)
		if (is_written(&c->p->op[i]))
			replace(c, i);
	for (size_t i = 0; i < c->p->n; i++)
		if (c->p->op[i].action == WRITE_DELETE)
			discard(c, i);
	remove_dirs(c);
}

/* ---- the transaction -------------------------------------------------------------------- */

static bool nothing_to_do(const struct write_plan *p)
{
	return !p->changes && !p->was_cut_off && str_eq(p->manifest_old, p->manifest_new);
}

static bool run(struct commit *c)
{
	struct write_plan *p = c->p;
	struct str text;

	c->failed = arena_array(c->a, bool, p->n);
	if (!recover(c))
		return false;
	if (p->changes) {
		int err = put_new(c, STR(MANIFEST_NEXT), p->manifest_new,
			os_umask_mode(false), false);

		if (err)
			return io(c, STR(MANIFEST_NEXT), "write", err);
		if (!stage_all(c)) {
			undo(c);
			return false;
		}
	}
	change_files(c);
	text = writer_manifest(p, c->failed, c->made, c->nmade, c->a);
	if (!str_eq(text, p->manifest_old) && !put_record(c, STR(MANIFEST_PATH), text))
		return false;
	if (p->changes)
		drop_next(c);
	return c->ok;
}

bool writer_commit(struct write_plan *p, struct source_set *sources, struct arena *a,
	struct diag_sink *sink)
{
	struct commit c = { p, a, sources, sink, .ok = true };
	bool waited, ok;
	int err, lock = -1;

	if (nothing_to_do(p))
		return true;
	disk_init(&c.disk, p->root, a);
	err = make_dirs(a, full(&c, path_dir(STR(MANIFEST_PATH))));
	if (err)
		return io(&c, path_dir(STR(MANIFEST_PATH)), "create directory", err);
	if (!take_lock(&c, &lock, &waited))
		return false;
	ok = (!waited && is_current(&c)) || plan_again(&c);
	if (ok && !nothing_to_do(p))
		ok = run(&c);
	os_unlock(lock);
	return ok;
}
