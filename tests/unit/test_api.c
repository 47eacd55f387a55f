/* The C API, as a program outside uses it: rune/rune.h and nothing else of ours. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rune/rune.h"

Suite *api_suite(void);

/* ---- a project on disk -------------------------------------------------------------- */

static char dir[] = "/tmp/rune-api-XXXXXX";
static char path[512];

static const char *at(const char *rel)
{
	snprintf(path, sizeof(path), "%s/%s", dir, rel);
	return path;
}

static void make_parents(const char *file)
{
	char each[sizeof(path)];

	for (size_t i = strlen(dir) + 1; file[i]; i++) {
		if (file[i] != '/')
			continue;
		memcpy(each, file, i);
		each[i] = '\0';
		mkdir(each, 0777);
	}
}

static void put(const char *rel, const char *text)
{
	FILE *f;

	make_parents(at(rel));
	f = fopen(at(rel), "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	ck_assert_int_eq(fclose(f), 0);
}

static void put_skill(const char *name)
{
	char rel[128], text[512];

	snprintf(rel, sizeof(rel), "src/skills/%s/SKILL.md", name);
	snprintf(text, sizeof(text),
		"---\nname: %s\ndescription: About %s.\nmetadata:\n  layer: L2\n---\n\n"
		"# %s\n\n## Aim\n\nCall `rune:lamp`.\n",
		name, name, name);
	put(rel, text);
}

static bool exists(const char *rel)
{
	return !access(at(rel), F_OK);
}

static void make_project(void)
{
	strcpy(dir, "/tmp/rune-api-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	put_skill("lamp");
	put_skill("wick");
}

static void remove_project(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", dir);
	ck_assert_int_eq(system(command), 0);
}

/* ---- a compilation of it --------------------------------------------------------------- */

static const char *const cursor[] = { "cursor", NULL };
static const char *const several[] = { "windsurf", "cursor", "generic", NULL };
static char source[64];

static struct rune_options options_for(const char *const *platforms)
{
	struct rune_options o = { .size = sizeof(o) };

	snprintf(source, sizeof(source), "%s/src", dir);
	o.project_dir = dir;
	o.source = source;
	o.platforms = platforms;
	return o;
}

static struct rune *compile(const char *const *platforms)
{
	struct rune_options o = options_for(platforms);

	return rune_compile(&o);
}

static const struct rune_output *output(const struct rune *r, const char *name)
{
	for (size_t i = 0; i < rune_output_count(r); i++)
		if (!strcmp(rune_output(r, i)->path, name))
			return rune_output(r, i);
	return NULL;
}

static const struct rune_diagnostic *diagnostic(const struct rune *r, const char *code)
{
	for (size_t i = 0; i < rune_diagnostic_count(r); i++)
		if (!strcmp(rune_diagnostic(r, i)->code, code))
			return rune_diagnostic(r, i);
	return NULL;
}

#define LAMP ".cursor/skills/rune-lamp/SKILL.md"

START_TEST(compiling_writes_nothing)
{
	struct rune *r = compile(cursor);
	const struct rune_output *o = output(r, LAMP);

	ck_assert_int_eq(rune_status(r), RUNE_OK);
	ck_assert_ptr_nonnull(o);
	ck_assert_str_eq(o->platform, "cursor");
	ck_assert_str_eq(o->owner, "rune-lamp");
	ck_assert_int_eq(o->shared, 0);
	ck_assert_ptr_nonnull(strstr(o->bytes, "About lamp."));
	ck_assert(!exists(".cursor"));
	ck_assert_ptr_null(rune_output(r, rune_output_count(r)));
	rune_free(r);
}
END_TEST

START_TEST(outputs_are_sorted)
{
	struct rune *r = compile(several);

	ck_assert_uint_gt(rune_output_count(r), 4);
	for (size_t i = 1; i < rune_output_count(r); i++)
		ck_assert_str_lt(rune_output(r, i - 1)->path, rune_output(r, i)->path);
	rune_free(r);
}
END_TEST

START_TEST(summary_is_in_listing_order_and_counts)
{
	struct rune *r = compile(several);
	const struct rune_summary *s;

	ck_assert_uint_eq(rune_summary_count(r), 3);
	s = rune_summary(r, 0);
	ck_assert_str_eq(s->platform, "cursor");
	ck_assert_str_eq(s->root, ".cursor/skills");
	ck_assert_uint_eq(s->skills, 2);
	ck_assert_uint_eq(s->extensions, 0);
	ck_assert_uint_eq(s->references, 2);
	ck_assert_uint_eq(s->unresolved, 0);
	ck_assert_uint_eq(s->failed, 0);
	ck_assert_str_eq(rune_summary(r, 1)->platform, "windsurf");
	ck_assert_str_eq(rune_summary(r, 2)->platform, "generic");
	ck_assert_str_eq(rune_summary(r, 2)->root, ".ai/rules");
	ck_assert_ptr_null(rune_summary(r, 3));
	rune_free(r);
}
END_TEST

START_TEST(threads_change_nothing)
{
	struct rune_options o = options_for(several);
	struct rune *one, *eight;

	o.jobs = 1;
	one = rune_compile(&o);
	o.jobs = 8;
	eight = rune_compile(&o);
	ck_assert_uint_eq(rune_output_count(one), rune_output_count(eight));
	for (size_t i = 0; i < rune_output_count(one); i++) {
		const struct rune_output *a = rune_output(one, i);
		const struct rune_output *b = rune_output(eight, i);

		ck_assert_str_eq(a->path, b->path);
		ck_assert_uint_eq(a->size, b->size);
		ck_assert_mem_eq(a->bytes, b->bytes, a->size);
	}
	ck_assert_str_eq(rune_report_json(one, false), rune_report_json(eight, false));
	rune_free(one);
	rune_free(eight);
}
END_TEST

START_TEST(commit_writes_and_the_second_has_nothing_to_do)
{
	struct rune *r = compile(cursor);

	ck_assert_int_eq(rune_commit(r, NULL), RUNE_OK);
	ck_assert(rune_wrote(r));
	ck_assert(exists(LAMP));
	ck_assert_uint_eq(rune_change_total(r, RUNE_CREATE), rune_output_count(r));
	rune_free(r);

	r = compile(cursor);
	ck_assert_int_eq(rune_commit(r, NULL), RUNE_OK);
	ck_assert_uint_eq(rune_change_total(r, RUNE_SAME), rune_output_count(r));
	ck_assert_uint_eq(rune_change_total(r, RUNE_CREATE), 0);
	ck_assert_uint_eq(rune_change_total(r, RUNE_UPDATE), 0);
	rune_free(r);
}
END_TEST

START_TEST(dry_run_plans_only_and_may_be_followed_by_the_real_one)
{
	struct rune_commit_options dry = { .size = sizeof(dry), .dry_run = true };
	struct rune *r = compile(cursor);

	ck_assert_int_eq(rune_commit(r, &dry), RUNE_OK);
	ck_assert(!rune_wrote(r));
	ck_assert(!exists(".cursor"));
	ck_assert_uint_eq(rune_change_count(r), rune_output_count(r));
	ck_assert_int_eq(rune_change(r, 0)->action, RUNE_CREATE);
	ck_assert_ptr_nonnull(strstr(rune_diff(r), "+++ "));
	ck_assert_int_eq(rune_commit(r, NULL), RUNE_OK);
	ck_assert(exists(LAMP));
	rune_free(r);
}
END_TEST

START_TEST(check_reports_each_difference_and_writes_nothing)
{
	struct rune_commit_options check = { .size = sizeof(check), .check = true };
	struct rune *r = compile(cursor);
	const struct rune_diagnostic *d;

	ck_assert_int_eq(rune_commit(r, &check), RUNE_FINDINGS);
	ck_assert(!exists(".cursor"));
	d = diagnostic(r, "RN3010");
	ck_assert_ptr_nonnull(d);
	ck_assert_int_eq(d->severity, RUNE_ERROR);
	ck_assert_ptr_nonnull(strstr(d->path, "/.cursor/"));
	ck_assert_uint_eq(d->line, 0);
	ck_assert_uint_eq(rune_diagnostic_count(r), rune_change_count(r));

	ck_assert_int_eq(rune_commit(r, NULL), RUNE_FINDINGS);
	rune_free(r);
	r = compile(cursor);
	ck_assert_int_eq(rune_commit(r, &check), RUNE_OK);
	ck_assert_uint_eq(rune_diagnostic_count(r), 0);
	rune_free(r);
}
END_TEST

START_TEST(broken_skill_does_not_spoil_the_rest)
{
	struct rune *r;
	const struct rune_diagnostic *d;

	put("src/skills/wick/SKILL.md", "---\ndescription: No name.\n---\n\n# wick\n");
	r = compile(cursor);
	ck_assert_int_eq(rune_status(r), RUNE_FINDINGS);
	d = diagnostic(r, "RN1011");
	ck_assert_ptr_nonnull(d);
	ck_assert_ptr_nonnull(strstr(d->path, "src/skills/wick/SKILL.md"));
	ck_assert_uint_gt(d->line, 0);
	ck_assert_ptr_nonnull(output(r, LAMP));
	ck_assert_uint_eq(rune_summary(r, 0)->skills, 1);
	ck_assert_uint_eq(rune_summary(r, 0)->failed, 1);
	ck_assert_int_eq(rune_commit(r, NULL), RUNE_FINDINGS);
	ck_assert(exists(LAMP));
	rune_free(r);
}
END_TEST

START_TEST(finding_of_several_platforms_is_told_once)
{
	struct rune *r;
	const struct rune_diagnostic *d;

	put("src/skills/wick/SKILL.md",
		"---\nname: wick\ndescription: About wick.\n---\n\n"
		"# wick\n\nSee [it](references/nope.md).\n");
	r = compile(several);
	ck_assert_int_eq(rune_status(r), RUNE_OK);
	d = diagnostic(r, "RN5003");
	ck_assert_ptr_nonnull(d);
	ck_assert_int_eq(d->severity, RUNE_WARNING);
	ck_assert_uint_eq(d->line, 8);
	ck_assert_uint_eq(rune_diagnostic_count(r), 1);
	rune_free(r);
}
END_TEST

START_TEST(strict_writes_all_or_nothing)
{
	struct rune_commit_options strict = { .size = sizeof(strict), .strict = true };
	struct rune *r;

	put("src/skills/wick/SKILL.md", "no frontmatter\n");
	r = compile(cursor);
	ck_assert_int_eq(rune_commit(r, &strict), RUNE_FINDINGS);
	ck_assert(!rune_wrote(r));
	ck_assert(!exists(".cursor"));
	rune_free(r);
}
END_TEST

START_TEST(foreign_file_is_refused_unless_forced)
{
	struct rune_commit_options force = { .size = sizeof(force), .force = true };
	struct rune *r;

	put(LAMP, "mine\n");
	r = compile(cursor);
	ck_assert_int_eq(rune_commit(r, NULL), RUNE_FINDINGS);
	ck_assert_uint_eq(rune_change_total(r, RUNE_REFUSE), 1);
	ck_assert_ptr_nonnull(diagnostic(r, "RN3003"));
	for (size_t i = 0; i < rune_change_count(r); i++)
		if (rune_change(r, i)->action == RUNE_REFUSE)
			ck_assert_int_gt((int)strlen(rune_change(r, i)->reason), 0);
	rune_free(r);
	r = compile(cursor);
	ck_assert_int_eq(rune_commit(r, &force), RUNE_OK);
	rune_free(r);
}
END_TEST

START_TEST(c04_unknown_platform_is_a_usage_error)
{
	static const char *const names[] = { "toString", "cursr", NULL };
	struct rune *r = compile(names);
	const struct rune_diagnostic *d = rune_diagnostic(r, 0);

	ck_assert_int_eq(rune_status(r), RUNE_USAGE);
	ck_assert_uint_eq(rune_diagnostic_count(r), 2);
	ck_assert_ptr_null(d->path);
	ck_assert_ptr_nonnull(strstr(d->notes, "windsurf"));
	ck_assert_uint_eq(rune_summary_count(r), 0);
	ck_assert_uint_eq(rune_output_count(r), 0);
	ck_assert_int_eq(rune_commit(r, NULL), RUNE_USAGE);
	ck_assert(!exists(".rune"));
	rune_free(r);
}
END_TEST

START_TEST(e01_missing_source_writes_nothing)
{
	struct rune_options o = options_for(cursor);
	struct rune *r;

	o.source = "/nonexistent/rune-source";
	r = rune_compile(&o);
	ck_assert_int_eq(rune_status(r), RUNE_USAGE);
	ck_assert_ptr_nonnull(diagnostic(r, "RN4006"));
	ck_assert_int_eq(rune_commit(r, NULL), RUNE_USAGE);
	ck_assert(!exists(".cursor"));
	rune_free(r);
}
END_TEST

START_TEST(no_platform_is_an_error_only_to_compile)
{
	struct rune_options o = options_for(NULL);
	struct rune *r = rune_open(&o);

	ck_assert_int_eq(rune_status(r), RUNE_OK);
	ck_assert_uint_eq(rune_summary_count(r), 0);
	ck_assert_ptr_nonnull(rune_platform_find(r, "openclaw"));
	ck_assert_ptr_null(rune_platform_find(r, "constructor"));
	rune_free(r);
	r = rune_compile(&o);
	ck_assert_int_eq(rune_status(r), RUNE_USAGE);
	rune_free(r);
}
END_TEST

START_TEST(c14_all_detected_platforms_are_chosen_and_named)
{
	struct rune_options o = options_for(NULL);
	struct rune *r;

	put(".windsurf/rules/mine.md", "x\n");
	put(".cursor/rules/mine.mdc", "x\n");
	r = rune_open(&o);
	ck_assert_str_eq(rune_detected(r),
		"platforms detected: cursor from .cursor, windsurf from .windsurf");
	ck_assert_uint_eq(rune_summary_count(r), 2);
	ck_assert_str_eq(rune_summary(r, 1)->platform, "windsurf");
	rune_free(r);
	r = compile(several);
	ck_assert_ptr_null(rune_detected(r));
	rune_free(r);
}
END_TEST

START_TEST(config_error_has_its_place)
{
	struct rune *r;
	const struct rune_diagnostic *d;

	put("rune.config.json", "{\n  \"platform\": }\n");
	r = compile(cursor);
	ck_assert_int_eq(rune_status(r), RUNE_USAGE);
	d = diagnostic(r, "RN4001");
	ck_assert_ptr_nonnull(d);
	ck_assert_ptr_nonnull(strstr(d->path, "rune.config.json"));
	ck_assert_uint_eq(d->line, 2);
	ck_assert_ptr_nonnull(
		strstr(rune_diagnostics_text(r, false, RUNE_ERROR), ":2:15: "));
	rune_free(r);
}
END_TEST

START_TEST(all_is_every_platform)
{
	static const char *const all[] = { "all", NULL };
	struct rune *r = compile(all);

	ck_assert_uint_eq(rune_summary_count(r), rune_platform_count(r));
	ck_assert_int_eq(rune_status(r), RUNE_OK);
	rune_free(r);
}
END_TEST

/* A program compiled against a header with fewer members. */
START_TEST(shorter_options_are_understood)
{
	struct rune_options o = options_for(cursor);
	struct rune *r;

	o.size = offsetof(struct rune_options, disable);
	o.disable = (const char *const *)&o; /* must not be looked at */
	o.jobs = 77;
	r = rune_compile(&o);
	ck_assert_int_eq(rune_status(r), RUNE_OK);
	ck_assert_uint_eq(rune_summary(r, 0)->skills, 2);
	rune_free(r);
	rune_free(NULL);
}
END_TEST

START_TEST(names_are_disabled)
{
	static const char *const names[] = { "wick", NULL };
	struct rune_options o = options_for(cursor);
	struct rune *r;

	o.disable = names;
	r = rune_compile(&o);
	ck_assert_uint_eq(rune_summary(r, 0)->skills, 1);
	ck_assert_ptr_null(output(r, ".cursor/skills/rune-wick/SKILL.md"));
	rune_free(r);
}
END_TEST

START_TEST(report_holds_everything)
{
	static const char *const member[] = { "\"version\": \"",
		"\"status\": \"findings\"", "\"name\": \"cursor\"", "\"skills\": 1",
		"\"failed\": 1", "\"created\": ", "\"paths\": {", LAMP,
		"\"diagnostics\": [", "\"code\": \"RN1001\"", "\"diff\": \"" };
	struct rune *r;
	const char *json;

	put("src/skills/wick/SKILL.md", "no frontmatter\n");
	r = compile(cursor);
	rune_commit(r, NULL);
	json = rune_report_json(r, true);
	for (size_t i = 0; i < sizeof(member) / sizeof(member[0]); i++)
		ck_assert_msg(
			strstr(json, member[i]) != NULL, "no %s in %s", member[i], json);
	ck_assert_str_eq(json + strlen(json) - 3, "\n}\n");
	rune_free(r);
}
END_TEST

START_TEST(platform_can_be_had_as_a_custom_one)
{
	struct rune_options o = options_for(cursor);
	struct rune *r = rune_open(&o);
	const char *json = rune_platform_json(r, rune_platform_find(r, "cursor"));

	ck_assert_int_eq(json[0], '{');
	ck_assert_ptr_nonnull(strstr(json, ".cursor/skills/{name}"));
	rune_free(r);
}
END_TEST

START_TEST(libraries_have_versions)
{
	const char *version, *name;
	size_t n = 0;

	for (; (name = rune_library(n, &version)); n++) {
		ck_assert_int_gt((int)strlen(name), 0);
		ck_assert_ptr_nonnull(strchr(version, '.'));
	}
	ck_assert_uint_eq(n, 3);
}
END_TEST

Suite *api_suite(void)
{
	Suite *s = suite_create("api");
	TCase *t = tcase_create("api");

	tcase_add_checked_fixture(t, make_project, remove_project);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, compiling_writes_nothing);
	tcase_add_test(t, outputs_are_sorted);
	tcase_add_test(t, summary_is_in_listing_order_and_counts);
	tcase_add_test(t, threads_change_nothing);
	tcase_add_test(t, commit_writes_and_the_second_has_nothing_to_do);
	tcase_add_test(t, dry_run_plans_only_and_may_be_followed_by_the_real_one);
	tcase_add_test(t, check_reports_each_difference_and_writes_nothing);
	tcase_add_test(t, broken_skill_does_not_spoil_the_rest);
	tcase_add_test(t, finding_of_several_platforms_is_told_once);
	tcase_add_test(t, strict_writes_all_or_nothing);
	tcase_add_test(t, foreign_file_is_refused_unless_forced);
	tcase_add_test(t, c04_unknown_platform_is_a_usage_error);
	tcase_add_test(t, e01_missing_source_writes_nothing);
	tcase_add_test(t, no_platform_is_an_error_only_to_compile);
	tcase_add_test(t, c14_all_detected_platforms_are_chosen_and_named);
	tcase_add_test(t, config_error_has_its_place);
	tcase_add_test(t, all_is_every_platform);
	tcase_add_test(t, shorter_options_are_understood);
	tcase_add_test(t, names_are_disabled);
	tcase_add_test(t, report_holds_everything);
	tcase_add_test(t, platform_can_be_had_as_a_custom_one);
	tcase_add_test(t, libraries_have_versions);
	suite_add_tcase(s, t);
	return s;
}
