/*
 * What nobody sends: a timer that is due, and what another case tells. Both are rows of timers.
 */
#include "flow_db.h"

static int
drop_tx(struct tx *tx, void *arg)
{
	const struct timer_claim *timer = arg;

	return store_timer_done(tx, timer->id, timer->fence);
}

/* A case that is closed hears nothing more. */
static int
drop(struct task *t, const struct timer_claim *timer)
{
	struct timer_claim copy = *timer;

	log_info("case %lld is closed: what %s tells it is dropped", (long long)timer->case_id,
	    timer->timer_id);
	return tx_run(t, drop_tx, &copy);
}

int
flow_fire(struct task *t, const struct timer_claim *timer)
{
	bool is_told = str_starts(timer->timer_id, TOLD_PREFIX);
	struct actor who = { .kind = is_told ? "system" : "timer" };
	struct flow_event ev = { .case_id = timer->case_id,
		.type = timer->event,
		.data = timer->data,
		.timer_row = timer->id,
		.timer_fence = timer->fence };
	struct flow_result out;
	int code = flow_send_quiet(t, &who, &ev, &out);

	if (is_told && code == E_CONFLICT && str_eq(task_error_word(t), "case-closed"))
		return drop(t, timer);
	return code;
}
