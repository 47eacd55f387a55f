/* meta.c - the frontmatter of skills, packs and texts, checked. */
#include "model.h"
#include "rune/buf.h"
#include "rune/str.h"
#include "rune/utf8.h"

#define DESCRIPTION_MAX 1024 /* characters, of the open Agent Skills format */
#define SHOWN_MAX	80 /* bytes of a value in a message */

/* What a value may be called in a message. */
#define SHOWN(s) STR_ARG(str_sub((s), 0, utf8_floor((s), SHOWN_MAX)))

static const struct str layers[] = { STR_INIT("L0"), STR_INIT("L1"), STR_INIT("L2"),
	STR_INIT("L3"), STR_INIT("L4") };
static const struct str models[] = { STR_INIT("opus"), STR_INIT("sonnet"),
	STR_INIT("haiku") };

struct str layer_name(enum layer l)
{
	return l == LAYER_NONE ? STR("") : layers[l - LAYER_L0];
}

struct str model_name(enum model_tier m)
{
	return m == MODEL_NONE ? STR("") : models[m - MODEL_OPUS];
}

/* ---- known keys ---------------------------------------------------------------- */

/* The open format's keys, rune's, and those of Claude Code's skills, commands
 * and agents, which mean nothing to rune and are passed on where they may be. */
static const struct str top_keys[] = { STR_INIT("name"), STR_INIT("description"),
	STR_INIT("license"), STR_INIT("compatibility"), STR_INIT("metadata"),
	STR_INIT("allowed-tools"), STR_INIT("context"), STR_INIT("agent"),
	STR_INIT("user-invocable"), STR_INIT("disable-model-invocation"),
	STR_INIT("argument-hint"), STR_INIT("layer"), STR_INIT("model"),
	STR_INIT("group"), STR_INIT("version"), STR_INIT("author"), STR_INIT("tools"),
	STR_INIT("emit"), STR_INIT("listen"), STR_INIT("when_to_use"),
	STR_INIT("arguments"), STR_INIT("disallowed-tools"), STR_INIT("effort"),
	STR_INIT("hooks"), STR_INIT("paths"), STR_INIT("shell") };
static const struct str agent_keys[] = { STR_INIT("disallowedTools"),
	STR_INIT("permissionMode"), STR_INIT("maxTurns"), STR_INIT("skills"),
	STR_INIT("mcpServers"), STR_INIT("memory"), STR_INIT("background"),
	STR_INIT("isolation"), STR_INIT("color"), STR_INIT("initialPrompt"),
	STR_INIT("subagent-type") };
static const struct str part_keys[] = { STR_INIT("pack"), STR_INIT("skills") };
static const struct str metadata_keys[] = { STR_INIT("author"), STR_INIT("version"),
	STR_INIT("layer"), STR_INIT("model"), STR_INIT("group"), STR_INIT("tools"),
	STR_INIT("emit"), STR_INIT("listen"), STR_INIT("short"), STR_INIT("skills"),
	STR_INIT("price"), STR_INIT("target"), STR_INIT("format"),
	STR_INIT("subagent-type") };

static bool is_one_of(struct str s, const struct str *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(s, v[i]))
			return true;
	return false;
}

static bool known_top(enum meta_kind kind, struct str key)
{
	if (is_one_of(key, top_keys, COUNTOF(top_keys)))
		return true;
	switch (kind) {
	case META_ROLE: return is_one_of(key, agent_keys, COUNTOF(agent_keys));
	case META_PART:
	case META_PACK: return is_one_of(key, part_keys, COUNTOF(part_keys));
	case META_SKILL:
	case META_MODE:
	case META_COMMAND: return false;
	}
	return false;
}

static void unknown_add(const struct meta_ctx *c, const struct fm_entry *e,
	struct str nearest, bool in_metadata)
{
	struct found *f = c->found;
	struct unknown_key *k = arena_push(
		c->a, struct unknown_key, f->unknown, f->nunknown, f->unknown_cap);

	*k = (struct unknown_key){ e->key, e->key_span, nearest, in_metadata };
}

/* metadata is the author's to fill: there, only what looks like a slip of one
 * of our keys is worth a word. */
static void unknown_keys(const struct meta_ctx *c)
{
	const struct fm_node *top = &c->doc->meta, *m = fm_get(top, STR("metadata"));

	for (size_t i = 0; i < top->n; i++) {
		const struct fm_entry *e = &top->entry[i];

		if (!known_top(c->kind, e->key))
			unknown_add(c, e,
				str_nearest(e->key, top_keys, COUNTOF(top_keys)), false);
	}
	if (!m || m->kind != FM_MAP)
		return;
	for (size_t i = 0; i < m->n; i++) {
		const struct fm_entry *e = &m->entry[i];
		struct str near =
			str_nearest(e->key, metadata_keys, COUNTOF(metadata_keys));

		if (near.n && !is_one_of(e->key, metadata_keys, COUNTOF(metadata_keys)))
			unknown_add(c, e, near, true);
	}
}

/* ---- values -------------------------------------------------------------------- */

static const char *kind_text(enum fm_kind k)
{
	switch (k) {
	case FM_NULL: return "nothing";
	case FM_SCALAR: return "text";
	case FM_SEQ: return "a list";
	case FM_MAP: return "a map";
	}
	return "";
}

static void wrong_type(const struct meta_ctx *c, const struct fm_node *node,
	const char *key, const char *want)
{
	diag_report(c->sink, RULE_FM_TYPE, node->span, "'%s' must be %s, not %s", key,
		want, kind_text(node->kind));
}

static void not_allowed(const struct meta_ctx *c, const struct fm_node *node,
	const char *key, const struct str *allowed, size_t n)
{
	struct str all = words_or(allowed, n, c->a);

	diag_report(c->sink, RULE_VALUE_INVALID, node->span,
		"'%s' must be %.*s, not '%.*s'", key, STR_ARG(all), SHOWN(node->value));
}

const struct fm_node *meta_find(const struct doc *d, struct str key)
{
	const struct fm_node *in = fm_get(fm_get(&d->meta, STR("metadata")), key);

	return in && in->kind != FM_NULL ? in : fm_get(&d->meta, key);
}

struct str meta_text(const struct meta_ctx *c, const struct fm_node *node,
	const char *key, struct span *at)
{
	if (!node || node->kind == FM_NULL)
		return STR("");
	*at = node->span;
	if (node->kind == FM_SCALAR)
		return fold_space(node->value, c->a);
	wrong_type(c, node, key, "text");
	return STR("");
}

static struct str text_of(const struct meta_ctx *c, const char *key)
{
	struct span at;

	return meta_text(c, meta_find(c->doc, str_c(key)), key, &at);
}

size_t meta_list(
	const struct meta_ctx *c, const struct fm_node *node, const struct fm_item **out)
{
	const struct fm_item *all;
	struct fm_item *once;
	size_t n, kept = 0;
	struct map seen = MAP_INIT(c->a);

	*out = NULL;
	if (!node || node->kind == FM_NULL)
		return 0;
	n = fm_list(node, c->a, c->sink, &all);
	once = arena_array(c->a, struct fm_item, n);
	for (size_t i = 0; i < n; i++)
		if (all[i].value.n && !map_add(&seen, all[i].value, &once[kept]))
			once[kept++] = all[i];
	*out = once;
	return kept;
}

static size_t signals(
	const struct meta_ctx *c, const char *key, const struct signal_name **out)
{
	const struct fm_item *item;
	size_t n = meta_list(c, meta_find(c->doc, str_c(key)), &item);
	struct signal_name *v = arena_array(c->a, struct signal_name, n);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct signal_name){ item[i].value, item[i].span };
	*out = v;
	return n;
}

static enum layer read_layer(const struct meta_ctx *c)
{
	const struct fm_node *node = meta_find(c->doc, STR("layer"));

	if (!node || node->kind == FM_NULL)
		return LAYER_NONE;
	for (size_t i = 0; i < COUNTOF(layers); i++)
		if (str_eq(fm_str(node), layers[i]))
			return (enum layer)(LAYER_L0 + i);
	if (node->kind == FM_SCALAR)
		not_allowed(c, node, "layer", layers, COUNTOF(layers));
	else
		wrong_type(c, node, "layer", "text");
	return LAYER_NONE;
}

/* A top-level `model` is Claude Code's key too, with values of its own. */
static bool claude_model(struct str s)
{
	static const struct str alias[] = { STR_INIT("inherit"), STR_INIT("best"),
		STR_INIT("fable"), STR_INIT("opusplan") };

	return is_one_of(s, alias, COUNTOF(alias)) || str_starts(s, STR("claude-")) ||
	       str_ends(s, STR("[1m]"));
}

static enum model_tier read_model(const struct meta_ctx *c)
{
	const struct fm_node *node = meta_find(c->doc, STR("model"));

	if (!node || node->kind == FM_NULL)
		return MODEL_NONE;
	for (size_t i = 0; i < COUNTOF(models); i++)
		if (str_eq(fm_str(node), models[i]))
			return (enum model_tier)(MODEL_OPUS + i);
	if (node->kind != FM_SCALAR)
		wrong_type(c, node, "model", "text");
	else if (node != fm_get(&c->doc->meta, STR("model")) ||
		 !claude_model(node->value))
		not_allowed(c, node, "model", models, COUNTOF(models));
	return MODEL_NONE;
}

static bool read_bool(const struct meta_ctx *c, const char *key, bool otherwise)
{
	static const struct str values[] = { STR_INIT("true"), STR_INIT("false") };
	const struct fm_node *node = fm_get(&c->doc->meta, str_c(key));
	bool value;

	if (!node || node->kind == FM_NULL)
		return otherwise;
	if (fm_bool(node, &value))
		return value;
	if (node->kind == FM_SCALAR)
		not_allowed(c, node, key, values, COUNTOF(values));
	else
		wrong_type(c, node, key, "true or false");
	return otherwise;
}

/* ---- name and description ------------------------------------------------------ */

/* Where a key that is not there should stand. */
static struct span top_of(const struct meta_ctx *c)
{
	return (struct span){ c->doc->src->id, c->doc->frontmatter.off, 0 };
}

/* "@rune/backend" of packs: what follows the scope. */
static struct str unscoped(const struct meta_ctx *c, struct str name)
{
	size_t slash = str_find_char(name, '/', 0);

	if (c->kind != META_PACK || slash == STR_NPOS || name.p[0] != '@' ||
		!name_valid(str_sub(name, 1, slash - 1)))
		return name;
	return str_from(name, slash + 1);
}

static void name_refuse(const struct meta_ctx *c, const struct fm_node *node)
{
	struct str slug = name_slug(node->value, c->a);
	struct diag *d;

	if (name_form(unscoped(c, node->value)))
		d = diag_report(c->sink, RULE_NAME_INVALID, node->span,
			"name is %zu characters long; at most %d are allowed",
			node->value.n, NAME_MAX_CHARS);
	else
		d = diag_report(c->sink, RULE_NAME_INVALID, node->span,
			"name '%.*s' is not of the allowed form", SHOWN(node->value));
	diag_note(c->sink, d, SPAN_NONE,
		"%s1 to %d lower-case letters and digits, single hyphens between them",
		c->kind == META_PACK ? "'@scope/' if you like, and " : "",
		NAME_MAX_CHARS);
	if (slug.n && c->kind != META_PACK)
		diag_fixit(d, slug);
}

static void read_name(const struct meta_ctx *c, struct meta *m)
{
	const struct fm_node *node = fm_get(&c->doc->meta, STR("name"));
	struct diag *d;

	if (node && node->kind != FM_NULL && (node->kind != FM_SCALAR || node->value.n)) {
		m->name_span = node->span;
		if (node->kind != FM_SCALAR)
			wrong_type(c, node, "name", "text");
		else if (name_valid(unscoped(c, node->value)))
			m->name = node->value;
		else
			name_refuse(c, node);
		return;
	}
	m->name_span = top_of(c);
	if (c->partial || (c->kind != META_SKILL && c->kind != META_PACK))
		return;
	d = diag_report(c->sink, RULE_NAME_MISSING, node ? node->span : m->name_span,
		"the %s has no 'name'", c->kind == META_PACK ? "pack" : "skill");
	diag_note(c->sink, d, SPAN_NONE, "give it the name of its directory: %.*s",
		STR_ARG(c->where));
}

static void read_description(const struct meta_ctx *c, struct meta *m)
{
	const struct fm_node *node = fm_get(&c->doc->meta, STR("description"));
	size_t chars;

	m->description_span = top_of(c);
	m->description = meta_text(c, node, "description", &m->description_span);
	if (!m->description.n) {
		struct diag *d;

		if (c->partial || c->kind == META_PART ||
			(node && (node->kind == FM_SEQ || node->kind == FM_MAP)))
			return;
		d = diag_report(c->sink, RULE_DESC_MISSING, m->description_span,
			"'description' is %s", node ? "empty" : "missing");
		diag_note(c->sink, d, SPAN_NONE,
			"say what it does and when to use it: agents choose by it");
		return;
	}
	chars = utf8_count(m->description);
	if (chars > DESCRIPTION_MAX)
		diag_report(c->sink, RULE_DESC_LONG, m->description_span,
			"description is %zu characters long; clients read %d", chars,
			DESCRIPTION_MAX);
}

static void read_context(const struct meta_ctx *c, struct meta *m)
{
	static const struct str values[] = { STR_INIT("fork") };
	const struct fm_node *node = fm_get(&c->doc->meta, STR("context"));

	if (!node || node->kind == FM_NULL)
		return;
	m->fork = str_eq(fm_str(node), values[0]);
	if (node->kind != FM_SCALAR)
		wrong_type(c, node, "context", "text");
	else if (!m->fork)
		not_allowed(c, node, "context", values, COUNTOF(values));
}

void meta_parse(const struct meta_ctx *c, struct meta *out)
{
	const struct fm_node *meta = fm_get(&c->doc->meta, STR("metadata"));

	read_name(c, out);
	read_description(c, out);
	if (meta && meta->kind != FM_MAP && meta->kind != FM_NULL)
		wrong_type(c, meta, "metadata", "a map");
	out->layer = read_layer(c);
	out->model = read_model(c);
	out->group = text_of(c, "group");
	out->version = text_of(c, "version");
	out->author = text_of(c, "author");
	out->agent = text_of(c, "agent");
	read_context(c, out);
	out->hidden_from_user = !read_bool(c, "user-invocable", true);
	out->hidden_from_model = read_bool(c, "disable-model-invocation", false);
	out->brief = text_of(c, "short");
	out->ntools = meta_list(c, meta_find(c->doc, STR("tools")), &out->tools);
	out->nemit = signals(c, "emit", &out->emit);
	out->nlisten = signals(c, "listen", &out->listen);
	unknown_keys(c);
}

struct str emit_name_make(struct str prefix, struct str name, struct span at,
	struct arena *a, struct diag_sink *sink)
{
	struct str s = str_fmt(a, "%.*s%.*s", STR_ARG(prefix), STR_ARG(name));

	if (s.n > NAME_MAX_CHARS)
		diag_report(sink, RULE_NAME_INVALID, at,
			"emitted name '%.*s' is %zu characters long; at most %d are "
			"allowed",
			SHOWN(s), s.n, NAME_MAX_CHARS);
	return s;
}
