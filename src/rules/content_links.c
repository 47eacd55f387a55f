/* content_links.c - links and images: does each lead somewhere, on any machine, and
 * within what is shipped. */
#include "rules/checks.h"
#include "rules/content.h"

#include "rune/path.h"
#include "rune/str.h"

#define ANCHOR_MAX 200 /* bytes */

/* Of one file. */
struct anchors {
	struct map key;
	bool sound; /* no headings are hidden in code by a fence gone wrong */
};

/* The files of the unit at hand, as long as files of it are checked. */
struct linking {
	const struct rule_ctx *c;
	const void *owner;
	struct str base; /* directory of the unit */
	struct map file; /* path below it → anything */
	struct map dir; /* directories that hold one of them, however deep */
	struct map doc; /* path below it → struct doc */
	struct map anchors; /* path of a file → struct anchors */
	struct map elsewhere; /* paths of all files of the project */
};

/* Map values are not const. */
static void *value(const void *p)
{
	return (void *)(uintptr_t)p;
}

/* ---- the files of a unit ----------------------------------------------------------- */

static void add_file(struct linking *g, struct str rel, const struct doc *doc)
{
	map_add(&g->file, rel, g);
	if (doc)
		map_add(&g->doc, rel, value(doc));
	for (rel = path_dir(rel); rel.n && !map_add(&g->dir, rel, g);)
		rel = path_dir(rel);
}

static void add_resources(
	struct linking *g, struct str dir, const struct resource *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_file(g, path_join(g->c->a, dir, r[i].rel), r[i].doc);
}

/* "skills/x.md" of ".../pack/skills/x.md" */
static struct str below(const struct linking *g, struct str path)
{
	return path_relative(g->c->a, g->base, path);
}

static void add_pack(struct linking *g, const struct pack *p)
{
	add_file(g, STR("PACK.md"), p->doc);
	add_resources(g, STR(""), p->resource, p->nresource);
	for (size_t i = 0; i < p->npart; i++) {
		const struct pack_part *part = &p->part[i];

		if (part->owner)
			continue;
		if (part->doc != p->doc)
			add_file(g, below(g, part->doc->src->path), part->doc);
		add_resources(g, part->dir, part->resource, part->nresource);
	}
	for (size_t i = 0; i < p->ntemplate; i++)
		add_file(g, below(g, p->template[i].doc->src->path), p->template[i].doc);
}

static const void *owner_of(const struct rule_file *f)
{
	return f->skill	 ? (const void *)f->skill
	       : f->pack ? (const void *)f->pack
			 : f->text;
}

/* Files come unit by unit. */
static void unit_enter(struct linking *g, const struct rule_file *f)
{
	struct arena *a = g->c->a;
	struct str path = f->src->path;

	if (g->owner == owner_of(f))
		return;
	g->owner = owner_of(f);
	g->file = g->dir = g->doc = (struct map)MAP_INIT(a);
	g->base = STR_NONE;
	if (path.n > f->rel.n)
		g->base = str_sub(path, 0, path.n - f->rel.n - 1);
	if (f->skill) {
		add_file(g, STR("SKILL.md"), f->skill->doc);
		add_resources(g, STR(""), f->skill->resource, f->skill->nresource);
	} else if (f->pack) {
		add_pack(g, f->pack);
	}
}

/* ---- anchors ----------------------------------------------------------------------- */

/* What is left of a title or an anchor if one does not ask how blanks and marks are
 * turned into hyphens, which sites do differently. */
static struct str anchor_key(struct arena *a, struct str s)
{
	struct buf b = BUF_INIT(a);
	bool link = false;

	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		/* not what is not ASCII, nor where a link in a title leads */
		if (ch == '%' && i + 2 < s.n)
			i += 2;
		link = (ch == ']' && i + 1 < s.n && s.p[i + 1] == '(') ||
		       (link && ch != ')');
		if (ch == '%' || link)
			continue;
		if (char_is_alnum(ch))
			buf_addc(&b, char_is_upper(ch) ? (char)(ch | 0x20) : ch);
	}
	return buf_str(&b);
}

/* Anchors that stand in the text: id="x", name="x", {#x}. */
static void add_explicit(struct arena *a, struct map *m, struct str text)
{
	static const struct str marks[] = { STR_INIT("id=\""), STR_INIT("name=\""),
		STR_INIT("{#") };

	for (size_t i = 0; i < COUNTOF(marks); i++) {
		size_t at = 0, end;

		while ((at = str_find(text, marks[i], at)) != STR_NPOS) {
			at += marks[i].n;
			for (end = at; end < text.n && end - at < ANCHOR_MAX &&
				       !strchr("\"} \n", text.p[end]);)
				end++;
			map_add(m, anchor_key(a, str_sub(text, at, end - at)), m);
		}
	}
}

static const struct anchors *anchors_of(struct linking *g, const struct doc *d)
{
	struct arena *a = g->c->a;
	struct anchors *n = map_find(&g->anchors, d->src->path);

	if (n)
		return n;
	n = arena_new(a, struct anchors);
	n->key.a = a;
	n->sound = content_sound(d) == span_end(d->body);
	for (uint32_t i = 1; i < d->nnode; i++)
		if (d->node[i].kind == DOC_HEADING)
			map_add(&n->key, anchor_key(a, d->node[i].text), n);
	add_explicit(a, &n->key, doc_text(d, d->body));
	map_add(&g->anchors, d->src->path, n);
	return n;
}

/* "#setup-1" is the second "Setup". */
static bool has_anchor(struct linking *g, const struct doc *d, struct str anchor)
{
	const struct anchors *n = anchors_of(g, d);
	struct str key = anchor_key(g->c->a, anchor);

	if (!n->sound || !key.n || map_find(&n->key, key))
		return true;
	while (key.n && char_is_digit(key.p[key.n - 1]))
		key.n--;
	return key.n && map_find(&n->key, key);
}

/* ---- where links lead -------------------------------------------------------------- */

static struct span place_of(const struct doc_link *l)
{
	return l->destination.len ? l->destination : l->span;
}

static void check_anchor(struct linking *g, const struct doc *d, const struct doc_link *l,
	struct str anchor)
{
	struct diag *r;

	if (!anchor.n || has_anchor(g, d, anchor))
		return;
	r = diag_report(g->c->sink, RULE_ANCHOR_BROKEN, place_of(l),
		"no heading or anchor '%.*s' is there", STR_ARG(anchor));
	diag_note(g->c->sink, r, SPAN_NONE,
		"an anchor is the heading in lower case, with hyphens for blanks");
}

static bool is_drive(struct str url)
{
	return url.n > 2 && url.p[1] == ':' && (url.p[2] == '\\' || url.p[2] == '/') &&
	       (char_is_upper(url.p[0]) || char_is_lower(url.p[0]));
}

static bool is_of_machine(struct str url)
{
	static const struct str heads[] = { STR_INIT("file:"), STR_INIT("/home/"),
		STR_INIT("/Users/"), STR_INIT("/tmp/"), STR_INIT("/root/"),
		STR_INIT("~/") };

	for (size_t i = 0; i < COUNTOF(heads); i++)
		if (str_starts(url, heads[i]))
			return true;
	return is_drive(url);
}

static int hex_digit(char ch)
{
	if (char_is_digit(ch))
		return ch - '0';
	ch = (char)(ch | 0x20);
	return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

static struct str percent_decode(struct arena *a, struct str s)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < s.n; i++) {
		int hi = i + 2 < s.n && s.p[i] == '%' ? hex_digit(s.p[i + 1]) : -1;
		int lo = hi < 0 ? -1 : hex_digit(s.p[i + 2]);

		if (lo < 0 || !(hi | lo)) {
			buf_addc(&b, s.p[i]);
			continue;
		}
		buf_addc(&b, (char)(hi << 4 | lo));
		i += 2;
	}
	return buf_str(&b);
}

/* The path of a relative link, without query and fragment; else empty. */
static struct str local_path(struct str url)
{
	size_t n = 0;

	if (!url.n || url.p[0] == '/')
		return STR_NONE;
	while (n < url.n && !memchr("#?:", url.p[n], 3))
		n++;
	return n < url.n && url.p[n] == ':' ? STR_NONE : str_sub(url, 0, n);
}

static struct str fragment(struct str url)
{
	size_t hash = str_find_char(url, '#', 0);

	return hash == STR_NPOS ? STR_NONE : str_from(url, hash + 1);
}

/* Of this unit, or of another one that is compiled with it: then the compiler finds
 * it wherever it goes. */
static bool leads_to_file(struct linking *g, const struct rule_file *f, struct str rel)
{
	struct arena *a = g->c->a;

	if (map_find(&g->file, rel))
		return true;
	return !g->c->o->scan && str_starts(rel, STR("..")) &&
	       map_find(&g->elsewhere, path_normalize(a, path_join(a, g->base, rel))) &&
	       f->doc;
}

/* The passes say the same, word for word, so that it is read once. */
static void report_broken(struct linking *g, const struct rule_file *f,
	const struct doc_link *l, struct str path, struct str rel)
{
	struct str root = path_normalize(g->c->a, path), dir = path_dir(f->rel);
	bool out = str_starts(rel, STR(".."));
	struct diag *d = diag_report(g->c->sink, RULE_LINK_BROKEN, place_of(l),
		out ? "link to '%.*s' leads out of the skill"
		    : "link to '%.*s' leads to no file of the skill",
		STR_ARG(path));

	if (dir.n && (map_find(&g->file, root) || map_find(&g->dir, root))) {
		diag_note(g->c->sink, d, SPAN_NONE,
			"a link starts from its own file: write '%.*s', as the compiled "
			"text does",
			STR_ARG(path_relative(g->c->a, dir, root)));
		return;
	}
	diag_note(g->c->sink, d, SPAN_NONE,
		out ? "only what is in the skill's own directory is shipped with it"
		    : "add the file, mend the path, or take the link out");
}

static void check_local(struct linking *g, const struct rule_file *f,
	const struct doc_link *l, struct str path)
{
	struct arena *a = g->c->a;
	struct str dir = path_dir(f->rel);
	struct str rel = path_normalize(a, path_join(a, dir, path)), plain = rel;
	const struct doc *to;

	if (!map_find(&g->file, rel) && str_find_char(path, '%', 0) != STR_NPOS)
		plain = path_normalize(a, path_join(a, dir, percent_decode(a, path)));
	if (str_eq(plain, STR(".")))
		return;
	if (map_find(&g->dir, plain)) {
		struct diag *d;

		/* people look into directories */
		if (content_is_material(f))
			return;
		d = diag_report(g->c->sink, RULE_LINK_DIRECTORY, place_of(l),
			"link to '%.*s' leads to a directory", STR_ARG(path));

		diag_note(g->c->sink, d, SPAN_NONE, "link to the files in it");
		return;
	}
	if (!leads_to_file(g, f, plain)) {
		report_broken(g, f, l, path, rel);
		return;
	}
	to = map_find(&g->doc, plain);
	if (to && !content_is_material(f))
		check_anchor(g, to, l, fragment(l->url));
}

/* {scripts_dir}/x is no path yet; content_leftovers() looks after it. */
static bool is_placeholder(struct str url)
{
	return str_starts(url, STR("{scripts_dir}"));
}

static void check_link(
	struct linking *g, const struct rule_file *f, const struct doc_link *l)
{
	struct str path = local_path(l->url);
	struct diag *d;

	if (is_of_machine(l->url)) {
		d = diag_report(g->c->sink, RULE_LINK_MACHINE, place_of(l),
			"link to '%.*s' works on one machine only", STR_ARG(l->url));
		diag_note(g->c->sink, d, SPAN_NONE,
			"put the file beside the skill and link to it from there");
	} else if (l->url.n && l->url.p[0] == '#') {
		if (!content_is_material(f))
			check_anchor(g, f->doc, l, str_from(l->url, 1));
	} else if (path.n && !is_placeholder(l->url)) {
		check_local(g, f, l, path);
	}
}

void content_links(const struct rule_ctx *c)
{
	struct linking g = {
		.c = c, .anchors = MAP_INIT(c->a), .elsewhere = MAP_INIT(c->a)
	};

	for (size_t i = 0; !c->o->scan && i < c->nfile; i++)
		map_add(&g.elsewhere, c->file[i].src->path, &g);
	for (size_t i = 0; i < c->nfile; i++) {
		const struct rule_file *f = &c->file[i];

		if (!f->doc || !f->doc->nlink || !owner_of(f))
			continue;
		unit_enter(&g, f);
		for (uint32_t k = 0; k < f->doc->nlink; k++)
			check_link(&g, f, &f->doc->link[k]);
	}
}
