/* Trae: skills.
 *
 * Source: the table of the `skills` program 1.7.4, read on 2026-11-23 (the program
 * itself was not run).
 * - .trae/skills/<dir>/SKILL.md. Nothing else of it is known well enough: roles
 *   stand with the router, and the project's AGENTS.md says that there are skills. */
#include "rune/adapter.h"

static const struct str detect[] = { STR_INIT(".trae") };

const struct adapter adapter_trae = {
	.name = STR_INIT("trae"),
	.title = STR_INIT("Trae"),
	.client = STR_INIT("skills 1.7.4, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".trae/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".trae/skills/{name}"),
	.index_dir = STR_INIT(".trae/skills"),
	.instructions_path = STR_INIT("AGENTS.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.limits = { .name = 64, .description = 1024 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
