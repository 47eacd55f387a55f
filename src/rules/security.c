/* security.c - one pass over a text's bytes, and what it leads to.
 *
 * The pass steps over most bytes by a table. It stops at words that begin like one of
 * security_words.c, at bytes that could belong to a hidden or a disguised character,
 * and at markup; all of these are noted, and looked at afterwards. */
#include "rules/security.h"

#include "rune/utf8.h"

/* ---- reports --------------------------------------------------------------------------- */

struct diag *sec_report(
	struct sec *s, enum rule r, size_t off, size_t len, const char *fmt, ...)
{
	struct diag_sink *sink = s->c->sink;
	struct diag *d;
	struct str text;
	va_list ap;

	if (s->reported[r]++ >= SEC_REPORTS_MAX)
		return NULL;
	while (len && char_is_space(s->text.p[off + len - 1]))
		len--;
	va_start(ap, fmt);
	text = str_vfmt(sink->a, fmt, ap);
	va_end(ap);
	d = diag_report(sink, r, rule_span(s->f, off, len), "%.*s", STR_ARG(text));
	s->last[r] = d;
	return d;
}

void sec_note(struct sec *s, struct diag *d, const char *fmt, ...)
{
	struct str text;
	va_list ap;

	if (!d)
		return;
	va_start(ap, fmt);
	text = str_vfmt(s->c->sink->a, fmt, ap);
	va_end(ap);
	diag_note(s->c->sink, d, SPAN_NONE, "%.*s", STR_ARG(text));
}

/* Large data has much of everything, and says nothing to anybody. */
void sec_unread(struct sec *s, size_t off)
{
	if (off < s->unread && s->f->kind != FILE_DATA)
		s->unread = (uint32_t)off;
}

bool sec_spend(struct sec *s, size_t n, size_t off)
{
	if (s->work > SEC_WORK_MAX) {
		sec_unread(s, off);
		return false;
	}
	s->work += n;
	return true;
}

/* Whoever wants to hide something could put so much before it. */
static void say_what_is_unread(struct sec *s)
{
	struct diag *d;

	if (s->unread >= s->text.n)
		return;
	d = sec_report(s, RULE_SEC_UNREAD, s->unread, 0,
		"too much to look into: the file is not checked from here on");
	sec_note(s, d, "no honest text has so many commands; split it, or leave it out");
}

static void say_how_many_more(struct sec *s)
{
	for (size_t r = 0; r < RULE__COUNT; r++)
		if (s->reported[r] > SEC_REPORTS_MAX)
			sec_note(s, s->last[r], "and %u more in this file",
				s->reported[r] - SEC_REPORTS_MAX);
}

struct str sec_show(struct sec *s, struct str text, size_t max)
{
	struct buf b = BUF_INIT(s->c->sink->a);
	struct str part = str_sub(text, 0, utf8_floor(text, max));

	buf_add(&b, STR_NONE);
	for (size_t i = 0; i < part.n; i++) {
		unsigned char c = (unsigned char)part.p[i];

		if (c >= ' ' && c != 0x7f)
			buf_addc(&b, part.p[i]);
		else if (b.n && b.p[b.n - 1] != ' ')
			buf_addc(&b, ' ');
	}
	if (part.n < text.n)
		buf_addz(&b, "…");
	return buf_str(&b);
}

/* ---- the pass --------------------------------------------------------------------------- */

enum {
	B_LOWER = 1,
	B_UPPER = 2,
	B_DIGIT = 4,
	B_UNDER = 8,
	B_WORD = B_LOWER | B_UPPER | B_DIGIT | B_UNDER,
	B_LINE = 16,
	B_MARK = 32, /* may begin markup */
	B_CONTROL = 64,
	B_HIGH = 128 /* not ASCII */
};

#define B4(c, v)  [c] = (v), [(c) + 1] = (v), [(c) + 2] = (v), [(c) + 3] = (v)
#define B16(c, v) B4(c, v), B4((c) + 4, v), B4((c) + 8, v), B4((c) + 12, v)
#define B32(c, v) B16(c, v), B16((c) + 16, v)
static const uint8_t byte_class[256] = {
	B4(0x00, B_CONTROL),
	B4(0x04, B_CONTROL),
	[0x08] = B_CONTROL,
	['\n'] = B_LINE,
	[0x0b] = B_CONTROL,
	[0x0e] = B_CONTROL,
	[0x0f] = B_CONTROL,
	B16(0x10, B_CONTROL),
	[0x7f] = B_CONTROL,
	['<'] = B_MARK,
	['!'] = B_MARK,
	B4('0', B_DIGIT),
	B4('4', B_DIGIT),
	['8'] = B_DIGIT,
	['9'] = B_DIGIT,
	B16('A', B_UPPER),
	B4('Q', B_UPPER),
	B4('U', B_UPPER),
	['Y'] = B_UPPER,
	['Z'] = B_UPPER,
	['_'] = B_UNDER,
	B16('a', B_LOWER),
	B4('q', B_LOWER),
	B4('u', B_LOWER),
	['y'] = B_LOWER,
	['z'] = B_LOWER,
	B32(0x80, B_HIGH),
	B32(0xa0, B_HIGH),
	B32(0xc0, B_HIGH),
	B32(0xe0, B_HIGH),
};

#define RUN_MIN	  24 /* letters and digits that could hold a text */
#define VALUE_MIN 12 /* or be a password */
#define LINE_LONG 250 /* bytes of a line that may hide something to the right */
#define WIDE_MIN  120 /* white space that does */

struct pass {
	struct sec *s;
	const struct sec_filter *filter;
	const unsigned char *p;
	size_t n;
	size_t line; /* where the current one begins */
	bool markup; /* "<" matters */
};

#define push(s, T, v, n, cap) (*arena_push(&(s)->scratch, T, (s)->v, (s)->n, (s)->cap))

static void add_hit(struct pass *t, size_t off, size_t len, enum sec_topic topic)
{
	struct sec *s = t->s;

	if (s->nhit == SEC_HITS_MAX)
		sec_unread(s, off);
	else
		push(s, struct sec_hit, hit, nhit, hit_cap) =
			(struct sec_hit){ (uint32_t)off, (uint32_t)len, topic };
}

/* Quoted, or after a sign of assignment? */
static bool is_assigned(const struct pass *t, size_t off)
{
	while (off && t->p[off - 1] == ' ')
		off--;
	return off && memchr("\"'`=:", t->p[off - 1], 5);
}

static void word(struct pass *t, size_t off, size_t len, unsigned bits)
{
	uint64_t groups = sec_filter_groups(t->filter, t->s->text, off, len);

	if (groups) {
		unsigned topics = sec_word_topics(str_sub(t->s->text, off, len), groups);

		for (unsigned k = 0; topics >> k; k++)
			if (topics >> k & 1)
				add_hit(t, off, len, (enum sec_topic)k);
	}
	if (len < VALUE_MIN || !(bits & B_DIGIT) || !(bits & (B_LOWER | B_UPPER)))
		return;
	if (len >= RUN_MIN)
		add_hit(t, off, len, SEC_RUN);
	if (is_assigned(t, off))
		add_hit(t, off, len, SEC_VALUE);
}

static void add_offset(struct sec *s, uint32_t **v, size_t *n, size_t *cap, size_t off)
{
	if (*n == SEC_HITS_MAX)
		sec_unread(s, off);
	else
		*arena_push(&s->scratch, uint32_t, *v, *n, *cap) = (uint32_t)off;
}

/* Where a line goes on after so much white space that nobody sees it. */
static void look_far_right(struct pass *t, size_t end)
{
	struct sec *s = t->s;
	size_t run = 0;

	for (size_t i = t->line; i < end; i++) {
		if (t->p[i] == ' ' || t->p[i] == '\t') {
			run++;
			continue;
		}
		if (run >= WIDE_MIN && t->p[i] != '\r')
			add_offset(s, &s->wide, &s->nwide, &s->wide_cap, i);
		run = 0;
	}
}

static bool follows(const struct pass *t, size_t off, const char *what)
{
	size_t n = strlen(what);

	return t->n - off >= n && !memcmp(t->p + off, what, n);
}

static void line(struct pass *t, size_t off)
{
	struct sec *s = t->s;

	if (off - t->line > LINE_LONG)
		look_far_right(t, off);
	t->line = off + 1;
	if (t->markup && off + 1 < t->n && t->p[off + 1] == '[' &&
		(follows(t, off + 1, "[//]:") || follows(t, off + 1, "[comment]:") ||
			follows(t, off + 1, "[_]:")))
		add_offset(s, &s->mark, &s->nmark, &s->mark_cap, off + 1);
}

static void mark(struct pass *t, size_t off)
{
	struct sec *s = t->s;
	unsigned char next = off + 1 < t->n ? t->p[off + 1] : ' ';
	bool any = t->p[off] == '<' ? t->markup && (next == '!' || next == '/' ||
							   next == '|' || next == '[' ||
							   byte_class[next] & B_WORD)
				    : next == '`' || next == '[';

	if (any)
		add_offset(s, &s->mark, &s->nmark, &s->mark_cap, off);
}

/* ---- what is not ASCII ------------------------------------------------------------------- */

static size_t length_by_lead(unsigned char c)
{
	return c < 0xc2 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static bool curious3(const unsigned char *p)
{
	switch (p[0]) {
	case 0xe1: /* Hangul, Cherokee, Khmer, Mongolian */
		return p[1] == 0x85 || p[1] == 0x8e || p[1] == 0x8f || p[1] == 0x9e ||
		       p[1] == 0xa0;
	case 0xe2: /* U+2000 to U+206F, styled letters, Coptic */
		return (p[1] == 0x80 && (p[2] < 0x90 || p[2] > 0xa7) && p[2] != 0xaf) ||
		       (p[1] == 0x81 && p[2] >= 0xa0) || p[1] == 0x84 ||
		       (p[1] == 0x92 && p[2] >= 0xb6) || p[1] == 0x93 || p[1] == 0xb2;
	case 0xe3: return p[1] == 0x85 && p[2] == 0xa4;
	case 0xea: return p[1] == 0x93;
	case 0xef: return p[1] >= 0xb8;
	}
	return false;
}

/* Could the character of `len` bytes be other than plain? */
static bool curious(const unsigned char *p, size_t len)
{
	switch (len) {
	case 2:
		return (p[0] == 0xc2 && (p[1] < 0xa0 || p[1] == 0xad)) ||
		       (p[0] >= 0xcd && p[0] <= 0xd6) || (p[0] == 0xd8 && p[1] == 0x9c);
	case 3: return curious3(p);
	case 4:
		return p[0] == 0xf3 ||
		       (p[0] == 0xf0 && (p[1] == 0x90 || p[1] == 0x9b || p[1] == 0x9d ||
						(p[1] == 0x9f && p[2] == 0x84) ||
						(p[1] == 0x9f && p[2] == 0x85)));
	}
	return false;
}

/* After the character at `off`, which begins with a byte that is not ASCII. */
static size_t high(struct pass *t, size_t off)
{
	struct sec *s = t->s;
	size_t len = length_by_lead(t->p[off]), end = off;
	int32_t cp;

	if (len > t->n - off)
		return off + 1;
	if (!curious(t->p + off, len))
		return off + len;
	cp = utf8_next(s->text, &end);
	if (cp < 0)
		return off + 1;
	switch (sec_char((uint32_t)cp)) {
	case CHAR_PLAIN: break;
	case CHAR_CONTROL:
		add_offset(s, &s->control, &s->ncontrol, &s->control_cap, off);
		break;
	case CHAR_ALIKE: return sec_alike_add(s, off);
	case CHAR_STYLED: {
		char c = sec_char_styled((uint32_t)cp);

		s->disguised |= char_is_lower(c) || char_is_upper(c);
		break;
	}
	case CHAR_BIDI:
	case CHAR_MARK:
	case CHAR_ZERO:
	case CHAR_OPERATOR:
	case CHAR_TAG:
	case CHAR_SELECTOR:
	case CHAR_SOFT:
	case CHAR_FILLER:
	case CHAR_FORMAT: sec_hidden_add(s, off, end - off, (uint32_t)cp); break;
	}
	return end;
}

static size_t special(struct pass *t, unsigned kind, size_t off)
{
	struct sec *s = t->s;

	if (kind == B_LINE)
		line(t, off);
	else if (kind == B_MARK)
		mark(t, off);
	else if (kind == B_HIGH)
		return high(t, off);
	else
		add_offset(s, &s->control, &s->ncontrol, &s->control_cap, off);
	return off + 1;
}

static void pass(struct pass *t)
{
	const unsigned char *p = t->p;
	size_t n = t->n, i = 0;

	while (i < n) {
		unsigned k = byte_class[p[i]], bits = 0;
		size_t from = i;

		if (!k) {
			i++;
			continue;
		}
		if (!(k & B_WORD)) {
			i = special(t, k, i);
			continue;
		}
		while (k & B_WORD) {
			bits |= k;
			k = ++i < n ? byte_class[p[i]] : 0;
		}
		if (i - from > 1)
			word(t, from, i - from, bits);
	}
	if (n - t->line > LINE_LONG)
		look_far_right(t, n);
}

/* ---- command lines ----------------------------------------------------------------------- */

static bool continues(struct str line)
{
	line = str_trim(line);
	return str_ends(line, STR("\\")) || str_ends(line, STR("|")) ||
	       str_ends(line, STR("&&")) || str_ends(line, STR("`"));
}

/* The line of `off`, with those before and after it that it continues. */
static struct span logical_line(struct sec *s, const struct sec_place *p, size_t off)
{
	struct span l = sec_line_at(s, p, off);

	while (l.off > p->from && span_end(l) - l.off < SEC_LINE_MAX) {
		struct span up = sec_line_at(s, p, l.off - 1);

		if (!continues(str_sub(s->text, up.off, up.len)))
			break;
		l = (struct span){ l.src, up.off, span_end(l) - up.off };
	}
	while (span_end(l) + 1 < p->to && l.len < SEC_LINE_MAX &&
		continues(str_sub(s->text, l.off, l.len)))
		l.len = span_end(sec_line_at(s, p, span_end(l) + 1)) - l.off;
	return l;
}

/* The string literal around `off` in the line; false: it is in none. */
static bool literal_at(
	const struct sec *s, struct span line, size_t off, struct span *out)
{
	size_t i = line.off, end = span_end(line);

	while (i < off) {
		char q = s->text.p[i];
		size_t from = ++i;

		if (q != '"' && q != '\'' && q != '`')
			continue;
		while (i < end && s->text.p[i] != q)
			i += s->text.p[i] == '\\' && i + 1 < end ? 2 : 1;
		if (off >= from && off < i) {
			*out = (struct span){ line.src, (uint32_t)from,
				(uint32_t)((i < end ? i : end) - from) };
			return true;
		}
		i++;
	}
	return false;
}

/* One of the words, with the bracket of a call after it. */
static bool has_call(struct str code, const char *const *calls)
{
	for (size_t i = 0, to; i < code.n; i = to + 1) {
		for (to = i;
			to < code.n && (byte_class[(unsigned char)code.p[to]] & B_WORD);)
			to++;
		if (to > i && to < code.n && (code.p[to] == '(' || code.p[to] == '`') &&
			sec_one_of(str_sub(code, i, to - i), calls))
			return true;
	}
	return false;
}

/* Does a program run the string that follows `before`? */
static bool is_run(struct str before, enum sec_lang lang)
{
	static const char *const calls[] = { "system", "popen", "run", "call", "exec",
		"execsync", "spawn", "spawnsync", "check_output", "check_call",
		"shell_exec", "sh", "bash", "passthru", "qx", "shell", "getoutput",
		"execute", "cmd", "command", "eval", "backtick", NULL };

	if (lang == LANG_DATA) {
		static const char *const keys[] = { "command", "cmd", "preinstall",
			"postinstall", "prepare", NULL };

		return sec_has_word(before, keys);
	}
	return has_call(before, calls);
}

/* Does the line begin with a line or a bullet of Unicode? */
static bool is_drawn(struct str line)
{
	return line.n && (unsigned char)line.p[0] == 0xe2;
}

/* In which bytes a command around the hit stands, if it is one that is run. */
static bool command_range(struct sec *s, const struct sec_place *p, size_t off,
	struct span *out, bool *escaped)
{
	bool program = p->lang == LANG_PYTHON || p->lang == LANG_PROGRAM;
	struct span line;

	*escaped = false;
	if (p->zone == ZONE_SPAN || p->zone == ZONE_PROSE) {
		*out = sec_line_at(s, p, off);
		return true;
	}
	line = logical_line(s, p, off);
	/* a diagram; a list of commands, not commands */
	if (p->zone == ZONE_CODE &&
		is_drawn(str_trim(str_sub(s->text, line.off, line.len))))
		return false;
	if (p->zone == ZONE_CODE &&
		str_starts(str_trim(str_sub(s->text, line.off, line.len)), STR("- ")) &&
		p->lang != LANG_SHELL)
		return false;
	*out = line;
	if (!program && p->lang != LANG_DATA)
		return true;
	*escaped = true;
	if (!literal_at(s, line, off, out))
		return false;
	/* the call may begin on a line above */
	for (unsigned n = 0; program && n < 2 && line.off > p->from; n++)
		line.off = sec_line_at(s, p, line.off - 1).off;
	return is_run(str_sub(s->text, line.off, out->off - line.off), p->lang);
}

static void command_hit(struct sec_cmdline *c, const struct sec_hit *h)
{
	struct sec *s = c->s;
	struct span range;
	bool escaped;

	c->place = sec_place_at(s, h->off);
	if (!sec_place_runs(&c->place) ||
		!command_range(s, &c->place, h->off, &range, &escaped))
		return;
	if (range.off == c->range.off && range.len == c->range.len)
		return; /* its other words have led here before */
	c->range = range;
	if (!sec_spend(s, 8 * range.len, h->off))
		return;
	if (range.len > SEC_LINE_MAX)
		range.len = SEC_LINE_MAX;
	sec_line_read(&c->line, s->text, range, escaped);
	sec_fetch_line(c);
	sec_leak_line(c);
	sec_payload_line(c);
	sec_system_line(c);
}

static void hits_check(struct sec *s)
{
	struct sec_cmdline *c = arena_new(&s->scratch, struct sec_cmdline);

	c->s = s;
	for (size_t i = 0; i < s->nhit; i++) {
		const struct sec_hit *h = &s->hit[i];

		switch (h->topic) {
		case SEC_COMMAND: command_hit(c, h); break;
		case SEC_CODE:
			sec_code_check(s, h);
			sec_leak_code(s, h);
			sec_payload_code(s, h);
			break;
		case SEC_TOKEN: sec_secret_token(s, h); break;
		case SEC_ADDRESS:
			sec_secret_address(s, h);
			sec_leak_address(s, h);
			break;
		case SEC_SETTING: sec_setting_check(s, h); break;
		case SEC_RUN: sec_payload_run(s, h); break;
		case SEC_VALUE: sec_secret_value(s, h); break;
		case SEC_ASK: /* together, by sentences */
		case SEC_TOPIC__COUNT: break;
		}
	}
}

#define SCRATCH_SIZE 4096 /* most files need no more */

void security_text(const struct rule_ctx *c, const struct rule_file *f)
{
	struct sec s = { .c = c, .f = f, .text = f->src->text, .unread = UINT32_MAX };
	struct sec_filter filter;
	struct pass t = { .s = &s,
		.filter = &filter,
		.p = (const unsigned char *)s.text.p,
		.n = s.text.n,
		.markup = f->kind != FILE_SCRIPT };

	if (!s.text.n)
		return;
	s.scratch.block_size = SCRATCH_SIZE;
	sec_filter_init(&filter);
	pass(&t);
	if (s.nhidden || s.ncontrol)
		sec_hidden_check(&s);
	sec_escapes_check(&s);
	if (s.nalike)
		sec_alike_check(&s);
	if (s.nhit)
		hits_check(&s);
	sec_ask_check(&s);
	if (s.nmark)
		sec_markup_check(&s);
	say_what_is_unread(&s);
	say_how_many_more(&s);
	arena_release(&s.scratch);
}
