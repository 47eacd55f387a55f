/* packs_parts.c - the skills of a pack, its templates, and what it adds to others. */
#include "rules/checks.h"
#include "rules/content.h"

#include "rune/json.h"
#include "rune/map.h"
#include "rune/str.h"

/* ---- skills ------------------------------------------------------------------------ */

/* A section of the part, from number `from` on, whose title begins with one of the
 * words. */
static bool has_section(const struct pack_part *part, uint32_t from, const char *words)
{
	const struct doc *d = part->doc;

	for (uint32_t i = from; i < d->nsection; i++) {
		const struct doc_section *s = &d->section[i];
		size_t off = 0;
		struct str word;

		if (s->span.off >= span_end(part->range))
			break;
		if (s->heading != part->heading && text_word(s->title, &off, &word) &&
			text_among(word, words))
			return true;
	}
	return false;
}

static bool has_list(const struct pack_part *part, node_id from)
{
	const struct doc *d = part->doc;

	for (node_id i = from; i < d->nnode; i++) {
		const struct node *n = &d->node[i];

		if (n->span.off >= span_end(part->range))
			break;
		if (n->kind == DOC_LIST && n->span.off >= part->range.off &&
			char_is_digit(d->src->text.p[n->span.off]))
			return true;
	}
	return false;
}

static struct span part_span(const struct pack_part *part)
{
	if (part->heading)
		return part->doc->node[part->heading].span;
	return (struct span){ part->doc->src->id, part->range.off, 0 };
}

/* Where the part's sections and nodes begin in its document: parts of one text are
 * in its order, so that no search starts at the top again. */
struct cursor {
	const struct doc *doc;
	uint32_t section;
	node_id node;
};

static void cursor_move(struct cursor *at, const struct pack_part *part)
{
	if (at->doc != part->doc)
		*at = (struct cursor){ part->doc, 0, 1 };
	while (at->section < part->doc->nsection &&
		part->doc->section[at->section].span.off < part->range.off)
		at->section++;
	while (at->node < part->doc->nnode &&
		part->doc->node[at->node].span.off < part->range.off)
		at->node++;
}

static void check_part(
	const struct rule_ctx *c, const struct pack_part *part, const struct cursor *at)
{
	struct str name = part->meta.name;
	struct diag *d;

	if (!has_section(part, at->section,
		    "workflow execution phases steps process procedure") &&
		!has_list(part, at->node)) {
		d = diag_report(c->sink, RULE_PART_WORKFLOW, part_span(part),
			"skill '%.*s' of the pack has no workflow", STR_ARG(name));
		diag_note(c->sink, d, SPAN_NONE,
			"add a heading 'Workflow' with numbered steps");
	}
	if (!has_section(part, at->section, "example examples sample")) {
		d = diag_report(c->sink, RULE_PART_EXAMPLE, part_span(part),
			"skill '%.*s' of the pack has no example", STR_ARG(name));
		diag_note(c->sink, d, SPAN_NONE, "add a heading 'Example'");
	}
	if (!part->meta.description.n) {
		d = diag_report(c->sink, RULE_PART_DESCRIPTION, part_span(part),
			"skill '%.*s' of the pack is not described", STR_ARG(name));
		diag_note(c->sink, d, SPAN_NONE,
			"begin with a paragraph that says what it is for, or give its "
			"file "
			"a 'description'");
	}
}

void packs_parts(const struct rule_ctx *c, const struct pack *p)
{
	struct cursor at = { .doc = NULL };

	for (size_t i = 0; i < p->npart; i++) {
		if (p->part[i].owner)
			continue;
		cursor_move(&at, &p->part[i]);
		check_part(c, &p->part[i], &at);
	}
}

/* ---- the list ---------------------------------------------------------------------- */

/* "skills/x.md" and "x" are one. */
static struct str bare(struct str s)
{
	size_t slash;

	if (str_ends(s, STR("/SKILL.md")))
		s.n -= 9;
	else if (str_ends(s, STR(".md")))
		s.n -= 3;
	while ((slash = str_find_char(s, '/', 0)) != STR_NPOS)
		s = str_from(s, slash + 1);
	return s;
}

void packs_list(const struct rule_ctx *c, const struct pack *p)
{
	const struct fm_entry *e = rule_meta_key(p->doc, "skills");
	struct diag_sink quiet;
	const struct fm_item *item;
	struct map seen = MAP_INIT(c->a);
	size_t n;

	if (!e)
		e = rule_key(p->doc, "skills");
	if (!e || e->value.kind == FM_NULL || e->value.kind == FM_MAP)
		return;
	diag_sink_init(&quiet, c->a, NULL);
	n = fm_list(&e->value, c->a, &quiet, &item);
	for (size_t i = 0; i < n; i++) {
		const struct fm_item *first;
		struct diag *d;

		if (!item[i].value.n)
			continue;
		first = map_add(&seen, bare(item[i].value), (void *)(uintptr_t)&item[i]);
		if (!first)
			continue;
		d = diag_report(c->sink, RULE_PART_LISTED_TWICE, item[i].span,
			"'%.*s' is listed twice", STR_ARG(bare(item[i].value)));
		diag_note(c->sink, d, first->span, "first listed here");
	}
}

/* ---- templates --------------------------------------------------------------------- */

static const struct mesh_signal *find_signal(const struct mesh *m, struct str name)
{
	size_t low = 0, high = m->nsignal;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = str_cmp(m->signal[mid].name, name);

		if (!order)
			return &m->signal[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* A template waits for signals of skills, but is none of the mesh. */
static void check_signals(const struct rule_ctx *c, const struct pack_template *t)
{
	static const char *const keys[] = { "listen", "listens", "signals" };

	for (size_t k = 0; k < COUNTOF(keys); k++) {
		const struct fm_entry *e = rule_key(t->doc, keys[k]);
		const struct fm_item *item;
		struct diag_sink quiet;
		size_t n;

		if (!e)
			e = rule_meta_key(t->doc, keys[k]);
		if (!e || e->value.kind == FM_NULL || e->value.kind == FM_MAP)
			continue;
		diag_sink_init(&quiet, c->a, NULL);
		n = fm_list(&e->value, c->a, &quiet, &item);
		for (size_t i = 0; i < n; i++) {
			const struct mesh_signal *s =
				find_signal(&c->project->mesh, item[i].value);
			struct diag *d;

			if (!item[i].value.n || (s && s->nemitter))
				continue;
			d = diag_report(c->sink, RULE_TEMPLATE_SIGNAL, item[i].span,
				"template waits for '%.*s', which no skill emits",
				STR_ARG(item[i].value));
			diag_note(c->sink, d, SPAN_NONE,
				"add it to 'emit' of the skill that is to send it");
		}
	}
}

void packs_templates(const struct rule_ctx *c, const struct pack *p)
{
	struct map seen = MAP_INIT(c->a);

	for (size_t i = 0; i < p->ntemplate; i++) {
		const struct pack_template *t = &p->template[i], *first;
		const struct fm_entry *e = rule_key(t->doc, "name");
		struct diag *d;

		check_signals(c, t);
		first = map_add(&seen, t->name, (void *)(uintptr_t)t);
		if (!first)
			continue;
		d = diag_report(c->sink, RULE_TEMPLATE_REPEATED,
			e ? e->value.span : (struct span){ t->doc->src->id, 0, 0 },
			"two templates of the pack are called '%.*s'", STR_ARG(t->name));
		e = rule_key(first->doc, "name");
		diag_note(c->sink, d,
			e ? e->value.span : (struct span){ first->doc->src->id, 0, 0 },
			"the other one is here");
	}
}

/* ---- inject.json ------------------------------------------------------------------- */

static void check_members(const struct rule_ctx *c, const struct json_value *object)
{
	static const struct str known[] = { STR_INIT("skill"), STR_INIT("ref"),
		STR_INIT("title") };

	for (size_t i = 0; i < object->n; i++) {
		struct str key = object->v[i].key, near;
		struct diag *d;

		if (str_eq(key, known[0]) || str_eq(key, known[1]) ||
			str_eq(key, known[2]))
			continue;
		d = diag_report(c->sink, RULE_INJECT_KEY, object->v[i].key_span,
			"'%.*s' means nothing in inject.json", STR_ARG(key));
		near = str_nearest(key, known, COUNTOF(known));
		if (near.n)
			diag_note(c->sink, d, SPAN_NONE, "did you mean '%.*s'?",
				STR_ARG(near));
		else
			diag_note(c->sink, d, SPAN_NONE,
				"an entry has 'skill', 'ref' and, if need be, 'title'");
	}
}

void packs_inject(const struct rule_ctx *c, const struct rule_file *f)
{
	const struct json_value *v, *list;
	struct diag_sink quiet;

	if (!f->pack || !str_eq(f->rel, STR("inject.json")))
		return;
	/* what is wrong with its form has been reported by whoever loaded it */
	diag_sink_init(&quiet, c->a, NULL);
	v = json_parse(f->src, RULE_PACK_INJECT, c->a, &quiet);
	if (!v)
		return;
	list = json_get(v, STR("inject"));
	if (!list)
		list = json_get(v, STR("injections"));
	if (!list)
		list = v;
	if (list->kind != JSON_ARRAY)
		return;
	if (!list->n)
		diag_report(c->sink, RULE_INJECT_EMPTY, list->span,
			"inject.json adds nothing to any skill");
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].kind == JSON_OBJECT)
			check_members(c, &list->v[i]);
}
