#include "ignore.h"

#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

#define IGNORE_MAX_FILE (1u << 20)

struct ignore {
	const struct ignore *next;
	struct str dir; /* whose file it stands in */
	struct str pattern;
	bool anchored; /* it is a path from there, not a name anywhere below */
	bool negated;
};

static const struct ignore *add_line(
	const struct ignore *next, struct str dir, struct str line, struct arena *a)
{
	struct ignore *ig;
	struct ignore made = { .next = next, .dir = dir };

	while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
		line.n--;
	if (!line.n || line.p[0] == '#')
		return next;
	if (line.p[0] == '!') {
		made.negated = true;
		line = str_from(line, 1);
	}
	if (str_ends(line, STR("/")))
		line.n--;
	made.anchored = str_find_char(line, '/', 0) != STR_NPOS;
	if (str_starts(line, STR("/")))
		line = str_from(line, 1);
	if (!line.n || str_find_char(line, '[', 0) != STR_NPOS ||
		str_find_char(line, '\\', 0) != STR_NPOS)
		return next;
	made.pattern = line;
	ig = arena_new(a, struct ignore);
	*ig = made;
	return ig;
}

const struct ignore *ignore_enter(
	const struct ignore *above, struct str dir, struct arena *a)
{
	struct str text, line;

	if (os_read_file(path_join(a, dir, STR(".gitignore")), IGNORE_MAX_FILE, a, &text))
		return above;
	while (str_line(&text, &line))
		above = add_line(above, dir, line, a);
	return above;
}

static bool is_repository(struct str dir, struct arena *a)
{
	struct os_stat st;

	return !os_lstat(path_join(a, dir, STR(".git")), &st) && st.kind != OS_MISSING;
}

const struct ignore *ignore_outside(struct str dir, struct arena *a)
{
	const struct ignore *ig = NULL;
	struct str top = dir, up, rest;

	while (!is_repository(top, a)) {
		up = path_dir(top);
		if (!up.n || str_eq(up, top))
			return ignore_enter(NULL, dir, a); /* no repository */
		top = up;
	}
	ig = ignore_enter(NULL, top, a);
	rest = str_from(dir, top.n);
	for (size_t i = 1; i <= rest.n; i++)
		if (i == rest.n || rest.p[i] == '/')
			ig = ignore_enter(ig, str_sub(dir, 0, top.n + i), a);
	return ig;
}

bool ignore_directory(const struct ignore *ig, struct str path)
{
	for (; ig; ig = ig->next) {
		struct str rel;

		if (!path_is_below(path, ig->dir) || path.n <= ig->dir.n)
			continue;
		rel = str_from(path, ig->dir.n + (ig->dir.n > 1));
		if (path_glob(ig->pattern, ig->anchored ? rel : path_base(rel)))
			return !ig->negated;
	}
	return false;
}
