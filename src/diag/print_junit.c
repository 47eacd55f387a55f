/* print_junit.c - findings as JUnit XML: a suite for each file, a test case for each
 * finding. Notes are tests that passed, with something to say. */
#include "diag/print.h"
#include "rune/str.h"
#include "rune/utf8.h"

/* XML 1.0 has no way to write most control characters, not even escaped: those, and
 * what would reorder the text, are spelt out. */
static void put_xml(struct buf *out, struct str s)
{
	size_t off = 0;

	while (off < s.n) {
		switch (s.p[off]) {
		case '&': buf_addz(out, "&amp;"); break;
		case '<': buf_addz(out, "&lt;"); break;
		case '>': buf_addz(out, "&gt;"); break;
		case '"': buf_addz(out, "&quot;"); break;
		case '\n': buf_addz(out, "&#10;"); break;
		default: {
			struct buf one = BUF_INIT(out->a);
			size_t at = off;
			int32_t cp = utf8_next(s, &at);

			if (cp == 0xfffe || cp == 0xffff)
				buf_addz(out, "\xef\xbf\xbd");
			else {
				print_char(&one, s, &off);
				if (one.n && one.p[0] == '<') /* "<U+202E>" */
					put_xml(out, buf_str(&one));
				else
					buf_add(out, buf_str(&one));
			}
			off = at;
			continue;
		}
		}
		off++;
	}
}

static void put_attribute(struct buf *out, const char *name, struct str value)
{
	buf_addf(out, " %s=\"", name);
	put_xml(out, value);
	buf_addc(out, '"');
}

static void put_count(struct buf *out, const char *name, size_t n)
{
	buf_addf(out, " %s=\"%zu\"", name, n);
}

static void put_case(struct buf *out, const struct diag *d, const struct source *src,
	const struct source_set *sources, struct str path)
{
	const struct rule_info *rule = &rule_info[d->rule];
	struct linecol at = { 0, 0 };
	struct buf text = BUF_INIT(out->a);
	const char *tag = d->severity > SEV_NOTE ? "failure" : "system-out";

	if (src && src->text.n)
		at = source_locate(src, d->at.off);
	buf_addz(out, "    <testcase");
	put_attribute(out, "name",
		at.line ? str_fmt(out->a, "%.*s %.*s at %u:%u", STR_ARG(rule->code),
				  STR_ARG(rule->slug), (unsigned)at.line,
				  (unsigned)at.col)
			: str_fmt(out->a, "%.*s %.*s", STR_ARG(rule->code),
				  STR_ARG(rule->slug)));
	put_attribute(out, "classname", path);
	if (at.line) {
		put_attribute(out, "file", path);
		put_count(out, "line", at.line);
	}
	buf_addf(out, ">\n      <%s", tag);
	if (d->severity > SEV_NOTE) {
		put_attribute(out, "message", d->message);
		put_attribute(out, "type", severity_name(d->severity));
	}
	buf_addc(out, '>');
	buf_addf(&text, "%.*s", STR_ARG(path));
	if (at.line)
		buf_addf(&text, ":%u:%u", (unsigned)at.line, (unsigned)at.col);
	buf_addf(&text, ": %.*s", STR_ARG(d->message));
	print_notes(&text, d, sources);
	put_xml(out, buf_str(&text));
	buf_addf(out, "</%s>\n    </testcase>\n", tag);
}

static size_t failures(const struct diag_sink *s, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += s->v[i]->severity > SEV_NOTE;
	return n;
}

static void put_counts(struct buf *out, size_t tests, size_t failed)
{
	put_count(out, "tests", tests);
	put_count(out, "failures", failed);
	put_count(out, "errors", 0);
	put_count(out, "skipped", 0);
	buf_addz(out, ">\n");
}

void diag_print_junit(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, const struct diag_tool *tool)
{
	buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		      "<testsuites name=\"rune doctor\"");
	put_counts(out, s->n ? s->n : 1, failures(s, 0, s->n));
	for (size_t i = 0, end; i < s->n; i = end) {
		uint32_t id = s->v[i]->at.src;
		const struct source *src = id ? source_get(sources, id) : NULL;
		struct str path = src ? print_path(tool, src->path, out->a) : STR("rune");

		for (end = i; end < s->n && s->v[end]->at.src == id; end++)
			;
		buf_addz(out, "  <testsuite");
		put_attribute(out, "name", path);
		put_counts(out, end - i, failures(s, i, end));
		for (size_t k = i; k < end; k++)
			put_case(out, s->v[k], src, sources, path);
		buf_addz(out, "  </testsuite>\n");
	}
	if (!s->n)
		buf_addz(out, "  <testsuite name=\"rune doctor\" tests=\"1\" "
			      "failures=\"0\" errors=\"0\" skipped=\"0\">\n"
			      "    <testcase name=\"all is well\" "
			      "classname=\"rune doctor\"/>\n  </testsuite>\n");
	buf_addz(out, "</testsuites>\n");
}
