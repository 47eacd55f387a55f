/* Augment (Auggie): skills, an always-on rule, a command.
 *
 * Source: auggie 0.36.0, run and read on 2026-11-23.
 * - .augment/skills/<dir>/SKILL.md: name and description of at most 64 and 1,024
 *   characters. All of them are sent, whole, with their paths; the service makes the
 *   list, with what budget is not known. .agents/skills and .claude/skills are read as
 *   well, the same name once, its own first. `hidden: true` keeps a skill out, disable-
 *   model-invocation does not.
 * - There is no tool for skills: the file is read with view, which clips at 54,000
 *   characters, numbers of lines included.
 * - .augment/rules/<name>.md: type (always_apply, manual, agent_requested), description.
 *   AGENTS.md is sent as well and left alone: one always-on text is enough.
 *   .augment/commands/<name>.md: description, argument-hint; $ARGUMENTS.
 * - Agents in files were not seen to be offered: roles stand with the router. */
#include "rune/adapter.h"

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("view") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("save-file") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("str-replace-editor") },
	{ .from = STR_INIT("MultiEdit"), .to = STR_INIT("str-replace-editor") },
	{ .from = STR_INIT("NotebookEdit"), .to = STR_INIT("str-replace-editor") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("launch-process") },
	{ .from = STR_INIT("Glob"),
		.verb = STR_INIT(
			"find files by name (`launch-process` with `rg --files`)"),
		.noun = STR_INIT(
			"file-name search (`launch-process` with `rg --files`)") },
	{ .from = STR_INIT("Grep"),
		.verb = STR_INIT("search file contents (`launch-process` with `rg`)"),
		.noun = STR_INIT("text search (`launch-process` with `rg`)") },
	{ .from = STR_INIT("TodoWrite"), .to = STR_INIT("update_tasks") },
	{ .from = STR_INIT("Skill"),
		.verb = STR_INIT("read the skill's SKILL.md and follow it"),
		.noun = STR_INIT("the skill's SKILL.md") },
	{ .from = STR_INIT("Agent"),
		.verb = STR_INIT("start a subagent"),
		.noun = STR_INIT("subagent") },
	{ .from = STR_INIT("Task"),
		.verb = STR_INIT("start a subagent"),
		.noun = STR_INIT("subagent") },
	{ .from = STR_INIT("WebFetch"), .to = STR_INIT("web-fetch") },
	{ .from = STR_INIT("WebSearch"),
		.verb = STR_INIT("search the web"),
		.noun = STR_INIT("web search") },
};

static const struct field command_fields[] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("argument-hint"), FIELD_KEY, STR_INIT("argument-hint") },
};

static const struct field rules_fields[] = {
	{ STR_INIT("type"), FIELD_LITERAL, STR_INIT("always_apply") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
};

static const struct str detect[] = { STR_INIT(".augment") };

const struct adapter adapter_augment = {
	.name = STR_INIT("augment"),
	.title = STR_INIT("Augment"),
	.client = STR_INIT("auggie 0.36.0, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".augment/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".augment/skills/{name}"),
	.index_dir = STR_INIT(".augment/skills"),
	.command_path = STR_INIT(".augment/commands/{name}.md"),
	.rules_path = STR_INIT(".augment/rules/{name}.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.command_fields = command_fields,
	.ncommand_fields = COUNTOF(command_fields),
	.rules_fields = rules_fields,
	.nrules_fields = COUNTOF(rules_fields),
	.tools = tools,
	.ntools = COUNTOF(tools),
	.also = also_agents_claude,
	.nalso = COUNTOF(also_agents_claude),
	.limits = { .name = 64, .description = 1024, .shown = 48000 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
