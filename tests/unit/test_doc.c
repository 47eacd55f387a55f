/* A document as a whole: encoding, fences of the frontmatter, sections found. */
#include <check.h>

#include "parse_fixture.h"

Suite *doc_suite(void);

static const char *body(struct parsed *p)
{
	ck_assert_ptr_nonnull(p->doc);
	return bytes(p, p->doc->body);
}

START_TEST(frontmatter_and_body)
{
	struct parsed p;

	parsed_need(&p, "---\nname: x\n---\n# t\n");
	ck_assert(p.doc->has_frontmatter);
	ck_bytes(&p, p.doc->frontmatter, "name: x\n");
	ck_assert_str_eq(body(&p), "# t\n");
	ck_str(fm_str(fm_get(&p.doc->meta, STR("name"))), "x");
	ck_assert_uint_eq(p.sink.n, 0);
	parsed_release(&p);
}
END_TEST

START_TEST(p09_a_byte_order_mark_is_skipped) /* P09 */
{
	struct parsed p;

	parsed_need(&p, "\xef\xbb\xbf---\nname: x\n---\n# t\n");
	ck_str(fm_str(fm_get(&p.doc->meta, STR("name"))), "x");
	ck_bytes(&p, fm_get(&p.doc->meta, STR("name"))->span, "x");
	ck_assert_str_eq(body(&p), "# t\n");
	ck_assert_uint_eq(reported(&p, "RN1010"), 1);
	ck_assert_uint_eq(p.sink.n, 1);
	parsed_release(&p);

	parsed_doc(&p, "\xef\xbb\xbf# t `x`\n");
	ck_assert_str_eq(node_bytes(&p, DOC_HEADING, 0), "# t `x`");
	ck_assert_str_eq(node_bytes(&p, DOC_CODE_SPAN, 0), "`x`");
	parsed_release(&p);
}
END_TEST

START_TEST(a_second_byte_order_mark_is_text)
{
	struct parsed p;

	/* cmark leaves out the one at the start of what it is given */
	parsed_doc(&p, "---\na: b\n---\n\xef\xbb\xbf# t `x`\n");
	ck_assert_str_eq(node_bytes(&p, DOC_HEADING, 0), "# t `x`");
	ck_assert_str_eq(node_bytes(&p, DOC_CODE_SPAN, 0), "`x`");
	parsed_release(&p);
}
END_TEST

START_TEST(p10_missing_frontmatter_is_an_error_where_it_is_needed) /* P10 */
{
	struct parsed p;

	parsed_need(&p, "# t\n");
	ck_assert_ptr_nonnull(p.doc);
	ck_assert(!p.doc->has_frontmatter);
	ck_assert_uint_eq(reported(&p, "RN1001"), 1);
	ck_assert_str_eq(body(&p), "# t\n");
	parsed_release(&p);
	parsed_doc(&p, "# t\n");
	ck_assert_uint_eq(p.sink.n, 0);
	parsed_release(&p);
	parsed_need(&p, "\n---\nname: x\n---\n");
	ck_assert(says(report_of(&p, "RN1001"), "first line"));
	parsed_release(&p);
}
END_TEST

START_TEST(p11_empty_frontmatter) /* P11 */
{
	struct parsed p;

	parsed_need(&p, "---\n---\n# t");
	ck_assert(p.doc->has_frontmatter);
	ck_assert_uint_eq(p.doc->frontmatter.len, 0);
	ck_assert_int_eq(p.doc->meta.kind, FM_MAP);
	ck_assert_uint_eq(p.doc->meta.n, 0);
	ck_assert_str_eq(body(&p), "# t");
	ck_assert_uint_eq(p.sink.n, 0);
	parsed_release(&p);
}
END_TEST

START_TEST(p12_only_a_whole_line_closes) /* P12 */
{
	struct parsed p;

	parsed_need(&p, "---\ndescription: a\n---note: y\n----\n: z\n---\nbody\n");
	ck_assert_str_eq(body(&p), "body\n");
	ck_str(fm_str(fm_get(&p.doc->meta, STR("---note"))), "y");
	parsed_release(&p);
	parsed_need(&p, "---\na: b\n...\nbody\n");
	ck_assert_str_eq(body(&p), "body\n");
	parsed_release(&p);
	parsed_need(&p, "---\na: b\n --- \n---\nbody\n");
	ck_bytes(&p, p.doc->frontmatter, "a: b\n --- \n");
	parsed_release(&p);
}
END_TEST

START_TEST(blanks_behind_a_fence_do_not_count)
{
	struct parsed p;

	parsed_need(&p, "--- \t\na: b\n---  \r\nbody\n");
	ck_assert(p.doc->has_frontmatter);
	ck_bytes(&p, p.doc->frontmatter, "a: b\n");
	ck_assert_str_eq(body(&p), "body\n");
	parsed_release(&p);
}
END_TEST

START_TEST(a_longer_line_opens_nothing)
{
	struct parsed p;

	parsed_doc(&p, "----\na: b\n---\n");
	ck_assert(!p.doc->has_frontmatter);
	parsed_release(&p);
	parsed_doc(&p, "--- # x\na: b\n---\n");
	ck_assert(!p.doc->has_frontmatter);
	parsed_release(&p);
}
END_TEST

START_TEST(an_unclosed_fence)
{
	struct parsed p;

	parsed_need(&p, "---\nname: x\n# t\n");
	ck_assert_ptr_nonnull(p.doc);
	ck_assert(!p.doc->has_frontmatter);
	ck_assert(says(report_of(&p, "RN1004"), "never closed"));
	parsed_release(&p);
	/* where none is needed it is a thematic break */
	parsed_doc(&p, "---\n\ntext\n");
	ck_assert_uint_eq(p.sink.n, 0);
	ck_assert_uint_eq(count_nodes(&p, DOC_RULE), 1);
	parsed_release(&p);
}
END_TEST

START_TEST(the_closing_fence_may_be_the_end)
{
	struct parsed p;

	parsed_need(&p, "---\nname: x\n---");
	ck_assert(p.doc->has_frontmatter);
	ck_assert_uint_eq(p.doc->body.len, 0);
	ck_assert_uint_eq(p.doc->nnode, 1);
	parsed_release(&p);
}
END_TEST

START_TEST(dashes_in_the_body_are_body) /* parser-23 */
{
	struct parsed p;

	parsed_need(&p, "---\nname: x\n---\nabove\n\n---\n\nbelow\n");
	ck_assert_str_eq(body(&p), "above\n\n---\n\nbelow\n");
	ck_assert_uint_eq(count_nodes(&p, DOC_RULE), 1);
	parsed_release(&p);
}
END_TEST

START_TEST(carriage_returns_throughout)
{
	struct parsed p;

	parsed_need(&p,
		"---\r\nname: x\r\nd: >\r\n  a\r\n  b\r\n---\r\n# t `c`\r\n\r\np\r\n");
	ck_str(fm_str(fm_get(&p.doc->meta, STR("name"))), "x");
	ck_str(fm_str(fm_get(&p.doc->meta, STR("d"))), "a b\n");
	ck_assert_str_eq(node_bytes(&p, DOC_HEADING, 0), "# t `c`");
	ck_assert_str_eq(node_bytes(&p, DOC_CODE_SPAN, 0), "`c`");
	ck_assert_str_eq(node_bytes(&p, DOC_PARAGRAPH, 0), "p");
	ck_str(p.doc->section[0].title, "t `c`");
	ck_assert_uint_eq(p.sink.n, 0);
	parsed_release(&p);
}
END_TEST

START_TEST(p19_bytes_that_are_not_utf8_are_placed) /* P19 */
{
	struct parsed p;
	const struct diag *d;

	parsed_need(&p, "---\ndescription: caf\xe9\n---\n");
	ck_assert_ptr_null(p.doc);
	d = report_of(&p, "RN1008");
	ck_assert_uint_eq(d->at.off, 20);
	ck_assert(says(d, "0xe9") && says(d, "offset 20"));
	parsed_release(&p);
}
END_TEST

START_TEST(a_nul_byte_is_refused)
{
	struct parsed p;

	parsed_source(&p, STR("# a\0b\n"));
	ck_assert_ptr_null(doc_parse(p.src, 0, &p.a, &p.sink));
	ck_assert_uint_eq(report_of(&p, "RN1009")->at.off, 3);
	parsed_release(&p);
}
END_TEST

START_TEST(a_text_that_is_too_large_is_refused)
{
	struct parsed p;
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);

	buf_fill(&b, 'x', DOC_MAX_SIZE + 1);
	parsed_source(&p, buf_str(&b));
	ck_assert_ptr_null(doc_parse(p.src, 0, &p.a, &p.sink));
	ck_assert_uint_eq(reported(&p, "RN9003"), 1);
	parsed_release(&p);
	arena_release(&a);
}
END_TEST

START_TEST(an_empty_file)
{
	struct parsed p;

	parsed_doc(&p, "");
	ck_assert_ptr_nonnull(p.doc);
	ck_assert_uint_eq(p.doc->nnode, 1);
	ck_assert_uint_eq(p.sink.n, 0);
	parsed_release(&p);
}
END_TEST

START_TEST(d09_examples_in_the_body_are_no_frontmatter) /* D09 */
{
	struct parsed p;

	parsed_need(&p,
		"---\nname: x\n---\n```yaml\nemit: fake.signal\nversion: 9.9\n```\n"
		"---\nemit: other.fake\n---\n");
	ck_assert_uint_eq(p.doc->meta.n, 1);
	ck_assert_ptr_null(fm_get(&p.doc->meta, STR("emit")));
	ck_assert_uint_eq(p.doc->nrun, 1); /* only the setext heading's text */
	parsed_release(&p);
}
END_TEST

START_TEST(an_error_in_the_frontmatter_leaves_the_body)
{
	struct parsed p;

	parsed_need(&p, "---\nname: x\ndescription: a: b\n---\n# t\n");
	ck_assert_ptr_nonnull(p.doc);
	ck_assert_uint_eq(reported(&p, "RN1002"), 1);
	ck_assert_uint_eq(p.doc->nsection, 1);
	ck_str(fm_str(fm_get(&p.doc->meta, STR("name"))), "x");
	parsed_release(&p);
}
END_TEST

START_TEST(sections_are_found_by_title)
{
	struct parsed p;
	const struct doc_section *s;

	parsed_doc(&p, "# X\n## **Purpose**\na\n## Calls (outbound)\nb\n## Calls\nc\n"
		       "## `Done` When\nd\n## Callsign\n");
	s = doc_section_find(p.doc, STR("purpose"));
	ck_assert_ptr_nonnull(s);
	ck_bytes(&p, s->body, "a\n");
	ck_bytes(&p, doc_section_find(p.doc, STR("Calls"))->body, "b\n");
	ck_bytes(&p, doc_section_find(p.doc, STR("done when"))->body, "d\n");
	ck_assert_ptr_null(doc_section_find(p.doc, STR("Call")));
	ck_assert_ptr_null(doc_section_find(p.doc, STR("Done")));
	ck_assert_ptr_null(doc_section_find(p.doc, STR("")));
	parsed_release(&p);
}
END_TEST

Suite *doc_suite(void)
{
	Suite *s = suite_create("doc");
	TCase *f = tcase_create("fences"), *e = tcase_create("encoding"),
	      *d = tcase_create("document");

	tcase_add_test(f, frontmatter_and_body);
	tcase_add_test(f, p10_missing_frontmatter_is_an_error_where_it_is_needed);
	tcase_add_test(f, p11_empty_frontmatter);
	tcase_add_test(f, p12_only_a_whole_line_closes);
	tcase_add_test(f, blanks_behind_a_fence_do_not_count);
	tcase_add_test(f, a_longer_line_opens_nothing);
	tcase_add_test(f, an_unclosed_fence);
	tcase_add_test(f, the_closing_fence_may_be_the_end);
	tcase_add_test(f, dashes_in_the_body_are_body);
	tcase_add_test(f, d09_examples_in_the_body_are_no_frontmatter);
	tcase_add_test(f, an_error_in_the_frontmatter_leaves_the_body);
	tcase_add_test(e, p09_a_byte_order_mark_is_skipped);
	tcase_add_test(e, a_second_byte_order_mark_is_text);
	tcase_add_test(e, carriage_returns_throughout);
	tcase_add_test(e, p19_bytes_that_are_not_utf8_are_placed);
	tcase_add_test(e, a_nul_byte_is_refused);
	tcase_add_test(e, a_text_that_is_too_large_is_refused);
	tcase_add_test(d, an_empty_file);
	tcase_add_test(d, sections_are_found_by_title);
	suite_add_tcase(s, f);
	suite_add_tcase(s, e);
	suite_add_tcase(s, d);
	return s;
}
