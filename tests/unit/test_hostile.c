/* Input made to be slow: half a megabyte of it is read in linear time, or
 * refused. An algorithm that is quadratic in any of these runs for minutes. */
#include <check.h>
#include <time.h>

#include "doc_invariants.h"
#include "parse_fixture.h"
#include "rune/json.h"

Suite *hostile_suite(void);

#define SIZE	500000
#define SECONDS 60 /* of processor time: enough for sanitizers, not for n² */

struct text {
	struct arena a;
	struct buf b;
};

static void text_init(struct text *t, const char *head)
{
	*t = (struct text){ 0 };
	t->b.a = &t->a;
	buf_addz(&t->b, head);
}

static void repeat(struct text *t, const char *what, size_t size)
{
	size_t end = t->b.n + size;

	while (t->b.n < end)
		buf_addz(&t->b, what);
}

static void check_doc(struct text *t, const char *what)
{
	clock_t from = clock();
	struct parsed p;
	const char *bad = NULL;

	parsed_source(&p, buf_str(&t->b));
	p.doc = doc_parse(p.src, 0, &p.a, &p.sink);
	if (p.doc)
		bad = doc_invariants(p.doc);
	ck_assert_msg(!bad, "%s: %s", what, bad ? bad : "");
	ck_assert_msg(p.doc || p.sink.n, "%s: refused without a word", what);
	ck_assert_msg((clock() - from) / CLOCKS_PER_SEC < SECONDS, "%s: too slow", what);
	parsed_release(&p);
	arena_release(&t->a);
}

static void check_repeated(const char *head, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct text t;

		text_init(&t, head);
		repeat(&t, v[i], SIZE);
		check_doc(&t, v[i]);
	}
}

START_TEST(inline_elements_that_never_end)
{
	static const char *const parts[] = { "[", "![", "`", "*", "_", "\\", "&", "<",
		"](", "a](", "[a](", "[a](<", "[a](b", "[a](b \"", "[a][", "![[]()",
		"<!--", "<?", "<![CDATA[", "<!A ", "<a ", "<a b=\"", "<http:", "**a *a ",
		"`a``b", "x://", "www.", "rune:", "x" };

	check_repeated("a ", parts, COUNTOF(parts));
}
END_TEST

START_TEST(inline_elements_by_the_thousand)
{
	static const char *const parts[] = { "[a](b)", "![](b)", "[]()", "`a` ",
		"<a@b.c>", "<a href=b>", "[[[[]]]]", "x http://a ", "rune:a ", "`rune:a`",
		"<HARD-GATE>", "</HARD-GATE>" };

	check_repeated("a ", parts, COUNTOF(parts));
}
END_TEST

START_TEST(inline_elements_in_html_blocks)
{
	static const char *const parts[] = { "`a ", "[a](b", "[", "<!A ", "<!--",
		"<a b=\"", "<pre>", "```\n", "`\n", "</pre" };

	check_repeated("<div>\n", parts, COUNTOF(parts));
}
END_TEST

START_TEST(blocks_by_the_thousand)
{
	static const char *const parts[] = { ">", "> ", ">\n", "- ", "-\n", "- a\n",
		"1. ", "+ - * ", "# a\n", "a\n===\n", "```\n", "~~~\n", "    x\n", "\n",
		"a\n\n", "* * ", "[a]: b\n", "[a]\n", "<div>\n`\n\n", "|", "| a ",
		"a|b\n-|-\n", "> a\n> ", "\t", "---\n" };

	check_repeated("", parts, COUNTOF(parts));
}
END_TEST

START_TEST(definitions_and_their_uses)
{
	struct text t;

	text_init(&t, "[a]: ");
	repeat(&t, "b", SIZE / 2);
	buf_addz(&t.b, "\n\n");
	repeat(&t, "[a]", SIZE / 2);
	check_doc(&t, "one long definition");

	text_init(&t, "");
	for (int i = 0; i < 30000; i++)
		buf_addf(&t.b, "[a%d]: b\n", i);
	repeat(&t, "[a1] ", SIZE / 2);
	check_doc(&t, "many definitions");
}
END_TEST

START_TEST(tables)
{
	struct text t;

	text_init(&t, "| a | b |\n|---|---|\n");
	repeat(&t, "| `x` | rune:a |\n", 300000);
	check_doc(&t, "a long table");

	text_init(&t, "");
	repeat(&t, "|a", 100000);
	buf_addz(&t.b, "\n");
	repeat(&t, "|-", 100000);
	buf_addz(&t.b, "\n");
	repeat(&t, "|`", 100000);
	check_doc(&t, "a wide table");
}
END_TEST

START_TEST(deep_lists_and_blank_lines)
{
	struct text t;

	text_init(&t, "");
	repeat(&t, "- ", 200000);
	check_doc(&t, "a hundred thousand levels");

	text_init(&t, "");
	repeat(&t, "- ", 6000);
	buf_addz(&t.b, "x\n");
	repeat(&t, "\n", SIZE);
	check_doc(&t, "blank lines under deep lists");

	text_init(&t, "");
	for (size_t i = 0; i < 800; i++) {
		buf_fill(&t.b, ' ', 2 * i);
		buf_addz(&t.b, "- a\n");
	}
	repeat(&t, "\n", SIZE);
	check_doc(&t, "stairs");
}
END_TEST

START_TEST(frontmatter_that_is_large_or_deep)
{
	static const char *const parts[] = { "[", "{a: ", "- ", "? ", "#x\n", "a: b\n",
		"a: \"\\n\"\n", "\xc3\xa9: \xc3\xa9\n", "a: ", "&a ", "*a ", "!a ", "'",
		"\"", "x ", "|\n", "\t", "%A\n", "x: y: " };

	for (size_t i = 0; i < COUNTOF(parts); i++) {
		struct text t;

		text_init(&t, "---\n");
		repeat(&t, parts[i], SIZE);
		buf_addz(&t.b, "\n---\n");
		check_doc(&t, parts[i]);
	}
}
END_TEST

static void check_json(const char *head, const char *part)
{
	clock_t from = clock();
	struct text t;
	struct parsed p;

	text_init(&t, head);
	repeat(&t, part, SIZE);
	parsed_source(&p, buf_str(&t.b));
	json_parse(p.src, RULE_CFG_SYNTAX, &p.a, &p.sink);
	ck_assert_msg(p.sink.n >= 1, "%s: accepted", part);
	ck_assert_msg((clock() - from) / CLOCKS_PER_SEC < SECONDS, "%s: too slow", part);
	parsed_release(&p);
	arena_release(&t.a);
}

START_TEST(json_that_is_large_or_deep)
{
	static const char *const parts[] = { "[", "{\"a\":", "\"a\",", "1,", "[],", "1",
		"\"\\u0041", " " };

	for (size_t i = 0; i < COUNTOF(parts); i++)
		check_json("[", parts[i]);
	check_json("{", "\"a\": 1,");
}
END_TEST

Suite *hostile_suite(void)
{
	Suite *s = suite_create("hostile");
	TCase *t = tcase_create("hostile");

	tcase_set_timeout(t, 600);
	tcase_add_test(t, inline_elements_that_never_end);
	tcase_add_test(t, inline_elements_by_the_thousand);
	tcase_add_test(t, inline_elements_in_html_blocks);
	tcase_add_test(t, blocks_by_the_thousand);
	tcase_add_test(t, definitions_and_their_uses);
	tcase_add_test(t, tables);
	tcase_add_test(t, deep_lists_and_blank_lines);
	tcase_add_test(t, frontmatter_that_is_large_or_deep);
	tcase_add_test(t, json_that_is_large_or_deep);
	suite_add_tcase(s, t);
	return s;
}
