/* Zed: the shared tree, AGENTS.md.
 *
 * Source: zed.dev and rulesync 17.0.0's schemas, read on 2026-11-23 (the program
 * itself was not run).
 * - .agents/skills/<dir>/SKILL.md. It refuses names that are not of the standard's
 *   form, and reads one file of rules, AGENTS.md among the names it looks for. No
 *   agents or commands in files of a project are known well enough: roles stand
 *   with the router. */
#include "rune/adapter.h"

static const struct str detect[] = { STR_INIT(".zed") };

const struct adapter adapter_zed = {
	.name = STR_INIT("zed"),
	.title = STR_INIT("Zed"),
	.client = STR_INIT("zed.dev, 2026-11-23"),
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
