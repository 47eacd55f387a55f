#include "rune/map.h"
#include "rune/hash.h"

/* The slot of `key`, or the free one where it belongs. */
static size_t slot_of(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = (size_t)hash & (m->nslot - 1);

	while (m->slot[i]) {
		const struct map_entry *e = &m->entry[m->slot[i] - 1];

		if (e->hash == hash && str_eq(e->key, key))
			break;
		i = (i + 1) & (m->nslot - 1);
	}
	return i;
}

/* At most half full, so that a probe ends soon. */
static void make_room(struct map *m)
{
	size_t nslot = m->nslot ? m->nslot * 2 : 16;

	if (m->nslot && m->n < m->nslot / 2)
		return;
	BUG_IF(nslot > UINT32_MAX);
	m->slot = arena_array(m->a, uint32_t, nslot);
	m->nslot = nslot;
	for (size_t i = 0; i < m->n; i++)
		m->slot[slot_of(m, m->entry[i].key, m->entry[i].hash)] =
			(uint32_t)(i + 1);
}

void *map_find(const struct map *m, struct str key)
{
	size_t i;

	if (!m->n)
		return NULL;
	i = slot_of(m, key, hash_fnv(key));
	return m->slot[i] ? m->entry[m->slot[i] - 1].value : NULL;
}

static void *put(struct map *m, struct str key, void *value, bool replace)
{
	uint64_t hash = hash_fnv(key);
	struct map_entry *e;
	size_t i;

	BUG_IF(!value);
	make_room(m);
	i = slot_of(m, key, hash);
	if (m->slot[i]) {
		void *old = m->entry[m->slot[i] - 1].value;

		if (replace)
			m->entry[m->slot[i] - 1].value = value;
		return old;
	}
	e = arena_push(m->a, struct map_entry, m->entry, m->n, m->cap);
	*e = (struct map_entry){ key, value, hash };
	m->slot[i] = (uint32_t)m->n;
	return NULL;
}

void *map_add(struct map *m, struct str key, void *value)
{
	return put(m, key, value, false);
}

void map_set(struct map *m, struct str key, void *value)
{
	put(m, key, value, true);
}
