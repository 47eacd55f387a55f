#include "rune/scan.h"

#include <stdlib.h>

#include "ignore.h"
#include "model.h"
#include "rune/path.h"
#include "rune/str.h"

/* ---- paths ---------------------------------------------------------------------- */

struct str scan_absolute(const struct scan *s, struct str path, struct arena *a)
{
	return path_normalize(a, path_join(a, s->cwd, path));
}

/* The name that a directory really has, "x" for "." in /home/x. */
static struct str real_name(const struct scan *s, struct str dir)
{
	return path_base(scan_absolute(s, dir, s->a));
}

/* "a/b" for "a/b/c", "." for "a", ".." for ".". */
static struct str parent_of(const struct scan *s, struct str dir)
{
	return path_normalize(s->a, path_join(s->a, dir, STR("..")));
}

static bool climbs(struct str dir)
{
	return str_eq(dir, STR(".")) || str_eq(dir, STR("..")) ||
	       str_ends(dir, STR("/..")) || str_eq(dir, STR("/"));
}

static bool holds_units(struct str name)
{
	return str_eq(name, STR("skills")) || str_eq(name, STR("extensions"));
}

/* ---- groups --------------------------------------------------------------------- */

static struct scan_group *group_get(struct scan *s, struct str dir)
{
	struct scan_group *g = map_find(&s->group, dir);

	if (g)
		return g;
	g = arena_new(s->a, struct scan_group);
	g->root = (struct root){ .kind = ROOT_PROJECT,
		.label = dir,
		.dir = dir,
		.listed = true,
		.overlay = s->overlay };
	map_add(&s->group, dir, g);
	return g;
}

/* The directory whose skills/ or extensions/ holds the unit, at any depth; without
 * one, the directory that it lies in. */
static struct str group_dir(struct str dir)
{
	struct str up = dir;

	if (climbs(dir))
		return dir;
	while (path_dir(up).n && !str_eq(path_dir(up), STR("/"))) {
		up = path_dir(up);
		if (!climbs(up) && holds_units(path_base(up)))
			return path_dir(up).n ? path_dir(up) : STR(".");
	}
	return path_dir(dir).n ? path_dir(dir) : STR(".");
}

static void unit_add(struct scan *s, struct str dir)
{
	struct str at = group_dir(dir);
	struct scan_group *g = group_get(s, at);
	struct root_unit *u;

	if (map_add(&s->unit, dir, g))
		return;
	u = arena_push(s->a, struct root_unit, g->unit, g->root.nunit, g->unit_cap);
	u->name = real_name(s, dir);
	u->rel = str_eq(at, dir)	? STR("")
		 : str_eq(at, STR(".")) ? dir
					: str_from(dir, at.n + !str_ends(at, STR("/")));
}

/* ---- the walk ------------------------------------------------------------------- */

static bool is_unit_file(const struct os_entry *e)
{
	return e->kind != OS_DIR && (str_eq_nocase(e->name, STR("SKILL.md")) ||
					    str_eq_nocase(e->name, STR("PACK.md")));
}

static bool passed_over(struct str name)
{
	static const struct str names[] = { STR_INIT(".git"), STR_INIT(".hg"),
		STR_INIT(".svn"), STR_INIT("node_modules"), STR_INIT("__pycache__"),
		STR_INIT("__MACOSX"), STR_INIT(".venv"), STR_INIT("venv") };

	for (size_t i = 0; i < COUNTOF(names); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

static bool has_entry(const struct os_entry *e, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(e[i].name, str_c(name)))
			return true;
	return false;
}

/* A directory laid out for rune: what else lies in it is no skill's. */
static bool is_root(const struct os_entry *e, size_t n)
{
	return (has_entry(e, n, "skills") || has_entry(e, n, "extensions")) &&
	       (has_entry(e, n, "extensions") || has_entry(e, n, "contexts") ||
		       has_entry(e, n, CONFIG_FILE));
}

static const struct source *place(struct scan *s, struct str path)
{
	return source_add(s->sources, path, STR(""), SOURCE_NONE);
}

static void visit(struct scan *s, struct str dir, const struct ignore *ig, unsigned depth)
{
	struct os_entry *e;
	bool root;
	size_t n;
	int err;

	if (depth > SCAN_MAX_DEPTH || s->ndir++ >= SCAN_MAX_DIRS) {
		diag_report(s->sink, RULE_TOO_MANY, source_span(place(s, dir)),
			"more than %d directories, or directories more than %d deep",
			SCAN_MAX_DIRS, SCAN_MAX_DEPTH);
		return;
	}
	err = os_list_dir(dir, s->a, &e, &n);
	if (err) {
		diag_io(s->sink, source_span(place(s, dir)), dir, "read directory", err);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (is_unit_file(&e[i])) {
			unit_add(s, dir);
			return;
		}
	root = is_root(e, n);
	for (size_t i = 0; i < n; i++) {
		struct str sub = str_eq(dir, STR(".")) ? e[i].name
						       : path_join(s->a, dir, e[i].name);
		struct str full;

		if (e[i].kind != OS_DIR || passed_over(e[i].name) ||
			(root && !holds_units(e[i].name)))
			continue;
		full = scan_absolute(s, sub, s->a);
		if (!ignore_directory(ig, full))
			visit(s, sub, ignore_enter(ig, full, s->a), depth + 1);
	}
}

static void visit_top(struct scan *s, struct str dir)
{
	visit(s, dir, ignore_outside(scan_absolute(s, dir, s->a), s->a), 0);
}

/* ---- what is asked for ---------------------------------------------------------- */

static bool exists(struct scan *s, struct str path, enum os_kind kind)
{
	struct os_stat st;

	if (kind == OS_FILE && s->overlay && map_find(s->overlay, path))
		return true;
	return !os_stat(path, &st) && st.kind == kind;
}

static bool is_unit(struct scan *s, struct str dir)
{
	return exists(s, path_normalize(s->a, path_join(s->a, dir, STR("SKILL.md"))),
		       OS_FILE) ||
	       exists(s, path_normalize(s->a, path_join(s->a, dir, STR("PACK.md"))),
		       OS_FILE);
}

/* Does the unit speak of others? */
static bool has_neighbours(struct scan *s, struct str dir)
{
	static const char *const files[] = { "SKILL.md", "PACK.md" };
	struct str text;

	for (size_t i = 0; i < COUNTOF(files); i++)
		if (!os_read_file(path_join(s->a, dir, str_c(files[i])), SOURCE_MAX, s->a,
			    &text) &&
			(str_find(text, STR("layer:"), 0) != STR_NPOS ||
				str_find(text, STR("rune:"), 0) != STR_NPOS))
			return true;
	return false;
}

static void add_neighbours(struct scan *s, struct str dir)
{
	struct str at = group_dir(dir), up = path_dir(dir);

	if (climbs(dir) || !has_neighbours(s, dir))
		return;
	if (!holds_units(real_name(s, up.n ? up : STR("."))))
		return;
	if (!up.n || climbs(up)) {
		visit_top(s, STR("."));
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		struct str sub = i ? STR("extensions") : STR("skills");

		sub = path_normalize(s->a, path_join(s->a, at, sub));
		if (exists(s, sub, OS_DIR))
			visit_top(s, sub);
	}
}

/* The unit that a file is in; empty: none. */
static struct str unit_above(struct scan *s, struct str path)
{
	struct str dir = path;

	for (unsigned i = 0; i < SCAN_MAX_DEPTH; i++) {
		dir = path_dir(dir);
		if (is_unit(s, dir.n ? dir : STR(".")))
			return dir.n ? dir : STR(".");
		if (!dir.n || str_eq(dir, STR("/")))
			break;
	}
	return STR_NONE;
}

static void add_text(struct scan *s, struct str text_dir)
{
	struct str at = parent_of(s, text_dir);
	struct scan_group *g = group_get(s, at);

	g->wanted = true;
	if (exists(s, path_normalize(s->a, path_join(s->a, at, STR("skills"))), OS_DIR))
		visit_top(s, path_normalize(s->a, path_join(s->a, at, STR("skills"))));
}

static void add_loose(struct scan *s, struct str path)
{
	struct scan_group *g = group_get(s, path_dir(path).n ? path_dir(path) : STR("."));

	*arena_push(s->a, struct str, g->loose, g->root.nloose, g->loose_cap) =
		path_base(path);
}

static void add_file(struct scan *s, struct str path)
{
	struct str unit = unit_above(s, path), dir = path_dir(path);
	enum text_kind kind;

	if (unit.n) {
		unit_add(s, unit);
		add_neighbours(s, unit);
	} else if (str_eq_nocase(path_ext(path), STR(".md")) &&
		   text_dir_kind(path_base(dir), &kind)) {
		add_text(s, dir);
	} else {
		add_loose(s, path);
	}
}

static bool add_dir(struct scan *s, struct str dir)
{
	size_t before = s->unit.n;
	struct str unit = STR_NONE;
	enum text_kind kind;
	struct diag *d;

	if (is_unit(s, dir)) {
		unit_add(s, dir);
		add_neighbours(s, dir);
		return true;
	}
	visit_top(s, dir);
	if (s->unit.n > before)
		return true;
	if (text_dir_kind(real_name(s, dir), &kind)) {
		add_text(s, dir);
		return true;
	}
	unit = unit_above(s, dir);
	if (unit.n) { /* references/ of a skill */
		unit_add(s, unit);
		return true;
	}
	for (size_t i = 0; i < s->unit.n; i++)
		if (path_is_below(s->unit.entry[i].key, dir))
			return true; /* known from another path */
	d = diag_report(s->sink, RULE_CFG_ROOT, source_span(place(s, dir)),
		"'%.*s' holds neither skills nor packs", STR_ARG(dir));
	diag_note(s->sink, d, SPAN_NONE,
		"a skill is a directory with a SKILL.md, a pack one with a PACK.md");
	return false;
}

bool scan_path(struct scan *s, struct str path)
{
	struct str shown = path_normalize(s->a, path);
	struct os_stat st;
	int err = os_stat(shown, &st);

	map_add(&s->focus, shown, s);
	if (!err && exists(s, shown, OS_FILE)) {
		add_file(s, shown);
		return true;
	}
	if (!err && st.kind == OS_DIR)
		return add_dir(s, shown);
	diag_report(s->sink, RULE_IO, source_span(place(s, shown)),
		"cannot read '%.*s': %s", STR_ARG(shown),
		err			? os_strerror(err)
		: st.kind == OS_MISSING ? "there is no such file or directory"
					: "it is neither a file nor a directory");
	return false;
}

bool scan_focus(const struct scan *s, struct str path)
{
	struct str up = path;

	for (;;) {
		if (map_find(&s->focus, up))
			return true;
		if (!path_dir(up).n)
			break;
		if (str_eq(path_dir(up), up))
			return false;
		up = path_dir(up);
	}
	return path_is_below(path, STR(".")) && map_find(&s->focus, STR("."));
}

/* ---- the end -------------------------------------------------------------------- */

static int unit_cmp(const void *pa, const void *pb)
{
	const struct root_unit *a = pa, *b = pb;

	return str_cmp(a->rel, b->rel);
}

/* agents/ and commands/ of a client are that client's, in its own form. */
static bool has_texts(struct scan *s, const struct scan_group *g)
{
	struct str name = real_name(s, g->root.dir);
	struct os_entry *e;
	size_t n;

	if (g->wanted)
		return true;
	if (!g->root.nunit || !g->unit[0].rel.n || str_starts(name, STR(".")) ||
		os_list_dir(g->root.dir, s->a, &e, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_starts(e[i].name, STR(".")) &&
			str_ends(e[i].name, STR("-plugin")))
			return false;
	return is_root(e, n);
}

void scan_finish(struct scan *s)
{
	for (size_t i = 0; i < s->group.n; i++) {
		struct scan_group *g = s->group.entry[i].value;

		if (g->root.nunit)
			qsort(g->unit, g->root.nunit, sizeof(*g->unit), unit_cmp);
		g->root.texts = has_texts(s, g);
		g->root.unit = g->unit;
		g->root.loose = g->loose;
	}
}

void scan_init(struct scan *s, struct source_set *sources, struct arena *a,
	struct diag_sink *sink)
{
	*s = (struct scan){ .a = a,
		.sink = sink,
		.sources = sources,
		.group = MAP_INIT(a),
		.unit = MAP_INIT(a),
		.focus = MAP_INIT(a) };
	if (os_cwd(a, &s->cwd))
		s->cwd = STR("/");
}
