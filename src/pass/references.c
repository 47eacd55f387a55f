/* references.c - `rune:x` becomes what a reader on the platform can act on: the
 * emitted name, and around it the platform's phrase as far as the sentence does
 * not have its words already. In a code span with other text only the name. */
#include "passes.h"

#include "rune/path.h"
#include "rune/str.h"
#include "words.h"

static const struct str scheme = STR_INIT("rune:");

/* A platform's way of naming a target, taken apart: "the " `rune-x` " skill". */
struct phrase {
	struct str article; /* with its blank; may be empty */
	struct str core; /* names and what links them */
	struct str noun; /* without blanks; may be empty */
};

/* Characters that belong to the name after them: "$" in "${ref}", "rune:". */
static bool is_sigil(char c)
{
	return char_is_alnum(c) || (c && strchr("$/@#:._-", c));
}

/* Append `name` to what is in `b`, together with the sigil that stands there. */
static void add_name(struct buf *b, struct str name, bool code)
{
	struct str all = buf_str(b), sigil;
	size_t n = all.n;

	while (n && is_sigil(all.p[n - 1]))
		n--;
	sigil = arena_strdup(b->a, str_from(all, n));
	b->n = n;
	buf_addf(b, "%s%.*s%.*s%s", code ? "`" : "", STR_ARG(sigil), STR_ARG(name),
		code ? "`" : "");
}

/* `format` with {ref} and {part} filled in; `*core_end` is the end of the last. */
static struct str expand(struct arena *a, struct str format, const struct str value[2],
	bool code, size_t *core_end)
{
	static const struct str key[2] = { STR_INIT("{ref}"), STR_INIT("{part}") };
	struct buf b = BUF_INIT(a);

	while (format.n) {
		size_t k = 0;

		while (k < 2 && !str_starts(format, key[k]))
			k++;
		if (k == 2) {
			buf_addc(&b, format.p[0]);
			format = str_from(format, 1);
			continue;
		}
		add_name(&b, value[k], code);
		*core_end = b.n;
		format = str_from(format, key[k].n);
	}
	return buf_str(&b);
}

static struct str format_of(
	const struct adapter *ad, const struct ref_target *t, struct arena *a)
{
	struct str whole = ad->ref_format;

	if (t->kind == VERTEX_PART && ad->part_format.n)
		return ad->part_format;
	if (!whole.n)
		whole = ad->caps & CAP_NATIVE_REFS ? STR("rune:{ref}") : STR("{ref}");
	if (t->kind == VERTEX_PART)
		return str_fmt(a, "{part} of %.*s", STR_ARG(whole));
	return whole;
}

static struct phrase phrase_of(
	const struct adapter *ad, const struct ref_target *t, bool code, struct arena *a)
{
	struct str value[2] = { emit_name_of(ad, t), STR_NONE }, all;
	struct phrase p = { 0 };
	size_t end = 0, start = 0;

	if (t->kind == VERTEX_PART)
		value[1] = t->part->meta.name;
	all = expand(a, format_of(ad, t, a), value, code, &end);
	if (!end)
		end = all.n;
	if (str_starts(all, STR("the ")))
		start = 4;
	p.article = str_sub(all, 0, start);
	p.core = str_sub(all, start, end - start);
	p.noun = str_trim(str_from(all, end));
	return p;
}

/* What leads to a skill that the client does not list, and perhaps does not load by
 * name: the place of its file. */
static struct str way_to(const struct adapter *ad, const struct listing *listing,
	const struct ref_target *t, struct arena *a)
{
	const struct listing_item *x = NULL;
	struct str format = ad->hidden_format, path;

	if (t->kind == VERTEX_SKILL)
		x = listing_of_skill(listing, t->skill);
	else
		x = listing_of_pack(listing, t->pack);
	if (!x || !x->hidden)
		return STR_NONE;
	path = str_expand(a, ad->skill_path, STR("name"), x->name);
	path = path_join(a, ad->root, path);
	format = str_expand(a, format.n ? format : STR(" (`{path}`)"), STR("path"), path);
	return str_expand(a, format, STR("name"), x->name);
}

struct str ref_text(const struct adapter *ad, const struct listing *listing,
	const struct ref_target *t, bool code, struct arena *a)
{
	struct phrase p = phrase_of(ad, t, code, a);

	return str_fmt(a, "%.*s%.*s%s%.*s%.*s", STR_ARG(p.article), STR_ARG(p.core),
		p.noun.n ? " " : "", STR_ARG(p.noun), STR_ARG(way_to(ad, listing, t, a)));
}

/* In a text of this unit. In a pack's own texts its parts need no more than their
 * names. */
static struct phrase phrase_in(
	const struct pass_ctx *c, const struct ref_target *t, bool code)
{
	struct phrase p = phrase_of(c->adapter, t, code, c->a);
	const char *tick = code ? "`" : "";

	if (t->kind == VERTEX_PART && t->pack == c->unit->pack && !c->unit->skill) {
		p.article = p.noun = STR_NONE;
		p.core = str_fmt(
			c->a, "%s%.*s%s", tick, STR_ARG(t->part->meta.name), tick);
	}
	return p;
}

/* In code: the emitted name alone, a part of a pack after a slash. */
static struct str name_in_code(const struct pass_ctx *c, const struct ref_target *t)
{
	struct ref_target whole = *t;
	struct str name;

	if (t->kind == VERTEX_PART)
		whole.kind = VERTEX_PACK;
	name = phrase_of(c->adapter, &whole, false, c->a).core;
	if (t->kind == VERTEX_PART)
		name = str_fmt(
			c->a, "%.*s/%.*s", STR_ARG(name), STR_ARG(t->part->meta.name));
	return name;
}

/* A reference of the document and what it was found to mean. */
struct found {
	const struct doc_ref *ref;
	struct ref_target target; /* VERTEX_NONE: left as it is */
	struct span at; /* what is replaced */
	bool in_code; /* with other text in a code span */
};

/* "rune:backend/typo": the pack is known and so counts as found, the part is not. */
static bool names_unknown_part(
	const struct pass_ctx *c, const struct doc_ref *r, const struct ref_target *t)
{
	struct str token = doc_text(c->unit->doc, r->name), near;
	struct diag *d;

	if (t->kind != VERTEX_PACK || t->used == token.n || token.p[t->used] != '/')
		return false;
	d = diag_report(c->sink, RULE_REF_DANGLING, r->name,
		"reference to '%.*s', which does not exist", STR_ARG(token));
	near = project_nearest(c->project, token, c->a);
	if (near.n)
		diag_note(c->sink, d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(near));
	return true;
}

/* Unknown names stay as they are; linking has reported them. */
static struct found find(const struct pass_ctx *c, const struct doc_ref *r)
{
	struct str token = doc_text(c->unit->doc, r->name);
	struct found f = { .ref = r, .target = project_resolve(c->project, token) };

	if (f.target.kind == VERTEX_NONE || names_unknown_part(c, r, &f.target)) {
		f.target.kind = VERTEX_NONE;
		return f;
	}
	f.in_code =
		r->form == REF_PART || (r->form == REF_CODE && f.target.used < token.n);
	f.at = r->span;
	if (r->form != REF_CODE || f.in_code) {
		f.at.off = r->name.off - (uint32_t)scheme.n;
		f.at.len = (uint32_t)(scheme.n + f.target.used);
	}
	return f;
}

static const char nouns[] = "skill skills pack packs extension extensions workflow "
			    "workflows command agent rule rules plugin";

static bool is_noun(const struct side *s)
{
	return s->kind == SIDE_WORD && s->gap && word_among(s->word, nouns);
}

/* "user's" before the reference: an article would be one too many. */
static bool is_possessive(const struct doc *d, const struct side *s)
{
	struct str before = str_sub(d->src->text, 0, s->at.off);

	return str_eq(s->word, STR("s")) &&
	       (str_ends(before, STR("'")) || str_ends(before, STR("\xe2\x80\x99")));
}

/* Does the text before `off` already determine the noun phrase? With a noun after
 * the reference the author has written the whole phrase, and there may be
 * adjectives in between. */
static bool is_determined(const struct doc *d, node_id block, uint32_t off, bool noun)
{
	static const char adjectives[] =
		"companion matching same new own other existing relevant corresponding "
		"following separate dedicated full whole entire right proper";

	for (int words = 0; words < 3; words++) {
		struct side s = side_before(d, block, off);

		if (s.kind != SIDE_WORD || (!s.gap && !s.marks))
			return false;
		if (word_is_determiner(s.word) || is_possessive(d, &s) ||
			(noun && word_among(s.word, "that both all")))
			return true;
		if (!noun && !word_among(s.word, adjectives))
			return false;
		off = s.at.off;
	}
	return false;
}

/* End of the list of references that v[0] begins: "`a`, `b` and `c` skills". */
static size_t list_length(const struct doc *d, const struct found *v, size_t n)
{
	size_t i = 1;

	if (v[0].in_code || v[0].target.kind == VERTEX_NONE)
		return 1;
	for (; i < n; i++) {
		uint32_t from = span_end(v[i - 1].at);
		struct span gap = { d->src->id, from, v[i].at.off - from };

		if (v[i].in_code || v[i].target.kind == VERTEX_NONE ||
			v[i].ref->block != v[0].ref->block || v[i].at.off < from ||
			!joins_list(str_trim(doc_text(d, gap))))
			break;
	}
	return i;
}

/* The platform's noun for the author's "skill", where it has another. */
static void replace_noun(const struct pass_ctx *c, struct edit_list *out,
	const struct side *s, struct str noun)
{
	if (!noun.n || str_eq(noun, STR("skill")))
		return;
	if (str_eq(s->word, STR("skill")))
		pass_replace(c, out, s->at, noun);
	else if (str_eq(s->word, STR("skills")))
		pass_replace(c, out, s->at, str_fmt(c->a, "%.*ss", STR_ARG(noun)));
}

/* Is it the thing that the text itself belongs to? */
static bool is_self(const struct pass_ctx *c, const struct ref_target *t)
{
	return t->kind == VERTEX_SKILL ? t->skill == c->unit->skill
				       : t->pack == c->unit->pack && !c->unit->skill;
}

static void replace_one(const struct pass_ctx *c, struct edit_list *out,
	const struct found *f, bool first, bool shared_noun)
{
	const struct doc *d = c->unit->doc;
	bool code = f->ref->form == REF_CODE;
	struct phrase p = phrase_in(c, &f->target, code);
	struct side after = side_after(d, f->ref->block, span_end(f->at));
	bool noun = is_noun(&after);
	struct str with, way = STR_NONE;

	if ((!first && shared_noun) ||
		is_determined(d, f->ref->block, f->at.off, noun || shared_noun))
		p.article = STR_NONE;
	if (noun)
		replace_noun(c, out, &after, p.noun);
	if (noun || shared_noun)
		p.noun = STR_NONE;
	if (c->unit->out_path.n && !is_self(c, &f->target))
		way = way_to(c->adapter, c->unit->listing, &f->target, c->a);
	with = str_fmt(c->a, "%.*s%.*s%s%.*s%.*s", STR_ARG(p.article), STR_ARG(p.core),
		p.noun.n ? " " : "", STR_ARG(p.noun), STR_ARG(way));
	if (!str_eq(with, doc_text(d, f->at)))
		pass_replace(c, out, f->at, with);
}

/* References [v, v + n) in a row, as many as its first one makes a list with. */
static size_t replace_list(
	const struct pass_ctx *c, struct edit_list *out, const struct found *v, size_t n)
{
	size_t count = list_length(c->unit->doc, v, n);
	const struct found *last = &v[count - 1];
	struct side after;
	bool shared = false;

	if (v[0].target.kind == VERTEX_NONE)
		return 1;
	if (v[0].in_code) {
		pass_replace(c, out, v[0].at, name_in_code(c, &v[0].target));
		return 1;
	}
	if (count > 1) {
		after = side_after(c->unit->doc, last->ref->block, span_end(last->at));
		shared = is_noun(&after) && str_ends(after.word, STR("s"));
	}
	for (size_t i = 0; i < count; i++)
		replace_one(c, out, &v[i], !i, shared);
	return count;
}

void pass_references(const struct pass_ctx *c, struct edit_list *out)
{
	const struct doc *d = c->unit->doc;
	struct found *v = arena_array(c->a, struct found, d->nref);
	size_t n = 0;

	for (uint32_t i = 0; i < d->nref; i++)
		if (pass_covers(c, d->ref[i].span))
			v[n++] = find(c, &d->ref[i]);
	for (size_t i = 0; i < n;)
		i += replace_list(c, out, v + i, n - i);
}
