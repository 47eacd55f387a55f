/* html.c - tags and other markup, as CommonMark's grammar has them. */
#include "body.h"

static char at(struct str s, size_t off)
{
	return off < s.n ? s.p[off] : '\0';
}

static bool is_letter(char c)
{
	return char_is_lower(c) || char_is_upper(c);
}

static size_t skip_name(struct str s, size_t off)
{
	if (!is_letter(at(s, off)))
		return STR_NPOS;
	while (char_is_alnum(at(s, off)) || at(s, off) == '-')
		off++;
	return off;
}

static size_t skip_attribute_name(struct str s, size_t off)
{
	char c = at(s, off);

	if (!is_letter(c) && c != '_' && c != ':')
		return STR_NPOS;
	while (char_is_alnum(c) || c == '_' || c == ':' || c == '.' || c == '-')
		c = at(s, ++off);
	return off;
}

static bool ends_bare_value(char c)
{
	return !c || char_is_space(c) || memchr("\"'=<>`", c, 6);
}

/* After an attribute's value at `off`. */
static size_t skip_value(struct str s, size_t off, struct range *value)
{
	char c = at(s, off);
	size_t end;

	if (c == '"' || c == '\'') {
		end = str_find_char(s, c, off + 1);
		if (end == STR_NPOS)
			return STR_NPOS;
		*value = (struct range){ (uint32_t)off + 1, (uint32_t)end };
		return end + 1;
	}
	for (end = off; !ends_bare_value(at(s, end));)
		end++;
	*value = (struct range){ (uint32_t)off, (uint32_t)end };
	return end > off ? end : STR_NPOS;
}

struct attribute {
	struct str name;
	bool has_value;
	struct range value;
};

/* After the next attribute; `off` itself if there is none; STR_NPOS if it is
 * not well formed. */
static size_t skip_attribute(struct str s, size_t off, struct attribute *attr)
{
	size_t from = skip_white(s, off), end, eq;

	if (from == off)
		return off;
	end = skip_attribute_name(s, from);
	if (end == STR_NPOS)
		return off;
	*attr = (struct attribute){ .name = str_sub(s, from, end - from) };
	eq = skip_white(s, end);
	if (at(s, eq) != '=')
		return end;
	attr->has_value = true;
	return skip_value(s, skip_white(s, eq + 1), &attr->value);
}

size_t html_tag(struct str s, size_t off)
{
	bool closing = at(s, off + 1) == '/';
	size_t pos = skip_name(s, off + 1 + closing), next;
	struct attribute attr;

	if (pos == STR_NPOS)
		return STR_NPOS;
	for (; !closing; pos = next) {
		next = skip_attribute(s, pos, &attr);
		if (next == STR_NPOS)
			return STR_NPOS;
		if (next == pos)
			break;
	}
	pos = skip_white(s, pos);
	if (!closing && at(s, pos) == '/')
		pos++;
	return at(s, pos) == '>' ? pos + 1 : STR_NPOS;
}

bool html_is_close(struct str s, size_t off)
{
	return at(s, off + 1) == '/';
}

struct str html_name(struct str s, size_t off)
{
	size_t from = off + 1 + html_is_close(s, off);
	size_t end = skip_name(s, from);

	return end == STR_NPOS ? STR_NONE : str_sub(s, from, end - from);
}

bool html_attribute(struct str tag, struct str name, struct range *value)
{
	size_t pos = skip_name(tag, 1), next;
	struct attribute attr;

	while (pos != STR_NPOS) {
		next = skip_attribute(tag, pos, &attr);
		if (next == STR_NPOS || next == pos)
			return false;
		if (attr.has_value && str_eq_nocase(attr.name, name)) {
			*value = attr.value;
			return true;
		}
		pos = next;
	}
	return false;
}

enum html_markup html_markup(struct str s, size_t off)
{
	struct str rest = str_from(s, off);

	if (str_starts(rest, STR("<!--")))
		return HTML_COMMENT;
	if (str_starts(rest, STR("<?")))
		return HTML_PI;
	if (str_starts(rest, STR("<![CDATA[")))
		return HTML_CDATA;
	if (str_starts(rest, STR("<!")) && is_letter(at(rest, 2)))
		return HTML_DECLARATION;
	return HTML_NONE;
}

size_t html_markup_end(struct str s, size_t off, enum html_markup kind)
{
	struct str end = STR(">");

	switch (kind) {
	case HTML_NONE: return STR_NPOS;
	case HTML_COMMENT:
		/* "<!-->" and "<!--->" are whole comments */
		end = STR("-->");
		off += 2;
		break;
	case HTML_PI:
		end = STR("?>");
		off += 2;
		break;
	case HTML_CDATA: end = STR("]]>"); break;
	case HTML_DECLARATION: break;
	}
	off = str_find(s, end, off);
	return off == STR_NPOS ? off : off + end.n;
}
