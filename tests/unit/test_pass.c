/* The driver, and the passes that frame a text: headings, preamble, constraints,
 * footer, generated parts. */
#include <check.h>

#include "pass_fixture.h"
#include "rune/str.h"

Suite *pass_suite(void);

static bool has(struct str s, const char *what)
{
	return str_find(s, str_c(what), 0) != STR_NPOS;
}

static size_t place(struct str s, const char *what)
{
	size_t at = str_find(s, str_c(what), 0);

	ck_assert_msg(at != STR_NPOS, "no '%s' in '%.*s'", what, STR_ARG(s));
	return at;
}

static struct unit main_unit(const char *text)
{
	struct unit u = fx_unit(text);

	u.skill = fx_skill("alpha");
	u.main = true;
	return u;
}

static void only(bool compliance, bool constraints, bool branding)
{
	fx.p.config.compliance = compliance;
	fx.p.config.constraints = constraints;
	fx.p.config.branding = branding;
}

/* Headings of the output, in order, one letter for each level: "122". */
static void check_levels(struct str out, const char *want)
{
	struct unit u = fx_unit(str_dupz(&fx.a, out));
	struct buf b = BUF_INIT(&fx.a);

	for (node_id i = 1; i < u.doc->nnode; i++)
		if (u.doc->node[i].kind == DOC_HEADING)
			buf_addf(&b, "%u", u.doc->node[i].level);
	ck_assert_msg(str_eq(buf_str(&b), str_c(want)), "levels %.*s, want %s in '%.*s'",
		STR_ARG(buf_str(&b)), want, STR_ARG(out));
}

START_TEST(passes_run_in_their_order)
{
	static const char *const names[] = { "references", "connections", "tool-names",
		"subagents", "scripts", "links", "headings", "compliance", "generated",
		"constraints", "branding" };

	ck_assert_uint_eq(pass_count, COUNTOF(names));
	for (size_t i = 0; i < pass_count; i++)
		ck_assert(str_eq(pass_table[i].name, str_c(names[i])));
}
END_TEST

START_TEST(nothing_to_do_gives_the_same_bytes)
{
	struct unit u = fx_unit("# Title\r\n\r\ntext\twith `code`  \nand more");
	struct str out = fx_run_unit(&fx_prose, &u, NULL);

	ck_assert_ptr_eq(out.p, u.doc->src->text.p);
	ck_assert_uint_eq(out.n, u.doc->src->text.n);
}
END_TEST

START_TEST(only_the_range_is_changed_and_put_out)
{
	struct unit u = fx_unit(
		"# A\n\nrune:alpha\n\n# B\n\nrune:beta (`Read`)\n\n# C\n\n{scripts_dir} "
		"[x](none.md)\n");
	struct str text = u.doc->src->text, out;

	u.range.off = (uint32_t)str_find(text, STR("# B"), 0);
	u.range.len = (uint32_t)str_find(text, STR("# C"), 0) - u.range.off;
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert(str_eq(out, STR("# B\n\nthe rune-beta skill (read files)\n\n")));
	ck_assert_uint_eq(fx.sink.n, 0);
}
END_TEST

START_TEST(generated_text_replaces_what_is_left_out)
{
	struct unit u = fx_unit("# A\n\nrune:alpha\n\n## Parts\n\nrune:beta "
				"[x](none.md)\n\n## C\n\nend\n");
	struct str text = u.doc->src->text, out;

	u.omit = u.range;
	u.omit.off = (uint32_t)str_find(text, STR("## Parts"), 0);
	u.omit.len = (uint32_t)str_find(text, STR("## C"), 0) - u.omit.off;
	u.instead = STR("## Index\n\n- one\n\n");
	u.append = STR("## More\n\n- two\n");
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert_msg(
		str_eq(out, STR("# A\n\nthe rune-alpha skill\n\n## Index\n\n- one\n\n"
				"## C\n\nend\n\n## More\n\n- two\n")),
		"got '%.*s'", STR_ARG(out));
	ck_assert_uint_eq(fx.sink.n, 0);
	u.omit.len = 0;
	u.append = STR_NONE;
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert(has(out, "- one\n\n## Parts\n\nthe rune-beta skill"));
}
END_TEST

START_TEST(lost_edits_name_both_passes_and_places)
{
	/* the heading's line break and what stands around it */
	struct unit u = fx_unit("use\n`Grep` to look\n===\n");
	struct str out;

	u.shift = 2;
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert_msg(str_eq(out, STR("### search file contents to look\n")),
		"got '%.*s'", STR_ARG(out));
	ck_assert_uint_eq(fx_reported(RULE_OUT_EDIT_LOST), 1);
	ck_assert(has(fx.sink.v[0]->message, "'tool-names' and 'headings'"));
	ck_assert_ptr_nonnull(fx.sink.v[0]->notes);
	ck_assert_ptr_nonnull(fx.sink.v[0]->notes->next);
}
END_TEST

/* ---- headings ---- */

START_TEST(k13_heading_levels_are_shifted)
{
	/* K13 */
	static const struct {
		int32_t shift;
		const char *before, *after;
	} rows[] = {
		{ 1, "# A\n\n## B ##\n\n###### C\n", "## A\n\n### B ##\n\n###### C\n" },
		{ -1, "# A\n\n### B\n", "# A\n\n## B\n" },
		{ 2, "A\n=\n\nB\nc\n---\n", "### A\n\n#### B c\n" },
		{ -1, "B\n---\n", "# B\n" },
		{ 1, "  # A\n", "  ## A\n" },
		{ 1, "```\n# A\n```\n\n    # B\n\n<!--\n# C\n-->\n",
			"```\n# A\n```\n\n    # B\n\n<!--\n# C\n-->\n" },
		{ 1, "> # A\n>\n> B\n> c\n> ===\n", "> ## A\n>\n> ## B c\n" },
		{ 1, "- # A\n\n  B\n  ===\n", "- ## A\n\n  ## B\n" },
		{ 1, "C #\n===\n", "## C \\#\n" },
		{ 1, "A  \r\nb\r\n===\r\n\r\ntext\r\n", "## A b\r\n\r\ntext\r\n" },
		{ 1, "## Ask rune:plan\n", "### Ask the rune-plan skill\n" },
		{ 1, "`rune:plan` first\n===\n", "## the `rune-plan` skill first\n" },
		{ 0, "A\n=\n", "A\n=\n" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct unit u = fx_unit(rows[i].before);
		struct str out;

		u.shift = rows[i].shift;
		out = fx_run_unit(&fx_prose, &u, NULL);
		ck_assert_msg(str_eq(out, str_c(rows[i].after)), "got '%.*s', want '%s'",
			STR_ARG(out), rows[i].after);
	}
}
END_TEST

/* ---- preamble, constraints, footer ---- */

START_TEST(t06_the_preamble_stands_before_the_first_real_section)
{
	/* T06 */
	struct unit u = main_unit(
		"# T\n\n```\n## Example\n```\n\n> ## Quoted\n\nintro\n## Aim\n\nx\n");
	struct str out;

	only(true, false, false);
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert(str_starts(
		out, STR("# T\n\n```\n## Example\n```\n\n> ## Quoted\n\nintro\n\n> ")));
	ck_assert_uint_lt(place(out, "RUNE COMPLIANCE"), place(out, "\n\n## Aim\n\nx\n"));
	check_levels(out, "122");
}
END_TEST

START_TEST(without_sections_the_preamble_comes_last)
{
	struct unit u = main_unit("# T\n\nOnly text.");
	struct str out;

	only(true, false, false);
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert(str_starts(out, STR("# T\n\nOnly text.\n\n> **RUNE COMPLIANCE")));
	ck_assert(str_ends(out, STR("\n")) && !str_ends(out, STR("\n\n")));
}
END_TEST

START_TEST(the_preamble_comes_before_generated_parts)
{
	struct unit u = main_unit("# T\n\nOnly text.\n");
	struct str out;

	only(true, false, false);
	u.append = STR("## Pack References\n\n- x\n");
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert_uint_lt(
		place(out, "RUNE COMPLIANCE"), place(out, "\n\n## Pack References\n"));
	u = main_unit("# T\n\nintro\n\n## Parts\n\np\n\n## End\n");
	u.omit = u.range;
	u.omit.off = 12;
	u.omit.len = (uint32_t)str_find(u.doc->src->text, STR("## End"), 0) - 12;
	u.instead = STR("## Index\n\ni\n\n");
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert_uint_lt(place(out, "RUNE COMPLIANCE"), place(out, "\n\n## Index\n"));
	ck_assert(!has(out, "## Parts"));
}
END_TEST

START_TEST(the_preamble_speaks_of_gates_where_there_are_any)
{
	struct unit u = main_unit("# T\n\n## Aim\n\nx\n");
	struct unit g = main_unit("# T\n\n## Aim\n\n<HARD-GATE>\nx\n</HARD-GATE>\n");

	only(true, false, false);
	ck_assert(!has(fx_run_unit(&fx_prose, &u, NULL), "HARD-GATE"));
	ck_assert(has(fx_run_unit(&fx_prose, &g, NULL), "> - A HARD-GATE block"));
}
END_TEST

START_TEST(constraints_fit_the_tools)
{
	struct unit u = main_unit("# T\n\n## Aim\n\nThink.\n");
	struct str out;

	only(false, true, false);
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert(has(out, "\n\n## Platform Constraints\n\n") && has(out, "context"));
	ck_assert(!has(out, "secrets") && !has(out, "formatting"));
	u = main_unit("# T\n\nUse `Bash` to ring.\n");
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert(has(out, "secrets") && !has(out, "formatting"));
	u = main_unit("# T\n\nUse `MultiEdit` here.\n");
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert(!has(out, "secrets") && has(out, "formatting") && has(out, "tests"));
	ck_assert(!has(fx_run_unit(&fx_plugin, &u, NULL), "Platform Constraints"));
}
END_TEST

START_TEST(declared_tools_count_as_used)
{
	static const struct fm_item tools[] = { { STR_INIT("Read"), { 0, 0, 0 } },
		{ STR_INIT("Bash"), { 0, 0, 0 } } };
	struct unit u = main_unit("# T\n\nThink.\n");
	struct skill s = *u.skill;

	only(false, true, false);
	s.meta.tools = tools;
	s.meta.ntools = COUNTOF(tools);
	u.skill = &s;
	ck_assert(has(fx_run_unit(&fx_prose, &u, NULL), "secrets"));
}
END_TEST

START_TEST(the_footer_says_where_the_file_comes_from)
{
	struct unit u = main_unit("# T\n\nx\n");
	struct str out;

	only(false, false, true);
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert(has(
		out, "x\n\n---\n\n*By rune, as `rune-alpha`, layer L2, group quality."));
	u.skill = NULL;
	u.pack = fx_pack();
	out = fx_run_unit(&fx_plugin, &u, NULL);
	ck_assert(has(out, "`ext-backend`, layer L4."));
}
END_TEST

START_TEST(the_frame_comes_in_order_and_can_be_switched_off)
{
	struct unit u = main_unit("# T\n\n## A\n\n- last item");
	struct str out = fx_run_unit(&fx_prose, &u, NULL);

	ck_assert_uint_lt(place(out, "RUNE COMPLIANCE"), place(out, "## A"));
	ck_assert_uint_lt(place(out, "- last item\n\n## Platform Constraints"),
		place(out, "\n\n---\n\n*By rune, as"));
	check_levels(out, "122");
	u.main = false;
	ck_assert(str_eq(fx_run_unit(&fx_prose, &u, NULL), u.doc->src->text));
	u.main = true;
	only(false, false, false);
	ck_assert(str_eq(fx_run_unit(&fx_prose, &u, NULL), u.doc->src->text));
}
END_TEST

START_TEST(what_is_appended_is_not_inside_an_open_block)
{
	static const char *const texts[] = { "# T\n\n```sh\nls", "# T\n\n~~~~\nls\n```\n",
		"# T\n\n```", "# T\n\n<!-- open\n", "# T\n\n<pre>\nx\n",
		"# T\n\n- a\n\n  ```\n  x\n", "# T\n\n> ```\n> x\n",
		"# T\n\n```\nls\n```\n", "# T\n\n<div>\nx", "# T\n\n<!-- c -->",
		"# T\n\npara\n\n\n\n", "# T" };

	only(false, true, true);
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		struct unit u = main_unit(texts[i]);
		struct str out = fx_run_unit(&fx_prose, &u, NULL);

		ck_assert(str_starts(out, str_trim(str_c(texts[i]))));
		check_levels(out, "12");
	}
}
END_TEST

START_TEST(an_empty_text_gets_its_frame)
{
	struct unit u = main_unit("---\nname: x\n---\n");
	struct str out;

	only(false, true, false);
	out = fx_run_unit(&fx_prose, &u, NULL);
	ck_assert(str_starts(out, STR("## Platform Constraints\n")));
}
END_TEST

START_TEST(the_frame_has_the_line_ends_of_the_text)
{
	struct unit u = main_unit("# T\r\n\r\n## A\r\n\r\nx\r\n");
	struct str out = fx_run_unit(&fx_prose, &u, NULL);

	for (size_t at = 0; (at = str_find_char(out, '\n', at)) != STR_NPOS; at++)
		ck_assert(at && out.p[at - 1] == '\r');
}
END_TEST

Suite *pass_suite(void)
{
	Suite *s = suite_create("pass");
	TCase *t = tcase_create("pass");

	tcase_add_checked_fixture(t, fx_open, fx_close);
	tcase_add_test(t, passes_run_in_their_order);
	tcase_add_test(t, nothing_to_do_gives_the_same_bytes);
	tcase_add_test(t, only_the_range_is_changed_and_put_out);
	tcase_add_test(t, generated_text_replaces_what_is_left_out);
	tcase_add_test(t, lost_edits_name_both_passes_and_places);
	tcase_add_test(t, k13_heading_levels_are_shifted);
	tcase_add_test(t, t06_the_preamble_stands_before_the_first_real_section);
	tcase_add_test(t, without_sections_the_preamble_comes_last);
	tcase_add_test(t, the_preamble_comes_before_generated_parts);
	tcase_add_test(t, the_preamble_speaks_of_gates_where_there_are_any);
	tcase_add_test(t, constraints_fit_the_tools);
	tcase_add_test(t, declared_tools_count_as_used);
	tcase_add_test(t, the_footer_says_where_the_file_comes_from);
	tcase_add_test(t, the_frame_comes_in_order_and_can_be_switched_off);
	tcase_add_test(t, what_is_appended_is_not_inside_an_open_block);
	tcase_add_test(t, an_empty_text_gets_its_frame);
	tcase_add_test(t, the_frame_has_the_line_ends_of_the_text);
	suite_add_tcase(s, t);
	return s;
}
