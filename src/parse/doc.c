/* doc.c - a document: encoding, the fences of the frontmatter, the body. */
#include <stdlib.h>

#include "body.h"
#include "rune/utf8.h"

#define BOM STR("\xef\xbb\xbf")

/* A fence is a line that is exactly `mark`; blanks behind it do not count, as in
 * the readers of the tools that the file is for. */
static bool is_fence(struct str line, struct str mark)
{
	return str_starts(line, mark) && !str_trim(str_from(line, mark.n)).n;
}

/* The line that closes a frontmatter opened before `off`. */
static bool find_close(struct str text, uint32_t off, uint32_t *close, uint32_t *after)
{
	while (off < text.n) {
		uint32_t end = line_end(text, off, after);
		struct str line = str_sub(text, off, end - off);

		if (is_fence(line, STR("---")) || is_fence(line, STR("..."))) {
			*close = off;
			return true;
		}
		off = *after;
	}
	return false;
}

static void no_frontmatter(struct doc *d, uint32_t start, struct diag_sink *sink)
{
	struct str text = d->src->text;
	uint32_t off = (uint32_t)skip_white(text, start), next;
	uint32_t end = line_end(text, off, &next);
	struct diag *g = diag_report(sink, RULE_FM_MISSING,
		(struct span){ d->src->id, start, 0 }, "no frontmatter");

	if (is_fence(str_sub(text, off, end - off), STR("---")))
		diag_note(sink, g, (struct span){ d->src->id, off, end - off },
			"'---' must be the first line of the file");
	else
		diag_note(sink, g, SPAN_NONE,
			"begin the file with a block between two lines '---' that "
			"gives name and description");
}

/* Find the fences; report what is missing. */
static void split(struct doc *d, uint32_t start, unsigned flags, struct diag_sink *sink)
{
	struct str text = d->src->text;
	uint32_t id = d->src->id, close = 0, after, next;
	uint32_t end = line_end(text, start, &next);
	bool opened = is_fence(str_sub(text, start, end - start), STR("---"));

	d->frontmatter = (struct span){ id, start, 0 };
	d->body = (struct span){ id, start, (uint32_t)text.n - start };
	if (opened && find_close(text, next, &close, &after)) {
		d->has_frontmatter = true;
		d->frontmatter = (struct span){ id, next, close - next };
		d->body = (struct span){ id, after, (uint32_t)text.n - after };
	} else if (opened && (flags & DOC_NEED_FRONTMATTER)) {
		struct diag *g = diag_report(sink, RULE_FM_UNCLOSED,
			(struct span){ id, start, end - start },
			"frontmatter is opened but never closed");

		diag_note(
			sink, g, SPAN_NONE, "close it with a line that is exactly '---'");
	} else if (flags & DOC_NEED_FRONTMATTER) {
		no_frontmatter(d, start, sink);
	}
}

static bool check_bytes(const struct source *src, struct diag_sink *sink)
{
	struct str text = src->text;
	size_t bad = utf8_check(text);
	const char *nul;

	if (text.n > DOC_MAX_SIZE) {
		diag_report(sink, RULE_TOO_LARGE, (struct span){ src->id, 0, 0 },
			"file is larger than %u bytes", DOC_MAX_SIZE);
		return false;
	}
	if (bad < text.n) {
		diag_report(sink, RULE_ENC_UTF8,
			(struct span){ src->id, (uint32_t)bad, 1 },
			"byte 0x%02x at offset %zu is not valid UTF-8",
			(unsigned)(unsigned char)text.p[bad], bad);
		return false;
	}
	nul = text.n ? memchr(text.p, '\0', text.n) : NULL;
	if (nul) {
		diag_report(sink, RULE_ENC_NUL,
			(struct span){ src->id, (uint32_t)(nul - text.p), 1 },
			"NUL byte at offset %zu", (size_t)(nul - text.p));
		return false;
	}
	return true;
}

static int by_offset(const void *pa, const void *pb)
{
	const struct doc_link *a = pa, *b = pb;

	return a->span.off < b->span.off ? -1 : a->span.off > b->span.off;
}

static void *copy(struct arena *a, const void *from, size_t n, size_t size, size_t align)
{
	void *to = arena_alloc(a, n, size, align);

	if (n)
		memcpy(to, from, n * size);
	return to;
}

/* From the growing arrays into the document's arena, each of its exact size. */
#define KEEP(T, name)                                                        \
	(d->name = copy(b->a, b->name.v, b->name.n, sizeof(T), _Alignof(T)), \
		d->n##name = (uint32_t)b->name.n)

static void keep(struct doc *d, struct body *b)
{
	KEEP(struct node, node);
	KEEP(struct doc_run, run);
	KEEP(struct doc_ref, ref);
	KEEP(struct doc_tool, tool);
	KEEP(struct doc_gate, gate);
	KEEP(struct doc_link, link);
	KEEP(struct doc_section, section);
	KEEP(struct doc_row, row);
	KEEP(struct span, cell);
}
#undef KEEP

static bool read_body(struct doc *d, struct arena *a, struct diag_sink *sink)
{
	struct arena scratch = { 0 };
	struct body b = {
		.src = d->src,
		.span = d->body,
		.a = a,
		.scratch = &scratch,
		.sink = sink,
		.label = MAP_INIT(&scratch),
	};
	bool ok;

	b.ticks = arena_new(&scratch, struct ticks);
	ok = markdown_read(&b);
	if (ok) {
		construct_gates(&b);
		construct_sections(&b);
		if (b.link.n)
			qsort(b.link.v, b.link.n, sizeof(b.link.v[0]), by_offset);
		keep(d, &b);
	}
	arena_release(&scratch);
	return ok;
}

const struct doc *doc_parse(
	const struct source *src, unsigned flags, struct arena *a, struct diag_sink *sink)
{
	struct doc *d = arena_new(a, struct doc);
	struct diag *bom;
	uint32_t start = 0;

	if (!check_bytes(src, sink))
		return NULL;
	if (str_starts(src->text, BOM)) {
		start = (uint32_t)BOM.n;
		bom = diag_report(sink, RULE_ENC_BOM, (struct span){ src->id, 0, start },
			"file begins with a byte order mark");
		diag_fix(sink, bom, "remove it");
		diag_edit(sink, bom, bom->at, STR(""));
	}
	d->src = src;
	split(d, start, flags, sink);
	d->meta.kind = FM_MAP;
	d->meta.style = FM_BLOCK;
	d->meta.span = d->frontmatter;
	if (d->has_frontmatter)
		fm_parse(src, d->frontmatter, a, sink, &d->meta);
	return read_body(d, a, sink) ? d : NULL;
}

/* The next character of a title that counts: marks of emphasis and code do not. */
static char next_char(struct str s, size_t *off)
{
	while (*off < s.n && memchr("*_`", s.p[*off], 3))
		++*off;
	return *off < s.n ? s.p[(*off)++] : '\0';
}

static bool title_matches(struct str title, struct str want)
{
	size_t i = 0, k = 0;
	char a, b;

	do {
		a = next_char(title, &i);
		b = next_char(want, &k);
		if (!b)
			return !a || (char_is_space(a) && next_char(title, &i) == '(');
	} while (str_eq_nocase((struct str){ &a, 1 }, (struct str){ &b, 1 }));
	return false;
}

const struct doc_section *doc_section_find(const struct doc *d, struct str title)
{
	for (uint32_t i = 0; i < d->nsection; i++)
		if (title_matches(d->section[i].title, title))
			return &d->section[i];
	return NULL;
}

struct str doc_text(const struct doc *d, struct span sp)
{
	return source_slice(d->src, sp);
}
