/* From what was found to what the user sees: severities, comments, fingerprints. */
#include <stdio.h>

#include "model_fixture.h"
#include "rune/path.h"
#include "rune/rules.h"
#include "rune/str.h"

Suite *settle_suite(void);

static struct rule_totals totals;
static struct map known;
static bool only[RULE__COUNT];

/* Load proj/ with skill `a` of this text, and settle what is found. */
static void settle(const char *body, const struct diag_policy *command)
{
	const struct project *p = &mf.p;
	struct rule_settings s = {
		.config = &mf.p.config,
		.command = command,
		.baseline = known.n ? &known : NULL,
		.root = path_dir(mf.o.dir),
		.cwd = STR("/"),
	};

	mf_put("src/skills/a/SKILL.md", body);
	mf.p = (struct project){ 0 };
	diag_sink_init(&mf.sink, &mf.a, NULL);
	mf.sink.keep_off = true;
	ck_assert(project_load(&mf.p, &mf.o, &mf.a, &mf.sink));
	for (size_t i = 0; i < RULE__COUNT; i++)
		if (only[i])
			s.only = only;
	totals = rules_settle(&mf.sink, &s, &p, 1, &mf.p.sources);
}

#define HEAD  "---\nname: a\ndescription: About a.\n---\n\n"
#define GHOST "See `rune:ghost`.\n"

static size_t count(enum rule r)
{
	size_t n = 0;

	for (size_t i = 0; i < mf.sink.n; i++)
		n += mf.sink.v[i]->rule == r;
	return n;
}

static void open(void)
{
	mf_open();
	memset(only, 0, sizeof(only));
	known = (struct map)MAP_INIT(&mf.a);
}

START_TEST(the_command_line_wins_over_paths_over_the_configuration)
{
	struct diag_policy command = { 0 };

	mf_config("\"rules\": {\"RN2001\": \"error\", \"overrides\": [{\"files\": "
		  "\"../src/skills/b/**\", \"rules\": {\"RN2001\": \"note\"}}]}");
	mf_skill("b", "", "See `rune:ghost`.\n");
	settle(HEAD GHOST, NULL);
	ck_assert_uint_eq(mf.sink.count[SEV_ERROR], 1);
	ck_assert_uint_eq(mf.sink.count[SEV_NOTE], 1);
	command.set[RULE_REF_DANGLING] = true;
	command.severity[RULE_REF_DANGLING] = SEV_OFF;
	settle(HEAD GHOST, &command);
	ck_assert_uint_eq(mf.sink.n, 0);
}
END_TEST

START_TEST(what_is_fatal_stays_whatever_is_asked)
{
	struct diag_policy command = { 0 };
	struct diag *d;

	command.set[RULE_IO] = true;
	only[RULE_FM_SYNTAX] = true;
	settle(HEAD, NULL);
	d = diag_report(&mf.sink, RULE_IO, SPAN_NONE, "x");

	const struct project *p = &mf.p;
	const struct rule_settings s = {
		.config = &mf.p.config, .command = &command, .only = only
	};

	rules_settle(&mf.sink, &s, &p, 1, &mf.p.sources);
	ck_assert_uint_eq(mf.sink.n, 1);
	ck_assert_uint_eq(d->severity, SEV_FATAL);
}
END_TEST

START_TEST(what_was_cut_off_has_one_finding)
{
	settle("---\nname: [a\nmetadata: x\n---\n", NULL);
	ck_assert_uint_eq(count(RULE_FM_SYNTAX), 1);
	ck_assert_uint_eq(
		count(RULE_FM_TYPE) + count(RULE_NAME_MISSING) + count(RULE_DESC_MISSING),
		0);
}
END_TEST

START_TEST(a_comment_holds_for_the_next_line_that_says_something)
{
	settle(HEAD "<!-- rune-disable-next-line RN2001 -- later -->\n" GHOST, NULL);
	ck_assert_uint_eq(count(RULE_REF_DANGLING), 0);
	ck_assert_uint_eq(totals.suppressed, 1);
	settle(HEAD "<!-- rune-disable-next-line RN2001 -- later -->\n\n \n" GHOST, NULL);
	ck_assert_uint_eq(totals.suppressed, 1);
	settle(HEAD "<!-- rune-disable-next-line RN2001 -- x -->\nText.\n\n" GHOST, NULL);
	ck_assert_uint_eq(count(RULE_REF_DANGLING), 1);
	ck_assert_uint_eq(count(RULE_SUPPRESS_UNUSED), 1);
}
END_TEST

START_TEST(two_comments_hold_for_one_line)
{
	settle(HEAD "<!-- rune-disable-next-line RN2001 -- a -->\n"
		    "<!-- rune-disable-next-line RN5003 -- b -->\n" GHOST,
		NULL);
	ck_assert_uint_eq(totals.suppressed, 1);
	ck_assert_uint_eq(count(RULE_SUPPRESS_UNUSED), 1);
}
END_TEST

START_TEST(a_comment_in_code_or_beside_text_is_none)
{
	settle(HEAD "```\n<!-- rune-disable-next-line RN2001 -- x -->\n```\n" GHOST,
		NULL);
	ck_assert_uint_eq(count(RULE_REF_DANGLING), 1);
	ck_assert_uint_eq(count(RULE_SUPPRESS_UNUSED), 0);
	settle(HEAD "x <!-- rune-disable-next-line RN2001 -- x -->\n" GHOST, NULL);
	ck_assert_uint_eq(count(RULE_REF_DANGLING), 1);
	settle(HEAD "# rune-disable-next-line RN2001 -- x\n\n" GHOST, NULL);
	ck_assert_uint_eq(count(RULE_REF_DANGLING), 1);
}
END_TEST

START_TEST(a_comment_at_the_end_of_the_file_holds_for_nothing)
{
	settle(HEAD GHOST "\n<!-- rune-disable-next-line RN2001 -- x -->", NULL);
	ck_assert_uint_eq(count(RULE_REF_DANGLING), 1);
	ck_assert_uint_eq(count(RULE_SUPPRESS_UNUSED), 1);
}
END_TEST

START_TEST(security_is_not_for_the_suspect_to_suppress)
{
	size_t security = 0;

	for (size_t i = 0; i < RULE__COUNT; i++) {
		char body[256];

		if (!str_starts(rule_info[i].code, STR("RN7")))
			continue;
		security++;
		snprintf(body, sizeof(body),
			HEAD "<!-- rune-disable-next-line %s -- trust me -->\nText.\n",
			rule_info[i].code.p);
		settle(body, NULL);
		ck_assert_uint_eq(count(RULE_SUPPRESS_UNKNOWN), 1);
	}
	ck_assert_uint_gt(security, 0);
}
END_TEST

/* The fingerprints of all findings, joined. */
static const char *prints(void)
{
	struct buf b = BUF_INIT(&mf.a);

	for (size_t i = 0; i < mf.sink.n; i++)
		if (mf.sink.v[i]->rule == RULE_REF_DANGLING)
			buf_addf(&b, "%.*s\n", STR_ARG(mf.sink.v[i]->fingerprint));
	return b.n ? b.p : "";
}

START_TEST(fingerprints_stay_when_lines_move_or_are_indented)
{
	const char *before;

	settle(HEAD GHOST, NULL);
	before = prints();
	ck_assert_uint_eq(strlen(before), 33);
	settle(HEAD "# A heading\n\nText.\n\n   See   `rune:ghost`.\n", NULL);
	ck_assert_str_eq(prints(), before);
	settle(HEAD "See `rune:spook`.\n", NULL);
	ck_assert_str_ne(prints(), before);
}
END_TEST

START_TEST(equal_lines_have_fingerprints_of_their_own)
{
	struct str one, two;

	settle(HEAD GHOST "\n" GHOST, NULL);
	ck_assert_uint_eq(count(RULE_REF_DANGLING), 2);
	one = str_c(prints());
	two = str_from(one, 33);
	one = str_sub(one, 0, 33);
	ck_assert(!str_eq(one, two));
	map_add(&known, arena_strdup(&mf.a, str_sub(one, 0, 32)), &known);
	settle(HEAD GHOST "\n" GHOST, NULL);
	ck_assert_uint_eq(count(RULE_REF_DANGLING), 1);
	ck_assert_uint_eq(totals.known, 1);
}
END_TEST

Suite *settle_suite(void)
{
	Suite *s = suite_create("settle");
	TCase *tc = tcase_create("settle");

	tcase_add_checked_fixture(tc, open, mf_close);
	tcase_add_test(tc, the_command_line_wins_over_paths_over_the_configuration);
	tcase_add_test(tc, what_is_fatal_stays_whatever_is_asked);
	tcase_add_test(tc, what_was_cut_off_has_one_finding);
	tcase_add_test(tc, a_comment_holds_for_the_next_line_that_says_something);
	tcase_add_test(tc, two_comments_hold_for_one_line);
	tcase_add_test(tc, a_comment_in_code_or_beside_text_is_none);
	tcase_add_test(tc, a_comment_at_the_end_of_the_file_holds_for_nothing);
	tcase_add_test(tc, security_is_not_for_the_suspect_to_suppress);
	tcase_add_test(tc, fingerprints_stay_when_lines_move_or_are_indented);
	tcase_add_test(tc, equal_lines_have_fingerprints_of_their_own);
	suite_add_tcase(s, tc);
	return s;
}
