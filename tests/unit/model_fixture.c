#include "model_fixture.h"

#include "rune/buf.h"
#include "rune/os.h"
#include "rune/path.h"
#include "rune/str.h"

struct model_fixture mf;

void mf_open(void)
{
	memset(&mf, 0, sizeof(mf));
	tmpdir_init(&mf.t);
	tmpdir_mkdir(&mf.t, "proj");
	tmpdir_mkdir(&mf.t, "src/skills");
	mf_config("");
	mf.o.dir = tmpdir_path(&mf.t, "proj");
}

void mf_close(void)
{
	tmpdir_release(&mf.t);
	arena_release(&mf.a);
}

TCase *mf_case(Suite *s, const char *name)
{
	TCase *tc = tcase_create(name);

	tcase_add_checked_fixture(tc, mf_open, mf_close);
	suite_add_tcase(s, tc);
	return tc;
}

void mf_put(const char *path, const char *text)
{
	tmpdir_put(&mf.t, path, text);
}

static void put_text(
	const char *path, struct str name, const char *extra, const char *body)
{
	mf_put(path, str_fmt(&mf.a,
			     "---\nname: \"%.*s\"\ndescription: About %.*s.\n%s---\n\n%s",
			     STR_ARG(name), STR_ARG(name), extra, body)
			     .p);
}

void mf_skill(const char *name, const char *extra, const char *body)
{
	put_text(str_fmt(&mf.a, "src/skills/%s/SKILL.md", name).p, str_c(name), extra,
		body);
}

void mf_pack(const char *dir, const char *extra, const char *body)
{
	struct str base = path_base(str_c(dir));

	put_text(str_fmt(&mf.a, "%s/PACK.md", dir).p,
		str_fmt(&mf.a, "@rune/%.*s", STR_ARG(base)), extra, body);
}

void mf_config(const char *members)
{
	mf_put("proj/rune.config.json",
		str_fmt(&mf.a, "{\n\"source\": \"../src\"%s%s\n}\n",
			*members ? ",\n" : "", members)
			.p);
}

bool mf_load(void)
{
	mf.p = (struct project){ 0 };
	diag_sink_init(&mf.sink, &mf.a, NULL);
	return project_load(&mf.p, &mf.o, &mf.a, &mf.sink);
}

void mf_load_clean(void)
{
	bool ok = mf_load();
	const char *found = mf_findings();

	ck_assert_msg(ok && !*found, "%s", found);
}

const char *mf_findings(void)
{
	struct buf b = BUF_INIT(&mf.a);

	diag_sort(&mf.sink, &mf.p.sources);
	for (size_t i = 0; i < mf.sink.n; i++) {
		const struct diag *d = mf.sink.v[i];
		const struct source *s = source_get(&mf.p.sources, d->at.src);
		struct linecol lc = source_locate(s, d->at.off);
		struct str path = s->path;

		if (str_starts(path, mf.t.root))
			path = str_from(path, mf.t.root.n + 1);
		buf_addf(&b, "%.*s:%u:%u %s %.*s\n", STR_ARG(path), lc.line, lc.col,
			rule_info[d->rule].code.p, STR_ARG(d->message));
		for (const struct diag_note *n = d->notes; n; n = n->next)
			buf_addf(&b, "\t%.*s\n", STR_ARG(n->text));
	}
	return b.n ? b.p : "";
}

size_t mf_reported(enum rule rule)
{
	size_t n = 0;

	for (size_t i = 0; i < mf.sink.n; i++)
		n += mf.sink.v[i]->rule == rule;
	return n;
}

const struct diag *mf_finding(enum rule rule)
{
	const struct diag *d = NULL;

	ck_assert_msg(mf_reported(rule) == 1, "not one %s:\n%s", rule_info[rule].code.p,
		mf_findings());
	for (size_t i = 0; i < mf.sink.n; i++)
		if (mf.sink.v[i]->rule == rule)
			d = mf.sink.v[i];
	return d;
}

void mf_has_note(const struct diag *d, const char *part)
{
	for (const struct diag_note *n = d->notes; n; n = n->next)
		if (str_find(n->text, str_c(part), 0) != STR_NPOS)
			return;
	ck_abort_msg("no note with '%s':\n%s", part, mf_findings());
}

const struct skill *mf_find_skill(const char *name)
{
	const struct skill *s = map_find(&mf.p.by_name, str_c(name));

	ck_assert_msg(s != NULL, "no skill %s:\n%s", name, mf_findings());
	return s;
}

const struct pack *mf_find_pack(const char *base_name)
{
	const struct pack *p = map_find(&mf.p.pack_by_name, str_c(base_name));

	ck_assert_msg(p != NULL, "no pack %s:\n%s", base_name, mf_findings());
	return p;
}
