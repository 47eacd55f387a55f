/* split_invariants.h - what must hold of every text that was split: put together again
 * it is the same, each link leads where it led, and what is too long cannot be cut.
 * For the unit tests and the fuzz target. */
#ifndef RUNE_TESTS_SPLIT_INVARIANTS_H
#define RUNE_TESTS_SPLIT_INVARIANTS_H

#include <stdlib.h>

#include "emit/split.h"
#include "rune/buf.h"
#include "rune/diag.h"
#include "rune/path.h"
#include "rune/str.h"

#define SI_MAX 4096 /* links, headings and gates that are looked at */

struct si_link {
	struct str file, to;
};
struct si_heading {
	struct str file, slug;
	unsigned number; /* of those before it in its file with the same slug */
};
/* A text without its destinations, and these. */
struct si_text {
	struct buf b;
	struct si_link link[SI_MAX];
	struct si_heading heading[SI_MAX];
	size_t nlink, nheading;
};

static inline const struct doc *si_parse(struct str text, struct arena *a)
{
	struct source_set *own = arena_new(a, struct source_set);
	struct diag_sink *quiet = arena_new(a, struct diag_sink);

	source_set_init(own, a);
	diag_sink_init(quiet, a, NULL);
	return doc_parse(
		source_add(own, STR("x.md"), str_fmt(a, "---\n---\n%.*s", STR_ARG(text)),
			SOURCE_FILE),
		0, a, quiet);
}

static inline int si_by_place(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->off < y->off ? -1 : x->off > y->off;
}

static inline struct str si_slug(struct str title, struct arena *a)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < title.n; i++) {
		char c = title.p[i];

		if (c == ' ')
			buf_addc(&b, '-');
		else if (c & 0x80 || char_is_alnum(c) || c == '-' || c == '_')
			buf_addc(&b, char_is_upper(c) ? (char)(c + 32) : c);
	}
	return buf_str(&b);
}

static inline void si_add_heading(
	struct si_text *t, struct str file, struct str title, struct arena *a)
{
	struct si_heading h = { file, si_slug(title, a), 0 };

	for (size_t i = 0; i < t->nheading; i++)
		h.number += str_eq(t->heading[i].file, file) &&
			    str_eq(t->heading[i].slug, h.slug);
	if (t->nheading < SI_MAX)
		t->heading[t->nheading++] = h;
}

/* Append the bytes [from, to) of the parsed text, which is that of `file`. */
static inline void si_add(struct si_text *t, const struct doc *d, size_t from, size_t to,
	struct str file, struct arena *a)
{
	struct span *v = arena_array(a, struct span, d->nlink);
	size_t at = from;

	for (uint32_t i = 0; i < d->nlink; i++)
		v[i] = d->link[i].destination;
	if (d->nlink)
		qsort(v, d->nlink, sizeof(*v), si_by_place);
	for (uint32_t i = 0; i < d->nlink; i++) {
		if (!v[i].len || v[i].off < at || span_end(v[i]) > to)
			continue;
		buf_add(&t->b, str_sub(d->src->text, at, v[i].off - at));
		if (t->nlink < SI_MAX)
			t->link[t->nlink++] = (struct si_link){ file, doc_text(d, v[i]) };
		at = span_end(v[i]);
	}
	buf_add(&t->b, str_sub(d->src->text, at, to - at));
	for (node_id i = d->node[0].first_child; i; i = d->node[i].next)
		if (d->node[i].kind == DOC_HEADING && d->node[i].span.off >= from &&
			d->node[i].span.off < to)
			si_add_heading(t, file, d->node[i].text, a);
}

/* Where the definitions that were repeated begin, or the end. */
static inline size_t si_end(struct str s, size_t from)
{
	size_t at = str_find(s, STR("\n<!-- rune:links -->\n"), from);

	return at == STR_NPOS ? s.n : at;
}

/* Put the parts back. False: the markers are not as they should be. */
static inline bool si_assemble(struct si_text *t, const struct split *s, size_t header,
	const struct split_options *o, size_t *kept, struct arena *a)
{
	const struct str open = STR("<!-- rune:part "),
			 close = STR("\n<!-- /rune:part -->\n");
	const struct doc *d = si_parse(str_from(s->main, header), a);
	struct str text = d ? d->src->text : STR_NONE;
	size_t at = 8, end = si_end(text, 0), n = 0;

	if (!d)
		return false;
	for (*kept = 0;; n++) {
		size_t next = str_find(text, open, at), to;
		struct str rel, body;
		const struct doc *part;

		if (next == STR_NPOS || next > end)
			break;
		si_add(t, d, at, next, o->main_file, a);
		*kept += next - at;
		at = str_find(text, close, next);
		to = str_find(text, STR(" -->"), next);
		if (at == STR_NPOS || n >= s->npart)
			return false;
		rel = path_join(a, o->prefix, s->part[n].rel);
		if (!str_eq(rel, str_sub(text, next + open.n, to - next - open.n)))
			return false;
		at += close.n;
		at += at < end && text.p[at] == '\n';
		body = s->part[n].text;
		part = si_parse(body, a);
		next = str_find(body, STR("\n\n"), 0);
		if (!part || next == STR_NPOS)
			return false;
		si_add(t, part, next + 2 + 8, si_end(body, next) + 8, rel, a);
	}
	si_add(t, d, at, end, o->main_file, a);
	*kept += end > at ? end - at : 0;
	return n == s->npart;
}

struct si_url {
	struct str path, rest;
};

static inline bool si_local(struct str to, struct si_url *u)
{
	size_t n = 0;

	if (!to.n || to.p[0] == '/')
		return false;
	while (n < to.n && !memchr("#?:", to.p[n], 3))
		n++;
	*u = (struct si_url){ str_sub(to, 0, n), str_from(to, n) };
	return n == to.n || to.p[n] != ':';
}

static inline const struct si_heading *si_find(const struct si_text *t, struct str file,
	struct str anchor, size_t *index, struct arena *a)
{
	for (size_t i = 0; i < t->nheading; i++) {
		const struct si_heading *h = &t->heading[i];
		struct str own = h->slug;

		if (h->number)
			own = str_fmt(a, "%.*s-%u", STR_ARG(own), h->number);
		if (str_eq(h->file, file) && str_eq(own, str_lower(a, anchor))) {
			*index = i;
			return h;
		}
	}
	return NULL;
}

static inline bool si_same_link(const struct si_text *was, const struct si_link *w,
	const struct si_text *is, const struct si_link *l, struct str main,
	struct arena *a)
{
	struct str target = main, now = l->file;
	struct si_url from, to;
	size_t i, k;

	if (!si_local(w->to, &from))
		return str_eq(w->to, l->to);
	if (!si_local(l->to, &to))
		return false;
	if (from.path.n)
		target = path_normalize(a, from.path);
	if (to.path.n)
		now = path_normalize(a, path_join(a, path_dir(l->file), to.path));
	if (from.rest.n && from.rest.p[0] == '#' && str_eq(target, main) &&
		si_find(was, main, str_from(from.rest, 1), &i, a))
		return to.rest.n && si_find(is, now, str_from(to.rest, 1), &k, a) &&
		       i == k;
	return str_eq(from.rest, to.rest) && (!from.path.n || str_eq(target, now));
}

static inline const char *si_check_links(const struct si_text *was,
	const struct si_text *is, struct str main, struct arena *a)
{
	if (was->nlink != is->nlink || was->nheading != is->nheading)
		return "other links or headings";
	for (size_t i = 0; i < was->nlink; i++)
		if (!si_same_link(was, &was->link[i], is, &is->link[i], main, a))
			return str_fmt(a, "'%.*s' became '%.*s' in %.*s",
				STR_ARG(was->link[i].to), STR_ARG(is->link[i].to),
				STR_ARG(is->link[i].file))
				.p;
	return NULL;
}

static inline struct str si_squeezed(struct str s, struct arena *a)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < s.n; i++)
		if (!char_is_space(s.p[i]))
			buf_addc(&b, s.p[i]);
	return buf_str(&b);
}

/* Every gate is in the main file; one with links in it may have others there. */
static inline const char *si_check_gates(
	const struct doc *d, const struct split *s, struct arena *a)
{
	struct str main = si_squeezed(s->main, a);

	for (uint32_t i = 0; i < d->ngate && i < SI_MAX; i++) {
		struct str gate = doc_text(d, d->gate[i].body);

		if (!d->gate[i].close.len || str_find(gate, STR("]"), 0) != STR_NPOS ||
			str_find(gate, STR("="), 0) != STR_NPOS)
			continue;
		if (str_find(main, si_squeezed(gate, a), 0) == STR_NPOS)
			return "a gate is not in the main file";
	}
	return NULL;
}

/* The content of a part, in pieces as small as can be. */
static inline size_t si_pieces(
	struct str text, const struct split_options *o, struct arena *a)
{
	size_t from = str_find(text, STR("\n\n"), 0) + 2;
	struct split_options tiny = {
		.name = o->name, .main_file = o->main_file, .limit = 1
	};
	struct split again;

	text = str_sub(text, from, si_end(text, from) - from);
	return split_text(&again, STR_NONE, text, &tiny, a) ? again.npart : 0;
}

static inline const char *si_check_lengths(const struct split *s,
	const struct split_options *o, size_t kept, struct arena *a)
{
	size_t over = s->main.n > o->limit ? s->main.n : 0;

	if (over && kept)
		return "the main file keeps something and is too long";
	for (size_t i = 0; i < s->npart; i++) {
		struct str text = s->part[i].text;

		if (text.n <= o->limit)
			continue;
		over = text.n > over ? text.n : over;
		if (si_pieces(text, o, a) > 1)
			return str_fmt(a, "part %zu is too long and could be cut:\n%.*s",
				i, STR_ARG(text))
				.p;
	}
	return over == s->over ? NULL : "'over' is wrong";
}

static inline const char *si_check_names(
	const struct split *s, const struct split_options *o)
{
	for (size_t i = 0; i < s->npart; i++) {
		struct str rel = s->part[i].rel;

		if (!str_starts(rel, STR("references/")) || !path_is_safe(rel) ||
			!str_ends(rel, STR(".md")))
			return "a part has no good name";
		if (o->taken && o->taken(o->arg, rel))
			return "a part has a name that is taken";
		for (size_t k = 0; k < i; k++)
			if (str_eq_nocase(rel, s->part[k].rel))
				return "two parts have the same name";
	}
	return NULL;
}

/* NULL, or what is wrong with `s`, made of these. */
static inline const char *split_invariants(const struct split *s, struct str header,
	struct str text, const struct split_options *o, struct arena *a)
{
	struct si_text *was = arena_new(a, struct si_text);
	struct si_text *is = arena_new(a, struct si_text);
	const struct doc *d = si_parse(text, a);
	const char *bad;
	size_t kept;

	was->b.a = is->b.a = a;
	if (!d || !str_starts(s->main, header))
		return "the main file does not begin with the header";
	si_add(was, d, 8, text.n + 8, o->main_file, a);
	if (!si_assemble(is, s, header.n, o, &kept, a))
		return "the markers are wrong";
	if (!str_eq(buf_str(&was->b), buf_str(&is->b)))
		return str_fmt(a, "it is another text:\n%.*s\n----\n%.*s",
			STR_ARG(buf_str(&was->b)), STR_ARG(buf_str(&is->b)))
			.p;
	bad = si_check_links(was, is, o->main_file, a);
	if (!bad)
		bad = si_check_gates(d, s, a);
	if (!bad)
		bad = si_check_names(s, o);
	return bad ? bad : si_check_lengths(s, o, kept, a);
}

#endif
