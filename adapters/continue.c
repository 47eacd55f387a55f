/* Continue: skills, an always-on rule, a prompt.
 *
 * Source: cn 1.5.47, run and read on 2026-11-23; docs.continue.dev.
 * - .continue/skills/<dir>/SKILL.md, one level; no budget for the list, bodies come
 *   whole. .claude/skills is read as well: the same name stands in the list twice.
 * - It has Edit or MultiEdit, which depends on the model; List is of one directory.
 * - .continue/rules/<name>.md: name, alwaysApply. .continue/prompts/<name>.md:
 *   name, description, invokable. */
#include "rune/adapter.h"

static const struct str also[] = { STR_INIT(".claude/skills/") };

static const struct field command_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("invokable"), FIELD_LITERAL, STR_INIT("true") },
};

static const struct field rules_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("alwaysApply"), FIELD_LITERAL, STR_INIT("true") },
};

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("Read") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("Write") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("Edit") },
	{ .from = STR_INIT("MultiEdit"), .to = STR_INIT("Edit") },
	{ .from = STR_INIT("NotebookEdit"), .to = STR_INIT("Edit") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("Bash") },
	{ .from = STR_INIT("Glob"),
		.verb = STR_INIT("list files"),
		.noun = STR_INIT("file list") },
	{ .from = STR_INIT("Grep"), .to = STR_INIT("Search") },
	{ .from = STR_INIT("TodoWrite"), .to = STR_INIT("Checklist") },
	{ .from = STR_INIT("Skill"), .to = STR_INIT("Skills") },
	{ .from = STR_INIT("Agent"),
		.verb = STR_INIT("start a subagent"),
		.noun = STR_INIT("subagent") },
	{ .from = STR_INIT("Task"),
		.verb = STR_INIT("start a subagent"),
		.noun = STR_INIT("subagent") },
	{ .from = STR_INIT("WebFetch"), .to = STR_INIT("Fetch") },
	{ .from = STR_INIT("WebSearch"),
		.verb = STR_INIT("search the web"),
		.noun = STR_INIT("web search") },
};

static const struct str detect[] = { STR_INIT(".continue") };

const struct adapter adapter_continue = {
	.name = STR_INIT("continue"),
	.title = STR_INIT("Continue"),
	.client = STR_INIT("cn 1.5.47, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".continue/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".continue/skills/{name}"),
	.index_dir = STR_INIT(".continue/skills"),
	.command_path = STR_INIT(".continue/prompts/{name}.md"),
	.rules_path = STR_INIT(".continue/rules/{name}.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.arguments = STR_INIT("what the user typed after the command"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.command_fields = command_fields,
	.ncommand_fields = COUNTOF(command_fields),
	.rules_fields = rules_fields,
	.nrules_fields = COUNTOF(rules_fields),
	.tools = tools,
	.ntools = COUNTOF(tools),
	.also = also,
	.nalso = COUNTOF(also),
	.limits = { .name = 64, .description = 1024 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
