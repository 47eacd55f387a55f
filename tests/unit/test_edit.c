#include <check.h>

#include "rune/edit.h"
#include "rune/str.h"

Suite *edit_suite(void);

static struct arena arena;
static struct edit_list list;

static void setup(void)
{
	list = (struct edit_list){ &arena, NULL, 0, 0 };
}

static void release(void)
{
	arena_release(&arena);
}

static const struct str text = STR_INIT("0123456789");

static void add(uint32_t off, uint32_t len, const char *with, uint16_t pass)
{
	edit_add(&list, off, len, str_c(with), pass);
}

static size_t apply(uint32_t off, uint32_t len, const char *want)
{
	struct str out;
	size_t dropped =
		edit_apply(&list, text, (struct span){ 1, off, len }, &arena, &out);

	ck_assert_msg(
		str_eq(out, str_c(want)), "got '%.*s', want '%s'", STR_ARG(out), want);
	return dropped;
}

START_TEST(no_edits_give_the_bytes_themselves)
{
	struct str out;

	ck_assert_uint_eq(
		edit_apply(&list, text, (struct span){ 1, 2, 5 }, &arena, &out), 0);
	ck_assert_ptr_eq(out.p, text.p + 2);
	ck_assert_uint_eq(out.n, 5);
	ck_assert_uint_eq(
		edit_apply(&list, text, (struct span){ 1, 10, 0 }, &arena, &out), 0);
	ck_assert_uint_eq(out.n, 0);
}
END_TEST

START_TEST(edits_are_spliced_in_order_of_place)
{
	add(7, 2, "BB", 1);
	add(1, 1, "", 0);
	add(4, 0, "-", 2);
	ck_assert_uint_eq(apply(0, 10, "023-456BB9"), 0);
}
END_TEST

START_TEST(insertions_at_one_place_stand_in_pass_order)
{
	add(3, 0, "c", 3);
	add(3, 0, "a", 1);
	add(3, 0, "b", 1);
	add(3, 2, "X", 0); /* what is replaced there comes after all of them */
	ck_assert_uint_eq(apply(0, 10, "012abcX56789"), 0);
}
END_TEST

START_TEST(insertions_at_both_ends_belong_to_the_range)
{
	add(2, 0, "<", 5);
	add(8, 0, "]", 9);
	add(8, 0, ">", 8);
	ck_assert_uint_eq(apply(2, 6, "<234567>]"), 0);
	setup();
	add(0, 0, "x", 0);
	ck_assert_uint_eq(apply(0, 0, "x"), 0);
}
END_TEST

START_TEST(edits_that_only_touch_do_not_conflict)
{
	add(2, 3, "a", 0);
	add(5, 2, "b", 1);
	add(5, 0, "|", 2);
	add(2, 0, "|", 2);
	ck_assert_uint_eq(apply(0, 10, "01|a|b789"), 0);
}
END_TEST

START_TEST(the_earlier_pass_wins_whatever_the_order)
{
	add(2, 4, "late", 2);
	add(4, 4, "early", 1);
	ck_assert_uint_eq(apply(0, 10, "0123early89"), 1);
	ck_assert_uint_eq(list.n, 2);
	ck_assert_uint_eq(list.v[0].pass, 1);
	ck_assert_uint_eq(list.v[1].pass, 2); /* dropped ones come last */
}
END_TEST

START_TEST(what_loses_does_not_take_others_with_it)
{
	add(0, 3, "A", 3); /* overlaps only what is dropped itself */
	add(2, 4, "B", 2);
	add(5, 3, "C", 1);
	ck_assert_uint_eq(apply(0, 10, "A34C89"), 1);
}
END_TEST

START_TEST(an_insertion_inside_a_replacement_is_dropped)
{
	add(2, 5, "R", 0);
	add(4, 0, "lost", 1);
	ck_assert_uint_eq(apply(0, 10, "01R789"), 1);
	setup();
	add(2, 5, "lost", 1);
	add(4, 0, "i", 0);
	ck_assert_uint_eq(apply(0, 10, "0123i456789"), 1);
}
END_TEST

START_TEST(a_pass_that_contradicts_itself_gets_its_first_edit)
{
	add(3, 3, "one", 0);
	add(3, 3, "two", 0);
	ck_assert_uint_eq(apply(0, 10, "012one6789"), 1);
}
END_TEST

/* A slow, obvious way to do the same. */
static size_t apply_slowly(const struct edit *v, size_t n, char *out)
{
	bool kept[64] = { false };
	size_t len = 0, dropped = 0;

	for (unsigned pass = 0; pass < 4; pass++)
		for (size_t off = 0; off <= text.n; off++)
			for (int replace = 0; replace < 2; replace++)
				for (size_t i = 0; i < n; i++) {
					bool fits = true;

					if (v[i].pass != pass || v[i].off != off ||
						(v[i].len > 0) != replace)
						continue;
					for (size_t k = 0; k < n; k++) {
						size_t a = v[i].off, b = a + v[i].len;
						size_t c = v[k].off, d = c + v[k].len;

						if (kept[k] && a < d && c < b)
							fits = false;
					}
					kept[i] = fits;
					dropped += !fits;
				}
	for (size_t off = 0; off <= text.n; off++) {
		bool gone = false;

		for (unsigned pass = 0; pass < 4; pass++)
			for (size_t i = 0; i < n; i++)
				if (kept[i] && !v[i].len && v[i].off == off &&
					v[i].pass == pass)
					out[len++] = v[i].with.p[0];
		for (size_t i = 0; i < n; i++) {
			if (!kept[i] || !v[i].len)
				continue;
			if (v[i].off == off)
				out[len++] = v[i].with.p[0];
			gone |= v[i].off <= off && off < v[i].off + v[i].len;
		}
		if (!gone && off < text.n)
			out[len++] = text.p[off];
	}
	out[len] = 0;
	return dropped;
}

START_TEST(random_edits_come_out_as_the_slow_way_has_them)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	uint32_t seed = 1;

	for (int round = 0; round < 5000; round++) {
		struct edit copy[16];
		char want[64];
		struct str out;
		size_t n, dropped;

		setup();
		seed = seed * 1664525 + 1013904223;
		n = seed >> 28;
		for (size_t i = 0; i < n; i++) {
			uint32_t off, len;

			seed = seed * 1664525 + 1013904223;
			off = (seed >> 8) % 11;
			len = (seed >> 16) % 4;
			if (len > 10 - off)
				len = 10 - off;
			edit_add(&list, off, len, (struct str){ letters + i, 1 },
				(uint16_t)(seed >> 24) % 4);
		}
		if (n)
			memcpy(copy, list.v, n * sizeof(*copy));
		dropped = apply_slowly(copy, n, want);
		ck_assert_uint_eq(
			edit_apply(&list, text, (struct span){ 1, 0, 10 }, &arena, &out),
			dropped);
		ck_assert_msg(str_eq(out, str_c(want)), "round %d: got '%.*s', want '%s'",
			round, STR_ARG(out), want);
	}
}
END_TEST

Suite *edit_suite(void)
{
	Suite *s = suite_create("edit");
	TCase *t = tcase_create("edit");

	tcase_add_checked_fixture(t, setup, release);
	tcase_add_test(t, no_edits_give_the_bytes_themselves);
	tcase_add_test(t, edits_are_spliced_in_order_of_place);
	tcase_add_test(t, insertions_at_one_place_stand_in_pass_order);
	tcase_add_test(t, insertions_at_both_ends_belong_to_the_range);
	tcase_add_test(t, edits_that_only_touch_do_not_conflict);
	tcase_add_test(t, the_earlier_pass_wins_whatever_the_order);
	tcase_add_test(t, what_loses_does_not_take_others_with_it);
	tcase_add_test(t, an_insertion_inside_a_replacement_is_dropped);
	tcase_add_test(t, a_pass_that_contradicts_itself_gets_its_first_edit);
	tcase_add_test(t, random_edits_come_out_as_the_slow_way_has_them);
	suite_add_tcase(s, t);
	return s;
}
