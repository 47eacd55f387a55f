/* term.h - what the program prints: results on stdout, all else on stderr.
 *
 * Results are collected and written by term_flush(), diagnostics at once. A
 * reader that goes away (`rune … | head`) is no error. */
#ifndef RUNE_CLI_TERM_H
#define RUNE_CLI_TERM_H

#include "rune/buf.h"

enum term_color { TERM_AUTO, TERM_ALWAYS, TERM_NEVER };

struct term {
	struct buf out; /* results, not yet written */
	bool color_out, color_err;
	bool tty_out; /* a person is looking at the results */
	size_t width; /* columns for running text */
	int err; /* errno of a failed write; a closed pipe is none */
	bool closed; /* the reader of stdout is gone */
};

/* Colours, emphasis: what an SGR sequence may hold. */
#define TERM_BOLD   "1"
#define TERM_DIM    "2"
#define TERM_RED    "31"
#define TERM_GREEN  "32"
#define TERM_YELLOW "33"
#define TERM_CYAN   "36"

/* TERM_AUTO: on a terminal, unless NO_COLOR is set or TERM is "dumb";
 * CLICOLOR_FORCE (other than 0) counts as a terminal. */
void term_init(struct term *t, struct arena *a);
void term_set_color(struct term *t, enum term_color color);
void term_put(struct term *t, const char *text);
void term_putf(struct term *t, const char *fmt, ...) RUNE_PRINTF(2, 3);
/* The text in this style where results are coloured. */
void term_style(struct term *t, const char *sgr, struct str text);
/* Write at once. What is pending on stdout goes first. */
void term_error(struct term *t, struct str text);
void term_flush(struct term *t);

#endif
