#include "pass_fixture.h"

#include <check.h>

#include "rune/str.h"

struct pass_fixture fx;

static const struct root root = { .kind = ROOT_LIBRARY,
	.label = STR_INIT("built-in library"),
	.prefix = STR_INIT("rune-") };

const struct adapter fx_prose = {
	.name = STR_INIT("prose"),
	.title = STR_INIT("Prose"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
};

static const struct tool_map native_tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("read_file") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("write_file") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("replace") },
	{ .from = STR_INIT("Glob"), .to = STR_INIT("glob") },
	{ .from = STR_INIT("Grep"), .to = STR_INIT("grep_search") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("run_command") },
	{ .from = STR_INIT("Skill"),
		.verb = STR_INIT("read the skill's SKILL.md and follow it"),
		.noun = STR_INIT("the skill's SKILL.md") },
	{ .from = STR_INIT("WebSearch"),
		.verb = STR_INIT("search the web (`exec` with `curl`)"),
		.noun = STR_INIT("web search (`exec` with `curl`)") },
};
const struct adapter fx_native = {
	.name = STR_INIT("native"),
	.title = STR_INIT("Native"),
	.ref_format = STR_INIT("${ref}"),
	.part_format = STR_INIT("{part} of ${ref}"),
	.caps = CAP_SUBAGENTS,
	.tools = native_tools,
	.ntools = COUNTOF(native_tools),
};

const struct adapter fx_flat = {
	.name = STR_INIT("flat"),
	.title = STR_INIT("Flat"),
	.layout = LAYOUT_FLAT,
	.ref_format = STR_INIT("the {ref} rule file"),
	.part_format = STR_INIT("{part} in the {ref} rule file"),
};

const struct adapter fx_plugin = {
	.name = STR_INIT("plugin"),
	.title = STR_INIT("Plugin"),
	.caps = CAP_NATIVE_REFS | CAP_NATIVE_TOOLS | CAP_NAMESPACE | CAP_SUBAGENTS |
		CAP_HOOKS,
	.ref_format = STR_INIT("rune:{ref}"),
	.part_format = STR_INIT("{part} of rune:{ref}"),
};

static void add_skills(void)
{
	static const char *const names[] = { "alpha", "beta", "cook", "fix", "gamma",
		"gamma-ray", "plan" };
	struct skill *v = arena_array(&fx.a, struct skill, COUNTOF(names));

	for (size_t i = 0; i < COUNTOF(names); i++) {
		v[i].root = &root;
		v[i].meta.name = str_c(names[i]);
		v[i].meta.layer = LAYER_L2;
		v[i].meta.group = STR("quality");
		v[i].emit_name = str_fmt(&fx.a, "rune-%s", names[i]);
		map_add(&fx.p.by_name, v[i].meta.name, &v[i]);
	}
	fx.p.skill = v;
	fx.p.nskill = COUNTOF(names);
}

static void add_pack(void)
{
	static const char *const names[] = { "api-patterns", "auth-patterns" };
	struct pack_part *part = arena_array(&fx.a, struct pack_part, COUNTOF(names));
	struct pack *p = arena_new(&fx.a, struct pack);

	for (size_t i = 0; i < COUNTOF(names); i++)
		part[i].meta.name = str_c(names[i]);
	p->root = &root;
	p->meta.name = STR("@rune/backend");
	p->meta.layer = LAYER_L4;
	p->dir_name = p->base_name = STR("backend");
	p->emit_name = STR("rune-ext-backend");
	p->part = part;
	p->npart = COUNTOF(names);
	fx.p.pack = p;
	fx.p.npack = 1;
	map_add(&fx.p.pack_by_name, p->base_name, p);
}

void fx_open(void)
{
	static char word[] = "hushed";

	fx = (struct pass_fixture){ 0 };
	fx.p.a = &fx.a;
	fx.p.root = &root;
	fx.p.nroot = 1;
	fx.p.by_name = (struct map)MAP_INIT(&fx.a);
	fx.p.pack_by_name = (struct map)MAP_INIT(&fx.a);
	fx.p.disabled = (struct map)MAP_INIT(&fx.a);
	fx.p.config.branding = fx.p.config.compliance = fx.p.config.constraints = true;
	source_set_init(&fx.p.sources, &fx.a);
	diag_sink_init(&fx.sink, &fx.a, NULL);
	add_skills();
	add_pack();
	map_add(&fx.p.disabled, str_c(word), word);
}

void fx_close(void)
{
	arena_release(&fx.a);
}

struct unit fx_unit(const char *text)
{
	const struct source *src = source_add(
		&fx.p.sources, STR("skills/x/SKILL.md"), str_c(text), SOURCE_FILE);
	const struct doc *d = doc_parse(src, 0, &fx.a, &fx.sink);

	ck_assert_ptr_nonnull(d);
	return (struct unit){ .doc = d,
		.range = d->body,
		.out_path = STR(".prose/skills/rune-x/SKILL.md") };
}

const struct skill *fx_skill(const char *name)
{
	return map_find(&fx.p.by_name, str_c(name));
}

const struct pack *fx_pack(void)
{
	return fx.p.pack;
}

struct str fx_run_unit(const struct adapter *ad, const struct unit *u, const char *name)
{
	struct edit_list l = { &fx.a, NULL, 0, 0 };
	struct pass_ctx c = { &fx.p, ad, u, &fx.a, &fx.sink, 0 };
	struct str out;

	if (!name)
		return pass_run(&fx.p, ad, u, &fx.a, &fx.sink);
	while (!str_eq(pass_table[c.pass].name, str_c(name)))
		ck_assert_uint_lt(++c.pass, pass_count);
	pass_table[c.pass].run(&c, &l);
	ck_assert_uint_eq(edit_apply(&l, u->doc->src->text, u->range, &fx.a, &out), 0);
	return out;
}

struct str fx_run(const struct adapter *ad, const char *text)
{
	struct unit u = fx_unit(text);

	return fx_run_unit(ad, &u, NULL);
}

size_t fx_reported(enum rule rule)
{
	size_t n = 0;

	for (size_t i = 0; i < fx.sink.n; i++)
		n += fx.sink.v[i]->rule == rule;
	return n;
}

void fx_check(const struct adapter *ad, const struct fx_row *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str got = fx_run(ad, v[i].before);

		ck_assert_msg(str_eq(got, str_c(v[i].after)),
			"on %.*s\nfrom '%s'\ngot  '%.*s'\nwant '%s'", STR_ARG(ad->title),
			v[i].before, STR_ARG(got), v[i].after);
	}
}
