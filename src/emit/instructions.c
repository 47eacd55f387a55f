/* The region in the project's own instructions file (AGENTS.md and its like), for
 * platforms that read such a file: that there are skills, which ones, and where. */
#include "emit/plan.h"
#include "rune/str.h"

static const struct str library_prefix = STR_INIT("rune-");

/* Where a skill stands below the project, with a placeholder for its name. */
static struct str place_pattern(struct emit_ctx *c)
{
	struct str name = STR("rune-<name>");

	for (size_t i = 0; i < c->plan->n; i++)
		if (!str_starts(c->plan->done[i].name, library_prefix))
			name = STR("<name>");
	return out_path(c, c->adapter->skill_path, name);
}

/* Each skill on a line, with at most `words` characters about it; 0: names alone. */
static struct str skill_list(struct emit_ctx *c, size_t words)
{
	struct buf b = BUF_INIT(c->a);

	for (size_t i = 0; i < c->plan->n; i++) {
		const struct emitted *e = &c->plan->done[i];
		const struct meta *m = e->skill ? &e->skill->meta : &e->pack->meta;

		if (words)
			buf_addf(&b, "- `%.*s`: %.*s\n", STR_ARG(e->name),
				STR_ARG(listing_text(m, words, c->a)));
		else
			buf_addf(&b, "%s`%.*s`", b.n ? ", " : "", STR_ARG(e->name));
	}
	if (!words)
		buf_addc(&b, '\n');
	return buf_str(&b);
}

/* The fullest list that leaves the region within its limit. It is in every message, so
 * it is never fuller than it need be. */
static struct str fitting_list(struct emit_ctx *c, size_t used)
{
	static const size_t widths[] = { 120, 90, 60 };
	size_t limit = c->adapter->limits.instructions;

	for (size_t i = 0; i < COUNTOF(widths); i++) {
		struct str t = skill_list(c, widths[i]);

		if (!limit || used + t.n <= limit)
			return t;
	}
	return skill_list(c, 0);
}

static struct str instructions_text(struct emit_ctx *c)
{
	struct str load = c->adapter->load_format;
	struct buf b = BUF_INIT(c->a);

	buf_addf(&b,
		"## Skills\n\nSkills for common tasks are installed. Before you begin a "
		"task, "
		"see whether one is for it; if so, %.*s, `%.*s`, and follow it from its "
		"first step. ",
		STR_ARG(load.n ? load : STR("load it, or read its file")),
		STR_ARG(place_pattern(c)));
	if (c->plan->router)
		buf_addf(&b,
			"When it is unclear which one, `%.*s` decides. A skill that "
			"names "
			"another one means the file of that name.\n",
			STR_ARG(skill_out_name(c, c->plan->router)));
	else
		buf_addz(&b, "A skill that names another one means the file of that "
			     "name.\n");
	if (c->adapter->caps & CAP_INDEX)
		buf_addf(&b, "\n%.*s", STR_ARG(fitting_list(c, b.n + 1)));
	return buf_str(&b);
}

/* Names alone may be too many. */
static void check_length(struct emit_ctx *c, const struct out_entry *e)
{
	uint32_t limit = c->adapter->limits.instructions;
	struct diag *d;

	if (!limit || e->bytes.n <= limit)
		return;
	d = diag_report(c->sink, RULE_OUT_LIMIT, SPAN_NONE,
		"'%.*s' would get %zu bytes; %.*s reads %u", STR_ARG(e->path), e->bytes.n,
		STR_ARG(c->adapter->title), limit);
	diag_note(c->sink, d, SPAN_NONE,
		"it names every skill: leave some out with 'skills.disabled' or "
		"'extensions.enabled'");
}

bool emit_instructions(struct emit_ctx *c)
{
	struct out_entry e = {
		.kind = OUT_BLOCK,
		.platform = c->platform,
	};

	if (!c->adapter->instructions_path.n || !c->plan->n)
		return true;
	e.path = out_path(c, c->adapter->instructions_path, STR("rune"));
	e.bytes = instructions_text(c);
	check_length(c, &e);
	return outtree_add(c->tree, &e, c->sink);
}
