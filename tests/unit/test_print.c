/* How diagnostics look, to people and to programs. */
#include <check.h>

#include "rune/diag.h"
#include "rune/json.h"
#include "rune/str.h"

Suite *print_suite(void);

static struct arena arena;
static struct source_set sources;
static struct diag_sink sink;

static void setup(void)
{
	source_set_init(&sources, &arena);
	diag_sink_init(&sink, &arena, NULL);
}

static void teardown(void)
{
	arena_release(&arena);
}

static struct span file(const char *path, const char *text, uint32_t off, uint32_t len)
{
	const struct source *s =
		source_add(&sources, str_c(path), str_c(text), SOURCE_FILE);

	return (struct span){ s->id, off, len };
}

static const char *text_of(bool color, enum severity min)
{
	struct buf out = BUF_INIT(&arena);
	struct diag_print_opts opts = { .color = color, .min = min };

	diag_sort(&sink, &sources);
	diag_print_text(&out, &sink, &sources, &opts);
	return out.n ? out.p : "";
}

static const char *text(void)
{
	return text_of(false, SEV_NOTE);
}

/* The excerpt and the mark of one diagnostic at a span of one text. */
static const char *excerpt(const char *source, uint32_t off, uint32_t len)
{
	struct str out, head;

	diag_sink_init(&sink, &arena, NULL);
	diag_report(&sink, RULE_REF_DANGLING, file("f", source, off, len), "m");
	out = str_c(text());
	ck_assert(str_line(&out, &head));
	return str_dupz(&arena, out);
}

START_TEST(a_finding_shows_place_line_and_caret)
{
	diag_report(&sink, RULE_REF_DANGLING,
		file("s/SKILL.md", "# a\n\nUse rune:x.\n", 9, 6), "unknown skill '%s'",
		"x");
	ck_assert_str_eq(text(), "s/SKILL.md:3:5: warning: unknown skill 'x' [RN2001]\n"
				 "    3 | Use rune:x.\n"
				 "      |     ^~~~~~\n");
}
END_TEST

START_TEST(places_without_text_are_a_path_or_the_program)
{
	const struct source *s =
		source_add(&sources, STR("out/x.md"), STR_NONE, SOURCE_NONE);

	diag_report(&sink, RULE_OUT_FOREIGN, source_span(s), "file exists");
	diag_report(&sink, RULE_IO, SPAN_NONE, "no disk");
	ck_assert_str_eq(text(), "rune: fatal: no disk [RN9001]\n"
				 "out/x.md: error: file exists [RN3003]\n");
}
END_TEST

START_TEST(notes_are_indented_and_have_their_own_place)
{
	struct span here = file("a", "x\n", 0, 1);
	struct diag *d = diag_report(&sink, RULE_NAME_DUPLICATE, here, "twice");

	diag_note(&sink, d, file("b", "one\ntwo\n", 4, 3), "first here");
	diag_note(&sink, d, SPAN_NONE, "rename one");
	ck_assert_str_eq(text(), "a:1:1: error: twice [RN2004]\n"
				 "    1 | x\n"
				 "      | ^\n"
				 "    b:2:1: note: first here\n"
				 "    note: rename one\n");
}
END_TEST

START_TEST(tabs_are_expanded_the_same_above_and_below)
{
	ck_assert_str_eq(excerpt("\tab\tc\n", 4, 1), "    1 |         ab      c\n"
						     "      |                 ^\n");
	/* a span that holds a tab is underlined through it */
	ck_assert_str_eq(excerpt("a\tb\n", 0, 3), "    1 | a       b\n"
						  "      | ^~~~~~~~~\n");
}
END_TEST

START_TEST(wide_characters_and_marks_are_counted_as_columns)
{
	/* two wide characters (4 columns), one e with a combining acute (1) */
	ck_assert_str_eq(excerpt("漢字e\xcc\x81x\n", 9, 1), "    1 | 漢字e\xcc\x81x\n"
							    "      |      ^\n");
	ck_assert_str_eq(excerpt("x漢字y\n", 1, 6), "    1 | x漢字y\n"
						    "      |  ^~~~\n");
}
END_TEST

START_TEST(underlines_end_with_the_line)
{
	ck_assert_str_eq(excerpt("abc\ndef\n", 1, 6), "    1 | abc\n"
						      "      |  ^~\n");
	ck_assert_str_eq(excerpt("abc\r\n", 0, 5), "    1 | abc\n"
						   "      | ^~~\n");
	/* an empty span; the end of a line; the end of the file */
	ck_assert_str_eq(excerpt("abc\n", 1, 0), "    1 | abc\n"
						 "      |  ^\n");
	ck_assert_str_eq(excerpt("abc\n", 3, 1), "    1 | abc\n"
						 "      |    ^\n");
	ck_assert_str_eq(excerpt("abc\n", 4, 0), "    2 | \n"
						 "      | ^\n");
	ck_assert_str_eq(excerpt("abc", 99, 5), "    1 | abc\n"
						"      |    ^\n");
}
END_TEST

START_TEST(source_lines_cannot_command_the_terminal)
{
	ck_assert_str_eq(excerpt("a\x1b[2Jb\n", 5, 1), "    1 | a<U+001B>[2Jb\n"
						       "      |             ^\n");
	ck_assert_str_eq(excerpt("a\xe2\x80\xae"
				 "b\n",
				 4, 1),
		"    1 | a<U+202E>b\n"
		"      |          ^\n");
	ck_assert_str_eq(excerpt("a\xff"
				 "b\xc2\x9b\n",
				 2, 1),
		"    1 | a<FF>b<U+009B>\n"
		"      |      ^\n");
}
END_TEST

START_TEST(messages_and_paths_cannot_either)
{
	struct diag *d =
		diag_report(&sink, RULE_REF_DANGLING, file("a\x1b]0;x\a", "x", 0, 1),
			"unknown '%s'", "x\ny\tz\x7f\xe2\x81\xa6");

	diag_note(&sink, d, SPAN_NONE, "\x1b[1m");
	diag_fixit(d, STR("\x1b[1m"));
	ck_assert_str_eq(text(),
		"a<U+001B>]0;x<U+0007>:1:1: warning: unknown 'x\\ny\\tz<U+007F><U+2066>' "
		"[RN2001]\n"
		"    1 | x\n"
		"      | ^\n"
		"      | <U+001B>[1m\n"
		"    note: <U+001B>[1m\n");
}
END_TEST

START_TEST(a_long_line_is_shown_around_the_span)
{
	struct buf line = BUF_INIT(&arena);
	struct str out, shown, mark;

	buf_fill(&line, 'x', 500000);
	buf_addz(&line, "HERE");
	buf_fill(&line, 'y', 500000);
	out = str_c(excerpt(line.p, 500000, 4));
	ck_assert(str_line(&out, &shown));
	ck_assert(str_line(&out, &mark));
	ck_assert_uint_lt(shown.n, 140);
	ck_assert(str_starts(str_from(shown, 8), STR("…x")));
	ck_assert(str_ends(shown, STR("y…")));
	/* the mark stands below the word: the ellipsis has 3 bytes, 1 column */
	ck_assert_uint_eq(
		str_find(mark, STR("^~~~"), 0) + 2, str_find(shown, STR("HERE"), 0));
}
END_TEST

START_TEST(color_is_an_option_and_less_severe_is_left_out)
{
	diag_report(&sink, RULE_REF_DANGLING, file("f", "x\n", 0, 1), "m");
	diag_report(&sink, RULE_TOOL_UNMAPPED, file("g", "x\n", 0, 1), "n");
	ck_assert_str_eq(text_of(true, SEV_WARN),
		"\x1b[1mf:1:1:\x1b[0m \x1b[1;35mwarning:\x1b[0m m "
		"\x1b[2m[RN2001]\x1b[0m\n"
		"\x1b[2m    1 | \x1b[0mx\n"
		"\x1b[2m      | \x1b[0m\x1b[1;32m^\x1b[0m\n");
}
END_TEST

START_TEST(a_replacement_is_shown_below_the_mark)
{
	struct diag *d =
		diag_report(&sink, RULE_REF_DANGLING, file("f", "rune:cok\n", 5, 3), "m");

	diag_fixit(d, STR("cook"));
	ck_assert_str_eq(text(), "f:1:6: warning: m [RN2001]\n"
				 "    1 | rune:cok\n"
				 "      |      ^~~\n"
				 "      |      cook\n");
}
END_TEST

/* ---- JSON ---------------------------------------------------------------------------- */

static const char *json_of(unsigned indent)
{
	struct buf out = BUF_INIT(&arena);

	diag_sort(&sink, &sources);
	diag_print_json(&out, &sink, &sources, indent);
	return out.p;
}

START_TEST(json_without_findings_is_an_empty_list)
{
	ck_assert_str_eq(json_of(0), "[]");
}
END_TEST

START_TEST(json_has_every_member)
{
	struct diag *d = diag_report(&sink, RULE_REF_DANGLING,
		file("f", "a\nrune:cok\n", 7, 3), "unknown 'cok'");

	diag_note(&sink, d, SPAN_NONE, "did you mean 'cook'?");
	diag_note(&sink, d, file("g", "x\n", 0, 1), "here");
	diag_fixit(d, STR("cook"));
	diag_report(&sink, RULE_IO, SPAN_NONE, "no disk");
	ck_assert_str_eq(json_of(2), "[\n"
				     "    {\n"
				     "      \"code\": \"RN9001\",\n"
				     "      \"rule\": \"io\",\n"
				     "      \"severity\": \"fatal\",\n"
				     "      \"message\": \"no disk\",\n"
				     "      \"notes\": []\n"
				     "    },\n"
				     "    {\n"
				     "      \"code\": \"RN2001\",\n"
				     "      \"rule\": \"reference-dangling\",\n"
				     "      \"severity\": \"warning\",\n"
				     "      \"message\": \"unknown 'cok'\",\n"
				     "      \"path\": \"f\",\n"
				     "      \"line\": 2,\n"
				     "      \"column\": 6,\n"
				     "      \"endLine\": 2,\n"
				     "      \"endColumn\": 9,\n"
				     "      \"notes\": [\n"
				     "        {\n"
				     "          \"message\": \"did you mean 'cook'?\"\n"
				     "        },\n"
				     "        {\n"
				     "          \"message\": \"here\",\n"
				     "          \"path\": \"g\",\n"
				     "          \"line\": 1,\n"
				     "          \"column\": 1\n"
				     "        }\n"
				     "      ],\n"
				     "      \"replacement\": \"cook\"\n"
				     "    }\n"
				     "  ]");
}
END_TEST

/* C15: whatever stands in names and paths, programs can read the list. */
START_TEST(c15_json_reads_back_whatever_the_message_holds)
{
	static const char message[] =
		"q\" b\\ n\n t\t e\x1b d\x7f l\xe2\x80\xa8 </script>";
	const struct json_value *v, *m;
	const struct source *s;

	diag_report(&sink, RULE_REF_DANGLING, file("p\xff", "x", 0, 1), "%s", message);
	s = source_add(&sources, STR("json"), str_c(json_of(0)), SOURCE_FILE);
	v = json_parse(s, RULE_CFG_SYNTAX, &arena, &sink);
	ck_assert_ptr_nonnull(v);
	ck_assert_uint_eq(v->n, 1);
	m = json_get(&v->v[0], STR("message"));
	ck_assert_ptr_nonnull(m);
	ck_assert(str_eq(m->string, str_c(message)));
	m = json_get(&v->v[0], STR("path"));
	ck_assert(str_eq(m->string, STR("p\xef\xbf\xbd")));
}
END_TEST

Suite *print_suite(void)
{
	Suite *s = suite_create("print");
	TCase *t = tcase_create("print");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_finding_shows_place_line_and_caret);
	tcase_add_test(t, places_without_text_are_a_path_or_the_program);
	tcase_add_test(t, notes_are_indented_and_have_their_own_place);
	tcase_add_test(t, tabs_are_expanded_the_same_above_and_below);
	tcase_add_test(t, wide_characters_and_marks_are_counted_as_columns);
	tcase_add_test(t, underlines_end_with_the_line);
	tcase_add_test(t, source_lines_cannot_command_the_terminal);
	tcase_add_test(t, messages_and_paths_cannot_either);
	tcase_add_test(t, a_long_line_is_shown_around_the_span);
	tcase_add_test(t, color_is_an_option_and_less_severe_is_left_out);
	tcase_add_test(t, a_replacement_is_shown_below_the_mark);
	tcase_add_test(t, json_without_findings_is_an_empty_list);
	tcase_add_test(t, json_has_every_member);
	tcase_add_test(t, c15_json_reads_back_whatever_the_message_holds);
	suite_add_tcase(s, t);
	return s;
}
