/* Claude Code, the form that stands in a project: .claude/skills, agents, commands.
 *
 * Source: claude-code 2.1.330, run and read on 2026-11-23.
 * - .claude/skills/<dir>/SKILL.md: the directory's name is the skill's id; a flat
 *   .md file beside the directories is not taken for a skill.
 * - .claude/agents/<name>.md: name, description, tools, model, skills (preloaded).
 * - .claude/commands/<name>.md: typed as /<name>; $ARGUMENTS is what follows.
 * - Models by alias: opus, sonnet, haiku. Tool names are the ones skills are
 *   written with.
 * - A listed entry is cut at 1,536 characters; the open standard's 1,024 is less.
 * - The list of skills has a hundredth of the context, at four characters a token. A
 *   line is "- name: description". Its own skills keep theirs (6,052 characters, and 25
 *   for two more, whose descriptions of 134 give way); of all others the names are set
 *   down, then descriptions while there is room, those that are used most first.
 * - disable-model-invocation keeps a skill out of the list, and out of the Skill tool's
 *   reach: its file can still be read.
 * CLAUDE.md belongs to the user: there is no always-on file. */
#include "rune/adapter.h"

static const struct str detect[] = { STR_INIT(".claude") };

const struct adapter adapter_claude = {
	.name = STR_INIT("claude"),
	.title = STR_INIT("Claude Code"),
	.client = STR_INIT("claude-code 2.1.330, 2026-11-23"),
	.caps = CAP_SUBAGENTS | CAP_NATIVE_TOOLS | CAP_SKILL_AGENTS,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".claude/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".claude/skills/{name}"),
	.index_dir = STR_INIT(".claude/skills"),
	.role_path = STR_INIT(".claude/agents/{name}.md"),
	.command_path = STR_INIT(".claude/commands/{name}.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.fields = fields_claude_skill,
	.nfields = COUNTOF(fields_claude_skill),
	.role_fields = fields_claude_agent,
	.nrole_fields = COUNTOF(fields_claude_agent),
	.command_fields = fields_claude_command,
	.ncommand_fields = COUNTOF(fields_claude_command),
	.models = models_claude,
	.nmodels = COUNTOF(models_claude),
	.detect = detect,
	.ndetect = COUNTOF(detect),
	.limits = { .name = 64, .description = 1024 },
	.listing = { .fill = LIST_DROP,
		.hide = HIDE_KEY,
		.tokens = 25,
		.own = 6077,
		.own_full = 134,
		.entry = 3,
		.names = 1,
		.described = 2,
		.description = 1536 },
};
