#include "emit/split_job.h"

#include "rune/buf.h"
#include "rune/diag.h"
#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"

#include <stdlib.h>

#define PART_HEAD 160 /* bytes that a part's first line may take */
#define PIECES	  4 /* a piece is at most this part of a file */

/* ---- pieces --------------------------------------------------------------------------- */

/* The last heading at or before `off`; NULL before the first. */
static const struct heading *heading_over(const struct split_job *j, uint32_t off)
{
	size_t low = 0, high = j->nheading;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (j->heading[mid].off <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? &j->heading[low - 1] : NULL;
}

/* The heading of the section that `off` stands in. */
static const struct heading *section_over(const struct split_job *j, uint32_t off)
{
	const struct heading *h = heading_over(j, off);

	return h && h->section ? &j->heading[h->section - 1] : NULL;
}

/* The heading that the piece begins with, an author's mark before it aside; else the
 * one that it stands under. */
static const struct heading *heading_of(const struct split_job *j, const struct piece *p)
{
	struct str mark = STR("<!-- rune:split -->");
	uint32_t off = p->from;

	for (;;) {
		while (off < p->to && char_is_space(j->text.p[off]))
			off++;
		if (!str_starts(str_sub(j->text, off, p->to - off), mark))
			break;
		off += (uint32_t)mark.n;
	}
	/* what is before a heading on its line are blanks */
	return heading_over(j, off < p->to ? off : p->from);
}

static enum need need_of(const struct split_job *j, uint32_t off)
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
	const struct heading *h = section_over(j, off);

	if (!h || h->level < 2)
		return NEED_FIRST;
	for (size_t i = 0; !j->marked && i < COUNTOF(known); i++)
		if (str_eq_nocase(str_sub(h->title, 0, known[i].title.n), known[i].title))
			return known[i].need;
	return NEED_STEPS;
}

/* `next` is the first cut after `from`. */
static void add_piece(struct split_job *j, uint32_t from, uint32_t to, size_t next)
{
	struct piece *p;

	if (from == to)
		return;
	p = arena_push(j->a, struct piece, j->piece, j->npiece, j->piece_cap);
	*p = (struct piece){
		.from = from,
		.to = to,
		.rank = next ? j->cut[next - 1].rank : CUT_SECTION,
	};
	if (j->marked)
		p->need = j->mark && j->mark <= from ? NEED_STEPS : NEED_FIRST;
	else
		p->need = need_of(j, from);
}

/* Pieces of at most `most` bytes, as far as there are places to cut, which are those
 * in cuts [i, end). */
static void cut_pieces(struct split_job *j, struct span at, size_t i, size_t end,
	enum cut_rank rank, size_t most)
{
	uint32_t start = at.off;
	size_t first = i;

	/* what the author sets apart stays together if it can */
	if (rank == CUT_NOT || (rank > CUT_SECTION && at.len <= most) ||
		(rank == CUT_SECTION && i && j->cut[i - 1].rank == CUT_MARK &&
			at.len + PART_HEAD <= most * PIECES)) {
		add_piece(j, at.off, span_end(at), i);
		return;
	}
	for (; i < end; i++) {
		uint32_t off = j->cut[i].off;

		if (j->cut[i].rank != rank)
			continue;
		cut_pieces(j, (struct span){ at.src, start, off - start }, first, i,
			rank + 1, most);
		start = off;
		first = i + 1;
	}
	cut_pieces(j, (struct span){ at.src, start, span_end(at) - start }, first, end,
		rank + 1, most);
}

/* What stays in the main file, of which `room` bytes are left. */
static void choose(struct split_job *j, size_t room)
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

#define SLUG_MAX 40

/* "references/phases", below the skill's directory. */
static struct str part_stem(const struct split_job *j, const struct piece *p)
{
	const struct heading *h = heading_of(j, p);
	struct buf b = BUF_INIT(j->a);

	buf_addz(&b, "references/");
	if (h)
		for (size_t i = 0; i < h->slug.n && b.n < SLUG_MAX + 11; i++) {
			char c = h->slug.p[i];

			if (char_is_alnum(c))
				buf_addc(&b, c);
			else if (b.p[b.n - 1] != '-' && b.p[b.n - 1] != '/')
				buf_addc(&b, '-');
		}
	while (b.p[b.n - 1] == '-')
		b.n--;
	if (b.p[b.n - 1] == '/')
		buf_addz(&b, "part");
	return buf_str(&b);
}

static struct str part_rel_of(const struct split_job *j, const struct piece *p,
	struct map *used, struct map *stems)
{
	struct str stem = part_stem(j, p), rel;
	struct counter *c = map_find(stems, stem);

	if (!c) {
		c = arena_new(j->a, struct counter);
		map_add(stems, stem, c);
	}
	do {
		if (c->n++)
			rel = str_fmt(j->a, "%.*s-%u.md", STR_ARG(stem), c->n);
		else
			rel = str_fmt(j->a, "%.*s.md", STR_ARG(stem));
	} while (map_find(used, rel) || (j->o->taken && j->o->taken(j->o->arg, rel)));
	map_add(used, rel, c);
	return rel;
}

/* Bytes of the section that piece `i` begins, as far as it is not kept. */
static size_t section_length(const struct split_job *j, size_t i)
{
	size_t n = 0;

	do
		n += j->piece[i].to - j->piece[i].from;
	while (++i < j->npiece && !j->piece[i].kept && j->piece[i].rank > CUT_SECTION);
	return n;
}

/* Does a new part begin with piece `i`, where `n` of `room` bytes are taken? Where the
 * author says so; else rather with a section than within one. */
static bool begins_part(const struct split_job *j, size_t i, size_t n, size_t room)
{
	const struct piece *p = &j->piece[i];

	if (p->rank == CUT_MARK || n + (p->to - p->from) > room)
		return true;
	return p->rank == CUT_SECTION && n > room / 2 && n + section_length(j, i) > room;
}

/* Which piece goes into which part: consecutive ones together, as far as they fit into
 * `room` bytes. */
static void plan_parts(struct split_job *j, size_t room)
{
	struct map used = MAP_INIT(j->a), stems = MAP_INIT(j->a);
	size_t n = 0, nrange = 0;
	bool open = false;

	j->npart = 0;
	for (size_t i = 0; i < j->npiece; i++) {
		struct piece *p = &j->piece[i];

		if (p->kept) {
			open = false;
			continue;
		}
		if (!open || begins_part(j, i, n, room)) {
			struct str rel = part_rel_of(j, p, &used, &stems);

			arena_push(
				j->a, struct split_part, j->part, j->npart, j->part_cap)
				->rel = rel;
			arena_push(j->a, struct range, j->range, nrange, j->range_cap)
				->first = i;
			n = 0;
			open = true;
		}
		p->part = j->npart - 1;
		j->range[p->part].end = i + 1;
		n += p->to - p->from;
	}
}

static const struct piece *piece_at(const struct split_job *j, uint32_t off)
{
	size_t low = 0, high = j->npiece;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (j->piece[mid].to <= off)
			low = mid + 1;
		else
			high = mid;
	}
	return low < j->npiece ? &j->piece[low] : NULL;
}

/* A part's path as seen from the main file. */
static struct str part_path_of(const struct split_job *j, size_t part)
{
	return path_join(j->a, j->prefix, j->part[part].rel);
}

/* The file that the piece stands in, as seen from the main file. */
static struct str file_of(const struct split_job *j, const struct piece *p)
{
	return !p || p->kept ? j->o->main_file : part_path_of(j, p->part);
}

/* In each file the numbers of equal headings begin anew. */
static void number_headings(struct split_job *j)
{
	for (size_t i = 0; i < j->nheading; i++)
		*j->heading[i].same = (struct counter){ .part = j->npart };
	for (size_t i = 0; i < j->nheading; i++) {
		struct heading *h = &j->heading[i];
		const struct piece *p = piece_at(j, h->off);
		struct counter *c = h->same;

		if (p->kept) {
			h->now = split_numbered(j->a, h->slug, c->in_main++);
			continue;
		}
		c->in_part = c->part == p->part ? c->in_part + 1 : 0;
		c->part = p->part;
		h->now = split_numbered(j->a, h->slug, c->in_part);
	}
}

/* What the destination becomes in `file`; the same if it needs no change. */
static struct str moved_link(const struct split_job *j, struct str to, struct str file)
{
	bool in_main = str_eq(file, j->o->main_file);
	const struct heading *h = NULL;
	struct str path, rest, target;
	size_t n = 0;

	if (!to.n || to.p[0] == '/')
		return to;
	while (n < to.n && !memchr("#?:", to.p[n], 3))
		n++;
	if (n < to.n && to.p[n] == ':')
		return to; /* a scheme */
	path = str_sub(to, 0, n);
	rest = str_from(to, n);
	target = path.n ? path_normalize(j->a, path) : j->o->main_file;
	if (rest.n && rest.p[0] == '#' && str_eq(target, j->o->main_file))
		h = map_find(&j->by_slug, str_lower(j->a, str_from(rest, 1)));
	if (h) {
		target = file_of(j, piece_at(j, h->off));
		if (str_eq(target, file) && (in_main || !path.n) &&
			str_eq(h->now, h->anchor))
			return to;
		rest = str_fmt(j->a, "#%.*s", STR_ARG(h->now));
		if (str_eq(target, file))
			return rest;
	} else if (in_main || !path.n) {
		return to;
	}
	target = path_relative(j->a, path_dir(file), target);
	if (path.n && path.p[path.n - 1] == '/')
		target = str_fmt(j->a, "%.*s/", STR_ARG(target));
	return str_fmt(j->a, "%.*s%.*s", STR_ARG(target), STR_ARG(rest));
}

static void add_range(
	const struct split_job *j, struct buf *b, struct span at, struct str file)
{
	uint32_t off = at.off;

	for (size_t i = split_link_from(j, off); i < j->nlink; i++) {
		struct span d = j->link[i].at;

		if (span_end(d) > span_end(at))
			break;
		if (d.off < off)
			continue;
		buf_add(b, str_sub(j->text, off, d.off - off));
		buf_add(b, moved_link(j, doc_text(j->d, d), file));
		off = span_end(d);
	}
	buf_add(b, str_sub(j->text, off, span_end(at) - off));
}

static void add_text(const struct split_job *j, struct buf *b, const struct piece *p)
{
	add_range(j, b, (struct span){ j->d->src->id, p->from, p->to - p->from },
		file_of(j, p));
}

static void add_definition(
	const struct split_job *j, struct buf *b, const struct link *l, struct str file)
{
	struct str to = moved_link(j, doc_text(j->d, l->at), file);
	uint32_t from = l->definition->span.off;

	buf_add(b, str_sub(j->text, from, l->at.off - from));
	buf_addf(b, "%.*s%s\n", STR_ARG(to), j->text.p[l->at.off - 1] == '<' ? ">" : "");
}

/* What the file refers to by a label that is defined in another. */
static void add_definitions(const struct split_job *j, struct buf *b, struct str file)
{
	struct map done = MAP_INIT(j->a);
	struct buf list = BUF_INIT(j->a);
	size_t open = 0;

	if (!j->by_label.n)
		return;
	for (size_t i = 0; i < b->n; i++) {
		const struct link *l;
		struct str label;

		if (b->p[i] == '[')
			open = i + 1;
		if (b->p[i] != ']' || !open)
			continue;
		label = str_lower(j->a, (struct str){ b->p + open, i - open });
		open = 0;
		l = map_find(&j->by_label, label);
		if (!l || str_eq(file_of(j, piece_at(j, l->at.off)), file) ||
			map_add(&done, label, j->link))
			continue;
		add_definition(j, &list, l, file);
	}
	if (!list.n)
		return;
	if (b->n && b->p[b->n - 1] != '\n')
		buf_addc(b, '\n');
	buf_addf(b, "\n<!-- rune:links -->\n\n%.*s", STR_ARG(buf_str(&list)));
}

/* "Phase 3: Test", or, of a piece that begins within a section, what it goes on with. */
static struct str piece_title(const struct split_job *j, const struct piece *p)
{
	const struct heading *h = heading_of(j, p);
	struct str line = str_sub(j->text, p->from, p->to - p->from), head;
	size_t n = 0;

	if (h && h->off >= p->from)
		return h->title;
	head = h ? h->title : STR("the rest");
	while (n < line.n && char_is_digit(line.p[n]))
		n++;
	if (n && n < line.n && (line.p[n] == '.' || line.p[n] == ')'))
		return str_fmt(
			j->a, "%.*s, from step %.*s on", STR_ARG(head), (int)n, line.p);
	return h ? str_fmt(j->a, "%.*s, the rest", STR_ARG(head)) : head;
}

#define TITLES_MAX 8

/* A title on one line. */
static struct str fold(struct arena *a, struct str s)
{
	struct str line;
	struct buf b = BUF_INIT(a);

	while (str_line(&s, &line))
		buf_addf(&b, "%s%.*s", b.n ? " " : "", STR_ARG(str_trim(line)));
	return buf_str(&b);
}

static void add_titles(const struct split_job *j, struct buf *b, size_t part)
{
	struct str last = STR_NONE;
	size_t n = 0;

	for (size_t i = j->range[part].first; i < j->range[part].end; i++) {
		const struct piece *p = &j->piece[i];
		const struct heading *h = heading_of(j, p);
		struct str title = fold(j->a, piece_title(j, p));

		/* further pieces of one list say nothing new */
		if (n && (str_eq(title, last) || !h || h->off < p->from))
			continue;
		last = title;
		if (n++ < TITLES_MAX)
			buf_addf(b, "%s%.*s", n > 1 ? "; " : "", STR_ARG(title));
	}
	if (n > TITLES_MAX)
		buf_addz(b, "; and more");
}

/* Without what its lines have in common: in a list it is indented. */
static void add_dedented(struct buf *b, struct str s)
{
	struct str line;
	size_t indent = 0;

	while (indent < s.n && s.p[indent] == ' ')
		indent++;
	while (str_split(&s, '\n', &line)) {
		size_t n = 0;

		while (n < indent && n < line.n && line.p[n] == ' ')
			n++;
		buf_addf(b, "%.*s\n", STR_ARG(str_from(line, n)));
	}
}

/* The gates of what has moved hold from the start. */
static void add_gates(const struct split_job *j, struct buf *b, size_t part)
{
	uint32_t from = j->piece[j->range[part].first].from;
	uint32_t to = j->piece[j->range[part].end - 1].to;
	size_t i = split_span_before(j->gate, j->ngate, from);

	for (i = i < j->ngate ? i : 0; i < j->ngate && j->gate[i].off < to; i++) {
		struct buf gate = BUF_INIT(j->a);

		if (j->gate[i].off < from)
			continue;
		add_range(j, &gate, j->gate[i], j->o->main_file);
		buf_addc(b, '\n');
		add_dedented(b, buf_str(&gate));
	}
}

static void add_pointer(const struct split_job *j, struct buf *b, size_t part)
{
	struct str rel = part_path_of(j, part);

	buf_addf(b,
		"<!-- rune:part %.*s -->\n\n"
		"**Continues in [%.*s](%.*s)**: ",
		STR_ARG(rel), STR_ARG(rel), STR_ARG(rel));
	add_titles(j, b, part);
	buf_addz(b, ". Read that file when you come to it, before you go on.\n");
	add_gates(j, b, part);
	buf_addz(b, "\n<!-- /rune:part -->\n\n");
}

static struct str main_text(const struct split_job *j, struct str header)
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
	if (j->npiece && !j->piece[j->npiece - 1].kept)
		b.n--; /* the empty line after the last pointer */
	add_definitions(j, &b, j->o->main_file);
	return buf_str(&b);
}

static struct str part_text(const struct split_job *j, size_t part)
{
	struct str file = part_path_of(j, part);
	struct buf b = BUF_INIT(j->a);

	buf_addf(&b,
		"Part %zu of %zu of the `%.*s` skill, which begins in "
		"[%.*s](%.*s).\n\n",
		part + 2, j->npart + 1, STR_ARG(j->o->name), STR_ARG(j->o->main_file),
		STR_ARG(path_relative(j->a, path_dir(file), j->o->main_file)));
	for (size_t i = j->range[part].first; i < j->range[part].end; i++)
		add_text(j, &b, &j->piece[i]);
	if (b.p[b.n - 1] != '\n')
		buf_addc(&b, '\n');
	add_definitions(j, &b, file);
	return buf_str(&b);
}

/* ---- all ----------------------------------------------------------------------------------- */

#define TRIES	16
#define SMALLER 3 /* times that pieces are made smaller because their links grew */

static size_t excess(size_t n, size_t limit)
{
	return n > limit ? n - limit : 0;
}

/* Lay the pieces out with `slack` bytes left free in the main file and in each part,
 * and add to that what turns out to be missing, if anything. `*too_large`: there is a
 * piece that grew too long for a file, as its links became longer. */
static bool lay_out(struct split_job *j, struct split *out, struct str header,
	size_t slack[2], bool *too_large)
{
	size_t limit = j->o->limit, missing[2] = { 0, 0 };

	choose(j, excess(limit, header.n + slack[0]));
	plan_parts(j, excess(limit, slack[1]));
	number_headings(j);
	out->main = main_text(j, header);
	missing[0] = excess(out->main.n, limit);
	out->over = missing[0] ? out->main.n : 0;
	*too_large = false;
	for (size_t i = 0; i < j->npart; i++) {
		const struct piece *first = &j->piece[j->range[i].first];
		size_t more;

		j->part[i].text = part_text(j, i);
		more = excess(j->part[i].text.n, limit);
		if (more && j->part[i].text.n > out->over)
			out->over = j->part[i].text.n;
		if (j->range[i].end - j->range[i].first > 1 && more > missing[1])
			missing[1] = more;
		else if (more && first->to - first->from + PART_HEAD <= limit)
			*too_large = true;
	}
	for (size_t i = 0; i < 2; i++)
		slack[i] += missing[i] ? missing[i] + 16 : 0;
	return !missing[0] && !missing[1];
}

static bool try_pieces(
	struct split_job *j, struct split *out, struct str header, size_t most)
{
	size_t slack[2] = { 0, PART_HEAD };
	bool too_large = false;

	j->npiece = 0;
	cut_pieces(j, j->d->body, 0, j->ncut, CUT_MARK, most);
	for (unsigned i = 0; i < TRIES; i++)
		if (lay_out(j, out, header, slack, &too_large))
			return !too_large;
	slack[0] = j->o->limit; /* as little as can be in the main file */
	lay_out(j, out, header, slack, &too_large);
	return !too_large;
}

bool split_text(struct split *out, struct str header, struct str text,
	const struct split_options *o, struct arena *a)
{
	/* so that the text's own first lines are never taken for a header */
	struct split_job j = { .a = a,
		.o = o,
		.text = str_cat(a, STR("---\n---\n"), text),
		.prefix = o->prefix,
		.by_slug = MAP_INIT(a),
		.slugs = MAP_INIT(a),
		.by_label = MAP_INIT(a) };
	size_t most = o->limit / PIECES;
	struct source_set own;
	struct diag_sink quiet;

	*out = (struct split){ 0 };
	source_set_init(&own, a);
	diag_sink_init(&quiet, a, NULL);
	j.d = doc_parse(
		source_add(&own, o->main_file, j.text, SOURCE_FILE), 0, a, &quiet);
	if (!j.d)
		return false;
	split_find_gates(&j);
	if (!split_find_cuts(&j))
		return false;
	split_find_links(&j);
	for (unsigned i = 0; !try_pieces(&j, out, header, most) && i < SMALLER; i++)
		most /= 4;
	out->part = j.part;
	out->npart = j.npart;
	return true;
}
