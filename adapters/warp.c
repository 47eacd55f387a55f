/* Warp: the shared tree, AGENTS.md.
 *
 * Source: docs.warp.dev and rulesync 17.0.0's schemas, read on 2026-11-23 (the
 * program itself was not run).
 * - .agents/skills/<dir>/SKILL.md. Of rules it reads AGENTS.md only. No agents or
 *   commands in files of a project are known well enough: roles stand with the
 *   router. */
#include "rune/adapter.h"

static const struct str detect[] = { STR_INIT(".warp"), STR_INIT("WARP.md") };

const struct adapter adapter_warp = {
	.name = STR_INIT("warp"),
	.title = STR_INIT("Warp"),
	.client = STR_INIT("docs.warp.dev, 2026-11-23"),
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
