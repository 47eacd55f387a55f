/* config_read.h - checked access to the members of a configuration. */
#ifndef RUNE_CONFIG_READ_H
#define RUNE_CONFIG_READ_H

#include "rune/config.h"

#define CONFIG_VERSION 1

struct config_reader {
	struct config *c;
	struct arena *a;
	struct diag_sink *sink;
};

/* A member of an object: what it is called there, and who reads it. `read` gets
 * the member's full name, "skills.disabled". Never called for null, which
 * stands for "not given". */
struct config_key {
	struct str name;
	const char *path;
	void (*read)(
		struct config_reader *r, const char *path, const struct json_value *v);
};

/* Hand the members of `object` to their readers; report those that have none,
 * with the nearest known name (RN4003). */
void config_members(struct config_reader *r, const struct json_value *object,
	const char *path, const struct config_key *key, size_t nkey);
/* RN4003 for member `v`, which is none of `known`. */
void config_unknown(struct arena *a, struct diag_sink *sink, const struct json_value *v,
	const struct str *known, size_t n);
/* RN4002: `path` must be `want`. */
void config_type(struct diag_sink *sink, const struct json_value *v, const char *path,
	const char *want);
/* False after reporting that `v` is not of kind `k`. */
bool config_expect(struct diag_sink *sink, const struct json_value *v, const char *path,
	enum json_kind k);
/* Below, false or 0 after reporting; `path` is the member's full name. */
bool config_text(struct config_reader *r, const char *path, const struct json_value *v,
	struct str *out);
bool config_directory(struct config_reader *r, const char *path,
	const struct json_value *v, struct str *out);
void config_truth(
	struct config_reader *r, const char *path, const struct json_value *v, bool *out);
/* What can stand before a name: "my-", "my", or nothing. */
bool config_prefix(struct config_reader *r, const char *path, const struct json_value *v,
	struct str *out);
/* An array of non-empty strings. */
size_t config_list(struct config_reader *r, const char *path, const struct json_value *v,
	const struct config_name **out);
/* The same, or one such string. */
size_t config_names(struct config_reader *r, const char *path, const struct json_value *v,
	const struct config_name **out);

/* config_fields.c: the whole file. */
void config_read(struct config_reader *r, const struct json_value *v);

#endif
