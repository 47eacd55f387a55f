/* security_payload.c - commands that are encoded: what is decoded and run, and what
 * only waits for it. */
#include "rules/security.h"

/* ---- lines ------------------------------------------------------------------------------------- */

/* An argument of the line that is base64 or hexadecimal: what it says. */
static struct str spelled(struct sec *s, const struct sec_line *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct str w, out;

		if (l->tok[i].kind != TOK_WORD)
			continue;
		w = sec_tok_text(l, i);
		if (w.n < 12 || w.p[0] == '-' || memchr(w.p, '.', w.n))
			continue;
		if (sec_decode_hex(w, &s->scratch, &out) ||
			sec_decode_base64(w, &s->scratch, &out))
			return out;
	}
	return STR_NONE;
}

static void report_line(struct sec_cmdline *c, size_t from, size_t to)
{
	struct sec *s = c->s;
	struct str says = spelled(s, &c->line);
	struct diag *d;

	if (sec_mentioned(s, &c->place, from, to))
		return;
	if (sec_about_security(s) && c->place.zone != ZONE_SCRIPT && !says.n)
		return;
	d = sec_report(s, RULE_SEC_RUN_ENCODED, from, to - from,
		"a command that is encoded is run");
	if (says.n)
		sec_note(s, d, "it says: %.*s", STR_ARG(sec_show(s, says, 200)));
	sec_note(s, d, "write the command as it is: nobody can review this");
}

/* powershell -enc …; the option may be cut short anywhere. */
static bool is_encoded_powershell(const struct sec_line *l, size_t head)
{
	static const struct str option = STR_INIT("-encodedcommand");
	size_t end = sec_cmd_end(l, head), i = head;
	struct str name = sec_cmd_name(l, head);

	if (!sec_is(name, "powershell") && !sec_is(name, "pwsh"))
		return false;
	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX) {
		struct str w = sec_tok_text(l, i);
		size_t next = sec_cmd_arg(l, i, end);

		if (w.n > 1 && str_eq_nocase(w, str_sub(option, 0, w.n)) &&
			next != SIZE_MAX && sec_tok_text(l, next).n > 16)
			return true;
	}
	return false;
}

void sec_payload_line(struct sec_cmdline *c)
{
	const struct sec_line *l = &c->line;

	if (c->place.zone == ZONE_PROSE)
		return;
	for (size_t i = 0; i < l->n; i++) {
		size_t open, head;
		bool decoded;

		if (!l->tok[i].head)
			continue;
		if (is_encoded_powershell(l, i)) {
			report_line(c, l->tok[i].off, l->tok[sec_cmd_end(l, i) - 1].end);
			return;
		}
		if (!sec_cmd_decodes(l, i))
			continue;
		head = sec_cmd_pipe_runner(l, i, &decoded);
		if (head != SIZE_MAX) {
			report_line(c, l->tok[0].off, l->tok[head].end);
			return;
		}
		head = sec_cmd_sub_runner(l, i, &open);
		if (head != SIZE_MAX) {
			report_line(c, l->tok[head].off, sec_sub_end(l, open));
			return;
		}
	}
}

/* ---- programs ------------------------------------------------------------------------------------ */

/* Where a call begins whose argument is what stands at the end of `before`: between
 * them are names and brackets that open. */
static size_t call_around(struct str before)
{
	static const char *const runs[] = { "os.system(", "os.popen(", "subprocess.run(",
		"subprocess.call(", "subprocess.Popen(", "Function(", "compile(",
		"execSync(", "setTimeout(", NULL };

	for (size_t i = 0; runs[i]; i++) {
		size_t at = str_find(before, str_c(runs[i]), 0), k;

		if (at == STR_NPOS)
			continue;
		k = at + strlen(runs[i]);
		while (k < before.n &&
			(char_is_alnum(before.p[k]) || memchr("_.([ ", before.p[k], 5)))
			k++;
		if (k == before.n)
			return at;
	}
	return STR_NPOS;
}

/* os.system(base64.b64decode(…)), new Function(atob(…)): what security_code.c does not
 * see, since the word that runs it is too common to look for. */
void sec_payload_code(struct sec *s, const struct sec_hit *h)
{
	static const char *const words[] = { "atob", "b64decode", "fromhex", "unhexlify",
		NULL };
	struct str word = str_sub(s->text, h->off, h->len);
	struct sec_place p;
	struct span line;
	struct diag *d;
	size_t at;

	if (!sec_one_of(word, words))
		return;
	p = sec_place_at(s, h->off);
	if ((p.zone != ZONE_CODE && p.zone != ZONE_SCRIPT) || p.lang == LANG_DATA ||
		p.lang == LANG_TEXT)
		return;
	line = sec_line_at(s, &p, h->off);
	at = call_around(str_sub(s->text, line.off, h->off - line.off));
	if (at == STR_NPOS || (p.zone != ZONE_SCRIPT && sec_about_security(s)) ||
		sec_mentioned(s, &p, line.off + at, h->off + h->len))
		return;
	d = sec_report(s, RULE_SEC_RUN_ENCODED, line.off + at,
		h->off + h->len - line.off - at, "code that is encoded is run");
	sec_note(s, d, "write the code as it is: nobody can review this");
}

/* ---- what only lies there ------------------------------------------------------------------------- */

/* Is the decoded text a command, or an instruction? */
static bool is_command(struct str text)
{
	static const char *const v[] = { "curl ", "wget ", "bash -", "/bin/sh",
		"/bin/bash", "sh -c", "powershell", "invoke-", "iex ", "eval(", "exec(",
		"os.system", "subprocess", "child_process", "import os", "rm -rf",
		"/dev/tcp/", "nc -", "chmod +x", "base64 -d", NULL };

	for (size_t i = 0; v[i]; i++)
		if (sec_find(text, v[i]) != STR_NPOS)
			return true;
	return sec_ask_of(text) != ASK_NONE;
}

#define RUN_MAX 4000 /* bytes of encoded text that are decoded */

/* The run with what else belongs to base64 on both sides. */
static struct span widen(const struct sec *s, const struct sec_hit *h)
{
	size_t from = h->off, to = h->off + h->len;

	while (from && h->off - from < RUN_MAX &&
		(char_is_alnum(s->text.p[from - 1]) ||
			memchr("+/", s->text.p[from - 1], 2)))
		from--;
	while (to < s->text.n && to - h->off < RUN_MAX &&
		(char_is_alnum(s->text.p[to]) || memchr("+/=_-", s->text.p[to], 5)))
		to++;
	return rule_span(s->f, from, to - from);
}

void sec_payload_run(struct sec *s, const struct sec_hit *h)
{
	struct sec_place p;
	struct str run, says;
	struct diag *d;
	struct span x;

	if (h->off < s->run_end)
		return;
	x = widen(s, h);
	s->run_end = span_end(x);
	run = str_sub(s->text, x.off, x.len);
	if (!sec_decode_hex(run, &s->scratch, &says) &&
		!sec_decode_base64(run, &s->scratch, &says))
		return;
	if (!is_command(says))
		return;
	p = sec_place_at(s, x.off);
	if (sec_mentioned(s, &p, x.off, span_end(x)) || sec_about_security(s))
		return;
	d = sec_report(
		s, RULE_SEC_ENCODED, x.off, x.len, "a command is hidden in encoded text");
	sec_note(s, d, "it says: %.*s", STR_ARG(sec_show(s, says, 200)));
}
