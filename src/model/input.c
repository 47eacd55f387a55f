/* input.c - all files that were read, in one list. */
#include "model.h"
#include "rune/path.h"

static enum input_unit unit_of(const struct found *f)
{
	switch (f->kind) {
	case FOUND_SKILL: return INPUT_SKILL;
	case FOUND_PACK: return INPUT_PACK;
	case FOUND_TEXT: return INPUT_TEXT;
	}
	return INPUT_SKILL;
}

static void put_main(struct loader *l, struct input *out, const struct found *f)
{
	*out = (struct input){ .unit = unit_of(f),
		.root = f->root,
		.dir_name = f->dir_name,
		.rel = path_base(f->main->src->path),
		.src = f->main->src,
		.bytes = f->main->src->text,
		.doc = f->main->doc,
		.main = true,
		.below = f->kind == FOUND_TEXT
				 ? f->rel
				 : path_join(l->a, f->rel, path_base(f->main->src->path)),
		.headed = true };
}

static void put_file(struct loader *l, struct input *out, const struct found *f,
	const struct found_file *x)
{
	*out = (struct input){ .unit = unit_of(f),
		.root = f->root,
		.dir_name = f->dir_name,
		.rel = x->rel,
		.src = x->src,
		.bytes = x->bytes,
		.doc = x->job ? x->job->doc : NULL,
		.executable = x->executable,
		.below = path_join(l->a, f->rel, x->rel),
		.headed = x->job && !x->job->companion };
}

static void put_loose(struct input *out, const struct loose_file *loose)
{
	const struct found_file *x = &loose->file;

	*out = (struct input){ .unit = INPUT_LOOSE,
		.root = loose->root,
		.rel = x->rel,
		.src = x->src,
		.bytes = x->bytes,
		.doc = x->job ? x->job->doc : NULL,
		.executable = x->executable,
		.below = x->rel };
}

/* The texts of a pack are found things of their own, too. */
static bool is_text(const struct found *f, const struct found_file *x)
{
	return f->kind == FOUND_PACK && x->job && x->job->flags == DOC_NEED_FRONTMATTER;
}

void inputs_list(struct loader *l)
{
	struct input *v;
	size_t n = l->nloose;

	for (size_t i = 0; i < l->nfound; i++)
		n += 1 + l->found[i]->nfile;
	v = arena_array(l->a, struct input, n);
	n = 0;
	for (size_t i = 0; i < l->nfound; i++) {
		const struct found *f = l->found[i];

		if (f->main)
			put_main(l, &v[n++], f);
		for (size_t k = 0; k < f->nfile; k++)
			if (!is_text(f, &f->file[k]))
				put_file(l, &v[n++], f, &f->file[k]);
	}
	for (size_t i = 0; i < l->nloose; i++)
		put_loose(&v[n++], &l->loose[i]);
	l->p->input = v;
	l->p->ninput = n;
}
