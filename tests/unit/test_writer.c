/* The writer on a real directory: what it writes, what it refuses to touch, and
 * what it leaves when something goes wrong. test_fault.c cuts it off at every
 * point. */
#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "emit/manifest.h"
#include "rune/os.h"
#include "rune/str.h"
#include "rune/writer.h"
#include "tmpdir.h"

Suite *writer_suite(void);

static struct tmpdir dir;
static struct arena arena;
static struct source_set sources;
static struct diag_sink sink;
static struct outtree tree;
static struct write_plan plan;
static struct writer_options options;
static struct str platform[4];

/* ---- a build ------------------------------------------------------------------------ */

/* Begin a build for platforms: an empty tree, no diagnostics. */
static void begin_for(const char *one, const char *two)
{
	arena_release(&arena);
	source_set_init(&sources, &arena);
	diag_sink_init(&sink, &arena, NULL);
	outtree_init(&tree, &arena);
	platform[0] = str_c(one);
	platform[1] = str_c(two);
	options = (struct writer_options){
		.platform = platform, .nplatform = two ? 2 : 1, .jobs = 1, .wait_ms = 60
	};
}

static void begin(void)
{
	begin_for("cursor", NULL);
}

static struct out_entry *entry(const char *path, const char *bytes)
{
	struct out_entry *e = arena_new(&arena, struct out_entry);

	e->path = str_c(path);
	e->bytes = str_c(bytes);
	e->platform = platform[0];
	return e;
}

static void add(struct out_entry *e)
{
	ck_assert(outtree_add(&tree, e, &sink));
}

static void file(const char *path, const char *bytes)
{
	add(entry(path, bytes));
}

static void file_of(const char *path, const char *bytes, const char *owner)
{
	struct out_entry *e = entry(path, bytes);

	e->owner = str_c(owner);
	add(e);
}

static void script(const char *path, const char *bytes)
{
	struct out_entry *e = entry(path, bytes);

	e->executable = true;
	add(e);
}

static void block(const char *path, const char *bytes, struct str of)
{
	struct out_entry *e = entry(path, bytes);

	e->kind = OUT_BLOCK;
	e->platform = of;
	add(e);
}

static bool make_plan(void)
{
	outtree_finish(&tree);
	return writer_plan(&plan, &tree, dir.root, &options, &sources, &arena, &sink);
}

static bool commit(void)
{
	return writer_commit(&plan, &sources, &arena, &sink);
}

static bool build(void)
{
	return make_plan() && commit();
}

static bool said(enum rule rule, const char *part)
{
	for (size_t i = 0; i < sink.n; i++) {
		if (sink.v[i]->rule != rule)
			continue;
		if (str_find(sink.v[i]->message, str_c(part), 0) != STR_NPOS)
			return true;
		if (sink.v[i]->at.src &&
			str_find(source_get(&sources, sink.v[i]->at.src)->path,
				str_c(part), 0) != STR_NPOS)
			return true;
	}
	return false;
}

static void expect(const char *path, const char *text)
{
	const char *got = tmpdir_get(&dir, path);

	if (!text) {
		ck_assert_msg(!got, "%s is there", path);
		return;
	}
	ck_assert_msg(got != NULL, "%s is missing", path);
	ck_assert_str_eq(got, text);
}

static const struct write_op *op(const char *path)
{
	for (size_t i = 0; i < plan.n; i++)
		if (str_eq(plan.op[i].path, str_c(path)))
			return &plan.op[i];
	ck_abort_msg("no operation for %s", path);
}

static enum write_action action(const char *path)
{
	return op(path)->action;
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	ck_assert_int_eq(lstat(tmpdir_path(&dir, path).p, &st), 0);
	return st.st_mode & 07777;
}

static ino_t inode(const char *path)
{
	struct stat st;

	ck_assert_int_eq(lstat(tmpdir_path(&dir, path).p, &st), 0);
	return st.st_ino;
}

static void setup(void)
{
	umask(022);
	tmpdir_init(&dir);
	begin();
}

static void teardown(void)
{
	tmpdir_release(&dir);
	arena_release(&arena);
}

/* ---- writing -------------------------------------------------------------------------- */

START_TEST(a_first_build_writes_files_and_manifest)
{
	file_of(".cursor/skills/rune-a/SKILL.md", "abc", "rune-a");
	script(".cursor/skills/rune-a/scripts/go.sh", "echo\n");
	block("AGENTS.md", "text", STR("codex"));
	file("empty", "");
	ck_assert(build());
	ck_assert_str_eq(tmpdir_list(&dir), ".cursor/\n"
					    ".cursor/skills/\n"
					    ".cursor/skills/rune-a/\n"
					    ".cursor/skills/rune-a/SKILL.md\n"
					    ".cursor/skills/rune-a/scripts/\n"
					    ".cursor/skills/rune-a/scripts/go.sh\n"
					    ".rune/\n"
					    ".rune/manifest.json\n"
					    "AGENTS.md\n"
					    "empty\n");
	expect(".cursor/skills/rune-a/SKILL.md", "abc");
	ck_assert_uint_eq(mode_of(".cursor/skills/rune-a/SKILL.md"), 0644);
	ck_assert_uint_eq(mode_of(".cursor/skills/rune-a/scripts/go.sh"), 0755);
	expect(".rune/manifest.json",
		"{\n"
		"  \"version\": 1,\n"
		"  \"files\": {\n"
		"    \".cursor/skills/rune-a/SKILL.md\": {\"sha256\": "
		"\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\", "
		"\"platforms\": [\"cursor\"], \"owner\": \"rune-a\"},\n"
		"    \".cursor/skills/rune-a/scripts/go.sh\": {\"sha256\": "
		"\"86b0c5a1e2b73b08fd54c727f4458649ed9fe3ad1b6e8ac9460c070113509a1e\", "
		"\"platforms\": [\"cursor\"]},\n"
		"    \"AGENTS.md\": {\"kind\": \"block\", \"regions\": {\"codex\": "
		"\"b9e68e1bea3e5b19ca6b2f98b73a54b73daafaa250484902e09982e07a12e733\"}, "
		"\"created\": true},\n"
		"    \"empty\": {\"sha256\": "
		"\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\", "
		"\"platforms\": [\"cursor\"]}\n"
		"  },\n"
		"  \"directories\": [\n"
		"    \".cursor\",\n"
		"    \".cursor/skills\",\n"
		"    \".cursor/skills/rune-a\",\n"
		"    \".cursor/skills/rune-a/scripts\"\n"
		"  ]\n"
		"}\n");
	ck_assert_uint_eq(plan.count[WRITE_CREATE], 4);
}
END_TEST

START_TEST(a_second_build_has_nothing_to_do)
{
	ino_t manifest;

	for (int i = 0; i < 2; i++) {
		begin();
		file("d/a", "1");
		script("d/b", "2");
		block("AGENTS.md", "x", STR("cursor"));
		ck_assert(make_plan());
		if (i) {
			ck_assert(!plan.changes);
			ck_assert_uint_eq(plan.count[WRITE_SAME], 3);
			ck_assert(str_eq(plan.manifest_old, plan.manifest_new));
		}
		ck_assert(commit());
		if (!i)
			manifest = inode(MANIFEST_PATH);
		ck_assert_uint_eq(inode(MANIFEST_PATH), manifest);
	}
}
END_TEST

START_TEST(nothing_emitted_leaves_no_trace)
{
	ck_assert(build());
	ck_assert_str_eq(tmpdir_list(&dir), "");
}
END_TEST

START_TEST(a_changed_source_updates_the_file)
{
	file("a", "1");
	file("b", "1");
	ck_assert(build());
	begin();
	file("a", "2");
	file("b", "1");
	ck_assert(build());
	expect("a", "2");
	ck_assert_int_eq(action("a"), WRITE_UPDATE);
	ck_assert_int_eq(action("b"), WRITE_SAME);
	ck_assert_uint_eq(sink.n, 0);
}
END_TEST

START_TEST(a_file_that_the_user_removed_comes_back)
{
	file("a", "1");
	ck_assert(build());
	unlink(tmpdir_path(&dir, "a").p);
	begin();
	file("a", "1");
	ck_assert(build());
	expect("a", "1");
}
END_TEST

START_TEST(the_executable_bit_is_mended_but_extra_bits_are_left)
{
	script("run", "1");
	file("text", "1");
	ck_assert(build());
	chmod(tmpdir_path(&dir, "run").p, 0644);
	chmod(tmpdir_path(&dir, "text").p, 0777);
	begin();
	script("run", "1");
	file("text", "1");
	ck_assert(build());
	ck_assert_uint_eq(mode_of("run"), 0755);
	ck_assert_int_eq(action("text"), WRITE_SAME);
}
END_TEST

START_TEST(the_output_directory_is_made)
{
	file("a", "1");
	outtree_finish(&tree);
	ck_assert(writer_plan(&plan, &tree, tmpdir_path(&dir, "x/y/z"), &options,
		&sources, &arena, &sink));
	expect("x", NULL);
	ck_assert(commit());
	expect("x/y/z/a", "1");
	expect("x/y/z/.rune/manifest.json",
		tmpdir_get(&dir, "x/y/z/.rune/manifest.json"));
}
END_TEST

START_TEST(an_output_directory_that_is_a_file_is_refused)
{
	tmpdir_put(&dir, "out", "mine");
	file("a", "1");
	outtree_finish(&tree);
	ck_assert(!writer_plan(&plan, &tree, tmpdir_path(&dir, "out"), &options, &sources,
		&arena, &sink));
	ck_assert(said(RULE_IO, "is not a directory"));
	expect("out", "mine");
}
END_TEST

START_TEST(the_plan_is_shown_as_a_diff)
{
	struct buf out = BUF_INIT(&arena);

	file("change", "1\n");
	file("remove", "1\n");
	ck_assert(build());
	begin();
	out = (struct buf)BUF_INIT(&arena);
	file("change", "2\n");
	file("create", "3\n");
	ck_assert(make_plan());
	writer_diff(&out, &plan);
	ck_assert_str_eq(out.p, "--- a/change\n+++ b/change\n@@ -1 +1 @@\n-1\n+2\n"
				"--- /dev/null\n+++ b/create\n@@ -0,0 +1 @@\n+3\n"
				"--- a/remove\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n");
	expect("create", NULL);
}
END_TEST

/* ---- what is the user's ------------------------------------------------------------------ */

START_TEST(u12_a_file_of_the_users_is_refused_unless_forced)
{
	tmpdir_put(&dir, ".cursor/skills/rune-a/SKILL.md", "mine");
	file(".cursor/skills/rune-a/SKILL.md", "ours");
	file("other", "ours");
	ck_assert(build());
	expect(".cursor/skills/rune-a/SKILL.md", "mine");
	expect("other", "ours");
	ck_assert(said(RULE_OUT_FOREIGN, ".cursor/skills/rune-a/SKILL.md"));
	ck_assert_uint_eq(plan.count[WRITE_REFUSE], 1);
	ck_assert_str_eq(
		op(".cursor/skills/rune-a/SKILL.md")->reason, "not written by rune");

	begin();
	file("other", "ours");
	file(".cursor/skills/rune-a/SKILL.md", "ours");
	options.force = true;
	ck_assert(build());
	expect(".cursor/skills/rune-a/SKILL.md", "ours");
	ck_assert_uint_eq(sink.n, 0);
}
END_TEST

START_TEST(a_file_that_equals_the_output_is_taken_over)
{
	tmpdir_put(&dir, "a", "same");
	file("a", "same");
	ck_assert(build());
	ck_assert_uint_eq(sink.n, 0);
	ck_assert_int_eq(action("a"), WRITE_SAME);
	begin();
	file("a", "new");
	ck_assert(build());
	expect("a", "new");
}
END_TEST

START_TEST(a_file_changed_by_hand_is_refused_unless_forced)
{
	const struct source *s;
	struct out_entry *e;

	file("a", "1");
	ck_assert(build());
	tmpdir_put(&dir, "a", "edited");
	begin();
	s = source_add(&sources, STR("skills/a/SKILL.md"), STR("x"), SOURCE_FILE);
	e = entry("a", "2");
	e->from = source_span(s);
	add(e);
	ck_assert(build());
	expect("a", "edited");
	ck_assert(said(RULE_OUT_CHANGED, "changed since rune wrote it"));
	ck_assert_uint_eq(sink.v[0]->notes->at.src, s->id);

	/* it stays refused: the manifest still knows what was ours */
	begin();
	file("a", "2");
	ck_assert(build());
	expect("a", "edited");
	ck_assert(said(RULE_OUT_CHANGED, ""));
	begin();
	file("a", "2");
	options.force = true;
	ck_assert(build());
	expect("a", "2");
}
END_TEST

START_TEST(an_emptied_file_is_written_again)
{
	file("a", "1");
	ck_assert(build());
	tmpdir_put(&dir, "a", "");
	begin();
	file("a", "2");
	ck_assert(build());
	expect("a", "2");
}
END_TEST

/* ---- pruning -------------------------------------------------------------------------------- */

START_TEST(e04_what_is_no_longer_emitted_is_removed_with_its_directories)
{
	tmpdir_mkdir(&dir, "mine/empty");
	file("s/a/SKILL.md", "1");
	file("s/b/SKILL.md", "1");
	file("s/b/references/r.md", "1");
	file("s/c/SKILL.md", "1");
	file("mine/empty/x", "1");
	ck_assert(build());
	tmpdir_put(&dir, "s/c/notes.txt", "the user's");
	begin();
	file("s/a/SKILL.md", "1");
	ck_assert(build());
	ck_assert_uint_eq(plan.count[WRITE_DELETE], 4);
	ck_assert_str_eq(tmpdir_list(&dir), ".rune/\n"
					    ".rune/manifest.json\n"
					    "mine/\n"
					    "mine/empty/\n"
					    "s/\n"
					    "s/a/\n"
					    "s/a/SKILL.md\n"
					    "s/c/\n"
					    "s/c/notes.txt\n");
	begin();
	file("s/a/SKILL.md", "1");
	ck_assert(make_plan());
	ck_assert(!plan.changes && str_eq(plan.manifest_old, plan.manifest_new));
}
END_TEST

START_TEST(everything_can_be_pruned)
{
	file("s/a/SKILL.md", "1");
	ck_assert(build());
	begin();
	ck_assert(build());
	ck_assert_str_eq(tmpdir_list(&dir), ".rune/\n.rune/manifest.json\n");
	expect(MANIFEST_PATH,
		"{\n  \"version\": 1,\n  \"files\": {},\n  \"directories\": []\n}\n");
}
END_TEST

START_TEST(a_stale_file_with_changes_of_the_users_is_kept)
{
	file("a", "1");
	ck_assert(build());
	tmpdir_put(&dir, "a", "edited");
	begin();
	ck_assert(build());
	expect("a", "edited");
	ck_assert(said(RULE_OUT_CHANGED, "a"));
	begin();
	options.force = true;
	ck_assert(build());
	expect("a", NULL);
}
END_TEST

START_TEST(what_took_the_place_of_a_stale_file_is_left)
{
	file("gone", "1");
	file("dir", "1");
	file("link", "1");
	file("up/file", "1");
	ck_assert(build());
	unlink(tmpdir_path(&dir, "gone").p);
	unlink(tmpdir_path(&dir, "dir").p);
	unlink(tmpdir_path(&dir, "link").p);
	unlink(tmpdir_path(&dir, "up/file").p);
	rmdir(tmpdir_path(&dir, "up").p);
	tmpdir_put(&dir, "up", "mine");
	tmpdir_put(&dir, "dir/f", "mine");
	tmpdir_put(&dir, "target", "1");
	tmpdir_link(&dir, "link", "target");
	begin();
	ck_assert(build());
	ck_assert_uint_eq(sink.n, 0);
	ck_assert_uint_eq(plan.count[WRITE_FORGET], 4);
	ck_assert_str_eq(tmpdir_list(&dir),
		".rune/\n.rune/manifest.json\ndir/\ndir/f\nlink@\ntarget\nup\n");
}
END_TEST

START_TEST(files_of_a_broken_skill_are_kept)
{
	file_of("s/a/SKILL.md", "1", "rune-a");
	file_of("s/a/r.md", "1", "rune-a");
	file_of("s/b/SKILL.md", "1", "rune-b");
	ck_assert(build());
	begin();
	outtree_keep(&tree, STR("rune-a"));
	ck_assert(build());
	expect("s/a/SKILL.md", "1");
	expect("s/a/r.md", "1");
	expect("s/b/SKILL.md", NULL);
	ck_assert_int_eq(action("s/a/r.md"), WRITE_KEEP);
	/* mended: what it no longer has goes */
	begin();
	file_of("s/a/SKILL.md", "2", "rune-a");
	ck_assert(build());
	expect("s/a/SKILL.md", "2");
	expect("s/a/r.md", NULL);
}
END_TEST

START_TEST(other_platforms_files_are_left_alone)
{
	file("cursor/a", "1");
	ck_assert(build());
	begin_for("windsurf", NULL);
	file("windsurf/a", "1");
	ck_assert(build());
	expect("cursor/a", "1");
	begin_for("windsurf", "cursor");
	ck_assert(build());
	expect("cursor/a", NULL);
	expect("windsurf/a", NULL);
}
END_TEST

/* ---- E23: two platforms, one directory ---------------------------------------------------------- */

START_TEST(e23_another_platforms_file_is_not_rewritten)
{
	begin_for("codex", NULL);
	file(".agents/skills/a/SKILL.md", "for codex");
	file(".agents/skills/b/SKILL.md", "the same");
	ck_assert(build());
	begin_for("antigravity", NULL);
	file(".agents/skills/a/SKILL.md", "for antigravity");
	file(".agents/skills/b/SKILL.md", "the same");
	ck_assert(build());
	expect(".agents/skills/a/SKILL.md", "for codex");
	ck_assert(said(RULE_OUT_FOREIGN, "'codex' and would differ for 'antigravity'"));
	ck_assert_uint_eq(sink.n, 1);
	ck_assert(str_find(str_c(tmpdir_get(&dir, MANIFEST_PATH)),
			  STR("\"platforms\": [\"antigravity\", \"codex\"]"),
			  0) != STR_NPOS);
	/* an owner may go on changing the file that both share */
	begin_for("codex", NULL);
	file(".agents/skills/a/SKILL.md", "for codex");
	file(".agents/skills/b/SKILL.md", "new");
	ck_assert(build());
	expect(".agents/skills/b/SKILL.md", "new");
	ck_assert_uint_eq(sink.n, 0);
}
END_TEST

START_TEST(e23_a_shared_file_goes_with_its_last_owner)
{
	begin_for("codex", "antigravity");
	add(entry("b", "x"));
	tree.v[0].platform = STR("codex,antigravity");
	ck_assert(build());
	begin_for("codex", NULL);
	ck_assert(build());
	expect("b", "x");
	ck_assert_int_eq(action("b"), WRITE_FORGET);
	begin_for("antigravity", NULL);
	ck_assert(build());
	expect("b", NULL);
}
END_TEST

START_TEST(e23_force_takes_a_file_over)
{
	begin_for("codex", NULL);
	file("a", "for codex");
	ck_assert(build());
	begin_for("antigravity", NULL);
	file("a", "for antigravity");
	options.force = true;
	ck_assert(build());
	expect("a", "for antigravity");
	/* and codex does not take it back silently */
	begin_for("codex", NULL);
	file("a", "for codex");
	ck_assert(build());
	expect("a", "for antigravity");
	ck_assert(said(RULE_OUT_FOREIGN, "'antigravity' and would differ for 'codex'"));
}
END_TEST

/* ---- what is in the way ---------------------------------------------------------------------------- */

START_TEST(e14_no_link_is_written_through)
{
	tmpdir_put(&dir, "victim.txt", "victim");
	tmpdir_mkdir(&dir, "elsewhere");
	tmpdir_link(&dir, "p/a", "../victim.txt");
	tmpdir_link(&dir, "p/dangling", "../nowhere");
	tmpdir_link(&dir, "p/d", "../elsewhere");
	file("p/a", "1");
	file("p/dangling", "1");
	file("p/d/x", "1");
	file("p/d/y/z", "1");
	file("p/ok", "1");
	options.force = true; /* not even so */
	ck_assert(build());
	ck_assert_uint_eq(plan.count[WRITE_REFUSE], 4);
	ck_assert_uint_eq(sink.n, 3); /* the linked directory once */
	ck_assert(said(RULE_OUT_LINK, "p/a"));
	ck_assert(said(RULE_OUT_LINK, "p/dangling"));
	ck_assert(said(RULE_OUT_LINK, "p/d"));
	expect("victim.txt", "victim");
	expect("nowhere", NULL);
	expect("p/ok", "1");
	ck_assert_str_eq(tmpdir_list(&dir), ".rune/\n.rune/manifest.json\nelsewhere/\np/"
					    "\np/a@\np/d@\np/dangling@\np/ok\n"
					    "victim.txt\n");
}
END_TEST

START_TEST(e14_no_link_is_deleted_through)
{
	file("s/a", "1");
	ck_assert(build());
	unlink(tmpdir_path(&dir, "s/a").p);
	rmdir(tmpdir_path(&dir, "s").p);
	tmpdir_put(&dir, "elsewhere/a", "1");
	tmpdir_link(&dir, "s", "elsewhere");
	begin();
	ck_assert(build());
	expect("elsewhere/a", "1");
	ck_assert(said(RULE_OUT_LINK, "s"));
}
END_TEST

START_TEST(e14_the_records_are_not_reached_through_a_link)
{
	tmpdir_put(&dir, "elsewhere/manifest.json", "{}");
	tmpdir_link(&dir, ".rune", "elsewhere");
	file("a", "1");
	ck_assert(!build());
	ck_assert(said(RULE_OUT_LINK, ".rune"));
	expect("elsewhere/manifest.json", "{}");
	expect("a", NULL);
}
END_TEST

START_TEST(e02_what_stands_in_the_way_is_said)
{
	tmpdir_mkdir(&dir, "a");
	tmpdir_put(&dir, "f", "mine");
	ck_assert_int_eq(mkfifo(tmpdir_path(&dir, "pipe").p, 0600), 0);
	file("a", "1");
	file("f/x", "1");
	file("f/y", "1");
	file("pipe", "1");
	file("ok", "1");
	options.force = true;
	ck_assert(build());
	ck_assert(said(RULE_OUT_FOREIGN, "a directory stands where a file"));
	ck_assert(said(RULE_OUT_FOREIGN, "a file stands where a directory"));
	ck_assert(said(RULE_OUT_FOREIGN, "neither a file nor a directory"));
	ck_assert_uint_eq(sink.n, 3);
	ck_assert_uint_eq(plan.count[WRITE_REFUSE], 4);
	expect("f", "mine");
	expect("ok", "1");
	unlink(tmpdir_path(&dir, "pipe").p);
}
END_TEST

/* A file system that ignores letter case shows one file under two names; two
 * hard links look the same. */
START_TEST(a_change_of_letter_case_does_not_delete_the_file)
{
	file("Name.md", "1");
	ck_assert(build());
	ck_assert_int_eq(
		link(tmpdir_path(&dir, "Name.md").p, tmpdir_path(&dir, "name.md").p), 0);
	begin();
	file("name.md", "2");
	ck_assert(build());
	ck_assert_uint_eq(sink.n, 0);
	expect("name.md", "2");
	ck_assert_uint_eq(plan.count[WRITE_DELETE], 0);
	ck_assert_uint_eq(plan.n, 1);
}
END_TEST

/* ---- shared files -------------------------------------------------------------------------------------- */

#define BEGIN "<!-- rune:begin cursor -->\n"
#define END   "<!-- rune:end cursor -->\n"

START_TEST(u01_the_users_text_around_the_region_is_kept)
{
	tmpdir_put(&dir, "AGENTS.md", "# Mine\n");
	chmod(tmpdir_path(&dir, "AGENTS.md").p, 0600);
	block("AGENTS.md", "v1", platform[0]);
	ck_assert(build());
	expect("AGENTS.md", "# Mine\n\n" BEGIN "v1\n" END);
	ck_assert_uint_eq(mode_of("AGENTS.md"), 0600);
	tmpdir_put(&dir, "AGENTS.md", "# Mine, edited\n\n" BEGIN "v1\n" END "more\n");
	begin();
	block("AGENTS.md", "v2", platform[0]);
	ck_assert(build());
	expect("AGENTS.md", "# Mine, edited\n\n" BEGIN "v2\n" END "more\n");
	ck_assert_uint_eq(sink.n, 0);
	begin();
	ck_assert(build());
	expect("AGENTS.md", "# Mine, edited\nmore\n");
}
END_TEST

START_TEST(u08_building_again_leaves_the_shared_file_alone)
{
	tmpdir_put(&dir, "AGENTS.md", "# Mine");
	for (int i = 0; i < 5; i++) {
		begin();
		block("AGENTS.md", "v1\n", platform[0]);
		ck_assert(make_plan());
		ck_assert_int_eq(plan.changes, i == 0);
		ck_assert(commit());
	}
	expect("AGENTS.md", "# Mine\n\n" BEGIN "v1\n" END);
}
END_TEST

START_TEST(u10_two_builds_keep_two_regions)
{
	tmpdir_put(&dir, "AGENTS.md", "mine\n");
	begin_for("codex", NULL);
	block("AGENTS.md", "for codex", platform[0]);
	ck_assert(build());
	begin();
	block("AGENTS.md", "for cursor", platform[0]);
	ck_assert(build());
	expect("AGENTS.md", "mine\n\n<!-- rune:begin codex -->\nfor codex\n"
			    "<!-- rune:end codex -->\n\n" BEGIN "for cursor\n" END);
	/* one goes, the other stays */
	begin_for("codex", NULL);
	ck_assert(build());
	expect("AGENTS.md", "mine\n\n" BEGIN "for cursor\n" END);
	begin();
	ck_assert(build());
	expect("AGENTS.md", "mine\n");
	ck_assert(str_find(str_c(tmpdir_get(&dir, MANIFEST_PATH)), STR("AGENTS"), 0) ==
		  STR_NPOS);
}
END_TEST

START_TEST(u10_two_platforms_of_one_build_have_two_regions)
{
	begin_for("codex", "cursor");
	block("AGENTS.md", "for cursor", platform[1]);
	block("AGENTS.md", "for codex", platform[0]);
	ck_assert(build());
	expect("AGENTS.md", "<!-- rune:begin codex -->\nfor codex\n"
			    "<!-- rune:end codex -->\n\n" BEGIN "for cursor\n" END);
	ck_assert_uint_eq(plan.n, 1);
}
END_TEST

START_TEST(u11_damaged_markers_leave_the_file_untouched)
{
	static const char damaged[] = "mine\n" END "x\n" BEGIN "y\n";

	tmpdir_put(&dir, "AGENTS.md", damaged);
	block("AGENTS.md", "v1", platform[0]);
	file("ok", "1");
	ck_assert(build());
	expect("AGENTS.md", damaged);
	expect("ok", "1");
	ck_assert(said(RULE_OUT_MARKERS, "'cursor' are damaged"));
	ck_assert_uint_eq(sink.v[0]->at.off, 5);
	ck_assert_int_eq(action("AGENTS.md"), WRITE_REFUSE);
}
END_TEST

START_TEST(a_region_changed_by_hand_is_refused_unless_forced)
{
	block("AGENTS.md", "v1", platform[0]);
	ck_assert(build());
	tmpdir_put(&dir, "AGENTS.md", BEGIN "v1\nmine\n" END);
	begin();
	block("AGENTS.md", "v2", platform[0]);
	ck_assert(build());
	expect("AGENTS.md", BEGIN "v1\nmine\n" END);
	ck_assert(said(RULE_OUT_CHANGED, "region of 'cursor'"));
	begin();
	ck_assert(build());
	expect("AGENTS.md", BEGIN "v1\nmine\n" END);
	begin();
	block("AGENTS.md", "v2", platform[0]);
	options.force = true;
	ck_assert(build());
	expect("AGENTS.md", BEGIN "v2\n" END);
}
END_TEST

START_TEST(line_ends_that_were_converted_are_no_change)
{
	block("AGENTS.md", "v1\nv1", platform[0]);
	ck_assert(build());
	tmpdir_put(&dir, "AGENTS.md",
		"mine\r\n<!-- rune:begin cursor -->\r\nv1\r\nv1\r\n<!-- rune:end cursor "
		"-->\r\n");
	begin();
	block("AGENTS.md", "v1\nv1", platform[0]);
	ck_assert(make_plan());
	ck_assert_int_eq(action("AGENTS.md"), WRITE_SAME);
	begin();
	block("AGENTS.md", "v2\n", platform[0]);
	ck_assert(build());
	expect("AGENTS.md", "mine\r\n<!-- rune:begin cursor -->\r\nv2\r\n<!-- rune:end "
			    "cursor -->\r\n");
}
END_TEST

START_TEST(a_shared_file_that_we_made_goes_when_it_is_empty)
{
	block("d/AGENTS.md", "v1", platform[0]);
	ck_assert(build());
	begin();
	ck_assert(build());
	expect("d/AGENTS.md", NULL);
	ck_assert_str_eq(tmpdir_list(&dir), ".rune/\n.rune/manifest.json\n");
	/* but an empty one of the user's stays */
	tmpdir_put(&dir, "AGENTS.md", "");
	begin();
	block("AGENTS.md", "v1", platform[0]);
	ck_assert(build());
	begin();
	ck_assert(build());
	expect("AGENTS.md", "");
}
END_TEST

/* ---- the manifest ---------------------------------------------------------------------------------------- */

static void bad_manifest_as(enum rule rule, const char *text, const char *why)
{
	tmpdir_put(&dir, MANIFEST_PATH, text);
	tmpdir_put(&dir, "victim", "x");
	begin();
	file("a", "1");
	ck_assert_msg(!build(), "accepted: %s", text);
	ck_assert_msg(said(rule, why), "not said: %s; but %.*s", why,
		STR_ARG(sink.v[0]->message));
	ck_assert(sink.v[sink.n - 1]->notes != NULL);
	expect("a", NULL);
	expect("victim", "x");
	expect(MANIFEST_PATH, text);
}

static void bad_manifest(const char *text, const char *why)
{
	bad_manifest_as(RULE_OUT_MANIFEST, text, why);
}

#define SHA "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881" /* "x" */
#define FILES(f)                                                      \
	"{\"version\": 1, \"files\": {\"" f "\": {\"sha256\": \"" SHA \
	"\", \"platforms\": [\"cursor\"]}}}"

START_TEST(a_manifest_that_cannot_be_used_stops_the_build)
{
	bad_manifest("{\n<<<<<<< HEAD\n", "not valid JSON");
	bad_manifest("[]", "'version' or 'files' is missing");
	bad_manifest("{\"version\": 0, \"files\": {}}", "another version");
	bad_manifest_as(RULE_OUT_MANIFEST_NEWER, "{\"version\": 2, \"files\": {}}",
		"has version 2; this rune knows 1");
	bad_manifest(
		"{\"version\": 1, \"files\": []}", "'version' or 'files' is missing");
	bad_manifest("{\"version\": 1, \"files\": {\"a\": 1}}", "no object");
	bad_manifest(
		"{\"version\": 1, \"files\": {\"a\": {\"sha256\": \"12\"}}}", "sha256");
	bad_manifest("{\"version\": 1, \"files\": {\"a\": {\"sha256\": \"" SHA "\"}}}",
		"platforms");
	bad_manifest(
		"{\"version\": 1, \"files\": {\"a\": {\"kind\": \"block\"}}}", "regions");
}
END_TEST

/* H04: nobody can make us delete what is not ours by sending a manifest. */
START_TEST(h04_a_hostile_manifest_reaches_nothing)
{
	tmpdir_put(&dir, "out/keep", "1");
	bad_manifest(FILES("../victim"), "never writes to such a path");
	bad_manifest(FILES("/tmp/victim"), "never writes to such a path");
	bad_manifest(FILES("a/../../victim"), "never writes to such a path");
	bad_manifest(FILES(".git/config"), "never writes to such a path");
	bad_manifest(FILES(".rune/manifest.json"), "never writes to such a path");
	bad_manifest("{\"version\": 1, \"files\": {}, \"directories\": [\"../x\"]}",
		"never makes such a directory");
}
END_TEST

START_TEST(a_removed_manifest_is_made_anew)
{
	file("a", "1");
	file("b", "1");
	ck_assert(build());
	unlink(tmpdir_path(&dir, MANIFEST_PATH).p);
	tmpdir_put(&dir, "b", "2");
	begin();
	file("a", "1");
	file("b", "1");
	ck_assert(make_plan());
	ck_assert(!plan.changes);
	ck_assert(commit());
	ck_assert(said(RULE_OUT_FOREIGN, "b"));
	ck_assert(str_find(str_c(tmpdir_get(&dir, MANIFEST_PATH)), STR("\"a\""), 0) !=
		  STR_NPOS);
}
END_TEST

/* ---- faults ------------------------------------------------------------------------------------------------ */

/* Run a build in a process of its own, which `limit` restricts first. */
static int build_in_child(void (*limit)(void))
{
	pid_t pid = fork();
	int status;

	ck_assert_int_ge(pid, 0);
	if (!pid) {
		bool ok;

		limit();
		ok = build();
		_exit(ok ? 0 : said(RULE_IO, "cannot") ? 3 : 4);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status), "ended by signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

static void small_files_only(void)
{
	struct rlimit r = { 2048, 2048 };

	os_ignore_sigpipe();
	setrlimit(RLIMIT_FSIZE, &r);
}

/* E25: a full disk. */
START_TEST(e25_a_failed_write_leaves_the_old_files)
{
	char big[4097];
	const char *before;

	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	file("a", "old");
	file("b", "old");
	ck_assert(build());
	before = tmpdir_list(&dir);
	begin();
	file("a", "new");
	file("b", big);
	file("new/dir/c", "new");
	ck_assert_int_eq(build_in_child(small_files_only), 3);
	ck_assert_str_eq(tmpdir_list(&dir), before);
	expect("a", "old");
	expect("b", "old");
	ck_assert(build());
	expect("b", big);
}
END_TEST

static void unprivileged(void)
{
	if (!geteuid() && (setgid(65534) || setuid(65534)))
		_exit(99);
}

START_TEST(e25_a_read_only_directory_is_reported_and_nothing_changes)
{
	const char *before;

	file("a/f", "old");
	file("b/f", "old");
	ck_assert(build());
	before = tmpdir_list(&dir);
	/* all is writable for everyone, but one directory */
	chmod(dir.root.p, 0777);
	chmod(tmpdir_path(&dir, ".rune").p, 0777);
	chmod(tmpdir_path(&dir, LOCK_PATH).p, 0666);
	chmod(tmpdir_path(&dir, "a").p, 0777);
	chmod(tmpdir_path(&dir, "b").p, 0555);
	begin();
	file("a/f", "new");
	file("b/f", "new");
	file("c/f", "new");
	ck_assert_int_eq(build_in_child(unprivileged), 3);
	ck_assert_str_eq(tmpdir_list(&dir), before);
	expect("a/f", "old");
}
END_TEST

START_TEST(e25_an_unreadable_file_is_refused)
{
	file("a", "old");
	ck_assert(build());
	chmod(dir.root.p, 0777);
	chmod(tmpdir_path(&dir, ".rune").p, 0777);
	chmod(tmpdir_path(&dir, "a").p, 0);
	begin();
	file("a", "new");
	/* the plan holds a refusal; as nothing else is to do, the commit is fine */
	ck_assert_int_eq(build_in_child(unprivileged), 0);
	chmod(tmpdir_path(&dir, "a").p, 0644);
	expect("a", "old");
}
END_TEST

START_TEST(e24_what_a_crash_left_is_swept_up)
{
	struct str stage;

	file("a", "1");
	ck_assert(build());
	begin();
	stage = writer_stage_path(&arena, STR("a"));
	tmpdir_put(&dir, str_dupz(&arena, stage), "half");
	tmpdir_put(
		&dir, str_dupz(&arena, writer_stage_path(&arena, STR("gone/b"))), "half");
	tmpdir_put(&dir, MANIFEST_NEXT, FILES("gone/b"));
	file("a", "2");
	ck_assert(build());
	expect("a", "2");
	ck_assert_str_eq(tmpdir_list(&dir), ".rune/\n.rune/manifest.json\na\ngone/\n");
	/* a half-written record of what was to come is nothing to worry about */
	tmpdir_put(&dir, MANIFEST_NEXT, "{\"version\": 1, \"fi");
	begin();
	file("a", "2");
	ck_assert(build());
	ck_assert_uint_eq(sink.n, 0);
	expect(MANIFEST_NEXT, NULL);

	/* and one that was cut off before its first byte */
	tmpdir_put(&dir, MANIFEST_NEXT, "");
	ck_assert(build());
	expect(MANIFEST_NEXT, NULL);
}
END_TEST

START_TEST(a_file_saved_during_the_build_is_left_alone)
{
	file("a", "1");
	file("b", "1");
	ck_assert(build());
	begin();
	file("a", "2");
	file("b", "2");
	file("c", "2");
	ck_assert(make_plan());
	tmpdir_put(&dir, "a", "just saved");
	tmpdir_put(&dir, "c", "just made");
	ck_assert(!commit());
	expect("a", "just saved");
	expect("b", "2");
	expect("c", "just made");
	ck_assert(said(RULE_OUT_CHANGED, "by someone else during the build"));
	ck_assert_int_eq(action("a"), WRITE_REFUSE);
	/* the manifest tells the truth: a is still to be asked about */
	begin();
	file("a", "2");
	file("b", "2");
	file("c", "2");
	ck_assert(make_plan());
	ck_assert_int_eq(action("a"), WRITE_REFUSE);
	ck_assert_int_eq(action("b"), WRITE_SAME);
	ck_assert_int_eq(action("c"), WRITE_REFUSE);
}
END_TEST

/* ---- two at once -------------------------------------------------------------------------------------------- */

START_TEST(a_build_gives_up_on_a_lock_that_stays)
{
	int fd;

	file("a", "1");
	ck_assert(build());
	ck_assert_int_eq(os_lock(tmpdir_path(&dir, LOCK_PATH), false, &fd), 0);
	begin();
	file("a", "2");
	ck_assert(!build());
	ck_assert(said(RULE_OUT_LOCKED, "another build is writing"));
	expect("a", "1");
	/* nothing to do needs no lock */
	begin();
	file("a", "1");
	ck_assert(build());
	os_unlock(fd);
	begin();
	file("a", "2");
	ck_assert(build());
	expect("a", "2");
}
END_TEST

START_TEST(a_build_waits_for_another_and_plans_anew)
{
	int fd, status;
	pid_t pid;

	file("a", "1");
	ck_assert(build());
	begin();
	file("a", "3");
	options.wait_ms = 5000;
	ck_assert(make_plan());
	ck_assert_int_eq(action("a"), WRITE_UPDATE);
	ck_assert_int_eq(os_lock(tmpdir_path(&dir, LOCK_PATH), false, &fd), 0);
	/* the other one: builds something else, and lets go */
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (!pid) {
		os_sleep_ms(150);
		os_unlink(tmpdir_path(&dir, "a"));
		os_write_new(tmpdir_path(&dir, "a"), STR("by hand"), 0644, false);
		_exit(0); /* the lock is shared by fork: gone when both let go */
	}
	os_unlock(fd);
	ck_assert(commit());
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	expect("a", "by hand");
	ck_assert(said(RULE_OUT_CHANGED, "a"));
	ck_assert_int_eq(action("a"), WRITE_REFUSE);
}
END_TEST

START_TEST(a_plan_that_another_build_overtook_is_made_anew)
{
	struct write_plan first;

	file("a", "1");
	file("b", "1");
	ck_assert(make_plan());
	first = plan;
	/* the same build, elsewhere, is faster */
	ck_assert(commit());
	plan = first;
	ck_assert(commit());
	ck_assert_uint_eq(sink.n, 0);
	ck_assert_uint_eq(plan.count[WRITE_SAME], 2);
}
END_TEST

Suite *writer_suite(void)
{
	Suite *s = suite_create("writer");
	TCase *t = tcase_create("writer");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_first_build_writes_files_and_manifest);
	tcase_add_test(t, a_second_build_has_nothing_to_do);
	tcase_add_test(t, nothing_emitted_leaves_no_trace);
	tcase_add_test(t, a_changed_source_updates_the_file);
	tcase_add_test(t, a_file_that_the_user_removed_comes_back);
	tcase_add_test(t, the_executable_bit_is_mended_but_extra_bits_are_left);
	tcase_add_test(t, the_output_directory_is_made);
	tcase_add_test(t, an_output_directory_that_is_a_file_is_refused);
	tcase_add_test(t, the_plan_is_shown_as_a_diff);
	tcase_add_test(t, u12_a_file_of_the_users_is_refused_unless_forced);
	tcase_add_test(t, a_file_that_equals_the_output_is_taken_over);
	tcase_add_test(t, a_file_changed_by_hand_is_refused_unless_forced);
	tcase_add_test(t, an_emptied_file_is_written_again);
	tcase_add_test(t, e04_what_is_no_longer_emitted_is_removed_with_its_directories);
	tcase_add_test(t, everything_can_be_pruned);
	tcase_add_test(t, a_stale_file_with_changes_of_the_users_is_kept);
	tcase_add_test(t, what_took_the_place_of_a_stale_file_is_left);
	tcase_add_test(t, files_of_a_broken_skill_are_kept);
	tcase_add_test(t, other_platforms_files_are_left_alone);
	tcase_add_test(t, e23_another_platforms_file_is_not_rewritten);
	tcase_add_test(t, e23_a_shared_file_goes_with_its_last_owner);
	tcase_add_test(t, e23_force_takes_a_file_over);
	tcase_add_test(t, e14_no_link_is_written_through);
	tcase_add_test(t, e14_no_link_is_deleted_through);
	tcase_add_test(t, e14_the_records_are_not_reached_through_a_link);
	tcase_add_test(t, e02_what_stands_in_the_way_is_said);
	tcase_add_test(t, a_change_of_letter_case_does_not_delete_the_file);
	tcase_add_test(t, u01_the_users_text_around_the_region_is_kept);
	tcase_add_test(t, u08_building_again_leaves_the_shared_file_alone);
	tcase_add_test(t, u10_two_builds_keep_two_regions);
	tcase_add_test(t, u10_two_platforms_of_one_build_have_two_regions);
	tcase_add_test(t, u11_damaged_markers_leave_the_file_untouched);
	tcase_add_test(t, a_region_changed_by_hand_is_refused_unless_forced);
	tcase_add_test(t, line_ends_that_were_converted_are_no_change);
	tcase_add_test(t, a_shared_file_that_we_made_goes_when_it_is_empty);
	tcase_add_test(t, a_manifest_that_cannot_be_used_stops_the_build);
	tcase_add_test(t, h04_a_hostile_manifest_reaches_nothing);
	tcase_add_test(t, a_removed_manifest_is_made_anew);
	tcase_add_test(t, e25_a_failed_write_leaves_the_old_files);
	tcase_add_test(t, e25_a_read_only_directory_is_reported_and_nothing_changes);
	tcase_add_test(t, e25_an_unreadable_file_is_refused);
	tcase_add_test(t, e24_what_a_crash_left_is_swept_up);
	tcase_add_test(t, a_file_saved_during_the_build_is_left_alone);
	tcase_add_test(t, a_build_gives_up_on_a_lock_that_stays);
	tcase_add_test(t, a_build_waits_for_another_and_plans_anew);
	tcase_add_test(t, a_plan_that_another_build_overtook_is_made_anew);
	suite_add_tcase(s, t);
	return s;
}
