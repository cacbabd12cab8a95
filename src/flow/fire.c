/*
 * What nobody sends: a timer that is due, and what another case tells. Both are rows of timers.
 */
#include "flow_db.h"

static const int64_t turn_us = INT64_C(1000000);

static int
wait_tx(struct tx *tx, void *arg)
{
	const struct timer_claim *timer = arg;

	return store_timer_put_off(tx, timer->id, timer->fence, clock_now() + turn_us);
}

/* Another server holds the one before it, or held it when it died. */
static int
wait_for_turn(struct task *t, const struct timer_claim *timer)
{
	struct timer_claim copy = *timer;

	log_debug(
	    "case %lld: timer %s waits for its turn", (long long)timer->case_id, timer->timer_id);
	return tx_run(t, wait_tx, &copy);
}

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
		.timer_fence = timer->fence,
		.timer_due_at = timer->due_at };
	struct flow_result out;
	int code = flow_send_quiet(t, &who, &ev, &out);

	if (code == E_CONFLICT && str_eq(task_error_word(t), "timer-order"))
		return wait_for_turn(t, timer);
	if (is_told && code == E_CONFLICT && str_eq(task_error_word(t), "case-closed"))
		return drop(t, timer);
	if (code == OK)
		log_info("case %lld: timer %s", (long long)timer->case_id, timer->timer_id);
	return code;
}
