#include <check.h>

#include "rune/str.h"
#include "rune/utf8.h"

Suite *utf8_suite(void);

START_TEST(every_code_point_survives_a_round_trip)
{
	for (uint32_t cp = 0; cp <= 0x110000; cp++) {
		char out[4];
		size_t off = 0, n = utf8_put(out, cp);
		bool valid = cp <= 0x10ffff && !(cp >= 0xd800 && cp <= 0xdfff);

		bool survives = n &&
				utf8_next((struct str){ out, n }, &off) == (int32_t)cp &&
				off == n;

		if (survives != valid || (n != 0) != valid) /* an assert costs 10 us */
			ck_abort_msg("U+%04X", cp);
	}
}
END_TEST

START_TEST(malformed_bytes_are_found_where_they_are)
{
	static const struct {
		const char *text;
		size_t at;
	} table[] = {
		{ "ok", 2 }, { "caf\xe9", 3 }, /* Latin-1 */
		{ "12345678\xc0\x80", 8 }, /* overlong NUL */
		{ "\xed\xa0\x80", 0 }, /* surrogate */
		{ "\xf4\x90\x80\x80", 0 }, /* above U+10FFFF */
		{ "\xe2\x82", 0 }, /* cut off */
		{ "a\x80", 1 }, /* lone continuation */
		{ "\xf0\x9f\x98\x80", 4 }, /* good: an emoji */
		{ "1234567\xc3\xa9 12345678", 18 }, /* good, across a word of eight */
	};

	for (size_t i = 0; i < COUNTOF(table); i++)
		ck_assert_uint_eq(utf8_check(str_c(table[i].text)), table[i].at);
}
END_TEST

/* E19: a text is never cut inside a character */
START_TEST(e19_floor_never_splits_a_character)
{
	struct str s = STR("ab\xf0\x9f\x98\x80z");

	for (size_t i = 0; i <= s.n + 2; i++) {
		size_t at = utf8_floor(s, i);

		ck_assert_uint_le(at, i < s.n ? i : s.n);
		ck_assert_uint_eq(utf8_check(str_sub(s, 0, at)), at);
	}
	ck_assert_uint_eq(utf8_floor(s, 5), 2);
	ck_assert_uint_eq(utf8_count(s), 4);
	ck_assert_uint_eq(utf8_offset(s, 3), 6);
	ck_assert_uint_eq(utf8_offset(s, 99), s.n);
}
END_TEST

START_TEST(width_counts_columns)
{
	ck_assert_uint_eq(utf8_width(STR("abc")), 3);
	ck_assert_uint_eq(utf8_width(STR("caf\xc3\xa9")), 4);
	ck_assert_uint_eq(utf8_width(STR("cafe\xcc\x81")), 4);
	ck_assert_uint_eq(utf8_width(STR("\xe6\xbc\xa2")), 2);
}
END_TEST

Suite *utf8_suite(void)
{
	Suite *s = suite_create("utf8");
	TCase *t = tcase_create("utf8");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, every_code_point_survives_a_round_trip);
	tcase_add_test(t, malformed_bytes_are_found_where_they_are);
	tcase_add_test(t, e19_floor_never_splits_a_character);
	tcase_add_test(t, width_counts_columns);
	suite_add_tcase(s, t);
	return s;
}
