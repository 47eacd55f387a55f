/* Qoder: skills, agents, AGENTS.md.
 *
 * Source: qodercli 1.1.52, run and read on 2026-11-23; its documentation.
 * - .qoder/skills/<dir>/SKILL.md: the directory's name is the id. `model` is taken
 *   seriously: it is never written.
 * - The list of skills, "- name: description", has a hundredth of the context, at
 *   three columns a token (four with Claude 4.0). Its own skills keep theirs (3,800);
 *   of all others the names are set down, then descriptions of at most 1,536 while
 *   there is room, those that are used most first. Where the service switches its
 *   workflows off, there is no budget, and descriptions are cut at 250. (Read in the
 *   program: it talks to no model without a login.)
 * - disable-model-invocation keeps a skill out of the list, and out of the Skill
 *   tool's reach: its file can still be read. .agents/skills is read as well, its own
 *   first.
 * - .qoder/agents/<name>.md: description needed; tools as in Claude Code, whose
 *   names it has.
 * - AGENTS.md is read. Rules (.qoder/rules) have four kinds whose keys are not
 *   documented: what is always on stands in AGENTS.md. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("tools"), FIELD_TOOLS, STR_INIT("") },
};

static const struct str detect[] = { STR_INIT(".qoder") };

const struct adapter adapter_qoder = {
	.name = STR_INIT("qoder"),
	.title = STR_INIT("Qoder"),
	.client = STR_INIT("qodercli 1.1.52, 2026-11-23"),
	.caps = CAP_SUBAGENTS | CAP_NATIVE_TOOLS,
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".qoder/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".qoder/skills/{name}"),
	.index_dir = STR_INIT(".qoder/skills"),
	.role_path = STR_INIT(".qoder/agents/{name}.md"),
	.instructions_path = STR_INIT("AGENTS.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.fields = fields_agent_skill,
	.nfields = COUNTOF(fields_agent_skill),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.also = also_agents,
	.nalso = COUNTOF(also_agents),
	.limits = { .name = 64, .description = 1024 },
	.listing = { .fill = LIST_DROP,
		.hide = HIDE_KEY,
		.tokens = 34,
		.own = 3800,
		.entry = 3,
		.names = 1,
		.described = 2,
		.description = 1536 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
