/* Blocks and inline elements with exact spans; the traps of cmark. */
#include <check.h>

#include "doc_invariants.h"
#include "parse_fixture.h"

Suite *markdown_suite(void);

static void parse(struct parsed *p, const char *text)
{
	const char *bad;

	parsed_doc(p, text);
	ck_assert_ptr_nonnull(p->doc);
	bad = doc_invariants(p->doc);
	ck_assert_msg(!bad, "%s: %s", text, bad ? bad : "");
	ck_assert_uint_eq(reported(p, "RN5005"), 0);
}

struct row {
	const char *text;
	enum node_kind kind;
	const char *want[4]; /* bytes of each node of that kind */
};

static void check_rows(const struct row *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct parsed p;
		size_t k = 0;

		parse(&p, v[i].text);
		for (; k < 4 && v[i].want[k]; k++) {
			const char *got;

			ck_assert_msg(count_nodes(&p, v[i].kind) > k, "%s: only %zu",
				v[i].text, k);
			got = node_bytes(&p, v[i].kind, k);
			ck_assert_msg(!strcmp(got, v[i].want[k]),
				"in <%s> got <%s>, want <%s>", v[i].text, got,
				v[i].want[k]);
		}
		ck_assert_msg(count_nodes(&p, v[i].kind) == k, "%s: more", v[i].text);
		parsed_release(&p);
	}
}

/* ---- blocks ------------------------------------------------------------------ */

START_TEST(blocks_are_where_they_are)
{
	static const struct row rows[] = {
		{ "a\nb\n\nc", DOC_PARAGRAPH, { "a\nb", "c" } },
		{ "  a\n b  \n", DOC_PARAGRAPH, { "a\n b" } },
		{ "- a\n- b\n\n1. c\n", DOC_LIST, { "- a\n- b", "1. c" } },
		{ "- a\n\n  b\n- c\n", DOC_ITEM, { "- a\n\n  b", "- c" } },
		{ "- a\n  - b\n    c\n- d\n", DOC_PARAGRAPH, { "a", "b\n    c", "d" } },
		{ "> a\n> b\n\nc\n", DOC_QUOTE, { "> a\n> b" } },
		{ "> a\nlazy\n", DOC_PARAGRAPH, { "a\nlazy" } },
		{ "> - a\n>\n> b\n", DOC_ITEM, { "- a" } },
		{ "a\n\n***\nb\n", DOC_RULE, { "***" } },
		{ "\ta\n\tb\n\nc", DOC_CODE_BLOCK, { "a\n\tb" } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(fenced_code_ends_with_its_fence)
{
	static const struct row rows[] = {
		{ "```c\nx\n```\ny\n", DOC_CODE_BLOCK, { "```c\nx\n```" } },
		{ "~~~\nx\n", DOC_CODE_BLOCK, { "~~~\nx" } },
		{ "- ```\n  x\ny\n", DOC_CODE_BLOCK, { "```\n  x" } },
		{ "> ```\n> x\n\ny\n", DOC_CODE_BLOCK, { "```\n> x" } },
		{ "```\n\n\n```\n", DOC_CODE_BLOCK, { "```\n\n\n```" } },
		{ "1. a\n\n    ```\n    x\n    ```\n", DOC_CODE_BLOCK,
			{ "```\n    x\n    ```" } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(fenced_and_indented_code_are_told_apart)
{
	static const struct {
		const char *text;
		uint32_t fenced;
		const char *info;
	} rows[] = {
		{ "```sh  x=1 \na\n```\n", 1, "sh  x=1" },
		{ "~~~ ~x~\na\n~~~\n", 1, "~x~" },
		{ "```\n```\n", 1, "" },
		{ "    ```\n    x\n    ```\n", 0, "" },
		{ "    ```\n\nx\n", 0, "" },
		{ "```a\n```a\n", 1, "a" },
		{ "- a\n\n      ```\n      x\n", 0, "" },
		{ "- a\n\n  ```\n  x\n", 1, "" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct parsed p;
		const struct node *n;

		parse(&p, rows[i].text);
		n = node_of(&p, DOC_CODE_BLOCK, 0);
		ck_assert_msg(n->level == rows[i].fenced, "%s", rows[i].text);
		ck_assert(str_eq(n->text, str_c(rows[i].info)));
		parsed_release(&p);
	}
}
END_TEST

START_TEST(html_blocks_end_with_their_end_marker)
{
	static const struct row rows[] = {
		{ "<!-- a\nb -->\nc\n", DOC_HTML_BLOCK, { "<!-- a\nb -->" } },
		{ "<!-- a -->\n# b\n", DOC_HTML_BLOCK, { "<!-- a -->" } },
		{ "<script>\n\nx\n</script>\ny\n", DOC_HTML_BLOCK,
			{ "<script>\n\nx\n</script>" } },
		{ "<?x\n\ny?>\n\nz\n", DOC_HTML_BLOCK, { "<?x\n\ny?>" } },
		{ "<div>\na\n\nb\n", DOC_HTML_BLOCK, { "<div>\na" } },
		{ "<!-- a\n\nb", DOC_HTML_BLOCK, { "<!-- a\n\nb" } },
		{ "- <!-- a\n  b -->\n  c\n", DOC_HTML_BLOCK, { "<!-- a\n  b -->" } },
		{ "> <!-- a\n> b -->\n> c\n", DOC_HTML_BLOCK, { "<!-- a\n> b -->" } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(setext_headings_end_with_their_underline)
{
	static const struct row rows[] = {
		{ "a\n===\nb\n", DOC_HEADING, { "a\n===" } },
		{ "a\n---\n\nb\n", DOC_HEADING, { "a\n---" } },
		{ "a\n===", DOC_HEADING, { "a\n===" } },
		{ "a\n===\n\n\n", DOC_HEADING, { "a\n===" } },
		{ "a\nb\n===\n===\n", DOC_HEADING, { "a\nb\n===" } },
		{ "a\n===\n> ===\n", DOC_HEADING, { "a\n===" } },
		{ "- a\n  ===\nb\n", DOC_HEADING, { "a\n  ===" } },
		{ "> a\n> ---\n> b\n", DOC_HEADING, { "a\n> ---" } },
		{ "a\n    ===\nb\n===\n", DOC_HEADING, { "a\n    ===\nb\n===" } },
		{ "a\n===\n[x]: y\n", DOC_HEADING, { "a\n===" } },
		{ "#a\n===\nb", DOC_HEADING, { "#a\n===" } },
		{ "#\ta #\t\n#b\n", DOC_HEADING, { "#\ta #" } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(headings_have_levels_and_titles)
{
	static const struct {
		const char *text, *title;
		uint32_t level;
	} rows[] = {
		{ "# a", "a", 1 },
		{ "###### a b ##  ", "a b", 6 },
		{ "## a#", "a#", 2 },
		{ "##", "", 2 },
		{ "# #", "", 1 },
		{ "### ###", "", 3 },
		{ "# `x` *y* \\#", "`x` *y* \\#", 1 },
		{ "a\nb\n---", "a b", 2 },
		{ "> a\n> b\n> ===", "a b", 1 },
		{ "> # q", "q", 1 },
		{ "-   # a #\n\nb", "a", 1 },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct parsed p;
		const struct node *n;

		parse(&p, rows[i].text);
		n = node_of(&p, DOC_HEADING, 0);
		ck_assert_uint_eq(n->level, rows[i].level);
		ck_assert_msg(str_eq(n->text, str_c(rows[i].title)), "%s: '%.*s'",
			rows[i].text, STR_ARG(n->text));
		parsed_release(&p);
	}
}
END_TEST

START_TEST(definitions_are_gaps)
{
	struct parsed p;

	parse(&p, "a [x]\n\n[x]: u/v 'title'\n[y]:\n  <z>\n\nb\n");
	ck_assert_uint_eq(count_nodes(&p, DOC_PARAGRAPH), 2);
	ck_assert_str_eq(node_bytes(&p, DOC_LINK, 0), "[x]");
	ck_assert_uint_eq(p.doc->nlink, 2);
	ck_bytes(&p, p.doc->link[0].destination, "u/v");
	ck_bytes(&p, p.doc->link[1].destination, "z");
	parsed_release(&p);
}
END_TEST

START_TEST(definitions_open_paragraphs_headings_and_containers)
{
	static const struct row rows[] = {
		{ "[x]: u\ntext [x] `c`\n", DOC_PARAGRAPH, { "text [x] `c`" } },
		{ "[x]: u\ntext [x] `c`\n", DOC_CODE_SPAN, { "`c`" } },
		{ "[x]: u\n[x]\n===\n", DOC_HEADING, { "[x]\n===" } },
		{ "[x]: u\n===\n[x]\n", DOC_LINK, { "[x]" } },
		{ "- [x]: u\n\n[x]\n", DOC_LINK, { "[x]" } },
		{ "> [x]: u\n> 'title'\n\n[x]\n", DOC_LINK, { "[x]" } },
		{ "> 1. [x]:\n>    u\n\n[X]\n", DOC_LINK, { "[X]" } },
		{ "[x]: u \"t\" no\n\n[x]\n", DOC_LINK, { NULL } },
		{ "[x]: u\n\"t\" no [x]\n", DOC_LINK, { "[x]" } },
		{ "[x y]: u\n\n[X\n  Y][]\n", DOC_LINK, { "[X\n  Y][]" } },
		{ "a\n[x]: u\n\n[x]\n", DOC_LINK, { NULL } },
		{ "[x]: <>\n\n[x]\n", DOC_LINK, { "[x]" } },
		{ "[x]:\n\n[x]\n", DOC_LINK, { NULL } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

/* ---- inline ------------------------------------------------------------------ */

START_TEST(code_spans_are_located)
{
	static const struct row rows[] = {
		{ "a `b` c\n", DOC_CODE_SPAN, { "`b`" } },
		{ "`` a`b `` `c`", DOC_CODE_SPAN, { "`` a`b ``", "`c`" } },
		{ "\\`a` `b`", DOC_CODE_SPAN, { "` `" } },
		{ "\\`a\\` `b`", DOC_CODE_SPAN, { "`b`" } },
		{ "`a\\` b`", DOC_CODE_SPAN, { "`a\\`" } },
		{ "``a` `b``", DOC_CODE_SPAN, { "``a` `b``" } },
		{ "``a `b`", DOC_CODE_SPAN, { "`b`" } },
		{ "```a``` b", DOC_CODE_SPAN, { "```a```" } },
		{ "`a\n  b` c\n", DOC_CODE_SPAN, { "`a\n  b`" } },
		{ "\xc3\xa9 `\xe2\x80\x94` `b`", DOC_CODE_SPAN,
			{ "`\xe2\x80\x94`", "`b`" } },
		{ "<a b=\"`\"> `c`", DOC_CODE_SPAN, { "`c`" } },
		{ "`<a b=\"`\">`", DOC_CODE_SPAN, { "`<a b=\"`" } },
		{ "<http://x/`> `c`", DOC_CODE_SPAN, { "`c`" } },
		{ "*`a`* **_`b`_**", DOC_CODE_SPAN, { "`a`", "`b`" } },
		{ "# `a` #\n", DOC_CODE_SPAN, { "`a`" } },
		{ "`a`\n===\n", DOC_CODE_SPAN, { "`a`" } },
		{ "    `a`\n", DOC_CODE_SPAN, { NULL } },
		{ "```\n`a`\n```\n", DOC_CODE_SPAN, { NULL } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(code_spans_on_shifted_lines)
{
	static const struct row rows[] = {
		/* cmark's columns on the second line of these are wrong */
		{ "- a\n   - b\n     c `x`\n", DOC_CODE_SPAN, { "`x`" } },
		{ "1. a `w`\n   b `x`\n\n   c\n     d `y`\n", DOC_CODE_SPAN,
			{ "`w`", "`x`", "`y`" } },
		{ "> - a\n>   b `x`\n> lazy `y`\n", DOC_CODE_SPAN, { "`x`", "`y`" } },
		{ "> a `b\n> c` d `e`\n", DOC_CODE_SPAN, { "`b\n> c`", "`e`" } },
		{ "-\ta\n\tb `x`\n", DOC_CODE_SPAN, { "`x`" } },
		{ "[r]: u\n[r] `x` a\nb `y`\n", DOC_CODE_SPAN, { "`x`", "`y`" } },
		{ "<!-- x --> `a`\n\nb\n  `c` <b\n d> `e`\n", DOC_CODE_SPAN,
			{ "`a`", "`c`", "`e`" } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(an_open_run_of_backticks_hides_no_code_span)
{
	static const struct row rows[] = {
		/* cmark misses every second one after it */
		{ "``a `b` `c` `d`", DOC_CODE_SPAN, { "`b`", "`c`", "`d`" } },
		{ "use ``` and `a`, then ``b`` `c` or ``d``.", DOC_CODE_SPAN,
			{ "`a`", "``b``", "`c`", "``d``" } },
		{ "```` `` a ` b `` `c` d` `", DOC_CODE_SPAN,
			{ "`` a ` b ``", "`c`", "` `" } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(links_are_located)
{
	static const struct row rows[] = {
		{ "a [b](c) d", DOC_LINK, { "[b](c)" } },
		{ "[b]( <c d> 'e \\' f' )", DOC_LINK, { "[b]( <c d> 'e \\' f' )" } },
		{ "[b](c(d)e) [f]()", DOC_LINK, { "[b](c(d)e)", "[f]()" } },
		{ "[b](c d) [e] [f](g\n\"h\")", DOC_LINK, { "[f](g\n\"h\")" } },
		{ "[a [b](c)](d)", DOC_LINK, { "[b](c)" } },
		{ "[a ![b](c) d](e)", DOC_LINK, { "[a ![b](c) d](e)" } },
		{ "[`]`](a)", DOC_LINK, { "[`]`](a)" } },
		{ "[a`](b)`", DOC_LINK, { NULL } },
		{ "\\[a](b) [c\\](d) [e](f)", DOC_LINK, { "[e](f)" } },
		{ "<http://a.b/c> <d@e.f> <g>", DOC_LINK,
			{ "<http://a.b/c>", "<d@e.f>" } },
		{ "[a]: u\n\n[a] [b][a] [A][] [b][c] [d]", DOC_LINK,
			{ "[a]", "[b][a]", "[A][]" } },
		{ "[a](<b\nc>)", DOC_LINK, { NULL } },
		{ "> [a](b\n> 'c') d", DOC_LINK, { "[a](b\n> 'c')" } },
		{ "[a](b \"c\\\")", DOC_LINK, { "[a](b \"c\\\")" } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(images_are_located)
{
	static const struct row rows[] = {
		{ "![a](b)!", DOC_IMAGE, { "![a](b)" } },
		{ "\\![a](b)", DOC_IMAGE, { NULL } },
		{ "!!![a](b)", DOC_IMAGE, { "![a](b)" } },
		{ "![a [b](c)](d)", DOC_IMAGE, { "![a [b](c)](d)" } },
		{ "`x`![a](b)", DOC_IMAGE, { "![a](b)" } },
		{ "[a]: u\n\n![a]", DOC_IMAGE, { "![a]" } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(inline_elements_are_inside_each_other)
{
	struct parsed p;
	const struct node *link;

	parse(&p, "[a `b` ![c `d`](e)](f) `g`\n");
	link = node_of(&p, DOC_LINK, 0);
	ck_assert_int_eq(p.doc->node[link->parent].kind, DOC_PARAGRAPH);
	ck_assert_ptr_eq(&p.doc->node[node_of(&p, DOC_IMAGE, 0)->parent], link);
	ck_assert_ptr_eq(&p.doc->node[node_of(&p, DOC_CODE_SPAN, 0)->parent], link);
	ck_assert_int_eq(
		p.doc->node[node_of(&p, DOC_CODE_SPAN, 1)->parent].kind, DOC_IMAGE);
	ck_assert_int_eq(
		p.doc->node[node_of(&p, DOC_CODE_SPAN, 2)->parent].kind, DOC_PARAGRAPH);
	parsed_release(&p);
}
END_TEST

START_TEST(nodes_are_in_document_order)
{
	struct parsed p;

	parse(&p, "# `a`\n\n- b `c`\n\n  > [d](e)\n\nf\n");
	for (uint32_t i = 2; i < p.doc->nnode; i++)
		ck_assert(p.doc->node[i].span.off >= p.doc->node[i - 1].span.off);
	parsed_release(&p);
}
END_TEST

START_TEST(lone_carriage_returns_end_lines)
{
	static const struct row rows[] = {
		{ "a\r# b `c`\rd\r", DOC_HEADING, { "# b `c`" } },
		{ "a\r# b `c`\rd `e`\n", DOC_CODE_SPAN, { "`c`", "`e`" } },
		{ "> a\r> b `c`\r\n> d `e`", DOC_CODE_SPAN, { "`c`", "`e`" } },
	};

	check_rows(rows, COUNTOF(rows));
}
END_TEST

START_TEST(depth_is_bounded)
{
	struct parsed p;
	char text[400] = { 0 };

	memset(text, '>', DOC_MAX_DEPTH - 1);
	text[DOC_MAX_DEPTH - 1] = 'x';
	parse(&p, text);
	ck_assert_uint_eq(count_nodes(&p, DOC_QUOTE), DOC_MAX_DEPTH - 1);
	parsed_release(&p);
	memset(text, '>', DOC_MAX_DEPTH + 1);
	parsed_doc(&p, text);
	ck_assert_ptr_null(p.doc);
	ck_assert_uint_eq(reported(&p, "RN5009"), 1);
	parsed_release(&p);
}
END_TEST

START_TEST(links_nested_too_deeply_are_still_links)
{
	struct parsed p;
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);

	for (int i = 0; i < 300; i++)
		buf_addz(&b, "![");
	for (int i = 0; i < 300; i++)
		buf_addz(&b, "](u)");
	parse(&p, b.p);
	ck_assert_uint_eq(p.doc->nlink, 300);
	ck_assert_uint_lt(p.doc->nnode, DOC_MAX_DEPTH + 2);
	parsed_release(&p);
	arena_release(&a);
}
END_TEST

START_TEST(what_cmark_reads_otherwise_is_left_alone)
{
	struct parsed p;

	/* labels equal but for the case of letters beyond ASCII */
	parsed_doc(&p, "[\xc3\x89]: u\n\n[\xc3\xa9] rune:a `Read`\n\nrune:b\n");
	ck_assert_ptr_null(doc_invariants(p.doc));
	ck_assert_uint_eq(reported(&p, "RN5005"), 1);
	ck_assert_str_eq(all_runs(&p), "[rune:b]");
	ck_assert_uint_eq(p.doc->ntool, 0);
	parsed_release(&p);
}
END_TEST

Suite *markdown_suite(void)
{
	Suite *s = suite_create("markdown");
	TCase *b = tcase_create("blocks"), *i = tcase_create("inline");

	tcase_add_test(b, blocks_are_where_they_are);
	tcase_add_test(b, fenced_code_ends_with_its_fence);
	tcase_add_test(b, fenced_and_indented_code_are_told_apart);
	tcase_add_test(b, html_blocks_end_with_their_end_marker);
	tcase_add_test(b, setext_headings_end_with_their_underline);
	tcase_add_test(b, headings_have_levels_and_titles);
	tcase_add_test(b, definitions_are_gaps);
	tcase_add_test(b, definitions_open_paragraphs_headings_and_containers);
	tcase_add_test(b, depth_is_bounded);
	tcase_add_test(b, nodes_are_in_document_order);
	tcase_add_test(b, lone_carriage_returns_end_lines);
	tcase_add_test(i, code_spans_are_located);
	tcase_add_test(i, code_spans_on_shifted_lines);
	tcase_add_test(i, an_open_run_of_backticks_hides_no_code_span);
	tcase_add_test(i, links_are_located);
	tcase_add_test(i, images_are_located);
	tcase_add_test(i, inline_elements_are_inside_each_other);
	tcase_add_test(i, links_nested_too_deeply_are_still_links);
	tcase_add_test(i, what_cmark_reads_otherwise_is_left_alone);
	suite_add_tcase(s, b);
	suite_add_tcase(s, i);
	return s;
}
