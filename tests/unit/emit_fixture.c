#include "emit_fixture.h"

#include "rune/config.h"

struct outtree ef_tree;
struct emit_stats ef_stats;

void ef_load(const struct file *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mf_put(f[i].path, f[i].text);
	ck_assert(mf_load());
}

bool ef_emit(const char *platform)
{
	const struct adapter *ad = config_adapter(&mf.p.config, str_c(platform));
	bool ok;

	ck_assert_ptr_nonnull(ad);
	ef_stats = (struct emit_stats){ 0 };
	outtree_init(&ef_tree, &mf.a);
	ok = emit_platform(&mf.p, ad, &(struct made_skills){ 0 }, &mf.a, &mf.sink,
		&ef_tree, &ef_stats);
	outtree_finish(&ef_tree);
	return ok;
}

const char *ef_output(const char *path)
{
	for (size_t i = 0; i < ef_tree.n; i++)
		if (str_eq(ef_tree.v[i].path, str_c(path)))
			return str_dupz(&mf.a, ef_tree.v[i].bytes);
	return NULL;
}

void ef_has(const char *path, const char *what)
{
	const char *text = ef_output(path);

	ck_assert_msg(text != NULL, "%s was not emitted", path);
	ck_assert_msg(
		strstr(text, what) != NULL, "%s has no '%s':\n%.1500s", path, what, text);
}

void ef_has_not(const char *path, const char *what)
{
	const char *text = ef_output(path);

	ck_assert_msg(text != NULL, "%s was not emitted", path);
	ck_assert_msg(!strstr(text, what), "%s has '%s':\n%.1500s", path, what, text);
}
