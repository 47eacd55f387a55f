/* The table of platforms, and the headers that several of them have in common. */
#include "rune/adapter.h"

const struct adapter *const adapter_table[] = {
#define ADAPTER(name) &adapter_##name,
#include "adapters.def"
#undef ADAPTER
};
const size_t adapter_count = COUNTOF(adapter_table);

/* agentskills.io, 69ef37e of 2026-08-09; the last key is not the standard's, but is
 * understood by the clients that have this header (Cursor, Windsurf), and only a
 * skill that asks for it has it. */
const struct field fields_agent_skill[6] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("license"), FIELD_KEY, STR_INIT("license") },
	{ STR_INIT("compatibility"), FIELD_KEY, STR_INIT("compatibility") },
	{ STR_INIT("disable-model-invocation"), FIELD_KEY,
		STR_INIT("disable-model-invocation") },
	{ STR_INIT("metadata"), FIELD_METADATA, STR_INIT("") },
};

/* Strict parsers (skills-ref 0.1.5, Cline 3.0.65) refuse every other key. */
const struct field fields_spec_skill[5] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("license"), FIELD_KEY, STR_INIT("license") },
	{ STR_INIT("compatibility"), FIELD_KEY, STR_INIT("compatibility") },
	{ STR_INIT("metadata"), FIELD_METADATA, STR_INIT("") },
};

const struct field fields_description[1] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
};

/* Windsurf, Devin, Antigravity: a rule without a trigger is rejected. */
const struct field fields_always_on[2] = {
	{ STR_INIT("trigger"), FIELD_LITERAL, STR_INIT("always_on") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
};

/* Claude Code 2.1.330, read in the program on 2026-11-23. */
const struct field fields_claude_skill[19] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("when_to_use"), FIELD_KEY, STR_INIT("when_to_use") },
	{ STR_INIT("argument-hint"), FIELD_KEY, STR_INIT("argument-hint") },
	{ STR_INIT("arguments"), FIELD_KEY, STR_INIT("arguments") },
	{ STR_INIT("disable-model-invocation"), FIELD_KEY,
		STR_INIT("disable-model-invocation") },
	{ STR_INIT("user-invocable"), FIELD_KEY, STR_INIT("user-invocable") },
	{ STR_INIT("allowed-tools"), FIELD_KEY, STR_INIT("allowed-tools") },
	{ STR_INIT("disallowed-tools"), FIELD_KEY, STR_INIT("disallowed-tools") },
	{ STR_INIT("model"), FIELD_KEY, STR_INIT("model") },
	{ STR_INIT("effort"), FIELD_KEY, STR_INIT("effort") },
	{ STR_INIT("context"), FIELD_KEY, STR_INIT("context") },
	{ STR_INIT("agent"), FIELD_KEY, STR_INIT("agent") },
	{ STR_INIT("hooks"), FIELD_KEY, STR_INIT("hooks") },
	{ STR_INIT("paths"), FIELD_KEY, STR_INIT("paths") },
	{ STR_INIT("shell"), FIELD_KEY, STR_INIT("shell") },
	{ STR_INIT("license"), FIELD_KEY, STR_INIT("license") },
	{ STR_INIT("compatibility"), FIELD_KEY, STR_INIT("compatibility") },
	{ STR_INIT("metadata"), FIELD_METADATA, STR_INIT("") },
};

const struct field fields_claude_agent[5] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("tools"), FIELD_TOOLS, STR_INIT("") },
	{ STR_INIT("model"), FIELD_MODEL, STR_INIT("") },
	{ STR_INIT("skills"), FIELD_SKILL, STR_INIT("") },
};

const struct field fields_claude_command[6] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("argument-hint"), FIELD_KEY, STR_INIT("argument-hint") },
	{ STR_INIT("allowed-tools"), FIELD_KEY, STR_INIT("allowed-tools") },
	{ STR_INIT("disallowed-tools"), FIELD_KEY, STR_INIT("disallowed-tools") },
	{ STR_INIT("model"), FIELD_KEY, STR_INIT("model") },
	{ STR_INIT("disable-model-invocation"), FIELD_KEY,
		STR_INIT("disable-model-invocation") },
};

const struct name_map models_claude[3] = {
	{ STR_INIT("opus"), STR_INIT("opus") },
	{ STR_INIT("sonnet"), STR_INIT("sonnet") },
	{ STR_INIT("haiku"), STR_INIT("haiku") },
};

const struct str also_agents[1] = { STR_INIT(".agents/skills/") };
const struct str also_agents_claude[2] = { STR_INIT(".agents/skills/"),
	STR_INIT(".claude/skills/") };

/* OpenCode, and Kilo, which is built on it. */
const struct tool_map tools_opencode[14] = {
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
