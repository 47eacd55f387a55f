/* Gemini CLI: skills, agents, commands, GEMINI.md.
 *
 * Source: gemini-cli 0.61.0, run and read on 2026-11-23.
 * - .gemini/skills/<dir>/SKILL.md, exactly one level; name and description needed.
 *   No budget for the list, bodies come whole. .agents/skills is read as well and
 *   wins on a tie.
 * - .gemini/agents/<name>.md: name, description, kind, tools (a list of native
 *   names; one that is unknown fails the file), model. Project agents have to be
 *   acknowledged once.
 * - .gemini/commands/<name>.toml: prompt, description; {{args}} is what follows.
 * - GEMINI.md is read; AGENTS.md only if context.fileName says so. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("kind"), FIELD_LITERAL, STR_INIT("local") },
	{ STR_INIT("tools"), FIELD_TOOL_LIST, STR_INIT("") },
	{ STR_INIT("model"), FIELD_MODEL, STR_INIT("") },
};

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("read_file") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("write_file") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("replace") },
	{ .from = STR_INIT("MultiEdit"), .to = STR_INIT("replace") },
	{ .from = STR_INIT("NotebookEdit"), .to = STR_INIT("replace") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("run_shell_command") },
	{ .from = STR_INIT("Glob"), .to = STR_INIT("glob") },
	{ .from = STR_INIT("Grep"), .to = STR_INIT("grep_search") },
	{ .from = STR_INIT("TodoWrite"),
		.verb = STR_INIT("keep a list of steps"),
		.noun = STR_INIT("list of steps") },
	{ .from = STR_INIT("Skill"), .to = STR_INIT("activate_skill") },
	{ .from = STR_INIT("Agent"), .to = STR_INIT("invoke_agent") },
	{ .from = STR_INIT("Task"), .to = STR_INIT("invoke_agent") },
	{ .from = STR_INIT("WebFetch"), .to = STR_INIT("web_fetch") },
	{ .from = STR_INIT("WebSearch"), .to = STR_INIT("google_web_search") },
};

static const struct name_map models[] = {
	{ STR_INIT("opus"), STR_INIT("gemini-3-pro-preview") },
	{ STR_INIT("haiku"), STR_INIT("gemini-3-flash-preview") },
};

static const struct str detect[] = { STR_INIT(".gemini"), STR_INIT("GEMINI.md") };

const struct adapter adapter_gemini = {
	.name = STR_INIT("gemini"),
	.title = STR_INIT("Gemini CLI"),
	.client = STR_INIT("gemini-cli 0.61.0, 2026-11-23"),
	.caps = CAP_SUBAGENTS,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".gemini/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".gemini/skills/{name}"),
	.index_dir = STR_INIT(".gemini/skills"),
	.role_path = STR_INIT(".gemini/agents/{name}.md"),
	.command_path = STR_INIT(".gemini/commands/{name}.toml"),
	.command_body = STR_INIT("prompt"),
	.instructions_path = STR_INIT("GEMINI.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.arguments = STR_INIT("{{args}}"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.command_fields = fields_description,
	.ncommand_fields = COUNTOF(fields_description),
	.tools = tools,
	.ntools = COUNTOF(tools),
	.models = models,
	.nmodels = COUNTOF(models),
	.also = also_agents,
	.nalso = COUNTOF(also_agents),
	.limits = { .name = 64, .description = 1024 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
