/* Claude Code, the form that is published: a plugin that is its own marketplace.
 *
 *   /plugin marketplace add <dir>; /plugin install rune@rune-kit
 *
 * Source: claude-code 2.1.330, run and read on 2026-11-23.
 * - .claude-plugin/plugin.json: `name` without spaces, the namespace of everything
 *   in it (rune:cook); validation warns without description and author.
 * - .claude-plugin/marketplace.json: name, owner, plugins[]; a plugin's name is
 *   [A-Za-z0-9][A-Za-z0-9._-]*, so packs are skills here, not "@rune/x" plugins.
 * - skills/ agents/ commands/ are found without being named; CLAUDE.md at the root
 *   of a plugin is not loaded.
 * - The catalog wants a README of 40 words or more and a LICENSE.
 * Headers are those of the project form; see claude.c. */
#include "rune/adapter.h"

static const struct str detect[] = { STR_INIT("dist/claude-plugin") };

static const char plugin_json[] =
	"{\n"
	"  \"name\": \"rune\",\n"
	"  \"version\": \"{version}\",\n"
	"  \"description\": \"{skills} agent skills and {packs} packs, compiled by "
	"rune.\",\n"
	"  \"author\": {\n"
	"    \"name\": \"the rune authors\"\n"
	"  },\n"
	"  \"license\": \"MIT\",\n"
	"  \"keywords\": [\n"
	"    \"skills\",\n"
	"    \"workflow\"\n"
	"  ]\n"
	"}\n";

static const char marketplace_json[] =
	"{\n"
	"  \"name\": \"rune-kit\",\n"
	"  \"description\": \"Skills compiled by rune.\",\n"
	"  \"owner\": {\n"
	"    \"name\": \"the rune authors\"\n"
	"  },\n"
	"  \"plugins\": [\n"
	"    {\n"
	"      \"name\": \"rune\",\n"
	"      \"source\": \"./\",\n"
	"      \"description\": \"{skills} agent skills and {packs} packs, compiled "
	"by rune.\",\n"
	"      \"version\": \"{version}\"\n"
	"    }\n"
	"  ]\n"
	"}\n";

static const char readme[] =
	"# rune for Claude Code\n\n"
	"This directory is a Claude Code plugin and the marketplace that offers it.\n"
	"It was written by rune {version}, a compiler for agent skills; changes\n"
	"belong in the sources it was compiled from, since the next build replaces\n"
	"the files here.\n\n"
	"## Install\n\n"
	"Inside Claude Code, with the path or repository of this directory:\n\n"
	"```text\n"
	"/plugin marketplace add <this directory>\n"
	"/plugin install rune@rune-kit\n"
	"```\n\n"
	"Claude then chooses a skill by itself when a request fits one. To start\n"
	"one by name, type `/rune:<skill>`; to have the right one found, describe\n"
	"the task after the `rune` command.\n\n"
	"## Contents\n\n"
	"{skills} skills and {packs} packs. A skill that asks for a model or for\n"
	"tools also has an agent of its name, which does one task by it with these.\n\n"
	"{contents}";

static const char license[] =
	"MIT License\n\n"
	"Copyright (c) 2026 the rune authors\n\n"
	"This covers rune's own library and all that rune generates. A skill that was\n"
	"compiled from another source and names a license in its SKILL.md keeps that "
	"one.\n\n"
	"Permission is hereby granted, free of charge, to any person obtaining a copy\n"
	"of this software and associated documentation files (the \"Software\"), to "
	"deal\n"
	"in the Software without restriction, including without limitation the rights\n"
	"to use, copy, modify, merge, publish, distribute, sublicense, and/or sell\n"
	"copies of the Software, and to permit persons to whom the Software is\n"
	"furnished to do so, subject to the following conditions:\n\n"
	"The above copyright notice and this permission notice shall be included in all\n"
	"copies or substantial portions of the Software.\n\n"
	"THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR\n"
	"IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,\n"
	"FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE\n"
	"AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER\n"
	"LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,\n"
	"OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE\n"
	"SOFTWARE.\n";

static bool emit_extra(struct emit_ctx *c)
{
	return emit_template(c, STR(".claude-plugin/plugin.json"), STR(plugin_json)) &&
	       emit_template(c, STR(".claude-plugin/marketplace.json"),
		       STR(marketplace_json)) &&
	       emit_template(c, STR("README.md"), STR(readme)) &&
	       emit_file(c, STR("LICENSE"), STR(license));
}

const struct adapter adapter_claude_plugin = {
	.name = STR_INIT("claude-plugin"),
	.title = STR_INIT("Claude Code plugin"),
	.client = STR_INIT("claude-code 2.1.330, 2026-11-23"),
	.caps = CAP_SUBAGENTS | CAP_NATIVE_REFS | CAP_NATIVE_TOOLS | CAP_NAMESPACE |
		CAP_SKILL_AGENTS,
	.layout = LAYOUT_DIR,
	.root = STR_INIT("dist/claude-plugin"),
	.skill_path = STR_INIT("skills/{name}/SKILL.md"),
	.resource_dir = STR_INIT("skills/{name}"),
	.dir_format = STR_INIT("${CLAUDE_PLUGIN_ROOT}/skills/{name}"),
	.index_dir = STR_INIT("skills"),
	.role_path = STR_INIT("agents/{name}.md"),
	.command_path = STR_INIT("commands/{name}.md"),
	.ref_format = STR_INIT("rune:{ref}"),
	.part_format = STR_INIT("{part} of rune:{ref}"),
	.command_format = STR_INIT("/rune:rune"),
	.fields = fields_claude_skill,
	.nfields = COUNTOF(fields_claude_skill),
	.role_fields = fields_claude_agent,
	.nrole_fields = COUNTOF(fields_claude_agent),
	.command_fields = fields_claude_command,
	.ncommand_fields = COUNTOF(fields_claude_command),
	.models = models_claude,
	.nmodels = COUNTOF(models_claude),
	.detect = detect,
	.ndetect = COUNTOF(detect),
	.limits = { .name = 64, .description = 1024 },
	.listing = { .fill = LIST_DROP, /* Claude Code's; "- rune:cook: " */
		.hide = HIDE_KEY,
		.tokens = 25,
		.own = 6077,
		.own_full = 134,
		.entry = 8,
		.names = 1,
		.described = 2,
		.description = 1536 },
	.hidden_format = STR_INIT(" (`${CLAUDE_PLUGIN_ROOT}/skills/{name}/SKILL.md`)"),
	.emit_extra = emit_extra,
};
