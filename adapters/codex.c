/* Codex: the shared tree, roles as agents, AGENTS.md.
 *
 * Source: codex 0.169.0, run and read on 2026-11-23.
 * - .agents/skills, at any depth, from the working directory up to the repository;
 *   name of at most 64 characters, description cut at 1,024. See agents.c for its
 *   budgets.
 * - .codex/agents/<name>.toml: name, description and developer_instructions,
 *   without which a file is dropped in silence; model_reasoning_effort (low to
 *   ultra), sandbox_mode. Loaded in trusted projects only. Models change from month
 *   to month: a role has the session's, with an effort of its own.
 * - AGENTS.md: one per directory from the root down, 32,768 bytes in all.
 * - There are no commands in a project. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("model_reasoning_effort"), FIELD_MODEL, STR_INIT("") },
	{ STR_INIT("sandbox_mode"), FIELD_READONLY, STR_INIT("read-only") },
};

static const struct name_map models[] = {
	{ STR_INIT("opus"), STR_INIT("high") },
	{ STR_INIT("sonnet"), STR_INIT("medium") },
	{ STR_INIT("haiku"), STR_INIT("low") },
};

static const struct str detect[] = { STR_INIT(".codex") };

const struct adapter adapter_codex = {
	.name = STR_INIT("codex"),
	.title = STR_INIT("Codex"),
	.client = STR_INIT("codex 0.169.0, 2026-11-23"),
	AGENTS_TREE,
	.instructions_path = STR_INIT("AGENTS.md"),
	.role_path = STR_INIT(".codex/agents/{name}.toml"),
	.role_body = STR_INIT("developer_instructions"),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.models = models,
	.nmodels = COUNTOF(models),
	.limits = { .name = 64,
		.description = 1024,
		.shown = AGENTS_SHOWN,
		.instructions = 32768 },
	.skills_of = &adapter_agents,
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
