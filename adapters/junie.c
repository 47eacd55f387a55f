/* Junie (JetBrains): skills, agents, a command, AGENTS.md.
 *
 * Source: rulesync 17.0.0's schemas, read on 2026-11-23 (the program itself was not
 * run).
 * - .junie/skills/<dir>/SKILL.md; .junie/agents/<name>.md: name, description;
 *   .junie/commands/<name>.md: description.
 * - .junie/AGENTS.md takes the place of the project's AGENTS.md, with all that the
 *   user wrote there: the region stands in the latter. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
};

static const struct str detect[] = { STR_INIT(".junie") };

const struct adapter adapter_junie = {
	.name = STR_INIT("junie"),
	.title = STR_INIT("Junie"),
	.client = STR_INIT("rulesync 17.0.0, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".junie/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".junie/skills/{name}"),
	.index_dir = STR_INIT(".junie/skills"),
	.role_path = STR_INIT(".junie/agents/{name}.md"),
	.command_path = STR_INIT(".junie/commands/{name}.md"),
	.instructions_path = STR_INIT("AGENTS.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.arguments = STR_INIT("what the user typed after the command"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.command_fields = fields_description,
	.ncommand_fields = COUNTOF(fields_description),
	.limits = { .name = 64, .description = 1024 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
