/* load.c - parsing of all found files, and the sinks of what was found. */
#include "model.h"
#include "rune/pool.h"

struct job *job_add(
	struct loader *l, const struct source *src, unsigned flags, bool companion)
{
	struct job *j = arena_new(l->a, struct job);

	j->src = src;
	j->flags = flags;
	j->companion = companion;
	*arena_push(l->a, struct job *, l->job, l->njob, l->job_cap) = j;
	return j;
}

/* What speaks only of the frontmatter as a block of ours. */
static bool about_frontmatter(enum rule r)
{
	return r == RULE_FM_MISSING || r == RULE_FM_SYNTAX || r == RULE_FM_DUP_KEY ||
	       r == RULE_FM_UNCLOSED || r == RULE_FM_TYPE || r == RULE_FM_UNKNOWN_KEY ||
	       r == RULE_FM_ALIAS || r == RULE_FM_DEPTH;
}

/* A companion may begin with a rule, or with a template of a frontmatter. */
static void forgive_frontmatter(struct diag_sink *s)
{
	struct diag_sink all = *s;

	diag_sink_init(s, all.a, all.policy);
	for (size_t i = 0; i < all.n; i++) {
		const struct diag_sink one = { .v = &all.v[i], .n = 1 };

		if (!about_frontmatter(all.v[i]->rule))
			diag_merge(s, &one);
	}
}

/* Documents are parsed in groups, an arena each: an arena per document would
 * cost a block of memory per small file. Groups depend on the number of
 * documents only, so that nothing depends on the threads. */
struct group {
	struct arena arena;
	struct job **job;
	size_t n;
};

#define GROUPS_MAX 256

static void group_run(void *arg, size_t i)
{
	struct group *g = (struct group *)arg + i;

	for (size_t k = 0; k < g->n; k++) {
		struct job *j = g->job[k];

		diag_sink_init(&j->sink, &g->arena, NULL);
		j->doc = doc_parse(j->src, j->flags, &g->arena, &j->sink);
		if (j->companion)
			forgive_frontmatter(&j->sink);
	}
}

void jobs_run(struct loader *l)
{
	size_t per = (l->njob + GROUPS_MAX - 1) / GROUPS_MAX;
	size_t n = per ? (l->njob + per - 1) / per : 0;
	struct group *g = arena_array(l->a, struct group, n);

	for (size_t i = 0; i < n; i++) {
		size_t from = i * per;

		g[i].job = l->job + from;
		g[i].n = l->njob - from < per ? l->njob - from : per;
	}
	pool_for(l->o->jobs, n, group_run, g);
	for (size_t i = 0; i < n; i++)
		arena_adopt(l->a, &g[i].arena);
	for (size_t i = 0; i < l->njob; i++)
		l->job[i]->sink.a = l->a;
}

bool sink_broken(const struct diag_sink *s)
{
	return s->count[SEV_ERROR] + s->count[SEV_FATAL] > 0;
}

bool job_broken(const struct job *j)
{
	return !j->doc || sink_broken(&j->sink);
}

void sink_merge(struct diag_sink *into, const struct diag_sink *from)
{
	const struct diag_policy *p = into->policy;

	for (size_t i = 0; i < from->n; i++) {
		struct diag *d = from->v[i];
		const struct diag_sink one = { .v = &d, .n = 1 };

		if (p && p->set[d->rule] && rule_info[d->rule].severity != SEV_FATAL)
			d->severity = p->severity[d->rule];
		if (d->severity != SEV_OFF)
			diag_merge(into, &one);
	}
}

struct key_use {
	const struct unknown_key *first;
	const struct found *in;
	size_t times;
};

static void count_keys(struct map *uses, const struct found *f, struct arena *a)
{
	for (size_t i = 0; i < f->nunknown; i++) {
		const struct unknown_key *k = &f->unknown[i];
		struct key_use *u = map_find(uses, k->key);

		if (!u) {
			u = arena_new(a, struct key_use);
			u->first = k;
			u->in = f;
			map_add(uses, k->key, u);
		}
		u->times++;
	}
}

/* Is the key that was meant free to be written in place of the unknown one? */
static bool can_respell(const struct key_use *u)
{
	const struct unknown_key *k = u->first;
	const struct doc *d = u->in->main ? u->in->main->doc : NULL;

	if (!k->nearest.n || !d || d->src->id != k->span.src)
		return false;
	return !fm_get(k->in_metadata ? fm_get(&d->meta, STR("metadata")) : &d->meta,
		k->nearest);
}

void unknown_keys_report(
	struct found *const *f, size_t n, struct diag_sink *sink, struct arena *a)
{
	struct map uses = MAP_INIT(a);

	for (size_t i = 0; i < n; i++)
		count_keys(&uses, f[i], a);
	for (size_t i = 0; i < uses.n; i++) {
		const struct key_use *u = uses.entry[i].value;
		const struct unknown_key *k = u->first;
		struct diag *d = diag_report(sink, RULE_FM_UNKNOWN_KEY, k->span,
			"unknown %s '%.*s'", k->in_metadata ? "metadata key" : "key",
			STR_ARG(k->key));

		if (k->nearest.n)
			diag_note(sink, d, SPAN_NONE, "did you mean '%.*s'?",
				STR_ARG(k->nearest));
		if (can_respell(u)) {
			diag_fix(sink, d, "call it '%.*s'", STR_ARG(k->nearest));
			diag_edit(sink, d, k->span, k->nearest);
		}
		if (u->times > 1)
			diag_note(sink, d, SPAN_NONE, "it is given %zu times", u->times);
	}
}
