/* GitHub Copilot, CLI and VS Code: skills, agents, a prompt, instructions, AGENTS.md.
 *
 * Source: copilot 1.0.102, run and read on 2026-11-23; prompts:
 * code.visualstudio.com.
 * - .github/skills/<dir>/SKILL.md: name of at most 64 and description of at most
 *   1,024 characters, or the skill fails to load. The list is a block of 15,000
 *   characters in the order of names, what is left is a row of names; a quote or an
 *   ampersand takes five or four more there, for which 400 are set aside.
 *   disable-model-invocation keeps a skill out of it, and out of the skill tool's
 *   reach: its file can still be read. Bodies come whole. .agents/skills and
 *   .claude/skills are read as well, its own first.
 * - In what the model gets, a name and password in an address (postgres://u:p@host) and
 *   what looks like a key of GitHub are ******, in skills, too.
 * - .github/agents/<name>.agent.md: description needed; tools by the aliases read,
 *   edit, search, execute, agent, web, todo; at most 30,000 characters.
 * - .github/prompts/<name>.prompt.md: agent, description (VS Code).
 * - .github/instructions/<name>.instructions.md: without applyTo the text itself is
 *   in every request. AGENTS.md and .github/copilot-instructions.md are read as
 *   well: the latter is left to the user. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("tools"), FIELD_TOOL_LIST, STR_INIT("") },
};

static const struct field command_fields[] = {
	{ STR_INIT("agent"), FIELD_LITERAL, STR_INIT("agent") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
};

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("view"), .list = STR_INIT("read") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("create"), .list = STR_INIT("edit") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("edit"), .list = STR_INIT("edit") },
	{ .from = STR_INIT("MultiEdit"),
		.to = STR_INIT("edit"),
		.list = STR_INIT("edit") },
	{ .from = STR_INIT("NotebookEdit"),
		.to = STR_INIT("edit"),
		.list = STR_INIT("edit") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("bash"), .list = STR_INIT("execute") },
	{ .from = STR_INIT("Glob"), .to = STR_INIT("glob"), .list = STR_INIT("search") },
	{ .from = STR_INIT("Grep"), .to = STR_INIT("rg"), .list = STR_INIT("search") },
	{ .from = STR_INIT("TodoWrite"),
		.verb = STR_INIT("keep a list of steps"),
		.noun = STR_INIT("list of steps"),
		.list = STR_INIT("todo") },
	{ .from = STR_INIT("Skill"), .to = STR_INIT("skill") },
	{ .from = STR_INIT("Agent"), .to = STR_INIT("task"), .list = STR_INIT("agent") },
	{ .from = STR_INIT("Task"), .to = STR_INIT("task"), .list = STR_INIT("agent") },
	{ .from = STR_INIT("WebFetch"),
		.to = STR_INIT("web_fetch"),
		.list = STR_INIT("web") },
	{ .from = STR_INIT("WebSearch"),
		.verb = STR_INIT("search the web"),
		.noun = STR_INIT("web search"),
		.list = STR_INIT("web") },
};

static const struct str detect[] = { STR_INIT(".github/copilot-instructions.md"),
	STR_INIT(".github/skills"), STR_INIT(".github/agents") };

const struct adapter adapter_copilot = {
	.name = STR_INIT("copilot"),
	.title = STR_INIT("GitHub Copilot"),
	.client = STR_INIT("copilot 1.0.102, 2026-11-23"),
	.caps = CAP_SUBAGENTS,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".github/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".github/skills/{name}"),
	.index_dir = STR_INIT(".github/skills"),
	.role_path = STR_INIT(".github/agents/{name}.agent.md"),
	.command_path = STR_INIT(".github/prompts/{name}.prompt.md"),
	.rules_path = STR_INIT(".github/instructions/{name}.instructions.md"),
	.instructions_path = STR_INIT("AGENTS.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.arguments = STR_INIT("what the user typed after the command"),
	.fields = fields_agent_skill,
	.nfields = COUNTOF(fields_agent_skill),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.command_fields = command_fields,
	.ncommand_fields = COUNTOF(command_fields),
	.rules_fields = fields_description,
	.nrules_fields = COUNTOF(fields_description),
	.tools = tools,
	.ntools = COUNTOF(tools),
	.also = also_agents_claude,
	.nalso = COUNTOF(also_agents_claude),
	.limits = { .name = 64, .description = 1024 },
	.listing = { .fill = LIST_TAIL,
		.hide = HIDE_KEY,
		.chars = 15000,
		.own = 400,
		.entry = 94,
		.names = 1 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
