/* header.h - writing YAML headers that every client reads back equal: the safe
 * form of PLATFORMS 1.1. */
#ifndef RUNE_HEADER_H
#define RUNE_HEADER_H

#include "rune/adapter.h"
#include "rune/buf.h"
#include "rune/skill.h"

/* `key: "value"`, double-quoted on one line, \ and " and control characters
 * escaped; UTF-8 as it is. */
void header_quoted(struct buf *b, struct str key, struct str value);
/* `key: value`, plain if every YAML reader takes it back as this string, else
 * double-quoted. */
void header_scalar(struct buf *b, struct str key, struct str value);
/* A frontmatter value of any kind, re-written in the safe form. */
void header_node(struct buf *b, struct str key, const struct fm_node *v, unsigned indent);

/* What fills a header's fields. */
struct header_values {
	struct str name, description; /* as emitted */
	struct str skill; /* for FIELD_SKILL; may be empty */
	bool hidden; /* disable-model-invocation: true, whatever the source says */
	const struct meta *meta;
	const struct doc *doc; /* frontmatter for FIELD_KEY; may be NULL */
};
/* "---\n" … "---\n"; nothing at all if there are no fields. */
void header_write(struct buf *b, const struct adapter *ad, const struct field *f,
	size_t n, const struct header_values *v);
/* A TOML file of these fields as strings (those with a list or a map have no place in
 * it), with `text` as the string of `key`. */
void header_toml(struct buf *b, const struct adapter *ad, const struct field *f, size_t n,
	const struct header_values *v, struct str key, struct str text);

#endif
