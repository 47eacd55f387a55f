/* E. Myers, "An O(ND) difference algorithm and its variations" (1986), the
 * variant that needs linear space: find a point in the middle of a shortest edit
 * path by searching from both ends, then solve both halves. Lines are numbered
 * first, equal ones alike, so that comparing two is comparing integers. */
#include "rune/diff.h"
#include "rune/map.h"
#include "rune/str.h"

/* Edits after which a search gives up its claim to the shortest path and goes on
 * from the furthest point it has reached. Bounds the work to about COST_MAX
 * steps per line; texts that share so little are read as a whole anyway. */
#define COST_MAX 512

struct text {
	struct str *line; /* ends included */
	uint32_t *id;
	bool *changed; /* deleted here, or inserted there */
	size_t n;
};

struct differ {
	const uint32_t *a, *b;
	bool *del, *ins;
	ptrdiff_t *fwd, *bwd; /* furthest x per diagonal; index 0 is in the middle */
};

/* A rectangle of the edit graph: lines [x, xend) of a against [y, yend) of b. */
struct box {
	ptrdiff_t x, xend, y, yend;
};

/* ---- lines --------------------------------------------------------------------------- */

static void split_lines(struct text *t, struct str s, struct map *ids, struct arena *a)
{
	size_t cap = 0;

	while (s.n) {
		size_t nl = str_find_char(s, '\n', 0);
		struct str line = str_sub(s, 0, nl == STR_NPOS ? s.n : nl + 1);

		*arena_push(a, struct str, t->line, t->n, cap) = line;
		s = str_from(s, line.n);
	}
	t->id = arena_array(a, uint32_t, t->n);
	t->changed = arena_array(a, bool, t->n);
	for (size_t i = 0; i < t->n; i++) {
		uintptr_t fresh = ids->n + 1;
		void *old = map_add(ids, t->line[i], (void *)fresh);

		t->id[i] = (uint32_t)(old ? (uintptr_t)old : fresh);
	}
}

/* ---- the search ---------------------------------------------------------------------- */

/* One more edit on diagonal k, in a box of n by m: the furthest of a step right
 * from the diagonal below and one down from that above; -1 if neither fits. */
static ptrdiff_t furthest(const ptrdiff_t *v, ptrdiff_t k, ptrdiff_t n, ptrdiff_t m)
{
	ptrdiff_t x = -1;

	if (v[k - 1] >= 0 && v[k - 1] < n)
		x = v[k - 1] + 1;
	if (v[k + 1] >= 0 && v[k + 1] - k <= m && v[k + 1] > x)
		x = v[k + 1];
	return x;
}

static void start_round(ptrdiff_t *v, ptrdiff_t d)
{
	v[-d - 1] = v[d + 1] = -1;
	if (!d)
		v[0] = -1;
}

/* Extend the forward paths to d edits; true if one meets a backward path of
 * d - 1 edits. *x, *y: where, below the box's corner. */
static bool go_forward(
	struct differ *df, const struct box *r, ptrdiff_t d, ptrdiff_t *x, ptrdiff_t *y)
{
	ptrdiff_t n = r->xend - r->x, m = r->yend - r->y, delta = n - m;

	start_round(df->fwd, d);
	for (ptrdiff_t k = -d; k <= d; k += 2) {
		ptrdiff_t i = d ? furthest(df->fwd, k, n, m) : 0, other = delta - k;

		for (; i >= 0 && i < n && i - k < m; i++)
			if (df->a[r->x + i] != df->b[r->y + i - k])
				break;
		df->fwd[k] = i;
		if (i < 0 || !(delta & 1) || other < 1 - d || other > d - 1)
			continue;
		if (df->bwd[other] >= 0 && i + df->bwd[other] >= n) {
			*x = i;
			*y = i - k;
			return true;
		}
	}
	return false;
}

/* The same from the far corner, against forward paths of d edits. */
static bool go_backward(
	struct differ *df, const struct box *r, ptrdiff_t d, ptrdiff_t *x, ptrdiff_t *y)
{
	ptrdiff_t n = r->xend - r->x, m = r->yend - r->y, delta = n - m;

	start_round(df->bwd, d);
	for (ptrdiff_t k = -d; k <= d; k += 2) {
		ptrdiff_t i = d ? furthest(df->bwd, k, n, m) : 0, other = delta - k;

		for (; i >= 0 && i < n && i - k < m; i++)
			if (df->a[r->xend - 1 - i] != df->b[r->yend - 1 - (i - k)])
				break;
		df->bwd[k] = i;
		if (i < 0 || (delta & 1) || other < -d || other > d)
			continue;
		if (df->fwd[other] >= 0 && i + df->fwd[other] >= n) {
			*x = n - i;
			*y = m - (i - k);
			return true;
		}
	}
	return false;
}

/* The forward path that has come furthest, when the search is given up. */
static void best_so_far(const struct differ *df, ptrdiff_t d, ptrdiff_t *x, ptrdiff_t *y)
{
	ptrdiff_t best = -1;

	for (ptrdiff_t k = -d; k <= d; k += 2) {
		ptrdiff_t i = df->fwd[k];

		if (i < 0 || 2 * i - k <= best)
			continue;
		best = 2 * i - k;
		*x = i;
		*y = i - k;
	}
}

static void find_middle(
	struct differ *df, const struct box *r, ptrdiff_t *x, ptrdiff_t *y)
{
	for (ptrdiff_t d = 0;; d++) {
		if (go_forward(df, r, d, x, y) || go_backward(df, r, d, x, y))
			return;
		if (d == COST_MAX) {
			best_so_far(df, d, x, y);
			return;
		}
	}
}

static void trim(const struct differ *df, struct box *r)
{
	while (r->x < r->xend && r->y < r->yend && df->a[r->x] == df->b[r->y]) {
		r->x++;
		r->y++;
	}
	while (r->x < r->xend && r->y < r->yend &&
		df->a[r->xend - 1] == df->b[r->yend - 1]) {
		r->xend--;
		r->yend--;
	}
}

/* The first half by recursion, whose depth is that of a binary search in
 * COST_MAX edits; the second by going on. */
static void solve(struct differ *df, struct box r)
{
	for (;;) {
		struct box first;
		ptrdiff_t x = 0, y = 0;

		trim(df, &r);
		if (r.x == r.xend || r.y == r.yend)
			break;
		find_middle(df, &r, &x, &y);
		first = (struct box){ r.x, r.x + x, r.y, r.y + y };
		solve(df, first);
		r.x += x;
		r.y += y;
	}
	for (; r.x < r.xend; r.x++)
		df->del[r.x] = true;
	for (; r.y < r.yend; r.y++)
		df->ins[r.y] = true;
}

/* ---- output -------------------------------------------------------------------------- */

static void put_line(struct buf *out, char mark, struct str line)
{
	buf_addc(out, mark);
	buf_add(out, line);
	if (!str_ends(line, STR("\n")))
		buf_addz(out, "\n\\ No newline at end of file\n");
}

/* "12,3", "12" for one line, "11,0" for none: the line before. */
static void put_range(struct buf *out, char mark, size_t from, size_t n)
{
	buf_addf(out, " %c%zu", mark, n ? from + 1 : from);
	if (n != 1)
		buf_addf(out, ",%zu", n);
}

struct hunk {
	size_t a, aend, b, bend;
};

/* Grow from the first change over all that follow within 2 * context lines. */
static struct hunk hunk_at(
	const struct text *a, const struct text *b, size_t i, size_t j, size_t context)
{
	size_t lead = i < context ? i : context, same = 0;
	struct hunk h = { i - lead, 0, j - lead, 0 };

	for (;;) {
		if (i < a->n && a->changed[i]) {
			i++;
			same = 0;
		} else if (j < b->n && b->changed[j]) {
			j++;
			same = 0;
		} else if (i < a->n && same < 2 * context) {
			i++;
			j++;
			same++;
		} else {
			break;
		}
	}
	same = same > context ? same - context : 0;
	h.aend = i - same;
	h.bend = j - same;
	return h;
}

static void put_hunk(
	struct buf *out, const struct text *a, const struct text *b, const struct hunk *h)
{
	size_t i = h->a, j = h->b;

	buf_addz(out, "@@");
	put_range(out, '-', h->a, h->aend - h->a);
	put_range(out, '+', h->b, h->bend - h->b);
	buf_addz(out, " @@\n");
	while (i < h->aend || j < h->bend) {
		if (i < h->aend && a->changed[i]) {
			put_line(out, '-', a->line[i++]);
		} else if (j < h->bend && b->changed[j]) {
			put_line(out, '+', b->line[j++]);
		} else {
			put_line(out, ' ', a->line[i++]);
			j++;
		}
	}
}

static void put_hunks(
	struct buf *out, const struct text *a, const struct text *b, size_t context)
{
	size_t i = 0, j = 0;

	while (i < a->n || j < b->n) {
		struct hunk h;

		if (!(i < a->n && a->changed[i]) && !(j < b->n && b->changed[j])) {
			i++;
			j++;
			continue;
		}
		h = hunk_at(a, b, i, j, context);
		put_hunk(out, a, b, &h);
		i = h.aend;
		j = h.bend;
	}
}

void diff_unified(struct buf *out, struct str a_path, struct str a, struct str b_path,
	struct str b, unsigned context)
{
	struct arena scratch = { 0 };
	struct map ids = MAP_INIT(&scratch);
	struct text ta = { 0 }, tb = { 0 };
	struct differ df;
	size_t width;

	if (str_eq(a, b))
		return;
	if (str_find_char(a, '\0', 0) != STR_NPOS ||
		str_find_char(b, '\0', 0) != STR_NPOS) {
		buf_addf(out, "Binary files %.*s and %.*s differ\n", STR_ARG(a_path),
			STR_ARG(b_path));
		return;
	}
	split_lines(&ta, a, &ids, &scratch);
	split_lines(&tb, b, &ids, &scratch);
	width = COST_MAX + 2;
	df = (struct differ){ ta.id, tb.id, ta.changed, tb.changed,
		arena_array(&scratch, ptrdiff_t, 2 * width + 1) + width,
		arena_array(&scratch, ptrdiff_t, 2 * width + 1) + width };
	solve(&df, (struct box){ 0, (ptrdiff_t)ta.n, 0, (ptrdiff_t)tb.n });
	buf_addf(out, "--- %.*s\n+++ %.*s\n", STR_ARG(a_path), STR_ARG(b_path));
	put_hunks(out, &ta, &tb, context);
	arena_release(&scratch);
}
