/* writer_hash.c - SHA-256 of every file of a tree. */
#include "emit/writer_hash.h"

#include "rune/pool.h"
#include "rune/str.h"

#include <stdlib.h>

/* Several platforms' trees hold many equal files, and SHA-256 is a third of a build that
 * has nothing to do: equal files are found by a cheap hash, and hashed once. */
struct hashed {
	size_t entry; /* index in the tree */
	uint64_t quick;
	size_t like; /* the entry whose SHA-256 it shares; itself: it is computed */
};

struct hash_job {
	const struct outtree *t;
	struct hashed *v;
	struct sha256_hex *sha;
};

#define HASH_BATCH 32 /* entries per call: threads cost more than a few hashes */

static void quick_batch(void *arg, size_t batch)
{
	struct hash_job *job = arg;
	size_t end = (batch + 1) * HASH_BATCH;

	for (size_t i = batch * HASH_BATCH; i < end && i < job->t->n; i++)
		job->v[i] = (struct hashed){ i, hash_quick(job->t->v[i].bytes), i };
}

static void sha_batch(void *arg, size_t batch)
{
	struct hash_job *job = arg;
	size_t end = (batch + 1) * HASH_BATCH;

	for (size_t i = batch * HASH_BATCH; i < end && i < job->t->n; i++)
		if (job->v[i].like == job->v[i].entry)
			hash_sha256_hex(job->t->v[job->v[i].entry].bytes,
				job->sha[job->v[i].entry].digits);
}

static int by_quick(const void *pa, const void *pb)
{
	const struct hashed *a = pa, *b = pb;

	if (a->quick != b->quick)
		return a->quick < b->quick ? -1 : 1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

const struct sha256_hex *writer_hashes(
	const struct outtree *t, size_t jobs, struct arena *a)
{
	struct hash_job job = { t, arena_array(a, struct hashed, t->n),
		arena_array(a, struct sha256_hex, t->n) };
	size_t batches = (t->n + HASH_BATCH - 1) / HASH_BATCH;

	pool_for(jobs, batches, quick_batch, &job);
	if (t->n)
		qsort(job.v, t->n, sizeof(*job.v), by_quick);
	for (size_t i = 1; i < t->n; i++)
		if (job.v[i].quick == job.v[i - 1].quick &&
			str_eq(t->v[job.v[i].entry].bytes, t->v[job.v[i - 1].like].bytes))
			job.v[i].like = job.v[i - 1].like;
	pool_for(jobs, batches, sha_batch, &job);
	for (size_t i = 0; i < t->n; i++)
		if (job.v[i].like != job.v[i].entry)
			job.sha[job.v[i].entry] = job.sha[job.v[i].like];
	return job.sha;
}
