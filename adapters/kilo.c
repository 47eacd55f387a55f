/* Kilo Code: skills, AGENTS.md.
 *
 * Source: kilo 7.7.7, run and read on 2026-11-23. It is built on OpenCode.
 * - .kilo/skills/<dir>/SKILL.md; no budget for the list. A body over 50 KiB loses
 *   its end.
 * - Its agents and commands were not seen in files of a project: roles stand with
 *   the router. */
#include "rune/adapter.h"

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
	.instructions_path = STR_INIT("AGENTS.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.tools = tools,
	.ntools = COUNTOF(tools),
	.also = also_agents,
	.nalso = COUNTOF(also_agents),
	.limits = { .name = 64, .description = 1024, .shown = 50000 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
