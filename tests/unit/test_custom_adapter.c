#include "model_fixture.h"
#include "rune/emit.h"
#include "rune/str.h"

Suite *custom_adapter_suite(void);

static struct config conf;

/* adapters.mine = `members`; NULL if refused. */
static const struct adapter *parse(const char *members)
{
	mf_put("proj/rune.config.json",
		str_fmt(&mf.a, "{\"adapters\": {\"mine\": {%s}}}", members).p);
	memset(&conf, 0, sizeof(conf));
	source_set_init(&mf.p.sources, &mf.a);
	diag_sink_init(&mf.sink, &mf.a, NULL);
	config_load(&conf, mf.o.dir, &mf.p.sources, &mf.a, &mf.sink);
	return conf.nadapter ? conf.adapter[0] : NULL;
}

static const struct adapter *parse_clean(const char *members)
{
	const struct adapter *ad = parse(members);

	ck_assert_str_eq(mf_findings(), "");
	ck_assert_ptr_nonnull(ad);
	return ad;
}

static void refused(const char *members, const char *said)
{
	ck_assert_ptr_null(
		parse(str_fmt(&mf.a, "\"extends\": \"cursor\", %s", members).p));
	mf_contains(mf_findings(), said);
}

START_TEST(starts_from_its_base)
{
	const struct adapter *ad = parse_clean("\"extends\": \"cursor\"");
	const struct adapter *base = config_adapter(&conf, STR("cursor"));

	mf_str_eq(ad->name, "mine");
	mf_str_eq(ad->title, "mine");
	ck_assert(str_eq(ad->skill_path, base->skill_path));
	ck_assert_ptr_eq(ad->fields, base->fields);
	ck_assert(ad->emit_extra == base->emit_extra);
	/* the base's directories speak for the base */
	ck_assert_uint_eq(ad->ndetect, 0);
}
END_TEST

START_TEST(data_is_overridden)
{
	const struct adapter *ad = parse_clean(
		"\"extends\": \"generic\", \"title\": \"Mine\", \"layout\": "
		"\"directory\", "
		"\"skillPath\": \".m/{name}/SKILL.md\", \"resourceDir\": \".m/{name}\", "
		"\"indexDir\": \"\", \"refFormat\": \"@{ref}\", \"caps\": "
		"{\"subagents\": "
		"true}, \"fields\": [{\"key\": \"id\", \"from\": \"name\"}, {\"key\": "
		"\"on\", "
		"\"from\": \"literal\", \"source\": \"true\"}], \"tools\": {\"Bash\": "
		"\"shell\", \"Read\": {\"verb\": \"open\", \"noun\": \"opening\"}}, "
		"\"models\": {\"opus\": \"big\"}, \"detect\": [\".m\"], \"limits\": "
		"{\"body\": 9000, \"alwaysOn\": 0}");

	mf_str_eq(ad->title, "Mine");
	ck_assert_int_eq(ad->layout, LAYOUT_DIR);
	mf_str_eq(ad->skill_path, ".m/{name}/SKILL.md");
	ck_assert_uint_eq(ad->index_dir.n, 0);
	mf_str_eq(ad->ref_format, "@{ref}");
	ck_assert_uint_eq(ad->caps, CAP_SUBAGENTS);
	ck_assert_uint_eq(ad->nfields, 2);
	mf_str_eq(ad->fields[1].key, "on");
	ck_assert_int_eq(ad->fields[1].from, FIELD_LITERAL);
	mf_str_eq(ad->fields[1].source, "true");
	ck_assert_uint_eq(ad->ntools, 2);
	mf_str_eq(ad->tools[0].to, "shell");
	mf_str_eq(ad->tools[1].noun, "opening");
	mf_str_eq(ad->models[0].to, "big");
	mf_str_eq(ad->detect[0], ".m");
	ck_assert_uint_eq(ad->limits.body, 9000);
	ck_assert_uint_eq(ad->limits.name, 64);
}
END_TEST

START_TEST(caps_as_a_list_say_all)
{
	const struct adapter *ad = parse_clean(
		"\"extends\": \"claude\", \"caps\": [\"hooks\", \"namespace\"]");

	ck_assert_uint_eq(ad->caps, CAP_HOOKS | CAP_NAMESPACE);
	ad = parse_clean("\"extends\": \"claude\", \"caps\": {\"subagents\": false}");
	ck_assert_uint_eq(ad->caps,
		config_adapter(&conf, STR("claude"))->caps & ~(unsigned)CAP_SUBAGENTS);
}
END_TEST

START_TEST(tables_are_merged_with_the_base)
{
	const struct adapter *base = config_adapter(&conf, STR("openclaw"));
	const struct adapter *ad =
		parse_clean("\"extends\": \"openclaw\", \"tools\": {\"Bash\": \"sh\"}");

	ck_assert_uint_gt(base->ntools, 1);
	ck_assert_uint_eq(ad->ntools, base->ntools);
	for (size_t i = 0; i < ad->ntools; i++)
		if (str_eq(ad->tools[i].from, STR("Bash")))
			mf_str_eq(ad->tools[i].to, "sh");
		else
			ck_assert(str_eq(ad->tools[i].to, base->tools[i].to));
}
END_TEST

START_TEST(extends_must_name_a_built_in)
{
	ck_assert_ptr_null(parse("\"title\": \"x\""));
	mf_contains(mf_findings(),
		"proj/rune.config.json:1:23 RN4004 platform 'mine' has no 'extends'");
	ck_assert_ptr_null(parse("\"extends\": \"curser\""));
	mf_contains(mf_findings(),
		"1:35 RN4004 'curser' is not a built-in platform; it is "
		"claude, ");
	mf_contains(mf_findings(), "did you mean 'cursor'?");
	ck_assert_ptr_null(parse("\"extends\": 1"));
	mf_contains(mf_findings(), "RN4002 'extends' must be a string, not a number");
}
END_TEST

START_TEST(mistakes_have_positions)
{
	refused("\"layout\": \"round\"", "1:55 RN4004 'adapters.mine.layout' must be");
	refused("\"title\": 1", "RN4002 'adapters.mine.title' must be a string");
	refused("\"skillPath\": \"x/SKILL.md\"", "must have {name} in it");
	refused("\"skillPath\": \"../{name}.md\"", "must be a relative path");
	refused("\"root\": \"/etc\"", "'adapters.mine.root' must be a relative path");
	refused("\"rulesPath\": \"a//b\"", "must be a relative path");
	refused("\"refFormat\": \"x\"", "must have {ref} in it");
	refused("\"caps\": [\"fly\"]", "there is no capability 'fly'; it is subagents, ");
	refused("\"caps\": {\"hooks\": 1}", "'adapters.mine.caps' must be a boolean");
	refused("\"caps\": 1", "must be a list of names or an object of booleans");
	refused("\"fields\": {}", "'adapters.mine.fields' must be an array");
	refused("\"fields\": [{\"key\": \"a: b\", \"from\": \"name\"}]", "needs a 'key'");
	refused("\"fields\": [{\"key\": \"a\", \"from\": \"zz\"}]",
		"needs a 'from': name");
	refused("\"fields\": [{\"key\": \"a\", \"from\": \"key\"}]", "needs a 'source'");
	refused("\"limits\": {\"body\": -1}", "must be a whole number");
	refused("\"limits\": {\"body\": 1.5}", "must be a whole number");
	refused("\"limits\": {\"body\": \"1\"}", "must be a number");
	refused("\"detect\": [\"..\"]", "must hold relative paths");
	refused("\"tools\": {\"Bash\": 1}", "the tool's name, or an object");
	refused("\"models\": {\"opus\": 1}", "'adapters.mine.models' must be a string");
}
END_TEST

START_TEST(unknown_members_are_reported)
{
	ck_assert_ptr_nonnull(
		parse("\"extends\": \"cursor\",\n\"skilPath\": \"x\", \"tools\": "
		      "{\"Bsh\": \"x\"}, \"models\": {\"gpt\": \"x\"}, \"limits\": "
		      "{\"size\": 1}"));
	mf_contains(mf_findings(),
		":2:1 RN4003 unknown key 'skilPath'\n\tdid you mean 'skillPath'?");
	mf_contains(mf_findings(), "unknown key 'Bsh'\n\tdid you mean 'Bash'?");
	mf_contains(mf_findings(), "unknown key 'gpt'");
	mf_contains(mf_findings(), "unknown key 'size'");
}
END_TEST

static struct str written(const struct adapter *ad)
{
	struct buf b = BUF_INIT(&mf.a);

	custom_adapter_write(&b, ad);
	return buf_str(&b);
}

/* The members of an object's text. */
static const char *inner(struct str json)
{
	return str_dupz(&mf.a, str_sub(json, 1, json.n - 2));
}

START_TEST(round_trip_of_every_platform)
{
	for (size_t i = 0; i < adapter_count; i++) {
		struct str first = written(adapter_table[i]), again;
		const struct adapter *ad = parse_clean(inner(first));
		size_t body;

		ck_assert(ad->emit_extra == adapter_table[i]->emit_extra);
		/* of a custom one, only the base's name may differ */
		again = written(ad);
		body = str_find(first, STR("\"caps\""), 0);
		first = str_from(first, body);
		again = str_from(again, str_find(again, STR("\"caps\""), 0));
		ck_assert_msg(str_eq(first, again), "%.*s\n---\n%.*s", STR_ARG(first),
			STR_ARG(again));
	}
}
END_TEST

START_TEST(round_trip_of_a_custom_one)
{
	const struct adapter *ad =
		parse_clean("\"extends\": \"cursor\", \"title\": \"a \\\"b\\\"\", "
			    "\"tools\": {\"Bash\": "
			    "{\"to\": \"x\", \"lead\": \"y\"}}, \"caps\": [], "
			    "\"limits\": {\"body\": 7}, "
			    "\"rulesFields\": [], \"instructionsPath\": \"AGENTS.md\"");
	struct str first = written(ad);

	ad = parse_clean(inner(first));
	ck_assert(str_eq(first, written(ad)));
	ck_assert_uint_eq(ad->nrules_fields, 0);
	ck_assert_uint_eq(ad->limits.body, 7);
	mf_str_eq(ad->tools[0].lead, "y");
}
END_TEST

/* ---- the same tree ------------------------------------------------------------------ */

static void source(void)
{
	mf_put("src/agents/pilot.md",
		"---\nname: pilot\ndescription: Finds the way \"in\".\nmetadata:\n"
		"  model: haiku\n  tools: Read, Grep, WebSearch, TodoWrite\n---\n\n"
		"# pilot\n\nUse `Grep`.\n");
	mf_put("src/commands/rune.md",
		"---\nname: rune\ndescription: Starts a skill.\n---\n\n# /rune\n\n"
		"The request: $ARGUMENTS\n");
	mf_skill("skill-router", "metadata:\n  layer: L0\n", "# router\n\nPick one.\n");
	mf_skill("lamp", "metadata:\n  layer: L2\n  model: opus\n",
		"# lamp\n\n`Read` it, by `rune:tide`; {scripts_dir}/x.sh\n\n"
		"## Calls (outbound)\n\n- `tide` (L3): before\n");
	mf_put("src/skills/lamp/scripts/x.sh", "true\n");
	mf_skill("tide", "user-invocable: false\nmetadata:\n  layer: L3\n",
		str_fmt(&mf.a,
			"# tide\n\n%01000d\n\n## B\n\n%07000d\n\n## C\n\n%07000d\n", 1, 2,
			3)
			.p);
	mf_pack("src/extensions/dock", "",
		"# dock\n\n## Skills Included\n\n### moor\n\nTie `Bash`.\n");
}

static void emit(const char *platform, struct outtree *out)
{
	const struct adapter *ad = config_adapter(&mf.p.config, str_c(platform));
	struct emit_stats stats = { 0 };

	ck_assert_msg(ad != NULL, "no platform %s:\n%s", platform, mf_findings());
	outtree_init(out, &mf.a);
	ck_assert(emit_platform(
		&mf.p, ad, &(struct made_skills){ 0 }, &mf.a, &mf.sink, out, &stats));
	outtree_finish(out);
}

static void same_tree(const char *name, const struct outtree *a, const struct outtree *b)
{
	ck_assert_msg(a->n == b->n && a->n, "%s: %zu files, not %zu", name, b->n, a->n);
	for (size_t i = 0; i < a->n; i++) {
		ck_assert_msg(str_eq(a->v[i].path, b->v[i].path), "%s: %.*s, not %.*s",
			name, STR_ARG(b->v[i].path), STR_ARG(a->v[i].path));
		ck_assert_msg(str_eq(a->v[i].bytes, b->v[i].bytes),
			"%s: %.*s differs:\n%.*s\n----\n%.*s", name,
			STR_ARG(a->v[i].path), STR_ARG(a->v[i].bytes),
			STR_ARG(b->v[i].bytes));
	}
}

/* Built from what `rune platforms --json` prints, with `base` for what it extends. */
static void check_trees(const struct adapter *ad, const char *base)
{
	struct str json = written(ad);
	struct outtree own, custom;
	const char *name = str_dupz(&mf.a, ad->name);

	if (base)
		json = str_fmt(&mf.a, "{\"extends\": \"%s\"%.*s", base,
			STR_ARG(str_from(json, str_find(json, STR(","), 0))));
	mf_config(str_fmt(&mf.a, "\"adapters\": {\"mine\": %.*s}", STR_ARG(json)).p);
	ck_assert_msg(mf_load(), "%s: %s", name, mf_findings());
	emit(name, &own);
	emit("mine", &custom);
	same_tree(name, &own, &custom);
}

START_TEST(what_is_printed_of_a_platform_emits_the_same_tree)
{
	source();
	for (size_t i = 0; i < adapter_count; i++)
		check_trees(adapter_table[i], NULL);
}
END_TEST

/* Nothing comes from the base: all data are in what is printed. */
START_TEST(all_data_are_printed)
{
	size_t n = 0;

	source();
	for (size_t i = 0; i < adapter_count; i++) {
		const struct adapter *ad = adapter_table[i];

		if (ad->emit_extra || ad->skills_of)
			continue;
		check_trees(ad, "generic");
		n++;
	}
	ck_assert_uint_gt(n, 10);
}
END_TEST

START_TEST(numbers_and_names_are_read)
{
	const struct adapter *ad = parse_clean(
		"\"extends\": \"generic\", \"listing\": {\"fill\": \"tail\", \"hide\": "
		"\"key\", \"chars\": 1, \"tokens\": 2, \"own\": 3, \"ownFull\": 4, "
		"\"entry\": 5, \"names\": 6, \"described\": 7, \"description\": 8, "
		"\"entries\": 9}, \"limits\": {\"shown\": 10, \"command\": 11, "
		"\"instructions\": 12, \"skills\": 13}, \"roleBody\": \"text\", "
		"\"commandBody\": \"prompt\", \"hiddenFormat\": \" in {path}\", "
		"\"tools\": {\"Read\": {\"to\": \"view\", \"list\": \"read\"}}");
	const struct adapter_listing *b = &ad->listing;

	ck_assert_int_eq(b->fill, LIST_TAIL);
	ck_assert_int_eq(b->hide, HIDE_KEY);
	ck_assert(b->chars == 1 && b->tokens == 2 && b->own == 3 && b->own_full == 4);
	ck_assert(b->entry == 5 && b->names == 6 && b->described == 7);
	ck_assert(b->description == 8 && b->entries == 9);
	ck_assert(ad->limits.shown == 10 && ad->limits.command == 11);
	ck_assert(ad->limits.instructions == 12 && ad->limits.skills == 13);
	mf_str_eq(ad->role_body, "text");
	mf_str_eq(ad->command_body, "prompt");
	mf_str_eq(ad->hidden_format, " in {path}");
	mf_str_eq(ad->tools[0].list, "read");
}
END_TEST

START_TEST(mistakes_in_budgets_have_positions)
{
	refused("\"skillPath\": \"\"",
		"RN4004 'adapters.mine.skillPath' must not be empty");
	refused("\"listing\": 1",
		"1:56 RN4002 'adapters.mine.listing' must be an object");
	refused("\"listing\": {\"fill\": \"all of it\"}",
		"1:65 RN4004 'adapters.mine.listing.fill' must be");
	refused("\"listing\": {\"hide\": true}",
		"1:65 RN4002 'adapters.mine.listing.hide'");
	refused("\"listing\": {\"own\": -1}",
		"1:64 RN4004 'adapters.mine.listing.own' must be a whole number");
	refused("\"listing\": {\"own\": \"1\"}", "RN4002 'adapters.mine.listing.own'");
	refused("\"limits\": {\"shown\": 1.5}",
		"1:65 RN4004 'adapters.mine.limits.shown' must be a whole number");
	refused("\"roleBody\": 1",
		"1:57 RN4002 'adapters.mine.roleBody' must be a string");
	refused("\"roleBody\": \"a b\"", "1:57 RN4004 'adapters.mine.roleBody' must be");
	refused("\"commandBody\": \"x.y\"", "RN4004 'adapters.mine.commandBody' must be");
	refused("\"hiddenFormat\": []", "RN4002 'adapters.mine.hiddenFormat' must be");
	refused("\"tools\": {\"Read\": {\"list\": 1}}", "RN4002 'adapters.mine.tools'");
	ck_assert_ptr_nonnull(
		parse("\"extends\": \"cursor\", \"listing\": {\"chras\": 1}, "
		      "\"tools\": {\"Read\": {\"lsit\": \"x\"}}"));
	mf_contains(mf_findings(),
		"1:57 RN4003 unknown key 'chras'\n\tdid you mean 'chars'?");
	mf_contains(mf_findings(), "RN4003 unknown key 'lsit'\n\tdid you mean 'list'?");
}
END_TEST

/* What says how skills are made is not the other platform's any more. */
START_TEST(one_that_changes_its_skills_has_its_own)
{
	struct outtree out;
	bool found = false;

	source();
	mf_config("\"adapters\": {\"mine\": {\"extends\": \"codex\", \"skillPath\": "
		  "\".mine/{name}/SKILL.md\", \"resourceDir\": \".mine/{name}\", "
		  "\"indexDir\": \".mine\"}}");
	ck_assert(mf_load());
	emit("mine", &out);
	for (size_t i = 0; i < out.n; i++) {
		ck_assert_msg(!str_starts(out.v[i].path, STR(".agents/")), "%.*s",
			STR_ARG(out.v[i].path));
		found |= str_eq(out.v[i].path, STR(".mine/rune-lamp/SKILL.md"));
	}
	ck_assert(found);
}
END_TEST

Suite *custom_adapter_suite(void)
{
	Suite *s = suite_create("custom_adapter");
	TCase *tc = mf_case(s, "custom_adapter");

	tcase_add_test(tc, starts_from_its_base);
	tcase_add_test(tc, data_is_overridden);
	tcase_add_test(tc, caps_as_a_list_say_all);
	tcase_add_test(tc, tables_are_merged_with_the_base);
	tcase_add_test(tc, extends_must_name_a_built_in);
	tcase_add_test(tc, mistakes_have_positions);
	tcase_add_test(tc, unknown_members_are_reported);
	tcase_add_test(tc, round_trip_of_every_platform);
	tcase_add_test(tc, round_trip_of_a_custom_one);
	tcase_add_test(tc, what_is_printed_of_a_platform_emits_the_same_tree);
	tcase_add_test(tc, all_data_are_printed);
	tcase_add_test(tc, numbers_and_names_are_read);
	tcase_add_test(tc, mistakes_in_budgets_have_positions);
	tcase_add_test(tc, one_that_changes_its_skills_has_its_own);
	return s;
}
