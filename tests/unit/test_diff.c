/* Unified diffs: exact output for small texts, and for random ones that applying
 * the diff to the old text gives the new one. */
#include <check.h>
#include <stdlib.h>

#include "rune/diff.h"
#include "rune/str.h"

Suite *diff_suite(void);

static struct arena arena;

static void teardown(void)
{
	arena_release(&arena);
}

static const char *diff(const char *a, const char *b, unsigned context)
{
	struct buf out = BUF_INIT(&arena);

	diff_unified(&out, STR("a/f"), str_c(a), STR("b/f"), str_c(b), context);
	return out.n ? out.p : "";
}

START_TEST(equal_texts_give_nothing)
{
	ck_assert_str_eq(diff("a\nb\n", "a\nb\n", 3), "");
	ck_assert_str_eq(diff("", "", 3), "");
}
END_TEST

START_TEST(a_change_is_shown_with_its_context)
{
	ck_assert_str_eq(
		diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n", 3),
		"--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
}
END_TEST

START_TEST(creation_and_deletion_have_empty_ranges)
{
	ck_assert_str_eq(
		diff("", "a\nb\n", 3), "--- a/f\n+++ b/f\n@@ -0,0 +1,2 @@\n+a\n+b\n");
	ck_assert_str_eq(diff("a\n", "", 3), "--- a/f\n+++ b/f\n@@ -1 +0,0 @@\n-a\n");
}
END_TEST

START_TEST(a_missing_newline_at_the_end_is_said)
{
	ck_assert_str_eq(diff("a", "a\n", 3),
		"--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
	ck_assert_str_eq(diff("a\nb", "x\nb", 1),
		"--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of "
		"file\n");
}
END_TEST

START_TEST(far_changes_are_hunks_of_their_own)
{
	ck_assert_str_eq(diff("a\n1\n2\n3\nb\n", "A\n1\n2\n3\nB\n", 1),
		"--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a\n+A\n 1\n@@ -4,2 +4,2 @@\n 3\n-b\n"
		"+B\n");
	ck_assert_str_eq(diff("a\n1\n2\nb\n", "A\n1\n2\nB\n", 1),
		"--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n-b\n+B\n");
}
END_TEST

START_TEST(binary_content_is_one_line)
{
	struct buf out = BUF_INIT(&arena);

	diff_unified(&out, STR("a/f"), STR("x\0y"), STR("b/f"), STR("z"), 3);
	ck_assert_str_eq(out.p, "Binary files a/f and b/f differ\n");
}
END_TEST

/* ---- applying ---------------------------------------------------------------------- */

static size_t number(struct str *s)
{
	size_t n = 0;

	for (; s->n && char_is_digit(s->p[0]); *s = str_from(*s, 1))
		n = n * 10 + (size_t)(s->p[0] - '0');
	return n;
}

static void copy_lines(struct buf *out, struct str *from, size_t n)
{
	while (n--) {
		size_t nl = str_find_char(*from, '\n', 0);

		ck_assert_uint_ne(nl, STR_NPOS);
		buf_add(out, str_sub(*from, 0, nl + 1));
		*from = str_from(*from, nl + 1);
	}
}

/* What patch(1) would make of `old`; texts end in a newline. Counts the lines
 * that are added or removed. */
static struct str apply(struct str old, struct str diff_text, size_t *edits)
{
	struct buf out = BUF_INIT(&arena);
	struct str line;
	size_t at = 0;

	*edits = 0;
	while (str_line(&diff_text, &line)) {
		struct str body = str_from(line, 1), skipped;

		if (str_starts(line, STR("---")) || str_starts(line, STR("+++")))
			continue;
		if (str_starts(line, STR("@@"))) {
			size_t from, count = 1;

			line = str_from(line, 4);
			from = number(&line);
			if (str_starts(line, STR(","))) {
				line = str_from(line, 1);
				count = number(&line);
			}
			from = count ? from - 1 : from;
			copy_lines(&out, &old, from - at);
			at = from;
			continue;
		}
		*edits += line.p[0] != ' ';
		if (line.p[0] != '-') {
			buf_add(&out, body);
			buf_addc(&out, '\n');
		}
		if (line.p[0] != '+') {
			ck_assert(str_line(&old, &skipped));
			ck_assert(str_eq(skipped, body));
			at++;
		}
	}
	buf_add(&out, old);
	return buf_str(&out);
}

static struct str random_text(unsigned *seed, size_t lines, unsigned kinds)
{
	struct buf b = BUF_INIT(&arena);

	for (size_t i = 0; i < lines; i++) {
		*seed = *seed * 1103515245u + 12345u;
		buf_addf(&b, "%u\n", (*seed >> 16) % kinds);
	}
	return buf_str(&b);
}

static size_t round_trip(struct str a, struct str b)
{
	struct buf out = BUF_INIT(&arena);
	size_t edits;

	diff_unified(&out, STR("a"), a, STR("b"), b, 2);
	ck_assert(str_eq(apply(a, buf_str(&out), &edits), b));
	return edits;
}

/* Length of a shortest edit path by the quadratic table. */
static size_t shortest(struct str a, struct str b)
{
	struct str la[64], lb[64];
	size_t na = 0, nb = 0, d[65][65];

	while (str_line(&a, &la[na]))
		na++;
	while (str_line(&b, &lb[nb]))
		nb++;
	for (size_t i = 0; i <= na; i++)
		for (size_t j = 0; j <= nb; j++) {
			if (!i || !j) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = 1 +
				  (d[i - 1][j] < d[i][j - 1] ? d[i - 1][j] : d[i][j - 1]);
			if (str_eq(la[i - 1], lb[j - 1]) && d[i - 1][j - 1] < d[i][j])
				d[i][j] = d[i - 1][j - 1];
		}
	return d[na][nb];
}

START_TEST(applying_a_diff_gives_the_new_text_by_the_fewest_edits)
{
	unsigned seed = 1;

	for (int i = 0; i < 3000; i++) {
		size_t la, lb;
		struct str a, b;

		random_text(&seed, 1, 2);
		la = (seed >> 16) % 40;
		random_text(&seed, 1, 2);
		lb = (seed >> 16) % 40;
		a = random_text(&seed, la, 1 + (unsigned)i % 7);
		b = random_text(&seed, lb, 1 + (unsigned)i % 7);
		ck_assert_uint_eq(round_trip(a, b), shortest(a, b));
		if (i % 100 == 0)
			arena_release(&arena);
	}
}
END_TEST

START_TEST(large_texts_that_share_little_are_still_right)
{
	unsigned seed = 7;

	round_trip(random_text(&seed, 30000, 50), random_text(&seed, 30000, 50));
	round_trip(random_text(&seed, 30000, 1000000), random_text(&seed, 100, 1000000));
}
END_TEST

Suite *diff_suite(void)
{
	Suite *s = suite_create("diff");
	TCase *t = tcase_create("diff");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, equal_texts_give_nothing);
	tcase_add_test(t, a_change_is_shown_with_its_context);
	tcase_add_test(t, creation_and_deletion_have_empty_ranges);
	tcase_add_test(t, a_missing_newline_at_the_end_is_said);
	tcase_add_test(t, far_changes_are_hunks_of_their_own);
	tcase_add_test(t, binary_content_is_one_line);
	tcase_add_test(t, applying_a_diff_gives_the_new_text_by_the_fewest_edits);
	tcase_add_test(t, large_texts_that_share_little_are_still_right);
	suite_add_tcase(s, t);
	return s;
}
