/* constraints.c - rules of conduct for platforms that have no hooks to enforce
 * them: one that is always good, others for what the skill's tools can do. */
#include "passes.h"

#include "rune/str.h"

enum { USES_SHELL = 1 << 0, USES_EDITS = 1 << 1 };

static unsigned use_of(enum tool t)
{
	switch (t) {
	case TOOL_Bash: return USES_SHELL;
	case TOOL_Write:
	case TOOL_Edit:
	case TOOL_MultiEdit:
	case TOOL_NotebookEdit: return USES_EDITS;
	case TOOL_Read:
	case TOOL_Glob:
	case TOOL_Grep:
	case TOOL_TodoWrite:
	case TOOL_Skill:
	case TOOL_Agent:
	case TOOL_Task:
	case TOOL_WebFetch:
	case TOOL_WebSearch:
	case TOOL__COUNT: return 0;
	}
	return 0;
}

static unsigned uses_declared(const struct meta *m)
{
	unsigned uses = 0;

	for (size_t i = 0; i < m->ntools; i++)
		for (int t = 0; t < TOOL__COUNT; t++)
			if (str_eq(m->tools[i].value, tool_name[t]))
				uses |= use_of((enum tool)t);
	return uses;
}

static unsigned uses_in(const struct doc *d)
{
	unsigned uses = 0;

	for (uint32_t i = 0; d && i < d->ntool; i++)
		uses |= use_of(d->tool[i].tool);
	return uses;
}

static unsigned uses_of_unit(const struct unit *u)
{
	unsigned uses = uses_in(u->doc);

	if (u->skill)
		uses |= uses_declared(&u->skill->meta);
	if (u->pack) {
		uses |= uses_declared(&u->pack->meta);
		for (size_t i = 0; i < u->pack->npart; i++)
			uses |= uses_declared(&u->pack->part[i].meta) |
				uses_in(u->pack->part[i].doc);
	}
	return uses;
}

static const char always[] =
	"## Platform Constraints\n"
	"\n"
	"Nothing here enforces these for you:\n"
	"\n"
	"- **Spend context sparingly.** Open the part of a file that the step needs, "
	"keep "
	"findings as path and line, and before a long step write down what must survive "
	"it; what was read early is the first to be lost.\n";
static const char shell[] =
	"- **Keep secrets out of commands and output.** Print, log and pass none: name "
	"the "
	"variable or the file instead. Before a command that deletes, publishes or "
	"rewrites history, show it and wait for a yes.\n";
static const char edits[] =
	"- **Leave changed files fit to commit.** Run the project's own formatting and "
	"the "
	"tests that cover the change, and say which of them could not be run.\n";

void pass_constraints(const struct pass_ctx *c, struct edit_list *out)
{
	unsigned uses;

	if (!c->unit->main || !c->project->config.constraints)
		return;
	uses = uses_of_unit(c->unit);
	pass_append_block(c, out,
		str_fmt(c->a, "%s%s%s", always, uses & USES_SHELL ? shell : "",
			uses & USES_EDITS ? edits : ""));
}
