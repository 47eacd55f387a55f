/* split_job.h - what the halves of splitting share: split_scan.c finds where a text may
 * be cut, its headings, gates and links; split.c decides and writes the files. */
#ifndef RUNE_EMIT_SPLIT_JOB_H
#define RUNE_EMIT_SPLIT_JOB_H

#include "emit/split.h"
#include "rune/map.h"

/* Where the text may be cut, the best places first. */
enum cut_rank {
	CUT_MARK,
	CUT_SECTION,
	CUT_PHASE,
	CUT_STEP,
	CUT_BLOCK,
	CUT_ITEM,
	CUT_NOT
};

struct cut {
	uint32_t off;
	enum cut_rank rank;
};

struct heading {
	uint32_t off, level;
	struct str title;
	struct str slug;
	struct str anchor; /* the slug, numbered if there are others like it */
	struct str now; /* the same in the file that it now stands in */
	struct counter *same;
	size_t section; /* index of the heading of level 1 or 2 that it is under, and 1; 0:
			 * none */
};

/* A destination, by place: that of a link around an image comes after the image's. */
struct link {
	struct span at;
	const struct doc_link *definition; /* NULL: it is none */
};

/* How soon the reader needs it. */
enum need { NEED_FIRST, NEED_STEPS, NEED_SOON, NEED_LATE };

struct piece {
	uint32_t from, to;
	enum cut_rank rank; /* of the place that it begins at */
	enum need need;
	bool kept;
	size_t part; /* index of the part that it is in, if it is not kept */
};

/* Which pieces a part has: [first, end). */
struct range {
	size_t first, end;
};

/* How often a name was wanted; of a heading's, also in the file at hand. */
struct counter {
	unsigned n, in_main, in_part;
	size_t part;
};

struct split_job {
	struct arena *a;
	const struct split_options *o;
	const struct doc *d;
	struct str text; /* what is split, after a header of nothing */
	struct str prefix; /* of a part's path, as seen from the main file */
	struct cut *cut;
	size_t ncut, cut_cap;
	uint32_t mark; /* the author's first; 0: none */
	struct heading *heading;
	size_t nheading, heading_cap;
	struct map by_slug; /* anchor → struct heading */
	struct map slugs; /* slug → struct counter */
	struct span *gate; /* closed ones, from the line's begin; none overlap */
	size_t ngate;
	struct link *link;
	size_t nlink;
	struct map by_label; /* of definitions, lower case → struct link */
	struct piece *piece;
	size_t npiece, piece_cap;
	struct split_part *part;
	struct range *range; /* of each part */
	size_t npart, part_cap, range_cap;
	bool marked; /* by the author */
};

void split_find_gates(struct split_job *j);
/* False if the author forbids it. */
bool split_find_cuts(struct split_job *j);
void split_find_links(struct split_job *j);
/* The first that begins at or after `off`. */
size_t split_link_from(const struct split_job *j, uint32_t off);
/* The last of `n` spans that begins at or before `off`; n: none. */
size_t split_span_before(const struct span *v, size_t n, uint32_t off);
/* Anchors of equal headings are numbered: "steps", "steps-1". */
struct str split_numbered(struct arena *a, struct str slug, unsigned before);

#endif
