/* scan.h - which skills and packs lie in what a person points at.
 *
 *   scan_init(); scan_path() for each path; scan_finish()
 *
 * A path is a skill's or a pack's directory, a file, or any directory: then every
 * skill and pack below it counts, in whatever layout. Version control, packages
 * and what .gitignore names are passed over. Directories that belong together, as
 * those below one skills/ and the extensions/ beside it, become one group: names
 * are resolved in it.
 *
 * Of a single skill written for rune the neighbours are read too, so that its
 * connections mean something; scan_focus() tells what the person asked for. */
#ifndef RUNE_SCAN_H
#define RUNE_SCAN_H

#include "rune/map.h"
#include "rune/skill.h"

struct diag_sink;

/* Bounds of a walk (RN9002). */
#define SCAN_MAX_DEPTH 24
#define SCAN_MAX_DIRS  200000

struct scan_group {
	struct root root; /* kind ROOT_SOURCE, or ROOT_PROJECT: texts read leniently */
	size_t unit_cap, loose_cap;
	struct root_unit *unit; /* the root's, while it grows */
	struct str *loose;
	bool wanted; /* its texts were asked for by name */
};

struct scan {
	struct arena *a;
	struct diag_sink *sink;
	struct source_set *sources; /* what could not be read becomes one */
	const struct map *overlay; /* may be NULL; see struct root */
	struct str cwd; /* absolute */
	struct map group; /* its directory → struct scan_group */
	struct map unit; /* directories of units → their group */
	struct map focus; /* paths */
	size_t ndir; /* visited */
};

void scan_init(struct scan *s, struct source_set *sources, struct arena *a,
	struct diag_sink *sink);
/* False after reporting that there is nothing of ours. */
bool scan_path(struct scan *s, struct str path);
/* Sort what was found; the groups' roots are complete. */
void scan_finish(struct scan *s);
/* Is the file what was asked for, or below it? */
bool scan_focus(const struct scan *s, struct str path);
/* `path` made absolute, lexically. */
struct str scan_absolute(const struct scan *s, struct str path, struct arena *a);

#endif
