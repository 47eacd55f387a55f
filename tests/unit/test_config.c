#include "model_fixture.h"
#include "rune/str.h"

Suite *config_suite(void);

static struct config conf;

/* The configuration that `text` is, in proj/. */
static bool load(const char *text)
{
	mf_put("proj/rune.config.json", text);
	memset(&conf, 0, sizeof(conf));
	source_set_init(&mf.p.sources, &mf.a);
	diag_sink_init(&mf.sink, &mf.a, NULL);
	return config_load(&conf, mf.o.dir, &mf.p.sources, &mf.a, &mf.sink);
}

static void load_clean(const char *text)
{
	ck_assert_msg(load(text), "%s", mf_findings());
	ck_assert_str_eq(mf_findings(), "");
}

/* Refused, with this among what is said. */
static void load_refused(const char *text, const char *said)
{
	ck_assert(!load(text));
	mf_contains(mf_findings(), said);
}

START_TEST(defaults_without_a_file)
{
	struct str empty = tmpdir_path(&mf.t, "empty");

	tmpdir_mkdir(&mf.t, "empty");
	source_set_init(&mf.p.sources, &mf.a);
	diag_sink_init(&mf.sink, &mf.a, NULL);
	ck_assert(config_load(&conf, empty, &mf.p.sources, &mf.a, &mf.sink));
	ck_assert_ptr_null(conf.src);
	ck_assert_int_eq(conf.version, 1);
	ck_assert_int_eq(conf.library, LIBRARY_DEFAULT);
	ck_assert(conf.index && conf.branding && conf.compliance && conf.constraints);
	ck_assert(!conf.has_enabled && !conf.has_prefix);
	ck_assert_uint_eq(mf.sink.n, 0);
}
END_TEST

START_TEST(every_key_is_read)
{
	load_clean(
		"{\"$schema\": \"x\", \"version\": 1, \"platforms\": [\"cursor\", "
		"\"generic\"], \"library\": [\"cook\"], \"sources\": [\"a\", {\"dir\": "
		"\"b\", \"prefix\": \"my-\"}], \"prefix\": \"\", \"skills\": "
		"{\"disabled\": [\"x\"]}, \"extensions\": {\"enabled\": [\"p\", \"q\"]}, "
		"\"tiers\": {\"business\": \"B\", \"pro\": \"P\"}, \"output\": "
		"{\"index\": false}, \"branding\": false, \"compliance\": false, "
		"\"hooks\": false, \"rules\": {\"RN2001\": \"error\", "
		"\"description-long\": \"off\"}}");
	ck_assert_uint_eq(conf.nplatform, 2);
	mf_str_eq(conf.platform[1].name, "generic");
	ck_assert_int_eq(conf.library, LIBRARY_LIST);
	mf_str_eq(conf.library_name[0].name, "cook");
	ck_assert_uint_eq(conf.nsource, 2);
	mf_str_eq(conf.source[0].dir, "a");
	ck_assert(!conf.source[0].has_prefix);
	mf_str_eq(conf.source[1].dir, "b");
	ck_assert(conf.source[1].has_prefix);
	mf_str_eq(conf.source[1].prefix, "my-");
	ck_assert(conf.has_prefix && !conf.prefix.n);
	mf_str_eq(conf.disabled[0].name, "x");
	ck_assert(conf.has_enabled);
	ck_assert_uint_eq(conf.nenabled, 2);
	ck_assert(!conf.index && !conf.branding && !conf.compliance && !conf.constraints);
	ck_assert_int_eq(conf.policy.severity[RULE_REF_DANGLING], SEV_ERROR);
	ck_assert(conf.policy.set[RULE_DESC_LONG]);
	ck_assert_int_eq(conf.policy.severity[RULE_DESC_LONG], SEV_OFF);
}
END_TEST

START_TEST(tiers_rise_whatever_their_order)
{
	load_clean("{\"tiers\": {\"business\": \"B\", \"pro\": \"P\"}}");
	ck_assert_uint_eq(conf.ntier, 2);
	mf_str_eq(conf.tier[0].name, "pro");
	mf_str_eq(conf.tier[0].dir, "P");
	mf_str_eq(conf.tier[1].name, "business");
}
END_TEST

START_TEST(null_is_not_given)
{
	load_clean("{\"platform\": null, \"skills\": null, \"extensions\": {\"enabled\": "
		   "null}, \"tiers\": {\"pro\": null}, \"branding\": null, \"source\": "
		   "null, \"adapters\": {\"x\": null}}");
	ck_assert(!conf.has_enabled && conf.branding);
	ck_assert_uint_eq(conf.nsource + conf.ntier + conf.nplatform + conf.nadapter, 0);
}
END_TEST

START_TEST(c01_syntax_error_has_file_line_and_column) /* C01 */
{
	load_refused("{\"platform\": }", "proj/rune.config.json:1:14 RN4001");
	load_refused("{\n  \"a\": 1,\n", "proj/rune.config.json:3:1 RN4001");
	load_refused("", "proj/rune.config.json:1:1 RN4001");
	load_refused("[]", "RN4002 'configuration' must be an object, not an array");
}
END_TEST

START_TEST(c02_wrong_types_say_what_was_expected) /* C02 */
{
	load_refused("{\"skills\": {\"disabled\": \"cook-helper\"}}",
		"proj/rune.config.json:1:25 RN4002 'skills.disabled' must be a list of "
		"strings, not a string");
	load_refused("{\"skills\": {\"disabled\": [1]}}",
		"'skills.disabled' must be a list of strings, not a number");
	load_refused("{\"skills\": []}", "'skills' must be an object, not an array");
	load_refused("{\"platform\": 1}", "'platform' must be a list of strings");
	load_refused("{\"library\": \"yes\"}",
		"'library' must be true, false or a list of names, not a string");
	load_refused("{\"source\": 5}", "'source' must be a directory");
	load_refused("{\"prefix\": 5}", "'prefix' must be a string, not a number");
	load_refused("{\"extensions\": {\"enabled\": true}}", "'extensions.enabled'");
	load_refused("{\"tiers\": {\"pro\": []}}", "'tiers.pro' must be a string");
	load_refused("{\"output\": {\"index\": \"no\"}}",
		"'output.index' must be a boolean, not a string");
	load_refused("{\"output\": {\"context\": 999}}",
		"'output.context' must be a number of tokens, from 1000 on");
	load_refused("{\"output\": {\"context\": \"much\"}}",
		"'output.context' must be a number of tokens");
	load_refused("{\"output\": {\"context\": 1000.5}}", "'output.context' must be");
	load_refused("{\"output\": {\"context\": true}}",
		"'output.context' must be a number, not a boolean");
	load_refused("{\"hooks\": {}}", "'hooks' must be a boolean");
	load_refused("{\"version\": \"1\"}", "'version' must be a number");
	load_refused("{\"rules\": {\"RN2001\": \"loud\"}}",
		"must be off, note, warn or error");
	load_refused("{\"adapters\": []}", "'adapters' must be an object");
}
END_TEST

START_TEST(c02_all_mistakes_are_told_at_once) /* C02 */
{
	ck_assert(!load("{\"platform\": 1, \"prefix\": 2, \"branding\": 3}"));
	ck_assert_uint_eq(mf_reported(RULE_CFG_TYPE), 3);
}
END_TEST

START_TEST(c03_unknown_keys_are_reported_with_the_nearest) /* C03 */
{
	ck_assert(load("{\n\"platfrom\": \"cursor\",\n\"skills\": {\"disable\": []},\n"
		       "\"zzzzz\": 1}"));
	mf_contains(mf_findings(), "proj/rune.config.json:2:1 RN4003 unknown key "
				   "'platfrom'\n\tdid you mean 'platform'?");
	mf_contains(mf_findings(),
		"3:12 RN4003 unknown key 'disable'\n\tdid you mean 'disabled'?");
	mf_contains(mf_findings(), "unknown key 'zzzzz'\n\tknown here: $schema, version");
	ck_assert(load("{\"tiers\": {\"gold\": \"x\"}}"));
	mf_contains(mf_findings(), "unknown key 'gold'");
	ck_assert(load("{\"rules\": {\"reference-dangle\": \"off\"}}"));
	mf_contains(mf_findings(), "RN4005 there is no rule 'reference-dangle'");
}
END_TEST

START_TEST(values_that_cannot_be_used)
{
	load_refused("{\"version\": 2}", "RN4004 configuration version 2");
	load_refused("{\"prefix\": \"Rune_\"}", "'Rune_' cannot be the prefix");
	load_refused("{\"prefix\": \"a--\"}", "cannot be the prefix");
	load_refused("{\"prefix\": \"../\"}", "cannot be the prefix");
	load_refused("{\"source\": \"\"}", "'source' is not the path of a directory");
	load_refused("{\"source\": {\"prefix\": \"a\"}}", "this source has no 'dir'");
	load_refused("{\"platform\": \"\"}", "'platform' holds an empty name");
	load_refused("{\"platform\": \"a\", \"platforms\": [\"b\"]}",
		"'platforms' is given in the singular and in the plural");
	load_refused("{\"rules\": {\"RN4001\": \"off\"}}", "is fatal and stays so");
	load_refused("{\"adapters\": {\"cursor\": {\"extends\": \"generic\"}}}",
		"'cursor' is a built-in platform");
	load_refused("{\"adapters\": {\"all\": {\"extends\": \"generic\"}}}",
		"'all' stands for all platforms");
	load_refused("{\"adapters\": {\"A b\": {\"extends\": \"generic\"}}}",
		"is not of the form of a name");
}
END_TEST

START_TEST(rules_hold_for_the_file_itself)
{
	load_clean("{\"nonsense\": 1, \"rules\": {\"config-unknown-key\": \"off\"}}");
}
END_TEST

START_TEST(unreadable_file_is_an_error)
{
	tmpdir_mkdir(&mf.t, "odd/rune.config.json");
	source_set_init(&mf.p.sources, &mf.a);
	diag_sink_init(&mf.sink, &mf.a, NULL);
	ck_assert(!config_load(
		&conf, tmpdir_path(&mf.t, "odd"), &mf.p.sources, &mf.a, &mf.sink));
	mf_contains(mf_findings(), "odd/rune.config.json:1:1 RN9001 cannot read");
}
END_TEST

START_TEST(find_dir_stays_in_the_repository)
{
	struct str deep = tmpdir_path(&mf.t, "repo/a/b");

	tmpdir_mkdir(&mf.t, "repo/a/b");
	mf_put("rune.config.json", "{}");
	ck_assert(str_eq(config_find_dir(deep, &mf.a), deep));
	mf_put("repo/rune.config.json", "{}");
	/* no repository: no telling whose file that is */
	ck_assert(str_eq(config_find_dir(deep, &mf.a), deep));
	tmpdir_mkdir(&mf.t, "repo/.git");
	ck_assert(str_eq(config_find_dir(deep, &mf.a), tmpdir_path(&mf.t, "repo")));
	mf_put("repo/a/rune.config.json", "{}");
	ck_assert(str_eq(config_find_dir(deep, &mf.a), tmpdir_path(&mf.t, "repo/a")));
	tmpdir_mkdir(&mf.t, "repo/a/b/.git");
	ck_assert(str_eq(config_find_dir(deep, &mf.a), deep));
}
END_TEST

START_TEST(c04_only_real_platforms_are_found) /* C04 */
{
	load_clean("{\"adapters\": {\"mine\": {\"extends\": \"cursor\"}}}");
	mf_str_eq(config_adapter(&conf, STR("cursor"))->name, "cursor");
	mf_str_eq(config_adapter(&conf, STR("mine"))->name, "mine");
	ck_assert_ptr_null(config_adapter(&conf, STR("constructor")));
	ck_assert_ptr_null(config_adapter(&conf, STR("")));
}
END_TEST

Suite *config_suite(void)
{
	Suite *s = suite_create("config");
	TCase *tc = mf_case(s, "config");

	tcase_add_test(tc, defaults_without_a_file);
	tcase_add_test(tc, every_key_is_read);
	tcase_add_test(tc, tiers_rise_whatever_their_order);
	tcase_add_test(tc, null_is_not_given);
	tcase_add_test(tc, c01_syntax_error_has_file_line_and_column);
	tcase_add_test(tc, c02_wrong_types_say_what_was_expected);
	tcase_add_test(tc, c02_all_mistakes_are_told_at_once);
	tcase_add_test(tc, c03_unknown_keys_are_reported_with_the_nearest);
	tcase_add_test(tc, values_that_cannot_be_used);
	tcase_add_test(tc, rules_hold_for_the_file_itself);
	tcase_add_test(tc, unreadable_file_is_an_error);
	tcase_add_test(tc, find_dir_stays_in_the_repository);
	tcase_add_test(tc, c04_only_real_platforms_are_found);
	return s;
}
