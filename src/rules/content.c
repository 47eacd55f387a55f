#include "rules/content.h"

#include "rune/path.h"
#include "rune/str.h"

/* ---- words ------------------------------------------------------------------------ */

static bool in_word(char c)
{
	return char_is_alnum(c) || (unsigned char)c >= 0x80;
}

/* The three bytes of a typographic apostrophe count as one within a word. */
bool text_word(struct str s, size_t *off, struct str *word)
{
	size_t from = *off, end;

	while (from < s.n && !in_word(s.p[from]))
		from++;
	for (end = from; end < s.n; end++)
		if (!in_word(s.p[end]) && !((s.p[end] == '-' || s.p[end] == '\'') &&
						  end + 1 < s.n && in_word(s.p[end + 1])))
			break;
	*off = end;
	*word = str_sub(s, from, end - from);
	return word->n > 0;
}

bool text_among(struct str word, const char *list)
{
	const char *p = list;

	while (*p) {
		const char *end = strchr(p, ' ');
		size_t n = end ? (size_t)(end - p) : strlen(p);

		if (n == word.n && (word.p[0] | 0x20) == p[0] &&
			str_eq_nocase(word, (struct str){ p, n }))
			return true;
		p += n + (end != NULL);
	}
	return false;
}

size_t text_lines(const struct source *src, uint32_t from, uint32_t to)
{
	if (from >= to)
		return 0;
	return source_locate(src, to - 1).line - source_locate(src, from).line + 1;
}

struct span code_inside(const struct doc *d, struct span code)
{
	const char *p = d->src->text.p;
	uint32_t from = code.off, end = span_end(code);

	while (from < end && p[from] == '`')
		from++;
	end -= end - from > from - code.off ? from - code.off : end - from;
	while (from < end && char_is_space(p[from]))
		from++;
	while (end > from && char_is_space(p[end - 1]))
		end--;
	return (struct span){ code.src, from, end - from };
}

/* ---- files ------------------------------------------------------------------------- */

static bool has_nocase(struct str s, struct str word)
{
	for (size_t i = 0; i + word.n <= s.n; i++)
		if (str_eq_nocase(str_sub(s, i, word.n), word))
			return true;
	return false;
}

bool content_is_material(const struct rule_file *f)
{
	struct str base = path_base(f->rel), dir = path_dir(f->rel), one;

	if (f->kind == FILE_TEMPLATE)
		return true;
	if (f->kind != FILE_REFERENCE)
		return false;
	while (dir.n && str_split(&dir, '/', &one))
		if (text_among(one,
			    "assets template templates example examples sample samples "
			    "fixtures evals tests expected_outputs output outputs"))
			return true;
	return has_nocase(base, STR("template")) || has_nocase(base, STR("example")) ||
	       has_nocase(base, STR("sample")) ||
	       str_eq_nocase(str_sub(base, 0, 6), STR("README")) ||
	       str_eq_nocase(str_sub(base, 0, 9), STR("CHANGELOG"));
}

/* ---- sentences --------------------------------------------------------------------- */

#define SENTENCE_MAX 160 /* bytes to look back */

static uint32_t sentence_start(struct str text, uint32_t from, uint32_t off)
{
	uint32_t at = off;

	if (off - from > SENTENCE_MAX)
		from = off - SENTENCE_MAX;
	for (; at > from; at--) {
		char c = text.p[at - 1];

		if (c == ';' || c == '|')
			break;
		if ((c == '.' || c == '!' || c == '?' || c == ':') && at < text.n &&
			char_is_space(text.p[at]))
			break;
		/* the next list item or paragraph */
		if (c == '\n' && at < text.n &&
			(strchr("\r\n-*#>+", text.p[at]) || char_is_digit(text.p[at])))
			break;
	}
	return at;
}

bool text_negated(const struct doc *d, node_id block, uint32_t off)
{
	struct str text = d->src->text, word, sentence;
	uint32_t from = sentence_start(text, d->node[block].span.off, off);
	size_t at = 0;

	sentence = str_sub(text, from, off - from);
	while (text_word(sentence, &at, &word))
		if (text_among(word,
			    "not no never without avoid don't dont cannot can't neither "
			    "nor "
			    "instead rather than forbidden prohibited refuse skip "
			    "nothing "
			    "except unlike won't mustn't shouldn't unavailable lacks "
			    "disallowed"))
			return true;
	return false;
}

/* ---- fences ------------------------------------------------------------------------ */

/* A line of a block: where its text begins behind blanks and the marks of quotes,
 * and where it ends. */
struct line {
	uint32_t from, end, next;
};

static struct line line_at(struct str text, uint32_t off, uint32_t stop, bool quoted)
{
	const char *lf = memchr(text.p + off, '\n', stop - off);
	struct line l;

	l.next = lf ? (uint32_t)(lf - text.p) + 1 : stop;
	l.end = lf ? l.next - 1 : stop;
	l.from = off;
	while (l.end > l.from && char_is_space(text.p[l.end - 1]))
		l.end--;
	while (l.from < l.end && (text.p[l.from] == ' ' || text.p[l.from] == '\t' ||
					 (quoted && text.p[l.from] == '>')))
		l.from++;
	return l;
}

static uint32_t run_of(struct str text, uint32_t off, uint32_t end, char mark)
{
	uint32_t n = 0;

	while (off + n < end && text.p[off + n] == mark)
		n++;
	return n;
}

static bool in_quote(const struct doc *d, const struct node *n)
{
	while (n != d->node) {
		n = &d->node[n->parent];
		if (n->kind == DOC_QUOTE)
			return true;
	}
	return false;
}

/* "```bash" opens a fence; "```" and "```x```" do not. */
static bool opens(struct str text, const struct line *l, char mark, uint32_t least)
{
	uint32_t n = run_of(text, l->from, l->end, mark), at = l->from + n;

	if (n < least || at == l->end || !char_is_alnum(text.p[at]))
		return false;
	return !memchr(text.p + at, '`', l->end - at);
}

/* Languages in which another fence is part of the text. */
static bool holds_markdown(struct str info)
{
	size_t at = 0;
	struct str word;

	if (!text_word(info, &at, &word))
		return true;
	return text_among(word, "markdown md mdx text txt plaintext prompt template");
}

struct fence fence_read(const struct doc *d, const struct node *n)
{
	struct str text = d->src->text;
	uint32_t off = n->span.off, stop = span_end(n->span), least;
	bool quoted = in_quote(d, n);
	struct line l = line_at(text, off, stop, quoted);
	struct fence f = { .open = { n->span.src, off, l.end - off } };
	char mark = text.p[off];

	least = run_of(text, off, l.end, mark);
	f.marks = (struct span){ n->span.src, off, least };
	while (l.next < stop) {
		l = line_at(text, l.next, stop, quoted);
		if (l.next >= stop)
			f.closed = l.end - l.from >= least &&
				   run_of(text, l.from, l.end, mark) == l.end - l.from;
		else if (!f.inner.len && l.from < l.end && text.p[l.from] == mark &&
			 opens(text, &l, mark, least))
			f.inner = (struct span){ n->span.src, l.from, l.end - l.from };
	}
	f.early = f.closed && f.inner.len && holds_markdown(n->text);
	return f;
}
