/* The region in the project's own instructions file (AGENTS.md and its like), for
 * platforms that read such a file: that there are skills, which ones, and where. */
#include "emit/plan.h"
#include "rune/str.h"

#define ABOUT_MAX 120 /* characters about a skill: the file is always on */

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

static struct str instructions_text(struct emit_ctx *c)
{
	struct str place = place_pattern(c);
	struct buf b = BUF_INIT(c->a);

	buf_addf(&b,
		"## Skills\n\nBefore you begin a task, see whether one of these skills "
		"is "
		"for it. If so, read its file, `%.*s`, and follow it.\n\n",
		STR_ARG(place));
	for (size_t i = 0; i < c->plan->n; i++) {
		const struct emitted *e = &c->plan->done[i];
		const struct meta *m = e->skill ? &e->skill->meta : &e->pack->meta;

		buf_addf(&b, "- `%.*s`: %.*s\n", STR_ARG(e->name),
			STR_ARG(first_sentence(c->a, m->description, ABOUT_MAX)));
	}
	return buf_str(&b);
}

bool emit_instructions(struct emit_ctx *c)
{
	struct out_entry e = {
		.kind = OUT_BLOCK,
		.platform = c->adapter->name,
	};

	if (!c->adapter->instructions_path.n || !c->plan->n)
		return true;
	e.path = out_path(c, c->adapter->instructions_path, STR("rune"));
	e.bytes = instructions_text(c);
	return outtree_add(c->tree, &e, c->sink);
}
