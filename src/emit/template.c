#include "emit/plan.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* Does a sentence end before offset `i`? A dot inside "e.g. x" is followed by a
 * small letter. */
static bool ends_sentence(struct str s, size_t i)
{
	if (!memchr(".!?", s.p[i - 1], 3))
		return false;
	if (i == s.n)
		return true;
	return s.p[i] == ' ' && i + 1 < s.n && !char_is_lower(s.p[i + 1]);
}

struct str first_sentence(struct arena *a, struct str s, size_t max)
{
	for (size_t i = 1; i <= s.n; i++)
		if (ends_sentence(s, i))
			return clip_text(a, str_sub(s, 0, i), max);
	return clip_text(a, s, max);
}

/* Last offset <= limit where a sentence ends, if that keeps half of the text. */
static size_t sentence_cut(struct str s, size_t limit)
{
	for (size_t i = limit; i && i >= limit / 2; i--)
		if (ends_sentence(s, i))
			return i;
	return 0;
}

static size_t word_cut(struct str s, size_t limit)
{
	for (size_t i = limit; i > limit / 2; i--)
		if (s.p[i] == ' ')
			return i;
	return limit;
}

struct str fold_text(struct arena *a, struct str s)
{
	struct buf b = BUF_INIT(a);

	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++) {
		if (!char_is_space(s.p[i]))
			buf_addc(&b, s.p[i]);
		else if (b.p[b.n - 1] != ' ')
			buf_addc(&b, ' ');
	}
	return buf_str(&b);
}

/* Before the code span that `cut` would tear, if there is one. */
static size_t code_cut(struct str s, size_t cut)
{
	size_t ticks = 0, last = 0;

	for (size_t i = 0; i < cut; i++)
		if (s.p[i] == '`') {
			ticks++;
			last = i;
		}
	return ticks % 2 ? last : cut;
}

struct str clip_text(struct arena *a, struct str s, size_t max)
{
	static const char dots[] = "...";

	if (!max || utf8_count(s) <= max)
		return s;
	size_t cut = sentence_cut(s, utf8_offset(s, max));
	if (cut)
		return str_sub(s, 0, cut);
	if (max < sizeof(dots))
		return str_sub(s, 0, utf8_offset(s, max));
	cut = code_cut(s, word_cut(s, utf8_offset(s, max - (sizeof(dots) - 1))));
	while (cut && memchr(" ,;:.", s.p[cut - 1], 5))
		cut--;
	return str_fmt(a, "%.*s%s", (int)cut, s.p, dots);
}

struct str table_cell(struct arena *a, struct str s)
{
	struct buf b = BUF_INIT(a);

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '|' && (!i || s.p[i - 1] != '\\'))
			buf_addc(&b, '\\');
		buf_addc(&b, s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i]);
	}
	return buf_str(&b);
}

struct str str_trim_lines(struct str s)
{
	size_t start = 0;

	while (start < s.n && char_is_space(s.p[start]))
		start++;
	/* the indentation of the first line means something */
	while (start && s.p[start - 1] != '\n')
		start--;
	while (s.n > start && char_is_space(s.p[s.n - 1]))
		s.n--;
	return str_from(s, start);
}

const char *blank_line(const struct doc *d, uint32_t at)
{
	const char *p = d->src->text.p;
	uint32_t from = d->body.off;

	if (at <= from)
		return "";
	if (p[at - 1] != '\n')
		return "\n\n";
	if (at - from >= 2 && p[at - 2] == '\n')
		return "";
	if (at - from >= 3 && p[at - 2] == '\r' && p[at - 3] == '\n')
		return "";
	return "\n";
}

static bool needs_brackets(struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		if (memchr(" ()<>", path.p[i], 5))
			return true;
	return false;
}

void add_link(struct buf *b, struct str title, struct str path)
{
	bool brackets = needs_brackets(path);

	buf_addc(b, '[');
	for (size_t i = 0; i < title.n; i++) {
		if (memchr("[]\\", title.p[i], 3))
			buf_addc(b, '\\');
		buf_addc(b, title.p[i]);
	}
	buf_addz(b, brackets ? "](<" : "](");
	buf_add(b, path);
	buf_addz(b, brackets ? ">)" : ")");
}

struct str contents_list(struct emit_ctx *c)
{
	struct buf b = BUF_INIT(c->a);

	for (size_t i = 0; i < c->plan->n; i++) {
		const struct emitted *e = &c->plan->done[i];
		const struct meta *m = e->skill ? &e->skill->meta : &e->pack->meta;
		struct str about = first_sentence(c->a, m->description, 160);

		buf_addf(&b, "- `%.*s`: %.*s\n", STR_ARG(e->name), STR_ARG(about));
	}
	return buf_str(&b);
}

static struct str number(struct emit_ctx *c, size_t n)
{
	return str_fmt(c->a, "%zu", n);
}

bool emit_template(struct emit_ctx *c, struct str path, struct str text)
{
	/* what the user wrote goes in last: its braces are not looked at */
	text = str_expand(c->a, text, STR("version"), emit_version(c));
	text = str_expand(c->a, text, STR("skills"), number(c, emit_skill_count(c)));
	text = str_expand(c->a, text, STR("packs"), number(c, emit_pack_count(c)));
	text = str_expand(c->a, text, STR("contents"), contents_list(c));
	return emit_file(c, path, text);
}
