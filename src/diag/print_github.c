/* print_github.c - findings as GitHub workflow commands: annotations of a change.
 *
 * The value of a property ends at a comma or a colon and the command at the end of
 * the line, so that these are escaped; percent signs are, as they begin an escape. */
#include "diag/print.h"
#include "rune/str.h"

static void put_escaped(struct buf *out, struct str s, bool property)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%' || c == '\r' || c == '\n' ||
			(property && (c == ':' || c == ',')))
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)c);
		else
			buf_addc(out, c);
	}
}

/* Text that cannot harm the log, whose line feeds are kept. */
static struct str safe_text(struct arena *a, struct str s)
{
	struct buf b = BUF_INIT(a);
	struct str line;
	bool first = true;

	while (str_split(&s, '\n', &line)) {
		if (!first)
			buf_addc(&b, '\n');
		first = false;
		print_safe(&b, line);
	}
	return buf_str(&b);
}

static const char *command_of(enum severity s)
{
	switch (s) {
	case SEV_OFF:
	case SEV_NOTE: return "notice";
	case SEV_WARN: return "warning";
	case SEV_ERROR:
	case SEV_FATAL: return "error";
	}
	return "error";
}

static void put_place(struct buf *out, const struct diag *d, const struct source *src,
	const struct diag_tool *tool)
{
	struct linecol from, to;

	buf_addz(out, "file=");
	put_escaped(out, safe_text(out->a, print_path(tool, src->path, out->a)), true);
	if (src->text.n) {
		from = print_locate16(src, d->at.off);
		to = print_locate16(src, span_end(d->at));
		buf_addf(out, ",line=%u", (unsigned)from.line);
		if (to.line == from.line) /* columns are of one line only */
			buf_addf(out, ",col=%u,endColumn=%u", (unsigned)from.col,
				(unsigned)to.col);
		else
			buf_addf(out, ",endLine=%u", (unsigned)to.line);
	}
	buf_addc(out, ',');
}

void diag_print_github(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, const struct diag_tool *tool)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct diag *d = s->v[i];
		const struct rule_info *rule = &rule_info[d->rule];
		struct buf text = BUF_INIT(out->a);

		buf_addf(out, "::%s ", command_of(d->severity));
		if (d->at.src)
			put_place(out, d, source_get(sources, d->at.src), tool);
		buf_addf(out, "title=%.*s %.*s::", STR_ARG(rule->code),
			STR_ARG(rule->slug));
		buf_add(&text, d->message);
		print_notes(&text, d, sources);
		put_escaped(out, safe_text(out->a, buf_str(&text)), false);
		buf_addc(out, '\n');
	}
}
