#include <stdlib.h>

#include "rune/diag.h"
#include "rune/os.h"
#include "rune/str.h"

const struct rule_info rule_info[RULE__COUNT] = {
#define RULE(id, code, slug, sev, title, why, bad, good, source)                    \
	[RULE_##id] = { STR_INIT(code), STR_INIT(slug), STR_INIT(title), SEV_##sev, \
		STR_INIT(why), STR_INIT(bad), STR_INIT(good), STR_INIT(source) },
#include "rune/rules.def"
#undef RULE
};

enum rule rule_find(struct str code_or_slug)
{
	enum rule r = 0;

	while (r < RULE__COUNT && !str_eq_nocase(code_or_slug, rule_info[r].code) &&
		!str_eq_nocase(code_or_slug, rule_info[r].slug))
		r++;
	return r;
}

struct str severity_name(enum severity s)
{
	switch (s) {
	case SEV_OFF: return STR("off");
	case SEV_NOTE: return STR("note");
	case SEV_WARN: return STR("warning");
	case SEV_ERROR: return STR("error");
	case SEV_FATAL: return STR("fatal");
	}
	return STR_NONE;
}

bool severity_parse(struct str s, enum severity *out)
{
	static const struct {
		struct str name;
		enum severity severity;
	} names[] = {
		{ STR_INIT("off"), SEV_OFF },
		{ STR_INIT("note"), SEV_NOTE },
		{ STR_INIT("warn"), SEV_WARN },
		{ STR_INIT("warning"), SEV_WARN },
		{ STR_INIT("error"), SEV_ERROR },
	};

	for (size_t i = 0; i < COUNTOF(names); i++)
		if (str_eq(s, names[i].name)) {
			*out = names[i].severity;
			return true;
		}
	return false;
}

static enum severity severity_of(const struct diag_policy *p, enum rule r)
{
	enum severity usual = rule_info[r].severity;

	/* What makes a run meaningless stays so, whatever the user prefers. */
	if (usual == SEV_FATAL || !p || !p->set[r])
		return usual;
	return p->severity[r];
}

void diag_sink_init(struct diag_sink *s, struct arena *a, const struct diag_policy *p)
{
	*s = (struct diag_sink){ .a = a, .policy = p };
}

static void collect(struct diag_sink *s, struct diag *d)
{
	d->seq = (uint32_t)s->n;
	*arena_push(s->a, struct diag *, s->v, s->n, s->cap) = d;
	s->count[d->severity]++;
}

struct diag *diag_report(
	struct diag_sink *s, enum rule r, struct span at, const char *fmt, ...)
{
	struct diag *d = arena_new(s->a, struct diag);
	va_list ap;

	BUG_IF(r >= RULE__COUNT);
	d->rule = r;
	d->severity = severity_of(s->policy, r);
	d->at = at;
	va_start(ap, fmt);
	d->message = str_vfmt(s->a, fmt, ap);
	va_end(ap);
	if (d->severity != SEV_OFF || s->keep_off)
		collect(s, d);
	return d;
}

void diag_note(struct diag_sink *s, struct diag *d, struct span at, const char *fmt, ...)
{
	struct diag_note *note = arena_new(s->a, struct diag_note);
	struct diag_note **end = &d->notes;
	va_list ap;

	note->at = at;
	va_start(ap, fmt);
	note->text = str_vfmt(s->a, fmt, ap);
	va_end(ap);
	while (*end)
		end = &(*end)->next;
	*end = note;
}

void diag_fixit(struct diag *d, struct str replacement)
{
	d->has_fixit = true;
	d->fixit = replacement;
}

void diag_fix(struct diag_sink *s, struct diag *d, const char *what, ...)
{
	va_list ap;

	va_start(ap, what);
	d->fix = str_vfmt(s->a, what, ap);
	va_end(ap);
}

void diag_edit(struct diag_sink *s, struct diag *d, struct span at, struct str with)
{
	struct diag_edit *e = arena_new(s->a, struct diag_edit);

	BUG_IF(!d->fix.n || (d->edit && at.src != d->edit->at.src));
	*e = (struct diag_edit){ .at = at, .with = with };
	if (d->edit)
		d->last_edit->next = e;
	else
		d->edit = e;
	d->last_edit = e;
}

void diag_merge(struct diag_sink *into, const struct diag_sink *from)
{
	for (size_t i = 0; i < from->n; i++)
		collect(into, from->v[i]);
}

/* A diagnostic with what its order depends on beside itself, for qsort(). */
struct sort_key {
	struct str path;
	struct diag *d;
};

static int cmp_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int cmp_notes(const struct diag_note *a, const struct diag_note *b)
{
	for (; a && b; a = a->next, b = b->next) {
		int c = cmp_u32(a->at.src, b->at.src);

		if (!c)
			c = cmp_u32(a->at.off, b->at.off);
		if (!c)
			c = str_cmp(a->text, b->text);
		if (c)
			return c;
	}
	return (a != NULL) - (b != NULL);
}

/* 0: the user would read the same words at the same place twice. The message
 * counts before the order of reporting, so that repeats become neighbours. */
static int cmp_shown(const struct sort_key *a, const struct sort_key *b)
{
	int c = str_cmp(a->path, b->path);

	if (!c)
		c = cmp_u32(a->d->at.off, b->d->at.off);
	if (!c)
		c = cmp_u32((uint32_t)a->d->rule, (uint32_t)b->d->rule);
	if (!c)
		c = cmp_u32(a->d->at.len, b->d->at.len);
	if (!c)
		c = str_cmp(a->d->message, b->d->message);
	return c ? c : cmp_notes(a->d->notes, b->d->notes);
}

static int cmp_keys(const void *pa, const void *pb)
{
	const struct sort_key *a = pa, *b = pb;
	int c = cmp_shown(a, b);

	return c ? c : cmp_u32(a->d->seq, b->d->seq);
}

void diag_sort(struct diag_sink *s, const struct source_set *sources)
{
	struct sort_key *key;
	size_t kept = 0;

	if (!s->n)
		return;
	key = arena_array(s->a, struct sort_key, s->n);
	for (size_t i = 0; i < s->n; i++) {
		uint32_t src = s->v[i]->at.src;

		key[i].path = src ? source_get(sources, src)->path : STR_NONE;
		key[i].d = s->v[i];
	}
	qsort(key, s->n, sizeof(*key), cmp_keys);
	for (size_t i = 0; i < s->n; i++) {
		if (kept && !cmp_shown(&key[kept - 1], &key[i])) {
			s->count[key[i].d->severity]--;
			continue;
		}
		key[kept] = key[i];
		key[kept].d->seq = (uint32_t)kept;
		s->v[kept] = key[kept].d;
		kept++;
	}
	s->n = kept;
}

size_t diag_count(const struct diag_sink *s, enum severity min)
{
	size_t n = 0;

	for (size_t sev = min; sev <= SEV_FATAL; sev++)
		n += s->count[sev];
	return n;
}

bool diag_io(
	struct diag_sink *s, struct span at, struct str path, const char *doing, int err)
{
	diag_report(s, RULE_IO, at, "cannot %s '%.*s': %s", doing, STR_ARG(path),
		os_strerror(err));
	return false;
}
