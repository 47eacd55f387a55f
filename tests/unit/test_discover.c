#include <sys/stat.h>
#include <unistd.h>

#include "model_fixture.h"
#include "rune/os.h"
#include "rune/str.h"

Suite *discover_suite(void);

/* The resources of a skill, "a.md b/c.md ". */
static const char *resources(const struct skill *s)
{
	struct buf b = BUF_INIT(&mf.a);

	for (size_t i = 0; i < s->nresource; i++)
		buf_addf(&b, "%.*s ", STR_ARG(s->resource[i].rel));
	return b.n ? b.p : "";
}

START_TEST(e08_companions_at_any_depth) /* E08 */
{
	mf_skill("a", "", "# a\n");
	mf_put("src/skills/a/GUIDE.md", "guide");
	mf_put("src/skills/a/references/deep/r.md", "deep");
	mf_put("src/skills/a/scripts/go.sh", "echo go\n");
	mf_put("src/skills/a/assets/SKILL.md", "not a skill");
	chmod(tmpdir_path(&mf.t, "src/skills/a/scripts/go.sh").p, 0755);
	mf_load_clean();
	const struct skill *s = mf_find_skill("a");

	ck_assert_str_eq(resources(s),
		"GUIDE.md assets/SKILL.md references/deep/r.md scripts/go.sh ");
	ck_assert(s->has_scripts);
	ck_assert(!s->resource[0].executable && s->resource[3].executable);
	mf_str_eq(s->resource[2].bytes, "deep");
	ck_assert_ptr_nonnull(s->resource[2].doc);
	ck_assert_ptr_null(s->resource[3].doc);
}
END_TEST

START_TEST(e11_e12_droppings_are_left_out_at_any_depth) /* E11, E12 */
{
	mf_skill("a", "", "# a\n");
	mf_put("src/skills/a/scripts/.env", "KEY=1");
	mf_put("src/skills/a/scripts/__pycache__/x.pyc", "x");
	mf_put("src/skills/a/references/sub/node_modules/x.js", "x");
	mf_put("src/skills/a/references/sub/ok.md", "x");
	mf_put("src/skills/a/.git/config", "x");
	mf_put("src/skills/a/note.md~", "x");
	ck_assert(mf_load());
	ck_assert_str_eq(resources(mf_find_skill("a")), "references/sub/ok.md ");
	ck_assert(!mf_find_skill("a")->has_scripts);
	/* what the author may miss is told */
	mf_contains(mf_findings(), "src/skills/a/scripts/.env:1:1 RN5006 '.env' is not "
				   "shipped");
	mf_contains(mf_findings(), "RN5006 'node_modules' is not shipped");
	mf_lacks(mf_findings(), ".git");
}
END_TEST

START_TEST(e13_links_out_of_the_skill_are_refused) /* E13 */
{
	mf_skill("a", "", "# a\n");
	mf_put("src/skills/a/references/real.md", "real");
	mf_put("src/skills/b/secret.md", "secret");
	tmpdir_link(&mf.t, "src/skills/a/in.md", "references/real.md");
	tmpdir_link(&mf.t, "src/skills/a/references/l", "/etc/hostname");
	tmpdir_link(&mf.t, "src/skills/a/other.md", "../b/secret.md");
	tmpdir_link(&mf.t, "src/skills/a/dir", "references");
	tmpdir_link(&mf.t, "src/skills/a/up", "..");
	ck_assert(mf_load());
	ck_assert_str_eq(resources(mf_find_skill("a")), "in.md references/real.md ");
	mf_str_eq(mf_find_skill("a")->resource[0].bytes, "real");
	ck_assert_uint_eq(mf_reported(RULE_RES_LINK), 4);
	mf_contains(mf_findings(), "src/skills/a/references/l:1:1 RN5007");
	ck_assert(!mf_find_skill("a")->broken);
}
END_TEST

START_TEST(e13_skill_file_that_leads_out_is_refused) /* E13 */
{
	mf_put("src/elsewhere.md", "---\nname: a\ndescription: d\n---\n");
	tmpdir_mkdir(&mf.t, "src/skills/a");
	tmpdir_link(&mf.t, "src/skills/a/SKILL.md", "../../elsewhere.md");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/skills/a/SKILL.md:1:1 RN5007");
	ck_assert(mf_find_skill("a")->broken);
	ck_assert_ptr_null(mf_find_skill("a")->doc);
}
END_TEST

START_TEST(e15_linked_skill_directory_inside_the_root_counts) /* E15 */
{
	mf_put("src/real/b/SKILL.md", "---\nname: b\ndescription: d\n---\n# b\n");
	mf_put("src/real/b/x.md", "x");
	tmpdir_link(&mf.t, "src/skills/b", "../real/b");
	mf_load_clean();
	ck_assert_str_eq(resources(mf_find_skill("b")), "x.md ");
}
END_TEST

START_TEST(e15_linked_skill_directory_outside_is_reported) /* E15 */
{
	mf_skill("a", "", "# a\n");
	mf_put("out/b/SKILL.md", "---\nname: b\ndescription: d\n---\n");
	tmpdir_link(&mf.t, "src/skills/b", "../../out/b");
	tmpdir_link(&mf.t, "src/skills/gone", "nowhere");
	tmpdir_link(&mf.t, "src/skills/README.md", "../../out/b/SKILL.md");
	ck_assert(mf_load());
	ck_assert_uint_eq(mf.p.nskill, 1);
	mf_contains(mf_findings(), "src/skills/b:1:1 RN5007 symbolic link 'b'");
	mf_contains(mf_findings(), "src/skills/gone:1:1 RN5007");
	mf_lacks(mf_findings(), "README");
}
END_TEST

START_TEST(linked_roots_outside_are_reported)
{
	mf_put("out/a/SKILL.md", "---\nname: a\ndescription: d\n---\n");
	rmdir(tmpdir_path(&mf.t, "src/skills").p);
	tmpdir_link(&mf.t, "src/skills", "../out");
	ck_assert(mf_load());
	ck_assert_uint_eq(mf.p.nskill, 0);
	mf_contains(mf_findings(), "src/skills:1:1 RN5007");
}
END_TEST

START_TEST(e16_wrong_letter_case_is_reported) /* E16 */
{
	mf_put("src/skills/c/skill.md", "---\nname: c\ndescription: d\n---\n");
	mf_put("src/extensions/p/Pack.md", "---\nname: p\ndescription: d\n---\n");
	mf_put("src/skills/notes/readme.md", "nothing of ours");
	ck_assert(mf_load());
	ck_assert_uint_eq(mf.p.nskill + mf.p.npack, 0);
	mf_contains(mf_findings(),
		"src/skills/c/skill.md:1:1 RN5008 'skill.md' is ignored\n"
		"\trename it to 'SKILL.md'");
	mf_contains(mf_findings(), "src/extensions/p/Pack.md:1:1 RN5008");
	ck_assert_uint_eq(mf.sink.n, 2);
}
END_TEST

START_TEST(bytes_are_kept_as_they_are)
{
	static const char bytes[] = "\x89PNG\r\n\0\xff";
	struct str all = { bytes, sizeof(bytes) - 1 };
	struct str path = tmpdir_path(&mf.t, "src/skills/a/pic.png");
	const struct resource *r;

	mf_skill("a", "", "# a\n");
	ck_assert_int_eq(os_write_new(path, all, 0644, false), 0);
	mf_load_clean();
	r = mf_find_skill("a")->resource;
	ck_assert(str_eq(r->bytes, all));
	ck_assert_uint_eq(r->src->text.n, 0);
}
END_TEST

START_TEST(names_that_no_output_can_have_are_reported)
{
	mf_skill("a", "", "# a\n");
	mf_put("src/skills/a/back\\slash.md", "x");
	mf_put("src/skills/a/new\nline.md", "x");
	mf_put("src/skills/a/\xff.md", "x");
	ck_assert(mf_load());
	ck_assert_str_eq(resources(mf_find_skill("a")), "");
	ck_assert_uint_eq(mf_reported(RULE_RES_SKIPPED), 3);
}
END_TEST

START_TEST(fifos_are_not_opened)
{
	mf_skill("a", "", "# a\n");
	ck_assert_int_eq(mkfifo(tmpdir_path(&mf.t, "src/skills/a/pipe").p, 0600), 0);
	ck_assert(mf_load());
	ck_assert_str_eq(resources(mf_find_skill("a")), "");
	mf_contains(mf_findings(), "RN5006 'pipe' is not shipped");
}
END_TEST

START_TEST(directories_have_a_greatest_depth)
{
	struct buf b = BUF_INIT(&mf.a);

	mf_skill("a", "", "# a\n");
	mf_skill("b", "", "# b\n");
	buf_addz(&b, "src/skills/a/");
	for (int i = 0; i < 40; i++)
		buf_addz(&b, "d/");
	buf_addz(&b, "x.md");
	mf_put(b.p, "x");
	ck_assert(mf_load());
	ck_assert_uint_eq(mf_reported(RULE_TOO_MANY), 1);
	ck_assert(mf_find_skill("a")->broken && !mf_find_skill("b")->broken);
}
END_TEST

START_TEST(unreadable_companion_breaks_its_skill_only)
{
	struct str path = tmpdir_path(&mf.t, "src/skills/a/x.md");

	if (!geteuid())
		return; /* root may read everything */
	mf_skill("a", "", "# a\n");
	mf_skill("b", "", "# b\n");
	mf_put("src/skills/a/x.md", "x");
	chmod(path.p, 0);
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/skills/a/x.md:1:1 RN9001 cannot read");
	ck_assert(mf_find_skill("a")->broken && !mf_find_skill("b")->broken);
}
END_TEST

START_TEST(companions_keep_their_own_frontmatter)
{
	mf_skill("a", "", "# a\n");
	mf_put("src/skills/a/template.md", "---\nname: {{x}}: y\n---\nbody\n");
	mf_put("src/skills/a/rule.md", "---\n\nAfter a rule.\n");
	mf_load_clean();
	ck_assert(!mf_find_skill("a")->broken);
}
END_TEST

START_TEST(companion_that_is_not_utf8_breaks_the_skill)
{
	mf_skill("a", "", "# a\n");
	mf_put("src/skills/a/latin.md", "caf\xe9\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/skills/a/latin.md:1:4 RN1008");
	ck_assert(mf_find_skill("a")->broken);
}
END_TEST

START_TEST(own_directories_are_read_leniently)
{
	mf_put("proj/agents/theirs.md", "No frontmatter here.\n");
	mf_put("proj/commands/half.md", "---\nallowed-tools: Bash\n---\nx\n");
	mf_put("proj/agents/ours.md", "---\nname: ours\ndescription: d\n---\nx\n");
	mf_load_clean();
	ck_assert_uint_eq(mf.p.ntext, 1);
	mf_str_eq(mf.p.text[0].emit_name, "ours");
}
END_TEST

START_TEST(source_directories_are_read_strictly)
{
	mf_put("src/agents/theirs.md", "No frontmatter here.\n");
	mf_put("src/agents/README.md", "About the roles.\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/agents/theirs.md:1:1 RN1001");
	ck_assert(mf.p.text[0].broken);
	ck_assert_uint_eq(mf.p.ntext, 1);
}
END_TEST

Suite *discover_suite(void)
{
	Suite *s = suite_create("discover");
	TCase *tc = mf_case(s, "discover");

	tcase_add_test(tc, e08_companions_at_any_depth);
	tcase_add_test(tc, e11_e12_droppings_are_left_out_at_any_depth);
	tcase_add_test(tc, e13_links_out_of_the_skill_are_refused);
	tcase_add_test(tc, e13_skill_file_that_leads_out_is_refused);
	tcase_add_test(tc, e15_linked_skill_directory_inside_the_root_counts);
	tcase_add_test(tc, e15_linked_skill_directory_outside_is_reported);
	tcase_add_test(tc, linked_roots_outside_are_reported);
	tcase_add_test(tc, e16_wrong_letter_case_is_reported);
	tcase_add_test(tc, bytes_are_kept_as_they_are);
	tcase_add_test(tc, names_that_no_output_can_have_are_reported);
	tcase_add_test(tc, fifos_are_not_opened);
	tcase_add_test(tc, directories_have_a_greatest_depth);
	tcase_add_test(tc, unreadable_companion_breaks_its_skill_only);
	tcase_add_test(tc, companions_keep_their_own_frontmatter);
	tcase_add_test(tc, companion_that_is_not_utf8_breaks_the_skill);
	tcase_add_test(tc, own_directories_are_read_leniently);
	tcase_add_test(tc, source_directories_are_read_strictly);
	return s;
}
