/* baseline.c - findings that are known: a file of their fingerprints, with what a
 * person needs to tell which they are. */
#include "emit/doctor.h"
#include "rune/json.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

#define BASELINE_FILE	 "rune-baseline.json"
#define BASELINE_VERSION 1

static struct str default_path(struct rune *r)
{
	return path_join(&r->arena, r->dir, STR(BASELINE_FILE));
}

bool baseline_find(struct rune *r, struct str *path)
{
	struct os_stat st;

	if (r->doctor->o.baseline) {
		*path = str_c(r->doctor->o.baseline);
		return path->n > 0;
	}
	*path = default_path(r);
	return !os_lstat(*path, &st) && st.kind != OS_MISSING;
}

static bool unusable(struct rune *r, struct span at, const char *why)
{
	struct diag *d = diag_report(&r->sink, RULE_BASELINE, at, "%s", why);

	diag_note(
		&r->sink, d, SPAN_NONE, "'rune doctor --update-baseline' writes it anew");
	return false;
}

static bool add_finding(struct rune *r, const struct json_value *v, struct map *out)
{
	const struct json_value *print = json_get(v, STR("fingerprint"));

	if (!print || print->kind != JSON_STRING)
		return unusable(
			r, v->span, "a finding of the baseline has no fingerprint");
	map_add(out, print->string, out);
	return true;
}

bool baseline_read(struct rune *r, struct str path, struct map *out)
{
	struct str shown = path_normalize(&r->arena, path), text;
	int err = os_read_file(path, SOURCE_MAX, &r->arena, &text);
	const struct source *src = source_add(&r->project.sources, shown,
		err ? STR_NONE : text, err ? SOURCE_NONE : SOURCE_FILE);
	const struct json_value *v, *list, *version;
	bool ok = true;

	*out = (struct map)MAP_INIT(&r->arena);
	if (err)
		return diag_io(&r->sink, source_span(src), shown, "read baseline", err);
	v = json_parse(src, RULE_BASELINE, &r->arena, &r->sink);
	if (!v)
		return false;
	version = json_get(v, STR("version"));
	list = json_get(v, STR("findings"));
	if (!version || version->kind != JSON_NUMBER ||
		version->number != BASELINE_VERSION || !list || list->kind != JSON_ARRAY)
		return unusable(
			r, v->span, "this is no baseline of a version that is known");
	for (size_t i = 0; i < list->n; i++)
		ok &= add_finding(r, &list->v[i], out);
	return ok;
}

static void put_finding(struct json_writer *w, const struct rune *r, const struct diag *d)
{
	json_open(w, '{');
	json_put(w, "fingerprint", d->fingerprint);
	json_put(w, "code", rule_info[d->rule].code);
	json_put(w, "path", source_get(&r->project.sources, d->at.src)->path);
	json_put(w, "message", d->message);
	json_close(w, '}');
}

static struct str baseline_text(struct rune *r)
{
	struct buf b = BUF_INIT(&r->arena);
	struct json_writer w;

	json_begin(&w, &b, 0);
	json_open(&w, '{');
	json_key(&w, STR("version"));
	json_int(&w, BASELINE_VERSION);
	json_key(&w, STR("findings"));
	json_open(&w, '[');
	for (size_t i = 0; i < r->sink.n; i++)
		if (r->sink.v[i]->severity != SEV_FATAL)
			put_finding(&w, r, r->sink.v[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	buf_addc(&b, '\n');
	return buf_str(&b);
}

bool rune_baseline_write(struct rune *r, const char *file)
{
	struct str named = file ? str_c(file) : default_path(r);
	struct str path = path_normalize(&r->arena, named);
	struct str staged = writer_stage_path(&r->arena, path);
	struct os_stat st;
	int err = os_lstat(path, &st);

	if (!err && st.kind != OS_MISSING && st.kind != OS_FILE) {
		diag_report(&r->sink, RULE_IO, SPAN_NONE,
			"'%.*s' is not a regular file: the baseline is not written there",
			STR_ARG(path));
		return false;
	}
	if (!err)
		err = os_write_new(staged, baseline_text(r), os_umask_mode(false), true);
	if (!err) {
		err = os_rename(staged, path);
		if (err)
			os_unlink(staged);
	}
	return !err || diag_io(&r->sink, SPAN_NONE, path, "write baseline", err);
}
