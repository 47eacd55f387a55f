/* security_line.c - command lines as words, pipes and substitutions. Not a shell's
 * grammar: what is not understood becomes a word, and nothing is ever refused. */
#include "rules/security.h"

#include "rune/path.h"

#define OPEN_MAX 16 /* quotes and substitutions inside one another */

struct reader {
	struct sec_line *l;
	struct str text; /* ends where the range does */
	size_t at;
	size_t word; /* where the current one begins; STR_NPOS: there is none */
	bool quoted; /* the current word, in part */
	bool space; /* there was white space before what is next */
	bool escaped;
	char open[OPEN_MAX]; /* what closes what is open: " ) ` */
	size_t nopen;
	uint16_t depth;
};

/* ---- tokens ----------------------------------------------------------------------------- */

static struct sec_tok *add(
	struct reader *r, enum sec_tok_kind kind, size_t off, size_t end)
{
	struct sec_tok *t;

	if (r->l->n == SEC_TOKS_MAX) {
		r->at = r->text.n;
		return &r->l->tok[SEC_TOKS_MAX - 1];
	}
	t = &r->l->tok[r->l->n++];
	*t = (struct sec_tok){ .kind = kind,
		.off = (uint32_t)off,
		.end = (uint32_t)end,
		.depth = r->depth,
		.glued = !r->space };
	r->space = false;
	return t;
}

static void flush(struct reader *r)
{
	if (r->word == STR_NPOS)
		return;
	add(r, TOK_WORD, r->word, r->at)->quoted = r->quoted;
	r->word = STR_NPOS;
	r->quoted = false;
}

static void sign(struct reader *r, enum sec_tok_kind kind, size_t len)
{
	flush(r);
	add(r, kind, r->at, r->at + len);
	r->at += len;
	if (kind != TOK_OPEN && kind != TOK_CLOSE)
		r->space = true;
}

static char peek(const struct reader *r, size_t ahead)
{
	return r->at + ahead < r->text.n ? r->text.p[r->at + ahead] : '\0';
}

static bool in_quotes(const struct reader *r)
{
	return r->nopen && r->open[r->nopen - 1] == '"';
}

static void open_sub(struct reader *r, char close, size_t len, bool process)
{
	flush(r);
	add(r, TOK_OPEN, r->at, r->at + len)->process = process;
	r->at += len;
	r->space = true; /* what is in it stands alone */
	r->depth++;
	if (r->nopen < OPEN_MAX)
		r->open[r->nopen++] = close;
}

static void close_sub(struct reader *r)
{
	flush(r);
	r->nopen--;
	r->depth--;
	r->space = false;
	add(r, TOK_CLOSE, r->at, r->at + 1);
	r->at++;
}

static void word_on(struct reader *r, size_t len)
{
	if (r->word == STR_NPOS)
		r->word = r->at;
	r->at += len;
	if (r->at > r->text.n)
		r->at = r->text.n;
}

/* ---- quotes ------------------------------------------------------------------------------ */

static void double_quote(struct reader *r, size_t len)
{
	word_on(r, len);
	r->quoted = true;
	if (in_quotes(r))
		r->nopen--;
	else if (r->nopen < OPEN_MAX)
		r->open[r->nopen++] = '"';
}

/* An apostrophe that nothing closes is one. */
static void single_quote(struct reader *r)
{
	size_t end = str_find_char(r->text, '\'', r->at + 1);

	if (end == STR_NPOS) {
		word_on(r, 1);
		return;
	}
	word_on(r, end + 1 - r->at);
	r->quoted = true;
}

/* ---- reading ------------------------------------------------------------------------------ */

static void redirect(struct reader *r)
{
	char c = peek(r, 0);
	size_t len = 1;

	if (peek(r, 1) == '(') {
		open_sub(r, ')', 2, true);
		return;
	}
	while (peek(r, len) == c)
		len++;
	/* 2> and &> belong to the sign */
	if (r->word != STR_NPOS && r->at - r->word == 1 &&
		char_is_digit(r->text.p[r->word]))
		r->word = STR_NPOS;
	if (c == '>')
		sign(r, TOK_OUT, len);
	else
		sign(r, len > 1 ? TOK_HERE : TOK_IN, len);
	if (peek(r, 0) == '&') { /* >&1 */
		r->at++;
		while (char_is_digit(peek(r, 0)) || peek(r, 0) == '-')
			r->at++;
	}
}

static void unquoted(struct reader *r, char c)
{
	switch (c) {
	case ' ':
	case '\t':
	case '\r':
		flush(r);
		r->space = true;
		r->at++;
		break;
	case '\n': sign(r, TOK_END, 1); break;
	case '\'': single_quote(r); break;
	case '|':
		if (peek(r, 1) == '|')
			sign(r, TOK_END, 2);
		else
			sign(r, TOK_PIPE, peek(r, 1) == '&' ? 2 : 1);
		break;
	case ';': sign(r, TOK_END, 1); break;
	case '&':
		if (peek(r, 1) == '>')
			r->at++;
		else
			sign(r, TOK_END, peek(r, 1) == '&' ? 2 : 1);
		break;
	case '<':
	case '>': redirect(r); break;
	case '(': open_sub(r, ')', 1, false); break;
	case '#':
		if (r->word != STR_NPOS || !r->space) {
			word_on(r, 1);
			break;
		}
		r->at = str_find_char(r->text, '\n', r->at);
		if (r->at == STR_NPOS)
			r->at = r->text.n;
		break;
	default: word_on(r, 1); break;
	}
}

static void step(struct reader *r)
{
	char c = peek(r, 0), top = r->nopen ? r->open[r->nopen - 1] : '\0';

	if (c == '\\' && r->escaped && peek(r, 1) == '"') {
		double_quote(r, 2);
	} else if (c == '\\' && peek(r, 1) == '\n' && !in_quotes(r)) {
		flush(r);
		r->space = true;
		r->at += 2;
	} else if (c == '\\') {
		word_on(r, 2);
	} else if (c == '$' && peek(r, 1) == '(') {
		open_sub(r, ')', 2, false);
	} else if (c == '`') {
		if (top == '`')
			close_sub(r);
		else
			open_sub(r, '`', 1, false);
	} else if (c == '"' && !r->escaped) {
		double_quote(r, 1);
	} else if (in_quotes(r)) {
		word_on(r, 1);
	} else if (c == ')' && top == ')') {
		close_sub(r);
	} else {
		unquoted(r, c);
	}
}

/* ---- which words name commands ------------------------------------------------------------- */

static bool is_assignment(struct str w)
{
	size_t i = 0;

	while (i < w.n && (char_is_alnum(w.p[i]) || w.p[i] == '_'))
		i++;
	return i && i < w.n && w.p[i] == '=' && !char_is_digit(w.p[0]);
}

/* Words after which the command itself comes. */
static bool is_prefix(struct str w)
{
	static const char *const v[] = { "sudo", "doas", "env", "time", "nohup", "nice",
		"exec", "command", "builtin", "then", "do", "else", "if", "elif", "while",
		"until", "!", "{", "-", "*", "$", "#", ">", "%", "PS>", "RUN", "timeout",
		"stdbuf", "setsid", "caffeinate", "&", NULL };

	for (size_t i = 0; v[i]; i++)
		if (str_eq(w, str_c(v[i])))
			return true;
	return w.n > 1 && w.p[w.n - 1] == ':' && !memchr(w.p, '/', w.n); /* a key */
}

static bool is_option(struct str w)
{
	return w.n > 1 && w.p[0] == '-';
}

static bool is_number(struct str w)
{
	return w.n && char_is_digit(w.p[0]);
}

static void mark_heads(struct sec_line *l)
{
	bool expect = true, after_prefix = false;

	for (size_t i = 0; i < l->n; i++) {
		struct sec_tok *t = &l->tok[i];
		struct str w;

		if (t->kind != TOK_WORD) {
			if (t->kind == TOK_PIPE || t->kind == TOK_END ||
				t->kind == TOK_OPEN) {
				expect = true;
				after_prefix = false;
			} else if (t->kind == TOK_CLOSE) {
				expect = false;
			}
			continue;
		}
		if (!expect || t->glued)
			continue;
		w = sec_tok_text(l, i);
		if (is_assignment(w))
			continue;
		if (is_prefix(w) || (after_prefix && (is_option(w) || is_number(w)))) {
			after_prefix = true;
			continue;
		}
		t->head = true;
		expect = false;
	}
}

void sec_line_read(struct sec_line *l, struct str text, struct span range, bool escaped)
{
	struct reader r = { .l = l,
		.text = str_sub(text, 0, span_end(range)),
		.at = range.off,
		.word = STR_NPOS,
		.space = true,
		.escaped = escaped };

	l->text = text;
	l->n = 0;
	while (r.at < r.text.n)
		step(&r);
	flush(&r);
	mark_heads(l);
}

/* ---- asking ------------------------------------------------------------------------------------ */

struct str sec_tok_text(const struct sec_line *l, size_t i)
{
	const struct sec_tok *t = &l->tok[i];
	struct str w = str_sub(l->text, t->off, t->end - t->off);
	char q;

	if (w.n && w.p[0] == '\\' && w.n > 1 && w.p[1] == '"')
		w = str_from(w, 1);
	if (w.n >= 2 && (w.p[0] == '"' || w.p[0] == '\'')) {
		q = w.p[0];
		w = str_from(w, 1);
		if (w.p[w.n - 1] == q)
			w.n--;
		if (q == '"' && w.n && w.p[w.n - 1] == '\\')
			w.n--;
	} else if (w.n == 1 && w.p[0] == '"') {
		w.n = 0;
	}
	return w;
}

size_t sec_cmd_end(const struct sec_line *l, size_t i)
{
	uint16_t depth = l->tok[i].depth;

	for (i++; i < l->n; i++) {
		const struct sec_tok *t = &l->tok[i];

		if (t->depth < depth ||
			(t->depth == depth &&
				(t->kind == TOK_PIPE || t->kind == TOK_END)))
			return i;
	}
	return l->n;
}

size_t sec_cmd_piped(const struct sec_line *l, size_t end)
{
	if (end >= l->n || l->tok[end].kind != TOK_PIPE)
		return SIZE_MAX;
	for (size_t i = end + 1; i < l->n; i++) {
		const struct sec_tok *t = &l->tok[i];

		if (t->depth == l->tok[end].depth && t->head)
			return i;
		if (t->kind != TOK_WORD)
			break;
	}
	return SIZE_MAX;
}

size_t sec_cmd_source(const struct sec_line *l, size_t head)
{
	uint16_t depth = l->tok[head].depth;
	size_t pipe = SIZE_MAX;

	for (size_t i = head; i-- > 0;) {
		const struct sec_tok *t = &l->tok[i];

		if (t->depth < depth)
			break;
		if (t->depth > depth)
			continue;
		if (t->kind == TOK_END || (t->kind == TOK_PIPE && pipe != SIZE_MAX))
			break;
		if (t->kind == TOK_PIPE)
			pipe = i;
		if (t->head && pipe != SIZE_MAX)
			return i;
	}
	return SIZE_MAX;
}

size_t sec_cmd_around(const struct sec_line *l, size_t i, size_t *open_out)
{
	uint16_t depth = l->tok[i].depth;
	bool found = false;

	if (!depth)
		return SIZE_MAX;
	while (i-- > 0) {
		const struct sec_tok *t = &l->tok[i];

		if (!found && t->kind == TOK_OPEN && t->depth == depth - 1) {
			*open_out = i;
			found = true;
		} else if (found && t->depth < depth - 1) {
			break;
		} else if (found && t->depth == depth - 1) {
			if (t->head)
				return i;
			if (t->kind == TOK_END || t->kind == TOK_PIPE)
				break;
		}
	}
	return SIZE_MAX;
}

size_t sec_cmd_arg(const struct sec_line *l, size_t i, size_t end)
{
	uint16_t depth = l->tok[i].depth;

	for (i++; i < end; i++) {
		const struct sec_tok *t = &l->tok[i];

		if (t->depth != depth || t->glued)
			continue;
		if (t->kind == TOK_OUT || t->kind == TOK_IN || t->kind == TOK_HERE) {
			i++; /* and its file */
			continue;
		}
		if (t->kind == TOK_WORD)
			return i;
	}
	return SIZE_MAX;
}

size_t sec_cmd_option(
	const struct sec_line *l, size_t head, const char *letter, const char *word)
{
	size_t end = sec_cmd_end(l, head), i = head;

	while ((i = sec_cmd_arg(l, i, end)) != SIZE_MAX) {
		struct str w = sec_tok_text(l, i);

		if (w.n < 2 || w.p[0] != '-')
			continue;
		if (word && (str_eq(w, str_c(word)) || (str_starts(w, str_c(word)) &&
							       w.p[strlen(word)] == '=')))
			return i;
		if (letter && w.p[1] != '-' && memchr(w.p, *letter, w.n))
			return i;
	}
	return SIZE_MAX;
}

struct str sec_cmd_name(const struct sec_line *l, size_t head)
{
	struct str w = path_base(sec_tok_text(l, head));

	return str_ends(w, STR(".exe")) ? str_sub(w, 0, w.n - 4) : w;
}
