/* tokens.h - how many tokens a text is for a model, by estimate. */
#ifndef RUNE_TOKENS_H
#define RUNE_TOKENS_H

#include "rune/base.h"

/* A word of up to eleven letters counts one token, a longer one more; so do digits by
 * threes, punctuation, line ends and other scripts, with weights that were fitted to
 * the o200k_base tokenizer over this library and the public skills of a corpus: off by
 * 3 % on average, at most 13 % for a file (tests/library/tokens.py compares). Models of
 * other makers count up to a fifth more. */
size_t tokens_estimate(struct str s);

/* A model's context as people write it, "200k", "1m", "128000", from 1000 tokens on; 0:
 * it is none. */
uint32_t tokens_parse(struct str s);

#endif
