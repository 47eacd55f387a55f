/* security_markup.c - text that a reader does not see, but a model does: comments,
 * elements that are styled away, what stands far to the right, images whose address
 * carries data, commands that run while a skill is loaded. */
#include "rules/security.h"

/* ---- what hidden text may not say ------------------------------------------------------------------ */

static bool is_letter(char c)
{
	return char_is_lower(c) || char_is_upper(c);
}

/* "AI agents: …", "the assistant must …": the model is spoken to. */
static bool speaks_to_model(struct str text)
{
	static const char *const who[] = { "assistant", "agent", "agents", "ai", "llm",
		"model", "claude", "copilot", "cursor", "codex", "gemini", "gpt",
		"chatgpt", "models", "assistants", "llms", "system", NULL };
	static const char *const duty[] = { "must", "should", "always", "please", "shall",
		"needs", "will", "only", NULL };

	for (size_t i = 0, to; i < text.n; i = to + 1) {
		size_t next;
		struct str w;

		for (to = i; to < text.n && is_letter(text.p[to]);)
			to++;
		if (to == i || !sec_one_of(str_sub(text, i, to - i), who))
			continue;
		if (to < text.n && (text.p[to] == ':' || text.p[to] == ','))
			return true;
		for (next = to; next < text.n && text.p[next] == ' ';)
			next++;
		w = str_from(text, next);
		for (next = 0; next < w.n && is_letter(w.p[next]);)
			next++;
		if (sec_one_of(str_sub(w, 0, next), duty))
			return true;
	}
	return false;
}

/* Does it speak to the model, and of something that matters? */
static bool is_command_to_model(struct str text)
{
	static const char *const acts[] = { "run", "execute", "install", "download",
		"fetch", "curl", "wget", "send", "upload", "post", "exfiltrate", "read",
		"append", "delete", "bypass", "approve", "disable", "sudo", "eval",
		"include", "forward", "copy", NULL };
	static const char *const goods[] = { "secret", "secrets", "password", "passwords",
		"token", "tokens", "credentials", "credential", "ssh", "env", "key",
		"keys", "http", "https", "confirmation", "permission", "approval",
		"command", "commands", "script", "curl", "bash", "shell", "sudo",
		"user's", "conversation", "history", "webhook", NULL };

	return speaks_to_model(text) && sec_has_word(text, acts) &&
	       sec_has_word(text, goods);
}

/* A command from the network, or a secret's file with an address. */
static bool is_harm(struct str text)
{
	struct str rest = text, w;
	bool address = str_find(text, STR("://"), 0) != STR_NPOS;
	bool fetch = sec_find(text, "curl ") != STR_NPOS ||
		     sec_find(text, "wget ") != STR_NPOS;

	if (fetch && (sec_find(text, "| sh") != STR_NPOS ||
			     sec_find(text, "|sh") != STR_NPOS ||
			     sec_find(text, "| bash") != STR_NPOS ||
			     sec_find(text, "|bash") != STR_NPOS))
		return true;
	while (address && str_split(&rest, ' ', &w))
		if (sec_is_secret_file(str_trim(w)))
			return true;
	return false;
}

static const char *hidden_order(struct sec *s, struct str text)
{
	if (!text.n || !sec_spend(s, 8 * text.n, (size_t)(text.p - s->text.p)))
		return NULL;
	switch (sec_ask_of(text)) {
	case ASK_OVERRIDE: return "tells the model to forget its instructions";
	case ASK_CONCEAL: return "tells the model to hide something from the user";
	case ASK_NONE: break;
	}
	if (is_harm(text))
		return "holds a command that reaches into the network";
	return is_command_to_model(text) ? "tells the model what to do" : NULL;
}

/* ---- comments ------------------------------------------------------------------------------------- */

/* Between the marks. */
static struct str comment_text(const struct sec *s, struct span c)
{
	struct str text = str_sub(s->text, c.off, c.len);

	if (str_starts(text, STR("<!--")))
		return str_sub(
			text, 4, str_ends(text, STR("-->")) ? text.n - 7 : text.n - 4);
	return str_from(text, str_find_char(text, ':', 0) + 1);
}

static void comments(struct sec *s)
{
	size_t n;
	const struct span *v = sec_comments(s, &n);

	for (size_t i = 0; i < n; i++) {
		struct str text = comment_text(s, v[i]);
		const char *what = hidden_order(s, str_sub(text, 0, 4 * SEC_LINE_MAX));
		struct diag *d;

		if (!what || sec_about_security(s))
			continue;
		d = sec_report(s, RULE_SEC_COMMENT, v[i].off, v[i].len,
			"a comment that no reader sees %s", what);
		sec_note(
			s, d, "it says: %.*s", STR_ARG(sec_show(s, str_trim(text), 120)));
		sec_note(s, d, "say it in the open, or not at all");
	}
}

/* ---- elements ---------------------------------------------------------------------------------------- */

/* White space left out: "display: none" is "display:none". */
static bool has_style(struct str tag, const char *style)
{
	size_t n = strlen(style);

	for (size_t i = 0; i < tag.n; i++) {
		size_t k = 0, at = i;

		while (at < tag.n && k < n) {
			char c = tag.p[at++];

			if (c == ' ')
				continue;
			if ((char_is_upper(c) ? c - 'A' + 'a' : c) != style[k])
				break;
			k++;
		}
		if (k == n)
			return true;
	}
	return false;
}

/* "font-size:0", but not "font-size:0.8em". */
static bool has_zero(struct str tag, const char *property)
{
	static const char *const ends[] = { "0;", "0\"", "0'", "0px", "0em", "0rem",
		"0pt", "0%", "0.0", "1px", NULL };
	char style[40];
	size_t n = strlen(property);

	memcpy(style, property, n);
	for (size_t i = 0; ends[i]; i++) {
		memcpy(style + n, ends[i], strlen(ends[i]) + 1);
		if (has_style(tag, style))
			return true;
	}
	return false;
}

/* The attribute "hidden", not a class or a value of that name. */
static bool has_hidden(struct str tag)
{
	size_t at = 0;

	while ((at = str_find(tag, STR(" hidden"), at)) != STR_NPOS) {
		char c = at + 7 < tag.n ? tag.p[at + 7] : '>';
		size_t quotes = 0;

		for (size_t i = 0; i < at; i++)
			quotes += tag.p[i] == '"';
		if (!(quotes % 2) && (c == '>' || c == ' ' || c == '/' || c == '='))
			return true;
		at++;
	}
	return false;
}

static bool is_invisible(struct str tag)
{
	bool white = has_style(tag, "color:white") || has_style(tag, "color:#fff") ||
		     has_style(tag, "color:transparent") ||
		     has_style(tag, "color=\"white\"");
	bool dark = has_style(tag, "background:#0") ||
		    has_style(tag, "background:black") ||
		    has_style(tag, "background-color");

	return has_style(tag, "display:none") || has_style(tag, "visibility:hidden") ||
	       has_zero(tag, "font-size:") || has_zero(tag, "max-height:") ||
	       has_style(tag, "opacity:0;") || has_style(tag, "opacity:0\"") ||
	       has_style(tag, "left:-9999") || has_style(tag, "text-indent:-9999") ||
	       (white && !dark) || has_hidden(tag);
}

/* The name of the tag at `off`. */
static struct str tag_name(struct str text, size_t off)
{
	size_t n = 0;

	while (off + 1 + n < text.n && char_is_alnum(text.p[off + 1 + n]))
		n++;
	return str_sub(text, off + 1, n);
}

#define ELEMENT_MAX 4000

/* Could it hide its text? Most tags have none of these words. */
static bool is_styled(struct str tag)
{
	return str_find(tag, STR("style"), 0) != STR_NPOS ||
	       str_find(tag, STR("hidden"), 0) != STR_NPOS ||
	       str_find(tag, STR("color"), 0) != STR_NPOS;
}

static bool is_shown_place(const struct sec_place *p)
{
	return p->zone == ZONE_CODE || p->zone == ZONE_SPAN || p->zone == ZONE_META;
}

static void element(struct sec *s, size_t off)
{
	struct str name = tag_name(s->text, off), text;
	struct str near = str_sub(s->text, off, ELEMENT_MAX);
	size_t end = str_find_char(near, '>', 0), close;
	struct sec_place p;
	const char *what;
	struct diag *d;

	if (!name.n || end == STR_NPOS || !is_styled(str_sub(near, 0, end)))
		return;
	p = sec_place_at(s, off);
	if (is_shown_place(&p) || !is_invisible(str_sub(near, 0, end + 1)))
		return;
	close = sec_find(near, str_fmt(&s->scratch, "</%.*s", STR_ARG(name)).p);
	text = str_sub(near, end + 1, (close == STR_NPOS ? near.n : close) - end - 1);
	what = hidden_order(s, text);
	if (!what || sec_about_security(s))
		return;
	d = sec_report(s, RULE_SEC_INVISIBLE_TEXT, off,
		close == STR_NPOS ? near.n : close, "text that is not shown %s", what);
	sec_note(s, d, "it says: %.*s", STR_ARG(sec_show(s, str_trim(text), 120)));
}

/* ---- far to the right ---------------------------------------------------------------------------------- */

static void far_right(struct sec *s)
{
	for (size_t i = 0; i < s->nwide; i++) {
		size_t off = s->wide[i], end = off;
		struct diag *d;

		while (end < s->text.n && s->text.p[end] != '\n' &&
			s->text.p[end] != '\r')
			end++;
		if (sec_place_at(s, off).table || s->text.p[off] == '|' ||
			!hidden_order(s, str_sub(s->text, off, end - off)))
			continue;
		d = sec_report(s, RULE_SEC_INVISIBLE_TEXT, off, end - off,
			"text stands so far to the right that nobody sees it");
		sec_note(s, d, "it says: %.*s",
			STR_ARG(sec_show(s, str_sub(s->text, off, end - off), 120)));
	}
}

/* ---- images ------------------------------------------------------------------------------------------------- */

/* Does the query carry something that is filled in, and is private? */
static bool carries_data(struct str query)
{
	static const char *const goods[] = { "data", "secret", "secrets", "token", "key",
		"env", "content", "contents", "history", "conversation", "chat",
		"context", "base64", "encoded", "password", "credentials", "file",
		"prompt", "output", "response", "message", "messages", "summary", "leak",
		"payload", "system", NULL };
	size_t open = STR_NPOS;

	for (size_t i = 0; i < query.n && open == STR_NPOS; i++)
		if (memchr("{<[$", query.p[i], 4))
			open = i;
	return open != STR_NPOS && sec_has_word(str_from(query, open), goods);
}

static void image(struct sec *s, size_t off)
{
	struct str near = str_sub(s->text, off, 600), url;
	size_t open = str_find(near, STR("]("), 0), end, query;
	struct sec_place p;
	struct sec_host h;
	struct diag *d;

	end = open == STR_NPOS ? open : str_find_char(near, ')', open);
	if (end == STR_NPOS || str_find_char(str_sub(near, 0, end), '\n', 0) != STR_NPOS)
		return;
	url = str_sub(near, open + 2, end - open - 2);
	query = str_find_char(url, '?', 0);
	h = sec_host_of(url);
	if (query == STR_NPOS || !sec_host_remote(&h) || h.kind == HOST_KNOWN ||
		!carries_data(str_from(url, query)))
		return;
	p = sec_place_at(s, off);
	if (p.zone == ZONE_COMMENT || sec_mentioned(s, &p, off, off + end) ||
		sec_about_security(s))
		return;
	d = sec_report(s, RULE_SEC_IMAGE, off, end + 1,
		"the address of an image carries data to '%.*s'",
		STR_ARG(sec_show(s, h.name, 60)));
	sec_note(s, d, "it is sent as soon as the image is shown, without a click");
}

/* ---- commands at load time ------------------------------------------------------------------------------------ */

/* Only reads, and only here. */
static bool only_reads(const struct sec_line *l, size_t head)
{
	static const char *const v[] = { "ls", "pwd", "date", "whoami", "uname", "cat",
		"head", "tail", "wc", "tree", "grep", "rg", "egrep", "jq", "yq", "awk",
		"sort", "uniq", "echo", "printf", "which", "test", "[", "[[", "basename",
		"dirname", "realpath", "hostname", "nproc", "df", "du", "stat", "file",
		"cut", "tr", "column", "true", "diff", "type", "command", "fd", "sed",
		"find", "id", "xargs", "tac", "nl", "id", "arch", "sw_vers",
		"lsb_release", "free", "env", NULL };
	static const char *const git[] = { "status", "diff", "log", "branch", "rev-parse",
		"remote", "show", "ls-files", "describe", "tag", "blame", "config",
		"worktree", "shortlog", "symbolic-ref", "merge-base", "rev-list",
		"ls-remote", "reflog", "stash", "ls-tree", "name-rev", "for-each-ref",
		"grep", "cat-file", "fetch", NULL };
	static const char *const gh[] = { "view", "list", "diff", "status", "checks",
		NULL };
	static const char *const versions[] = { "--version", "-v", "-V", "version",
		"--help", NULL };
	struct str name = sec_cmd_name(l, head);
	size_t end = sec_cmd_end(l, head), arg = sec_cmd_arg(l, head, end);
	struct str first = arg == SIZE_MAX ? STR_NONE : sec_tok_text(l, arg);

	for (size_t i = head; i < end; i++)
		if (l->tok[i].kind == TOK_OUT && i + 1 < end &&
			!str_starts(sec_tok_text(l, i + 1), STR("/dev/null")) &&
			l->tok[i + 1].kind == TOK_WORD && !l->tok[i + 1].head)
			return false;
	if (first.n && sec_one_of(first, versions))
		return true;
	if (sec_is(name, "find"))
		return sec_cmd_option(l, head, NULL, "-exec") == SIZE_MAX &&
		       sec_cmd_option(l, head, NULL, "-delete") == SIZE_MAX;
	if (sec_is(name, "sed"))
		return sec_cmd_option(l, head, "i", NULL) == SIZE_MAX;
	if (sec_is(name, "git"))
		return sec_one_of(first, git) || str_starts(first, STR("-"));
	if (sec_is(name, "gh")) {
		arg = arg == SIZE_MAX ? arg : sec_cmd_arg(l, arg, end);
		return arg != SIZE_MAX && sec_one_of(sec_tok_text(l, arg), gh);
	}
	return sec_one_of(name, v);
}

static bool names_a_secret_file(const struct sec_line *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->tok[i].kind == TOK_WORD && sec_is_secret_file(sec_tok_text(l, i)))
			return true;
	return false;
}

/* !`command`, at the beginning of a line or after a blank: Claude Code runs it while
 * it loads the skill, in code blocks, too. */
static void load_time(struct sec *s, size_t off)
{
	struct str near = str_sub(s->text, off, SEC_LINE_MAX), command;
	size_t end = str_find_char(near, '`', 2), line = str_find_char(near, '\n', 0);
	struct sec_line *l;
	const char *why = NULL;
	struct diag *d;

	if ((s->f->kind != FILE_SKILL && s->f->kind != FILE_COMMAND) ||
		near.p[1] != '`' || (off && !char_is_space(s->text.p[off - 1])) ||
		end == STR_NPOS || end < 3 || (line != STR_NPOS && end > line))
		return;
	command = str_sub(near, 2, end - 2);
	if (!char_is_alnum(command.p[0]) && !memchr("./$~[(", command.p[0], 6))
		return;
	l = arena_new(&s->scratch, struct sec_line);
	sec_line_read(l, s->text, rule_span(s->f, off + 2, command.n), false);
	for (size_t i = 0; i < l->n && !why; i++)
		if (l->tok[i].head && !only_reads(l, i))
			why = "it does more than read";
	if (names_a_secret_file(l))
		why = "it reads a secret";
	if (sec_find(command, "$ARGUMENTS") != STR_NPOS ||
		sec_find(command, "$1") != STR_NPOS)
		why = "its arguments are put in as they are: whoever gives them can add "
		      "commands";
	if (!why)
		return;
	d = sec_report(s, RULE_SEC_LOAD_TIME, off, end + 1,
		"'%.*s' is run as soon as the skill is loaded",
		STR_ARG(sec_show(s, command, 80)));
	sec_note(s, d, "%s", why);
	sec_note(s, d, "tell the model to run it, so that the user is asked");
}

void sec_markup_check(struct sec *s)
{
	for (size_t i = 0; i < s->nmark; i++) {
		size_t off = s->mark[i];
		char next = off + 1 < s->text.n ? s->text.p[off + 1] : ' ';

		if (s->text.p[off] == '<' && char_is_alnum(next))
			element(s, off);
		else if (s->text.p[off] == '!' && next == '[')
			image(s, off);
		else if (s->text.p[off] == '!')
			load_time(s, off);
	}
	comments(s);
	far_right(s);
}
