/* security_alike.c - words with a letter of another script that looks like ours.
 *
 * Greek letters are signs in formulas, and Russian text inflects English words, so a
 * word counts only if all of its strange letters look like ours, and not if the line is
 * written in their script. */
#include "rules/security.h"

#include "rune/utf8.h"

struct token {
	size_t off, end;
	unsigned latin; /* letters of ASCII */
	unsigned alike, other; /* of other scripts: with a double in ASCII, and without */
	unsigned greek;
	uint32_t first; /* alike */
	size_t first_at;
};

static bool is_token(uint32_t cp)
{
	return (cp < 0x80 && (char_is_alnum((char)cp) || cp == '_')) ||
	       sec_char_script(cp) != SCRIPT_NONE;
}

static void count(struct token *t, uint32_t cp, size_t at)
{
	enum sec_script script = sec_char_script(cp);

	if (script == SCRIPT_LATIN) {
		t->latin += cp < 0x80;
		return;
	}
	if (script == SCRIPT_NONE)
		return;
	t->greek += script == SCRIPT_GREEK;
	if (!sec_char_looks(cp)) {
		t->other++;
		return;
	}
	if (!t->alike++) {
		t->first = cp;
		t->first_at = at;
	}
}

/* The word around `off`. */
static struct token token_at(struct str text, size_t off)
{
	struct token t = { .off = off, .end = off };
	size_t at = off, next = 0;

	while (t.off) {
		size_t start = t.off;
		uint32_t cp = sec_cp_before(text, t.off, &start);

		if (!is_token(cp))
			break;
		t.off = start;
	}
	for (at = t.off; at < text.n; at = next) {
		uint32_t cp = sec_cp_at(text, at, &next);

		if (!is_token(cp))
			break;
		count(&t, cp, at);
	}
	t.end = at;
	return t;
}

/* Is the line written in the script of the strange letter? Those of its letters count
 * that do not look like ours. */
static bool is_native(struct sec *s, const struct token *t)
{
	struct sec_place whole = { ZONE_DATA, LANG_NONE, 0, (uint32_t)s->text.n, 0,
		false };
	struct span x = sec_line_at(s, &whole, t->off);
	struct str line = str_sub(s->text, x.off, x.len);
	enum sec_script script = sec_char_script(t->first);
	unsigned letters = 0;
	size_t off = 0;

	if (!sec_spend(s, line.n, t->off))
		return true;
	while (off < line.n && letters < 4) {
		size_t at = off;
		int32_t cp = utf8_next(line, &off);

		if (cp < 0x80 || sec_char_script((uint32_t)cp) != script ||
			sec_char_looks((uint32_t)cp))
			continue;
		if (x.off + at < t->off || x.off + at >= t->end)
			letters++;
	}
	return letters >= 4;
}

/* Is it a word of ours with some letters replaced? */
static bool is_disguise(const struct token *t)
{
	if (!t->alike || t->other || t->latin < 2)
		return false;
	/* a sign before or after a unit or an index, as in "νmax"; capitals are none */
	if (t->greek == 1 && t->alike == 1 && t->first > 0x3ab && t->latin < 5 &&
		(t->first_at == t->off || t->first_at + 2 == t->end))
		return false;
	return true;
}

/* A key of the frontmatter, the name, the names of tools. */
static bool is_name(struct sec *s, size_t off)
{
	const struct doc *d = s->f->doc;
	struct sec_place p = sec_place_at(s, off);
	static const char *const keys[] = { "name", "allowed-tools", "tools",
		"disallowed-tools", "agent", "model", NULL };
	struct span line;
	struct str text;
	size_t colon;

	if (!d || p.zone != ZONE_META)
		return false;
	line = sec_line_at(s, &p, off);
	text = str_sub(s->text, line.off, line.len);
	colon = str_find_char(text, ':', 0);
	return colon != STR_NPOS &&
	       (off < line.off + colon ||
		       sec_one_of(str_trim(str_sub(text, 0, colon)), keys));
}

static struct str plain_word(struct sec *s, const struct token *t)
{
	struct buf b = BUF_INIT(&s->scratch);
	size_t at = t->off;

	while (at < t->end) {
		size_t from = at;
		int32_t cp = utf8_next(s->text, &at);
		char c = cp > 0x7f ? sec_char_looks((uint32_t)cp) : '\0';

		if (c)
			buf_addc(&b, c);
		else
			buf_add(&b, str_sub(s->text, from, at - from));
	}
	return buf_str(&b);
}

static void report(struct sec *s, const struct token *t, bool name)
{
	struct str word = str_sub(s->text, t->off, t->end - t->off);
	struct diag *d = sec_report(s, name ? RULE_SEC_ALIKE_NAME : RULE_SEC_ALIKE_WORD,
		t->off, t->end - t->off,
		"'%.*s' is not written with the letters that it shows",
		STR_ARG(sec_show(s, word, 60)));

	sec_note(s, d, "the letter like '%c' is U+%04X; in plain letters: %.*s",
		sec_char_looks(t->first), t->first,
		STR_ARG(sec_show(s, plain_word(s, t), 60)));
}

size_t sec_alike_add(struct sec *s, size_t off)
{
	struct token t = token_at(s->text, off);
	bool name = s->f->doc && t.off < s->f->doc->body.off;

	/* signs of the same blocks are no letters */
	if (t.end == t.off)
		sec_cp_at(s->text, off, &t.end);
	if (!t.alike || t.other || (t.latin < 2 && !name))
		return t.end;
	if (s->nalike == SEC_HITS_MAX)
		sec_unread(s, off);
	else
		*arena_push(&s->scratch, uint32_t, s->alike, s->nalike, s->alike_cap) =
			(uint32_t)t.off;
	return t.end;
}

void sec_alike_check(struct sec *s)
{
	for (size_t i = 0; i < s->nalike; i++) {
		struct token t = token_at(s->text, s->alike[i]);
		bool name = is_name(s, t.off);

		s->disguised |= t.latin > 1;
		if (name ||
			(is_disguise(&t) && !is_native(s, &t) && !sec_about_security(s)))
			report(s, &t, name);
	}
}
