/* Amp: the shared tree, AGENTS.md.
 *
 * Source: ampcode.com and rulesync 17.0.0's schemas, read on 2026-11-23 (the
 * program itself was not run).
 * - .agents/skills/<dir>/SKILL.md. AGENTS.md is read. No agents or commands in
 *   files of a project are known well enough: roles stand with the router. */
#include "rune/adapter.h"

const struct adapter adapter_amp = {
	.name = STR_INIT("amp"),
	.title = STR_INIT("Amp"),
	.client = STR_INIT("ampcode.com, 2026-11-23"),
	AGENTS_TREE,
	.instructions_path = STR_INIT("AGENTS.md"),
	.limits = { .name = 64,
		.description = 1024,
		.shown = AGENTS_SHOWN,
		.instructions = 32768 },
	.skills_of = &adapter_agents,
};
