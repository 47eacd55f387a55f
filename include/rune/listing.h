/* listing.h - what a model is shown of all skills together: names and descriptions, for
 * which clients have so much room and no more (struct adapter_listing). */
#ifndef RUNE_LISTING_H
#define RUNE_LISTING_H

#include "rune/project.h"

#define LISTING_CONTEXT 200000 /* tokens: what most sessions have */

struct listing_item {
	const struct skill *skill; /* exactly one of the two is set */
	const struct pack *pack;
	const struct meta *meta;
	struct str name; /* as emitted */
	struct str text; /* the description, as fitted */
	uint32_t callers; /* skills that call it, itself aside */
	uint32_t rank; /* 0: the most important */
	uint32_t caller_rank; /* of the most important caller that leads to it */
	bool hidden; /* not in the list: by its author, or to make room */
	bool lost; /* shown without its description, or with a part of it */
	bool missing; /* not shown at all */
};

struct listing {
	const struct project *project;
	struct listing_item *v; /* by name */
	size_t n;
	struct listing_item **of_skill, **of_pack; /* as in the project; NULL: broken */
	size_t room, used; /* characters; room 0: no limit is known */
	size_t nhidden; /* by us, not by the author */
	size_t nshort; /* descriptions that were shortened */
	size_t nlost, nmissing;
	size_t cut; /* LIST_EQUAL: characters that are left of each; else 0 */
};

/* Every skill and pack that is not broken, with its whole description. */
void listing_make(struct listing *l, const struct project *p, const struct adapter *ad,
	struct arena *a);
/* Make it fit into the room that the client has at `context` tokens: what only other
 * skills call is hidden, where that can be done; then descriptions are shortened at
 * sentences and clauses, and more of what is called is hidden, the least important
 * first; what room is left goes to the most important. Deterministic. */
void listing_fit(
	struct listing *l, const struct adapter *ad, uint32_t context, struct arena *a);
/* What the client makes of it as it stands: sets used, lost, missing and cut. */
void listing_show(struct listing *l, const struct adapter *ad, uint32_t context);
/* The entry of a skill or a pack; NULL if there is none. */
const struct listing_item *listing_of_skill(
	const struct listing *l, const struct skill *s);
const struct listing_item *listing_of_pack(const struct listing *l, const struct pack *p);

/* At most `max` characters of what the thing does and when to use it: the author's
 * short form if there is one, else whole sentences, clauses, words. */
struct str listing_text(const struct meta *m, size_t max, struct arena *a);

#endif
