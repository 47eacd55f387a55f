/* Kiro: skills, an always-on steering file.
 *
 * Source: rulesync 17.0.0's schemas, read on 2026-11-23 (the program itself was not
 * run).
 * - .kiro/skills/<dir>/SKILL.md. .kiro/steering/<name>.md: inclusion (always,
 *   fileMatch, manual, auto). AGENTS.md is read as well and left alone: one always-
 *   on text is enough.
 * - The form of .kiro/agents is not documented: roles stand with the router. */
#include "rune/adapter.h"

static const struct field rules_fields[] = {
	{ STR_INIT("inclusion"), FIELD_LITERAL, STR_INIT("always") },
};

static const struct str detect[] = { STR_INIT(".kiro") };

const struct adapter adapter_kiro = {
	.name = STR_INIT("kiro"),
	.title = STR_INIT("Kiro"),
	.client = STR_INIT("rulesync 17.0.0, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".kiro/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".kiro/skills/{name}"),
	.index_dir = STR_INIT(".kiro/skills"),
	.rules_path = STR_INIT(".kiro/steering/{name}.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.rules_fields = rules_fields,
	.nrules_fields = COUNTOF(rules_fields),
	.limits = { .name = 64, .description = 1024 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
