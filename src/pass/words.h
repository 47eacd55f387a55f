/* words.h - what stands before and after a construct in running text, so that a
 * replacement fits its sentence. White space, emphasis marks and the brackets of
 * links are looked through; nothing looks beyond the block or the table cell. */
#ifndef RUNE_PASS_WORDS_H
#define RUNE_PASS_WORDS_H

#include "rune/doc.h"

enum side_kind {
	SIDE_EDGE, /* the block or cell begins or ends here */
	SIDE_WORD,
	SIDE_CODE, /* a code span */
	SIDE_PUNCT,
};

struct side {
	enum side_kind kind;
	struct str word; /* SIDE_WORD: letters, digits, hyphens */
	char punct; /* SIDE_PUNCT: its byte; ';' for a dash or an arrow */
	struct span at; /* the token */
	bool gap; /* white space in between */
	bool marks; /* emphasis marks or link brackets in between */
};

/* The token that ends before `off`, or begins at `off` or after it, in `block`. */
struct side side_before(const struct doc *d, node_id block, uint32_t off);
struct side side_after(const struct doc *d, node_id block, uint32_t off);

/* Does a sentence begin after `s`? Not in a table cell, whose text need not be
 * a sentence. */
bool side_starts_sentence(const struct doc *d, node_id block, const struct side *s);

/* Is a bracket open before `off`? */
bool in_brackets(const struct doc *d, node_id block, uint32_t off);
/* The innermost link or image that holds the byte at `off`; NULL if there is none. */
const struct doc_link *link_around(const struct doc *d, uint32_t off);

/* Of the line that holds the byte at `off`; a lone CR ends a line, too. */
uint32_t line_start(const struct doc *d, uint32_t off);

/* Is `word` one of the space-separated, lower-case words of `list`? */
bool word_among(struct str word, const char *list);
/* A word that takes the place of an article: the, a, this, your, each, … */
bool word_is_determiner(struct str word);
/* Is it all that stands between two members of a list: a comma, "and", …? */
bool joins_list(struct str between);

#endif
