/* frontmatter_values.c - values that YAML reads otherwise than their author, and
 * that some client refuses. */
#include "rules/checks.h"

#include "rune/buf.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* ---- quoting ------------------------------------------------------------------------- */

/* `value` as a double-quoted scalar on one line, white space folded. */
static struct str quoted(struct arena *a, struct str value)
{
	struct buf b = BUF_INIT(a);
	bool gap = false;

	buf_addc(&b, '"');
	value = str_trim(value);
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (char_is_space(c)) {
			gap = true;
			continue;
		}
		if (gap)
			buf_addc(&b, ' ');
		gap = false;
		if (c == '"' || c == '\\')
			buf_addc(&b, '\\');
		if ((unsigned char)c < 0x20 || c == 0x7f)
			buf_addf(&b, "\\x%02X", (unsigned)(unsigned char)c);
		else
			buf_addc(&b, c);
	}
	buf_addc(&b, '"');
	return buf_str(&b);
}

static void fix_quote(const struct rule_ctx *c, struct diag *d, const struct fm_node *v)
{
	diag_fix(c->sink, d, "quote the value");
	diag_edit(c->sink, d, v->span, quoted(c->a, v->value));
}

/* ---- values of another type ------------------------------------------------------------ */

/* 0x1F, 0o17, 0b1 */
static bool is_based(struct str s)
{
	size_t from = s.n && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
	int base;

	if (s.n < from + 3 || s.p[from] != '0')
		return false;
	base = s.p[from + 1] == 'x' ? 16 : s.p[from + 1] == 'o' ? 8 : 2;
	if (base == 2 && s.p[from + 1] != 'b')
		return false;
	for (size_t i = from + 2; i < s.n; i++) {
		char c = (char)(s.p[i] | (char_is_upper(s.p[i]) ? 0x20 : 0));
		int digit = char_is_digit(c) ? c - '0' : c >= 'a' ? c - 'a' + 10 : base;

		if (digit >= base)
			return false;
	}
	return true;
}

/* .inf, -.Inf, .NaN */
static bool is_no_finite(struct str s)
{
	if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
		s = str_from(s, 1);
	return str_eq_nocase(s, STR(".inf")) || str_eq_nocase(s, STR(".nan"));
}

static bool is_number(struct str s)
{
	size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0, digits = 0, dots = 0;

	if (is_based(s) || is_no_finite(s))
		return true;
	for (; i < s.n; i++) {
		if (char_is_digit(s.p[i]))
			digits++;
		else if (s.p[i] == '.' && !dots)
			dots++;
		else if (s.p[i] == '_' && digits) /* 1_000, in YAML 1.1 */
			continue;
		else if (!(digits && (s.p[i] == 'e' || s.p[i] == 'E') && i + 1 < s.n))
			return false;
	}
	return digits;
}

/* 2026-11-23, with a time or without, which readers of YAML 1.1 make a date of */
static bool is_date(struct str s)
{
	static const char form[] = "dddd-dd-dd";
	size_t n = sizeof(form) - 1;

	if (s.n < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (form[i] == 'd' ? !char_is_digit(s.p[i]) : s.p[i] != form[i])
			return false;
	return s.n == n ||
	       (s.n > n + 1 && strchr("Tt ", s.p[n]) && char_is_digit(s.p[n + 1]));
}

/* What a plain scalar is to a reader of YAML 1.1 or 1.2 if not a string. */
static const char *other_type(const struct fm_node *v)
{
	static const struct str bools[] = { STR_INIT("true"), STR_INIT("false"),
		STR_INIT("yes"), STR_INIT("no"), STR_INIT("on"), STR_INIT("off") };

	if (v->style != FM_PLAIN)
		return NULL;
	if (v->kind == FM_NULL)
		return v->span.len ? "null" : NULL;
	if (v->kind != FM_SCALAR)
		return NULL;
	for (size_t i = 0; i < COUNTOF(bools); i++)
		if (str_eq_nocase(v->value, bools[i]))
			return "a boolean";
	if (is_date(v->value))
		return "a date";
	return is_number(v->value) ? "a number" : NULL;
}

static void check_type(const struct rule_ctx *c, const struct fm_entry *e, enum rule rule)
{
	const char *type = other_type(&e->value);
	struct str raw;
	struct diag *d;

	if (!type)
		return;
	/* an alias was refused: nothing was read for it */
	raw = source_slice(
		source_get(&c->project->sources, e->value.span.src), e->value.span);
	if (str_starts(raw, STR("*")))
		return;
	d = diag_report(c->sink, rule, e->value.span, "'%.*s' is text, but YAML reads %s",
		STR_ARG(e->key), type);
	diag_note(c->sink, d, SPAN_NONE, "quote it");
	fix_quote(c, d, &e->value);
}

void frontmatter_types(const struct rule_ctx *c, const struct rule_file *f)
{
	static const char *const text[] = { "name", "description", "license",
		"compatibility" };
	const struct fm_node *meta;

	if (!f->doc)
		return;
	for (size_t i = 0; i < COUNTOF(text); i++) {
		const struct fm_entry *e = rule_key(f->doc, text[i]);

		/* of a name or description that is null the loader says so */
		if (e && (i > 1 || e->value.kind != FM_NULL))
			check_type(c, e, RULE_VALUE_TYPED);
	}
	meta = fm_get(&f->doc->meta, STR("metadata"));
	for (size_t i = 0; meta && meta->kind == FM_MAP && i < meta->n; i++) {
		const struct fm_entry *e = &meta->entry[i];

		check_type(c, e, RULE_METADATA_TYPED);
		/* rune's own lists are its own business */
		if (rule_ours(f->meta))
			continue;
		if (e->value.kind == FM_SEQ || e->value.kind == FM_MAP)
			diag_report(c->sink, RULE_METADATA_TYPED, e->key_span,
				"'metadata.%.*s' is not text: strict readers refuse the "
				"skill",
				STR_ARG(e->key));
		else if (e->value.kind == FM_NULL && !e->value.span.len)
			diag_report(c->sink, RULE_METADATA_TYPED, e->key_span,
				"'metadata.%.*s' has no value: strict readers refuse the "
				"skill",
				STR_ARG(e->key));
	}
}

/* ---- the description -------------------------------------------------------------------- */

/* What stands behind a plain value on its line, from the blank before '#'. */
static struct span comment_behind(const struct doc *d, const struct fm_node *v)
{
	struct str text = d->src->text;
	uint32_t off = span_end(v->span), from = off;

	while (off < text.n && (text.p[off] == ' ' || text.p[off] == '\t'))
		off++;
	if (off == from || off >= text.n || text.p[off] != '#')
		return SPAN_NONE;
	from = off;
	while (off < text.n && text.p[off] != '\n' && text.p[off] != '\r')
		off++;
	return (struct span){ d->src->id, from, off - from };
}

static void check_comment(
	const struct rule_ctx *c, const struct doc *d, const struct fm_entry *e)
{
	struct span at = comment_behind(d, &e->value);
	struct diag *r;

	if (e->value.kind != FM_SCALAR || e->value.style != FM_PLAIN || !at.src)
		return;
	r = diag_report(c->sink, RULE_VALUE_CUT, at,
		"'%.*s' ends before the '#': the rest of the line is a comment",
		STR_ARG(e->key));
	diag_note(c->sink, r, SPAN_NONE, "quote the value if the rest belongs to it");
}

static const char *odd_style(const struct fm_node *v, struct str text)
{
	struct str raw = str_sub(text, v->span.off, v->span.len);

	if (v->style == FM_LITERAL || v->style == FM_FOLDED)
		return "a block scalar";
	if (str_find_char(raw, '\n', 0) != STR_NPOS)
		return "spread over several lines";
	return NULL;
}

/* Tags of HTML or XML, not '<' in prose: Anthropic's own reader refuses them. */
static struct span tag_in(const struct fm_node *v, struct str text)
{
	for (uint32_t i = v->span.off; i + 2 < span_end(v->span); i++) {
		uint32_t k = i + 1;

		if (text.p[i] != '<')
			continue;
		k += text.p[k] == '/';
		if (!char_is_lower(text.p[k]) && !char_is_upper(text.p[k]))
			continue;
		while (k < span_end(v->span) &&
			(char_is_alnum(text.p[k]) || strchr("-_:", text.p[k])))
			k++;
		if (k < span_end(v->span) && text.p[k] == '>')
			return (struct span){ v->span.src, i, k + 1 - i };
	}
	return SPAN_NONE;
}

void frontmatter_description(const struct rule_ctx *c, const struct rule_file *f)
{
	const struct fm_entry *e = f->doc ? rule_key(f->doc, "description") : NULL;
	const char *odd;
	struct diag *d;
	struct span tag;

	if (!e || e->value.kind != FM_SCALAR)
		return;
	check_comment(c, f->doc, e);
	odd = odd_style(&e->value, f->src->text);
	if (odd) {
		d = diag_report(c->sink, RULE_DESC_STYLE, e->value.span,
			"description is %s, which simple readers misread", odd);
		diag_note(c->sink, d, SPAN_NONE, "write it quoted, on one line");
		if (e->value.style != FM_LITERAL && e->value.style != FM_FOLDED)
			fix_quote(c, d, &e->value);
	}
	tag = tag_in(&e->value, f->src->text);
	if (tag.src) {
		d = diag_report(c->sink, RULE_DESC_TAGS, tag,
			"description contains the tag '%.*s'",
			STR_ARG(source_slice(f->src, tag)));
		diag_note(c->sink, d, SPAN_NONE,
			"say it without angle brackets: the description stands in the "
			"prompt, where tags mean something");
	}
}

/* ---- other fields ------------------------------------------------------------------------- */

#define COMPATIBILITY_MAX 500 /* characters; Agent Skills specification */

static void check_compatibility(const struct rule_ctx *c, const struct doc *d)
{
	const struct fm_entry *e = rule_key(d, "compatibility");
	size_t n = e ? utf8_count(fm_str(&e->value)) : 0;

	if (n > COMPATIBILITY_MAX)
		diag_report(c->sink, RULE_COMPATIBILITY_LONG, e->value.span,
			"'compatibility' has %zu characters; the limit is %d", n,
			COMPATIBILITY_MAX);
}

static void check_allowed_tools(const struct rule_ctx *c, const struct doc *d)
{
	const struct fm_entry *e = rule_key(d, "allowed-tools");
	struct str v = e ? fm_str(&e->value) : STR_NONE;
	bool depth = false;
	struct diag *r;

	if (!e || e->value.kind == FM_NULL || e->value.kind == FM_MAP)
		return;
	/* a comma in brackets belongs to a pattern: Bash(git add:*, …) */
	for (size_t i = 0; i < v.n; i++) {
		depth = v.p[i] == '(' || (depth && v.p[i] != ')');
		if (v.p[i] == ',' && !depth)
			break;
		if (i + 1 == v.n)
			return;
	}
	r = diag_report(c->sink, RULE_ALLOWED_TOOLS_FORM, e->value.span,
		"'allowed-tools' is %s; the specification wants names with blanks "
		"between them",
		e->value.kind == FM_SEQ ? "a list" : "separated by commas");
	diag_note(c->sink, r, SPAN_NONE, "Claude Code takes this form too, others not");
}

/* Keys that the open format has; a strict reader refuses all others. */
static bool is_open_key(struct str key)
{
	static const struct str open[] = { STR_INIT("name"), STR_INIT("description"),
		STR_INIT("license"), STR_INIT("compatibility"), STR_INIT("metadata"),
		STR_INIT("allowed-tools") };

	for (size_t i = 0; i < COUNTOF(open); i++)
		if (str_eq(key, open[i]))
			return true;
	return false;
}

/* Of a key of the open format. What is wrong with name and description the loader
 * says. */
static void check_value(const struct rule_ctx *c, const struct fm_entry *e)
{
	const struct fm_node *v = &e->value;
	bool text =
		str_eq(e->key, STR("license")) || str_eq(e->key, STR("compatibility"));

	if (str_eq(e->key, STR("name")) || str_eq(e->key, STR("description")))
		return;
	if (v->kind == FM_NULL && !v->span.len)
		diag_report(c->sink, RULE_KEY_EMPTY, e->key_span, "'%.*s' has no value",
			STR_ARG(e->key));
	else if (text && v->kind == FM_SCALAR && !str_trim(v->value).n)
		diag_report(c->sink, RULE_KEY_EMPTY, v->span, "'%.*s' is empty",
			STR_ARG(e->key));
	else if ((text && v->kind == FM_SEQ) ||
		 (v->kind == FM_MAP && !str_eq(e->key, STR("metadata"))))
		diag_report(c->sink, RULE_FM_TYPE, v->span, "'%.*s' must be text, not %s",
			STR_ARG(e->key), v->kind == FM_SEQ ? "a list" : "a map");
}

static void check_keys(const struct rule_ctx *c, const struct rule_file *f)
{
	struct diag *d = NULL;

	for (size_t i = 0; i < f->doc->meta.n; i++) {
		const struct fm_entry *e = &f->doc->meta.entry[i];

		if (is_open_key(e->key)) {
			check_value(c, e);
			continue;
		}
		/* of ours, rune writes only what each platform knows */
		if (rule_ours(f->meta))
			continue;
		if (d) {
			diag_note(c->sink, d, e->key_span, "and '%.*s'", STR_ARG(e->key));
			continue;
		}
		d = diag_report(c->sink, RULE_KEY_EXTRA, e->key_span,
			"'%.*s' is not a key of the Agent Skills format",
			STR_ARG(e->key));
		diag_note(c->sink, d, SPAN_NONE,
			"strict readers refuse the skill if it is installed as it is; "
			"'rune build' leaves the key out where it is not known");
	}
}

/* Anthropic reserves these words in names of skills. */
static void check_reserved(const struct rule_ctx *c, const struct rule_file *f)
{
	static const struct str words[] = { STR_INIT("claude"), STR_INIT("anthropic") };

	for (size_t i = 0; i < COUNTOF(words); i++)
		if (str_find(f->meta->name, words[i], 0) != STR_NPOS)
			diag_report(c->sink, RULE_NAME_RESERVED, f->meta->name_span,
				"name contains the reserved word '%.*s'",
				STR_ARG(words[i]));
}

void frontmatter_fields(const struct rule_ctx *c, const struct rule_file *f)
{
	if (!f->doc || !f->doc->has_frontmatter)
		return;
	check_compatibility(c, f->doc);
	check_allowed_tools(c, f->doc);
	check_keys(c, f);
	check_reserved(c, f);
}

/* MAJOR.MINOR.PATCH, and what may follow; https://semver.org, 2.0.0 */
static bool is_semver(struct str s)
{
	size_t i = 0;

	for (int part = 0; part < 3; part++) {
		size_t from = i;

		while (i < s.n && char_is_digit(s.p[i]))
			i++;
		if (i == from || (s.p[from] == '0' && i - from > 1))
			return false;
		if (part < 2 && (i == s.n || s.p[i++] != '.'))
			return false;
	}
	return i == s.n || ((s.p[i] == '-' || s.p[i] == '+') && i + 1 < s.n);
}

void frontmatter_version(const struct rule_ctx *c, const struct rule_file *f)
{
	const struct fm_entry *e = f->doc ? rule_meta_key(f->doc, "version") : NULL;

	if (e && e->value.kind == FM_SCALAR && rule_ours(f->meta) &&
		!is_semver(e->value.value))
		diag_report(c->sink, RULE_VERSION_FORM, e->value.span,
			"version '%.*s' is not of the form 1.2.3",
			STR_ARG(e->value.value));
}

/* ---- a second block -------------------------------------------------------------------- */

/* The line at `off`, without its end; the next one's start. */
static struct str line_at(struct str text, size_t off, size_t *next)
{
	size_t lf = str_find_char(text, '\n', off);
	struct str line = str_sub(text, off, (lf == STR_NPOS ? text.n : lf) - off);

	*next = lf == STR_NPOS ? text.n : lf + 1;
	return str_trim(line);
}

/* Generators that wrap a file twice leave an empty block before the body. */
void frontmatter_second(const struct rule_ctx *c, const struct rule_file *f)
{
	struct str text = f->src->text;
	size_t off, open, next;
	struct str line;
	struct diag *d;

	if (!f->doc || !f->doc->has_frontmatter)
		return;
	off = next = f->doc->body.off;
	do {
		open = off = next;
		line = line_at(text, off, &next);
	} while (!line.n && next < text.n);
	if (!str_eq(line, STR("---")))
		return;
	do
		line = line_at(text, next, &next);
	while (!line.n && next < text.n);
	if (!str_eq(line, STR("---")))
		return;
	d = diag_report(c->sink, RULE_FM_SECOND, rule_span(f, open, 3),
		"a second, empty frontmatter follows the first");
	diag_fix(c->sink, d, "remove it");
	diag_edit(c->sink, d, rule_span(f, open, next - open), STR_NONE);
}
