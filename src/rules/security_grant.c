/* security_grant.c - what a skill may do unasked: tools that its frontmatter allows,
 * hooks that it brings, settings that it wants. */
#include "rules/security.h"

/* ---- allowed-tools ------------------------------------------------------------------------------------ */

/* The next of "Bash(git:*), Read Edit": brackets hold it together. */
static struct str next_tool(struct str list, size_t *at)
{
	size_t from = *at, depth = 0, to;

	while (from < list.n && memchr(", \t\r\n[]\"'", list.p[from], 9))
		from++;
	for (to = from; to < list.n; to++) {
		char c = list.p[to];

		if (c == '(')
			depth++;
		else if (c == ')' && depth)
			depth--;
		else if (!depth && memchr(", \t\r\n[]\"'", c, 9))
			break;
	}
	*at = to;
	return str_sub(list, from, to - from);
}

static bool is_everything(struct str tool)
{
	static const char *const v[] = { "*", "Bash(*)", "Bash(*:*)", "Bash(:*)",
		"Bash(**)", "Shell(*)", "Bash(sudo:*)", "Bash(sudo *)", "Bash(bash:*)",
		"Bash(bash *)", "Bash(sh:*)", "Bash(sh *)", "Bash(eval:*)", "mcp__*",
		NULL };

	return sec_one_of(tool, v);
}

static void tool(const struct rule_ctx *c, const struct rule_file *f, struct str list,
	struct str t)
{
	size_t off = (size_t)(list.p - f->src->text.p) + (size_t)(t.p - list.p);
	struct diag *d;

	if (is_everything(t)) {
		d = diag_report(c->sink, RULE_SEC_TOOLS_ALL, rule_span(f, off, t.n),
			"'%.*s' lets the skill run any command unasked", STR_ARG(t));
		diag_note(c->sink, d, SPAN_NONE,
			"allow the commands that it needs: Bash(git diff:*)");
	} else if (sec_is(t, "Bash") || sec_is(t, "Shell") || sec_is(t, "PowerShell")) {
		d = diag_report(c->sink, RULE_SEC_TOOLS_SHELL, rule_span(f, off, t.n),
			"'%.*s' without a pattern allows any command unasked",
			STR_ARG(t));
		diag_note(c->sink, d, SPAN_NONE,
			"allow the commands that it needs: Bash(git diff:*)");
	}
}

static void tools(
	const struct rule_ctx *c, const struct rule_file *f, const struct fm_node *n)
{
	struct str list = str_sub(f->src->text, n->span.off, n->span.len);
	size_t at = 0;

	if (n->kind == FM_SEQ) {
		for (size_t i = 0; i < n->n; i++)
			if (n->entry[i].value.kind == FM_SCALAR)
				tools(c, f, &n->entry[i].value);
		return;
	}
	if (n->kind != FM_SCALAR)
		return;
	while (at < list.n) {
		struct str t = next_tool(list, &at);

		if (t.n)
			tool(c, f, list, t);
	}
}

/* ---- hooks ---------------------------------------------------------------------------------------------- */

/* Every "command" below `n`: how many, and the first. */
static size_t count_commands(const struct fm_node *n, unsigned depth, struct str *first)
{
	size_t count = 0;

	for (size_t i = 0; i < n->n && depth < FM_MAX_DEPTH; i++) {
		const struct fm_entry *e = &n->entry[i];

		if (e->value.kind != FM_SCALAR) {
			count += count_commands(&e->value, depth + 1, first);
		} else if (str_eq(e->key, STR("command")) && e->value.value.n) {
			if (!first->n)
				*first = e->value.value;
			count++;
		}
	}
	return count;
}

static void hooks(const struct rule_ctx *c, const struct fm_entry *e)
{
	struct str first = STR_NONE;
	size_t n = count_commands(&e->value, 0, &first);
	struct diag *d;

	if (!n)
		return;
	d = diag_report(c->sink, RULE_SEC_HOOK, e->key_span,
		"the skill brings hooks that run %zu command%s", n, n == 1 ? "" : "s");
	diag_note(c->sink, d, SPAN_NONE, "the first is: %.*s",
		STR_ARG(str_sub(first, 0, 80)));
	diag_note(c->sink, d, SPAN_NONE,
		"the user is not asked before they run; say in the text what they do");
}

void security_grants(const struct rule_ctx *c, const struct rule_file *f)
{
	static const char *const keys[] = { "allowed-tools", "allowed_tools",
		"allowedTools" };
	const struct fm_entry *e;

	if (!f->doc)
		return;
	for (size_t i = 0; i < COUNTOF(keys); i++)
		if ((e = rule_key(f->doc, keys[i])))
			tools(c, f, &e->value);
	e = rule_key(f->doc, "hooks");
	if (e)
		hooks(c, e);
}

/* ---- settings --------------------------------------------------------------------------------------------- */

/* What stands for a value after a key: ": true", " = \"never\"". */
static struct str value_after(struct str text, size_t off)
{
	size_t at = off;

	while (at < text.n && memchr("\"' \t:=[", text.p[at], 7))
		at++;
	off = at;
	while (at < text.n && !memchr("\"' \t\r\n,]}", text.p[at], 9))
		at++;
	return at > off ? str_sub(text, off, at - off) : STR_NONE;
}

static bool has_colon_after(struct str text, size_t off)
{
	while (off < text.n && memchr("\"' ", text.p[off], 3))
		off++;
	return off < text.n && (text.p[off] == ':' || text.p[off] == '=');
}

static const struct {
	const char *word;
	const char *value; /* NULL: any */
	const char *what;
} settings[] = {
	{ "bypassPermissions", NULL, "an assistant is set to ask for nothing" },
	{ "skipDangerousModePermissionPrompt", "true",
		"an assistant is set to ask for nothing" },
	{ "enableAllProjectMcpServers", "true",
		"every MCP server of a project is let in unasked" },
	{ "autoApprove", NULL, "tools of an MCP server are let run unasked" },
	{ "alwaysAllow", NULL, "tools of an MCP server are let run unasked" },
	{ "approval_policy", "never", "an assistant is set to ask for nothing" },
	{ "sandbox_mode", "danger-full-access",
		"an assistant is let out of its sandbox" },
	{ "ANTHROPIC_BASE_URL", NULL,
		"all that is said to the model goes through another host" },
};

/* "autoApprove": [] and = false switch nothing on. */
static bool is_on(size_t i, struct str value, const char *word)
{
	struct sec_host h;

	if (settings[i].value)
		return sec_is(value, settings[i].value);
	if (sec_is(str_c(word), "ANTHROPIC_BASE_URL")) {
		h = sec_host_of(value);
		return sec_host_remote(&h) && sec_find(h.name, "anthropic") == STR_NPOS &&
		       h.kind != HOST_EXAMPLE;
	}
	return value.n && !sec_is(value, "false") && !sec_is(value, "null") &&
	       value.p[0] != ']';
}

static bool is_mode(struct str line)
{
	return sec_find(line, "mode") != STR_NPOS;
}

/* A script that writes the user's own settings. */
static void settings_write(struct sec *s, const struct sec_hit *h)
{
	static const char *const writes[] = { "\"w\"", "'w'", "\"a\"", "writeFile",
		"write_text", "> ~/.claude", ">> ~/.claude", "> \"$HOME/.claude",
		"> $HOME/.claude", "json.dump(", "mv ", "cp ", "tee ", NULL };
	struct str text = s->text, before, near;
	struct sec_place p = sec_place_at(s, h->off);
	struct span line;
	size_t from, to;
	bool written = false;
	struct diag *d;

	if (p.zone != ZONE_SCRIPT ||
		!str_starts(str_from(text, h->off + h->len), STR(".json")))
		return;
	line = sec_line_at(s, &p, h->off);
	before = str_sub(text, line.off, h->off - line.off);
	if (sec_find(before, ".claude") == STR_NPOS ||
		(sec_find(before, "~") == STR_NPOS &&
			sec_find(before, "home") == STR_NPOS))
		return;
	from = line.off;
	to = span_end(line);
	for (unsigned n = 0; n < 3 && to + 1 < p.to; n++)
		to = span_end(sec_line_at(s, &p, to + 1));
	near = str_sub(text, from, to - from);
	for (size_t i = 0; writes[i] && !written; i++)
		written = str_find(near, str_c(writes[i]), 0) != STR_NPOS;
	if (!written || sec_mentioned(s, &p, h->off, h->off + h->len))
		return;
	d = sec_report(s, RULE_SEC_SETTINGS, line.off, line.len,
		"a script changes the user's own settings of an assistant");
	sec_note(s, d, "show the user what to add, and let them do it");
}

void sec_setting_check(struct sec *s, const struct sec_hit *h)
{
	struct str word = str_sub(s->text, h->off, h->len), value;
	struct sec_place p;
	struct span line;
	struct diag *d;

	if (sec_is(word, "settings")) {
		settings_write(s, h);
		return;
	}
	for (size_t i = 0; i < COUNTOF(settings); i++) {
		if (!sec_is(word, settings[i].word))
			continue;
		p = sec_place_at(s, h->off);
		if (p.zone == ZONE_PROSE || p.zone == ZONE_SPAN || p.zone == ZONE_HTML)
			return;
		line = sec_line_at(s, &p, h->off);
		value = value_after(s->text, h->off + h->len);
		if (sec_is(word, "bypassPermissions")) {
			if (!is_mode(str_sub(s->text, line.off, h->off - line.off)))
				return;
		} else if (!has_colon_after(s->text, h->off + h->len) ||
			   !is_on(i, value, settings[i].word)) {
			return;
		}
		if (sec_mentioned(s, &p, h->off, h->off + h->len))
			return;
		d = sec_report(
			s, RULE_SEC_SETTINGS, h->off, h->len, "%s", settings[i].what);
		sec_note(s, d, "leave it to the user to decide what is asked");
		return;
	}
}
