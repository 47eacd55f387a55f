/* What every platform is given of the built-in library: in the form that all clients
 * read, within their limits, leading nowhere that is not. And what platforms that share
 * files do to each other's. */
#include <check.h>
#include <stdlib.h>

#include "model_fixture.h"
#include "rune/emit.h"
#include "rune/listing.h"
#include "rune/path.h"
#include "rune/rune.h"
#include "rune/str.h"
#include "rune/utf8.h"

Suite *platforms_suite(void);

/* ---- the library, emitted ------------------------------------------------------------------ */

static struct project library;

struct output {
	const struct adapter *ad;
	struct outtree tree;
	struct emit_stats stats;
	struct map at; /* path, and the directories it makes → out_entry */
};

static void open_library(void)
{
	struct project_options o = { .dir = STR(RUNE_SOURCE_DIR "/tests/unit"),
		.library_dir = STR(RUNE_SOURCE_DIR) };

	mf_open();
	library = (struct project){ 0 };
	diag_sink_init(&mf.sink, &mf.a, NULL);
	ck_assert(project_load(&library, &o, &mf.a, &mf.sink));
	ck_assert_uint_gt(library.nskill, 8);
}

static void emit(struct output *o, const struct adapter *ad)
{
	*o = (struct output){ .ad = ad, .at = MAP_INIT(&mf.a) };
	outtree_init(&o->tree, &mf.a);
	ck_assert(emit_platform(&library, ad, &(struct made_skills){ 0 }, &mf.a, &mf.sink,
		&o->tree, &o->stats));
	outtree_finish(&o->tree);
	for (size_t i = 0; i < o->tree.n; i++)
		for (struct str p = o->tree.v[i].path; p.n; p = path_dir(p))
			map_add(&o->at, p, &o->tree.v[i]);
}

static const struct out_entry *find(const struct output *o, struct str path)
{
	const struct out_entry *e = map_find(&o->at, path);

	return e && str_eq(e->path, path) ? e : NULL;
}

/* One of the adapter's path members as a pattern or a path. */
static struct str place(const struct adapter *ad, struct str member, struct str name)
{
	struct str path = str_expand(&mf.a, member, STR("name"), name);

	return member.n ? path_join(&mf.a, ad->root, path) : STR_NONE;
}

static bool is_at(const struct adapter *ad, struct str member, struct str path)
{
	return member.n && path_glob(place(ad, member, STR("*")), path);
}

#define FAIL_IF(cond, o, path, ...)                                                     \
	ck_assert_msg(!(cond), "%.*s: %.*s: %s", STR_ARG((o)->ad->name), STR_ARG(path), \
		str_fmt(&mf.a, __VA_ARGS__).p)

/* ---- headers ----------------------------------------------------------------------------------- */

/* The lines between the fences; STR_NONE if there are none. */
static struct str header_of(struct str text)
{
	size_t end;

	if (!str_starts(text, STR("---\n")))
		return STR_NONE;
	end = str_find(text, STR("\n---\n"), 3);
	return end == STR_NPOS ? STR_NONE : str_sub(text, 4, end + 1 - 4);
}

static const struct field *field_named(const struct field *f, size_t n, struct str key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(f[i].key, key))
			return &f[i];
	return NULL;
}

/* A value that no YAML reader takes for anything but a string. */
static bool is_string(struct str v)
{
	static const char *const others[] = { "true", "false", "null", "yes", "no", "on",
		"off", "y", "n", "~", "nan", "inf" };

	if (v.n >= 2 && v.p[0] == '"')
		return v.p[v.n - 1] == '"';
	for (size_t i = 0; i < COUNTOF(others); i++)
		if (str_eq_nocase(v, str_c(others[i])))
			return false;
	return v.n && (char_is_lower(v.p[0]) || char_is_upper(v.p[0])) &&
	       str_find(v, STR(": "), 0) == STR_NPOS &&
	       str_find(v, STR(" #"), 0) == STR_NPOS;
}

/* Only what the adapter lists: `key: value`, and below it what is indented. */
static void check_keys(const struct output *o, struct str path, struct str header,
	const struct field *f, size_t n)
{
	const struct field *in = NULL;
	struct str line, key, value, seen = STR_NONE;

	while (str_line(&header, &line) && (line.n || header.n)) {
		size_t colon = str_find_char(line, ':', 0);

		FAIL_IF(!line.n || colon == STR_NPOS, o, path, "line '%.*s'",
			STR_ARG(line));
		key = str_sub(line, 0, colon);
		value = str_trim(str_from(line, colon + 1));
		if (str_starts(line, STR("  "))) {
			FAIL_IF(!in, o, path, "'%.*s' belongs to nothing", STR_ARG(line));
			if (in->from == FIELD_METADATA && line.p[2] != ' ' &&
				!str_eq(str_trim(key), in->source))
				FAIL_IF(!is_string(value), o, path, "'%.*s' is no string",
					STR_ARG(line));
			continue;
		}
		if (str_starts(key, STR("# "))) {
			in = field_named(f, n, str_from(key, 2));
			FAIL_IF(!in || in->from != FIELD_MODEL_HINT, o, path,
				"comment '%.*s'", STR_ARG(line));
			continue;
		}
		in = field_named(f, n, key);
		FAIL_IF(!in || in->from == FIELD_MODEL_HINT, o, path, "key '%.*s'",
			STR_ARG(key));
		FAIL_IF(str_eq(key, seen), o, path, "'%.*s' twice", STR_ARG(key));
		FAIL_IF(str_find(value, STR("tier"), 0) == 0, o, path, "'%.*s'",
			STR_ARG(line));
		seen = key;
	}
}

/* The value of a top-level key as it stands; STR_NONE: there is none. */
static struct str value_of(struct str header, const char *key)
{
	struct str line, begin = str_fmt(&mf.a, "%s: ", key);

	while (str_line(&header, &line))
		if (str_starts(line, begin))
			return str_from(line, begin.n);
	return STR_NONE;
}

/* Quoted on one line: characters, without the quotes; 0: it is not so. */
static size_t quoted_length(struct str v)
{
	size_t n = 0;

	if (v.n < 3 || v.p[0] != '"' || v.p[v.n - 1] != '"')
		return 0;
	v = str_sub(v, 1, v.n - 2);
	for (size_t i = 0; i < v.n; n++) {
		if (v.p[i] == '"')
			return 0;
		if (v.p[i] == '\\' && i + 1 < v.n)
			i += v.p[i + 1] == 'u' ? 6 : 2;
		else
			utf8_next(v, &i);
	}
	return n;
}

static void check_description(const struct output *o, struct str path, struct str header)
{
	struct str v = value_of(header, "description");
	size_t n = quoted_length(v), limit = o->ad->limits.description;

	FAIL_IF(!n || n > 1024 || (limit && n > limit), o, path,
		"description of %zu characters: %.*s", n, STR_ARG(v));
}

static void check_name(const struct output *o, struct str path, struct str name)
{
	FAIL_IF(!name.n || name.n > 64 ||
			(o->ad->limits.name && name.n > o->ad->limits.name),
		o, path, "name '%.*s' is too long", STR_ARG(name));
	for (size_t i = 0; i < name.n; i++)
		FAIL_IF(!char_is_lower(name.p[i]) && !char_is_digit(name.p[i]) &&
				(name.p[i] != '-' || !i || i + 1 == name.n ||
					name.p[i - 1] == '-'),
			o, path, "name '%.*s'", STR_ARG(name));
}

/* ---- safe form ------------------------------------------------------------------------------------ */

static void check_main(const struct output *o, struct str name)
{
	const struct adapter *ad = o->ad->skills_of ? o->ad->skills_of : o->ad;
	struct str path = place(ad, ad->skill_path, name), text, header;
	const struct out_entry *e = find(o, path);

	FAIL_IF(!e, o, path, "not emitted");
	text = e->bytes;
	FAIL_IF(str_starts(text, STR("\xef\xbb\xbf")), o, path, "a byte order mark");
	FAIL_IF(memchr(text.p, '\r', text.n), o, path, "a carriage return");
	FAIL_IF(text.p[text.n - 1] != '\n', o, path, "no line feed at its end");
	FAIL_IF(ad->limits.shown && text.n > ad->limits.shown, o, path, "%zu bytes",
		text.n);
	FAIL_IF(ad->limits.body && text.n > ad->limits.body, o, path, "%zu bytes",
		text.n);
	check_name(o, path, name);
	if (!ad->nfields)
		return;
	header = header_of(text);
	FAIL_IF(!header.n, o, path, "no header");
	check_keys(o, path, header, ad->fields, ad->nfields);
	check_description(o, path, header);
	if (field_named(ad->fields, ad->nfields, STR("name")))
		FAIL_IF(!str_eq(value_of(header, "name"), name), o, path,
			"its name is not '%.*s'", STR_ARG(name));
	if (ad->layout == LAYOUT_DIR)
		FAIL_IF(!str_eq(path_base(path_dir(path)), name), o, path,
			"in another directory");
}

/* Every file of that name is a skill that is meant to be one, at the level of all. */
static void check_no_other_main(const struct output *o)
{
	const struct adapter *ad = o->ad->skills_of ? o->ad->skills_of : o->ad;

	for (size_t i = 0; i < o->tree.n; i++) {
		struct str path = o->tree.v[i].path;

		if (str_eq(path_base(path), STR("SKILL.md")))
			FAIL_IF(!is_at(ad, ad->skill_path, path), o, path,
				"is no skill's place");
	}
}

START_TEST(skills_have_the_safe_form_everywhere)
{
	for (size_t i = 0; i < adapter_count; i++) {
		struct output o;

		emit(&o, adapter_table[i]);
		ck_assert_uint_eq(o.stats.failed, 0);
		ck_assert_uint_eq(o.stats.skills, library.nskill);
		ck_assert_uint_eq(o.stats.packs, library.npack);
		for (size_t k = 0; k < library.nskill; k++)
			check_main(&o, emit_name_of(o.ad,
					       &(struct ref_target){ .kind = VERTEX_SKILL,
						       .skill = &library.skill[k] }));
		for (size_t k = 0; k < library.npack; k++)
			check_main(&o, emit_name_of(o.ad,
					       &(struct ref_target){ .kind = VERTEX_PACK,
						       .pack = &library.pack[k] }));
		check_no_other_main(&o);
	}
	ck_assert_uint_eq(mf_reported(RULE_OUT_LIMIT), 0);
	ck_assert_uint_eq(mf_reported(RULE_LISTING_CUT), 0);
}
END_TEST

/* ---- limits --------------------------------------------------------------------------------------- */

START_TEST(everything_is_within_its_limits)
{
	for (size_t i = 0; i < adapter_count; i++) {
		const struct adapter *ad = adapter_table[i];
		const struct adapter_limits *max = &ad->limits;
		struct output o;

		emit(&o, ad);
		FAIL_IF(max->skills && o.stats.skills + o.stats.packs > max->skills, &o,
			STR(""), "too many skills");
		for (size_t k = 0; k < o.tree.n; k++) {
			const struct out_entry *e = &o.tree.v[k];
			size_t n = utf8_count(e->bytes);

			FAIL_IF(max->always_on && is_at(ad, ad->rules_path, e->path) &&
					n > max->always_on,
				&o, e->path, "%zu characters", n);
			FAIL_IF(max->command && is_at(ad, ad->command_path, e->path) &&
					n > max->command,
				&o, e->path, "%zu characters", n);
			FAIL_IF(max->instructions && e->kind == OUT_BLOCK &&
					e->bytes.n > max->instructions,
				&o, e->path, "%zu bytes", e->bytes.n);
		}
	}
}
END_TEST

/* The files into which long ones were split. */
START_TEST(parts_are_within_what_is_shown)
{
	const struct str mark = STR("<!-- rune:part ");
	size_t parts = 0;

	for (size_t i = 0; i < adapter_count; i++) {
		struct output o;

		emit(&o, adapter_table[i]);
		for (size_t k = 0; k < o.tree.n; k++) {
			const struct out_entry *e = &o.tree.v[k], *part;
			struct str rel;
			size_t at = 0, end;

			while ((at = str_find(e->bytes, mark, at)) != STR_NPOS) {
				at += mark.n;
				end = str_find(e->bytes, STR(" -->"), at);
				rel = str_sub(e->bytes, at, end - at);
				part = find(&o, path_join(&mf.a, path_dir(e->path), rel));
				FAIL_IF(!part, &o, e->path, "no %.*s", STR_ARG(rel));
				FAIL_IF(part->bytes.n > o.ad->limits.shown, &o,
					part->path, "%zu bytes", part->bytes.n);
				parts++;
			}
		}
	}
	ck_assert_uint_gt(parts, 0);
}
END_TEST

/* ---- what is named is there ------------------------------------------------------------------------- */

static const struct doc *parse(const struct out_entry *e)
{
	struct diag_sink quiet;

	diag_sink_init(&quiet, &mf.a, NULL);
	return doc_parse(source_add(&library.sources, e->path, e->bytes, SOURCE_FILE), 0,
		&mf.a, &quiet);
}

static bool has_anchor(const struct out_entry *e, struct str anchor)
{
	const struct doc *d = parse(e);

	for (node_id i = 1; d && i < d->nnode; i++) {
		struct buf b = BUF_INIT(&mf.a);
		struct str t = str_lower(&mf.a, d->node[i].text);

		if (d->node[i].kind != DOC_HEADING)
			continue;
		for (size_t k = 0; k < t.n; k++)
			if (t.p[k] == ' ')
				buf_addc(&b, '-');
			else if (t.p[k] & 0x80 || char_is_alnum(t.p[k]) ||
				 strchr("-_", t.p[k]))
				buf_addc(&b, t.p[k]);
		if (str_eq(buf_str(&b), anchor))
			return true;
	}
	return false;
}

static void check_link(const struct output *o, const struct out_entry *e, struct str url)
{
	size_t n = 0;
	struct str path;
	const struct out_entry *to;

	while (n < url.n && !memchr("#?:", url.p[n], 3))
		n++;
	if (!url.n || url.p[0] == '/' || (n < url.n && url.p[n] == ':'))
		return;
	path = path_join(&mf.a, path_dir(e->path), str_sub(url, 0, n));
	path = n ? path_normalize(&mf.a, path) : e->path;
	to = map_find(&o->at, path);
	FAIL_IF(!to, o, e->path, "link to '%.*s'", STR_ARG(url));
	if (n < url.n && url.p[n] == '#' && str_eq(path_ext(path), STR(".md")))
		FAIL_IF(!has_anchor(to, str_from(url, n + 1)), o, e->path,
			"no such heading: '%.*s'", STR_ARG(url));
}

/* A path of a skill in a code span: what leads to one that is not listed. */
static void check_span(const struct output *o, const struct out_entry *e, struct str code)
{
	const struct adapter *ad = o->ad->skills_of ? o->ad->skills_of : o->ad;

	while (code.n > 2 && code.p[0] == '`')
		code = str_sub(code, 1, code.n - 2);
	if (ad->skill_path.n && is_at(ad, ad->skill_path, code) &&
		str_find_char(code, '<', 0) == STR_NPOS)
		FAIL_IF(!find(o, code), o, e->path, "no '%.*s'", STR_ARG(code));
}

START_TEST(links_and_paths_lead_to_what_is_there)
{
	for (size_t i = 0; i < adapter_count; i++) {
		struct output o;

		emit(&o, adapter_table[i]);
		for (size_t k = 0; k < o.tree.n; k++) {
			const struct out_entry *e = &o.tree.v[k];
			const struct doc *d;

			if (!str_eq(path_ext(e->path), STR(".md")) || !(d = parse(e)))
				continue;
			for (uint32_t n = 0; n < d->nlink; n++)
				check_link(&o, e, d->link[n].url);
			for (uint32_t n = 0; n < d->nrun; n++)
				if (d->run[n].kind == RUN_CODE)
					check_span(&o, e, doc_text(d, d->run[n].span));
		}
		ck_assert_uint_eq(o.stats.unresolved, 0);
	}
}
END_TEST

/* Who comes to a skill that is not listed comes from a text that names its file. */
START_TEST(what_is_hidden_is_named_with_its_file)
{
	for (size_t i = 0; i < adapter_count; i++) {
		const struct adapter *ad = adapter_table[i];
		struct listing l;
		struct output o;

		if (ad->skills_of || ad->listing.hide == HIDE_NEVER)
			continue;
		emit(&o, ad);
		listing_make(&l, &library, ad, &mf.a);
		listing_fit(&l, ad, LISTING_CONTEXT, &mf.a);
		for (size_t k = 0; k < l.n; k++) {
			const struct listing_item *x = &l.v[k];
			struct str path = place(ad, ad->skill_path, x->name);
			bool named = false;

			if (!x->hidden || x->meta->hidden_from_model)
				continue;
			if (ad->hidden_format.n)
				path = str_expand(
					&mf.a, ad->hidden_format, STR("path"), path);
			path = str_expand(&mf.a, path, STR("name"), x->name);
			for (size_t n = 0; n < o.tree.n && !named; n++)
				named = !str_eq(o.tree.v[n].owner, x->name) &&
					str_eq(path_base(o.tree.v[n].path),
						STR("SKILL.md")) &&
					str_find(o.tree.v[n].bytes, path, 0) != STR_NPOS;
			FAIL_IF(!named, &o, x->name, "no skill names its file, %.*s",
				STR_ARG(path));
		}
	}
}
END_TEST

/* ---- agents, commands, rules ---------------------------------------------------------------------------- */

static size_t skip_digits(struct str s, size_t i, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (i + k >= s.n || !strchr("0123456789abcdefABCDEF", s.p[i + k]))
			return STR_NPOS;
	return i + n;
}

/* After the string that begins at `i` with `quote`; STR_NPOS: TOML has none such. */
static size_t toml_string(struct str s, size_t i, struct str quote)
{
	i += quote.n;
	while (i != STR_NPOS && i < s.n && !str_starts(str_from(s, i), quote)) {
		unsigned char c = (unsigned char)s.p[i++];

		if (c != '\\') {
			if ((c < 0x20 && c != '\t' && (c != '\n' || quote.n == 1)) ||
				c == 0x7f)
				return STR_NPOS;
			continue;
		}
		if (i >= s.n || !strchr("btnfr\"\\uU", s.p[i]))
			return STR_NPOS;
		i = s.p[i] == 'u'   ? skip_digits(s, i + 1, 4)
		    : s.p[i] == 'U' ? skip_digits(s, i + 1, 8)
				    : i + 1;
	}
	return i == STR_NPOS || i >= s.n ? STR_NPOS : i + quote.n;
}

/* Keys with strings, each on lines of its own, and nothing else. */
static void check_toml(const struct output *o, const struct out_entry *e,
	const struct field *f, size_t n, struct str body)
{
	struct str s = e->bytes, three = STR("\"\"\"");
	bool has_body = false;

	FAIL_IF(utf8_check(s) != s.n, o, e->path, "not UTF-8");
	for (size_t i = 0, end; i < s.n;) {
		struct str key;

		end = str_find(s, STR(" = \""), i);
		FAIL_IF(end == STR_NPOS, o, e->path, "no key at %zu", i);
		key = str_sub(s, i, end - i);
		FAIL_IF(!str_eq(key, body) && !field_named(f, n, key), o, e->path,
			"key '%.*s'", STR_ARG(key));
		has_body |= str_eq(key, body);
		i = end + 3;
		i = toml_string(
			s, i, str_starts(str_from(s, i), three) ? three : STR("\""));
		FAIL_IF(i == STR_NPOS || i >= s.n || s.p[i] != '\n', o, e->path,
			"the string of '%.*s' does not end", STR_ARG(key));
		i++;
	}
	FAIL_IF(!has_body, o, e->path, "no '%.*s'", STR_ARG(body));
}

static bool knows_tool(const struct adapter *ad, struct str tool)
{
	for (size_t i = 0; i < ad->ntools; i++)
		if (str_eq(tool,
			    ad->tools[i].list.n ? ad->tools[i].list : ad->tools[i].to))
			return true;
	for (size_t i = 0; ad->caps & CAP_NATIVE_TOOLS && i < TOOL__COUNT; i++)
		if (str_eq(tool, tool_name[i]))
			return true;
	return false;
}

/* Native tool names and models alone. */
static void check_role(const struct output *o, const struct out_entry *e)
{
	struct str header = header_of(e->bytes), v, tool;
	const struct adapter *ad = o->ad;

	for (size_t i = 0; i < ad->nrole_fields; i++) {
		const struct field *f = &ad->role_fields[i];
		bool known = false;

		v = value_of(header, str_dupz(&mf.a, f->key));
		if (!v.p)
			continue;
		if (f->from == FIELD_TOOLS || f->from == FIELD_TOOL_LIST) {
			FAIL_IF((f->from == FIELD_TOOL_LIST) !=
					(v.p[0] == '[' && v.p[v.n - 1] == ']'),
				o, e->path, "'%.*s' is no list", STR_ARG(v));
			if (v.p[0] == '[' || v.p[0] == '"')
				v = str_sub(v, 1, v.n - 2);
			while (str_split(&v, ',', &tool))
				FAIL_IF(!knows_tool(ad, str_trim(tool)), o, e->path,
					"tool '%.*s'", STR_ARG(tool));
		}
		if (f->from != FIELD_MODEL)
			continue;
		if (v.p[0] == '"')
			v = str_sub(v, 1, v.n - 2);
		for (size_t k = 0; k < ad->nmodels; k++)
			known |= str_eq(ad->models[k].to, v);
		FAIL_IF(!known, o, e->path, "model '%.*s'", STR_ARG(v));
	}
}

static void check_headed(const struct output *o, const struct out_entry *e,
	const struct field *f, size_t n, struct str toml)
{
	struct str header = header_of(e->bytes);

	FAIL_IF(memchr(e->bytes.p, '\r', e->bytes.n), o, e->path, "a carriage return");
	if (toml.n) {
		check_toml(o, e, f, n, toml);
		return;
	}
	FAIL_IF(!n != !header.n, o, e->path, "header '%.*s'", STR_ARG(header));
	check_keys(o, e->path, header, f, n);
	if (field_named(f, n, STR("description")))
		check_description(o, e->path, header);
}

START_TEST(headers_hold_what_the_platform_says)
{
	for (size_t i = 0; i < adapter_count; i++) {
		const struct adapter *ad = adapter_table[i];
		size_t roles = 0, commands = 0, rules = 0;
		struct output o;

		emit(&o, ad);
		for (size_t k = 0; k < o.tree.n; k++) {
			const struct out_entry *e = &o.tree.v[k];

			if (is_at(ad, ad->role_path, e->path)) {
				check_headed(&o, e, ad->role_fields, ad->nrole_fields,
					ad->role_body);
				check_role(&o, e);
				roles++;
			} else if (is_at(ad, ad->command_path, e->path)) {
				check_headed(&o, e, ad->command_fields,
					ad->ncommand_fields, ad->command_body);
				commands++;
			} else if (str_eq(place(ad, ad->rules_path, STR("rune")),
					   e->path)) {
				check_headed(&o, e, ad->rules_fields, ad->nrules_fields,
					STR_NONE);
				rules++;
			}
		}
		FAIL_IF(!roles != !ad->role_path.n, &o, ad->role_path, "%zu roles",
			roles);
		FAIL_IF(!commands != !ad->command_path.n, &o, ad->command_path,
			"%zu commands", commands);
		FAIL_IF(!rules != !ad->rules_path.n, &o, ad->rules_path, "%zu rules",
			rules);
	}
}
END_TEST

/* A platform that hides by a key has that key, and one that lists it is its own. */
START_TEST(the_table_agrees_with_itself)
{
	for (size_t i = 0; i < adapter_count; i++) {
		const struct adapter *ad = adapter_table[i], *of = ad->skills_of;
		struct output o = { .ad = ad };

		FAIL_IF(ad->listing.hide == HIDE_KEY &&
				!field_named(ad->fields, ad->nfields,
					STR("disable-model-invocation")),
			&o, STR(""), "hides by a key that it does not have");
		if (!of)
			continue;
		FAIL_IF(of->skills_of, &o, STR(""), "has another's of another's");
		FAIL_IF(!str_eq(of->skill_path, ad->skill_path) ||
				!str_eq(of->root, ad->root) || of->fields != ad->fields ||
				memcmp(&of->listing, &ad->listing, sizeof(ad->listing)) ||
				of->limits.shown != ad->limits.shown,
			&o, STR(""), "says other things of its skills than their owner");
	}
}
END_TEST

/* ---- one tree of several --------------------------------------------------------------------------------- */

START_TEST(shared_skills_are_the_same_bytes)
{
	size_t sharing = 0;

	for (size_t i = 0; i < adapter_count; i++) {
		const struct adapter *ad = adapter_table[i];
		struct output own, of;

		if (!ad->skills_of)
			continue;
		emit(&own, ad);
		emit(&of, ad->skills_of);
		sharing++;
		for (size_t k = 0; k < of.tree.n; k++) {
			const struct out_entry *a = &of.tree.v[k], *b;

			if (!str_starts(a->path, STR(".agents/skills/")))
				continue;
			b = find(&own, a->path);
			FAIL_IF(!b, &own, a->path, "is not there");
			FAIL_IF(!str_eq(a->bytes, b->bytes) ||
					a->executable != b->executable,
				&own, a->path, "differs");
		}
		for (size_t k = 0; k < own.tree.n; k++)
			if (str_starts(own.tree.v[k].path, STR(".agents/skills/")))
				FAIL_IF(!find(&of, own.tree.v[k].path), &own,
					own.tree.v[k].path, "is its own");
	}
	ck_assert_uint_gt(sharing, 3);
}
END_TEST

static enum rune_status build(const char *one, const char *two, const char *disable)
{
	const char *platforms[] = { one, two, NULL }, *off[] = { disable, NULL };
	struct rune_options o = { .size = sizeof(o),
		.project_dir = mf.o.dir.p,
		.platforms = platforms,
		.disable = off };
	struct rune *r = rune_compile(&o);
	enum rune_status status = rune_commit(r, NULL);

	ck_assert_msg(
		status == RUNE_OK, "%s", rune_diagnostics_text(r, false, RUNE_NOTE));
	rune_free(r);
	return status;
}

static void two_skills(void)
{
	mf_put("proj/rune.config.json",
		"{\"source\": \"../src\", \"extensions\": {\"enabled\": []}}");
	mf_skill("lamp", "", "# lamp\n\nUse `rune:wick`.\n");
	mf_skill("wick", "", "# wick\n\nBurn.\n");
}

static bool has(const char *path)
{
	return tmpdir_get(&mf.t, str_fmt(&mf.a, "proj/%s", path).p) != NULL;
}

static const char *text_of(const char *path)
{
	const char *s = tmpdir_get(&mf.t, str_fmt(&mf.a, "proj/%s", path).p);

	ck_assert_msg(s != NULL, "%s is not there", path);
	return s;
}

#define WICK ".agents/skills/rune-wick/SKILL.md"

/* E23 */
START_TEST(e23_platforms_of_one_tree_own_it_together)
{
	const char *before;

	two_skills();
	build("codex", NULL, NULL);
	before = text_of(WICK);
	build("antigravity", NULL, NULL);
	ck_assert_str_eq(text_of(WICK), before);
	mf_contains(text_of(".rune/manifest.json"), "\"antigravity\", \"codex\"");
	/* one of them does without; the other keeps its own */
	build("codex", NULL, "wick");
	ck_assert_str_eq(text_of(WICK), before);
	build("antigravity", NULL, NULL);
	ck_assert_str_eq(text_of(WICK), before);
	build("antigravity", NULL, "wick");
	ck_assert(!has(WICK));
	ck_assert(has(".agents/skills/rune-lamp/SKILL.md"));
}
END_TEST

START_TEST(e23_platforms_of_one_tree_in_one_run)
{
	two_skills();
	build("codex", "zed", NULL);
	mf_contains(text_of(".rune/manifest.json"), "\"codex\", \"zed\"");
	build("codex", "zed", "wick");
	ck_assert(!has(WICK));
}
END_TEST

/* U10 */
START_TEST(u10_regions_of_two_platforms_stay)
{
	const char *codex, *both;

	two_skills();
	mf_put("proj/AGENTS.md", "# Mine\n\nKeep this.\n");
	build("codex", NULL, NULL);
	codex = text_of("AGENTS.md");
	mf_contains(codex, "# Mine\n\nKeep this.\n");
	build("copilot", NULL, NULL);
	both = text_of("AGENTS.md");
	ck_assert_msg(!strncmp(both, codex, strlen(codex)), "%s\n----\n%s", codex, both);
	mf_contains(both, "codex");
	mf_contains(both, "copilot");
	build("codex", NULL, NULL);
	ck_assert_str_eq(text_of("AGENTS.md"), both);
	build("codex", "copilot", NULL);
	ck_assert_str_eq(text_of("AGENTS.md"), both);
}
END_TEST

/* ---- the user's own YAML --------------------------------------------------------------------------------- */

/* U06 */
START_TEST(u06_the_user_s_aider_configuration_stays)
{
	static const char mine[] = "# mine\nmodel: x\nauto-commits: false\n";
	const char *first;

	two_skills();
	mf_put("proj/.aider.conf.yml", mine);
	build("aider", NULL, NULL);
	first = text_of(".aider.conf.yml");
	ck_assert_int_eq(strncmp(first, mine, strlen(mine)), 0);
	mf_contains(first, "\nread: CONVENTIONS.md\n");
	mf_contains(text_of("CONVENTIONS.md"), "`rune-wick`");
	build("aider", NULL, NULL);
	ck_assert_str_eq(text_of(".aider.conf.yml"), first);
}
END_TEST

START_TEST(u06_a_list_of_the_user_s_own_is_left_to_him)
{
	static const char *const mine[] = { "read: OTHER.md\n",
		"\"read\": [a.md, b.md]\n", "model: x\nread:\n  - OTHER.md\n",
		"read : [OTHER.md]\r\nmodel: x\r\n" };

	two_skills();
	for (size_t i = 0; i < COUNTOF(mine); i++) {
		mf_put("proj/.aider.conf.yml", mine[i]);
		build("aider", NULL, NULL);
		ck_assert_str_eq(text_of(".aider.conf.yml"), mine[i]);
	}
	/* a key of that name within another one is another */
	mf_put("proj/.aider.conf.yml", "x:\n  read: y\n");
	build("aider", NULL, NULL);
	mf_contains(text_of(".aider.conf.yml"), "x:\n  read: y\n");
	mf_contains(text_of(".aider.conf.yml"), "\nread: CONVENTIONS.md\n");
	/* once he has a list of his own, ours goes: a key may be there once */
	mf_put("proj/.aider.conf.yml",
		str_fmt(&mf.a, "read: OTHER.md\n%s", text_of(".aider.conf.yml")).p);
	build("aider", NULL, NULL);
	mf_contains(text_of(".aider.conf.yml"), "read: OTHER.md\nx:\n  read: y\n");
	mf_lacks(text_of(".aider.conf.yml"), "CONVENTIONS.md");
}
END_TEST

Suite *platforms_suite(void)
{
	Suite *s = suite_create("platforms");
	TCase *tc = tcase_create("library");

	tcase_add_checked_fixture(tc, open_library, mf_close);
	tcase_set_timeout(tc, 300);
	tcase_add_test(tc, skills_have_the_safe_form_everywhere);
	tcase_add_test(tc, everything_is_within_its_limits);
	tcase_add_test(tc, parts_are_within_what_is_shown);
	tcase_add_test(tc, links_and_paths_lead_to_what_is_there);
	tcase_add_test(tc, what_is_hidden_is_named_with_its_file);
	tcase_add_test(tc, headers_hold_what_the_platform_says);
	tcase_add_test(tc, the_table_agrees_with_itself);
	tcase_add_test(tc, shared_skills_are_the_same_bytes);
	suite_add_tcase(s, tc);
	tc = mf_case(s, "shared");
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, e23_platforms_of_one_tree_own_it_together);
	tcase_add_test(tc, e23_platforms_of_one_tree_in_one_run);
	tcase_add_test(tc, u10_regions_of_two_platforms_stay);
	tcase_add_test(tc, u06_the_user_s_aider_configuration_stays);
	tcase_add_test(tc, u06_a_list_of_the_user_s_own_is_left_to_him);
	return s;
}
