/* config.h - rune.config.json, and what the command line overrides of it. */
#ifndef RUNE_CONFIG_H
#define RUNE_CONFIG_H

#include "rune/adapter.h"
#include "rune/diag.h"
#include "rune/json.h"

#define CONFIG_FILE "rune.config.json"

struct config_name {
	struct str name;
	struct span span;
};

struct config_source {
	struct str dir; /* as written; relative to the config file */
	struct str prefix;
	bool has_prefix;
	struct span span;
};

struct config_tier {
	struct str name; /* "pro", "business": in rising order */
	struct str dir;
	struct span span;
};

/* rules.overrides: what holds for some files only. */
struct config_override {
	const struct config_name *files; /* globs, relative to the config file */
	size_t nfiles;
	struct diag_policy policy;
};

enum config_library { LIBRARY_DEFAULT, LIBRARY_ON, LIBRARY_OFF, LIBRARY_LIST };

struct config {
	const struct source *src; /* NULL: there is no file */
	struct str dir; /* directory of the file, or the project's */
	int64_t version;
	const struct config_name *platform;
	size_t nplatform;
	enum config_library library;
	const struct config_name *library_name; /* LIBRARY_LIST */
	size_t nlibrary_name;
	const struct config_source *source;
	size_t nsource;
	struct str prefix;
	bool has_prefix;
	const struct config_name *disabled;
	size_t ndisabled;
	bool has_enabled; /* false: all packs */
	const struct config_name *enabled;
	size_t nenabled;
	const struct config_tier *tier;
	size_t ntier;
	bool index; /* output.index: default true */
	uint32_t context; /* output.context, in tokens; 0: the default */
	bool branding; /* default true */
	bool compliance; /* default true */
	bool constraints; /* key `hooks`: default true */
	struct diag_policy policy; /* rules */
	const struct config_override *override; /* the last that matches counts */
	size_t noverride;
	const struct adapter **adapter; /* custom ones */
	size_t nadapter;
};

/* Defaults, then the file at `dir`/rune.config.json if there is one. Reports
 * and returns false if it cannot be used. Unknown keys are reported with
 * position and the nearest known name; wrong types with what was expected. */
bool config_load(struct config *c, struct str dir, struct source_set *sources,
	struct arena *a, struct diag_sink *sink);
/* The directory, from `cwd` upwards to the repository root (a .git) inclusive,
 * that holds a config file; `cwd` if there is none. */
struct str config_find_dir(struct str cwd, struct arena *a);
/* A built-in or custom platform by name; NULL if there is none. */
const struct adapter *config_adapter(const struct config *c, struct str name);

/* custom_adapter.c: the members of `adapters.<name>` over the base it extends. */
const struct adapter *custom_adapter_parse(const struct json_value *v, struct str name,
	struct arena *a, struct diag_sink *sink);
/* The same form, for `rune platforms --json NAME`. */
void custom_adapter_write(struct buf *out, const struct adapter *ad);

#endif
