/* JSON: positions, strictness, the traps of cJSON, and the writer. */
#include <check.h>
#include <math.h>

#include "parse_fixture.h"
#include "rune/json.h"

Suite *json_suite(void);

struct js {
	struct parsed p;
	const struct json_value *v;
};

static void parse_str(struct js *j, struct str text)
{
	parsed_source(&j->p, text);
	j->v = json_parse(j->p.src, RULE_CFG_SYNTAX, &j->p.a, &j->p.sink);
}

static void parse(struct js *j, const char *text)
{
	parse_str(j, str_c(text));
}

static const struct json_value *get(const struct js *j, const char *key)
{
	const struct json_value *v = json_get(j->v, str_c(key));

	ck_assert_msg(v != NULL, "no key '%s'", key);
	return v;
}

START_TEST(values_have_kinds_and_spans)
{
	struct js j;

	parse(&j, "{\"a\": \"x\\ny\", \"b\" : -1.5e1,\n \"c\":[true, null ,{}], \"d\": "
		  "false}");
	ck_assert_ptr_nonnull(j.v);
	ck_assert_uint_eq(j.v->n, 4);
	ck_str(get(&j, "a")->string, "x\ny");
	ck_bytes(&j.p, get(&j, "a")->span, "\"x\\ny\"");
	ck_bytes(&j.p, get(&j, "a")->key_span, "\"a\"");
	ck_assert(fabs(get(&j, "b")->number + 15) < 1e-9);
	ck_bytes(&j.p, get(&j, "b")->span, "-1.5e1");
	ck_assert_uint_eq(get(&j, "c")->n, 3);
	ck_bytes(&j.p, get(&j, "c")->span, "[true, null ,{}]");
	ck_assert(get(&j, "c")->v[0].boolean);
	ck_assert_int_eq(get(&j, "c")->v[1].kind, JSON_NULL);
	ck_bytes(&j.p, get(&j, "c")->v[2].span, "{}");
	ck_assert_int_eq(get(&j, "d")->kind, JSON_BOOL);
	ck_assert(!get(&j, "d")->boolean);
	parsed_release(&j.p);
}
END_TEST

START_TEST(names_are_compared_exactly)
{
	struct js j;

	parse(&j, "{\"Name\": 1, \"name\": 2}");
	ck_assert(get(&j, "name")->number > 1.5);
	ck_assert_ptr_null(json_get(j.v, STR("NAME")));
	ck_assert_uint_eq(reported(&j.p, "RN4007"), 0);
	ck_assert_ptr_null(json_get(&j.v->v[0], STR("x")));
	ck_assert_ptr_null(json_get(NULL, STR("x")));
	parsed_release(&j.p);
}
END_TEST

START_TEST(of_a_key_given_twice_the_last_counts)
{
	struct js j;
	const struct diag *d;

	parse(&j, "{\"a\": 1,\n \"b\": 2,\n \"\\u0061\": 3}");
	ck_assert_uint_eq(j.v->n, 2);
	ck_assert(get(&j, "a")->number > 2.5);
	ck_str(j.v->v[0].key, "a");
	d = report_of(&j.p, "RN4007");
	ck_assert_uint_eq(report_line(&j.p, d), 3);
	ck_bytes(&j.p, d->notes->at, "\"a\"");
	parsed_release(&j.p);
}
END_TEST

START_TEST(a_key_given_three_times)
{
	struct js j;

	parse(&j, "{\"a\": 1, \"a\": 2, \"b\": 0, \"a\": 3}");
	ck_assert_uint_eq(j.v->n, 2);
	ck_assert(get(&j, "a")->number > 2.5);
	ck_assert_uint_eq(reported(&j.p, "RN4007"), 2);
	parsed_release(&j.p);
}
END_TEST

START_TEST(escapes_are_decoded)
{
	struct js j;

	parse(&j, "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"]");
	ck_assert_ptr_nonnull(j.v);
	ck_str(j.v->v[0].string, "\"\\/\b\f\n\r\t\xc3\xa9\xf0\x9f\x98\x80");
	parsed_release(&j.p);
}
END_TEST

START_TEST(names_of_object_members_are_names)
{
	struct js j;

	parse(&j, "{\"__proto__\": 1, \"constructor\": 2}");
	ck_assert_uint_eq(j.v->n, 2);
	ck_assert(get(&j, "constructor")->number > 1.5);
	parsed_release(&j.p);
}
END_TEST

START_TEST(what_is_no_json_is_refused)
{
	static const struct {
		const char *text, *says;
		unsigned line, col;
	} rows[] = {
		{ "", "nothing", 1, 1 },
		{ " \n ", "nothing", 2, 2 },
		{ "{ not json", "expected a key", 1, 3 },
		{ "{\"a\" 1}", "expected ':'", 1, 6 },
		{ "{\"a\": 1\n \"b\": 2}", "expected ',' or '}'", 2, 2 },
		{ "[1 2]", "expected ',' or ']'", 1, 4 },
		{ "[1,]", "comma after the last", 1, 3 },
		{ "{\"a\": 1,\n}", "comma after the last", 1, 8 },
		{ "{\"a\": 'x'}", "double quotes", 1, 7 },
		{ "{} // end", "no comments", 1, 4 },
		{ "{} {}", "more text", 1, 4 },
		{ "{\"a\": tru}", "expected a value", 1, 7 },
		{ "{\"a\": True}", "expected a value", 1, 7 },
		{ "[01]", "expected ',' or ']'", 1, 3 },
		{ "[1.]", "expected a digit", 1, 4 },
		{ "[.5]", "expected a value", 1, 2 },
		{ "[+1]", "expected a value", 1, 2 },
		{ "[1e]", "expected a digit", 1, 4 },
		{ "[-]", "expected a digit", 1, 3 },
		{ "[\"a\nb\"]", "control character", 1, 4 },
		{ "[\"a\tb\"]", "control character", 1, 4 },
		{ "[\"\\x\"]", "unknown escape", 1, 4 },
		{ "[\"\\u00g0\"]", "hexadecimal", 1, 7 },
		{ "[\"\\u0000\"]", "NUL", 1, 5 },
		{ "[\"\\ud800\"]", "surrogate", 1, 5 },
		{ "[\"\\ud800\\u0041\"]", "surrogate", 1, 5 },
		{ "[\"\\udc00\"]", "surrogate", 1, 5 },
		{ "[\"abc", "not closed", 1, 6 },
		{ "[", "expected a value", 1, 2 },
		{ "{\"a\": \"\xff\"}", "UTF-8", 1, 8 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct js j;
		const struct diag *d;
		struct linecol lc;

		parse(&j, rows[i].text);
		ck_assert_msg(!j.v, "accepted: %s", rows[i].text);
		d = report_of(&j.p, "RN4001");
		ck_assert_msg(
			says(d, rows[i].says), "%s: %s", rows[i].text, d->message.p);
		lc = source_locate(j.p.src, d->at.off);
		ck_assert_msg(lc.line == rows[i].line && lc.col == rows[i].col,
			"%s: at %u:%u", rows[i].text, lc.line, lc.col);
		ck_assert_uint_eq(j.p.sink.n, 1);
		parsed_release(&j.p);
	}
}
END_TEST

START_TEST(a_nul_byte_is_refused)
{
	struct js j;

	parse_str(&j, STR("{\"a\":\0 1}"));
	ck_assert_ptr_null(j.v);
	parsed_release(&j.p);
	parse_str(&j, STR("{} \0"));
	ck_assert_ptr_null(j.v);
	parsed_release(&j.p);
}
END_TEST

START_TEST(the_rule_is_the_callers)
{
	struct parsed p;

	parsed_source(&p, STR("{ not json"));
	ck_assert_ptr_null(json_parse(p.src, RULE_PACK_INJECT, &p.a, &p.sink));
	ck_assert_uint_eq(reported(&p, "RN6003"), 1);
	parsed_release(&p);
}
END_TEST

START_TEST(a_byte_order_mark_is_skipped)
{
	struct js j;

	parse(&j, "\xef\xbb\xbf{\"a\": 1}");
	ck_assert_ptr_nonnull(j.v);
	ck_bytes(&j.p, get(&j, "a")->span, "1");
	parsed_release(&j.p);
}
END_TEST

START_TEST(depth_is_bounded)
{
	struct js j;
	char text[2 * JSON_MAX_DEPTH + 4] = { 0 };

	memset(text, '[', JSON_MAX_DEPTH);
	memset(text + JSON_MAX_DEPTH, ']', JSON_MAX_DEPTH);
	parse(&j, text);
	ck_assert_ptr_nonnull(j.v);
	parsed_release(&j.p);
	memset(text, '[', JSON_MAX_DEPTH + 1);
	parse(&j, text);
	ck_assert_ptr_null(j.v);
	ck_assert(says(report_of(&j.p, "RN4001"), "too deeply"));
	parsed_release(&j.p);
}
END_TEST

START_TEST(long_numbers)
{
	struct js j;

	parse(&j, "[12345678901234567890, 0.1, 1e400]");
	ck_assert_ptr_nonnull(j.v);
	ck_bytes(&j.p, j.v->v[0].span, "12345678901234567890");
	parsed_release(&j.p);
	parse(&j,
		"[1111111111111111111111111111111111111111111111111111111111111111111]");
	ck_assert_ptr_null(j.v);
	parsed_release(&j.p);
}
END_TEST

START_TEST(many_members)
{
	struct js j;
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);

	buf_addc(&b, '{');
	for (int i = 0; i < 20000; i++)
		buf_addf(&b, "%s\"k%d\": %d", i ? "," : "", i, i);
	buf_addc(&b, '}');
	parse_str(&j, buf_str(&b));
	ck_assert_uint_eq(j.v->n, 20000);
	ck_str(j.v->v[19999].key, "k19999");
	parsed_release(&j.p);
	arena_release(&a);
}
END_TEST

START_TEST(kinds_have_names)
{
	ck_str(json_kind_name(JSON_STRING), "a string");
	ck_str(json_kind_name(JSON_ARRAY), "an array");
	ck_str(json_kind_name(JSON_OBJECT), "an object");
	ck_str(json_kind_name(JSON_NULL), "null");
}
END_TEST

START_TEST(the_writer_indents_by_two)
{
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);
	struct json_writer w;

	json_begin(&w, &b, 0);
	json_open(&w, '{');
	json_key(&w, STR("name"));
	json_string(&w, STR("a \"b\""));
	json_key(&w, STR("list"));
	json_open(&w, '[');
	json_int(&w, -7);
	json_bool(&w, true);
	json_null(&w);
	json_close(&w, ']');
	json_key(&w, STR("none"));
	json_open(&w, '[');
	json_close(&w, ']');
	json_key(&w, STR("empty"));
	json_open(&w, '{');
	json_close(&w, '}');
	json_key(&w, STR("raw"));
	json_raw(&w, STR("1.50"));
	json_close(&w, '}');
	ck_assert_str_eq(b.p, "{\n"
			      "  \"name\": \"a \\\"b\\\"\",\n"
			      "  \"list\": [\n"
			      "    -7,\n"
			      "    true,\n"
			      "    null\n"
			      "  ],\n"
			      "  \"none\": [],\n"
			      "  \"empty\": {},\n"
			      "  \"raw\": 1.50\n"
			      "}");
	arena_release(&a);
}
END_TEST

START_TEST(the_writer_can_begin_further_in)
{
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);
	struct json_writer w;

	json_begin(&w, &b, 4);
	json_open(&w, '[');
	json_string(&w, STR("x"));
	json_close(&w, ']');
	ck_assert_str_eq(b.p, "[\n      \"x\"\n    ]");
	arena_release(&a);
}
END_TEST

START_TEST(strings_are_safe_in_html)
{
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);

	json_quote(&b, STR("</script><!-- <b> \xe2\x80\xa8\x01\x7f\\ \xff"));
	ck_assert_str_eq(b.p,
		"\"\\u003c/script>\\u003c!-- <b> \\u2028\\u0001\\u007f\\\\ \\ufffd\"");
	arena_release(&a);
}
END_TEST

START_TEST(what_is_written_reads_back)
{
	struct js j;
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);
	struct str text = STR("\b\f\n\r\t\"\\/<\xc3\xa9\xe2\x80\xa9</s\xf0\x9f\x98\x80");

	json_quote(&b, text);
	parse_str(&j, buf_str(&b));
	ck_assert_ptr_nonnull(j.v);
	ck_assert(str_eq(j.v->string, text));
	parsed_release(&j.p);
	arena_release(&a);
}
END_TEST

Suite *json_suite(void)
{
	Suite *s = suite_create("json");
	TCase *r = tcase_create("reader"), *w = tcase_create("writer");

	tcase_add_test(r, values_have_kinds_and_spans);
	tcase_add_test(r, names_are_compared_exactly);
	tcase_add_test(r, of_a_key_given_twice_the_last_counts);
	tcase_add_test(r, a_key_given_three_times);
	tcase_add_test(r, escapes_are_decoded);
	tcase_add_test(r, names_of_object_members_are_names);
	tcase_add_test(r, what_is_no_json_is_refused);
	tcase_add_test(r, a_nul_byte_is_refused);
	tcase_add_test(r, the_rule_is_the_callers);
	tcase_add_test(r, a_byte_order_mark_is_skipped);
	tcase_add_test(r, depth_is_bounded);
	tcase_add_test(r, long_numbers);
	tcase_add_test(r, many_members);
	tcase_add_test(r, kinds_have_names);
	tcase_add_test(w, the_writer_indents_by_two);
	tcase_add_test(w, the_writer_can_begin_further_in);
	tcase_add_test(w, strings_are_safe_in_html);
	tcase_add_test(w, what_is_written_reads_back);
	suite_add_tcase(s, r);
	suite_add_tcase(s, w);
	return s;
}
