/* Sources: lines, columns, ids. */
#include <check.h>

#include "parse_fixture.h"

Suite *source_suite(void);

static const struct source *source_of(struct parsed *p, struct str text)
{
	parsed_source(p, text);
	return p->src;
}

START_TEST(id_0_is_no_source)
{
	struct parsed p;

	source_of(&p, STR("x"));
	ck_assert_uint_eq(p.src->id, 1);
	ck_assert_uint_eq(source_get(&p.set, 0)->text.n, 0);
	ck_assert_uint_eq(source_get(&p.set, 0)->path.n, 0);
	ck_assert_ptr_eq(source_get(&p.set, 1), p.src);
	parsed_release(&p);
}
END_TEST

START_TEST(an_empty_text_has_one_line)
{
	struct parsed p;
	const struct source *s = source_of(&p, STR_NONE);

	ck_assert_uint_eq(s->nline, 1);
	ck_str(source_line(s, 1), "");
	ck_assert_uint_eq(source_locate(s, 0).line, 1);
	ck_assert_uint_eq(source_locate(s, 0).col, 1);
	ck_assert_uint_eq(source_span(s).len, 0);
	ck_str(source_slice(s, source_span(s)), "");
	parsed_release(&p);
}
END_TEST

START_TEST(lines_and_columns_count_from_one)
{
	struct parsed p;
	const struct source *s = source_of(&p, STR("ab\n\ncd"));
	static const struct linecol want[] = { { 1, 1 }, { 1, 2 }, { 1, 3 }, { 2, 1 },
		{ 3, 1 }, { 3, 2 }, { 3, 3 } };

	ck_assert_uint_eq(s->nline, 3);
	for (uint32_t i = 0; i < COUNTOF(want); i++) {
		ck_assert_uint_eq(source_locate(s, i).line, want[i].line);
		ck_assert_uint_eq(source_locate(s, i).col, want[i].col);
	}
	ck_str(source_line(s, 1), "ab");
	ck_str(source_line(s, 2), "");
	ck_str(source_line(s, 3), "cd");
	parsed_release(&p);
}
END_TEST

START_TEST(an_offset_behind_the_end_is_the_end)
{
	struct parsed p;
	const struct source *s = source_of(&p, STR("ab\n"));

	ck_assert_uint_eq(s->nline, 2);
	ck_assert_uint_eq(source_locate(s, 99).line, 2);
	ck_assert_uint_eq(source_locate(s, 99).col, 1);
	parsed_release(&p);
}
END_TEST

START_TEST(a_line_has_no_carriage_return)
{
	struct parsed p;
	const struct source *s = source_of(&p, STR("ab\r\ncd\r\n"));

	ck_str(source_line(s, 1), "ab");
	ck_str(source_line(s, 2), "cd");
	ck_assert_uint_eq(source_locate(s, 4).line, 2);
	parsed_release(&p);
}
END_TEST

START_TEST(the_path_is_copied)
{
	struct parsed p;
	char path[] = "x.md";
	const struct source *s;

	source_of(&p, STR_NONE);
	s = source_add(&p.set, (struct str){ path, 4 }, STR_NONE, SOURCE_NONE);
	path[0] = 'y';
	ck_str(s->path, "x.md");
	ck_assert_uint_eq(s->id, 2);
	parsed_release(&p);
}
END_TEST

Suite *source_suite(void)
{
	Suite *s = suite_create("source");
	TCase *t = tcase_create("source");

	tcase_add_test(t, id_0_is_no_source);
	tcase_add_test(t, an_empty_text_has_one_line);
	tcase_add_test(t, lines_and_columns_count_from_one);
	tcase_add_test(t, an_offset_behind_the_end_is_the_end);
	tcase_add_test(t, a_line_has_no_carriage_return);
	tcase_add_test(t, the_path_is_copied);
	suite_add_tcase(s, t);
	return s;
}
