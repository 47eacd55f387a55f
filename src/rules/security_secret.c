/* security_secret.c - credentials: by the form that each service gives them, by the
 * variable that they are assigned to, and in addresses.
 *
 * Documentation is full of things that look like keys. What is named as an example,
 * counts up, repeats itself or has too few different characters is none. */
#include "rules/security.h"

/* ---- what is no secret ------------------------------------------------------------------------- */

/* Logarithm to base 2 in 256ths, of 1 to 65535. */
static unsigned log2_256(unsigned x)
{
	unsigned whole = 0, part = 0;
	uint64_t y = (uint64_t)x << 16; /* 16 bits behind the point */

	for (; y >= UINT64_C(2) << 16; y >>= 1)
		whole++;
	for (unsigned bit = 128; bit; bit >>= 1) {
		y = y * y >> 16;
		if (y >= UINT64_C(2) << 16) {
			part += bit;
			y >>= 1;
		}
	}
	return whole * 256 + part;
}

/* Bits per character, in 256ths. */
static unsigned entropy(struct str s)
{
	unsigned count[256] = { 0 };
	uint64_t sum = 0;

	s = str_sub(s, 0, 60000);
	if (!s.n)
		return 0;
	for (size_t i = 0; i < s.n; i++)
		count[(unsigned char)s.p[i]]++;
	for (size_t c = 0; c < 256; c++)
		if (count[c])
			sum += (uint64_t)count[c] * log2_256(count[c]);
	return log2_256((unsigned)s.n) - (unsigned)(sum / s.n);
}

#define BITS(x) ((unsigned)((x)*256))

/* "123456", "abcdef", "xxxxxx", with `apart` 2 also "A1B2C3": up, down or alike. */
static bool counts_up(struct str s, size_t apart)
{
	size_t run[3] = { 0, 0, 0 };

	for (size_t i = apart; i < s.n; i += apart) {
		int step = s.p[i] - s.p[i - apart];

		for (int k = 0; k < 3; k++) {
			run[k] = step == k - 1 ? run[k] + 1 : 0;
			if (run[k] >= (k == 1 ? 3u : 5u))
				return true;
		}
	}
	return false;
}

static bool has_sequence(struct str s)
{
	return counts_up(s, 1) || counts_up(s, 2) || counts_up(str_from(s, 1), 2);
}

static bool is_placeholder(struct str s)
{
	static const char *const v[] = { "example", "sample", "placeholder", "your",
		"dummy", "fake", "xxx", "changeme", "change_me", "change-me", "redacted",
		"secret", "password", "token", "insert", "replace", "todo", "here",
		"0000", "1234", "abcd", "test", "demo", "mock", "foobar", "deadbeef",
		"cafebabe", "qwerty", "honey", "canary", "h0n3y", "...", "***", "invalid",
		"notreal", "not-real", "not_real", NULL };

	for (size_t i = 0; v[i]; i++)
		if (sec_find(s, v[i]) != STR_NPOS)
			return true;
	return has_sequence(s);
}

/* Keys of vendors' own documentation, which everybody copies. */
static bool is_published(struct str s)
{
	static const char *const v[] = { "4eC39HqLyjWDarjtT1zdp7dc",
		"BQokikJOvBiI2HlWgH4olfQ2", "wJalrXUtnFEMI/K7MDENG",
		"je7MtGbClwBF/2Zp9Utk/h3yCo8nvb", "AKIAI44QH8DHB", "AKIAIOSFODNN7",
		"51H7", "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
		"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "tGzv3JOkF0XG5Qx2TlKWIA",
		"mF_9.B5f-4.1JqM", "2YotnFZFEjr1zCsicMWpAA",
		"czZCaGRSa3F0MzpnWDFmQmF0M2JW", NULL };

	for (size_t i = 0; v[i]; i++)
		if (str_find(s, str_c(v[i]), 0) != STR_NPOS)
			return true;
	return false;
}

/* ---- by form ------------------------------------------------------------------------------------ */

enum charset {
	SET_ALNUM = 1, /* letters and digits */
	SET_DASH = 2, /* and - and _ */
	SET_HEX = 4,
	SET_DOT = 8, /* and . */
	SET_UPPER = 16, /* capitals and digits */
	SET_SLASH = 32 /* and + / */
};

static const struct form {
	const char *start; /* case counts */
	const char *whose;
	uint16_t min, max; /* characters after it */
	unsigned set;
} forms[] = {
	{ "AKIA", "AWS access key", 16, 16, SET_UPPER },
	{ "ASIA", "AWS access key", 16, 16, SET_UPPER },
	{ "ABIA", "AWS access key", 16, 16, SET_UPPER },
	{ "ACCA", "AWS access key", 16, 16, SET_UPPER },
	{ "AGE-SECRET-KEY-1", "age key", 58, 58, SET_UPPER },
	{ "AIza", "Google API key", 35, 35, SET_ALNUM | SET_DASH },
	{ "GOCSPX-", "Google OAuth secret", 28, 28, SET_ALNUM | SET_DASH },
	{ "NRAK-", "New Relic key", 27, 27, SET_UPPER },
	{ "PMAK-", "Postman key", 59, 59, SET_ALNUM | SET_DASH },
	{ "SG.", "SendGrid key", 60, 70, SET_ALNUM | SET_DASH | SET_DOT },
	{ "dapi", "Databricks token", 32, 34, SET_HEX | SET_DASH },
	{ "dckr_pat_", "Docker token", 20, 40, SET_ALNUM | SET_DASH },
	{ "dop_v1_", "DigitalOcean token", 64, 64, SET_HEX },
	{ "figd_", "Figma token", 38, 60, SET_ALNUM | SET_DASH },
	{ "gho_", "GitHub token", 36, 255, SET_ALNUM },
	{ "ghp_", "GitHub token", 36, 255, SET_ALNUM },
	{ "ghr_", "GitHub token", 36, 255, SET_ALNUM },
	{ "ghs_", "GitHub token", 36, 255, SET_ALNUM },
	{ "ghu_", "GitHub token", 36, 255, SET_ALNUM },
	{ "github_pat_", "GitHub token", 50, 255, SET_ALNUM | SET_DASH },
	{ "gldt-", "GitLab token", 20, 64, SET_ALNUM | SET_DASH },
	{ "glpat-", "GitLab token", 20, 64, SET_ALNUM | SET_DASH },
	{ "glptt-", "GitLab token", 20, 64, SET_ALNUM | SET_DASH },
	{ "glrt-", "GitLab token", 20, 64, SET_ALNUM | SET_DASH },
	{ "glsa_", "Grafana token", 32, 60, SET_ALNUM | SET_DASH },
	{ "gsk_", "Groq key", 40, 60, SET_ALNUM },
	{ "hf_", "Hugging Face token", 34, 40, SET_ALNUM },
	{ "hvs.", "Vault token", 24, 130, SET_ALNUM | SET_DASH },
	{ "lin_api_", "Linear key", 40, 40, SET_ALNUM },
	{ "npm_", "npm token", 36, 36, SET_ALNUM },
	{ "ntn_", "Notion token", 40, 60, SET_ALNUM },
	{ "pplx-", "Perplexity key", 40, 60, SET_ALNUM },
	{ "pypi-AgEI", "PyPI token", 50, 255, SET_ALNUM | SET_DASH },
	{ "r8_", "Replicate token", 37, 40, SET_ALNUM },
	{ "rk_live_", "Stripe key", 20, 120, SET_ALNUM },
	{ "rk_test_", "Stripe key", 20, 120, SET_ALNUM },
	{ "rubygems_", "RubyGems key", 48, 48, SET_HEX },
	{ "sbp_", "Supabase token", 40, 40, SET_HEX },
	{ "shpat_", "Shopify token", 32, 32, SET_HEX },
	{ "sk-ant-", "Anthropic key", 32, 130, SET_ALNUM | SET_DASH },
	{ "sk-proj-", "OpenAI key", 40, 200, SET_ALNUM | SET_DASH },
	{ "sk-svcacct-", "OpenAI key", 40, 200, SET_ALNUM | SET_DASH },
	{ "sk-admin-", "OpenAI key", 40, 200, SET_ALNUM | SET_DASH },
	{ "sk-or-v1-", "OpenRouter key", 64, 64, SET_HEX },
	{ "sk-", "API key", 32, 64, SET_ALNUM },
	{ "sk_live_", "Stripe key", 20, 120, SET_ALNUM },
	{ "sk_test_", "Stripe key", 20, 120, SET_ALNUM },
	{ "sntrys_", "Sentry token", 60, 255, SET_ALNUM | SET_DASH | SET_SLASH },
	{ "tskey-", "Tailscale key", 20, 80, SET_ALNUM | SET_DASH },
	{ "whsec_", "webhook secret", 32, 64, SET_ALNUM | SET_SLASH },
	{ "xai-", "xAI key", 70, 90, SET_ALNUM },
	{ "xapp-", "Slack token", 40, 130, SET_ALNUM | SET_DASH },
	{ "xoxa-", "Slack token", 30, 130, SET_ALNUM | SET_DASH },
	{ "xoxb-", "Slack token", 30, 130, SET_ALNUM | SET_DASH },
	{ "xoxe-", "Slack token", 30, 180, SET_ALNUM | SET_DASH },
	{ "xoxp-", "Slack token", 30, 130, SET_ALNUM | SET_DASH },
	{ "xoxr-", "Slack token", 30, 130, SET_ALNUM | SET_DASH },
	{ "xoxs-", "Slack token", 30, 130, SET_ALNUM | SET_DASH },
	{ "hooks.slack.com/services/", "Slack webhook", 40, 50, SET_ALNUM | SET_SLASH },
	{ "webhooks/", "Discord webhook", 80, 100, SET_ALNUM | SET_DASH | SET_SLASH },
};

static bool is_in(char c, unsigned set)
{
	if (char_is_digit(c))
		return true;
	if (set & SET_HEX && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
		return true;
	if (char_is_upper(c))
		return set & (SET_ALNUM | SET_UPPER);
	if (char_is_lower(c))
		return set & SET_ALNUM;
	return (set & SET_DASH && (c == '-' || c == '_')) ||
	       (set & SET_DOT && c == '.') || (set & SET_SLASH && (c == '/' || c == '+'));
}

static size_t secret_length(struct str text, size_t off, unsigned set)
{
	size_t i = off;

	while (i < text.n && is_in(text.p[i], set))
		i++;
	return i - off;
}

/* Tells what it is and how to be rid of it, but never what it says. */
static void report_secret(
	struct sec *s, enum rule r, size_t off, size_t len, struct str what)
{
	struct diag *d = sec_report(s, r, off, len, "%.*s in the text", STR_ARG(what));

	sec_note(s, d,
		"whoever has the skill has it: revoke it, then let the user set a "
		"variable");
}

static bool has_digit_and_letter(struct str s)
{
	bool digit = false, letter = false;

	for (size_t i = 0; i < s.n; i++) {
		digit |= char_is_digit(s.p[i]);
		letter |= char_is_lower(s.p[i]) || char_is_upper(s.p[i]);
	}
	return digit && letter;
}

static bool is_form(struct sec *s, const struct sec_hit *h, const struct form *f)
{
	struct str text = s->text, start = str_c(f->start), rest;
	size_t len;

	if (!str_starts(str_from(text, h->off), start) ||
		(h->off && char_is_alnum(text.p[h->off - 1])))
		return false;
	len = secret_length(text, h->off + start.n, f->set);
	rest = str_sub(text, h->off + start.n, len);
	if (len < f->min || len > f->max || !has_digit_and_letter(rest) ||
		entropy(rest) < (f->set & SET_HEX ? BITS(2.8) : BITS(3)))
		return false;
	if (f->set & SET_DOT && str_find_char(rest, '.', 0) == STR_NPOS)
		return false;
	return !is_placeholder(rest) && !is_published(rest) &&
	       !is_published(str_sub(text, h->off, start.n + len));
}

/* ---- private keys ------------------------------------------------------------------------------- */

/* "-----BEGIN … PRIVATE KEY-----": after it, or STR_NPOS. A regular expression for it
 * has other signs. */
static size_t key_header(struct str text, size_t off)
{
	struct str line = str_sub(text, off, 60);
	size_t label = str_find(line, STR("PRIVATE KEY"), 0), at;

	if (off < 5 || memcmp(text.p + off - 5, "-----", 5) != 0 || label == STR_NPOS)
		return STR_NPOS;
	for (size_t i = 0; i < label; i++)
		if (!char_is_upper(line.p[i]) && line.p[i] != ' ')
			return STR_NPOS;
	at = label + 11;
	if (str_starts(str_from(line, at), STR(" BLOCK")))
		at += 6;
	return str_starts(str_from(line, at), STR("-----")) ? off + at + 5 : STR_NPOS;
}

#define KEY_BODY_MIN 80 /* characters; the shortest keys have more */

/* With a body of a key's length, and of its randomness. */
static void private_key(struct sec *s, const struct sec_hit *h)
{
	size_t from = key_header(s->text, h->off), digits = 0;
	struct str body;

	if (from == STR_NPOS)
		return;
	body = str_sub(s->text, from, 600);
	body = str_sub(body, 0, str_find(body, STR("-----END"), 0));
	if (str_find(body, STR("..."), 0) != STR_NPOS ||
		str_find(body, STR("…"), 0) != STR_NPOS ||
		sec_find(body, "your") != STR_NPOS ||
		sec_find(body, "example") != STR_NPOS)
		return;
	for (size_t i = 0; i < body.n; i++) {
		char c = body.p[i];

		if (char_is_alnum(c) || c == '+' || c == '/')
			digits++;
		else if (!memchr("\r\n =\\\"'>", c, 8) && digits < KEY_BODY_MIN)
			return;
	}
	if (digits < KEY_BODY_MIN || entropy(body) < BITS(4.5))
		return;
	report_secret(s, RULE_SEC_PRIVATE_KEY, h->off - 5, from - h->off + 5,
		STR("private key"));
}

/* ---- tokens of JSON --------------------------------------------------------------------------------- */

static void web_token(struct sec *s, const struct sec_hit *h)
{
	struct str text = s->text, part[3], head, claims;
	size_t at = h->off;

	for (unsigned i = 0; i < 3; i++) {
		size_t n = secret_length(text, at, SET_ALNUM | SET_DASH);

		part[i] = str_sub(text, at, n);
		at += n;
		if (i < 2 && (at >= text.n || text.p[at++] != '.'))
			return;
	}
	if (part[2].n < 20 || part[1].n < 20 ||
		!sec_decode_base64(part[0], &s->scratch, &head) ||
		!sec_decode_base64(part[1], &s->scratch, &claims) ||
		sec_find(head, "\"alg\"") == STR_NPOS || is_published(part[2]) ||
		has_sequence(part[2]))
		return;
	if (sec_find(claims, "1234567890") != STR_NPOS ||
		sec_find(claims, "john") != STR_NPOS ||
		sec_find(claims, "supabase-demo") != STR_NPOS ||
		sec_find(claims, "example") != STR_NPOS ||
		sec_find(claims, "test") != STR_NPOS)
		return;
	report_secret(
		s, RULE_SEC_SECRET_LIKELY, h->off, at - h->off, STR("JSON web token"));
}

void sec_secret_token(struct sec *s, const struct sec_hit *h)
{
	struct str word = str_sub(s->text, h->off, h->len);
	struct sec_place p;

	if (sec_is(word, "begin")) {
		private_key(s, h);
		return;
	}
	if (str_starts(word, STR("eyJ"))) {
		web_token(s, h);
		return;
	}
	for (size_t i = 0; i < COUNTOF(forms); i++) {
		size_t start;

		if (!is_form(s, h, &forms[i]))
			continue;
		start = strlen(forms[i].start);
		p = sec_place_at(s, h->off);
		if (sec_quoted(s, &p, h->off, h->off + h->len) && p.zone == ZONE_PROSE &&
			sec_mentioned(s, &p, h->off, h->off + h->len))
			return;
		report_secret(s, RULE_SEC_SECRET, h->off,
			start + secret_length(s->text, h->off + start, forms[i].set),
			str_c(forms[i].whose));
		return;
	}
}

/* ---- what is assigned ----------------------------------------------------------------------------- */

static bool is_value_char(char c)
{
	return char_is_alnum(c) || memchr("+/=_-.~!@#%^&*", c, 14);
}

/* The name that the value at `off` is assigned to: password = "…", "token": "…". */
static struct str assigned_name(const struct sec *s, size_t off)
{
	const char *p = s->text.p;
	size_t to, from;
	bool sign = false;

	if (off && memchr("\"'`", p[off - 1], 3))
		off--;
	while (off && memchr(" =:>", p[off - 1], 4)) {
		off--;
		sign |= p[off] == '=' || p[off] == ':';
	}
	if (off && memchr("\"'`", p[off - 1], 3))
		off--;
	to = from = off;
	while (from && (char_is_alnum(p[from - 1]) || memchr("_-", p[from - 1], 2)))
		from--;
	return sign ? str_sub(s->text, from, to - from) : STR_NONE;
}

static bool names_a_secret(struct str name)
{
	static const char *const v[] = { "password", "passwd", "pwd", "secret", "api_key",
		"apikey", "api-key", "access_key", "accesskey", "access_token",
		"accesstoken", "auth_token", "authtoken", "private_key", "client_secret",
		"clientsecret", "bearer", "token", "credential", NULL };
	static const char *const public[] = { "public", "publishable", "hash", "_id",
		"id_", "count", "max", "limit", "name", "url", "type", "path", "file",
		"arn", "budget", "csrf", "page", "next", "cursor", "sha", "pad", "unk",
		"eos", "special", "vocab", NULL };

	for (size_t i = 0; public[i]; i++)
		if (sec_find(name, public[i]) != STR_NPOS)
			return false;
	for (size_t i = 0; v[i]; i++)
		if (sec_find(name, v[i]) != STR_NPOS)
			return true;
	return false;
}

static bool is_base58(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!char_is_alnum(s.p[i]) || memchr("0OIl", s.p[i], 4))
			return false;
	return s.n >= 32 && s.n <= 44;
}

static bool is_hex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_in(s.p[i], SET_HEX))
			return false;
	return true;
}

/* A token that one trades: its contract's address. */
static bool is_contract(struct str name, struct str value)
{
	static const char *const v[] = { "access", "auth", "api", "bearer", "secret",
		"refresh", "bot", "session", "key", "password", NULL };
	bool hex = str_starts(value, STR("0x"));

	if (hex && (value.n == 42 || !is_hex(str_from(value, 2))))
		return true;
	for (size_t i = 0; v[i]; i++)
		if (sec_find(name, v[i]) != STR_NPOS)
			return false;
	return is_base58(value);
}

#define ASSIGNED_MIN 16
#define ASSIGNED_MAX 200

/* Does a credential of a known form begin in [from, to)? Then it was reported by that,
 * or is none. */
static bool has_form(const struct sec *s, size_t from, size_t to)
{
	size_t low = 0, high = s->nhit;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->hit[mid].off < from)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < s->nhit && s->hit[low].off < to; low++)
		if (s->hit[low].topic == SEC_TOKEN)
			return true;
	return false;
}

void sec_secret_value(struct sec *s, const struct sec_hit *h)
{
	size_t from = h->off, to = h->off;
	struct str value, name;

	while (to < s->text.n && to - from <= ASSIGNED_MAX &&
		is_value_char(s->text.p[to]))
		to++;
	value = str_sub(s->text, from, to - from);
	if (value.n < ASSIGNED_MIN || value.n > ASSIGNED_MAX ||
		!has_digit_and_letter(value))
		return;
	if (!from || !memchr("\"'`", s->text.p[from - 1], 3) || to >= s->text.n ||
		s->text.p[to] != s->text.p[from - 1])
		return; /* quoted, as a program has it: else it is an expression */
	name = assigned_name(s, from);
	if (!name.n || !names_a_secret(name))
		return;
	if (is_contract(name, value) || entropy(value) < BITS(3.5) ||
		is_placeholder(value) || is_published(value))
		return;
	if (has_form(s, from, to))
		return;
	report_secret(s, RULE_SEC_SECRET_LIKELY, from, to - from,
		STR("what looks like a secret"));
}

/* ---- addresses ------------------------------------------------------------------------------------- */

/* scheme://user:password@host */
void sec_secret_address(struct sec *s, const struct sec_hit *h)
{
	struct str text = s->text, rest = str_sub(text, h->off + h->len, 300), pass;
	size_t end = 0, colon, at;
	struct sec_host host;

	if (!str_starts(rest, STR("://")))
		return;
	rest = str_from(rest, 3);
	while (end < rest.n && !memchr("/?# \t\r\n\"'`<>)", rest.p[end], 13))
		end++;
	rest = str_sub(rest, 0, end);
	at = str_find_char(rest, '@', 0);
	colon = str_find_char(rest, ':', 0);
	if (at == STR_NPOS || colon == STR_NPOS || colon > at)
		return;
	pass = str_sub(rest, colon + 1, at - colon - 1);
	host = sec_host_of(str_sub(text, h->off, h->len + 3 + end));
	if (pass.n < 8 || memchr(pass.p, '$', pass.n) || memchr(pass.p, '{', pass.n) ||
		!has_digit_and_letter(pass) || entropy(pass) < BITS(3) ||
		is_placeholder(pass) || host.kind == HOST_LOCAL ||
		host.kind == HOST_EXAMPLE || host.kind == HOST_OPEN)
		return;
	report_secret(s, RULE_SEC_SECRET_LIKELY, h->off + h->len + 3 + colon + 1, pass.n,
		STR("password of an address"));
}
