/* YAML as a tree with spans; the traps of libyaml. */
#include <check.h>

#include "parse_fixture.h"

Suite *frontmatter_suite(void);

struct fm {
	struct parsed p;
	struct fm_node map;
	bool ok;
};

static void parse_str(struct fm *f, struct str yaml)
{
	parsed_source(&f->p, yaml);
	f->ok = fm_parse(f->p.src, source_span(f->p.src), &f->p.a, &f->p.sink, &f->map);
}

static void parse(struct fm *f, const char *yaml)
{
	parse_str(f, str_c(yaml));
}

static const struct fm_node *get(const struct fm *f, const char *key)
{
	const struct fm_node *n = fm_get(&f->map, str_c(key));

	ck_assert_msg(n != NULL, "no key '%s'", key);
	return n;
}

static struct str value(const struct fm *f, const char *key)
{
	return fm_str(get(f, key));
}

#define ck_span(f, key, want) ck_bytes(&(f)->p, get((f), (key))->span, want)

START_TEST(plain_values_and_their_spans)
{
	struct fm f;

	parse(&f, "name: cook\ndescription: Cooks a meal.\n");
	ck_assert(f.ok);
	ck_assert_uint_eq(f.map.n, 2);
	ck_str(value(&f, "name"), "cook");
	ck_str(value(&f, "description"), "Cooks a meal.");
	ck_span(&f, "description", "Cooks a meal.");
	ck_bytes(&f.p, fm_entry_get(&f.map, STR("description"))->key_span, "description");
	ck_assert_ptr_null(fm_get(&f.map, STR("Name")));
	parsed_release(&f.p);
}
END_TEST

START_TEST(p01_block_scalars_are_their_text) /* P01 */
{
	struct fm f;

	parse(&f, "a: >\n  one\n  two\nb: |\n  one\n  two\nc: >-\n  x\n  y\nd: 1\n");
	ck_str(value(&f, "a"), "one two\n");
	ck_str(value(&f, "b"), "one\ntwo\n");
	ck_str(value(&f, "c"), "x y");
	ck_assert_int_eq(get(&f, "a")->style, FM_FOLDED);
	ck_assert_int_eq(get(&f, "b")->style, FM_LITERAL);
	/* libyaml's end mark runs on: ours does not */
	ck_span(&f, "a", ">\n  one\n  two");
	ck_span(&f, "c", ">-\n  x\n  y");
	parsed_release(&f.p);
}
END_TEST

START_TEST(p02_continuation_lines_are_folded) /* P02 */
{
	struct fm f;

	parse(&f, "description: one\n  two\nx: 1\n");
	ck_str(value(&f, "description"), "one two");
	ck_span(&f, "description", "one\n  two");
	parsed_release(&f.p);
}
END_TEST

START_TEST(p03_comments_are_no_part_of_a_value) /* P03 */
{
	struct fm f;

	parse(&f, "layer: L1 # orchestrator\n# a line\nmodel: opus # big\nurl: a#b\n");
	ck_str(value(&f, "layer"), "L1");
	ck_span(&f, "layer", "L1");
	ck_str(value(&f, "model"), "opus");
	ck_str(value(&f, "url"), "a#b");
	parsed_release(&f.p);
}
END_TEST

START_TEST(p04_flow_sequences) /* P04 */
{
	struct fm f;
	const struct fm_item *item;

	parse(&f, "emit: [code.changed, \"tests.passed\"]\n");
	ck_assert_int_eq(get(&f, "emit")->kind, FM_SEQ);
	ck_assert_int_eq(get(&f, "emit")->style, FM_FLOW);
	ck_span(&f, "emit", "[code.changed, \"tests.passed\"]");
	ck_assert_uint_eq(fm_list(get(&f, "emit"), &f.p.a, &f.p.sink, &item), 2);
	ck_str(item[0].value, "code.changed");
	ck_bytes(&f.p, item[0].span, "code.changed");
	ck_str(item[1].value, "tests.passed");
	ck_bytes(&f.p, item[1].span, "\"tests.passed\"");
	parsed_release(&f.p);
}
END_TEST

START_TEST(p05_a_block_list_does_not_end_metadata) /* P05 */
{
	struct fm f;
	const struct fm_node *m;

	parse(&f, "metadata:\n  emit:\n    - code.changed\n  layer: L1\n  model: opus\n");
	m = get(&f, "metadata");
	ck_assert_uint_eq(m->n, 3);
	ck_str(fm_str(fm_get(m, STR("layer"))), "L1");
	ck_str(fm_str(fm_get(m, STR("model"))), "opus");
	ck_str(fm_get(m, STR("emit"))->entry[0].value.value, "code.changed");
	ck_bytes(&f.p, m->span, "emit:\n    - code.changed\n  layer: L1\n  model: opus");
	ck_bytes(&f.p, fm_get(m, STR("emit"))->span, "- code.changed");
	parsed_release(&f.p);
}
END_TEST

START_TEST(p06_keys_with_hyphens_hold_lists) /* P06 */
{
	struct fm f;

	parse(&f, "allowed-tools:\n  - Read\n  - Write\n");
	ck_assert_uint_eq(get(&f, "allowed-tools")->n, 2);
	ck_str(get(&f, "allowed-tools")->entry[1].value.value, "Write");
	parsed_release(&f.p);
}
END_TEST

START_TEST(p07_quotes_within_plain_text_stay) /* P07 */
{
	struct fm f;

	parse(&f, "description: Say \"hello\"\n");
	ck_str(value(&f, "description"), "Say \"hello\"");
	parsed_release(&f.p);
}
END_TEST

START_TEST(p08_quoted_forms_are_decoded) /* P08 */
{
	struct fm f;

	parse(&f, "a: 'it''s'\nb: \"tab\\there \\u00e9\"\n");
	ck_str(value(&f, "a"), "it's");
	ck_str(value(&f, "b"), "tab\there \xc3\xa9");
	ck_assert_int_eq(get(&f, "a")->style, FM_SINGLE);
	ck_assert_int_eq(get(&f, "b")->style, FM_DOUBLE);
	ck_span(&f, "a", "'it''s'");
	parsed_release(&f.p);
}
END_TEST

START_TEST(p13_a_key_given_twice_names_both_lines) /* P13 */
{
	struct fm f;
	const struct diag *d;

	parse(&f, "name: one\nx: y\nname: [two, 2]\nz: 1\n");
	d = report_of(&f.p, "RN1003");
	ck_assert(says(d, "'name'") && says(d, "line 1 and line 3"));
	ck_assert_uint_eq(report_line(&f.p, d), 3);
	ck_assert_uint_eq(source_locate(f.p.src, d->notes->at.off).line, 1);
	ck_str(value(&f, "name"), "one"); /* the first stays */
	ck_str(value(&f, "z"), "1");
	ck_assert_uint_eq(f.map.n, 3);
	parsed_release(&f.p);
}
END_TEST

START_TEST(keys_may_repeat_in_different_maps)
{
	struct fm f;

	parse(&f, "name: a\nmetadata: {name: b}\n");
	ck_assert_uint_eq(reported(&f.p, "RN1003"), 0);
	parsed_release(&f.p);
}
END_TEST

START_TEST(p20_a_tab_in_the_indentation_is_named_with_its_line) /* P20 */
{
	struct fm f;
	const struct diag *d;

	parse(&f, "name: x\nmetadata:\n\tlayer: L1\n");
	ck_assert(!f.ok);
	d = report_of(&f.p, "RN1002");
	ck_assert(says(d, "tab") && says(d, "line 3"));
	ck_assert_uint_eq(report_line(&f.p, d), 3);
	ck_bytes(&f.p, d->at, "\t");
	ck_str(value(&f, "name"), "x"); /* what came before is there */
	parsed_release(&f.p);
}
END_TEST

START_TEST(an_unquoted_colon_is_answered_with_the_quoted_form)
{
	struct fm f;
	const struct diag *d;

	parse(&f, "name: x\ndescription: Foo: bar\n");
	ck_assert(!f.ok);
	d = report_of(&f.p, "RN1002");
	ck_assert_uint_eq(report_line(&f.p, d), 2);
	ck_assert(says(d, "must be quoted: description: \"Foo: bar\""));
	parsed_release(&f.p);

	parse(&f, "description: say \"Foo\": bar\n");
	ck_assert(says(report_of(&f.p, "RN1002"), "'say \"Foo\": bar'"));
	parsed_release(&f.p);
}
END_TEST

START_TEST(positions_count_bytes_where_libyaml_counts_characters)
{
	struct fm f;

	parse(&f, "caf\xc3\xa9: \xe2\x80\x94\xe2\x80\x94\nb: \xf0\x9f\x98\x80 x # "
		  "\xc3\xa9\n"
		  "c: [\xc3\xa9, z]\nd: e\n");
	ck_span(&f, "caf\xc3\xa9", "\xe2\x80\x94\xe2\x80\x94");
	ck_span(&f, "b", "\xf0\x9f\x98\x80 x");
	ck_span(&f, "c", "[\xc3\xa9, z]");
	ck_bytes(&f.p, get(&f, "c")->entry[1].value.span, "z");
	ck_span(&f, "d", "e");
	parsed_release(&f.p);
}
END_TEST

START_TEST(positions_hold_far_into_long_text)
{
	struct fm f;
	struct buf b;
	struct arena a = { 0 };

	b = (struct buf)BUF_INIT(&a);
	for (int i = 0; i < 700; i++)
		buf_addf(&b, "k%d: \xc3\xa9v%d\r\n", i, i);
	parse_str(&f, buf_str(&b));
	ck_assert(f.ok);
	for (size_t i = 0; i < f.map.n; i++)
		ck_assert(str_eq(source_slice(f.p.src, f.map.entry[i].value.span),
			f.map.entry[i].value.value));
	ck_span(&f, "k699", "\xc3\xa9v699");
	parsed_release(&f.p);
	arena_release(&a);
}
END_TEST

START_TEST(other_line_breaks_do_not_shift_positions)
{
	struct fm f;

	/* U+0085, U+2028 are line breaks to libyaml, a lone CR too */
	parse(&f, "a: \"x\xc2\x85y\xe2\x80\xa8z\"\rb: c\r\nd: e\n");
	ck_span(&f, "b", "c");
	ck_span(&f, "d", "e");
	parsed_release(&f.p);
}
END_TEST

START_TEST(values_have_no_carriage_return)
{
	struct fm f;

	parse(&f, "a: |\r\n  one\r\n  two\r\nb: x\r\n  y\r\nc: \"p\r\n  q\"\r\n");
	ck_str(value(&f, "a"), "one\ntwo\n");
	ck_str(value(&f, "b"), "x y");
	ck_str(value(&f, "c"), "p q");
	ck_span(&f, "b", "x\r\n  y");
	parsed_release(&f.p);
}
END_TEST

START_TEST(anchors_aliases_and_tags_are_refused)
{
	struct fm f;

	parse(&f, "a: &x one\nb: *x\nc: !!str 1\nd: !mine {e: 2}\n");
	ck_assert_uint_eq(reported(&f.p, "RN1007"), 4);
	ck_assert(says(report_of(&f.p, "RN1007"), "anchor 'x'"));
	ck_str(value(&f, "a"), "one");
	ck_assert_int_eq(get(&f, "b")->kind, FM_NULL);
	parsed_release(&f.p);
}
END_TEST

START_TEST(a_billion_laughs_stay_small)
{
	struct fm f;

	parse(&f, "a: &a [l, l]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n");
	ck_assert_uint_eq(reported(&f.p, "RN1007"), 9);
	ck_assert_uint_eq(get(&f, "d")->n, 2);
	ck_assert_int_eq(get(&f, "d")->entry[0].value.kind, FM_NULL);
	parsed_release(&f.p);
}
END_TEST

START_TEST(a_merge_key_is_just_a_key)
{
	struct fm f;

	parse(&f, "<<: {a: 1}\nb: 2\n");
	ck_assert(f.ok);
	ck_assert_ptr_null(fm_get(&f.map, STR("a")));
	ck_assert_int_eq(get(&f, "<<")->kind, FM_MAP);
	parsed_release(&f.p);
}
END_TEST

START_TEST(nothing_is_null)
{
	struct fm f;

	parse(&f, "a:\nb: ~\nc: null\nd: ''\ne: NULL\nf: \"null\"\n");
	ck_assert_int_eq(get(&f, "a")->kind, FM_NULL);
	ck_assert_int_eq(get(&f, "b")->kind, FM_NULL);
	ck_assert_int_eq(get(&f, "c")->kind, FM_NULL);
	ck_assert_int_eq(get(&f, "d")->kind, FM_SCALAR);
	ck_assert_int_eq(get(&f, "e")->kind, FM_NULL);
	ck_assert_int_eq(get(&f, "f")->kind, FM_SCALAR);
	ck_str(value(&f, "b"), "");
	parsed_release(&f.p);
}
END_TEST

START_TEST(empty_text_is_an_empty_map)
{
	static const char *const texts[] = { "", "\n\n", "# only a comment\n", "~\n" };

	for (size_t i = 0; i < COUNTOF(texts); i++) {
		struct fm f;

		parse(&f, texts[i]);
		ck_assert(f.ok);
		ck_assert_int_eq(f.map.kind, FM_MAP);
		ck_assert_uint_eq(f.map.n, 0);
		parsed_release(&f.p);
	}
}
END_TEST

START_TEST(what_is_no_mapping_is_refused)
{
	struct fm f;

	parse(&f, "- a\n- b\n");
	ck_assert(!f.ok);
	ck_assert(says(report_of(&f.p, "RN1005"), "a list"));
	ck_assert_int_eq(f.map.kind, FM_MAP);
	parsed_release(&f.p);
	parse(&f, "just text\n");
	ck_assert(says(report_of(&f.p, "RN1005"), "plain text"));
	parsed_release(&f.p);
}
END_TEST

START_TEST(a_key_that_is_no_word_is_reported_and_dropped)
{
	struct fm f;

	parse(&f, "? [a, b]\n: c\n{x: y}: z\nd: e\n");
	ck_assert_uint_eq(reported(&f.p, "RN1005"), 2);
	ck_assert_uint_eq(f.map.n, 1);
	ck_str(value(&f, "d"), "e");
	parsed_release(&f.p);
}
END_TEST

START_TEST(a_second_document_is_refused)
{
	struct fm f;

	parse(&f, "a: b\n--- # c\nd: e\n");
	ck_assert(!f.ok);
	ck_assert(says(report_of(&f.p, "RN1002"), "exactly '---'"));
	ck_str(value(&f, "a"), "b");
	parsed_release(&f.p);
}
END_TEST

START_TEST(directives_are_refused)
{
	struct fm f;

	parse(&f, "%TAG ! tag:x,2000:\n--- # y\na: b\n");
	ck_assert(!f.ok);
	ck_assert_uint_eq(reported(&f.p, "RN1007"), 1);
	parsed_release(&f.p);
}
END_TEST

START_TEST(too_many_levels)
{
	struct fm f;

	parse(&f, "a: [[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]\n"); /* 16 with the map */
	ck_assert(f.ok);
	parsed_release(&f.p);
	parse(&f, "z: 1\na: [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]\n");
	ck_assert(!f.ok);
	ck_assert(says(report_of(&f.p, "RN1016"), "16 levels"));
	ck_str(value(&f, "z"), "1");
	parsed_release(&f.p);
}
END_TEST

START_TEST(too_many_values)
{
	struct fm f;
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);

	buf_addz(&b, "a: [");
	for (int i = 0; i < FM_MAX_NODES; i++)
		buf_addz(&b, "1,");
	buf_addz(&b, "]\n");
	parse_str(&f, buf_str(&b));
	ck_assert(!f.ok);
	ck_assert_uint_eq(reported(&f.p, "RN1016"), 1);
	parsed_release(&f.p);
	arena_release(&a);
}
END_TEST

START_TEST(a_control_character_is_placed)
{
	struct fm f;
	const struct diag *d;

	parse(&f, "a: \xc3\xa9\nb: \x01\n");
	ck_assert(!f.ok);
	d = report_of(&f.p, "RN1002");
	ck_assert_uint_eq(report_line(&f.p, d), 2);
	ck_assert(says(d, "control characters"));
	parsed_release(&f.p);
}
END_TEST

START_TEST(the_range_is_all_that_is_read)
{
	struct fm f;
	struct span range = { 1, 4, 5 };

	parsed_source(&f.p, STR("---\na: b\n---\nc: d\n"));
	ck_assert(fm_parse(f.p.src, range, &f.p.a, &f.p.sink, &f.map));
	ck_assert_uint_eq(f.map.n, 1);
	ck_span(&f, "a", "b");
	parsed_release(&f.p);
}
END_TEST

START_TEST(booleans_are_plain_words)
{
	struct fm f;
	bool b = false;

	parse(&f, "a: true\nb: FALSE\nc: 'true'\nd: yes\ne: [true]\n");
	ck_assert(fm_bool(get(&f, "a"), &b) && b);
	ck_assert(fm_bool(get(&f, "b"), &b) && !b);
	ck_assert(!fm_bool(get(&f, "c"), &b));
	ck_assert(!fm_bool(get(&f, "d"), &b));
	ck_assert(!fm_bool(get(&f, "e"), &b));
	ck_assert(!fm_bool(NULL, &b));
	parsed_release(&f.p);
}
END_TEST

START_TEST(a_list_may_be_a_comma_string)
{
	struct fm f;
	const struct fm_item *item;

	parse(&f, "a: x.y,  z ,,w\nb: \"p, q\"\nc: >\n  r,\n  s\n");
	ck_assert_uint_eq(fm_list(get(&f, "a"), &f.p.a, &f.p.sink, &item), 3);
	ck_str(item[1].value, "z");
	ck_bytes(&f.p, item[1].span, "z");
	ck_bytes(&f.p, item[2].span, "w");
	ck_assert_uint_eq(fm_list(get(&f, "b"), &f.p.a, &f.p.sink, &item), 2);
	ck_bytes(&f.p, item[1].span, "q");
	ck_assert_uint_eq(fm_list(get(&f, "c"), &f.p.a, &f.p.sink, &item), 2);
	ck_str(item[1].value, "s");
	ck_bytes(&f.p, item[1].span, ">\n  r,\n  s"); /* not exactly known */
	parsed_release(&f.p);
}
END_TEST

START_TEST(a_list_of_anything_else_is_reported)
{
	struct fm f;
	const struct fm_item *item;

	parse(&f, "a: [x, [y], {z: 1}, ~]\nb: {c: d}\n");
	ck_assert_uint_eq(fm_list(get(&f, "a"), &f.p.a, &f.p.sink, &item), 1);
	ck_assert_uint_eq(reported(&f.p, "RN1005"), 2);
	ck_assert_uint_eq(fm_list(get(&f, "b"), &f.p.a, &f.p.sink, &item), 0);
	ck_assert_uint_eq(reported(&f.p, "RN1005"), 3);
	ck_assert_uint_eq(fm_list(NULL, &f.p.a, &f.p.sink, &item), 0);
	parsed_release(&f.p);
}
END_TEST

START_TEST(lists_in_metadata_are_lists)
{
	struct fm f;
	const struct fm_item *item;

	parse(&f, "metadata:\n  skills:\n    - one\n    - two\n");
	ck_assert_uint_eq(fm_list(fm_get(get(&f, "metadata"), STR("skills")), &f.p.a,
				  &f.p.sink, &item),
		2);
	ck_bytes(&f.p, item[1].span, "two");
	parsed_release(&f.p);
}
END_TEST

static TCase *values(void)
{
	TCase *t = tcase_create("values");

	tcase_add_test(t, plain_values_and_their_spans);
	tcase_add_test(t, p01_block_scalars_are_their_text);
	tcase_add_test(t, p02_continuation_lines_are_folded);
	tcase_add_test(t, p03_comments_are_no_part_of_a_value);
	tcase_add_test(t, p04_flow_sequences);
	tcase_add_test(t, p05_a_block_list_does_not_end_metadata);
	tcase_add_test(t, p06_keys_with_hyphens_hold_lists);
	tcase_add_test(t, p07_quotes_within_plain_text_stay);
	tcase_add_test(t, p08_quoted_forms_are_decoded);
	tcase_add_test(t, lists_in_metadata_are_lists);
	tcase_add_test(t, nothing_is_null);
	tcase_add_test(t, empty_text_is_an_empty_map);
	tcase_add_test(t, a_merge_key_is_just_a_key);
	tcase_add_test(t, booleans_are_plain_words);
	tcase_add_test(t, a_list_may_be_a_comma_string);
	tcase_add_test(t, a_list_of_anything_else_is_reported);
	return t;
}

static TCase *positions(void)
{
	TCase *t = tcase_create("positions");

	tcase_add_test(t, positions_count_bytes_where_libyaml_counts_characters);
	tcase_add_test(t, positions_hold_far_into_long_text);
	tcase_add_test(t, other_line_breaks_do_not_shift_positions);
	tcase_add_test(t, values_have_no_carriage_return);
	tcase_add_test(t, the_range_is_all_that_is_read);
	return t;
}

static TCase *errors(void)
{
	TCase *t = tcase_create("errors");

	tcase_add_test(t, p13_a_key_given_twice_names_both_lines);
	tcase_add_test(t, keys_may_repeat_in_different_maps);
	tcase_add_test(t, p20_a_tab_in_the_indentation_is_named_with_its_line);
	tcase_add_test(t, an_unquoted_colon_is_answered_with_the_quoted_form);
	tcase_add_test(t, anchors_aliases_and_tags_are_refused);
	tcase_add_test(t, a_billion_laughs_stay_small);
	tcase_add_test(t, what_is_no_mapping_is_refused);
	tcase_add_test(t, a_key_that_is_no_word_is_reported_and_dropped);
	tcase_add_test(t, a_second_document_is_refused);
	tcase_add_test(t, directives_are_refused);
	tcase_add_test(t, too_many_levels);
	tcase_add_test(t, too_many_values);
	tcase_add_test(t, a_control_character_is_placed);
	return t;
}

Suite *frontmatter_suite(void)
{
	Suite *s = suite_create("frontmatter");

	suite_add_tcase(s, values());
	suite_add_tcase(s, positions());
	suite_add_tcase(s, errors());
	return s;
}
