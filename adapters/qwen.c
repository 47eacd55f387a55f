/* Qwen Code: skills, agents, commands, an always-on rule, QWEN.md.
 *
 * Source: qwen-code 0.24.4, run and read on 2026-11-23.
 * - .qwen/skills/<dir>/SKILL.md, one level; disable-model-invocation keeps one out
 *   of the list, which has no budget, and out of the skill tool's reach: its file can
 *   still be read. .agents/skills is read as well, its own first. A body over about
 *   25,000 characters reaches the model as a preview of 2,000.
 * - .qwen/agents/<name>.md: name, description, tools, model (inherit, fast, an id).
 * - .qwen/commands/<name>.md: Markdown; {{args}} is what follows.
 * - .qwen/rules/<name>.md without paths is always on; QWEN.md and AGENTS.md are
 *   read.
 * - Which model suits is a comment in the header: a key would be an unknown one. It is
 *   the family's model for code, whatever the tier: no others are known by tier. */
#include "rune/adapter.h"

static const struct field fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("license"), FIELD_KEY, STR_INIT("license") },
	{ STR_INIT("compatibility"), FIELD_KEY, STR_INIT("compatibility") },
	{ STR_INIT("user-invocable"), FIELD_KEY, STR_INIT("user-invocable") },
	{ STR_INIT("disable-model-invocation"), FIELD_KEY,
		STR_INIT("disable-model-invocation") },
	{ STR_INIT("metadata"), FIELD_METADATA, STR_INIT("") },
	{ STR_INIT("model-hint"), FIELD_MODEL_HINT, STR_INIT("qwen3-coder") },
};

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("tools"), FIELD_TOOL_LIST, STR_INIT("") },
	{ STR_INIT("model"), FIELD_MODEL, STR_INIT("") },
};

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("read_file") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("write_file") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("edit") },
	{ .from = STR_INIT("MultiEdit"), .to = STR_INIT("edit") },
	{ .from = STR_INIT("NotebookEdit"), .to = STR_INIT("notebook_edit") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("run_shell_command") },
	{ .from = STR_INIT("Glob"), .to = STR_INIT("glob") },
	{ .from = STR_INIT("Grep"), .to = STR_INIT("grep_search") },
	{ .from = STR_INIT("TodoWrite"), .to = STR_INIT("todo_write") },
	{ .from = STR_INIT("Skill"), .to = STR_INIT("skill") },
	{ .from = STR_INIT("Agent"), .to = STR_INIT("agent") },
	{ .from = STR_INIT("Task"), .to = STR_INIT("agent") },
	{ .from = STR_INIT("WebFetch"), .to = STR_INIT("web_fetch") },
	{ .from = STR_INIT("WebSearch"), .to = STR_INIT("web_search") },
};

static const struct name_map models[] = {
	{ STR_INIT("opus"), STR_INIT("inherit") },
	{ STR_INIT("sonnet"), STR_INIT("inherit") },
	{ STR_INIT("haiku"), STR_INIT("fast") },
};

static const struct str detect[] = { STR_INIT(".qwen"), STR_INIT("QWEN.md") };

const struct adapter adapter_qwen = {
	.name = STR_INIT("qwen"),
	.title = STR_INIT("Qwen Code"),
	.client = STR_INIT("qwen-code 0.24.4, 2026-11-23"),
	.caps = CAP_SUBAGENTS,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".qwen/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".qwen/skills/{name}"),
	.index_dir = STR_INIT(".qwen/skills"),
	.role_path = STR_INIT(".qwen/agents/{name}.md"),
	.command_path = STR_INIT(".qwen/commands/{name}.md"),
	.rules_path = STR_INIT(".qwen/rules/{name}.md"),
	.instructions_path = STR_INIT("QWEN.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.arguments = STR_INIT("{{args}}"),
	.fields = fields,
	.nfields = COUNTOF(fields),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.command_fields = fields_description,
	.ncommand_fields = COUNTOF(fields_description),
	.rules_fields = fields_description,
	.nrules_fields = COUNTOF(fields_description),
	.tools = tools,
	.ntools = COUNTOF(tools),
	.models = models,
	.nmodels = COUNTOF(models),
	.also = also_agents,
	.nalso = COUNTOF(also_agents),
	.limits = { .name = 64, .description = 1024, .shown = 24500 },
	.listing = { .hide = HIDE_KEY },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
