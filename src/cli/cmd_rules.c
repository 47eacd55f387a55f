#include "cli/cli.h"
#include "rune/json.h"
#include "rune/rune.h"
#include "rune/str.h"

enum rules_format { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_JSON };

struct rules_options {
	unsigned format;
};

static const char *const format_names[] = { "text", "markdown", "json", NULL };

static const struct option rules_option[] = {
	{ .name = "format",
		.kind = OPTION_CHOICE,
		.offset = offsetof(struct rules_options, format),
		.value = "FORMAT",
		.choice = format_names,
		.help = "text (default), markdown or json" },
};

static const char *level(enum rune_severity s)
{
	switch (s) {
	case RUNE_NOTE: return "note";
	case RUNE_WARNING: return "warning";
	case RUNE_ERROR: return "error";
	case RUNE_FATAL: return "fatal";
	}
	return "off";
}

static size_t slug_width(void)
{
	size_t width = 0;

	for (size_t i = 0; i < rune_rule_count(); i++)
		if (strlen(rune_rule(i)->slug) > width)
			width = strlen(rune_rule(i)->slug);
	return width;
}

static void print_text(struct cli *c)
{
	int width = (int)slug_width();

	for (size_t i = 0; i < rune_rule_count(); i++) {
		const struct rune_rule *r = rune_rule(i);

		if (!i || strcmp(r->family, rune_rule(i - 1)->family)) {
			term_put(&c->term, i ? "\n" : "");
			term_style(&c->term, TERM_BOLD, str_c(r->family));
			term_put(&c->term, "\n");
		}
		term_putf(&c->term, "%s  %-*s  %-7s  %s\n", r->code, width, r->slug,
			level(r->severity), r->title);
	}
}

static void print_markdown(struct cli *c)
{
	for (size_t i = 0; i < rune_rule_count(); i++) {
		const struct rune_rule *r = rune_rule(i);

		if (!i || strcmp(r->family, rune_rule(i - 1)->family))
			term_putf(&c->term,
				"%s### %s\n\n"
				"| code | name | severity | what it finds | source |\n"
				"|---|---|---|---|---|\n",
				i ? "\n" : "", r->family);
		term_putf(&c->term, "| %s | `%s` | %s | %.*s | %.*s |\n", r->code,
			r->slug, level(r->severity), STR_ARG(cli_cell(c, r->title)),
			STR_ARG(cli_cell(c, r->source)));
	}
}

static void print_json(struct cli *c)
{
	struct json_writer w;

	json_begin(&w, &c->term.out, 0);
	json_open(&w, '[');
	for (size_t i = 0; i < rune_rule_count(); i++) {
		const struct rune_rule *r = rune_rule(i);

		json_open(&w, '{');
		json_put_text(&w, "code", r->code);
		json_put_text(&w, "rule", r->slug);
		json_put_text(&w, "family", r->family);
		json_put_text(&w, "severity", level(r->severity));
		json_put_text(&w, "title", r->title);
		json_put_text(&w, "why", r->why);
		json_put_text(&w, "bad", r->bad);
		json_put_text(&w, "good", r->good);
		json_put_text(&w, "source", r->source);
		json_close(&w, '}');
	}
	json_close(&w, ']');
	term_put(&c->term, "\n");
}

static int run(struct cli *c)
{
	const struct rules_options *o = c->values;

	switch (c->global.json ? FORMAT_JSON : (enum rules_format)o->format) {
	case FORMAT_TEXT: print_text(c); break;
	case FORMAT_MARKDOWN: print_markdown(c); break;
	case FORMAT_JSON: print_json(c); break;
	}
	return EXIT_CLEAN;
}

const struct command command_rules = {
	.name = "rules",
	.summary = "list what doctor looks for",
	.text = "'rune explain CODE' says more about a rule.",
	.option = rules_option,
	.noption = COUNTOF(rules_option),
	.values_size = sizeof(struct rules_options),
	.json = true,
	.run = run,
};
