/* security_place.c - where in a file something stands. */
#include "rules/security.h"

#include "rune/path.h"

struct leaf {
	struct span span;
	node_id id;
};

struct sec_map {
	struct leaf *leaf; /* blocks without blocks inside, in order */
	struct span *code; /* code spans, in order, backticks included */
	struct span *comment;
	size_t nleaf, ncode, ncomment;
};

/* ---- languages -------------------------------------------------------------------------- */

static bool is_any(struct str s, const char *const *v)
{
	for (; *v; v++)
		if (sec_is(s, *v))
			return true;
	return false;
}

static enum sec_lang lang_of(struct str name)
{
	static const char *const shell[] = { "sh", "bash", "shell", "zsh", "console",
		"terminal", "shellsession", "shell-session", "fish", "ksh", "cmd", "bat",
		"batch", "command", NULL };
	static const char *const power[] = { "powershell", "ps1", "pwsh", "psm1", "posh",
		NULL };
	static const char *const python[] = { "python", "py", "python3", "ipython",
		NULL };
	static const char *const data[] = { "json", "jsonc", "json5", "yaml", "yml",
		"toml", "xml", "html", "dockerfile", "docker", "ini", "hcl", "terraform",
		"tf", "css", "sql", "diff", "patch", "csv", "env", "properties", "nginx",
		"conf", "config", "cfg", "plist", "svg", "xsd", "graphql", "proto",
		"makefile", "mk", "cron", "desktop", "service", "containerfile", "lock",
		"gitignore", "kql", "spl", "yara", "yar", "sigma", "suricata", "snort",
		"regex", "http", "cypher", "rego", "cedar", "cue", NULL };
	static const char *const text[] = { "text", "txt", "plaintext", "plain",
		"markdown", "md", "mdx", "log", "output", "mermaid", "dot", "rst", "mdc",
		"ascii", "tree", "prompt", NULL };

	if (!name.n)
		return LANG_NONE;
	if (is_any(name, shell))
		return LANG_SHELL;
	if (is_any(name, power))
		return LANG_POWERSHELL;
	if (is_any(name, python))
		return LANG_PYTHON;
	if (is_any(name, data))
		return LANG_DATA;
	return is_any(name, text) ? LANG_TEXT : LANG_PROGRAM;
}

/* "bash" of "bash title=x", "{.bash}", "bash:file". */
static struct str info_name(struct str info)
{
	size_t from = 0, n = 0;

	while (from < info.n && (info.p[from] == '{' || info.p[from] == '.'))
		from++;
	info = str_from(info, from);
	while (n < info.n && (char_is_alnum(info.p[n]) || info.p[n] == '-' ||
				     info.p[n] == '+' || info.p[n] == '#'))
		n++;
	return str_sub(info, 0, n);
}

static enum sec_lang lang_of_file(const struct rule_file *f)
{
	struct str text = f->src->text, first = text, ext = path_ext(f->rel);

	if (f->kind != FILE_SCRIPT)
		return ext.n > 1 ? lang_of(str_from(ext, 1)) : LANG_TEXT;
	if (ext.n > 1)
		return lang_of(str_from(ext, 1));
	if (!str_starts(text, STR("#!")))
		return LANG_SHELL;
	str_line(&text, &first);
	if (sec_find(first, "python") != STR_NPOS)
		return LANG_PYTHON;
	if (sec_find(first, "pwsh") != STR_NPOS)
		return LANG_POWERSHELL;
	return sec_find(first, "sh") != STR_NPOS ? LANG_SHELL : LANG_PROGRAM;
}

/* ---- the map ------------------------------------------------------------------------------ */

static bool is_leaf(enum node_kind k)
{
	return k == DOC_HEADING || k == DOC_PARAGRAPH || k == DOC_TABLE ||
	       k == DOC_CODE_BLOCK || k == DOC_HTML_BLOCK;
}

static void add_nodes(struct sec *s, struct sec_map *m)
{
	const struct doc *d = s->f->doc;

	m->leaf = arena_array(&s->scratch, struct leaf, d->nnode);
	m->code = arena_array(&s->scratch, struct span, d->nnode);
	for (uint32_t i = 1; i < d->nnode; i++) {
		const struct node *n = &d->node[i];

		if (is_leaf(n->kind))
			m->leaf[m->nleaf++] = (struct leaf){ n->span, i };
		else if (n->kind == DOC_CODE_SPAN)
			m->code[m->ncode++] = n->span;
	}
}

/* The last of `v` that begins at or before `off`, if it reaches there. */
static const struct span *find_span(const struct span *v, size_t n, size_t off)
{
	size_t from = 0, to = n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (v[mid].off <= off)
			from = mid + 1;
		else
			to = mid;
	}
	return from && off < span_end(v[from - 1]) ? &v[from - 1] : NULL;
}

static const struct leaf *find_leaf(const struct sec_map *m, size_t off)
{
	size_t from = 0, to = m->nleaf;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (m->leaf[mid].span.off <= off)
			from = mid + 1;
		else
			to = mid;
	}
	return from && off < span_end(m->leaf[from - 1].span) ? &m->leaf[from - 1] : NULL;
}

static bool is_code(const struct sec *s, const struct sec_map *m, size_t off)
{
	const struct leaf *l = find_leaf(m, off);

	return find_span(m->code, m->ncode, off) ||
	       (l && s->f->doc->node[l->id].kind == DOC_CODE_BLOCK);
}

/* "<!-- ... -->", and "[//]: # (...)" on a line. */
static struct span comment_at(const struct sec *s, size_t off)
{
	struct str text = s->text;
	size_t end;

	if (text.p[off] == '[') {
		end = str_find_char(text, '\n', off);
		if (end == STR_NPOS)
			end = text.n;
		return rule_span(s->f, off, end - off);
	}
	if (!str_starts(str_from(text, off), STR("<!--")))
		return rule_span(s->f, off, 0);
	end = str_find(text, STR("-->"), off + 4);
	return rule_span(s->f, off, (end == STR_NPOS ? text.n : end + 3) - off);
}

static void add_comments(struct sec *s, struct sec_map *m)
{
	uint32_t done = 0;

	m->comment = arena_array(&s->scratch, struct span, s->nmark);
	for (size_t i = 0; i < s->nmark; i++) {
		struct span c;

		if (s->mark[i] < done || is_code(s, m, s->mark[i]))
			continue;
		c = comment_at(s, s->mark[i]);
		if (!c.len)
			continue;
		m->comment[m->ncomment++] = c;
		done = span_end(c);
	}
}

static const struct sec_map *map_get(struct sec *s)
{
	if (s->map)
		return s->map;
	s->map = arena_new(&s->scratch, struct sec_map);
	if (s->f->doc)
		add_nodes(s, s->map);
	if (s->f->kind != FILE_SCRIPT)
		add_comments(s, s->map);
	return s->map;
}

const struct span *sec_comments(struct sec *s, size_t *n)
{
	const struct sec_map *m = map_get(s);

	*n = m->ncomment;
	return m->comment;
}

/* ---- places --------------------------------------------------------------------------------- */

static bool is_fence(struct str line)
{
	while (line.n && (line.p[0] == ' ' || line.p[0] == '\t' || line.p[0] == '>'))
		line = str_from(line, 1);
	return str_starts(line, STR("```")) || str_starts(line, STR("~~~"));
}

/* Without the fences. */
static void code_inside(const struct sec *s, const struct node *n, struct sec_place *p)
{
	size_t from = n->span.off, to = span_end(n->span), last = to;

	if (!n->level)
		return;
	from = str_find_char(s->text, '\n', from);
	from = from == STR_NPOS || from >= to ? to : from + 1;
	if (last > from && s->text.p[last - 1] == '\n')
		last--;
	while (last > from && s->text.p[last - 1] != '\n')
		last--;
	if (is_fence(str_sub(s->text, last, to - last)))
		to = last;
	p->from = (uint32_t)from;
	p->to = (uint32_t)(to > from ? to : from);
}

static void place_in_leaf(struct sec *s, const struct leaf *l, struct sec_place *p)
{
	const struct node *n = &s->f->doc->node[l->id];

	p->leaf = l->id;
	p->from = l->span.off;
	p->to = span_end(l->span);
	p->table = n->kind == DOC_TABLE;
	if (n->kind == DOC_CODE_BLOCK) {
		p->zone = ZONE_CODE;
		p->lang = lang_of(info_name(n->text));
		code_inside(s, n, p);
	} else if (n->kind == DOC_HTML_BLOCK) {
		p->zone = ZONE_HTML;
	}
}

static void place_in_doc(struct sec *s, size_t off, struct sec_place *p)
{
	const struct doc *d = s->f->doc;
	const struct sec_map *m = map_get(s);
	const struct span *c;
	const struct leaf *l;

	if (off < d->body.off) {
		*p = (struct sec_place){ ZONE_META, LANG_DATA, d->frontmatter.off,
			span_end(d->frontmatter), 0, false };
		return;
	}
	p->from = d->body.off;
	p->to = span_end(d->body);
	l = find_leaf(m, off);
	if (l)
		place_in_leaf(s, l, p);
	c = find_span(m->code, m->ncode, off);
	if (c && p->zone == ZONE_PROSE) {
		size_t ticks = 0;

		while (ticks < c->len / 2 && s->text.p[c->off + ticks] == '`')
			ticks++;
		p->zone = ZONE_SPAN;
		p->from = c->off + (uint32_t)ticks;
		p->to = span_end(*c) - (uint32_t)ticks;
	}
}

struct sec_place sec_place_at(struct sec *s, size_t off)
{
	struct sec_place p = { ZONE_PROSE, LANG_NONE, 0, (uint32_t)s->text.n, 0, false };
	const struct sec_map *m = map_get(s);
	const struct span *c = find_span(m->comment, m->ncomment, off);

	if (s->f->doc)
		place_in_doc(s, off, &p);
	else if (s->f->kind == FILE_SCRIPT)
		p.zone = ZONE_SCRIPT;
	else if (!str_eq_nocase(path_ext(s->f->rel), STR(".md")))
		p.zone = ZONE_DATA;
	if (!s->f->doc)
		p.lang = lang_of_file(s->f);
	if (c && p.zone != ZONE_META) {
		p.zone = ZONE_COMMENT;
		p.from = c->off;
		p.to = span_end(*c);
	}
	return p;
}

bool sec_place_runs(const struct sec_place *p)
{
	switch (p->zone) {
	case ZONE_META:
	case ZONE_PROSE:
	case ZONE_SPAN: return true;
	case ZONE_CODE:
	case ZONE_SCRIPT: return p->lang != LANG_TEXT;
	case ZONE_DATA: return p->lang == LANG_DATA;
	case ZONE_HTML:
	case ZONE_COMMENT: break;
	}
	return false;
}

struct span sec_line_at(const struct sec *s, const struct sec_place *p, size_t off)
{
	size_t from = off, end = off;

	while (from > p->from && off - from < SEC_LINE_MAX && s->text.p[from - 1] != '\n')
		from--;
	while (end < p->to && end - off < SEC_LINE_MAX && s->text.p[end] != '\n')
		end++;
	return rule_span(s->f, from, end > from ? end - from : 0);
}
