/* Runs, references, tools, gates, links, tables, sections. */
#include <check.h>

#include "doc_invariants.h"
#include "parse_fixture.h"

Suite *constructs_suite(void);

static void parse(struct parsed *p, const char *text)
{
	const char *bad;

	parsed_doc(p, text);
	ck_assert_ptr_nonnull(p->doc);
	bad = doc_invariants(p->doc);
	ck_assert_msg(!bad, "%s: %s", text, bad ? bad : "");
	ck_assert_uint_eq(reported(p, "RN5005"), 0);
}

struct row {
	const char *text, *want;
};

/* ---- runs -------------------------------------------------------------------- */

static void check_runs_of(const struct row *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct parsed p;

		parse(&p, v[i].text);
		ck_assert_msg(!strcmp(all_runs(&p), v[i].want), "<%s>: got %s, want %s",
			v[i].text, all_runs(&p), v[i].want);
		parsed_release(&p);
	}
}

START_TEST(runs_are_text_and_code_spans)
{
	static const struct row rows[] = {
		{ "a `b` c\n", "[a ]{`b`}[ c]" },
		{ "`a``b`", "{`a``b`}" },
		{ "`a` `b`", "{`a`}[ ]{`b`}" },
		{ "# a `b` #\n", "[a ]{`b`}" },
		{ "a `b\n===\n", "[a `b]" },
		{ "- a\n  b\n\n> c\n", "[a\n  b][c]" },
		{ "> a\n> b `c\n> d` e\n", "[a\n> b ]{`c\n> d`}[ e]" },
		{ "**a** _b_ &amp; \\*", "[**a** _b_ &amp; \\*]" },
		{ "\\`a\\` b", "[\\`a\\` b]" },
		{ "---\na: b `c`\n---\nd", "[d]" },
	};

	check_runs_of(rows, COUNTOF(rows));
}
END_TEST

START_TEST(t05_code_blocks_are_in_no_run) /* T05, Y03 */
{
	static const struct row rows[] = {
		{ "a\n\n```sh\nrune:b `c`\n```\nd", "[a][d]" },
		{ "~~~\nrune:a\n~~~\n", "" },
		{ "    rune:a\n\nb", "[b]" },
		{ "- a\n\n  ```\n  `b`\n  ```\n", "[a]" },
		{ "```\nnever closed `b`\n", "" },
	};

	check_runs_of(rows, COUNTOF(rows));
}
END_TEST

START_TEST(what_a_link_leads_to_is_in_no_run)
{
	static const struct row rows[] = {
		{ "a [b `c`](d \"e\") f", "[a [b ]{`c`}[ f]" },
		{ "![a](b) c", "[![a][ c]" },
		{ "<http://a/rune:b> c <d@e.f>", "[ c ]" },
		{ "[a][b] [b] [c]\n\n[b]: u 'v'\n", "[[a][ ][ [c]]" },
		{ "[a]: u 'v'\ntext", "[text]" },
		{ "[a [b](c)](d)", "[[a [b][](d)]" },
		{ "[![a](b)](c) d", "[[![a][ d]" },
		{ "[`a`]: u\n\nx [`a`] y", "[x ][ y]" },
	};

	check_runs_of(rows, COUNTOF(rows));
}
END_TEST

START_TEST(t02_bare_urls_are_in_no_run) /* T02 */
{
	static const struct row rows[] = {
		{ "see https://a.test/rune:b/c. Then", "[see ][. Then]" },
		{ "(git+ssh://a/b) c", "[(][) c]" },
		{ "x http://a/(b)c) d", "[x ][) d]" },
		{ "www.a.b/rune:c, d", "[, d]" },
		{ "awww.b c", "[awww.b c]" },
		{ "://a b:// c://", "[://a b:// c://]" },
		{ "[https://a.b/c](d)", "[[]" },
		{ "https://a/`b` c", "{`b`}[ c]" },
		{ "**https://a/b** c", "[**][** c]" },
		{ "1http://a b", "[1][ b]" },
	};

	check_runs_of(rows, COUNTOF(rows));
}
END_TEST

START_TEST(tags_and_comments_are_in_no_run)
{
	static const struct row rows[] = {
		{ "a <b c=\"d\">e</b> f", "[a ][e][ f]" },
		{ "a <!-- rune:b --> c", "[a ][ c]" },
		{ "a <?b?> <!X c> <![CDATA[d]]> e", "[a ][ ][ ][ e]" },
		{ "a < b > c", "[a < b > c]" },
		{ "<i\n title=\"x\">a</i>", "[a]" },
	};

	check_runs_of(rows, COUNTOF(rows));
}
END_TEST

START_TEST(html_blocks_have_runs)
{
	static const struct row rows[] = {
		{ "<div>\na `b` c\n</div>\n", "[\na ]{`b`}[ c\n]" },
		{ "<div>\n<p class=\"`x`\">a</p>\n</div>", "[\n][a][\n]" },
		{ "<!-- rune:a\n\n`b` -->\nc", "[c]" },
		{ "<pre>\n`a`\n\nrune:b\n</pre> c", "[ c]" },
		{ "<script>\n`a`\n</script>", "" },
		{ "<div>\na ` b\n</div>", "[\na ` b\n]" },
		{ "<div>\n[a](b) c\n</div>", "[\n[a][ c\n]" },
		{ "<div>\n```sh\nrune:a `b`\n```\nc\n</div>", "[\n][\nc\n]" },
		{ "<div>\n~~~\nrune:a\n</div>", "[\n]" },
		{ "<!-- never closed\n\nrune:a", "" },
		{ "> <div>\n> a `b\n> c` d\n", "[\n> a ]{`b\n> c`}[ d]" },
		{ "<div>a <!-- b `c` --> d `e`\n", "[a ][ d ]{`e`}" },
	};

	check_runs_of(rows, COUNTOF(rows));
}
END_TEST

START_TEST(table_cells_have_runs)
{
	static const struct row rows[] = {
		{ "| a | `b` |\n|---|---|\n| c d | [e](f) |\n", "[a]{`b`}[c d][[e]" },
		{ "a | b\n-|-\n`c | d`\n", "[a][b][`c][d`]" },
		{ "a | b\n-|-\n`c \\| d` | e\n", "[a][b]{`c \\| d`}[e]" },
		{ "text `x`\na | b\n-|-\n", "[text ]{`x`}[a][b]" },
	};

	check_runs_of(rows, COUNTOF(rows));
}
END_TEST

/* ---- references ---------------------------------------------------------------- */

/* "bare:span=name code:span=name ..." */
static const char *references(struct parsed *p)
{
	static const char *const form[] = { "bare", "code", "part" };
	struct buf b = BUF_INIT(&p->a);

	buf_add(&b, STR_NONE);
	for (uint32_t i = 0; i < p->doc->nref; i++)
		buf_addf(&b, "%s%s:%s=%s", i ? " " : "", form[p->doc->ref[i].form],
			bytes(p, p->doc->ref[i].span), bytes(p, p->doc->ref[i].name));
	return b.p;
}

static void check_references_of(const struct row *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct parsed p;

		parse(&p, v[i].text);
		ck_assert_msg(!strcmp(references(&p), v[i].want), "<%s>: got %s, want %s",
			v[i].text, references(&p), v[i].want);
		parsed_release(&p);
	}
}

START_TEST(references_have_a_form)
{
	static const struct row rows[] = {
		{ "ask rune:cook now", "bare:rune:cook=cook" },
		{ "ask `rune:cook` now", "code:`rune:cook`=cook" },
		{ "ask `` rune:cook `` now", "code:`` rune:cook ``=cook" },
		{ "`use rune:cook now`", "part:rune:cook=cook" }, /* T03 */
		{ "`rune:cook feature`", "part:rune:cook=cook" }, /* T04 */
		{ "rune:pack/part", "bare:rune:pack/part=pack/part" },
		{ "`rune:a`, rune:b-2", "code:`rune:a`=a bare:rune:b-2=b-2" },
		{ "# rune:a\n", "bare:rune:a=a" },
		{ "| x |\n|-|\n| `rune:a` |\n", "code:`rune:a`=a" },
		{ "<div>\nrune:a `rune:b`\n</div>", "bare:rune:a=a code:`rune:b`=b" },
		{ "[rune:a](b)", "bare:rune:a=a" },
		{ "**rune:a** *`rune:b`*", "bare:rune:a=a code:`rune:b`=b" },
		{ ">rune:a", "bare:rune:a=a" },
		{ "> x\n>rune:a", "bare:rune:a=a" },
	};

	check_references_of(rows, COUNTOF(rows));
}
END_TEST

START_TEST(references_end_with_their_name)
{
	static const struct row rows[] = {
		{ "rune:a.", "bare:rune:a=a" },
		{ "rune:a, rune:b: rune:c; (rune:d)",
			"bare:rune:a=a bare:rune:b=b bare:rune:c=c bare:rune:d=d" },
		{ "rune:a's", "bare:rune:a=a" },
		{ "rune:gamma- no", "bare:rune:gamma=gamma" }, /* T13 */
		{ "rune:cook-then stop", "bare:rune:cook-then=cook-then" },
		{ "rune:a/rune:b", "bare:rune:a=a" },
		{ "rune:a/ b", "bare:rune:a=a" },
		{ "rune:a\xe2\x80\x94then", "bare:rune:a=a" },
		{ "rune:a\xe3\x81\xae", "bare:rune:a=a" },
		{ "rune:a-/b", "bare:rune:a=a" },
	};

	check_references_of(rows, COUNTOF(rows));
}
END_TEST

START_TEST(t01_parts_of_longer_words_are_no_references) /* T01 */
{
	static const struct row rows[] = {
		{ "prune:cache a-rune:b a_rune:b a/rune:b a:rune:b a.rune:b", "" },
		{ "@rune:a #rune:a $rune:a %rune:a &rune:a =rune:a ?rune:a", "" },
		{ "rune:aB rune:a_b rune:a.md rune:a:b rune:a@1 rune:a=b rune:a/b/c",
			"" },
		{ "rune:a/B rune:caf\xc3\xa9 \xc3\xa9rune:a rune: rune:- Rune:a RUNE:a",
			"" },
		{ "\xd0\xb6rune:a rune:a\xce\xb1", "" },
		{ "`docker prune:all`", "" },
		{ "`curl https://a.test/?rune:b rune:c`", "part:rune:c=c" },
		{ "https://a.test/rune:cook/doc", "" },
		{ "[a](rune:b) <rune:c> <!-- rune:d -->", "" },
		{ "\xe4\xbd\xbf\xe7\x94\xa8rune:a", "bare:rune:a=a" },
	};

	check_references_of(rows, COUNTOF(rows));
}
END_TEST

/* ---- tools --------------------------------------------------------------------- */

START_TEST(tools_are_whole_code_spans)
{
	struct parsed p;

	parse(&p, "Use `Read`, `Bash(git)`, `read`, Read, `` Grep ``\n\n- `Task`\n\n"
		  "```\n`Edit`\n```\n<div>\n`Write`\n</div>\n");
	ck_assert_uint_eq(p.doc->ntool, 4);
	ck_assert_int_eq(p.doc->tool[0].tool, TOOL_Read);
	ck_bytes(&p, p.doc->tool[0].span, "`Read`");
	ck_assert_int_eq(p.doc->tool[1].tool, TOOL_Grep);
	ck_assert_int_eq(p.doc->tool[2].tool, TOOL_Task);
	ck_assert_int_eq(p.doc->tool[3].tool, TOOL_Write);
	ck_assert_int_eq(p.doc->node[p.doc->tool[3].block].kind, DOC_HTML_BLOCK);
	ck_str(tool_name[TOOL_WebSearch], "WebSearch");
	parsed_release(&p);
}
END_TEST

/* ---- gates --------------------------------------------------------------------- */

START_TEST(gates_span_blocks)
{
	struct parsed p;

	parse(&p, "<HARD-GATE>\na `Edit`\n</HARD-GATE>\n\n<HARD-GATE>\n\nb\n\n"
		  "</HARD-GATE>\n\nc <HARD-GATE>d</HARD-GATE> e\n");
	ck_assert_uint_eq(p.doc->ngate, 3);
	ck_bytes(&p, p.doc->gate[0].body, "\na `Edit`\n");
	ck_bytes(&p, p.doc->gate[1].body, "\n\nb\n\n");
	ck_bytes(&p, p.doc->gate[2].body, "d");
	ck_bytes(&p, p.doc->gate[2].open, "<HARD-GATE>");
	ck_bytes(&p, p.doc->gate[2].close, "</HARD-GATE>");
	ck_assert_uint_eq(p.doc->ntool, 1);
	ck_assert_uint_eq(p.sink.n, 0);
	parsed_release(&p);
}
END_TEST

START_TEST(p17_an_unclosed_gate_is_an_error) /* P17 */
{
	struct parsed p;

	parse(&p, "# x\n\n<HARD-GATE>\nnever closed\n");
	ck_assert_uint_eq(p.doc->ngate, 1);
	ck_assert_uint_eq(p.doc->gate[0].close.len, 0);
	ck_bytes(&p, p.doc->gate[0].body, "\nnever closed\n");
	ck_assert_int_eq(report_of(&p, "RN5001")->severity, SEV_ERROR);
	ck_assert_uint_eq(report_line(&p, report_of(&p, "RN5001")), 3);
	parsed_release(&p);
}
END_TEST

START_TEST(p17_a_gate_that_is_shown_is_none) /* P17 */
{
	static const char *const texts[] = { "```\n<HARD-GATE>\n```\n",
		"write `<HARD-GATE>` first", "    <HARD-GATE>\n", "\\<HARD-GATE>",
		"<!-- <HARD-GATE> -->", "<pre>\n<HARD-GATE>\n</pre>", "<HARD-GATES>",
		"<div>\n```\n<HARD-GATE>\n```\n</div>", "[a](<HARD-GATE>)",
		"</HARD-GATE>" };

	for (size_t i = 0; i < COUNTOF(texts); i++) {
		struct parsed p;

		parse(&p, texts[i]);
		ck_assert_msg(!p.doc->ngate, "%s", texts[i]);
		ck_assert_uint_eq(p.sink.n, 0);
		parsed_release(&p);
	}
}
END_TEST

START_TEST(a_closing_tag_belongs_to_the_last_open_gate)
{
	struct parsed p;

	parse(&p, "<HARD-GATE>\na\n<hard-gate level=\"1\">\nb\n</HARD-GATE>\n");
	ck_assert_uint_eq(p.doc->ngate, 2);
	ck_assert_uint_eq(p.doc->gate[0].close.len, 0);
	ck_bytes(&p, p.doc->gate[1].body, "\nb\n");
	ck_assert_uint_eq(reported(&p, "RN5001"), 1);
	parsed_release(&p);
}
END_TEST

START_TEST(a_thousand_open_gates_are_not_a_thousand_reports)
{
	struct parsed p;
	struct arena a = { 0 };
	struct buf b = BUF_INIT(&a);

	for (int i = 0; i < 1000; i++)
		buf_addz(&b, "<HARD-GATE>\n\n");
	parse(&p, b.p);
	ck_assert_uint_eq(p.doc->ngate, 1000);
	ck_assert_uint_eq(reported(&p, "RN5001"), 20);
	parsed_release(&p);
	arena_release(&a);
}
END_TEST

/* ---- links --------------------------------------------------------------------- */

START_TEST(links_have_destinations)
{
	static const struct {
		const char *text, *span, *destination, *url;
		bool image;
	} rows[] = {
		{ "[a](b.md)", "[a](b.md)", "b.md", "b.md", false },
		{ "[a]( <b c> 'd' )", "[a]( <b c> 'd' )", "b c", "b c", false },
		{ "![a](b\\)c)", "![a](b\\)c)", "b\\)c", "b)c", true },
		{ "[a](b&amp;c&eacute;)", "[a](b&amp;c&eacute;)", "b&amp;c&eacute;",
			"b&c\xc3\xa9", false },
		{ "<http://a/b>", "<http://a/b>", "http://a/b", "http://a/b", false },
		{ "<a@b.c>", "<a@b.c>", "a@b.c", "mailto:a@b.c", false },
		{ "[a]: b\\_c 'd'", "[a]: b\\_c", "b\\_c", "b_c", false },
		{ "<div>\n[a](b&amp;c)\n</div>", "[a](b&amp;c)", "b&amp;c", "b&c",
			false },
		{ "|a|\n|-|\n|[b](c\\_&#100;)|", "[b](c\\_&#100;)", "c\\_&#100;", "c_d",
			false },
		{ "x <a class=y href='b.md'>z</a>", "<a class=y href='b.md'>", "b.md",
			"b.md", false },
		{ "<img alt=\"\" src=b.png>", "<img alt=\"\" src=b.png>", "b.png",
			"b.png", true },
		{ "> [a](\n> b)", "[a](\n> b)", "b", "b", false },
		{ "[a]()", "[a]()", "", "", false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct parsed p;
		const struct doc_link *l;

		parse(&p, rows[i].text);
		ck_assert_msg(p.doc->nlink == 1, "%s: %u", rows[i].text, p.doc->nlink);
		l = &p.doc->link[0];
		ck_bytes(&p, l->span, rows[i].span);
		ck_bytes(&p, l->destination, rows[i].destination);
		ck_assert_msg(str_eq(l->url, str_c(rows[i].url)), "%s: '%.*s'",
			rows[i].text, STR_ARG(l->url));
		ck_assert(l->image == rows[i].image);
		parsed_release(&p);
	}
}
END_TEST

START_TEST(references_to_definitions_are_no_links_of_their_own)
{
	struct parsed p;

	parse(&p, "[a] [b][a] ![a][]\n\n[a]: u\n");
	ck_assert_uint_eq(count_nodes(&p, DOC_LINK), 2);
	ck_assert_uint_eq(count_nodes(&p, DOC_IMAGE), 1);
	ck_assert_uint_eq(p.doc->nlink, 1);
	parsed_release(&p);
}
END_TEST

/* ---- tables -------------------------------------------------------------------- */

/* Rows as "[cell][cell]", one per line. */
static const char *table(struct parsed *p)
{
	struct buf b = BUF_INIT(&p->a);

	buf_add(&b, STR_NONE);
	for (uint32_t i = 0; i < p->doc->nrow; i++) {
		const struct doc_row *r = &p->doc->row[i];

		for (uint32_t k = 0; k < r->ncell; k++)
			buf_addf(&b, "[%s]", bytes(p, p->doc->cell[r->first_cell + k]));
		buf_addc(&b, '\n');
	}
	return b.p;
}

START_TEST(tables_have_rows_and_cells)
{
	static const struct row rows[] = {
		{ "| a | b |\n|---|:-:|\n| c | d |\n", "[a][b]\n[---][:-:]\n[c][d]\n" },
		{ "a|b\n-|-\nc\n", "[a][b]\n[-][-]\n[c]\n" },
		{ "|a|\n|-|\n||\n|x|y|\n", "[a]\n[-]\n[]\n[x][y]\n" },
		{ "| a \\| b | c |\n|-|-|\n| `d \\| e` | f\\\\|\n",
			"[a \\| b][c]\n[-][-]\n[`d \\| e`][f\\\\]\n" },
		{ "> | a |\n> |---|\n> | b |\n", "[a]\n[---]\n[b]\n" },
		{ "- | a | b |\n  |---|---|\n  | c | d |\n",
			"[a][b]\n[---][---]\n[c][d]\n" },
		{ "| a |\r\n|---|\r\n| b |\r\n", "[a]\n[---]\n[b]\n" },
		{ "a\n:-:\nb\n", "[a]\n[:-:]\n[b]\n" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct parsed p;

		parse(&p, rows[i].text);
		ck_assert_uint_eq(count_nodes(&p, DOC_TABLE), 1);
		ck_assert_uint_eq(count_nodes(&p, DOC_PARAGRAPH), 0);
		ck_assert_msg(!strcmp(table(&p), rows[i].want), "%s: %s", rows[i].text,
			table(&p));
		parsed_release(&p);
	}
}
END_TEST

START_TEST(what_is_no_table_is_a_paragraph)
{
	static const char *const texts[] = { "a | b\n", "| a | b |\n|---|\n",
		"|---|---|\n", "a | b\n--- x | ---\n", "| a |\n| = |\n", "a\n\n|-|\n" };

	for (size_t i = 0; i < COUNTOF(texts); i++) {
		struct parsed p;

		parse(&p, texts[i]);
		ck_assert_msg(!count_nodes(&p, DOC_TABLE), "%s", texts[i]);
		ck_assert_uint_eq(p.doc->nrow, 0);
		parsed_release(&p);
	}
}
END_TEST

START_TEST(a_table_may_follow_text_in_a_paragraph)
{
	struct parsed p;

	parse(&p, "text\nmore\n| a | b |\n|---|---|\n| c | `d` |\n\nend\n");
	ck_assert_str_eq(node_bytes(&p, DOC_PARAGRAPH, 0), "text\nmore");
	ck_assert_str_eq(
		node_bytes(&p, DOC_TABLE, 0), "| a | b |\n|---|---|\n| c | `d` |");
	ck_bytes(&p, p.doc->row[2].span, "| c | `d` |");
	ck_assert_int_eq(
		p.doc->node[node_of(&p, DOC_CODE_SPAN, 0)->parent].kind, DOC_TABLE);
	parsed_release(&p);
}
END_TEST

/* ---- sections ------------------------------------------------------------------ */

/* "level title [body] end" of each. */
static const char *sections(struct parsed *p)
{
	struct buf b = BUF_INIT(&p->a);

	buf_add(&b, STR_NONE);
	for (uint32_t i = 0; i < p->doc->nsection; i++) {
		const struct doc_section *s = &p->doc->section[i];

		buf_addf(&b, "%u %.*s [%s] %u\n", s->level, STR_ARG(s->title),
			bytes(p, s->body), s->end);
	}
	return b.p;
}

START_TEST(sections_hold_what_is_below_them)
{
	struct parsed p;

	parse(&p, "x\n\n# A\na\n## B\nb\n### C\n## D\nd\n# E\n");
	ck_assert_str_eq(sections(&p), "1 A [a\n## B\nb\n### C\n## D\nd\n] 4\n"
				       "2 B [b\n### C\n] 3\n"
				       "3 C [] 3\n"
				       "2 D [d\n] 4\n"
				       "1 E [] 5\n");
	ck_bytes(&p, p.doc->section[1].span, "## B\nb\n### C\n");
	parsed_release(&p);
}
END_TEST

START_TEST(p15_headings_in_fences_are_none) /* P15, T06 */
{
	struct parsed p;

	parse(&p, "# A\n```\n## Fake\n```\n    ## Fake\n\n<!-- \n## Fake\n-->\n## B\n");
	ck_assert_uint_eq(p.doc->nsection, 2);
	ck_str(p.doc->section[1].title, "B");
	parsed_release(&p);
}
END_TEST

START_TEST(p16_equal_headings_are_two_sections) /* P16 */
{
	struct parsed p;

	parse(&p, "## Notes\none\n## Notes\ntwo\n");
	ck_assert_str_eq(sections(&p), "2 Notes [one\n] 1\n2 Notes [two\n] 2\n");
	parsed_release(&p);
}
END_TEST

START_TEST(headings_in_quotes_and_lists_open_no_section)
{
	struct parsed p;

	parse(&p, "# A\n> ## B\n\n- ## C\n");
	ck_assert_uint_eq(p.doc->nsection, 1);
	ck_assert_uint_eq(count_nodes(&p, DOC_HEADING), 3);
	parsed_release(&p);
}
END_TEST

static TCase *runs(void)
{
	TCase *t = tcase_create("runs");

	tcase_add_test(t, runs_are_text_and_code_spans);
	tcase_add_test(t, t05_code_blocks_are_in_no_run);
	tcase_add_test(t, what_a_link_leads_to_is_in_no_run);
	tcase_add_test(t, t02_bare_urls_are_in_no_run);
	tcase_add_test(t, tags_and_comments_are_in_no_run);
	tcase_add_test(t, html_blocks_have_runs);
	tcase_add_test(t, table_cells_have_runs);
	return t;
}

static TCase *names(void)
{
	TCase *t = tcase_create("names");

	tcase_add_test(t, references_have_a_form);
	tcase_add_test(t, references_end_with_their_name);
	tcase_add_test(t, t01_parts_of_longer_words_are_no_references);
	tcase_add_test(t, tools_are_whole_code_spans);
	return t;
}

static TCase *structure(void)
{
	TCase *t = tcase_create("structure");

	tcase_add_test(t, gates_span_blocks);
	tcase_add_test(t, p17_an_unclosed_gate_is_an_error);
	tcase_add_test(t, p17_a_gate_that_is_shown_is_none);
	tcase_add_test(t, a_closing_tag_belongs_to_the_last_open_gate);
	tcase_add_test(t, a_thousand_open_gates_are_not_a_thousand_reports);
	tcase_add_test(t, links_have_destinations);
	tcase_add_test(t, references_to_definitions_are_no_links_of_their_own);
	tcase_add_test(t, tables_have_rows_and_cells);
	tcase_add_test(t, what_is_no_table_is_a_paragraph);
	tcase_add_test(t, a_table_may_follow_text_in_a_paragraph);
	tcase_add_test(t, sections_hold_what_is_below_them);
	tcase_add_test(t, p15_headings_in_fences_are_none);
	tcase_add_test(t, p16_equal_headings_are_two_sections);
	tcase_add_test(t, headings_in_quotes_and_lists_open_no_section);
	return t;
}

Suite *constructs_suite(void)
{
	Suite *s = suite_create("constructs");

	suite_add_tcase(s, runs());
	suite_add_tcase(s, names());
	suite_add_tcase(s, structure());
	return s;
}
