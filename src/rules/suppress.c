#include "rules/suppress.h"

#include "rune/path.h"
#include "rune/str.h"

#define KEYWORD STR("rune-disable-next-line")
#define RARE	'x' /* the letter of it that texts have least of */
#define RARE_AT 15

/* Where a comment may stand. */
enum place { PLACE_NONE, PLACE_HTML, PLACE_HASH };

struct reader {
	struct suppressions *out;
	const struct input *in;
	const struct source *src;
	struct diag_sink *sink;
	struct suppression **end; /* of the file's list */
};

bool suppression_possible(enum rule r)
{
	return rule_info[r].severity != SEV_FATAL &&
	       !str_starts(rule_info[r].code, STR("RN7"));
}

/* ---- finding comments ----------------------------------------------------------- */

static bool in_code(const struct doc *d, uint32_t off)
{
	for (uint32_t i = 0; i < d->nnode; i++) {
		const struct node *n = &d->node[i];

		if ((n->kind == DOC_CODE_BLOCK || n->kind == DOC_CODE_SPAN) &&
			off >= n->span.off && off < span_end(n->span))
			return true;
	}
	return false;
}

static enum place place_of(const struct reader *r, uint32_t off)
{
	const struct doc *d = r->in->doc;

	if (!d)
		return str_eq_nocase(path_ext(r->in->rel), STR(".md")) ? PLACE_NONE
								       : PLACE_HASH;
	if (off >= d->frontmatter.off && off < span_end(d->frontmatter))
		return PLACE_HASH;
	return off >= d->body.off && !in_code(d, off) ? PLACE_HTML : PLACE_NONE;
}

/* The comment's text after the keyword, if the line is nothing but a comment. */
static bool comment_text(const struct reader *r, uint32_t off, struct str *out)
{
	enum place place = place_of(r, off);
	struct linecol at = source_locate(r->src, off);
	struct str line = source_line(r->src, at.line);
	struct str before = str_trim(str_sub(line, 0, at.col - 1));
	struct str after = str_from(line, at.col - 1 + KEYWORD.n);
	size_t close = str_find(after, STR("-->"), 0);

	while (str_starts(before, STR(">")))
		before = str_trim(str_from(before, 1));
	*out = place == PLACE_HTML ? str_sub(after, 0, close) : after;
	switch (place) {
	case PLACE_NONE: return false;
	case PLACE_HTML: return str_eq(before, STR("<!--")) && close != STR_NPOS;
	case PLACE_HASH: return str_eq(before, STR("#")) || str_eq(before, STR("//"));
	}
	return false;
}

/* ---- what they say -------------------------------------------------------------- */

static struct span span_of(const struct reader *r, struct str s)
{
	return (struct span){ r->src->id, (uint32_t)(s.p - r->src->text.p),
		(uint32_t)s.n };
}

static void unknown_rule(struct reader *r, struct span at, struct str code)
{
	struct str known[RULE__COUNT], near;
	struct diag *d = diag_report(r->sink, RULE_SUPPRESS_UNKNOWN, at,
		"there is no rule '%.*s' to suppress", STR_ARG(code));

	for (size_t i = 0; i < RULE__COUNT; i++)
		known[i] = rule_info[i].slug;
	near = str_nearest(code, known, RULE__COUNT);
	if (near.n)
		diag_note(r->sink, d, SPAN_NONE, "did you mean '%.*s'?", STR_ARG(near));
}

static void add_code(struct reader *r, struct str code, uint32_t line)
{
	struct suppression *s = arena_new(r->out->a, struct suppression);
	struct diag *d;

	*s = (struct suppression){
		.rule = rule_find(code), .code = span_of(r, code), .line = line
	};
	*r->end = s;
	r->end = &s->next;
	if (s->rule == RULE__COUNT) {
		unknown_rule(r, s->code, code);
	} else if (!suppression_possible(s->rule)) {
		d = diag_report(r->sink, RULE_SUPPRESS_UNKNOWN, s->code,
			"'%.*s' cannot be suppressed in the file itself", STR_ARG(code));
		diag_note(r->sink, d, SPAN_NONE,
			"what is fatal stays so; findings about security are for the "
			"reader's configuration or baseline to accept");
		s->rule = RULE__COUNT;
	}
}

static bool is_comment(const struct reader *r, uint32_t line)
{
	return str_find(source_line(r->src, line), KEYWORD, 0) != STR_NPOS;
}

/* The next line that is neither blank nor another such comment. */
static uint32_t line_after(const struct reader *r, uint32_t line)
{
	while (++line <= r->src->nline)
		if (str_trim(source_line(r->src, line)).n && !is_comment(r, line))
			return line;
	return 0;
}

static void read_comment(struct reader *r, uint32_t off, struct str text)
{
	size_t dashes = str_find(text, STR("--"), 0);
	struct str codes = str_sub(text, 0, dashes), code;
	struct str reason =
		dashes == STR_NPOS ? STR_NONE : str_trim(str_from(text, dashes + 2));
	uint32_t line = line_after(r, source_locate(r->src, off).line);
	struct span at = { r->src->id, off, (uint32_t)KEYWORD.n };
	struct diag *d;
	size_t n = 0;

	while (str_split(&codes, ',', &code)) {
		code = str_trim(code);
		if (!code.n)
			continue;
		add_code(r, code, line);
		n++;
	}
	if (!n)
		diag_report(r->sink, RULE_SUPPRESS_UNKNOWN, at,
			"the comment names no rule to suppress");
	if (n && !reason.n) {
		d = diag_report(r->sink, RULE_SUPPRESS_REASON, at,
			"the suppression gives no reason");
		diag_note(r->sink, d, SPAN_NONE, "write it after the codes: -- reason");
	}
}

static size_t find_keyword(struct str text, size_t from)
{
	size_t at = from + RARE_AT;

	while ((at = str_find_char(text, RARE, at)) != STR_NPOS) {
		if (str_starts(str_from(text, at - RARE_AT), KEYWORD))
			return at - RARE_AT;
		at++;
	}
	return STR_NPOS;
}

static void read_file(
	struct suppressions *s, const struct input *in, struct diag_sink *sink)
{
	struct reader r = { s, in, in->src, sink, &s->file[in->src->id] };
	struct str text = in->src->text, comment;
	size_t off = 0;

	while ((off = find_keyword(text, off)) != STR_NPOS) {
		if (comment_text(&r, (uint32_t)off, &comment))
			read_comment(&r, (uint32_t)off, comment);
		off += KEYWORD.n;
	}
}

void suppressions_read(struct suppressions *s, const struct rule_settings *settings,
	const struct project *const *project, size_t n, struct diag_sink *sink)
{
	for (size_t i = 0; i < n; i++)
		s->nfile = project[i]->sources.n > s->nfile ? project[i]->sources.n
							    : s->nfile;
	s->a = sink->a;
	s->file = arena_array(s->a, struct suppression *, s->nfile);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < project[i]->ninput; k++) {
			const struct input *in = &project[i]->input[k];

			if (in->src->text.n && !s->file[in->src->id] &&
				settle_wants(settings, in->src))
				read_file(s, in, sink);
		}
}

bool suppressions_match(
	struct suppressions *s, const struct diag *d, const struct source_set *sources)
{
	struct suppression *x = d->at.src < s->nfile ? s->file[d->at.src] : NULL;
	uint32_t line;

	if (!x || !suppression_possible(d->rule))
		return false;
	line = source_locate(source_get(sources, d->at.src), d->at.off).line;
	while (x && (x->line != line || x->rule != d->rule))
		x = x->next;
	if (x)
		x->used = true;
	return x != NULL;
}
