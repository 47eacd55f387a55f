/* links.c - relative links, images and plain mentions of companion files lead to
 * where these files stand in the output. What leads to the same place as it is
 * stays as the author wrote it. */
#include "passes.h"

#include "rune/path.h"
#include "rune/str.h"

static const struct str placeholder = STR_INIT("{scripts_dir}");

struct files {
	const struct pass_ctx *c;
	struct map by_rel; /* path below the unit's directory → struct unit_link */
};

static struct files files_of(const struct pass_ctx *c)
{
	struct files f = { c, MAP_INIT(c->a) };

	for (size_t i = 0; i < c->unit->nlink; i++)
		map_add(&f.by_rel, c->unit->link[i].rel, (void *)&c->unit->link[i]);
	return f;
}

/* `path` as written in this document, below the unit's directory. */
static struct str rel_of(const struct files *f, struct str path)
{
	struct arena *a = f->c->a;

	return path_normalize(a, path_join(a, f->c->unit->dir, path));
}

/* The path from this file to `l` in the output; empty if that is the same as the
 * one in the source. */
static struct str moved_to(const struct files *f, const struct unit_link *l)
{
	const struct unit *u = f->c->unit;
	struct arena *a = f->c->a;
	struct str old = path_relative(a, u->dir, l->rel);
	struct str now = path_relative(a, path_dir(u->out_path), l->out_path);

	return str_eq(old, now) ? STR_NONE : now;
}

/* ---- links ---- */

static int hex_digit(char c)
{
	if (char_is_digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct str percent_decode(struct arena *a, struct str s)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < s.n; i++) {
		int hi = -1, lo = -1;

		if (s.p[i] == '%' && i + 2 < s.n) {
			hi = hex_digit(s.p[i + 1]);
			lo = hex_digit(s.p[i + 2]);
		}
		if (hi < 0 || lo < 0 || !(hi | lo)) {
			buf_addc(&b, s.p[i]);
			continue;
		}
		buf_addc(&b, (char)(hi << 4 | lo));
		i += 2;
	}
	return buf_str(&b);
}

/* So that it ends neither the destination nor the path in it. */
static struct str percent_encode(struct arena *a, struct str s)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || strchr("\"#%&()<>?[\\]^`{|}\x7f", c))
			buf_addf(&b, "%%%02X", c);
		else
			buf_addc(&b, s.p[i]);
	}
	return buf_str(&b);
}

/* The path of a relative link, without query and fragment. Empty for all others. */
static struct str local_path(struct str url)
{
	size_t n = 0;

	if (!url.n || url.p[0] == '/')
		return STR_NONE;
	while (n < url.n && !memchr("#?:", url.p[n], 3))
		n++;
	return n < url.n && url.p[n] == ':' ? STR_NONE : str_sub(url, 0, n);
}

static const struct unit_link *file_at(const struct files *f, struct str path)
{
	const struct unit_link *l = map_find(&f->by_rel, rel_of(f, path));

	if (!l && str_find_char(path, '%', 0) != STR_NPOS)
		l = map_find(&f->by_rel, rel_of(f, percent_decode(f->c->a, path)));
	return l;
}

/* What the link would lead to if it began in the skill's own directory, which is
 * how many companion files are written; NULL if there is nothing either. */
static const struct unit_link *file_from_root(const struct files *f, struct str path)
{
	if (!f->c->unit->dir.n)
		return NULL;
	return map_find(&f->by_rel, path_normalize(f->c->a, path));
}

static void report_broken(const struct files *f, const struct doc_link *link,
	struct str path, const struct unit_link *meant)
{
	const struct pass_ctx *c = f->c;
	bool out = str_starts(rel_of(f, path), STR(".."));
	struct diag *d = diag_report(c->sink, RULE_LINK_BROKEN,
		link->destination.len ? link->destination : link->span,
		out ? "link to '%.*s' leads out of the skill"
		    : "link to '%.*s' leads to no file of the skill",
		STR_ARG(path));

	if (meant) {
		struct str right = path_relative(c->a, c->unit->dir, meant->rel);
		diag_note(c->sink, d, SPAN_NONE,
			"a link starts from its own file: write '%.*s', as the compiled "
			"text does",
			STR_ARG(right));
		return;
	}
	diag_note(c->sink, d, SPAN_NONE,
		out ? "only what is in the skill's own directory is shipped with it"
		    : "add the file, mend the path, or take the link out");
}

/* Put `path` for the first `n` bytes of the link's URL. */
static void redirect(const struct files *f, struct edit_list *out,
	const struct doc_link *link, size_t n, struct str path)
{
	const struct pass_ctx *c = f->c;
	struct span at = link->destination;
	struct str rest = str_from(link->url, n);
	bool slash = n && link->url.p[n - 1] == '/';

	if (!at.len)
		return;
	path = str_fmt(
		c->a, "%.*s%s", STR_ARG(percent_encode(c->a, path)), slash ? "/" : "");
	if (str_eq(doc_text(c->unit->doc, at), link->url))
		at.len = (uint32_t)n;
	else
		path = str_fmt(c->a, "%.*s%.*s", STR_ARG(path), STR_ARG(rest));
	pass_replace(c, out, at, path);
}

/* "{scripts_dir}/x" in a link: the file's place as seen from here, which is what a
 * link needs, or else the text that the placeholder stands for. */
static void redirect_script(const struct files *f, struct edit_list *out,
	const struct doc_link *link, struct str path)
{
	const struct unit *u = f->c->unit;
	struct arena *a = f->c->a;
	struct str rel =
		str_fmt(a, "scripts%.*s", STR_ARG(str_from(path, placeholder.n)));
	const struct unit_link *l = map_find(&f->by_rel, path_normalize(a, rel));
	struct span at = link->destination;

	if (!u->scripts_dir.n || !at.len)
		return;
	if (l) {
		redirect(f, out, link, path.n,
			path_relative(a, path_dir(u->out_path), l->out_path));
		return;
	}
	at.len = (uint32_t)placeholder.n;
	pass_replace(f->c, out, at, u->scripts_dir);
}

static void visit_link(
	const struct files *f, struct edit_list *out, const struct doc_link *link)
{
	struct str path = local_path(link->url), now;
	const struct unit_link *l;

	if (!path.n)
		return;
	if (str_starts(path, placeholder)) {
		redirect_script(f, out, link, path);
		return;
	}
	l = file_at(f, path);
	if (!l) {
		if (str_eq(rel_of(f, path), STR(".")))
			return;
		l = file_from_root(f, path);
		report_broken(f, link, path, l);
		if (!l)
			return;
		now = path_relative(f->c->a, path_dir(f->c->unit->out_path), l->out_path);
	} else {
		now = moved_to(f, l);
	}
	if (now.n)
		redirect(f, out, link, path.n, now);
}

/* ---- mentions: `references/x.md` in running text ---- */

static bool in_path(char c)
{
	return char_is_alnum(c) || (c && strchr("_-./@+~%", c));
}

/* A name without a directory says little: only Markdown files are taken by it, and
 * none that every project has. */
static bool is_telling(struct str path)
{
	return str_find_char(path, '/', 0) != STR_NPOS ||
	       (str_eq(path_ext(path), STR(".md")) &&
		       !str_eq_nocase(path, STR("README.md")) &&
		       !str_eq_nocase(path, STR("SKILL.md")) &&
		       !str_eq_nocase(path, STR("PACK.md")));
}

/* From here, or, as is usual in companion files, from the skill's directory. */
static const struct unit_link *mentioned(const struct files *f, struct str path)
{
	const struct unit_link *l = map_find(&f->by_rel, rel_of(f, path));

	if (!l)
		l = map_find(&f->by_rel, path_normalize(f->c->a, path));
	return l;
}

static void visit_mention(
	const struct files *f, struct edit_list *out, uint32_t off, struct str path)
{
	const struct unit_link *l;
	struct str now;

	while (path.n && (path.p[path.n - 1] == '.' || path.p[path.n - 1] == '/'))
		path.n--;
	if (!path.n || path.p[0] == '/' || !is_telling(path))
		return;
	l = mentioned(f, path);
	if (!l)
		return;
	now = moved_to(f, l);
	if (now.n)
		edit_add(out, off, (uint32_t)path.n, now, f->c->pass);
}

static void visit_run(
	const struct files *f, struct edit_list *out, const struct doc_run *run)
{
	struct str text = doc_text(f->c->unit->doc, run->span);
	size_t at = 0, end;

	/* most runs of text hold neither a directory nor a file */
	if (str_find_char(text, '/', 0) == STR_NPOS &&
		str_find(text, STR(".md"), 0) == STR_NPOS)
		return;
	while (at < text.n) {
		for (end = at; end < text.n && in_path(text.p[end]);)
			end++;
		if (end > at && (!at || text.p[at - 1] != ':'))
			visit_mention(f, out, run->span.off + (uint32_t)at,
				str_sub(text, at, end - at));
		at = end + 1;
	}
}

void pass_links(const struct pass_ctx *c, struct edit_list *out)
{
	const struct doc *d = c->unit->doc;
	struct files f = files_of(c);

	for (uint32_t i = 0; i < d->nlink; i++)
		if (pass_covers(c, d->link[i].span))
			visit_link(&f, out, &d->link[i]);
	for (uint32_t i = 0; i < d->nrun && c->unit->nlink; i++)
		if (pass_covers(c, d->run[i].span))
			visit_run(&f, out, &d->run[i]);
}
