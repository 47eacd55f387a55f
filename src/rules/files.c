/* files.c - the files of a project as checks see them: of what kind each is, and
 * whose. */
#include "rules/files.h"

#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* The units of a project by what the loader calls them. */
struct owners {
	struct arena *a;
	const struct project *p;
	struct map skill, pack; /* "<index of root>/<directory>" → the unit */
	struct map part; /* path of its file → the part */
	struct map text; /* path of its file → the text */
};

static struct str unit_key(const struct owners *o, const struct root *r, struct str dir)
{
	return str_fmt(o->a, "%zu/%.*s", (size_t)(r - o->p->root), STR_ARG(dir));
}

static void add_parts(struct owners *o, const struct pack *p)
{
	for (size_t i = 0; i < p->npart; i++)
		if (p->part[i].doc && p->part[i].doc != p->doc && !p->part[i].owner)
			map_add(&o->part, p->part[i].doc->src->path,
				(void *)(uintptr_t)&p->part[i]);
}

/* The maps hold pointers to const things; map values are not const. */
static void owners_init(struct owners *o, const struct project *p, struct arena *a)
{
	*o = (struct owners){ a, p, MAP_INIT(a), MAP_INIT(a), MAP_INIT(a), MAP_INIT(a) };
	for (size_t i = 0; i < p->nskill; i++)
		map_add(&o->skill, unit_key(o, p->skill[i].root, p->skill[i].dir_name),
			(void *)(uintptr_t)&p->skill[i]);
	for (size_t i = 0; i < p->npack; i++) {
		map_add(&o->pack, unit_key(o, p->pack[i].root, p->pack[i].dir_name),
			(void *)(uintptr_t)&p->pack[i]);
		add_parts(o, &p->pack[i]);
	}
	for (size_t i = 0; i < p->ntext; i++)
		if (p->text[i].doc)
			map_add(&o->text, p->text[i].doc->src->path,
				(void *)(uintptr_t)&p->text[i]);
}

static bool is_any(struct str s, const struct str *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, v[i]))
			return true;
	return false;
}

static bool is_script(struct str rel, struct str bytes)
{
	static const struct str ends[] = { STR_INIT(".sh"), STR_INIT(".bash"),
		STR_INIT(".zsh"), STR_INIT(".fish"), STR_INIT(".command"),
		STR_INIT(".py"), STR_INIT(".js"), STR_INIT(".mjs"), STR_INIT(".cjs"),
		STR_INIT(".jsx"), STR_INIT(".ts"), STR_INIT(".mts"), STR_INIT(".tsx"),
		STR_INIT(".rb"), STR_INIT(".pl"), STR_INIT(".php"), STR_INIT(".lua"),
		STR_INIT(".awk"), STR_INIT(".ps1"), STR_INIT(".psm1"), STR_INIT(".bat"),
		STR_INIT(".cmd"), STR_INIT(".vbs"), STR_INIT(".applescript") };
	struct str ext = path_ext(rel);

	return str_starts(bytes, STR("#!")) || is_any(ext, ends, COUNTOF(ends)) ||
	       (!ext.n && str_starts(rel, STR("scripts/")));
}

static bool is_binary(struct str bytes)
{
	return str_find_char(bytes, '\0', 0) != STR_NPOS || utf8_check(bytes) < bytes.n;
}

static enum file_kind text_kind_of(const struct text *t)
{
	switch (t->kind) {
	case TEXT_ROLE: return FILE_ROLE;
	case TEXT_MODE: return FILE_MODE;
	case TEXT_COMMAND: return FILE_COMMAND;
	}
	return FILE_REFERENCE;
}

static enum file_kind kind_of(const struct input *in, const struct rule_file *f)
{
	if (!in->doc && is_binary(in->bytes))
		return FILE_BINARY;
	if (f->part)
		return FILE_PART;
	if (f->text)
		return text_kind_of(f->text);
	if (in->main)
		return f->skill ? FILE_SKILL : FILE_PACK;
	if (in->headed && str_starts(in->rel, STR("templates/")))
		return FILE_TEMPLATE;
	if (str_eq_nocase(path_ext(in->rel), STR(".md")))
		return FILE_REFERENCE;
	return is_script(in->rel, in->bytes) ? FILE_SCRIPT : FILE_DATA;
}

static const struct meta no_meta;

static bool file_of(const struct owners *o, const struct input *in, struct rule_file *f)
{
	*f = (struct rule_file){ .src = in->src,
		.bytes = in->bytes,
		.doc = in->doc,
		.rel = in->rel,
		.executable = in->executable };
	switch (in->unit) {
	case INPUT_SKILL:
		f->skill = map_find(&o->skill, unit_key(o, in->root, in->dir_name));
		f->meta = f->skill ? &f->skill->meta : NULL;
		break;
	case INPUT_PACK:
		f->pack = map_find(&o->pack, unit_key(o, in->root, in->dir_name));
		f->part = f->pack ? map_find(&o->part, in->src->path) : NULL;
		f->meta = f->part ? &f->part->meta : f->pack ? &f->pack->meta : NULL;
		break;
	case INPUT_LOOSE: f->meta = &no_meta; break;
	case INPUT_TEXT:
		f->text = map_find(&o->text, in->src->path);
		f->meta = f->text ? &f->text->meta : NULL;
		break;
	}
	f->kind = kind_of(in, f);
	return f->meta != NULL;
}

size_t files_list(const struct project *p, const struct scan *scan, struct arena *a,
	const struct rule_file **out)
{
	struct rule_file *v = arena_array(a, struct rule_file, p->ninput);
	struct owners o;
	size_t n = 0;

	owners_init(&o, p, a);
	for (size_t i = 0; i < p->ninput; i++)
		if (p->input[i].root->dir.n &&
			(!scan || scan_focus(scan, p->input[i].src->path)) &&
			file_of(&o, &p->input[i], &v[n]))
			n++;
	*out = v;
	return n;
}
