/* What a model is shown of all skills, made to fit: what is hidden can be found, what is
 * shortened still says something, and what does not fit is said. */
#include <stdlib.h>

#include "emit_fixture.h"
#include "rune/listing.h"
#include "rune/utf8.h"

Suite *listing_suite(void);

/* ---- a mesh in memory ------------------------------------------------------------------ */

static const struct root root = { .prefix = STR_INIT("rune-") };
static struct project mesh;
static struct skill *skills;
static struct mesh_edge *edges;

static uint32_t seed;

static uint32_t pick(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static void open_mesh(size_t n, size_t calls)
{
	mesh = (struct project){ .a = &mf.a, .nskill = n };
	mesh.skill = skills = arena_array(&mf.a, struct skill, n);
	mesh.mesh.edge = edges = arena_array(&mf.a, struct mesh_edge, 2 * calls);
	for (size_t i = 0; i < n; i++) {
		struct str name = str_fmt(&mf.a, "skill-%03zu", i);

		skills[i].root = &root;
		skills[i].emit_name = str_fmt(&mf.a, "rune-%.*s", STR_ARG(name));
		skills[i].meta.name = name;
		skills[i].meta.layer = LAYER_L2;
		skills[i].meta.description = str_fmt(&mf.a,
			"Does the thing that %.*s is about, in full. Use when somebody "
			"asks for it, when it is late, or when the other one says so; "
			"also at the end of a day on which nothing else was done.",
			STR_ARG(name));
	}
}

static void edge(enum edge_kind kind, uint32_t from, uint32_t to)
{
	edges[mesh.mesh.nedge++] = (struct mesh_edge){ .kind = kind,
		.from = { VERTEX_SKILL, from, 0 },
		.to = { VERTEX_SKILL, to, 0 } };
}

/* In the list of calls and in the text. */
static void call(uint32_t from, uint32_t to)
{
	edge(EDGE_CALL, from, to);
	edge(EDGE_REFERENCE, from, to);
}

static void random_mesh(uint32_t n)
{
	static const enum layer layers[] = { LAYER_NONE, LAYER_L0, LAYER_L1, LAYER_L2,
		LAYER_L2, LAYER_L3, LAYER_L3, LAYER_L3, LAYER_L4 };

	open_mesh(n, n * 2);
	for (uint32_t i = 0; i < n; i++) {
		struct meta *m = &skills[i].meta;

		m->layer = layers[pick(COUNTOF(layers))];
		m->hidden_from_user = !pick(4);
		m->hidden_from_model = !pick(6);
		skills[i].broken = !pick(20);
		if (!pick(3))
			m->brief = STR("Its author's few words.");
		m->description = str_sub(m->description, 0, 30 + pick(120));
	}
	/* edges stand together by the skill that they come from */
	for (uint32_t i = 0; i < n * 2; i++) {
		uint32_t to = pick(n), how = pick(4);

		if (how != 1)
			edge(EDGE_CALL, i / 2, to);
		if (how)
			edge(EDGE_REFERENCE, i / 2, to);
	}
}

static struct listing fit(
	const struct project *p, const struct adapter *ad, uint32_t context)
{
	struct listing l;

	listing_make(&l, p, ad, &mf.a);
	listing_fit(&l, ad, context, &mf.a);
	return l;
}

static const struct listing_item *item(const struct listing *l, size_t i)
{
	const struct listing_item *x = listing_of_skill(l, &skills[i]);

	ck_assert_ptr_nonnull(x);
	return x;
}

static const struct adapter claude = { .name = STR_INIT("x"),
	.title = STR_INIT("X"),
	.skill_path = STR_INIT(".x/{name}/SKILL.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.listing = { .fill = LIST_DROP,
		.hide = HIDE_KEY,
		.tokens = 25,
		.own = 6077,
		.own_full = 134,
		.entry = 3,
		.names = 1,
		.described = 2,
		.description = 1536 } };

static void load_library(struct project *p)
{
	struct project_options o = { .dir = STR(RUNE_SOURCE_DIR "/tests/unit"),
		.library_dir = STR(RUNE_SOURCE_DIR) };

	*p = (struct project){ 0 };
	diag_sink_init(&mf.sink, &mf.a, NULL);
	ck_assert(project_load(p, &o, &mf.a, &mf.sink));
	ck_assert_uint_gt(p->nskill, 8);
}

/* ---- what is hidden can be found -------------------------------------------------------- */

static const struct listing_item *vertex_item(const struct listing *l, struct vertex v)
{
	if (v.kind == VERTEX_SKILL)
		return listing_of_skill(l, &l->project->skill[v.index]);
	if (v.kind == VERTEX_PACK || v.kind == VERTEX_PART)
		return listing_of_pack(l, &l->project->pack[v.index]);
	return NULL;
}

/* From what is listed, by calls or by references. */
static bool *reached(const struct listing *l, enum edge_kind kind)
{
	bool *v = arena_array(&mf.a, bool, l->n), more = true;

	for (size_t i = 0; i < l->n; i++)
		v[i] = !l->v[i].hidden;
	while (more) {
		more = false;
		for (size_t i = 0; i < l->project->mesh.nedge; i++) {
			const struct mesh_edge *e = &l->project->mesh.edge[i];
			const struct listing_item *from, *to;

			if (e->kind != kind || !(from = vertex_item(l, e->from)) ||
				!(to = vertex_item(l, e->to)) || !v[from - l->v] ||
				v[to - l->v])
				continue;
			v[to - l->v] = more = true;
		}
	}
	return v;
}

static void check_hidden(const struct listing *l, const struct adapter *ad)
{
	const bool *called = reached(l, EDGE_CALL);
	const bool *named = reached(l, EDGE_REFERENCE);
	size_t hidden = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct listing_item *x = &l->v[i];

		if (!x->hidden)
			continue;
		ck_assert_int_ne(ad->listing.hide, HIDE_NEVER);
		if (x->meta->hidden_from_model)
			continue;
		hidden++;
		ck_assert_msg(called[i] && named[i], "%.*s: nobody comes to %.*s",
			STR_ARG(ad->title), STR_ARG(x->name));
		ck_assert_msg(x->meta->layer != LAYER_L0 && x->meta->layer != LAYER_L1,
			"%.*s: %.*s is hidden", STR_ARG(ad->title), STR_ARG(x->name));
	}
	ck_assert_uint_eq(hidden, l->nhidden);
}

/* What the client counts, by the adapter's figures. */
static size_t counted(const struct listing *l, const struct adapter_listing *b)
{
	size_t sum = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct listing_item *x = &l->v[i];
		size_t n = utf8_count(x->text);

		if (x->hidden)
			continue;
		n = b->description && n > b->description ? b->description : n;
		sum += b->entry + (b->names ? b->names : 1) * utf8_count(x->name);
		sum += n ? n + b->described : 0;
	}
	return sum;
}

static void check_sums(const struct listing *l, const struct adapter *ad)
{
	size_t lost = 0, missing = 0, shortened = 0, room = l->room;

	for (size_t i = 0; i < l->n; i++) {
		const struct listing_item *x = &l->v[i];

		lost += x->lost;
		missing += x->missing;
		shortened += !x->hidden && !str_eq(x->text, x->meta->description);
		ck_assert(x->text.n || !x->meta->description.n);
	}
	ck_assert_uint_eq(lost, l->nlost);
	ck_assert_uint_eq(missing, l->nmissing);
	ck_assert_uint_eq(shortened, l->nshort);
	ck_assert_uint_eq(l->used, counted(l, &ad->listing));
	if (!l->room || ad->listing.fill == LIST_ALL || ad->listing.fill == LIST_NAMES)
		return;
	if (ad->listing.fill != LIST_EQUAL)
		room += ad->listing.own_full; /* its own give way first */
	ck_assert_msg(l->used <= room || lost,
		"%.*s: %zu of %zu characters, and nothing is lost", STR_ARG(ad->title),
		l->used, room);
}

START_TEST(the_hidden_of_the_library_can_be_found)
{
	static const uint32_t contexts[] = { 32000, 128000, 200000, 1000000 };
	struct project p;

	load_library(&p);
	for (size_t i = 0; i < adapter_count; i++)
		for (size_t k = 0; k < COUNTOF(contexts); k++) {
			struct listing l = fit(&p, adapter_table[i], contexts[k]);

			check_hidden(&l, adapter_table[i]);
			check_sums(&l, adapter_table[i]);
		}
}
END_TEST

START_TEST(the_hidden_of_any_mesh_can_be_found)
{
	static const enum listing_fill fills[] = { LIST_ALL, LIST_NAMES, LIST_DROP,
		LIST_TAIL, LIST_EQUAL };
	static const enum listing_hide hides[] = { HIDE_NEVER, HIDE_KEY, HIDE_OPENAI };

	for (uint32_t round = 0; round < 400; round++) {
		struct adapter ad = { .name = STR("x"), .title = STR("X") };
		struct listing l;

		seed = round;
		random_mesh(1 + pick(60));
		ad.listing = (struct adapter_listing){ .fill = fills[pick(5)],
			.hide = hides[pick(3)],
			.chars = pick(3) ? 100 + pick(8000) : 0,
			.tokens = pick(4) ? 0 : 25 + pick(50),
			.own = pick(200),
			.own_full = pick(100),
			.entry = pick(100),
			.names = pick(3),
			.described = pick(4),
			.description = pick(2) ? 0 : 200,
			.entries = pick(3) ? 0 : 1 + pick(40) };
		l = fit(&mesh, &ad, 20000 + pick(200000));
		check_hidden(&l, &ad);
		check_sums(&l, &ad);
	}
}
END_TEST

START_TEST(nobody_comes_by_one_whom_the_author_hides)
{
	struct listing l;

	open_mesh(3, 2);
	skills[0].meta.layer = skills[2].meta.layer = LAYER_L1;
	skills[0].meta.hidden_from_model = true;
	skills[1].meta.hidden_from_user = true;
	call(0, 1);
	l = fit(&mesh, &claude, 200000);
	ck_assert(item(&l, 0)->hidden && !item(&l, 1)->hidden);
	call(2, 1);
	l = fit(&mesh, &claude, 200000);
	ck_assert(item(&l, 1)->hidden);
	ck_assert_uint_eq(l.nhidden, 1);
}
END_TEST

/* Its name in a list of calls does not say where it is. */
START_TEST(a_caller_that_does_not_say_where_is_none)
{
	struct listing l;

	open_mesh(2, 1);
	skills[0].meta.layer = LAYER_L1;
	skills[1].meta.hidden_from_user = true;
	edge(EDGE_CALL, 0, 1);
	l = fit(&mesh, &claude, 200000);
	ck_assert(!item(&l, 1)->hidden);
	edge(EDGE_REFERENCE, 0, 1);
	l = fit(&mesh, &claude, 200000);
	ck_assert(item(&l, 1)->hidden);
}
END_TEST

START_TEST(two_that_call_each_other_are_not_both_hidden)
{
	struct listing l;

	open_mesh(2, 2);
	for (size_t i = 0; i < 2; i++) {
		skills[i].meta.hidden_from_user = true;
		skills[i].meta.layer = LAYER_L3;
	}
	call(0, 1);
	call(1, 0);
	l = fit(&mesh, &claude, 200000);
	ck_assert(item(&l, 0)->hidden != item(&l, 1)->hidden);
	mesh.mesh.nedge = 2; /* and a call of oneself is none */
	skills[0].meta.layer = LAYER_L2;
	call(0, 0);
	l = fit(&mesh, &claude, 200000);
	ck_assert(!item(&l, 0)->hidden && item(&l, 1)->hidden);
}
END_TEST

/* ---- the same whatever the order ---------------------------------------------------------- */

START_TEST(fitting_does_not_depend_on_the_order)
{
	for (uint32_t round = 0; round < 20; round++) {
		uint32_t n = 40, *at;
		struct skill *from;
		struct listing a, b;

		seed = round;
		random_mesh(n);
		a = fit(&mesh, &claude, 200000);
		b = fit(&mesh, &claude, 200000);
		for (size_t i = 0; i < a.n; i++)
			ck_assert(a.v[i].hidden == b.v[i].hidden &&
				  str_eq(a.v[i].text, b.v[i].text));
		/* the same skills in another order, and their calls likewise */
		from = skills;
		mesh.skill = skills = arena_array(&mf.a, struct skill, n);
		at = arena_array(&mf.a, uint32_t, n);
		for (uint32_t i = 0; i < n; i++) {
			at[i] = (i * 17 + 5) % n;
			skills[at[i]] = from[i];
		}
		for (size_t i = 0; i < mesh.mesh.nedge; i++) {
			edges[i].from.index = at[edges[i].from.index];
			edges[i].to.index = at[edges[i].to.index];
		}
		b = fit(&mesh, &claude, 200000);
		ck_assert_uint_eq(a.n, b.n);
		for (size_t i = 0; i < a.n; i++)
			ck_assert(str_eq(a.v[i].name, b.v[i].name) &&
				  a.v[i].hidden == b.v[i].hidden &&
				  a.v[i].rank == b.v[i].rank &&
				  str_eq(a.v[i].text, b.v[i].text));
	}
}
END_TEST

/* ---- within the room --------------------------------------------------------------------------- */

START_TEST(the_library_fits_every_platform)
{
	struct project p;

	load_library(&p);
	for (size_t i = 0; i < adapter_count; i++) {
		const struct adapter *ad = adapter_table[i];
		struct listing l = fit(&p, ad, LISTING_CONTEXT);

		ck_assert_msg(!l.room || l.used <= l.room, "%.*s: %zu of %zu characters",
			STR_ARG(ad->title), l.used, l.room);
		ck_assert_msg(!l.nlost && !l.nmissing,
			"%.*s: %zu without description, %zu not shown",
			STR_ARG(ad->title), l.nlost, l.nmissing);
	}
}
END_TEST

START_TEST(with_room_nothing_is_touched)
{
	struct listing l;

	open_mesh(3, 1);
	call(0, 1);
	l = fit(&mesh, &claude, 1000000);
	ck_assert_uint_eq(l.nshort + l.nhidden + l.nlost, 0);
	ck_assert(str_eq(item(&l, 2)->text, skills[2].meta.description));
	/* a smaller context, and they are short */
	l = fit(&mesh, &claude, 165000);
	ck_assert_uint_gt(l.nshort + l.nhidden, 0);
	ck_assert_uint_eq(l.nlost, 0);
	ck_assert_uint_le(l.used, l.room);
}
END_TEST

START_TEST(those_that_cannot_be_hidden_say_less)
{
	struct listing l;

	open_mesh(20, 0);
	l = fit(&mesh, &claude, 192775);
	ck_assert_uint_eq(l.nlost, 0);
	ck_assert_uint_le(l.used, l.room);
	ck_assert_uint_eq(l.nshort, 20);
	/* and no list says less than it can */
	l = fit(&mesh, &claude, 170000);
	ck_assert_uint_gt(l.nlost, 0);
	for (size_t i = 0; i < l.n; i++)
		ck_assert_uint_gt(l.v[i].text.n, 20);
}
END_TEST

START_TEST(the_important_keep_their_words)
{
	struct listing l;

	open_mesh(12, 3);
	skills[7].meta.layer = LAYER_L0;
	skills[3].meta.layer = LAYER_L1;
	for (uint32_t i = 0; i < 3; i++)
		call(i, 5);
	l = fit(&mesh, &claude, 195000);
	ck_assert_uint_eq(item(&l, 7)->rank, 0);
	ck_assert_uint_eq(item(&l, 3)->rank, 1);
	ck_assert_uint_eq(item(&l, 5)->rank, 2);
	ck_assert_uint_eq(item(&l, 5)->callers, 3);
	ck_assert(str_eq(item(&l, 7)->text, skills[7].meta.description));
	ck_assert_uint_lt(item(&l, 11)->text.n, skills[11].meta.description.n);
}
END_TEST

/* ---- shorter texts ------------------------------------------------------------------------------- */

static struct str shortened(const char *s, size_t max)
{
	struct meta m = { .description = str_c(s) };

	return listing_text(&m, max, &mf.a);
}

START_TEST(texts_end_where_sentences_and_clauses_do)
{
	static const struct {
		const char *text;
		size_t max;
		const char *want;
	} v[] = {
		{ "Short enough.", 13, "Short enough." },
		{ "One. Two. Three.", 12, "One. Two." },
		{ "One! Two? Three.", 9, "One! Two?" },
		{ "Finds bugs, also old ones, in C and in Rust", 30,
			"Finds bugs, also old ones." },
		{ "Finds bugs: all; of them, in C", 20, "Finds bugs: all." },
		{ "Version 1.2 of it. And more of it", 20, "Version 1.2 of it." },
		/* the first sentence, and of the next a clause */
		{ "Does it. Use when it rains, when it snows, or when it is hot", 52,
			"Does it. Use when it rains, when it snows." },
		{ "Finds errors in texts, e.g. typos. Use it late and early", 40,
			"Finds errors in texts, e.g. typos." },
		{ "Finds errors in texts, e.g. typos. Use it late and early", 30,
			"Finds errors in texts." },
		{ "Does x (i.e. y. or z, w) for all of you, and me", 42,
			"Does x (i.e. y. or z, w) for all of you." },
		{ "Use for \"a, b. c\", that is all that there is", 20,
			"Use for \"a, b. c\"." },
		{ "Use when told \"it's, well, it\", then go on", 33,
			"Use when told \"it's, well, it\"." },
		{ "Use when told 'it, well, it', then go on", 33,
			"Use when told 'it, well, it'." },
		{ "The users' and one's data, all of it there is", 30,
			"The users' and one's data." },
		{ "Use `a, b` or ((c, d), e), then go on and on", 30,
			"Use `a, b` or ((c, d), e)." },
		/* neither: words */
		{ "No end is in sight for this", 15, "No end is in..." },
		{ "No end, (that is in sight for this", 12, "No end." },
		{ "Unbelievablylongword", 10, "Unbelie..." },
		{ "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc", 5,
			"\xc3\xa4\xc3\xb6..." },
		{ "\xe4\xb8\xad\xe6\x96\x87\xe3\x80\x82\xe4\xb8\xad\xe6\x96\x87", 4,
			"\xe4\xb8\xad\xe6\x96\x87\xe3\x80\x82" },
		{ "", 5, "" },
		{ "abc", 2, "ab" },
	};

	for (size_t i = 0; i < COUNTOF(v); i++)
		mf_str_eq(shortened(v[i].text, v[i].max), v[i].want);
}
END_TEST

START_TEST(no_text_is_wider_than_it_may_be)
{
	static const char *const bits[] = { "a", "word ", ". ", ", ", "; ", "(", ")",
		"\"", "'", "`", "\xc3\xa4", "\xe4\xb8\xad", "\xf0\x9f\x98\x80",
		"\xe3\x80\x82", "e.g. ", "...", " ", ":", "? " };

	for (uint32_t round = 0; round < 4000; round++) {
		struct buf b = BUF_INIT(&mf.a);
		struct meta m = { 0 };
		struct str s;
		size_t max;

		seed = round;
		for (uint32_t n = 1 + pick(60); n; n--)
			buf_addz(&b, bits[pick(COUNTOF(bits))]);
		m.description = buf_str(&b);
		if (pick(2))
			m.brief = str_from(m.description, m.description.n / 2);
		if (utf8_check(m.brief) < m.brief.n)
			m.brief = STR_NONE;
		max = 1 + pick(100);
		s = listing_text(&m, max, &mf.a);
		ck_assert_msg(utf8_count(s) <= max && utf8_check(s) == s.n && s.n,
			"'%.*s' to %zu: '%.*s'", STR_ARG(m.description), max, STR_ARG(s));
	}
}
END_TEST

START_TEST(the_author_s_short_form_wins)
{
	struct listing l;

	open_mesh(14, 0);
	skills[0].meta.layer = LAYER_L1;
	skills[0].meta.brief = STR("Few words, and the author's own.");
	l = fit(&mesh, &claude, 192000); /* some room is left for him */
	ck_assert_uint_lt(item(&l, 13)->text.n, skills[13].meta.description.n);
	mf_str_eq(item(&l, 0)->text, "Few words, and the author's own.");
	/* where there is room for all, all is there */
	l = fit(&mesh, &claude, 1000000);
	ck_assert(str_eq(item(&l, 0)->text, skills[0].meta.description));
	/* too long itself, it is shortened */
	mf_str_eq(listing_text(&skills[0].meta, 20, &mf.a), "Few words.");
}
END_TEST

/* ---- in a build ------------------------------------------------------------------------------------- */

/* `n` skills; with `called`, the first, an orchestrator, calls all others. */
static void load_skills(size_t n, bool called, const char *config)
{
	struct buf calls = BUF_INIT(&mf.a);

	mf_config(config);
	for (size_t i = 1; called && i < n; i++)
		buf_addf(&calls, "- `rune:skill-%03zu` (L3): for its part\n", i);
	for (size_t i = 0; i < n; i++) {
		const char *text = str_fmt(&mf.a,
			"---\nname: skill-%03zu\ndescription: Does the thing number %zu "
			"in full and for good. Use when somebody asks for it, or when "
			"it is late.\nmetadata:\n  layer: %s\n---\n\n# s\n\n%s%s%s",
			i, i, i ? "L3" : "L1", i ? "Ask `rune:skill-000`.\n" : "",
			i ? "" : "Use `rune:skill-039` first.\n\n## Calls (outbound)\n\n",
			i || !calls.n ? "none\n" : buf_str(&calls).p)
					   .p;

		mf_put(str_fmt(&mf.a, "src/skills/skill-%03zu/SKILL.md", i).p, text);
	}
	ck_assert(mf_load());
}

START_TEST(what_does_not_fit_is_reported)
{
	static const char *const full[] = { "claude", "copilot", "openclaw", "droid" };

	load_skills(200, false, "");
	for (size_t i = 0; i < COUNTOF(full); i++) {
		diag_sink_init(&mf.sink, &mf.a, NULL);
		ck_assert(ef_emit(full[i]));
		ck_assert_msg(
			mf_reported(RULE_LISTING_CUT) == 1, "%s says nothing", full[i]);
		mf_contains(mf_finding(RULE_LISTING_CUT)->message.p,
			"has no room for the descriptions of");
	}
	/* those that show all say nothing */
	diag_sink_init(&mf.sink, &mf.a, NULL);
	ck_assert(ef_emit("gemini"));
	ck_assert_uint_eq(mf_reported(RULE_LISTING_CUT), 0);
}
END_TEST

START_TEST(an_index_that_is_too_long_is_reported)
{
	static const char tail[] =
		"a-name-that-is-as-long-as-it-can-be-for-no-good-reason";

	for (size_t n = 0; n < 240; n++)
		mf_skill(str_fmt(&mf.a, "s%03zu-%s", n, tail).p, "", "# s\n");
	ck_assert(mf_load());
	ck_assert(ef_emit("aider"));
	mf_contains(
		mf_finding(RULE_OUT_LIMIT)->message.p, "'CONVENTIONS.md' would get 1");
	/* with fewer, their names are all that is said */
	for (size_t n = 0; n < 80; n++)
		mf_put(str_fmt(&mf.a, "src/skills/s%03zu-%s/SKILL.md", n, tail).p, "no");
	mf_load();
	ck_assert(ef_emit("aider"));
	ck_assert_uint_eq(mf_reported(RULE_OUT_LIMIT), 0);
	ef_has("CONVENTIONS.md", "-reason`, `rune-s");
}
END_TEST

START_TEST(the_context_is_the_user_s)
{
	load_skills(60, false, "\"output\": {\"context\": 1000000}");
	ck_assert(ef_emit("claude"));
	ck_assert_uint_eq(mf_reported(RULE_LISTING_CUT), 0);
	ef_has(".claude/skills/rune-skill-059/SKILL.md", "or when it is late.");
	load_skills(60, false, "");
	ck_assert(ef_emit("claude"));
	ck_assert_uint_eq(mf_reported(RULE_LISTING_CUT), 1);
	ef_has_not(".claude/skills/rune-skill-059/SKILL.md", "or when it is late.");
}
END_TEST

START_TEST(a_reference_to_what_is_hidden_leads_to_its_file)
{
	load_skills(40, true, "");
	ck_assert(ef_emit("claude"));
	ck_assert_uint_eq(mf_reported(RULE_LISTING_CUT), 0);
	ef_has(".claude/skills/rune-skill-039/SKILL.md",
		"disable-model-invocation: true\n");
	ef_has_not(".claude/skills/rune-skill-000/SKILL.md", "disable-model-invocation");
	ef_has(".claude/skills/rune-skill-000/SKILL.md",
		"`.claude/skills/rune-skill-039/SKILL.md`");
	ef_has_not(".claude/skills/rune-skill-039/SKILL.md",
		"`.claude/skills/rune-skill-000/SKILL.md`");
	/* hidden by a file beside it */
	load_skills(200, true, "");
	ck_assert(ef_emit("codex"));
	ef_has(".agents/skills/rune-skill-199/agents/openai.yaml",
		"policy:\n  allow_implicit_invocation: false\n");
	ef_has_not(".agents/skills/rune-skill-199/SKILL.md", "disable-model-invocation");
	ck_assert_ptr_null(ef_output(".agents/skills/rune-skill-000/agents/openai.yaml"));
	/* where nothing is hidden nothing is said */
	ck_assert(ef_emit("gemini"));
	ef_has_not(".gemini/skills/rune-skill-000/SKILL.md", "SKILL.md");
}
END_TEST

Suite *listing_suite(void)
{
	Suite *s = suite_create("listing");
	TCase *tc = mf_case(s, "listing");

	tcase_set_timeout(tc, 300);
	tcase_add_test(tc, the_hidden_of_the_library_can_be_found);
	tcase_add_test(tc, the_hidden_of_any_mesh_can_be_found);
	tcase_add_test(tc, nobody_comes_by_one_whom_the_author_hides);
	tcase_add_test(tc, a_caller_that_does_not_say_where_is_none);
	tcase_add_test(tc, two_that_call_each_other_are_not_both_hidden);
	tcase_add_test(tc, fitting_does_not_depend_on_the_order);
	tcase_add_test(tc, the_library_fits_every_platform);
	tcase_add_test(tc, with_room_nothing_is_touched);
	tcase_add_test(tc, those_that_cannot_be_hidden_say_less);
	tcase_add_test(tc, the_important_keep_their_words);
	tcase_add_test(tc, texts_end_where_sentences_and_clauses_do);
	tcase_add_test(tc, no_text_is_wider_than_it_may_be);
	tcase_add_test(tc, the_author_s_short_form_wins);
	tcase_add_test(tc, what_does_not_fit_is_reported);
	tcase_add_test(tc, an_index_that_is_too_long_is_reported);
	tcase_add_test(tc, the_context_is_the_user_s);
	tcase_add_test(tc, a_reference_to_what_is_hidden_leads_to_its_file);
	return s;
}
