/* json.h - reading and writing JSON. src/parse/json.c is the only user of
 * cJSON and turns what it read into a const tree with positions: each value's
 * span is found by scanning the text beside the tree. Duplicate keys are
 * reported (RN4007) and the last one wins, as in JavaScript. */
#ifndef RUNE_JSON_H
#define RUNE_JSON_H

#include "rune/buf.h"
#include "rune/source.h"

struct diag_sink;

enum json_kind {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json_value {
	enum json_kind kind;
	struct span span;
	bool boolean;
	double number;
	struct str string; /* decoded; may not hold NUL */
	struct str key; /* as a member of an object */
	struct span key_span; /* quotes included */
	const struct json_value *v; /* elements or members */
	size_t n;
};

#define JSON_MAX_DEPTH 64

/* NULL after reporting `syntax` (RN4001 for the config, RN3007 for the
 * manifest, RN6003 for inject.json) with line and column. */
const struct json_value *json_parse(const struct source *src, int syntax_rule,
	struct arena *a, struct diag_sink *sink);
/* Member of an object by exact name; NULL if absent or not an object. */
const struct json_value *json_get(const struct json_value *object, struct str key);
struct str json_kind_name(enum json_kind k); /* "a string", "an array", ... */

/* Writer: two-space indentation, "key": value, one element per line, empty
 * containers as {} and []. Members in the order written. */
struct json_writer {
	struct buf *out;
	unsigned depth;
	unsigned base; /* spaces before every line but the first */
	bool first, key; /* nothing yet in this container; a key was just written */
};
void json_begin(struct json_writer *w, struct buf *out, unsigned base_indent);
void json_open(struct json_writer *w, char bracket); /* '{' or '[' */
void json_close(struct json_writer *w, char bracket); /* '}' or ']' */
void json_key(struct json_writer *w, struct str key);
void json_string(struct json_writer *w, struct str s);
void json_int(struct json_writer *w, int64_t n);
void json_bool(struct json_writer *w, bool b);
void json_null(struct json_writer *w);
/* A member with its key: text, text of C, a count. */
void json_put(struct json_writer *w, const char *key, struct str value);
void json_put_text(struct json_writer *w, const char *key, const char *value);
void json_put_count(struct json_writer *w, const char *key, size_t n);
/* A ready-made JSON text as a value. */
void json_raw(struct json_writer *w, struct str text);
/* Only the quoted, escaped string: U+2028/9, control characters and '<' after
 * which "/script" could follow are escaped. */
void json_quote(struct buf *out, struct str s);

/* Of cJSON. */
const char *json_library_version(void);

#endif
