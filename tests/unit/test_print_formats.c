/* Findings for other programs: escapes, columns, paths. */
#include <check.h>

#include "diag/print.h"
#include "rune/str.h"

Suite *print_formats_suite(void);

static struct arena a;
static struct source_set sources;
static struct diag_sink sink;
static struct span file;
static struct diag_tool tool;

#define TEXT "\xf0\x9f\x98\x80 one\ntwo \xc3\xbc x\n"

static void setup(void)
{
	source_set_init(&sources, &a);
	diag_sink_init(&sink, &a, NULL);
	file = source_span(
		source_add(&sources, STR("a,b:c%.md"), STR(TEXT), SOURCE_FILE));
	tool = (struct diag_tool){ .version = STR("1.2.3"),
		.root = STR("/r"),
		.cwd = STR("/r/sub"),
		.ok = true };
}

static void teardown(void)
{
	arena_release(&a);
}

static struct span at(uint32_t off, uint32_t len)
{
	return (struct span){ file.src, off, len };
}

typedef void printer(struct buf *, const struct diag_sink *, const struct source_set *,
	const struct diag_tool *);

static const char *printed(printer *print)
{
	struct buf b = BUF_INIT(&a);

	diag_sort(&sink, &sources);
	print(&b, &sink, &sources, &tool);
	return b.n ? b.p : "";
}

#define has(text, part) \
	ck_assert_msg(strstr((text), (part)) != NULL, "no '%s' in:\n%s", (part), (text))
#define lacks(text, part) \
	ck_assert_msg(strstr((text), (part)) == NULL, "'%s' in:\n%s", (part), (text))

static size_t occurrences(const char *text, const char *part)
{
	size_t n = 0;

	while ((text = strstr(text, part))) {
		text += strlen(part);
		n++;
	}
	return n;
}

START_TEST(columns_are_utf16_code_units)
{
	const struct source *s = source_get(&sources, file.src);

	ck_assert_uint_eq(print_locate16(s, 0).col, 1);
	ck_assert_uint_eq(print_locate16(s, 4).col, 3); /* after a surrogate pair */
	ck_assert_uint_eq(print_locate16(s, 9 + 6).col, 6);
	ck_assert_uint_eq(print_locate16(s, 9 + 6).line, 2);
}
END_TEST

START_TEST(a_byte_order_mark_takes_no_column)
{
	const struct source *s = source_add(&sources, STR("bom.md"),
		STR("\xef\xbb\xbf"
		    "ab\n"),
		SOURCE_FILE);

	ck_assert_uint_eq(print_locate16(s, 3).col, 1);
	ck_assert_uint_eq(print_locate16(s, 4).col, 2);
	ck_assert_uint_eq(print_locate16(s, 0).col, 1);
}
END_TEST

START_TEST(paths_are_below_the_root_or_absolute)
{
	ck_assert(str_eq(print_path(&tool, STR("x.md"), &a), STR("sub/x.md")));
	ck_assert(str_eq(print_path(&tool, STR("../x.md"), &a), STR("x.md")));
	ck_assert(str_eq(print_path(&tool, STR("../../x.md"), &a), STR("/x.md")));
	ck_assert(str_eq(print_path(&tool, STR("/r/x.md"), &a), STR("x.md")));
	ck_assert(str_eq(print_path(&tool, STR("/rx/x.md"), &a), STR("/rx/x.md")));
}
END_TEST

START_TEST(github_escapes_what_would_end_a_property_or_the_command)
{
	const char *out;

	diag_report(&sink, RULE_LINK_BROKEN, at(5, 3), "50%%: a, b\r\n::error::gotcha");
	out = printed(diag_print_github);
	ck_assert_str_eq(out,
		"::warning "
		"file=sub/a%2Cb%3Ac%25.md,line=1,col=4,endColumn=7,title=RN5003 "
		"link-broken::50%25: a, b\\r%0A::error::gotcha\n");
}
END_TEST

START_TEST(github_gives_columns_for_one_line_only)
{
	const char *out;

	diag_report(&sink, RULE_LINK_BROKEN, at(5, 8), "x");
	out = printed(diag_print_github);
	has(out, ",line=1,endLine=2,");
	lacks(out, "col=");
}
END_TEST

START_TEST(github_without_a_place)
{
	struct diag *d = diag_report(&sink, RULE_IO, SPAN_NONE, "x");

	diag_note(&sink, d, at(0, 1), "see");
	ck_assert_str_eq(printed(diag_print_github),
		"::error title=RN9001 io::x%0Aa,b:c%25.md:1: see\n");
}
END_TEST

START_TEST(junit_spells_out_what_xml_cannot_hold)
{
	const char *out;

	diag_report(&sink, RULE_LINK_BROKEN, at(0, 1),
		"<a> & \"b\" \x01 \x1b[31m \xff \xe2\x80\xae \xef\xbf\xbf");
	out = printed(diag_print_junit);
	has(out, "message=\"&lt;a&gt; &amp; &quot;b&quot; &lt;U+0001&gt; "
		 "&lt;U+001B&gt;[31m &lt;FF&gt; &lt;U+202E&gt; \xef\xbf\xbd\"");
	lacks(out, "\x1b");
}
END_TEST

START_TEST(junit_of_nothing_is_a_test_that_passed)
{
	const char *out = printed(diag_print_junit);

	has(out, "tests=\"1\" failures=\"0\"");
	has(out, "all is well");
}
END_TEST

START_TEST(junit_counts_notes_as_passed)
{
	const char *out;

	diag_report(&sink, RULE_LINK_BROKEN, at(0, 1), "x");
	diag_report(&sink, RULE_EOF_NEWLINE, at(0, 1), "y");
	out = printed(diag_print_junit);
	has(out, "<testsuites name=\"rune doctor\" tests=\"2\" failures=\"1\"");
	has(out, "<system-out>");
}
END_TEST

START_TEST(sarif_encodes_paths_and_says_what_they_are_relative_to)
{
	const char *out;

	diag_report(&sink, RULE_LINK_BROKEN, at(5, 3), "x");
	out = printed(diag_print_sarif);
	has(out, "\"uri\": \"sub/a,b%3Ac%25.md\"");
	has(out, "\"uriBaseId\": \"%SRCROOT%\"");
	tool.root = STR("/elsewhere");
	out = printed(diag_print_sarif);
	has(out, "\"uri\": \"file:///r/sub/a,b%3Ac%25.md\"");
	lacks(out, "uriBaseId\"");
}
END_TEST

START_TEST(sarif_has_a_fix_in_another_file)
{
	struct span other =
		source_span(source_add(&sources, STR("o.md"), STR("abc\n"), SOURCE_FILE));
	struct diag *d = diag_report(&sink, RULE_LINK_BROKEN, at(5, 3), "x");
	const char *out;

	diag_fix(&sink, d, "say %s", "so");
	diag_edit(&sink, d, (struct span){ other.src, 1, 1 }, STR("\"\n"));
	out = printed(diag_print_sarif);
	has(out, "\"text\": \"say so\"");
	has(out, "\"uri\": \"sub/o.md\"");
	has(out, "\"text\": \"\\\"\\n\"");
}
END_TEST

START_TEST(sarif_lists_each_rule_once_and_by_index)
{
	const char *out;

	diag_report(&sink, RULE_LINK_BROKEN, at(5, 1), "x");
	diag_report(&sink, RULE_LINK_BROKEN, at(6, 1), "y");
	diag_report(&sink, RULE_FM_SYNTAX, at(7, 1), "z");
	out = printed(diag_print_sarif);
	ck_assert_uint_eq(occurrences(out, "\"id\": \"RN5003\""), 1);
	has(out, "\"ruleId\": \"RN5003\",\n          \"ruleIndex\": 1");
	has(out, "\"ruleId\": \"RN1002\",\n          \"ruleIndex\": 0");
}
END_TEST

Suite *print_formats_suite(void)
{
	Suite *s = suite_create("print_formats");
	TCase *tc = tcase_create("print_formats");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, columns_are_utf16_code_units);
	tcase_add_test(tc, a_byte_order_mark_takes_no_column);
	tcase_add_test(tc, paths_are_below_the_root_or_absolute);
	tcase_add_test(tc, github_escapes_what_would_end_a_property_or_the_command);
	tcase_add_test(tc, github_gives_columns_for_one_line_only);
	tcase_add_test(tc, github_without_a_place);
	tcase_add_test(tc, junit_spells_out_what_xml_cannot_hold);
	tcase_add_test(tc, junit_of_nothing_is_a_test_that_passed);
	tcase_add_test(tc, junit_counts_notes_as_passed);
	tcase_add_test(tc, sarif_encodes_paths_and_says_what_they_are_relative_to);
	tcase_add_test(tc, sarif_has_a_fix_in_another_file);
	tcase_add_test(tc, sarif_lists_each_rule_once_and_by_index);
	suite_add_tcase(s, tc);
	return s;
}
