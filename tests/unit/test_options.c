/* The command line, read by tables. */
#include <check.h>

/* src/cli is no part of librune */
#include "cli/options.c"

Suite *options_suite(void);

struct values {
	bool json, strict, quiet;
	const char *output;
	struct option_list platform;
	unsigned jobs, color;
};

static const char *const colors[] = { "auto", "always", "never", NULL };

#define AT(member) offsetof(struct values, member)
static const struct option table[] = {
	{ .name = "json", .offset = AT(json), .help = "print JSON" },
	{ .name = "strict",
		.letter = 's',
		.offset = AT(strict),
		.no = "off",
		.help = "s" },
	{ .name = "quiet", .letter = 'q', .offset = AT(quiet), .help = "print less" },
	{ .name = "output",
		.letter = 'o',
		.kind = OPTION_TEXT,
		.offset = AT(output),
		.value = "DIR",
		.help = "write there" },
	{ .name = "platform",
		.kind = OPTION_LIST,
		.offset = AT(platform),
		.value = "NAME",
		.help = "for these" },
	{ .name = "jobs",
		.letter = 'j',
		.kind = OPTION_NUMBER,
		.offset = AT(jobs),
		.value = "N",
		.max = 64,
		.help = "threads" },
	{ .name = "color",
		.kind = OPTION_CHOICE,
		.offset = AT(color),
		.value = "WHEN",
		.choice = colors,
		.no = "never",
		.help = "colour" },
};
#undef AT

#define ARGS_MAX 8

static struct arena arena;
static struct values v;
static struct option_parser p;

static void open_arena(void)
{
	arena = (struct arena){ 0 };
}

static void close_arena(void)
{
	arena_release(&arena);
}

/* Parse words separated by one blank each. */
static bool parse_with(const char *line, bool stop_at_word)
{
	static struct option_set set;
	char *argv[ARGS_MAX + 1] = { NULL };
	struct str rest = str_c(line), word;
	int argc = 0;

	v = (struct values){ 0 };
	set = (struct option_set){ table, COUNTOF(table), &v };
	p = (struct option_parser){
		.a = &arena, .set = &set, .nset = 1, .stop_at_word = stop_at_word
	};
	while (*line && str_split(&rest, ' ', &word)) {
		ck_assert_int_lt(argc, ARGS_MAX);
		argv[argc] = arena_alloc(&arena, word.n + 1, 1, 1);
		memcpy(argv[argc++], word.p, word.n);
	}
	return options_parse(&p, argc, argv);
}

static bool parse(const char *line)
{
	return parse_with(line, false);
}

#define ck_refused(line, text)                                                    \
	do {                                                                      \
		ck_assert_msg(!parse(line), "'%s' was accepted", line);           \
		ck_assert_msg(str_find(p.error, STR(text), 0) != STR_NPOS,        \
			"'%s': no '%s' in '%.*s'", line, text, STR_ARG(p.error)); \
	} while (0)

START_TEST(flags_are_false_until_given)
{
	ck_assert(parse(""));
	ck_assert(!v.json && !v.strict && !v.output && !v.platform.v);
	ck_assert(parse("--json --strict"));
	ck_assert(v.json && v.strict && !v.quiet);
}
END_TEST

START_TEST(c07_value_follows_or_is_joined_by_equals)
{
	ck_assert(parse("--output there"));
	ck_assert_str_eq(v.output, "there");
	ck_assert(parse("--output=there"));
	ck_assert_str_eq(v.output, "there");
	ck_assert(parse("--output=a=b"));
	ck_assert_str_eq(v.output, "a=b");
	ck_assert(parse("-othere -o here"));
	ck_assert_str_eq(v.output, "here");
}
END_TEST

START_TEST(value_may_be_a_hyphen_but_no_option)
{
	ck_assert(parse("--output -"));
	ck_assert_str_eq(v.output, "-");
	ck_refused("--output --json", "option '--output' requires a value: DIR");
	ck_assert(str_find(p.hint, STR("--output=-"), 0) != STR_NPOS);
	ck_assert(parse("--output=-x"));
	ck_assert_str_eq(v.output, "-x");
}
END_TEST

START_TEST(missing_value_is_refused)
{
	ck_refused("--platform", "option '--platform' requires a value: NAME");
	ck_refused("--platform=", "requires a value");
	ck_refused("--platform=,", "requires a value");
	ck_refused("-o", "option '-o' requires a value");
}
END_TEST

START_TEST(list_is_split_trimmed_and_adds_up)
{
	static const char *const want[] = { "a", "b", "c", "d" };

	ck_assert(parse("--platform a,b, --platform=,c --platform d"));
	ck_assert_uint_eq(v.platform.n, COUNTOF(want));
	for (size_t i = 0; i < COUNTOF(want); i++)
		ck_assert_str_eq(v.platform.v[i], want[i]);
	ck_assert_ptr_null(v.platform.v[COUNTOF(want)]);
}
END_TEST

START_TEST(list_takes_blanks_around_commas)
{
	char word[] = "--platform= pro , business ";
	char *argv[] = { word };

	ck_assert(parse(""));
	p.next = 0;
	ck_assert(options_parse(&p, 1, argv));
	ck_assert_uint_eq(v.platform.n, 2);
	ck_assert_str_eq(v.platform.v[0], "pro");
	ck_assert_str_eq(v.platform.v[1], "business");
}
END_TEST

START_TEST(number_is_checked)
{
	ck_assert(parse("-j4"));
	ck_assert_uint_eq(v.jobs, 4);
	ck_assert(parse("-j 8"));
	ck_assert_uint_eq(v.jobs, 8);
	ck_assert(parse("-j=2"));
	ck_assert_uint_eq(v.jobs, 2);
	ck_assert(parse("--jobs=64"));
	ck_assert_uint_eq(v.jobs, 64);
	ck_refused("-j65", "option '-j' takes a number from 0 to 64, not '65'");
	ck_refused("--jobs two", "not 'two'");
	ck_refused("-j99999999999999999999", "takes a number");
	ck_refused("-j -1", "requires a value");
}
END_TEST

START_TEST(choice_is_one_of_its_words)
{
	ck_assert(parse("--color=always"));
	ck_assert_uint_eq(v.color, 1);
	ck_refused("--color=blue", "option '--color' does not know 'blue'");
	ck_assert(str_find(p.hint, STR("auto, always, never"), 0) != STR_NPOS);
}
END_TEST

START_TEST(negated_form_exists_where_the_table_says)
{
	ck_assert(parse("--strict --no-strict"));
	ck_assert(!v.strict);
	ck_assert(parse("--no-color"));
	ck_assert_uint_eq(v.color, 2);
	ck_refused("--no-json", "unknown option '--no-json'");
	ck_refused("--no-strict=1", "unknown option '--no-strict'");
}
END_TEST

START_TEST(c08_unknown_option_is_refused_with_the_nearest)
{
	ck_refused("--plattform=cursor", "unknown option '--plattform'");
	ck_assert(str_eq(p.hint, STR("did you mean '--platform'?")));
	/* no abbreviations, but they are understood */
	ck_refused("--out there", "unknown option '--out'");
	ck_assert(str_eq(p.hint, STR("did you mean '--output'?")));
	ck_refused("--zzzzzz", "unknown option '--zzzzzz'");
	ck_assert_uint_eq(p.hint.n, 0);
	ck_refused("-x", "unknown option '-x'");
}
END_TEST

START_TEST(flag_takes_no_value)
{
	ck_refused("--json=yes", "option '--json' takes no value");
}
END_TEST

START_TEST(c09_flag_does_not_swallow_the_next_word)
{
	ck_assert(parse_with("--json status --strict", true));
	ck_assert(v.json && !v.strict);
	ck_assert_int_eq(p.next, 1);
	ck_assert(parse("--json status --strict"));
	ck_assert(v.json && v.strict);
	ck_assert_uint_eq(p.narg, 1);
	ck_assert_str_eq(p.arg[0], "status");
}
END_TEST

START_TEST(letters_may_stand_together)
{
	ck_assert(parse("-qs"));
	ck_assert(v.quiet && v.strict);
	ck_assert(parse("-qj2"));
	ck_assert(v.quiet);
	ck_assert_uint_eq(v.jobs, 2);
	ck_refused("-qx", "unknown option '-qx'");
}
END_TEST

START_TEST(two_hyphens_end_the_options)
{
	ck_assert(parse("a -- --json -x"));
	ck_assert(!v.json);
	ck_assert_uint_eq(p.narg, 3);
	ck_assert_str_eq(p.arg[1], "--json");
	ck_assert_str_eq(p.arg[2], "-x");
}
END_TEST

START_TEST(suggestion_is_the_only_beginning_or_the_nearest)
{
	static const struct str names[] = { STR_INIT("build"), STR_INIT("help"),
		STR_INIT("hooks") };

	ck_assert(str_eq(name_suggest(STR("bui"), names, 3), STR("build")));
	ck_assert(str_eq(name_suggest(STR("biuld"), names, 3), STR("build")));
	ck_assert(str_eq(name_suggest(STR("hel"), names, 3), STR("help")));
	ck_assert(!name_suggest(STR("constructor"), names, 3).n);
	ck_assert(!name_suggest(STR("h"), names, 3).n);
}
END_TEST

START_TEST(help_has_two_columns_within_the_width)
{
	struct option_set set = { table, COUNTOF(table), NULL };
	struct buf b = BUF_INIT(&arena);
	struct str rest, line;
	size_t lines = 0;

	options_help(&b, &set, 40);
	rest = buf_str(&b);
	while (str_line(&rest, &line)) {
		ck_assert_uint_le(utf8_width(line), 40);
		lines++;
	}
	ck_assert_uint_eq(lines, COUNTOF(table));
	ck_assert(str_find(buf_str(&b), STR("  -o, --output DIR     write there\n"), 0) !=
		  STR_NPOS);
	ck_assert(str_find(buf_str(&b), STR("      --platform NAME  for these\n"), 0) !=
		  STR_NPOS);
}
END_TEST

START_TEST(text_is_wrapped_at_blanks_by_columns)
{
	struct buf b = BUF_INIT(&arena);

	text_wrap(&b, STR("one two three é… four"), 2, 4, 14);
	ck_assert_str_eq(b.p, "one two\n  three é…\n  four");
}
END_TEST

Suite *options_suite(void)
{
	Suite *s = suite_create("options");
	TCase *t = tcase_create("options");

	tcase_add_checked_fixture(t, open_arena, close_arena);
	tcase_add_test(t, flags_are_false_until_given);
	tcase_add_test(t, c07_value_follows_or_is_joined_by_equals);
	tcase_add_test(t, value_may_be_a_hyphen_but_no_option);
	tcase_add_test(t, missing_value_is_refused);
	tcase_add_test(t, list_is_split_trimmed_and_adds_up);
	tcase_add_test(t, list_takes_blanks_around_commas);
	tcase_add_test(t, number_is_checked);
	tcase_add_test(t, choice_is_one_of_its_words);
	tcase_add_test(t, negated_form_exists_where_the_table_says);
	tcase_add_test(t, c08_unknown_option_is_refused_with_the_nearest);
	tcase_add_test(t, flag_takes_no_value);
	tcase_add_test(t, c09_flag_does_not_swallow_the_next_word);
	tcase_add_test(t, letters_may_stand_together);
	tcase_add_test(t, two_hyphens_end_the_options);
	tcase_add_test(t, suggestion_is_the_only_beginning_or_the_nearest);
	tcase_add_test(t, help_has_two_columns_within_the_width);
	tcase_add_test(t, text_is_wrapped_at_blanks_by_columns);
	suite_add_tcase(s, t);
	return s;
}
