/* Augment (Auggie): skills, an always-on rule, a command.
 *
 * Source: auggie 0.36.0, run and read on 2026-11-23.
 * - .augment/skills/<dir>/SKILL.md; .augment/rules/<name>.md: type (always_apply,
 *   manual, agent_requested), description; .augment/commands/<name>.md:
 *   description, argument-hint; $ARGUMENTS. */
#include "rune/adapter.h"

static const struct field command_fields[] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("argument-hint"), FIELD_KEY, STR_INIT("argument-hint") },
};

static const struct field rules_fields[] = {
	{ STR_INIT("type"), FIELD_LITERAL, STR_INIT("always_apply") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
};

static const struct str detect[] = { STR_INIT(".augment") };

const struct adapter adapter_augment = {
	.name = STR_INIT("augment"),
	.title = STR_INIT("Augment"),
	.client = STR_INIT("auggie 0.36.0, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".augment/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".augment/skills/{name}"),
	.index_dir = STR_INIT(".augment/skills"),
	.command_path = STR_INIT(".augment/commands/{name}.md"),
	.rules_path = STR_INIT(".augment/rules/{name}.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.command_fields = command_fields,
	.ncommand_fields = COUNTOF(command_fields),
	.rules_fields = rules_fields,
	.nrules_fields = COUNTOF(rules_fields),
	.limits = { .name = 64, .description = 1024 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
