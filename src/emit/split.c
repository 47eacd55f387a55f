#include "emit/split.h"

#include "rune/buf.h"
#include "rune/diag.h"
#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"

#include <stdlib.h>

/* Where the text may be cut, the best places first. */
enum cut_rank {
	CUT_MARK,
	CUT_SECTION,
	CUT_PHASE,
	CUT_STEP,
	CUT_BLOCK,
	CUT_ITEM,
	CUT_NOT
};

struct cut {
	uint32_t off;
	enum cut_rank rank;
};

struct heading {
	uint32_t off, level;
	struct str title;
	struct str slug;
};

/* How soon the reader needs it. */
enum need { NEED_FIRST, NEED_STEPS, NEED_SOON, NEED_LATE };

struct piece {
	uint32_t from, to;
	enum need need;
	bool kept;
	size_t part; /* index of the part that it is in, if it is not kept */
};

struct job {
	struct arena *a;
	const struct split_options *o;
	const struct doc *d;
	struct str text;
	struct cut *cut;
	size_t ncut, cut_cap;
	struct heading *heading;
	size_t nheading, heading_cap;
	struct piece *piece;
	size_t npiece, piece_cap;
	struct split_part *part;
	size_t npart, part_cap;
	bool marked; /* by the author */
};

/* ---- places to cut ------------------------------------------------------------------- */

static uint32_t line_begin(struct str text, uint32_t off)
{
	while (off && text.p[off - 1] != '\n')
		off--;
	return off;
}

static bool in_gate(const struct job *j, uint32_t off)
{
	for (uint32_t i = 0; i < j->d->ngate; i++) {
		const struct doc_gate *g = &j->d->gate[i];

		if (g->close.len && off > line_begin(j->text, g->open.off) &&
			off < span_end(g->close))
			return true;
	}
	return false;
}

static void add_cut(struct job *j, uint32_t off, enum cut_rank rank)
{
	struct cut *c;

	off = line_begin(j->text, off);
	if (!off || in_gate(j, off) || (j->ncut && j->cut[j->ncut - 1].off >= off))
		return;
	c = arena_push(j->a, struct cut, j->cut, j->ncut, j->cut_cap);
	*c = (struct cut){ off, rank };
}

/* As GitHub and most viewers make the anchor of a heading. */
static struct str slug_of(struct arena *a, struct str title)
{
	struct str low = str_lower(a, title);
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < low.n; i++) {
		unsigned char c = (unsigned char)low.p[i];

		if (c == ' ')
			buf_addc(&b, '-');
		else if (c >= 0x80 || char_is_alnum(low.p[i]) || c == '-' || c == '_')
			buf_addc(&b, low.p[i]);
	}
	return buf_str(&b);
}

static bool is_comment(const struct job *j, const struct node *n, const char *what)
{
	return n->kind == DOC_HTML_BLOCK &&
	       str_eq(str_trim(doc_text(j->d, n->span)), str_c(what));
}

/* Text that announces what comes after it stays with it. */
static bool announces(const struct job *j, const struct node *n)
{
	if (n->kind == DOC_HEADING)
		return true;
	return n->kind == DOC_PARAGRAPH &&
	       str_ends(str_trim(doc_text(j->d, n->span)), STR(":"));
}

static enum cut_rank heading_rank(uint32_t level)
{
	if (level <= 2)
		return CUT_SECTION;
	return level == 3 ? CUT_PHASE : CUT_STEP;
}

static void find_items(struct job *j, const struct node *list)
{
	bool first = true;

	for (node_id i = list->first_child; i; i = j->d->node[i].next) {
		if (!first)
			add_cut(j, j->d->node[i].span.off, CUT_ITEM);
		first = false;
	}
}

/* False if the author forbids it. */
static bool find_cuts(struct job *j)
{
	const struct doc *d = j->d;
	const struct node *before = NULL;

	for (node_id i = d->node[0].first_child; i; i = d->node[i].next) {
		const struct node *n = &d->node[i];

		if (is_comment(j, n, "<!-- rune:no-split -->"))
			return false;
		if (is_comment(j, n, "<!-- rune:split -->")) {
			add_cut(j, n->span.off, CUT_MARK);
			j->marked = true;
		} else if (n->kind == DOC_HEADING) {
			*arena_push(j->a, struct heading, j->heading, j->nheading,
				j->heading_cap) = (struct heading){ n->span.off, n->level,
				n->text, slug_of(j->a, n->text) };
			if (!before || before->kind != DOC_HEADING || n->level <= 2)
				add_cut(j, n->span.off, heading_rank(n->level));
		} else if (before && !announces(j, before)) {
			add_cut(j, n->span.off, CUT_BLOCK);
		}
		if (n->kind == DOC_LIST)
			find_items(j, n);
		before = n;
	}
	return true;
}

/* ---- pieces --------------------------------------------------------------------------- */

/* The heading of at most `level` that `off` stands under; NULL before the first. */
static const struct heading *heading_over(
	const struct job *j, uint32_t off, uint32_t level)
{
	const struct heading *h = NULL;

	for (size_t i = 0; i < j->nheading; i++) {
		if (j->heading[i].off > off)
			break;
		if (j->heading[i].level <= level)
			h = &j->heading[i];
	}
	return h;
}

static enum need need_of(const struct job *j, uint32_t off)
{
	static const struct {
		struct str title;
		enum need need;
	} known[] = {
		{ STR_INIT("Purpose"), NEED_FIRST },
		{ STR_INIT("Triggers"), NEED_FIRST },
		{ STR_INIT("When to use"), NEED_FIRST },
		{ STR_INIT("Constraints"), NEED_SOON },
		{ STR_INIT("Output Format"), NEED_SOON },
		{ STR_INIT("Done When"), NEED_SOON },
		{ STR_INIT("Pack References"), NEED_SOON },
		{ STR_INIT("Skills Included"), NEED_FIRST },
		{ STR_INIT("Modes"), NEED_SOON },
		{ STR_INIT("Roles"), NEED_SOON },
		{ STR_INIT("Calls"), NEED_LATE },
		{ STR_INIT("Called By"), NEED_LATE },
		{ STR_INIT("Connections"), NEED_LATE },
		{ STR_INIT("Sharp Edges"), NEED_LATE },
		{ STR_INIT("Cost Profile"), NEED_LATE },
		{ STR_INIT("Examples"), NEED_LATE },
		{ STR_INIT("Changelog"), NEED_LATE },
	};
	const struct heading *h = heading_over(j, off, 2);

	if (!h || h->level < 2)
		return NEED_FIRST;
	for (size_t i = 0; !j->marked && i < COUNTOF(known); i++)
		if (str_eq_nocase(str_sub(h->title, 0, known[i].title.n), known[i].title))
			return known[i].need;
	return NEED_STEPS;
}

static void add_piece(struct job *j, uint32_t from, uint32_t to)
{
	struct piece *p;
	bool marked = false;

	if (from == to)
		return;
	for (size_t i = 0; i < j->ncut; i++)
		marked |= j->cut[i].rank == CUT_MARK && j->cut[i].off <= from;
	p = arena_push(j->a, struct piece, j->piece, j->npiece, j->piece_cap);
	*p = (struct piece){ .from = from, .to = to };
	p->need = j->marked ? marked ? NEED_STEPS : NEED_FIRST : need_of(j, from);
}

/* Pieces of at most `most` bytes, as far as there are places to cut. */
static void cut_pieces(
	struct job *j, uint32_t from, uint32_t to, enum cut_rank rank, size_t most)
{
	uint32_t start = from;

	if (rank == CUT_NOT || (rank > CUT_SECTION && to - from <= most)) {
		add_piece(j, from, to);
		return;
	}
	for (size_t i = 0; i < j->ncut; i++) {
		if (j->cut[i].rank != rank || j->cut[i].off <= start ||
			j->cut[i].off >= to)
			continue;
		cut_pieces(j, start, j->cut[i].off, rank + 1, most);
		start = j->cut[i].off;
	}
	cut_pieces(j, start, to, rank + 1, most);
}

/* What stays in the main file, of which `room` bytes are left. */
static void choose(struct job *j, size_t room)
{
	bool steps = true;

	for (size_t i = 0; i < j->npiece; i++)
		j->piece[i].kept = false;
	for (enum need need = NEED_FIRST; need <= NEED_LATE; need++)
		for (size_t i = 0; i < j->npiece; i++) {
			struct piece *p = &j->piece[i];
			size_t n = p->to - p->from;

			if (p->need != need)
				continue;
			p->kept = n <= room && (need != NEED_STEPS || steps);
			if (p->kept)
				room -= n;
			else if (need == NEED_STEPS)
				steps = false; /* no step before the one it follows */
		}
}

/* ---- parts ------------------------------------------------------------------------------ */

static bool rel_is_used(const struct job *j, struct str rel)
{
	for (size_t i = 0; i < j->npart; i++)
		if (str_eq_nocase(j->part[i].rel, rel))
			return true;
	return j->o->taken && j->o->taken(j->o->arg, rel);
}

#define SLUG_MAX 40

static struct str part_rel_of(const struct job *j, const struct piece *p)
{
	const struct heading *h = heading_over(j, p->from, 6);
	struct str slug = STR_NONE, rel;
	struct buf b = BUF_INIT(j->a);

	if (h)
		for (size_t i = 0; i < h->slug.n && b.n < SLUG_MAX; i++) {
			char c = h->slug.p[i];

			if (char_is_alnum(c))
				buf_addc(&b, c);
			else if (b.n && b.p[b.n - 1] != '-')
				buf_addc(&b, '-');
		}
	while (b.n && b.p[b.n - 1] == '-')
		b.n--;
	slug = b.n ? buf_str(&b) : STR("part");
	rel = str_fmt(j->a, "references/%.*s.md", STR_ARG(slug));
	for (unsigned n = 2; rel_is_used(j, rel); n++)
		rel = str_fmt(j->a, "references/%.*s-%u.md", STR_ARG(slug), n);
	return rel;
}

#define PART_HEAD 160 /* bytes that a part's first line may take */

/* Which piece goes into which part: consecutive ones together, as far as they fit. */
static void plan_parts(struct job *j)
{
	size_t used = 0;
	bool open = false;

	j->npart = 0;
	for (size_t i = 0; i < j->npiece; i++) {
		struct piece *p = &j->piece[i];
		size_t n = p->to - p->from;

		if (p->kept) {
			open = false;
			continue;
		}
		if (!open || used + n + PART_HEAD > j->o->limit) {
			struct str rel = part_rel_of(j, p);

			arena_push(
				j->a, struct split_part, j->part, j->npart, j->part_cap)
				->rel = rel;
			used = 0;
			open = true;
		}
		p->part = j->npart - 1;
		used += n;
	}
}

static const struct piece *piece_at(const struct job *j, uint32_t off)
{
	for (size_t i = 0; i < j->npiece; i++)
		if (off >= j->piece[i].from && off < j->piece[i].to)
			return &j->piece[i];
	return NULL;
}

/* The file that the piece stands in, below the skill's directory. */
static struct str file_of(const struct job *j, const struct piece *p)
{
	return !p || p->kept ? j->o->main_file : j->part[p->part].rel;
}

/* What the destination becomes in `file`; the same if it needs no change. */
static struct str moved_link(const struct job *j, struct str to, struct str file)
{
	size_t n = 0;
	struct str path, rest;

	if (!to.n || to.p[0] == '/')
		return to;
	while (n < to.n && !memchr("#?:", to.p[n], 3))
		n++;
	if (n < to.n && to.p[n] == ':')
		return to; /* a scheme */
	path = str_sub(to, 0, n);
	rest = str_from(to, n);
	if (!path.n) { /* an anchor in this text, which may be in another file now */
		const struct piece *p = NULL;

		for (size_t i = 0; !p && i < j->nheading; i++)
			if (str_eq(str_from(rest, 1), j->heading[i].slug))
				p = piece_at(j, j->heading[i].off);
		path = file_of(j, p);
		if (!p || str_eq(path, file))
			return to;
	} else if (str_eq(file, j->o->main_file)) {
		return to;
	}
	path = path_normalize(j->a, path);
	return str_fmt(j->a, "%.*s%.*s",
		STR_ARG(path_relative(j->a, path_dir(file), path)), STR_ARG(rest));
}

static void add_text(const struct job *j, struct buf *b, const struct piece *p)
{
	struct str file = file_of(j, p);
	uint32_t at = p->from;

	for (uint32_t i = 0; i < j->d->nlink; i++) {
		struct span d = j->d->link[i].destination;
		struct str to;

		if (d.off < at || span_end(d) > p->to || !d.len)
			continue;
		to = doc_text(j->d, d);
		buf_add(b, str_sub(j->text, at, d.off - at));
		buf_add(b, moved_link(j, to, file));
		at = span_end(d);
	}
	buf_add(b, str_sub(j->text, at, p->to - at));
}

/* "Phase 3: Test", or, of a piece that begins within a section, what it goes on with. */
static struct str piece_title(const struct job *j, const struct piece *p)
{
	const struct heading *h = heading_over(j, p->from, 6);
	struct str line = str_sub(j->text, p->from, p->to - p->from), head;
	size_t n = 0;

	if (h && h->off >= p->from)
		return h->title;
	for (size_t i = 0; i < j->nheading; i++)
		if (j->heading[i].off >= p->from && j->heading[i].off < p->from + 2)
			return j->heading[i].title;
	head = h ? h->title : STR("the rest");
	while (n < line.n && char_is_digit(line.p[n]))
		n++;
	if (n && n < line.n && (line.p[n] == '.' || line.p[n] == ')'))
		return str_fmt(
			j->a, "%.*s, from step %.*s on", STR_ARG(head), (int)n, line.p);
	return str_fmt(j->a, "%.*s, the rest", STR_ARG(head));
}

#define TITLES_MAX 8

static void add_titles(const struct job *j, struct buf *b, size_t part)
{
	struct str last = STR_NONE;
	size_t n = 0;

	for (size_t i = 0; i < j->npiece; i++) {
		const struct piece *p = &j->piece[i];
		struct str title;

		if (p->kept || p->part != part)
			continue;
		title = piece_title(j, p);
		/* further pieces of one list say nothing new */
		if (n && (str_eq(title, last) ||
				 (heading_over(j, p->from, 6) &&
					 heading_over(j, p->from, 6)->off < p->from)))
			continue;
		last = title;
		if (n++ < TITLES_MAX)
			buf_addf(b, "%s%.*s", n > 1 ? "; " : "", STR_ARG(title));
	}
	if (n > TITLES_MAX)
		buf_addz(b, "; and more");
}

/* The gates of what has moved hold from the start. */
static void add_gates(const struct job *j, struct buf *b, size_t part)
{
	for (uint32_t i = 0; i < j->d->ngate; i++) {
		const struct doc_gate *g = &j->d->gate[i];
		const struct piece *p = piece_at(j, g->open.off);
		uint32_t from = line_begin(j->text, g->open.off);

		if (!g->close.len || !p || p->kept || p->part != part)
			continue;
		buf_addf(b, "\n%.*s\n",
			STR_ARG(str_sub(j->text, from, span_end(g->close) - from)));
	}
}

static void add_pointer(const struct job *j, struct buf *b, size_t part)
{
	struct str rel = j->part[part].rel;

	if (b->n && b->p[b->n - 1] != '\n')
		buf_addc(b, '\n');
	buf_addf(b,
		"<!-- rune:part %.*s -->\n\n"
		"**Continues in [%.*s](%.*s)**: ",
		STR_ARG(rel), STR_ARG(rel), STR_ARG(rel));
	add_titles(j, b, part);
	buf_addz(b, ". Read that file when you come to it, before you go on.\n");
	add_gates(j, b, part);
	buf_addz(b, "\n<!-- /rune:part -->\n\n");
}

static struct str main_text(const struct job *j, struct str header)
{
	struct buf b = BUF_INIT(j->a);
	size_t pointed = 0; /* parts that have been pointed to */

	buf_add(&b, header);
	for (size_t i = 0; i < j->npiece; i++) {
		const struct piece *p = &j->piece[i];

		if (p->kept)
			add_text(j, &b, p);
		else if (p->part >= pointed)
			add_pointer(j, &b, pointed++);
	}
	while (b.n > 1 && b.p[b.n - 1] == '\n' && b.p[b.n - 2] == '\n')
		b.n--;
	return buf_str(&b);
}

static struct str part_text(const struct job *j, size_t part)
{
	struct buf b = BUF_INIT(j->a);

	buf_addf(&b,
		"Part %zu of %zu of the `%.*s` skill, which begins in "
		"[%.*s](../%.*s).\n\n",
		part + 2, j->npart + 1, STR_ARG(j->o->name), STR_ARG(j->o->main_file),
		STR_ARG(j->o->main_file));
	for (size_t i = 0; i < j->npiece; i++)
		if (!j->piece[i].kept && j->piece[i].part == part)
			add_text(j, &b, &j->piece[i]);
	if (b.p[b.n - 1] != '\n')
		buf_addc(&b, '\n');
	return buf_str(&b);
}

/* ---- all ----------------------------------------------------------------------------------- */

#define TRIES  16
#define PIECES 4 /* a piece is at most this part of a file */

static bool fits(struct job *j, struct split *out, struct str header, size_t slack)
{
	size_t fixed = header.n + slack;

	choose(j, j->o->limit > fixed ? j->o->limit - fixed : 0);
	plan_parts(j);
	out->main = main_text(j, header);
	return out->main.n <= j->o->limit;
}

bool split_text(struct split *out, struct str header, struct str text,
	const struct split_options *o, struct arena *a)
{
	struct job j = { .a = a, .o = o, .text = text };
	struct source_set own;
	struct diag_sink quiet;
	size_t slack = 0;

	*out = (struct split){ 0 };
	source_set_init(&own, a);
	diag_sink_init(&quiet, a, NULL);
	j.d = doc_parse(source_add(&own, o->main_file, text, SOURCE_FILE), 0, a, &quiet);
	if (!j.d || !find_cuts(&j))
		return false;
	cut_pieces(&j, 0, (uint32_t)text.n, CUT_MARK, o->limit / PIECES);
	for (unsigned i = 0; i < TRIES && !fits(&j, out, header, slack); i++)
		slack += out->main.n - o->limit + 16;
	out->over = out->main.n > o->limit ? out->main.n : 0;
	out->part = j.part;
	out->npart = j.npart;
	for (size_t i = 0; i < j.npart; i++) {
		j.part[i].text = part_text(&j, i);
		if (j.part[i].text.n > o->limit && j.part[i].text.n > out->over)
			out->over = j.part[i].text.n;
	}
	return true;
}
