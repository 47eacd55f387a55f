/* Goose: the shared tree, AGENTS.md.
 *
 * Source: block.github.io/goose and rulesync 17.0.0's schemas, read on 2026-11-23
 * (the program itself was not run).
 * - .agents/skills/<dir>/SKILL.md. AGENTS.md is read beside .goosehints, which is
 *   left to the user. No agents or commands in files of a project are known well
 *   enough: roles stand with the router. */
#include "rune/adapter.h"

static const struct str detect[] = { STR_INIT(".goosehints"), STR_INIT(".goose") };

const struct adapter adapter_goose = {
	.name = STR_INIT("goose"),
	.title = STR_INIT("Goose"),
	.client = STR_INIT("block.github.io/goose, 2026-11-23"),
	AGENTS_TREE,
	.instructions_path = STR_INIT("AGENTS.md"),
	.limits = { .name = 64,
		.description = 1024,
		.shown = AGENTS_SHOWN,
		.instructions = 32768 },
	.skills_of = &adapter_agents,
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
