#include "cli/cli.h"
#include "rune/json.h"
#include "rune/rune.h"
#include "rune/str.h"

enum list_format { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_JSON };

struct list_options {
	unsigned format;
	const char *source, *library;
};

static const char *const format_names[] = { "text", "markdown", "json", NULL };

#define AT(member) offsetof(struct list_options, member)
static const struct option list_option[] = {
	{ .name = "format",
		.kind = OPTION_CHOICE,
		.offset = AT(format),
		.value = "FORMAT",
		.choice = format_names,
		.help = "text (default), markdown or json" },
	CLI_OPTION_SOURCE(AT(source)),
	CLI_OPTION_LIBRARY(AT(library)),
};
#undef AT

/* ---- in order of layers -------------------------------------------------------------- */

static const struct {
	const char *layer, *title;
} layers[] = {
	{ "L0", "L0, the router: chooses the skill for a request" },
	{ "L1", "L1, orchestrators: carry a task through its phases" },
	{ "L2", "L2, workflow hubs: one kind of work each" },
	{ "L3", "L3, utilities: one job for whoever asks" },
	{ "", "Without a layer" },
};

/* What it is for, in as few words as its author has. */
static const char *about(const struct rune_item *x)
{
	return *x->brief ? x->brief : x->description;
}

static size_t part_count(const struct rune_item *x)
{
	size_t n = 0;

	while (x->parts && x->parts[n])
		n++;
	return n;
}

static size_t count(const struct rune *r, bool packs, const char *layer)
{
	size_t n = 0;

	for (size_t i = 0; i < rune_item_count(r); i++) {
		const struct rune_item *x = rune_item(r, i);

		n += !!x->parts == packs && (!layer || !strcmp(x->layer, layer));
	}
	return n;
}

/* ---- text ------------------------------------------------------------------------------ */

static int name_width(const struct rune *r)
{
	size_t width = 0;

	for (size_t i = 0; i < rune_item_count(r); i++)
		if (strlen(rune_item(r, i)->name) > width)
			width = strlen(rune_item(r, i)->name);
	return (int)width;
}

static void print_item(struct cli *c, const struct rune_item *x, int width)
{
	term_putf(&c->term, "  %-*s  %s%s\n", width, x->name,
		x->broken ? "(has errors) " : "", about(x));
}

static void print_text(struct cli *c, const struct rune *r)
{
	int width = name_width(r);

	for (size_t l = 0; l < COUNTOF(layers); l++) {
		if (!count(r, false, layers[l].layer))
			continue;
		term_style(&c->term, TERM_BOLD, str_c(layers[l].title));
		term_put(&c->term, "\n");
		for (size_t i = 0; i < rune_item_count(r); i++) {
			const struct rune_item *x = rune_item(r, i);

			if (!x->parts && !strcmp(x->layer, layers[l].layer))
				print_item(c, x, width);
		}
		term_put(&c->term, "\n");
	}
	if (count(r, true, NULL)) {
		term_style(&c->term, TERM_BOLD, STR("Packs: recipes for a domain"));
		term_put(&c->term, "\n");
		for (size_t i = 0; i < rune_item_count(r); i++)
			if (rune_item(r, i)->parts)
				print_item(c, rune_item(r, i), width);
		term_put(&c->term, "\n");
	}
	term_putf(&c->term,
		"%zu skills, %zu packs; %zu calls and %zu signals between them\n",
		count(r, false, NULL), count(r, true, NULL), rune_call_count(r),
		rune_signal_count(r));
}

/* ---- Markdown --------------------------------------------------------------------------- */

static void print_markdown(struct cli *c, const struct rune *r)
{
	for (size_t l = 0; l < COUNTOF(layers); l++) {
		if (!count(r, false, layers[l].layer))
			continue;
		term_putf(&c->term,
			"### %s\n\n| Skill | What it is for | Calls | Called by |\n"
			"|---|---|---|---|\n",
			layers[l].title);
		for (size_t i = 0; i < rune_item_count(r); i++) {
			const struct rune_item *x = rune_item(r, i);

			if (!x->parts && !strcmp(x->layer, layers[l].layer))
				term_putf(&c->term, "| `%s` | %.*s | %zu | %zu |\n",
					x->name, STR_ARG(cli_cell(c, about(x))), x->calls,
					x->callers);
		}
		term_put(&c->term, "\n");
	}
	if (!count(r, true, NULL))
		return;
	term_put(&c->term,
		"### Packs: recipes for a domain\n\n| Pack | What it is for | Recipes |\n"
		"|---|---|---|\n");
	for (size_t i = 0; i < rune_item_count(r); i++) {
		const struct rune_item *x = rune_item(r, i);

		if (!x->parts)
			continue;
		term_putf(&c->term, "| `%s` | %.*s | ", x->name,
			STR_ARG(cli_cell(c, about(x))));
		for (size_t k = 0; k < part_count(x); k++)
			term_putf(&c->term, "%s`%s`", k ? ", " : "", x->parts[k]);
		term_put(&c->term, " |\n");
	}
}

/* ---- JSON --------------------------------------------------------------------------------- */

static void put_item(struct json_writer *w, const struct rune_item *x)
{
	json_open(w, '{');
	json_put_text(w, "name", x->name);
	json_put_text(w, "emitted", x->emitted);
	json_put_text(w, "kind", x->parts ? "pack" : "skill");
	json_put_text(w, "layer", x->layer);
	json_put_text(w, "model", x->model);
	json_put_text(w, "group", x->group);
	json_put_text(w, "description", x->description);
	json_put_text(w, "short", x->brief);
	json_put_text(w, "origin", x->origin);
	json_put_count(w, "calls", x->calls);
	json_put_count(w, "callers", x->callers);
	json_key(w, STR("broken"));
	json_bool(w, x->broken);
	if (x->parts) {
		json_key(w, STR("parts"));
		json_open(w, '[');
		for (size_t k = 0; k < part_count(x); k++)
			json_string(w, str_c(x->parts[k]));
		json_close(w, ']');
	}
	json_close(w, '}');
}

static void print_json(struct cli *c, const struct rune *r)
{
	struct json_writer w;

	json_begin(&w, &c->term.out, 0);
	json_open(&w, '[');
	for (size_t i = 0; i < rune_item_count(r); i++)
		put_item(&w, rune_item(r, i));
	json_close(&w, ']');
	term_put(&c->term, "\n");
}

static int run(struct cli *c)
{
	const struct list_options *o = c->values;
	struct rune_options ro = {
		.size = sizeof(ro), .source = o->source, .library_dir = o->library
	};
	struct rune *r = rune_load(&ro);
	enum rune_status status = rune_status(r);

	switch (c->global.json ? FORMAT_JSON : (enum list_format)o->format) {
	case FORMAT_TEXT: print_text(c, r); break;
	case FORMAT_MARKDOWN: print_markdown(c, r); break;
	case FORMAT_JSON: print_json(c, r); break;
	}
	term_error(
		&c->term, str_c(rune_diagnostics_text(r, c->term.color_err, RUNE_ERROR)));
	rune_free(r);
	return (int)status;
}

const struct command command_list = {
	.name = "list",
	.summary = "list the skills and packs that a build would compile",
	.option = list_option,
	.noption = COUNTOF(list_option),
	.values_size = sizeof(struct list_options),
	.json = true,
	.run = run,
};
