/* Devin Desktop, which Windsurf has become: skills, an always-on rule, agents.
 *
 * Source: its documentation and rulesync 17.0.0's schemas, read on 2026-11-23 (the
 * program itself was not run).
 * - .devin/skills/<dir>/SKILL.md is preferred to .windsurf/skills; names of lower-
 *   case letters, digits and hyphens.
 * - .devin/rules/<name>.md: trigger, description; 12,000 characters.
 *   .devin/agents/<name>/AGENT.md: name, description. Commands are being folded
 *   into skills. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
};

static const struct str detect[] = { STR_INIT(".devin") };

const struct adapter adapter_devin = {
	.name = STR_INIT("devin"),
	.title = STR_INIT("Devin"),
	.client = STR_INIT("rulesync 17.0.0, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".devin/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".devin/skills/{name}"),
	.index_dir = STR_INIT(".devin/skills"),
	.role_path = STR_INIT(".devin/agents/{name}/AGENT.md"),
	.rules_path = STR_INIT(".devin/rules/{name}.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.rules_fields = fields_always_on,
	.nrules_fields = COUNTOF(fields_always_on),
	.limits = { .name = 64, .description = 1024, .always_on = 12000 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
