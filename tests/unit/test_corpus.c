/* Every Markdown file at hand is parsed without a loss: the library, and the
 * corpus of real skills where it is present. */
#include <check.h>
#include <stdio.h>

#include "doc_invariants.h"
#include "parse_fixture.h"
#include "rune/os.h"
#include "rune/path.h"

Suite *corpus_suite(void);

struct walk {
	struct arena a;
	size_t files, unread;
};

static void check_file(struct walk *w, struct str path)
{
	struct parsed p;
	struct str text;
	const char *bad;

	ck_assert_int_eq(os_read_file(path, SOURCE_MAX, &w->a, &text), 0);
	parsed_source(&p, text);
	p.doc = doc_parse(p.src, 0, &p.a, &p.sink);
	ck_assert_msg(p.doc != NULL, "%.*s: not parsed", STR_ARG(path));
	bad = doc_invariants(p.doc);
	ck_assert_msg(!bad, "%.*s: %s", STR_ARG(path), bad ? bad : "");
	w->unread += reported(&p, "RN5005");
	w->files++;
	parsed_release(&p);
}

static void check_dir(struct walk *w, struct str dir)
{
	struct os_entry *entry;
	size_t n;

	if (os_list_dir(dir, &w->a, &entry, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		struct str path = path_join(&w->a, dir, entry[i].name);

		if (entry[i].kind == OS_DIR)
			check_dir(w, path);
		else if (entry[i].kind == OS_FILE && str_ends(path, STR(".md")))
			check_file(w, path);
	}
}

/* How many files there were. */
static size_t check_tree(const char *dir)
{
	struct walk w = { 0 };

	check_dir(&w, path_join(&w.a, STR(RUNE_SOURCE_DIR), str_c(dir)));
	ck_assert_msg(!w.unread, "%s: %zu texts could not be located", dir, w.unread);
	arena_release(&w.a);
	return w.files;
}

START_TEST(the_library_is_read_whole)
{
	ck_assert_uint_gt(check_tree("skills"), 0);
	ck_assert_uint_gt(check_tree("extensions"), 0);
}
END_TEST

START_TEST(the_corpus_is_read_whole)
{
	/* not a silent success: nothing was checked */
	if (!check_tree("../shared"))
		printf("corpus: skipped, there is none beside the checkout\n");
}
END_TEST

Suite *corpus_suite(void)
{
	Suite *s = suite_create("corpus");
	TCase *t = tcase_create("corpus");

	tcase_set_timeout(t, 300);
	tcase_add_test(t, the_library_is_read_whole);
	tcase_add_test(t, the_corpus_is_read_whole);
	suite_add_tcase(s, t);
	return s;
}
