/* Cline: skills, a rule, a workflow.
 *
 * Source: cline 3.0.65 (@cline/core), run and read on 2026-11-23.
 * - .cline/skills/<dir>/SKILL.md; a strict parser refuses keys beyond the
 *   standard's, and metadata other than strings. The list shows names and no
 *   descriptions: the rule that is always on says what they are for.
 * - The model gets 8,000 bytes of a skill, beginning and end.
 * - .clinerules/<name>.md: plain, always on without paths;
 *   .clinerules/workflows/<name>.md. */
#include "rune/adapter.h"

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("read_files") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("editor") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("editor") },
	{ .from = STR_INIT("MultiEdit"), .to = STR_INIT("editor") },
	{ .from = STR_INIT("NotebookEdit"), .to = STR_INIT("editor") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("run_commands") },
	{ .from = STR_INIT("Glob"), .to = STR_INIT("search_codebase") },
	{ .from = STR_INIT("Grep"), .to = STR_INIT("search_codebase") },
	{ .from = STR_INIT("TodoWrite"),
		.verb = STR_INIT("keep a list of steps"),
		.noun = STR_INIT("list of steps") },
	{ .from = STR_INIT("Skill"), .to = STR_INIT("skills") },
	{ .from = STR_INIT("Agent"), .to = STR_INIT("spawn_agent") },
	{ .from = STR_INIT("Task"), .to = STR_INIT("spawn_agent") },
	{ .from = STR_INIT("WebFetch"), .to = STR_INIT("fetch_web_content") },
	{ .from = STR_INIT("WebSearch"),
		.verb = STR_INIT("search the web"),
		.noun = STR_INIT("web search") },
};

static const struct str detect[] = { STR_INIT(".cline"), STR_INIT(".clinerules") };

const struct adapter adapter_cline = {
	.name = STR_INIT("cline"),
	.title = STR_INIT("Cline"),
	.client = STR_INIT("cline 3.0.65, 2026-11-23"),
	.caps = CAP_INDEX,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".cline/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".cline/skills/{name}"),
	.index_dir = STR_INIT(".cline/skills"),
	.command_path = STR_INIT(".clinerules/workflows/{name}.md"),
	.rules_path = STR_INIT(".clinerules/{name}.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune.md"),
	.arguments = STR_INIT("what the user typed after the command"),
	.fields = fields_spec_skill,
	.nfields = COUNTOF(fields_spec_skill),
	.tools = tools,
	.ntools = COUNTOF(tools),
	.also = also_agents,
	.nalso = COUNTOF(also_agents),
	.limits = { .name = 64, .description = 1024, .shown = 7800 },
	.listing = { .fill = LIST_NAMES },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
