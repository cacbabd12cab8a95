/*
 * Counting open cases again, at work: what the preview, the command and the API share.
 */
#ifndef LT_DATES_RUN_H
#define LT_DATES_RUN_H

#include "flow_db.h"
#include "recount.h"

struct dating {
	const struct law *law; /* counted by */
	const char *law_hash;
	struct recomputation run; /* id 0: nothing is written */
	void (*tell)(void *arg, struct json_object *moved); /* may be NULL */
	void *arg;
	struct flow_dated *out;
};
/* All open cases after run.last_case; with a run each is written, and the run with it. */
int dates_walk(struct task *t, struct dating *d) MUST_CHECK;
/* The run under this law that is not over, or a new one with d->run's why and starter. */
int dates_begin(struct task *t, struct dating *d) MUST_CHECK;
int dates_end(struct task *t, struct dating *d) MUST_CHECK;

#endif
