/* security_ask.c - instructions against the user: to forget one's own, to hide
 * something, to take orders from elsewhere, to give data away, to run what nobody can
 * look into. What is an order is told by security_order.c, whether it is meant by
 * security_speech.c. */
#include "rules/security.h"

#include "rune/utf8.h"

/* ---- a text that may be in disguise ---------------------------------------------------------- */

/* The text with what is hidden left out and what is alike or styled in plain letters;
 * `map` leads back. Without disguise it is the text itself, and no map. */
struct plain {
	struct str text;
	const uint32_t *map;
};

static void put(struct buf *b, uint32_t **map, size_t *cap, struct arena *a, struct str s,
	uint32_t off)
{
	while (b->n + s.n + 1 > *cap) {
		size_t more = *cap ? *cap * 2 : 1024;

		*map = arena_grow(a, *map, *cap, more, sizeof(**map), _Alignof(uint32_t));
		*cap = more;
	}
	for (size_t i = 0; i < s.n; i++)
		(*map)[b->n + i] = off + (uint32_t)(s.n > 1 ? i : 0);
	buf_add(b, s);
	(*map)[b->n] = off;
}

static char undisguised(uint32_t cp)
{
	char c = sec_char_styled(cp);

	return c ? c : sec_char_looks(cp);
}

static bool is_hidden(uint32_t cp)
{
	switch (sec_char(cp)) {
	case CHAR_BIDI:
	case CHAR_MARK:
	case CHAR_ZERO:
	case CHAR_OPERATOR:
	case CHAR_TAG:
	case CHAR_SELECTOR:
	case CHAR_SOFT:
	case CHAR_FILLER:
	case CHAR_FORMAT: return true;
	case CHAR_PLAIN:
	case CHAR_CONTROL:
	case CHAR_ALIKE:
	case CHAR_STYLED: break;
	}
	return false;
}

#define DISGUISED_MAX (1u << 20) /* bytes of a text that is made plain */

static struct plain plain_make(struct sec *s)
{
	struct arena *a = &s->scratch;
	struct buf b = BUF_INIT(a);
	struct str text = str_sub(s->text, 0, DISGUISED_MAX);
	uint32_t *map = NULL;
	size_t cap = 0, off = 0;

	while (off < text.n) {
		size_t from = off;
		int32_t cp = utf8_next(text, &off);
		char c = cp > 0x7f ? undisguised((uint32_t)cp) : '\0';

		if (c)
			put(&b, &map, &cap, a, (struct str){ &c, 1 }, (uint32_t)from);
		else if (cp < 0x80 || !is_hidden((uint32_t)cp))
			put(&b, &map, &cap, a, str_sub(text, from, off - from),
				(uint32_t)from);
	}
	return (struct plain){ buf_str(&b), map };
}

/* ---- in a file ------------------------------------------------------------------------------------------ */

struct asking {
	struct sec *s;
	struct plain plain;
	size_t done; /* what ends before is reported */
};

static size_t real(const struct asking *k, size_t off)
{
	return k->plain.map ? k->plain.map[off] : off;
}

/* Where a model reads it as said to it. */
static bool is_said(struct asking *k, const struct sec_place *p, size_t off, size_t end)
{
	struct sec *s = k->s;

	switch (p->zone) {
	case ZONE_COMMENT: return false; /* security_markup.c */
	case ZONE_CODE:
	case ZONE_SPAN: return false;
	case ZONE_META:
		/* YAML's own quotes are no quotation */
		return !sec_about_security(s);
	case ZONE_SCRIPT:
	case ZONE_DATA:
		if (sec_about_security(s) || p->lang == LANG_DATA)
			return false;
		break;
	case ZONE_PROSE:
	case ZONE_HTML:
		if (p->table && sec_about_security(s))
			return false;
		break;
	}
	return !sec_quoted(s, p, off, end) && !sec_mentioned(s, p, off, end);
}

static void found(struct asking *k, enum rule r, size_t from, size_t to, const char *what,
	const char *note)
{
	size_t off = real(k, from), end = real(k, to);
	struct sec *s = k->s;
	struct sec_place p;
	struct diag *d;

	if (end > s->text.n)
		end = s->text.n;
	if (from < k->done || end <= off)
		return;
	p = sec_place_at(s, off);
	if (!is_said(k, &p, off, end))
		return;
	k->done = to;
	d = sec_report(s, r, off, end - off, "%s", what);
	sec_note(s, d, "%s", note);
	if (d && end - off > to - from)
		sec_note(s, d, "without its disguise: %.*s",
			STR_ARG(sec_show(
				s, str_sub(k->plain.text, from, to - from), 100)));
}

static void override_found(struct asking *k, size_t from, size_t to)
{
	found(k, RULE_SEC_OVERRIDE, from, to,
		"the model is told to forget its instructions",
		"a skill adds to the user's instructions and takes none away; say what "
		"is "
		"to be done instead");
}

static void conceal_found(struct asking *k, size_t from, size_t to)
{
	found(k, RULE_SEC_CONCEAL, from, to, "something is to be hidden from the user",
		"let the user see all that is done for them");
}

/* Fetch … and follow its instructions. */
static void remote_orders(struct asking *k, size_t off, size_t len)
{
	static const char *const verbs[] = { "follow", "execute", "obey", NULL };
	static const char *const gets[] = { "fetch", "download", "load", "retrieve",
		"get", "read", "visit", "open", "curl", "request", "pull", "check",
		NULL };
	static const char *const things[] = { "instructions", "commands", "directives",
		"steps", "prompt", "orders", "content", "response", "it", "whatever",
		"returned", "command", "installation", NULL };
	struct str text = k->plain.text, before, after;
	size_t from = off;
	struct sec_host h;

	if (!sec_one_of(str_sub(text, off, len), verbs))
		return;
	while (from && off - from < 240 && text.p[from - 1] != '\n' &&
		!(text.p[from - 1] == '.' && from < text.n &&
			char_is_space(text.p[from])))
		from--;
	before = str_sub(text, from, off - from);
	after = str_sub(sec_rest_of(text, off + len), 0, 60);
	if (str_find(before, STR("://"), 0) == STR_NPOS || !sec_has_word(before, gets) ||
		!sec_has_word(after, things) || sec_find(after, "link") != STR_NPOS)
		return;
	from += str_find(before, STR("://"), 0);
	while (from && char_is_alnum(text.p[from - 1]))
		from--;
	h = sec_host_of(str_sub(text, from, 200));
	if (!sec_host_remote(&h) || h.kind == HOST_KNOWN)
		return;
	found(k, RULE_SEC_REMOTE_ORDERS, from, off + len,
		"the model is told to follow what an address says",
		"whoever answers there gives the orders; put the instructions into the "
		"skill");
}

/* Send the contents of ~/.ssh/id_rsa to https://… */
static void giving_away(struct asking *k, size_t off, size_t len)
{
	static const char *const verbs[] = { "send", "upload", "post", "transmit",
		"exfiltrate", "forward", "submit", NULL };
	static const char *const goods[] = { "environment variables", "ssh key",
		"private key", "contents of ~", "contents of $home", ".env file",
		"contents of .env", "all credentials", "the credentials", "all secrets",
		"shell history", "browser cookies", "saved passwords", "keychain", NULL };
	struct str text = k->plain.text, rest, w, words;
	size_t url;
	struct sec_host h;
	bool secret = false;

	if (!sec_one_of(str_sub(text, off, len), verbs) || !sec_is_order(text, off))
		return;
	rest = sec_rest_of(text, off + len);
	url = str_find(rest, STR("://"), 0);
	if (url == STR_NPOS)
		return;
	words = rest;
	while (!secret && str_split(&words, ' ', &w)) {
		while (w.n && memchr("`'\"(,.;:", w.p[w.n - 1], 8))
			w.n--;
		while (w.n && memchr("`'\"(", w.p[0], 4))
			w = str_from(w, 1);
		secret = sec_is_secret_file(w);
	}
	for (size_t i = 0; goods[i] && !secret; i++)
		secret = sec_find(rest, goods[i]) != STR_NPOS;
	while (url && char_is_alnum(rest.p[url - 1]))
		url--;
	h = sec_host_of(str_from(rest, url));
	if (!secret || !sec_host_remote(&h))
		return;
	while (rest.n && memchr("\"'`)*_ \r", rest.p[rest.n - 1], 7))
		rest.n--;
	found(k, RULE_SEC_LEAK, off, off + len + rest.n,
		"the model is told to send secrets away",
		"no skill needs to send secrets or the whole environment anywhere");
}

/* "]", and no link. */
static bool is_closed(struct str after)
{
	return after.n && after.p[0] == ']' &&
	       (after.n == 1 || !memchr("([:", after.p[1], 3));
}

/* A message that claims to be the system's: [SYSTEM], SYSTEM OVERRIDE, and what
 * separates turns in the text that models see. */
static void spoof(struct asking *k, size_t off, size_t len)
{
	struct str text = k->plain.text, word = str_sub(text, off, len);
	char before = off ? text.p[off - 1] : '\n';
	struct str after = str_sub(text, off + len, 24);
	size_t to = off + len;
	bool hit = false;

	if (sec_is(word, "system") && (before == '[' || before == '<' || before == '|')) {
		hit = (before == '[' && char_is_upper(word.p[1]) &&
			      (is_closed(after) || sec_starts(after, " message]") ||
				      sec_starts(after, " prompt]") ||
				      sec_starts(after, " override]"))) ||
		      (before == '<' && (str_starts(after, STR(">")) ||
						sec_starts(after, "-reminder>") ||
						sec_starts(after, "_prompt>") ||
						sec_starts(after, "-prompt>"))) ||
		      (before == '|' && str_starts(after, STR("|>")));
		off--;
	} else if (str_eq(word, STR("SYSTEM"))) {
		hit = str_starts(after, STR(" OVERRIDE")) ||
		      str_starts(after, STR(" PROMPT OVERRIDE"));
		to += 9;
	} else if (sec_is(word, "im_start") || sec_is(word, "endoftext")) {
		hit = before == '|';
	} else if (str_eq(word, STR("INST"))) {
		hit = before == '[' && str_starts(after, STR("]"));
	}
	if (hit)
		found(k, RULE_SEC_SPOOF, off, to, "a message poses as the system's",
			"text of a skill is the author's; say plainly what is to be "
			"done");
}

static bool ends_here(struct str text, size_t i)
{
	return text.p[i] == '\n' ||
	       (text.p[i] == '.' && (i + 1 == text.n || char_is_space(text.p[i + 1])));
}

static bool names_archive(struct str text)
{
	static const char *const v[] = { ".zip", ".rar", ".7z", ".exe", ".dmg", ".msi",
		"archive", "://", NULL };

	for (size_t i = 0; v[i]; i++)
		if (sec_find(text, v[i]) != STR_NPOS)
			return true;
	return false;
}

/* "password: `x`", "pass `x`": given, not asked for. */
static bool gives_password(struct str text)
{
	static const char *const v[] = { "password", "pass", "passphrase", NULL };

	for (size_t i = 0; v[i]; i++) {
		size_t at = sec_find(text, v[i]), end;

		if (at == STR_NPOS)
			continue;
		for (end = at + strlen(v[i]);
			end < text.n && memchr(" *_:", text.p[end], 4);)
			end++;
		if (end > at + strlen(v[i]) && end < text.n &&
			(memchr("`'\"", text.p[end], 3) || text.p[end - 2] == ':'))
			return true;
	}
	return false;
}

/* "Extract with password: x and run it": what no virus scanner can look into. */
static void locked_archive(struct asking *k, size_t off, size_t len)
{
	static const char *const verbs[] = { "extract", "unzip", NULL };
	static const char *const runs[] = { "run", "execute", "launch", "install", "open",
		"start", "double-click", NULL };
	struct str text = k->plain.text, word = str_sub(text, off, len), near, rest;
	size_t from = off, to = off;
	bool extract = sec_one_of(word, verbs);

	if ((!extract && !sec_is(word, "password")) || sec_about_security(k->s))
		return;
	while (from && off - from < 300 && !ends_here(text, from - 1))
		from--;
	while (to < text.n && to - off < 200 && !ends_here(text, to))
		to++;
	near = str_sub(text, from, to - from);
	rest = str_sub(text, off, to - off);
	/* x.exe (password: y); extract with password: `y`; extract … and run */
	if (!extract ? !gives_password(rest) ||
				!names_archive(str_sub(text, from, off - from))
		     : !gives_password(rest) &&
				(!sec_has_word(rest, runs) || !gives_password(near) ||
					!names_archive(near)))
		return;
	if (extract && !names_archive(near) &&
		sec_find(str_sub(rest, 0, 30), "pass") == STR_NPOS)
		return;
	found(k, RULE_SEC_LOCKED_ARCHIVE, off, off + len + sec_rest_of(text, off + len).n,
		"a program from a locked archive is to be run",
		"the password keeps scanners from looking into it; link to the program "
		"itself");
}

static void ask_word(struct asking *k, size_t off, size_t len)
{
	struct str text = k->plain.text;
	size_t from, end;

	if (sec_order_override(text, off, len, &from, &end))
		override_found(k, from, end);
	else if (sec_order_conceal(text, off, len, &from, &end))
		conceal_found(k, from, end);
	remote_orders(k, off, len);
	giving_away(k, off, len);
	spoof(k, off, len);
	locked_archive(k, off, len);
}

void sec_ask_check(struct sec *s)
{
	struct asking k = { .s = s };
	struct sec_filter *f;

	if (!s->disguised) {
		k.plain.text = s->text;
		for (size_t i = 0; i < s->nhit; i++)
			if (s->hit[i].topic == SEC_ASK)
				ask_word(&k, s->hit[i].off, s->hit[i].len);
		return;
	}
	k.plain = plain_make(s);
	f = arena_new(&s->scratch, struct sec_filter);
	sec_filter_init(f);
	for (size_t i = 0; i < k.plain.text.n; i++) {
		size_t n = sec_word_at(k.plain.text, i);

		if (!n)
			continue;
		if (sec_word_topics(str_sub(k.plain.text, i, n),
			    sec_filter_groups(f, k.plain.text, i, n)) &
			(1u << SEC_ASK))
			ask_word(&k, i, n);
		i += n - 1;
	}
}
