/* content.h - what the checks of texts share: words, sentences, and how far the
 * Markdown can be trusted. */
#ifndef RUNE_RULES_CONTENT_H
#define RUNE_RULES_CONTENT_H

#include "rune/rules.h"

/* Next word at or after *off, which moves behind it: letters, digits, what is not
 * ASCII, and hyphens and apostrophes inside. False at the end. */
bool text_word(struct str s, size_t *off, struct str *word);
/* Is `word`, in any letter case, one of the space-separated, lower-case words of
 * `list`? */
bool text_among(struct str word, const char *list);
/* Lines in [from, to) of the source. */
size_t text_lines(const struct source *src, uint32_t from, uint32_t to);

/* A fenced block, read byte by byte. */
struct fence {
	struct span open; /* its first line, from the backticks on */
	struct span marks; /* the backticks or tildes of it */
	bool closed;
	struct span inner; /* a line that opens another fence inside; len 0: none */
	bool early; /* the end of that one ends this one */
};
/* Of a DOC_CODE_BLOCK with level 1. */
struct fence fence_read(const struct doc *d, const struct node *n);

/* From where on a fence that is never closed, or is closed by the end of another,
 * makes text of code and code of text: the body's end if none does. */
uint32_t content_sound(const struct doc *d);
/* Nothing that the model is to act on, by its name or directory: templates, examples,
 * what is expected of tests, READMEs. */
bool content_is_material(const struct rule_file *f);

/* Parts of content_markdown(). `sound`: as content_sound(); what they would find behind
 * it means nothing. */
void content_headings(
	const struct rule_ctx *c, const struct rule_file *f, uint32_t sound);
void content_steps(const struct rule_ctx *c, const struct rule_file *f, uint32_t sound);
void content_tables(const struct rule_ctx *c, const struct rule_file *f, uint32_t sound);

/* Is what stands at `off` in `block` said not to be done: "never use `Edit`"? Looks
 * back to where the sentence begins. */
bool text_negated(const struct doc *d, node_id block, uint32_t off);

/* The inside of a code span, without the blanks around it. */
struct span code_inside(const struct doc *d, struct span code);

#endif
