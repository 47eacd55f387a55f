#include "model_fixture.h"
#include "rune/str.h"

Suite *skill_suite(void);

/* The skill `src/skills/s/SKILL.md` with this frontmatter. */
static const struct skill *load(const char *frontmatter)
{
	mf_put("src/skills/s/SKILL.md",
		str_fmt(&mf.a, "---\n%s---\n\n# s\n", frontmatter).p);
	ck_assert(mf_load());
	ck_assert_uint_eq(mf.p.nskill, 1);
	return &mf.p.skill[0];
}

/* The same, with name and description. */
static const struct skill *load_with(const char *lines)
{
	return load(str_fmt(&mf.a, "name: s\ndescription: About s.\n%s", lines).p);
}

START_TEST(all_fields)
{
	const struct skill *s =
		load_with("context: fork\nagent: general-purpose\nuser-invocable: "
			  "false\nmetadata:\n  "
			  "author: me\n  version: \"1.0\"\n  layer: L1\n  model: opus\n  "
			  "group: g\n  "
			  "tools: \"Read, Bash\"\n  emit: a.b, c.d\n  listen: [e.f]\n");
	const struct meta *m = &s->meta;

	ck_assert_str_eq(mf_findings(), "");
	mf_str_eq(m->name, "s");
	mf_str_eq(s->emit_name, "rune-s");
	mf_str_eq(m->description, "About s.");
	mf_str_eq(m->author, "me");
	mf_str_eq(m->version, "1.0");
	mf_str_eq(m->group, "g");
	mf_str_eq(m->agent, "general-purpose");
	ck_assert_int_eq(m->layer, LAYER_L1);
	ck_assert_int_eq(m->model, MODEL_OPUS);
	ck_assert(m->fork && m->hidden_from_user);
	ck_assert_uint_eq(m->ntools, 2);
	mf_str_eq(m->tools[1].value, "Bash");
	ck_assert_uint_eq(m->nemit, 2);
	mf_str_eq(m->emit[1].name, "c.d");
	ck_assert_uint_eq(m->nlisten, 1);
	ck_assert(!s->broken);
}
END_TEST

START_TEST(p03_p04_p05_lists_and_comments) /* P03, P04, P05 */
{
	const struct meta *m =
		&load_with("metadata:\n  emit:\n    - code.changed\n    - "
			   "code.changed\n  layer: L1 # orchestrator\n  model: "
			   "opus # big\n  listen: [a.b, c.d]\n")
			 ->meta;

	ck_assert_str_eq(mf_findings(), "");
	ck_assert_int_eq(m->layer, LAYER_L1);
	ck_assert_int_eq(m->model, MODEL_OPUS);
	ck_assert_uint_eq(m->nemit, 1);
	mf_str_eq(m->emit[0].name, "code.changed");
	ck_assert_uint_eq(m->nlisten, 2);
}
END_TEST

START_TEST(metadata_wins_over_the_top_level)
{
	const struct meta *m =
		&load_with("emit: other.sig\nlisten: top.sig\nmetadata:\n  "
			   "emit: lamp.lit\n")
			 ->meta;

	ck_assert_uint_eq(m->nemit, 1);
	mf_str_eq(m->emit[0].name, "lamp.lit");
	mf_str_eq(m->listen[0].name, "top.sig");
}
END_TEST

START_TEST(p01_description_is_folded_to_one_line) /* P01 */
{
	mf_str_eq(load("name: s\ndescription: >\n  one\n  two\n\n  three\n")
			  ->meta.description,
		"one two three");
	mf_str_eq(load("name: s\ndescription: |\n  First part\n    second   part\n")
			  ->meta.description,
		"First part second part");
}
END_TEST

START_TEST(p10_no_frontmatter_is_an_error) /* P10 */
{
	mf_put("src/skills/a/SKILL.md", "# a\n");
	mf_put("src/skills/b/SKILL.md", "# b\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/skills/a/SKILL.md:1:1 RN1001");
	mf_contains(mf_findings(), "src/skills/b/SKILL.md:1:1 RN1001");
	ck_assert_uint_eq(mf.sink.n, 2);
	ck_assert_uint_eq(mf.p.nskill, 2);
	ck_assert(mf.p.skill[0].broken && mf.p.skill[1].broken);
	mf_str_eq(mf.p.skill[0].emit_name, "rune-a");
}
END_TEST

START_TEST(p10_no_name_is_an_error) /* P10 */
{
	const struct skill *s = load("description: d\n");

	mf_contains(mf_findings(), "src/skills/s/SKILL.md:2:1 RN1011 the skill has no "
				   "'name'\n\tgive it the name of its directory: s");
	ck_assert(s->broken);
	ck_assert(load("name:\ndescription: d\n")->broken);
	mf_finding(RULE_NAME_MISSING);
	ck_assert(load("name: \"\"\ndescription: d\n")->broken);
	mf_finding(RULE_NAME_MISSING);
}
END_TEST

START_TEST(p13_duplicate_key_breaks_the_skill) /* P13 */
{
	ck_assert(load("name: s\nname: t\ndescription: d\n")->broken);
	mf_contains(mf_findings(), "RN1003");
}
END_TEST

START_TEST(p14_layer_and_model_list_what_is_allowed) /* P14 */
{
	const struct skill *s = load_with("metadata:\n  layer: L9\n  model: gpt-9\n");

	mf_contains(mf_findings(),
		"src/skills/s/SKILL.md:5:10 RN1015 'layer' must be L0, L1, L2, L3 or L4, "
		"not 'L9'");
	mf_contains(mf_findings(),
		":6:10 RN1015 'model' must be opus, sonnet or haiku, not 'gpt-9'");
	ck_assert_int_eq(s->meta.layer, LAYER_NONE);
	ck_assert_int_eq(s->meta.model, MODEL_NONE);
	ck_assert(!s->broken);
	load_with("layer: l2\nmodel: gpt-9\n");
	ck_assert_uint_eq(mf_reported(RULE_VALUE_INVALID), 2);
	/* Claude Code's own values of its own key */
	load_with("model: inherit\n");
	ck_assert_str_eq(mf_findings(), "");
}
END_TEST

START_TEST(p20_tab_indentation_is_an_error) /* P20 */
{
	ck_assert(load_with("metadata:\n\tlayer: L1\n")->broken);
	mf_contains(mf_findings(), "src/skills/s/SKILL.md:5:1 RN1002");
	ck_assert_uint_eq(mf.sink.n, 1);
}
END_TEST

START_TEST(h02_h03_h04_names_of_another_form_are_refused) /* H02, H03, H04 */
{
	static const char *const bad[] = { "\"a: b\"", "a#b", "../../../pwned/x",
		"x/../../../../pwned2", "Cook", "a_b", "-a", "a-", "a--b", "a b", "a.b",
		"\"a\\nb\"", "\xc3\xa9", "\"@rune/x\"" };

	for (size_t i = 0; i < COUNTOF(bad); i++) {
		const struct skill *s =
			load(str_fmt(&mf.a, "name: %s\ndescription: d\n", bad[i]).p);

		ck_assert_msg(s->broken, "%s", bad[i]);
		mf_contains(mf_findings(), "src/skills/s/SKILL.md:2:7 RN1012 name '");
		mf_str_eq(s->meta.name, "s");
		mf_str_eq(s->emit_name, "rune-s");
	}
}
END_TEST

START_TEST(name_refusal_offers_one_that_fits)
{
	const struct diag *d;

	load("name: My Skill!\ndescription: d\n");
	d = mf_finding(RULE_NAME_INVALID);
	ck_assert(d->has_fixit);
	mf_str_eq(d->fixit, "my-skill");
}
END_TEST

START_TEST(names_have_a_length)
{
	char name[67];
	const struct skill *s;

	memset(name, 'a', sizeof(name));
	name[65] = '\0';
	ck_assert(load(str_fmt(&mf.a, "name: %s\ndescription: d\n", name).p)->broken);
	mf_contains(mf_findings(), "name is 65 characters long; at most 64 are allowed");
	name[64] = '\0';
	s = load(str_fmt(&mf.a, "name: %s\ndescription: d\n", name).p);
	ck_assert(s->broken);
	mf_contains(mf_findings(), "is 69 characters long");
	name[59] = '\0';
	ck_assert(!load(str_fmt(&mf.a, "name: %s\ndescription: d\n", name).p)->broken);
}
END_TEST

START_TEST(name_may_look_like_a_number)
{
	mf_put("src/skills/123/SKILL.md", "---\nname: 123\ndescription: d\n---\n# x\n");
	mf_load_clean();
	mf_str_eq(mf_find_skill("123")->emit_name, "rune-123");
}
END_TEST

START_TEST(wrong_types_are_errors)
{
	static const char *const bad[] = { "name: [s]\ndescription: d\n",
		"name: {a: b}\ndescription: d\n", "name: s\ndescription: [d]\n",
		"name: s\ndescription: {a: b}\n",
		"name: s\ndescription: d\nmetadata: x\n",
		"name: s\ndescription: d\nmetadata:\n  layer: [L1]\n",
		"name: s\ndescription: d\nmetadata:\n  group: {a: b}\n",
		"name: s\ndescription: d\nuser-invocable: []\n" };

	for (size_t i = 0; i < COUNTOF(bad); i++) {
		ck_assert_msg(load(bad[i])->broken, "%s", bad[i]);
		mf_finding(RULE_FM_TYPE);
		ck_assert_uint_eq(mf.sink.n, 1);
	}
}
END_TEST

START_TEST(h05_description_must_say_something) /* H05 */
{
	ck_assert(load("name: s\n")->broken);
	mf_contains(mf_findings(),
		"src/skills/s/SKILL.md:2:1 RN1013 'description' is missing");
	ck_assert(load("name: s\ndescription:\n")->broken);
	mf_contains(mf_findings(), "RN1013 'description' is empty");
	ck_assert(load("name: s\ndescription: \"  \"\n")->broken);
	mf_contains(mf_findings(), ":3:14 RN1013 'description' is empty");
}
END_TEST

START_TEST(long_description_is_a_warning)
{
	struct buf b = BUF_INIT(&mf.a);

	buf_addz(&b, "name: s\ndescription: ");
	for (int i = 0; i < 1024; i++)
		buf_addz(&b, "\xc3\xa9");
	buf_addz(&b, "\n");
	load(b.p);
	ck_assert_str_eq(mf_findings(), "");
	b.n--;
	buf_addz(&b, "x\n");
	ck_assert(!load(b.p)->broken);
	mf_contains(mf_findings(), "RN1014 description is 1025 characters long");
}
END_TEST

START_TEST(booleans_are_true_or_false)
{
	ck_assert(load_with("user-invocable: false\n")->meta.hidden_from_user);
	ck_assert(!load_with("user-invocable: true\n")->meta.hidden_from_user);
	ck_assert_str_eq(mf_findings(), "");
	ck_assert(!load_with("user-invocable: \"no\"\n")->meta.hidden_from_user);
	mf_contains(mf_findings(), "RN1015 'user-invocable' must be true or false");
	load_with("disable-model-invocation: maybe\n");
	mf_contains(mf_findings(), "RN1015 'disable-model-invocation'");
	load_with("context: spoon\n");
	mf_contains(mf_findings(), "RN1015 'context' must be fork, not 'spoon'");
}
END_TEST

START_TEST(unknown_keys_are_told_once_each)
{
	mf_skill("a", "descripton: x\nmetadata:\n  layr: L1\n  whatever: x\n", "# a\n");
	mf_skill("b", "descripton: x\nzzz: 1\n", "# b\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(),
		"src/skills/a/SKILL.md:4:1 RN1006 unknown key "
		"'descripton'\n\tdid you mean 'description'?\n\tit is given "
		"2 times");
	mf_contains(
		mf_findings(), "unknown metadata key 'layr'\n\tdid you mean 'layer'?");
	mf_contains(mf_findings(), "unknown key 'zzz'");
	/* metadata is the author's */
	mf_lacks(mf_findings(), "whatever");
	ck_assert_uint_eq(mf_reported(RULE_FM_UNKNOWN_KEY), 3);
}
END_TEST

START_TEST(e07_name_may_differ_from_the_directory) /* E07 */
{
	mf_put("src/skills/foo/SKILL.md", "---\nname: bar\ndescription: d\n---\n# x\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(),
		"src/skills/foo/SKILL.md:2:7 RN2005 name 'bar' differs "
		"from its directory 'foo'\n\tthe declared name is used");
	mf_str_eq(mf_find_skill("bar")->emit_name, "rune-bar");
	ck_assert(!mf_find_skill("bar")->broken);
}
END_TEST

START_TEST(errors_count_whatever_the_policy)
{
	mf_config("\"rules\": {\"name-invalid\": \"off\", \"description-missing\": "
		  "\"warning\"}");
	ck_assert(load("name: A B\n")->broken);
	ck_assert_uint_eq(mf_reported(RULE_NAME_INVALID), 0);
	ck_assert_int_eq(mf_finding(RULE_DESC_MISSING)->severity, SEV_WARN);
	ck_assert_uint_eq(mf.sink.count[SEV_ERROR], 0);
}
END_TEST

Suite *skill_suite(void)
{
	Suite *s = suite_create("skill");
	TCase *tc = mf_case(s, "skill");

	tcase_add_test(tc, all_fields);
	tcase_add_test(tc, p03_p04_p05_lists_and_comments);
	tcase_add_test(tc, metadata_wins_over_the_top_level);
	tcase_add_test(tc, p01_description_is_folded_to_one_line);
	tcase_add_test(tc, p10_no_frontmatter_is_an_error);
	tcase_add_test(tc, p10_no_name_is_an_error);
	tcase_add_test(tc, p13_duplicate_key_breaks_the_skill);
	tcase_add_test(tc, p14_layer_and_model_list_what_is_allowed);
	tcase_add_test(tc, p20_tab_indentation_is_an_error);
	tcase_add_test(tc, h02_h03_h04_names_of_another_form_are_refused);
	tcase_add_test(tc, name_refusal_offers_one_that_fits);
	tcase_add_test(tc, names_have_a_length);
	tcase_add_test(tc, name_may_look_like_a_number);
	tcase_add_test(tc, wrong_types_are_errors);
	tcase_add_test(tc, h05_description_must_say_something);
	tcase_add_test(tc, long_description_is_a_warning);
	tcase_add_test(tc, booleans_are_true_or_false);
	tcase_add_test(tc, unknown_keys_are_told_once_each);
	tcase_add_test(tc, e07_name_may_differ_from_the_directory);
	tcase_add_test(tc, errors_count_whatever_the_policy);
	return s;
}
