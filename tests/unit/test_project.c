#include <unistd.h>

#include "model_fixture.h"
#include "rune/os.h"
#include "rune/str.h"

Suite *project_suite(void);

#define SKILL(name) "---\nname: " name "\ndescription: d\n---\n# x\n"

/* Emitted names, in the project's order; "!" marks broken ones. */
static const char *names(void)
{
	struct buf b = BUF_INIT(&mf.a);

	for (size_t i = 0; i < mf.p.nskill; i++)
		buf_addf(&b, "%s%.*s ", mf.p.skill[i].broken ? "!" : "",
			STR_ARG(mf.p.skill[i].emit_name));
	return b.n ? b.p : "";
}

/* ---- roots --------------------------------------------------------------------- */

START_TEST(e01_missing_source_is_fatal) /* E01 */
{
	mf_put("proj/rune.config.json", "{\n\"source\": \"/nonexistent/zz\"}");
	ck_assert(!mf_load());
	mf_contains(mf_findings(), "proj/rune.config.json:2:11 RN4006 source directory "
				   "'/nonexistent/zz' does not exist");
	mf_put("proj/rune.config.json", "{\n\"source\": [\"../src\", \"../gone\"]}");
	ck_assert(!mf_load());
	mf_contains(mf_findings(), ":2:22 RN4006 source directory '");
	mf_contains(mf_findings(), "gone' does not exist\n");
}
END_TEST

START_TEST(e01_o04_source_without_skills_is_fatal) /* E01, O04 */
{
	mf_put("none/readme.txt", "x");
	mf_put("none/sub/note.md", "x");
	mf_put("proj/rune.config.json", "{\"source\": \"../none\"}");
	ck_assert(!mf_load());
	mf_contains(mf_findings(), "RN4006 '");
	mf_contains(mf_findings(), "none' holds neither skills nor packs");
	mf_put("proj/rune.config.json", "{\"source\": \"../none/readme.txt\"}");
	ck_assert(!mf_load());
	mf_contains(mf_findings(), "is not a directory");
	mf.o.source = tmpdir_path(&mf.t, "gone");
	ck_assert(!mf_load());
	mf_contains(mf_findings(), "RN4006 source directory '");
}
END_TEST

START_TEST(k07_missing_tier_is_fatal) /* K07 */
{
	mf_config("\"tiers\": {\"pro\": \"../Nowhere\"}");
	ck_assert(!mf_load());
	mf_contains(mf_findings(), "proj/rune.config.json:3:18 RN4006 tier directory '");
	mf_contains(mf_findings(), "Nowhere' does not exist");
}
END_TEST

START_TEST(c05_paths_start_at_the_config_file) /* C05 */
{
	char before[4096];

	mf_put("proj/inner/skills/a/SKILL.md", SKILL("a"));
	mf_put("proj/rune.config.json", "{\"source\": \"./inner\"}");
	ck_assert_ptr_nonnull(getcwd(before, sizeof(before)));
	ck_assert_int_eq(chdir(tmpdir_path(&mf.t, "src").p), 0);
	mf_load_clean();
	ck_assert_str_eq(names(), "rune-a ");
	/* and are shown as the user gave them */
	mf.o.dir = STR("../proj");
	mf_load_clean();
	mf_str_eq(mf.p.skill[0].doc->src->path, "../proj/inner/skills/a/SKILL.md");
	ck_assert_int_eq(chdir(tmpdir_path(&mf.t, "proj").p), 0);
	mf.o.dir = STR(".");
	mf_load_clean();
	mf_str_eq(mf.p.skill[0].doc->src->path, "inner/skills/a/SKILL.md");
	/* --source starts where the command was given */
	mf.o.source = STR("../proj/inner");
	mf_load_clean();
	ck_assert_str_eq(names(), "rune-a ");
	ck_assert_int_eq(chdir(before), 0);
}
END_TEST

START_TEST(bare_source_is_a_directory_of_skills)
{
	mf_put("bare/a/SKILL.md", SKILL("a"));
	mf_put("bare/b/SKILL.md", SKILL("b"));
	mf_put("bare/LICENSE", "x");
	mf_put("proj/rune.config.json", "{\"source\": \"../bare\"}");
	mf_load_clean();
	ck_assert_str_eq(names(), "rune-a rune-b ");
	ck_assert(mf.p.root[0].bare);
}
END_TEST

START_TEST(library_is_on_unless_there_is_a_source)
{
	mf_put("proj/rune.config.json", "{}");
	ck_assert(mf_load());
	ck_assert_int_eq(mf.p.root[0].kind, ROOT_LIBRARY);
	ck_assert_uint_gt(mf.p.nskill, 0);
	mf_str_eq(
		mf_find_skill("cook")->doc->src->path, "<library>/skills/cook/SKILL.md");
	mf_str_eq(mf_find_skill("cook")->emit_name, "rune-cook");
	mf_skill("a", "", "# a\n");
	mf_config("");
	mf_load_clean();
	ck_assert_str_eq(names(), "rune-a ");
	mf_config("\"library\": true");
	ck_assert(mf_load());
	ck_assert_uint_gt(mf.p.nskill, 1);
	mf_put("proj/rune.config.json", "{\"library\": false}");
	mf_load_clean();
	ck_assert_uint_eq(mf.p.nskill + mf.p.npack, 0);
}
END_TEST

START_TEST(library_from_a_directory)
{
	mf_put("lib/skills/a/SKILL.md", SKILL("a"));
	mf_put("lib/skills/b/SKILL.md", SKILL("b"));
	mf_pack("lib/extensions/dock", "", "# D\n");
	mf_pack("lib/extensions/core", "", "# C\n");
	mf_put("proj/rune.config.json", "{}");
	mf.o.library_dir = tmpdir_path(&mf.t, "lib");
	mf_load_clean();
	ck_assert_str_eq(names(), "rune-a rune-b ");
	ck_assert_uint_eq(mf.p.npack, 2);
	mf.o.library_dir = tmpdir_path(&mf.t, "nolib");
	ck_assert(!mf_load());
	mf_contains(mf_findings(), "RN4006 library directory '");
}
END_TEST

START_TEST(library_may_be_a_list_of_names)
{
	mf_put("lib/skills/a/SKILL.md", SKILL("a"));
	mf_put("lib/skills/b/SKILL.md", SKILL("b"));
	mf_pack("lib/extensions/dock", "", "# D\n");
	mf_pack("lib/extensions/quay", "", "# Q\n");
	mf_pack("lib/extensions/core", "", "# C\n");
	mf_skill("b", "", "# mine\n");
	mf.o.library_dir = tmpdir_path(&mf.t, "lib");
	mf_config("\"library\": [\"a\", \"quay\", \"kuay\"]");
	ck_assert(mf_load());
	ck_assert_str_eq(names(), "rune-a rune-b ");
	ck_assert_int_eq(mf_find_skill("b")->root->kind, ROOT_SOURCE);
	ck_assert_uint_eq(mf.p.npack, 2);
	mf_find_pack("quay");
	mf_find_pack("core");
	mf_contains(mf_findings(),
		"RN4005 there is no skill or pack in the library called "
		"'kuay'\n\tdid you mean 'quay'?");
	ck_assert_uint_eq(mf.sink.n, 1);
}
END_TEST

START_TEST(prefixes)
{
	mf_skill("a", "", "# a\n");
	mf_put("src2/skills/b/SKILL.md", SKILL("b"));
	mf_put("proj/skills/c/SKILL.md", SKILL("c"));
	mf_put("proj/rune.config.json",
		"{\"source\": [\"../src\", {\"dir\": \"../src2\", \"prefix\": \"x-\"}]}");
	mf_load_clean();
	ck_assert_str_eq(names(), "c rune-a x-b ");
	mf_put("proj/rune.config.json",
		"{\"prefix\": \"\", \"source\": [\"../src\", {\"dir\": \"../src2\"}]}");
	mf_load_clean();
	ck_assert_str_eq(names(), "a b c ");
}
END_TEST

START_TEST(later_roots_win_in_silence)
{
	mf_skill("a", "emit: [\n", "# broken, but overridden\n");
	mf_put("src2/skills/a/SKILL.md", SKILL("a"));
	mf_put("src2/skills/b/SKILL.md", SKILL("b"));
	mf_put("proj/skills/b/SKILL.md", SKILL("b"));
	mf_put("proj/rune.config.json", "{\"source\": [\"../src\", \"../src2\"]}");
	mf_load_clean();
	ck_assert_str_eq(names(), "b rune-a ");
	ck_assert_ptr_eq(mf_find_skill("a")->root, &mf.p.root[1]);
}
END_TEST

START_TEST(project_that_is_its_own_source)
{
	mf_put("proj/skills/a/SKILL.md", SKILL("a"));
	mf_put("proj/rune.config.json", "{\"source\": \".\"}");
	mf_load_clean();
	ck_assert_str_eq(names(), "rune-a ");
	ck_assert_uint_eq(mf.p.nroot, 1);
	/* also when only its skills/ is the source */
	mf_put("proj/rune.config.json", "{\"source\": \"./skills\"}");
	mf_load_clean();
	ck_assert_str_eq(names(), "rune-a ");
}
END_TEST

/* ---- names --------------------------------------------------------------------- */

START_TEST(e06_same_name_twice_in_a_root) /* E06 */
{
	mf_put("src/skills/a/SKILL.md", SKILL("same"));
	mf_put("src/skills/b/SKILL.md", SKILL("same"));
	mf_skill("c", "", "# c\n");
	ck_assert(mf_load());
	const struct diag *d = mf_finding(RULE_NAME_DUPLICATE);

	ck_assert_str_eq(names(), "rune-c !rune-same ");
	mf_contains(mf_findings(),
		"src/skills/b/SKILL.md:2:7 RN2004 two skills are called "
		"'same'");
	ck_assert_ptr_nonnull(d->notes);
	struct str other = source_get(&mf.p.sources, d->notes->at.src)->path;

	ck_assert(str_ends(other, STR("src/skills/a/SKILL.md")));
}
END_TEST

START_TEST(nameless_skills_give_way)
{
	mf_put("src/skills/a/SKILL.md", "---\ndescription: d\n---\n");
	mf_put("src/skills/b/SKILL.md", SKILL("a"));
	ck_assert(mf_load());
	ck_assert_str_eq(names(), "rune-a ");
	mf_finding(RULE_NAME_MISSING);
	mf_finding(RULE_NAME_DIR);
	ck_assert_uint_eq(mf.sink.n, 2);
}
END_TEST

START_TEST(emitted_names_may_meet)
{
	mf_skill("a", "", "# a\n");
	mf_put("proj/skills/rune-a/SKILL.md", SKILL("rune-a"));
	mf_skill("ext-dock", "", "# x\n");
	mf_pack("src/extensions/dock", "", "# D\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "RN2004 two things would be emitted as 'rune-a'");
	mf_contains(
		mf_findings(), "RN2004 two things would be emitted as 'rune-ext-dock'");
	ck_assert_str_eq(names(), "!rune-a !rune-ext-dock ");
	ck_assert(mf_find_pack("dock")->broken);
}
END_TEST

START_TEST(texts_of_a_kind_and_name)
{
	mf_put("src/agents/x.md", SKILL("x"));
	mf_put("src/agents/y.md", SKILL("x"));
	mf_put("src/commands/x.md", SKILL("x"));
	mf_put("proj/commands/x.md", SKILL("x"));
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/agents/y.md:2:7 RN2004 two texts of a kind are "
				   "called 'x'");
	ck_assert_uint_eq(mf.p.ntext, 2);
	ck_assert(mf.p.text[0].broken);
	mf_str_eq(mf.p.text[1].emit_name, "x");
}
END_TEST

START_TEST(roles_modes_and_commands)
{
	mf_put("src/agents/arch.md",
		"---\nname: arch\ndescription: d\nmetadata:\n  model: "
		"opus\n  subagent-type: Plan\n  tools: \"Read, Glob\"\n"
		"---\n\n# arch\n");
	mf_put("src/commands/go.md",
		"---\ndescription: d\nargument-hint: \"[x]\"\n---\nx\n");
	mf_put("src/contexts/dev.md", SKILL("dev"));
	mf_put("src/commands/Bad Name.md", "---\ndescription: d\n---\nx\n");
	ck_assert(mf_load());
	ck_assert_uint_eq(mf.p.ntext, 3);
	mf_str_eq(mf.p.text[0].emit_name, "rune-arch");
	mf_str_eq(mf.p.text[0].subagent_type, "Plan");
	ck_assert_int_eq(mf.p.text[0].meta.model, MODEL_OPUS);
	ck_assert_uint_eq(mf.p.text[0].meta.ntools, 2);
	ck_assert_int_eq(mf.p.text[1].kind, TEXT_MODE);
	mf_str_eq(mf.p.text[2].emit_name, "rune-go");
	mf_contains(
		mf_findings(), "src/commands/Bad Name.md:2:1 RN1012 there is no 'name'");
	ck_assert_uint_eq(mf.sink.n, 1);
}
END_TEST

/* ---- disabling ----------------------------------------------------------------- */

START_TEST(c06_disabled_skills_are_gone) /* C06 */
{
	static const struct str off[] = { STR_INIT("b"), STR_INIT("zz") };

	mf_skill("a", "", "# a\n");
	mf_skill("b", "emit: [\n", "# errors do not matter\n");
	mf_skill("c", "", "# c\n");
	mf_config("\"skills\": {\"disabled\": [\"c\"]}");
	mf.o.disable = off;
	mf.o.ndisable = 2;
	mf_load();
	ck_assert_str_eq(names(), "rune-a ");
	ck_assert_ptr_nonnull(map_find(&mf.p.disabled, STR("b")));
	ck_assert_uint_eq(mf.p.ndisabled_skills, 2);
	/* of the command line it is fatal: nothing is built on a slip */
	mf_contains(mf_findings(), "RN4004 there is no skill 'zz'");
	ck_assert_uint_eq(mf.sink.n, 1);
}
END_TEST

START_TEST(e07_c03_unknown_disabled_names_are_reported) /* E07, C03 */
{
	mf_skill("cook", "", "# x\n");
	mf_put("src/skills/foo/SKILL.md", SKILL("bar"));
	mf_config("\"skills\": {\"disabled\": [\"foo\", \"cokk\"]}");
	ck_assert(mf_load());
	mf_contains(mf_findings(),
		"proj/rune.config.json:3:25 RN4005 there is no skill "
		"'foo'\n\tthe skill in the directory of that name is called "
		"'bar'");
	mf_contains(mf_findings(), "3:32 RN4005 there is no skill 'cokk'\n\tdid you mean "
				   "'cook'?");
	ck_assert_uint_eq(mf.p.nskill, 2);
}
END_TEST

/* ---- what names mean ----------------------------------------------------------- */

static const char *meaning(const char *token)
{
	struct ref_target t = project_resolve(&mf.p, str_c(token));

	switch (t.kind) {
	case VERTEX_SKILL:
		return str_fmt(
			&mf.a, "skill %.*s %zu", STR_ARG(t.skill->meta.name), t.used)
			.p;
	case VERTEX_PACK:
		return str_fmt(&mf.a, "pack %.*s %zu", STR_ARG(t.pack->base_name), t.used)
			.p;
	case VERTEX_PART:
		return str_fmt(&mf.a, "part %.*s/%.*s %zu", STR_ARG(t.pack->base_name),
			STR_ARG(t.part->meta.name), t.used)
			.p;
	case VERTEX_SIGNAL:
	case VERTEX_NONE: break;
	}
	return "none";
}

START_TEST(t13_names_are_the_longest_known) /* T13 */
{
	mf_skill("gamma", "", "# x\n");
	mf_skill("gamma-ray", "", "# x\n");
	mf_skill("both", "", "# x\n");
	mf_pack("src/extensions/both", "", "# x\n");
	mf_pack("src/extensions/dock", "",
		"# D\n\n## Skills Included\n\n### moor\n\nx\n");
	mf_pack("Pro/extensions/pro-dock", "", "# D\n");
	mf_config("\"tiers\": {\"pro\": \"../Pro\"}");
	mf_load_clean();
	ck_assert_str_eq(meaning("gamma"), "skill gamma 5");
	ck_assert_str_eq(meaning("gamma-"), "skill gamma 5");
	ck_assert_str_eq(meaning("gamma-then"), "skill gamma 5");
	ck_assert_str_eq(meaning("gamma-ray"), "skill gamma-ray 9");
	ck_assert_str_eq(meaning("gamma-ray-s"), "skill gamma-ray 9");
	ck_assert_str_eq(meaning("gamma-rays"), "skill gamma 5");
	ck_assert_str_eq(meaning("gammas"), "none");
	ck_assert_str_eq(meaning("gamma/moor"), "skill gamma 5");
	ck_assert_str_eq(meaning("both"), "skill both 4");
	ck_assert_str_eq(meaning("dock"), "pack dock 4");
	ck_assert_str_eq(meaning("pro-dock"), "pack dock 8");
	ck_assert_str_eq(meaning("dock/moor"), "part dock/moor 9");
	ck_assert_str_eq(meaning("dock/moor-it"), "part dock/moor 9");
	ck_assert_str_eq(meaning("dock/nothing"), "pack dock 4");
	ck_assert_str_eq(meaning("Gamma"), "none");
	ck_assert_str_eq(meaning(""), "none");
	mf_str_eq(project_nearest(&mf.p, STR("gama"), &mf.a), "gamma");
	mf_str_eq(project_nearest(&mf.p, STR("dokc"), &mf.a), "dock");
	mf_str_eq(project_nearest(&mf.p, STR("dock/mooor"), &mf.a), "dock/moor");
	ck_assert_uint_eq(project_nearest(&mf.p, STR("unheard-of"), &mf.a).n, 0);
}
END_TEST

/* ---- runs ---------------------------------------------------------------------- */

static const char *load_with(size_t jobs)
{
	struct buf b = BUF_INIT(&mf.a);

	mf.o.jobs = jobs;
	ck_assert(mf_load());
	buf_addz(&b, names());
	buf_addz(&b, mf_findings());
	for (size_t i = 0; i < mf.p.sources.n; i++)
		buf_addf(&b, "%zu %.*s\n", i, STR_ARG(mf.p.sources.v[i]->path));
	for (size_t i = 0; i < mf.p.mesh.nedge; i++)
		buf_addf(&b, "%.*s ", STR_ARG(mf.p.mesh.edge[i].target));
	return b.p;
}

START_TEST(threads_make_no_difference)
{
	const char *one;

	for (int i = 0; i < 600; i++)
		mf_skill(str_fmt(&mf.a, "s%d", i).p,
			i % 7 ? "" : "nonsense: 1\nemit: [\n",
			"# x\n\nAsk rune:s1 and rune:nobody.\n");
	one = load_with(1);
	ck_assert_str_eq(one, load_with(8));
	ck_assert_str_eq(one, load_with(3));
}
END_TEST

START_TEST(o02_empty_project_is_no_error) /* O02 */
{
	mf_load_clean();
	ck_assert_uint_eq(mf.p.nskill + mf.p.npack + mf.p.ntext, 0);
}
END_TEST

START_TEST(built_in_library_is_clean)
{
	mf_put("proj/rune.config.json", "{}");
	mf_load_clean();
	for (size_t i = 0; i < mf.p.nskill; i++)
		ck_assert(!mf.p.skill[i].broken);
	for (size_t i = 0; i < mf.p.npack; i++)
		ck_assert(!mf.p.pack[i].broken);
}
END_TEST

Suite *project_suite(void)
{
	Suite *s = suite_create("project");
	TCase *tc = mf_case(s, "project");

	tcase_add_test(tc, e01_missing_source_is_fatal);
	tcase_add_test(tc, e01_o04_source_without_skills_is_fatal);
	tcase_add_test(tc, k07_missing_tier_is_fatal);
	tcase_add_test(tc, c05_paths_start_at_the_config_file);
	tcase_add_test(tc, bare_source_is_a_directory_of_skills);
	tcase_add_test(tc, library_is_on_unless_there_is_a_source);
	tcase_add_test(tc, library_from_a_directory);
	tcase_add_test(tc, library_may_be_a_list_of_names);
	tcase_add_test(tc, prefixes);
	tcase_add_test(tc, later_roots_win_in_silence);
	tcase_add_test(tc, project_that_is_its_own_source);
	tcase_add_test(tc, e06_same_name_twice_in_a_root);
	tcase_add_test(tc, nameless_skills_give_way);
	tcase_add_test(tc, emitted_names_may_meet);
	tcase_add_test(tc, texts_of_a_kind_and_name);
	tcase_add_test(tc, roles_modes_and_commands);
	tcase_add_test(tc, c06_disabled_skills_are_gone);
	tcase_add_test(tc, e07_c03_unknown_disabled_names_are_reported);
	tcase_add_test(tc, t13_names_are_the_longest_known);
	tcase_add_test(tc, threads_make_no_difference);
	tcase_add_test(tc, o02_empty_project_is_no_error);
	tcase_add_test(tc, built_in_library_is_clean);
	return s;
}
