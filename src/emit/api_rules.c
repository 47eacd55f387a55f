#include "emit/api.h"
#include "rune/str.h"

_Static_assert(SEV_OFF == 0, "a rule that is off has severity 0");

static const struct rune_rule rule_table[] = {
#define RULE(id, code_, slug_, sev, title_, why_, bad_, good_, source_) \
	[RULE_##id] = { .code = (code_),                                \
		.slug = (slug_),                                        \
		.family = FAMILY,                                       \
		.severity = (enum rune_severity)SEV_##sev,              \
		.title = (title_),                                      \
		.why = (why_),                                          \
		.bad = (bad_),                                          \
		.good = (good_),                                        \
		.source = (source_) },
#define FAMILY "frontmatter"
#include "rune/rules/frontmatter.def"
#undef FAMILY
#define FAMILY "mesh"
#include "rune/rules/mesh.def"
#undef FAMILY
#define FAMILY "output"
#include "rune/rules/output.def"
#undef FAMILY
#define FAMILY "config"
#include "rune/rules/config.def"
#undef FAMILY
#define FAMILY "content"
#include "rune/rules/content.def"
#undef FAMILY
#define FAMILY "packs"
#include "rune/rules/packs.def"
#undef FAMILY
#define FAMILY "security"
#include "rune/rules/security.def"
#undef FAMILY
#define FAMILY "environment"
#include "rune/rules/environment.def"
#undef FAMILY
#undef RULE
};

_Static_assert(COUNTOF(rule_table) == RULE__COUNT, "a family of rules is missing");

size_t rune_rule_count(void)
{
	return COUNTOF(rule_table);
}

const struct rune_rule *rune_rule(size_t i)
{
	return i < COUNTOF(rule_table) ? &rule_table[i] : NULL;
}

const struct rune_rule *rune_rule_find(const char *code_or_slug)
{
	return rune_rule(rule_find(str_c(code_or_slug)));
}

const char *rune_rule_nearest(const char *code_or_slug)
{
	struct str known[RULE__COUNT], near;

	for (size_t i = 0; i < RULE__COUNT; i++)
		known[i] = rule_info[i].slug;
	near = str_nearest(str_c(code_or_slug), known, RULE__COUNT);
	return near.n ? near.p : NULL; /* a slug is a literal, its NUL behind it */
}
