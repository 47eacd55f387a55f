/* OpenClaw: a native plugin that ships skills.
 *
 *   openclaw plugins install -l .openclaw/rune
 *
 * Source: openclaw 2026.9.6, run and read on 2026-11-23.
 * - package.json with a non-empty openclaw.extensions; openclaw.plugin.json with id
 *   and configSchema, which is itself a JSON Schema, and the directories of skills;
 *   a module whose default export has the same id and a register().
 * - skills/<dir>/SKILL.md only: flat files are no skills. At most 256,000 bytes
 *   each, 200 skills per source.
 * - {baseDir} in a skill is its own directory. metadata.openclaw is a map.
 * - Tools: read write edit exec process sessions_spawn progress_card web_search
 *   web_fetch; there is none for searching files: exec with rg does that. A skill
 *   is loaded by reading its SKILL.md.
 * - The list of skills has 18,000 characters and 150 entries, markup and paths (of a
 *   plugin's, ~/.openclaw/plugin-skills/<dir>/SKILL.md) included. Of these its own 22
 *   take 6,900, more or less with where it is installed, and a quote takes five more
 *   than one: 7,500 are set aside. What does not fit has all descriptions cut alike,
 *   to 220 at most.
 * What users write never enters the module: it holds no text of theirs. */
#include "rune/adapter.h"

static const struct field fields[] = {
	{ STR_INIT("name"), FIELD_NAME, STR_INIT("") },
	{ STR_INIT("description"), FIELD_DESCRIPTION, STR_INIT("") },
	{ STR_INIT("homepage"), FIELD_KEY, STR_INIT("homepage") },
	{ STR_INIT("user-invocable"), FIELD_KEY, STR_INIT("user-invocable") },
	{ STR_INIT("disable-model-invocation"), FIELD_KEY,
		STR_INIT("disable-model-invocation") },
	{ STR_INIT("command-dispatch"), FIELD_KEY, STR_INIT("command-dispatch") },
	{ STR_INIT("command-tool"), FIELD_KEY, STR_INIT("command-tool") },
	{ STR_INIT("command-arg-mode"), FIELD_KEY, STR_INIT("command-arg-mode") },
	{ STR_INIT("license"), FIELD_KEY, STR_INIT("license") },
	{ STR_INIT("compatibility"), FIELD_KEY, STR_INIT("compatibility") },
	{ STR_INIT("metadata"), FIELD_METADATA, STR_INIT("openclaw") },
};

static const struct tool_map tools[] = {
	{ .from = STR_INIT("Read"), .to = STR_INIT("read") },
	{ .from = STR_INIT("Write"), .to = STR_INIT("write") },
	{ .from = STR_INIT("Edit"), .to = STR_INIT("edit") },
	{ .from = STR_INIT("MultiEdit"), .to = STR_INIT("edit") },
	{ .from = STR_INIT("NotebookEdit"), .to = STR_INIT("edit") },
	{ .from = STR_INIT("Bash"), .to = STR_INIT("exec") },
	{ .from = STR_INIT("Glob"),
		.verb = STR_INIT("find files by name (`exec` with `rg --files`)"),
		.noun = STR_INIT("file-name search (`exec` with `rg --files`)") },
	{ .from = STR_INIT("Grep"),
		.verb = STR_INIT("search file contents (`exec` with `rg`)"),
		.noun = STR_INIT("text search (`exec` with `rg`)") },
	{ .from = STR_INIT("TodoWrite"), .to = STR_INIT("progress_card") },
	{ .from = STR_INIT("Skill"),
		.verb = STR_INIT("read the skill's SKILL.md and follow it"),
		.noun = STR_INIT("the skill's SKILL.md") },
	{ .from = STR_INIT("Agent"), .to = STR_INIT("sessions_spawn") },
	{ .from = STR_INIT("Task"), .to = STR_INIT("sessions_spawn") },
	{ .from = STR_INIT("WebFetch"), .to = STR_INIT("web_fetch") },
	{ .from = STR_INIT("WebSearch"), .to = STR_INIT("web_search") },
};

static const struct str detect[] = { STR_INIT(".openclaw") };

static const char package_json[] = "{\n"
				   "  \"name\": \"rune\",\n"
				   "  \"version\": \"{version}\",\n"
				   "  \"description\": \"{skills} agent skills and "
				   "{packs} packs for OpenClaw.\",\n"
				   "  \"license\": \"MIT\",\n"
				   "  \"private\": true,\n"
				   "  \"type\": \"module\",\n"
				   "  \"openclaw\": {\n"
				   "    \"extensions\": [\n"
				   "      \"./index.js\"\n"
				   "    ]\n"
				   "  }\n"
				   "}\n";

static const char plugin_json[] =
	"{\n"
	"  \"id\": \"rune\",\n"
	"  \"name\": \"rune\",\n"
	"  \"version\": \"{version}\",\n"
	"  \"description\": \"{skills} agent skills and {packs} packs, compiled by "
	"rune.\",\n"
	"  \"skills\": [\n"
	"    \"./skills\"\n"
	"  ],\n"
	"  \"configSchema\": {\n"
	"    \"type\": \"object\",\n"
	"    \"additionalProperties\": false,\n"
	"    \"properties\": {}\n"
	"  }\n"
	"}\n";

static const char module[] =
	"// The plugin is its skills: they are found through openclaw.plugin.json, and\n"
	"// there is nothing to register.\n"
	"export default {\n"
	"  id: \"rune\",\n"
	"  name: \"rune\",\n"
	"  register() {},\n"
	"};\n";

static bool emit_extra(struct emit_ctx *c)
{
	return emit_template(c, STR("package.json"), STR(package_json)) &&
	       emit_template(c, STR("openclaw.plugin.json"), STR(plugin_json)) &&
	       emit_file(c, STR("index.js"), STR(module));
}

const struct adapter adapter_openclaw = {
	.name = STR_INIT("openclaw"),
	.title = STR_INIT("OpenClaw"),
	.client = STR_INIT("openclaw 2026.9.6, 2026-11-23"),
	.caps = CAP_SUBAGENTS,
	.layout = LAYOUT_DIR,
	.root = STR_INIT(".openclaw/rune"),
	.skill_path = STR_INIT("skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT("skills/{name}"),
	.dir_format = STR_INIT("{baseDir}"),
	.index_dir = STR_INIT("skills"),
	.ref_format = STR_INIT("the {ref} skill"),
	.part_format = STR_INIT("{part} of the {ref} skill"),
	.fields = fields,
	.nfields = COUNTOF(fields),
	.tools = tools,
	.ntools = COUNTOF(tools),
	.detect = detect,
	.ndetect = COUNTOF(detect),
	.limits = { .name = 64, .description = 1024, .body = 256000, .skills = 200 },
	.listing = { .fill = LIST_EQUAL,
		.hide = HIDE_KEY,
		.chars = 18000,
		.own = 7500,
		.entry = 132,
		.names = 2,
		.description = 220,
		.entries = 150 },
	.emit_extra = emit_extra,
};
