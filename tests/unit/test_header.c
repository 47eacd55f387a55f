/* What is written must be read back equal, by libyaml and by readers that know less
 * of YAML; the latter is why some strings must stand in quotes. */
#include <check.h>
#include <stdio.h>

#include "rune/diag.h"
#include "rune/header.h"
#include "rune/str.h"
#include "rune/utf8.h"

Suite *header_suite(void);

static struct arena arena;
static struct source_set sources;
static struct diag_sink sink;

static void setup(void)
{
	source_set_init(&sources, &arena);
	diag_sink_init(&sink, &arena, NULL);
}

static void release(void)
{
	arena_release(&arena);
}

static const struct fm_node *read_back(struct str yaml)
{
	const struct source *src = source_add(&sources, STR("x"), yaml, SOURCE_STDIN);
	struct fm_node *map = arena_new(&arena, struct fm_node);

	ck_assert_msg(fm_parse(src, source_span(src), &arena, &sink, map),
		"libyaml refuses:\n%.*s", STR_ARG(yaml));
	return map;
}

static void ck_value(const struct fm_node *map, struct str key, struct str want)
{
	const struct fm_node *v = fm_get(map, key);

	ck_assert_ptr_nonnull(v);
	ck_assert_msg(v->kind == FM_SCALAR, "'%.*s' is read as no string", STR_ARG(want));
	ck_assert_msg(str_eq(v->value, want), "'%.*s' is read as '%.*s'", STR_ARG(want),
		STR_ARG(v->value));
}

static void ck_round_trip(struct str s)
{
	struct buf b = BUF_INIT(&arena);
	const struct fm_node *map;

	header_quoted(&b, STR("quoted"), s);
	header_scalar(&b, STR("scalar"), s);
	buf_addz(&b, "last: here\n");
	map = read_back(buf_str(&b));
	ck_value(map, STR("quoted"), s);
	ck_value(map, STR("scalar"), s);
	ck_value(map, STR("last"), STR("here"));
	ck_assert_uint_eq(map->n, 3);
}

static const char *const nasty[] = {
	"",
	" ",
	"a ",
	" a",
	"a: b",
	"a:b",
	"a:",
	": a",
	"a # b",
	"a#b",
	"#a",
	"- a",
	"-",
	"--- a",
	"---",
	"...",
	"? a",
	"?",
	"*a",
	"&a",
	"!a",
	"!!str a",
	"|",
	">",
	">-",
	"%a",
	"@a",
	"`a`",
	"'a'",
	"\"a\"",
	"it's",
	"say \"go\"",
	"C:\\temp\\d+",
	"a\tb",
	"a\nb",
	"\n",
	"\r\n",
	"a\rb",
	"[a, b]",
	"{a: b}",
	"a, b",
	"[",
	"]",
	"{",
	"}",
	",",
	"yes",
	"No",
	"ON",
	"off",
	"y",
	"N",
	"true",
	"False",
	"null",
	"NULL",
	"~",
	"nan",
	".nan",
	".inf",
	"-.INF",
	"inf",
	"0",
	"1",
	"-1",
	"+1",
	"1.0",
	"1e3",
	"1E-3",
	".5",
	"0x1f",
	"0o14",
	"0b11",
	"014",
	"1_000",
	"12:30",
	"190:20:30",
	"2026-11-23",
	"2001-12-14t21:59:43.10-05:00",
	"<<",
	"=",
	"<",
	"a\x01"
	"b",
	"\x7f",
	"caf\xc3\xa9",
	"\xc2\x85",
	"\xc2\xa0",
	"\xe2\x80\xa8",
	"\xe2\x80\xa9",
	"\xef\xbb\xbf"
	"a",
	"\xf0\x9f\x94\xa5",
	"*/ // <!-- -->",
	"${x} $(y) {z}",
	"a\\",
	"\\",
	"\\\"",
	"\"",
	"\"\"",
	"'",
	"''",
	"rune-x",
	"Read, Write",
	"null-safe",
	"no-op",
	"x: |",
	"a   b",
	"=a",
};

START_TEST(h01_nasty_strings_are_read_back_equal)
{
	for (size_t i = 0; i < COUNTOF(nasty); i++)
		ck_round_trip(str_c(nasty[i]));
}
END_TEST

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

START_TEST(h01_random_strings_are_read_back_equal)
{
	uint32_t state = 20261123;

	for (int round = 0; round < 4000; round++) {
		struct buf b = BUF_INIT(&arena);
		uint32_t pieces = next_random(&state) % 8;

		while (pieces--) {
			uint32_t r = next_random(&state), cp = next_random(&state);
			char utf8[4];

			cp %= r % 3 ? 0x100 : 0x11000;
			if (r % 2)
				buf_addz(&b, nasty[next_random(&state) % COUNTOF(nasty)]);
			else if (cp)
				buf_add(&b, (struct str){ utf8, utf8_put(utf8, cp) });
		}
		ck_round_trip(buf_str(&b));
	}
}
END_TEST

START_TEST(strings_that_look_like_something_else_are_quoted)
{
	static const char *const typed[] = { "yes", "No", "ON", "off", "y", "n", "True",
		"null", "Null", "~", "nan", "inf", "0", "1.5", "-3", "1e3", "0x1f",
		"12:30", "2026-11-23", "", "- a", "? a", "* a", "&a", "!x", "%x", "@x",
		"`x`", "#x", "a: b", "a:", "a #b", "a ", " a", "[x]", "{x}", "|", ">",
		"=", "<<", "'x'" };

	for (size_t i = 0; i < COUNTOF(typed); i++) {
		struct buf b = BUF_INIT(&arena);

		header_scalar(&b, STR("k"), str_c(typed[i]));
		ck_assert_msg(str_starts(buf_str(&b), STR("k: \"")),
			"'%s' stands without quotes", typed[i]);
	}
}
END_TEST

START_TEST(h02_plain_names_stay_plain)
{
	static const char *const plain[] = { "rune-cook", "Read, Write", "MIT", "a b c",
		"e3", "no-op", "Apache-2.0" };

	for (size_t i = 0; i < COUNTOF(plain); i++) {
		struct buf b = BUF_INIT(&arena);

		header_scalar(&b, STR("k"), str_c(plain[i]));
		ck_assert_str_eq(
			b.p, str_dupz(&arena, str_fmt(&arena, "k: %s\n", plain[i])));
	}
}
END_TEST

START_TEST(malformed_utf8_becomes_a_replacement_character)
{
	struct buf b = BUF_INIT(&arena);

	header_quoted(&b, STR("k"),
		STR("a\xff"
		    "b"));
	ck_assert_str_eq(b.p, "k: \"a\\ufffdb\"\n");
}
END_TEST

START_TEST(nodes_keep_their_kind)
{
	static const char in[] =
		"a: true\nb: \"true\"\nc: 12\nd: [x, 'y: z']\n"
		"e:\n  f:\n    - 1\n    - g: {}\nh: []\ni: ~\n\"j: k\": >\n  l\n  m\n";
	static const char out[] = "top:\n"
				  "  a: true\n"
				  "  b: \"true\"\n"
				  "  c: 12\n"
				  "  d:\n"
				  "    - x\n"
				  "    - \"y: z\"\n"
				  "  e:\n"
				  "    f:\n"
				  "      - 1\n"
				  "      -\n"
				  "        g: {}\n"
				  "  h: []\n"
				  "  i: null\n"
				  "  \"j: k\": \"l m\\n\"\n";
	struct buf b = BUF_INIT(&arena), again = BUF_INIT(&arena);

	header_node(&b, STR("top"), read_back(STR(in)), 0);
	ck_assert_str_eq(b.p, out);
	/* and what was written is a fixed point */
	header_node(&again, STR("top"), fm_get(read_back(buf_str(&b)), STR("top")), 0);
	ck_assert_str_eq(again.p, out);
}
END_TEST

static const struct name_map models[] = {
	{ STR_INIT("opus"), STR_INIT("big") },
};

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("read_file") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("edit_file") },
	{ .from = STR_INIT("MultiEdit"), .to = STR_INIT("edit_file") },
	{ .from = STR_INIT("Grep"), .verb = STR_INIT("search") },
};

static const struct adapter platform = {
	.name = STR_INIT("test"),
	.models = models,
	.nmodels = COUNTOF(models),
	.tools = tools,
	.ntools = COUNTOF(tools),
};

static struct header_values values_of(const char *frontmatter, struct meta *meta)
{
	struct doc *d = arena_new(&arena, struct doc);

	d->meta = *read_back(str_c(frontmatter));
	return (struct header_values){ .name = STR("rune-x"),
		.description = STR("What: it does."),
		.meta = meta,
		.doc = d };
}

static const char *written(const struct field *f, size_t n, const struct header_values *v)
{
	struct buf b = BUF_INIT(&arena);

	header_write(&b, &platform, f, n, v);
	return b.n ? b.p : "";
}

START_TEST(fields_stand_in_the_order_of_the_table)
{
	static const struct field fields[] = {
		{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
		{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
		{ STR_INIT("license"), FIELD_KEY, STR_INIT("license") },
		{ STR_INIT("absent"), FIELD_KEY, STR_INIT("absent") },
		{ STR_INIT("author"), FIELD_META, STR_INIT("author") },
		{ STR_INIT("trigger"), FIELD_LITERAL, STR_INIT("always_on") },
		{ STR_INIT("model"), FIELD_MODEL, STR_INIT("") },
		{ STR_INIT("skills"), FIELD_SKILL, STR_INIT("") },
	};
	struct meta meta = { .model = MODEL_OPUS };
	struct header_values v =
		values_of("license: MIT\nmetadata:\n  author: me\n", &meta);

	ck_assert_str_eq(written(fields, COUNTOF(fields), &v),
		"---\nname: rune-x\ndescription: \"What: it does.\"\nlicense: MIT\n"
		"author: me\ntrigger: always_on\nmodel: big\n---\n");
	v.skill = STR("rune-x");
	meta.model = MODEL_HAIKU; /* the platform has no name for it */
	ck_assert_ptr_null(strstr(written(fields, COUNTOF(fields), &v), "model"));
	ck_assert_ptr_nonnull(
		strstr(written(fields, COUNTOF(fields), &v), "skills: rune-x\n"));
	ck_assert_str_eq(written(fields, 0, &v), "");
}
END_TEST

START_TEST(metadata_is_a_map_of_strings_without_our_own_keys)
{
	static const struct field all = { STR_INIT("metadata"), FIELD_METADATA,
		STR_INIT("") };
	static const struct field keep = { STR_INIT("metadata"), FIELD_METADATA,
		STR_INIT("claw") };
	struct meta meta = { 0 };
	struct header_values v = values_of("metadata:\n  layer: L2\n  version: 1.0\n"
					   "  list: [a, b]\n  flag: true\n  empty:\n"
					   "  claw: {os: [linux]}\n  tools: Read\n",
		&meta);

	ck_assert_str_eq(written(&all, 1, &v),
		"---\nmetadata:\n  version: \"1.0\"\n  list: a, b\n  flag: \"true\"\n"
		"  empty: \"\"\n  claw: \"{os: [linux]}\"\n---\n");
	ck_assert_ptr_nonnull(
		strstr(written(&keep, 1, &v), "  claw:\n    os:\n      - linux\n"));
	v = values_of("metadata:\n  layer: L2\n", &meta);
	ck_assert_str_eq(written(&all, 1, &v), "---\n---\n");
}
END_TEST

START_TEST(layer_group_and_model_are_a_map)
{
	static const struct field f = { STR_INIT("metadata"), FIELD_LAYER, STR_INIT("") };
	struct meta meta = { .layer = LAYER_L3, .group = STR("state") };
	struct header_values v = values_of("", &meta);

	ck_assert_str_eq(
		written(&f, 1, &v), "---\nmetadata:\n  layer: L3\n  group: state\n---\n");
	meta = (struct meta){ 0 };
	ck_assert_str_eq(written(&f, 1, &v), "---\n---\n");
}
END_TEST

START_TEST(tools_are_the_platforms_each_once)
{
	static const struct field f = { STR_INIT("tools"), FIELD_TOOLS, STR_INIT("") };
	static const struct field ro = { STR_INIT("readonly"), FIELD_READONLY,
		STR_INIT("") };
	struct fm_item list[] = { { .value = STR("Read") }, { .value = STR("Grep") },
		{ .value = STR("Edit") }, { .value = STR("MultiEdit") } };
	struct meta meta = { .tools = list, .ntools = COUNTOF(list) };
	struct header_values v = values_of("", &meta);

	ck_assert_str_eq(written(&f, 1, &v), "---\ntools: read_file, edit_file\n---\n");
	ck_assert_str_eq(written(&ro, 1, &v), "---\n---\n");
	meta.ntools = 2;
	ck_assert_str_eq(written(&ro, 1, &v), "---\nreadonly: true\n---\n");
	meta.ntools = 0; /* says nothing: the helper has all tools */
	ck_assert_str_eq(written(&f, 1, &v), "---\n---\n");
	ck_assert_str_eq(written(&ro, 1, &v), "---\n---\n");
}
END_TEST

Suite *header_suite(void)
{
	Suite *s = suite_create("header");
	TCase *t = tcase_create("header");

	tcase_add_checked_fixture(t, setup, release);
	tcase_add_test(t, h01_nasty_strings_are_read_back_equal);
	tcase_add_test(t, h01_random_strings_are_read_back_equal);
	tcase_add_test(t, strings_that_look_like_something_else_are_quoted);
	tcase_add_test(t, h02_plain_names_stay_plain);
	tcase_add_test(t, malformed_utf8_becomes_a_replacement_character);
	tcase_add_test(t, nodes_keep_their_kind);
	tcase_add_test(t, fields_stand_in_the_order_of_the_table);
	tcase_add_test(t, metadata_is_a_map_of_strings_without_our_own_keys);
	tcase_add_test(t, layer_group_and_model_are_a_map);
	tcase_add_test(t, tools_are_the_platforms_each_once);
	suite_add_tcase(s, t);
	return s;
}
