/* content_tools.c - the tools that a text names: are there such, are they declared,
 * and does a text that changes nothing keep to that. */
#include "rules/checks.h"
#include "rules/content.h"

#include "rune/str.h"

/* ---- names ------------------------------------------------------------------------- */

/* Names that are taken for those of tools, or were once. */
static const struct {
	struct str wrong;
	const char *right;
} slips[] = {
	{ STR_INIT("TodoRead"), "TodoWrite" },
	{ STR_INIT("ToDoWrite"), "TodoWrite" },
	{ STR_INIT("TodoList"), "TodoWrite" },
	{ STR_INIT("TodoUpdate"), "TodoWrite" },
	{ STR_INIT("Todo_Write"), "TodoWrite" },
	{ STR_INIT("TodoWrites"), "TodoWrite" },
	{ STR_INIT("ReadFile"), "Read" },
	{ STR_INIT("FileRead"), "Read" },
	{ STR_INIT("ReadFiles"), "Read" },
	{ STR_INIT("Read_File"), "Read" },
	{ STR_INIT("WriteFile"), "Write" },
	{ STR_INIT("FileWrite"), "Write" },
	{ STR_INIT("Write_File"), "Write" },
	{ STR_INIT("EditFile"), "Edit" },
	{ STR_INIT("FileEdit"), "Edit" },
	{ STR_INIT("Edit_File"), "Edit" },
	{ STR_INIT("Multi_Edit"), "MultiEdit" },
	{ STR_INIT("Multiedit"), "MultiEdit" },
	{ STR_INIT("Grepp"), "Grep" },
	{ STR_INIT("GrepSearch"), "Grep" },
	{ STR_INIT("Globb"), "Glob" },
	{ STR_INIT("GlobSearch"), "Glob" },
	{ STR_INIT("Bashh"), "Bash" },
	{ STR_INIT("BashCommand"), "Bash" },
	{ STR_INIT("Web_Fetch"), "WebFetch" },
	{ STR_INIT("Webfetch"), "WebFetch" },
	{ STR_INIT("FetchWeb"), "WebFetch" },
	{ STR_INIT("WebFecth"), "WebFetch" },
	{ STR_INIT("Web_Search"), "WebSearch" },
	{ STR_INIT("Websearch"), "WebSearch" },
	{ STR_INIT("SearchWeb"), "WebSearch" },
	{ STR_INIT("WebSeach"), "WebSearch" },
	{ STR_INIT("ReadTool"), "Read" },
	{ STR_INIT("WriteTool"), "Write" },
	{ STR_INIT("EditTool"), "Edit" },
	{ STR_INIT("BashTool"), "Bash" },
	{ STR_INIT("GrepTool"), "Grep" },
	{ STR_INIT("GlobTool"), "Glob" },
	{ STR_INIT("SkillTool"), "Skill" },
	{ STR_INIT("TaskTool"), "Task" },
	{ STR_INIT("AgentTool"), "Agent" },
	{ STR_INIT("SubAgent"), "Agent" },
};

/* What is meant by `name`, which is none; NULL: nothing that we know of. */
static const char *slip_of(struct str name)
{
	if (name.n < 5 || !char_is_upper(name.p[0]))
		return NULL;
	for (size_t i = 0; i < COUNTOF(slips); i++)
		if (str_eq(name, slips[i].wrong))
			return slips[i].right;
	return NULL;
}

static void report_unknown(
	const struct rule_ctx *c, struct span at, struct str name, const char *right)
{
	struct diag *d = diag_report(
		c->sink, RULE_TOOL_UNKNOWN, at, "there is no tool '%.*s'", STR_ARG(name));

	diag_note(c->sink, d, SPAN_NONE, "did you mean '%s'?", right);
}

static void check_names(const struct rule_ctx *c, const struct doc *d)
{
	for (uint32_t i = 0; i < d->nrun; i++) {
		struct span at = d->run[i].span;
		struct str name;
		const char *right;

		if (d->run[i].kind != RUN_CODE || at.len < 7 || at.len > 20)
			continue;
		at = code_inside(d, at);
		name = doc_text(d, at);
		right = slip_of(name);
		if (right)
			report_unknown(c, at, name, right);
	}
}

/* ---- what is declared -------------------------------------------------------------- */

/* Sets of tools, a bit for each. */
typedef unsigned tool_set;
#define BIT(t) (1u << TOOL_##t)

/* Either name is the tool that starts a helper; whoever may edit may edit much. */
static tool_set with_synonyms(tool_set s)
{
	if (s & (BIT(Agent) | BIT(Task)))
		s |= BIT(Agent) | BIT(Task);
	if (s & (BIT(Edit) | BIT(MultiEdit)))
		s |= BIT(Edit) | BIT(MultiEdit);
	return s;
}

static tool_set tool_bit(struct str name)
{
	for (unsigned i = 0; i < TOOL__COUNT; i++)
		if (str_eq(name, tool_name[i]))
			return 1u << i;
	return 0;
}

/* A list of tools in the frontmatter. */
struct declared {
	const struct fm_entry *entry; /* NULL: there is none */
	tool_set tools;
	bool all; /* a name that may be any: '*' */
};

/* "Bash(git:*)" is Bash. */
static void declare(const struct rule_ctx *c, struct declared *d, struct str name)
{
	size_t bracket = str_find_char(name, '(', 0);
	const char *right;

	if (bracket != STR_NPOS)
		name.n = bracket;
	name = str_trim(name);
	if (str_eq(name, STR("*")))
		d->all = true;
	d->tools |= tool_bit(name);
	right = slip_of(name);
	if (right)
		report_unknown(c, d->entry->value.span, name, right);
}

/* Names with blanks or commas between them, but for those in brackets. */
static void declare_text(const struct rule_ctx *c, struct declared *d, struct str s)
{
	size_t from = 0, depth = 0;

	for (size_t i = 0; i <= s.n; i++) {
		char ch = i < s.n ? s.p[i] : ',';

		if (ch == '(')
			depth++;
		if (ch == ')' && depth)
			depth--;
		if (i < s.n && (depth || (ch != ',' && !char_is_space(ch))))
			continue;
		if (i > from)
			declare(c, d, str_sub(s, from, i - from));
		from = i + 1;
	}
}

static struct declared declared_in(const struct rule_ctx *c, const struct fm_entry *e)
{
	struct declared d = { .entry = e };

	if (!e)
		return d;
	if (e->value.kind == FM_SCALAR)
		declare_text(c, &d, e->value.value);
	for (size_t i = 0; e->value.kind == FM_SEQ && i < e->value.n; i++)
		declare(c, &d, fm_str(&e->value.entry[i].value));
	if (!e->value.span.len || (e->value.kind != FM_SCALAR && e->value.kind != FM_SEQ))
		d.entry = NULL;
	d.tools = with_synonyms(d.tools);
	return d;
}

/* ---- what is used ------------------------------------------------------------------ */

/* A fence in a language of the shell is to be run, or so a reader takes it. */
static bool has_commands(const struct doc *d)
{
	for (uint32_t i = 1; i < d->nnode; i++) {
		size_t off = 0;
		struct str lang;

		if (d->node[i].kind == DOC_CODE_BLOCK && d->node[i].level &&
			text_word(d->node[i].text, &off, &lang) &&
			text_among(lang, "bash sh shell zsh console powershell"))
			return true;
	}
	return false;
}

/* Report each tool that the text uses and the list does not name, once. */
static void check_used(const struct rule_ctx *c, const struct rule_file *f,
	const struct declared *list, enum rule rule)
{
	const struct doc *d = f->doc;
	tool_set told = with_synonyms(list->tools);

	for (uint32_t i = 0; i < d->ntool && !list->all; i++) {
		const struct doc_tool *t = &d->tool[i];
		struct diag *r;

		if (told & 1u << t->tool || text_negated(d, t->block, t->span.off))
			continue;
		told = with_synonyms(told | 1u << t->tool);
		r = diag_report(c->sink, rule, t->span,
			"text uses '%.*s', which '%.*s' does not name",
			STR_ARG(tool_name[t->tool]), STR_ARG(list->entry->key));
		diag_note(c->sink, r, list->entry->value.span, "the list is here");
	}
}

/* Only a text that names its tools says something about those that it does not. */
static void check_unused(const struct rule_ctx *c, const struct rule_file *f,
	const struct declared *list, tool_set used)
{
	struct buf names = BUF_INIT(c->a);
	size_t n = 0;

	if (!used)
		return;
	if (!(used & BIT(Bash)) && (list->tools & BIT(Bash)) &&
		(has_commands(f->doc) || (f->skill && f->skill->has_scripts)))
		used |= BIT(Bash);
	for (unsigned i = 0; i < TOOL__COUNT; i++) {
		if (!(list->tools & 1u << i) || used & 1u << i || i == TOOL_MultiEdit ||
			(i == TOOL_Task && list->tools & BIT(Agent)))
			continue;
		buf_addf(&names, "%s'%.*s'", n++ ? ", " : "", STR_ARG(tool_name[i]));
	}
	if (n)
		diag_report(c->sink, RULE_TOOL_UNUSED, list->entry->value.span,
			"'%.*s' names tools that the text does not use: %.*s",
			STR_ARG(list->entry->key), STR_ARG(buf_str(&names)));
}

static tool_set used_tools(const struct doc *d)
{
	tool_set used = 0;

	for (uint32_t i = 0; i < d->ntool; i++)
		used |= 1u << d->tool[i].tool;
	return with_synonyms(used);
}

/* ---- reading only ------------------------------------------------------------------ */

#define WRITERS (BIT(Write) | BIT(Edit) | BIT(MultiEdit) | BIT(NotebookEdit))

/* Why the reader may take it that nothing is changed; NULL: he may not. */
static const char *read_only_claim(
	const struct rule_file *f, const struct declared *tools)
{
	static const struct str claims[] = { STR_INIT("read-only"), STR_INIT("readonly"),
		STR_INIT("never edits"), STR_INIT("never writes"),
		STR_INIT("never modifies"), STR_INIT("never changes"),
		STR_INIT("without changing"), STR_INIT("without modifying"),
		STR_INIT("does not modify"), STR_INIT("does not edit"),
		STR_INIT("makes no changes") };
	struct str s = f->meta->description;

	for (size_t at = 0; at < s.n; at++) {
		char first = (char)(s.p[at] | 0x20);

		for (size_t i = 0; i < COUNTOF(claims); i++)
			if (claims[i].p[0] == first &&
				str_eq_nocase(str_sub(s, at, claims[i].n), claims[i]))
				return claims[i].p;
	}
	if (tools->entry && tools->tools && !tools->all &&
		!(tools->tools & (WRITERS | BIT(Bash))))
		return "tools";
	return NULL;
}

static bool is_path(struct str s)
{
	size_t dot = str_find_char(s, '.', 0);

	if (s.n < 3 || str_find_char(s, ' ', 0) != STR_NPOS)
		return false;
	return str_find_char(s, '/', 0) != STR_NPOS ||
	       (dot != STR_NPOS && dot && dot + 1 < s.n && char_is_lower(s.p[dot + 1]));
}

/* "Write the plan to `docs/plan.md`": a code span that is a path, in the sentence that
 * such a verb begins. `run` is the prose; the span follows it. */
static bool tells_to_write(
	const struct doc *d, const struct doc_run *run, const struct doc_run *code)
{
	struct str text = doc_text(d, run->span), word;
	size_t from = text.n, off = 0;

	if (code->block != run->block || code->kind != RUN_CODE ||
		!is_path(doc_text(d, code_inside(d, code->span))))
		return false;
	while (from && !strchr(".;:!?|", text.p[from - 1]))
		from--;
	text = str_from(text, from);
	/* the sentence begins in this run, and so does the block, or it is preceded */
	if (!text_word(text, &off, &word) || !char_is_upper(word.p[0]) ||
		!text_among(word, "write save create append store record"))
		return false;
	while (text_word(text, &off, &word))
		if (text_among(word, "no not never nothing"))
			return false;
	return true;
}

static void check_read_only(
	const struct rule_ctx *c, const struct rule_file *f, const struct declared *tools)
{
	const char *claim = read_only_claim(f, tools);
	const struct doc *d = f->doc;
	struct span at = SPAN_NONE;
	struct diag *r;

	if (!claim)
		return;
	/* with a list of tools, one that it lacks is reported as that */
	for (uint32_t i = 0; i < d->ntool && !tools->entry && !at.src; i++)
		if (WRITERS & 1u << d->tool[i].tool &&
			!text_negated(d, d->tool[i].block, d->tool[i].span.off))
			at = d->tool[i].span;
	for (uint32_t i = 0; i + 1 < d->nrun && !at.src; i++)
		if (d->run[i].kind == RUN_PROSE &&
			tells_to_write(d, &d->run[i], &d->run[i + 1]))
			at = d->run[i + 1].span;
	if (!at.src)
		return;
	r = diag_report(c->sink, RULE_READ_ONLY, at, "text tells to write, though %s",
		strcmp(claim, "tools") ? "the description promises to change nothing"
				       : "its tools can only read");
	diag_note(c->sink, r, f->meta->description_span,
		"correct one of the two: whoever grants it trusts the promise");
}

/* ---- platforms --------------------------------------------------------------------- */

static bool maps(const struct adapter *ad, enum tool t)
{
	for (size_t i = 0; i < ad->ntools; i++)
		if (str_eq(ad->tools[i].from, tool_name[t]))
			return true;
	return false;
}

static bool has_names(const struct adapter *ad)
{
	for (size_t i = 0; i < ad->ntools; i++)
		if (ad->tools[i].to.n)
			return true;
	return false;
}

static void check_platform(
	const struct rule_ctx *c, const struct doc *d, const struct adapter *ad)
{
	tool_set told = 0;

	if (ad->caps & CAP_NATIVE_TOOLS || !has_names(ad))
		return;
	for (uint32_t i = 0; i < d->ntool; i++) {
		enum tool t = d->tool[i].tool;
		struct diag *r;

		if (told & 1u << t || maps(ad, t))
			continue;
		told |= 1u << t;
		r = diag_report(c->sink, RULE_TOOL_UNMAPPED, d->tool[i].span,
			"tool '%.*s' has no equivalent on %.*s", STR_ARG(tool_name[t]),
			STR_ARG(ad->title));
		diag_note(
			c->sink, r, SPAN_NONE, "the text will say what it does instead");
	}
}

/* ---- all --------------------------------------------------------------------------- */

void content_tools(const struct rule_ctx *c, const struct rule_file *f)
{
	const struct doc *d = f->doc;
	struct declared tools, allowed;
	tool_set used;

	if (!d)
		return;
	check_names(c, d);
	for (size_t i = 0; c->o->named && d->ntool && i < c->o->nplatform; i++)
		check_platform(c, d, c->o->platform[i]);
	if (f->kind != FILE_SKILL && f->kind != FILE_ROLE && f->kind != FILE_COMMAND)
		return;
	tools = declared_in(c, rule_meta_key(d, "tools"));
	if (!tools.entry)
		tools = declared_in(c, rule_key(d, "tools"));
	allowed = declared_in(c, rule_key(d, "allowed-tools"));
	used = used_tools(d);
	if (tools.entry) {
		check_used(c, f, &tools, RULE_TOOL_UNDECLARED);
		check_unused(c, f, &tools, used);
	}
	if (allowed.entry) {
		check_used(c, f, &allowed, RULE_TOOL_NOT_ALLOWED);
		check_unused(c, f, &allowed, used);
	}
	check_read_only(c, f, &tools);
}
