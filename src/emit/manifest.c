#include <stdlib.h>

#include "manifest.h"
#include "rune/json.h"
#include "rune/outtree.h"
#include "rune/str.h"

#define MANIFEST_VERSION 1

void manifest_init(struct manifest *m, struct arena *a)
{
	*m = (struct manifest){ .a = a, .by_path = MAP_INIT(a) };
}

void manifest_add(struct manifest *m, const struct manifest_entry *e)
{
	*arena_push(m->a, struct manifest_entry, m->v, m->n, m->cap) = *e;
}

void manifest_add_dir(struct manifest *m, struct str dir)
{
	*arena_push(m->a, struct str, m->dir, m->ndir, m->dir_cap) = dir;
}

static int cmp_entries(const void *pa, const void *pb)
{
	const struct manifest_entry *a = pa, *b = pb;

	return str_cmp(a->path, b->path);
}

static int cmp_strs(const void *pa, const void *pb)
{
	const struct str *a = pa, *b = pb;

	return str_cmp(*a, *b);
}

void manifest_sort(struct manifest *m)
{
	size_t kept = 0;

	if (m->n)
		qsort(m->v, m->n, sizeof(*m->v), cmp_entries);
	m->by_path = (struct map)MAP_INIT(m->a);
	for (size_t i = 0; i < m->n; i++)
		map_set(&m->by_path, m->v[i].path, &m->v[i]);
	if (m->ndir)
		qsort(m->dir, m->ndir, sizeof(*m->dir), cmp_strs);
	for (size_t i = 0; i < m->ndir; i++)
		if (!kept || !str_eq(m->dir[i], m->dir[kept - 1]))
			m->dir[kept++] = m->dir[i];
	m->ndir = kept;
}

struct manifest_entry *manifest_find(const struct manifest *m, struct str path)
{
	return map_find(&m->by_path, path);
}

bool manifest_has_dir(const struct manifest *m, struct str dir)
{
	return m->ndir && bsearch(&dir, m->dir, m->ndir, sizeof(*m->dir), cmp_strs);
}

const struct manifest_part *manifest_part_find(
	const struct manifest_entry *e, struct str platform)
{
	for (size_t i = 0; i < e->npart; i++)
		if (str_eq(e->part[i].platform, platform))
			return &e->part[i];
	return NULL;
}

void manifest_part_add(
	struct arena *a, struct manifest_entry *e, const struct manifest_part *part)
{
	struct manifest_part *v = arena_array(a, struct manifest_part, e->npart + 1);
	size_t n = 0, i = 0;

	for (; i < e->npart && str_cmp(e->part[i].platform, part->platform) < 0; i++)
		v[n++] = e->part[i];
	v[n++] = *part;
	for (; i < e->npart; i++)
		if (!str_eq(e->part[i].platform, part->platform))
			v[n++] = e->part[i];
	e->part = v;
	e->npart = n;
}

/* ---- hashes ------------------------------------------------------------------------- */

struct str manifest_hash(struct arena *a, struct str bytes)
{
	char hex[HASH_HEX + 1];

	hash_sha256_hex(bytes, hex);
	return arena_strdup(a, (struct str){ hex, HASH_HEX });
}

struct str manifest_hash_region(struct arena *a, struct str body)
{
	struct buf b = BUF_INIT(a);
	struct str line;

	while (str_line(&body, &line)) {
		buf_add(&b, line);
		buf_addc(&b, '\n');
	}
	return manifest_hash(a, buf_str(&b));
}

static bool is_hash(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!char_is_digit(s.p[i]) && (s.p[i] < 'a' || s.p[i] > 'f'))
			return false;
	return s.n == HASH_HEX;
}

/* ---- reading ------------------------------------------------------------------------ */

static bool unusable(struct diag_sink *sink, struct span at, const char *why)
{
	diag_report(sink, RULE_OUT_MANIFEST, at,
		"manifest of generated files is damaged: %s", why);
	return false;
}

static bool too_new(struct diag_sink *sink, const struct json_value *version)
{
	struct diag *d = diag_report(sink, RULE_OUT_MANIFEST_NEWER, version->span,
		"manifest of generated files has version %g; this rune knows %d",
		version->number, MANIFEST_VERSION);

	diag_note(sink, d, SPAN_NONE, "use the rune that wrote it, or a newer one");
	return false;
}

/* A string member; an empty one if it is absent or something else. */
static struct str member(const struct json_value *v, struct str key)
{
	const struct json_value *m = json_get(v, key);

	return m && m->kind == JSON_STRING ? m->string : STR_NONE;
}

static bool read_block(struct manifest *m, struct manifest_entry *e,
	const struct json_value *v, struct diag_sink *sink)
{
	const struct json_value *regions = json_get(v, STR("regions"));
	const struct json_value *created = json_get(v, STR("created"));

	if (!regions || regions->kind != JSON_OBJECT || !regions->n)
		return unusable(sink, v->span, "'regions' is missing");
	for (size_t i = 0; i < regions->n; i++) {
		const struct json_value *r = &regions->v[i];

		if (r->kind != JSON_STRING || !is_hash(r->string))
			return unusable(sink, r->span, "this is no SHA-256");
		manifest_part_add(m->a, e, &(struct manifest_part){ r->key, r->string });
	}
	e->block = true;
	e->created = created && created->kind == JSON_BOOL && created->boolean;
	return true;
}

static bool read_file(struct manifest *m, struct manifest_entry *e,
	const struct json_value *v, struct diag_sink *sink)
{
	const struct json_value *platforms = json_get(v, STR("platforms"));

	e->sha256 = member(v, STR("sha256"));
	if (!is_hash(e->sha256))
		return unusable(sink, v->span, "'sha256' is missing or is none");
	if (!platforms || platforms->kind != JSON_ARRAY || !platforms->n)
		return unusable(sink, v->span, "'platforms' is missing");
	for (size_t i = 0; i < platforms->n; i++) {
		const struct json_value *p = &platforms->v[i];

		if (p->kind != JSON_STRING)
			return unusable(sink, p->span, "this is no platform");
		manifest_part_add(
			m->a, e, &(struct manifest_part){ p->string, STR_NONE });
	}
	return true;
}

static bool read_entry(
	struct manifest *m, const struct json_value *v, struct diag_sink *sink)
{
	struct manifest_entry e = { .path = v->key, .owner = member(v, STR("owner")) };
	bool ok;

	if (v->kind != JSON_OBJECT)
		return unusable(sink, v->span, "this is no object");
	if (!outtree_path_ok(m->a, v->key))
		return unusable(sink, v->key_span, "rune never writes to such a path");
	if (str_eq(member(v, STR("kind")), STR("block")))
		ok = read_block(m, &e, v, sink);
	else
		ok = read_file(m, &e, v, sink);
	if (ok)
		manifest_add(m, &e);
	return ok;
}

static bool read_dirs(
	struct manifest *m, const struct json_value *dirs, struct diag_sink *sink)
{
	if (!dirs)
		return true;
	if (dirs->kind != JSON_ARRAY)
		return unusable(sink, dirs->span, "'directories' is no list");
	for (size_t i = 0; i < dirs->n; i++) {
		const struct json_value *d = &dirs->v[i];

		if (d->kind != JSON_STRING || !outtree_path_ok(m->a, d->string))
			return unusable(
				sink, d->span, "rune never makes such a directory");
		manifest_add_dir(m, d->string);
	}
	return true;
}

bool manifest_parse(struct manifest *m, const struct source *src, struct diag_sink *sink)
{
	const struct json_value *root = json_parse(src, RULE_OUT_MANIFEST, m->a, sink);
	const struct json_value *version, *files;

	if (!root)
		return false;
	version = json_get(root, STR("version"));
	files = json_get(root, STR("files"));
	if (!version || version->kind != JSON_NUMBER || !files ||
		files->kind != JSON_OBJECT)
		return unusable(sink, root->span, "'version' or 'files' is missing");
	if (version->number > MANIFEST_VERSION)
		return too_new(sink, version);
	if (version->number < MANIFEST_VERSION)
		return unusable(sink, version->span, "it is of another version of rune");
	for (size_t i = 0; i < files->n; i++)
		if (!read_entry(m, &files->v[i], sink))
			return false;
	if (!read_dirs(m, json_get(root, STR("directories")), sink))
		return false;
	manifest_sort(m);
	return true;
}

/* ---- writing ------------------------------------------------------------------------ */

static void put_member(struct buf *b, const char *key, struct str value)
{
	buf_addf(b, "\"%s\": ", key);
	json_quote(b, value);
}

static void put_parts(struct buf *b, const struct manifest_entry *e)
{
	for (size_t i = 0; i < e->npart; i++) {
		buf_addz(b, i ? ", " : "");
		json_quote(b, e->part[i].platform);
		if (!e->block)
			continue;
		buf_addz(b, ": ");
		json_quote(b, e->part[i].sha256);
	}
}

static void put_entry(struct buf *b, const struct manifest_entry *e)
{
	buf_addc(b, '{');
	if (e->block) {
		buf_addz(b, "\"kind\": \"block\", \"regions\": {");
		put_parts(b, e);
		buf_addz(b, e->created ? "}, \"created\": true" : "}");
	} else {
		put_member(b, "sha256", e->sha256);
		buf_addz(b, ", \"platforms\": [");
		put_parts(b, e);
		buf_addc(b, ']');
		if (e->owner.n) {
			buf_addz(b, ", ");
			put_member(b, "owner", e->owner);
		}
	}
	buf_addc(b, '}');
}

struct str manifest_write(const struct manifest *m)
{
	struct buf out = BUF_INIT(m->a), line = BUF_INIT(m->a);
	struct json_writer w;

	json_begin(&w, &out, 0);
	json_open(&w, '{');
	json_key(&w, STR("version"));
	json_int(&w, MANIFEST_VERSION);
	json_key(&w, STR("files"));
	json_open(&w, '{');
	for (size_t i = 0; i < m->n; i++) {
		line.n = 0;
		put_entry(&line, &m->v[i]);
		json_key(&w, m->v[i].path);
		json_raw(&w, buf_str(&line));
	}
	json_close(&w, '}');
	json_key(&w, STR("directories"));
	json_open(&w, '[');
	for (size_t i = 0; i < m->ndir; i++)
		json_string(&w, m->dir[i]);
	json_close(&w, ']');
	json_close(&w, '}');
	buf_addc(&out, '\n');
	return buf_str(&out);
}
