/* config.c - finding and reading rune.config.json.
 *
 * Everything that is wrong is reported in one go; wrong types and values are
 * fatal, unknown keys are not. null means "not given". */
#include "config_read.h"
#include "model.h"
#include "rune/path.h"
#include "rune/str.h"

static bool read_text(struct config *c, struct source_set *sources, struct arena *a,
	struct diag_sink *sink)
{
	struct str path = path_join(a, c->dir.n ? c->dir : STR("."), STR(CONFIG_FILE));
	struct str shown = path_normalize(a, path), text;
	struct config_reader r = { c, a, sink };
	const struct json_value *v;
	struct os_stat st;
	int err = os_lstat(path, &st);

	if (!err && st.kind == OS_MISSING)
		return true;
	if (!err)
		err = os_read_file(path, SOURCE_MAX, a, &text);
	c->src = source_add(
		sources, shown, err ? STR("") : text, err ? SOURCE_NONE : SOURCE_FILE);
	if (err)
		return diag_io(sink, source_span(c->src), shown, "read", err);
	v = json_parse(c->src, RULE_CFG_SYNTAX, a, sink);
	if (v)
		config_read(&r, v);
	return v && !sink->count[SEV_FATAL];
}

bool config_load(struct config *c, struct str dir, struct source_set *sources,
	struct arena *a, struct diag_sink *sink)
{
	const struct diag_policy *before = sink->policy;
	struct diag_sink own;
	bool ok;

	*c = (struct config){ .dir = dir,
		.version = CONFIG_VERSION,
		.index = true,
		.branding = true,
		.compliance = true,
		.constraints = true };
	/* The file's own rules hold for what is said about the file. */
	diag_sink_init(&own, a, NULL);
	ok = read_text(c, sources, a, &own);
	if (!sink->keep_off)
		sink->policy = &c->policy;
	sink_merge(sink, &own);
	sink->policy = before;
	return ok;
}

static bool exists(struct arena *a, struct str dir, struct str name)
{
	struct os_stat st;

	return !os_lstat(path_join(a, dir, name), &st) && st.kind != OS_MISSING;
}

struct str config_find_dir(struct str cwd, struct arena *a)
{
	struct str dir = cwd.n ? cwd : STR("."), found = STR_NONE;

	/* Without a repository there is no telling where a project ends, and the
	 * next file up the tree may be anybody's. */
	for (;;) {
		struct str up = path_normalize(a, path_join(a, dir, STR("..")));
		struct str here, above;

		if (!found.n && exists(a, dir, STR(CONFIG_FILE)))
			found = dir;
		if (exists(a, dir, STR(".git")))
			return found.n ? found : cwd;
		if (os_realpath(dir, a, &here) || os_realpath(up, a, &above) ||
			str_eq(here, above))
			break;
		dir = up;
	}
	return cwd;
}

const struct adapter *config_adapter(const struct config *c, struct str name)
{
	for (size_t i = 0; i < adapter_count; i++)
		if (str_eq(adapter_table[i]->name, name))
			return adapter_table[i];
	for (size_t i = 0; i < c->nadapter; i++)
		if (str_eq(c->adapter[i]->name, name))
			return c->adapter[i];
	return NULL;
}
