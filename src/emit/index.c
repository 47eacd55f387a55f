/* rune-index.md for people and for clients that know no skills; skill-index.json for
 * programs: the emitted skills, what they are asked for with, and the mesh. */
#include "emit/plan.h"
#include "rune/json.h"
#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"

#define INTENTS_MAX    32 /* of one skill */
#define INTENT_LETTERS 60 /* longer phrases are no phrases */

static struct str index_path(const struct emit_ctx *c, const char *name)
{
	return path_join(c->a, c->adapter->index_dir, str_c(name));
}

/* ---- rune-index.md ---- */

static void add_section(
	struct emit_ctx *c, struct buf *b, const char *title, size_t from, size_t to)
{
	if (from < to)
		buf_addf(b, "\n## %s\n\n", title);
	for (size_t i = from; i < to; i++) {
		const struct emitted *e = &c->plan->done[i];
		const struct meta *m = e->skill ? &e->skill->meta : &e->pack->meta;

		buf_addf(b, "- %.*s: %.*s\n", STR_ARG(e->file), STR_ARG(m->description));
	}
}

/* On a flat platform a skill may be called "rune-index". */
static const char *markdown_name(const struct emit_ctx *c)
{
	for (size_t i = 0; i < c->plan->n; i++)
		if (str_eq(c->plan->done[i].file, STR("rune-index.md")))
			return "rune-index-of-skills.md";
	return "rune-index.md";
}

static bool emit_markdown(struct emit_ctx *c)
{
	struct buf b = BUF_INIT(c->a);

	buf_addz(&b, "# Skills\n\nEach line names a file below this directory and says "
		     "when to "
		     "read it.\n");
	add_section(c, &b, "Core Skills", 0, c->plan->nskill);
	add_section(c, &b, "Extension Packs", c->plan->nskill, c->plan->n);
	return emit_file(c, index_path(c, markdown_name(c)), buf_str(&b));
}

/* ---- intents ---- */

struct intents {
	struct arena *a;
	struct map seen; /* phrases, in order */
};

/* White space folded, Markdown's marks and outer punctuation off, lower case. */
static struct str normal_phrase(struct arena *a, struct str s)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < s.n; i++) {
		char ch = char_is_space(s.p[i]) ? ' ' : s.p[i];

		if (memchr("`*\"", ch, 3) || (ch == ' ' && b.n && b.p[b.n - 1] == ' '))
			continue;
		buf_addc(&b, ch);
	}
	s = str_lower(a, str_trim(buf_str(&b)));
	while (s.n && memchr(".,;:!?", s.p[s.n - 1], 6))
		s.n--;
	return s;
}

static void add_intent(struct intents *in, struct str phrase)
{
	struct str s = normal_phrase(in->a, phrase);

	if (!s.n || utf8_count(s) > INTENT_LETTERS || in->seen.n == INTENTS_MAX)
		return;
	map_add(&in->seen, s, in);
}

/* Everything in double quotes; true if there was anything. */
static bool add_quoted(struct intents *in, struct str s)
{
	size_t from = 0, open, close;
	bool any = false;

	while ((open = str_find_char(s, '"', from)) != STR_NPOS &&
		(close = str_find_char(s, '"', open + 1)) != STR_NPOS) {
		add_intent(in, str_sub(s, open + 1, close - open - 1));
		from = close + 1;
		any = true;
	}
	return any;
}

/* A list item's text, or empty. */
static struct str item_text(struct str line)
{
	line = str_trim(line);
	if (line.n < 2 || !memchr("-*+", line.p[0], 3) || !char_is_space(line.p[1]))
		return STR_NONE;
	return str_trim(str_from(line, 1));
}

static void add_triggers(struct intents *in, const struct doc *d)
{
	const struct doc_section *s = doc_section_find(d, STR("Triggers"));
	struct str rest, line;

	if (!s)
		return;
	rest = doc_text(d, s->body);
	while (str_line(&rest, &line)) {
		if (!add_quoted(in, line))
			add_intent(in, item_text(line));
	}
}

static bool strip_word(struct str *s, struct str word)
{
	if (!str_starts(*s, word))
		return false;
	*s = str_trim(str_from(*s, word.n));
	return true;
}

/* "Use when building, fixing or testing x." */
static void add_use_when(struct intents *in, struct str description)
{
	static const struct str lead = STR_INIT("Use when ");
	size_t at = str_find(description, lead, 0);
	struct str piece, rest;

	if (at == STR_NPOS)
		return;
	rest = first_sentence(in->a, str_from(description, at + lead.n), 0);
	while (str_split(&rest, ',', &piece)) {
		piece = str_trim(piece);
		if (str_find_char(piece, '"', 0) != STR_NPOS)
			continue; /* the quotation is an intent already */
		if (!strip_word(&piece, STR("or ")))
			strip_word(&piece, STR("and "));
		add_intent(in, piece);
	}
}

static void put_intents(struct json_writer *w, struct emit_ctx *c, struct str name,
	const struct meta *m, const struct doc *d)
{
	struct intents in = { c->a, MAP_INIT(c->a) };
	char *spaced = arena_alloc(c->a, name.n + 1, 1, 1);

	for (size_t i = 0; i < name.n; i++)
		spaced[i] = name.p[i] == '-' ? ' ' : name.p[i];
	add_intent(&in, (struct str){ spaced, name.n });
	add_triggers(&in, d);
	add_quoted(&in, m->description);
	add_use_when(&in, m->description);
	json_key(w, STR("intents"));
	json_open(w, '[');
	for (size_t i = 0; i < in.seen.n; i++)
		json_string(w, in.seen.entry[i].key);
	json_close(w, ']');
}

/* ---- skill-index.json ---- */

static bool is_skill_name(const struct emit_ctx *c, struct str name)
{
	return map_find(&c->project->by_name, name) != NULL;
}

/* The name that references use. A skill of the same name would be meant instead. */
static struct str pack_key(const struct emit_ctx *c, const struct pack *p)
{
	if (!is_skill_name(c, p->base_name))
		return p->base_name;
	return str_fmt(c->a, "ext-%.*s", STR_ARG(p->dir_name));
}

static void put_meta(struct json_writer *w, const struct emitted *e, struct str name,
	const struct meta *m)
{
	json_put(w, "name", name);
	json_put(w, "file", e->file);
	json_put(w, "description", m->description);
	json_put(w, "layer", layer_name(m->layer));
	json_put(w, "group", m->group);
	json_put(w, "model", model_name(m->model));
}

static void put_skills(struct json_writer *w, struct emit_ctx *c)
{
	json_key(w, STR("skills"));
	json_open(w, '[');
	for (size_t i = 0; i < c->plan->nskill; i++) {
		const struct emitted *e = &c->plan->done[i];

		json_open(w, '{');
		put_meta(w, e, e->skill->meta.name, &e->skill->meta);
		put_intents(w, c, e->skill->meta.name, &e->skill->meta, e->skill->doc);
		json_close(w, '}');
	}
	json_close(w, ']');
}

static void put_parts(struct json_writer *w, struct emit_ctx *c, const struct pack *p)
{
	struct str dir = path_join(c->a, c->adapter->root, c->adapter->index_dir);

	json_key(w, STR("parts"));
	json_open(w, '[');
	for (size_t i = 0; i < p->npart; i++) {
		json_open(w, '{');
		struct str file = path_relative(c->a, dir, part_path(c, p, &p->part[i]));
		json_put(w, "name", p->part[i].meta.name);
		json_put(w, "file", file);
		json_put(w, "description", p->part[i].meta.description);
		json_close(w, '}');
	}
	json_close(w, ']');
}

static void put_packs(struct json_writer *w, struct emit_ctx *c)
{
	json_key(w, STR("packs"));
	json_open(w, '[');
	for (size_t i = c->plan->nskill; i < c->plan->n; i++) {
		const struct emitted *e = &c->plan->done[i];

		json_open(w, '{');
		put_meta(w, e, pack_key(c, e->pack), &e->pack->meta);
		put_intents(w, c, e->pack->base_name, &e->pack->meta, e->pack->doc);
		put_parts(w, c, e->pack);
		json_close(w, '}');
	}
	json_close(w, ']');
}

/* The key of a vertex in graph and signals; empty if it is not emitted. */
static struct str vertex_key(const struct emit_ctx *c, struct vertex v)
{
	const struct project *p = c->project;

	switch (v.kind) {
	case VERTEX_SKILL:
		return p->skill[v.index].broken ? STR_NONE : p->skill[v.index].meta.name;
	case VERTEX_PACK:
	case VERTEX_PART:
		return p->pack[v.index].broken ? STR_NONE
					       : pack_key(c, &p->pack[v.index]);
	case VERTEX_NONE:
	case VERTEX_SIGNAL: break;
	}
	return STR_NONE;
}

static void put_keys(struct json_writer *w, const char *key, const struct map *m)
{
	json_key(w, str_c(key));
	json_open(w, '[');
	for (size_t i = 0; i < m->n; i++)
		json_string(w, m->entry[i].key);
	json_close(w, ']');
}

/* One vertex, and what starts at it. */
static void put_vertex(struct json_writer *w, struct emit_ctx *c, struct str key,
	const struct emitted *from)
{
	struct map to = MAP_INIT(c->a), emits = MAP_INIT(c->a), hears = MAP_INIT(c->a);
	const struct mesh_edge *edge;
	size_t n;

	edge = mesh_edges_of(c->project, from->skill, from->pack, &n);
	for (size_t i = 0; i < n; i++) {
		const struct mesh_edge *e = &edge[i];
		struct str other = vertex_key(c, e->to);

		switch (e->kind) {
		case EDGE_REFERENCE:
		case EDGE_CALL:
			if (other.n && !str_eq(other, key))
				map_add(&to, other, c);
			break;
		case EDGE_EMIT: map_add(&emits, e->target, c); break;
		case EDGE_LISTEN: map_add(&hears, e->target, c); break;
		case EDGE_CALLED_BY: break;
		}
	}
	json_key(w, key);
	json_open(w, '{');
	put_keys(w, "connections", &to);
	put_keys(w, "emit", &emits);
	put_keys(w, "listen", &hears);
	json_close(w, '}');
}

static void put_graph(struct json_writer *w, struct emit_ctx *c)
{
	json_key(w, STR("graph"));
	json_open(w, '{');
	for (size_t i = 0; i < c->plan->n; i++) {
		const struct emitted *e = &c->plan->done[i];

		put_vertex(
			w, c, e->skill ? e->skill->meta.name : pack_key(c, e->pack), e);
	}
	json_close(w, '}');
}

static void put_ends(struct json_writer *w, const struct emit_ctx *c, const char *key,
	const struct vertex *v, size_t n)
{
	struct map names = MAP_INIT(c->a);

	for (size_t i = 0; i < n; i++) {
		struct str name = vertex_key(c, v[i]);
		if (name.n)
			map_add(&names, name, &names);
	}
	put_keys(w, key, &names);
}

static void put_signals(struct json_writer *w, struct emit_ctx *c)
{
	const struct mesh *m = &c->project->mesh;

	json_key(w, STR("signals"));
	json_open(w, '{');
	for (size_t i = 0; i < m->nsignal; i++) {
		const struct mesh_signal *s = &m->signal[i];

		json_key(w, s->name);
		json_open(w, '{');
		put_ends(w, c, "emitters", s->emitter, s->nemitter);
		put_ends(w, c, "listeners", s->listener, s->nlistener);
		json_close(w, '}');
	}
	json_close(w, '}');
}

static bool emit_json(struct emit_ctx *c)
{
	struct buf b = BUF_INIT(c->a);
	struct json_writer w;

	json_begin(&w, &b, 0);
	json_open(&w, '{');
	json_key(&w, STR("version"));
	json_int(&w, 2);
	json_key(&w, STR("skillCount"));
	json_int(&w, (int64_t)emit_skill_count(c));
	json_key(&w, STR("packCount"));
	json_int(&w, (int64_t)emit_pack_count(c));
	put_skills(&w, c);
	put_packs(&w, c);
	put_graph(&w, c);
	put_signals(&w, c);
	json_close(&w, '}');
	buf_addc(&b, '\n');
	return emit_file(c, index_path(c, "skill-index.json"), buf_str(&b));
}

bool emit_index(struct emit_ctx *c)
{
	bool asked = c->project->config.index;

	if (!c->adapter->index_dir.n)
		return true;
	/* on a flat platform nothing else says what there is */
	if ((asked || c->adapter->layout == LAYOUT_FLAT) && !emit_markdown(c))
		return false;
	return !asked || emit_json(c);
}
