/* config_values.c - settings that can be read, and yet say nothing or not what was
 * meant. */
#include "rules/checks.h"

#include "rune/buf.h"
#include "rune/json.h"
#include "rune/str.h"

#define NAME_MAX_CHARS 64 /* Agent Skills specification */
#define NAMES_SHOWN    5

/* The configuration of the project, not of what was pointed at beside it. */
static const struct config *config_of(const struct rule_ctx *c)
{
	const struct project *p = c->project;

	if (!p->config.src || (p->nroot == 1 && p->root[0].listed))
		return NULL;
	return &p->config;
}

/* The file as JSON once more: what was read of it has no positions. */
static const struct json_value *json_of(
	const struct rule_ctx *c, const struct config *config)
{
	struct diag_sink aside;

	diag_sink_init(&aside, c->a, NULL);
	return json_parse(config->src, RULE_CFG_SYNTAX, c->a, &aside);
}

/* ---- platforms ----------------------------------------------------------------------- */

void config_platforms(const struct rule_ctx *c)
{
	const struct config *config = config_of(c);
	struct diag *d;

	for (size_t i = 1; config && i < config->nplatform; i++)
		for (size_t k = 0; k < i; k++) {
			const struct config_name *p = &config->platform[i];

			if (!str_eq(p->name, config->platform[k].name))
				continue;
			d = diag_report(c->sink, RULE_CFG_PLATFORM_TWICE, p->span,
				"platform '%.*s' is given twice", STR_ARG(p->name));
			diag_note(c->sink, d, config->platform[k].span,
				"the first one is here");
			break;
		}
}

/* ---- names ------------------------------------------------------------------------------ */

static bool is_call(const struct mesh_edge *e)
{
	return e->kind == EDGE_CALL || e->kind == EDGE_REFERENCE;
}

static struct str name_of(const struct project *p, struct vertex v)
{
	switch (v.kind) {
	case VERTEX_SKILL: return p->skill[v.index].meta.name;
	case VERTEX_PACK: return p->pack[v.index].meta.name;
	case VERTEX_PART: return p->pack[v.index].part[v.part].meta.name;
	case VERTEX_NONE:
	case VERTEX_SIGNAL: break;
	}
	return STR_NONE;
}

/* Who needs the skill called `name`: a few, and how many more. */
static struct str callers_of(const struct rule_ctx *c, struct str name)
{
	const struct project *p = c->project;
	struct map seen = MAP_INIT(c->a);
	struct buf b = BUF_INIT(c->a);

	for (size_t i = 0; i < p->mesh.nedge; i++) {
		const struct mesh_edge *e = &p->mesh.edge[i];

		if (is_call(e) && e->to.kind == VERTEX_NONE && str_eq(e->target, name))
			map_add(&seen, name_of(p, e->from), &seen);
	}
	for (size_t i = 0; i < seen.n && i < NAMES_SHOWN; i++)
		buf_addf(&b, "%s'%.*s'", i ? ", " : "", STR_ARG(seen.entry[i].key));
	if (seen.n > NAMES_SHOWN)
		buf_addf(&b, " and %zu more", seen.n - NAMES_SHOWN);
	return buf_str(&b);
}

void config_disabled(const struct rule_ctx *c)
{
	const struct config *config = config_of(c);

	for (size_t i = 0; config && i < config->ndisabled; i++) {
		const struct config_name *n = &config->disabled[i];
		struct str callers;
		struct diag *d;

		if (!map_find(&c->project->disabled, n->name))
			continue;
		callers = callers_of(c, n->name);
		if (!callers.n)
			continue;
		d = diag_report(c->sink, RULE_CFG_DISABLED_NEEDED, n->span,
			"'%.*s' is off, but is called by %.*s", STR_ARG(n->name),
			STR_ARG(callers));
		diag_note(c->sink, d, SPAN_NONE,
			"these will tell the model to use a skill that is not there: "
			"leave it on, or switch them off, too");
	}
}

/* Names are refused one by one, where they stand; it is the prefix that is at fault. */
static void check_long(const struct rule_ctx *c, struct str prefix, struct span at,
	const struct root *root)
{
	const struct project *p = c->project;
	struct str first = STR_NONE;
	size_t n = 0;

	for (size_t i = 0; i < p->nskill; i++) {
		const struct skill *s = &p->skill[i];

		if ((root && s->root != root) || s->meta.name.n > NAME_MAX_CHARS ||
			s->emit_name.n <= NAME_MAX_CHARS)
			continue;
		first = n++ ? first : s->emit_name;
	}
	if (n)
		diag_report(c->sink, RULE_CFG_PREFIX_LONG, at,
			"prefix '%.*s' makes %zu names longer than %d characters, as "
			"'%.*s'",
			STR_ARG(prefix), n, NAME_MAX_CHARS, STR_ARG(first));
}

static bool has_library(const struct project *p)
{
	for (size_t i = 0; i < p->nroot; i++)
		if (p->root[i].kind == ROOT_LIBRARY)
			return true;
	return false;
}

void config_naming(const struct rule_ctx *c)
{
	const struct config *config = config_of(c);
	const struct json_value *json, *v;
	struct diag *d;

	if (!config)
		return;
	json = json_of(c, config);
	v = json_get(json, STR("library"));
	if (v && v->kind == JSON_ARRAY && !v->n) {
		d = diag_report(c->sink, RULE_CFG_LIBRARY_EMPTY, v->span,
			"'library' lists nothing of the library");
		diag_note(c->sink, d, SPAN_NONE,
			"false leaves it out, true takes all of it");
	}
	v = json_get(json, STR("prefix"));
	if (!v || !config->has_prefix)
		return;
	check_long(c, config->prefix, v->span, NULL);
	if (config->prefix.n || !has_library(c->project))
		return;
	d = diag_report(c->sink, RULE_CFG_PREFIX_EMPTY, v->span,
		"the library's skills are emitted without a prefix");
	diag_note(c->sink, d, SPAN_NONE,
		"'plan', 'review' and the like are names that clients and other "
		"collections have, too: the one that is read last hides the other");
}

/* ---- platforms of the project's own ------------------------------------------------------- */

/* What of a platform is written for each skill, role and command. */
struct place {
	const char *key;
	struct str path;
};

/* As the path is for one name, in the letter case that file systems compare. */
static struct str sample(const struct rule_ctx *c, const struct adapter *ad, struct str s)
{
	return str_lower(c->a, str_expand(c->a, s, STR("name"), ad->name));
}

static bool same_or_below(struct str a, struct str b)
{
	return str_starts(a, b) && (a.n == b.n || a.p[b.n] == '/');
}

static void check_overlap(
	const struct rule_ctx *c, const struct adapter *ad, const struct json_value *at)
{
	const struct place place[] = {
		{ "skillPath", sample(c, ad, ad->skill_path) },
		{ "rolePath", sample(c, ad, ad->role_path) },
		{ "commandPath", sample(c, ad, ad->command_path) },
		{ "rulesPath", sample(c, ad, ad->rules_path) },
		{ "instructionsPath", sample(c, ad, ad->instructions_path) },
	};

	for (size_t i = 1; i < COUNTOF(place); i++)
		for (size_t k = 0; k < i; k++) {
			struct str a = place[i].path, b = place[k].path;
			const struct json_value *v = json_get(at, str_c(place[i].key));

			if (!a.n || !b.n ||
				(!same_or_below(a, b) && !same_or_below(b, a)))
				continue;
			if (!v)
				v = json_get(at, str_c(place[k].key));
			diag_report(c->sink, RULE_CFG_ADAPTER_OVERLAP,
				v ? v->span : at->key_span,
				"'%s' and '%s' of platform '%.*s' are the same place",
				place[k].key, place[i].key, STR_ARG(ad->name));
		}
}

static bool is_chosen(const struct config *config, struct str name)
{
	for (size_t i = 0; i < config->nplatform; i++)
		if (str_eq(config->platform[i].name, name) ||
			str_eq(config->platform[i].name, STR("all")))
			return true;
	return !config->nplatform;
}

void config_adapters(const struct rule_ctx *c)
{
	const struct config *config = config_of(c);
	const struct json_value *all;
	struct diag *d;

	if (!config || !config->nadapter)
		return;
	all = json_get(json_of(c, config), STR("adapters"));
	for (size_t i = 0; all && i < config->nadapter; i++) {
		const struct adapter *ad = config->adapter[i];
		const struct json_value *at = json_get(all, ad->name);

		if (!at)
			continue;
		check_overlap(c, ad, at);
		if (is_chosen(config, ad->name))
			continue;
		d = diag_report(c->sink, RULE_CFG_ADAPTER_UNUSED, at->key_span,
			"platform '%.*s' is described, but not built", STR_ARG(ad->name));
		diag_note(c->sink, d, SPAN_NONE, "add it to 'platforms'");
	}
}
