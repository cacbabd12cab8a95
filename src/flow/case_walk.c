/*
 * All cases of a kind, one after the other, each in a task of its own: however many there are, the
 * memory is that of one.
 */
#include "flow_db.h"

struct walk {
	const struct case_filter *filter;
	case_fn fn;
	void *arg;
	int64_t after_id, id; /* the case before, and this one; 0 at the end */
};

static int
next_tx(struct tx *tx, void *arg)
{
	struct walk *w = arg;

	return store_case_next(tx, w->filter, w->after_id, &w->id);
}

static int
step(struct task *t, void *arg)
{
	struct walk *w = arg;

	TRY(tx_run(t, next_tx, w));
	w->after_id = w->id;
	return w->id ? w->fn(t, w->id, w->arg) : OK;
}

int
each_case(struct task *t, const struct case_filter *filter, case_fn fn, void *arg)
{
	struct walk w = { .filter = filter, .fn = fn, .arg = arg, .after_id = filter->after_id };

	do {
		TRY(task_call(t, "case", step, &w));
	} while (w.id);
	return OK;
}
