/* Generic: flat Markdown rules and one index, for tools that know no skills.
 *
 * Source: no client reads this form by itself (none of the seventeen that were run
 * for the other platforms on 2026-11-23). A tool is pointed at
 * .ai/rules/rune-index.md, which says of every file when to read it; so that index
 * is written even where indexes are switched off.
 * - .ai/rules/<name>.md: a skill or a whole pack. The header's metadata is for the
 *   reader: layer, group and model.
 * - .ai/rules/<name>/: the files that come with it; links lead there.
 * - No commands and no agents: modes and roles are rule files like the others, and
 *   the router links to them. No names of tools: prose. */
#include "rune/adapter.h"

static const struct field fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("metadata"), FIELD_LAYER, STR_INIT("") },
};

static const struct str detect[] = { STR_INIT(".ai/rules") };

const struct adapter adapter_generic = {
	.name = STR_INIT("generic"),
	.title = STR_INIT("Generic rules"),
	.client = STR_INIT("no client, 2026-11-23"),
	.layout = LAYOUT_FLAT,
	.skill_path = STR_INIT(".ai/rules/{name}.md"),
	.resource_dir = STR_INIT(".ai/rules/{name}"),
	.index_dir = STR_INIT(".ai/rules"),
	.ref_format = STR_INIT("the {ref} rule file"),
	.part_format = STR_INIT("{part} in the {ref} rule file"),
	.fields = fields,
	.nfields = COUNTOF(fields),
	.detect = detect,
	.ndetect = COUNTOF(detect),
	.limits = { .name = 64, .description = 1024 },
};
