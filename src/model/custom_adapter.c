/* custom_adapter.c - a platform of the configuration.
 *
 * `adapters.<name>` in the configuration starts from the built-in platform that
 * `extends` names and overrides its data; functions (`emit_extra`) stay the
 * base's. Lists of fields are replaced, the tables of tools, models, caps and
 * limits are merged member by member. `detect` is not inherited: the base
 * platform's directories speak for the base. null means "as the base". */
#include "adapter_members.h"
#include "config_read.h"
#include "model.h"
#include "rune/path.h"
#include "rune/str.h"

/* All of them, for suggestions; "extends" and those with a reader of their own
 * included. */
static const struct str other_keys[] = { STR_INIT("extends"), STR_INIT("caps"),
	STR_INIT("layout"), STR_INIT("tools"), STR_INIT("models"), STR_INIT("detect"),
	STR_INIT("limits"), STR_INIT("listing") };

static bool needs_source(enum field_value v)
{
	return v == FIELD_KEY || v == FIELD_META || v == FIELD_LITERAL;
}

struct parser {
	struct adapter *ad;
	struct arena *a;
	struct diag_sink *sink;
};

/* "adapters.mine.caps", for messages. */
static const char *full_name(const struct parser *p, struct str key)
{
	return str_fmt(p->a, "adapters.%.*s.%.*s", STR_ARG(p->ad->name), STR_ARG(key)).p;
}

/* "adapters.mine.limits.shown" */
static const char *member_name(const struct parser *p, const char *key, struct str member)
{
	return str_fmt(p->a, "%s.%.*s", key, STR_ARG(member)).p;
}

static void unusable(const struct parser *p, const struct json_value *v, const char *key,
	const char *why)
{
	diag_report(p->sink, RULE_CFG_VALUE, v->span, "'%s' %s", key, why);
}

static bool path_ok(const struct parser *p, struct str path)
{
	return !path.n || path_is_safe(str_expand(p->a, path, STR("name"), STR("x")));
}

static bool holds(struct str s, struct str mark)
{
	return str_find(s, mark, 0) != STR_NPOS;
}

static bool field_key_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!char_is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
			return false;
	return s.n > 0;
}

static const char *form_error(const struct parser *p, enum text_form form, struct str s)
{
	if ((form == FORM_PATH || form == FORM_NAME_PATH) && !path_ok(p, s))
		return "must be a relative path without '.' and '..'";
	switch (form) {
	case FORM_TEXT:
	case FORM_PATH: return NULL;
	case FORM_NAME_PATH:
		return !s.n || holds(s, STR("{name}")) ? NULL : "must have {name} in it";
	case FORM_REF: return holds(s, STR("{ref}")) ? NULL : "must have {ref} in it";
	case FORM_PART:
		return !s.n || holds(s, STR("{part}")) ? NULL : "must have {part} in it";
	case FORM_KEY:
		return !s.n || field_key_ok(s) ? NULL
					       : "must be of letters, digits, - and _";
	}
	return NULL;
}

static void read_text(
	const struct parser *p, const struct text_member *m, const struct json_value *v)
{
	const char *key = full_name(p, m->key), *why;

	if (!config_expect(p->sink, v, key, JSON_STRING))
		return;
	why = form_error(p, m->form, v->string);
	if (!v->string.n && str_eq(m->key, STR("skillPath")))
		why = "must not be empty: skills have to go somewhere";
	if (why)
		unusable(p, v, key, why);
	else
		member_text_set(p->ad, m, v->string);
}

static void read_field(const struct parser *p, const char *key,
	const struct json_value *v, struct field *out)
{
	static const struct str known[] = { STR_INIT("key"), STR_INIT("from"),
		STR_INIT("source") };
	const struct str *text[] = { NULL, NULL, NULL };
	enum field_value from = FIELD_NAME;

	if (!config_expect(p->sink, v, key, JSON_OBJECT))
		return;
	for (size_t i = 0; i < v->n; i++) {
		size_t k = 0;

		while (k < COUNTOF(known) && !str_eq(v->v[i].key, known[k]))
			k++;
		if (k == COUNTOF(known))
			config_unknown(p->a, p->sink, &v->v[i], known, COUNTOF(known));
		else if (config_expect(p->sink, &v->v[i], key, JSON_STRING))
			text[k] = &v->v[i].string;
	}
	while (text[1] && from <= FIELD_LAST && !str_eq(field_value_name(from), *text[1]))
		from++;
	if (!text[0] || !field_key_ok(*text[0]))
		unusable(p, v, key, "needs a 'key' of letters, digits, - and _");
	else if (!text[1] || from > FIELD_LAST)
		unusable(p, v, key,
			"needs a 'from': name, description, key, meta, metadata, layer, "
			"model, tools, literal, skill, readonly, tool-list or "
			"model-hint");
	else if (needs_source(from) && (!text[2] || !text[2]->n))
		unusable(p, v, key, "needs a 'source' with this 'from'");
	else
		*out = (struct field){ *text[0], from, text[2] ? *text[2] : STR("") };
}

static void read_fields(
	const struct parser *p, const struct fields_member *m, const struct json_value *v)
{
	const char *key = full_name(p, m->key);
	struct field *f;

	if (!config_expect(p->sink, v, key, JSON_ARRAY))
		return;
	f = arena_array(p->a, struct field, v->n);
	for (size_t i = 0; i < v->n; i++)
		read_field(p, key, &v->v[i], &f[i]);
	member_field_list_set(p->ad, m, f, v->n);
}

static size_t cap_find(struct str name)
{
	size_t i = 0;

	while (i < MEMBER_CAPS && !str_eq(member_caps[i].key, name))
		i++;
	return i;
}

static void cap_set(
	const struct parser *p, const struct json_value *at, struct str name, bool on)
{
	size_t i = cap_find(name);
	struct str known[MEMBER_CAPS], all;

	if (i < MEMBER_CAPS) {
		p->ad->caps = on ? p->ad->caps | member_caps[i].bit
				 : p->ad->caps & ~member_caps[i].bit;
		return;
	}
	for (i = 0; i < MEMBER_CAPS; i++)
		known[i] = member_caps[i].key;
	all = words_or(known, COUNTOF(known), p->a);
	diag_report(p->sink, RULE_CFG_VALUE, at->span,
		"there is no capability '%.*s'; it is %.*s", STR_ARG(name), STR_ARG(all));
}

/* A list says all there is; an object changes what it names. */
static void read_caps(const struct parser *p, const char *key, const struct json_value *v)
{
	if (v->kind != JSON_ARRAY && v->kind != JSON_OBJECT) {
		config_type(p->sink, v, key, "a list of names or an object of booleans");
		return;
	}
	if (v->kind == JSON_ARRAY)
		p->ad->caps = 0;
	for (size_t i = 0; i < v->n; i++) {
		const struct json_value *m = &v->v[i];

		if (v->kind == JSON_ARRAY) {
			if (config_expect(p->sink, m, key, JSON_STRING))
				cap_set(p, m, m->string, true);
		} else if (config_expect(p->sink, m, key, JSON_BOOL)) {
			cap_set(p, m, m->key, m->boolean);
		}
	}
}

static void read_phrases(const struct parser *p, const char *key,
	const struct json_value *v, struct tool_map *out)
{
	static const struct str known[] = { STR_INIT("to"), STR_INIT("verb"),
		STR_INIT("noun"), STR_INIT("lead"), STR_INIT("list") };
	struct str *const to[] = { &out->to, &out->verb, &out->noun, &out->lead,
		&out->list };

	for (size_t i = 0; i < v->n; i++) {
		size_t k = 0;

		while (k < COUNTOF(known) && !str_eq(v->v[i].key, known[k]))
			k++;
		if (k == COUNTOF(known))
			config_unknown(p->a, p->sink, &v->v[i], known, COUNTOF(known));
		else if (config_expect(p->sink, &v->v[i], key, JSON_STRING))
			*to[k] = v->v[i].string;
	}
}

/* Over the base's entry for the same tool, or a new one. */
static void read_tool(const struct parser *p, const char *key, const struct json_value *v,
	struct tool_map *tools, size_t *n)
{
	struct tool_map *t = tools;
	bool known = false;

	for (size_t i = 0; i < TOOL__COUNT; i++)
		known |= str_eq(tool_name[i], v->key);
	if (!known) {
		config_unknown(p->a, p->sink, v, tool_name, TOOL__COUNT);
		return;
	}
	while (t < tools + *n && !str_eq(t->from, v->key))
		t++;
	if (t == tools + *n)
		++*n;
	*t = (struct tool_map){ .from = v->key };
	if (v->kind == JSON_STRING)
		t->to = v->string;
	else if (v->kind == JSON_OBJECT)
		read_phrases(p, key, v, t);
	else
		config_type(p->sink, v, key,
			"the tool's name, or an object with to, verb, noun, lead");
}

static void read_tools(
	const struct parser *p, const char *key, const struct json_value *v)
{
	struct tool_map *t;
	size_t n = p->ad->ntools;

	if (!config_expect(p->sink, v, key, JSON_OBJECT))
		return;
	t = arena_array(p->a, struct tool_map, n + v->n);
	if (n)
		memcpy(t, p->ad->tools, n * sizeof(*t));
	for (size_t i = 0; i < v->n; i++)
		if (v->v[i].kind != JSON_NULL)
			read_tool(p, key, &v->v[i], t, &n);
	p->ad->tools = t;
	p->ad->ntools = n;
}

static void read_models(
	const struct parser *p, const char *key, const struct json_value *v)
{
	struct name_map *map;
	size_t n = p->ad->nmodels;

	if (!config_expect(p->sink, v, key, JSON_OBJECT))
		return;
	map = arena_array(p->a, struct name_map, n + v->n);
	if (n)
		memcpy(map, p->ad->models, n * sizeof(*map));
	for (size_t i = 0; i < v->n; i++) {
		const struct json_value *m = &v->v[i];
		size_t k = 0, at = 0;

		while (k < COUNTOF(member_models) && !str_eq(m->key, member_models[k]))
			k++;
		if (k == COUNTOF(member_models)) {
			config_unknown(
				p->a, p->sink, m, member_models, COUNTOF(member_models));
			continue;
		}
		if (m->kind == JSON_NULL || !config_expect(p->sink, m, key, JSON_STRING))
			continue;
		while (at < n && !str_eq(map[at].from, m->key))
			at++;
		n += at == n;
		map[at] = (struct name_map){ m->key, m->string };
	}
	p->ad->models = map;
	p->ad->nmodels = n;
}

static void read_detect(
	const struct parser *p, const char *key, const struct json_value *v)
{
	struct str *path;

	if (!config_expect(p->sink, v, key, JSON_ARRAY))
		return;
	path = arena_array(p->a, struct str, v->n);
	p->ad->detect = path;
	for (size_t i = 0; i < v->n; i++) {
		if (!config_expect(p->sink, &v->v[i], key, JSON_STRING))
			continue;
		path[p->ad->ndetect] = v->v[i].string;
		if (path_is_safe(v->v[i].string))
			p->ad->ndetect++;
		else
			unusable(p, &v->v[i], key,
				"must hold relative paths without '.' and '..'");
	}
}

/* One of the names that an enumeration has; `key` names the member for messages. */
static bool read_name(const struct parser *p, const char *key, const struct json_value *v,
	const struct str *names, size_t n, size_t *out)
{
	if (!config_expect(p->sink, v, key, JSON_STRING))
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_eq(v->string, names[i])) {
			*out = i;
			return true;
		}
	unusable(p, v, key,
		str_fmt(p->a, "must be %.*s", STR_ARG(words_or(names, n, p->a))).p);
	return false;
}

static void read_layout(
	const struct parser *p, const char *key, const struct json_value *v)
{
	size_t to;

	if (read_name(p, key, v, member_layouts, COUNTOF(member_layouts), &to))
		p->ad->layout = (enum adapter_layout)to;
}

static void read_number(const struct parser *p, const char *key,
	const struct json_value *v, const struct number_member *m)
{
	if (v->kind == JSON_NULL || !config_expect(p->sink, v, key, JSON_NUMBER))
		return;
	if (v->number < 0 || v->number > 1e9 || v->number != (double)(uint32_t)v->number)
		unusable(p, v, key, "must be a whole number; 0 means no limit");
	else
		member_number_set(p->ad, m, (uint32_t)v->number);
}

static const struct number_member *number_find(
	const struct number_member *m, size_t n, struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(m[i].key, key))
			return &m[i];
	return NULL;
}

static void read_limits(
	const struct parser *p, const char *key, const struct json_value *v)
{
	struct str known[MEMBER_LIMITS];

	if (!config_expect(p->sink, v, key, JSON_OBJECT))
		return;
	for (size_t i = 0; i < MEMBER_LIMITS; i++)
		known[i] = member_limits[i].key;
	for (size_t i = 0; i < v->n; i++) {
		const struct number_member *m =
			number_find(member_limits, MEMBER_LIMITS, v->v[i].key);

		if (m)
			read_number(p, member_name(p, key, v->v[i].key), &v->v[i], m);
		else
			config_unknown(p->a, p->sink, &v->v[i], known, COUNTOF(known));
	}
}

static void read_listing(
	const struct parser *p, const char *key, const struct json_value *v)
{
	struct str known[MEMBER_LISTING + 2];
	size_t to;

	if (!config_expect(p->sink, v, key, JSON_OBJECT))
		return;
	for (size_t i = 0; i < MEMBER_LISTING; i++)
		known[i] = member_listing[i].key;
	known[MEMBER_LISTING] = STR("fill");
	known[MEMBER_LISTING + 1] = STR("hide");
	for (size_t i = 0; i < v->n; i++) {
		const struct json_value *x = &v->v[i];
		const struct number_member *m =
			number_find(member_listing, MEMBER_LISTING, x->key);

		if (x->kind == JSON_NULL)
			continue;
		if (m)
			read_number(p, member_name(p, key, x->key), x, m);
		else if (str_eq(x->key, STR("fill"))) {
			if (read_name(p, member_name(p, key, x->key), x, member_fills,
				    COUNTOF(member_fills), &to))
				p->ad->listing.fill = (enum listing_fill)to;
		} else if (str_eq(x->key, STR("hide"))) {
			if (read_name(p, member_name(p, key, x->key), x, member_hides,
				    COUNTOF(member_hides), &to))
				p->ad->listing.hide = (enum listing_hide)to;
		} else
			config_unknown(p->a, p->sink, x, known, COUNTOF(known));
	}
}

static void unknown_member(const struct parser *p, const struct json_value *v)
{
	struct str known[MEMBER_TEXTS + MEMBER_FIELDS + COUNTOF(other_keys)];
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(other_keys); i++)
		known[n++] = other_keys[i];
	for (size_t i = 0; i < MEMBER_TEXTS; i++)
		known[n++] = member_texts[i].key;
	for (size_t i = 0; i < MEMBER_FIELDS; i++)
		known[n++] = member_fields[i].key;
	config_unknown(p->a, p->sink, v, known, n);
}

static void read_member(const struct parser *p, const struct json_value *v)
{
	static const struct {
		struct str key;
		void (*read)(const struct parser *p, const char *key,
			const struct json_value *v);
	} readers[] = {
		{ STR_INIT("caps"), read_caps },
		{ STR_INIT("layout"), read_layout },
		{ STR_INIT("tools"), read_tools },
		{ STR_INIT("models"), read_models },
		{ STR_INIT("detect"), read_detect },
		{ STR_INIT("limits"), read_limits },
		{ STR_INIT("listing"), read_listing },
	};

	if (str_eq(v->key, STR("extends")))
		return;
	for (size_t i = 0; i < COUNTOF(readers); i++)
		if (str_eq(v->key, readers[i].key)) {
			if (v->kind != JSON_NULL)
				readers[i].read(p, full_name(p, v->key), v);
			return;
		}
	for (size_t i = 0; i < MEMBER_TEXTS; i++)
		if (str_eq(v->key, member_texts[i].key)) {
			if (v->kind != JSON_NULL)
				read_text(p, &member_texts[i], v);
			return;
		}
	for (size_t i = 0; i < MEMBER_FIELDS; i++)
		if (str_eq(v->key, member_fields[i].key)) {
			if (v->kind != JSON_NULL)
				read_fields(p, &member_fields[i], v);
			return;
		}
	unknown_member(p, v);
}

static const struct adapter *base_of(const struct json_value *v, struct str name,
	struct arena *a, struct diag_sink *sink)
{
	const struct json_value *m = json_get(v, STR("extends"));
	struct str *known = arena_array(a, struct str, adapter_count), all, near;
	struct diag *d;

	for (size_t i = 0; i < adapter_count; i++) {
		known[i] = adapter_table[i]->name;
		if (m && m->kind == JSON_STRING && str_eq(m->string, known[i]))
			return adapter_table[i];
	}
	all = words_or(known, adapter_count, a);
	if (!m) {
		diag_report(sink, RULE_CFG_VALUE, v->span,
			"platform '%.*s' has no 'extends'", STR_ARG(name));
	} else if (config_expect(sink, m, "extends", JSON_STRING)) {
		d = diag_report(sink, RULE_CFG_VALUE, m->span,
			"'%.*s' is not a built-in platform; it is %.*s",
			STR_ARG(m->string), STR_ARG(all));
		near = str_nearest(m->string, known, adapter_count);
		if (near.n)
			diag_note(sink, d, SPAN_NONE, "did you mean '%.*s'?",
				STR_ARG(near));
	}
	return NULL;
}

/* Are skills made by it as by its base? All that says how must be the same, which what
 * is printed of them tells. */
static bool makes_the_same_skills(
	const struct adapter *ad, const struct adapter *base, struct arena *a)
{
	const struct adapter *of[] = { ad, base };
	struct str text[2];

	for (size_t i = 0; i < 2; i++) {
		struct buf b = BUF_INIT(a);
		struct adapter t = *of[i];

		t.caps &= ~(unsigned)CAP_INDEX;
		t.title = t.client = t.role_path = t.command_path = t.rules_path =
			t.instructions_path = t.role_body = t.command_body = STR("");
		t.nrole_fields = t.ncommand_fields = t.nrules_fields = t.ndetect = 0;
		t.limits.always_on = t.limits.command = t.limits.instructions = 0;
		custom_adapter_write(&b, &t);
		text[i] = buf_str(&b);
	}
	return str_eq(text[0], text[1]);
}

const struct adapter *custom_adapter_parse(const struct json_value *v, struct str name,
	struct arena *a, struct diag_sink *sink)
{
	size_t before = sink->count[SEV_FATAL];
	const struct adapter *base;
	struct parser p = { arena_new(a, struct adapter), a, sink };
	struct str what = str_fmt(a, "adapters.%.*s", STR_ARG(name));

	if (!config_expect(sink, v, what.p, JSON_OBJECT))
		return NULL;
	base = base_of(v, name, a, sink);
	if (!base)
		return NULL;
	*p.ad = *base;
	p.ad->name = p.ad->title = name;
	p.ad->detect = NULL;
	p.ad->ndetect = 0;
	for (size_t i = 0; i < v->n; i++)
		read_member(&p, &v->v[i]);
	if (base->skills_of && !makes_the_same_skills(p.ad, base, a))
		p.ad->skills_of = NULL;
	return sink->count[SEV_FATAL] == before ? p.ad : NULL;
}
