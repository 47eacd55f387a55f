/* frontmatter.c - the only user of libyaml: events into a tree. */
#include <inttypes.h>
#include <stdlib.h>
#include <yaml.h>

#include "rune/diag.h"
#include "rune/frontmatter.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* libyaml counts characters. step[i] is the byte offset of character i * STEP. */
#define STEP 128

struct marks {
	struct str text;
	bool ascii;
	uint32_t *step;
	size_t nstep;
};

/* A collection that is being read. Level 0 holds the document's one value. */
struct level {
	struct fm_node node;
	struct fm_entry *entry;
	size_t n, cap;
	struct str key; /* of the value to come */
	struct span key_span;
	bool has_key;
	bool drop; /* that value is not kept */
	bool is_key; /* this collection stands where a key should */
};

struct builder {
	const struct source *src;
	struct span range;
	struct marks marks;
	struct arena *a;
	struct diag_sink *sink;
	yaml_parser_t yaml;
	struct level level[FM_MAX_DEPTH + 1];
	size_t depth, nodes;
	uint32_t end; /* of the last scalar or bracket, in the file */
};

static void marks_init(struct marks *m, struct str text, struct arena *a)
{
	size_t off = 0, n = 0;

	m->text = text;
	m->ascii = true;
	for (size_t i = 0; i < text.n && m->ascii; i++)
		m->ascii = (unsigned char)text.p[i] < 0x80;
	if (m->ascii)
		return;
	m->step = arena_array(a, uint32_t, text.n / STEP + 1);
	for (; off < text.n; n++) {
		if (n % STEP == 0)
			m->step[m->nstep++] = (uint32_t)off;
		utf8_next(text, &off);
	}
}

static uint32_t marks_byte(const struct marks *m, size_t character)
{
	size_t k = character / STEP, left = character % STEP, off;

	if (m->ascii || !m->nstep)
		return (uint32_t)(character < m->text.n ? character : m->text.n);
	if (k >= m->nstep)
		return (uint32_t)m->text.n;
	off = m->step[k];
	while (left-- && off < m->text.n)
		utf8_next(m->text, &off);
	return (uint32_t)off;
}

static uint32_t offset_of(const struct builder *b, yaml_mark_t mark)
{
	return b->range.off + marks_byte(&b->marks, mark.index);
}

static struct span span_between(const struct builder *b, uint32_t from, uint32_t to)
{
	return (struct span){ b->src->id, from, to > from ? to - from : 0 };
}

static struct span event_span(const struct builder *b, const yaml_event_t *e)
{
	return span_between(b, offset_of(b, e->start_mark), offset_of(b, e->end_mark));
}

static struct str yaml_str(const yaml_char_t *p, size_t n)
{
	return (struct str){ (const char *)p, n };
}

/* A block scalar's end mark stands after the blank lines that follow it. */
static struct span trim_end(const struct builder *b, struct span sp)
{
	while (sp.len && char_is_space(b->src->text.p[span_end(sp) - 1]))
		sp.len--;
	return sp;
}

static enum fm_style style_of(yaml_scalar_style_t s)
{
	switch (s) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE: return FM_SINGLE;
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return FM_DOUBLE;
	case YAML_LITERAL_SCALAR_STYLE: return FM_LITERAL;
	case YAML_FOLDED_SCALAR_STYLE: return FM_FOLDED;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE: break;
	}
	return FM_PLAIN;
}

static bool is_null(struct str s)
{
	return !s.n || str_eq(s, STR("~")) || str_eq(s, STR("null")) ||
	       str_eq(s, STR("Null")) || str_eq(s, STR("NULL"));
}

/* Anchors, aliases and tags: a frontmatter needs none, and they can make a small
 * file grow without bound. The value itself is read as if they were not there. */
static void refuse(struct builder *b, struct span at, const char *what, struct str name)
{
	struct diag *d = diag_report(
		b->sink, RULE_FM_ALIAS, at, "YAML %s '%.*s'", what, STR_ARG(name));

	diag_note(b->sink, d, SPAN_NONE,
		"write the value itself, or quote it if it is meant as text");
}

static void check_properties(struct builder *b, const yaml_event_t *e,
	const yaml_char_t *anchor, const yaml_char_t *tag)
{
	struct span at = { b->src->id, offset_of(b, e->start_mark), 1 };

	if (anchor)
		refuse(b, at, "anchor", str_c((const char *)anchor));
	if (tag)
		refuse(b, at, "tag", str_c((const char *)tag));
}

static const struct fm_entry *find(const struct level *l, struct str key)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->entry[i].key, key))
			return &l->entry[i];
	return NULL;
}

static void set_key(struct builder *b, struct level *l, struct str key, struct span at)
{
	const struct fm_entry *first = find(l, key);
	struct diag *d;

	l->key = key;
	l->key_span = at;
	l->has_key = true;
	l->drop = first != NULL;
	if (!first)
		return;
	d = diag_report(b->sink, RULE_FM_DUP_KEY, at,
		"key '%.*s' is given twice, on line %" PRIu32 " and line %" PRIu32,
		STR_ARG(key), source_locate(b->src, first->key_span.off).line,
		source_locate(b->src, at.off).line);
	diag_note(b->sink, d, first->key_span, "first given here; this one is used");
}

/* A finished value goes to where it belongs in the level around it. */
static void add_value(struct builder *b, const struct fm_node *value)
{
	struct level *l = &b->level[b->depth];
	struct fm_entry *e;

	if (l->node.kind == FM_MAP && l->drop) {
		l->has_key = l->drop = false;
		return;
	}
	e = arena_push(b->a, struct fm_entry, l->entry, l->n, l->cap);
	e->value = *value;
	if (l->node.kind == FM_MAP) {
		e->key = l->key;
		e->key_span = l->key_span;
		l->has_key = false;
	}
}

static bool wants_key(const struct builder *b)
{
	const struct level *l = &b->level[b->depth];

	return l->node.kind == FM_MAP && !l->has_key;
}

static bool too_large(struct builder *b, struct span at, const char *what, unsigned limit)
{
	diag_report(b->sink, RULE_FM_DEPTH, at, "frontmatter has more than %u %s", limit,
		what);
	return false;
}

static bool count_node(struct builder *b, const yaml_event_t *e)
{
	if (++b->nodes <= FM_MAX_NODES)
		return true;
	return too_large(b, event_span(b, e), "values", FM_MAX_NODES);
}

static bool on_scalar(struct builder *b, const yaml_event_t *e)
{
	struct str text = yaml_str(e->data.scalar.value, e->data.scalar.length);
	struct fm_node node = { .style = style_of(e->data.scalar.style) };

	if (!count_node(b, e))
		return false;
	check_properties(b, e, e->data.scalar.anchor, e->data.scalar.tag);
	node.span = event_span(b, e);
	if (node.style == FM_LITERAL || node.style == FM_FOLDED)
		node.span = trim_end(b, node.span);
	b->end = span_end(node.span);
	if (wants_key(b)) {
		set_key(b, &b->level[b->depth], arena_strdup(b->a, text), node.span);
		return true;
	}
	node.kind = node.style == FM_PLAIN && is_null(text) ? FM_NULL : FM_SCALAR;
	node.value = arena_strdup(b->a, text);
	add_value(b, &node);
	return true;
}

static bool on_alias(struct builder *b, const yaml_event_t *e)
{
	struct fm_node node = { .kind = FM_NULL, .span = event_span(b, e) };

	if (!count_node(b, e))
		return false;
	refuse(b, node.span, "alias", str_c((const char *)e->data.alias.anchor));
	b->end = span_end(node.span);
	if (wants_key(b))
		set_key(b, &b->level[b->depth], STR_NONE, node.span);
	else
		add_value(b, &node);
	return true;
}

static bool on_start(
	struct builder *b, const yaml_event_t *e, enum fm_kind kind, bool is_flow)
{
	struct span at = event_span(b, e);
	bool is_key = wants_key(b);
	struct level *l;

	if (!count_node(b, e))
		return false;
	if (b->depth == FM_MAX_DEPTH)
		return too_large(b, at, "levels", FM_MAX_DEPTH);
	if (is_key)
		diag_report(b->sink, RULE_FM_TYPE, at,
			"a key is a %s; keys are plain words",
			kind == FM_MAP ? "mapping" : "list");
	l = &b->level[++b->depth];
	*l = (struct level){ .is_key = is_key };
	l->node.kind = kind;
	l->node.style = is_flow ? FM_FLOW : FM_BLOCK;
	l->node.span = at;
	b->end = span_end(at);
	return true;
}

static void on_end(struct builder *b, const yaml_event_t *e)
{
	struct level *l = &b->level[b->depth--];

	/* a block's end mark is where the next thing begins */
	if (l->node.style == FM_FLOW)
		b->end = offset_of(b, e->end_mark);
	l->node.span = span_between(b, l->node.span.off, b->end);
	l->node.entry = l->entry;
	l->node.n = l->n;
	if (l->is_key) {
		struct level *outer = &b->level[b->depth];

		outer->has_key = outer->drop = true;
	} else {
		add_value(b, &l->node);
	}
}

static bool on_document_start(struct builder *b, const yaml_event_t *e)
{
	struct span at = event_span(b, e);

	if (b->nodes) {
		struct diag *d = diag_report(b->sink, RULE_FM_SYNTAX, at,
			"a second YAML document begins in the frontmatter");

		diag_note(b->sink, d, SPAN_NONE,
			"the frontmatter ends at a line that is exactly '---'");
		return false;
	}
	if (e->data.document_start.version_directive ||
		e->data.document_start.tag_directives.start !=
			e->data.document_start.tag_directives.end) {
		diag_report(b->sink, RULE_FM_ALIAS, at, "YAML directives are refused");
		return false;
	}
	return true;
}

/* False ends the reading. */
static bool on_event(struct builder *b, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT: return on_document_start(b, e);
	case YAML_SCALAR_EVENT: return on_scalar(b, e);
	case YAML_ALIAS_EVENT: return on_alias(b, e);
	case YAML_SEQUENCE_START_EVENT:
		check_properties(
			b, e, e->data.sequence_start.anchor, e->data.sequence_start.tag);
		return on_start(b, e, FM_SEQ,
			e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
	case YAML_MAPPING_START_EVENT:
		check_properties(
			b, e, e->data.mapping_start.anchor, e->data.mapping_start.tag);
		return on_start(b, e, FM_MAP,
			e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: on_end(b, e); return true;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT: break;
	}
	return true;
}

/* The line's indentation, or the blanks before `off` in it, hold a tab. */
static bool tab_before(const struct source *src, uint32_t off, uint32_t *tab)
{
	uint32_t from = src->line[source_locate(src, off).line - 1];

	for (; from < src->text.n && memchr(" \t", src->text.p[from], 2); from++) {
		if (src->text.p[from] == '\t') {
			*tab = from;
			return true;
		}
	}
	return false;
}

/* From the first tab of a line's indentation on. */
static void fix_tabs(struct builder *b, struct diag *d, uint32_t tab)
{
	struct buf with = BUF_INIT(b->a);
	uint32_t end = tab;

	for (; end < b->src->text.n && memchr(" \t", b->src->text.p[end], 2); end++)
		buf_addz(&with, b->src->text.p[end] == '\t' ? "  " : " ");
	diag_fix(b->sink, d, "indent with spaces");
	diag_edit(
		b->sink, d, (struct span){ b->src->id, tab, end - tab }, buf_str(&with));
}

static bool is_key(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!char_is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
			return false;
	return s.n > 0;
}

/* In single quotes if that spares escapes, else in double quotes. */
static struct str in_quotes(struct arena *a, struct str value)
{
	struct buf b = BUF_INIT(a);
	bool single = (str_find_char(value, '"', 0) != STR_NPOS ||
			      str_find_char(value, '\\', 0) != STR_NPOS) &&
		      str_find_char(value, '\'', 0) == STR_NPOS;

	buf_addc(&b, single ? '\'' : '"');
	for (size_t i = 0; i < value.n; i++) {
		if (!single && (value.p[i] == '"' || value.p[i] == '\\'))
			buf_addc(&b, '\\');
		buf_addc(&b, value.p[i]);
	}
	buf_addc(&b, single ? '\'' : '"');
	return buf_str(&b);
}

/* `key: value` of the line at `off`, where the value holds ": ". */
static void note_quoting(struct builder *b, struct diag *d, uint32_t off)
{
	struct str line = source_line(b->src, source_locate(b->src, off).line);
	size_t colon = str_find(line, STR(": "), 0);
	struct str key, value, quoted;

	if (colon == STR_NPOS)
		return;
	key = str_trim(str_sub(line, 0, colon));
	value = str_trim(str_from(line, colon + 1));
	if (!value.n || memchr("\"'|>[{&*!", value.p[0], 9))
		return;
	quoted = in_quotes(b->a, value);
	diag_note(b->sink, d, SPAN_NONE,
		"a value that holds ': ' must be quoted: %.*s: %.*s", STR_ARG(key),
		STR_ARG(quoted));
	/* what follows " #" may be a comment, which quotes would make text */
	if (!is_key(key) || str_find(value, STR(" #"), 0) != STR_NPOS)
		return;
	diag_fix(b->sink, d, "quote the value");
	diag_edit(b->sink, d,
		(struct span){ b->src->id, (uint32_t)(value.p - b->src->text.p),
			(uint32_t)value.n },
		quoted);
}

static void report_syntax(struct builder *b)
{
	const char *problem = b->yaml.problem ? b->yaml.problem : "not readable";
	bool is_reader = b->yaml.error == YAML_READER_ERROR;
	uint32_t off = is_reader ? b->range.off + (uint32_t)b->yaml.problem_offset
				 : offset_of(b, b->yaml.problem_mark);
	struct linecol lc = source_locate(b->src, off);
	struct span at = { b->src->id, off, off < span_end(b->range) };
	struct diag *d;
	uint32_t tab;

	if (!is_reader && tab_before(b->src, off, &tab)) {
		d = diag_report(b->sink, RULE_FM_SYNTAX, (struct span){ at.src, tab, 1 },
			"a tab indents line %" PRIu32, lc.line);
		diag_note(b->sink, d, SPAN_NONE, "YAML is indented with spaces only");
		fix_tabs(b, d, tab);
		return;
	}
	d = diag_report(b->sink, RULE_FM_SYNTAX, at,
		"not valid YAML on line %" PRIu32 ", column %" PRIu32 ": %s", lc.line,
		lc.col, problem);
	if (b->yaml.context && !is_reader)
		diag_note(b->sink, d,
			(struct span){ at.src, offset_of(b, b->yaml.context_mark), 0 },
			"%s", b->yaml.context);
	if (strstr(problem, "mapping values are not allowed"))
		note_quoting(b, d, off);
}

static bool read_events(struct builder *b)
{
	yaml_event_t e;
	bool more = true;

	while (more) {
		yaml_event_type_t type;

		if (!yaml_parser_parse(&b->yaml, &e)) {
			report_syntax(b);
			return false;
		}
		type = e.type;
		more = on_event(b, &e);
		yaml_event_delete(&e);
		if (type == YAML_STREAM_END_EVENT)
			return true;
	}
	return false;
}

/* What was read before an error: close the levels that are still open. */
static void close_levels(struct builder *b)
{
	while (b->depth) {
		struct level *l = &b->level[b->depth--];

		l->node.span = span_between(b, l->node.span.off, b->end);
		l->node.entry = l->entry;
		l->node.n = l->n;
		if (!l->is_key)
			add_value(b, &l->node);
	}
}

/* Did the reader give up on the line where this value ends? Then it is hardly what
 * was meant. */
static bool gave_up_at(const struct builder *b, const struct fm_node *v)
{
	uint32_t from = span_end(v->span), to;

	if (b->yaml.error == YAML_NO_ERROR)
		return false;
	to = offset_of(b, b->yaml.problem_mark);
	return to >= from &&
	       str_find_char(str_sub(b->src->text, from, to - from), '\n', 0) == STR_NPOS;
}

static bool take_root(struct builder *b, bool ok, struct fm_node *out)
{
	const struct level *top = &b->level[0];
	const struct fm_node *root = top->n ? &top->entry[0].value : NULL;

	*out = (struct fm_node){ FM_MAP, FM_BLOCK, b->range, STR_NONE, NULL, 0 };
	if (!root || root->kind == FM_NULL)
		return ok;
	if (root->kind == FM_MAP) {
		*out = *root;
		if (!ok && out->n && gave_up_at(b, &out->entry[out->n - 1].value))
			out->n--;
		return ok;
	}
	if (ok)
		diag_report(b->sink, RULE_FM_TYPE, root->span,
			"frontmatter is %s, not a mapping of keys to values",
			root->kind == FM_SEQ ? "a list" : "plain text");
	return false;
}

bool fm_parse(const struct source *src, struct span range, struct arena *a,
	struct diag_sink *sink, struct fm_node *out)
{
	struct builder b = { .src = src, .range = range, .a = a, .sink = sink };
	struct str text = source_slice(src, range);
	struct arena scratch = { 0 };
	bool ok;

	b.level[0].node.kind = FM_SEQ;
	b.end = range.off;
	marks_init(&b.marks, text, &scratch);
	BUG_IF(!yaml_parser_initialize(&b.yaml)); /* fails for lack of memory only */
	yaml_parser_set_encoding(&b.yaml, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&b.yaml, (const unsigned char *)(text.n ? text.p : ""), text.n);
	ok = read_events(&b);
	close_levels(&b);
	ok = take_root(&b, ok, out);
	yaml_parser_delete(&b.yaml);
	arena_release(&scratch);
	return ok;
}

const char *fm_library_version(void)
{
	return yaml_get_version_string();
}
