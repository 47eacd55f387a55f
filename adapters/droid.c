/* Droid (Factory): skills, droids, a command, AGENTS.md.
 *
 * Source: droid 0.215.0, run and read on 2026-11-23.
 * - .factory/skills/<dir>/SKILL.md. The list has six characters for a hundred tokens
 *   of the length at which it compacts: 10,800 where the context is 200,000 tokens,
 *   and 15,000 from 250,000 on. Its own skills take 5,276: all names are set down,
 *   then descriptions in the order of names; disable-model-invocation keeps a skill
 *   out, which the Skill tool still loads. Bodies come whole.
 * - .factory/droids/<name>.md: name, description, model (inherit), tools: a list of
 *   its names, case and all, of which one that is unknown is an error; or a kind
 *   (read-only, edit, execute, web). Without, all. Which of Create, Edit and
 *   ApplyPatch there are, depends on the model, and is seen to.
 *   .factory/commands/<name>.md: description, argument-hint; $ARGUMENTS.
 * - AGENTS.md is read. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("model"), FIELD_LITERAL, STR_INIT("inherit") },
	{ STR_INIT("tools"), FIELD_TOOL_LIST, STR_INIT("") },
};

static const struct field command_fields[] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("argument-hint"), FIELD_KEY, STR_INIT("argument-hint") },
};

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("Read") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("Create") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("Edit") },
	{ .from = STR_INIT("MultiEdit"), .to = STR_INIT("Edit") },
	{ .from = STR_INIT("NotebookEdit"), .to = STR_INIT("Edit") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("Execute") },
	{ .from = STR_INIT("Glob"), .to = STR_INIT("Glob") },
	{ .from = STR_INIT("Grep"), .to = STR_INIT("Grep") },
	{ .from = STR_INIT("TodoWrite"), .to = STR_INIT("TodoWrite") },
	{ .from = STR_INIT("Skill"), .to = STR_INIT("Skill") },
	{ .from = STR_INIT("Agent"), .to = STR_INIT("Task") },
	{ .from = STR_INIT("Task"), .to = STR_INIT("Task") },
	{ .from = STR_INIT("WebFetch"), .to = STR_INIT("FetchUrl") },
	{ .from = STR_INIT("WebSearch"), .to = STR_INIT("WebSearch") },
};

static const struct str detect[] = { STR_INIT(".factory") };

const struct adapter adapter_droid = {
	.name = STR_INIT("droid"),
	.title = STR_INIT("Droid"),
	.client = STR_INIT("droid 0.215.0, 2026-11-23"),
	.caps = CAP_SUBAGENTS,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".factory/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".factory/skills/{name}"),
	.index_dir = STR_INIT(".factory/skills"),
	.role_path = STR_INIT(".factory/droids/{name}.md"),
	.command_path = STR_INIT(".factory/commands/{name}.md"),
	.instructions_path = STR_INIT("AGENTS.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.fields = fields_agent_skill,
	.nfields = COUNTOF(fields_agent_skill),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.command_fields = command_fields,
	.ncommand_fields = COUNTOF(command_fields),
	.tools = tools,
	.ntools = COUNTOF(tools),
	.also = also_agents,
	.nalso = COUNTOF(also_agents),
	.limits = { .name = 64, .description = 1024 },
	.listing = { .fill = LIST_DROP,
		.hide = HIDE_KEY,
		.chars = 10800,
		.own = 5276,
		.entry = 1,
		.names = 1,
		.described = 2 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
