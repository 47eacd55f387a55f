/* listing.c - see listing.h. What each client does was measured: the requests that it
 * sent with 182 skills were read; the figures are in its adapter. */
#include "rune/listing.h"

#include "rune/str.h"
#include "rune/utf8.h"

#include <stdlib.h>

/* ---- the list ---------------------------------------------------------------------- */

static int by_name(const void *pa, const void *pb)
{
	const struct listing_item *a = pa, *b = pb;

	return str_cmp(a->name, b->name);
}

static void add(struct listing *l, const struct adapter *ad, const struct ref_target *t,
	const struct meta *m)
{
	l->v[l->n++] = (struct listing_item){
		.skill = t->skill,
		.pack = t->pack,
		.meta = m,
		.name = emit_name_of(ad, t),
		.text = m->description,
		.hidden = m->hidden_from_model && ad->listing.hide != HIDE_NEVER,
	};
}

/* Orchestrators before hubs, hubs before packs and utilities; a skill without a layer
 * may be all there is of its kind. */
static uint32_t layer_rank(enum layer l)
{
	switch (l) {
	case LAYER_L0: return 0;
	case LAYER_L1: return 1;
	case LAYER_NONE: return 2;
	case LAYER_L2: return 3;
	case LAYER_L4: return 4;
	case LAYER_L3: return 5;
	}
	return 2;
}

static int by_importance(const void *pa, const void *pb)
{
	const struct listing_item *a = *(const struct listing_item *const *)pa;
	const struct listing_item *b = *(const struct listing_item *const *)pb;
	uint32_t la = layer_rank(a->meta->layer), lb = layer_rank(b->meta->layer);

	if (la != lb)
		return la < lb ? -1 : 1;
	if (a->callers != b->callers)
		return a->callers > b->callers ? -1 : 1;
	return str_cmp(a->name, b->name);
}

/* The entries from the most to the least important. */
static struct listing_item **ranked(const struct listing *l, struct arena *a)
{
	struct listing_item **v = arena_array(a, struct listing_item *, l->n);

	for (size_t i = 0; i < l->n; i++)
		v[i] = &l->v[i];
	if (l->n)
		qsort(v, l->n, sizeof(struct listing_item *), by_importance);
	return v;
}

static void index_items(struct listing *l, const struct project *p, struct arena *a)
{
	l->of_skill = arena_array(a, struct listing_item *, p->nskill);
	l->of_pack = arena_array(a, struct listing_item *, p->npack);
	for (size_t i = 0; i < l->n; i++) {
		struct listing_item *x = &l->v[i];

		if (x->skill)
			l->of_skill[x->skill - p->skill] = x;
		else
			l->of_pack[x->pack - p->pack] = x;
	}
}

static struct listing_item *item_at(const struct listing *l, struct vertex x)
{
	switch (x.kind) {
	case VERTEX_SKILL: return l->of_skill[x.index];
	case VERTEX_PACK:
	case VERTEX_PART: return l->of_pack[x.index];
	case VERTEX_NONE:
	case VERTEX_SIGNAL: break;
	}
	return NULL;
}

/* The call's two ends; false if it is no call of one skill by another. */
static bool call_ends(const struct listing *l, const struct mesh_edge *e,
	struct listing_item **from, struct listing_item **to)
{
	if (e->kind != EDGE_CALL)
		return false;
	*from = item_at(l, e->from);
	*to = item_at(l, e->to);
	return *from && *to && *from != *to;
}

/* The rank of the most important caller whose text leads to it, by `rune:x`: a name in
 * a list of calls is only a name. To one that its author hides perhaps nobody comes. */
static void rank_callers(struct listing *l, struct arena *a)
{
	const struct mesh *m = &l->project->mesh;
	uint32_t *named = arena_array(a, uint32_t, l->n), group = 0;
	struct listing_item *from, *to;
	size_t end;

	for (size_t i = 0; i < m->nedge; i = end) {
		from = item_at(l, m->edge[i].from);
		group++;
		for (end = i; end < m->nedge && item_at(l, m->edge[end].from) == from;
			end++) {
			to = item_at(l, m->edge[end].to);
			if (to && m->edge[end].kind == EDGE_REFERENCE)
				named[to - l->v] = group;
		}
		for (; i < end; i++)
			if (call_ends(l, &m->edge[i], &from, &to) && !from->hidden &&
				named[to - l->v] == group && from->rank < to->caller_rank)
				to->caller_rank = from->rank;
	}
}

void listing_make(struct listing *l, const struct project *p, const struct adapter *ad,
	struct arena *a)
{
	struct listing_item **order, *from, *to;

	*l = (struct listing){ .project = p,
		.v = arena_array(a, struct listing_item, p->nskill + p->npack) };
	for (size_t i = 0; i < p->nskill; i++) {
		struct ref_target t = { .kind = VERTEX_SKILL, .skill = &p->skill[i] };

		if (!p->skill[i].broken)
			add(l, ad, &t, &p->skill[i].meta);
	}
	for (size_t i = 0; i < p->npack; i++) {
		struct ref_target t = { .kind = VERTEX_PACK, .pack = &p->pack[i] };

		if (!p->pack[i].broken)
			add(l, ad, &t, &p->pack[i].meta);
	}
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), by_name);
	index_items(l, p, a);
	for (size_t i = 0; i < p->mesh.nedge; i++)
		if (call_ends(l, &p->mesh.edge[i], &from, &to))
			to->callers++;
	order = ranked(l, a);
	for (size_t i = 0; i < l->n; i++)
		order[i]->rank = order[i]->caller_rank = (uint32_t)i;
	rank_callers(l, a);
}

const struct listing_item *listing_of_skill(
	const struct listing *l, const struct skill *s)
{
	return l ? l->of_skill[s - l->project->skill] : NULL;
}

const struct listing_item *listing_of_pack(const struct listing *l, const struct pack *p)
{
	return l ? l->of_pack[p - l->project->pack] : NULL;
}

/* ---- the client --------------------------------------------------------------------- */

static size_t room_of(const struct adapter *ad, uint32_t context)
{
	const struct adapter_listing *b = &ad->listing;
	size_t chars = b->chars;

	if (b->tokens)
		chars = context / b->tokens;
	if (!chars)
		return 0;
	return chars > b->own + b->own_full ? chars - b->own - b->own_full : 1;
}

static size_t text_cost(const struct adapter_listing *b, struct str text)
{
	size_t n = utf8_count(text);

	if (b->description && n > b->description)
		n = b->description;
	return n ? n + b->described : 0;
}

static size_t name_cost(const struct adapter_listing *b, const struct listing_item *x)
{
	return b->entry + (b->names ? b->names : 1) * utf8_count(x->name);
}

static size_t cost(const struct adapter_listing *b, const struct listing_item *x)
{
	return name_cost(b, x) + text_cost(b, x->text);
}

static size_t total(const struct listing *l, const struct adapter_listing *b)
{
	size_t sum = 0;

	for (size_t i = 0; i < l->n; i++)
		sum += l->v[i].hidden ? 0 : cost(b, &l->v[i]);
	return sum;
}

/* How long each description may be so that all fit into `room`. */
static size_t equal_share(const struct listing *l, size_t room, size_t most)
{
	size_t low = 0, high = most;

	while (low < high) {
		size_t mid = low + (high - low + 1) / 2, sum = 0;

		for (size_t i = 0; i < l->n; i++) {
			size_t n = l->v[i].hidden ? 0 : utf8_count(l->v[i].text);

			sum += n < mid ? n : mid;
		}
		if (sum <= room)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

#define DESCRIPTION_MAX 1024 /* no client reads more than Claude Code's 1,536 */

static void show_equal(struct listing *l, const struct adapter_listing *b)
{
	size_t fixed = 0, to;

	for (size_t i = 0; i < l->n; i++)
		fixed += l->v[i].hidden ? 0 : name_cost(b, &l->v[i]) + b->described;
	to = fixed < l->room ? equal_share(l, l->room - fixed, DESCRIPTION_MAX) : 0;
	for (size_t i = 0; i < l->n; i++)
		l->v[i].lost = !l->v[i].hidden && utf8_count(l->v[i].text) > to;
	l->cut = to;
}

/* All names, and descriptions for as long as there is room, or all entries for as long. */
static void show_in_order(
	struct listing *l, const struct adapter_listing *b, size_t used, bool whole)
{
	/* the client's own descriptions give way to ours as soon as there are too many */
	size_t room = l->room + b->own_full;
	bool full = false;

	for (size_t i = 0; i < l->n; i++) {
		struct listing_item *x = &l->v[i];
		size_t n = whole ? cost(b, x) : text_cost(b, x->text);

		if (x->hidden)
			continue;
		x->lost = (whole && full) || used + n > room;
		full |= x->lost;
		if (!x->lost)
			used += n;
	}
}

static void show_limit(struct listing *l, const struct adapter_listing *b)
{
	size_t shown = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].hidden)
			continue;
		l->v[i].missing = b->entries && ++shown > b->entries;
		l->nmissing += l->v[i].missing;
	}
}

void listing_show(struct listing *l, const struct adapter *ad, uint32_t context)
{
	const struct adapter_listing *b = &ad->listing;
	size_t names = 0;

	l->room = room_of(ad, context);
	l->used = total(l, b);
	l->nlost = l->nmissing = l->cut = 0;
	for (size_t i = 0; i < l->n; i++) {
		l->v[i].lost = l->v[i].missing = false;
		names += l->v[i].hidden ? 0 : name_cost(b, &l->v[i]);
	}
	show_limit(l, b);
	if (l->room && (l->used > l->room || l->nmissing))
		switch (b->fill) {
		case LIST_ALL:
		case LIST_NAMES: break;
		case LIST_DROP: show_in_order(l, b, names, false); break;
		case LIST_TAIL: show_in_order(l, b, 0, true); break;
		case LIST_EQUAL: show_equal(l, b); break;
		}
	for (size_t i = 0; i < l->n; i++)
		l->nlost += l->v[i].lost;
}

/* ---- fitting ------------------------------------------------------------------------ */

#define SHORT_MAX 90 /* characters that still say what and when */
#define LEAST_MAX 40

static bool has_short_form(const struct listing_item *x)
{
	return utf8_count(x->text) > SHORT_MAX;
}

/* Its reader comes from a caller that is more important, and is itself in the list or
 * has such a caller: so it can always be found. */
static bool may_hide(const struct listing_item *x, const struct adapter_listing *b)
{
	return b->hide != HIDE_NEVER && !x->hidden && x->caller_rank < x->rank &&
	       layer_rank(x->meta->layer) > layer_rank(LAYER_L1);
}

static void hide(struct listing *l, struct listing_item *x)
{
	x->hidden = true;
	l->nhidden++;
}

static size_t listed(const struct listing *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += !l->v[i].hidden;
	return n;
}

/* The more important get their whole text back, as far as there is room. */
static void give_back(struct listing *l, const struct adapter_listing *b,
	struct listing_item **order, struct arena *a)
{
	static const size_t widths[] = { DESCRIPTION_MAX, 200, 160, 120 };
	size_t used = total(l, b);

	for (size_t i = 0; i < l->n; i++) {
		struct listing_item *x = order[i];

		for (size_t k = 0; !x->hidden && k < COUNTOF(widths); k++) {
			struct str old = x->text;
			size_t before = cost(b, x);

			x->text = k ? listing_text(x->meta, widths[k], a)
				    : x->meta->description;
			if (utf8_count(x->text) > utf8_count(old) &&
				used - before + cost(b, x) <= l->room) {
				used = used - before + cost(b, x);
				break;
			}
			x->text = old;
		}
	}
}

/* Nothing more can be hidden: the less important say less, down to very little. */
static void squeeze(struct listing *l, const struct adapter_listing *b,
	struct listing_item **order, struct arena *a)
{
	size_t used = total(l, b);

	for (size_t max = SHORT_MAX; max >= LEAST_MAX; max -= 10)
		for (size_t i = l->n; i--;) {
			struct listing_item *x = order[i];

			if (used <= l->room)
				return;
			if (x->hidden || utf8_count(x->text) <= max)
				continue;
			used -= cost(b, x);
			x->text = listing_text(x->meta, max, a);
			used += cost(b, x);
		}
}

static bool is_full(const struct listing *l, const struct adapter_listing *b, size_t used,
	size_t shown)
{
	return (l->room && used > l->room) || (b->entries && shown > b->entries);
}

/* Short forms, then fewer entries. */
static void make_room(struct listing *l, const struct adapter_listing *b,
	struct listing_item **order, struct arena *a)
{
	size_t used, shown = listed(l);

	for (size_t i = 0; i < l->n; i++)
		if (has_short_form(&l->v[i]))
			l->v[i].text = listing_text(l->v[i].meta, SHORT_MAX, a);
	used = total(l, b);
	for (size_t i = l->n; i-- && is_full(l, b, used, shown);)
		if (may_hide(order[i], b)) {
			used -= cost(b, order[i]);
			shown--;
			hide(l, order[i]);
		}
	if (l->room) {
		squeeze(l, b, order, a);
		give_back(l, b, order, a);
	}
}

void listing_fit(
	struct listing *l, const struct adapter *ad, uint32_t context, struct arena *a)
{
	const struct adapter_listing *b = &ad->listing;

	l->room = room_of(ad, context);
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].meta->hidden_from_user && may_hide(&l->v[i], b))
			hide(l, &l->v[i]);
	if (is_full(l, b, total(l, b), listed(l)))
		make_room(l, b, ranked(l, a), a);
	for (size_t i = 0; i < l->n; i++)
		l->nshort += !l->v[i].hidden &&
			     !str_eq(l->v[i].text, l->v[i].meta->description);
	listing_show(l, ad, context);
}
