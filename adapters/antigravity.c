/* Antigravity: the shared tree, agents, a rule, a workflow.
 *
 * Source: its documentation and rulesync 17.0.0's schemas, read on 2026-11-23 (the
 * program itself was not run).
 * - .agents/skills/<dir>/SKILL.md; a strict parser refuses keys beyond the
 *   standard's, model among them.
 * - .agents/rules/<name>.md: trigger as with Windsurf, whose limit of 12,000
 *   characters is kept to. .agents/workflows/<name>.md: description.
 * - .agents/agents/<name>.md: name and description needed; model may be inherit.
 * - AGENTS.md and GEMINI.md are read; .antigravity/ is no documented place. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("model"), FIELD_LITERAL, STR_INIT("inherit") },
};

static const struct str detect[] = { STR_INIT(".antigravity"),
	STR_INIT(".agents/workflows") };

const struct adapter adapter_antigravity = {
	.name = STR_INIT("antigravity"),
	.title = STR_INIT("Antigravity"),
	.client = STR_INIT("rulesync 17.0.0, 2026-11-23"),
	AGENTS_TREE,
	.role_path = STR_INIT(".agents/agents/{name}.md"),
	.command_path = STR_INIT(".agents/workflows/{name}.md"),
	.rules_path = STR_INIT(".agents/rules/{name}.md"),
	.command_format = STR_INIT("/rune"),
	.arguments = STR_INIT("what the user typed after the command"),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.command_fields = fields_description,
	.ncommand_fields = COUNTOF(fields_description),
	.rules_fields = fields_always_on,
	.nrules_fields = COUNTOF(fields_always_on),
	.limits = { .name = 64,
		.description = 1024,
		.shown = AGENTS_SHOWN,
		.always_on = 12000,
		.command = 12000 },
	.skills_of = &adapter_agents,
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
