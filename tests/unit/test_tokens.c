#include <check.h>

#include "rune/tokens.h"

Suite *tokens_suite(void);

START_TEST(words_count_one_and_long_ones_more)
{
	ck_assert_uint_eq(tokens_estimate(STR_NONE), 0);
	ck_assert_uint_eq(tokens_estimate(STR("a")), 1);
	ck_assert_uint_eq(tokens_estimate(STR("one two three")), 3);
	ck_assert_uint_eq(tokens_estimate(STR("abcdefghijk")), 1);
	ck_assert_uint_eq(tokens_estimate(STR("abcdefghijkabcdefghijk")), 2);
	ck_assert_uint_eq(tokens_estimate(STR("123456")), 2);
	ck_assert_uint_eq(tokens_estimate(STR("1234567")), 3);
}
END_TEST

START_TEST(blanks_are_part_of_the_word_after_them)
{
	ck_assert_uint_eq(tokens_estimate(STR(" a b")), 2);
	ck_assert_uint_gt(tokens_estimate(STR("a\nb\nc\nd\n")), 4);
}
END_TEST

START_TEST(a_context_is_a_number_with_or_without_its_unit)
{
	ck_assert_uint_eq(tokens_parse(STR("200k")), 200000);
	ck_assert_uint_eq(tokens_parse(STR("200K")), 200000);
	ck_assert_uint_eq(tokens_parse(STR("1m")), 1000000);
	ck_assert_uint_eq(tokens_parse(STR("128000")), 128000);
	ck_assert_uint_eq(tokens_parse(STR("1000")), 1000);
	ck_assert_uint_eq(tokens_parse(STR("1000000000")), 1000000000);
}
END_TEST

START_TEST(what_is_no_context)
{
	static const char *const wrong[] = { "", "k", "m", "999", "0", "-5", "1.5m",
		"1 m", "200kb", "k200", "1001m", "99999999999999999999",
		"99999999999999999999k", "0x400" };

	for (size_t i = 0; i < COUNTOF(wrong); i++)
		ck_assert_msg(!tokens_parse((struct str){ wrong[i], strlen(wrong[i]) }),
			"'%s' is taken", wrong[i]);
}
END_TEST

Suite *tokens_suite(void)
{
	Suite *s = suite_create("tokens");
	TCase *tc = tcase_create("tokens");

	tcase_add_test(tc, words_count_one_and_long_ones_more);
	tcase_add_test(tc, blanks_are_part_of_the_word_after_them);
	tcase_add_test(tc, a_context_is_a_number_with_or_without_its_unit);
	tcase_add_test(tc, what_is_no_context);
	suite_add_tcase(s, tc);
	return s;
}
