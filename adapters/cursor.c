/* Cursor: skills, one always-on rule, subagents, commands.
 *
 * Source: cursor.com/docs and rulesync 17.0.0's schemas, read on 2026-11-23 (the
 * program itself was not run).
 * - .cursor/skills/<name>/SKILL.md: name, description, license, compatibility,
 *   metadata, disable-model-invocation, paths.
 * - .cursor/rules/<name>.mdc: description, globs (one string), alwaysApply; the parser
 *   is simple and knows no block scalars.
 * - .cursor/agents/<name>.md: name, description, model (inherit, fast or an id),
 *   readonly, is_background.
 * - .cursor/commands/<name>.md: plain Markdown without a header, typed as /<name>;
 *   what follows it is not substituted but stands in the message.
 * - No stable names of tools are published: prose. */
#include "rune/adapter.h"

static const struct field role_fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("model"), FIELD_MODEL, STR_INIT("") },
	{ STR_INIT("readonly"), FIELD_READONLY, STR_INIT("") },
};

static const struct field rules_fields[] = {
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("alwaysApply"), FIELD_LITERAL, STR_INIT("true") },
};

static const struct name_map models[] = {
	{ STR_INIT("opus"), STR_INIT("inherit") },
	{ STR_INIT("sonnet"), STR_INIT("inherit") },
	{ STR_INIT("haiku"), STR_INIT("fast") },
};

static const struct str also[] = { STR_INIT(".claude/skills/"),
	STR_INIT(".codex/skills/"), STR_INIT(".agents/skills/") };

static const struct str detect[] = { STR_INIT(".cursor") };

const struct adapter adapter_cursor = {
	.name = STR_INIT("cursor"),
	.title = STR_INIT("Cursor"),
	.client = STR_INIT("cursor.com/docs, 2026-11-23"),
	.layout = LAYOUT_DIR,
	.skill_path = STR_INIT(".cursor/skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT(".cursor/skills/{name}"),
	.index_dir = STR_INIT(".cursor/skills"),
	.role_path = STR_INIT(".cursor/agents/{name}.md"),
	.command_path = STR_INIT(".cursor/commands/{name}.md"),
	.rules_path = STR_INIT(".cursor/rules/{name}.mdc"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.command_format = STR_INIT("/rune"),
	.arguments = STR_INIT("what the user typed after the command"),
	.fields = fields_agent_skill,
	.nfields = COUNTOF(fields_agent_skill),
	.role_fields = role_fields,
	.nrole_fields = COUNTOF(role_fields),
	.rules_fields = rules_fields,
	.nrules_fields = COUNTOF(rules_fields),
	.models = models,
	.nmodels = COUNTOF(models),
	.detect = detect,
	.ndetect = COUNTOF(detect),
	.also = also,
	.nalso = COUNTOF(also),
	.limits = { .name = 64, .description = 1024 },
};
