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
	int code;
	struct task *waiting;
	bool is_over;
};

static int
next_tx(struct tx *tx, void *arg)
{
	struct walk *w = arg;

	return store_case_next(tx, w->filter, w->after_id, &w->id);
}

static int
step(struct task *t, struct walk *w)
{
	TRY(tx_run(t, next_tx, w));
	w->after_id = w->id;
	return w->id ? w->fn(t, w->id, w->arg) : OK;
}

static void
run_step(struct task *t, void *arg)
{
	struct walk *w = arg;

	w->code = step(t, w);
	if (w->code != OK) /* its words end with the task */
		w->code = fail(w->waiting, w->code, "%s", task_error_text(t));
	w->is_over = true;
	task_wake(w->waiting);
}

int
each_case(struct task *t, const struct case_filter *filter, case_fn fn, void *arg)
{
	struct walk w = { .filter = filter, .fn = fn, .arg = arg, .waiting = t };

	do {
		w.is_over = false;
		task_start("case", run_step, &w);
		while (!w.is_over)
			task_park(t, -1);
	} while (w.code == OK && w.id);
	return w.code;
}
