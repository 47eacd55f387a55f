/* doc.h - the document AST: flat, immutable, every node with a checked span,
 * and the constructs rune acts on (references, tools, gates, links).
 *
 * Positions are byte offsets in the original file. Top-level nodes tile the
 * body. src/parse/markdown.c is the only user of cmark and repairs its
 * positions; what cannot be located exactly is left out and reported. */
#ifndef RUNE_DOC_H
#define RUNE_DOC_H

#include "rune/frontmatter.h"

enum node_kind {
	DOC_DOCUMENT,
	DOC_HEADING,
	DOC_PARAGRAPH,
	DOC_TABLE, /* a pipe table; cmark sees a paragraph */
	DOC_LIST,
	DOC_ITEM,
	DOC_QUOTE,
	DOC_CODE_BLOCK,
	DOC_HTML_BLOCK,
	DOC_RULE,
	DOC_CODE_SPAN,
	DOC_LINK,
	DOC_IMAGE,
};

typedef uint32_t node_id; /* index into doc.node; 0 is the document */

struct node {
	enum node_kind kind;
	struct span span; /* bytes the construct occupies, markers included */
	node_id parent, first_child, next;
	uint32_t level; /* headings: 1..6; code blocks: 1 if fenced */
	struct str text; /* headings: source text of the title, markers off;
			  * fenced code: info string */
};

/* A stretch of text that passes may edit. Runs are sorted and disjoint; link
 * destinations, autolinks, bare URLs, inline HTML tags, HTML comments and all
 * code blocks are in none. */
enum run_kind {
	RUN_PROSE,
	RUN_CODE, /* a code span, backticks included */
};
struct doc_run {
	enum run_kind kind;
	struct span span;
	node_id block; /* the leaf block it stands in */
};

/* `rune:<name>` or `rune:<pack>/<skill>` in a run. The name is the longest
 * token of name characters; which prefix of it is a known skill is the
 * model's business. Never part of a longer word, URL or path. */
enum ref_form {
	REF_BARE, /* in prose */
	REF_CODE, /* a code span of its own: `rune:x` */
	REF_PART, /* with other text in a code span */
};
struct doc_ref {
	enum ref_form form;
	struct span span; /* what a pass replaces: the token; for REF_CODE the
			   * whole code span */
	struct span name; /* "<name>" or "<pack>/<skill>" */
	node_id block;
};

/* A code span that is exactly the name of a tool. */
enum tool {
#define TOOL(id) TOOL_##id,
#include "rune/tools.def"
#undef TOOL
	TOOL__COUNT
};
extern const struct str tool_name[TOOL__COUNT];
struct doc_tool {
	enum tool tool;
	struct span span; /* backticks included */
	node_id block;
};

struct doc_gate {
	struct span open, close; /* the tags; close.len 0: never closed */
	struct span body;
};

/* Links and images in Markdown and HTML, in order. A link reference definition
 * is one, of which the span ends with its destination; what refers to it by a
 * label is not. */
struct doc_link {
	bool image;
	struct span span; /* the construct */
	struct span destination; /* as written, without < > */
	struct str url; /* escapes and character references decoded, "%20" not */
};

/* A heading and all up to the next heading of the same or a higher level. */
struct doc_section {
	node_id heading;
	uint32_t level;
	struct str title; /* trimmed, emphasis and code marks as written */
	struct span span; /* heading included */
	struct span body; /* without the heading */
	uint32_t end; /* index of the first section not inside this one */
};

/* One cell row of a table. Row 0 is the header, row 1 the delimiter. */
struct doc_row {
	node_id table;
	struct span span;
	uint32_t first_cell, ncell; /* in doc.cell */
};

struct doc {
	const struct source *src;
	bool has_frontmatter;
	struct span frontmatter; /* between the fences */
	struct span body; /* after the closing fence's line */
	struct fm_node meta; /* FM_MAP */
	const struct node *node;
	const struct doc_run *run;
	const struct doc_ref *ref;
	const struct doc_tool *tool;
	const struct doc_gate *gate;
	const struct doc_link *link;
	const struct doc_section *section;
	const struct doc_row *row;
	const struct span *cell; /* trimmed contents */
	uint32_t nnode, nrun, nref, ntool, ngate, nlink, nsection, nrow, ncell;
};

enum doc_flags {
	DOC_NEED_FRONTMATTER = 1 << 0, /* its absence is an error (RN1001) */
};

#define DOC_MAX_DEPTH 100 /* RN5009 */
#define DOC_MAX_SIZE  (4u << 20) /* bytes, RN9003: cmark takes up to 200 times that */

/* Parse `src`. The result borrows src->text and lives in `a`. NULL if nothing
 * can be made of it (not UTF-8, a NUL byte, too deep), after reporting;
 * otherwise a usable doc, even if errors were reported. A byte order mark is
 * skipped, CRLF is understood, a closing fence is a line that is exactly "---"
 * or "...", blanks behind it aside. Without DOC_NEED_FRONTMATTER a "---" that
 * nothing closes is a thematic break. Thread-safe for distinct arenas and sinks. */
const struct doc *doc_parse(const struct source *src, unsigned flags, struct arena *a,
	struct diag_sink *sink);

/* First section whose title equals `title` (ASCII case folded, marks off), or
 * which begins with it followed by " ("; NULL if there is none. */
const struct doc_section *doc_section_find(const struct doc *d, struct str title);
/* Sections are in document order; those inside section i are i+1 .. end-1. */
struct str doc_text(const struct doc *d, struct span sp);

/* Of cmark. */
const char *doc_library_version(void);

#endif
