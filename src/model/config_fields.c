/* config_fields.c - the keys of rune.config.json, a function and a line of the
 * table at the end for each. */
#include "config_read.h"
#include "model.h"
#include "rune/str.h"
#include "rune/tokens.h"

static void read_version(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	struct diag *d;

	if (!config_expect(r->sink, v, path, JSON_NUMBER) || v->number == CONFIG_VERSION)
		return;
	d = diag_report(r->sink, RULE_CFG_VALUE, v->span,
		"configuration version %g is not known to this rune", v->number);
	diag_note(r->sink, d, SPAN_NONE, "it knows version %d", CONFIG_VERSION);
}

/* "platform" and "platforms" are one thing, as are "source" and "sources". */
static bool once(struct config_reader *r, const char *path, const struct json_value *v,
	size_t already)
{
	if (already)
		diag_report(r->sink, RULE_CFG_VALUE, v->key_span,
			"'%s' is given in the singular and in the plural", path);
	return !already;
}

static void read_platform(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	if (once(r, path, v, r->c->nplatform))
		r->c->nplatform = config_names(r, path, v, &r->c->platform);
}

static void read_library(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	if (v->kind == JSON_BOOL) {
		r->c->library = v->boolean ? LIBRARY_ON : LIBRARY_OFF;
		return;
	}
	if (v->kind != JSON_ARRAY) {
		config_type(r->sink, v, path, "true, false or a list of names");
		return;
	}
	r->c->library = LIBRARY_LIST;
	r->c->nlibrary_name = config_names(r, path, v, &r->c->library_name);
}

static void read_source(
	struct config_reader *r, const struct json_value *v, struct config_source *out)
{
	static const struct str known[] = { STR_INIT("dir"), STR_INIT("prefix") };
	const struct json_value *dir;

	out->span = v->span;
	if (v->kind == JSON_STRING) {
		config_directory(r, "source", v, &out->dir);
		return;
	}
	if (v->kind != JSON_OBJECT) {
		config_type(r->sink, v, "source",
			"a directory, an object with 'dir' and 'prefix', or a list of "
			"these");
		return;
	}
	dir = json_get(v, known[0]);
	if (!dir)
		diag_report(r->sink, RULE_CFG_VALUE, v->span, "this source has no 'dir'");
	for (size_t i = 0; i < v->n; i++) {
		const struct json_value *m = &v->v[i];

		if (m == dir)
			config_directory(r, "source.dir", m, &out->dir);
		else if (!str_eq(m->key, known[1]))
			config_unknown(r->a, r->sink, m, known, COUNTOF(known));
		else if (m->kind != JSON_NULL)
			out->has_prefix =
				config_prefix(r, "source.prefix", m, &out->prefix);
	}
	if (dir)
		out->span = dir->span;
}

static void read_sources(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	bool many = v->kind == JSON_ARRAY;
	size_t n = many ? v->n : 1;
	struct config_source *s = arena_array(r->a, struct config_source, n);

	if (!once(r, path, v, r->c->nsource))
		return;
	for (size_t i = 0; i < n; i++)
		read_source(r, many ? &v->v[i] : v, &s[i]);
	r->c->source = s;
	r->c->nsource = n;
}

static void read_prefix(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	r->c->has_prefix = config_prefix(r, path, v, &r->c->prefix);
}

static void read_disabled(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	r->c->ndisabled = config_list(r, path, v, &r->c->disabled);
}

static void read_skills(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	static const struct config_key keys[] = {
		{ STR_INIT("disabled"), "skills.disabled", read_disabled },
	};

	config_members(r, v, path, keys, COUNTOF(keys));
}

static void read_enabled(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	r->c->has_enabled = true;
	r->c->nenabled = config_list(r, path, v, &r->c->enabled);
}

static void read_extensions(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	static const struct config_key keys[] = {
		{ STR_INIT("enabled"), "extensions.enabled", read_enabled },
	};

	config_members(r, v, path, keys, COUNTOF(keys));
}

/* In rising order, whatever the order in the file. */
static void read_tiers(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	static const struct config_key keys[] = { { STR_INIT("pro"), "tiers.pro", NULL },
		{ STR_INIT("business"), "tiers.business", NULL } };
	struct config_tier *tier = arena_array(r->a, struct config_tier, COUNTOF(keys));

	config_members(r, v, path, keys, COUNTOF(keys));
	r->c->tier = tier;
	for (size_t i = 0; i < COUNTOF(keys); i++) {
		const struct json_value *t = json_get(v, keys[i].name);
		struct config_tier *out = &tier[r->c->ntier];

		if (!t || t->kind == JSON_NULL ||
			!config_directory(r, keys[i].path, t, &out->dir))
			continue;
		out->name = keys[i].name;
		out->span = t->span;
		r->c->ntier++;
	}
}

static void read_index(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	config_truth(r, path, v, &r->c->index);
}

/* A number, or as on the command line. */
static void read_context(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	uint32_t n = 0;

	if (v->kind == JSON_STRING)
		n = tokens_parse(v->string);
	else if (!config_expect(r->sink, v, path, JSON_NUMBER))
		return;
	else if (v->number >= 1000 && v->number <= 1e9 &&
		 v->number == (double)(uint32_t)v->number)
		n = (uint32_t)v->number;
	if (n)
		r->c->context = n;
	else
		diag_report(r->sink, RULE_CFG_VALUE, v->span,
			"'%s' must be a number of tokens, from 1000 on: 200000 or "
			"\"200k\"",
			path);
}

static void read_output(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	static const struct config_key keys[] = {
		{ STR_INIT("index"), "output.index", read_index },
		{ STR_INIT("context"), "output.context", read_context },
	};

	config_members(r, v, path, keys, COUNTOF(keys));
}

static void read_branding(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	config_truth(r, path, v, &r->c->branding);
}

static void read_compliance(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	config_truth(r, path, v, &r->c->compliance);
}

static void read_hooks(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	config_truth(r, path, v, &r->c->constraints);
}

/* ---- rules --------------------------------------------------------------------- */

static void unknown_rule(struct config_reader *r, const struct json_value *v)
{
	struct str known[RULE__COUNT], near;
	struct diag *d = diag_report(r->sink, RULE_CFG_UNKNOWN_NAME, v->key_span,
		"there is no rule '%.*s'", STR_ARG(v->key));

	for (size_t i = 0; i < RULE__COUNT; i++)
		known[i] = rule_info[i].slug;
	near = str_nearest(v->key, known, RULE__COUNT);
	if (near.n)
		diag_note(r->sink, d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(near));
}

static void read_rule(
	struct config_reader *r, const struct json_value *v, struct diag_policy *out)
{
	enum rule rule = rule_find(v->key);
	enum severity severity;

	if (rule == RULE__COUNT) {
		unknown_rule(r, v);
		return;
	}
	if (v->kind == JSON_STRING && !severity_parse(v->string, &severity)) {
		diag_report(r->sink, RULE_CFG_VALUE, v->span,
			"'rules.%.*s' must be off, note, warn or error, not '%.*s'",
			STR_ARG(v->key), STR_ARG(v->string));
		return;
	}
	if (v->kind != JSON_STRING) {
		config_type(r->sink, v, "rules", "off, note, warn or error");
		return;
	}
	if (rule_info[rule].severity == SEV_FATAL) {
		diag_report(r->sink, RULE_CFG_VALUE, v->span,
			"'%.*s' is fatal and stays so", STR_ARG(v->key));
		return;
	}
	out->set[rule] = true;
	out->severity[rule] = severity;
}

static void read_override(
	struct config_reader *r, const struct json_value *v, struct config_override *out)
{
	static const struct str known[] = { STR_INIT("files"), STR_INIT("rules") };
	const struct json_value *files = json_get(v, known[0]);
	const struct json_value *rules = json_get(v, known[1]);

	if (!config_expect(r->sink, v, "rules.overrides", JSON_OBJECT))
		return;
	for (size_t i = 0; i < v->n; i++)
		if (&v->v[i] != files && &v->v[i] != rules)
			config_unknown(r->a, r->sink, &v->v[i], known, COUNTOF(known));
	if (!files || !rules) {
		diag_report(r->sink, RULE_CFG_VALUE, v->span,
			"this override has no '%.*s'", STR_ARG(known[files != NULL]));
		return;
	}
	out->nfiles = config_names(r, "rules.overrides.files", files, &out->files);
	if (!config_expect(r->sink, rules, "rules.overrides.rules", JSON_OBJECT))
		return;
	for (size_t i = 0; i < rules->n; i++)
		if (rules->v[i].kind != JSON_NULL)
			read_rule(r, &rules->v[i], &out->policy);
}

static void read_overrides(struct config_reader *r, const struct json_value *v)
{
	struct config_override *o;

	if (!config_expect(r->sink, v, "rules.overrides", JSON_ARRAY))
		return;
	o = arena_array(r->a, struct config_override, v->n);
	for (size_t i = 0; i < v->n; i++)
		read_override(r, &v->v[i], &o[i]);
	r->c->override = o;
	r->c->noverride = v->n;
}

static void read_rules(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	if (!config_expect(r->sink, v, path, JSON_OBJECT))
		return;
	for (size_t i = 0; i < v->n; i++) {
		const struct json_value *m = &v->v[i];

		if (m->kind == JSON_NULL)
			continue;
		if (str_eq(m->key, STR("overrides")))
			read_overrides(r, m);
		else
			read_rule(r, m, &r->c->policy);
	}
}

/* ---- custom platforms ---------------------------------------------------------- */

static bool platform_name_ok(struct config_reader *r, const struct json_value *v)
{
	const char *why = NULL;

	if (!name_valid(v->key))
		why = "is not of the form of a name (a-z, 0-9 and single hyphens)";
	else if (str_eq(v->key, STR("all")))
		why = "stands for all platforms";
	for (size_t i = 0; i < adapter_count; i++)
		if (str_eq(v->key, adapter_table[i]->name))
			why = "is a built-in platform; choose a name of your own";
	if (why)
		diag_report(r->sink, RULE_CFG_VALUE, v->key_span, "'%.*s' %s",
			STR_ARG(v->key), why);
	return !why;
}

static void read_adapters(
	struct config_reader *r, const char *path, const struct json_value *v)
{
	const struct adapter **list;

	if (!config_expect(r->sink, v, path, JSON_OBJECT))
		return;
	list = arena_array(r->a, const struct adapter *, v->n);
	r->c->adapter = list;
	for (size_t i = 0; i < v->n; i++) {
		const struct json_value *m = &v->v[i];

		if (m->kind == JSON_NULL || !platform_name_ok(r, m))
			continue;
		list[r->c->nadapter] = custom_adapter_parse(m, m->key, r->a, r->sink);
		if (list[r->c->nadapter])
			r->c->nadapter++;
	}
}

static const struct config_key config_keys[] = {
	{ STR_INIT("$schema"), "$schema", NULL },
	{ STR_INIT("version"), "version", read_version },
	{ STR_INIT("platform"), "platform", read_platform },
	{ STR_INIT("platforms"), "platforms", read_platform },
	{ STR_INIT("library"), "library", read_library },
	{ STR_INIT("source"), "source", read_sources },
	{ STR_INIT("sources"), "sources", read_sources },
	{ STR_INIT("prefix"), "prefix", read_prefix },
	{ STR_INIT("skills"), "skills", read_skills },
	{ STR_INIT("extensions"), "extensions", read_extensions },
	{ STR_INIT("tiers"), "tiers", read_tiers },
	{ STR_INIT("output"), "output", read_output },
	{ STR_INIT("branding"), "branding", read_branding },
	{ STR_INIT("compliance"), "compliance", read_compliance },
	{ STR_INIT("hooks"), "hooks", read_hooks },
	{ STR_INIT("rules"), "rules", read_rules },
	{ STR_INIT("adapters"), "adapters", read_adapters },
};

void config_read(struct config_reader *r, const struct json_value *v)
{
	config_members(r, v, "configuration", config_keys, COUNTOF(config_keys));
}
