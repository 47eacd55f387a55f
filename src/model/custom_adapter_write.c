/* custom_adapter_write.c - a platform as the JSON that custom_adapter.c reads. */
#include "adapter_members.h"
#include "rune/config.h"

static void write_member(struct json_writer *w, struct str key, struct str value)
{
	json_key(w, key);
	json_string(w, value);
}

static void write_fields(
	struct json_writer *w, const struct adapter *ad, const struct fields_member *m)
{
	size_t n;
	const struct field *f = member_field_list(ad, m, &n);

	json_key(w, m->key);
	json_open(w, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(w, '{');
		write_member(w, STR("key"), f[i].key);
		write_member(w, STR("from"), field_value_name(f[i].from));
		if (f[i].source.n)
			write_member(w, STR("source"), f[i].source);
		json_close(w, '}');
	}
	json_close(w, ']');
}

static void write_tools(struct json_writer *w, const struct adapter *ad)
{
	json_key(w, STR("tools"));
	json_open(w, '{');
	for (size_t i = 0; i < ad->ntools; i++) {
		const struct tool_map *t = &ad->tools[i];

		json_key(w, t->from);
		if (!t->verb.n && !t->noun.n && !t->lead.n && !t->list.n) {
			json_string(w, t->to);
			continue;
		}
		json_open(w, '{');
		if (t->to.n)
			write_member(w, STR("to"), t->to);
		if (t->verb.n)
			write_member(w, STR("verb"), t->verb);
		if (t->noun.n)
			write_member(w, STR("noun"), t->noun);
		if (t->lead.n)
			write_member(w, STR("lead"), t->lead);
		if (t->list.n)
			write_member(w, STR("list"), t->list);
		json_close(w, '}');
	}
	json_close(w, '}');
}

static void write_tables(struct json_writer *w, const struct adapter *ad)
{
	json_key(w, STR("models"));
	json_open(w, '{');
	for (size_t i = 0; i < ad->nmodels; i++)
		write_member(w, ad->models[i].from, ad->models[i].to);
	json_close(w, '}');
	json_key(w, STR("detect"));
	json_open(w, '[');
	for (size_t i = 0; i < ad->ndetect; i++)
		json_string(w, ad->detect[i]);
	json_close(w, ']');
	json_key(w, STR("limits"));
	json_open(w, '{');
	for (size_t i = 0; i < MEMBER_LIMITS; i++) {
		json_key(w, member_limits[i].key);
		json_int(w, member_number(ad, &member_limits[i]));
	}
	json_close(w, '}');
	json_key(w, STR("listing"));
	json_open(w, '{');
	write_member(w, STR("fill"), member_fills[ad->listing.fill]);
	write_member(w, STR("hide"), member_hides[ad->listing.hide]);
	for (size_t i = 0; i < MEMBER_LISTING; i++) {
		json_key(w, member_listing[i].key);
		json_int(w, member_number(ad, &member_listing[i]));
	}
	json_close(w, '}');
}

/* Tables are merged with the base's, so it may have no entry that `ad` lacks. */
static bool could_extend(const struct adapter *base, const struct adapter *ad)
{
	size_t k;

	for (size_t i = 0; i < base->ntools; i++) {
		for (k = 0; k < ad->ntools; k++)
			if (str_eq(ad->tools[k].from, base->tools[i].from))
				break;
		if (k == ad->ntools)
			return false;
	}
	for (size_t i = 0; i < base->nmodels; i++) {
		for (k = 0; k < ad->nmodels; k++)
			if (str_eq(ad->models[k].from, base->models[i].from))
				break;
		if (k == ad->nmodels)
			return false;
	}
	return base->emit_extra == ad->emit_extra;
}

/* What to name as the base: a built-in one itself, else the first that could be,
 * since all data are written out. */
static struct str extends_of(const struct adapter *ad)
{
	for (size_t i = 0; i < adapter_count; i++)
		if (adapter_table[i] == ad)
			return ad->name;
	for (size_t i = 0; i < adapter_count; i++)
		if (could_extend(adapter_table[i], ad))
			return adapter_table[i]->name;
	return STR("generic");
}

void custom_adapter_write(struct buf *out, const struct adapter *ad)
{
	struct json_writer w;

	json_begin(&w, out, 0);
	json_open(&w, '{');
	write_member(&w, STR("extends"), extends_of(ad));
	json_key(&w, STR("caps"));
	json_open(&w, '{');
	for (size_t i = 0; i < MEMBER_CAPS; i++) {
		json_key(&w, member_caps[i].key);
		json_bool(&w, (ad->caps & member_caps[i].bit) != 0);
	}
	json_close(&w, '}');
	write_member(&w, STR("layout"), member_layouts[ad->layout]);
	for (size_t i = 0; i < MEMBER_TEXTS; i++)
		write_member(&w, member_texts[i].key, member_text(ad, &member_texts[i]));
	for (size_t i = 0; i < MEMBER_FIELDS; i++)
		write_fields(&w, ad, &member_fields[i]);
	write_tools(&w, ad);
	write_tables(&w, ad);
	json_close(&w, '}');
}
