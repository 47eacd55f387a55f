#include "emit/plan.h"
#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"

void links_init(struct links *l, struct emit_ctx *c)
{
	*l = (struct links){ .seen = MAP_INIT(c->a) };
}

static void link_push(struct links *l, struct emit_ctx *c, struct str rel, struct str out)
{
	struct unit_link *v;

	if (map_add(&l->seen, rel, l))
		return;
	v = arena_push(c->a, struct unit_link, l->v, l->n, l->cap);
	v->rel = rel;
	v->out_path = out;
}

void links_add(struct links *l, struct emit_ctx *c, struct str rel, struct str out)
{
	if (!out.n)
		return;
	link_push(l, c, rel, out);
	while ((rel = path_dir(rel)).n && (out = path_dir(out)).n)
		link_push(l, c, rel, out);
}

void stage_open(struct stage *s, struct emit_ctx *c, struct str owner)
{
	*s = (struct stage){ .c = c, .owner = owner };
}

static struct out_entry *push_entry(
	struct stage *s, struct str path, struct str bytes, struct span from)
{
	struct out_entry *e = arena_push(s->c->a, struct out_entry, s->v, s->n, s->cap);

	e->path = path;
	e->bytes = bytes;
	e->platform = s->c->platform;
	e->owner = s->owner;
	e->from = from;
	return e;
}

void stage_add(struct stage *s, struct str path, struct str bytes, struct span from)
{
	push_entry(s, path, bytes, from);
}

void stage_resource(struct stage *s, const struct unit *proto, const struct resource *r,
	struct str rel, struct str path)
{
	struct str bytes = r->bytes;

	if (!path.n)
		return;
	if (r->doc) {
		struct unit u = *proto;

		u.doc = r->doc;
		u.range = source_span(r->src);
		u.dir = path_dir(rel);
		u.out_path = path;
		bytes = unit_run(s, &u);
	}
	push_entry(s, path, bytes, source_span(r->src))->executable = r->executable;
}

static void check_body(struct stage *s, struct str text, struct span at)
{
	const struct adapter *ad = s->c->adapter;

	if (!ad->limits.body || text.n <= ad->limits.body)
		return;
	struct diag *d = diag_report(s->c->sink, RULE_OUT_LIMIT, at,
		"'%.*s' is %zu bytes long; %.*s loads at most %u", STR_ARG(s->owner),
		text.n, STR_ARG(ad->title), ad->limits.body);
	diag_note(s->c->sink, d, SPAN_NONE,
		"move parts that are not always needed to files in references/");
}

void check_characters(struct emit_ctx *c, struct str path, struct str text,
	uint32_t limit, struct span at)
{
	size_t n = utf8_count(text);

	if (!limit || n <= limit)
		return;
	struct diag *d = diag_report(c->sink, RULE_OUT_LIMIT, at,
		"'%.*s' has %zu characters; %.*s reads %u", STR_ARG(path), n,
		STR_ARG(c->adapter->title), limit);
	diag_note(c->sink, d, SPAN_NONE,
		"shorten this text, from which it is made, or leave out some skills");
}

/* Some client runs what it takes for a command while it loads the text. */
static void check_commands(struct stage *s, const struct doc *d, struct str text)
{
	const struct adapter *ad = s->c->adapter;
	struct diag *diag;
	size_t at;

	if (!(ad->caps & CAP_RUNS_BANG) || str_find(text, STR("!`"), 0) == STR_NPOS)
		return;
	at = str_find(d->src->text, STR("!`"), 0);
	diag = diag_report(s->c->sink, RULE_OUT_RUNS,
		(struct span){ d->src->id, at == STR_NPOS ? 0 : (uint32_t)at,
			at == STR_NPOS ? 0 : 2 },
		"%.*s runs what stands after '!`' in '%.*s' as a command",
		STR_ARG(ad->title), STR_ARG(s->owner));
	diag_note(s->c->sink, diag, SPAN_NONE,
		"word it so that the two characters do not stand side by side");
}

void stage_main(
	struct stage *s, const struct unit *u, struct str name, const struct meta *m)
{
	struct emit_ctx *c = s->c;
	const struct adapter *ad = c->adapter;
	const struct listing_item *x = listing_item_of(c, u->skill, u->pack);
	struct header_values v = { .name = name,
		.description = clip_text(
			c->a, x ? x->text : m->description, ad->limits.description),
		.hidden = x && x->hidden && ad->listing.hide == HIDE_KEY,
		.meta = m,
		.doc = u->doc };
	struct span at = { u->doc->src->id, 0, 0 };
	struct buf head = BUF_INIT(c->a);
	struct str text = unit_run(s, u), all;

	header_write(&head, ad, ad->fields, ad->nfields, &v);
	if (!text.n || text.p[text.n - 1] != '\n')
		text = str_cat(c->a, text, STR("\n"));
	all = stage_split(s, name, u->out_path, buf_str(&head), text, at);
	check_body(s, all, at);
	check_commands(s, u->doc, text);
	push_entry(s, u->out_path, all, at);
	if (x)
		stage_hiding(s, x);
}

bool stage_close(struct stage *s)
{
	struct emit_stats *total = s->c->stats;

	for (size_t i = 0; i < s->n && !s->failed; i++)
		s->failed = !outtree_add(s->c->tree, &s->v[i], s->c->sink);
	if (s->failed) {
		outtree_keep(s->c->tree, s->owner);
		return false;
	}
	total->references += s->counted.references;
	total->unresolved += s->counted.unresolved;
	total->tools += s->counted.tools;
	return true;
}

static bool is_inside(struct span outer, uint32_t off)
{
	return off >= outer.off && off < span_end(outer);
}

static bool is_shown(const struct unit *u, struct span at)
{
	return is_inside(u->range, at.off) && !is_inside(u->omit, at.off);
}

static void count(struct stage *s, const struct unit *u)
{
	const struct doc *d = u->doc;

	for (uint32_t i = 0; i < d->nref; i++) {
		if (!is_shown(u, d->ref[i].span))
			continue;
		struct str token = doc_text(d, d->ref[i].name);
		if (project_resolve(s->c->project, token).kind == VERTEX_NONE)
			s->counted.unresolved++;
		else
			s->counted.references++;
	}
	if (s->c->adapter->caps & CAP_NATIVE_TOOLS)
		return;
	for (uint32_t i = 0; i < d->ntool; i++)
		s->counted.tools += is_shown(u, d->tool[i].span);
}

/* The path of a relative link, without fragment and query; empty for all others. */
static struct str local_part(struct str url)
{
	size_t n = 0;

	if (!url.n || url.p[0] == '/' || url.p[0] == '#')
		return STR_NONE;
	while (n < url.n && !memchr("#?:", url.p[n], 3))
		n++;
	if (n < url.n && url.p[n] == ':')
		return STR_NONE; /* a scheme */
	return str_sub(url, 0, n);
}

/* Links from this text to sources of other owners, "../b/SKILL.md" and such. */
static void add_outer_links(struct emit_ctx *c, struct unit *u)
{
	const struct doc *d = u->doc;
	struct unit_link *v = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t i = 0; i < d->nlink; i++) {
		struct str to = local_part(d->link[i].url);
		if (!to.n || !is_inside(u->range, d->link[i].span.off))
			continue;
		struct str dir = path_dir(d->src->path);
		struct str src = path_normalize(c->a, path_join(c->a, dir, to));
		const struct str *out = map_find(&c->plan->path_of, src);
		if (!out)
			continue;
		struct unit_link *l = arena_push(c->a, struct unit_link, v, n, cap);
		l->rel = path_normalize(c->a, path_join(c->a, u->dir, to));
		l->out_path = *out;
	}
	if (!n)
		return;
	struct unit_link *all = arena_array(c->a, struct unit_link, u->nlink + n);
	if (u->nlink)
		memcpy(all, u->link, u->nlink * sizeof(*all));
	memcpy(all + u->nlink, v, n * sizeof(*all));
	u->link = all;
	u->nlink += n;
}

struct str unit_copy(struct emit_ctx *c, const struct unit *u)
{
	struct unit with = *u;

	with.listing = &c->plan->listing;
	add_outer_links(c, &with);
	return pass_run(c->project, c->adapter, &with, c->a, c->sink);
}

struct str unit_run(struct stage *s, const struct unit *u)
{
	struct str out = unit_copy(s->c, u);

	/* a command with a hole in it is worse than none */
	if (!u->scripts_dir.n && str_find(out, STR("{scripts_dir}"), 0) != STR_NPOS)
		s->failed = true;
	count(s, u);
	return out;
}
