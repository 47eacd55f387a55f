/* monolith.c - the parts of a pack that stand in its own text: the headings
 * under "Skills Included". */
#include "model.h"
#include "rune/str.h"

static const struct doc_section *included(const struct doc *d)
{
	return doc_section_find(d, STR("Skills Included"));
}

/* The part's name in its heading: all of it, or what stands before a dash or a
 * colon, marks off; else the words with hyphens between them. */
static struct str heading_name(struct str title, struct arena *a)
{
	static const struct str ends[] = { STR_INIT(" \xe2\x80\x94"),
		STR_INIT(" \xe2\x80\x93"), STR_INIT(" -"), STR_INIT(":"),
		STR_INIT(" (") };
	struct str s = title, bare;

	for (size_t i = 0; i < COUNTOF(ends); i++) {
		size_t at = str_find(s, ends[i], 0);

		if (at != STR_NPOS && at)
			s = str_sub(s, 0, at);
	}
	bare = str_trim(s);
	while (bare.n && (bare.p[0] == '`' || bare.p[0] == '*'))
		bare = str_from(bare, 1);
	while (bare.n && (bare.p[bare.n - 1] == '`' || bare.p[bare.n - 1] == '*'))
		bare.n--;
	return name_valid(bare) ? bare : name_slug(bare, a);
}

bool pack_has_sections(const struct doc *d)
{
	const struct doc_section *in = included(d);
	size_t i = in ? (size_t)(in - d->section) + 1 : 0;

	return in && i < in->end;
}

static void part_add(struct loader *l, struct found *f, struct pack *out,
	const struct doc_section *s, struct pack_part *part)
{
	const struct doc *d = out->doc;
	struct str name = heading_name(s->title, l->a);
	const struct pack_part *other = pack_part_find(out, name);
	struct span at = d->node[s->heading].span;
	struct diag *diag;

	if (!name.n) {
		diag_report(&f->sink, RULE_NAME_INVALID, at,
			"heading '%.*s' yields no name for a skill", STR_ARG(s->title));
		return;
	}
	if (other) {
		diag = diag_report(&f->sink, RULE_NAME_DUPLICATE, at,
			"two skills of the pack are called '%.*s'", STR_ARG(name));
		diag_note(&f->sink, diag, other->meta.name_span, "the other one is here");
		return;
	}
	part->meta.name = name;
	part->meta.name_span = part->meta.description_span = at;
	part->meta.description = first_paragraph(d, s->body, l->a);
	part->title = s->title;
	part->doc = d;
	part->range = s->span;
	part->heading = s->heading;
	part->level = s->level;
	if (!out->npart++)
		out->parts_from = s->span.off;
	out->parts_to = span_end(s->span);
}

static void report_unlisted(struct loader *l, struct found *f, const struct pack *p)
{
	struct map listed = MAP_INIT(l->a);

	for (size_t i = 0; i < f->nlisted; i++)
		map_add(&listed, f->listed[i].value, f);
	for (size_t i = 0; i < p->npart && f->nlisted; i++)
		if (!map_find(&listed, p->part[i].meta.name))
			diag_report(&f->sink, RULE_PACK_PART_UNLISTED,
				p->part[i].meta.name_span,
				"skill '%.*s' is shipped though the pack does not list "
				"it",
				STR_ARG(p->part[i].meta.name));
}

void pack_monolith(struct loader *l, struct found *f, struct pack *out)
{
	const struct doc *d = out->doc;
	const struct doc_section *in = included(d);
	struct pack_part *v;

	if (!in)
		return;
	v = arena_array(l->a, struct pack_part, PACK_MAX_PARTS);
	out->part = v;
	for (size_t i = (size_t)(in - d->section) + 1; i < in->end;
		i = d->section[i].end) {
		if (out->npart == PACK_MAX_PARTS) {
			diag_report(&f->sink, RULE_TOO_MANY,
				d->node[d->section[i].heading].span,
				"a pack holds at most %d skills", PACK_MAX_PARTS);
			break;
		}
		part_add(l, f, out, &d->section[i], &v[out->npart]);
	}
	report_unlisted(l, f, out);
}
