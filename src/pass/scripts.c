/* scripts.c - {scripts_dir} becomes the platform's path to the scripts: in code
 * too, since a command with a hole in it would not run. In the destination of a
 * link it is for the links pass, which knows where the file itself is. */
#include "passes.h"

#include "rune/str.h"
#include "words.h"

static const struct str placeholder = STR_INIT("{scripts_dir}");

static bool begins_destination(const struct doc *d, uint32_t off)
{
	const struct doc_link *l = link_around(d, off);

	return l && l->destination.len && l->destination.off == off;
}

void pass_scripts(const struct pass_ctx *c, struct edit_list *out)
{
	const struct unit *u = c->unit;
	struct str text = u->doc->src->text;
	size_t at = u->range.off;
	bool reported = false;

	for (; (at = str_find(text, placeholder, at)) != STR_NPOS; at += placeholder.n) {
		struct span here = { u->doc->src->id, (uint32_t)at,
			(uint32_t)placeholder.n };
		if (!pass_covers(c, here))
			continue;
		if (u->scripts_dir.n) {
			if (!begins_destination(u->doc, here.off))
				pass_replace(c, out, here, u->scripts_dir);
		} else if (!reported) {
			struct diag *d = diag_report(c->sink, RULE_SCRIPTS_DIR, here,
				"'{scripts_dir}' is used but there are no scripts");
			diag_note(c->sink, d, SPAN_NONE,
				"put the files into a directory scripts/ beside this "
				"one");
			reported = true;
		}
	}
}
