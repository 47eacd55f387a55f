/* Kilo Code: skills, agents, commands, AGENTS.md.
 *
 * Source: kilo 7.7.7, run and read on 2026-11-23. It is built on OpenCode.
 * - .kilo/skills/<dir>/SKILL.md; no budget for the list. A body over 50 KiB loses
 *   its end. In a skill "!`" begins a shell command, also where the backtick ends a code
 *   span. .agents/skills and .claude/skills are read as well, its own first.
 * - .kilo/agents/<name>.md and .kilo/commands/<name>.md as OpenCode's, which are
 *   not read where OpenCode has them: description, mode, permission; description,
 *   $ARGUMENTS. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("mode"), FIELD_LITERAL, STR_INIT("subagent") },
	{ STR_INIT("permission"), FIELD_READONLY, STR_INIT("{ edit: deny }") },
};

static const struct str detect[] = { STR_INIT(".kilo"), STR_INIT(".kilocode") };

const struct adapter adapter_kilo = {
	.name = STR_INIT("kilo"),
	.title = STR_INIT("Kilo Code"),
	.client = STR_INIT("kilo 7.7.7, 2026-11-23"),
	.caps = CAP_SUBAGENTS | CAP_RUNS_BANG,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".kilo/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".kilo/skills/{name}"),
	.index_dir = STR_INIT(".kilo/skills"),
	.role_path = STR_INIT(".kilo/agents/{name}.md"),
	.command_path = STR_INIT(".kilo/commands/{name}.md"),
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
