/* The shared tree: .agents/skills, which many clients read, and AGENTS.md.
 *
 * Source: agentskills.io 69ef37e (2026-08-09); codex 0.169.0, gemini-cli 0.61.0,
 * copilot 1.0.102, opencode 1.18.33, cline 3.0.65, kilo 7.7.7, droid 0.215.0 and
 * openclaw 2026.9.6, run on 2026-11-23; documentation of Cursor, Zed, Warp, Amp,
 * Goose and Antigravity.
 * - One tree for all of them, so its wording suits all: prose for tools, the keys
 *   of the standard and no others, one directory level.
 * - Of its readers Codex has the least room: a list of 21,760 characters (a
 *   fiftieth of a context of 272,000 tokens, "- name: description (file:
 *   r1/name/SKILL.md)"), shared equally; 10,000 tokens of what a command prints,
 *   the middle lost.
 * - <skill>/agents/openai.yaml with policy.allow_implicit_invocation: false keeps a
 *   skill out of that list; the others do not read it.
 * - Clients that have no place of their own for skills emit this same tree
 *   (skills_of); together they own it. */
#include "rune/adapter.h"

static const struct str detect[] = { STR_INIT(".agents/skills") };

const struct adapter adapter_agents = {
	.name = STR_INIT("agents"),
	.title = STR_INIT("Shared .agents tree"),
	.client = STR_INIT("the clients that read it, 2026-11-23"),
	.caps = CAP_INDEX,
	AGENTS_TREE,
	.instructions_path = STR_INIT("AGENTS.md"),
	.limits = { .name = 64,
		.description = 1024,
		.shown = AGENTS_SHOWN,
		.instructions = 32768 },
	.detect = detect,
	.ndetect = COUNTOF(detect),
};
