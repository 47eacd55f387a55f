/* split.h - a skill's text that is longer than what its reader is shown, as a main file
 * and parts to be read when they are needed. */
#ifndef RUNE_EMIT_SPLIT_H
#define RUNE_EMIT_SPLIT_H

#include "rune/doc.h"

struct split_part {
	struct str rel; /* "references/phases.md", below the skill's directory */
	struct str text;
};

struct split {
	struct str main; /* header included */
	struct split_part *part;
	size_t npart;
	size_t over; /* bytes of the longest file that is still too long; else 0 */
};

struct split_options {
	struct str name; /* emitted name of the skill */
	struct str main_file; /* "SKILL.md" */
	/* The skill's directory as seen from that of the main file: empty if they are
	 * the same. */
	struct str prefix;
	size_t limit; /* bytes of a file */
	/* Is there a file of the skill's own at `rel`? */
	bool (*taken)(const void *arg, struct str rel);
	const void *arg;
};

/* Splits `header` and `text`, which follows it and ends in a line feed, at sections, blocks and items of lists,
 * or where the author says so by a line "<!-- rune:split -->". The main file keeps what
 * comes first: the introduction, purpose, triggers, the first steps; of what moves it
 * keeps the gates, and says which file to read for what. Where a part was stands what
 * is between "<!-- rune:part PATH -->" and "<!-- /rune:part -->" and an empty line; a
 * part begins after a line of ours and an empty one. What a file needs of the others'
 * link definitions is repeated at its end, after "<!-- rune:links -->". Nothing is lost;
 * links lead where they led. False if the author forbids it ("<!-- rune:no-split -->") or the text
 * cannot be read. */
bool split_text(struct split *out, struct str header, struct str text,
	const struct split_options *o, struct arena *a);

#endif
