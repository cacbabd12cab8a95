/*
 * The workflows of a folder, and which of their ways the stories took.
 */
#ifndef LT_SCENARIO_CHARTS_H
#define LT_SCENARIO_CHARTS_H

#include "../../src/flow/flow_priv.h"

struct chart {
	const char *file;   /* "wf-10-proposal.json" */
	const char *stem;   /* "wf10": so begin the names of its stories */
	struct workflow *w; /* NULL: refused */
	struct error_list mistakes;
	bool *taken; /* by index of transition */
	int stories;
};

struct charts {
	struct arena *a;
	struct chart *list;
	int count, size;
};

void charts_load(struct charts *l, struct arena *a, const struct law *law, const char *folder);
void charts_free(struct charts *l);
struct chart *charts_find(const struct charts *l, const char *id); /* NULL: none */
void charts_count_story(struct charts *l, const char *path);
/* Prints what is missing in the workflows that have stories (with all: in every one), and how much.
 */
int charts_judge(const struct charts *l, bool all);

#endif
