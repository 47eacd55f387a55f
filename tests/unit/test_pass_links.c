/* The scripts and links passes: what leads from one file to another. */
#include <check.h>

#include "pass_fixture.h"
#include "rune/str.h"

Suite *pass_links_suite(void);

/* A flat platform: the skill's file beside the directory of its companions. */
static const struct unit_link flat_links[] = {
	{ STR_INIT("SKILL.md"), STR_INIT(".ai/rules/rune-x.md") },
	{ STR_INIT("references"), STR_INIT(".ai/rules/rune-x/references") },
	{ STR_INIT("references/r.md"), STR_INIT(".ai/rules/rune-x/references/r.md") },
	{ STR_INIT("references/a b.md"), STR_INIT(".ai/rules/rune-x/references/a b.md") },
	{ STR_INIT("references/s.md"), STR_INIT(".ai/rules/rune-x/references/s.md") },
	{ STR_INIT("assets/i.png"), STR_INIT(".ai/rules/rune-x/assets/i.png") },
	{ STR_INIT("scripts/go.sh"), STR_INIT(".ai/rules/rune-x/scripts/go.sh") },
	{ STR_INIT("GUIDE.md"), STR_INIT(".ai/rules/rune-x/GUIDE.md") },
	{ STR_INIT("package.json"), STR_INIT(".ai/rules/rune-x/package.json") },
	{ STR_INIT("../b/SKILL.md"), STR_INIT(".ai/rules/rune-b.md") },
};
/* A directory per skill: nothing moves. */
static const struct unit_link dir_links[] = {
	{ STR_INIT("SKILL.md"), STR_INIT(".x/rune-x/SKILL.md") },
	{ STR_INIT("references/r.md"), STR_INIT(".x/rune-x/references/r.md") },
	{ STR_INIT("GUIDE.md"), STR_INIT(".x/rune-x/GUIDE.md") },
	{ STR_INIT("scripts/go.sh"), STR_INIT(".x/rune-x/scripts/go.sh") },
};

static struct unit flat_unit(const char *text)
{
	struct unit u = fx_unit(text);

	u.out_path = STR(".ai/rules/rune-x.md");
	u.link = flat_links;
	u.nlink = COUNTOF(flat_links);
	return u;
}

static struct unit dir_unit(const char *text)
{
	struct unit u = fx_unit(text);

	u.out_path = STR(".x/rune-x/SKILL.md");
	u.link = dir_links;
	u.nlink = COUNTOF(dir_links);
	return u;
}

static void check_unit(const struct unit *u, const char *want)
{
	struct str out = fx_run_unit(&fx_flat, u, NULL);

	ck_assert_msg(
		str_eq(out, str_c(want)), "got '%.*s', want '%s'", STR_ARG(out), want);
}

static void check_flat(const char *text, const char *want)
{
	struct unit u = flat_unit(text);

	check_unit(&u, want);
}

static void check_dir(const char *text, const char *want)
{
	struct unit u = dir_unit(text);

	check_unit(&u, want);
}

START_TEST(e09_links_follow_files_that_move)
{
	/* E09, E10 */
	check_flat("[r](references/r.md)", "[r](rune-x/references/r.md)");
	check_flat("[r](./references/r.md#top)", "[r](rune-x/references/r.md#top)");
	check_flat("[r](references/r.md?a=b#c \"title\")",
		"[r](rune-x/references/r.md?a=b#c \"title\")");
	check_flat("![i](assets/i.png)", "![i](rune-x/assets/i.png)");
	check_flat("[d](references/)", "[d](rune-x/references/)");
	check_flat("[b](../b/SKILL.md#steps)", "[b](rune-b.md#steps)");
	check_flat("[x](x/../references/r.md)", "[x](rune-x/references/r.md)");
	ck_assert_uint_eq(fx_reported(RULE_LINK_BROKEN), 0);
}
END_TEST

START_TEST(url_encoding_is_read_and_written)
{
	check_flat("[a](references/a%20b.md)", "[a](rune-x/references/a%20b.md)");
	check_flat("[a](<references/a b.md>)", "[a](<rune-x/references/a%20b.md>)");
	check_flat("[a](references/r\\.md#x)", "[a](rune-x/references/r.md#x)");
	ck_assert_uint_eq(fx_reported(RULE_LINK_BROKEN), 0);
}
END_TEST

START_TEST(links_to_the_same_place_stay_as_written)
{
	check_dir("[r](./references//r.md) [g](GUIDE.md) [s](SKILL.md) `references/r.md`",
		"[r](./references//r.md) [g](GUIDE.md) [s](SKILL.md) `references/r.md`");
	check_flat("[w](https://x.example/references/r.md) [m](mailto:a@b.example) "
		   "[t](#top) "
		   "[u](//x.example/y) [v](/etc/x)",
		"[w](https://x.example/references/r.md) [m](mailto:a@b.example) "
		"[t](#top) "
		"[u](//x.example/y) [v](/etc/x)");
	ck_assert_uint_eq(fx_reported(RULE_LINK_BROKEN), 0);
}
END_TEST

START_TEST(links_in_companions_start_from_where_they_are)
{
	struct unit u = flat_unit("[s](s.md) [up](../SKILL.md) [g](../GUIDE.md)");

	u.dir = STR("references");
	u.out_path = STR(".ai/rules/rune-x/references/r.md");
	check_unit(&u, "[s](s.md) [up](../../rune-x.md) [g](../GUIDE.md)");
}
END_TEST

START_TEST(a_link_to_nothing_is_reported_once_where_it_is)
{
	check_flat("See [x](references/none.md#a).", "See [x](references/none.md#a).");
	ck_assert_uint_eq(fx_reported(RULE_LINK_BROKEN), 1);
	ck_assert(str_eq(source_slice(source_get(&fx.p.sources, fx.sink.v[0]->at.src),
				 fx.sink.v[0]->at),
		STR("references/none.md#a")));
	check_dir("[x](../other/y.md)", "[x](../other/y.md)");
	ck_assert_uint_eq(fx_reported(RULE_LINK_BROKEN), 2);
	ck_assert(
		str_find(fx.sink.v[1]->message, STR("out of the skill"), 0) != STR_NPOS);
	check_dir("[here](.)", "[here](.)");
	ck_assert_uint_eq(fx_reported(RULE_LINK_BROKEN), 2);
}
END_TEST

START_TEST(a_link_from_the_skills_directory_is_mended)
{
	struct unit u = flat_unit("[s](references/s.md#a) [n](references/none.md)");

	u.dir = STR("references");
	u.out_path = STR(".ai/rules/rune-x/references/r.md");
	check_unit(&u, "[s](s.md#a) [n](references/none.md)");
	ck_assert_uint_eq(fx_reported(RULE_LINK_BROKEN), 2);
	ck_assert(
		str_find(fx.sink.v[0]->notes->text, STR("write 's.md'"), 0) != STR_NPOS);
}
END_TEST

START_TEST(mentions_of_files_follow_too)
{
	check_flat("Read `references/r.md` and references/s.md.",
		"Read `rune-x/references/r.md` and rune-x/references/s.md.");
	check_flat("(references/r.md#top), **./references/r.md**",
		"(rune-x/references/r.md#top), **rune-x/references/r.md**");
	check_flat("`python scripts/go.sh --x`", "`python rune-x/scripts/go.sh --x`");
	check_flat("see GUIDE.md", "see rune-x/GUIDE.md");
	check_flat("[references/r.md](references/r.md)",
		"[rune-x/references/r.md](rune-x/references/r.md)");
}
END_TEST

START_TEST(what_is_no_mention_stays)
{
	static const char same[] =
		"my/references/r.md references/r.mdx references/r package.json SKILL.md "
		"xreferences/r.md https://x.example/references/r.md /references/r.md "
		"references references/*.md see:references/r.md\n\n"
		"```\ncat references/r.md\n```\n";

	check_flat(same, same);
}
END_TEST

START_TEST(mentions_in_companions_may_be_from_the_skills_directory)
{
	struct unit u = flat_unit("`references/s.md` `s.md` SKILL.md `GUIDE.md`");

	u.dir = STR("references");
	u.out_path = STR(".ai/rules/rune-x/references/r.md");
	check_unit(&u, "`references/s.md` `s.md` SKILL.md `GUIDE.md`");
	u.out_path = STR(".ai/rules/r.md");
	check_unit(&u, "`rune-x/references/s.md` `rune-x/references/s.md` SKILL.md "
		       "`rune-x/GUIDE.md`");
}
END_TEST

START_TEST(links_of_reference_style)
{
	check_flat("[r] and [x][r]\n\n[r]: references/r.md \"t\"\n",
		"[r] and [x][r]\n\n[r]: rune-x/references/r.md \"t\"\n");
}
END_TEST

START_TEST(scripts_dir_is_filled_in_everywhere)
{
	struct unit u = dir_unit("Run `{scripts_dir}/go.sh` or {scripts_dir}/b.sh\n\n"
				 "```sh\n{scripts_dir}/go.sh\n```\n");

	u.scripts_dir = STR(".x/rune-x/scripts");
	check_unit(&u, "Run `.x/rune-x/scripts/go.sh` or .x/rune-x/scripts/b.sh\n\n"
		       "```sh\n.x/rune-x/scripts/go.sh\n```\n");
	ck_assert_uint_eq(fx.sink.n, 0);
}
END_TEST

START_TEST(scripts_dir_in_a_link_leads_to_the_file)
{
	struct unit u = flat_unit("[go]({scripts_dir}/go.sh) [n]({scripts_dir}/none.sh)");

	u.scripts_dir = STR("{baseDir}/scripts");
	check_unit(&u, "[go](rune-x/scripts/go.sh) [n]({baseDir}/scripts/none.sh)");
	ck_assert_uint_eq(fx.sink.n, 0);
}
END_TEST

START_TEST(e03_scripts_dir_without_scripts_is_an_error)
{
	/* E03 */
	check_dir("`{scripts_dir}/go.sh` {scripts_dir}",
		"`{scripts_dir}/go.sh` {scripts_dir}");
	ck_assert_uint_eq(fx_reported(RULE_SCRIPTS_DIR), 1);
	ck_assert_uint_eq(fx.sink.count[SEV_ERROR], 1);
	ck_assert_uint_eq(fx.sink.v[0]->at.off, 1);
}
END_TEST

Suite *pass_links_suite(void)
{
	Suite *s = suite_create("pass_links");
	TCase *t = tcase_create("links");

	tcase_add_checked_fixture(t, fx_open, fx_close);
	tcase_add_test(t, e09_links_follow_files_that_move);
	tcase_add_test(t, url_encoding_is_read_and_written);
	tcase_add_test(t, links_to_the_same_place_stay_as_written);
	tcase_add_test(t, links_in_companions_start_from_where_they_are);
	tcase_add_test(t, a_link_to_nothing_is_reported_once_where_it_is);
	tcase_add_test(t, a_link_from_the_skills_directory_is_mended);
	tcase_add_test(t, mentions_of_files_follow_too);
	tcase_add_test(t, what_is_no_mention_stays);
	tcase_add_test(t, mentions_in_companions_may_be_from_the_skills_directory);
	tcase_add_test(t, links_of_reference_style);
	tcase_add_test(t, scripts_dir_is_filled_in_everywhere);
	tcase_add_test(t, scripts_dir_in_a_link_leads_to_the_file);
	tcase_add_test(t, e03_scripts_dir_without_scripts_is_an_error);
	suite_add_tcase(s, t);
	return s;
}
