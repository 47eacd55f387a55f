/* plan.h - what the files of src/emit share: where outputs go, and the way that
 * every text takes from its document into the tree.
 *
 * First plan_paths() says for every source file where it will stand, so that a
 * link from any text to any other can be rewritten. Then skill by skill, pack by
 * pack, the files of one owner are collected in a stage and enter the tree
 * together, or, if one of them is no good, not at all. What was emitted is listed
 * in `done`, from which the indexes are made. */
#ifndef RUNE_EMIT_PLAN_H
#define RUNE_EMIT_PLAN_H

#include "rune/emit.h"
#include "rune/header.h"

struct emitted {
	struct str name;
	struct str file; /* its main file, as seen from the index's directory */
	const struct skill *skill; /* exactly one of the two is set */
	const struct pack *pack;
};

struct emit_plan {
	struct map path_of; /* source path → struct str, path below the project */
	struct emitted *done; /* skills, then packs, by name */
	size_t n, cap, nskill;
	const struct skill *router; /* NULL: the project has none */
	struct listing listing; /* as fitted for the platform */
};

/* Names and places. Paths are below the project. */
struct str skill_out_name(const struct emit_ctx *c, const struct skill *s);
struct str pack_out_name(const struct emit_ctx *c, const struct pack *p);
struct str text_out_name(const struct emit_ctx *c, const struct text *t);
/* One of the adapter's path members, with its root, for `name`. */
struct str out_path(const struct emit_ctx *c, struct str member, struct str name);
/* Empty on a platform that has no place for companions. */
struct str companion_path(const struct emit_ctx *c, struct str name, struct str rel);
/* The file of a role, mode or command that has none of its own on the platform:
 * the router keeps it. Empty if there is no router. */
struct str text_companion_path(const struct emit_ctx *c, const struct text *t);
/* What {scripts_dir} becomes in a text of skill `reader` for the scripts in `rel` of
 * the directory of `name`. */
struct str scripts_place(
	const struct emit_ctx *c, struct str reader, struct str name, struct str rel);
/* `to` as a link in the file `from`. */
struct str path_from(const struct emit_ctx *c, struct str from, struct str to);
void plan_paths(struct emit_ctx *c);
/* Note what was emitted; the caller says whether it is a skill or a pack. */
struct emitted *list_emitted(struct emit_ctx *c, struct str name, struct str path);
/* Is a pack one file? */
bool packs_are_flat(const struct emit_ctx *c);
/* The file with a pack's part. */
struct str part_path(
	const struct emit_ctx *c, const struct pack *p, const struct pack_part *part);
/* Where the files of a part stand, below the pack's directory. */
struct str part_rel(
	const struct emit_ctx *c, const struct pack *p, const struct pack_part *part);
struct str part_resource_rel(
	const struct emit_ctx *c, const struct pack_part *part, const struct resource *r);
/* `doc` as seen from the directory of the file `from`: "skills/x.md". */
struct str source_rel(
	const struct emit_ctx *c, const struct source *from, const struct source *src);
/* The resources of the packs that `p` inherits parts from: those of `owner` that
 * have no counterpart in `p`. */
bool resource_inherited(const struct pack *p, const struct resource *r);

struct links {
	struct unit_link *v;
	size_t n, cap;
	struct map seen;
};
void links_init(struct links *l, struct emit_ctx *c);
/* The file, and the directories it makes; nothing if `out` is empty. */
void links_add(struct links *l, struct emit_ctx *c, struct str rel, struct str out);

/* What links in a skill's texts, and in those of a pack, may lead to. */
struct links skill_links(struct emit_ctx *c, const struct skill *s);
struct links pack_links(struct emit_ctx *c, const struct pack *p);

struct stage {
	struct emit_ctx *c;
	struct str owner;
	struct out_entry *v;
	size_t n, cap;
	struct emit_stats counted; /* references and tools of its texts */
	bool failed;
};
void stage_open(struct stage *s, struct emit_ctx *c, struct str owner);
void stage_add(struct stage *s, struct str path, struct str bytes, struct span from);
/* A resource, if there is a place for it; `proto` says whose, `rel` where it stood below the unit's directory. */
void stage_resource(struct stage *s, const struct unit *proto, const struct resource *r,
	struct str rel, struct str path);
/* The main file of a skill or a pack: header and text. Reports what is over a limit
 * of the platform (RN3009). */
void stage_main(
	struct stage *s, const struct unit *u, struct str name, const struct meta *m);
/* RN3009 if `text`, the file at `path`, has more characters than `limit`. */
void check_characters(struct emit_ctx *c, struct str path, struct str text,
	uint32_t limit, struct span at);
/* Into the tree, or, if anything failed, keep what earlier builds wrote. */
bool stage_close(struct stage *s);
/* The passes over one unit: links to other sources are added to its own. */
struct str unit_run(struct stage *s, const struct unit *u);
/* Its text without being counted or able to fail: for copies. */
struct str unit_copy(struct emit_ctx *c, const struct unit *u);

/* What a part is for, as text of the file `path`. */
struct str part_about(struct emit_ctx *c, const struct pack *p,
	const struct pack_part *part, struct str path);

/* fit.c: what the client shows of it. */
/* Fit the list of skills; says what does not fit (RN5032). */
void plan_listing(struct emit_ctx *c);
/* The entry of the one that is not NULL. */
const struct listing_item *listing_item_of(
	const struct emit_ctx *c, const struct skill *s, const struct pack *p);
/* The file beside a skill that keeps it out of the list, where that takes one. */
void stage_hiding(struct stage *s, const struct listing_item *x);
/* Header and text as one file; if that is longer than the client shows, the rest is
 * staged as parts. RN3009 if a part is still too long. */
struct str stage_split(struct stage *s, struct str name, struct str path,
	struct str header, struct str text, struct span at);

void emit_skill(struct emit_ctx *c, const struct skill *s);
void emit_pack(struct emit_ctx *c, const struct pack *p);
bool emit_texts(struct emit_ctx *c);
/* Roles and modes that the router keeps: files, and the list of links to them. */
void stage_companion_texts(struct stage *s);
struct str companion_text_list(struct emit_ctx *c, struct str from_path);
bool emit_rules_file(struct emit_ctx *c);
bool emit_instructions(struct emit_ctx *c);
bool emit_index(struct emit_ctx *c);

/* template.c: words for generated texts. */
/* White space folded into single blanks. */
struct str fold_text(struct arena *a, struct str s);
/* At most `max` characters: whole, or to the end of a sentence, or of
 * a word; what is cut inside a sentence ends in "...". 0: no limit. */
struct str clip_text(struct arena *a, struct str s, size_t max);
/* The first sentence, at most `max` characters. */
struct str first_sentence(struct arena *a, struct str s, size_t max);
/* With what would end a table's cell escaped. */
struct str table_cell(struct arena *a, struct str s);
/* Without empty lines before and after. */
struct str str_trim_lines(struct str s);
/* What is missing before offset `at` for a block to begin there: line ends. */
const char *blank_line(const struct doc *d, uint32_t at);
/* `[title](path)`, both escaped. */
void add_link(struct buf *b, struct str title, struct str path);
/* A Markdown list of what was emitted. */
struct str contents_list(struct emit_ctx *c);

#endif
