/* report.c - what doctor found, in one of the forms that it can be had in. */
#include "emit/doctor.h"
#include "rune/json.h"
#include "rune/path.h"
#include "rune/str.h"

/* ---- JSON ----------------------------------------------------------------------- */

static void put_summary(struct json_writer *w, const struct rune_checked *c)
{
	json_open(w, '{');
	json_put_count(w, "skills", c->skills);
	json_put_count(w, "packs", c->packs);
	json_put_count(w, "texts", c->texts);
	json_put_count(w, "files", c->files);
	json_put_count(w, "connections", c->connections);
	json_put_count(w, "signals", c->signals);
	json_put_count(w, "errors", c->errors);
	json_put_count(w, "warnings", c->warnings);
	json_put_count(w, "notes", c->notes);
	json_put_count(w, "suppressed", c->suppressed);
	json_put_count(w, "known", c->known);
	json_put_count(w, "fixable", c->fixable);
	json_put_count(w, "fixed", c->fixed);
	json_key(w, STR("output"));
	json_bool(w, c->output);
	json_close(w, '}');
}

static void put_changes(struct json_writer *w, const struct rune *r)
{
	json_open(w, '[');
	for (size_t i = 0; i < r->nchange; i++)
		json_string(w, str_c(r->change[i].path));
	json_close(w, ']');
}

static void report_json(struct buf *b, struct rune *r)
{
	struct json_writer w;
	struct buf list = BUF_INIT(&r->arena);

	diag_print_json(&list, &r->sink, &r->project.sources, 2);
	json_begin(&w, b, 0);
	json_open(&w, '{');
	json_key(&w, STR("version"));
	json_int(&w, 1);
	json_key(&w, STR("tool"));
	json_string(&w, str_fmt(&r->arena, "rune %s", rune_version()));
	json_key(&w, STR("ok"));
	json_bool(&w, r->status == RUNE_OK);
	json_key(&w, STR("summary"));
	put_summary(&w, &r->doctor->checked);
	json_key(&w, STR("changed"));
	put_changes(&w, r);
	json_key(&w, STR("diagnostics"));
	json_raw(&w, buf_str(&list));
	json_close(&w, '}');
	buf_addc(b, '\n');
}

/* ---- any ------------------------------------------------------------------------ */

static void report_text(
	struct buf *b, struct rune *r, const struct rune_report_options *o)
{
	struct diag_print_opts po = {
		.color = o->color, .min = (enum severity)o->min, .grouped = true
	};

	diag_print_text(b, &r->sink, &r->project.sources, &po);
}

static struct str root_of(struct rune *r, struct str named)
{
	if (!named.n)
		return doctor_repository(r);
	return path_normalize(&r->arena, path_join(&r->arena, doctor_cwd(r), named));
}

const char *rune_report(
	struct rune *r, const struct rune_report_options *options, size_t *size)
{
	struct rune_report_options o = { .size = sizeof(o) };
	struct buf b = BUF_INIT(&r->arena);
	const struct source_set *sources = &r->project.sources;
	struct diag_tool tool;

	if (options) {
		BUG_IF(!options->size);
		memcpy(&o, options,
			options->size < sizeof(o) ? options->size : sizeof(o));
	}
	tool = (struct diag_tool){ .version = str_c(rune_version()),
		.root = root_of(r, str_c(o.root)),
		.cwd = doctor_cwd(r),
		.ok = r->status == RUNE_OK || r->status == RUNE_FINDINGS };
	buf_addz(&b, "");
	switch (o.format) {
	case RUNE_TEXT: report_text(&b, r, &o); break;
	case RUNE_JSON: report_json(&b, r); break;
	case RUNE_SARIF: diag_print_sarif(&b, &r->sink, sources, &tool); break;
	case RUNE_GITHUB: diag_print_github(&b, &r->sink, sources, &tool); break;
	case RUNE_JUNIT: diag_print_junit(&b, &r->sink, sources, &tool); break;
	}
	if (size)
		*size = b.n;
	return b.n ? b.p : "";
}
