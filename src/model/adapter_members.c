/* adapter_members.c - the names and places of a platform's members. */
#include "adapter_members.h"

/* ---- names of enumerators ------------------------------------------------------ */

struct str field_value_name(enum field_value v)
{
	switch (v) {
	case FIELD_NAME: return STR("name");
	case FIELD_DESCRIPTION: return STR("description");
	case FIELD_KEY: return STR("key");
	case FIELD_META: return STR("meta");
	case FIELD_METADATA: return STR("metadata");
	case FIELD_LAYER: return STR("layer");
	case FIELD_MODEL: return STR("model");
	case FIELD_TOOLS: return STR("tools");
	case FIELD_LITERAL: return STR("literal");
	case FIELD_SKILL: return STR("skill");
	case FIELD_READONLY: return STR("readonly");
	case FIELD_TOOL_LIST: return STR("tool-list");
	case FIELD_MODEL_HINT: return STR("model-hint");
	}
	return STR("");
}

const struct cap_member member_caps[MEMBER_CAPS] = {
	{ STR_INIT("subagents"), CAP_SUBAGENTS },
	{ STR_INIT("nativeRefs"), CAP_NATIVE_REFS },
	{ STR_INIT("nativeTools"), CAP_NATIVE_TOOLS },
	{ STR_INIT("hooks"), CAP_HOOKS },
	{ STR_INIT("namespace"), CAP_NAMESPACE },
	{ STR_INIT("skillAgents"), CAP_SKILL_AGENTS },
	{ STR_INIT("instructionsIndex"), CAP_INDEX },
	{ STR_INIT("runsBang"), CAP_RUNS_BANG },
};

const struct str member_layouts[2] = {
	[LAYOUT_DIR] = STR_INIT("directory"), [LAYOUT_FLAT] = STR_INIT("flat")
};

const struct str member_models[3] = { STR_INIT("opus"), STR_INIT("sonnet"),
	STR_INIT("haiku") };

/* ---- members, in the order they are written ------------------------------------ */

#define TEXT_AT(key, member, form)                                    \
	{                                                             \
		STR_INIT(key), offsetof(struct adapter, member), form \
	}
const struct text_member member_texts[MEMBER_TEXTS] = {
	TEXT_AT("title", title, FORM_TEXT),
	TEXT_AT("client", client, FORM_TEXT),
	TEXT_AT("root", root, FORM_PATH),
	TEXT_AT("skillPath", skill_path, FORM_NAME_PATH),
	TEXT_AT("resourceDir", resource_dir, FORM_NAME_PATH),
	TEXT_AT("dirFormat", dir_format, FORM_TEXT),
	TEXT_AT("indexDir", index_dir, FORM_PATH),
	TEXT_AT("rolePath", role_path, FORM_NAME_PATH),
	TEXT_AT("commandPath", command_path, FORM_NAME_PATH),
	TEXT_AT("rulesPath", rules_path, FORM_PATH),
	TEXT_AT("instructionsPath", instructions_path, FORM_PATH),
	TEXT_AT("refFormat", ref_format, FORM_REF),
	TEXT_AT("partFormat", part_format, FORM_PART),
	TEXT_AT("hiddenFormat", hidden_format, FORM_TEXT),
	TEXT_AT("roleBody", role_body, FORM_KEY),
	TEXT_AT("commandBody", command_body, FORM_KEY),
	TEXT_AT("loadFormat", load_format, FORM_TEXT),
	TEXT_AT("commandFormat", command_format, FORM_TEXT),
	TEXT_AT("arguments", arguments, FORM_TEXT),
};
#undef TEXT_AT

#define FIELDS_AT(key, member)                                   \
	{                                                        \
		STR_INIT(key), offsetof(struct adapter, member), \
			offsetof(struct adapter, n##member)      \
	}
const struct fields_member member_fields[MEMBER_FIELDS] = {
	FIELDS_AT("fields", fields),
	FIELDS_AT("roleFields", role_fields),
	FIELDS_AT("commandFields", command_fields),
	FIELDS_AT("rulesFields", rules_fields),
};
#undef FIELDS_AT

#define NUMBER_AT(key, member)                                  \
	{                                                       \
		STR_INIT(key), offsetof(struct adapter, member) \
	}
const struct number_member member_limits[MEMBER_LIMITS] = {
	NUMBER_AT("name", limits.name),
	NUMBER_AT("description", limits.description),
	NUMBER_AT("body", limits.body),
	NUMBER_AT("shown", limits.shown),
	NUMBER_AT("alwaysOn", limits.always_on),
	NUMBER_AT("command", limits.command),
	NUMBER_AT("instructions", limits.instructions),
	NUMBER_AT("skills", limits.skills),
};

const struct number_member member_listing[MEMBER_LISTING] = {
	NUMBER_AT("chars", listing.chars),
	NUMBER_AT("tokens", listing.tokens),
	NUMBER_AT("own", listing.own),
	NUMBER_AT("ownFull", listing.own_full),
	NUMBER_AT("entry", listing.entry),
	NUMBER_AT("names", listing.names),
	NUMBER_AT("described", listing.described),
	NUMBER_AT("description", listing.description),
	NUMBER_AT("entries", listing.entries),
};
#undef NUMBER_AT

const struct str member_fills[5] = {
	[LIST_ALL] = STR_INIT("all"),
	[LIST_NAMES] = STR_INIT("names"),
	[LIST_DROP] = STR_INIT("drop"),
	[LIST_TAIL] = STR_INIT("tail"),
	[LIST_EQUAL] = STR_INIT("equal"),
};

const struct str member_hides[3] = {
	[HIDE_NEVER] = STR_INIT("never"),
	[HIDE_KEY] = STR_INIT("key"),
	[HIDE_OPENAI] = STR_INIT("openai"),
};

struct str member_text(const struct adapter *ad, const struct text_member *m)
{
	return *(const struct str *)(const void *)((const char *)ad + m->at);
}

void member_text_set(struct adapter *ad, const struct text_member *m, struct str s)
{
	*(struct str *)(void *)((char *)ad + m->at) = s;
}

const struct field *member_field_list(
	const struct adapter *ad, const struct fields_member *m, size_t *n)
{
	*n = *(const size_t *)(const void *)((const char *)ad + m->n);
	return *(const struct field *const *)(const void *)((const char *)ad + m->v);
}

void member_field_list_set(struct adapter *ad, const struct fields_member *m,
	const struct field *f, size_t n)
{
	*(size_t *)(void *)((char *)ad + m->n) = n;
	*(const struct field **)(void *)((char *)ad + m->v) = f;
}

uint32_t member_number(const struct adapter *ad, const struct number_member *m)
{
	return *(const uint32_t *)(const void *)((const char *)ad + m->at);
}

void member_number_set(struct adapter *ad, const struct number_member *m, uint32_t n)
{
	*(uint32_t *)(void *)((char *)ad + m->at) = n;
}
