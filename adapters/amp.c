/* Amp: the shared tree, AGENTS.md.
 *
 * Source: ampcode.com and rulesync 17.0.0's schemas, read on 2026-11-23 (the
 * program itself was not run).
 * - .agents/skills/<dir>/SKILL.md. AGENTS.md is read. No agents or commands in
 *   files of a project are known well enough: roles stand with the router. */
#include "rune/adapter.h"

const struct adapter adapter_amp = {
	.name = STR_INIT("amp"),
	.title = STR_INIT("Amp"),
	.client = STR_INIT("ampcode.com, 2026-11-23"),
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
};
