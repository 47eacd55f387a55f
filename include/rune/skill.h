/* skill.h - what the front end makes of the input files: skills, packs and
 * their parts, and the smaller texts (roles, modes, commands). All const once
 * the project is linked. */
#ifndef RUNE_SKILL_H
#define RUNE_SKILL_H

#include "rune/doc.h"

enum layer { LAYER_NONE, LAYER_L0, LAYER_L1, LAYER_L2, LAYER_L3, LAYER_L4 };
enum model_tier { MODEL_NONE, MODEL_OPUS, MODEL_SONNET, MODEL_HAIKU };
struct map;

struct str layer_name(enum layer l); /* "L0"; empty for LAYER_NONE */
struct str model_name(enum model_tier m); /* "opus"; empty for MODEL_NONE */

enum root_kind { ROOT_LIBRARY, ROOT_SOURCE, ROOT_TIER, ROOT_PROJECT };

/* Where skills come from. Later roots win by name. */
struct root {
	enum root_kind kind;
	struct str label; /* for messages: "built-in library" or the path */
	struct str dir; /* on disk; empty when embedded */
	struct str prefix; /* of emitted names; may be empty */
	struct str tier; /* ROOT_TIER: "pro" or "business" */
	bool bare; /* dir itself holds skill directories, no skills/ */
	/* Of a root that scan.h made: */
	bool listed; /* only these skills and packs, wherever they lie */
	const struct root_unit *unit;
	size_t nunit;
	bool texts; /* its agents/, commands/ and contexts/ count, too */
	const struct str *loose; /* files that belong to nothing, below dir */
	size_t nloose;
	const struct map *overlay; /* path as shown → struct str: contents to read
				    * instead of the file's; or NULL */
};

struct root_unit {
	struct str rel; /* its directory below the root's, which may be empty */
	struct str name; /* of the directory */
};

/* A file that ships with a skill or a pack. */
struct resource {
	struct str rel; /* path below the skill's directory */
	const struct source *src;
	struct str bytes;
	bool executable;
	const struct doc *doc; /* Markdown: passes apply to it; else NULL */
};

struct signal_name {
	struct str name;
	struct span span;
};

/* Fields that skills, packs, pack parts, roles and commands share. */
struct meta {
	struct str name; /* own name, without prefix */
	struct str description; /* one line: white space folded */
	struct span name_span, description_span;
	enum layer layer;
	enum model_tier model;
	struct str group, version, author;
	struct str agent; /* `agent:`, e.g. general-purpose */
	bool fork; /* `context: fork` */
	bool hidden_from_user; /* `user-invocable: false` */
	bool hidden_from_model; /* `disable-model-invocation: true` */
	struct str brief; /* metadata.short: for lists with little room; may be empty */
	const struct fm_item *tools; /* metadata.tools */
	size_t ntools;
	const struct signal_name *emit, *listen;
	size_t nemit, nlisten;
};

struct skill {
	struct meta meta;
	struct str dir_name; /* last component of its directory */
	struct str emit_name; /* prefix + name; unique in a project */
	const struct root *root;
	const struct doc *doc;
	const struct resource *resource;
	size_t nresource;
	bool has_scripts; /* some resource is below scripts/ */
	bool broken; /* had errors: not emitted, its old output is kept */
	/* Texts that packs (or an organisation) add to this skill. */
	const struct injection *injection;
	size_t ninjection;
};

struct injection {
	struct str title; /* shown in the list of references */
	struct str rel; /* below the skill's directory, e.g. references/p-x.md */
	struct resource resource;
	const struct pack *from; /* NULL: the project's .rune/org/org.md */
};

/* A skill of a pack: a `###` section of a monolith, or a file of a split one. */
struct pack_part {
	struct meta meta;
	struct str title; /* heading text, or the name */
	const struct doc *doc; /* the pack's own in a monolith */
	struct span range; /* of `doc`: heading to the end of the part */
	node_id heading; /* 0: the text has no heading of its own */
	uint32_t level; /* of that heading */
	const struct pack *owner; /* another pack when inherited through a tier */
	const struct resource *resource; /* skills/<name>/ directories only */
	size_t nresource;
	struct str dir; /* source directory relative to the pack: "" or "skills/x" */
};

/* templates/<x>.md of a pack. */
struct pack_template {
	struct str name, description;
	const struct fm_node *meta; /* all keys */
	const struct doc *doc;
};

struct pack {
	struct meta meta; /* meta.name as declared, "@rune/backend" */
	struct str dir_name; /* "pro-dock" */
	struct str base_name; /* "dock": what references and tiers match */
	struct str emit_name; /* prefix + "ext-" + dir_name; without prefix dir_name */
	struct str tier; /* "" free, "pro", "business" */
	bool split;
	bool broken;
	const struct root *root;
	const struct doc *doc;
	const struct pack_part *part;
	size_t npart;
	const struct pack_template *template;
	size_t ntemplate;
	const struct resource *resource; /* references/, scripts/, assets/, loose files */
	size_t nresource;
	bool has_scripts;
	uint32_t parts_from, parts_to; /* body offsets of a monolith's parts:
					* what an index leaves out; equal: none */
};

/* Roles (agents/), modes (contexts/) and commands (commands/). */
enum text_kind { TEXT_ROLE, TEXT_MODE, TEXT_COMMAND };
struct text {
	enum text_kind kind;
	struct meta meta;
	struct str emit_name; /* prefix + name; the command `rune` stays `rune` */
	struct str subagent_type; /* metadata.subagent-type */
	const struct root *root;
	const struct doc *doc;
	bool broken;
};

#endif
