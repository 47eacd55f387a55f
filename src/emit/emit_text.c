/* Roles, modes and commands: texts that are no skills. What the platform has no place
 * for, the router keeps beside itself. */
#include <stdlib.h>

#include "emit/plan.h"
#include "rune/path.h"
#include "rune/str.h"
#include "rune/utf8.h"

static struct unit text_unit(const struct text *t, struct str path)
{
	return (struct unit){
		.text = t,
		.doc = t->doc,
		.range = t->doc->body,
		.out_path = path,
	};
}

static struct header_values text_values(
	struct emit_ctx *c, const struct text *t, struct str name)
{
	uint32_t limit = c->adapter->limits.description;

	return (struct header_values){
		.name = name,
		.description = clip_text(c->a, t->meta.description, limit),
		.meta = &t->meta,
		.doc = t->doc,
	};
}

static struct span text_span(const struct text *t)
{
	return (struct span){ t->doc->src->id, 0, 0 };
}

/* ---- kept by the router ---- */

/* Does a file of the router's own, or on a flat platform a skill, stand there? Then
 * that one stays. */
static bool is_taken(const struct emit_ctx *c, struct str path)
{
	const struct project *p = c->project;
	const struct skill *s = c->plan->router;
	struct str name = skill_out_name(c, s), member = c->adapter->skill_path;

	for (size_t i = 0; i < s->nresource; i++)
		if (str_eq_nocase(companion_path(c, name, s->resource[i].rel), path))
			return true;
	for (size_t i = 0; i < p->nskill; i++)
		if (str_eq(out_path(c, member, skill_out_name(c, &p->skill[i])), path))
			return true;
	return false;
}

static bool router_keeps(const struct emit_ctx *c, const struct text *t)
{
	struct str path = text_companion_path(c, t);

	if (t->broken || !path.n || is_taken(c, path))
		return false;
	switch (t->kind) {
	case TEXT_ROLE: return !c->adapter->role_path.n;
	case TEXT_MODE: return true;
	case TEXT_COMMAND: return false;
	}
	return false;
}

static void stage_companion(struct stage *st, const struct text *t, struct str path)
{
	struct emit_ctx *c = st->c;
	struct unit u = text_unit(t, path);
	struct str name = path_base(path);
	struct buf b = BUF_INIT(c->a);

	name = str_sub(name, 0, name.n - path_ext(name).n);
	struct header_values v = text_values(c, t, name);
	if (c->adapter->layout == LAYOUT_FLAT)
		header_write(&b, c->adapter, c->adapter->fields, c->adapter->nfields, &v);
	else
		while (u.range.len && u.doc->src->text.p[u.range.off] == '\n')
			u.range.off++, u.range.len--;
	buf_add(&b, unit_run(st, &u));
	stage_add(st, path, buf_str(&b), text_span(t));
}

void stage_companion_texts(struct stage *st)
{
	struct emit_ctx *c = st->c;
	const struct project *p = c->project;

	for (size_t i = 0; i < p->ntext; i++) {
		const struct text *t = &p->text[i];
		struct str path = text_companion_path(c, t);

		if (router_keeps(c, t))
			stage_companion(st, t, path);
	}
}

static void add_list(struct emit_ctx *c, struct buf *b, enum text_kind kind,
	const char *lead, struct str from)
{
	const struct project *p = c->project;
	bool first = true;

	for (size_t i = 0; i < p->ntext; i++) {
		const struct text *t = &p->text[i];

		if (t->kind != kind || !router_keeps(c, t))
			continue;
		if (first)
			buf_addf(b, "%s%s\n\n", b->n ? "\n" : "", lead);
		first = false;
		buf_addz(b, "- ");
		add_link(b, t->meta.name, path_from(c, from, text_companion_path(c, t)));
		buf_addf(b, ": %.*s\n",
			STR_ARG(first_sentence(c->a, t->meta.description, 160)));
	}
}

struct str companion_text_list(struct emit_ctx *c, struct str from_path)
{
	struct buf b = BUF_INIT(c->a);

	add_list(c, &b, TEXT_MODE,
		"## Modes\n\nOne mode at most is on, from the moment it is named until "
		"another is. Read its file then:",
		from_path);
	add_list(c, &b, TEXT_ROLE,
		"## Roles\n\nA role is a way of working for the length of one brief. "
		"Read "
		"its file when a skill asks for the role:",
		from_path);
	return buf_str(&b);
}

/* ---- files of their own ---- */

static struct str replace_all(
	struct arena *a, struct str s, struct str what, struct str with)
{
	struct buf b = BUF_INIT(a);
	size_t from = 0, at;

	while ((at = str_find(s, what, from)) != STR_NPOS) {
		buf_add(&b, str_sub(s, from, at - from));
		buf_add(&b, with);
		from = at + what.n;
	}
	buf_add(&b, str_from(s, from));
	return buf_str(&b);
}

struct action {
	struct str name, group, about, load;
};

static int by_group(const void *a, const void *b)
{
	const struct action *x = a, *y = b;
	int order = str_cmp(x->group, y->group);

	return order ? order : str_cmp(x->name, y->name);
}

static size_t skill_actions(struct emit_ctx *c, struct action *v)
{
	size_t n = 0;

	for (size_t i = 0; i < c->plan->nskill; i++) {
		const struct skill *s = c->plan->done[i].skill;
		struct ref_target to = { .kind = VERTEX_SKILL, .skill = s };

		if (s->meta.hidden_from_user)
			continue;
		v[n].name = s->meta.name;
		v[n].group = s->meta.group;
		v[n].about = s->meta.description;
		v[n++].load = ref_text(c->adapter, &c->plan->listing, &to, true, c->a);
	}
	return n;
}

static size_t part_actions(struct emit_ctx *c, struct action *v, struct str path)
{
	size_t n = 0;

	for (size_t i = c->plan->nskill; i < c->plan->n; i++) {
		const struct pack *p = c->plan->done[i].pack;

		for (size_t k = 0; k < p->npart; k++, n++) {
			const struct pack_part *part = &p->part[k];
			struct ref_target to = { VERTEX_PART, NULL, p, part, 0 };

			v[n].name = str_fmt(c->a, "%.*s/%.*s", STR_ARG(p->base_name),
				STR_ARG(part->meta.name));
			v[n].group = str_fmt(c->a, "pack %.*s", STR_ARG(p->base_name));
			v[n].about = part_about(c, p, part, path);
			v[n].load =
				ref_text(c->adapter, &c->plan->listing, &to, true, c->a);
		}
	}
	return n;
}

/* What a user may type after the command: skills by group, then parts of packs. */
static struct action *actions(struct emit_ctx *c, struct str path, size_t *n)
{
	struct action *v;
	size_t room = c->plan->n;

	for (size_t i = c->plan->nskill; i < c->plan->n; i++)
		room += c->plan->done[i].pack->npart;
	v = arena_array(c->a, struct action, room);
	*n = skill_actions(c, v);
	qsort(v, *n, sizeof(*v), by_group);
	*n += part_actions(c, v + *n, path);
	return v;
}

/* With at most `words` characters about each; 0: with none. */
static struct str action_table(
	struct arena *a, const struct action *v, size_t n, size_t words)
{
	struct buf b = BUF_INIT(a);

	buf_addz(&b, "## Table of actions\n\n");
	if (!n)
		buf_addz(&b, "No action is installed.\n");
	else if (words)
		buf_addz(&b,
			"| Action | Group | What it does | Load |\n|---|---|---|---|\n");
	else
		buf_addz(&b, "| Action | Load |\n|---|---|\n");
	for (size_t i = 0; i < n; i++) {
		buf_addf(&b, "| `%.*s` |", STR_ARG(v[i].name));
		if (words)
			buf_addf(&b, " %.*s | %.*s |", STR_ARG(table_cell(a, v[i].group)),
				STR_ARG(table_cell(
					a, first_sentence(a, v[i].about, words))));
		buf_addf(&b, " %.*s |\n", STR_ARG(v[i].load));
	}
	return buf_str(&b);
}

/* The fullest table that leaves the file, `used` characters long without it, within
 * the platform's limit. */
static struct str fitting_actions(struct emit_ctx *c, struct str path, size_t used)
{
	static const size_t widths[] = { 100, 60 };
	size_t limit = c->adapter->limits.command, n;
	const struct action *v = actions(c, path, &n);

	for (size_t i = 0; i < COUNTOF(widths); i++) {
		struct str t = action_table(c->a, v, n, widths[i]);
		if (!limit || used + utf8_count(t) <= limit)
			return t;
	}
	return action_table(c->a, v, n, 0);
}

/* Its own path on this platform; empty if it has none. */
static struct str own_path(const struct emit_ctx *c, const struct text *t)
{
	const struct adapter *ad = c->adapter;

	switch (t->kind) {
	case TEXT_ROLE: return ad->role_path;
	case TEXT_COMMAND: return ad->command_path;
	case TEXT_MODE: break;
	}
	return STR_NONE;
}

static struct str command_text(struct stage *st, const struct text *t, struct str path)
{
	struct emit_ctx *c = st->c;
	struct str arguments = c->adapter->arguments, body;
	struct unit u = text_unit(t, path);

	if (str_eq(t->meta.name, STR("rune"))) {
		size_t used = utf8_count(source_slice(t->doc->src, u.range));
		u.append = fitting_actions(c, path, used);
	}
	body = unit_run(st, &u);
	return arguments.n ? replace_all(c->a, body, STR("$ARGUMENTS"), arguments) : body;
}

static struct str role_text(struct stage *st, const struct text *t, struct str path)
{
	struct unit u = text_unit(t, path);

	return unit_run(st, &u);
}

static void emit_text(struct emit_ctx *c, const struct text *t, struct str path)
{
	const struct adapter *ad = c->adapter;
	bool command = t->kind == TEXT_COMMAND;
	struct str name = text_out_name(c, t), body;
	struct header_values v = text_values(c, t, name);
	struct buf b = BUF_INIT(c->a);
	struct stage st;

	const struct field *f = command ? ad->command_fields : ad->role_fields;
	size_t nf = command ? ad->ncommand_fields : ad->nrole_fields;
	struct str toml = command ? ad->command_body : ad->role_body;

	stage_open(&st, c, name);
	body = command ? command_text(&st, t, path) : role_text(&st, t, path);
	if (toml.n) {
		header_toml(&b, ad, f, nf, &v, toml,
			str_fmt(c->a, "%.*s\n", STR_ARG(str_trim_lines(body))));
	} else {
		header_write(&b, ad, f, nf, &v);
		buf_add(&b, b.n ? body : str_trim_lines(body));
	}
	if (b.n && b.p[b.n - 1] != '\n')
		buf_addc(&b, '\n');
	if (command)
		check_characters(c, path, buf_str(&b), ad->limits.command, text_span(t));
	stage_add(&st, path, buf_str(&b), text_span(t));
	if (!stage_close(&st))
		return;
	c->stats->roles += !command;
	c->stats->commands += command;
}

bool emit_texts(struct emit_ctx *c)
{
	const struct project *p = c->project;

	for (size_t i = 0; i < p->ntext; i++) {
		const struct text *t = &p->text[i];
		struct str member = own_path(c, t), name = text_out_name(c, t);

		if (!member.n)
			continue;
		if (t->broken)
			outtree_keep(c->tree, name);
		else
			emit_text(c, t, out_path(c, member, name));
	}
	return true;
}
