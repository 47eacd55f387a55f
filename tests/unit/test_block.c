/* Regions of ours in the user's files. */
#include <check.h>

#include "rune/block.h"
#include "rune/str.h"

Suite *block_suite(void);

static struct arena arena;
static struct source_set sources;
static struct diag_sink sink;

static void setup(void)
{
	source_set_init(&sources, &arena);
	diag_sink_init(&sink, &arena, NULL);
}

static void teardown(void)
{
	arena_release(&arena);
}

static struct str set(struct str text, const char *owner, const char *body)
{
	struct str out = STR("untouched");

	ck_assert(block_set(text, BLOCK_HTML, str_c(owner), str_c(body), SPAN_NONE,
		&arena, &sink, &out));
	return out;
}

static struct str unset(struct str text, const char *owner)
{
	struct str out = STR("untouched");

	ck_assert(block_remove(
		text, BLOCK_HTML, str_c(owner), SPAN_NONE, &arena, &sink, &out));
	return out;
}

#define SAME(got, want)                                                               \
	do {                                                                          \
		struct str got_ = (got);                                              \
		ck_assert_msg(str_eq(got_, str_c(want)), "got: %.*s", STR_ARG(got_)); \
	} while (0)

/* U01-U05, U07: whatever the file, the user's text stays as it is. */
START_TEST(u01_the_users_text_is_kept_and_the_region_appended)
{
	SAME(set(STR("# Mine\n\nkeep\n"), "copilot", "generated\n"),
		"# Mine\n\nkeep\n\n<!-- rune:begin copilot -->\ngenerated\n"
		"<!-- rune:end copilot -->\n");
	SAME(set(STR("no newline"), "x", "g"),
		"no newline\n\n<!-- rune:begin x -->\ng\n<!-- rune:end x -->\n");
	SAME(set(STR_NONE, "x", "g\n"),
		"<!-- rune:begin x -->\ng\n<!-- rune:end x -->\n");
	SAME(set(STR("a\n"), "x", ""),
		"a\n\n<!-- rune:begin x -->\n<!-- rune:end x -->\n");
}
END_TEST

START_TEST(only_the_region_is_replaced)
{
	struct str text = STR(
		"before\n<!-- rune:begin x -->\nold\nold\n<!-- rune:end x -->\nafter");

	SAME(set(text, "x", "new"),
		"before\n<!-- rune:begin x -->\nnew\n<!-- rune:end x -->\nafter");
	/* the end marker may be the end of the file */
	SAME(set(STR("<!-- rune:begin x -->\n<!-- rune:end x -->"), "x", "new"),
		"<!-- rune:begin x -->\nnew\n<!-- rune:end x -->");
}
END_TEST

START_TEST(u08_setting_the_same_body_again_changes_nothing)
{
	static const char *const texts[] = { "", "a", "a\n", "a\n\n", "a\n\n\n", "\n",
		"a\r\nb\r\n", "a\r\n\r\n" };

	for (size_t i = 0; i < COUNTOF(texts); i++) {
		struct str once = set(str_c(texts[i]), "codex", "x\n\ny\n"), again = once;

		for (int k = 0; k < 5; k++)
			again = set(again, "codex", "x\n\ny\n");
		ck_assert(str_eq(once, again));
		ck_assert(str_starts(once, str_c(texts[i])));
	}
}
END_TEST

START_TEST(removing_gives_the_users_text_back)
{
	static const char *const texts[] = { "", "a\n", "a\n\n", "a\n\n\n", "\n",
		"a\r\nb\r\n", "a\r\n\r\n" };

	for (size_t i = 0; i < COUNTOF(texts); i++)
		SAME(unset(set(str_c(texts[i]), "codex", "x\n\ny\n"), "codex"), texts[i]);
	/* a last line that had no end got one: nothing tells any more */
	SAME(unset(set(STR("a"), "codex", "x"), "codex"), "a\n");
	/* where the user moved the region, one empty line goes with it */
	SAME(unset(STR("a\n\n<!-- rune:begin x -->\n1\n<!-- rune:end x -->\n\nb\n"), "x"),
		"a\n\nb\n");
	SAME(unset(STR("no region\n"), "x"), "no region\n");
}
END_TEST

START_TEST(u09_a_title_of_ours_outside_a_region_is_the_users)
{
	SAME(set(STR("# Rune — Project Configuration\n\n## My rules\nkeep\n"), "codex",
		     "g"),
		"# Rune — Project Configuration\n\n## My rules\nkeep\n\n"
		"<!-- rune:begin codex -->\ng\n<!-- rune:end codex -->\n");
}
END_TEST

START_TEST(u10_two_platforms_have_a_region_each)
{
	struct str both =
		set(set(STR("mine\n"), "codex", "for codex"), "copilot", "for copilot");
	struct str body;

	SAME(both,
		"mine\n\n<!-- rune:begin codex -->\nfor codex\n<!-- rune:end codex "
		"-->\n\n"
		"<!-- rune:begin copilot -->\nfor copilot\n<!-- rune:end copilot -->\n");
	ck_assert(
		block_get(set(both, "codex", "new"), BLOCK_HTML, STR("copilot"), &body));
	SAME(body, "for copilot\n");
	SAME(unset(both, "codex"), "mine\n\n<!-- rune:begin copilot -->\nfor copilot\n"
				   "<!-- rune:end copilot -->\n");
	SAME(unset(unset(both, "codex"), "copilot"), "mine\n");
	SAME(unset(unset(both, "copilot"), "codex"), "mine\n");
}
END_TEST

/* The text is refused by all verbs, and the report stands on `line`. */
static void refused(const char *text, uint32_t line)
{
	const struct source *s =
		source_add(&sources, STR("AGENTS.md"), str_c(text), SOURCE_FILE);
	struct str out = STR("untouched"), body;

	diag_sink_init(&sink, &arena, NULL);
	ck_assert(!block_set(s->text, BLOCK_HTML, STR("x"), STR("new"), source_span(s),
		&arena, &sink, &out));
	ck_assert(!block_remove(
		s->text, BLOCK_HTML, STR("x"), source_span(s), &arena, &sink, &out));
	ck_assert(!block_get(s->text, BLOCK_HTML, STR("x"), &body));
	SAME(out, "untouched");
	ck_assert_uint_eq(sink.n, 2);
	ck_assert_int_eq(sink.v[0]->rule, RULE_OUT_MARKERS);
	ck_assert_uint_eq(source_locate(s, sink.v[0]->at.off).line, line);
	ck_assert(sink.v[0]->notes != NULL);
}

#define B "<!-- rune:begin x -->\n"
#define E "<!-- rune:end x -->\n"

START_TEST(u11_damaged_markers_are_reported_and_nothing_is_done)
{
	refused("a\n" B "b\n", 2);
	refused("a\n" E "b\n", 2);
	refused(E "a\n" B, 1);
	refused(B E "mine\n" B E, 4);
	refused(B "1\n" B E, 3);
	refused(B "1\n" E "2\n" E, 5);
	refused(B "<!-- rune:begin y -->\n" E "<!-- rune:end y -->\n", 2);
	refused("<!-- rune:begin y -->\n" B "<!-- rune:end y -->\n" E, 3);
}
END_TEST

START_TEST(markers_that_a_formatter_touched_are_still_known)
{
	SAME(set(STR("  <!--rune:begin   x-->  \nold\n\t<!--  rune:end x  -->\r\nz\n"),
		     "x", "n"),
		"<!-- rune:begin x -->\nn\n<!-- rune:end x -->\r\nz\n");
}
END_TEST

START_TEST(what_only_resembles_a_marker_is_text)
{
	static const char text[] =
		"see <!-- rune:begin x --> here\n<!-- rune:begin xy -->\n"
		"<!-- rune:end xy -->\n<!-- rune:beginx -->\n<!-->\n<!--->\n";
	struct str body;

	ck_assert(!block_get(str_c(text), BLOCK_HTML, STR("x"), &body));
	ck_assert(str_starts(set(str_c(text), "x", "g"), str_c(text)));
}
END_TEST

START_TEST(a_body_with_a_marker_in_it_is_refused)
{
	struct str out = STR("untouched");

	ck_assert(!block_set(STR("a\n"), BLOCK_HTML, STR("x"), STR("1\n" E "2"),
		SPAN_NONE, &arena, &sink, &out));
	ck_assert(!block_set(STR("a\n"), BLOCK_HTML, STR("x"),
		STR("<!-- rune:begin y -->"), SPAN_NONE, &arena, &sink, &out));
	SAME(out, "untouched");
	ck_assert_uint_eq(diag_count(&sink, SEV_ERROR), 2);
}
END_TEST

START_TEST(the_files_own_line_ends_are_used)
{
	SAME(set(STR("a\r\nb\r\n"), "x", "1\n2\n"),
		"a\r\nb\r\n\r\n<!-- rune:begin x -->\r\n1\r\n2\r\n<!-- rune:end x "
		"-->\r\n");
}
END_TEST

START_TEST(u06_yaml_gets_hash_markers)
{
	struct str out;

	ck_assert_int_eq(block_style_of(STR(".aider.conf.yml")), BLOCK_HASH);
	ck_assert_int_eq(block_style_of(STR("a/.gitignore")), BLOCK_HASH);
	ck_assert_int_eq(block_style_of(STR("x.TOML")), BLOCK_HASH);
	ck_assert_int_eq(block_style_of(STR("AGENTS.md")), BLOCK_HTML);
	ck_assert_int_eq(block_style_of(STR(".cursorrules")), BLOCK_HTML);
	ck_assert_int_eq(
		block_style_of(STR(".github/copilot-instructions.md")), BLOCK_HTML);
	ck_assert(block_set(STR("model: x\n"), BLOCK_HASH, STR("aider"),
		STR("read: [a]\n"), SPAN_NONE, &arena, &sink, &out));
	SAME(out, "model: x\n\n# rune:begin aider\nread: [a]\n# rune:end aider\n");
	ck_assert(block_remove(
		out, BLOCK_HASH, STR("aider"), SPAN_NONE, &arena, &sink, &out));
	SAME(out, "model: x\n");
}
END_TEST

Suite *block_suite(void)
{
	Suite *s = suite_create("block");
	TCase *t = tcase_create("block");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, u01_the_users_text_is_kept_and_the_region_appended);
	tcase_add_test(t, only_the_region_is_replaced);
	tcase_add_test(t, u08_setting_the_same_body_again_changes_nothing);
	tcase_add_test(t, removing_gives_the_users_text_back);
	tcase_add_test(t, u09_a_title_of_ours_outside_a_region_is_the_users);
	tcase_add_test(t, u10_two_platforms_have_a_region_each);
	tcase_add_test(t, u11_damaged_markers_are_reported_and_nothing_is_done);
	tcase_add_test(t, markers_that_a_formatter_touched_are_still_known);
	tcase_add_test(t, what_only_resembles_a_marker_is_text);
	tcase_add_test(t, a_body_with_a_marker_in_it_is_refused);
	tcase_add_test(t, the_files_own_line_ends_are_used);
	tcase_add_test(t, u06_yaml_gets_hash_markers);
	suite_add_tcase(s, t);
	return s;
}
