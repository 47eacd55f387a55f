/* settle.c - from all that was found to what the user is to see. */
#include "rules/suppress.h"

#include "rune/hash.h"
#include "rune/path.h"
#include "rune/str.h"

#define FINGERPRINT 32 /* hexadecimal digits */

struct settling {
	struct diag_sink *sink;
	const struct rule_settings *s;
	const struct source_set *sources;
	struct suppressions suppressions;
	struct rule_totals totals;
	/* Severities by source id, made when first needed. */
	const struct diag_policy **policy;
};

/* ---- severities ----------------------------------------------------------------- */

static void add_policy(struct diag_policy *into, const struct diag_policy *more)
{
	for (size_t r = 0; r < RULE__COUNT; r++)
		if (more->set[r]) {
			into->set[r] = true;
			into->severity[r] = more->severity[r];
		}
}

static bool matches(const struct config_override *o, struct str path)
{
	for (size_t i = 0; i < o->nfiles; i++)
		if (path_glob(o->files[i].name, path))
			return true;
	return false;
}

static const struct diag_policy *policy_make(struct settling *t, uint32_t src)
{
	const struct config *c = t->s->config;
	struct arena *a = t->sink->a;
	struct diag_policy *p = arena_new(a, struct diag_policy);
	struct str dir = c->dir.n ? c->dir : STR(".");
	struct str path = path_relative(a, dir, source_get(t->sources, src)->path);

	*p = c->policy;
	for (size_t i = 0; i < c->noverride; i++)
		if (src && matches(&c->override[i], path))
			add_policy(p, &c->override[i].policy);
	if (t->s->command)
		add_policy(p, t->s->command);
	return p;
}

/* Without overrides by path, all files have the first one's. */
static const struct diag_policy *policy_of(struct settling *t, uint32_t src)
{
	uint32_t slot = t->s->config->noverride ? src : 0;

	if (!t->policy[slot])
		t->policy[slot] = policy_make(t, slot);
	return t->policy[slot];
}

static enum severity severity_in(struct settling *t, enum rule r, uint32_t src)
{
	const struct diag_policy *p = policy_of(t, src);

	if (rule_info[r].severity == SEV_FATAL)
		return SEV_FATAL;
	if (t->s->only && !t->s->only[r])
		return SEV_OFF;
	return p->set[r] ? p->severity[r] : rule_info[r].severity;
}

/* ---- passing over what is found ------------------------------------------------- */

/* Set the sink to `keep` of what it holds. */
static void refill(struct diag_sink *sink, struct diag **v, size_t n)
{
	memset(sink->count, 0, sizeof(sink->count));
	for (size_t i = 0; i < n; i++) {
		sink->v[i] = v[i];
		sink->count[v[i]->severity]++;
	}
	sink->n = n;
}

bool settle_wants(const struct rule_settings *s, const struct source *src)
{
	return src->origin != SOURCE_EMBEDDED &&
	       (!s->scan || scan_focus(s->scan, src->path));
}

/* What makes the run meaningless is said wherever it is. */
static void apply_focus(struct settling *t)
{
	struct diag_sink *sink = t->sink;
	size_t n = 0;

	for (size_t i = 0; i < sink->n; i++) {
		struct diag *d = sink->v[i];

		if (rule_info[d->rule].severity == SEV_FATAL || !d->at.src ||
			settle_wants(t->s, source_get(t->sources, d->at.src)))
			sink->v[n++] = d;
	}
	refill(sink, sink->v, n);
}

/* What breaks the reading of a frontmatter off. */
static bool is_break(enum rule r)
{
	return r == RULE_FM_SYNTAX || r == RULE_FM_UNCLOSED || r == RULE_FM_ALIAS ||
	       r == RULE_FM_DEPTH;
}

/* What can be the fault of values that were not read to their end. */
static bool is_consequence(enum rule r)
{
	return r == RULE_FM_TYPE || r == RULE_NAME_MISSING || r == RULE_NAME_INVALID ||
	       r == RULE_DESC_MISSING || r == RULE_VALUE_INVALID;
}

/* One finding per cause. */
static void apply_causes(struct settling *t)
{
	struct diag_sink *sink = t->sink;
	bool *broken = arena_array(sink->a, bool, t->sources->n);
	size_t n = 0;

	for (size_t i = 0; i < sink->n; i++)
		if (is_break(sink->v[i]->rule))
			broken[sink->v[i]->at.src] = true;
	for (size_t i = 0; i < sink->n; i++)
		if (!broken[sink->v[i]->at.src] || !is_consequence(sink->v[i]->rule))
			sink->v[n++] = sink->v[i];
	refill(sink, sink->v, n);
}

static void apply_severities(struct settling *t)
{
	struct diag_sink *sink = t->sink;
	size_t n = 0;

	for (size_t i = 0; i < sink->n; i++) {
		struct diag *d = sink->v[i];

		d->severity = severity_in(t, d->rule, d->at.src);
		if (d->severity != SEV_OFF)
			sink->v[n++] = d;
	}
	refill(sink, sink->v, n);
}

static void apply_suppressions(struct settling *t)
{
	struct diag_sink *sink = t->sink;
	size_t n = 0;

	for (size_t i = 0; i < sink->n; i++) {
		struct diag *d = sink->v[i];

		if (suppressions_match(&t->suppressions, d, t->sources))
			t->totals.suppressed++;
		else
			sink->v[n++] = d;
	}
	refill(sink, sink->v, n);
}

/* Whether a rule that is off, or is found only while building, would have had
 * something to say is not known. */
static bool could_fire(struct settling *t, const struct suppression *x, uint32_t src)
{
	return x->rule != RULE__COUNT && severity_in(t, x->rule, src) != SEV_OFF &&
	       !str_starts(rule_info[x->rule].code, STR("RN3"));
}

static void report_unused(struct settling *t)
{
	for (uint32_t src = 0; src < t->suppressions.nfile; src++)
		for (struct suppression *x = t->suppressions.file[src]; x; x = x->next) {
			struct diag *d;

			if (x->used || !could_fire(t, x, src))
				continue;
			d = diag_report(t->sink, RULE_SUPPRESS_UNUSED, x->code,
				"nothing is suppressed: '%.*s' finds nothing there",
				STR_ARG(source_slice(
					source_get(t->sources, src), x->code)));
			diag_note(t->sink, d, SPAN_NONE,
				"remove the code, or the comment if it has no other");
		}
}

/* ---- fingerprints --------------------------------------------------------------- */

/* What stays when lines are moved or indented otherwise. */
static struct str normal_line(struct settling *t, const struct diag *d)
{
	const struct source *src = source_get(t->sources, d->at.src);
	struct arena *a = t->sink->a;
	struct buf b = BUF_INIT(a);
	struct str line, word;

	if (!d->at.src || !src->text.n)
		return STR_NONE;
	line = str_trim(source_line(src, source_locate(src, d->at.off).line));
	while (str_split(&line, ' ', &word)) {
		word = str_trim(word);
		if (word.n && b.n)
			buf_addc(&b, ' ');
		buf_add(&b, word);
	}
	return buf_str(&b);
}

static struct str lasting_path(struct settling *t, struct str path)
{
	struct arena *a = t->sink->a;

	if (!path.n)
		return path;
	return path_relative(a, t->s->root, path_join(a, t->s->cwd, path));
}

static void add_fingerprints(struct settling *t)
{
	struct arena *a = t->sink->a;
	struct map seen = MAP_INIT(a);

	for (size_t i = 0; i < t->sink->n; i++) {
		struct diag *d = t->sink->v[i];
		struct str path = source_get(t->sources, d->at.src)->path;
		struct str key = str_fmt(a, "%.*s\n%.*s\n%.*s",
			STR_ARG(rule_info[d->rule].code), STR_ARG(lasting_path(t, path)),
			STR_ARG(normal_line(t, d)));
		size_t *count = map_find(&seen, key);
		char hex[HASH_HEX + 1];

		if (!count) {
			count = arena_new(a, size_t);
			map_add(&seen, key, count);
		}
		key = str_fmt(a, "%.*s\n%zu", STR_ARG(key), (*count)++);
		hash_sha256_hex(key, hex);
		d->fingerprint = arena_strdup(a, (struct str){ hex, FINGERPRINT });
	}
}

static void apply_baseline(struct settling *t)
{
	struct diag_sink *sink = t->sink;
	size_t n = 0;

	for (size_t i = 0; i < sink->n; i++) {
		struct diag *d = sink->v[i];

		if (d->severity != SEV_FATAL && map_find(t->s->baseline, d->fingerprint))
			t->totals.known++;
		else
			sink->v[n++] = d;
	}
	refill(sink, sink->v, n);
}

void rules_quiet(struct diag_sink *sink, const struct project *p)
{
	struct rule_settings s = { .config = &p->config };
	struct settling t = { .sink = sink, .s = &s, .sources = &p->sources };
	struct diag_sink aside;
	size_t n = 0;

	if (!sink->n)
		return;
	t.policy = arena_array(sink->a, const struct diag_policy *, p->sources.n + 1);
	diag_sink_init(&aside, sink->a, NULL);
	suppressions_read(&t.suppressions, &s, &p, 1, &aside);
	for (size_t i = 0; i < sink->n; i++) {
		struct diag *d = sink->v[i];

		if (d->severity < SEV_ERROR && p->config.noverride)
			d->severity = severity_in(&t, d->rule, d->at.src);
		if (d->severity >= SEV_ERROR ||
			(d->severity != SEV_OFF &&
				!suppressions_match(&t.suppressions, d, t.sources)))
			sink->v[n++] = d;
	}
	refill(sink, sink->v, n);
}

struct rule_totals rules_settle(struct diag_sink *sink, const struct rule_settings *s,
	const struct project *const *project, size_t n, const struct source_set *sources)
{
	struct settling t = { .sink = sink, .s = s, .sources = sources };

	t.policy = arena_array(sink->a, const struct diag_policy *, sources->n + 1);
	apply_focus(&t);
	apply_causes(&t);
	suppressions_read(&t.suppressions, s, project, n, sink);
	apply_severities(&t);
	apply_suppressions(&t);
	report_unused(&t);
	apply_severities(&t); /* of what was just reported */
	diag_sort(sink, sources);
	add_fingerprints(&t);
	if (s->baseline)
		apply_baseline(&t);
	return t.totals;
}
