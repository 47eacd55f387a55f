/* Roo Code: skills, an always-on rule, a command.
 *
 * Source: rulesync 17.0.0's schemas, read on 2026-11-23 (the program itself was not
 * run).
 * - .roo/skills/<dir>/SKILL.md; .roo/rules/<name>.md: plain, always on;
 *   .roo/commands/<name>.md: description, argument-hint.
 * - Its modes are one file of the user's (.roomodes): roles stand with the router. */
#include "rune/adapter.h"

static const struct field command_fields[] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("argument-hint"), FIELD_KEY, STR_INIT("argument-hint") },
};

static const struct str detect[] = { STR_INIT(".roo"), STR_INIT(".roomodes") };

const struct adapter adapter_roo = {
	.name = STR_INIT("roo"),
	.title = STR_INIT("Roo Code"),
	.client = STR_INIT("rulesync 17.0.0, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".roo/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".roo/skills/{name}"),
	.index_dir = STR_INIT(".roo/skills"),
	.command_path = STR_INIT(".roo/commands/{name}.md"),
	.rules_path = STR_INIT(".roo/rules/{name}.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.arguments = STR_INIT("what the user typed after the command"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.command_fields = command_fields,
	.ncommand_fields = COUNTOF(command_fields),
	.limits = { .name = 64, .description = 1024 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
