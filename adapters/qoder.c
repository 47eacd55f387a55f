/* Qoder: skills, agents, AGENTS.md.
 *
 * Source: qodercli 1.1.52, run and read on 2026-11-23; its documentation.
 * - .qoder/skills/<dir>/SKILL.md: the directory's name is the id. `model` is taken
 *   seriously: it is never written. No budget for the list is known.
 * - .qoder/agents/<name>.md: description needed; tools as in Claude Code, whose
 *   names it has.
 * - AGENTS.md is read. Rules (.qoder/rules) have four kinds whose keys are not
 *   documented: what is always on stands in AGENTS.md. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("tools"), FIELD_TOOLS, STR_INIT("") },
};

static const struct str detect[] = { STR_INIT(".qoder") };

const struct adapter adapter_qoder = {
	.name = STR_INIT("qoder"),
	.title = STR_INIT("Qoder"),
	.client = STR_INIT("qodercli 1.1.52, 2026-11-23"),
	.caps = CAP_SUBAGENTS | CAP_NATIVE_TOOLS,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".qoder/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".qoder/skills/{name}"),
	.index_dir = STR_INIT(".qoder/skills"),
	.role_path = STR_INIT(".qoder/agents/{name}.md"),
	.instructions_path = STR_INIT("AGENTS.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.limits = { .name = 64, .description = 1024 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
