/* What holds of the passes on every real text at hand: the library, and the
 * corpus beside the checkout if there is one. */
#include <check.h>
#include <stdlib.h>

#include "doc_invariants.h"
#include "pass_fixture.h"
#include "rune/emit.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

Suite *pass_properties_suite(void);

static const struct str placeholder = STR_INIT("{scripts_dir}");

/* ---- files ---- */

struct paths {
	struct str *v;
	size_t n, cap;
};

static void find_markdown(struct paths *p, struct str dir)
{
	struct os_entry *e;
	size_t n;

	if (os_list_dir(dir, &fx.a, &e, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		struct str path = path_join(&fx.a, dir, e[i].name);

		if (e[i].kind == OS_DIR)
			find_markdown(p, path);
		else if (e[i].kind == OS_FILE && str_ends(path, STR(".md")))
			*arena_push(&fx.a, struct str, p->v, p->n, p->cap) = path;
	}
}

static struct paths all_files(void)
{
	struct paths p = { 0 };

	find_markdown(&p, STR(RUNE_SOURCE_DIR "/skills"));
	find_markdown(&p, STR(RUNE_SOURCE_DIR "/extensions"));
	ck_assert_uint_gt(p.n, 8);
	find_markdown(&p, STR(RUNE_SOURCE_DIR "/../shared/corpus"));
	return p;
}

static const struct doc *parse(struct str path)
{
	struct str text;

	ck_assert_int_eq(os_read_file(path, SOURCE_MAX, &fx.a, &text), 0);
	return doc_parse(
		source_add(&fx.p.sources, path, text, SOURCE_FILE), 0, &fx.a, &fx.sink);
}

/* Every sentence that a pass knows, here and there in the text of others. */
static struct str seasoned(struct str text)
{
	static const char *const spice[] = { "Use `Grep` for it.", "the `Read` tool",
		"rune:alpha, `rune:beta` and rune:backend/auth-patterns", "(`Bash`)",
		"Spawn 3 parallel agents.", "`run rune:cook`", "{scripts_dir}/go.sh",
		"references/r.md" };
	struct buf b = BUF_INIT(&fx.a);
	struct str line;
	size_t i = 0, k = 0;

	while (str_line(&text, &line)) {
		buf_add(&b, line);
		if (line.n > 20 && line.p[line.n - 1] != '\\' && ++i % 3 == 0)
			buf_addf(&b, " %s", spice[k++ % COUNTOF(spice)]);
		buf_addc(&b, '\n');
	}
	return buf_str(&b);
}

static const struct unit_link links[] = {
	{ STR_INIT("references/r.md"), STR_INIT("elsewhere/r.md") },
};

static struct unit unit_of(const struct doc *d)
{
	return (struct unit){ .doc = d,
		.range = d->body,
		.skill = fx_skill("alpha"),
		.main = true,
		.shift = 1,
		.scripts_dir = STR("x/scripts"),
		.out_path = STR("x/y.md"),
		.link = links,
		.nlink = COUNTOF(links) };
}

/* ---- where a pass may act ---- */

static bool inside(struct span in, struct span out)
{
	return in.off >= out.off && span_end(in) <= span_end(out);
}

/* Is every byte of `at` in some run? */
static bool in_runs(const struct doc *d, struct span at)
{
	uint32_t pos = at.off;

	for (uint32_t i = 0; i < d->nrun && pos < span_end(at); i++)
		if (d->run[i].span.off <= pos && pos < span_end(d->run[i].span))
			pos = span_end(d->run[i].span);
	return pos >= span_end(at);
}

static bool in_code(const struct doc *d, struct span at)
{
	for (node_id i = 1; i < d->nnode; i++)
		if (d->node[i].kind == DOC_CODE_BLOCK &&
			at.off < span_end(d->node[i].span) &&
			d->node[i].span.off < span_end(at))
			return true;
	return false;
}

static bool in_heading(const struct doc *d, struct span at)
{
	for (node_id i = 1; i < d->nnode; i++)
		if (d->node[i].kind == DOC_HEADING && inside(at, d->node[i].span))
			return true;
	return false;
}

static bool in_destination(const struct doc *d, struct span at)
{
	for (uint32_t i = 0; i < d->nlink; i++)
		if (inside(at, d->link[i].destination))
			return true;
	return false;
}

static bool may_edit(const struct doc *d, struct str pass, const struct edit *e)
{
	struct span at = { d->src->id, e->off, e->len };

	if (str_eq(pass, STR("scripts")))
		return str_eq(doc_text(d, at), placeholder);
	if (!e->len && !str_eq(pass, STR("headings")))
		return str_eq(pass, STR("compliance")) ||
		       str_eq(pass, STR("constraints")) || str_eq(pass, STR("branding"));
	if (in_code(d, at))
		return false;
	if (str_eq(pass, STR("headings")))
		return in_heading(d, at);
	if (str_eq(pass, STR("links")))
		return in_runs(d, at) || in_destination(d, at);
	return in_runs(d, at);
}

static void check_pass(const struct adapter *ad, const struct unit *u, uint16_t pass)
{
	struct edit_list l = { &fx.a, NULL, 0, 0 };
	struct pass_ctx c = { &fx.p, ad, u, &fx.a, &fx.sink, pass };

	pass_table[pass].run(&c, &l);
	for (size_t i = 0; i < l.n; i++) {
		struct span at = { u->doc->src->id, l.v[i].off, l.v[i].len };
		struct linecol lc = source_locate(u->doc->src, at.off);

		ck_assert_msg(may_edit(u->doc, pass_table[pass].name, &l.v[i]),
			"%.*s:%u:%u: '%.*s' changes '%.*s' to '%.*s'",
			STR_ARG(u->doc->src->path), lc.line, lc.col,
			STR_ARG(pass_table[pass].name), STR_ARG(doc_text(u->doc, at)),
			STR_ARG(l.v[i].with));
	}
}

static const struct adapter *const adapters[] = { &fx_prose, &fx_native, &fx_flat,
	&fx_plugin };

static void check_passes(const struct doc *d)
{
	struct unit u = unit_of(d);

	for (size_t i = 0; i < COUNTOF(adapters); i++)
		for (uint16_t pass = 0; pass < pass_count; pass++)
			check_pass(adapters[i], &u, pass);
}

START_TEST(a_pass_edits_only_where_it_may)
{
	struct paths files = all_files();

	for (size_t i = 0; i < files.n; i++) {
		const struct doc *d = parse(files.v[i]);
		struct str text;

		if (!d)
			continue;
		check_passes(d);
		text = seasoned(d->src->text);
		d = doc_parse(source_add(&fx.p.sources, files.v[i], text, SOURCE_FILE), 0,
			&fx.a, &fx.sink);
		if (d)
			check_passes(d);
	}
}
END_TEST

START_TEST(without_edits_the_bytes_are_the_same)
{
	static const struct adapter none = { .title = STR_INIT("None"),
		.caps = CAP_NATIVE_REFS | CAP_NATIVE_TOOLS | CAP_SUBAGENTS };
	struct paths files = all_files();

	fx.p.by_name = fx.p.pack_by_name = (struct map)MAP_INIT(&fx.a);
	for (size_t i = 0; i < files.n; i++) {
		const struct doc *d = parse(files.v[i]);
		struct unit u;
		struct str out;

		if (!d)
			continue;
		u = (struct unit){ .doc = d, .range = d->body, .out_path = STR("x.md") };
		u.scripts_dir = placeholder;
		out = fx_run_unit(&none, &u, NULL);
		ck_assert(str_eq(out, doc_text(d, d->body)));
	}
}
END_TEST

/* ---- the whole chain ---- */

static struct str outline(const struct doc *d, int32_t shift)
{
	struct buf b = BUF_INIT(&fx.a);

	for (node_id i = 1; i < d->nnode; i++) {
		int32_t level = (int32_t)d->node[i].level + shift;

		if (d->node[i].kind == DOC_HEADING)
			buf_addf(&b, "%d ", level > 6 ? 6 : level);
	}
	return buf_str(&b);
}

static struct str code_blocks(const struct doc *d)
{
	struct buf b = BUF_INIT(&fx.a);

	for (node_id i = 1; i < d->nnode; i++)
		if (d->node[i].kind == DOC_CODE_BLOCK)
			buf_addf(&b, "%.*s\n",
				STR_ARG(str_trim(doc_text(d, d->node[i].span))));
	return str_expand(&fx.a, buf_str(&b), STR("scripts_dir"), STR("x/scripts"));
}

static void check_output(const struct doc *d, const struct adapter *ad)
{
	struct unit u = unit_of(d);
	struct str out, want = outline(d, 1), got;
	const struct doc *again;

	u.main = true;
	fx.p.config.compliance = fx.p.config.branding = true;
	out = fx_run_unit(ad, &u, NULL);
	again = doc_parse(
		source_add(&fx.p.sources, d->src->path,
			str_fmt(&fx.a, "---\n---\n%.*s", STR_ARG(out)), SOURCE_FILE),
		0, &fx.a, &fx.sink);
	ck_assert_ptr_nonnull(again);
	if (!(ad->caps & CAP_HOOKS))
		want = str_fmt(&fx.a, "%.*s2 ", STR_ARG(want));
	got = outline(again, 0);
	ck_assert_msg(str_eq(got, want), "%.*s on %.*s: headings %.*s, not %.*s",
		STR_ARG(d->src->path), STR_ARG(ad->title), STR_ARG(got), STR_ARG(want));
	want = code_blocks(d);
	got = code_blocks(again);
	ck_assert_msg(str_starts(got, str_trim(want)), "%.*s on %.*s: code differs",
		STR_ARG(d->src->path), STR_ARG(ad->title));
}

START_TEST(the_output_has_the_same_headings_and_code)
{
	/* Y03 */
	struct paths files = all_files();

	for (size_t i = 0; i < files.n; i++) {
		const struct doc *d = parse(files.v[i]);

		for (size_t k = 0; d && k < COUNTOF(adapters); k++)
			check_output(d, adapters[k]);
	}
}
END_TEST

/* ---- our own library, on every platform ---- */

START_TEST(no_edit_is_lost_on_the_library)
{
	struct project p = { 0 };
	struct project_options o = { .dir = STR(RUNE_SOURCE_DIR "/tests/unit"),
		.library_dir = STR(RUNE_SOURCE_DIR) };
	size_t lost = 0, links_broken = 0;

	ck_assert(project_load(&p, &o, &fx.a, &fx.sink));
	ck_assert_uint_gt(p.nskill, 0);
	for (size_t i = 0; i < adapter_count; i++) {
		struct outtree tree;
		struct emit_stats stats = { 0 };

		outtree_init(&tree, &fx.a);
		ck_assert(emit_platform(&p, adapter_table[i], &(struct made_skills){ 0 },
			&fx.a, &fx.sink, &tree, &stats));
	}
	for (size_t i = 0; i < fx.sink.n; i++) {
		lost += fx.sink.v[i]->rule == RULE_OUT_EDIT_LOST;
		links_broken += fx.sink.v[i]->rule == RULE_LINK_BROKEN;
	}
	ck_assert_uint_eq(lost, 0);
	ck_assert_uint_eq(links_broken, 0);
}
END_TEST

Suite *pass_properties_suite(void)
{
	Suite *s = suite_create("pass_properties");
	TCase *t = tcase_create("properties");

	tcase_add_checked_fixture(t, fx_open, fx_close);
	tcase_set_timeout(t, 300);
	tcase_add_test(t, a_pass_edits_only_where_it_may);
	tcase_add_test(t, without_edits_the_bytes_are_the_same);
	tcase_add_test(t, the_output_has_the_same_headings_and_code);
	tcase_add_test(t, no_edit_is_lost_on_the_library);
	suite_add_tcase(s, t);
	return s;
}
