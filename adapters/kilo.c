/* Kilo Code: skills, agents, commands, AGENTS.md.
 *
 * Source: kilo 7.7.7, run and read on 2026-11-23. It is built on OpenCode.
 * - .kilo/skills/<dir>/SKILL.md; no budget for the list. A body over 50 KiB loses
 *   its end. .agents/skills and .claude/skills are read as well, its own first.
 * - .kilo/agents/<name>.md and .kilo/commands/<name>.md as OpenCode's, which are
 *   not read where OpenCode has them: description, mode, permission; description,
 *   $ARGUMENTS. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("mode"), FIELD_LITERAL, STR_INIT("subagent") },
	{ STR_INIT("permission"), FIELD_READONLY, STR_INIT("{ edit: deny }") },
};

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("read") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("write") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("edit") },
	{ .from = STR_INIT("MultiEdit"), .to = STR_INIT("edit") },
	{ .from = STR_INIT("NotebookEdit"), .to = STR_INIT("edit") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("bash") },
	{ .from = STR_INIT("Glob"), .to = STR_INIT("glob") },
	{ .from = STR_INIT("Grep"), .to = STR_INIT("grep") },
	{ .from = STR_INIT("TodoWrite"), .to = STR_INIT("todowrite") },
	{ .from = STR_INIT("Skill"), .to = STR_INIT("skill") },
	{ .from = STR_INIT("Agent"), .to = STR_INIT("task") },
	{ .from = STR_INIT("Task"), .to = STR_INIT("task") },
	{ .from = STR_INIT("WebFetch"), .to = STR_INIT("webfetch") },
	{ .from = STR_INIT("WebSearch"), .to = STR_INIT("websearch") },
};

static const struct str detect[] = { STR_INIT(".kilo"), STR_INIT(".kilocode") };

const struct adapter adapter_kilo = {
	.name = STR_INIT("kilo"),
	.title = STR_INIT("Kilo Code"),
	.client = STR_INIT("kilo 7.7.7, 2026-11-23"),
	.caps = CAP_SUBAGENTS,
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
	.tools = tools,
	.ntools = COUNTOF(tools),
	.also = also_agents_claude,
	.nalso = COUNTOF(also_agents_claude),
	.limits = { .name = 64, .description = 1024, .shown = 50000 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
