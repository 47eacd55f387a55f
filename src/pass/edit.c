#include <stdlib.h>

#include "rune/edit.h"

void edit_add(
	struct edit_list *l, uint32_t off, uint32_t len, struct str with, uint16_t pass)
{
	struct edit *e = arena_push(l->a, struct edit, l->v, l->n, l->cap);

	*e = (struct edit){ off, len, with, pass, (uint32_t)(l->n - 1) };
}

/* Where two edits stand: an insertion comes before what is replaced there. */
static int edit_cmp_place(const struct edit *a, const struct edit *b)
{
	if (a->off != b->off)
		return a->off < b->off ? -1 : 1;
	if (!a->len != !b->len)
		return a->len ? 1 : -1;
	if (a->pass != b->pass)
		return a->pass < b->pass ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static int edit_cmp_pass(const void *pa, const void *pb)
{
	const struct edit *a = pa, *b = pb;

	if (a->pass != b->pass)
		return a->pass < b->pass ? -1 : 1;
	return edit_cmp_place(a, b);
}

static bool edit_overlaps(const struct edit *a, const struct edit *b)
{
	uint32_t a_end = a->off + a->len, b_end = b->off + b->len;

	if (!a->len)
		return b->off < a->off && a->off < b_end;
	if (!b->len)
		return a->off < b->off && b->off < a_end;
	return a->off < b_end && b->off < a_end;
}

/* Sorted edits without overlaps, and those that had to give way. */
struct sieve {
	struct edit *kept, *merged, *lost;
	size_t nkept, nlost;
};

/* Merge the edits [v, v + n) of one pass, in order of place, into the kept ones.
 * Of two edits of the pass itself that overlap the first one stays. */
static void sieve_pass(struct sieve *s, const struct edit *v, size_t n)
{
	struct edit *t;
	size_t i = 0, k = 0, m = 0;

	while (i < n || k < s->nkept) {
		if (i == n || (k < s->nkept && edit_cmp_place(&s->kept[k], &v[i]) < 0)) {
			s->merged[m++] = s->kept[k++];
		} else if ((m && edit_overlaps(&s->merged[m - 1], &v[i])) ||
			   (k < s->nkept && edit_overlaps(&s->kept[k], &v[i]))) {
			s->lost[s->nlost++] = v[i++];
		} else {
			s->merged[m++] = v[i++];
		}
	}
	t = s->kept;
	s->kept = s->merged;
	s->merged = t;
	s->nkept = m;
}

/* Earlier passes first, so that each edit need only fit what is already kept.
 * Leaves the kept ones at the front of `v`, in order of place. */
static size_t drop_overlaps(struct edit *v, size_t n, struct arena *a)
{
	struct sieve s = { arena_array(a, struct edit, n), arena_array(a, struct edit, n),
		arena_array(a, struct edit, n), 0, 0 };
	size_t i = 0, end;

	qsort(v, n, sizeof(*v), edit_cmp_pass);
	while (i < n) {
		for (end = i + 1; end < n && v[end].pass == v[i].pass;)
			end++;
		sieve_pass(&s, v + i, end - i);
		i = end;
	}
	memcpy(v, s.kept, s.nkept * sizeof(*v));
	if (s.nlost)
		memcpy(v + s.nkept, s.lost, s.nlost * sizeof(*v));
	return s.nlost;
}

static size_t put(char *p, size_t out, const char *from, size_t n)
{
	if (n)
		memcpy(p + out, from, n);
	return out + n;
}

static struct str splice(const struct edit *v, size_t n, struct str text,
	struct span range, struct arena *a)
{
	size_t size = range.len, pos = range.off, out = 0;
	char *p;

	for (size_t i = 0; i < n; i++)
		size += v[i].with.n;
	p = arena_array(a, char, size + 1);
	for (size_t i = 0; i < n; i++) {
		out = put(p, out, text.p + pos, v[i].off - pos);
		out = put(p, out, v[i].with.p, v[i].with.n);
		pos = (size_t)v[i].off + v[i].len;
	}
	out = put(p, out, text.p + pos, span_end(range) - pos);
	return (struct str){ p, out };
}

size_t edit_apply(struct edit_list *l, struct str text, struct span range,
	struct arena *a, struct str *out)
{
	size_t dropped;

	BUG_IF(range.off > text.n || range.len > text.n - range.off);
	*out = range.len ? (struct str){ text.p + range.off, range.len } : STR_NONE;
	if (!l->n)
		return 0;
	for (size_t i = 0; i < l->n; i++)
		BUG_IF(l->v[i].off < range.off || l->v[i].off > span_end(range) ||
			l->v[i].len > span_end(range) - l->v[i].off);
	dropped = drop_overlaps(l->v, l->n, a);
	*out = splice(l->v, l->n - dropped, text, range, a);
	return dropped;
}
