/* project.c - loading, and finding what a name means. */
#include "model.h"
#include "rune/str.h"

bool project_config(struct project *p, const struct project_options *o, struct arena *a,
	struct diag_sink *sink)
{
	p->a = a;
	p->dir = o->dir.n ? o->dir : STR(".");
	if (!config_load(&p->config, p->dir, &p->sources, a, sink))
		return false;
	if (!sink->keep_off)
		sink->policy = &p->config.policy;
	return true;
}

bool project_roots(struct project *p, const struct project_options *o, struct arena *a,
	struct diag_sink *sink)
{
	struct loader l = { .p = p, .a = a, .sink = sink, .o = o };
	bool ok = roots_open(&l);

	for (size_t i = 0; i < l.nroot; i++)
		l.root[i].overlay = o->overlay;
	return ok;
}

bool project_load(struct project *p, const struct project_options *o, struct arena *a,
	struct diag_sink *sink)
{
	source_set_init(&p->sources, a);
	return project_config(p, o, a, sink) && project_roots(p, o, a, sink) &&
	       project_fill(p, o, a, sink);
}

bool project_fill(struct project *p, const struct project_options *o, struct arena *a,
	struct diag_sink *sink)
{
	struct loader l = { .p = p, .a = a, .sink = sink, .o = o };

	l.root = (struct root *)(uintptr_t)p->root;
	l.nroot = p->nroot;
	for (size_t i = 0; i < l.nroot; i++)
		if (!discover(&l, &l.root[i]))
			return false;
	org_discover(&l);
	jobs_run(&l);
	inputs_list(&l);
	for (size_t i = 0; i < l.nloose; i++)
		if (l.loose[i].file.job)
			sink_merge(sink, &l.loose[i].file.job->sink);
	if (!layer(&l))
		return false;
	mesh_link(p, a, sink);
	return true;
}

/* ---- what a name means --------------------------------------------------------- */

static struct ref_target lookup(const struct project *p, struct str name)
{
	struct ref_target t = { .kind = VERTEX_NONE, .used = name.n };
	size_t slash = str_find_char(name, '/', 0);

	if (slash != STR_NPOS) {
		t.pack = map_find(&p->pack_by_name, str_sub(name, 0, slash));
		if (t.pack)
			t.part = pack_part_find(t.pack, str_from(name, slash + 1));
		t.kind = t.part ? VERTEX_PART : VERTEX_NONE;
		return t;
	}
	t.skill = map_find(&p->by_name, name);
	if (t.skill) {
		t.kind = VERTEX_SKILL;
		return t;
	}
	t.pack = map_find(&p->pack_by_name, name);
	t.kind = t.pack ? VERTEX_PACK : VERTEX_NONE;
	return t;
}

struct ref_target project_resolve(const struct project *p, struct str token)
{
	for (size_t n = token.n; n; n--) {
		struct ref_target t;

		if (n < token.n && token.p[n] != '-' && token.p[n] != '/')
			continue;
		t = lookup(p, str_sub(token, 0, n));
		if (t.kind != VERTEX_NONE)
			return t;
	}
	return (struct ref_target){ .kind = VERTEX_NONE };
}

/* ---- what may have been meant -------------------------------------------------- */

static uint64_t letters_of(struct str s)
{
	uint64_t set = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (char_is_lower(s.p[i]))
			set |= (uint64_t)1 << (s.p[i] - 'a');
		else if (char_is_digit(s.p[i]))
			set |= (uint64_t)1 << (26 + s.p[i] - '0');
		else
			set |= (uint64_t)1 << (s.p[i] == '-' ? 36 : 37);
	}
	return set;
}

static unsigned bits_in(uint64_t set)
{
	unsigned n = 0;

	for (; set; set &= set - 1)
		n++;
	return n;
}

void known_names(struct project *p, struct arena *a)
{
	struct known_name *v;
	size_t n = p->nskill + p->npack;

	for (size_t i = 0; i < p->npack; i++)
		n += p->pack[i].npart;
	v = arena_array(a, struct known_name, n);
	n = 0;
	for (size_t i = 0; i < p->nskill; i++)
		v[n++].name = p->skill[i].meta.name;
	for (size_t i = 0; i < p->npack; i++) {
		const struct pack *k = &p->pack[i];

		v[n++].name = k->base_name;
		for (size_t j = 0; j < k->npart; j++)
			v[n++].name = str_fmt(a, "%.*s/%.*s", STR_ARG(k->base_name),
				STR_ARG(k->part[j].meta.name));
	}
	for (size_t i = 0; i < n; i++)
		v[i].letters = letters_of(v[i].name);
	p->known = v;
	p->nknown = n;
}

/* An edit changes at most two of the letters that occur, which tells most names
 * apart at the cost of a few instructions: thousands of unknown names among
 * thousands of known ones must not take minutes. */
struct str project_nearest(const struct project *p, struct str name, struct arena *a)
{
	struct str low = str_lower(a, name), found = STR_NONE;
	size_t best = low.n <= 3 ? 1 : low.n <= 8 ? 2 : 3;
	uint64_t letters = letters_of(low);

	for (size_t i = 0; i < p->nknown && (!found.n || best > 1); i++) {
		const struct known_name *k = &p->known[i];
		size_t gap = k->name.n > low.n ? k->name.n - low.n : low.n - k->name.n, d;

		if (gap > best || bits_in(k->letters ^ letters) > 2 * best)
			continue;
		d = str_distance(low, k->name);
		if (d < best || (d == best && !found.n)) {
			best = d;
			found = k->name;
		}
	}
	return found;
}
