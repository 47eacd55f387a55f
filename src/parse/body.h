/* body.h - what the files that read a document's body share; no interface.
 *
 *   markdown.c     cmark → blocks with exact spans, and what it found in each
 *   definition.c   link reference definitions, of which cmark leaves no node
 *   leaf.c         a block's text → nodes, runs, links, tags
 *   inline.c       code spans, links, tags in a text, checked against cmark
 *   link.c html.c table.c    their syntax
 *   construct.c    references, tools, gates, sections
 *
 * cmark's positions of inline elements cannot be relied on, so those are found
 * by reading the bytes, and cmark's tree is the check: the same elements, in the
 * same order, with the same contents. Where the two differ the block is left
 * alone and reported. Everything here is linear in the text. */
#ifndef RUNE_PARSE_BODY_H
#define RUNE_PARSE_BODY_H

#include "rune/diag.h"
#include "rune/doc.h"
#include "rune/map.h"
#include "rune/str.h"

/* White space to Markdown's block structure: other than char_is_space, without
 * vertical tab and form feed. */
static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* [from, to) of some text */
struct range {
	uint32_t from, to;
};

/* The text of a leaf block, without the block quote marks at the start of its
 * lines. Most blocks have none: then it is the source's own bytes. */
struct content_line {
	uint32_t at; /* in content */
	uint32_t from; /* in the source */
};
struct content {
	struct str s;
	uint32_t base; /* source offset of s.p[0] if nline is 0 */
	const struct content_line *line;
	uint32_t nline;
};

/* An inline element that cmark found, in order of where each ends. */
enum want_kind { WANT_CODE, WANT_HTML, WANT_LINK, WANT_IMAGE };
struct want {
	enum want_kind kind;
	const char *text; /* its literal, or the URL; cmark's */
};

struct block {
	enum node_kind kind;
	uint32_t off, end; /* in the source */
	uint32_t floor; /* its end is behind this: a block in it begins here */
	uint32_t parent, next; /* blocks; 0: the document, none */
	uint32_t level;
	uint32_t last_line; /* as cmark has it, 1-based */
	uint32_t quotes; /* block quotes around it */
	uint32_t depth;
	uint32_t want, nwant; /* in body.want */
	uint32_t text; /* paragraphs, headings: content offset after definitions */
	const char *literal; /* code: its contents, cmark's */
	struct str info; /* fenced code */
};

/* Of one kind, per document: what goes wrong a thousand times is one mistake. */
#define REPORTS_MAX 20

struct tag { /* <HARD-GATE> or </HARD-GATE> */
	struct span span;
	bool close;
};

/* Where a backtick run of each length was last seen, to look for each closing
 * run only once. */
#define TICKS_MAX 1000
struct ticks {
	uint32_t round;
	struct {
		uint32_t round, at;
	} last[TICKS_MAX + 1];
};

#define VEC(T)              \
	struct {            \
		T *v;       \
		size_t n;   \
		size_t cap; \
	}

/* inline.c */
enum piece_kind {
	PIECE_CODE,
	PIECE_HTML,
	PIECE_LINK,
	PIECE_IMAGE,
	PIECE_AUTOLINK,
	PIECE_URL, /* bare, in running text */
	PIECE_SKIP, /* code and the like in an HTML block */
};
struct piece {
	enum piece_kind kind;
	uint32_t from, to; /* in the content */
	uint32_t cut; /* links: from here on it is not text */
	bool has_dest;
	struct range dest;
	const char *url; /* as cmark decoded it; NULL: not known */
};
struct bracket {
	uint32_t at; /* of "[" or "![" */
	uint32_t text; /* after it */
	bool image;
	bool nested; /* another bracket was opened after it */
};

struct body {
	const struct source *src;
	struct span span;
	struct arena *a; /* what stays */
	struct arena *scratch; /* what does not: the arrays here, too */
	struct diag_sink *sink;

	uint32_t *line; /* as cmark counts them: source offsets, nline + 1 */
	uint32_t nline;
	VEC(struct block) block; /* 0: the document; in document order */
	VEC(struct want) want;
	struct map label; /* of link definitions, normalised */

	/* while a text is read */
	VEC(struct piece) piece;
	VEC(struct bracket) bracket;
	struct ticks *ticks;
	size_t unread; /* texts that are left alone */

	VEC(struct node) node;
	VEC(node_id) last; /* last child, by node */
	VEC(struct doc_run) run;
	VEC(struct doc_ref) ref;
	VEC(struct doc_tool) tool;
	VEC(struct doc_gate) gate;
	VEC(struct doc_link) link;
	VEC(struct doc_section) section;
	VEC(struct doc_row) row;
	VEC(struct span) cell;
	VEC(struct tag) tag;
};

#define body_push(b, T, vec) \
	arena_push((b)->scratch, T, (b)->vec.v, (b)->vec.n, (b)->vec.cap)

/* markdown.c: false if the text is nested too deeply, after reporting. */
bool markdown_read(struct body *b);

/* limits.c: false, after reporting, if cmark would take too long. */
bool limits_check(struct body *b);

/* content.c */
void content_make(
	struct body *b, uint32_t off, uint32_t end, uint32_t quotes, struct content *out);
struct span content_span(
	const struct body *b, const struct content *c, uint32_t from, uint32_t to);
/* End of the line at `off`, and the start of the next one. */
uint32_t line_end(struct str s, uint32_t off, uint32_t *next);
/* Where the last line of a text that ends without a line end begins. */
uint32_t last_line(struct str s);

/* definition.c: collect labels and links; set the blocks' `text`. */
void definitions_read(struct body *b);
bool definition_known(struct body *b, struct str label);

/* markdown.c: the heading is underlined, not marked with "#". */
bool block_is_setext(const struct body *b, const struct block *x);

/* leaf.c: the nodes of all blocks, in order, with what is in them. */
void leaves_read(struct body *b);

enum inline_mode {
	INLINE_CHECKED, /* paragraphs and headings: cmark has read the same */
	INLINE_AS_CMARK, /* with cmark's own mistake about backticks */
	INLINE_CELL,
	INLINE_HTML, /* an HTML block, which cmark does not look into */
};
/* The elements of s[r] into b->piece, in order of where they begin. False if the
 * mode asks for a check and they are not those that cmark found in `x`. */
bool inline_read(struct body *b, struct str s, struct range r, enum inline_mode mode,
	const struct block *x);

#define LABEL_MAX 1000 /* bytes of a link's label, as in CommonMark */
/* link.c: positions in `s`; STR_NPOS: not there. */
size_t skip_white(struct str s, size_t off);
size_t link_destination(struct str s, size_t off, struct range *dest);
size_t link_title(struct str s, size_t off);
/* After the "]" of a label that begins at `off` with "[". */
size_t link_label(struct str s, size_t off);
/* After the ")" of what follows a link's text, at `off`. */
size_t link_tail(struct str s, size_t off, struct range *dest);
/* After the ">"; the destination is what stands between. */
size_t link_auto(struct str s, size_t off, bool *is_mail);
/* A bare URL around s[at], which is ":" or ".", not before `floor`. */
bool link_bare(struct str s, size_t at, size_t floor, size_t end, struct range *url);
/* A written destination, decoded. */
struct str link_decode(struct str raw, struct arena *a);
/* Is `url`, as cmark has it, what `raw` decodes to? */
bool link_is(struct str raw, const char *url);

/* html.c */
size_t html_tag(struct str s, size_t off); /* after <x …> or </x> at `off` */
/* Name of the tag at `off`, without "/". */
struct str html_name(struct str s, size_t off);
bool html_is_close(struct str s, size_t off);
/* The value of an attribute of the tag. */
bool html_attribute(struct str tag, struct str name, struct range *value);
enum html_markup { HTML_NONE, HTML_COMMENT, HTML_PI, HTML_CDATA, HTML_DECLARATION };
enum html_markup html_markup(struct str s, size_t off);
/* After the end of the markup at `off`. */
size_t html_markup_end(struct str s, size_t off, enum html_markup kind);

/* table.c: is there a pipe table in s[from...]? Its header's first byte. */
bool table_find(struct str s, uint32_t from, uint32_t *header);
/* Cut the next cell off a row; `*pos` starts at 0 of the row. */
struct row_reader {
	struct str s;
	uint32_t pos, end;
	bool after_bar;
};
void row_begin(struct row_reader *r, struct str s, uint32_t from, uint32_t end);
bool row_cell(struct row_reader *r, struct range *cell);

/* construct.c */
void construct_run(struct body *b, const struct doc_run *run);
void construct_gates(struct body *b);
void construct_sections(struct body *b);

#endif
