/* files.h - the files of a project as checks see them. */
#ifndef RUNE_RULES_FILES_H
#define RUNE_RULES_FILES_H

#include "rune/rules.h"

/* All files of the skills, packs and texts that are the user's own: neither the
 * embedded library's, nor of what is overridden or disabled; with `scan`, only what
 * is in its focus. Returns how many. */
size_t files_list(const struct project *p, const struct scan *scan, struct arena *a,
	const struct rule_file **out);

#endif
