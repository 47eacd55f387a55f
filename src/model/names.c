/* names.c - the form of names, and small text work on what frontmatter holds. */
#include "model.h"
#include "rune/buf.h"
#include "rune/str.h"

bool name_form(struct str s)
{
	bool hyphen = true; /* none may come next */

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '-' && hyphen)
			return false;
		hyphen = s.p[i] == '-';
		if (!hyphen && !char_is_lower(s.p[i]) && !char_is_digit(s.p[i]))
			return false;
	}
	return !hyphen;
}

bool name_valid(struct str s)
{
	return s.n <= NAME_MAX_CHARS && name_form(s);
}

struct str name_slug(struct str s, struct arena *a)
{
	struct buf b = BUF_INIT(a);
	struct str low = str_lower(a, s);

	for (size_t i = 0; i < low.n; i++) {
		if (char_is_lower(low.p[i]) || char_is_digit(low.p[i]))
			buf_addc(&b, low.p[i]);
		else if (b.n && b.p[b.n - 1] != '-')
			buf_addc(&b, '-');
	}
	while (b.n && b.p[b.n - 1] == '-')
		b.n--;
	return b.n <= NAME_MAX_CHARS ? buf_str(&b) : STR_NONE;
}

struct str fold_space(struct str s, struct arena *a)
{
	struct buf b = BUF_INIT(a);
	bool gap = false;

	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++) {
		if (char_is_space(s.p[i])) {
			gap = true;
			continue;
		}
		if (gap)
			buf_addc(&b, ' ');
		gap = false;
		buf_addc(&b, s.p[i]);
	}
	return buf_str(&b);
}

struct str words_or(const struct str *v, size_t n, struct arena *a)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addz(&b, i + 1 == n ? " or " : ", ");
		buf_add(&b, v[i]);
	}
	return buf_str(&b);
}

struct str emit_name_of(const struct adapter *ad, const struct ref_target *t)
{
	struct str name, prefix;

	BUG_IF(t->kind == VERTEX_NONE || t->kind == VERTEX_SIGNAL);
	name = t->kind == VERTEX_SKILL ? t->skill->emit_name : t->pack->emit_name;
	prefix = t->kind == VERTEX_SKILL ? t->skill->root->prefix : t->pack->root->prefix;
	if (ad->caps & CAP_NAMESPACE && str_starts(name, prefix))
		name = str_from(name, prefix.n);
	return name;
}
