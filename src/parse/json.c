/* json.c - the only user of cJSON.
 *
 * Our own scanner reads the text first: it is strict where cJSON is not
 * (control characters, number forms, what follows the value), finds positions,
 * and bounds the depth. cJSON then decodes, and its tree, which has the same
 * shape, fills in strings and numbers. */
#include <cjson/cJSON.h>
#include <inttypes.h>

#include "rune/diag.h"
#include "rune/json.h"
#include "rune/map.h"
#include "rune/str.h"
#include "rune/utf8.h"

struct reader {
	const struct source *src;
	const char *p;
	uint32_t pos, end;
	unsigned depth;
	enum rule rule;
	struct arena *a;
	struct diag_sink *sink;
};

static bool scan_value(struct reader *r, struct json_value *v);

static struct span span_from(const struct reader *r, uint32_t from)
{
	return (struct span){ r->src->id, from, r->pos - from };
}

static struct diag *fail_at(struct reader *r, uint32_t off, const char *what)
{
	struct span at = { r->src->id, off, off < r->end };
	struct linecol lc = source_locate(r->src, off);

	return diag_report(r->sink, r->rule, at,
		"not valid JSON: %s on line %" PRIu32 ", column %" PRIu32, what, lc.line,
		lc.col);
}

static bool bad(struct reader *r, const char *what)
{
	struct diag *d = fail_at(r, r->pos, what);

	if (r->pos >= r->end)
		return false;
	if (r->p[r->pos] == '/' || r->p[r->pos] == '#')
		diag_note(r->sink, d, SPAN_NONE, "JSON has no comments");
	else if (r->p[r->pos] == '\'')
		diag_note(r->sink, d, SPAN_NONE, "JSON strings stand in double quotes");
	return false;
}

static bool at(const struct reader *r, char c)
{
	return r->pos < r->end && r->p[r->pos] == c;
}

static void skip_space(struct reader *r)
{
	while (at(r, ' ') || at(r, '\n') || at(r, '\t') || at(r, '\r'))
		r->pos++;
}

static bool take(struct reader *r, char c)
{
	if (!at(r, c))
		return false;
	r->pos++;
	return true;
}

/* Four hexadecimal digits; -1 if they are not. */
static int32_t scan_hex(struct reader *r)
{
	int32_t v = 0;

	for (int i = 0; i < 4; i++, r->pos++) {
		char c = r->pos < r->end ? r->p[r->pos] : '\0';

		if (char_is_digit(c))
			v = v * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			v = v * 16 + (c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			v = v * 16 + (c - 'A' + 10);
		else
			return -1;
	}
	return v;
}

/* After "\u". */
static bool scan_unicode(struct reader *r)
{
	uint32_t from = r->pos;
	int32_t cp = scan_hex(r);

	if (cp < 0)
		return bad(r, "expected four hexadecimal digits");
	if (cp >= 0xd800 && cp <= 0xdbff && take(r, '\\') && take(r, 'u')) {
		cp = scan_hex(r);
		if (cp >= 0xdc00 && cp <= 0xdfff)
			return true;
		cp = 0xd800;
	}
	if (cp && (cp < 0xd800 || cp > 0xdfff))
		return true;
	r->pos = from;
	return bad(r, cp ? "half of a surrogate pair" : "a NUL character in a string");
}

static bool scan_string(struct reader *r)
{
	r->pos++;
	while (r->pos < r->end && r->p[r->pos] != '"') {
		if ((unsigned char)r->p[r->pos] < 0x20)
			return bad(r, "a control character in a string");
		if (r->p[r->pos++] != '\\')
			continue;
		if (r->pos >= r->end || !r->p[r->pos] ||
			!strchr("\"\\/bfnrtu", r->p[r->pos]))
			return bad(r, "an unknown escape in a string");
		if (r->p[r->pos++] == 'u' && !scan_unicode(r))
			return false;
	}
	return take(r, '"') || bad(r, "a string is not closed");
}

static bool scan_digits(struct reader *r)
{
	if (r->pos >= r->end || !char_is_digit(r->p[r->pos]))
		return bad(r, "expected a digit");
	while (r->pos < r->end && char_is_digit(r->p[r->pos]))
		r->pos++;
	return true;
}

static bool scan_number(struct reader *r)
{
	uint32_t from = r->pos;

	take(r, '-');
	if (!take(r, '0') && !scan_digits(r))
		return false;
	if (take(r, '.') && !scan_digits(r))
		return false;
	if (take(r, 'e') || take(r, 'E')) {
		if (!take(r, '-'))
			take(r, '+');
		if (!scan_digits(r))
			return false;
	}
	if (r->pos - from < 64) /* cJSON's own bound */
		return true;
	r->pos = from;
	return bad(r, "a number has too many digits");
}

static bool scan_word(struct reader *r, struct str word)
{
	if (r->end - r->pos < word.n || memcmp(r->p + r->pos, word.p, word.n))
		return bad(r, "expected a value");
	r->pos += (uint32_t)word.n;
	return true;
}

static bool scan_member(struct reader *r, struct json_value *v)
{
	uint32_t from = r->pos;

	if (!at(r, '"'))
		return bad(r, "expected a key in double quotes");
	if (!scan_string(r))
		return false;
	v->key_span = span_from(r, from);
	skip_space(r);
	if (!take(r, ':'))
		return bad(r, "expected ':' after the key");
	skip_space(r);
	return scan_value(r, v);
}

static bool scan_container(struct reader *r, struct json_value *v, char close)
{
	struct json_value *item = NULL;
	size_t n = 0, cap = 0;

	r->pos++;
	if (++r->depth > JSON_MAX_DEPTH)
		return bad(r, "nested too deeply");
	skip_space(r);
	while (!at(r, close)) {
		struct json_value one = { 0 };
		uint32_t comma = r->pos;

		if (n && !take(r, ','))
			return bad(r, close == '}' ? "expected ',' or '}'"
						   : "expected ',' or ']'");
		skip_space(r);
		if (n && at(r, close)) {
			r->pos = comma;
			return bad(r, "a comma after the last one");
		}
		if (close == '}' ? !scan_member(r, &one) : !scan_value(r, &one))
			return false;
		*arena_push(r->a, struct json_value, item, n, cap) = one;
		skip_space(r);
	}
	r->pos++;
	r->depth--;
	v->v = item;
	v->n = n;
	return true;
}

static bool scan_value(struct reader *r, struct json_value *v)
{
	uint32_t from = r->pos;
	char c = r->pos < r->end ? r->p[r->pos] : '\0';
	bool ok;

	if (c == '{' || c == '[') {
		v->kind = c == '{' ? JSON_OBJECT : JSON_ARRAY;
		ok = scan_container(r, v, c == '{' ? '}' : ']');
	} else if (c == '"') {
		v->kind = JSON_STRING;
		ok = scan_string(r);
	} else if (c == '-' || char_is_digit(c)) {
		v->kind = JSON_NUMBER;
		ok = scan_number(r);
	} else if (c == 't' || c == 'f') {
		v->kind = JSON_BOOL;
		v->boolean = c == 't';
		ok = scan_word(r, c == 't' ? STR("true") : STR("false"));
	} else {
		v->kind = JSON_NULL;
		ok = scan_word(r, STR("null"));
	}
	v->span = span_from(r, from);
	return ok;
}

/* Of a key given twice the last value wins, in the place of the first, as in
 * JavaScript. */
static void drop_duplicates(struct reader *r, struct json_value *object)
{
	struct json_value *v = (struct json_value *)object->v;
	struct arena scratch = { 0 };
	struct map seen = MAP_INIT(&scratch);
	size_t n = 0;

	for (size_t i = 0; i < object->n; i++) {
		struct json_value *first = map_add(&seen, v[i].key, &v[n]);
		struct diag *d;

		if (!first) {
			v[n++] = v[i];
			continue;
		}
		d = diag_report(r->sink, RULE_CFG_DUP_KEY, v[i].key_span,
			"key '%.*s' is given twice; the last one counts",
			STR_ARG(v[i].key));
		diag_note(r->sink, d, first->key_span, "first given here");
		*first = v[i];
	}
	object->n = n;
	arena_release(&scratch);
}

/* Decoded contents, from cJSON's tree of the same shape. */
static void fill(struct reader *r, struct json_value *v, const cJSON *c)
{
	/* ours to write: const is for those who get the finished tree */
	struct json_value *child = (struct json_value *)v->v;

	if (v->kind == JSON_STRING)
		v->string = arena_strdup(r->a, str_c(c->valuestring));
	if (v->kind == JSON_NUMBER)
		v->number = c->valuedouble;
	c = c->child;
	for (size_t i = 0; i < v->n; i++, c = c->next) {
		BUG_IF(!c);
		if (v->kind == JSON_OBJECT)
			child[i].key = arena_strdup(r->a, str_c(c->string));
		fill(r, &child[i], c);
	}
	if (v->kind == JSON_OBJECT && v->n > 1)
		drop_duplicates(r, v);
}

static bool scan_text(struct reader *r, struct json_value *v)
{
	struct str text = r->src->text;
	size_t bad_byte = utf8_check(text);

	if (bad_byte < text.n) {
		fail_at(r, (uint32_t)bad_byte, "a byte that is not UTF-8");
		return false;
	}
	if (str_starts(text, STR("\xef\xbb\xbf")))
		r->pos = 3;
	skip_space(r);
	if (r->pos >= r->end)
		return bad(r, "there is nothing in the file");
	if (!scan_value(r, v))
		return false;
	skip_space(r);
	return r->pos >= r->end || bad(r, "more text after the end");
}

const struct json_value *json_parse(const struct source *src, int syntax_rule,
	struct arena *a, struct diag_sink *sink)
{
	struct reader r = { src, src->text.p, 0, (uint32_t)src->text.n, 0,
		(enum rule)syntax_rule, a, sink };
	struct json_value *v = arena_new(a, struct json_value);
	cJSON *tree;

	if (!scan_text(&r, v))
		return NULL;
	tree = cJSON_ParseWithLengthOpts(r.p + v->span.off, v->span.len, NULL, 0);
	BUG_IF(!tree); /* what our scanner lets pass, cJSON reads */
	fill(&r, v, tree);
	cJSON_Delete(tree);
	return v;
}

const struct json_value *json_get(const struct json_value *object, struct str key)
{
	if (!object || object->kind != JSON_OBJECT)
		return NULL;
	for (size_t i = 0; i < object->n; i++)
		if (str_eq(object->v[i].key, key))
			return &object->v[i];
	return NULL;
}

struct str json_kind_name(enum json_kind k)
{
	switch (k) {
	case JSON_NULL: return STR("null");
	case JSON_BOOL: return STR("a boolean");
	case JSON_NUMBER: return STR("a number");
	case JSON_STRING: return STR("a string");
	case JSON_ARRAY: return STR("an array");
	case JSON_OBJECT: return STR("an object");
	}
	return STR_NONE;
}

/* cJSON_Version() writes to a buffer that all threads share. */
#define TEXT(number)	TEXT_(number)
#define TEXT_(number)	#number
#define DOTTED(a, b, c) TEXT(a) "." TEXT(b) "." TEXT(c)

const char *json_library_version(void)
{
	return DOTTED(CJSON_VERSION_MAJOR, CJSON_VERSION_MINOR, CJSON_VERSION_PATCH);
}
