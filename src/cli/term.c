#include "cli/term.h"

#include <errno.h>

#include "rune/os.h"
#include "rune/str.h"

enum { STDOUT = 1, STDERR = 2 };

#define WIDTH_MAX  100 /* longer lines are hard to read */
#define WIDTH_MIN  40
#define WIDTH_PIPE 80

static bool is_set(const char *name)
{
	const char *value = os_getenv(name);

	return value && *value;
}

static bool wants_color(int fd)
{
	const char *force = os_getenv("CLICOLOR_FORCE");
	const char *term = os_getenv("TERM");

	if (is_set("NO_COLOR"))
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return os_isatty(fd) && (!term || strcmp(term, "dumb") != 0);
}

static size_t width_of(int fd)
{
	size_t columns = os_isatty(fd) ? os_term_width(fd) : 0;

	if (!columns)
		return WIDTH_PIPE;
	if (columns < WIDTH_MIN)
		return WIDTH_MIN;
	return columns < WIDTH_MAX ? columns : WIDTH_MAX;
}

void term_init(struct term *t, struct arena *a)
{
	*t = (struct term){ .out = BUF_INIT(a) };
	t->tty_out = os_isatty(STDOUT);
	t->width = width_of(STDOUT);
	term_set_color(t, TERM_AUTO);
}

void term_set_color(struct term *t, enum term_color color)
{
	switch (color) {
	case TERM_AUTO:
		t->color_out = wants_color(STDOUT);
		t->color_err = wants_color(STDERR);
		return;
	case TERM_ALWAYS: t->color_out = t->color_err = true; return;
	case TERM_NEVER: t->color_out = t->color_err = false; return;
	}
}

void term_put(struct term *t, const char *text)
{
	buf_addz(&t->out, text);
}

void term_putf(struct term *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&t->out, fmt, ap);
	va_end(ap);
}

void term_style(struct term *t, const char *sgr, struct str text)
{
	if (t->color_out)
		buf_addf(&t->out, "\x1b[%sm%.*s\x1b[0m", sgr, STR_ARG(text));
	else
		buf_add(&t->out, text);
}

void term_flush(struct term *t)
{
	int err;

	if (t->out.n && !t->closed) {
		err = os_write_fd(STDOUT, buf_str(&t->out));
		if (err == EPIPE)
			t->closed = true;
		else if (err)
			t->err = err;
	}
	t->out.n = 0;
}

void term_error(struct term *t, struct str text)
{
	term_flush(t);
	/* there is nobody left to tell when this fails */
	(void)os_write_fd(STDERR, text);
}
