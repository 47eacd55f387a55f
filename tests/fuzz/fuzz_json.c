/* fuzz_json - any bytes as JSON: refused with a report, or a tree whose spans
 * are right, and which reads back equal from what our writer makes of it. */
#include <stdio.h>
#include <stdlib.h>

#include "rune/diag.h"
#include "rune/json.h"
#include "rune/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_json: %s\n", what);
	abort();
}

static void check_span(const struct source *src, const struct json_value *v)
{
	struct str s = source_slice(src, v->span);
	char first = s.n ? s.p[0] : '\0';

	switch (v->kind) {
	case JSON_NULL: expect(str_eq(s, STR("null")), "null"); break;
	case JSON_BOOL:
		expect(str_eq(s, v->boolean ? STR("true") : STR("false")), "boolean");
		break;
	case JSON_NUMBER:
		expect(first == '-' || (first >= '0' && first <= '9'), "number");
		break;
	case JSON_STRING:
		expect(s.n >= 2 && first == '"' && s.p[s.n - 1] == '"', "string");
		expect(utf8_check(v->string) == v->string.n, "string is not UTF-8");
		expect(!memchr(v->string.p, '\0', v->string.n), "string holds NUL");
		break;
	case JSON_ARRAY: expect(first == '[' && s.p[s.n - 1] == ']', "array"); break;
	case JSON_OBJECT: expect(first == '{' && s.p[s.n - 1] == '}', "object"); break;
	}
}

static void check_value(
	const struct source *src, const struct json_value *v, unsigned depth)
{
	expect(depth <= JSON_MAX_DEPTH, "too deep");
	check_span(src, v);
	for (size_t i = 0; i < v->n; i++) {
		const struct json_value *c = &v->v[i];

		expect(c->span.off > v->span.off && span_end(c->span) < span_end(v->span),
			"a value is outside its container");
		if (v->kind == JSON_OBJECT && v->n < 100)
			expect(json_get(v, c->key) == c, "a key is there twice");
		check_value(src, c, depth + 1);
	}
}

static void write_value(
	struct json_writer *w, const struct source *src, const struct json_value *v)
{
	switch (v->kind) {
	case JSON_NULL: json_null(w); break;
	case JSON_BOOL: json_bool(w, v->boolean); break;
	case JSON_NUMBER: json_raw(w, source_slice(src, v->span)); break;
	case JSON_STRING: json_string(w, v->string); break;
	case JSON_ARRAY:
	case JSON_OBJECT:
		json_open(w, v->kind == JSON_ARRAY ? '[' : '{');
		for (size_t i = 0; i < v->n; i++) {
			if (v->kind == JSON_OBJECT)
				json_key(w, v->v[i].key);
			write_value(w, src, &v->v[i]);
		}
		json_close(w, v->kind == JSON_ARRAY ? ']' : '}');
		break;
	}
}

static void check_equal(const struct json_value *a, const struct json_value *b)
{
	expect(a->kind == b->kind && a->n == b->n, "other kinds");
	expect(str_eq(a->string, b->string), "other strings");
	expect(a->boolean == b->boolean, "other booleans");
	expect(a->number <= b->number && a->number >= b->number, "other numbers");
	for (size_t i = 0; i < a->n; i++) {
		expect(str_eq(a->v[i].key, b->v[i].key), "other keys");
		check_equal(&a->v[i], &b->v[i]);
	}
}

static void check_written(struct source_set *set, struct arena *a, struct diag_sink *sink,
	const struct source *src, const struct json_value *v)
{
	struct buf out = BUF_INIT(a);
	struct json_writer w;
	const struct json_value *again;
	const struct source *text;

	json_begin(&w, &out, 0);
	write_value(&w, src, v);
	text = source_add(set, STR("y.json"), buf_str(&out), SOURCE_FILE);
	again = json_parse(text, RULE_CFG_SYNTAX, a, sink);
	expect(again != NULL, "what we write we do not read");
	check_equal(v, again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct source_set set;
	struct diag_sink sink;
	const struct source *src;
	const struct json_value *v;

	source_set_init(&set, &a);
	diag_sink_init(&sink, &a, NULL);
	src = source_add(&set, STR("x.json"), (struct str){ (const char *)data, size },
		SOURCE_FILE);
	v = json_parse(src, RULE_CFG_SYNTAX, &a, &sink);
	expect(v || sink.n, "refused without a report");
	for (size_t i = 0; i < sink.n; i++)
		expect(span_end(sink.v[i]->at) <= size, "a report points outside");
	if (v) {
		check_value(src, v, 0);
		check_written(&set, &a, &sink, src, v);
	}
	arena_release(&a);
	return 0;
}
