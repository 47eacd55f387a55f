#include "emit/api.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

size_t api_adapter_count(const struct rune *r)
{
	return adapter_count + r->project.config.nadapter;
}

const struct adapter *api_adapter(const struct rune *r, size_t i)
{
	return i < adapter_count ? adapter_table[i]
				 : r->project.config.adapter[i - adapter_count];
}

static struct str known_names(struct rune *r, struct str *names)
{
	struct buf b = BUF_INIT(&r->arena);

	for (size_t i = 0; i < api_adapter_count(r); i++) {
		names[i] = api_adapter(r, i)->name;
		buf_addf(&b, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
	}
	return buf_str(&b);
}

static bool unknown(struct rune *r, struct str name, struct span at)
{
	size_t n = api_adapter_count(r);
	struct str *names = arena_array(&r->arena, struct str, n);
	struct str list = known_names(r, names), meant = str_nearest(name, names, n);
	struct diag *d = diag_report(
		&r->sink, RULE_CFG_VALUE, at, "Unknown platform '%.*s'", STR_ARG(name));

	if (meant.n)
		diag_note(&r->sink, d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(meant));
	diag_note(&r->sink, d, SPAN_NONE, "known platforms: %.*s", STR_ARG(list));
	return false;
}

bool api_no_platform(struct rune *r)
{
	struct str *names = arena_array(&r->arena, struct str, api_adapter_count(r));
	struct str list = known_names(r, names);
	struct diag *d = diag_report(&r->sink, RULE_CFG_VALUE, SPAN_NONE, "%s",
		"no platform is named, and the project's directories show none");

	diag_note(&r->sink, d, SPAN_NONE,
		"name one with --platform NAME, or as \"platform\" in %s", CONFIG_FILE);
	diag_note(&r->sink, d, SPAN_NONE, "known platforms: %.*s", STR_ARG(list));
	return false;
}

/* A name on the command line or in the configuration; `mark` has a flag for each
 * platform. */
static bool mark_named(struct rune *r, bool *mark, struct str name, struct span at)
{
	size_t n = api_adapter_count(r);

	if (str_eq(name, STR("all"))) {
		for (size_t i = 0; i < n; i++)
			mark[i] = true;
		return true;
	}
	for (size_t i = 0; i < n; i++)
		if (str_eq(api_adapter(r, i)->name, name)) {
			mark[i] = true;
			return true;
		}
	return unknown(r, name, at);
}

/* The first of the paths that tell of a platform and are there. */
static struct str evidence(const struct rune *r, const struct adapter *ad)
{
	struct arena scratch = { 0 };
	struct str found = STR_NONE;
	struct os_stat st;

	for (size_t i = 0; i < ad->ndetect && !found.n; i++) {
		struct str path = path_join(&scratch, r->dir, ad->detect[i]);

		if (!os_stat(path, &st) && st.kind != OS_MISSING)
			found = ad->detect[i];
	}
	arena_release(&scratch);
	return found;
}

/* A tree that was found may be that of a platform which shares it. (Those stand before
 * its own platform in the table.) */
static bool is_shared(const struct rune *r, const bool *mark, const struct adapter *ad)
{
	for (size_t i = 0; i < api_adapter_count(r); i++)
		if (mark[i] && api_adapter(r, i)->skills_of == ad)
			return true;
	return false;
}

/* Several may be there: then all of them are meant, and the line says so. */
static void mark_detected(struct rune *r, bool *mark)
{
	struct buf line = BUF_INIT(&r->arena);

	for (size_t i = 0; i < api_adapter_count(r); i++) {
		const struct adapter *ad = api_adapter(r, i);
		struct str path = evidence(r, ad);

		if (!path.n || is_shared(r, mark, ad))
			continue;
		mark[i] = true;
		buf_addf(&line, "%s%.*s from %.*s",
			line.n ? ", " : "platforms detected: ", STR_ARG(ad->name),
			STR_ARG(path));
	}
	r->detected = line.n ? line.p : NULL;
}

static void add_tasks(struct rune *r, const bool *mark)
{
	size_t n = api_adapter_count(r);

	r->task = arena_array(&r->arena, struct task, n);
	r->ntask = 0;
	for (size_t i = 0; i < n; i++)
		if (mark[i])
			r->task[r->ntask++].adapter = api_adapter(r, i);
}

bool api_choose(struct rune *r)
{
	const struct config *c = &r->project.config;
	const char *const *named = r->options.platforms;
	bool *mark = arena_array(&r->arena, bool, api_adapter_count(r));
	bool ok = true;

	for (size_t i = 0; named && named[i]; i++)
		ok &= mark_named(r, mark, str_c(named[i]), SPAN_NONE);
	for (size_t i = 0; !named && i < c->nplatform; i++)
		ok &= mark_named(r, mark, c->platform[i].name, c->platform[i].span);
	if (!named && !c->nplatform)
		mark_detected(r, mark);
	add_tasks(r, mark);
	return ok;
}
