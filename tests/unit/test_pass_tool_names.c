#include <check.h>

#include "pass_fixture.h"
#include "rune/str.h"

Suite *pass_tool_names_suite(void);

#define check_rows(adapter, ...)                                      \
	do {                                                          \
		static const struct fx_row rows_[] = { __VA_ARGS__ }; \
		fx_check(&(adapter), rows_, COUNTOF(rows_));          \
	} while (0)

START_TEST(t07_use_becomes_the_verb)
{
	/* T07: "for" stays "for" */
	check_rows(fx_prose,
		{ "Use `Grep` for secrets.", "Search file contents for secrets." },
		{ "Use `Bash` to ring it.", "Run a shell command to ring it." },
		{ "Use `Bash`: ring it.", "Run in the terminal: ring it." },
		{ "Use `Bash`.", "Run a shell command." },
		{ "Then use `Grep` to look.", "Then search file contents to look." },
		{ "Do not use `Bash`.", "Do not run a shell command." },
		{ "You may use `Write` here.", "You may write files here." },
		{ "to use `Grep` in src", "to search file contents in src" },
		{ "Call `Skill`.", "Execute the workflow." },
		{ "Run `Grep` for TODO.", "Search file contents for TODO." },
		{ "Use `Bash` `npm test`.", "Run `npm test`." },
		{ "Use `WebSearch` for the product name.",
			"Search the web for the product name." },
		{ "Use `Glob` for manifests first: `**/package.json`",
			"Search file names for manifests first: `**/package.json`" },
		{ "Use `Grep` with the declaring form.",
			"Search file contents with the declaring form." },
		{ "Use `Agent` to map the code.",
			"Carry out a subtask to map the code." },
		{ "Use `TodoWrite` for the phases.",
			"Track task progress for the phases." },
		{ "Use `Write` only when it is new.",
			"Write files only when it is new." },
		{ "Use `Bash` only for builds.", "Run a shell command only for builds." },
		{ "Use `Grep` only.", "Search file contents only." },
		{ "Use `Write` only one file.", "Write only one file." });
}
END_TEST

START_TEST(use_to_do_what_the_tool_does_is_doing_it)
{
	check_rows(fx_prose, { "Use `Bash` to run `npm test`.", "Run `npm test`." },
		{ "Then use `Bash` to run the tests.", "Then run the tests." },
		{ "Use `Read` to read the log.", "Read the log." },
		{ "Use `Grep` to search for keys.", "Search for keys." },
		{ "Use `Edit` to **edit** it.", "Edit files to **edit** it." },
		{ "Use `Bash` to runtime-check.",
			"Run a shell command to runtime-check." },
		{ "Use `Read` and `Bash` to run it.",
			"Use file reading and the terminal to run it." });
}
END_TEST

START_TEST(an_ending_fits_the_words)
{
	check_rows(fx_prose, { "two `Grep`s", "two text searches" },
		{ "Then `Grep`s the tree.", "Then searches the tree." },
		{ "all `Agent`s", "all subtasks" });
}
END_TEST

START_TEST(use_stays_where_the_verb_would_not_fit)
{
	check_rows(fx_prose,
		{ "Use `Read` for the log.", "Use file reading for the log." },
		{ "Use `Grep` on src/.", "Use text search on src/." },
		{ "Use `Edit`, not `Write`.", "Edit files, not write files." },
		{ "Use **`Grep`** for TODO.", "Use **text search** for TODO." },
		{ "Use `Read` and `Grep` to look.",
			"Use file reading and text search to look." },
		{ "Use `Glob`, `Grep` or `Bash`.",
			"Use file search, text search or the terminal." },
		{ "Use only `Read`.", "Use only file reading." },
		{ "Reuse `Read`.", "Reuse file reading." },
		{ "the use `Grep` has", "the use text search has" });
}
END_TEST

START_TEST(after_a_preposition_the_noun)
{
	check_rows(fx_prose, { "Look with `Grep`.", "Look with text search." },
		{ "via `Bash`", "via the terminal" },
		{ "using `Grep`", "using text search" },
		{ "by `Edit`", "by file editing" },
		{ "With `Bash` run `git status`.",
			"With the terminal run `git status`." },
		{ "Look with `Glob` and `Grep` for it.",
			"Look with file search and text search for it." },
		{ "every path with `Glob`, and every symbol with `Grep`.",
			"every path with file search, and every symbol with text "
			"search." },
		{ "nothing but `Read`, `Glob` and `Grep`; stop",
			"nothing but file reading, file search and text search; stop" },
		{ "refer to `TodoWrite`; treat", "refer to task tracking; treat" },
		{ "Prefer `Edit` over `Write`.",
			"Prefer file editing over file writing." },
		{ "delegate with `Task`", "delegate with a subtask" });
}
END_TEST

START_TEST(before_a_noun_the_modifier)
{
	check_rows(fx_prose, { "the `Edit` tool", "the file-editing tool" },
		{ "Call the `Skill` tool.", "Call the skill-loading tool." }, /* T08 */
		{ "Use `Grep` tool.", "Use the text-search tool." },
		{ "a `Bash` command", "a terminal command" },
		{ "Use `Bash` commands.", "Use terminal commands." },
		{ "do not fabricate `Task` calls", "do not fabricate subtask calls" },
		{ "only `Bash` tool calls", "only terminal tool calls" },
		{ "the `Read` and `Grep` tools",
			"the file-reading and text-search tools" },
		{ "three `Grep` searches", "three text searches" },
		{ "`Bash` commands are slow", "Terminal commands are slow" },
		{ "`Read`-only work", "File-reading-only work" });
}
END_TEST

START_TEST(after_an_article_the_countable_noun)
{
	check_rows(fx_prose,
		{ "before the first `Edit`. Then:", "before the first file edit. Then:" },
		{ "one `Grep`, then", "one text search, then" },
		{ "each `Bash` is logged", "each shell command is logged" },
		{ "the `Edit` failed", "the file edit failed" });
}
END_TEST

START_TEST(as_a_subject_the_noun)
{
	check_rows(fx_prose, { "`Bash` is slow.", "The terminal is slow." },
		{ "when `Grep` finds nothing", "when text search finds nothing" },
		{ "- `Bash` allowed for tests", "- The terminal allowed for tests" },
		{ "`Bash`'s output", "The terminal's output" },
		{ "Both `Read` and `Grep` are safe.",
			"Both file reading and text search are safe." });
}
END_TEST

START_TEST(as_a_verb_with_an_object)
{
	check_rows(fx_prose, { "`Read` the manifest.", "Read the manifest." },
		{ "First `Read` the file.", "First read the file." },
		{ "then `Read` each candidate", "then read each candidate" },
		{ "to `Edit` it", "to edit it" },
		{ "and `Bash` `npm test`", "and run `npm test`" },
		{ "then `Grep` the code for X", "then search the code for X" },
		{ "`Read` package.json", "Read package.json" },
		{ "1. **Write it down.** `Read` the file.\n",
			"1. **Write it down.** Read the file.\n" },
		{ "(`Edit` it, e.g. `Read` the file)", "(edit it, e.g. read the file)" },
		{ "`Read` and `Edit` the file", "Read and edit the file" },
		{ "the layout, `Read` for the boundary files",
			"the layout, read the boundary files" },
		{ "the rest, `Write` for a new file", "the rest, write a new file" });
}
END_TEST

START_TEST(alone_or_in_a_list_the_verb)
{
	check_rows(fx_prose,
		{ "look (`Grep`, `Read`), then",
			"look (search file contents, read files), then" },
		{ "`Read` `Write` `Edit` `Glob` `Grep` `Bash` `TodoWrite` `Skill` "
		  "`Agent`",
			"read files write files edit files search file names search file "
			"contents run a shell command track task progress execute the "
			"workflow carry out a subtask" },
		{ "Tools: `Bash`", "Tools: run a shell command" },
		{ "- `Bash`\n- `Read`\n", "- run a shell command\n- read files\n" },
		{ "(`Grep` for the name)", "(search file contents for the name)" },
		{ "(`Glob` on `.rune/*`)", "(file search on `.rune/*`)" },
		{ "(`Glob` by name)", "(file search by name)" },
		{ "`Grep` for X, then", "Search file contents for X, then" },
		{ "| where | `Grep` for X |\n|---|---|\n",
			"| where | search file contents for X |\n|---|---|\n" },
		{ "a | b\n---|---\nx | use\n`Grep` for x | y\n",
			"a | b\n---|---\nx | use\nsearch file contents for x | y\n" },
		{ "| `Edit`, `Write` | low |\n|---|---|\n",
			"| edit files, write files | low |\n|---|---|\n" },
		{ "(`Read`/`Grep`)", "(read files/search file contents)" },
		{ "`Grep` \xe2\x80\x94 find it",
			"search file contents \xe2\x80\x94 find it" });
}
END_TEST

START_TEST(t09_every_tool_has_words)
{
	/* T09 */
	check_rows(fx_prose,
		{ "Use `WebFetch` to get a page.", "Fetch web pages to get a page." },
		{ "Use `Task` to look.", "Carry out a subtask to look." },
		{ "Use `MultiEdit` to change it.", "Make several edits to change it." },
		{ "Use `NotebookEdit` to change it.",
			"Edit notebook cells to change it." });
	for (int t = 0; t < TOOL__COUNT; t++) {
		struct str text = str_fmt(&fx.a, "x `%.*s` y", STR_ARG(tool_name[t]));
		struct str out = fx_run(&fx_prose, str_dupz(&fx.a, text));

		ck_assert(str_find_char(out, '`', 0) == STR_NPOS);
	}
}
END_TEST

START_TEST(only_a_code_span_that_is_a_tool_counts)
{
	check_rows(fx_prose,
		{ "Read the log, then Write it.", "Read the log, then Write it." },
		{ "`Read(x)` `read` `Reads` `Read it`",
			"`Read(x)` `read` `Reads` `Read it`" },
		{ "```\n`Read` it\n```\n", "```\n`Read` it\n```\n" },
		{ "<a `Read`> `Read`", "<a `Read`> read files" },
		{ "```x `Read`\n", "```x `Read`\n" });
}
END_TEST

START_TEST(t14_real_names_keep_the_sentence)
{
	/* T14 */
	check_rows(fx_native, { "Use `Bash`.", "Use `run_command`." },
		{ "Use `Grep` for secrets.", "Use `grep_search` for secrets." },
		{ "the `Edit` tool", "the `replace` tool" },
		{ "`Read` the file", "`read_file` the file" },
		{ "Use ``Read`` here", "Use `read_file` here" },
		{ "Use `Grep` and `TodoWrite` to look.",
			"Use `grep_search` and task tracking to look." });
	check_rows(fx_plugin, { "Use `Grep` for secrets.", "Use `Grep` for secrets." });
}
END_TEST

START_TEST(words_of_the_platform_that_do_not_bend)
{
	check_rows(fx_native,
		{ "Call the `Skill` tool for it.",
			"Read the skill's SKILL.md and follow it for it." },
		{ "Load with the `Skill` tool.", "Load with the skill's SKILL.md." },
		{ "no `Skill` calls", "no skill-loading calls" },
		{ "with `WebSearch`", "with web search (`exec` with `curl`)" },
		{ "the `WebSearch` tool", "the web-search tool" },
		{ "look (`WebSearch`), then",
			"look (search the web: `exec` with `curl`), then" },
		{ "Use `WebSearch` to look",
			"Search the web (`exec` with `curl`) to look" },
		{ "Use `Skill`: plan", "Read the skill's SKILL.md and follow it: plan" });
}
END_TEST

START_TEST(a_tool_the_platform_does_not_have_is_noted_once)
{
	check_rows(fx_native, { "Use `TodoWrite` and use `TodoWrite`.",
				      "Track task progress and track task progress." });
	ck_assert_uint_eq(fx_reported(RULE_TOOL_UNMAPPED), 1);
	fx_run(&fx_native, "Use `Skill`."); /* has words of its own there */
	fx_run(&fx_prose, "Use `TodoWrite`."); /* names no tool at all */
	ck_assert_uint_eq(fx_reported(RULE_TOOL_UNMAPPED), 1);
}
END_TEST

START_TEST(line_ends_and_marks_around_tools)
{
	check_rows(fx_prose,
		{ "Use\r\n`Grep` for x\r\n", "Search file contents for x\r\n" },
		{ "> Use\n> `Grep` to look\n", "> Search file contents to look\n" },
		{ "## Use `Grep` to look\n", "## Search file contents to look\n" },
		{ "## `Grep`\n", "## search file contents\n" },
		{ "**Use `Grep` to look**", "**Search file contents to look**" },
		{ "[`Read`](https://x.example)", "[read files](https://x.example)" },
		{ "<HARD-GATE>\nUse `Bash` to stop.\n</HARD-GATE>\n",
			"<HARD-GATE>\nRun a shell command to stop.\n</HARD-GATE>\n" });
}
END_TEST

Suite *pass_tool_names_suite(void)
{
	Suite *s = suite_create("pass_tool_names");
	TCase *t = tcase_create("tool_names");

	tcase_add_checked_fixture(t, fx_open, fx_close);
	tcase_add_test(t, t07_use_becomes_the_verb);
	tcase_add_test(t, use_to_do_what_the_tool_does_is_doing_it);
	tcase_add_test(t, an_ending_fits_the_words);
	tcase_add_test(t, use_stays_where_the_verb_would_not_fit);
	tcase_add_test(t, after_a_preposition_the_noun);
	tcase_add_test(t, before_a_noun_the_modifier);
	tcase_add_test(t, after_an_article_the_countable_noun);
	tcase_add_test(t, as_a_subject_the_noun);
	tcase_add_test(t, as_a_verb_with_an_object);
	tcase_add_test(t, alone_or_in_a_list_the_verb);
	tcase_add_test(t, t09_every_tool_has_words);
	tcase_add_test(t, only_a_code_span_that_is_a_tool_counts);
	tcase_add_test(t, t14_real_names_keep_the_sentence);
	tcase_add_test(t, words_of_the_platform_that_do_not_bend);
	tcase_add_test(t, a_tool_the_platform_does_not_have_is_noted_once);
	tcase_add_test(t, line_ends_and_marks_around_tools);
	suite_add_tcase(s, t);
	return s;
}
