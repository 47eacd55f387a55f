#include "cli/options.h"

#include "rune/str.h"
#include "rune/utf8.h"

#define HELP_GAP      2 /* columns between an option and its text */
#define HELP_LEFT_MAX 30 /* a longer option has its text on the next line */
#define MAX_NAMES     256

/* ---- values -------------------------------------------------------------------- */

static bool refuse(struct option_parser *p, struct str hint, struct str error)
{
	p->error = error;
	p->hint = hint;
	return false;
}

static void *place_of(const struct option_set *set, const struct option *o)
{
	return (char *)set->values + o->offset;
}

static bool add_names(struct option_parser *p, struct option_list *list, struct str value)
{
	size_t before = list->n;
	struct str piece;

	while (str_split(&value, ',', &piece)) {
		piece = str_trim(piece);
		if (piece.n)
			*arena_push(p->a, const char *, list->v, list->n, list->cap) =
				str_dupz(p->a, piece);
	}
	if (list->n == before)
		return false;
	*arena_push(p->a, const char *, list->v, list->n, list->cap) = NULL;
	list->n--;
	return true;
}

static bool read_number(const char *text, unsigned max, unsigned *out)
{
	unsigned long n = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		if (!char_is_digit(*text))
			return false;
		n = n * 10 + (unsigned long)(*text - '0');
		if (n > max)
			return false;
	}
	*out = (unsigned)n;
	return true;
}

static bool read_choice(const struct option *o, const char *text, unsigned *out)
{
	for (unsigned i = 0; o->choice[i]; i++)
		if (!strcmp(o->choice[i], text)) {
			*out = i;
			return true;
		}
	return false;
}

static struct str choices_of(struct option_parser *p, const struct option *o)
{
	struct buf b = BUF_INIT(p->a);

	for (size_t i = 0; o->choice[i]; i++)
		buf_addf(&b, "%s%s", i ? ", " : "it is one of: ", o->choice[i]);
	return buf_str(&b);
}

/* `shown` is the option as it was written, for messages. */
static bool set_value(struct option_parser *p, const struct option_set *set,
	const struct option *o, struct str shown, const char *value)
{
	void *place = place_of(set, o);

	if (!*value)
		return refuse(p, STR_NONE,
			str_fmt(p->a, "option '%.*s' requires a value: %s",
				STR_ARG(shown), o->value));
	switch (o->kind) {
	case OPTION_FLAG: *(bool *)place = true; return true;
	case OPTION_TEXT: *(const char **)place = value; return true;
	case OPTION_LIST:
		if (add_names(p, place, str_c(value)))
			return true;
		return refuse(p, STR_NONE,
			str_fmt(p->a, "option '%.*s' requires a value: %s",
				STR_ARG(shown), o->value));
	case OPTION_NUMBER:
		if (read_number(value, o->max, place))
			return true;
		return refuse(p, STR_NONE,
			str_fmt(p->a,
				"option '%.*s' takes a number from 0 to %u, not '%s'",
				STR_ARG(shown), o->max, value));
	case OPTION_CHOICE:
		if (read_choice(o, value, place))
			return true;
		return refuse(p, choices_of(p, o),
			str_fmt(p->a, "option '%.*s' does not know '%s'", STR_ARG(shown),
				value));
	}
	return false;
}

/* ---- options ------------------------------------------------------------------- */

/* What the next element of argv may be as a value: a name never begins with a
 * hyphen, so that one there shows that the value was forgotten. */
static const char *following_value(struct option_parser *p, int argc, char **argv)
{
	const char *next = p->next < argc ? argv[p->next] : NULL;

	if (!next || (next[0] == '-' && next[1]))
		return NULL;
	p->next++;
	return next;
}

static bool take(struct option_parser *p, const struct option_set *set,
	const struct option *o, struct str shown, const char *value)
{
	if (value)
		return set_value(p, set, o, shown, value);
	return refuse(p,
		str_fmt(p->a, "a value that begins with '-' is written --%s=-…", o->name),
		str_fmt(p->a, "option '%.*s' requires a value: %s", STR_ARG(shown),
			o->value));
}

static bool unknown_option(struct option_parser *p, struct str written, struct str name)
{
	struct str names[MAX_NAMES], meant, hint = STR_NONE;
	size_t n = 0;

	for (size_t i = 0; i < p->nset; i++)
		for (size_t k = 0; k < p->set[i].n && n < MAX_NAMES; k++)
			names[n++] = str_c(p->set[i].option[k].name);
	meant = name_suggest(name, names, n);
	if (meant.n)
		hint = str_fmt(p->a, "did you mean '--%.*s'?", STR_ARG(meant));
	return refuse(p, hint, str_fmt(p->a, "unknown option '%.*s'", STR_ARG(written)));
}

static const struct option *find_long(
	const struct option_parser *p, struct str name, const struct option_set **set)
{
	for (size_t i = 0; i < p->nset; i++)
		for (size_t k = 0; k < p->set[i].n; k++)
			if (str_eq(str_c(p->set[i].option[k].name), name)) {
				*set = &p->set[i];
				return &p->set[i].option[k];
			}
	return NULL;
}

static const struct option *find_letter(
	const struct option_parser *p, char letter, const struct option_set **set)
{
	for (size_t i = 0; i < p->nset; i++)
		for (size_t k = 0; k < p->set[i].n; k++)
			if (p->set[i].option[k].letter == letter) {
				*set = &p->set[i];
				return &p->set[i].option[k];
			}
	return NULL;
}

/* --no-<name>, for the options that have such a form. */
static bool take_negated(struct option_parser *p, struct str shown, struct str name)
{
	const struct option_set *set = NULL;
	const struct option *o = NULL;

	if (str_starts(name, STR("no-")))
		o = find_long(p, str_from(name, 3), &set);
	if (!o || !o->no)
		return unknown_option(p, shown, name);
	if (o->kind == OPTION_FLAG)
		*(bool *)place_of(set, o) = false;
	else
		return set_value(p, set, o, shown, o->no);
	return true;
}

static bool take_long(struct option_parser *p, int argc, char **argv, const char *word)
{
	struct str text = str_c(word + 2), name = text, shown;
	size_t equals = str_find_char(text, '=', 0);
	const char *value = NULL;
	const struct option_set *set = NULL;
	const struct option *o;

	if (equals != STR_NPOS) {
		name = str_sub(text, 0, equals);
		value = text.p + equals + 1;
	}
	shown = (struct str){ word, 2 + name.n };
	o = find_long(p, name, &set);
	if (!o && value)
		return unknown_option(p, shown, name);
	if (!o)
		return take_negated(p, shown, name);
	if (o->kind != OPTION_FLAG)
		return take(
			p, set, o, shown, value ? value : following_value(p, argc, argv));
	if (value)
		return refuse(p, STR_NONE,
			str_fmt(p->a, "option '%.*s' takes no value", STR_ARG(shown)));
	*(bool *)place_of(set, o) = true;
	return true;
}

/* -x, -xyz for flags, -j4 and -j 4 for an option with a value. */
static bool take_letters(struct option_parser *p, int argc, char **argv, const char *word)
{
	for (const char *at = word + 1; *at; at++) {
		const struct option_set *set = NULL;
		const struct option *o = find_letter(p, *at, &set);
		struct str shown = str_fmt(p->a, "-%c", *at);

		if (!o)
			return unknown_option(p, str_c(word), str_c(word + 1));
		if (o->kind == OPTION_FLAG) {
			*(bool *)place_of(set, o) = true;
			continue;
		}
		if (at[1])
			return set_value(p, set, o, shown, at + 1 + (at[1] == '='));
		return take(p, set, o, shown, following_value(p, argc, argv));
	}
	return true;
}

static void add_word(struct option_parser *p, const char *word)
{
	*arena_push(p->a, const char *, p->arg, p->narg, p->arg_cap) = word;
}

bool options_parse(struct option_parser *p, int argc, char **argv)
{
	while (p->next < argc) {
		const char *word = argv[p->next];
		bool ok = true;

		if (word[0] != '-' || !word[1]) {
			if (p->stop_at_word)
				return true;
			add_word(p, word);
			p->next++;
			continue;
		}
		p->next++;
		if (!strcmp(word, "--"))
			break;
		ok = word[1] == '-' ? take_long(p, argc, argv, word)
				    : take_letters(p, argc, argv, word);
		if (!ok)
			return false;
	}
	while (!p->stop_at_word && p->next < argc)
		add_word(p, argv[p->next++]);
	return true;
}

struct str name_suggest(struct str word, const struct str *names, size_t n)
{
	struct str begun = STR_NONE;
	size_t count = 0;

	for (size_t i = 0; i < n && word.n > 1; i++)
		if (str_starts(names[i], word)) {
			begun = names[i];
			count++;
		}
	return count == 1 ? begun : str_nearest(word, names, n);
}

/* ---- help ---------------------------------------------------------------------- */

void text_wrap(struct buf *out, struct str text, size_t indent, size_t col, size_t width)
{
	bool first = true;
	struct str word;

	while (str_split(&text, ' ', &word)) {
		size_t columns = utf8_width(word);

		if (!first && col + 1 + columns > width) {
			buf_addc(out, '\n');
			buf_fill(out, ' ', indent);
			col = indent;
		} else if (!first) {
			buf_addc(out, ' ');
			col++;
		}
		buf_add(out, word);
		col += columns;
		first = false;
	}
}

/* "-j, --jobs N" */
static struct str left_column(struct arena *a, const struct option *o)
{
	struct buf b = BUF_INIT(a);

	if (o->letter)
		buf_addf(&b, "  -%c, --%s", o->letter, o->name);
	else
		buf_addf(&b, "      --%s", o->name);
	if (o->value)
		buf_addf(&b, " %s", o->value);
	return buf_str(&b);
}

void options_help(struct buf *out, const struct option_set *set, size_t width)
{
	size_t indent = 0;

	for (size_t i = 0; i < set->n; i++) {
		size_t columns = utf8_width(left_column(out->a, &set->option[i]));

		if (columns > indent && columns <= HELP_LEFT_MAX)
			indent = columns;
	}
	indent += HELP_GAP;
	for (size_t i = 0; i < set->n; i++) {
		struct str left = left_column(out->a, &set->option[i]);
		size_t columns = utf8_width(left);

		buf_add(out, left);
		if (columns + HELP_GAP > indent) {
			buf_addc(out, '\n');
			columns = 0;
		}
		buf_fill(out, ' ', indent - columns);
		text_wrap(out, str_c(set->option[i].help), indent, indent, width);
		buf_addc(out, '\n');
	}
}
