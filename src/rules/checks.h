/* checks.h - the prototypes of all checks, made of the lists that run them. A
 * check's name begins with its family's. */
#ifndef RUNE_RULES_CHECKS_H
#define RUNE_RULES_CHECKS_H

#include "rune/rules.h"

#define CHECK_FILE(fn, kinds) rule_check_file fn;
#define CHECK_SKILL(fn)	      rule_check_skill fn;
#define CHECK_PACK(fn)	      rule_check_pack fn;
#define CHECK_TEXT(fn)	      rule_check_text fn;
#define CHECK_PROJECT(fn)     rule_check_project fn;
#include "rules/checks.def"
#undef CHECK_FILE
#undef CHECK_SKILL
#undef CHECK_PACK
#undef CHECK_TEXT
#undef CHECK_PROJECT

#endif
