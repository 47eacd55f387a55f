/* security_fetch.c - from the network into an interpreter: pipes, substitutions,
 * programs that are downloaded and then run, packages from an address. */
#include "rules/security.h"

#include "rune/path.h"

static bool is_fetcher(struct str name)
{
	static const char *const v[] = { "curl", "wget", "aria2c", "irm", "iwr", "wget2",
		"certutil", "bitsadmin", "Invoke-WebRequest", "Invoke-RestMethod", NULL };

	return sec_one_of(name, v);
}

/* ---- what is fetched, and into what ---------------------------------------------------------- */

struct fetch {
	struct sec_cmdline *c;
	size_t head; /* of the command */
	struct sec_host host;
	size_t from, to; /* bytes of the whole construct */
	bool decoded; /* through base64 or the like */
	bool unchecked; /* without TLS, or any certificate will do */
};

/* The address among the command's arguments. */
static struct sec_host address_of(const struct sec_line *l, size_t head)
{
	size_t end = sec_cmd_end(l, head), i = head;
	struct sec_host h = { .kind = HOST_NONE };

	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX) {
		struct str w = sec_tok_text(l, i);

		if (str_starts(w, STR("-")) && str_find(w, STR("://"), 0) == STR_NPOS)
			continue;
		h = sec_host_of(w);
		if (h.kind != HOST_NONE)
			return h;
		if (w.n > 1 && w.p[0] == '$')
			h.kind = HOST_OPEN; /* unless another is better */
	}
	return h;
}

static bool is_unchecked(const struct sec_line *l, size_t head, const struct sec_host *h)
{
	struct str name = sec_cmd_name(l, head);

	if (h->kind == HOST_LOCAL || h->kind == HOST_OPEN)
		return false;
	if (!h->secure)
		return true;
	if (sec_is(name, "curl"))
		return sec_cmd_option(l, head, "k", "--insecure") != SIZE_MAX;
	return sec_cmd_option(l, head, NULL, "--no-check-certificate") != SIZE_MAX ||
	       sec_cmd_option(l, head, NULL, "-SkipCertificateCheck") != SIZE_MAX;
}

/* Down the pipe, or as the program of a command around it. */
static bool is_run(struct fetch *f)
{
	const struct sec_line *l = &f->c->line;
	size_t open, head = sec_cmd_pipe_runner(l, f->head, &f->decoded);

	if (head != SIZE_MAX) {
		f->to = l->tok[head].end;
		return true;
	}
	head = sec_cmd_sub_runner(l, f->head, &open);
	if (head == SIZE_MAX)
		return false;
	f->from = l->tok[head].off;
	f->to = sec_sub_end(l, open);
	return true;
}

/* ---- reporting ---------------------------------------------------------------------------------- */

static const char *why_unsafe(const struct fetch *f)
{
	if (f->decoded)
		return "it is decoded on the way, so that nobody can read it";
	if (f->unchecked && !f->host.secure && f->host.scheme.n)
		return "without TLS, anybody on the way can change what is run";
	switch (f->host.kind) {
	case HOST_SHADY: return "anybody can put anything at that address, or change it";
	case HOST_NUMBER: return "an address in figures says nothing of whose it is";
	case HOST_NONE:
	case HOST_OPEN:
	case HOST_LOCAL:
	case HOST_EXAMPLE:
	case HOST_KNOWN:
	case HOST_OTHER: break;
	}
	return f->unchecked ? "without TLS, anybody on the way can change what is run"
			    : NULL;
}

static bool speaks(const struct fetch *f)
{
	return sec_mentioned(f->c->s, &f->c->place, f->from, f->to);
}

/* A code span in prose that names nobody's host shows how it is done, unless it is said
 * to be done. */
static bool is_ordered(const struct fetch *f)
{
	static const char *const orders[] = { "run", "execute", "paste", "type", "enter",
		"use", "install", NULL };
	const struct sec_place *p = &f->c->place;
	struct str sentence = sec_sentence(f->c->s, p, f->from);
	size_t before = (size_t)(f->c->s->text.p + f->from - sentence.p);

	return (p->zone != ZONE_SPAN && p->zone != ZONE_PROSE) ||
	       sec_has_word(str_sub(sentence, 0, before), orders);
}

static void report_run(struct fetch *f)
{
	struct sec *s = f->c->s;
	const char *why = why_unsafe(f);
	struct str host = sec_show(s, f->host.name, 60);
	struct diag *d;

	if (f->host.kind == HOST_KNOWN || f->host.kind == HOST_LOCAL)
		return;
	if (f->host.kind == HOST_OPEN && (!why || !f->decoded) &&
		f->c->place.zone != ZONE_SCRIPT)
		return;
	if (speaks(f))
		return;
	if (f->host.kind == HOST_EXAMPLE && !is_ordered(f))
		return;
	if (!why && sec_about_security(s) && f->c->place.zone != ZONE_SCRIPT)
		return;
	if (!host.n)
		host = STR("an address that varies");
	if (why) {
		d = sec_report(s, RULE_SEC_RUN_UNSAFE, f->from, f->to - f->from,
			"what '%.*s' sends is run at once", STR_ARG(host));
		sec_note(s, d, "%s", why);
	} else {
		d = sec_report(s, RULE_SEC_RUN_REMOTE, f->from, f->to - f->from,
			"what '%.*s' sends is run at once", STR_ARG(host));
	}
	sec_note(s, d,
		"download it to a file, check it against a known hash, and let the user "
		"read it first");
}

/* ---- download, then run -------------------------------------------------------------------------- */

/* The file that a download is written to; empty: to standard output. */
static struct str output_of(const struct sec_line *l, size_t head)
{
	static const struct {
		const char *letter, *word;
	} options[] = { { "o", "--output" }, { NULL, "-OutFile" }, { NULL, "-o" },
		{ NULL, "--output-document" } };
	size_t end = sec_cmd_end(l, head), i;
	bool wget = sec_starts(sec_cmd_name(l, head), "wget");

	for (i = head; i < end; i++)
		if (l->tok[i].kind == TOK_OUT && i + 1 < end &&
			l->tok[i + 1].kind == TOK_WORD)
			return sec_tok_text(l, i + 1);
	for (size_t k = 0; k < COUNTOF(options); k++) {
		const char *letter = wget && options[k].letter ? "O" : options[k].letter;

		i = sec_cmd_option(l, head, letter, options[k].word);
		if (i != SIZE_MAX)
			i = sec_cmd_arg(l, i, end);
		if (i != SIZE_MAX)
			return sec_tok_text(l, i);
	}
	return STR_NONE;
}

/* curl -O and plain wget name it as the address does. */
static struct str saved_as(
	const struct sec_line *l, size_t head, const struct sec_host *h)
{
	struct str out = output_of(l, head), path = h->path;
	struct str name = sec_cmd_name(l, head);
	size_t query = str_find_char(path, '?', 0);

	if (out.n)
		return str_eq(out, STR("-")) ? STR_NONE : out;
	if (sec_is(name, "certutil") || sec_is(name, "bitsadmin"))
		return sec_tok_text(l, sec_cmd_end(l, head) - 1);
	if (sec_is(name, "curl") &&
		sec_cmd_option(l, head, "O", "--remote-name") == SIZE_MAX)
		return STR_NONE;
	if (!sec_is(name, "curl") && !sec_starts(name, "wget"))
		return STR_NONE;
	return path_base(str_sub(path, 0, query));
}

static bool same_file(struct str a, struct str b)
{
	while (str_starts(a, STR("./")) || str_starts(a, STR(".\\")))
		a = str_from(a, 2);
	while (str_starts(b, STR("./")) || str_starts(b, STR(".\\")))
		b = str_from(b, 2);
	return a.n && str_eq(a, b);
}

/* Does the command at `head` run `file`? */
static bool runs_file(const struct sec_line *l, size_t head, struct str file)
{
	size_t end = sec_cmd_end(l, head), i = head;
	struct str name = sec_tok_text(l, head), base = sec_cmd_name(l, head);
	static const char *const starters[] = { "source", ".", "Start-Process", "start",
		"open", "msiexec", "explorer", "rundll32", "regsvr32", "mshta", NULL };
	bool is_path =
		name.n && (memchr(name.p, '/', name.n) || memchr(name.p, '\\', name.n));

	if ((is_path || str_ends(name, STR(".exe"))) && same_file(name, file))
		return true;
	if (!sec_cmd_interprets(base) && !sec_one_of(base, starters))
		return false;
	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX) {
		struct str w = sec_tok_text(l, i);

		if (same_file(w, file))
			return true;
		if (!str_starts(w, STR("-")))
			return false;
	}
	return false;
}

static bool checks_hash(struct str line)
{
	static const char *const v[] = { "sha256sum", "shasum", "sha512sum", "gpg",
		"gpgv", "cosign", "minisign", "openssl", "sha256", "checksum", "slsa",
		"attestation", "filehash", "md5sum", NULL };

	return sec_has_word(line, v);
}

static bool runs_in_line(
	const struct sec_line *l, size_t from, struct str file, size_t *to)
{
	for (size_t i = from; i < l->n; i++)
		if (l->tok[i].head && runs_file(l, i, file)) {
			*to = l->tok[sec_cmd_end(l, i) - 1].end;
			return true;
		}
	return false;
}

#define LATER_LINES 12 /* in which a downloaded file may be run */

/* Is `file` run in the rest of the line, or in the lines after it? */
static bool is_run_later(struct fetch *f, struct str file)
{
	struct sec *s = f->c->s;
	struct sec_line *l = arena_new(&s->scratch, struct sec_line);
	size_t at = span_end(f->c->range), own = sec_cmd_end(&f->c->line, f->head);

	if (runs_in_line(&f->c->line, own, file, &f->to))
		return true;
	for (unsigned n = 0; n < LATER_LINES && at + 1 < f->c->place.to; n++) {
		struct span line = sec_line_at(s, &f->c->place, at + 1);

		if (checks_hash(str_sub(s->text, line.off, line.len)))
			return false;
		if (str_find(str_sub(s->text, line.off, line.len), path_base(file), 0) !=
			STR_NPOS) {
			sec_line_read(l, s->text, line, false);
			if (runs_in_line(l, 0, file, &f->to))
				return true;
		}
		at = span_end(line);
	}
	return false;
}

static void report_later(struct fetch *f)
{
	struct sec *s = f->c->s;
	const char *why = why_unsafe(f);
	struct str file = saved_as(&f->c->line, f->head, &f->host);
	struct diag *d;

	if (!file.n || !sec_host_remote(&f->host) || f->host.kind == HOST_KNOWN ||
		f->c->place.zone == ZONE_SPAN || !is_run_later(f, file) ||
		checks_hash(str_sub(s->text, f->from, f->to - f->from)) || speaks(f))
		return;
	if (!why && sec_about_security(s) && f->c->place.zone != ZONE_SCRIPT)
		return;
	d = sec_report(s, why ? RULE_SEC_RUN_UNSAFE : RULE_SEC_RUN_LATER, f->from,
		f->to - f->from, "'%.*s' is downloaded from '%.*s' and run unchecked",
		STR_ARG(sec_show(s, path_base(file), 40)),
		STR_ARG(sec_show(s, f->host.name, 60)));
	if (why)
		sec_note(s, d, "%s", why);
	sec_note(s, d, "compare it with a hash that the skill states before it is run");
}

/* ---- packages from an address ------------------------------------------------------------------- */

/* After the package, an npx or uvx command has the program's own arguments. */
static bool is_runner(struct str name)
{
	static const char *const v[] = { "npx", "uvx", "bunx", "deno", NULL };

	return sec_one_of(name, v);
}

static bool is_installer(const struct sec_line *l, size_t head)
{
	static const char *const v[] = { "pip", "pip3", "pipx", "uv", "npm", "pnpm",
		"yarn", "bun", "gem", "cargo", NULL };
	static const char *const verbs[] = { "install", "add", "i", "tool", NULL };
	struct str name = sec_cmd_name(l, head);
	size_t end = sec_cmd_end(l, head), i = head;

	if (is_runner(name))
		return true;
	if (sec_starts(name, "python") && sec_cmd_option(l, head, "m", NULL) != SIZE_MAX)
		return true;
	if (!sec_one_of(name, v))
		return false;
	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX)
		if (sec_one_of(sec_tok_text(l, i), verbs))
			return true;
	return false;
}

/* A placeholder of documentation: user/repo, your-org/x. */
static bool is_generic(struct str path)
{
	static const char *const v[] = { "user", "username", "owner", "org", "your",
		"yourname", "repo", "example", "myorg", "my", "name", "package",
		"project", "me", "org-name", "you", NULL };

	return sec_has_word(path, v) || str_find_char(path, '<', 0) != STR_NPOS ||
	       str_find_char(path, '{', 0) != STR_NPOS ||
	       str_find_char(path, '$', 0) != STR_NPOS;
}

static void report_package(struct sec_cmdline *c, size_t i, const struct sec_host *h)
{
	struct sec *s = c->s;
	const struct sec_tok *t = &c->line.tok[i];
	struct diag *d;

	if (h->kind == HOST_LOCAL || h->kind == HOST_OPEN || h->kind == HOST_NONE ||
		h->kind == HOST_EXAMPLE || is_generic(h->path) ||
		sec_mentioned(s, &c->place, t->off, t->end))
		return;
	if (sec_is(h->scheme, "http") || sec_is(h->scheme, "git") ||
		sec_is(h->scheme, "git+http") || sec_is(h->scheme, "git+git") ||
		h->kind == HOST_NUMBER || h->kind == HOST_SHADY) {
		d = sec_report(s, RULE_SEC_PACKAGE_UNSAFE, t->off, t->end - t->off,
			"package is installed from '%.*s', where anybody can replace it",
			STR_ARG(sec_show(s, h->name, 60)));
		sec_note(s, d,
			"install it from the registry, or by https and with a hash");
	} else if (c->place.zone == ZONE_SCRIPT && sec_starts(h->scheme, "git+") &&
		   str_find_char(h->path, '@', 0) == STR_NPOS) {
		d = sec_report(s, RULE_SEC_PACKAGE_UNPINNED, t->off, t->end - t->off,
			"package is installed from a repository as it is at that moment");
		sec_note(s, d, "add the commit: @<sha>");
	}
}

/* Options whose value is a registry, a proxy, a file of requirements. */
static bool takes_address(struct str option)
{
	static const char *const v[] = { "--index-url", "-i", "--extra-index-url", "-f",
		"-r", "-c", "--find-links", "--registry", "--proxy", "--trusted-host",
		"--default-index", "--index", "--requirement", "--constraint", "--source",
		"--url", "--cert", NULL };

	return sec_one_of(option, v);
}

static void packages(struct sec_cmdline *c)
{
	for (size_t head = 0; head < c->line.n; head++) {
		size_t end, i = head, before = head;

		if (!c->line.tok[head].head || !is_installer(&c->line, head))
			continue;
		end = sec_cmd_end(&c->line, head);
		while ((i = sec_cmd_arg(&c->line, i, end)) != SIZE_MAX) {
			struct str w = sec_tok_text(&c->line, i);
			struct sec_host h = { .kind = HOST_NONE };

			if (str_find(w, STR("://"), 0) != STR_NPOS)
				h = sec_host_of(w);
			if (h.kind != HOST_NONE && !str_starts(w, STR("-")) &&
				!takes_address(sec_tok_text(&c->line, before)))
				report_package(c, i, &h);
			if (is_runner(sec_cmd_name(&c->line, head)) &&
				!str_starts(w, STR("-")))
				break;
			before = i;
		}
	}
}

/* ---- lines ------------------------------------------------------------------------------------------ */

static void fetch_at(struct sec_cmdline *c, size_t head)
{
	const struct sec_line *l = &c->line;
	struct fetch f = { .c = c, .head = head, .host = address_of(l, head) };

	if (f.host.kind == HOST_NONE)
		return;
	f.from = l->tok[head].off;
	f.to = l->tok[sec_cmd_end(l, head) - 1].end;
	f.unchecked = is_unchecked(l, head, &f.host);
	if (is_run(&f))
		report_run(&f);
	else
		report_later(&f);
}

/* (New-Object Net.WebClient).DownloadString('http…') in an Invoke-Expression */
static void download_string(struct sec_cmdline *c, size_t i)
{
	const struct sec_line *l = &c->line;
	struct fetch f = { .c = c, .head = i };
	bool run = false;

	for (size_t k = i + 1; k < l->n && f.host.kind == HOST_NONE; k++)
		if (l->tok[k].kind == TOK_WORD)
			f.host = sec_host_of(sec_tok_text(l, k));
	if (f.host.kind == HOST_NONE)
		return;
	f.unchecked = !f.host.secure && sec_host_remote(&f.host);
	f.from = l->tok[i].off;
	f.to = l->tok[l->n - 1].end;
	for (size_t k = 0; k < l->n; k++) {
		struct str w = sec_tok_text(l, k);

		if (l->tok[k].kind == TOK_WORD &&
			(sec_is(w, "iex") || sec_is(w, "Invoke-Expression"))) {
			run = true;
			if (l->tok[k].off < f.from)
				f.from = l->tok[k].off;
		}
	}
	if (run)
		report_run(&f);
}

void sec_fetch_line(struct sec_cmdline *c)
{
	for (size_t i = 0; i < c->line.n; i++) {
		struct str w;

		if (c->line.tok[i].kind != TOK_WORD)
			continue;
		w = sec_tok_text(&c->line, i);
		if (is_fetcher(sec_cmd_name(&c->line, i)))
			fetch_at(c, i);
		else if (sec_find(w, "DownloadString") != STR_NPOS)
			download_string(c, i);
	}
	packages(c);
}
