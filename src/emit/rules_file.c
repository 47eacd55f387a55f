/* The always-on file: what a client shows the model in every conversation. It says
 * how to choose a skill, which ones there are, and how to work by default. */
#include "emit/plan.h"
#include "rune/str.h"
#include "rune/utf8.h"

struct rules_job {
	struct emit_ctx *c;
	const struct skill *router; /* may be NULL */
	const struct text *mode; /* the one that is on from the start; may be NULL */
	struct str path;
	struct links links; /* the router's */
};

static const struct text *default_mode(const struct project *p)
{
	for (size_t i = 0; i < p->ntext; i++)
		if (p->text[i].kind == TEXT_MODE &&
			str_eq(p->text[i].meta.name, STR("dev")))
			return &p->text[i];
	return NULL;
}

static struct str section(struct rules_job *j, struct str title)
{
	const struct doc *d = j->router->doc;
	const struct doc_section *s = doc_section_find(d, title);
	struct str name = skill_out_name(j->c, j->router);
	struct unit u = { .skill = j->router, .doc = d, .out_path = j->path };

	if (!s)
		return STR_NONE;
	u.range = s->span;
	u.link = j->links.v;
	u.nlink = j->links.n;
	if (j->router->has_scripts)
		u.scripts_dir = scripts_place(j->c, name, name, STR("scripts"));
	return str_trim_lines(unit_copy(j->c, &u));
}

static void add_router(struct rules_job *j, struct buf *b)
{
	/* its connections and costs are of no use in every conversation */
	static const struct str wanted[] = {
		STR_INIT("Purpose"),
		STR_INIT("Triggers"),
		STR_INIT("Workflow"),
		STR_INIT("Execution"),
		STR_INIT("Phases"),
		STR_INIT("Constraints"),
	};

	for (size_t i = 0; j->router && i < COUNTOF(wanted); i++) {
		struct str text = section(j, wanted[i]);
		if (text.n)
			buf_addf(b, "\n%.*s\n", STR_ARG(text));
	}
}

static void add_mode(struct rules_job *j, struct buf *b)
{
	const struct text *t = j->mode;

	if (!t)
		return;
	struct unit u = {
		.text = t,
		.doc = t->doc,
		.range = t->doc->body,
		.out_path = j->path,
		.shift = 1,
	};
	buf_addf(b, "\n%.*s\n", STR_ARG(str_trim_lines(unit_copy(j->c, &u))));
}

/* Every skill on a line of its own, with at most `words` characters about it; 0: only
 * the names, in one paragraph. */
static struct str skill_table(struct emit_ctx *c, size_t words)
{
	struct buf b = BUF_INIT(c->a);

	if (words)
		buf_addz(&b, "| Skill | Use it for |\n|---|---|\n");
	for (size_t i = 0; i < c->plan->n; i++) {
		const struct emitted *e = &c->plan->done[i];
		const struct meta *m = e->skill ? &e->skill->meta : &e->pack->meta;
		struct str about;

		if (e->skill && e->skill == c->plan->router)
			continue;
		if (!words) {
			buf_addf(&b, "%s`%.*s`", b.n ? ", " : "", STR_ARG(e->name));
			continue;
		}
		about = table_cell(c->a, first_sentence(c->a, m->description, words));
		buf_addf(&b, "| `%.*s` | %.*s |\n", STR_ARG(e->name), STR_ARG(about));
	}
	return str_trim_lines(buf_str(&b));
}

/* The fullest table that leaves the file within its limit. */
static struct str fitting_table(struct emit_ctx *c, size_t used)
{
	static const size_t widths[] = { 120, 80, 50 };
	size_t limit = c->adapter->limits.always_on;

	for (size_t i = 0; i < COUNTOF(widths); i++) {
		struct str t = skill_table(c, widths[i]);
		if (!limit || used + utf8_count(t) <= limit)
			return t;
	}
	return skill_table(c, 0);
}

static struct str rules_text(struct rules_job *j)
{
	static const char table_head[] = "\n## Skills\n\nA skill's whole text is loaded "
					 "when it is used; here is only "
					 "what each is for.\n\n";
	struct emit_ctx *c = j->c;
	const struct adapter *ad = c->adapter;
	struct header_values v = {
		.name = STR("rune"),
		.description = STR("Which skill handles a request, and which there are."),
		.meta = j->router ? &j->router->meta : &j->mode->meta,
	};
	struct buf head = BUF_INIT(c->a), tail = BUF_INIT(c->a);

	header_write(&head, ad, ad->rules_fields, ad->nrules_fields, &v);
	buf_addz(&head, "\n# rune\n");
	add_router(j, &head);
	add_mode(j, &tail);
	buf_addz(&head, table_head);
	struct str table = fitting_table(
		c, utf8_count(buf_str(&head)) + utf8_count(buf_str(&tail)) + 1);
	buf_addf(&head, "%.*s\n", STR_ARG(table));
	buf_add(&head, buf_str(&tail));
	return buf_str(&head);
}

bool emit_rules_file(struct emit_ctx *c)
{
	const struct project *p = c->project;
	struct rules_job j = {
		.c = c,
		.router = map_find(&p->by_name, STR("skill-router")),
		.mode = default_mode(p),
		.path = out_path(c, c->adapter->rules_path, STR("rune")),
	};
	struct stage st;

	if (!c->adapter->rules_path.n || (!j.router && !j.mode))
		return true;
	stage_open(&st, c,
		j.router ? skill_out_name(c, j.router) : text_out_name(c, j.mode));
	if ((j.router && j.router->broken) || (j.mode && j.mode->broken)) {
		outtree_keep(c->tree, st.owner);
		return true;
	}
	struct span at = { (j.router ? j.router->doc : j.mode->doc)->src->id, 0, 0 };
	if (j.router)
		j.links = skill_links(c, j.router);
	struct str text = rules_text(&j);
	check_characters(c, j.path, text, c->adapter->limits.always_on, at);
	stage_add(&st, j.path, text, at);
	return stage_close(&st);
}
