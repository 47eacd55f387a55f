/* Slices, buffers, arenas and maps. */
#include <check.h>

#include "rune/buf.h"
#include "rune/map.h"
#include "rune/str.h"

#define ck_str(got, want) \
	ck_assert_msg(    \
		str_eq((got), STR(want)), "got '%.*s', want '%s'", STR_ARG(got), want)

Suite *str_suite(void);

START_TEST(sub_is_clipped)
{
	ck_str(str_sub(STR("abc"), 1, 99), "bc");
	ck_str(str_sub(STR("abc"), 9, 1), "");
	ck_str(str_from(STR("abc"), 3), "");
}
END_TEST

START_TEST(order_is_by_bytes_then_length)
{
	ck_assert_int_lt(str_cmp(STR("a"), STR("b")), 0);
	ck_assert_int_lt(str_cmp(STR("a"), STR("aa")), 0);
	ck_assert_int_eq(str_cmp(STR(""), STR_NONE), 0);
	ck_assert_int_gt(str_cmp(STR("\xc3\xa9"), STR("z")), 0);
}
END_TEST

START_TEST(find_handles_repeats_and_ends)
{
	ck_assert_uint_eq(str_find(STR("aaab"), STR("aab"), 0), 1);
	ck_assert_uint_eq(str_find(STR("abc"), STR("abcd"), 0), STR_NPOS);
	ck_assert_uint_eq(str_find(STR("abcabc"), STR("abc"), 1), 3);
	ck_assert_uint_eq(str_find_char(STR("abc"), 'c', 3), STR_NPOS);
}
END_TEST

START_TEST(split_keeps_empty_pieces)
{
	struct str rest = STR("a,,b,"), piece;
	const char *want[] = { "a", "", "b", "" };
	size_t n = 0;

	for (; str_split(&rest, ',', &piece); n++) {
		ck_assert_uint_lt(n, 4);
		ck_assert(str_eq(piece, str_c(want[n])));
	}
	ck_assert_uint_eq(n, 4);
	rest = STR_NONE;
	ck_assert(!str_split(&rest, ',', &piece));
}
END_TEST

START_TEST(lines_end_with_lf_or_crlf)
{
	struct str rest = STR("one\r\ntwo\n\nfour"), line;

	ck_assert(str_line(&rest, &line));
	ck_str(line, "one");
	ck_assert(str_line(&rest, &line));
	ck_str(line, "two");
	ck_assert(str_line(&rest, &line));
	ck_str(line, "");
	ck_assert(str_line(&rest, &line));
	ck_str(line, "four");
	ck_assert(!str_line(&rest, &line));
}
END_TEST

START_TEST(distance_counts_edits_and_swaps)
{
	ck_assert_uint_eq(str_distance(STR("cook"), STR("cook")), 0);
	ck_assert_uint_eq(str_distance(STR("cook"), STR("COOK")), 0);
	ck_assert_uint_eq(str_distance(STR("cook"), STR("coko")), 1);
	ck_assert_uint_eq(str_distance(STR("cook"), STR("cok")), 1);
	ck_assert_uint_eq(str_distance(STR(""), STR("abc")), 3);
	ck_assert_uint_eq(str_distance(STR("kitten"), STR("sitting")), 3);
}
END_TEST

START_TEST(nearest_suggests_only_what_is_near)
{
	const struct str names[] = { STR("platform"), STR("platforms"), STR("prefix") };

	ck_str(str_nearest(STR("platfrom"), names, COUNTOF(names)), "platform");
	ck_assert_uint_eq(str_nearest(STR("branding"), names, COUNTOF(names)).n, 0);
}
END_TEST

START_TEST(expand_replaces_every_key)
{
	struct arena a = { 0 };

	ck_str(str_expand(&a, STR("{name}/{name}.md"), STR("name"), STR("x")), "x/x.md");
	ck_str(str_expand(&a, STR("none"), STR("name"), STR("x")), "none");
	ck_str(str_expand(&a, STR("{name}"), STR("name"), STR_NONE), "");
	arena_release(&a);
}
END_TEST

START_TEST(buffers_grow_and_stay_terminated)
{
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);
	struct buf other = BUF_INIT(&a);

	for (int i = 0; i < 5000; i++) {
		buf_addf(&b, "%d,", i % 10);
		buf_addc(&other, 'x'); /* another allocation in between */
	}
	ck_assert_uint_eq(b.n, 10000);
	ck_assert_uint_eq(other.n, 5000);
	ck_assert_int_eq(b.p[b.n], '\0');
	for (size_t i = 0; i < b.n; i += 2)
		ck_assert_int_eq(b.p[i], '0' + (int)(i / 2 % 10));
	arena_release(&a);
}
END_TEST

START_TEST(arena_memory_is_zeroed_and_aligned)
{
	struct arena a = { 0 };

	for (size_t i = 1; i < 3000; i += 7) {
		char *p = arena_array(&a, char, i);
		uint64_t *q = arena_new(&a, uint64_t);

		for (size_t k = 0; k < i; k++)
			if (p[k]) /* an assert for each byte would take seconds */
				ck_abort_msg("byte %zu of %zu", k, i);
		ck_assert_uint_eq((uintptr_t)q % _Alignof(uint64_t), 0);
		memset(p, 0xff, i);
		*q = UINT64_MAX;
	}
	arena_release(&a);
	ck_assert_ptr_null(a.head);
}
END_TEST

START_TEST(push_zeroes_what_it_adds)
{
	struct arena a = { 0 };
	int *v = NULL;
	size_t n = 0, cap = 0;

	for (int i = 0; i < 1000; i++) {
		int *p = arena_push(&a, int, v, n, cap);

		ck_assert_int_eq(*p, 0);
		*p = i;
		if (i % 3 == 0)
			arena_array(&a, char, 5); /* no growing in place */
	}
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(v[i], i);
	arena_release(&a);
}
END_TEST

START_TEST(map_keeps_order_and_first_value)
{
	struct arena a = { 0 };
	struct map m = MAP_INIT(&a);
	int value[1000];

	ck_assert_ptr_null(map_find(&m, STR("x")));
	for (int i = 0; i < 1000; i++)
		ck_assert_ptr_null(map_add(&m, str_fmt(&a, "key%d", i), &value[i]));
	ck_assert_ptr_eq(map_add(&m, STR("key7"), &value[9]), &value[7]);
	ck_assert_ptr_eq(map_find(&m, STR("key7")), &value[7]);
	map_set(&m, STR("key7"), &value[9]);
	ck_assert_ptr_eq(map_find(&m, STR("key7")), &value[9]);
	ck_assert_uint_eq(m.n, 1000);
	for (size_t i = 0; i < m.n; i++)
		ck_assert(str_eq(m.entry[i].key, str_fmt(&a, "key%zu", i)));
	ck_assert_ptr_null(map_find(&m, STR("key1000")));
	/* names of another language's object members are names like others */
	ck_assert_ptr_null(map_find(&m, STR("constructor")));
	arena_release(&a);
}
END_TEST

Suite *str_suite(void)
{
	Suite *s = suite_create("str");
	TCase *t = tcase_create("str");

	tcase_add_test(t, sub_is_clipped);
	tcase_add_test(t, order_is_by_bytes_then_length);
	tcase_add_test(t, find_handles_repeats_and_ends);
	tcase_add_test(t, split_keeps_empty_pieces);
	tcase_add_test(t, lines_end_with_lf_or_crlf);
	tcase_add_test(t, distance_counts_edits_and_swaps);
	tcase_add_test(t, nearest_suggests_only_what_is_near);
	tcase_add_test(t, expand_replaces_every_key);
	tcase_add_test(t, buffers_grow_and_stay_terminated);
	tcase_add_test(t, arena_memory_is_zeroed_and_aligned);
	tcase_add_test(t, push_zeroes_what_it_adds);
	tcase_add_test(t, map_keeps_order_and_first_value);
	suite_add_tcase(s, t);
	return s;
}
