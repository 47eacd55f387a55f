/* Windsurf (now Devin Desktop): skills, one always-on rule, workflows.
 *
 * Source: its documentation and rulesync 17.0.0's schemas, read on 2026-11-23 (the
 * program itself was not run).
 * - .windsurf/skills/<name>/SKILL.md is still documented beside .devin/skills;
 *   names of lower-case letters, digits and hyphens.
 * - .windsurf/rules/<name>.md: trigger (always_on, model_decision, glob, manual),
 *   description; 12,000 characters per file. A rule without a trigger is rejected.
 * - .windsurf/workflows/<name>.md: description; only typed, as /<name>; 12,000
 *   characters.
 * - Subagents have a place only below .devin: roles stand with the router.
 * - No stable names of tools are published: prose. */
#include "rune/adapter.h"

static const struct str detect[] = { STR_INIT(".windsurf") };

const struct adapter adapter_windsurf = {
	.name = STR_INIT("windsurf"),
	.title = STR_INIT("Windsurf"),
	.client = STR_INIT("docs.windsurf.com, rulesync 17.0.0, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".windsurf/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".windsurf/skills/{name}"),
	.index_dir = STR_INIT(".windsurf/skills"),
	.command_path = STR_INIT(".windsurf/workflows/{name}.md"),
	.rules_path = STR_INIT(".windsurf/rules/{name}.md"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.arguments = STR_INIT("what the user typed after the command"),
	.fields = fields_agent_skill,
	.nfields = COUNTOF(fields_agent_skill),
	.command_fields = fields_description,
	.ncommand_fields = COUNTOF(fields_description),
	.rules_fields = fields_always_on,
	.nrules_fields = COUNTOF(fields_always_on),
	.detect = detect,
	.ndetect = COUNTOF(detect),
	.limits = { .name = 64,
		.description = 1024,
		.always_on = 12000,
		.command = 12000 },
};
