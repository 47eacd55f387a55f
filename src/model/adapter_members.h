/* adapter_members.h - what the members of a platform are called in JSON, for the
 * reader and the writer of custom adapters. */
#ifndef RUNE_ADAPTER_MEMBERS_H
#define RUNE_ADAPTER_MEMBERS_H

#include "rune/adapter.h"

struct str field_value_name(enum field_value v);
/* The enumerators are FIELD_NAME to this one. */
#define FIELD_LAST FIELD_MODEL_HINT

enum text_form {
	FORM_TEXT,
	FORM_PATH, /* relative and safe, or empty */
	FORM_NAME_PATH, /* the same, with {name} in it */
	FORM_REF, /* a text with {ref} in it */
	FORM_PART, /* a text with {part} in it, or empty */
	FORM_KEY, /* letters, digits, - and _, or empty */
};

/* Offsets are those in struct adapter. */
struct text_member {
	struct str key;
	size_t at;
	enum text_form form;
};
struct fields_member {
	struct str key;
	size_t v, n;
};
struct number_member {
	struct str key;
	size_t at;
};
struct cap_member {
	struct str key;
	unsigned bit;
};

#define MEMBER_TEXTS   19
#define MEMBER_FIELDS  4
#define MEMBER_LIMITS  8
#define MEMBER_LISTING 9
#define MEMBER_CAPS    8

extern const struct text_member member_texts[MEMBER_TEXTS];
extern const struct fields_member member_fields[MEMBER_FIELDS];
extern const struct number_member member_limits[MEMBER_LIMITS];
extern const struct number_member member_listing[MEMBER_LISTING];
extern const struct str member_fills[5]; /* by enum listing_fill */
extern const struct str member_hides[3]; /* by enum listing_hide */
extern const struct cap_member member_caps[MEMBER_CAPS];
extern const struct str member_layouts[2]; /* by enum adapter_layout */
extern const struct str member_models[3];

struct str member_text(const struct adapter *ad, const struct text_member *m);
void member_text_set(struct adapter *ad, const struct text_member *m, struct str s);
const struct field *member_field_list(
	const struct adapter *ad, const struct fields_member *m, size_t *n);
void member_field_list_set(struct adapter *ad, const struct fields_member *m,
	const struct field *f, size_t n);
uint32_t member_number(const struct adapter *ad, const struct number_member *m);
void member_number_set(struct adapter *ad, const struct number_member *m, uint32_t n);

#endif
