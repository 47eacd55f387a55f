/* OpenCode: skills, agents, commands, AGENTS.md.
 *
 * Source: opencode 1.18.33, run and read on 2026-11-23.
 * - .opencode/skills/<dir>/SKILL.md; no budget for the list. A body over 50 KiB
 *   loses its end. .agents/skills and .claude/skills are read as well; of the same
 *   name one stands in the list, not always its own.
 * - .opencode/agents/<name>.md: description, mode, permission. A list of tools in
 *   Claude's form makes the whole configuration invalid: permissions say what a
 *   role may change.
 * - .opencode/commands/<name>.md: description; $ARGUMENTS.
 * - AGENTS.md is read. Models are provider/id, which only the user knows. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("mode"), FIELD_LITERAL, STR_INIT("subagent") },
	{ STR_INIT("permission"), FIELD_READONLY, STR_INIT("{ edit: deny }") },
};

static const struct str detect[] = { STR_INIT(".opencode"), STR_INIT("opencode.json") };

const struct adapter adapter_opencode = {
	.name = STR_INIT("opencode"),
	.title = STR_INIT("OpenCode"),
	.client = STR_INIT("opencode 1.18.33, 2026-11-23"),
	.caps = CAP_SUBAGENTS,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".opencode/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".opencode/skills/{name}"),
	.index_dir = STR_INIT(".opencode/skills"),
	.role_path = STR_INIT(".opencode/agents/{name}.md"),
	.command_path = STR_INIT(".opencode/commands/{name}.md"),
	.instructions_path = STR_INIT("AGENTS.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.command_fields = fields_description,
	.ncommand_fields = COUNTOF(fields_description),
	.tools = tools_opencode,
	.ntools = COUNTOF(tools_opencode),
	.also = also_agents_claude,
	.nalso = COUNTOF(also_agents_claude),
	.limits = { .name = 64, .description = 1024, .shown = 50000 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
