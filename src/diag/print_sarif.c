/* print_sarif.c - findings as SARIF 2.1.0, for code scanning services and editors. */
#include "diag/print.h"
#include "rune/path.h"
#include "rune/str.h"

#define SARIF_SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"
#define SRCROOT	     "%SRCROOT%"

struct sarif {
	struct buf *out;
	const struct diag_sink *s;
	const struct source_set *sources;
	const struct diag_tool *tool;
	size_t index[RULE__COUNT]; /* of those that occur, in driver.rules */
	unsigned depth;
	bool first; /* in this container */
};

/* ---- JSON: containers and members ----------------------------------------------- */

static void begin_line(struct sarif *p)
{
	if (!p->first)
		buf_addc(p->out, ',');
	p->first = false;
	buf_addc(p->out, '\n');
	buf_fill(p->out, ' ', 2 * (size_t)p->depth);
}

static void put_key(struct sarif *p, const char *key)
{
	begin_line(p);
	buf_addf(p->out, "\"%s\": ", key);
}

/* `key` NULL: an element of an array. */
static void begin(struct sarif *p, const char *key, char bracket)
{
	if (key)
		put_key(p, key);
	else
		begin_line(p);
	buf_addc(p->out, bracket);
	p->depth++;
	p->first = true;
}

static void end(struct sarif *p, char bracket)
{
	p->depth--;
	if (!p->first) {
		buf_addc(p->out, '\n');
		buf_fill(p->out, ' ', 2 * (size_t)p->depth);
	}
	buf_addc(p->out, bracket);
	p->first = false;
}

static void put_text(struct sarif *p, const char *key, struct str value)
{
	put_key(p, key);
	print_json_string(p->out, value);
}

static void put_number(struct sarif *p, const char *key, size_t n)
{
	put_key(p, key);
	buf_addf(p->out, "%zu", n);
}

/* "key": {"text": …} */
static void put_message(struct sarif *p, const char *key, struct str text)
{
	begin(p, key, '{');
	put_text(p, "text", text);
	end(p, '}');
}

/* ---- rules ---------------------------------------------------------------------- */

static const char *level_of(enum severity s)
{
	switch (s) {
	case SEV_OFF: return "none";
	case SEV_NOTE: return "note";
	case SEV_WARN: return "warning";
	case SEV_ERROR:
	case SEV_FATAL: return "error";
	}
	return "none";
}

static bool is_security(const struct rule_info *r)
{
	return str_starts(r->code, STR("RN7"));
}

/* How bad a finding about security is, as code scanning sorts them. */
static struct str security_severity(enum severity s)
{
	switch (s) {
	case SEV_OFF:
	case SEV_NOTE: return STR("2.0");
	case SEV_WARN: return STR("5.0");
	case SEV_ERROR:
	case SEV_FATAL: return STR("8.0");
	}
	return STR_NONE;
}

static struct str help_text(struct sarif *p, const struct rule_info *r)
{
	return str_fmt(p->out->a, "%.*s\n\nBad:\n\n%.*s\nGood:\n\n%.*s\nSource: %.*s\n",
		STR_ARG(r->why), STR_ARG(r->bad), STR_ARG(r->good), STR_ARG(r->source));
}

static struct str help_markdown(struct sarif *p, const struct rule_info *r)
{
	return str_fmt(p->out->a,
		"%.*s\n\nBad:\n\n````text\n%.*s````\n\nGood:\n\n````text\n%.*s````\n\n"
		"Source: %.*s\n",
		STR_ARG(r->why), STR_ARG(r->bad), STR_ARG(r->good), STR_ARG(r->source));
}

static void put_rule(struct sarif *p, const struct rule_info *r)
{
	begin(p, NULL, '{');
	put_text(p, "id", r->code);
	put_text(p, "name", r->slug);
	put_message(p, "shortDescription", r->title);
	put_message(p, "fullDescription", r->why);
	begin(p, "help", '{');
	put_text(p, "text", help_text(p, r));
	put_text(p, "markdown", help_markdown(p, r));
	end(p, '}');
	begin(p, "defaultConfiguration", '{');
	if (r->severity == SEV_OFF) {
		put_key(p, "enabled");
		buf_addz(p->out, "false");
	} else {
		put_text(p, "level", str_c(level_of(r->severity)));
	}
	end(p, '}');
	if (is_security(r)) {
		begin(p, "properties", '{');
		begin(p, "tags", '[');
		begin_line(p);
		print_json_string(p->out, STR("security"));
		end(p, ']');
		put_text(p, "security-severity", security_severity(r->severity));
		end(p, '}');
	}
	end(p, '}');
}

/* The rules that occur, in order of codes. */
static void put_rules(struct sarif *p)
{
	bool *occurs = arena_array(p->out->a, bool, RULE__COUNT);
	size_t n = 0;

	for (size_t i = 0; i < p->s->n; i++)
		occurs[p->s->v[i]->rule] = true;
	begin(p, "rules", '[');
	for (size_t i = 0; i < RULE__COUNT; i++)
		if (occurs[i]) {
			p->index[i] = n++;
			put_rule(p, &rule_info[i]);
		}
	end(p, ']');
}

/* ---- places --------------------------------------------------------------------- */

static struct str uri_of(struct sarif *p, struct str path)
{
	struct buf b = BUF_INIT(p->out->a);

	if (path_is_absolute(path))
		buf_addz(&b, "file://");
	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];

		if (char_is_alnum(c) || strchr("-._~/!$&'()*+,;=@", c))
			buf_addc(&b, c);
		else
			buf_addf(&b, "%%%02X", (unsigned)(unsigned char)c);
	}
	return buf_str(&b);
}

static void put_artifact(struct sarif *p, const struct source *src)
{
	struct str path = print_path(p->tool, src->path, p->out->a);

	begin(p, "artifactLocation", '{');
	put_text(p, "uri", uri_of(p, path));
	if (!path_is_absolute(path))
		put_text(p, "uriBaseId", STR(SRCROOT));
	end(p, '}');
}

static void put_region(struct sarif *p, const char *key, struct span at)
{
	const struct source *src = source_get(p->sources, at.src);
	struct linecol from = print_locate16(src, at.off);
	struct linecol to = print_locate16(src, span_end(at));

	begin(p, key, '{');
	put_number(p, "startLine", from.line);
	put_number(p, "startColumn", from.col);
	put_number(p, "endLine", to.line);
	put_number(p, "endColumn", to.col);
	end(p, '}');
}

static void put_physical(struct sarif *p, struct span at)
{
	const struct source *src = source_get(p->sources, at.src);

	begin(p, "physicalLocation", '{');
	put_artifact(p, src);
	if (src->text.n)
		put_region(p, "region", at);
	end(p, '}');
}

/* ---- results -------------------------------------------------------------------- */

static void put_related(struct sarif *p, const struct diag *d)
{
	bool any = false;

	for (const struct diag_note *n = d->notes; n; n = n->next) {
		if (!n->at.src)
			continue;
		if (!any)
			begin(p, "relatedLocations", '[');
		any = true;
		begin(p, NULL, '{');
		put_physical(p, n->at);
		put_message(p, "message", n->text);
		end(p, '}');
	}
	if (any)
		end(p, ']');
}

static void put_fix(struct sarif *p, const struct diag *d)
{
	begin(p, "fixes", '[');
	begin(p, NULL, '{');
	put_message(p, "description", d->fix);
	begin(p, "artifactChanges", '[');
	begin(p, NULL, '{');
	put_artifact(p, source_get(p->sources, d->edit->at.src));
	begin(p, "replacements", '[');
	for (const struct diag_edit *e = d->edit; e; e = e->next) {
		begin(p, NULL, '{');
		put_region(p, "deletedRegion", e->at);
		put_message(p, "insertedContent", e->with);
		end(p, '}');
	}
	end(p, ']');
	end(p, '}');
	end(p, ']');
	end(p, '}');
	end(p, ']');
}

static struct str message_of(struct sarif *p, const struct diag *d)
{
	struct buf b = BUF_INIT(p->out->a);

	buf_add(&b, d->message);
	for (const struct diag_note *n = d->notes; n; n = n->next)
		if (!n->at.src)
			buf_addf(&b, "\n%.*s", STR_ARG(n->text));
	return buf_str(&b);
}

static void put_result(struct sarif *p, const struct diag *d)
{
	begin(p, NULL, '{');
	put_text(p, "ruleId", rule_info[d->rule].code);
	put_number(p, "ruleIndex", p->index[d->rule]);
	put_text(p, "level", str_c(level_of(d->severity)));
	put_message(p, "message", message_of(p, d));
	if (d->at.src) {
		begin(p, "locations", '[');
		begin(p, NULL, '{');
		put_physical(p, d->at);
		end(p, '}');
		end(p, ']');
	}
	put_related(p, d);
	if (d->fingerprint.n) {
		begin(p, "partialFingerprints", '{');
		put_text(p, "runeFingerprint/v1", d->fingerprint);
		end(p, '}');
	}
	if (d->edit)
		put_fix(p, d);
	end(p, '}');
}

static void put_run(struct sarif *p)
{
	begin(p, NULL, '{');
	begin(p, "tool", '{');
	begin(p, "driver", '{');
	put_text(p, "name", STR("rune"));
	put_text(p, "semanticVersion", p->tool->version);
	put_rules(p);
	end(p, '}');
	end(p, '}');
	begin(p, "invocations", '[');
	begin(p, NULL, '{');
	put_key(p, "executionSuccessful");
	buf_addz(p->out, p->tool->ok ? "true" : "false");
	end(p, '}');
	end(p, ']');
	begin(p, "originalUriBaseIds", '{');
	begin(p, SRCROOT, '{');
	put_message(p, "description", STR("the root of the repository"));
	end(p, '}');
	end(p, '}');
	put_text(p, "columnKind", STR("utf16CodeUnits"));
	begin(p, "results", '[');
	for (size_t i = 0; i < p->s->n; i++)
		put_result(p, p->s->v[i]);
	end(p, ']');
	end(p, '}');
}

void diag_print_sarif(struct buf *out, const struct diag_sink *s,
	const struct source_set *sources, const struct diag_tool *tool)
{
	struct sarif p = { .out = out, .s = s, .sources = sources, .tool = tool };

	p.first = true;
	buf_addc(out, '{');
	p.depth++;
	put_text(&p, "$schema", STR(SARIF_SCHEMA));
	put_text(&p, "version", STR("2.1.0"));
	begin(&p, "runs", '[');
	put_run(&p);
	end(&p, ']');
	end(&p, '}');
	buf_addc(out, '\n');
}
