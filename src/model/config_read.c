/* config_read.c - checked access to the members of a configuration. */
#include "config_read.h"
#include "model.h"
#include "rune/str.h"

void config_type(struct diag_sink *sink, const struct json_value *v, const char *path,
	const char *want)
{
	struct str kind = json_kind_name(v->kind);

	diag_report(sink, RULE_CFG_TYPE, v->span, "'%s' must be %s, not %.*s", path, want,
		STR_ARG(kind));
}

bool config_expect(struct diag_sink *sink, const struct json_value *v, const char *path,
	enum json_kind k)
{
	struct str want = json_kind_name(k);
	struct str kind = json_kind_name(v->kind);

	if (v->kind == k)
		return true;
	diag_report(sink, RULE_CFG_TYPE, v->span, "'%s' must be %.*s, not %.*s", path,
		STR_ARG(want), STR_ARG(kind));
	return false;
}

void config_unknown(struct arena *a, struct diag_sink *sink, const struct json_value *v,
	const struct str *known, size_t n)
{
	struct str near = str_nearest(v->key, known, n);
	struct str all = words_or(known, n, a);
	struct diag *d = diag_report(sink, RULE_CFG_UNKNOWN_KEY, v->key_span,
		"unknown key '%.*s'", STR_ARG(v->key));

	if (near.n)
		diag_note(sink, d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(near));
	else
		diag_note(sink, d, SPAN_NONE, "known here: %.*s", STR_ARG(all));
}

void config_members(struct config_reader *r, const struct json_value *object,
	const char *path, const struct config_key *key, size_t nkey)
{
	struct str *known = arena_array(r->a, struct str, nkey);

	if (!config_expect(r->sink, object, path, JSON_OBJECT))
		return;
	for (size_t k = 0; k < nkey; k++)
		known[k] = key[k].name;
	for (size_t i = 0; i < object->n; i++) {
		const struct json_value *v = &object->v[i];
		size_t k = 0;

		while (k < nkey && !str_eq(v->key, key[k].name))
			k++;
		if (k == nkey)
			config_unknown(r->a, r->sink, v, known, nkey);
		else if (v->kind != JSON_NULL && key[k].read)
			key[k].read(r, key[k].path, v);
	}
}

static bool name_of(struct config_reader *r, const char *path, const struct json_value *v,
	struct config_name *out)
{
	if (v->kind != JSON_STRING) {
		config_type(r->sink, v, path, "a list of strings");
		return false;
	}
	if (!v->string.n) {
		diag_report(r->sink, RULE_CFG_VALUE, v->span, "'%s' holds an empty name",
			path);
		return false;
	}
	*out = (struct config_name){ v->string, v->span };
	return true;
}

size_t config_names(struct config_reader *r, const char *path, const struct json_value *v,
	const struct config_name **out)
{
	bool many = v->kind == JSON_ARRAY;
	struct config_name *name = arena_array(r->a, struct config_name, many ? v->n : 1);
	size_t n = 0;

	*out = name;
	if (!many)
		return name_of(r, path, v, name);
	for (size_t i = 0; i < v->n; i++)
		n += name_of(r, path, &v->v[i], &name[n]);
	return n;
}

size_t config_list(struct config_reader *r, const char *path, const struct json_value *v,
	const struct config_name **out)
{
	if (v->kind == JSON_ARRAY)
		return config_names(r, path, v, out);
	config_type(r->sink, v, path, "a list of strings");
	return 0;
}

bool config_text(struct config_reader *r, const char *path, const struct json_value *v,
	struct str *out)
{
	if (!config_expect(r->sink, v, path, JSON_STRING))
		return false;
	*out = v->string;
	return true;
}

bool config_directory(struct config_reader *r, const char *path,
	const struct json_value *v, struct str *out)
{
	if (!config_text(r, path, v, out))
		return false;
	if (out->n && str_find_char(*out, '\0', 0) == STR_NPOS)
		return true;
	diag_report(r->sink, RULE_CFG_VALUE, v->span,
		"'%s' is not the path of a directory", path);
	return false;
}

void config_truth(
	struct config_reader *r, const char *path, const struct json_value *v, bool *out)
{
	if (config_expect(r->sink, v, path, JSON_BOOL))
		*out = v->boolean;
}

bool config_prefix(struct config_reader *r, const char *path, const struct json_value *v,
	struct str *out)
{
	struct str s;
	struct diag *d;

	if (!config_text(r, path, v, &s))
		return false;
	*out = s;
	if (s.n && s.p[s.n - 1] == '-')
		s.n--;
	if (!out->n || (name_form(s) && out->n <= NAME_MAX_CHARS / 2))
		return true;
	d = diag_report(r->sink, RULE_CFG_VALUE, v->span,
		"'%.*s' cannot be the prefix of a name", STR_ARG(*out));
	diag_note(r->sink, d, SPAN_NONE,
		"up to %d lower-case letters, digits and single hyphens, such as 'my-'",
		NAME_MAX_CHARS / 2);
	return false;
}
