/* security_system.c - what commands destroy, leave behind, or switch off. */
#include "rules/security.h"

static struct span whole(const struct sec_line *l, size_t head)
{
	uint32_t to = l->tok[sec_cmd_end(l, head) - 1].end;

	return (struct span){ 0, l->tok[head].off, to - l->tok[head].off };
}

static bool speaks(const struct sec_cmdline *c, struct span x)
{
	return sec_mentioned(c->s, &c->place, x.off, span_end(x));
}

/* A code span in prose names commands more often than it gives them. */
static bool is_given(const struct sec_cmdline *c)
{
	return c->place.zone == ZONE_CODE || c->place.zone == ZONE_SCRIPT ||
	       c->place.zone == ZONE_META;
}

/* ---- destruction ------------------------------------------------------------------------------ */

/* Everything: the root, somebody's home, the system. */
static bool is_everything(struct str w)
{
	static const char *const v[] = { "/", "/*", "/.", "~", "~/", "~/*", "$HOME",
		"$HOME/", "$HOME/*", "${HOME}", "${HOME}/", "${HOME}/*", "/home",
		"/home/*", "/etc", "/usr", "/var", "/boot", "/bin", "/lib", "/root",
		"/Users", "/System", "C:\\", "C:/", "C:\\*", "/etc/*", "/usr/*", "/var/*",
		"%USERPROFILE%", "$env:USERPROFILE", NULL };

	return sec_one_of(w, v);
}

/* "$DIR/", also with a star or with "usr" after it: everything, if the variable is
 * empty. */
static bool is_everything_if_empty(struct str w)
{
	static const char *const tops[] = { "", "*", "bin", "boot", "dev", "etc", "home",
		"lib", "opt", "root", "sbin", "srv", "usr", "var", NULL };
	size_t i = 1;

	if (w.n < 3 || w.p[0] != '$')
		return false;
	if (w.p[1] == '{') {
		struct str name;

		i = str_find_char(w, '}', 0);
		if (i == STR_NPOS)
			return false;
		name = str_sub(w, 2, i - 2);
		if (str_find_char(name, ':', 0) != STR_NPOS)
			return false; /* ${DIR:?}, ${DIR:-x} */
		i++;
	} else {
		while (i < w.n && (char_is_alnum(w.p[i]) || w.p[i] == '_'))
			i++;
	}
	return i < w.n && w.p[i] == '/' && sec_one_of(str_from(w, i + 1), tops);
}

#define GUARD_MAX 16000 /* bytes before a command that may guard it */

/* "set -u", also as "set -euo pipefail". */
static bool fails_on_unset(struct str text)
{
	size_t at = 0;

	while ((at = str_find(text, STR("set -"), at)) != STR_NPOS)
		for (at += 5; at < text.n && char_is_alnum(text.p[at]); at++)
			if (text.p[at] == 'u')
				return true;
	return str_find(text, STR("nounset"), 0) != STR_NPOS;
}

/* Does something before the command make an empty variable end the script, or set it? */
static bool is_guarded(const struct sec_cmdline *c, size_t head, struct str w)
{
	size_t begin = c->place.from, end = c->line.tok[head].off, at = 0;
	size_t from = w.p[1] == '{' ? 2 : 1, to = from;
	struct str name, above;

	while (to < w.n && (char_is_alnum(w.p[to]) || w.p[to] == '_'))
		to++;
	name = str_sub(w, from, to - from);
	if (end - begin > GUARD_MAX)
		begin = end - GUARD_MAX;
	above = str_sub(c->s->text, begin, end - begin);
	if (fails_on_unset(above))
		return true;
	while ((at = str_find(above, name, at)) != STR_NPOS) {
		char next = at + name.n < above.n ? above.p[at + name.n] : ' ';

		at += name.n;
		if (next == '=' || next == ':' || next == '"')
			return true; /* set, or tested */
	}
	return false;
}

/* Quotes may close in the middle of a word. Cut where it is long. */
static struct str without_quotes(struct str w, char *room, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < w.n && n < size; i++)
		if (w.p[i] != '"' && w.p[i] != '\'')
			room[n++] = w.p[i];
	return (struct str){ room, n };
}

static void remove_tree(struct sec_cmdline *c, size_t head)
{
	const struct sec_line *l = &c->line;
	size_t end = sec_cmd_end(l, head), i = head;
	struct span x = whole(l, head);
	struct sec *s = c->s;
	struct diag *d;

	if (sec_cmd_option(l, head, "r", "--recursive") == SIZE_MAX &&
		sec_cmd_option(l, head, "R", "-Recurse") == SIZE_MAX)
		return;
	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX) {
		char room[200];
		struct str w = without_quotes(sec_tok_text(l, i), room, sizeof(room));

		if (i + 1 < end && l->tok[i + 1].glued && l->tok[i + 1].kind == TOK_OPEN)
			continue;
		if (is_everything(w) && !speaks(c, x)) {
			d = sec_report(s, RULE_SEC_DESTROY, x.off, x.len,
				"everything below '%.*s' is deleted", STR_ARG(w));
			sec_note(s, d, "name the one directory that is meant");
			return;
		}
		if (is_everything_if_empty(w) && !is_guarded(c, head, w) &&
			!speaks(c, x)) {
			d = sec_report(s, RULE_SEC_DESTROY_EMPTY, x.off, x.len,
				"everything is deleted if '%.*s' begins with an empty "
				"variable",
				STR_ARG(sec_show(s, w, 60)));
			sec_note(s, d, "write ${NAME:?}, so that the command fails then");
			return;
		}
	}
}

/* dd of=/dev/sda, mkfs /dev/sda, > /dev/sda: a disk, not "sdX". */
static bool is_disk(struct str w)
{
	static const char *const v[] = { "/dev/sda", "/dev/sdb", "/dev/hda", "/dev/vda",
		"/dev/xvda", "/dev/nvme0n1", "/dev/mmcblk0", "/dev/disk0", "/dev/disk1",
		"\\\\.\\PhysicalDrive0", NULL };

	for (size_t i = 0; v[i]; i++)
		if (str_starts(w, str_c(v[i])))
			return true;
	return false;
}

static void write_disk(struct sec_cmdline *c, size_t head, struct str w)
{
	struct span x = whole(&c->line, head);
	struct diag *d;

	if (!is_disk(w) || sec_about_security(c->s) || speaks(c, x))
		return;
	d = sec_report(c->s, RULE_SEC_DESTROY, x.off, x.len,
		"the disk '%.*s' is overwritten", STR_ARG(w));
	sec_note(c->s, d, "let the user name the device, and confirm it");
}

static void destruction(struct sec_cmdline *c, size_t head)
{
	const struct sec_line *l = &c->line;
	struct str name = sec_cmd_name(l, head);
	size_t end = sec_cmd_end(l, head), i = head;

	if (sec_is(name, "rm") || sec_is(name, "Remove-Item") || sec_is(name, "ri"))
		remove_tree(c, head);
	for (i = head; i < end; i++)
		if (l->tok[i].kind == TOK_OUT && i + 1 < end)
			write_disk(c, head, sec_tok_text(l, i + 1));
	if (!sec_is(name, "dd") && !sec_starts(name, "mkfs") && !sec_is(name, "wipefs") &&
		!sec_is(name, "shred"))
		return;
	for (i = sec_cmd_arg(l, head, end); i != SIZE_MAX; i = sec_cmd_arg(l, i, end)) {
		struct str w = sec_tok_text(l, i);

		if (sec_is(name, "dd") && !str_starts(w, STR("of=")))
			continue;
		write_disk(c, head, str_from(w, sec_is(name, "dd") ? 3 : 0));
	}
}

/* ---- what cannot be undone ------------------------------------------------------------------- */

/* Is somebody asked before, or is it only tried? */
static bool is_gated(const struct sec_cmdline *c)
{
	static const char *const words[] = { "confirm", "confirmed", "confirmation",
		"prompt", "backup", "ask", "sure", "yn", NULL };
	struct sec *s = c->s;
	size_t to = span_end(c->range), from = c->place.from;
	struct str above;

	if (to - from > SEC_LINE_MAX)
		from = to - SEC_LINE_MAX;
	above = str_sub(s->text, from, to - from);
	return sec_has_word(above, words) || sec_find(above, "read -p") != STR_NPOS ||
	       sec_find(above, "dry-run") != STR_NPOS ||
	       sec_find(above, "[y/n]") != STR_NPOS;
}

static const char *lost_by(const struct sec_line *l, size_t head, struct str text)
{
	struct str name = sec_cmd_name(l, head);
	size_t arg = sec_cmd_arg(l, head, sec_cmd_end(l, head));
	struct str first = arg == SIZE_MAX ? STR_NONE : sec_tok_text(l, arg);
	static const char *const clients[] = { "psql", "mysql", "mariadb", "sqlcmd",
		NULL };

	if (sec_is(name, "git") && sec_is(first, "clean") &&
		sec_cmd_option(l, head, "f", "--force") != SIZE_MAX &&
		sec_cmd_option(l, head, "x", NULL) != SIZE_MAX &&
		sec_cmd_option(l, head, "n", "--dry-run") == SIZE_MAX)
		return "all files that git does not keep";
	if (sec_is(name, "dropdb") ||
		(sec_one_of(name, clients) &&
			sec_find(text, "drop database") != STR_NPOS))
		return "a database";
	if (sec_is(name, "redis-cli") && sec_find(text, "flushall") != STR_NPOS)
		return "all that Redis holds";
	if (sec_is(name, "terraform") && sec_is(first, "destroy") &&
		sec_find(text, "-auto-approve") != STR_NPOS)
		return "all that Terraform has made";
	return NULL;
}

static void irreversible(struct sec_cmdline *c, size_t head)
{
	struct span x = whole(&c->line, head);
	const char *what = lost_by(&c->line, head, str_sub(c->s->text, x.off, x.len));
	struct diag *d;

	if (!what || is_gated(c) || sec_about_security(c->s) || speaks(c, x))
		return;
	d = sec_report(c->s, RULE_SEC_IRREVERSIBLE, x.off, x.len,
		"%s is deleted without a question", what);
	sec_note(c->s, d, "let the user confirm, with a list of what will be gone");
}

/* ---- what stays behind ------------------------------------------------------------------------- */

static bool is_startup(struct str w)
{
	static const char *const v[] = { ".bashrc", ".bash_profile", ".zshrc",
		".zprofile", ".zshenv", ".profile", ".bash_login", "config.fish",
		"$PROFILE", "/etc/profile", "/etc/bash.bashrc", NULL };

	for (size_t i = 0; v[i]; i++)
		if (str_ends(w, str_c(v[i])))
			return true;
	return false;
}

static bool is_cron_file(struct str w)
{
	return str_starts(w, STR("/etc/cron")) || str_starts(w, STR("/var/spool/cron")) ||
	       sec_find(w, "library/launchagents/") != STR_NPOS ||
	       sec_find(w, "library/launchdaemons/") != STR_NPOS;
}

/* What people put into start-up files, and do no harm there. */
static bool is_setup(struct str text)
{
	static const char *const v[] = { "export ", "path=", "alias ", "source ",
		"eval \"$(", "eval '$(", "eval $(", "[ -f", "[[ -", "[ -s", ". \"", ". ~",
		". $", "setopt", "autoload", "fpath", "complete ", "compinit", "bindkey",
		"set -x ", "fish_add_path", "plugins=", "#", "zstyle", "typeset",
		"function ", "set-alias", "import-module", NULL };

	for (size_t i = 0; v[i]; i++)
		if (sec_find(text, v[i]) != STR_NPOS)
			return true;
	return false;
}

/* Does the text reach for the network, or run what it hides? */
static bool is_hostile(struct str text)
{
	static const char *const v[] = { "curl", "wget", "nc", "ncat", "socat", "base64",
		"tcp", "mkfifo", "nohup", NULL };

	return sec_has_word(text, v);
}

static struct str own_text(const struct sec_cmdline *c)
{
	return str_sub(c->s->text, c->range.off, c->range.len);
}

/* >> ~/.bashrc, tee -a ~/.bashrc */
static void startup_write(struct sec_cmdline *c, size_t head, struct str file)
{
	struct str text = own_text(c);
	struct span x = c->range;
	struct diag *d;

	if (is_hostile(text) ? false : is_setup(text) || c->place.zone != ZONE_SCRIPT)
		return;
	if (speaks(c, whole(&c->line, head)))
		return;
	if (sec_about_security(c->s) && c->place.zone != ZONE_SCRIPT)
		return;
	d = sec_report(c->s, RULE_SEC_STARTUP, x.off, x.len,
		"'%.*s' is changed: what is added runs with every shell",
		STR_ARG(sec_show(c->s, file, 60)));
	sec_note(c->s, d, "tell the user what to add, and let them do it");
}

static void schedule(struct sec_cmdline *c, size_t head)
{
	struct sec *s = c->s;
	struct diag *d;

	if (!is_hostile(own_text(c)) && c->place.zone != ZONE_SCRIPT)
		return;
	/* crontab -l | grep -v x | crontab - takes one out */
	if (sec_find(own_text(c), "grep -v") != STR_NPOS &&
		sec_find(own_text(c), "echo") == STR_NPOS)
		return;
	if (speaks(c, whole(&c->line, head)))
		return;
	if (sec_about_security(s) && c->place.zone != ZONE_SCRIPT)
		return;
	d = sec_report(s, RULE_SEC_STARTUP, c->range.off, c->range.len,
		"a job is set up that runs by itself from then on");
	sec_note(s, d, "tell the user what would run and when, and let them set it up");
}

/* A key in so many words; "cat key.pub >> authorized_keys" is the user's own. */
static void authorize(struct sec_cmdline *c, size_t head)
{
	struct str text = own_text(c);
	struct diag *d;
	size_t key = sec_find(text, "ssh-rsa aaaa");

	if (key == STR_NPOS)
		key = sec_find(text, "ssh-ed25519 aaaa");
	if (key == STR_NPOS || sec_about_security(c->s) ||
		speaks(c, whole(&c->line, head)))
		return;
	d = sec_report(c->s, RULE_SEC_STARTUP, c->range.off, c->range.len,
		"a key that the skill brings along is let in by SSH");
	sec_note(c->s, d, "whoever has the private half can log in from then on");
}

static void leftovers(struct sec_cmdline *c, size_t head)
{
	static const char *const copiers[] = { "cp", "mv", "ln", "install", NULL };
	const struct sec_line *l = &c->line;
	struct str name = sec_cmd_name(l, head);
	size_t end = sec_cmd_end(l, head);

	for (size_t i = head; i < end; i++) {
		struct str w;
		bool written =
			l->tok[i].kind == TOK_OUT || (i > head && sec_is(name, "tee"));

		if (!written || i + 1 > end)
			continue;
		w = sec_tok_text(l, l->tok[i].kind == TOK_OUT && i + 1 < end ? i + 1 : i);
		if (is_startup(w))
			startup_write(c, head, w);
		else if (is_cron_file(w))
			schedule(c, head);
		else if (str_ends(w, STR("authorized_keys")))
			authorize(c, head);
	}
	if (sec_one_of(name, copiers)) {
		struct str last = sec_tok_text(l, end - 1);

		if (l->tok[end - 1].kind == TOK_WORD && is_cron_file(last))
			schedule(c, head);
	}
	if (sec_is(name, "crontab") && sec_cmd_option(l, head, "l", NULL) == SIZE_MAX &&
		sec_cmd_option(l, head, "e", NULL) == SIZE_MAX &&
		sec_cmd_option(l, head, "r", NULL) == SIZE_MAX &&
		sec_cmd_arg(l, head, end) != SIZE_MAX)
		schedule(c, head);
	if (sec_is(name, "schtasks") && sec_cmd_arg(l, head, end) != SIZE_MAX &&
		sec_is(sec_tok_text(l, sec_cmd_arg(l, head, end)), "/create"))
		schedule(c, head);
}

/* ---- what is switched off ---------------------------------------------------------------------- */

static void safety(struct sec_cmdline *c, size_t i, const char *what, const char *note)
{
	const struct sec_tok *t = &c->line.tok[i];
	struct span x = { 0, t->off, t->end - t->off };
	struct diag *d;

	if (!is_given(c) || speaks(c, x))
		return;
	d = sec_report(c->s, RULE_SEC_SAFETY_OFF, x.off, x.len, "%s", what);
	sec_note(c->s, d, "%s", note);
}

/* Options that let an assistant do everything unasked. */
static void unasked(struct sec_cmdline *c, size_t i, struct str w)
{
	static const char *const v[] = { "--dangerously-skip-permissions",
		"--dangerously-bypass-approvals-and-sandbox", "--yolo",
		"--allow-dangerously-skip-permissions", "--dangerously-allow-all", NULL };

	if (sec_one_of(w, v))
		safety(c, i, "an assistant is started that asks for nothing",
			"let it ask, or allow the few commands that it needs");
}

static void permissions(struct sec_cmdline *c, size_t head)
{
	const struct sec_line *l = &c->line;
	struct str name = sec_cmd_name(l, head);
	size_t end = sec_cmd_end(l, head), i = sec_cmd_arg(l, head, end);

	if (!sec_is(name, "chmod"))
		return;
	while (i != SIZE_MAX && str_starts(sec_tok_text(l, i), STR("-")))
		i = sec_cmd_arg(l, i, end);
	if (i == SIZE_MAX)
		return;
	if (str_eq(sec_tok_text(l, i), STR("777")) ||
		str_eq(sec_tok_text(l, i), STR("0777")) ||
		str_eq(sec_tok_text(l, i), STR("a+rwx")))
		safety(c, i, "everybody on the machine may change the file",
			"give the rights to those who need them: 755, 644, 700");
	else if (str_eq(sec_tok_text(l, i), STR("u+s")) ||
		 str_eq(sec_tok_text(l, i), STR("+s")) ||
		 str_eq(sec_tok_text(l, i), STR("4755")) ||
		 str_eq(sec_tok_text(l, i), STR("4777")))
		safety(c, i,
			"the program runs with its owner's rights, whoever starts it",
			"run it with sudo when it is needed");
}

static bool skips_checks(struct str text)
{
	return sec_find(text, "--no-verify") != STR_NPOS ||
	       sec_find(text, "core.hookspath=/dev/null") != STR_NPOS ||
	       sec_find(text, "core.hookspath /dev/null") != STR_NPOS;
}

static void protections(struct sec_cmdline *c, size_t head)
{
	const struct sec_line *l = &c->line;
	struct str name = sec_cmd_name(l, head), text;
	struct span x = whole(l, head);

	text = str_sub(c->s->text, x.off, x.len);
	if (sec_is(name, "xattr") && sec_find(text, "com.apple.quarantine") != STR_NPOS)
		safety(c, head, "macOS is kept from checking a downloaded program",
			"let the user open it the usual way; what is signed needs no "
			"such "
			"command");
	else if (sec_is(name, "spctl") && (sec_find(text, "disable") != STR_NPOS))
		safety(c, head, "Gatekeeper is switched off",
			"it stays off for all programs; sign the one that is meant");
	else if (sec_is(name, "csrutil") && sec_find(text, "disable") != STR_NPOS)
		safety(c, head, "System Integrity Protection is switched off",
			"no skill needs that");
	else if (sec_is(name, "setenforce") && sec_find(text, "0") != STR_NPOS)
		safety(c, head, "SELinux is switched off",
			"add the rule that is missing");
	else if (sec_is(name, "ufw") && sec_find(text, "disable") != STR_NPOS)
		safety(c, head, "the firewall is switched off",
			"open the one port that is needed");
	else if (sec_is(name, "netsh") && sec_find(text, "state off") != STR_NPOS)
		safety(c, head, "the firewall is switched off",
			"open the one port that is needed");
	else if (sec_is(name, "Set-MpPreference") &&
		 sec_find(text, "-disable") != STR_NPOS &&
		 sec_find(text, "$true") != STR_NPOS)
		safety(c, head, "the virus scanner is switched off",
			"no skill needs that");
	else if (sec_is(name, "git") && skips_checks(text) && !sec_about_security(c->s))
		safety(c, head, "the repository's own checks are skipped",
			"let the hooks run, and mend what they find");
}

/* Of the line as a whole: what one command says another one writes. */
static void line_protections(struct sec_cmdline *c)
{
	const struct sec_line *l = &c->line;
	struct str text = own_text(c);
	size_t sudo = SIZE_MAX;

	if (!l->n)
		return;
	if ((sec_find(text, "nopasswd:all") != STR_NPOS ||
		    sec_find(text, "nopasswd: all") != STR_NPOS) &&
		sec_find(text, "sudoers") != STR_NPOS &&
		(str_find_char(text, '>', 0) != STR_NPOS ||
			str_find(text, STR("tee "), 0) != STR_NPOS))
		safety(c, 0, "commands are run as root without a password from then on",
			"let the user type the password");
	if (c->place.zone == ZONE_SCRIPT &&
		(sec_find(text, "histfile=/dev/null") != STR_NPOS ||
			sec_find(text, "unset histfile") != STR_NPOS))
		safety(c, 0, "the shell is kept from remembering what is run",
			"leave the user's history on");
	for (size_t i = 0; i + 1 < l->n; i++)
		if (l->tok[i].kind == TOK_WORD && sec_is(sec_tok_text(l, i), "sudo") &&
			str_eq(sec_tok_text(l, i + 1), STR("-S")) && i &&
			l->tok[i - 1].kind == TOK_PIPE)
			sudo = i;
	if (sudo != SIZE_MAX)
		safety(c, sudo, "the password for sudo is given by the command",
			"let the user type the password");
}

void sec_system_line(struct sec_cmdline *c)
{
	const struct sec_line *l = &c->line;

	if (c->place.zone == ZONE_PROSE || c->place.zone == ZONE_SPAN)
		return;
	line_protections(c);
	for (size_t i = 0; i < l->n; i++) {
		if (l->tok[i].kind != TOK_WORD)
			continue;
		unasked(c, i, sec_tok_text(l, i));
		if (!l->tok[i].head)
			continue;
		destruction(c, i);
		irreversible(c, i);
		leftovers(c, i);
		permissions(c, i);
		protections(c, i);
	}
}
