#include "model/model.h"
#include "model_fixture.h"
#include "rune/str.h"

Suite *mesh_suite(void);

static const char *vertex(struct vertex v)
{
	switch (v.kind) {
	case VERTEX_SKILL: return mf.p.skill[v.index].meta.name.p;
	case VERTEX_PACK: return mf.p.pack[v.index].base_name.p;
	case VERTEX_PART: return mf.p.pack[v.index].part[v.part].meta.name.p;
	case VERTEX_SIGNAL: return mf.p.mesh.signal[v.index].name.p;
	case VERTEX_NONE: break;
	}
	return "?";
}

static size_t vertex_len(struct vertex v)
{
	switch (v.kind) {
	case VERTEX_SKILL: return mf.p.skill[v.index].meta.name.n;
	case VERTEX_PACK: return mf.p.pack[v.index].base_name.n;
	case VERTEX_PART: return mf.p.pack[v.index].part[v.part].meta.name.n;
	case VERTEX_SIGNAL: return mf.p.mesh.signal[v.index].name.n;
	case VERTEX_NONE: break;
	}
	return 1;
}

static bool references = true; /* show them */

/* All edges, "a>b ref\n", "a>b call L2 'why'\n"; "?" for what is unknown. */
static const char *edges(void)
{
	static const char *const kind[] = { [EDGE_REFERENCE] = "ref",
		[EDGE_CALL] = "call",
		[EDGE_CALLED_BY] = "by",
		[EDGE_EMIT] = "emit",
		[EDGE_LISTEN] = "listen" };
	struct buf b = BUF_INIT(&mf.a);

	for (size_t i = 0; i < mf.p.mesh.nedge; i++) {
		const struct mesh_edge *e = &mf.p.mesh.edge[i];

		if (e->kind == EDGE_REFERENCE && !references)
			continue;
		buf_addf(&b, "%.*s>%.*s %s", (int)vertex_len(e->from), vertex(e->from),
			(int)vertex_len(e->to), vertex(e->to), kind[e->kind]);
		if (e->label.n)
			buf_addf(&b, " %.*s", STR_ARG(e->label));
		if (e->reason.n)
			buf_addf(&b, " '%.*s'", STR_ARG(e->reason));
		buf_addc(&b, '\n');
		/* a span always holds the name */
		ck_assert(str_eq(e->target,
			source_slice(source_get(&mf.p.sources, e->span.src), e->span)));
	}
	return b.n ? b.p : "";
}

static void put_names(void)
{
	mf_skill("scout", "", "# x\n");
	mf_skill("plan", "", "# x\n");
}

/* What a "Calls" section with `lines` states. */
static const char *calls(const char *lines)
{
	put_names();
	mf_skill("a", "", str_fmt(&mf.a, "# a\n\n## Calls (outbound)\n\n%s\n", lines).p);
	ck_assert(mf_load());
	return edges();
}

#define SCOUT_L2 "a>scout call L2 'the why'\n"

START_TEST(d08_shapes_of_one_name) /* D08 */
{
	static const char *const lines[] = { "- `scout` (L2): the why",
		"* `scout` (L2): the why", "+ `scout` (L2): the why",
		"1. `scout` (L2): the why", "- **scout** (L2): the why",
		"- **`scout`** (L2): the why", "- *scout* (L2): the why",
		"- __scout__ (L2): the why", "- `rune:scout` (L2): the why",
		"- rune:scout (L2): the why", "- **rune:scout** (L2): the why",
		"- scout (L2): the why", "- `scout` (L2) \xe2\x80\x94 the why",
		"- `scout` (L2) \xe2\x80\x93 the why", "- `scout` (L2) - the why",
		"- `scout` (L2) the why", "- `scout` (L2)   the\n  why",
		"- [`scout`](../scout/SKILL.md) (L2): the why",
		"- [ ] `scout` (L2): the why", "- \xe2\x86\x92 `scout` (L2): the why" };

	references = false; /* `rune:scout` is one of these, too */
	for (size_t i = 0; i < COUNTOF(lines); i++) {
		ck_assert_msg(
			!strcmp(calls(lines[i]), SCOUT_L2), "%s\n%s", lines[i], edges());
		ck_assert_msg(!mf.sink.n, "%s\n%s", lines[i], mf_findings());
	}
	references = true;
}
END_TEST

START_TEST(d08_names_without_a_layer) /* D08 */
{
	ck_assert_str_eq(calls("- `scout`"), "a>scout call\n");
	ck_assert_str_eq(calls("- scout"), "a>scout call\n");
	ck_assert_str_eq(calls("- scout: why"), "a>scout call 'why'\n");
	ck_assert_str_eq(calls("- `scout` for finding `plan` files"),
		"a>scout call 'for finding `plan` files'\n");
	ck_assert_str_eq(
		calls("- `scout` (optional): why"), "a>scout call '(optional): why'\n");
	ck_assert_uint_eq(mf.sink.n, 0);
}
END_TEST

START_TEST(d08_several_names_in_a_line) /* D08 */
{
	static const char *const lines[] = { "- `scout`, `plan` (L2): why",
		"- `scout` and `plan` (L2): why", "- `scout` / `plan` (L2): why",
		"- `scout`/`plan` (L2): why", "- `scout` + `plan` (L2): why",
		"- `scout` & `plan` (L2): why", "- `scout` (L2), `plan` (L2): why",
		"- **scout**, **plan** (L2): why", "- scout, plan (L2): why" };

	for (size_t i = 0; i < COUNTOF(lines); i++)
		ck_assert_msg(!strcmp(calls(lines[i]), "a>scout call L2 'why'\n"
						       "a>plan call L2 'why'\n"),
			"%s\n%s", lines[i], edges());
	ck_assert_str_eq(calls("- `scout` (L1/L2): why"), "a>scout call L1/L2 'why'\n");
	ck_assert_str_eq(calls("- `scout` (L2), `plan` (L3, rarely): why"),
		"a>scout call L2 'why'\na>plan call L3, rarely 'why'\n");
}
END_TEST

START_TEST(d08_tables) /* D08 */
{
	ck_assert_str_eq(
		calls("| Skill | Layer | Why |\n|---|---|---|\n| `scout` | L2 | the "
		      "`plan` |\n| plan | (L2) | x |\n| every other | L2 | y |"),
		"a>scout call L2 'the `plan`'\na>plan call L2 'x'\n");
	ck_assert_uint_eq(mf.sink.n, 0);
	ck_assert_str_eq(calls("| scout | plan |\n|---|---|\n| `scout` (L2) | why |"),
		"a>scout call L2 'why'\n");
}
END_TEST

START_TEST(d08_headings) /* D08 */
{
	static const char *const heads[] = { "## Calls", "## Calls (outbound)",
		"### CALLS", "## **Calls**", "## Calls:", "## Calls (out)" };
	static const char *const by[] = { "## Called By", "## Called By (inbound)",
		"### called by", "## Called-By" };
	static const char *const other[] = { "## Callers", "## Recalls",
		"## Calls to action" };

	put_names();
	for (size_t i = 0; i < COUNTOF(heads); i++) {
		mf_skill("a", "",
			str_fmt(&mf.a, "# a\n\n%s\n\n- `scout` (L2): x\n", heads[i]).p);
		mf_load_clean();
		ck_assert_str_eq(edges(), "a>scout call L2 'x'\n");
	}
	for (size_t i = 0; i < COUNTOF(by); i++) {
		mf_skill("a", "",
			str_fmt(&mf.a, "# a\n\n%s\n\n- `scout` (L2): x\n", by[i]).p);
		mf_load_clean();
		ck_assert_str_eq(edges(), "a>scout by L2 'x'\n");
	}
	for (size_t i = 0; i < COUNTOF(other); i++) {
		mf_skill("a", "",
			str_fmt(&mf.a, "# a\n\n%s\n\n- `scout` (L2): x\n", other[i]).p);
		mf_load_clean();
		ck_assert_str_eq(edges(), "");
	}
}
END_TEST

START_TEST(d08_both_below_one_heading) /* D08 */
{
	put_names();
	mf_skill("a", "",
		"# a\n\n## Connections\n\n### Calls\n\n- `scout`: x\n\n### Called By\n"
		"\n- `plan`: y\n\n## Calls\n\n- `plan`: z\n\n### Called By\n\n- "
		"`scout`: w\n");
	mf_load_clean();
	ck_assert_str_eq(edges(),
		"a>scout call 'x'\na>plan by 'y'\na>plan call 'z'\na>scout by "
		"'w'\n");
}
END_TEST

START_TEST(d08_items_that_are_not_understood_are_reported) /* D08 */
{
	ck_assert_str_eq(
		calls("- The scout skill, when needed\n- `npm run plan` first\n- Scout "
		      "(L2): x"),
		"");
	ck_assert_uint_eq(mf_reported(RULE_CALL_SHAPE), 3);
	mf_contains(mf_findings(), "src/skills/a/SKILL.md:10:1 RN2003");
	mf_has_note(mf.sink.v[0], "write - `name` (L2): reason");
}
END_TEST

START_TEST(d08_prose_and_nothing_are_fine) /* D08 */
{
	static const char *const lines[] = { "None.", "None: this skill calls nobody.",
		"- None", "- none (leaf)", "- (none)", "- N/A", "- Nothing", "- *None*",
		"- User: `/rune a`", "- Any skill that needs `scout`",
		"Called by `scout` when in doubt.", "```\n- scout (L2): x\n```",
		"- all of them" };

	for (size_t i = 0; i < COUNTOF(lines); i++) {
		ck_assert_msg(!strcmp(calls(lines[i]), ""), "%s\n%s", lines[i], edges());
		ck_assert_msg(!mf.sink.n, "%s\n%s", lines[i], mf_findings());
	}
}
END_TEST

START_TEST(d08_lists_in_lists) /* D08 */
{
	/* an item that states something has its details below it */
	ck_assert_str_eq(
		calls("- `scout` (L2): x\n  - the `plan` too"), "a>scout call L2 'x'\n");
	/* one that states nothing may head a list */
	ck_assert_str_eq(calls("- In phase 1:\n  - `scout` (L2): x\n  - `plan` (L2): y"),
		"a>scout call L2 'x'\na>plan call L2 'y'\n");
	ck_assert_uint_eq(mf.sink.n, 0);
}
END_TEST

START_TEST(d05_unknown_connections_are_reported) /* D05 */
{
	ck_assert_str_eq(
		calls("- `ghost` (L3): x\n- `scuot` (L2): y\n- `scout-x` (L2): z"),
		"a>? call L3 'x'\na>? call L2 'y'\na>? call L2 'z'\n");
	mf_contains(mf_findings(), "src/skills/a/SKILL.md:10:4 RN2002 call of 'ghost', "
				   "which does not exist");
	mf_contains(mf_findings(),
		"11:4 RN2002 call of 'scuot', which does not exist\n\tdid "
		"you mean 'scout'?");
	ck_assert_uint_eq(mf_reported(RULE_CALL_DANGLING), 3);
}
END_TEST

START_TEST(t12_unknown_references_are_reported) /* T12 */
{
	put_names();
	mf_skill("a", "", "# a\n\nAsk `rune:scuot`, rune:scout-it and rune:plan.\n");
	mf_put("src/skills/a/references/r.md", "See rune:nosuch.\n");
	ck_assert(mf_load());
	ck_assert_str_eq(edges(), "a>? ref\na>scout ref\na>plan ref\na>? ref\n");
	mf_contains(mf_findings(),
		"src/skills/a/SKILL.md:8:11 RN2001 reference to 'scuot', "
		"which does not exist\n\tdid you mean 'scout'?");
	mf_contains(mf_findings(),
		"src/skills/a/references/r.md:1:10 RN2001 reference to "
		"'nosuch'");
}
END_TEST

START_TEST(references_to_what_is_disabled)
{
	put_names();
	mf_skill("a", "",
		"# a\n\nAsk rune:scout-it, rune:dock/moor.\n\n## Calls\n\n- `plan`: "
		"x\n");
	mf_pack("src/extensions/dock", "", "# D\n");
	mf_config("\"skills\": {\"disabled\": [\"scout\", \"plan\"]}, \"extensions\": "
		  "{\"enabled\": []}");
	ck_assert(mf_load());
	ck_assert_uint_eq(mf_reported(RULE_REF_DISABLED), 3);
	ck_assert_uint_eq(mf.sink.n, 3);
	mf_contains(mf_findings(), "8:10 RN2006 reference to 'scout', which is off");
	mf_contains(mf_findings(), "RN2006 call of 'plan', which is off");
}
END_TEST

START_TEST(edges_are_in_document_order)
{
	put_names();
	mf_skill("a", "metadata:\n  emit: b.rang\n",
		"# a\n\nAsk rune:plan.\n\n## Calls\n\n- `scout`: see rune:plan\n\n## "
		"End\n\nAsk rune:scout.\n");
	mf_load_clean();
	ck_assert_str_eq(edges(),
		"a>b.rang emit\na>plan ref\na>scout call 'see rune:plan'\n"
		"a>plan ref\na>scout ref\n");
}
END_TEST

START_TEST(packs_and_their_parts_are_vertices)
{
	mf_skill("a", "",
		"# a\n\n## Calls\n\n- `dock` (L4): x\n- `dock/moor`: y\n- "
		"`@rune/dock`: z\n");
	mf_pack("src/extensions/dock", "",
		"# D\n\nAsk rune:a.\n\n## Skills Included\n\n### moor\n\nAsk "
		"rune:dock/cast.\n\n"
		"#### Calls\n\n- `a`: inner\n\n### cast\n\nAsk rune:a.\n\n## "
		"Connections\n\n### "
		"Calls (outbound)\n\n- `a` (L2): outer\n\n### Called By (inbound)\n\n- "
		"`a` "
		"(L2): back\n");
	mf_load_clean();
	ck_assert_str_eq(edges(),
		"a>dock call L4 'x'\na>moor call 'y'\na>dock call 'z'\n"
		"dock>a ref\ndock>a call L2 'outer'\ndock>a by L2 'back'\n"
		"moor>cast ref\nmoor>a call 'inner'\ncast>a ref\n");
}
END_TEST

START_TEST(inherited_parts_speak_for_the_winner)
{
	mf_skill("a", "", "# a\n");
	mf_pack("src/extensions/dock", "",
		"# D\n\nAsk rune:a.\n\n## Skills Included\n\n### moor\n\nAsk rune:a.\n");
	mf_pack("Pro/extensions/pro-dock", "", "# P\n");
	mf_config("\"tiers\": {\"pro\": \"../Pro\"}");
	mf_load_clean();
	ck_assert_str_eq(edges(), "moor>a ref\n");
}
END_TEST

START_TEST(d09_signals_come_from_frontmatter_only) /* D09 */
{
	const struct mesh *m = &mf.p.mesh;

	mf_skill("a", "metadata:\n  emit: x.y, constructor\n  listen: q.r\n",
		"# a\n\n```\nemit: fake.signal\n```\n");
	mf_skill("b", "metadata:\n  listen: [x.y]\n", "# b\n\nemit: other.fake\n");
	mf_skill("c", "metadata:\n  emit: x.y\n", "# c\n");
	mf_load_clean();
	ck_assert_uint_eq(m->nsignal, 3);
	mf_str_eq(m->signal[0].name, "constructor");
	mf_str_eq(m->signal[1].name, "q.r");
	mf_str_eq(m->signal[2].name, "x.y");
	ck_assert_uint_eq(m->signal[2].nemitter, 2);
	ck_assert_uint_eq(m->signal[2].nlistener, 1);
	ck_assert_str_eq(vertex(m->signal[2].emitter[1]), "c");
	ck_assert_str_eq(vertex(m->signal[2].listener[0]), "b");
	ck_assert_str_eq(edges(),
		"a>x.y emit\na>constructor emit\na>q.r listen\nb>x.y listen\n"
		"c>x.y emit\n");
}
END_TEST

START_TEST(texts_are_checked_too)
{
	put_names();
	mf_put("src/commands/go.md",
		"---\ndescription: d\n---\nAsk rune:plan, rune:ghost.\n");
	ck_assert(mf_load());
	mf_contains(mf_findings(), "src/commands/go.md:4:21 RN2001 reference to 'ghost'");
	ck_assert_uint_eq(mf.sink.n, 1);
}
END_TEST

START_TEST(no_line_is_too_odd)
{
	static const char *const lines[] = { "-", "- ", "- `", "- ``", "- **", "- (",
		"- (L2", "- `a`b", "- rune:", "- rune:-", "- `rune:`", "- @", "- @/",
		"- [`x`](", "- / /", "- ,,,,", "- `a`,", "- `a`, , `b`", "| |", "|",
		"- `a`(L2)(L3)::", "- \xe2\x86\x92", "1.", "1) `a`", "- `-a`", "- `a-`",
		"- `a/`", "- a/b/c" };

	for (size_t i = 0; i < COUNTOF(lines); i++)
		calls(lines[i]);
}
END_TEST

Suite *mesh_suite(void)
{
	Suite *s = suite_create("mesh");
	TCase *tc = mf_case(s, "mesh");

	tcase_add_test(tc, d08_shapes_of_one_name);
	tcase_add_test(tc, d08_names_without_a_layer);
	tcase_add_test(tc, d08_several_names_in_a_line);
	tcase_add_test(tc, d08_tables);
	tcase_add_test(tc, d08_headings);
	tcase_add_test(tc, d08_both_below_one_heading);
	tcase_add_test(tc, d08_items_that_are_not_understood_are_reported);
	tcase_add_test(tc, d08_prose_and_nothing_are_fine);
	tcase_add_test(tc, d08_lists_in_lists);
	tcase_add_test(tc, d05_unknown_connections_are_reported);
	tcase_add_test(tc, t12_unknown_references_are_reported);
	tcase_add_test(tc, references_to_what_is_disabled);
	tcase_add_test(tc, edges_are_in_document_order);
	tcase_add_test(tc, packs_and_their_parts_are_vertices);
	tcase_add_test(tc, inherited_parts_speak_for_the_winner);
	tcase_add_test(tc, d09_signals_come_from_frontmatter_only);
	tcase_add_test(tc, texts_are_checked_too);
	tcase_add_test(tc, no_line_is_too_odd);
	return s;
}
