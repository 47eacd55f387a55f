/* security_code.c - programs that run what they fetch or decode, and send away what
 * they find. One statement tells most of it; beyond that, where a variable was set, in
 * the lines above. No flow of data is followed further. */
#include "rules/security.h"

#define LINES_ABOVE 40 /* in which a variable may have been set */

static bool is_name_char(char c)
{
	return char_is_alnum(c) || c == '_';
}

static bool has_call(struct str code, const char *const *calls)
{
	for (; *calls; calls++) {
		size_t at = sec_find(code, *calls);

		if (at != STR_NPOS && (!at || !is_name_char(code.p[at - 1])))
			return true;
	}
	return false;
}

/* Gets something from the network. */
static bool fetches(struct str code)
{
	static const char *const v[] = { "requests.get(", "requests.post(", "urlopen(",
		"httpx.get(", "axios.get(", "fetch(", "http.get(", "https.get(",
		"URI.open(", "file_get_contents(\"http", "file_get_contents('http",
		"got(", "request.get(", NULL };

	return has_call(code, v);
}

/* Makes text of what does not look like it. */
static bool decodes(struct str code)
{
	static const char *const v[] = { "base64.b64decode(", "b64decode(", "atob(",
		"bytes.fromhex(", "fromhex(", "unhexlify(", "String.fromCharCode(",
		"base64.b85decode(", "base64.a85decode(", "base64_decode(",
		"codecs.decode(", "marshal.loads(", "zlib.decompress(",
		"FromBase64String(", "Base64.decode64(", "unescape(", NULL };

	return has_call(code, v) || (sec_find(code, "Buffer.from(") != STR_NPOS &&
					    (sec_find(code, "base64") != STR_NPOS ||
						    sec_find(code, "'hex'") != STR_NPOS));
}

typedef bool source_of(struct str code);

/* Is `name` set in the lines above to what `is` says? */
static bool is_set(struct sec *s, const struct sec_place *p, size_t off, struct str name,
	source_of *is)
{
	struct span line = sec_line_at(s, p, off);

	for (unsigned n = 0; n < LINES_ABOVE && line.off > p->from; n++) {
		struct str t;
		size_t at;

		line = sec_line_at(s, p, line.off - 1);
		t = str_sub(s->text, line.off, line.len);
		at = str_find(t, name, 0);
		if (at == STR_NPOS || (at && is_name_char(t.p[at - 1])))
			continue;
		t = str_trim(str_from(t, at + name.n));
		if (str_starts(t, STR("=")) && !str_starts(t, STR("==")))
			return is(t);
	}
	return false;
}

/* Is it what `is` says, itself or by one of its variables? */
static bool comes_from(struct sec *s, const struct sec_place *p, size_t off,
	struct str code, source_of *is)
{
	if (is(code))
		return true;
	if (p->lang == LANG_SHELL || p->lang == LANG_POWERSHELL)
		return false; /* python3 -c "exec(…)" has no lines above */
	for (size_t i = 0; i < code.n; i++) {
		size_t from = i;

		while (i < code.n && is_name_char(code.p[i]))
			i++;
		if (i > from && !char_is_digit(code.p[from]) &&
			(i == code.n || code.p[i] != '(') &&
			is_set(s, p, off, str_sub(code, from, i - from), is))
			return true;
	}
	return false;
}

static bool is_program_at(const struct sec_place *p)
{
	return (p->zone == ZONE_CODE || p->zone == ZONE_SCRIPT || p->zone == ZONE_SPAN) &&
	       p->lang != LANG_DATA && p->lang != LANG_TEXT;
}

/* The argument in brackets at `off`, in its line. */
static struct str argument(const struct sec *s, struct span line, size_t off)
{
	size_t depth = 0, i = off;

	for (; i < span_end(line); i++) {
		if (s->text.p[i] == '(')
			depth++;
		else if (s->text.p[i] == ')' && !--depth)
			break;
	}
	return str_sub(s->text, off, i - off);
}

/* exec(…), eval(…) of what is fetched or decoded */
void sec_code_check(struct sec *s, const struct sec_hit *h)
{
	static const char *const runs[] = { "exec", "eval", "runInThisContext", NULL };
	struct str word = str_sub(s->text, h->off, h->len), arg;
	size_t open = h->off + h->len;
	struct sec_place p;
	struct span line;
	bool fetched, decoded;
	struct diag *d;

	if (!sec_one_of(word, runs) || open >= s->text.n || s->text.p[open] != '(' ||
		(h->off && memchr(".$>", s->text.p[h->off - 1], 3)))
		return;
	p = sec_place_at(s, h->off);
	if (!is_program_at(&p))
		return;
	line = sec_line_at(s, &p, h->off);
	arg = argument(s, line, open);
	fetched = comes_from(s, &p, h->off, arg, fetches);
	decoded = !fetched && comes_from(s, &p, h->off, arg, decodes);
	if (p.zone != ZONE_SCRIPT && sec_about_security(s))
		return;
	if ((!fetched && !decoded) || sec_mentioned(s, &p, h->off, open + arg.n))
		return;
	if (fetched) {
		d = sec_report(s, RULE_SEC_RUN_UNSAFE, h->off, open + arg.n - h->off,
			"code from the network is run at once");
		sec_note(s, d,
			"whoever answers decides what is run; ship the code with the "
			"skill");
	} else {
		d = sec_report(s, RULE_SEC_RUN_ENCODED, h->off, open + arg.n - h->off,
			"code that is encoded is run");
		sec_note(s, d, "write the code as it is: nobody can review this");
	}
}

/* ---- secrets into the network ---------------------------------------------------------------- */

static bool sends(struct str code)
{
	static const char *const v[] = { "requests.post(", "requests.put(",
		"requests.request(", "httpx.post(", "httpx.put(", "axios.post(",
		"axios.put(", ".sendall(", "http.request(", "https.request(",
		"session.post(", "sendBeacon(", "net.connect(", "Net::HTTP.post",
		"Invoke-RestMethod", "curl_exec(", "smtplib.", NULL };

	if (has_call(code, v) || (sec_find(code, "urlopen(") != STR_NPOS &&
					 sec_find(code, "data=") != STR_NPOS))
		return true;
	return sec_find(code, "fetch(") != STR_NPOS && sec_find(code, "post") != STR_NPOS;
}

/* All of the environment, not one variable of it. */
static bool is_whole_environment(struct sec *s, const struct sec_hit *h)
{
	struct str after = str_sub(s->text, h->off + h->len, 40);
	struct str word = str_sub(s->text, h->off, h->len);

	if (sec_is(word, "process")) {
		if (!str_starts(after, STR(".env")))
			return false;
		after = str_from(after, 4);
	}
	if (!after.n || after.p[0] == '[' || after.p[0] == '?')
		return false;
	return after.p[0] != '.' || str_starts(after, STR(".items("));
}

/* The line of `off`, `above` lines before it and `below` after it. */
static struct str lines_around(struct sec *s, const struct sec_place *p, size_t off,
	unsigned above, unsigned below)
{
	struct span line = sec_line_at(s, p, off);
	size_t from = line.off, end = span_end(line);

	for (unsigned n = 0; n < above && from > p->from; n++)
		from = sec_line_at(s, p, from - 1).off;
	for (unsigned n = 0; n < below && end + 1 < p->to; n++)
		end = span_end(sec_line_at(s, p, end + 1));
	return str_sub(s->text, from, end - from);
}

/* Does the loop over the environment pick what is secret? */
static bool harvests(struct str loop)
{
	static const char *const v[] = { "\"key\"", "'key'", "\"secret\"", "'secret'",
		"\"token\"", "'token'", "\"password\"", "'password'", "sensitive", NULL };

	for (size_t i = 0; v[i]; i++)
		if (sec_find(loop, v[i]) != STR_NPOS)
			return true;
	return false;
}

#define CODE_MAX 200000 /* bytes of a program that are searched */

static bool sends_anywhere(struct sec *s, const struct sec_place *p)
{
	if (!s->sends_known || s->sends_from != p->from) {
		s->sends_known = true;
		s->sends_from = p->from;
		s->sends = sends(
			str_sub(str_sub(s->text, p->from, p->to - p->from), 0, CODE_MAX));
	}
	return s->sends;
}

/* The string literal that the hit is in, without quotes. */
static struct str quoted_word(const struct sec *s, struct span line, size_t off)
{
	size_t from = off, to = off;

	while (from > line.off && !memchr("\"'`", s->text.p[from - 1], 3))
		from--;
	while (to < span_end(line) && !memchr("\"'`", s->text.p[to], 3))
		to++;
	return str_sub(s->text, from, to - from);
}

static bool reads_file(struct str near)
{
	static const char *const v[] = { "open(", "read_text(", "readFile(",
		"readFileSync(", "read_bytes(", "File.read(", "file_get_contents(",
		"expanduser(", "homedir(", "Path.home(", "ReadFile(",
		"read_file_content(", NULL };

	for (size_t i = 0; v[i]; i++)
		if (sec_find(near, v[i]) != STR_NPOS)
			return true;
	return false;
}

static void report_flow(struct sec *s, const struct sec_place *p, const struct sec_hit *h,
	struct str what)
{
	struct diag *d;

	if (sec_mentioned(s, p, h->off, h->off + h->len))
		return;
	d = sec_report(s, RULE_SEC_LEAK, h->off, h->len,
		"the program reads %.*s and sends data away", STR_ARG(what));
	sec_note(
		s, d, "no skill needs to send secrets or the whole environment anywhere");
}

void sec_leak_code(struct sec *s, const struct sec_hit *h)
{
	static const char *const env[] = { "environ", "process", NULL };
	struct str word = str_sub(s->text, h->off, h->len), near, file;
	struct sec_place p;

	if (sec_one_of(word, env) && !is_whole_environment(s, h))
		return;
	p = sec_place_at(s, h->off);
	if (!is_program_at(&p) || p.zone == ZONE_SPAN)
		return;
	if (sec_one_of(word, env)) {
		bool picks =
			str_starts(str_from(s->text, h->off + h->len), STR(".items(")) &&
			harvests(lines_around(s, &p, h->off, 0, 3)) &&
			!sec_about_security(s) && sends_anywhere(s, &p);
		struct span line = sec_line_at(s, &p, h->off);

		if (picks || sends(str_sub(s->text, line.off, line.len)))
			report_flow(s, &p, h, STR("the environment"));
		return;
	}
	near = lines_around(s, &p, h->off, 2, 2);
	file = quoted_word(s, sec_line_at(s, &p, h->off), h->off);
	if (!sec_is_secret_file(file) || sec_about_security(s) || !reads_file(near) ||
		!sends_anywhere(s, &p))
		return;
	report_flow(
		s, &p, h, str_fmt(&s->scratch, "'%.*s'", STR_ARG(sec_show(s, file, 60))));
}
