/* frontmatter.h - YAML as a tree with spans. src/parse/frontmatter.c is the
 * only user of libyaml. Anchors, aliases and tags are refused, so the tree is
 * as large as its text. Duplicate keys are reported; the first one stays. */
#ifndef RUNE_FRONTMATTER_H
#define RUNE_FRONTMATTER_H

#include "rune/source.h"

struct diag_sink;

enum fm_kind { FM_NULL, FM_SCALAR, FM_SEQ, FM_MAP };
enum fm_style {
	FM_PLAIN,
	FM_SINGLE,
	FM_DOUBLE,
	FM_LITERAL,
	FM_FOLDED,
	FM_FLOW,
	FM_BLOCK
};

struct fm_entry;

struct fm_node {
	enum fm_kind kind; /* FM_NULL: nothing written, or a plain ~ or null */
	enum fm_style style;
	struct span span; /* in the file, quotes included */
	struct str value; /* scalars: decoded; may hold newlines */
	const struct fm_entry *entry; /* sequences and maps */
	size_t n;
};

struct fm_entry {
	struct str key; /* empty in sequences */
	struct span key_span;
	struct fm_node value;
};

#define FM_MAX_DEPTH 16 /* RN1016 */
#define FM_MAX_NODES 4096 /* RN1016 */

/* Parse the YAML in `range` of `src` (what stands between the fences). An empty
 * range is an empty map. Reports and returns false if it is not a mapping or
 * not YAML; what was read before the error is in `out` all the same. */
bool fm_parse(const struct source *src, struct span range, struct arena *a,
	struct diag_sink *sink, struct fm_node *out);

/* The value of `key` in a map; NULL if absent or `map` is no map. */
const struct fm_node *fm_get(const struct fm_node *map, struct str key);
const struct fm_entry *fm_entry_get(const struct fm_node *map, struct str key);
/* Scalar value, or empty. */
struct str fm_str(const struct fm_node *node);
/* YAML 1.2 core booleans: true/false in three spellings, plain only. */
bool fm_bool(const struct fm_node *node, bool *out);
/* A list given as a sequence of scalars or as one comma-separated scalar:
 * trimmed items with their spans. Items that are no scalars are reported. */
struct fm_item {
	struct str value;
	struct span span;
};
size_t fm_list(const struct fm_node *node, struct arena *a, struct diag_sink *sink,
	const struct fm_item **out);

/* Of libyaml. */
const char *fm_library_version(void);

#endif
