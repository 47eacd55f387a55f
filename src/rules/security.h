/* security.h - what the files of the security family share; no interface.
 *
 *   security.c           one pass over a text's bytes; what it leads to
 *   security_words.c     the words that the pass stops at
 *   security_chars.c     what a code point is: invisible, right to left, alike
 *   security_hidden.c    invisible characters
 *   security_decode.c    what they spell, and what base64 and the like hold
 *   security_alike.c     letters that look like others
 *   security_place.c     where something stands: prose, code, a comment
 *   security_speech.c    whether the text around does it or speaks of it
 *   security_line.c      command lines: words, pipes, substitutions
 *   security_host.c      whom an address belongs to
 *   security_shell.c     what commands do with their input
 *   security_fetch.c     from the network into an interpreter
 *   security_leak.c      secrets into the network
 *   security_code.c      programs that run what they fetch, and send what they find
 *   security_system.c    what is destroyed, left behind or switched off
 *   security_secret.c    credentials
 *   security_payload.c   commands in disguise
 *   security_order.c     what is an order, to forget or to hide something
 *   security_ask.c       instructions against the user
 *   security_markup.c    text that only the model sees
 *   security_grant.c     what the frontmatter allows and runs
 *   security_file.c      what kind of file it is
 *
 * Harmless skills speak of harm: they warn of it, list it, look for it. So a
 * finding needs the whole construct, not a word of it (a download, a pipe and a
 * shell), and then a look at the place (security_speech.c). Where both readings
 * remain, nothing is said.
 *
 * Everything is linear in the text; what is not, is bounded by the limits below. */
#ifndef RUNE_RULES_SECURITY_H
#define RUNE_RULES_SECURITY_H

#include "rules/checks.h"
#include "rune/str.h"

/* Findings of one rule in one file; the rest is counted in the last one. */
#define SEC_REPORTS_MAX 20
/* Words that are looked into, in one file, and bytes that are read again for them.
 * What is left then is reported as unread. */
#define SEC_HITS_MAX 50000
#define SEC_WORK_MAX (64u << 20)
/* Bytes of a command line, of a sentence, of a decoded text. */
#define SEC_LINE_MAX	 4000
#define SEC_SENTENCE_MAX 600
#define SEC_DECODED_MAX	 400

/* ---- words (security_words.c) ------------------------------------------------------ */

enum sec_topic {
	SEC_COMMAND, /* of a command line */
	SEC_CODE, /* of a program */
	SEC_TOKEN, /* the beginning of a credential */
	SEC_ADDRESS, /* the scheme of a URL */
	SEC_ASK, /* of an instruction */
	SEC_SETTING, /* of an assistant's settings */
	SEC_RUN, /* none of the table: a long run of letters and digits */
	SEC_VALUE, /* none of the table: letters and digits, quoted or assigned */
	SEC_TOPIC__COUNT
};

struct sec_hit {
	uint32_t off, len; /* the word */
	enum sec_topic topic;
};

/* For the first three bytes of a word, its last one and its length, a bit for each
 * group of words that may have it there: a word is looked up if a bit stays. Both
 * letter cases. */
struct sec_filter {
	uint64_t first[128], second[128], third[128], last[128], length[64];
};
void sec_filter_init(struct sec_filter *f);
/* Both cases of a letter are one; digits stay apart, and all below 128. */
static inline size_t sec_filter_slot(char c)
{
	return ((unsigned char)c | 0x20) & 0x7f;
}
/* The bits that stay for the word of `len` bytes at `off`; 0: it is none of them. */
static inline uint64_t sec_filter_groups(
	const struct sec_filter *f, struct str text, size_t off, size_t len)
{
	const char *p = text.p + off;

	if (len < 2)
		return 0;
	return f->length[len < 63 ? len : 63] & f->first[sec_filter_slot(p[0])] &
	       f->second[sec_filter_slot(p[1])] &
	       f->third[sec_filter_slot(p[len > 2 ? 2 : 0])] &
	       f->last[sec_filter_slot(p[len - 1])];
}
/* The topics of the word, a bit each. `groups`: the bits that stayed. */
unsigned sec_word_topics(struct str word, uint64_t groups);

/* ---- a text that is being checked -------------------------------------------------- */

struct sec_hidden; /* security_hidden.c */
struct sec_map; /* security_place.c */

struct sec {
	const struct rule_ctx *c;
	const struct rule_file *f;
	struct str text;
	struct arena scratch; /* until the file is done */
	struct sec_hit *hit; /* in order */
	size_t nhit, hit_cap;
	struct sec_hidden *hidden; /* in order */
	size_t nhidden, hidden_cap;
	uint32_t *alike; /* words with letters that look like others */
	size_t nalike, alike_cap;
	uint32_t *mark; /* of "<" and "![" and the like: markup */
	size_t nmark, mark_cap;
	uint32_t *wide; /* where much white space ends in the middle of a line */
	size_t nwide, wide_cap;
	uint32_t *control; /* of control characters */
	size_t ncontrol, control_cap;
	struct sec_map *map; /* made when first needed */
	bool disguised; /* some letters of words are styled, alike or split */
	bool subject_known, about_security; /* sec_about_security() */
	size_t work; /* done so far; see sec_spend() */
	uint32_t unread; /* from here on, if not everything could be looked into */
	uint32_t run_end; /* of the last run of letters that was decoded */
	uint32_t sends_from; /* sends_anywhere() was asked of the code from here */
	bool sends_known, sends;
	unsigned reported[RULE__COUNT];
	struct diag *last[RULE__COUNT]; /* the last that was reported */
};

/* Report, unless that was done too often. NULL: it was only counted. */
struct diag *sec_report(struct sec *s, enum rule r, size_t off, size_t len,
	const char *fmt, ...) RUNE_PRINTF(5, 6);
void sec_note(struct sec *s, struct diag *d, const char *fmt, ...) RUNE_PRINTF(3, 4);
/* Count `n` bytes that are about to be read for what stands at `off`. False: it is too
 * much. */
bool sec_spend(struct sec *s, size_t n, size_t off);
void sec_unread(struct sec *s, size_t off); /* could not be looked into */
/* `s`, cut to `max` bytes on a character's boundary, control characters and line
 * ends replaced: fit for a message. */
struct str sec_show(struct sec *s, struct str text, size_t max);

/* ---- characters (security_chars.c) -------------------------------------------------- */

enum sec_char {
	CHAR_PLAIN,
	CHAR_BIDI, /* embeddings, overrides, isolates */
	CHAR_MARK, /* left-to-right, right-to-left, Arabic letter mark */
	CHAR_ZERO, /* of no width: space, joiners, byte order mark */
	CHAR_OPERATOR, /* invisible times, plus and the like */
	CHAR_TAG, /* U+E0000 and on */
	CHAR_SELECTOR, /* of a variant of the letter before */
	CHAR_SOFT, /* soft hyphen */
	CHAR_FILLER, /* letters that show nothing */
	CHAR_FORMAT, /* other format characters */
	CHAR_CONTROL, /* U+0080 to U+009F */
	CHAR_ALIKE, /* may look like a letter of ASCII, or is of such a script */
	CHAR_STYLED, /* a letter of ASCII in another style */
};
enum sec_char sec_char(uint32_t cp);
const char *sec_char_name(uint32_t cp); /* "zero width space"; never NULL */
/* The letter of ASCII that it looks like; 0: none. */
char sec_char_looks(uint32_t cp);
/* The letter of ASCII that it is, in another style; 0: none. */
char sec_char_styled(uint32_t cp);
enum sec_script {
	SCRIPT_NONE, /* no letter */
	SCRIPT_LATIN,
	SCRIPT_GREEK,
	SCRIPT_CYRILLIC,
	SCRIPT_OTHER
};
enum sec_script sec_char_script(uint32_t cp);
bool sec_char_rtl(uint32_t cp); /* a letter that is read from right to left */
bool sec_char_emoji(uint32_t cp); /* may take part in a joined emoji */
bool sec_char_joins(uint32_t cp); /* of a script that needs joiners */
bool sec_char_spaceless(uint32_t cp); /* of a script without spaces between words */
/* The code point before `off` or at it; 0 at either end. */
uint32_t sec_cp_before(struct str text, size_t off, size_t *start);
uint32_t sec_cp_at(struct str text, size_t off, size_t *end);

/* ---- places (security_place.c) ------------------------------------------------------ */

enum sec_zone {
	ZONE_META, /* frontmatter */
	ZONE_PROSE,
	ZONE_SPAN, /* a code span */
	ZONE_CODE, /* a code block */
	ZONE_HTML, /* an HTML block */
	ZONE_COMMENT, /* an HTML comment outside of code */
	ZONE_SCRIPT, /* a script's own line */
	ZONE_DATA /* another text file */
};

enum sec_lang {
	LANG_NONE, /* not said: mostly commands */
	LANG_SHELL,
	LANG_POWERSHELL,
	LANG_PYTHON,
	LANG_PROGRAM, /* another programming language */
	LANG_DATA, /* JSON, YAML, a Dockerfile, … */
	LANG_TEXT
};

struct sec_place {
	enum sec_zone zone;
	enum sec_lang lang; /* of ZONE_CODE and ZONE_SCRIPT */
	uint32_t from, to; /* what belongs together: the block, or the span's inside */
	node_id leaf; /* the block; 0: none */
	bool table;
};
struct sec_place sec_place_at(struct sec *s, size_t off);
/* Commands that stand there are meant to be run, if anything is. */
bool sec_place_runs(const struct sec_place *p);
/* The comments outside of code, in order. */
const struct span *sec_comments(struct sec *s, size_t *n);
/* The line of `off` within [from, to); of a very long one a part. */
struct span sec_line_at(const struct sec *s, const struct sec_place *p, size_t off);

/* ---- doing or mentioning (security_speech.c) --------------------------------------- */

/* Does the text around [off, end) speak of it rather than do it: warn, list, detect,
 * show as bad? */
bool sec_mentioned(struct sec *s, const struct sec_place *p, size_t off, size_t end);
/* Is the subject of the skill security, so that it must show what it is against? */
bool sec_about_security(struct sec *s);
/* Are there quotes around it, in its line? */
bool sec_quoted(struct sec *s, const struct sec_place *p, size_t off, size_t end);
/* The sentence around `off` within the place. */
struct str sec_sentence(struct sec *s, const struct sec_place *p, size_t off);
bool sec_has_word(struct str text, const char *const *words);
size_t sec_find(struct str hay, const char *needle); /* ASCII case folded */
bool sec_is(struct str a, const char *b); /* ASCII case folded */
bool sec_starts(struct str a, const char *prefix); /* ASCII case folded */
bool sec_one_of(struct str w, const char *const *words); /* ASCII case folded */

/* ---- command lines (security_line.c) ------------------------------------------------ */

enum sec_tok_kind {
	TOK_WORD,
	TOK_PIPE,
	TOK_END, /* ; && || & and line ends */
	TOK_IN,
	TOK_OUT, /* > and >> */
	TOK_HERE, /* << and <<< */
	TOK_OPEN, /* $( ` <( >( ( */
	TOK_CLOSE
};

struct sec_tok {
	enum sec_tok_kind kind;
	uint32_t off, end; /* in the file */
	uint16_t depth; /* of substitutions */
	bool head; /* names a command */
	bool glued; /* no white space before: of one word with what is before */
	bool quoted; /* in quotes, at least in part */
	bool process; /* TOK_OPEN: <( or >( */
};

#define SEC_TOKS_MAX 256
struct sec_line {
	struct str text; /* of the file */
	struct sec_tok tok[SEC_TOKS_MAX];
	size_t n;
};
/* Read the commands in [from, to). `escaped`: it stands in a string, quotes have
 * backslashes. */
void sec_line_read(struct sec_line *l, struct str text, struct span range, bool escaped);
struct str sec_tok_text(const struct sec_line *l, size_t i); /* without quotes */
/* The end of the command that token `i` is of. */
size_t sec_cmd_end(const struct sec_line *l, size_t i);
/* The command after the pipe at `end`; SIZE_MAX: there is none. */
size_t sec_cmd_piped(const struct sec_line *l, size_t end);
/* The command whose output is piped to the one at `head`; SIZE_MAX. */
size_t sec_cmd_source(const struct sec_line *l, size_t head);
/* The command in whose arguments the substitution around `i` stands; SIZE_MAX. The
 * substitution's first token is put in `open`. */
size_t sec_cmd_around(const struct sec_line *l, size_t i, size_t *open);
/* Next argument of the command after token `i`; SIZE_MAX. */
size_t sec_cmd_arg(const struct sec_line *l, size_t i, size_t end);
/* Has it the option, "-k" also in "-sk", or "--insecure"? Its index; SIZE_MAX. */
size_t sec_cmd_option(
	const struct sec_line *l, size_t head, const char *letter, const char *word);
struct str sec_cmd_name(const struct sec_line *l, size_t head); /* without directory */

/* ---- what commands do with their input (security_shell.c) ---------------------------- */

bool sec_cmd_interprets(struct str name); /* a shell, or the like */
/* The command further down the pipe that runs what the one at `head` writes; SIZE_MAX.
 * `decoded` is set if base64 or the like lies between. */
size_t sec_cmd_pipe_runner(const struct sec_line *l, size_t head, bool *decoded);
/* The command of which the substitution around token `i` is the program, as in
 * sh -c "$(…)", sh <(…), eval $(…); SIZE_MAX. `open`: where that begins. */
size_t sec_cmd_sub_runner(const struct sec_line *l, size_t i, size_t *open);
size_t sec_sub_end(const struct sec_line *l, size_t open); /* offset after it */
bool sec_cmd_decodes(const struct sec_line *l, size_t head); /* base64 -d */

/* A command line, and what stands around it. */
struct sec_cmdline {
	struct sec *s;
	struct sec_place place;
	struct sec_line line;
	struct span range;
};
/* Report what is in it. */
void sec_fetch_line(struct sec_cmdline *c);
void sec_leak_line(struct sec_cmdline *c);
void sec_system_line(struct sec_cmdline *c);
void sec_payload_line(struct sec_cmdline *c);

/* ---- addresses (security_host.c) --------------------------------------------------- */

enum sec_host_kind {
	HOST_NONE, /* no address */
	HOST_OPEN, /* a placeholder, a variable */
	HOST_LOCAL, /* this machine, a private network */
	HOST_EXAMPLE, /* of documentation: example.com, 192.0.2.1 */
	HOST_KNOWN, /* where a well-known program is installed from, by https */
	HOST_OTHER,
	HOST_NUMBER, /* a public address in figures */
	HOST_SHADY /* anybody's: pastes, tunnels, short links, request bins */
};

struct sec_host {
	enum sec_host_kind kind;
	struct str scheme, name, path; /* path with its "/" */
	bool secure; /* https */
};
/* What `word` is the address of. Without a scheme it must look like one. */
struct sec_host sec_host_of(struct str word);
/* Somebody else's: could receive something. */
bool sec_host_remote(const struct sec_host *h);
bool sec_host_collects(const struct sec_host *h); /* a request bin */

/* ---- the rest ------------------------------------------------------------------------ */

void sec_hidden_check(struct sec *s);
void sec_escapes_check(struct sec *s); /* of the frontmatter */
void sec_hidden_add(struct sec *s, size_t off, size_t len, uint32_t cp);
/* Note the word around `off` if it may be in disguise; returns its end. */
size_t sec_alike_add(struct sec *s, size_t off);
void sec_alike_check(struct sec *s);
void sec_code_check(struct sec *s, const struct sec_hit *h);
void sec_leak_code(struct sec *s, const struct sec_hit *h);
void sec_leak_address(struct sec *s, const struct sec_hit *h);
bool sec_is_secret_file(struct str word);
void sec_secret_token(struct sec *s, const struct sec_hit *h);
void sec_secret_value(struct sec *s, const struct sec_hit *h);
void sec_secret_address(struct sec *s, const struct sec_hit *h);
void sec_payload_run(struct sec *s, const struct sec_hit *h);
void sec_payload_code(struct sec *s, const struct sec_hit *h);
void sec_ask_check(struct sec *s);
void sec_markup_check(struct sec *s);
void sec_setting_check(struct sec *s, const struct sec_hit *h);

/* ---- orders (security_order.c) ------------------------------------------------------- */

/* Does the text tell a model to act against its user? */
enum sec_ask { ASK_NONE, ASK_OVERRIDE, ASK_CONCEAL };
enum sec_ask sec_ask_of(struct str text);
/* Does the word there do so? What says it is put in `from` and `end`. */
bool sec_order_override(
	struct str text, size_t off, size_t len, size_t *from, size_t *end);
bool sec_order_conceal(
	struct str text, size_t off, size_t len, size_t *from, size_t *end);
bool sec_is_order(struct str text, size_t off); /* the verb at `off` */
struct str sec_rest_of(struct str text, size_t from); /* of the sentence */
size_t sec_word_at(struct str text, size_t i); /* length of what begins there, or 0 */

/* ---- decoding (security_decode.c) ----------------------------------------------------- */

/* The text that the code points spell, if they do. */
bool sec_decode_tags(const uint32_t *cp, size_t n, struct arena *a, struct str *out);
bool sec_decode_selectors(const uint32_t *cp, size_t n, struct arena *a, struct str *out);
bool sec_decode_zeros(const uint32_t *cp, size_t n, struct arena *a, struct str *out);
/* The bytes that `s` stands for, if they are text. */
bool sec_decode_base64(struct str s, struct arena *a, struct str *out);
bool sec_decode_hex(struct str s, struct arena *a, struct str *out);
bool sec_decode_percent(struct str s, struct arena *a, struct str *out);

#endif
