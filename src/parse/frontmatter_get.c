#include "rune/diag.h"
#include "rune/frontmatter.h"
#include "rune/str.h"

const struct fm_entry *fm_entry_get(const struct fm_node *map, struct str key)
{
	if (!map || map->kind != FM_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (str_eq(map->entry[i].key, key))
			return &map->entry[i];
	return NULL;
}

const struct fm_node *fm_get(const struct fm_node *map, struct str key)
{
	const struct fm_entry *e = fm_entry_get(map, key);

	return e ? &e->value : NULL;
}

struct str fm_str(const struct fm_node *node)
{
	return node && node->kind == FM_SCALAR ? node->value : STR_NONE;
}

bool fm_bool(const struct fm_node *node, bool *out)
{
	static const struct {
		struct str word;
		bool value;
	} words[] = {
		{ STR_INIT("true"), true },
		{ STR_INIT("True"), true },
		{ STR_INIT("TRUE"), true },
		{ STR_INIT("false"), false },
		{ STR_INIT("False"), false },
		{ STR_INIT("FALSE"), false },
	};

	if (!node || node->kind != FM_SCALAR || node->style != FM_PLAIN)
		return false;
	for (size_t i = 0; i < COUNTOF(words); i++) {
		if (str_eq(node->value, words[i].word)) {
			*out = words[i].value;
			return true;
		}
	}
	return false;
}

struct items {
	struct fm_item *v;
	size_t n, cap;
};

/* A scalar's bytes stand in the file as they are, after `quote` bytes. */
static bool is_verbatim(const struct fm_node *node, uint32_t *quote)
{
	*quote = node->style == FM_SINGLE || node->style == FM_DOUBLE;
	return node->style != FM_LITERAL && node->style != FM_FOLDED &&
	       node->span.len == node->value.n + 2 * (size_t)*quote;
}

static void split_commas(const struct fm_node *node, struct arena *a, struct items *items)
{
	struct str rest = node->value, piece;
	uint32_t quote;
	bool verbatim = is_verbatim(node, &quote);

	while (str_split(&rest, ',', &piece)) {
		struct span at = node->span;

		piece = str_trim(piece);
		if (!piece.n)
			continue;
		if (verbatim) {
			at.off += quote + (uint32_t)(piece.p - node->value.p);
			at.len = (uint32_t)piece.n;
		}
		*arena_push(a, struct fm_item, items->v, items->n, items->cap) =
			(struct fm_item){ piece, at };
	}
}

static void not_a_scalar(const struct fm_node *node, struct diag_sink *sink)
{
	diag_report(sink, RULE_FM_TYPE, node->span,
		"expected a list of words, found a %s",
		node->kind == FM_MAP ? "mapping" : "list in the list");
}

size_t fm_list(const struct fm_node *node, struct arena *a, struct diag_sink *sink,
	const struct fm_item **out)
{
	struct items items = { 0 };

	*out = NULL;
	if (!node || node->kind == FM_NULL)
		return 0;
	if (node->kind == FM_SCALAR)
		split_commas(node, a, &items);
	if (node->kind == FM_MAP)
		not_a_scalar(node, sink);
	for (size_t i = 0; node->kind == FM_SEQ && i < node->n; i++) {
		const struct fm_node *v = &node->entry[i].value;

		if (v->kind == FM_SCALAR)
			*arena_push(a, struct fm_item, items.v, items.n, items.cap) =
				(struct fm_item){ str_trim(v->value), v->span };
		else if (v->kind != FM_NULL)
			not_a_scalar(v, sink);
	}
	*out = items.v;
	return items.n;
}
