/* Doctor through the C API, as a program outside uses it. */
#include <check.h>
#include <string.h>

#include "rune/rune.h"
#include "rune/str.h"
#include "tmpdir.h"

Suite *doctor_suite(void);

static struct tmpdir t;
static const char *only[] = { "final-newline-missing", NULL };
static const char *paths[2];
static struct rune_doctor_options o;

#define HEAD "---\nname: a\ndescription: \"About a. Use when asked for a.\"\n---\n\n"

static void setup(void)
{
	tmpdir_init(&t);
	tmpdir_put(&t, "skills/a/SKILL.md", HEAD "# a");
	tmpdir_put(&t, "skills/a/references/b.md", "# b");
	paths[0] = str_dupz(&t.a, tmpdir_path(&t, "skills"));
	o = (struct rune_doctor_options){
		.size = sizeof(o),
		.project_dir = str_dupz(&t.a, t.root),
		.paths = paths,
		.only = only,
	};
}

static void teardown(void)
{
	tmpdir_release(&t);
}

static enum rune_status status_of(const struct rune_doctor_options *options)
{
	struct rune *r = rune_doctor(options);
	enum rune_status status = rune_status(r);

	rune_free(r);
	return status;
}

START_TEST(findings_are_walked_and_counted)
{
	struct rune *r = rune_doctor(&o);

	ck_assert_uint_eq(rune_status(r), RUNE_OK);
	ck_assert_uint_eq(rune_diagnostic_count(r), 2);
	ck_assert_str_eq(rune_diagnostic(r, 0)->code, "RN1017");
	ck_assert_uint_eq(rune_checked(r)->skills, 1);
	ck_assert_uint_eq(rune_checked(r)->files, 2);
	ck_assert_uint_eq(rune_checked(r)->notes, 2);
	ck_assert_uint_eq(rune_checked(r)->fixable, 2);
	ck_assert_ptr_null(rune_fixed_text(r, NULL));
	ck_assert_str_eq(rune_diff(r), "");
	rune_free(r);
}
END_TEST

START_TEST(the_threshold_is_errors_unless_told_otherwise)
{
	static const char *const warn[] = { "RN1017=warn", NULL };
	static const char *const error[] = { "RN1017=error", NULL };
	unsigned two = 2, one = 1;

	o.severities = warn;
	ck_assert_uint_eq(status_of(&o), RUNE_OK);
	o.max_warnings = &two;
	ck_assert_uint_eq(status_of(&o), RUNE_OK);
	o.max_warnings = &one;
	ck_assert_uint_eq(status_of(&o), RUNE_FINDINGS);
	o.max_warnings = NULL;
	o.strict = true;
	ck_assert_uint_eq(status_of(&o), RUNE_FINDINGS);
	o.strict = false;
	o.severities = error;
	ck_assert_uint_eq(status_of(&o), RUNE_FINDINGS);
}
END_TEST

START_TEST(unknown_rules_and_severities_are_refused)
{
	static const char *const bad_rule[] = { "RN0=off", NULL };
	static const char *const bad_level[] = { "RN1017=loud", NULL };
	static const char *const fatal[] = { "RN9001=off", NULL };
	static const char *const bad_only[] = { "nonesuch", NULL };

	o.severities = bad_rule;
	ck_assert_uint_eq(status_of(&o), RUNE_USAGE);
	o.severities = bad_level;
	ck_assert_uint_eq(status_of(&o), RUNE_USAGE);
	o.severities = fatal;
	ck_assert_uint_eq(status_of(&o), RUNE_USAGE);
	o.severities = NULL;
	o.only = bad_only;
	ck_assert_uint_eq(status_of(&o), RUNE_USAGE);
}
END_TEST

START_TEST(a_plan_of_fixes_touches_nothing)
{
	const char *before = tmpdir_list(&t);
	struct rune *r;

	o.fix = RUNE_FIX_PLAN;
	r = rune_doctor(&o);
	ck_assert_uint_eq(rune_change_count(r), 2);
	ck_assert_uint_eq(rune_change(r, 0)->action, RUNE_UPDATE);
	ck_assert_ptr_nonnull(strstr(rune_diff(r), "+# a\n"));
	ck_assert_uint_eq(rune_diagnostic_count(r), 0);
	ck_assert_str_eq(tmpdir_get(&t, "skills/a/SKILL.md"), HEAD "# a");
	ck_assert_str_eq(tmpdir_list(&t), before);
	rune_free(r);
}
END_TEST

START_TEST(fixes_are_written_once)
{
	const char *before = tmpdir_list(&t);
	struct rune *r;

	o.fix = RUNE_FIX_WRITE;
	r = rune_doctor(&o);
	ck_assert_uint_eq(rune_checked(r)->fixed, 2);
	ck_assert_uint_eq(rune_diagnostic_count(r), 0);
	rune_free(r);
	ck_assert_str_eq(tmpdir_get(&t, "skills/a/SKILL.md"), HEAD "# a\n");
	ck_assert_str_eq(tmpdir_get(&t, "skills/a/references/b.md"), "# b\n");
	ck_assert_str_eq(tmpdir_list(&t), before);
	r = rune_doctor(&o);
	ck_assert_uint_eq(rune_checked(r)->fixed, 0);
	ck_assert_uint_eq(rune_change_count(r), 0);
	rune_free(r);
}
END_TEST

START_TEST(a_fix_is_never_written_through_a_link)
{
	struct rune *r;

	tmpdir_put(&t, "real.md", "# real");
	tmpdir_put(&t, "skills/a/references/b.md", "# b\n");
	tmpdir_link(&t, "skills/a/references/in.md", "../SKILL.md");
	o.fix = RUNE_FIX_WRITE;
	r = rune_doctor(&o);
	ck_assert_uint_eq(rune_change_count(r), 1);
	ck_assert_str_eq(tmpdir_get(&t, "skills/a/SKILL.md"), HEAD "# a\n");
	ck_assert_ptr_nonnull(strstr(tmpdir_list(&t), "skills/a/references/in.md@"));
	rune_free(r);
}
END_TEST

START_TEST(text_may_come_from_elsewhere)
{
	size_t size;
	struct rune *r;

	paths[0] = str_dupz(&t.a, tmpdir_path(&t, "skills/a/SKILL.md"));
	o.path_in = paths[0];
	o.bytes_in = HEAD "# other";
	o.size_in = strlen(o.bytes_in);
	o.fix = RUNE_FIX_PLAN;
	r = rune_doctor(&o);
	ck_assert_str_eq(rune_fixed_text(r, &size), HEAD "# other\n");
	ck_assert_uint_eq(size, strlen(HEAD "# other\n"));
	rune_free(r);
	o.fix = RUNE_FIX_NONE;
	o.bytes_in = HEAD "# other\n";
	o.size_in = strlen(o.bytes_in);
	r = rune_doctor(&o);
	ck_assert_uint_eq(rune_diagnostic_count(r), 0);
	rune_free(r);
}
END_TEST

START_TEST(a_report_can_be_had_in_every_form)
{
	struct rune *r = rune_doctor(&o);
	struct rune_report_options ro = { .size = sizeof(ro) };
	size_t size;

	for (ro.format = RUNE_TEXT; ro.format <= RUNE_JUNIT; ro.format++) {
		const char *text = rune_report(r, &ro, &size);

		ck_assert_uint_gt(size, 0);
		ck_assert_uint_eq(strlen(text), size);
		ck_assert_int_eq(text[size - 1], '\n');
	}
	rune_free(r);
}
END_TEST

START_TEST(a_baseline_is_written_and_read)
{
	const char *file = str_dupz(&t.a, tmpdir_path(&t, "known.json"));
	struct rune *r = rune_doctor(&o);

	ck_assert(rune_baseline_write(r, file));
	rune_free(r);
	o.baseline = file;
	r = rune_doctor(&o);
	ck_assert_uint_eq(rune_diagnostic_count(r), 0);
	ck_assert_uint_eq(rune_checked(r)->known, 2);
	ck_assert(!rune_baseline_write(r, str_dupz(&t.a, tmpdir_path(&t, "skills"))));
	rune_free(r);
}
END_TEST

START_TEST(threads_change_nothing)
{
	struct rune_report_options ro = { .size = sizeof(ro), .format = RUNE_JSON };
	struct rune *one, *eight;

	for (int i = 0; i < 40; i++)
		tmpdir_put(&t, str_fmt(&t.a, "skills/s%d/SKILL.md", i).p,
			"---\nname: x\nfoo: 1\n---\n\n`rune:ghost`");
	o.only = NULL;
	o.jobs = 1;
	one = rune_doctor(&o);
	o.jobs = 8;
	eight = rune_doctor(&o);
	ck_assert_str_eq(rune_report(one, &ro, NULL), rune_report(eight, &ro, NULL));
	rune_free(one);
	rune_free(eight);
}
END_TEST

START_TEST(rules_are_found_by_code_and_by_name)
{
	ck_assert_ptr_eq(rune_rule_find("rn5003"), rune_rule_find("Link-Broken"));
	ck_assert_str_eq(rune_rule_find("RN5003")->family, "content");
	ck_assert_ptr_null(rune_rule_find("RN50030"));
	ck_assert_str_eq(rune_rule_nearest("link-brokn"), "link-broken");
	ck_assert_ptr_null(rune_rule_nearest("something else"));
	for (size_t i = 0; i < rune_rule_count(); i++) {
		ck_assert_str_ne(rune_rule(i)->why, "");
		ck_assert_ptr_eq(rune_rule_find(rune_rule(i)->code), rune_rule(i));
	}
	ck_assert_ptr_null(rune_rule(rune_rule_count()));
}
END_TEST

Suite *doctor_suite(void)
{
	Suite *s = suite_create("doctor");
	TCase *tc = tcase_create("doctor");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, findings_are_walked_and_counted);
	tcase_add_test(tc, the_threshold_is_errors_unless_told_otherwise);
	tcase_add_test(tc, unknown_rules_and_severities_are_refused);
	tcase_add_test(tc, a_plan_of_fixes_touches_nothing);
	tcase_add_test(tc, fixes_are_written_once);
	tcase_add_test(tc, a_fix_is_never_written_through_a_link);
	tcase_add_test(tc, text_may_come_from_elsewhere);
	tcase_add_test(tc, a_report_can_be_had_in_every_form);
	tcase_add_test(tc, a_baseline_is_written_and_read);
	tcase_add_test(tc, threads_change_nothing);
	tcase_add_test(tc, rules_are_found_by_code_and_by_name);
	suite_add_tcase(s, tc);
	return s;
}
