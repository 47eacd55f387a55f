#include "emit/api.h"
#include "rune/json.h"
#include "rune/str.h"

static const char *end_of(struct buf *b)
{
	buf_addc(b, '\n');
	return b->p;
}

/* ---- report ----------------------------------------------------------------------- */

static const char *status_name(enum rune_status status)
{
	switch (status) {
	case RUNE_OK: return "ok";
	case RUNE_FINDINGS: return "findings";
	case RUNE_USAGE: return "usage";
	case RUNE_FAILED: return "failed";
	}
	return "";
}

static void put_summary(struct json_writer *w, const struct rune_summary *s)
{
	json_open(w, '{');
	json_put_text(w, "name", s->platform);
	json_put_text(w, "title", s->title);
	json_put_text(w, "root", s->root);
	json_put_count(w, "skills", s->skills);
	json_put_count(w, "extensions", s->extensions);
	json_put_count(w, "parts", s->parts);
	json_put_count(w, "roles", s->roles);
	json_put_count(w, "files", s->files);
	json_put_count(w, "failed", s->failed);
	json_put_count(w, "references", s->references);
	json_put_count(w, "unresolved", s->unresolved);
	json_put_count(w, "tools", s->tools);
	json_close(w, '}');
}

/* What is listed by path: all that a reader may want to look at. */
static const struct {
	enum rune_action action;
	const char *key;
	bool listed;
} change_key[] = {
	{ RUNE_CREATE, "created", true },
	{ RUNE_UPDATE, "updated", true },
	{ RUNE_DELETE, "deleted", true },
	{ RUNE_SAME, "unchanged", false },
	{ RUNE_KEEP, "kept", true },
	{ RUNE_REFUSE, "refused", true },
};

static void put_changes(struct json_writer *w, const struct rune *r)
{
	json_open(w, '{');
	json_key(w, STR("written"));
	json_bool(w, r->written);
	for (size_t i = 0; i < COUNTOF(change_key); i++)
		json_put_count(
			w, change_key[i].key, rune_change_total(r, change_key[i].action));
	json_key(w, STR("paths"));
	json_open(w, '{');
	for (size_t i = 0; i < COUNTOF(change_key); i++) {
		if (!change_key[i].listed)
			continue;
		json_key(w, str_c(change_key[i].key));
		json_open(w, '[');
		for (size_t k = 0; k < r->nchange; k++)
			if (r->change[k].action == change_key[i].action)
				json_string(w, str_c(r->change[k].path));
		json_close(w, ']');
	}
	json_close(w, '}');
	json_close(w, '}');
}

const char *rune_report_json(struct rune *r, bool diff)
{
	struct buf b = BUF_INIT(&r->arena);
	struct json_writer w;

	json_begin(&w, &b, 0);
	json_open(&w, '{');
	json_put_text(&w, "version", rune_version());
	json_put_text(&w, "status", status_name(r->status));
	if (r->detected)
		json_put_text(&w, "detected", r->detected);
	json_put_text(&w, "output", rune_output_dir(r));
	json_key(&w, STR("platforms"));
	json_open(&w, '[');
	for (size_t i = 0; i < r->nsummary; i++)
		put_summary(&w, &r->summary[i]);
	json_close(&w, ']');
	json_key(&w, STR("changes"));
	put_changes(&w, r);
	if (diff)
		json_put_text(&w, "diff", rune_diff(r));
	json_key(&w, STR("diagnostics"));
	json_raw(&w, str_c(rune_diagnostics_json(r, 2)));
	json_close(&w, '}');
	return end_of(&b);
}

/* ---- platforms -------------------------------------------------------------------- */

const char *rune_platforms_json(struct rune *r)
{
	struct buf b = BUF_INIT(&r->arena);
	struct json_writer w;

	json_begin(&w, &b, 0);
	json_open(&w, '[');
	for (size_t i = 0; i < r->nplatform; i++) {
		const struct rune_platform *p = &r->platform[i];

		json_open(&w, '{');
		json_put_text(&w, "name", p->name);
		json_put_text(&w, "title", p->title);
		json_put_text(&w, "skills", p->skills_path);
		json_put_text(&w, "roles", p->roles_path);
		json_put_text(&w, "commands", p->commands_path);
		json_put_text(&w, "rules", p->rules_path);
		json_put_text(&w, "client", p->client);
		json_key(&w, STR("custom"));
		json_bool(&w, p->custom);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	return end_of(&b);
}

const char *rune_platform_json(struct rune *r, const struct rune_platform *p)
{
	struct buf b = BUF_INIT(&r->arena);
	size_t i = (size_t)(p - r->platform);

	BUG_IF(i >= r->nplatform);
	custom_adapter_write(&b, api_adapter(r, i));
	if (!b.n || b.p[b.n - 1] != '\n')
		buf_addc(&b, '\n');
	return b.p;
}
