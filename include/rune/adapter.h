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
	CAP_RUNS_BANG = 1 << 7, /* runs what stands after "!`", wherever that is */
	CAP_INDEX = 1 << 6, /* the instructions list the skills: the client does not */
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
	FIELD_READONLY, /* `source`, or true, if metadata.tools can change nothing */
	FIELD_TOOL_LIST, /* as FIELD_TOOLS, as a list in brackets */
	FIELD_MODEL_HINT, /* `source` in a comment if the skill names a model: "# key: x" */
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
	struct str list; /* in an agent's list of tools; empty: `to` */
};

struct name_map {
	struct str from, to;
};

struct adapter_limits { /* 0: none known */
	uint32_t name; /* characters */
	uint32_t description; /* characters */
	uint32_t body; /* bytes of a skill's file: a longer one is refused */
	uint32_t shown; /* bytes of it that reach the model: a longer one is split */
	uint32_t always_on; /* characters of the rules file */
	uint32_t command; /* characters of a command's file */
	uint32_t instructions; /* bytes of the file of project instructions */
	uint32_t skills; /* how many are read of one source */
};

/* How a client fills the list of skills that its model is shown. */
enum listing_fill {
	LIST_ALL, /* everything, as far as is known */
	LIST_NAMES, /* names alone */
	LIST_DROP, /* all names; then whole descriptions while there is room */
	LIST_TAIL, /* whole entries by name while there is room; then bare names */
	LIST_EQUAL, /* all descriptions cut to the same length */
};
/* How an emitted skill is kept out of that list and can still be read. */
enum listing_hide {
	HIDE_NEVER,
	HIDE_KEY, /* disable-model-invocation: true */
	HIDE_OPENAI, /* agents/openai.yaml beside it: allow_implicit_invocation */
};
/* The list's budget, in characters. An entry costs `entry`, the name `names`
 * times, and the description with `described` more. */
struct adapter_listing {
	enum listing_fill fill;
	enum listing_hide hide;
	uint32_t chars; /* room; 0: none known, or by the context */
	uint32_t tokens; /* of context that allow one character */
	uint32_t own; /* taken by the client's own skills and frame */
	uint32_t own_full; /* more, when all descriptions are there */
	uint32_t entry, names, described;
	uint32_t description; /* at most this much of one is shown */
	uint32_t entries; /* at most so many are shown */
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
	/* After a reference to a skill that is not in the list; "{name}", or "{path}",
	 * its file below the project. Empty: " (`{path}`)". */
	struct str hidden_format;
	/* What the instructions tell the model to do about a skill's file. Empty: "load
	 * it, or read its file". */
	struct str load_format;
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
	/* Not empty: the file is TOML, its text the string of this key. */
	struct str role_body, command_body;
	const struct tool_map *tools;
	size_t ntools;
	const struct name_map *models; /* opus, sonnet, haiku → its names */
	size_t nmodels;
	const struct str *detect; /* paths whose presence tells the platform */
	size_t ndetect;
	const struct str *also; /* directories of others in which it finds skills, too */
	size_t nalso;
	struct adapter_limits limits;
	struct adapter_listing listing;
	/* The platform whose skills these are: it emits the same tree, and both own
	 * it. NULL: its own. */
	const struct adapter *skills_of;

	/* Optional: files that no table can say (manifests, entry points).
	 * Return false after reporting a diagnostic. */
	bool (*emit_extra)(struct emit_ctx *c);
};

/* Headers that more than one platform has, in src/emit/adapter_table.c: the open
 * Agent Skills standard's, and those of Claude Code's three kinds of file. */
extern const struct field fields_agent_skill[6];
extern const struct field fields_spec_skill[5]; /* and not a key more */
extern const struct field fields_claude_skill[19];
extern const struct field fields_claude_agent[5];
extern const struct field fields_claude_command[6];
extern const struct field fields_description[1]; /* of most commands */
extern const struct field fields_always_on[2]; /* of rules: trigger, description */
extern const struct name_map models_claude[3];
/* The tree that many clients read (adapters/agents.c says what is known of it): members
 * of an adapter, and how much of a body all of them show. */
#define AGENTS_SHOWN 38000
#define AGENTS_TREE                                                                     \
	.layout = LAYOUT_DIR, .skill_path = STR_INIT(".agents/skills/{name}/SKILL.md"), \
	.resource_dir = STR_INIT(".agents/skills/{name}"),                              \
	.index_dir = STR_INIT(".agents/skills"),                                        \
	.ref_format = STR_INIT("the {ref} skill"),                                      \
	.part_format = STR_INIT("{part} of the {ref} skill"),                           \
	.fields = fields_spec_skill, .nfields = COUNTOF(fields_spec_skill),             \
	.listing = { .fill = LIST_EQUAL,                                                \
		.hide = HIDE_OPENAI,                                                    \
		.chars = 21760,                                                         \
		.own = 480,                                                             \
		.entry = 26,                                                            \
		.names = 2,                                                             \
		.description = 1024 }
extern const struct tool_map tools_opencode[14];
extern const struct str also_agents[1], also_agents_claude[2];

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
/* A marked region of a file that may be the user's; in YAML left out, with a message,
 * where the user has the key `unless_key`, unless its text mentions `names`. */
bool emit_region(struct emit_ctx *c, struct str path, struct str text,
	struct str unless_key, struct str names);
/* The same, from a text in which {version}, {skills} and {packs} (numbers) and
 * {contents} (a Markdown list of skills and packs) are filled in. Other braces
 * stand for themselves. */
bool emit_template(struct emit_ctx *c, struct str path, struct str text);
/* `s` as a JSON string, quotes included. */
struct str emit_json_string(struct emit_ctx *c, struct str s);

#endif
