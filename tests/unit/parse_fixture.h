/* parse_fixture.h - a text as a source, a document, and what was reported. */
#ifndef RUNE_TEST_PARSE_FIXTURE_H
#define RUNE_TEST_PARSE_FIXTURE_H

#include "rune/diag.h"
#include "rune/doc.h"
#include "rune/str.h"

struct parsed {
	struct arena a;
	struct source_set set;
	struct diag_sink sink;
	const struct source *src;
	const struct doc *doc;
};

/* Begin with `text` as a source; nothing is parsed yet. */
void parsed_source(struct parsed *p, struct str text);
/* The same, and parse it as a document. */
void parsed_doc(struct parsed *p, const char *text);
void parsed_need(struct parsed *p, const char *text); /* frontmatter is needed */
void parsed_release(struct parsed *p);

/* How often `code` ("RN1003") was reported. */
size_t reported(const struct parsed *p, const char *code);
/* The first such report; fails the test if there is none. */
const struct diag *report_of(const struct parsed *p, const char *code);
/* Its message and notes hold `text`. */
bool says(const struct diag *d, const char *text);
/* Line of its position. */
unsigned report_line(const struct parsed *p, const struct diag *d);

/* The bytes of a span, as a C string of the fixture's arena. */
const char *bytes(struct parsed *p, struct span sp);
/* Node of that kind, the nth from 0; fails the test if there is none. */
const struct node *node_of(const struct parsed *p, enum node_kind kind, size_t nth);
size_t count_nodes(const struct parsed *p, enum node_kind kind);
/* Bytes of the nth node of that kind. */
const char *node_bytes(struct parsed *p, enum node_kind kind, size_t nth);
/* All runs, each in brackets: prose [..], code {..}. */
const char *all_runs(struct parsed *p);

#define ck_bytes(p, span, want) ck_assert_str_eq(bytes((p), (span)), (want))
#define ck_str(got, want) \
	ck_assert_msg(    \
		str_eq((got), STR(want)), "got '%.*s', want '%s'", STR_ARG(got), want)

#endif
