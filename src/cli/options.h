/* options.h - a command line read by tables.
 *
 * A command describes its options in a const table whose entries say where in a
 * struct of the command's own each value goes; help is generated from the same
 * table. Forms: --flag, --flag=value, --flag value, -x, -xvalue, -x value, -xy;
 * `--` ends the options. Unknown ones are refused with the nearest name: an
 * option is never abbreviated, so that a new one breaks no script. */
#ifndef RUNE_CLI_OPTIONS_H
#define RUNE_CLI_OPTIONS_H

#include "rune/buf.h"

enum option_kind {
	OPTION_FLAG, /* bool */
	OPTION_TEXT, /* const char *; NULL if not given; the last one counts */
	OPTION_LIST, /* struct option_list; comma-separated, repeats add up */
	OPTION_NUMBER, /* unsigned, 0 to `max` */
	OPTION_CHOICE, /* unsigned: index in `choice` */
};

struct option_list {
	const char **v; /* n names, then a NULL; NULL if not given */
	size_t n, cap;
};

struct option {
	const char *name; /* without the hyphens */
	char letter; /* 0: no short form */
	enum option_kind kind;
	size_t offset; /* of the value in the command's struct */
	const char *value; /* what help calls it: "DIR"; NULL for flags */
	const char *help; /* a phrase without full stop */
	const char *const *choice; /* OPTION_CHOICE: NULL-terminated */
	const char *no; /* what --no-<name> stands for: a choice, or any text for
			 * a flag; NULL: there is no such form */
	unsigned max; /* OPTION_NUMBER */
};

/* A table and the struct that it fills. */
struct option_set {
	const struct option *option;
	size_t n;
	void *values;
};

struct option_parser {
	struct arena *a; /* lists live here; the rest borrows argv */
	const struct option_set *set; /* an option is looked up in this order */
	size_t nset;
	bool stop_at_word; /* the first word that is no option ends the options */
	/* Results. */
	const char **arg; /* words that are no options, as given */
	size_t narg, arg_cap;
	int next; /* index of the first element of argv that was not used */
	struct str error; /* message without full stop */
	struct str hint; /* what to do about it; may be empty */
};

/* Read argv[p->next] up to argv[argc - 1]. False on an error: `error` is set. */
bool options_parse(struct option_parser *p, int argc, char **argv);

/* Append the option lines of a help text: two columns, `width` in all. */
void options_help(struct buf *out, const struct option_set *set, size_t width);
/* Append `text`, broken at blanks into lines of at most `width` columns, each but
 * the first indented by `indent`, of which `col` are used on the first. */
void text_wrap(struct buf *out, struct str text, size_t indent, size_t col, size_t width);
/* The name that `word` was meant to be: the only one it begins, or the nearest;
 * STR_NONE if there is no such name. */
struct str name_suggest(struct str word, const struct str *names, size_t n);

#endif
