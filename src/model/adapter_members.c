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

const struct limit_member member_limits[MEMBER_LIMITS] = {
	{ STR_INIT("name"), offsetof(struct adapter_limits, name) },
	{ STR_INIT("description"), offsetof(struct adapter_limits, description) },
	{ STR_INIT("body"), offsetof(struct adapter_limits, body) },
	{ STR_INIT("alwaysOn"), offsetof(struct adapter_limits, always_on) },
	{ STR_INIT("command"), offsetof(struct adapter_limits, command) },
	{ STR_INIT("skills"), offsetof(struct adapter_limits, skills) },
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

uint32_t member_limit(const struct adapter *ad, const struct limit_member *m)
{
	return *(const uint32_t *)(const void *)((const char *)&ad->limits + m->at);
}

void member_limit_set(struct adapter *ad, const struct limit_member *m, uint32_t n)
{
	*(uint32_t *)(void *)((char *)&ad->limits + m->at) = n;
}
