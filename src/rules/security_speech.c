/* security_speech.c - does a text do something, or speak of it?
 *
 * It speaks of it if its sentence, its table row, the comment above its line, the
 * sentence that introduces its block, or a heading brands it: as dangerous, as what is
 * to be found, blocked or avoided. A word of negation counts only if it governs what
 * follows: "never run x", but not "never skip this: x". */
#include "rules/security.h"

/* ---- words --------------------------------------------------------------------------------- */

static char fold(char c)
{
	return char_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static bool begins(struct str a, const char *prefix, size_t n)
{
	if (a.n < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (fold(a.p[i]) != fold(prefix[i]))
			return false;
	return true;
}

bool sec_is(struct str a, const char *b)
{
	size_t i = 0;

	while (i < a.n && b[i] && fold(a.p[i]) == fold(b[i]))
		i++;
	return i == a.n && !b[i];
}

bool sec_starts(struct str a, const char *prefix)
{
	return begins(a, prefix, strlen(prefix));
}

/* By its first letter, in both cases. */
size_t sec_find(struct str hay, const char *needle)
{
	size_t n = strlen(needle), at[2], from[2] = { 0, 0 };
	char first[2] = { fold(needle[0]), needle[0] };

	if (char_is_lower(first[0]))
		first[1] = (char)(first[0] - 'a' + 'A');
	for (unsigned k = 0; k < 2; k++)
		at[k] = str_find_char(hay, first[k], 0);
	while (at[0] != STR_NPOS || at[1] != STR_NPOS) {
		unsigned k = at[1] < at[0];

		if (hay.n - at[k] < n)
			break;
		if (begins(str_from(hay, at[k]), needle, n))
			return at[k];
		from[k] = at[k] + 1;
		at[k] = str_find_char(hay, first[k], from[k]);
	}
	return STR_NPOS;
}

bool sec_one_of(struct str w, const char *const *words)
{
	char first = w.n ? fold(w.p[0]) : '\0';

	for (; *words; words++)
		if (fold(**words) == first && sec_is(w, *words))
			return true;
	return false;
}

static bool is_word_char(char c)
{
	return char_is_alnum(c) || c == '_' || c == '\'';
}

/* Cut the next word off. */
static bool next_word(struct str *rest, struct str *word)
{
	size_t from = 0, to;

	while (from < rest->n && !is_word_char(rest->p[from]))
		from++;
	to = from;
	while (to < rest->n && is_word_char(rest->p[to]))
		to++;
	*word = str_sub(*rest, from, to - from);
	*rest = str_from(*rest, to);
	return word->n > 0;
}

bool sec_has_word(struct str text, const char *const *words)
{
	struct str w;

	while (next_word(&text, &w))
		if (sec_one_of(w, words))
			return true;
	return false;
}

/* What is said of things that one does not do. */
static const char *const brands[] = { "dangerous", "unsafe", "insecure", "malicious",
	"malware", "suspicious", "risky", "harmful", "vulnerable", "vulnerability",
	"vulnerabilities", "exploit", "exploits", "exploitation", "exploited", "attack",
	"attacks", "attacker", "attackers", "attacker's", "adversary", "adversaries",
	"adversarial", "forbidden", "prohibited", "disallowed", "bad", "wrong", "danger",
	"threat", "threats", "payload", "payloads", "injection", "injections", "injected",
	"jailbreak", "jailbreaks", "jailbreaking", "phishing", "backdoor", "backdoors",
	"exfiltration", "untrusted", "compromised", "hijack", "hijacked", "hijacking",
	"indicator", "indicators", "signature", "signatures", "ioc", "iocs", "detection",
	"detections", "detect", "detects", "detected", "detecting", "detector", "flagged",
	"flagging", "flags", "block", "blocks", "blocked", "blocking", "deny", "denied",
	"denies", "denylist", "blocklist", "blacklist", "reject", "rejects", "rejected",
	"refuse", "refuses", "refused", "forbid", "forbids", "prohibit", "prohibits",
	"disallow", "warn", "warns", "warning", "warnings", "intercept", "intercepts",
	"catches", "antipattern", "antipatterns", "smell", "smells", "abuse", "abuses",
	"abused", "misuse", "bypassing", "persistence", "regex", "regexes", "pattern",
	"patterns", "destructive", "irreversible", "catastrophic", "hostile", "evil",
	"poisoned", "poisoning", "tampering", "simulate", "simulated", "simulates",
	"simulation", "pentest", "adversarially", NULL };

/* What introduces such things. */
static const char *const brand_headings[] = { "don't", "dont", "don'ts", "donts", "never",
	"avoid", "avoiding", "problem", "problems", "pitfall", "pitfalls", "mistake",
	"mistakes", "anti", "red", "risk", "risks", "forensics", "triage", "hunting",
	"mitre", "ttps", "technique", "techniques", "incident", "sharp", "edges",
	"limits", "limitations", "rationalizations", "excuses", NULL };

static bool is_glyph(struct str text)
{
	static const struct str v[] = { STR_INIT("❌"), STR_INIT("🚫"), STR_INIT("⛔"),
		STR_INIT("✗"), STR_INIT("✘"), STR_INIT("👎"), STR_INIT("🔴") };

	for (size_t i = 0; i < COUNTOF(v); i++)
		if (str_find(text, v[i], 0) != STR_NPOS)
			return true;
	return false;
}

/* "flag any …", but not "the flag --x". */
static bool has_phrase(struct str text)
{
	static const char *const v[] = { "look for", "looks for", "looking for",
		"search for", "searches for", "scan for", "scans for", "watch for",
		"check for", "checks for", "flag any", "flag all", "flag every",
		"flag as", "flag it", "flag them", "flag the", "flag each", "flag when",
		"flag if", "red flag", "anti-pattern", "instead of", "rather than",
		"if you see", "not allowed", "must not", "do not", "what not to",
		"such as", "should fail", "known bad", "known-bad", "red team",
		"red-team", NULL };

	for (size_t i = 0; v[i]; i++)
		if (sec_find(text, v[i]) != STR_NPOS)
			return true;
	return false;
}

static bool branded(struct str text)
{
	return sec_has_word(text, brands) || has_phrase(text) || is_glyph(text);
}

static bool brands_below(struct str heading)
{
	return branded(heading) || sec_has_word(heading, brand_headings);
}

/* ---- negation -------------------------------------------------------------------------------- */

/* Does a negation in the text before the thing govern it? */
static bool negated(struct str before)
{
	static const char *const no[] = { "never", "don't", "dont", "not", "avoid",
		"cannot", "can't", "shouldn't", "mustn't", "won't", "no", "neither",
		"nor", "avoids", "avoiding",
		/* before a curly apostrophe */
		"don", "doesn", "shouldn", "mustn", NULL };
	/* Not to fail to do it is to do it. */
	static const char *const lapse[] = { "skip", "forget", "omit", "miss", "hesitate",
		"delay", "fail", "worry", "wait", "ask", "stop", "proceed", "continue",
		"work", "works", "exist", "installed", "found", "available", "read",
		"edit", "change", "summarize", "respond", "answer", "until", "unless",
		"only", "just", "then", NULL };
	struct str rest = before, w;
	bool on = false;
	size_t words = 0;

	while (next_word(&rest, &w)) {
		if (sec_one_of(w, no)) {
			on = true;
			words = 0;
		} else if (on && (sec_one_of(w, lapse) || words++ > 12)) {
			on = false;
		}
	}
	return on;
}

/* ---- sentences ------------------------------------------------------------------------------- */

static bool ends_sentence(const char *p, size_t i, size_t n)
{
	return (p[i] == '.' || p[i] == '!' || p[i] == '?') &&
	       (i + 1 == n || char_is_space(p[i + 1]));
}

/* A line that begins a list item, a row, or a block. */
static bool breaks_line(const char *p, size_t i, size_t n)
{
	if (p[i] != '\n')
		return false;
	for (i++; i < n && (p[i] == ' ' || p[i] == '>' || p[i] == '\t');)
		i++;
	return i >= n || memchr("\n\r-*+|#", p[i], 7) ||
	       (char_is_digit(p[i]) && i + 1 < n && p[i + 1] == '.');
}

static struct span sentence_span(struct sec *s, uint32_t from, uint32_t to, size_t off)
{
	size_t begin = off, end = off;
	const char *p = s->text.p;

	while (begin > from && off - begin < SEC_SENTENCE_MAX &&
		!ends_sentence(p, begin - 1, to) && !breaks_line(p, begin - 1, to))
		begin--;
	while (end < to && end - off < SEC_SENTENCE_MAX && !ends_sentence(p, end, to) &&
		!breaks_line(p, end, to))
		end++;
	return rule_span(s->f, begin, end - begin);
}

/* A code span's sentence is its block's. */
static void sentence_bounds(
	struct sec *s, const struct sec_place *p, uint32_t *from, uint32_t *to)
{
	*from = p->from;
	*to = p->to;
	if (p->zone == ZONE_SPAN && p->leaf) {
		struct span leaf = s->f->doc->node[p->leaf].span;

		*from = leaf.off;
		*to = span_end(leaf);
	}
}

struct str sec_sentence(struct sec *s, const struct sec_place *p, size_t off)
{
	uint32_t from, to;
	struct span x;

	sentence_bounds(s, p, &from, &to);
	x = sentence_span(s, from, to, off);
	return str_sub(s->text, x.off, x.len);
}

static bool sentence_mentions(
	struct sec *s, const struct sec_place *p, size_t off, size_t end)
{
	uint32_t from, to;
	struct span x;
	struct str before, after;

	sentence_bounds(s, p, &from, &to);
	x = sentence_span(s, from, to, off);
	before = str_sub(s->text, x.off, off - x.off);
	if (end < span_end(x))
		after = str_sub(s->text, end, span_end(x) - end);
	else
		after = STR_NONE;
	return negated(before) || branded(before) || branded(after);
}

/* ---- what is above ---------------------------------------------------------------------------- */

/* The last sentence or two. */
static struct str tail(struct str text)
{
	return text.n > 300 ? str_from(text, text.n - 300) : text;
}

static node_id sibling_before(struct sec *s, node_id id)
{
	const struct doc *d = s->f->doc;
	node_id before = 0;

	for (node_id i = d->node[d->node[id].parent].first_child; i && i != id;
		i = d->node[i].next) {
		before = i;
		if (!sec_spend(s, 1, d->node[id].span.off))
			return 0;
	}
	return before;
}

static bool introduces(struct str text)
{
	text = str_trim(text);
	while (text.n && memchr("*_`)", text.p[text.n - 1], 4))
		text.n--;
	return text.n && text.p[text.n - 1] == ':';
}

/* The paragraph before a code block, and the one before the list that the block is in,
 * if it introduces that. */
static bool intro_mentions(struct sec *s, const struct sec_place *p)
{
	const struct doc *d = s->f->doc;
	node_id id = p->leaf, list;

	for (unsigned depth = 0; id && depth < 8; depth++) {
		node_id up = sibling_before(s, id);

		if (up && d->node[up].kind == DOC_PARAGRAPH) {
			struct str t = doc_text(d, d->node[up].span);

			if ((introduces(t) || (!depth && p->zone == ZONE_CODE)) &&
				(branded(tail(t)) || negated(tail(t))))
				return true;
		}
		if (up && d->node[up].kind == DOC_HEADING &&
			brands_below(d->node[up].text))
			return true;
		list = d->node[id].parent;
		while (list && d->node[list].kind != DOC_LIST &&
			d->node[list].kind != DOC_QUOTE)
			list = d->node[list].parent;
		id = list;
	}
	return false;
}

/* Headings above, but for the title. */
static bool headings_mention(struct sec *s, size_t off)
{
	const struct doc *d = s->f->doc;

	for (uint32_t i = 0; i < d->nsection; i++) {
		const struct doc_section *x = &d->section[i];

		if (x->span.off > off)
			break;
		if (x->level > 1 && off < span_end(x->span) && brands_below(x->title))
			return true;
	}
	return false;
}

static bool is_comment(struct str line)
{
	line = str_trim(line);
	return str_starts(line, STR("#")) || str_starts(line, STR("//")) ||
	       str_starts(line, STR("--")) || str_starts(line, STR("/*")) ||
	       str_starts(line, STR("*")) || str_starts(line, STR("<!--")) ||
	       sec_starts(line, "rem ") || str_starts(line, STR("::"));
}

/* The comments above the line, with at most six lines of code between: an example
 * "# Bad" goes until the next comment or blank line. */
static bool comments_mention(struct sec *s, const struct sec_place *p, struct span line)
{
	unsigned code = 0;

	while (line.off > p->from) {
		struct str t;

		line = sec_line_at(s, p, line.off - 1);
		t = str_sub(s->text, line.off, line.len);
		if (is_comment(t)) {
			if (branded(t) || negated(t) || sec_has_word(t, brand_headings))
				return true;
			if (code)
				return false;
		} else if (!str_trim(t).n || code++ > 6) {
			return false;
		}
	}
	return false;
}

/* After "#" or "//" in the line. */
static struct str line_comment(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if ((line.p[i] == '#' && (!i || line.p[i - 1] == ' ')) ||
			(line.p[i] == '/' && i + 1 < line.n && line.p[i + 1] == '/' &&
				(!i || line.p[i - 1] == ' ')))
			return str_from(line, i);
	return STR_NONE;
}

/* Is the line in a text that a shell only prints, or that a regular expression is? */
static bool is_printed(struct sec *s, const struct sec_place *p, size_t off)
{
	static const char *const printers[] = { "echo", "printf", "print", "println",
		"log", "info", "warn", "error", "die", "fail", "puts", "throw", "raise",
		"usage", "console", "logger", "description", "help", "message", "note",
		"ok", "read", "write", "hint", "regex", "pattern", "re", "grep", "rg",
		"egrep", "match", "contains", "assert", "expect", "title", NULL };
	struct span line = sec_line_at(s, p, off);
	struct str before = str_sub(s->text, line.off, off - line.off);
	struct str rest = before, w;
	char open = '\0';

	for (size_t i = 0; i < before.n; i++) {
		if (before.p[i] == '\\')
			i++;
		else if (open ? before.p[i] == open
			      : memchr("\"'`", before.p[i], 3) != NULL)
			open = open ? '\0' : before.p[i];
	}
	if (!open)
		return false;
	while (next_word(&rest, &w))
		if (sec_one_of(w, printers))
			return true;
	return false;
}

#define BEFORE_MAX 16000 /* bytes before something that are read for what they say */

/* Is `off` in a here-document that no shell reads? */
static bool in_here_document(struct sec *s, const struct sec_place *p, size_t off)
{
	size_t from = off - p->from > BEFORE_MAX ? off - BEFORE_MAX : p->from;
	struct str block = str_sub(s->text, from, off - from), line;
	struct str end = STR_NONE;
	bool run = false;

	while (str_line(&block, &line)) {
		size_t at = str_find(line, STR("<<"), 0);

		if (end.n) {
			if (str_eq(str_trim(line), end))
				end = STR_NONE;
			continue;
		}
		if (at == STR_NPOS || str_starts(str_from(line, at), STR("<<<")))
			continue;
		run = sec_find(line, "sh ") != STR_NPOS ||
		      sec_find(line, "ssh") != STR_NPOS;
		end = str_from(line, at + 2);
		while (end.n && memchr("-~ '\"\\", end.p[0], 6))
			end = str_from(end, 1);
		at = 0;
		while (at < end.n && (char_is_alnum(end.p[at]) || end.p[at] == '_'))
			at++;
		end = str_sub(end, 0, at);
	}
	return end.n && !run;
}

static bool code_mentions(
	struct sec *s, const struct sec_place *p, size_t off, size_t end)
{
	struct span line = sec_line_at(s, p, off);
	struct str text = str_sub(s->text, line.off, line.len), note = line_comment(text);

	if (note.n && (branded(note) || is_comment(text)))
		return true;
	if (end > span_end(line))
		end = span_end(line);
	/* in a script a comment brands nothing: the code is run all the same */
	if (p->zone == ZONE_CODE && comments_mention(s, p, line))
		return true;
	return is_printed(s, p, off) || in_here_document(s, p, off);
}

static bool row_mentions(struct sec *s, const struct sec_place *p, size_t off)
{
	const struct doc *d = s->f->doc;
	struct span leaf = d->node[p->leaf].span;
	struct sec_place whole = { ZONE_PROSE, LANG_NONE, leaf.off, span_end(leaf), 0,
		false };
	struct span row = sec_line_at(s, &whole, off),
		    header = sec_line_at(s, &whole, leaf.off);

	return branded(str_sub(s->text, row.off, row.len)) ||
	       negated(str_sub(s->text, row.off, off - row.off)) ||
	       brands_below(str_sub(s->text, header.off, header.len));
}

bool sec_mentioned(struct sec *s, const struct sec_place *p, size_t off, size_t end)
{
	size_t work = SEC_LINE_MAX + BEFORE_MAX / 4;

	if (s->f->doc)
		work += s->f->doc->nsection;
	if (!sec_spend(s, work, off))
		return true;
	switch (p->zone) {
	case ZONE_CODE:
		if (code_mentions(s, p, off, end) || intro_mentions(s, p))
			return true;
		break;
	case ZONE_SCRIPT: return code_mentions(s, p, off, end);
	case ZONE_DATA: return branded(str_sub(s->text, p->from, 0));
	case ZONE_META: return false;
	case ZONE_PROSE:
	case ZONE_SPAN:
	case ZONE_HTML:
	case ZONE_COMMENT:
		if (sentence_mentions(s, p, off, end))
			return true;
		if (p->table && row_mentions(s, p, off))
			return true;
		if (p->leaf && intro_mentions(s, p))
			return true;
		break;
	}
	return s->f->doc && headings_mention(s, off);
}

/* ---- quotes ---------------------------------------------------------------------------------- */

bool sec_quoted(struct sec *s, const struct sec_place *p, size_t off, size_t end)
{
	static const struct str open[] = { STR_INIT("“"), STR_INIT("‘"), STR_INIT("«"),
		STR_INIT("「"), STR_INIT("„"), STR_INIT("\""), STR_INIT("'") };
	static const struct str shut[] = { STR_INIT("”"), STR_INIT("’"), STR_INIT("»"),
		STR_INIT("」"), STR_INIT("“"), STR_INIT("\""), STR_INIT("'") };
	struct span line = sec_line_at(s, p, off);
	struct str before = str_sub(s->text, line.off, off - line.off);
	struct str after = str_sub(s->text, end, span_end(line) - end);

	if (end > span_end(line))
		return false;
	for (size_t i = 0; i < COUNTOF(open); i++) {
		size_t at = 0, n = 0;
		bool same = str_eq(open[i], shut[i]);

		while ((at = str_find(before, open[i], at)) != STR_NPOS) {
			/* an apostrophe stands between letters */
			if (open[i].p[0] != '\'' || !at ||
				!char_is_alnum(before.p[at - 1]))
				n++;
			at += open[i].n;
		}
		if ((same ? n % 2 : n) && str_find(after, shut[i], 0) != STR_NPOS)
			return true;
	}
	return false;
}

/* ---- the subject ------------------------------------------------------------------------------ */

static bool is_security(struct str text)
{
	static const char *const v[] = { "security", "pentest", "pentesting",
		"penetration", "exploit", "exploits", "exploitation", "exploiting",
		"malware", "forensic", "forensics", "vulnerability", "vulnerabilities",
		"attack", "attacks", "attacker", "attackers", "threat", "threats",
		"incident", "phishing", "ransomware", "adversarial", "adversary",
		"adversaries", "ctf", "hunting", "detection", "detecting", "detect",
		"hardening", "owasp", "dfir", "osint", "jailbreak", "redteam",
		"guardrail", "guardrails", "prevent", "privilege", "escalation", "mitre",
		"cve", "siem", "spoofing", "injection", "exfiltration", "bypass",
		"bypassing", "evasion", "recon", "reconnaissance", "enumeration",
		"hacking", "hacker", "c2", "backdoor", "rootkit", "honeypot", "edr",
		"soc", NULL };

	return sec_has_word(text, v) || sec_find(text, "red team") != STR_NPOS ||
	       sec_find(text, "red-team") != STR_NPOS ||
	       sec_find(text, "reverse engineer") != STR_NPOS;
}

static bool is_about_security(const struct sec *s)
{
	const struct meta *m = s->f->meta;
	const struct doc *d = s->f->doc;

	if (is_security(m->name) || is_security(m->description) || is_security(s->f->rel))
		return true;
	for (uint32_t i = 0; d && i < d->nsection; i++)
		if (d->section[i].level == 1)
			return is_security(d->section[i].title);
	return false;
}

bool sec_about_security(struct sec *s)
{
	if (!s->subject_known) {
		s->about_security = is_about_security(s);
		s->subject_known = true;
	}
	return s->about_security;
}
