/* security_shell.c - what commands do with their input: run it, decode it, pass it on. */
#include "rules/security.h"

static bool is_shell(struct str name)
{
	static const char *const v[] = { "sh", "bash", "zsh", "dash", "ksh", "ash",
		"fish", "pwsh", "powershell", NULL };

	return sec_one_of(name, v);
}

bool sec_cmd_interprets(struct str name)
{
	static const char *const v[] = { "python", "python2", "python3", "perl", "ruby",
		"node", "php", "osascript", "bun", "deno", "iex", "Invoke-Expression",
		NULL };

	return is_shell(name) || sec_one_of(name, v);
}

/* "python3 -c" and "bash x.sh" do not. */
static bool runs_input(const struct sec_line *l, size_t head)
{
	size_t end = sec_cmd_end(l, head), i = head;
	struct str name = sec_cmd_name(l, head);

	if (sec_is(name, "iex") || sec_is(name, "Invoke-Expression"))
		return true;
	if (!sec_cmd_interprets(name))
		return false;
	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX) {
		struct str w = sec_tok_text(l, i);

		if (str_eq(w, STR("-")) || str_eq(w, STR("-s")) || str_eq(w, STR("--")))
			return true;
		if (w.n > 1 && w.p[0] == '-' && is_shell(name) && w.p[1] != '-' &&
			!memchr(w.p, 'c', w.n))
			continue; /* -x, -e, -eu */
		return false;
	}
	return true;
}

static bool passes_on(struct str name)
{
	static const char *const v[] = { "tee", "gunzip", "gzip", "zcat", "bzcat",
		"xzcat", "sed", "tr", "cat", "head", "tail", "grep", "xz", "bunzip2",
		"rev", "awk", "cut", "pv", "sponge", NULL };

	return sec_one_of(name, v);
}

bool sec_cmd_decodes(const struct sec_line *l, size_t head)
{
	struct str name = sec_cmd_name(l, head);

	if (sec_is(name, "base64") || sec_is(name, "base32"))
		return sec_cmd_option(l, head, "d", "--decode") != SIZE_MAX ||
		       sec_cmd_option(l, head, "D", NULL) != SIZE_MAX;
	if (sec_is(name, "xxd"))
		return sec_cmd_option(l, head, "r", NULL) != SIZE_MAX;
	return sec_is(name, "openssl") && sec_cmd_option(l, head, "d", NULL) != SIZE_MAX;
}

size_t sec_cmd_pipe_runner(const struct sec_line *l, size_t head, bool *decoded)
{
	while ((head = sec_cmd_piped(l, sec_cmd_end(l, head))) != SIZE_MAX) {
		if (runs_input(l, head))
			return head;
		if (sec_cmd_decodes(l, head))
			*decoded = true;
		else if (!passes_on(sec_cmd_name(l, head)))
			break;
	}
	return SIZE_MAX;
}

size_t sec_sub_end(const struct sec_line *l, size_t open)
{
	size_t i = open + 1;

	while (i < l->n &&
		(l->tok[i].kind != TOK_CLOSE || l->tok[i].depth != l->tok[open].depth))
		i++;
	return l->tok[i < l->n ? i : l->n - 1].end;
}

/* Is the substitution that begins at `open` the program of the command around it? */
static bool is_program(const struct sec_line *l, size_t head, size_t open)
{
	static const char *const evals[] = { "eval", "iex", "Invoke-Expression", ".",
		"source", "Invoke-Command", NULL };
	struct str name = sec_cmd_name(l, head);

	if (sec_one_of(name, evals))
		return true;
	if (!sec_cmd_interprets(name))
		return false;
	if (l->tok[open].process)
		return true;
	return sec_cmd_option(l, head, "c", "-Command") != SIZE_MAX ||
	       sec_cmd_option(l, head, "e", "--eval") != SIZE_MAX;
}

#define NESTED_MAX 4

size_t sec_cmd_sub_runner(const struct sec_line *l, size_t i, size_t *open)
{
	for (unsigned depth = 0; depth < NESTED_MAX; depth++) {
		size_t head = sec_cmd_around(l, i, open);

		if (head == SIZE_MAX)
			break;
		if (is_program(l, head, *open))
			return head;
		i = *open;
	}
	return SIZE_MAX;
}
