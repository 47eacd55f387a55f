#include "passes.h"

#include "rune/str.h"
#include "words.h"

static pass_fn pass_generated;

const struct pass pass_table[] = {
	{ STR_INIT("references"), 0, pass_references },
	{ STR_INIT("connections"), 0, pass_connections },
	{ STR_INIT("tool-names"), CAP_NATIVE_TOOLS, pass_tool_names },
	{ STR_INIT("subagents"), CAP_SUBAGENTS, pass_subagents },
	{ STR_INIT("scripts"), 0, pass_scripts },
	{ STR_INIT("links"), 0, pass_links },
	{ STR_INIT("headings"), 0, pass_headings },
	{ STR_INIT("compliance"), 0, pass_compliance },
	{ STR_INIT("generated"), 0, pass_generated },
	{ STR_INIT("constraints"), CAP_HOOKS, pass_constraints },
	{ STR_INIT("branding"), 0, pass_branding },
};
const size_t pass_count = COUNTOF(pass_table);

static bool has_omission(const struct unit *u)
{
	return u->omit.len || u->instead.n;
}

bool pass_covers(const struct pass_ctx *c, struct span s)
{
	const struct unit *u = c->unit;

	if (s.off < u->range.off || span_end(s) > span_end(u->range))
		return false;
	return !u->omit.len || span_end(s) <= u->omit.off || s.off >= span_end(u->omit);
}

void pass_replace(const struct pass_ctx *c, struct edit_list *out, struct span what,
	struct str with)
{
	edit_add(out, what.off, what.len, with, c->pass);
}

static bool uses_crlf(const struct unit *u)
{
	struct str text = doc_text(u->doc, u->range);
	size_t at = str_find_char(text, '\n', 0);

	return at != STR_NPOS && at && text.p[at - 1] == '\r';
}

/* `block` between two strings, with the line ends of the file. */
static struct str lay_out(
	const struct pass_ctx *c, struct str before, struct str block, const char *after)
{
	struct buf all = BUF_INIT(c->a), b = BUF_INIT(c->a);
	struct str s, line;

	buf_add(&all, before);
	buf_add(&all, block);
	buf_addz(&all, after);
	s = buf_str(&all);
	if (!uses_crlf(c->unit))
		return s;
	while (str_line(&s, &line)) {
		buf_add(&b, line);
		buf_addz(&b, "\r\n");
	}
	return buf_str(&b);
}

/* What makes an empty line after `s`, which may be empty itself or blank. */
static const char *empty_line_after(struct str s)
{
	size_t ends = 0, n = s.n;
	bool open = s.n && s.p[s.n - 1] != '\n';

	while (n && memchr(" \t\r\n", s.p[n - 1], 4))
		ends += s.p[--n] == '\n';
	if (open)
		return ends ? "\n" : "\n\n";
	return !n || ends > 1 ? "" : "\n";
}

void pass_insert_block(
	const struct pass_ctx *c, struct edit_list *out, uint32_t off, struct str block)
{
	struct str before = doc_text(c->unit->doc, c->unit->range);

	before = str_sub(before, 0, off - c->unit->range.off);
	edit_add(out, off, 0, lay_out(c, str_c(empty_line_after(before)), block, "\n"),
		c->pass);
}

/* The last block of the document's own level, if the file ends with the document. */
static const struct node *final_block(const struct unit *u)
{
	const struct doc *d = u->doc;
	node_id last = 0;

	if (u->omit.len && span_end(u->omit) == span_end(u->range))
		return NULL;
	for (node_id i = d->node[0].first_child; i; i = d->node[i].next)
		if (d->node[i].span.off < span_end(u->range))
			last = i;
	return last ? &d->node[last] : NULL;
}

static size_t run_length(struct str s, char c)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == c)
		n++;
	return n;
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Lines as Markdown has them: a lone CR ends one, too. CRLF makes an empty one more. */
static struct str cut_line(struct str *rest)
{
	size_t n = 0;
	struct str line;

	while (n < rest->n && !is_line_end(rest->p[n]))
		n++;
	line = str_sub(*rest, 0, n);
	*rest = str_from(*rest, n + 1);
	return line;
}

/* Does the line close the fence that `open` begins with? */
static bool closes_fence(struct str line, struct str open)
{
	size_t indent = run_length(line, ' '), n;

	line = str_from(line, indent);
	n = run_length(line, open.p[0]);
	for (size_t i = n; i < line.n; i++)
		if (line.p[i] != ' ' && line.p[i] != '\t')
			return false;
	return indent < 4 && n >= run_length(open, open.p[0]);
}

/* The fence that is missing after an open code block of the document's own level;
 * empty if it is closed, or if there is none because the code is indented. */
static struct str missing_fence(const struct doc *d, struct span block)
{
	struct str open, rest, line, last = STR_NONE;
	uint32_t end = span_end(block);
	size_t indent = 0, n;

	block.off = line_start(d, block.off);
	block.len = end - block.off;
	open = doc_text(d, block);
	indent = run_length(open, ' ');
	open = rest = str_from(open, indent);
	n = open.n ? run_length(open, open.p[0]) : 0;
	if (indent > 3 || n < 3 || (open.p[0] != '`' && open.p[0] != '~'))
		return STR_NONE;
	cut_line(&rest);
	while (rest.n)
		if ((line = cut_line(&rest)).n)
			last = line;
	return closes_fence(last, open) ? STR_NONE : str_sub(open, 0, n);
}

/* HTML blocks that only their own end marker ends. */
static struct str missing_end_tag(struct str block)
{
	static const struct {
		struct str open, close;
	} pairs[] = {
		{ STR_INIT("<!--"), STR_INIT("-->") },
		{ STR_INIT("<pre"), STR_INIT("</pre>") },
		{ STR_INIT("<script"), STR_INIT("</script>") },
		{ STR_INIT("<style"), STR_INIT("</style>") },
		{ STR_INIT("<textarea"), STR_INIT("</textarea>") },
		{ STR_INIT("<?"), STR_INIT("?>") },
		{ STR_INIT("<![CDATA["), STR_INIT("]]>") },
		{ STR_INIT("<!"), STR_INIT(">") },
	};
	struct str s = str_trim(block);

	for (size_t i = 0; i < COUNTOF(pairs); i++) {
		struct str head = str_sub(s, 0, pairs[i].open.n);
		if (!str_eq_nocase(head, pairs[i].open))
			continue;
		for (size_t at = head.n; at < s.n; at++)
			if (str_eq_nocase(
				    str_sub(s, at, pairs[i].close.n), pairs[i].close))
				return STR_NONE;
		return pairs[i].close;
	}
	return STR_NONE;
}

static struct str missing_end(const struct unit *u)
{
	const struct node *last = final_block(u);

	if (last && last->kind == DOC_CODE_BLOCK)
		return missing_fence(u->doc, last->span);
	if (last && last->kind == DOC_HTML_BLOCK)
		return missing_end_tag(doc_text(u->doc, last->span));
	return STR_NONE;
}

/* What stands before the end of the file, generated text aside. */
static struct str text_before_end(const struct unit *u)
{
	struct span r = u->range;

	if (has_omission(u) && span_end(u->omit) == span_end(r)) {
		if (u->instead.n)
			return u->instead;
		r.len -= u->omit.len;
	}
	return doc_text(u->doc, r);
}

void pass_append_block(const struct pass_ctx *c, struct edit_list *out, struct str block)
{
	uint32_t end = span_end(c->unit->range);
	struct str before = text_before_end(c->unit), close;

	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].off == end && !out->v[i].len) {
			edit_add(out, end, 0, lay_out(c, STR("\n"), block, ""), c->pass);
			return;
		}
	close = missing_end(c->unit);
	if (close.n)
		close = str_fmt(c->a, "%s%.*s\n\n",
			before.p[before.n - 1] == '\n' ? "" : "\n", STR_ARG(close));
	else
		close = str_c(empty_line_after(before));
	edit_add(out, end, 0, lay_out(c, close, block, ""), c->pass);
}

/* Texts that come with the unit, made by who assembles the file. */
static void pass_generated(const struct pass_ctx *c, struct edit_list *out)
{
	const struct unit *u = c->unit;
	struct str append = u->append;

	if (has_omission(u))
		pass_replace(c, out, u->omit, u->instead);
	while (append.n && (append.p[0] == '\n' || append.p[0] == '\r'))
		append = str_from(append, 1);
	if (append.n)
		pass_append_block(c, out, append);
}

/* Of the kept edits, which are in order and apart, the one that `lost` overlaps. */
static const struct edit *edit_in_the_way(
	const struct edit_list *l, size_t kept, const struct edit *lost)
{
	size_t lo = 0, hi = kept;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (l->v[mid].off + l->v[mid].len <= lost->off)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* before what is replaced there may be insertions */
	while (lo < kept && !l->v[lo].len && l->v[lo].off == lost->off)
		lo++;
	return lo < kept ? &l->v[lo] : NULL;
}

static void report_lost(const struct pass_ctx *c, const struct edit_list *l, size_t lost)
{
	uint32_t src = c->unit->doc->src->id;

	for (size_t i = l->n - lost; i < l->n; i++) {
		const struct edit *e = &l->v[i];
		const struct edit *w = edit_in_the_way(l, l->n - lost, e);
		struct str name = pass_table[e->pass].name;
		struct span at = { src, e->off, e->len };
		struct diag *d;

		BUG_IF(!w);
		d = diag_report(c->sink, RULE_OUT_EDIT_LOST, at,
			"passes '%.*s' and '%.*s' want to change the same bytes",
			STR_ARG(pass_table[w->pass].name), STR_ARG(name));
		diag_note(c->sink, d, (struct span){ src, w->off, w->len },
			"the change of '%.*s' is made here",
			STR_ARG(pass_table[w->pass].name));
		diag_note(c->sink, d, at,
			"the change of '%.*s' is left out; reword one of the two places",
			STR_ARG(name));
	}
}

struct str pass_run(const struct project *p, const struct adapter *ad,
	const struct unit *u, struct arena *a, struct diag_sink *sink)
{
	struct pass_ctx c = { p, ad, u, a, sink, 0 };
	struct edit_list l = { a, NULL, 0, 0 };
	struct str out;
	size_t lost;

	for (; c.pass < pass_count; c.pass++)
		if (!(ad->caps & pass_table[c.pass].unless_caps))
			pass_table[c.pass].run(&c, &l);
	lost = edit_apply(&l, u->doc->src->text, u->range, a, &out);
	report_lost(&c, &l, lost);
	return out;
}
