/* roots.c - which roots a run has, in rising order of precedence: the library,
 * the sources, the tiers, the project's own directories. */
#include "model.h"
#include "rune/path.h"
#include "rune/str.h"

static const struct str root_dirs[] = { STR_INIT("skills"), STR_INIT("extensions"),
	STR_INIT("agents"), STR_INIT("commands"), STR_INIT("contexts") };

static const struct str unit_files[] = { STR_INIT("SKILL.md"), STR_INIT("PACK.md") };

static bool is_dir(const struct root *r, struct str rel, struct arena *a)
{
	struct os_stat st;

	if (!r->dir.n)
		return root_kind(r, rel, a) == OS_DIR;
	return !os_stat(path_join(a, r->dir, rel), &st) && st.kind == OS_DIR;
}

static bool has_layout(const struct root *r, struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(root_dirs); i++)
		if (is_dir(r, root_dirs[i], a))
			return true;
	return false;
}

/* Do the directory's children hold skills or packs? `*err`: it cannot be listed. */
static bool has_units(const struct root *r, struct arena *a, int *err)
{
	struct os_entry *e, *sub;
	size_t n, nsub;

	*err = root_list(r, STR(""), a, &e, &n);
	if (*err)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (e[i].kind == OS_FILE || root_list(r, e[i].name, a, &sub, &nsub))
			continue;
		for (size_t k = 0; k < nsub; k++)
			for (size_t u = 0; u < COUNTOF(unit_files); u++)
				if (str_eq_nocase(sub[k].name, unit_files[u]))
					return true;
	}
	return false;
}

/* RN4006, at what names the root. */
static bool unusable(
	struct loader *l, const struct root *r, struct span at, const char *why)
{
	static const char *const what[] = { [ROOT_LIBRARY] = "library",
		[ROOT_SOURCE] = "source",
		[ROOT_TIER] = "tier",
		[ROOT_PROJECT] = "project" };
	struct diag *d = diag_report(l->sink, RULE_CFG_ROOT, at, "%s directory '%.*s' %s",
		what[r->kind], STR_ARG(r->label), why);

	if (at.src && !path_is_absolute(r->label))
		diag_note(l->sink, d, SPAN_NONE,
			"a relative path starts at the directory of the configuration "
			"file");
	return false;
}

static bool unreadable(struct loader *l, const struct root *r, struct span at, int err)
{
	const char *why =
		str_dupz(l->a, str_fmt(l->a, "cannot be read: %s", os_strerror(err)));

	return unusable(l, r, at, why);
}

static bool root_check(struct loader *l, struct root *r, struct span at)
{
	struct os_stat st;
	struct diag *d;
	int err = os_stat(r->dir, &st);

	if (err)
		return unreadable(l, r, at, err);
	if (st.kind == OS_MISSING)
		return unusable(l, r, at, "does not exist");
	if (st.kind != OS_DIR)
		return unusable(l, r, at, "is not a directory");
	if (has_layout(r, l->a))
		return true;
	r->bare = has_units(r, l->a, &err);
	if (r->bare)
		return true;
	if (err)
		return unreadable(l, r, at, err);
	d = diag_report(l->sink, RULE_CFG_ROOT, at,
		"'%.*s' holds neither skills nor packs", STR_ARG(r->label));
	diag_note(l->sink, d, SPAN_NONE,
		"a root has skills/, extensions/, agents/, commands/ or contexts/, or "
		"directories with a SKILL.md or a PACK.md");
	return false;
}

static struct root *root_add(
	struct loader *l, enum root_kind kind, struct str dir, struct str prefix)
{
	struct root *r = &l->root[l->nroot++];

	BUG_IF(l->nroot > l->root_cap);
	r->kind = kind;
	r->dir = dir.n ? dir : STR(".");
	r->label = path_normalize(l->a, r->dir);
	r->prefix = prefix;
	return r;
}

static bool library_open(struct loader *l, struct str prefix)
{
	const struct config *c = &l->p->config;
	bool by_default = c->library == LIBRARY_DEFAULT &&
			  (l->o->library_dir.n || (!l->o->source.n && !c->nsource));
	struct root *r;

	if (c->library == LIBRARY_OFF || (c->library == LIBRARY_DEFAULT && !by_default))
		return true;
	r = root_add(l, ROOT_LIBRARY, l->o->library_dir, prefix);
	if (l->o->library_dir.n)
		return root_check(l, r, SPAN_NONE);
	r->dir = STR_NONE;
	r->label = STR("built-in library");
	return true;
}

static bool sources_open(struct loader *l, struct str prefix)
{
	const struct config *c = &l->p->config;
	struct root *r;
	bool ok = true;

	if (l->o->source.n) {
		r = root_add(l, ROOT_SOURCE, l->o->source, prefix);
		return root_check(l, r, SPAN_NONE);
	}
	for (size_t i = 0; i < c->nsource; i++) {
		const struct config_source *s = &c->source[i];

		r = root_add(l, ROOT_SOURCE, path_join(l->a, c->dir, s->dir),
			s->has_prefix ? s->prefix : prefix);
		ok &= root_check(l, r, s->span);
	}
	return ok;
}

static bool tiers_open(struct loader *l, struct str prefix)
{
	const struct config *c = &l->p->config;
	bool ok = true;

	for (size_t i = 0; i < c->ntier; i++) {
		struct root *r = root_add(
			l, ROOT_TIER, path_join(l->a, c->dir, c->tier[i].dir), prefix);

		r->tier = c->tier[i].name;
		ok &= root_check(l, r, c->tier[i].span);
	}
	return ok;
}

/* The project's own skills/ and extensions/, unless it is a root already: then
 * its skills have that root's prefix. */
static bool own_open(struct loader *l)
{
	struct str own, other;
	struct root *r;

	r = root_add(l, ROOT_PROJECT, l->p->dir, STR(""));
	if (os_realpath(r->dir, l->a, &own))
		return unusable(l, r, SPAN_NONE, "does not exist");
	for (size_t i = 0; i + 1 < l->nroot; i++)
		if (l->root[i].dir.n && !os_realpath(l->root[i].dir, l->a, &other) &&
			str_eq(own, other)) {
			l->nroot--;
			return true;
		}
	if (!has_layout(r, l->a))
		l->nroot--;
	return true;
}

bool roots_open(struct loader *l)
{
	const struct config *c = &l->p->config;
	struct str prefix = c->has_prefix ? c->prefix : STR("rune-");
	bool ok;

	l->root_cap = c->nsource + c->ntier + 3;
	l->root = arena_array(l->a, struct root, l->root_cap);
	ok = library_open(l, prefix);
	ok &= sources_open(l, prefix);
	ok &= tiers_open(l, prefix);
	ok &= own_open(l);
	l->p->root = l->root;
	l->p->nroot = l->nroot;
	return ok;
}
