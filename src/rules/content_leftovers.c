/* content_leftovers.c - what was to be replaced before publishing, and what a client
 * replaces though it should not.
 *
 * One pass over the bytes of a text: a table tells the few that can begin any of it. */
#include "rules/checks.h"
#include "rules/content.h"

#include "rune/str.h"

enum class { PLAIN, BRACE, BRACKET, DOLLAR, SLASH, BACKSLASH, MARK_T, MARK_F, MARK_L };

static const unsigned char class_of[256] = {
	['{'] = BRACE,
	['['] = BRACKET,
	['$'] = DOLLAR,
	['/'] = SLASH,
	['\\'] = BACKSLASH,
	['T'] = MARK_T,
	['F'] = MARK_F,
	['L'] = MARK_L,
};

#define MARKS_MAX   8 /* bytes of emphasis before a mark */
#define BRACKET_MAX 400 /* bytes of a mark in brackets */

struct scan_text {
	const struct rule_ctx *c;
	const struct rule_file *f;
	struct str text;
	uint32_t
		run; /* the first run that does not end before the last place asked for */
	bool scripts_told, machine_told;
	bool keep_dollars; /* $1 is no business of ours */
	bool material; /* templates and the like may hold what they like */
	bool scripts; /* there are some for {scripts_dir} to lead to */
	struct diag *argument; /* of $1 and such */
	size_t arguments;
};

/* ---- where it stands --------------------------------------------------------------- */

/* The run that holds the byte at `off`, which never goes back; NULL if none does. */
static const struct doc_run *run_at(struct scan_text *t, uint32_t off)
{
	const struct doc *d = t->f->doc;

	while (t->run < d->nrun && span_end(d->run[t->run].span) <= off)
		t->run++;
	if (t->run == d->nrun || d->run[t->run].span.off > off)
		return NULL;
	return &d->run[t->run];
}

static bool in_prose(struct scan_text *t, uint32_t off)
{
	const struct doc_run *run = run_at(t, off);

	return run && run->kind == RUN_PROSE;
}

/* Does the text of its block begin at `off`, behind emphasis marks and check boxes? */
static bool begins_block(struct scan_text *t, uint32_t off)
{
	const struct doc_run *run = run_at(t, off);
	uint32_t from = run ? run->span.off : 0;

	if (!run || run->kind != RUN_PROSE || off - from > MARKS_MAX)
		return false;
	while (from < off && strchr("*_ \t", t->text.p[from]))
		from++;
	return from == off;
}

static bool has(const struct scan_text *t, size_t off, struct str what)
{
	return str_eq(str_sub(t->text, off, what.n), what);
}

/* ---- placeholders ------------------------------------------------------------------ */

static bool has_scripts(const struct rule_file *f)
{
	if (f->part)
		for (size_t i = 0; i < f->part->nresource; i++)
			if (str_starts(f->part->resource[i].rel, STR("scripts/")))
				return true;
	return f->skill ? f->skill->has_scripts : f->pack ? f->pack->has_scripts : false;
}

static void check_scripts(struct scan_text *t, uint32_t off, size_t len)
{
	struct diag *d;

	if (t->scripts_told || t->scripts || (!t->f->skill && !t->f->pack && !t->f->text))
		return;
	t->scripts_told = true;
	d = diag_report(t->c->sink, RULE_SCRIPTS_DIR, rule_span(t->f, off, len),
		"'{scripts_dir}' is used but there are no scripts");
	diag_note(t->c->sink, d, SPAN_NONE,
		"put the files into a directory scripts/ beside this one");
}

static bool in_name(char c)
{
	return char_is_alnum(c) || c == '_' || c == '-' || c == '.';
}

/* The word in the braces that open before `off`; *end is behind those that close.
 * Empty if anything else stands in them. */
static struct str braced(struct str text, size_t off, struct str close, size_t *end)
{
	size_t from = off, to;

	while (close.n > 1 && from < text.n && text.p[from] == ' ')
		from++;
	for (to = from; to < text.n && in_name(text.p[to]);)
		to++;
	*end = to;
	while (close.n > 1 && *end < text.n && text.p[*end] == ' ')
		++*end;
	if (!str_eq(str_sub(text, *end, close.n), close))
		return STR_NONE;
	*end += close.n;
	return str_sub(text, from, to - from);
}

static void report_placeholder(struct scan_text *t, size_t off, size_t end)
{
	struct diag *d =
		diag_report(t->c->sink, RULE_PLACEHOLDER, rule_span(t->f, off, end - off),
			"placeholder '%.*s' was left in the text",
			STR_ARG(str_sub(t->text, off, end - off)));

	diag_note(t->c->sink, d, SPAN_NONE,
		"fill it in; what the reader is to fill in stands in backticks or in a "
		"fence");
}

/* {{x}}; ${{ x }} is a workflow's. */
static size_t check_double(struct scan_text *t, size_t off)
{
	size_t end;
	struct str word = braced(t->text, off + 2, STR("}}"), &end);

	if (!word.n)
		return off + 2;
	/* companions may be about languages of templates, and so are names with dots */
	if (t->f->kind != FILE_REFERENCE && t->f->kind != FILE_TEMPLATE &&
		str_find_char(word, '.', 0) == STR_NPOS &&
		(!off || t->text.p[off - 1] != '$') && in_prose(t, (uint32_t)off))
		report_placeholder(t, off, end);
	return end;
}

/* "script-dir", "SCRIPTS_DIR", "scriptsDir" */
static bool is_slip(struct str word)
{
	static const char want[] = "scriptsdir";
	size_t k = 0;

	for (size_t i = 0; i < word.n; i++) {
		char ch = (char)(word.p[i] | (char_is_upper(word.p[i]) ? 0x20 : 0));

		if (ch == '_' || ch == '-')
			continue;
		k += ch == 'd' && want[k] == 's' && k;
		if (ch != want[k])
			return false;
		k++;
	}
	return k + 1 == sizeof(want);
}

static void check_ours(struct scan_text *t, size_t off, struct str word, size_t end)
{
	struct diag *d;

	if (is_slip(word)) {
		d = diag_report(t->c->sink, RULE_PLACEHOLDER,
			rule_span(t->f, off, end - off),
			"placeholder '{%.*s}' is not known", STR_ARG(word));
		diag_note(t->c->sink, d, SPAN_NONE, "did you mean '{scripts_dir}'?");
	} else if (char_is_lower(word.p[0]) && (!off || t->text.p[off - 1] != '$') &&
		   in_prose(t, (uint32_t)off)) {
		report_placeholder(t, off, end);
	}
}

static size_t check_brace(struct scan_text *t, size_t off)
{
	struct str word;
	size_t end;

	if (has(t, off, STR("{{")))
		return check_double(t, off);
	word = braced(t->text, off + 1, STR("}"), &end);
	if (!word.n)
		return off + 1;
	if (str_eq(word, STR("scripts_dir")))
		check_scripts(t, (uint32_t)off, end - off);
	else if (rule_ours(t->f->meta) && !t->material)
		check_ours(t, off, word, end);
	return end;
}

/* ---- drafts ------------------------------------------------------------------------ */

static void report_draft(struct scan_text *t, size_t off, size_t len, const char *what)
{
	diag_report(t->c->sink, RULE_DRAFT, rule_span(t->f, off, len),
		"'%s' was left in the text", what);
}

/* The mark at `off` heads its paragraph or item with a colon, or is all of it: else
 * the text may be about such marks. In a table it may be what is known. */
static void check_mark(struct scan_text *t, size_t off, struct str mark)
{
	size_t end = off + mark.n;
	const struct doc_run *run;
	struct str rest;

	if (!has(t, off, mark) || !begins_block(t, (uint32_t)off))
		return;
	run = run_at(t, (uint32_t)off);
	if (t->f->doc->node[run->block].kind == DOC_TABLE)
		return;
	rest = str_trim(str_sub(t->text, end, span_end(run->span) - end));
	while (rest.n && strchr("*_.", rest.p[0]))
		rest = str_from(rest, 1);
	if (!rest.n || rest.p[0] == ':')
		report_draft(t, off, mark.n, str_dupz(t->c->a, mark));
}

static void check_marks(struct scan_text *t, size_t off)
{
	check_mark(t, off, STR("TODO"));
	check_mark(t, off, STR("TBD"));
	check_mark(t, off, STR("FIXME"));
	/* the name alone is what texts about drafts speak of */
	if (has(t, off + 1, STR("orem ipsum dolor")) && in_prose(t, (uint32_t)off))
		report_draft(t, off, 11, "lorem ipsum");
}

/* "[TODO: …]", as generators of skills write it. */
static void check_bracket(struct scan_text *t, size_t off)
{
	static const struct str marks[] = { STR_INIT("[TODO"), STR_INIT("[TBD"),
		STR_INIT("[FIXME"), STR_INIT("[INSERT ") };

	for (size_t i = 0; i < COUNTOF(marks); i++) {
		size_t close;

		if (!has(t, off, marks[i]) || !in_prose(t, (uint32_t)off))
			continue;
		close = str_find_char(str_sub(t->text, 0, off + BRACKET_MAX), ']', off);
		/* a link is called so: the text is about them */
		if (close == STR_NPOS || has(t, close, STR("](")))
			continue;
		report_draft(t, off, marks[i].n - (marks[i].n > 5),
			str_dupz(t->c->a, str_trim(str_from(marks[i], 1))));
	}
}

/* ---- arguments --------------------------------------------------------------------- */

/* What Claude Code does to a skill's text when it is given arguments: $0 to $9 stand
 * for them, in code too, unless a backslash precedes or a letter follows. Prices in
 * prose are hit only by a long row of arguments. */
#define PROSE_MOST '2'

static void check_dollar(struct scan_text *t, size_t off)
{
	struct str text = t->text;
	size_t end = off + 1;

	if (t->f->kind != FILE_SKILL || off < t->f->doc->body.off || end == text.n ||
		!char_is_digit(text.p[end]) || (off && text.p[off - 1] == '\\'))
		return;
	if (text.p[end] > PROSE_MOST && in_prose(t, (uint32_t)off))
		return;
	end++;
	if (end < text.n && (char_is_alnum(text.p[end]) || text.p[end] == '_'))
		return;
	if (!t->arguments++)
		t->argument = diag_report(t->c->sink, RULE_ARGUMENT,
			rule_span(t->f, off, end - off),
			"Claude Code puts a word of the skill's arguments in place of "
			"'%.*s'",
			STR_ARG(str_sub(text, off, end - off)));
}

static void finish_arguments(struct scan_text *t)
{
	if (t->arguments > 1)
		diag_note(t->c->sink, t->argument, SPAN_NONE, "and %zu more like it",
			t->arguments - 1);
	if (t->arguments)
		diag_note(t->c->sink, t->argument, SPAN_NONE,
			"move the code to a script, or write '\\$': only SKILL.md itself "
			"is treated so");
}

/* A skill that takes arguments may mean what it says. */
static bool wants_arguments(const struct rule_ctx *c, const struct rule_file *f)
{
	for (size_t i = 0; i < c->o->nplatform; i++)
		if (str_starts(c->o->platform[i]->name, STR("claude")))
			return rule_key(f->doc, "arguments") ||
			       rule_key(f->doc, "argument-hint") ||
			       str_find(f->src->text, STR("$ARGUMENTS"), 0) != STR_NPOS;
	return true;
}

/* ---- machines ---------------------------------------------------------------------- */

/* Names that stand for anybody. */
#define ANYBODY                                                                          \
	"user users username you your yourname yourusername your-username your-name "    \
	"name me "                                                                       \
	"myuser myname john johndoe jane alice bob dev developer runner ubuntu "         \
	"ec2-user "                                                                      \
	"admin administrator node app appuser nonroot vscode codespace jovyan coder "    \
	"vagrant "                                                                       \
	"pi deploy project projects foo bar test testuser example someone somebody xxx " \
	"shared public linuxbrew git postgres claude agent sandbox work workspace "      \
	"default "                                                                       \
	"root home builder jenkins circleci airflow airbyte student guest operator"

static void check_home(struct scan_text *t, size_t off, struct str head)
{
	size_t from = off + head.n, end = from;
	struct str name;
	struct diag *d;

	if (t->machine_told || !has(t, off, head) ||
		(off && (char_is_alnum(t->text.p[off - 1]) ||
				strchr("_-.~/}$)>*", t->text.p[off - 1]))))
		return;
	while (end < t->text.n &&
		(char_is_alnum(t->text.p[end]) || strchr("_-", t->text.p[end])))
		end++;
	name = str_sub(t->text, from, end - from);
	if (name.n < 2 || end == t->text.n || !strchr("/\\", t->text.p[end]) ||
		text_among(name, ANYBODY))
		return;
	t->machine_told = true;
	d = diag_report(t->c->sink, RULE_PATH_MACHINE, rule_span(t->f, off, end - off),
		"'%.*s' is a directory of one person's machine",
		STR_ARG(str_sub(t->text, off, end - off)));
	diag_note(t->c->sink, d, SPAN_NONE,
		"write a path relative to the project or the skill, or '~/'");
}

/* "C:\\Users\\name\\", from its first backslash */
static void check_drive(struct scan_text *t, size_t off)
{
	char head[] = "C:\\Users\\";

	if (off < 2 || t->text.p[off - 1] != ':' ||
		!(char_is_upper(t->text.p[off - 2]) || char_is_lower(t->text.p[off - 2])))
		return;
	head[0] = t->text.p[off - 2];
	check_home(t, off - 2, str_c(head));
}

/* ---- the pass ---------------------------------------------------------------------- */

/* Returns where to go on. */
static size_t visit(struct scan_text *t, size_t off)
{
	switch ((enum class)class_of[(unsigned char)t->text.p[off]]) {
	case BRACE: return check_brace(t, off);
	case BRACKET:
		if (!t->material)
			check_bracket(t, off);
		break;
	case DOLLAR:
		if (!t->keep_dollars)
			check_dollar(t, off);
		break;
	case SLASH:
		check_home(t, off, STR("/home/"));
		check_home(t, off, STR("/Users/"));
		break;
	case BACKSLASH: check_drive(t, off); break;
	case MARK_T:
	case MARK_F:
	case MARK_L:
		if (!t->material)
			check_marks(t, off);
		break;
	case PLAIN: break;
	}
	return off + 1;
}

void content_leftovers(const struct rule_ctx *c, const struct rule_file *f)
{
	struct scan_text t = { .c = c, .f = f, .text = f->src->text };
	size_t off = 0;

	if (!f->doc)
		return;
	t.material = content_is_material(f);
	t.scripts = has_scripts(f);
	t.keep_dollars = f->kind != FILE_SKILL || wants_arguments(c, f);
	while (off < t.text.n) {
		while (off < t.text.n && !class_of[(unsigned char)t.text.p[off]])
			off++;
		if (off < t.text.n)
			off = visit(&t, off);
	}
	finish_arguments(&t);
}

/* A script is read for the machine only. */
void content_machine(const struct rule_ctx *c, const struct rule_file *f)
{
	struct scan_text t = { .c = c, .f = f, .text = f->src->text };

	for (size_t off = 0; (off = str_find_char(t.text, '/', off)) != STR_NPOS; off++) {
		check_home(&t, off, STR("/home/"));
		check_home(&t, off, STR("/Users/"));
	}
}
