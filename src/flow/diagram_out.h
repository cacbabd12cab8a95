/*
 * What the pictures of a chart share: titles, labels, where a state begins.
 */
#ifndef LT_DIAGRAM_OUT_H
#define LT_DIAGRAM_OUT_H

#include "tool_words.h"

const char *diagram_label(struct arena *a, const struct sc_transition *t, const char *lang);

#endif
