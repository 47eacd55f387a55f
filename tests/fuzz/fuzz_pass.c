/* fuzz_pass - the transform chain on any text. The first byte chooses the platform's
 * abilities and how the file is cut out of the document; the rest is the document.
 * The names of references and companions below are worth putting into it. */
#include <stdlib.h>

#include "rune/pass.h"
#include "rune/str.h"
#include "rune/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(cond) ((cond) ? (void)0 : abort())

static const struct root root = { .prefix = STR_INIT("rune-") };
static const struct skill skills[] = {
	{ .meta = { .name = STR_INIT("plan"), .layer = LAYER_L2 },
		.emit_name = STR_INIT("rune-plan"),
		.root = &root },
	{ .meta = { .name = STR_INIT("gamma-ray") },
		.emit_name = STR_INIT("rune-gamma-ray"),
		.root = &root },
};
static const struct pack_part part = { .meta = { .name = STR_INIT("auth-patterns") } };
static const struct pack pack = { .meta = { .name = STR_INIT("@rune/backend") },
	.base_name = STR_INIT("backend"),
	.emit_name = STR_INIT("rune-ext-backend"),
	.root = &root,
	.part = &part,
	.npart = 1 };

static const struct unit_link links[] = {
	{ STR_INIT("references"), STR_INIT("out/x/references") },
	{ STR_INIT("references/r.md"), STR_INIT("out/x/references/r.md") },
	{ STR_INIT("GUIDE.md"), STR_INIT("out/x/GUIDE.md") },
};

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("read_file") },
	{ .from = STR_INIT("Skill"), .noun = STR_INIT("the skill's file") },
};

static void load(struct project *p, struct arena *a)
{
	p->by_name = (struct map)MAP_INIT(a);
	p->pack_by_name = (struct map)MAP_INIT(a);
	for (size_t i = 0; i < COUNTOF(skills); i++)
		map_add(&p->by_name, skills[i].meta.name, (void *)&skills[i]);
	map_add(&p->pack_by_name, pack.base_name, (void *)&pack);
	p->config.branding = p->config.compliance = p->config.constraints = true;
}

/* A platform and a unit that leave nothing to be done. */
static void check_identity(const struct project *p, const struct doc *d, struct arena *a,
	struct diag_sink *sink)
{
	static const struct project empty;
	static const struct adapter ad = { .caps = CAP_NATIVE_TOOLS | CAP_SUBAGENTS };
	const struct unit u = { .doc = d,
		.range = d->body,
		.out_path = STR("x.md"),
		.scripts_dir = STR("{scripts_dir}") };
	struct project none = *p;

	none.by_name = empty.by_name;
	none.pack_by_name = empty.pack_by_name;
	CHECK(str_eq(pass_run(&none, &ad, &u, a, sink), doc_text(d, d->body)));
}

/* What is appended must not stand in a block that the text left open. */
static void check_frame(struct str out, struct source_set *sources, struct arena *a,
	struct diag_sink *sink)
{
	struct str text = str_fmt(a, "---\n---\n%.*s", STR_ARG(out));
	const struct doc *d = doc_parse(
		source_add(sources, STR("out.md"), text, SOURCE_FILE), 0, a, sink);
	const struct node *last = NULL;

	if (!d)
		return;
	for (node_id i = d->node[0].first_child; i; i = d->node[i].next)
		if (d->node[i].kind == DOC_HEADING)
			last = &d->node[i];
	CHECK(last && last->level == 2 &&
		str_eq(last->text, STR("Platform Constraints")));
}

/* A part of a document begins and ends where blocks do. */
static struct span cut(const struct doc *d, unsigned how)
{
	struct span range = d->body;
	node_id first = d->node[0].first_child;

	if (!(how & 1) || !first || !d->node[first].next)
		return range;
	range.off = d->node[d->node[first].next].span.off;
	range.len = span_end(d->body) - range.off;
	return range;
}

static struct str run(
	const struct doc *d, uint8_t how, struct arena *a, struct diag_sink *sink)
{
	struct project p = { 0 };
	const struct adapter ad = { .title = STR("Fuzz"),
		.caps = how & 2 ? CAP_NAMESPACE | CAP_NATIVE_REFS : 0,
		.ref_format = how & 2 ? STR("rune:{ref}") : STR("the {ref} rule file"),
		.tools = tools,
		.ntools = how & 4 ? COUNTOF(tools) : 0 };
	struct unit u = { .doc = d,
		.range = cut(d, how >> 3),
		.skill = &skills[0],
		.main = how & 16,
		.shift = how >> 5,
		.dir = how & 4 ? STR("references") : STR(""),
		.out_path = STR("out/x.md"),
		.scripts_dir = how & 2 ? STR_NONE : STR("out/x/scripts"),
		.link = links,
		.nlink = COUNTOF(links) };
	struct str out;

	load(&p, a);
	out = pass_run(&p, &ad, &u, a, sink);
	CHECK(utf8_check(out) == out.n);
	check_identity(&p, d, a, sink);
	return u.main ? out : STR_NONE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct source_set sources;
	struct diag_sink sink;
	const struct doc *d;
	struct str out;

	if (!size || size > 1 << 16)
		return 0;
	source_set_init(&sources, &a);
	diag_sink_init(&sink, &a, NULL);
	d = doc_parse(
		source_add(&sources, STR("x.md"),
			(struct str){ (const char *)data + 1, size - 1 }, SOURCE_FILE),
		0, &a, &sink);
	if (d) {
		out = run(d, data[0], &a, &sink);
		if (out.p)
			check_frame(out, &sources, &a, &sink);
	}
	arena_release(&a);
	return 0;
}
