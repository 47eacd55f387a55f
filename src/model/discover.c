/* discover.c - the skills, packs and texts of a root, with all their files.
 *
 * Serial and in byte order of names, so that source ids are stable. Nothing
 * outside a skill's or a pack's directory is ever opened: a link to a file
 * counts if it leads to another file of the same directory that is shipped; a
 * skill's directory may itself be a link inside its root; every other link is
 * refused and reported (RN5007). */
#include <errno.h>

#include "model.h"
#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"

#define DIR_MAX_DEPTH  32
#define UNIT_MAX_FILES 10000
#define SKILL_FILE     STR("SKILL.md")
#define PACK_FILE      STR("PACK.md")

static struct span shown_at(struct loader *l, const struct root *r, struct str rel)
{
	const struct source *s = source_add(
		&l->p->sources, root_shown(r, rel, l->a), STR(""), SOURCE_NONE);

	return source_span(s);
}

/* Why the link at `rel` is none that root_link_target() takes. */
static const char *link_fault(
	struct loader *l, const struct root *r, struct str within, struct str rel)
{
	struct str path = path_join(l->a, r->dir, rel), dir, target;
	struct os_stat st;

	if (os_stat(path, &st) || st.kind == OS_MISSING)
		return "it leads to nothing; remove it";
	if (os_realpath(path_join(l->a, r->dir, within), l->a, &dir) ||
		os_realpath(path, l->a, &target) || !path_is_below(target, dir))
		return within.n ? "it leads out of the directory that is shipped; put a "
				  "copy here, or remove the link"
				: "it leads out of its root; put a copy here, or remove "
				  "the link";
	if (st.kind == OS_FILE)
		return "it leads to a file that is never shipped; remove it";
	return "it leads to a directory; put a copy here, or remove the link";
}

static void refuse_link(struct loader *l, struct diag_sink *sink, const struct root *r,
	struct str within, struct str rel)
{
	struct diag *d = diag_report(sink, RULE_RES_LINK, shown_at(l, r, rel),
		"symbolic link '%.*s' is not followed", STR_ARG(path_base(rel)));

	diag_note(sink, d, SPAN_NONE, "%s", link_fault(l, r, within, rel));
}

static bool is_markdown(struct str path)
{
	return str_eq_nocase(path_ext(path), STR(".md"));
}

static bool is_text(struct str bytes)
{
	return str_find_char(bytes, '\0', 0) == STR_NPOS && utf8_check(bytes) == bytes.n;
}

/* Read `rel` (below the root) into a source. Markdown keeps its bytes whatever
 * they are, so that the parser can say what is wrong with them. */
static const struct source *read_file(struct loader *l, const struct root *r,
	struct str rel, struct diag_sink *sink, struct tree_file *out)
{
	struct str shown = root_shown(r, rel, l->a);
	int err = root_read(r, rel, l->a, out);

	if (err == EFBIG) {
		diag_report(sink, RULE_TOO_LARGE, shown_at(l, r, rel),
			"'%.*s' is larger than %u MiB", STR_ARG(path_base(rel)),
			SOURCE_MAX >> 20);
		return NULL;
	}
	if (err) {
		diag_io(sink, shown_at(l, r, rel), shown, "read", err);
		return NULL;
	}
	if (is_markdown(rel) || is_text(out->bytes))
		return source_add(&l->p->sources, shown, out->bytes, out->origin);
	return source_add(&l->p->sources, shown, STR(""), SOURCE_NONE);
}

static bool link_to_file(
	struct loader *l, const struct root *r, struct str within, struct str link)
{
	struct str target;

	return root_link_target(r, within, link, l->a, &target) &&
	       root_kind(r, path_join(l->a, within, target), l->a) == OS_FILE;
}

/* ---- the files of a unit ------------------------------------------------------ */

/* How the Markdown file `rel` of `f` is to be parsed. */
static void parse_mode(
	const struct found *f, struct str rel, unsigned *flags, bool *companion)
{
	struct str rest = rel, top;
	enum text_kind kind;

	*flags = 0;
	*companion = true;
	if (f->kind != FOUND_PACK || !str_split(&rest, '/', &top) || !rest.n)
		return;
	if (str_find_char(rest, '/', 0) == STR_NPOS) {
		if (text_dir_kind(top, &kind) && !str_eq(rest, STR("README.md")))
			*flags = DOC_NEED_FRONTMATTER;
		*companion = !*flags && !str_eq(top, STR("skills")) &&
			     !str_eq(top, STR("templates"));
	} else {
		*companion = !str_eq(top, STR("skills")) ||
			     !str_eq(path_base(rest), SKILL_FILE) ||
			     str_find_char(path_dir(rest), '/', 0) != STR_NPOS;
	}
}

static void add_file(struct loader *l, struct found *f, struct str rel)
{
	struct str path = path_join(l->a, f->rel, rel);
	const struct source *src;
	struct found_file *x;
	struct tree_file tf;

	if (!path_is_safe(rel)) {
		diag_report(&f->sink, RULE_RES_SKIPPED, shown_at(l, f->root, path),
			"a file whose name holds a backslash, a control character or "
			"broken UTF-8 is not shipped");
		return;
	}
	src = read_file(l, f->root, path, &f->sink, &tf);
	if (!src)
		return;
	x = arena_push(l->a, struct found_file, f->file, f->nfile, f->file_cap);
	*x = (struct found_file){ rel, src, tf.bytes, tf.executable, NULL };
	if (is_markdown(rel)) {
		unsigned flags;
		bool companion;

		parse_mode(f, rel, &flags, &companion);
		x->job = job_add(l, src, flags, companion);
	}
}

static void add_link(struct loader *l, struct found *f, struct str rel)
{
	struct str path = path_join(l->a, f->rel, rel);

	if (link_to_file(l, f->root, f->rel, path)) {
		add_file(l, f, rel);
		return;
	}
	refuse_link(l, &f->sink, f->root, f->rel, path);
	*arena_push(l->a, struct str, f->refused, f->nrefused, f->refused_cap) = rel;
}

/* What everybody has lying about and nobody wants to hear of. */
static bool quietly_ignored(struct str name)
{
	return str_starts(name, STR(".git")) || str_eq(name, STR(".DS_Store")) ||
	       str_eq(name, STR("__pycache__")) || str_ends(name, STR("~"));
}

static void add_ignored(struct loader *l, struct found *f, struct str rel)
{
	struct str path = path_join(l->a, f->rel, rel);

	if (!quietly_ignored(path_base(rel)))
		diag_report(&f->sink, RULE_RES_SKIPPED, shown_at(l, f->root, path),
			"'%.*s' is not shipped", STR_ARG(path_base(rel)));
}

static void walk(struct loader *l, struct found *f, struct str dir, unsigned depth)
{
	struct str path = path_join(l->a, f->rel, dir);
	struct os_entry *e;
	size_t n;
	int err = root_list(f->root, path, l->a, &e, &n);

	if (err) {
		diag_io(&f->sink, shown_at(l, f->root, path),
			root_shown(f->root, path, l->a), "read directory", err);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		struct str rel = path_join(l->a, dir, e[i].name);

		if (f->nfile >= UNIT_MAX_FILES || depth > DIR_MAX_DEPTH) {
			diag_report(&f->sink, RULE_TOO_MANY, shown_at(l, f->root, f->rel),
				"more than %d files, or directories more than %d deep",
				UNIT_MAX_FILES, DIR_MAX_DEPTH);
			return;
		}
		if (resource_ignored(e[i].name, e[i].kind == OS_DIR)) {
			add_ignored(l, f, rel);
			continue;
		}
		switch (e[i].kind) {
		case OS_FILE:
			if (dir.n ||
				!str_eq(e[i].name,
					f->kind == FOUND_PACK ? PACK_FILE : SKILL_FILE))
				add_file(l, f, rel);
			break;
		case OS_DIR: walk(l, f, rel, depth + 1); break;
		case OS_LINK:
			if (dir.n ||
				!str_eq(e[i].name,
					f->kind == FOUND_PACK ? PACK_FILE : SKILL_FILE))
				add_link(l, f, rel);
			break;
		case OS_MISSING:
		case OS_OTHER: add_ignored(l, f, rel); break;
		}
	}
}

/* ---- units -------------------------------------------------------------------- */

static struct found *found_add(
	struct loader *l, const struct root *r, enum found_kind kind, struct str rel)
{
	struct found *f = arena_new(l->a, struct found);

	f->kind = kind;
	f->root = r;
	f->rel = rel;
	f->dir_name = path_base(rel);
	diag_sink_init(&f->sink, l->a, NULL);
	*arena_push(l->a, struct found *, l->found, l->nfound, l->found_cap) = f;
	return f;
}

/* SKILL.md or PACK.md itself; without `name`, the text that `f` is. */
static void read_main(struct loader *l, struct found *f, struct str name,
	enum os_kind kind, unsigned flags)
{
	struct str path = path_join(l->a, f->rel, name);
	struct str within = name.n ? f->rel : path_dir(f->rel);
	const struct source *src;
	struct tree_file tf;

	if (kind == OS_LINK && !link_to_file(l, f->root, within, path)) {
		refuse_link(l, &f->sink, f->root, within, path);
		return;
	}
	src = read_file(l, f->root, path, &f->sink, &tf);
	if (src)
		f->main = job_add(l, src, flags, false);
}

static void main_is_directory(struct loader *l, const struct root *r, struct str path)
{
	struct diag *d = diag_report(l->sink, RULE_FILE_CASE, shown_at(l, r, path),
		"directory '%.*s' is ignored", STR_ARG(path_base(path)));

	diag_note(l->sink, d, SPAN_NONE, "make a file of that name with the text in it");
}

/* The main file among `e`; one that differs in letter case is reported. */
static const struct os_entry *find_main(struct loader *l, const struct root *r,
	struct str rel, struct str name, const struct os_entry *e, size_t n)
{
	const struct os_entry *other = NULL;

	for (size_t i = 0; i < n; i++) {
		if (e[i].kind == OS_DIR) {
			if (str_eq(e[i].name, name))
				main_is_directory(l, r, path_join(l->a, rel, name));
			continue;
		}
		if (str_eq(e[i].name, name))
			return &e[i];
		if (str_eq_nocase(e[i].name, name))
			other = &e[i];
	}
	if (other) {
		struct str path = path_join(l->a, rel, other->name);
		struct diag *d = diag_report(l->sink, RULE_FILE_CASE,
			shown_at(l, r, path), "'%.*s' is ignored", STR_ARG(other->name));

		diag_note(l->sink, d, SPAN_NONE, "rename it to '%.*s'", STR_ARG(name));
	}
	return NULL;
}

/* The roles, modes and commands among a pack's files are found things of their
 * own: an error in one does not spoil the pack. */
static void pack_texts(struct loader *l, struct found *pack)
{
	for (size_t i = 0; i < pack->nfile; i++) {
		const struct found_file *x = &pack->file[i];
		struct found *f;

		if (!x->job || x->job->flags != DOC_NEED_FRONTMATTER)
			continue;
		f = found_add(
			l, pack->root, FOUND_TEXT, path_join(l->a, pack->rel, x->rel));
		BUG_IF(!text_dir_kind(path_dir(x->rel), &f->text));
		f->dir_name = str_sub(f->dir_name, 0, f->dir_name.n - 3);
		f->pack = pack;
		f->main = x->job;
	}
}

enum want { WANT_SKILL = 1, WANT_PACK = 2 };

/* The skill or pack in `rel`, which is called `name`. */
static void unit_try(struct loader *l, const struct root *r, struct str rel,
	struct str name, unsigned want)
{
	const struct os_entry *file = NULL;
	enum found_kind kind = FOUND_SKILL;
	struct os_entry *e;
	struct found *f;
	size_t n;
	int err = root_list(r, rel, l->a, &e, &n);

	if (err) {
		diag_io(l->sink, shown_at(l, r, rel), root_shown(r, rel, l->a),
			"read directory", err);
		return;
	}
	if (want & WANT_SKILL)
		file = find_main(l, r, rel, SKILL_FILE, e, n);
	if (!file && (want & WANT_PACK)) {
		file = find_main(l, r, rel, PACK_FILE, e, n);
		kind = FOUND_PACK;
	}
	if (!file)
		return;
	f = found_add(l, r, kind, rel);
	f->dir_name = name;
	read_main(l, f, file->name, file->kind, DOC_NEED_FRONTMATTER);
	walk(l, f, STR(""), 0);
	if (kind == FOUND_PACK)
		pack_texts(l, f);
}

/* A linked directory counts if it stays inside the root. A linked file beside
 * skills is nothing to us. */
static bool unit_link(struct loader *l, const struct root *r, struct str rel)
{
	struct os_stat st;
	struct str target;

	if (os_stat(path_join(l->a, r->dir, rel), &st) || st.kind == OS_FILE)
		return false;
	if (st.kind == OS_DIR && root_link_target(r, STR(""), rel, l->a, &target))
		return true;
	refuse_link(l, l->sink, r, STR(""), rel);
	return false;
}

static bool units(struct loader *l, const struct root *r, struct str dir, unsigned want)
{
	struct os_entry *e;
	size_t n;
	int err = root_list(r, dir, l->a, &e, &n);

	if (err)
		return diag_io(l->sink, shown_at(l, r, dir), root_shown(r, dir, l->a),
			"read directory", err);
	for (size_t i = 0; i < n; i++) {
		struct str rel = path_join(l->a, dir, e[i].name);

		if (resource_ignored(e[i].name, true))
			continue;
		if (e[i].kind != OS_DIR &&
			(e[i].kind != OS_LINK || !unit_link(l, r, rel)))
			continue;
		if (l->nfound >= PROJECT_MAX_SKILLS) {
			diag_report(l->sink, RULE_TOO_MANY, shown_at(l, r, dir),
				"more than %d skills", PROJECT_MAX_SKILLS);
			return false;
		}
		unit_try(l, r, rel, e[i].name, want);
	}
	return true;
}

/* ---- texts --------------------------------------------------------------------- */

bool text_dir_kind(struct str dir, enum text_kind *out)
{
	static const struct str name[] = { [TEXT_ROLE] = STR_INIT("agents"),
		[TEXT_MODE] = STR_INIT("contexts"),
		[TEXT_COMMAND] = STR_INIT("commands") };

	for (size_t i = 0; i < COUNTOF(name); i++)
		if (str_eq(dir, name[i])) {
			*out = (enum text_kind)i;
			return true;
		}
	return false;
}

static bool texts(struct loader *l, const struct root *r, struct str dir)
{
	struct os_entry *e;
	enum text_kind kind;
	size_t n;
	int err = root_list(r, dir, l->a, &e, &n);

	BUG_IF(!text_dir_kind(dir, &kind));
	if (err)
		return diag_io(l->sink, shown_at(l, r, dir), root_shown(r, dir, l->a),
			"read directory", err);
	for (size_t i = 0; i < n; i++) {
		struct found *f;

		if ((e[i].kind != OS_FILE && e[i].kind != OS_LINK) ||
			!is_markdown(e[i].name) || resource_ignored(e[i].name, false) ||
			str_eq(e[i].name, STR("README.md")))
			continue;
		f = found_add(l, r, FOUND_TEXT, path_join(l->a, dir, e[i].name));
		f->text = kind;
		f->dir_name = str_sub(f->dir_name, 0, f->dir_name.n - 3);
		read_main(l, f, STR(""), e[i].kind,
			r->kind == ROOT_PROJECT ? 0 : DOC_NEED_FRONTMATTER);
	}
	return true;
}

/* ---- roots --------------------------------------------------------------------- */

/* The project's skills/ may have been given as a source of its own. */
static bool is_other_root(struct loader *l, const struct root *r, struct str rel)
{
	struct str own, other;

	if (r->kind != ROOT_PROJECT ||
		os_realpath(path_join(l->a, r->dir, rel), l->a, &own))
		return false;
	for (size_t i = 0; i < l->nroot; i++)
		if (&l->root[i] != r && l->root[i].dir.n &&
			!os_realpath(l->root[i].dir, l->a, &other) && str_eq(own, other))
			return true;
	return false;
}

static bool dir_usable(struct loader *l, const struct root *r, struct str rel)
{
	enum text_kind kind;
	struct str target;

	switch (root_kind(r, rel, l->a)) {
	case OS_DIR: return !is_other_root(l, r, rel);
	case OS_LINK:
		if (root_link_target(r, STR(""), rel, l->a, &target))
			return !is_other_root(l, r, rel);
		/* among the project's directories, only these two must be ours */
		if (r->kind != ROOT_PROJECT || !text_dir_kind(rel, &kind))
			refuse_link(l, l->sink, r, STR(""), rel);
		return false;
	case OS_MISSING:
	case OS_FILE:
	case OS_OTHER: return false;
	}
	return false;
}

static bool all_texts(struct loader *l, const struct root *r)
{
	static const struct str text_dirs[] = { STR_INIT("agents"), STR_INIT("commands"),
		STR_INIT("contexts") };
	bool ok = true;

	for (size_t i = 0; i < COUNTOF(text_dirs); i++)
		if (dir_usable(l, r, text_dirs[i]))
			ok &= texts(l, r, text_dirs[i]);
	return ok;
}

/* A file that belongs to nothing is somebody's all the same. */
static void add_loose(struct loader *l, const struct root *r, struct str rel)
{
	struct loose_file *x;
	struct tree_file tf;
	const struct source *src = read_file(l, r, rel, l->sink, &tf);

	if (!src)
		return;
	x = arena_push(l->a, struct loose_file, l->loose, l->nloose, l->loose_cap);
	x->root = r;
	x->file = (struct found_file){ rel, src, tf.bytes, tf.executable, NULL };
	if (is_markdown(rel))
		x->file.job = job_add(l, src, 0, true);
}

static bool discover_listed(struct loader *l, const struct root *r)
{
	for (size_t i = 0; i < r->nunit; i++)
		unit_try(l, r, r->unit[i].rel, r->unit[i].name, WANT_SKILL | WANT_PACK);
	for (size_t i = 0; i < r->nloose; i++)
		add_loose(l, r, r->loose[i]);
	return !r->texts || all_texts(l, r);
}

bool discover(struct loader *l, const struct root *r)
{
	bool ok = true;

	if (r->listed)
		return discover_listed(l, r);
	if (r->bare)
		return units(l, r, STR(""), WANT_SKILL | WANT_PACK);
	if (dir_usable(l, r, STR("skills")))
		ok &= units(l, r, STR("skills"), WANT_SKILL);
	if (dir_usable(l, r, STR("extensions")))
		ok &= units(l, r, STR("extensions"), WANT_PACK);
	return all_texts(l, r) && ok;
}
