/*
 * What pictures, differences and the matrix of rights share: the JSON behind a state, where it
 * begins, and who is meant by {post, of} in words.
 */
#ifndef LT_TOOL_WORDS_H
#define LT_TOOL_WORDS_H

#include "flow_priv.h"

/* Borrowed from the chart. */
struct json_object *state_json_of(const struct sc_chart *chart, const struct sc_state *s);
/* The child a compound state begins in; NULL for a parallel one, whose regions all begin. */
const struct sc_state *state_initial(const struct sc_chart *chart, const struct sc_state *s);
/* NULL for a leaf. History states do not count. */
const struct sc_state *state_first_child(const struct sc_chart *chart, const struct sc_state *s);
/* The title in that language, else the other text. */
const char *title_in(struct json_object *o, const char *lang, const char *otherwise);
/* "Head of agency, agency asked"; without a law "head of the owner". */
const char *right_words(const struct law *l, struct json_object *right, const char *lang,
    struct arena *a);

#endif
