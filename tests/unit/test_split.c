/* A text that is longer than its reader is shown, split: nothing is lost, nothing leads
 * elsewhere, and what holds from the start stands at the start. */
#include <stdarg.h>
#include <time.h>

#include "emit_fixture.h"
#include "rune/os.h"
#include "split_invariants.h"

Suite *split_suite(void);

static struct arena arena;
static struct split made;
static struct split_options options;

static void open_split(void)
{
	arena = (struct arena){ 0 };
	options = (struct split_options){
		.name = STR("rune-x"), .main_file = STR("SKILL.md"), .limit = 2000
	};
}

static void close_split(void)
{
	arena_release(&arena);
}

static const struct str header = STR_INIT("---\nname: rune-x\n---\n");

/* Split, and check what always holds. */
static bool split(const char *text)
{
	const char *bad;

	if (!split_text(&made, header, str_c(text), &options, &arena))
		return false;
	bad = split_invariants(&made, header, str_c(text), &options, &arena);
	ck_assert_msg(!bad, "%s\n==== main:\n%.*s", bad, STR_ARG(made.main));
	return true;
}

static const char *main_file(void)
{
	return str_dupz(&arena, made.main);
}

static const char *part(const char *rel)
{
	for (size_t i = 0; i < made.npart; i++)
		if (str_eq(made.part[i].rel, str_c(rel)))
			return str_dupz(&arena, made.part[i].text);
	ck_abort_msg("no %s in:\n%.*s", rel, STR_ARG(made.main));
}

/* `n` lines of 50 bytes, each a paragraph. */
static const char *filler(const char *word, size_t n)
{
	struct buf b = BUF_INIT(&arena);

	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s %04zu, and so on until the line is long.\n\n", word, i);
	return b.n ? buf_str(&b).p : "";
}

static const char *fmt(const char *format, ...) RUNE_PRINTF(1, 2);
static const char *fmt(const char *format, ...)
{
	struct str s;
	va_list ap;

	va_start(ap, format);
	s = str_vfmt(&arena, format, ap);
	va_end(ap);
	return str_dupz(&arena, s);
}

/* ---- re-assembly ------------------------------------------------------------------- */

static const size_t limits[] = { 2000, 4000, 7800, 24000 };

static void check_file(struct str path)
{
	struct arena own = { 0 };
	struct source_set sources;
	struct diag_sink sink;
	const struct doc *d;
	struct str text;
	const char *bad;

	source_set_init(&sources, &own);
	diag_sink_init(&sink, &own, NULL);
	ck_assert_int_eq(os_read_file(path, SOURCE_MAX, &own, &text), 0);
	d = doc_parse(source_add(&sources, path, text, SOURCE_FILE), 0, &own, &sink);
	ck_assert_ptr_nonnull(d);
	text = str_fmt(&own, "%.*s\n", STR_ARG(doc_text(d, d->body)));
	for (size_t i = 0; i < COUNTOF(limits); i++) {
		options.limit = limits[i];
		if (!split_text(&made, header, text, &options, &own))
			continue;
		bad = split_invariants(&made, header, text, &options, &own);
		ck_assert_msg(!bad, "%.*s at %zu: %s", STR_ARG(path), limits[i], bad);
		if (text.n + header.n > limits[i])
			ck_assert_uint_gt(made.npart, 0);
	}
	arena_release(&own);
}

static size_t check_directory(struct str dir)
{
	struct os_entry *e;
	size_t n, found = 0;

	if (os_list_dir(dir, &arena, &e, &n))
		return 0;
	for (size_t i = 0; i < n; i++) {
		struct str path = path_join(&arena, dir, e[i].name);

		if (e[i].kind == OS_DIR) {
			found += check_directory(path);
		} else if (e[i].kind == OS_FILE && str_ends(path, STR(".md"))) {
			check_file(path);
			found++;
		}
	}
	return found;
}

START_TEST(the_library_can_be_put_together_again)
{
	ck_assert_uint_gt(check_directory(STR(RUNE_SOURCE_DIR "/skills")), 8);
	check_directory(STR(RUNE_SOURCE_DIR "/extensions"));
}
END_TEST

START_TEST(texts_of_every_kind_can_be_put_together_again)
{
	const char *lines = filler("Text", 200);
	const char *const texts[] = {
		"",
		"\n",
		"\n\n\n\n",
		"# Only a title\n",
		lines,
		fmt("# A\n\n%s", lines),
		fmt("# A\r\n\r\n## B\r\n\r\n%s\r\n## C\r\n\r\nc\r\n\r\n", lines),
		fmt("---\n\na: b\n\n---\n\n## B\n\n[x](y.md)\n\n%s", lines),
		fmt("\xef\xbb\xbf# A\n\n%s", lines),
		fmt("\n\n\n# A\n\n%s\n\n\n\n", lines),
		fmt("# A\n\n```sh\n%s```\n", lines),
		fmt("# A\n\n```\n# not a heading\n\n%s## nor this\n```\n\n## B\n\n%s",
			lines, lines),
		fmt("# A\n\n<!--\n## no heading\n%s-->\n\n## B\n\n%s", lines, lines),
		fmt("A\n=\n\nB\n-\n\n%sC\n-\n\n%s", lines, lines),
		fmt("# A\n\n> ## quoted\n>\n> text\n\n%s", lines),
		fmt("# A\n\n| a | b |\n|---|---|\n| c | d |\n\n%s", lines),
	};

	for (size_t i = 0; i < COUNTOF(texts); i++)
		for (size_t k = 0; k < COUNTOF(limits); k++) {
			options.limit = limits[k];
			ck_assert_msg(split(texts[i]), "text %zu", i);
		}
}
END_TEST

START_TEST(lists_are_cut_between_their_items)
{
	struct buf b = BUF_INIT(&arena);

	buf_addz(&b, "# A\n\n## Steps\n\nDo this:\n\n");
	for (int i = 1; i <= 80; i++)
		buf_addf(&b,
			"%d. step %d\n    - nested\n      - deeper\n\n"
			"        more of it in a paragraph of its own\n",
			i, i);
	ck_assert(split(buf_str(&b).p));
	ck_assert_uint_gt(made.npart, 1);
	mf_contains(main_file(), "Do this:\n\n1. step 1\n    - nested\n");
	mf_contains(main_file(), "Steps, from step ");
	ck_assert(str_ends(made.main, STR("<!-- /rune:part -->\n")));
	/* no item without what is nested in it */
	for (size_t i = 0; i < made.npart; i++)
		ck_assert(str_ends(made.part[i].text, STR("of its own\n")));
}
END_TEST

START_TEST(what_announces_a_block_stays_with_it)
{
	struct buf b = BUF_INIT(&arena);

	for (int i = 0; i < 60; i++)
		buf_addf(&b,
			"Run the following:\n\n```sh\nmake %d && make check\n```\n\n", i);
	ck_assert(split(buf_str(&b).p));
	for (size_t i = 0; i < made.npart; i++) {
		mf_contains(
			str_dupz(&arena, made.part[i].text), ").\n\nRun the following:");
		ck_assert(str_ends(made.part[i].text, STR("```\n\n")));
	}
}
END_TEST

/* ---- limits ------------------------------------------------------------------------- */

START_TEST(one_block_that_is_too_long_is_said_to_be)
{
	const char *block = fmt("```sh\n%s```\n", filler("make", 100));

	ck_assert(split(fmt("# A\n\nShort.\n\n%s\nThe end.\n", block)));
	ck_assert_uint_gt(made.over, strlen(block));
	ck_assert(split(fmt("# A\n\nShort.\n\n%s", filler("Text", 200))));
	ck_assert_uint_eq(made.over, 0);
}
END_TEST

START_TEST(links_that_grow_do_not_burst_a_part)
{
	struct buf b = BUF_INIT(&arena);

	options.limit = 5000;
	buf_addz(&b, "# A\n\n## A rather long heading that makes a long name\n\n");
	for (int i = 0; i < 300; i++)
		buf_addz(&b, "[a](b) [c](d) [e](f)\n\n");
	buf_addz(&b, "## B\n\n");
	for (int i = 0; i < 300; i++)
		buf_addz(&b, "[a](#a-rather-long-heading-that-makes-a-long-name)\n\n");
	ck_assert(split(buf_str(&b).p));
	ck_assert_uint_eq(made.over, 0);
	ck_assert_uint_gt(made.npart, 3);
}
END_TEST

START_TEST(a_long_text_takes_time_in_proportion)
{
	static const char *const units[] = { "# a\n\n", "- a\n", "a\n\n", "[a](#a)\n\n",
		"# a\n\n[a](b#c)\n\n", "<HARD-GATE>a</HARD-GATE>\n\n", "[a]: b\n",
		"<HARD-GATE>a</HARD-GATE> ", "### a\n\n#### [a][a]\n\n[a]: #a\n\n" };
	clock_t from;

	for (size_t i = 0; i < COUNTOF(units); i++) {
		struct arena own = { 0 };
		struct buf b = BUF_INIT(&own);

		while (b.n < 300000)
			buf_addz(&b, units[i]);
		buf_addc(&b, '\n');
		options.limit = 8000;
		from = clock();
		split_text(&made, header, buf_str(&b), &options, &own);
		ck_assert_msg((clock() - from) / CLOCKS_PER_SEC < 60, "'%s' is too slow",
			units[i]);
		arena_release(&own);
	}
}
END_TEST

/* ---- what the author says ------------------------------------------------------------ */

START_TEST(the_author_may_say_where)
{
	options.limit = 4000;
	ck_assert(split(fmt("# A\n\n## Calls\n\n%s<!-- rune:split -->\n## B\n\n%s"
			    "<!-- rune:split -->\n\n## C c\n\n%s",
		filler("First", 60), filler("Text", 32), filler("More", 10))));
	/* what would wait till the end is before the first mark */
	mf_contains(main_file(), "First 0059");
	/* though one file would do for both */
	mf_contains(part("references/b.md"), ").\n\n<!-- rune:split -->\n## B\n");
	mf_contains(part("references/c-c.md"), ").\n\n<!-- rune:split -->\n\n## C c\n");
	mf_contains(main_file(), "Continues in [references/c-c.md](references/c-c.md)**: "
				 "C c. Read");
}
END_TEST

START_TEST(the_author_may_forbid_it)
{
	const char *lines = filler("Text", 100);

	ck_assert(!split(fmt("# A\n\n<!-- rune:no-split -->\n\n%s", lines)));
	ck_assert(!split(fmt("# A\n\n%s\n<!-- rune:no-split -->\n", lines)));
	/* quoted, it is only mentioned */
	ck_assert(split(fmt("# A\n\n`<!-- rune:no-split -->`\n\n%s", lines)));
	ck_assert(split(fmt("# A\n\n```\n<!-- rune:no-split -->\n```\n\n%s", lines)));
}
END_TEST

/* ---- what the main file keeps ---------------------------------------------------------- */

START_TEST(the_main_file_keeps_what_is_needed_first)
{
	const char *some = filler("Some", 6), *more = filler("More", 30);

	ck_assert(split(
		fmt("# A\n\n## Sharp Edges\n\nedges\n\n## Steps\n\n### One\n\n%s### "
		    "Two\n\n%s\n### Three\n\n%s\n## Purpose\n\nThe purpose.\n\n"
		    "## Triggers\n\nThe triggers.\n\n## Calls\n\ncalls\n\n%s",
			some, some, more, more)));
	mf_contains(main_file(), "The purpose.");
	mf_contains(main_file(), "The triggers.");
	mf_contains(main_file(), "### One\n\nSome 0000");
	/* no step before the one that it follows */
	mf_contains(part("references/three.md"), "More 0029");
	mf_lacks(main_file(), "calls\n\nMore 0029");
}
END_TEST

START_TEST(gates_of_what_moved_hold_from_the_start)
{
	const char *some = filler("Some", 60);

	ck_assert(split(fmt("# A\n\n%s## B\n\n1. one\n2. two\n\n"
			    "      <HARD-GATE>\n      Never [do](c.md) so: see [B](#b).\n"
			    "      </HARD-GATE>\n\n%s\n\nSo <HARD-GATE>x</HARD-GATE> and "
			    "<HARD-GATE>y</HARD-GATE> it is.\n\n<HARD-GATE>\n\n%s\n"
			    "</HARD-GATE>\n",
		some, some, filler("Gate", 5))));
	mf_contains(main_file(),
		"\n\n<HARD-GATE>\nNever [do](c.md) so: see [B](references/b");
	mf_contains(main_file(),
		"\nSo <HARD-GATE>x</HARD-GATE> and <HARD-GATE>y</HARD-GATE>\n");
	mf_contains(main_file(), "\n\n<HARD-GATE>\n\nGate 0000");
}
END_TEST

START_TEST(gates_are_not_cut)
{
	options.limit = 4000;
	for (size_t n = 0; n < 60; n++) {
		ck_assert(split(fmt(
			"# A\n\n## B\n\n%s<HARD-GATE>\n\n%s\n</HARD-GATE>\n\n%s",
			filler("Some", 40 + n), filler("Gate", 25), filler("More", 60))));
		for (size_t i = 0; i < made.npart; i++) {
			const char *text = str_dupz(&arena, made.part[i].text);

			ck_assert_int_eq(
				!strstr(text, "Gate 0000"), !strstr(text, "Gate 0024"));
		}
	}
}
END_TEST

/* ---- names and links ---------------------------------------------------------------------- */

static bool is_taken(const void *arg, struct str rel)
{
	return str_eq_nocase(rel, str_c(arg));
}

START_TEST(names_are_free_and_speak)
{
	const char *lines = filler("Text", 60);

	options.taken = is_taken;
	options.arg = "references/Deploy-it.md";
	ck_assert(split(
		fmt("# A\n\n## Deploy: *it*!\n\n%s## deploy it\n\n%s## \xc3\x84\n\n%s",
			lines, lines, lines)));
	part("references/deploy-it-2.md");
	part("references/deploy-it-3.md");
	part("references/part.md");
}
END_TEST

START_TEST(links_lead_where_they_led)
{
	const char *lines = filler("Text", 26);

	ck_assert(split(fmt(
		"# A\n\n[p](#purpose) [d](#deep-down) [d2](SKILL.md#deep-down) "
		"[no](#no)\n\n"
		"## Purpose\n\np\n\n## Steps\n\n%s\n## Deep "
		"`down`\n\n[r](references/r.md) "
		"[up](../b/SKILL.md#x) [self](#deep-down) [main](#purpose) "
		"[dir](assets/) "
		"[me](SKILL.md) [web](https://a.b/c#d) [abs](/x) [mail](mailto:a@b.c) "
		"![i](i.png \"t\") [![n](n.png)](n.md) <a href=\"h.md\">h</a> [l][Lab "
		"el] "
		"[q](?q) [no](#no) [s](<a b.md>)\n\n[z]: z.md\n\n%s\n## End\n\n[l][lab "
		"el]\n\n"
		"[lab el]: lab.md 'title'\n\n%s",
		lines, lines, lines)));
	mf_contains(main_file(), "[p](#purpose) [d](references/deep-down.md#deep-down) "
				 "[d2](references/deep-down.md#deep-down) [no](#no)");
	mf_contains(part("references/deep-down.md"),
		"[r](r.md) [up](../../b/SKILL.md#x) [self](#deep-down) "
		"[main](../SKILL.md#purpose) [dir](../assets/) [me](../SKILL.md) "
		"[web](https://a.b/c#d) [abs](/x) [mail](mailto:a@b.c) "
		"![i](../i.png \"t\") [![n](../n.png)](../n.md) "
		"<a href=\"../h.md\">h</a> [l][Lab el] [q](?q) [no](#no) "
		"[s](<../a b.md>)\n\n[z]: ../z.md\n");
	/* its definition is in another file */
	mf_contains(part("references/deep-down.md"),
		"\n<!-- rune:links -->\n\n[lab el]: ../lab.md\n");
	mf_lacks(part("references/end.md"), "rune:links");
}
END_TEST

START_TEST(equal_headings_are_told_apart)
{
	const char *lines = filler("Text", 60);

	ck_assert(
		split(fmt("# A\n\n[0](#same) [1](#same-1) [2](#same-2)\n\n## Purpose\n\n"
			  "### Same\n\na\n\n## B\n\n%s\n### Same\n\nb [1](#same-1)\n\n"
			  "### Same\n\nc\n\n%s",
			lines, lines)));
	mf_contains(main_file(), "[0](#same) [1](references/b.md#same) "
				 "[2](references/b.md#same-1)");
	mf_contains(part("references/b.md"), "b [1](#same)");
}
END_TEST

START_TEST(a_flat_platform_has_its_parts_elsewhere)
{
	const char *lines = filler("Text", 60);

	options.main_file = STR("rune-x.md");
	options.prefix = STR("rune-x");
	ck_assert(split(fmt("# A\n\n[b](#b)\n\n%s\n## B\n\n[r](rune-x/references/r.md) "
			    "[a](#a)\n\n%s",
		lines, lines)));
	mf_contains(main_file(), "](rune-x/references/b.md#b)");
	mf_contains(part("references/b.md"), "[r](r.md) [a](../../rune-x.md#a)");
	mf_contains(
		part("references/b.md"), "which begins in [rune-x.md](../../rune-x.md).");
}
END_TEST

/* ---- in a build ------------------------------------------------------------------------------ */

/* A skill of 40 kB with a reference that a part would like to be called. */
static void load_long(const char *mark)
{
	struct file f[] = { CONFIG,
		{ "src/skills/long/SKILL.md",
			fmt("---\nname: long\ndescription: About long.\n---\n\n# "
			    "long\n%s\n"
			    "## Steps\n\n[r](references/steps.md)\n\n%s",
				mark, filler("Text", 900)) },
		{ "src/skills/long/references/steps.md", "# steps\n\nOwn.\n" } };

	ef_load(f, COUNTOF(f));
}

START_TEST(a_build_splits_what_is_too_long)
{
	load_long("");
	ck_assert_msg(ef_emit("cline"), "%s", mf_findings());
	ck_assert_uint_eq(ef_stats.split, 1);
	ef_has(".cline/skills/rune-long/SKILL.md", "references/steps-2.md");
	ef_has(".cline/skills/rune-long/references/steps.md", "Own.");
	ef_has(".cline/skills/rune-long/references/steps-2.md", "Part 2 of");
	ck_assert_uint_eq(mf_reported(RULE_OUT_LIMIT), 0);
	/* where there is room it is whole */
	ck_assert(ef_emit("cursor"));
	ck_assert_uint_eq(ef_stats.split, 0);
	ef_has_not(".cursor/skills/rune-long/SKILL.md", "rune:part");
}
END_TEST

START_TEST(a_build_says_what_cannot_be_split)
{
	load_long("\n<!-- rune:no-split -->\n");
	ck_assert(ef_emit("cline"));
	mf_has_note(mf_finding(RULE_OUT_LIMIT), "let it be split");
	ck_assert_uint_eq(ef_stats.split, 0);
}
END_TEST

START_TEST(a_build_says_which_block_is_too_long)
{
	load_long(fmt("\n```sh\n%s```\n", filler("make", 200)));
	ck_assert(ef_emit("cline"));
	mf_has_note(mf_finding(RULE_OUT_LIMIT), "one block of it is longer than that");
	ck_assert_uint_eq(ef_stats.split, 1);
}
END_TEST

Suite *split_suite(void)
{
	Suite *s = suite_create("split");
	TCase *tc = tcase_create("split"), *build;

	tcase_add_checked_fixture(tc, open_split, close_split);
	tcase_set_timeout(tc, 300);
	tcase_add_test(tc, the_library_can_be_put_together_again);
	tcase_add_test(tc, texts_of_every_kind_can_be_put_together_again);
	tcase_add_test(tc, lists_are_cut_between_their_items);
	tcase_add_test(tc, what_announces_a_block_stays_with_it);
	tcase_add_test(tc, one_block_that_is_too_long_is_said_to_be);
	tcase_add_test(tc, links_that_grow_do_not_burst_a_part);
	tcase_add_test(tc, a_long_text_takes_time_in_proportion);
	tcase_add_test(tc, the_author_may_say_where);
	tcase_add_test(tc, the_author_may_forbid_it);
	tcase_add_test(tc, the_main_file_keeps_what_is_needed_first);
	tcase_add_test(tc, gates_of_what_moved_hold_from_the_start);
	tcase_add_test(tc, gates_are_not_cut);
	tcase_add_test(tc, names_are_free_and_speak);
	tcase_add_test(tc, links_lead_where_they_led);
	tcase_add_test(tc, equal_headings_are_told_apart);
	tcase_add_test(tc, a_flat_platform_has_its_parts_elsewhere);
	suite_add_tcase(s, tc);
	build = mf_case(s, "build");
	tcase_add_checked_fixture(build, open_split, close_split);
	tcase_add_test(build, a_build_splits_what_is_too_long);
	tcase_add_test(build, a_build_says_what_cannot_be_split);
	tcase_add_test(build, a_build_says_which_block_is_too_long);
	return s;
}
