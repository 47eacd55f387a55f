/* The words of generated texts: cutting, escaping. */
#include <check.h>

#include "emit/plan.h"
#include "rune/str.h"
#include "rune/utf8.h"

Suite *template_suite(void);

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

static void ck_str(struct str got, const char *want)
{
	ck_assert_msg(
		str_eq(got, str_c(want)), "got '%.*s', want '%s'", STR_ARG(got), want);
}

START_TEST(short_text_is_not_cut)
{
	ck_str(clip_text(&arena, STR("One two."), 8), "One two.");
	ck_str(clip_text(&arena, STR("One two."), 0), "One two.");
	ck_str(clip_text(&arena, STR(""), 3), "");
}
END_TEST

START_TEST(long_text_is_cut_after_a_sentence)
{
	ck_str(clip_text(&arena, STR("Does this. Use when that happens."), 20),
		"Does this.");
	/* but not if less than half would be left */
	ck_str(clip_text(&arena, STR("No. This goes on and on and on."), 20),
		"No. This goes on...");
	/* a dot inside an abbreviation ends nothing */
	ck_str(clip_text(&arena, STR("Many kinds, e.g. these and those too."), 22),
		"Many kinds, e.g...");
}
END_TEST

START_TEST(e19_cut_never_splits_a_code_point)
{
	/* 4 bytes each, no blank to cut at */
	static const char fires[] = "\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5"
				    "\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5";

	ck_str(clip_text(&arena, STR(fires), 5), fires);
	ck_str(clip_text(&arena, STR(fires), 4), "\xf0\x9f\x94\xa5...");
	for (size_t max = 1; max < 12; max++) {
		struct str s = clip_text(
			&arena, STR("a\xc3\xa9\xf0\x9f\x94\xa5 b\xc3\xa9 c. D"), max);

		ck_assert_uint_eq(utf8_check(s), s.n);
		ck_assert_uint_le(utf8_count(s), max);
	}
}
END_TEST

START_TEST(a_cut_tears_no_code_span)
{
	ck_str(clip_text(&arena, STR("Run it with `make all check` and wait"), 24),
		"Run it with...");
}
END_TEST

START_TEST(first_sentence_stops_before_the_next)
{
	ck_str(first_sentence(&arena, STR("Finds x. Use when y."), 100), "Finds x.");
	ck_str(first_sentence(&arena, STR("Finds x, e.g. a 1.5 b. Use"), 100),
		"Finds x, e.g. a 1.5 b.");
	ck_str(first_sentence(&arena, STR("no end at all"), 100), "no end at all");
	ck_str(first_sentence(&arena, STR("What now? Go."), 100), "What now?");
}
END_TEST

START_TEST(k12_cells_do_not_break_their_row)
{
	ck_str(table_cell(&arena, STR("a|b\\|c\nd")), "a\\|b\\|c d");
}
END_TEST

START_TEST(trimmed_lines_keep_the_first_indentation)
{
	ck_str(str_trim_lines(STR("\n \n    code\n\n")), "    code");
	ck_str(str_trim_lines(STR("\r\n\r\na\r\n")), "a");
	ck_str(str_trim_lines(STR(" \n")), "");
}
END_TEST

START_TEST(links_with_blanks_are_bracketed)
{
	struct buf b = BUF_INIT(&arena);

	add_link(&b, STR("a [b]"), STR("references/my file.md"));
	add_link(&b, STR("c"), STR("references/c.md"));
	ck_str(buf_str(&b), "[a \\[b\\]](<references/my file.md>)[c](references/c.md)");
}
END_TEST

Suite *template_suite(void)
{
	Suite *s = suite_create("template");
	TCase *t = tcase_create("template");

	tcase_add_checked_fixture(t, NULL, release);
	tcase_add_test(t, short_text_is_not_cut);
	tcase_add_test(t, long_text_is_cut_after_a_sentence);
	tcase_add_test(t, e19_cut_never_splits_a_code_point);
	tcase_add_test(t, a_cut_tears_no_code_span);
	tcase_add_test(t, first_sentence_stops_before_the_next);
	tcase_add_test(t, k12_cells_do_not_break_their_row);
	tcase_add_test(t, trimmed_lines_keep_the_first_indentation);
	tcase_add_test(t, links_with_blanks_are_bracketed);
	suite_add_tcase(s, t);
	return s;
}
