/* Zed: the shared tree, AGENTS.md.
 *
 * Source: zed.dev and rulesync 17.0.0's schemas, read on 2026-11-23 (the program
 * itself was not run).
 * - .agents/skills/<dir>/SKILL.md. It refuses names that are not of the standard's
 *   form, and reads one file of rules, AGENTS.md among the names it looks for. No
 *   agents or commands in files of a project are known well enough: roles stand
 *   with the router. */
#include "rune/adapter.h"

static const struct str detect[] = { STR_INIT(".zed") };

const struct adapter adapter_zed = {
	.name = STR_INIT("zed"),
	.title = STR_INIT("Zed"),
	.client = STR_INIT("zed.dev, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".agents/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".agents/skills/{name}"),
	.index_dir = STR_INIT(".agents/skills"),
	.instructions_path = STR_INIT("AGENTS.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.limits = { .name = 64,
		.description = 1024,
		.shown = 38000,
		.instructions = 32768 },
	.listing = { .fill = LIST_EQUAL,
		.hide = HIDE_OPENAI,
		.chars = 21760,
		.own = 480,
		.entry = 26,
		.names = 2,
		.description = 1024 },
	.skills_of = &adapter_agents,
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
