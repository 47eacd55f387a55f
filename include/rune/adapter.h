/* adapter.h - a platform, described. The only project header an adapter file
 * may include.
 *
 * Prefer data. Function members exist for what no table can say; a custom
 * adapter read from configuration has none of its own (it keeps its base's).
 * Path members are relative to `root`, which is relative to the project.
 * "{name}" expands to the emitted name. An empty path: the platform has no such
 * thing. */
#ifndef RUNE_ADAPTER_H
#define RUNE_ADAPTER_H

#include "rune/arena.h"

struct emit_ctx;

enum adapter_caps {
	CAP_SUBAGENTS = 1 << 0, /* runs parallel agents: keep such wording */
	CAP_NATIVE_REFS = 1 << 1, /* keeps `rune:<name>` as it is */
	CAP_NATIVE_TOOLS = 1 << 2, /* has Claude's tool names: keep them */
	CAP_HOOKS = 1 << 3, /* constraints are enforced: leave them out */
	CAP_NAMESPACE = 1 << 4, /* the tree has a namespace: no prefix */
	CAP_SKILL_AGENTS = 1 << 5, /* also an agent per skill, at role_path */
};

enum adapter_layout {
	LAYOUT_DIR, /* a directory per skill, companions beside it */
	LAYOUT_FLAT, /* a file per skill, companions in resource_dir */
};

/* One line of an emitted YAML header, in order. */
enum field_value {
	FIELD_NAME, /* emitted name, plain */
	FIELD_DESCRIPTION, /* one line, double-quoted */
	FIELD_KEY, /* frontmatter key `source`, if the skill has it */
	FIELD_META, /* metadata.`source`, if the skill has it */
	FIELD_METADATA, /* the metadata map less rune's own keys, as strings; a map
			 * at metadata.`source` stays one */
	FIELD_LAYER, /* metadata: layer, group and model as a map */
	FIELD_MODEL, /* the tier through `models`; left out if unmapped */
	FIELD_TOOLS, /* metadata.tools through `tools`, comma-separated */
	FIELD_LITERAL, /* `source` as it stands: true, always_on */
	FIELD_SKILL, /* the skill of a generated agent; else left out */
	FIELD_READONLY, /* true if metadata.tools can change nothing */
};
struct field {
	struct str key;
	enum field_value from;
	struct str source;
};

/* What a tool is called there. With `to`, a code span `Read` becomes `to` in
 * backticks. Without, prose: phrases that are empty fall back to the defaults
 * of the tool-name pass. */
struct tool_map {
	struct str from;
	struct str to;
	struct str verb; /* "search file contents": imperative, lower case */
	struct str noun; /* "text search": after a preposition or article */
	struct str lead; /* before a colon; empty: verb */
};

struct name_map {
	struct str from, to;
};

struct adapter_limits { /* 0: none known */
	uint32_t name; /* characters */
	uint32_t description; /* characters */
	uint32_t body; /* bytes of a skill's file */
	uint32_t always_on; /* characters of the rules file */
	uint32_t command; /* characters of a command's file */
	uint32_t skills; /* how many are read of one source */
};

struct adapter {
	struct str name; /* --platform value; [a-z0-9-]+ */
	struct str title; /* "Cursor" */
	struct str client; /* versions and date of what the facts were read from */
	unsigned caps; /* enum adapter_caps */
	enum adapter_layout layout;
	struct str root;
	struct str skill_path; /* ".cursor/skills/{name}/SKILL.md" */
	struct str resource_dir; /* ".cursor/skills/{name}" */
	/* How a skill's text names resource_dir, for {scripts_dir}: "{baseDir}".
	 * Empty: its path in the project. */
	struct str dir_format;
	struct str index_dir; /* rune-index.md, skill-index.json */
	struct str role_path; /* ".cursor/agents/{name}.md" */
	struct str command_path; /* ".cursor/commands/{name}.md" */
	struct str rules_path; /* always-on router and mode */
	struct str instructions_path; /* shared file with a region of ours */
	/* "{ref}": the emitted name, in backticks if the source had them */
	struct str ref_format; /* "the {ref} skill" */
	struct str part_format; /* "{part}" of "{ref}": a pack's skill */
	struct str command_format; /* how a user types the command, "/rune" */
	struct str arguments; /* what $ARGUMENTS becomes; empty: as it is */
	const struct field *fields; /* of a skill */
	size_t nfields;
	const struct field *role_fields;
	size_t nrole_fields;
	const struct field *command_fields;
	size_t ncommand_fields;
	const struct field *rules_fields;
	size_t nrules_fields;
	const struct tool_map *tools;
	size_t ntools;
	const struct name_map *models; /* opus, sonnet, haiku → its names */
	size_t nmodels;
	const struct str *detect; /* paths whose presence tells the platform */
	size_t ndetect;
	struct adapter_limits limits;

	/* Optional: files that no table can say (manifests, entry points).
	 * Return false after reporting a diagnostic. */
	bool (*emit_extra)(struct emit_ctx *c);
};

/* Headers that more than one platform has, in src/emit/adapter_table.c: the open
 * Agent Skills standard's, and those of Claude Code's three kinds of file. */
extern const struct field fields_agent_skill[6];
extern const struct field fields_claude_skill[19];
extern const struct field fields_claude_agent[5];
extern const struct field fields_claude_command[6];
extern const struct name_map models_claude[3];

/* One global per line of adapters/adapters.def. */
#define ADAPTER(name) extern const struct adapter adapter_##name;
#include "adapters.def"
#undef ADAPTER

extern const struct adapter *const adapter_table[];
extern const size_t adapter_count;

/* What emit_extra may use; implemented in src/emit. Strings it makes live in
 * emit_arena(c). */
struct arena *emit_arena(struct emit_ctx *c);
const struct adapter *emit_adapter(const struct emit_ctx *c);
struct str emit_version(const struct emit_ctx *c); /* of rune */
size_t emit_skill_count(const struct emit_ctx *c); /* emitted ones */
size_t emit_pack_count(const struct emit_ctx *c);
/* Emitted name: the skills', then from emit_skill_count() on the packs'. */
struct str emit_skill_name(const struct emit_ctx *c, size_t i);
/* Add a file, path relative to the adapter's root. */
bool emit_file(struct emit_ctx *c, struct str path, struct str bytes);
/* The same, from a text in which {version}, {skills} and {packs} (numbers) and
 * {contents} (a Markdown list of skills and packs) are filled in. Other braces
 * stand for themselves. */
bool emit_template(struct emit_ctx *c, struct str path, struct str text);
/* `s` as a JSON string, quotes included. */
struct str emit_json_string(struct emit_ctx *c, struct str s);

#endif
