#include "cli/cli.h"
#include "rune/json.h"
#include "rune/rune.h"
#include "rune/str.h"
#include "rune/tokens.h"
#include "rune/utf8.h"

struct budget_options {
	struct option_list platform;
	const char *context, *source, *library;
};

#define AT(member) offsetof(struct budget_options, member)
static const struct option budget_option[] = {
	{ .name = "platform",
		.kind = OPTION_LIST,
		.offset = AT(platform),
		.value = "NAME[,NAME…]",
		.help = "these platforms, or all; else those that a build would be for" },
	{ .name = "context",
		.kind = OPTION_TEXT,
		.offset = AT(context),
		.value = "TOKENS",
		.help = "the model's context, 200k for example (default: output.context "
			"of the configuration, else 200k)" },
	CLI_OPTION_SOURCE(AT(source)),
	CLI_OPTION_LIBRARY(AT(library)),
};
#undef AT

/* ---- table --------------------------------------------------------------------------- */

enum column {
	PLATFORM,
	SKILLS,
	LISTED,
	DESCRIBED,
	CUT,
	HIDDEN,
	LOST,
	LIST,
	ALWAYS,
	TOKENS,
	BODY,
	SPLIT,
	NCOLUMN
};

static const char *const heading[NCOLUMN] = { "platform", "skills", "listed", "described",
	"cut", "hidden", "lost", "list", "always on", "tokens", "largest body", "split" };

/* "12,345" */
static struct str number(struct cli *c, size_t n)
{
	struct str s = str_fmt(c->a, "%zu", n);
	struct buf b = BUF_INIT(c->a);

	for (size_t i = 0; i < s.n; i++) {
		if (i && (s.n - i) % 3 == 0)
			buf_addc(&b, ',');
		buf_addc(&b, s.p[i]);
	}
	return buf_str(&b);
}

static struct str of_room(struct cli *c, size_t used, size_t room)
{
	if (!room)
		return number(c, used);
	return str_fmt(
		c->a, "%.*s/%.*s", STR_ARG(number(c, used)), STR_ARG(number(c, room)));
}

static struct str cell(struct cli *c, const struct rune_budget *b, enum column column)
{
	switch (column) {
	case PLATFORM: return str_c(b->platform);
	case SKILLS: return number(c, b->skills);
	case LISTED: return number(c, b->listed);
	case DESCRIBED: return number(c, b->described);
	case CUT: return number(c, b->cut);
	case HIDDEN: return number(c, b->hidden);
	case LOST: return number(c, b->lost);
	case LIST: return b->listed ? of_room(c, b->list_used, b->list_room) : STR("-");
	case ALWAYS: return number(c, b->always_bytes);
	case TOKENS: return number(c, b->always_tokens);
	case BODY: return of_room(c, b->body_bytes, b->body_room);
	case SPLIT: return number(c, b->split);
	case NCOLUMN: break;
	}
	return STR_NONE;
}

static void print_row(
	struct cli *c, const struct str *row, const size_t *width, bool head)
{
	struct buf line = BUF_INIT(c->a);

	for (enum column k = 0; k < NCOLUMN; k++) {
		size_t gap = width[k] - utf8_width(row[k]);

		if (k)
			buf_addz(&line, "  ");
		if (k) /* numbers to the right */
			buf_fill(&line, ' ', gap);
		buf_add(&line, row[k]);
		if (!k)
			buf_fill(&line, ' ', gap);
	}
	if (head)
		term_style(&c->term, TERM_BOLD, buf_str(&line));
	else
		buf_add(&c->term.out, buf_str(&line));
	term_put(&c->term, "\n");
}

static void print_table(struct cli *c, struct rune *r)
{
	size_t n = rune_budget_count(r) + 1, width[NCOLUMN] = { 0 };
	struct str *rows = arena_array(c->a, struct str, n * NCOLUMN);

	for (size_t i = 0; i < n; i++)
		for (enum column k = 0; k < NCOLUMN; k++) {
			struct str *s = &rows[i * NCOLUMN + k];

			*s = i ? cell(c, rune_budget(r, i - 1), k) : str_c(heading[k]);
			if (utf8_width(*s) > width[k])
				width[k] = utf8_width(*s);
		}
	for (size_t i = 0; i < n; i++)
		print_row(c, rows + i * NCOLUMN, width, !i);
}

static void print_costly(struct cli *c, const struct rune_budget *b)
{
	int width = 0;

	for (size_t i = 0; i < b->ncostly; i++)
		if ((int)strlen(b->costly[i].name) > width)
			width = (int)strlen(b->costly[i].name);
	term_putf(
		&c->term, "\n%s: what costs most when it is used, in tokens\n", b->title);
	for (size_t i = 0; i < b->ncostly; i++)
		term_putf(&c->term, "  %-*s  %7.*s\n", width, b->costly[i].name,
			STR_ARG(number(c, b->costly[i].tokens)));
}

#define TABLES_MAX 3 /* they are much alike */

static void print_text(struct cli *c, struct rune *r)
{
	size_t n = rune_budget_count(r);

	print_table(c, r);
	for (size_t i = 0; i < n && (n <= TABLES_MAX || !i); i++)
		if (rune_budget(r, i)->ncostly)
			print_costly(c, rune_budget(r, i));
	if (n > TABLES_MAX)
		term_put(&c->term, "  (of the others, with --platform NAME)\n");
	term_put(&c->term,
		"\nlist: characters of the client's list of skills, and its room; always "
		"on: "
		"bytes in every conversation\n(list, rules, instructions), and tokens by "
		"estimate; largest body: bytes of a skill's file, and how many are "
		"shown\n");
}

/* ---- JSON ---------------------------------------------------------------------------- */

static void put_budget(struct json_writer *w, const struct rune_budget *b)
{
	json_open(w, '{');
	json_put_text(w, "name", b->platform);
	json_put_text(w, "title", b->title);
	json_put_count(w, "skills", b->skills);
	json_put_count(w, "listed", b->listed);
	json_put_count(w, "described", b->described);
	json_put_count(w, "cut", b->cut);
	json_put_count(w, "hidden", b->hidden);
	json_put_count(w, "lost", b->lost);
	json_put_count(w, "listUsed", b->list_used);
	json_put_count(w, "listRoom", b->list_room);
	json_put_count(w, "alwaysBytes", b->always_bytes);
	json_put_count(w, "alwaysTokens", b->always_tokens);
	json_put_count(w, "bodyBytes", b->body_bytes);
	json_put_count(w, "bodyTokens", b->body_tokens);
	json_put_text(w, "bodyName", b->body_name);
	json_put_count(w, "bodyRoom", b->body_room);
	json_put_count(w, "split", b->split);
	json_key(w, STR("costly"));
	json_open(w, '[');
	for (size_t i = 0; i < b->ncostly; i++) {
		json_open(w, '{');
		json_put_text(w, "name", b->costly[i].name);
		json_put_count(w, "bytes", b->costly[i].bytes);
		json_put_count(w, "tokens", b->costly[i].tokens);
		json_close(w, '}');
	}
	json_close(w, ']');
	json_close(w, '}');
}

static void print_json(struct cli *c, struct rune *r)
{
	struct json_writer w;

	json_begin(&w, &c->term.out, 0);
	json_open(&w, '[');
	for (size_t i = 0; i < rune_budget_count(r); i++)
		put_budget(&w, rune_budget(r, i));
	json_close(&w, ']');
	term_put(&c->term, "\n");
}

static int run(struct cli *c)
{
	const struct budget_options *o = c->values;
	struct rune_options ro = {
		.size = sizeof(ro), .source = o->source, .library_dir = o->library
	};
	enum rune_status status;
	struct rune *r;

	ro.platforms = o->platform.v;
	if (o->context) {
		ro.context = tokens_parse(str_c(o->context));
		if (!ro.context)
			return cli_no_tokens(c, o->context);
	}
	r = rune_compile(&ro);
	status = rune_status(r);
	if (rune_budget_count(r)) {
		if (c->global.json)
			print_json(c, r);
		else
			print_text(c, r);
	}
	if (!c->global.json || !rune_budget_count(r))
		term_error(&c->term,
			str_c(rune_diagnostics_text(r, c->term.color_err, RUNE_ERROR)));
	rune_free(r);
	return (int)status;
}

const struct command command_budget = {
	.name = "budget",
	.summary = "say what models are shown of the skills, and what it costs",
	.text = "Compiles without writing. A client gives the list of skills so much "
		"room, and "
		"shows so much of a skill's text; what is compiled is made to fit.",
	.option = budget_option,
	.noption = COUNTOF(budget_option),
	.values_size = sizeof(struct budget_options),
	.json = true,
	.run = run,
};
