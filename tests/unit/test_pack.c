#include "model_fixture.h"
#include "rune/str.h"

Suite *pack_suite(void);

#define PART(name) \
	"---\nname: " name "\ndescription: About " name ".\n---\n\n# " name "\n"

static const char *parts(const struct pack *p)
{
	struct buf b = BUF_INIT(&mf.a);

	for (size_t i = 0; i < p->npart; i++)
		buf_addf(&b, "%.*s%s ", STR_ARG(p->part[i].meta.name),
			p->part[i].owner ? "*" : "");
	return b.n ? b.p : "";
}

static const char mono[] =
	"# Dock\n\nIntro.\n\n## Purpose\n\nWhy.\n\n## Skills Included\n\n"
	"### moor-boats\n\nTie up\nsafely. Use it at dusk.\n\n#### "
	"Workflow\n\n1. Go.\n\n```\n### fake\n```\n\n### `cast-off` \xe2\x80\x94 "
	"leave\n\nLet go.\n\n### Big Crane\n\n#### Workflow\n\n1. Lift.\n\n## "
	"Connections\n\nEnd.\n";

START_TEST(monolith_parts_are_headings)
{
	const struct pack *p;
	struct str text;

	mf_pack("src/extensions/dock", "", mono);
	mf_load_clean();
	p = mf_find_pack("dock");
	ck_assert_str_eq(parts(p), "moor-boats cast-off big-crane ");
	ck_assert(!p->split);
	mf_str_eq(p->emit_name, "rune-ext-dock");
	mf_str_eq(p->meta.name, "@rune/dock");
	ck_assert_int_eq(p->meta.layer, LAYER_L4);
	mf_str_eq(p->part[0].meta.description, "Tie up safely. Use it at dusk.");
	mf_str_eq(p->part[2].meta.description, "");
	ck_assert_uint_eq(p->part[0].level, 3);
	ck_assert_ptr_eq(p->part[0].doc, p->doc);
	text = doc_text(p->doc, p->part[0].range);
	ck_assert(str_starts(text, STR("### moor-boats\n")));
	ck_assert(str_ends(text, STR("```\n\n")));
	/* what an index leaves out is exactly the parts */
	ck_assert_uint_eq(p->parts_from, p->part[0].range.off);
	text = str_from(p->doc->src->text, p->parts_to);
	ck_assert(str_starts(text, STR("## Connections")));
}
END_TEST

START_TEST(pack_without_parts)
{
	const struct pack *p;

	mf_pack("src/extensions/dock", "", "# Lantern\n\nShort intro.\n\n## Aim\n\nx\n");
	mf_load_clean();
	p = mf_find_pack("dock");
	ck_assert_uint_eq(p->npart, 0);
	ck_assert_uint_eq(p->parts_from, p->parts_to);
}
END_TEST

START_TEST(monolith_is_checked_against_its_list)
{
	mf_pack("src/extensions/dock",
		"metadata:\n  format: monolith\n  skills:\n    - moor-boats\n    - "
		"cast-off\n "
		"   - big-crain\n",
		mono);
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/extensions/dock/PACK.md:9:7 RN6001 the pack "
				   "lists 'big-crain' but does "
				   "not hold it\n\tdid you mean 'big-crane'?");
	mf_contains(mf_findings(), "RN6002 skill 'big-crane' is shipped though");
	ck_assert(mf_find_pack("dock")->broken);
}
END_TEST

START_TEST(p18_list_makes_a_split_pack) /* P18 */
{
	const struct pack *p;

	mf_pack("src/extensions/dock", "metadata:\n  skills:\n    - two\n    - one\n",
		"# Dock\n");
	ck_assert(mf_load());
	p = mf_find_pack("dock");
	ck_assert(p->split && p->broken);
	ck_assert_uint_eq(mf_reported(RULE_PACK_PART_MISSING), 2);
	mf_put("src/extensions/dock/skills/one.md", PART("one"));
	mf_put("src/extensions/dock/skills/two.md", PART("two"));
	mf_load_clean();
	p = mf_find_pack("dock");
	ck_assert(p->split && !p->broken);
	/* in the order of the list */
	ck_assert_str_eq(parts(p), "two one ");
}
END_TEST

START_TEST(split_parts_are_discovered)
{
	const struct pack *p;

	mf_pack("src/extensions/dock", "", "# Dock\n");
	mf_put("src/extensions/dock/skills/b.md", PART("b"));
	mf_put("src/extensions/dock/skills/a/SKILL.md", PART("a"));
	mf_put("src/extensions/dock/skills/a/references/r.md", "r");
	mf_put("src/extensions/dock/skills/plain.md",
		"# Plain\n\nNo header, one\nline.\n");
	mf_load_clean();
	p = mf_find_pack("dock");
	ck_assert(p->split);
	ck_assert_str_eq(parts(p), "a b plain ");
	mf_str_eq(p->part[0].dir, "skills/a");
	ck_assert_uint_eq(p->part[0].nresource, 1);
	mf_str_eq(p->part[0].resource[0].rel, "references/r.md");
	ck_assert_uint_eq(p->part[1].nresource, 0);
	mf_str_eq(p->part[1].dir, "");
	mf_str_eq(p->part[1].meta.description, "About b.");
	mf_str_eq(p->part[2].meta.description, "No header, one line.");
	mf_str_eq(p->part[2].title, "Plain");
	ck_assert_uint_eq(p->part[2].level, 1);
	ck_assert(p->part[1].range.off == p->part[1].doc->body.off);
	ck_assert_uint_eq(p->nresource, 0);
}
END_TEST

START_TEST(unlisted_parts_are_shipped_and_told)
{
	mf_pack("src/extensions/dock", "metadata:\n  skills: [skills/b.md]\n",
		"# Dock\n");
	mf_put("src/extensions/dock/skills/a.md", PART("a"));
	mf_put("src/extensions/dock/skills/b.md", PART("b"));
	ck_assert(mf_load());
	ck_assert_str_eq(parts(mf_find_pack("dock")), "b a ");
	mf_contains(mf_findings(),
		"src/extensions/dock/skills/a.md:2:7 RN6002 skill 'a' is shipped");
	ck_assert_uint_eq(mf.sink.n, 1);
}
END_TEST

START_TEST(what_the_author_says_about_the_format_counts)
{
	mf_pack("src/extensions/dock", "metadata:\n  format: monolith\n", mono);
	mf_put("src/extensions/dock/skills/a.md", PART("a"));
	ck_assert(mf_load());
	ck_assert(!mf_find_pack("dock")->split);
	mf_contains(mf_findings(), "RN5006 'skills/a.md' is not shipped");
	mf_pack("src/extensions/dock", "metadata:\n  format: split\n", mono);
	mf_load_clean();
	ck_assert_str_eq(parts(mf_find_pack("dock")), "a ");
	mf_pack("src/extensions/dock", "metadata:\n  format: heap\n", mono);
	ck_assert(mf_load());
	mf_contains(mf_findings(), "RN1015 'format' must be monolith or split");
}
END_TEST

START_TEST(parts_of_the_same_name_are_errors)
{
	mf_pack("src/extensions/dock", "",
		"# D\n\n## Skills Included\n\n### a\n\nx\n\n### "
		"`a`\n\ny\n");
	mf_pack("src/extensions/quay", "", "# Q\n");
	mf_put("src/extensions/quay/skills/a.md", PART("a"));
	mf_put("src/extensions/quay/skills/b.md", PART("a"));
	ck_assert(mf_load());
	ck_assert_uint_eq(mf_reported(RULE_NAME_DUPLICATE), 2);
	ck_assert(mf_find_pack("dock")->broken && mf_find_pack("quay")->broken);
}
END_TEST

START_TEST(part_with_errors_breaks_its_pack)
{
	mf_pack("src/extensions/dock", "", "# D\n");
	mf_put("src/extensions/dock/skills/a.md", "---\nname: [a\n---\n# a\n");
	mf_put("src/extensions/dock/skills/B c.md", "# b\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/extensions/dock/skills/a.md:");
	ck_assert(mf_find_pack("dock")->broken);
	mf_put("src/extensions/dock/skills/a.md", PART("a"));
	ck_assert(mf_load());
	mf_contains(mf_findings(), "skills/B c.md:1:1 RN1012 there is no 'name'");
	ck_assert(mf_find_pack("dock")->broken);
}
END_TEST

START_TEST(k01_links_out_of_the_pack_are_refused) /* K01 */
{
	const struct pack *p;

	mf_put("src/outside.md", PART("leak"));
	mf_pack("src/extensions/p", "", "# P\n");
	mf_put("src/extensions/p/skills/ok.md", PART("ok"));
	tmpdir_link(&mf.t, "src/extensions/p/skills/leak.md", "../../../outside.md");
	tmpdir_link(&mf.t, "src/extensions/p/skills/etc.md", "/etc/hostname");
	ck_assert(mf_load());
	p = mf_find_pack("p");
	ck_assert_str_eq(parts(p), "ok ");
	ck_assert(!p->broken);
	ck_assert_uint_eq(mf_reported(RULE_RES_LINK), 2);
	/* listed, it is more than a slip */
	mf_pack("src/extensions/p", "metadata:\n  skills: [ok, leak, ../../x]\n",
		"# P\n");
	ck_assert(mf_load());
	ck_assert_uint_eq(mf_reported(RULE_PACK_ESCAPE), 2);
	mf_contains(mf_findings(), "RN6006 skill 'leak' leads out of the pack");
	ck_assert(mf_find_pack("p")->broken);
}
END_TEST

START_TEST(resources_texts_and_templates_have_their_places)
{
	const struct pack *p;

	mf_pack("src/extensions/p", "", "# P\n");
	mf_put("src/extensions/p/references/r.md", "r");
	mf_put("src/extensions/p/scripts/s.sh", "s");
	mf_put("src/extensions/p/loose.md", "l");
	mf_put("src/extensions/p/agents/helper.md", PART("helper"));
	mf_put("src/extensions/p/agents/README.md", "About.");
	mf_put("src/extensions/p/contexts/calm.md", PART("calm"));
	mf_put("src/extensions/p/commands/go.md", "---\ndescription: Goes.\n---\nx\n");
	mf_put("src/extensions/p/templates/t.md",
		"---\nname: mooring\ndescription: Tie up\nchain: short\n---\n\nSteps.\n");
	mf_put("src/extensions/p/templates/data.json", "{}");
	ck_assert(mf_load());
	p = mf_find_pack("p");
	ck_assert_uint_eq(p->nresource, 4);
	mf_str_eq(p->resource[0].rel, "loose.md");
	ck_assert(p->has_scripts);
	ck_assert_uint_eq(p->ntemplate, 1);
	mf_str_eq(p->template[0].name, "mooring");
	mf_str_eq(p->template[0].description, "Tie up");
	mf_str_eq(fm_str(fm_get(p->template[0].meta, STR("chain"))), "short");
	ck_assert_uint_eq(mf.p.ntext, 3);
	mf_str_eq(mf.p.text[0].emit_name, "rune-helper");
	ck_assert_int_eq(mf.p.text[1].kind, TEXT_MODE);
	mf_str_eq(mf.p.text[2].emit_name, "rune-go");
	mf_contains(mf_findings(), "RN5006 'agents/README.md' is not shipped");
	ck_assert_uint_eq(mf.sink.n, 1);
}
END_TEST

START_TEST(template_without_a_description_is_reported)
{
	mf_pack("src/extensions/p", "", "# P\n");
	mf_put("src/extensions/p/templates/t.md", "Just text.\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "templates/t.md:1:1 RN6005 workflow template has no "
				   "'name'");
	mf_str_eq(mf_find_pack("p")->template[0].name, "t");
	ck_assert(!mf_find_pack("p")->broken);
}
END_TEST

START_TEST(role_with_errors_does_not_break_its_pack)
{
	mf_pack("src/extensions/p", "", "# P\n");
	mf_put("src/extensions/p/agents/a.md", "no frontmatter\n");
	ck_assert(mf_load());
	ck_assert(!mf_find_pack("p")->broken);
	ck_assert(mf.p.text[0].broken);
	ck_assert_uint_eq(mf.sink.n, 1);
}
END_TEST

START_TEST(names_of_packs)
{
	mf_put("src/extensions/p/PACK.md", "---\nname: other\ndescription: d\n---\n");
	mf_put("src/extensions/q/PACK.md",
		"---\nname: \"@x/y/z\"\ndescription: d\n---\n");
	mf_put("src/extensions/R R/PACK.md", "---\nname: r\ndescription: d\n---\n");
	mf_put("src/extensions/s/PACK.md", "---\ndescription: d\n---\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "p/PACK.md:2:7 RN2005 name 'other' differs");
	mf_contains(mf_findings(), "q/PACK.md:2:7 RN1012 name '@x/y/z'");
	mf_contains(
		mf_findings(), "RN1012 the pack's directory 'R R' is not of the form");
	mf_contains(mf_findings(), "s/PACK.md:2:1 RN1011 the pack has no 'name'");
	ck_assert_uint_eq(mf.p.npack, 3);
	ck_assert(!mf_find_pack("p")->broken);
	ck_assert(mf_find_pack("q")->broken && mf_find_pack("s")->broken);
}
END_TEST

START_TEST(own_packs_have_no_prefix)
{
	mf_pack("proj/extensions/mine", "", "# M\n");
	mf_load_clean();
	mf_str_eq(mf_find_pack("mine")->emit_name, "mine");
}
END_TEST

/* ---- tiers --------------------------------------------------------------------- */

START_TEST(k08_tier_overrides_and_inherits) /* K08 */
{
	const struct pack *p;

	mf_pack("src/extensions/p", "", "# free\n");
	mf_put("src/extensions/p/skills/free1.md", PART("free1"));
	mf_put("src/extensions/p/skills/both.md", PART("both"));
	mf_pack("Pro/extensions/pro-p", "metadata:\n  skills: [pro1, both, free1]\n",
		"# pro\n");
	mf_put("Pro/extensions/pro-p/skills/pro1.md", PART("pro1"));
	mf_put("Pro/extensions/pro-p/skills/both.md", PART("both"));
	mf_config("\"tiers\": {\"pro\": \"../Pro/extensions\"}");
	mf_load_clean();
	ck_assert_uint_eq(mf.p.npack, 1);
	p = mf_find_pack("p");
	mf_str_eq(p->emit_name, "rune-ext-pro-p");
	mf_str_eq(p->tier, "pro");
	ck_assert_str_eq(parts(p), "pro1 both free1* ");
	mf_str_eq(p->part[2].owner->dir_name, "p");
	ck_assert_ptr_eq(mf_find_pack("pro-p"), p);
}
END_TEST

START_TEST(k08_business_inherits_through_pro) /* K08 */
{
	const struct pack *p;

	mf_pack("src/extensions/p", "", "# D\n\n## Skills Included\n\n### free\n\nx\n");
	mf_pack("Pro/extensions/pro-p", "", "# pro\n");
	mf_put("Pro/extensions/pro-p/skills/pro1.md", PART("pro1"));
	mf_pack("Biz/extensions/business-p", "", "# biz\n");
	mf_put("Biz/extensions/business-p/skills/biz1.md", PART("biz1"));
	mf_config("\"tiers\": {\"business\": \"../Biz\", \"pro\": \"../Pro\"}");
	mf_load_clean();
	p = mf_find_pack("p");
	mf_str_eq(p->emit_name, "rune-ext-business-p");
	ck_assert_str_eq(parts(p), "biz1 pro1* free* ");
	mf_str_eq(p->part[1].owner->dir_name, "pro-p");
	mf_str_eq(p->part[2].owner->dir_name, "p");
}
END_TEST

START_TEST(k08_errors_are_inherited_with_the_part) /* K08 */
{
	mf_pack("src/extensions/p", "", "# free\n");
	mf_put("src/extensions/p/skills/bad.md", "---\nname: [\n---\n");
	mf_pack("Pro/extensions/pro-p", "", "# pro\n");
	mf_config("\"tiers\": {\"pro\": \"../Pro\"}");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/extensions/p/skills/bad.md:");
	ck_assert(mf_find_pack("p")->broken);
}
END_TEST

START_TEST(k09_free_packs_keep_names_like_a_tiers) /* K09 */
{
	mf_pack("src/extensions/tools", "", "# a\n");
	mf_pack("src/extensions/pro-tools", "", "# b\n");
	mf_pack("Pro/extensions/pro-other", "", "# c\n");
	mf_config("\"tiers\": {\"pro\": \"../Pro\"}");
	mf_load_clean();
	ck_assert_uint_eq(mf.p.npack, 3);
	mf_str_eq(mf_find_pack("tools")->emit_name, "rune-ext-tools");
	mf_str_eq(mf_find_pack("pro-tools")->emit_name, "rune-ext-pro-tools");
	mf_str_eq(mf_find_pack("other")->emit_name, "rune-ext-pro-other");
}
END_TEST

START_TEST(k09_one_emitted_name_for_two_is_an_error) /* K09 */
{
	mf_pack("src/extensions/pro-tools", "", "# b\n");
	mf_pack("Pro/extensions/pro-tools", "", "# c\n");
	mf_config("\"tiers\": {\"pro\": \"../Pro\"}");
	ck_assert(mf_load());
	mf_contains(mf_findings(),
		"RN2004 two things would be emitted as 'rune-ext-pro-tools'");
}
END_TEST

START_TEST(k10_enabled_matches_any_of_a_packs_names) /* K10 */
{
	static const char *const names[] = { "@rune-pro/product", "product",
		"pro-product" };

	mf_pack("src/extensions/product", "", "# a\n");
	mf_pack("src/extensions/quay", "", "# b\n");
	mf_put("Pro/extensions/pro-product/PACK.md",
		"---\nname: \"@rune-pro/product\"\ndescription: d\n---\n");
	for (size_t i = 0; i < COUNTOF(names); i++) {
		mf_config(str_fmt(&mf.a,
			"\"tiers\": {\"pro\": \"../Pro\"}, \"extensions\": {\"enabled\": "
			"[\"%s\"]}",
			names[i])
				  .p);
		mf_load_clean();
		ck_assert_uint_eq(mf.p.npack, 1);
		mf_str_eq(mf.p.pack[0].dir_name, "pro-product");
	}
}
END_TEST

START_TEST(k10_unknown_entries_are_reported) /* K10 */
{
	mf_pack("src/extensions/quay", "", "# b\n");
	mf_config("\"extensions\": {\"enabled\": [\"quai\", \"zzzzzzzz\"]}");
	ck_assert(mf_load());
	ck_assert_uint_eq(mf.p.npack, 0);
	mf_contains(mf_findings(), "proj/rune.config.json:3:28 RN4005 there is no pack "
				   "'quai'\n\tdid you mean 'quay'?");
	mf_contains(mf_findings(), "there is no pack 'zzzzzzzz'");
}
END_TEST

START_TEST(core_is_always_enabled)
{
	mf_pack("src/extensions/core", "", "# c\n");
	mf_put("src/extensions/core/commands/rune.md",
		"---\nname: rune\ndescription: Starts.\n---\nx\n");
	mf_pack("src/extensions/quay", "", "# b\n");
	mf_put("src/extensions/quay/agents/x.md", PART("x"));
	mf_config("\"extensions\": {\"enabled\": []}");
	mf_load_clean();
	ck_assert_uint_eq(mf.p.npack, 1);
	/* the command keeps its name, and what a disabled pack holds is off too */
	ck_assert_uint_eq(mf.p.ntext, 1);
	mf_str_eq(mf.p.text[0].emit_name, "rune");
}
END_TEST

START_TEST(command_line_replaces_the_enabled_list)
{
	static const struct str quay = STR_INIT("quay");

	mf_pack("src/extensions/dock", "", "# a\n");
	mf_pack("src/extensions/quay", "", "# b\n");
	mf_config("\"extensions\": {\"enabled\": [\"dock\"]}");
	mf.o.has_enable = true;
	mf.o.enable = &quay;
	mf.o.nenable = 1;
	mf_load_clean();
	ck_assert_uint_eq(mf.p.npack, 1);
	mf_str_eq(mf.p.pack[0].dir_name, "quay");
}
END_TEST

START_TEST(findings_of_disabled_packs_are_dropped)
{
	mf_pack("src/extensions/dock", "emit: [\n", "# a\n");
	mf_pack("src/extensions/quay", "", "# b\n");
	mf_config("\"extensions\": {\"enabled\": [\"quay\"]}");
	mf_load_clean();
}
END_TEST

Suite *pack_suite(void)
{
	Suite *s = suite_create("pack");
	TCase *tc = mf_case(s, "pack");

	tcase_add_test(tc, monolith_parts_are_headings);
	tcase_add_test(tc, pack_without_parts);
	tcase_add_test(tc, monolith_is_checked_against_its_list);
	tcase_add_test(tc, p18_list_makes_a_split_pack);
	tcase_add_test(tc, split_parts_are_discovered);
	tcase_add_test(tc, unlisted_parts_are_shipped_and_told);
	tcase_add_test(tc, what_the_author_says_about_the_format_counts);
	tcase_add_test(tc, parts_of_the_same_name_are_errors);
	tcase_add_test(tc, part_with_errors_breaks_its_pack);
	tcase_add_test(tc, k01_links_out_of_the_pack_are_refused);
	tcase_add_test(tc, resources_texts_and_templates_have_their_places);
	tcase_add_test(tc, template_without_a_description_is_reported);
	tcase_add_test(tc, role_with_errors_does_not_break_its_pack);
	tcase_add_test(tc, names_of_packs);
	tcase_add_test(tc, own_packs_have_no_prefix);
	tcase_add_test(tc, k08_tier_overrides_and_inherits);
	tcase_add_test(tc, k08_business_inherits_through_pro);
	tcase_add_test(tc, k08_errors_are_inherited_with_the_part);
	tcase_add_test(tc, k09_free_packs_keep_names_like_a_tiers);
	tcase_add_test(tc, k09_one_emitted_name_for_two_is_an_error);
	tcase_add_test(tc, k10_enabled_matches_any_of_a_packs_names);
	tcase_add_test(tc, k10_unknown_entries_are_reported);
	tcase_add_test(tc, core_is_always_enabled);
	tcase_add_test(tc, command_line_replaces_the_enabled_list);
	tcase_add_test(tc, findings_of_disabled_packs_are_dropped);
	return s;
}
