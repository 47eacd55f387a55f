#include "model_fixture.h"
#include "rune/str.h"

Suite *inject_suite(void);

/* Skills cook and sentinel; a pack `dock` with references/x.md, y.md and this
 * inject.json. */
static void put(const char *json)
{
	mf_skill("cook", "", "# cook\n");
	mf_skill("sentinel", "", "# sentinel\n");
	mf_pack("src/extensions/dock", "", "# Dock\n");
	mf_put("src/extensions/dock/references/x.md", "# The X\n\nAsk rune:sentinel.\n");
	mf_put("src/extensions/dock/references/y.txt", "plain\n");
	mf_put("src/extensions/dock/inject.json", json);
}

START_TEST(k06_free_packs_inject_without_a_tier) /* K06 */
{
	const struct skill *s;

	put("[{\"skill\": \"cook\", \"ref\": \"references/x.md\"},\n {\"skill\": "
	    "\"cook\", "
	    "\"ref\": \"references/y.txt\", \"title\": \"Why\"}]");
	mf_load_clean();
	s = mf_find_skill("cook");
	ck_assert_uint_eq(s->ninjection, 2);
	mf_str_eq(s->injection[0].title, "The X");
	mf_str_eq(s->injection[0].rel, "references/dock-x.md");
	mf_str_eq(s->injection[0].resource.rel, "references/dock-x.md");
	ck_assert_ptr_nonnull(s->injection[0].resource.doc);
	ck_assert_ptr_eq(s->injection[0].from, mf_find_pack("dock"));
	mf_str_eq(s->injection[1].title, "Why");
	mf_str_eq(s->injection[1].resource.bytes, "plain\n");
	ck_assert_uint_eq(mf_find_skill("sentinel")->ninjection, 0);
	/* the text itself, for the same passes as the skill's (K05) */
	ck_assert_uint_eq(s->injection[0].resource.doc->nref, 1);
}
END_TEST

START_TEST(list_may_stand_in_an_object)
{
	put("{\"inject\": [{\"skill\": \"cook\", \"ref\": \"./references/x.md\"}]}");
	mf_load_clean();
	ck_assert_uint_eq(mf_find_skill("cook")->ninjection, 1);
	put("{\"injections\": [{\"skill\": \"cook\", \"ref\": \"references/x.md\"}]}");
	mf_load_clean();
	ck_assert_uint_eq(mf_find_skill("cook")->ninjection, 1);
}
END_TEST

START_TEST(k02_reference_may_not_leave_the_pack) /* K02 */
{
	static const char *const refs[] = { "../../../secret.txt", "/etc/hostname",
		"references/../../../secret.txt", "references/link.md", "linked/x.md" };

	for (size_t i = 0; i < COUNTOF(refs); i++) {
		put(str_fmt(&mf.a, "[{\"skill\": \"cook\", \"ref\": \"%s\"}]", refs[i])
				.p);
		mf_put("secret.txt", "SECRET");
		if (!i) {
			tmpdir_link(&mf.t, "src/extensions/dock/references/link.md",
				"../../../../secret.txt");
			tmpdir_link(&mf.t, "src/extensions/dock/linked", "../../..");
		}
		ck_assert(mf_load());
		mf_contains(
			mf_findings(), "src/extensions/dock/inject.json:1:27 RN6006 '");
		mf_contains(mf_findings(), "leads out of the pack");
		ck_assert_uint_eq(mf_find_skill("cook")->ninjection, 0);
		ck_assert(mf_find_pack("dock")->broken);
	}
}
END_TEST

START_TEST(k03_bad_json_breaks_the_pack) /* K03 */
{
	static const char *const bad[] = { "{ not json", "", "\"x\"", "{}", "[1]",
		"[{\"skill\": \"cook\"}]", "[{\"ref\": \"references/x.md\"}]",
		"[{\"skill\": 1, \"ref\": \"references/x.md\"}]",
		"[{\"skill\": \"\", \"ref\": \"references/x.md\"}]",
		"[{\"skill\": \"cook\", \"ref\": \"references/x.md\", \"title\": []}]" };

	for (size_t i = 0; i < COUNTOF(bad); i++) {
		put(bad[i]);
		ck_assert(mf_load());
		ck_assert_msg(mf_reported(RULE_PACK_INJECT) == 1, "%s\n%s", bad[i],
			mf_findings());
		mf_contains(mf_findings(), "src/extensions/dock/inject.json:1:");
		ck_assert(mf_find_pack("dock")->broken);
	}
}
END_TEST

START_TEST(k04_missing_targets_are_reported) /* K04 */
{
	put("[{\"skill\": \"cook\", \"ref\": \"nope.md\"},\n{\"skill\": \"cokk\", "
	    "\"ref\": "
	    "\"references/x.md\"}]");
	ck_assert(mf_load());
	mf_contains(mf_findings(),
		"inject.json:1:27 RN6004 the pack holds no file 'nope.md'");
	mf_contains(mf_findings(),
		"inject.json:2:11 RN6004 there is no skill 'cokk' to add "
		"'The X' to\n\tdid you mean 'cook'?");
	ck_assert(!mf_find_pack("dock")->broken);
}
END_TEST

START_TEST(disabled_target_gets_nothing)
{
	put("[{\"skill\": \"cook\", \"ref\": \"references/x.md\"}]");
	mf_config("\"skills\": {\"disabled\": [\"cook\"]}");
	ck_assert(mf_load());
	mf_finding(RULE_REF_DISABLED);
	ck_assert_uint_eq(mf.sink.n, 1);
}
END_TEST

START_TEST(files_that_are_there_are_not_replaced)
{
	put("[{\"skill\": \"cook\", \"ref\": \"references/x.md\"},\n{\"skill\": "
	    "\"cook\", "
	    "\"ref\": \"references/x.md\"}]");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "inject.json:2:11 RN6003 skill 'cook' has a file "
				   "'references/dock-x.md' already");
	mf_put("src/skills/cook/references/Dock-X.md", "own");
	ck_assert(mf_load());
	ck_assert_uint_eq(mf_reported(RULE_PACK_INJECT), 2);
	ck_assert_uint_eq(mf_find_skill("cook")->ninjection, 0);
}
END_TEST

START_TEST(only_the_winner_of_a_name_injects)
{
	put("[{\"skill\": \"cook\", \"ref\": \"references/x.md\"}]");
	mf_pack("Pro/extensions/pro-dock", "", "# Pro\n");
	mf_config("\"tiers\": {\"pro\": \"../Pro\"}");
	mf_load_clean();
	ck_assert_uint_eq(mf_find_skill("cook")->ninjection, 0);
}
END_TEST

START_TEST(k11_organization_policy_comes_from_the_project) /* K11 */
{
	const struct skill *s;

	put("[]");
	mf_put("proj/.rune/org/org.md", "# Acme\n\nAsk rune:cook.\n");
	mf_load_clean();
	s = mf_find_skill("sentinel");
	ck_assert_uint_eq(s->ninjection, 1);
	mf_str_eq(s->injection[0].title, "Organization policy");
	mf_str_eq(s->injection[0].rel, "references/organization-policy.md");
	ck_assert_ptr_null(s->injection[0].from);
	ck_assert_ptr_nonnull(s->injection[0].resource.doc);
	ck_assert_uint_gt(s->injection[0].resource.bytes.n, 0);
}
END_TEST

START_TEST(k11_policy_without_the_skill_is_reported) /* K11 */
{
	mf_skill("cook", "", "# cook\n");
	mf_put("proj/.rune/org/org.md", "# Acme\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "proj/.rune/org/org.md:1:1 RN6004 there is no skill "
				   "'sentinel'");
}
END_TEST

START_TEST(k11_policy_is_not_read_through_links) /* K11 */
{
	put("[]");
	mf_put("secret.md", "SECRET");
	tmpdir_mkdir(&mf.t, "proj/.rune/org");
	tmpdir_link(&mf.t, "proj/.rune/org/org.md", "../../../secret.md");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "proj/.rune/org/org.md:1:1 RN5007");
	ck_assert_uint_eq(mf_find_skill("sentinel")->ninjection, 0);
}
END_TEST

START_TEST(k11_policy_is_not_read_through_linked_directories) /* K11 */
{
	put("[]");
	mf_put("elsewhere/org.md", "SECRET");
	tmpdir_mkdir(&mf.t, "proj/.rune");
	tmpdir_link(&mf.t, "proj/.rune/org", "../../elsewhere");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "proj/.rune/org/org.md:1:1 RN5007");
	ck_assert_uint_eq(mf_find_skill("sentinel")->ninjection, 0);
}
END_TEST

Suite *inject_suite(void)
{
	Suite *s = suite_create("inject");
	TCase *tc = mf_case(s, "inject");

	tcase_add_test(tc, k06_free_packs_inject_without_a_tier);
	tcase_add_test(tc, list_may_stand_in_an_object);
	tcase_add_test(tc, k02_reference_may_not_leave_the_pack);
	tcase_add_test(tc, k03_bad_json_breaks_the_pack);
	tcase_add_test(tc, k04_missing_targets_are_reported);
	tcase_add_test(tc, disabled_target_gets_nothing);
	tcase_add_test(tc, files_that_are_there_are_not_replaced);
	tcase_add_test(tc, only_the_winner_of_a_name_injects);
	tcase_add_test(tc, k11_organization_policy_comes_from_the_project);
	tcase_add_test(tc, k11_policy_without_the_skill_is_reported);
	tcase_add_test(tc, k11_policy_is_not_read_through_links);
	tcase_add_test(tc, k11_policy_is_not_read_through_linked_directories);
	return s;
}
