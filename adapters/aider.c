/* Aider: one small file that is always on; the rest is read on demand.
 *
 * Source: aider 0.86.3.dev, its source and its own argument parser, 2026-11-23.
 * - It knows no skills, agents or hooks. Files named by `read` in .aider.conf.yml
 *   are sent whole in every message, so there is one of them: CONVENTIONS.md, which
 *   says what there is and when to /read it.
 * - .aider.conf.yml belongs to the user as CONVENTIONS.md does: each has a marked
 *   region. A `read` of the user's own stays, and the message says what to add to
 *   it. */
#include "rune/adapter.h"

static bool emit_extra(struct emit_ctx *c)
{
	return emit_region(c, STR(".aider.conf.yml"), STR("read: CONVENTIONS.md\n"),
		STR("read"), STR("CONVENTIONS.md"));
}

static const struct str detect[] = { STR_INIT(".aider.conf.yml") };

const struct adapter adapter_aider = {
	.name = STR_INIT("aider"),
	.title = STR_INIT("Aider"),
	.client = STR_INIT("aider 0.86.3.dev, 2026-11-23"),
	.caps = CAP_INDEX,
	.layout = LAYOUT_FLAT,
	.skill_path = STR_INIT(".aider/skills/{name}.md"),
	.resource_dir = STR_INIT(".aider/skills/{name}"),
	.index_dir = STR_INIT(".aider/skills"),
	.instructions_path = STR_INIT("CONVENTIONS.md"),
	.ref_format = STR_INIT("the {ref} file"),
	.load_format = STR_INIT("ask for its file to be added (`/read`)"),
	.part_format = STR_INIT("{part} in the {ref} file"),
	.emit_extra = emit_extra,
	.limits = { .name = 64, .description = 1024, .instructions = 12000 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
