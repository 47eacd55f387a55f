#include <pthread.h>

#include "rune/base.h"
#include "rune/pool.h"

#define POOL_MAX 64

struct pool {
	pthread_mutex_t lock;
	size_t next, n;
	void (*run)(void *arg, size_t i);
	void *arg;
};

static void *work(void *arg)
{
	struct pool *p = arg;

	for (;;) {
		size_t i;

		pthread_mutex_lock(&p->lock);
		i = p->next < p->n ? p->next++ : p->n;
		pthread_mutex_unlock(&p->lock);
		if (i == p->n)
			return NULL;
		p->run(p->arg, i);
	}
}

void pool_for(size_t threads, size_t n, void (*run)(void *arg, size_t i), void *arg)
{
	struct pool p = { .n = n, .run = run, .arg = arg };
	pthread_t id[POOL_MAX];
	size_t started = 0;

	if (!threads)
		threads = pool_processors();
	if (threads > n)
		threads = n;
	if (threads > POOL_MAX)
		threads = POOL_MAX;
	BUG_IF(pthread_mutex_init(&p.lock, NULL));
	/* the caller is one of them; a thread that cannot be had is done without */
	while (started + 1 < threads && !pthread_create(&id[started], NULL, work, &p))
		started++;
	work(&p);
	while (started)
		pthread_join(id[--started], NULL);
	pthread_mutex_destroy(&p.lock);
}
