/* The algorithms of the checks of texts; what they report is in tests/rules/. */
#include <stdio.h>

#include "model_fixture.h"
#include "parse_fixture.h"
#include "rules/content.h"
#include "rune/str.h"

Suite *content_suite(void);

/* ---- words ------------------------------------------------------------------------- */

static const char *words(struct arena *a, const char *text)
{
	struct str s = str_c(text), word;
	struct buf b = BUF_INIT(a);
	size_t off = 0;

	while (text_word(s, &off, &word))
		buf_addf(&b, "%.*s|", STR_ARG(word));
	return b.n ? b.p : "";
}

START_TEST(words_hold_hyphens_and_apostrophes_inside)
{
	struct arena a = { 0 };

	ck_assert_str_eq(words(&a, "Don't re-run -- it's 'x'."), "Don't|re-run|it's|x|");
	ck_assert_str_eq(words(&a, "caf\xc3\xa9, 2nd"), "caf\xc3\xa9|2nd|");
	ck_assert_str_eq(words(&a, "- ' -"), "");
	arena_release(&a);
}
END_TEST

START_TEST(a_list_of_words_is_searched_by_whole_words)
{
	ck_assert(text_among(STR("When"), "if when while"));
	ck_assert(text_among(STR("if"), "if when while"));
	ck_assert(text_among(STR("while"), "if when while"));
	ck_assert(!text_among(STR("whe"), "if when while"));
	ck_assert(!text_among(STR("whens"), "if when while"));
}
END_TEST

/* ---- sentences ------------------------------------------------------------------------ */

/* Is the tool that the text names said not to be used? */
static bool negated(const char *text)
{
	struct parsed p;
	bool no;

	parsed_doc(&p, text);
	ck_assert_uint_eq(p.doc->ntool, 1);
	no = text_negated(p.doc, p.doc->tool->block, p.doc->tool->span.off);
	parsed_release(&p);
	return no;
}

START_TEST(negation_reaches_to_the_start_of_the_sentence)
{
	ck_assert(negated("Never use `Edit` here.\n"));
	ck_assert(negated("Do not, under any condition, open it with `Edit`.\n"));
	ck_assert(negated("Use patch instead of `Edit`.\n"));
	ck_assert(negated("- write nothing; do not\n  use `Edit`\n"));
	ck_assert(!negated("Never guess. Use `Edit`.\n"));
	ck_assert(!negated("Do not guess; use `Edit`.\n"));
	ck_assert(!negated("Nothing is lost:\n\n- use `Edit`\n"));
	ck_assert(!negated("- never guess\n- use `Edit`\n"));
	ck_assert(!negated("| never | use `Edit` |\n|---|---|\n"));
}
END_TEST

/* ---- fences ----------------------------------------------------------------------------- */

static struct fence fence_of(struct parsed *p, const char *text)
{
	struct fence f;

	parsed_doc(p, text);
	f = fence_read(p->doc, node_of(p, DOC_CODE_BLOCK, 0));
	return f;
}

static bool is_closed(const char *text)
{
	struct parsed p;
	struct fence f = fence_of(&p, text);

	parsed_release(&p);
	return f.closed;
}

START_TEST(fences_are_closed_by_as_many_marks)
{
	ck_assert(is_closed("```\nx\n```\n"));
	ck_assert(is_closed("```\n```\n"));
	ck_assert(is_closed("~~~sh\nx\n~~~~  \n"));
	ck_assert(is_closed("> ```\n> x\n> ```\n"));
	ck_assert(is_closed("- a\n\n  ```\n  x\n  ```\n"));
	ck_assert(is_closed("```\r\nx\r\n```\r\n"));
	ck_assert(!is_closed("```\nx\n"));
	ck_assert(!is_closed("```\n"));
	ck_assert(!is_closed("````\nx\n```\n"));
	ck_assert(!is_closed("```\nx\n~~~\n"));
	ck_assert(!is_closed("- a\n\n  ```\n  x\n\nb\n"));
}
END_TEST

START_TEST(a_fence_inside_is_found_and_ends_the_outer_one)
{
	struct parsed p;
	struct fence f = fence_of(&p, "```markdown\na\n\n```sh\nb\n```\n\nc\n```\n");

	ck_assert(f.early && f.closed);
	ck_bytes(&p, f.inner, "```sh");
	ck_bytes(&p, f.marks, "```");
	ck_bytes(&p, f.open, "```markdown");
	parsed_release(&p);
	/* one that may hold it */
	f = fence_of(&p, "````markdown\n```sh\nb\n```\n````\n");
	ck_assert(!f.early && !f.inner.len);
	parsed_release(&p);
	/* code does not: here the first one was not closed */
	f = fence_of(&p, "```sh\na\n\n```python\nb\n```\n");
	ck_assert(!f.early && f.inner.len);
	parsed_release(&p);
	/* inline code at the start of a line opens nothing */
	f = fence_of(&p, "```text\n```x``` y\n```\n");
	ck_assert(!f.inner.len);
	parsed_release(&p);
}
END_TEST

static size_t sound(const char *text)
{
	struct parsed p;
	size_t n;

	parsed_doc(&p, text);
	n = content_sound(p.doc);
	ck_assert_uint_le(n, strlen(text));
	parsed_release(&p);
	return n;
}

START_TEST(markdown_is_sound_up_to_the_fence_that_is_not)
{
	ck_assert_uint_eq(sound("a\n\n```\nx\n```\n\nb\n"), 16);
	ck_assert_uint_eq(sound("a\n\n```\nx\n\n# b\n"), 3);
	ck_assert_uint_eq(sound("```md\n```sh\nx\n```\nb\n```\n"), 17);
	ck_assert_uint_eq(sound("a\n\n<Good>\n```sh\nx\n\ny\n```\n"), 3);
	ck_assert_uint_eq(sound("<Good>\n```sh\nx\n```\n</Good>\n"), 27);
	ck_assert_uint_eq(sound("<!--\n```\n-->\n"), 13);
}
END_TEST

START_TEST(code_spans_have_an_inside)
{
	struct parsed p;
	const struct node *n;

	parsed_doc(&p, "a `` `x` `` b\n");
	n = node_of(&p, DOC_CODE_SPAN, 0);
	ck_bytes(&p, code_inside(p.doc, n->span), "`x`");
	parsed_release(&p);
}
END_TEST

/* ---- descriptions that are alike ----------------------------------------------------------- */

static void put_skill(const char *name, const char *description)
{
	const char *path = str_fmt(&mf.a, "src/skills/%s/SKILL.md", name).p;

	mf_put(path, str_fmt(&mf.a, "---\nname: %s\ndescription: %s\n---\n\n# %s\n\nx\n",
			     name, description, name)
			     .p);
}

static void check(void)
{
	static const struct adapter *const all[] = { &adapter_cursor };
	struct rule_options o = { .platform = all, .nplatform = 1, .jobs = 1 };

	mf_config("\"library\": false");
	ck_assert(mf_load());
	mf.p.config.src = NULL; /* a project with one is compiled, and made to fit */
	rules_run(&mf.p, &o, &mf.a, &mf.sink);
}

START_TEST(all_of_a_large_family_are_found_alike)
{
	char name[32], text[200];

	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "part-%d", i);
		snprintf(text, sizeof(text),
			"Checks the drawing of part %d against its measures and packs "
			"it. "
			"Use when a part is worn.",
			i);
		put_skill(name, text);
	}
	put_skill("other", "Finds slow queries in a log. Use when a page is slow.");
	check();
	ck_assert_uint_eq(mf_reported(RULE_DESC_ALIKE), 39);
	ck_assert_uint_eq(mf_reported(RULE_DESC_DUPLICATE), 0);
}
END_TEST

START_TEST(equal_descriptions_are_duplicates_and_no_more)
{
	put_skill("a", "Finds slow queries in a log. Use when a page is slow.");
	put_skill("b", "Finds slow queries in a log. Use when a page is slow.");
	put_skill("c", "finds slow queries in a log. use when a page is slow.");
	check();
	ck_assert_uint_eq(mf_reported(RULE_DESC_DUPLICATE), 2);
	ck_assert_uint_eq(mf_reported(RULE_DESC_ALIKE), 0);
}
END_TEST

START_TEST(few_telling_words_are_not_compared)
{
	put_skill("a", "Reviews code. Use when asked to.");
	put_skill("b", "Reviews the code. Use it when you are asked to.");
	check();
	ck_assert_uint_eq(mf_reported(RULE_DESC_ALIKE), 0);
}
END_TEST

/* ---- what clients list ------------------------------------------------------------------------ */

/* `n` skills with names of 7 characters and descriptions of `chars`. */
static void put_many(int n, size_t chars)
{
	char name[32];
	struct buf b = BUF_INIT(&mf.a);

	buf_fill(&b, 'x', chars);
	for (int i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "part%03d", i);
		put_skill(name, b.p);
	}
}

/* The findings are too many to be shown. */
static void says_also(const char *found, const char *part)
{
	ck_assert_msg(strstr(found, part) != NULL, "no '%s'", part);
}

/* "src/skills/part035/SKILL.md:3:14 RN5033 GitHub Copilot shows 25 of 60 …" */
START_TEST(lists_of_clients_are_filled_as_they_fill_them)
{
	const char *found;

	put_many(60, 310);
	check();
	found = mf_findings();
	/* names are emitted with the prefix: rune-part037, 12 characters. Copilot has
	 * room for 35 times 94 + 12 + 310 after its 400 */
	says_also(found, "part035/SKILL.md:3:14 RN5033 GitHub Copilot shows 25 of 60");
	/* Droid: 10,800 less 5,276 and 60 names of 13; each description 312 more */
	says_also(found, "part015/SKILL.md:3:14 RN5033 Droid shows 45 of 60");
	/* Claude Code: 8,000 less 6,077 and 60 names of 15; each description 312 more */
	says_also(found, "part003/SKILL.md:3:14 RN5033 Claude Code, at a context of "
			 "200,000 tokens, shows 57 of 60");
	/* 6,211 of its own, 60 times 327: 645,775 tokens */
	says_also(found, "all do from about 645775 tokens of context on");
	/* Codex: 21,760 less 480 and 60 times 26 + 24 */
	says_also(found, "RN5033 Codex shows 60 of 60 skills with descriptions of 304");
	/* OpenClaw: 18,000 less 7,500 and 60 times 132 + 24 */
	says_also(
		found, "RN5033 OpenClaw shows 60 of 60 skills with descriptions of 19 ");
}
END_TEST

START_TEST(short_lists_lose_nothing)
{
	put_many(6, 200);
	check();
	ck_assert_uint_eq(mf_reported(RULE_LISTING_CUT_ELSEWHERE), 0);
	ck_assert_uint_eq(mf_reported(RULE_LISTING_CUT), 0);
}
END_TEST

START_TEST(more_than_openclaw_shows_at_all)
{
	put_many(160, 60);
	check();
	says_also(mf_findings(), "10 are not shown at all");
}
END_TEST

Suite *content_suite(void)
{
	Suite *s = suite_create("content");
	TCase *tc = tcase_create("texts");

	tcase_add_test(tc, words_hold_hyphens_and_apostrophes_inside);
	tcase_add_test(tc, a_list_of_words_is_searched_by_whole_words);
	tcase_add_test(tc, negation_reaches_to_the_start_of_the_sentence);
	tcase_add_test(tc, fences_are_closed_by_as_many_marks);
	tcase_add_test(tc, a_fence_inside_is_found_and_ends_the_outer_one);
	tcase_add_test(tc, markdown_is_sound_up_to_the_fence_that_is_not);
	tcase_add_test(tc, code_spans_have_an_inside);
	suite_add_tcase(s, tc);
	tc = mf_case(s, "projects");
	tcase_add_test(tc, all_of_a_large_family_are_found_alike);
	tcase_add_test(tc, equal_descriptions_are_duplicates_and_no_more);
	tcase_add_test(tc, few_telling_words_are_not_compared);
	tcase_add_test(tc, lists_of_clients_are_filled_as_they_fill_them);
	tcase_add_test(tc, short_lists_lose_nothing);
	tcase_add_test(tc, more_than_openclaw_shows_at_all);
	return s;
}
