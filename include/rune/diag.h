/* diag.h - what is wrong, where, and what to do about it.
 *
 * Modules report; they never print. A sink collects, printers run once, at the
 * end, over the sorted, deduplicated list. One sink per task; tasks' sinks are
 * merged in task order, so output never depends on the number of threads. */
#ifndef RUNE_DIAG_H
#define RUNE_DIAG_H

#include "rune/buf.h"
#include "rune/source.h"

enum severity { SEV_OFF, SEV_NOTE, SEV_WARN, SEV_ERROR, SEV_FATAL };

enum rule {
#define RULE(id, code, slug, sev, title, why, bad, good, source) RULE_##id,
#include "rune/rules.def"
#undef RULE
	RULE__COUNT
};

struct rule_info {
	struct str code, slug, title;
	enum severity severity;
	struct str why; /* why it matters: a few sentences */
	struct str bad, good; /* examples, each line ended */
	struct str source; /* of the fact or the limit */
};
extern const struct rule_info rule_info[RULE__COUNT];

/* By code or slug, in any letter case; RULE__COUNT if there is none. */
enum rule rule_find(struct str code_or_slug);

/* What the user's configuration makes of the rules; all zero: the defaults. */
struct diag_policy {
	bool set[RULE__COUNT];
	enum severity severity[RULE__COUNT];
};

struct diag_note {
	struct diag_note *next;
	struct span at; /* SPAN_NONE: no position */
	struct str text;
};

/* A part of a fix: what is to stand in place of the bytes of `at`. */
struct diag_edit {
	struct diag_edit *next;
	struct span at;
	struct str with;
};

struct diag {
	enum rule rule;
	enum severity severity; /* after policy; FATAL cannot be lowered */
	struct span at;
	struct str message; /* lower case, no full stop, subject in 'quotes' */
	struct diag_note *notes; /* in the order they were added */
	/* A guess of what was meant in place of the bytes of `at`: it is shown, not
	 * applied. */
	bool has_fixit;
	struct str fixit;
	/* What `--fix` applies, all of it or none: safe whatever the author meant. */
	struct str fix; /* says what it does, "quote the value"; empty: none */
	struct diag_edit *edit; /* disjoint, in any order; all in one file, which may be
				 * another than that of `at` */
	struct diag_edit *last_edit;
	/* 32 hexadecimal digits that stay when lines move; empty until settled. */
	struct str fingerprint;
	uint32_t seq;
};

struct diag_sink {
	struct arena *a;
	const struct diag_policy *policy; /* NULL: defaults */
	bool keep_off; /* collect what is off, too: somebody else decides */
	struct diag **v;
	size_t n, cap;
	size_t count[SEV_FATAL + 1]; /* reported so far, by severity */
};

void diag_sink_init(struct diag_sink *s, struct arena *a, const struct diag_policy *p);
/* Never NULL; a rule that is off yields a diagnostic that is not collected. */
struct diag *diag_report(struct diag_sink *s, enum rule r, struct span at,
	const char *fmt, ...) RUNE_PRINTF(4, 5);
void diag_note(struct diag_sink *s, struct diag *d, struct span at, const char *fmt, ...)
	RUNE_PRINTF(4, 5);
void diag_fixit(struct diag *d, struct str replacement);
/* Give it a fix, which `what` describes; then its edits, at least one. `with` must
 * live as long as the sink's arena. */
void diag_fix(struct diag_sink *s, struct diag *d, const char *what, ...)
	RUNE_PRINTF(3, 4);
void diag_edit(struct diag_sink *s, struct diag *d, struct span at, struct str with);
/* Append `from`'s diagnostics; they keep living in `from`'s arena. */
void diag_merge(struct diag_sink *into, const struct diag_sink *from);
/* Sort by path, offset, code, and drop exact repeats. */
void diag_sort(struct diag_sink *s, const struct source_set *sources);
/* How many are at least `min`. */
size_t diag_count(const struct diag_sink *s, enum severity min);
/* Environment errors: RN9001 with the path and strerror; returns false, so that
 * a caller can `return diag_io(...)`. */
bool diag_io(
	struct diag_sink *s, struct span at, struct str path, const char *doing, int err);

struct str severity_name(enum severity s); /* "note", "warning", "error", "fatal" */
/* What a user may set: off, note, warn or warning, error. */
bool severity_parse(struct str s, enum severity *out);

/* Printers: append to `out`. The sink must be sorted. */
struct diag_print_opts {
	bool color;
	enum severity min; /* what is less severe is left out */
	bool grouped; /* a blank line after the findings of each file */
};
/* path:line:col: severity: message [RN1234], source line, caret, notes. */
void diag_print_text(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, const struct diag_print_opts *opts);
/* A JSON array of objects, `indent` spaces deep. */
void diag_print_json(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, unsigned indent);

/* Of the forms that other programs read. */
struct diag_tool {
	struct str version; /* of rune */
	/* Absolute: what paths are to be relative to, as a repository's root, and the
	 * directory that they are relative to now. */
	struct str root, cwd;
	bool ok; /* the run came to its end, whatever it found */
};
/* SARIF 2.1.0, one run, with the rules that occur. */
void diag_print_sarif(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, const struct diag_tool *tool);
/* GitHub workflow commands, a line each. */
void diag_print_github(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, const struct diag_tool *tool);
/* JUnit XML: a test case for each file with findings. */
void diag_print_junit(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, const struct diag_tool *tool);

#endif
