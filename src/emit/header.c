#include "rune/header.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* Keys of metadata that only rune reads: other clients have no use for them. */
static const struct str own_keys[] = {
	STR_INIT("layer"),
	STR_INIT("model"),
	STR_INIT("group"),
	STR_INIT("tools"),
	STR_INIT("emit"),
	STR_INIT("listen"),
	STR_INIT("skills"),
	STR_INIT("format"),
	STR_INIT("price"),
	STR_INIT("target"),
	STR_INIT("subagent-type"),
	STR_INIT("short"),
};

/* What YAML 1.1 or 1.2 takes for something other than a string, where the first
 * character is a letter. */
static const struct str reserved[] = {
	STR_INIT("y"),
	STR_INIT("n"),
	STR_INIT("yes"),
	STR_INIT("no"),
	STR_INIT("on"),
	STR_INIT("off"),
	STR_INIT("true"),
	STR_INIT("false"),
	STR_INIT("null"),
	STR_INIT("nan"),
	STR_INIT("inf"),
};

static bool is_reserved(struct str s)
{
	for (size_t i = 0; i < COUNTOF(reserved); i++)
		if (str_eq_nocase(s, reserved[i]))
			return true;
	return false;
}

/* Narrower than YAML allows: clients read headers with parsers of their own that
 * know less of YAML than libyaml does. */
static bool is_plain(struct str s)
{
	if (!s.n || is_reserved(s) || s.p[s.n - 1] == ' ')
		return false;
	if (!char_is_lower(s.p[0]) && !char_is_upper(s.p[0]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!char_is_alnum(s.p[i]) && !memchr(" _-./(),+", s.p[i], 9))
			return false;
	return true;
}

/* Characters that YAML refuses, that some reader takes for a line end, or that
 * would vanish. */
static bool needs_escape(int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029 ||
	       c == 0xfeff || c == 0xfffe || c == 0xffff;
}

/* Within what JSON also allows, for readers that decode quotes that way. */
static void add_quoted(struct buf *b, struct str s)
{
	buf_addc(b, '"');
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		int32_t c = utf8_next(s, &i);

		if (c == '"' || c == '\\')
			buf_addf(b, "\\%c", (int)c);
		else if (c == '\n')
			buf_addz(b, "\\n");
		else if (c == '\t')
			buf_addz(b, "\\t");
		else if (c < 0)
			buf_addz(b, "\\ufffd");
		else if (needs_escape(c))
			buf_addf(b, "\\u%04x", (unsigned)c);
		else
			buf_add(b, str_sub(s, from, i - from));
	}
	buf_addc(b, '"');
}

static void add_string(struct buf *b, struct str s)
{
	if (is_plain(s))
		buf_add(b, s);
	else
		add_quoted(b, s);
}

static void add_key(struct buf *b, struct str key, unsigned indent)
{
	buf_fill(b, ' ', indent);
	add_string(b, key);
	buf_addc(b, ':');
}

void header_quoted(struct buf *b, struct str key, struct str value)
{
	add_key(b, key, 0);
	buf_addc(b, ' ');
	add_quoted(b, value);
	buf_addc(b, '\n');
}

static void scalar_at(struct buf *b, struct str key, struct str value, unsigned indent)
{
	add_key(b, key, indent);
	buf_addc(b, ' ');
	add_string(b, value);
	buf_addc(b, '\n');
}

void header_scalar(struct buf *b, struct str key, struct str value)
{
	scalar_at(b, key, value, 0);
}

/* An integer or a decimal fraction as all readers write it. */
static bool is_number(struct str s)
{
	size_t i = s.n && s.p[0] == '-' ? 1 : 0, first = i;

	while (i < s.n && char_is_digit(s.p[i]))
		i++;
	if (i == first || (s.p[first] == '0' && i > first + 1))
		return false;
	if (i < s.n && s.p[i] == '.') {
		first = ++i;
		while (i < s.n && char_is_digit(s.p[i]))
			i++;
		if (i == first)
			return false;
	}
	return i == s.n;
}

/* Booleans and numbers that were written as such stay such; all else is text. */
static void add_scalar_node(struct buf *b, const struct fm_node *v)
{
	bool yes;

	if (v->kind == FM_NULL)
		buf_addz(b, "null");
	else if (fm_bool(v, &yes))
		buf_addz(b, yes ? "true" : "false");
	else if (v->style == FM_PLAIN && is_number(v->value))
		buf_add(b, v->value);
	else
		add_string(b, v->value);
}

static void add_node(struct buf *b, const struct fm_node *v, unsigned indent);

static void add_entries(struct buf *b, const struct fm_node *v, unsigned indent)
{
	for (size_t i = 0; i < v->n; i++) {
		if (v->kind == FM_MAP) {
			add_key(b, v->entry[i].key, indent);
		} else {
			buf_fill(b, ' ', indent);
			buf_addc(b, '-');
		}
		add_node(b, &v->entry[i].value, indent + 2);
	}
}

/* What stands after "key:" or "-", line end included. */
static void add_node(struct buf *b, const struct fm_node *v, unsigned indent)
{
	bool collection = v->kind == FM_MAP || v->kind == FM_SEQ;

	if (collection && v->n) {
		buf_addc(b, '\n');
		add_entries(b, v, indent);
		return;
	}
	buf_addc(b, ' ');
	if (collection)
		buf_addz(b, v->kind == FM_MAP ? "{}" : "[]");
	else
		add_scalar_node(b, v);
	buf_addc(b, '\n');
}

void header_node(struct buf *b, struct str key, const struct fm_node *v, unsigned indent)
{
	add_key(b, key, indent);
	add_node(b, v, indent + 2);
}

/* A value as one string: a list with commas, a map in flow form. */
static void flatten(struct buf *b, const struct fm_node *v, bool inner)
{
	switch (v->kind) {
	case FM_NULL: return;
	case FM_SCALAR: buf_add(b, v->value); return;
	case FM_SEQ:
	case FM_MAP: break;
	}
	bool brackets = inner || v->kind == FM_MAP;
	if (brackets)
		buf_addc(b, v->kind == FM_MAP ? '{' : '[');
	for (size_t i = 0; i < v->n; i++) {
		if (i)
			buf_addz(b, ", ");
		if (v->kind == FM_MAP) {
			buf_add(b, v->entry[i].key);
			buf_addz(b, ": ");
		}
		flatten(b, &v->entry[i].value, true);
	}
	if (brackets)
		buf_addc(b, v->kind == FM_MAP ? '}' : ']');
}

static bool is_own_key(struct str key)
{
	for (size_t i = 0; i < COUNTOF(own_keys); i++)
		if (str_eq(key, own_keys[i]))
			return true;
	return false;
}

static const struct fm_node *metadata_of(const struct header_values *v)
{
	const struct fm_node *m = v->doc ? fm_get(&v->doc->meta, STR("metadata")) : NULL;

	return m && m->kind == FM_MAP ? m : NULL;
}

static void put_metadata(
	struct buf *b, const struct field *f, const struct header_values *v)
{
	const struct fm_node *m = metadata_of(v);
	bool opened = false;

	for (size_t i = 0; m && i < m->n; i++) {
		const struct fm_entry *e = &m->entry[i];

		if (is_own_key(e->key))
			continue;
		if (!opened)
			buf_addf(b, "%.*s:\n", STR_ARG(f->key));
		opened = true;
		if (e->value.kind == FM_MAP && f->source.n && str_eq(e->key, f->source)) {
			header_node(b, e->key, &e->value, 2);
			continue;
		}
		struct buf text = BUF_INIT(b->a);
		flatten(&text, &e->value, false);
		scalar_at(b, e->key, buf_str(&text), 2);
	}
}

static void put_layer(struct buf *b, struct str key, const struct meta *m)
{
	struct str layer = layer_name(m->layer), model = model_name(m->model);

	if (!layer.n && !model.n && !m->group.n)
		return;
	buf_addf(b, "%.*s:\n", STR_ARG(key));
	if (layer.n)
		scalar_at(b, STR("layer"), layer, 2);
	if (m->group.n)
		scalar_at(b, STR("group"), m->group, 2);
	if (model.n)
		scalar_at(b, STR("model"), model, 2);
}

static struct str name_mapped(const struct name_map *map, size_t n, struct str from)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(map[i].from, from))
			return map[i].to;
	return STR_NONE;
}

/* The platform's name of a tool; empty if it has none. */
static struct str tool_mapped(const struct adapter *ad, struct str tool)
{
	for (size_t i = 0; i < ad->ntools; i++)
		if (str_eq(ad->tools[i].from, tool))
			return ad->tools[i].list.n ? ad->tools[i].list : ad->tools[i].to;
	return ad->caps & CAP_NATIVE_TOOLS ? tool : STR_NONE;
}

/* Is the platform's name of tool `i` that of an earlier one? */
static bool tool_repeats(const struct adapter *ad, const struct meta *m, size_t i)
{
	struct str to = tool_mapped(ad, m->tools[i].value);

	for (size_t k = 0; k < i; k++)
		if (str_eq(tool_mapped(ad, m->tools[k].value), to))
			return true;
	return false;
}

/* As a string, or, for clients that want one, as a list. */
static void put_tools(struct buf *b, const struct adapter *ad, struct str key,
	const struct meta *m, bool as_list)
{
	struct buf list = BUF_INIT(b->a);

	for (size_t i = 0; i < m->ntools; i++) {
		struct str to = tool_mapped(ad, m->tools[i].value);

		if (!to.n || tool_repeats(ad, m, i))
			continue;
		if (list.n)
			buf_addz(&list, ", ");
		buf_add(&list, to);
	}
	if (list.n && as_list)
		buf_addf(b, "%.*s: [%.*s]\n", STR_ARG(key), STR_ARG(buf_str(&list)));
	else if (list.n)
		scalar_at(b, key, buf_str(&list), 0);
}

static const struct str hide_key = STR_INIT("disable-model-invocation");

static bool is_readonly(const struct meta *m)
{
	static const struct str writers[] = {
		STR_INIT("Write"),
		STR_INIT("Edit"),
		STR_INIT("MultiEdit"),
		STR_INIT("NotebookEdit"),
		STR_INIT("Bash"),
	};

	for (size_t i = 0; i < m->ntools; i++)
		for (size_t k = 0; k < COUNTOF(writers); k++)
			if (str_eq(m->tools[i].value, writers[k]))
				return false;
	return m->ntools > 0;
}

static void put_node(struct buf *b, struct str key, const struct fm_node *v)
{
	if (v && v->kind != FM_NULL)
		header_node(b, key, v, 0);
}

static void put_text(struct buf *b, struct str key, struct str value)
{
	if (value.n)
		header_scalar(b, key, value);
}

static void put_field(struct buf *b, const struct adapter *ad, const struct field *f,
	const struct header_values *v)
{
	switch (f->from) {
	case FIELD_NAME: header_scalar(b, f->key, v->name); return;
	case FIELD_DESCRIPTION: header_quoted(b, f->key, v->description); return;
	case FIELD_KEY:
		if (v->hidden && str_eq(f->source, hide_key))
			buf_addf(b, "%.*s: true\n", STR_ARG(f->key));
		else
			put_node(b, f->key,
				v->doc ? fm_get(&v->doc->meta, f->source) : NULL);
		return;
	case FIELD_META: put_node(b, f->key, fm_get(metadata_of(v), f->source)); return;
	case FIELD_METADATA: put_metadata(b, f, v); return;
	case FIELD_LAYER: put_layer(b, f->key, v->meta); return;
	case FIELD_MODEL:
		put_text(b, f->key,
			name_mapped(ad->models, ad->nmodels, model_name(v->meta->model)));
		return;
	case FIELD_TOOLS: put_tools(b, ad, f->key, v->meta, false); return;
	case FIELD_TOOL_LIST: put_tools(b, ad, f->key, v->meta, true); return;
	case FIELD_LITERAL:
		buf_addf(b, "%.*s: %.*s\n", STR_ARG(f->key), STR_ARG(f->source));
		return;
	case FIELD_SKILL: put_text(b, f->key, v->skill); return;
	case FIELD_READONLY:
		if (is_readonly(v->meta))
			buf_addf(b, "%.*s: %.*s\n", STR_ARG(f->key),
				STR_ARG(f->source.n ? f->source : STR("true")));
		return;
	case FIELD_MODEL_HINT:
		if (v->meta->model)
			buf_addf(
				b, "# %.*s: %.*s\n", STR_ARG(f->key), STR_ARG(f->source));
		return;
	}
}

void header_write(struct buf *b, const struct adapter *ad, const struct field *f,
	size_t n, const struct header_values *v)
{
	if (!n)
		return;
	buf_addz(b, "---\n");
	for (size_t i = 0; i < n; i++)
		put_field(b, ad, &f[i], v);
	buf_addz(b, "---\n");
}

/* ---- TOML ---------------------------------------------------------------------- */

/* A basic string, or, with `lines`, a multi-line one, which begins on a new line. */
static void add_toml_string(struct buf *b, struct str s, bool lines)
{
	buf_addz(b, lines ? "\"\"\"\n" : "\"");
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		int32_t c = utf8_next(s, &i);

		if (c == '\n' && lines)
			buf_addc(b, '\n');
		else if (c == '\t' && lines)
			buf_addc(b, '\t');
		else if (c == '\n')
			buf_addz(b, "\\n");
		else if (c == '\\')
			buf_addz(b, "\\\\");
		else if (c == '"' && (!lines || (i < s.n && s.p[i] == '"') || i == s.n))
			buf_addz(b, "\\\"");
		else if (c < 0)
			buf_addz(b, "\\uFFFD");
		else if (c < 0x20 || c == 0x7f)
			buf_addf(b, "\\u%04X", (unsigned)c);
		else
			buf_add(b, str_sub(s, from, i - from));
	}
	buf_addz(b, lines ? "\"\"\"" : "\"");
}

static void put_toml(struct buf *b, struct str key, struct str value)
{
	if (!value.n)
		return;
	buf_addf(b, "%.*s = ", STR_ARG(key));
	add_toml_string(b, value, false);
	buf_addc(b, '\n');
}

void header_toml(struct buf *b, const struct adapter *ad, const struct field *f, size_t n,
	const struct header_values *v, struct str key, struct str text)
{
	for (size_t i = 0; i < n; i++)
		switch (f[i].from) {
		case FIELD_NAME: put_toml(b, f[i].key, v->name); break;
		case FIELD_DESCRIPTION: put_toml(b, f[i].key, v->description); break;
		case FIELD_LITERAL: put_toml(b, f[i].key, f[i].source); break;
		case FIELD_MODEL:
			put_toml(b, f[i].key,
				name_mapped(ad->models, ad->nmodels,
					model_name(v->meta->model)));
			break;
		case FIELD_READONLY:
			if (is_readonly(v->meta))
				put_toml(b, f[i].key, f[i].source);
			break;
		case FIELD_KEY:
		case FIELD_META:
		case FIELD_METADATA:
		case FIELD_LAYER:
		case FIELD_TOOLS:
		case FIELD_TOOL_LIST:
		case FIELD_MODEL_HINT:
		case FIELD_SKILL: break;
		}
	buf_addf(b, "%.*s = ", STR_ARG(key));
	add_toml_string(b, text, true);
	buf_addc(b, '\n');
}
