#include <check.h>
#include <stdlib.h>

#include "parse_fixture.h"

void parsed_source(struct parsed *p, struct str text)
{
	*p = (struct parsed){ 0 };
	source_set_init(&p->set, &p->a);
	diag_sink_init(&p->sink, &p->a, NULL);
	p->src = source_add(&p->set, STR("a.md"), arena_strdup(&p->a, text), SOURCE_FILE);
}

void parsed_doc(struct parsed *p, const char *text)
{
	parsed_source(p, str_c(text));
	p->doc = doc_parse(p->src, 0, &p->a, &p->sink);
}

void parsed_need(struct parsed *p, const char *text)
{
	parsed_source(p, str_c(text));
	p->doc = doc_parse(p->src, DOC_NEED_FRONTMATTER, &p->a, &p->sink);
}

void parsed_release(struct parsed *p)
{
	arena_release(&p->a);
}

size_t reported(const struct parsed *p, const char *code)
{
	size_t n = 0;

	for (size_t i = 0; i < p->sink.n; i++)
		n += str_eq(rule_info[p->sink.v[i]->rule].code, str_c(code));
	return n;
}

const struct diag *report_of(const struct parsed *p, const char *code)
{
	for (size_t i = 0; i < p->sink.n; i++)
		if (str_eq(rule_info[p->sink.v[i]->rule].code, str_c(code)))
			return p->sink.v[i];
	ck_abort_msg("%s was not reported", code);
	abort();
}

bool says(const struct diag *d, const char *text)
{
	if (str_find(d->message, str_c(text), 0) != STR_NPOS)
		return true;
	for (const struct diag_note *n = d->notes; n; n = n->next)
		if (str_find(n->text, str_c(text), 0) != STR_NPOS)
			return true;
	return false;
}

unsigned report_line(const struct parsed *p, const struct diag *d)
{
	return source_locate(p->src, d->at.off).line;
}

const char *bytes(struct parsed *p, struct span sp)
{
	return str_dupz(&p->a, source_slice(p->src, sp));
}

const struct node *node_of(const struct parsed *p, enum node_kind kind, size_t nth)
{
	ck_assert_ptr_nonnull(p->doc);
	for (uint32_t i = 1; i < p->doc->nnode; i++)
		if (p->doc->node[i].kind == kind && !nth--)
			return &p->doc->node[i];
	ck_abort_msg("no such node");
	abort();
}

size_t count_nodes(const struct parsed *p, enum node_kind kind)
{
	size_t n = 0;

	for (uint32_t i = 1; i < p->doc->nnode; i++)
		n += p->doc->node[i].kind == kind;
	return n;
}

const char *node_bytes(struct parsed *p, enum node_kind kind, size_t nth)
{
	return bytes(p, node_of(p, kind, nth)->span);
}

const char *all_runs(struct parsed *p)
{
	struct buf b = BUF_INIT(&p->a);

	buf_add(&b, STR_NONE);
	for (uint32_t i = 0; i < p->doc->nrun; i++) {
		bool code = p->doc->run[i].kind == RUN_CODE;

		buf_addc(&b, code ? '{' : '[');
		buf_add(&b, doc_text(p->doc, p->doc->run[i].span));
		buf_addc(&b, code ? '}' : ']');
	}
	return b.p;
}
