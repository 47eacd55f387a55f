/* Sinks: severities, policy, order, repeats, merging. */
#include <check.h>
#include <errno.h>

#include "rune/diag.h"
#include "rune/str.h"

Suite *diag_suite(void);

static struct arena arena;
static struct source_set sources;
static struct diag_sink sink;
static struct span a, b;

static void setup(void)
{
	source_set_init(&sources, &arena);
	/* registered in the order z, a: ids must not decide */
	b = source_span(
		source_add(&sources, STR("z.md"), STR("one\ntwo\n"), SOURCE_FILE));
	a = source_span(
		source_add(&sources, STR("a.md"), STR("one\ntwo\n"), SOURCE_FILE));
	diag_sink_init(&sink, &arena, NULL);
}

static void teardown(void)
{
	arena_release(&arena);
}

static struct span at(struct span file, uint32_t off)
{
	return (struct span){ file.src, off, 1 };
}

/* The messages in order, joined by a space. */
static const char *order(void)
{
	struct buf out = BUF_INIT(&arena);

	for (size_t i = 0; i < sink.n; i++)
		buf_addf(&out, "%s%.*s", i ? " " : "", STR_ARG(sink.v[i]->message));
	return out.n ? out.p : "";
}

START_TEST(the_table_is_sorted_and_has_no_repeats)
{
	for (size_t i = 0; i < RULE__COUNT; i++) {
		ck_assert_uint_eq(rule_info[i].code.n, 6);
		ck_assert(str_starts(rule_info[i].code, STR("RN")));
		ck_assert_uint_gt(rule_info[i].slug.n, 0);
		ck_assert_uint_gt(rule_info[i].title.n, 0);
		if (i)
			ck_assert_int_lt(
				str_cmp(rule_info[i - 1].code, rule_info[i].code), 0);
		for (size_t j = 0; j < i; j++)
			ck_assert(!str_eq(rule_info[i].slug, rule_info[j].slug));
	}
}
END_TEST

START_TEST(a_rule_is_found_by_code_and_slug_in_any_case)
{
	ck_assert_int_eq(rule_find(STR("RN2001")), RULE_REF_DANGLING);
	ck_assert_int_eq(rule_find(STR("rn2001")), RULE_REF_DANGLING);
	ck_assert_int_eq(rule_find(STR("Reference-Dangling")), RULE_REF_DANGLING);
	ck_assert_int_eq(rule_find(STR("RN2")), RULE__COUNT);
	ck_assert_int_eq(rule_find(STR_NONE), RULE__COUNT);
}
END_TEST

START_TEST(policy_changes_severity_but_never_lowers_fatal)
{
	struct diag_policy policy = { 0 };
	struct diag *d;

	policy.set[RULE_REF_DANGLING] = true;
	policy.severity[RULE_REF_DANGLING] = SEV_ERROR;
	policy.set[RULE_NAME_DIR] = true;
	policy.severity[RULE_NAME_DIR] = SEV_OFF;
	policy.set[RULE_OUT_PATH] = true;
	policy.severity[RULE_OUT_PATH] = SEV_OFF;
	diag_sink_init(&sink, &arena, &policy);
	ck_assert_int_eq(
		diag_report(&sink, RULE_REF_DANGLING, a, "x")->severity, SEV_ERROR);
	ck_assert_int_eq(diag_report(&sink, RULE_OUT_PATH, a, "x")->severity, SEV_FATAL);
	ck_assert_int_eq(
		diag_report(&sink, RULE_TOOL_UNMAPPED, a, "x")->severity, SEV_NOTE);

	/* off: still something to add notes to, but not collected */
	d = diag_report(&sink, RULE_NAME_DIR, a, "x");
	ck_assert_ptr_nonnull(d);
	diag_note(&sink, d, a, "note");
	ck_assert_uint_eq(sink.n, 3);
	ck_assert_uint_eq(diag_count(&sink, SEV_NOTE), 3);
	ck_assert_uint_eq(diag_count(&sink, SEV_ERROR), 2);
	ck_assert_uint_eq(diag_count(&sink, SEV_FATAL), 1);
}
END_TEST

START_TEST(order_is_path_offset_code)
{
	diag_report(&sink, RULE_REF_DANGLING, at(b, 0), "6");
	diag_report(&sink, RULE_REF_DANGLING, at(a, 4), "5");
	diag_report(&sink, RULE_REF_DANGLING, at(a, 2), "4");
	diag_report(&sink, RULE_NAME_DIR, at(a, 0), "3");
	diag_report(&sink, RULE_FM_SYNTAX, at(a, 0), "2");
	diag_report(&sink, RULE_IO, SPAN_NONE, "1");
	diag_sort(&sink, &sources);
	ck_assert_str_eq(order(), "1 2 3 4 5 6");
}
END_TEST

START_TEST(exact_repeats_are_dropped_and_not_counted)
{
	struct diag *d;

	for (int i = 0; i < 3; i++) {
		diag_report(&sink, RULE_REF_DANGLING, at(a, 0), "unknown");
		diag_report(&sink, RULE_REF_DANGLING, at(a, 0), "other");
	}
	diag_report(&sink, RULE_REF_DANGLING, at(a, 1), "unknown");
	d = diag_report(&sink, RULE_REF_DANGLING, at(a, 0), "unknown");
	diag_note(&sink, d, SPAN_NONE, "with a note, it is not the same");
	diag_sort(&sink, &sources);
	ck_assert_str_eq(order(), "other unknown unknown unknown");
	ck_assert_uint_eq(diag_count(&sink, SEV_WARN), 4);
}
END_TEST

START_TEST(notes_keep_their_order)
{
	struct diag *d = diag_report(&sink, RULE_REF_DANGLING, a, "x");

	diag_note(&sink, d, SPAN_NONE, "first");
	diag_note(&sink, d, b, "%s", "second");
	ck_assert(str_eq(d->notes->text, STR("first")));
	ck_assert(str_eq(d->notes->next->text, STR("second")));
	ck_assert_uint_eq(d->notes->next->at.src, b.src);
	ck_assert_ptr_null(d->notes->next->next);
}
END_TEST

START_TEST(merging_two_orders_gives_one_result)
{
	const char *first = NULL;

	for (int swap = 0; swap < 2; swap++) {
		struct diag_sink one, two;

		diag_sink_init(&one, &arena, NULL);
		diag_sink_init(&two, &arena, NULL);
		diag_sink_init(&sink, &arena, NULL);
		diag_report(&one, RULE_REF_DANGLING, at(a, 3), "p");
		diag_report(&one, RULE_REF_DANGLING, at(b, 1), "q");
		diag_report(&two, RULE_REF_DANGLING, at(a, 1), "r");
		diag_report(&two, RULE_REF_DANGLING, at(a, 3), "p");
		diag_merge(&sink, swap ? &two : &one);
		diag_merge(&sink, swap ? &one : &two);
		ck_assert_uint_eq(sink.n, 4);
		diag_sort(&sink, &sources);
		ck_assert_uint_eq(sink.n, 3);
		if (!first)
			first = order();
		ck_assert_str_eq(order(), first);
	}
	ck_assert_str_eq(first, "r p q");
}
END_TEST

START_TEST(an_io_error_names_path_and_reason)
{
	ck_assert(!diag_io(&sink, SPAN_NONE, STR("x/y"), "read", ENOENT));
	ck_assert_str_eq(order(), "cannot read 'x/y': No such file or directory");
	ck_assert_int_eq(sink.v[0]->rule, RULE_IO);
}
END_TEST

Suite *diag_suite(void)
{
	Suite *s = suite_create("diag");
	TCase *t = tcase_create("diag");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_table_is_sorted_and_has_no_repeats);
	tcase_add_test(t, a_rule_is_found_by_code_and_slug_in_any_case);
	tcase_add_test(t, policy_changes_severity_but_never_lowers_fatal);
	tcase_add_test(t, order_is_path_offset_code);
	tcase_add_test(t, exact_repeats_are_dropped_and_not_counted);
	tcase_add_test(t, notes_keep_their_order);
	tcase_add_test(t, merging_two_orders_gives_one_result);
	tcase_add_test(t, an_io_error_names_path_and_reason);
	suite_add_tcase(s, t);
	return s;
}
