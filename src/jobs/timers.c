/*
 * Due timers become events of their case, by the same verb as people's: a few cases side by side,
 * the timers of one case one after the other. One that fails is tried again later, and holds up no
 * other.
 */
#include "jobs_priv.h"

#include "flow.h"

enum { LANES = 8, TIMERS_AT_ONCE = 128, ATTEMPTS_FEW = 3, FIRST_MS = 5000, LIMIT_MS = 3600 * 1000 };
static const int64_t lease_us = 60 * INT64_C(1000000);

struct batch {
	struct timer_claim *list; /* in order of due time */
	int *then;                /* the next one of the same case; -1: none */
	bool *is_later;           /* an earlier one of its case leads to it */
	int count, next;          /* those from `next` on were not looked at */
	int lanes_open;
	struct task *waiting;
};

static int
claim_tx(struct tx *tx, void *arg)
{
	struct batch *b = arg;

	return store_timers_claim(tx, clock_now(), lease_us, TIMERS_AT_ONCE, &b->list, &b->count);
}

/* Never given up: a deadline or what another case told would be lost for good, where a calendar
 * made longer or a better version may yet let it through. But it is soon an incident, which people
 * see. */
static void
put_off(struct task *t, const struct timer_claim *c, int code)
{
	char *why = arena_strdup(task_arena(t), task_error_text(t));
	bool is_incident = c->attempts >= ATTEMPTS_FEW && code != E_BUSY &&
			   code != E_UNKNOWN_OUTCOME;
	int64_t next_at = clock_now() + backoff_us(c->attempts, FIRST_MS, LIMIT_MS);
	int noted = flow_timer_failed(t, c, why, next_at, is_incident);

	if (noted == E_CONFLICT) /* another has it by now, or it was cancelled */
		log_debug("timer %lld: %s", (long long)c->id, why);
	else if (is_incident)
		log_error("case %lld: timer %s failed %d times: %s", (long long)c->case_id,
		    c->timer_id, c->attempts, why);
	else
		log_warn("case %lld: timer %s: %s", (long long)c->case_id, c->timer_id, why);
}

static int
fire(struct task *t, void *arg)
{
	const struct timer_claim *c = arg;
	int code = flow_fire(t, c);

	if (code != OK) {
		put_off(t, c, code);
		return OK; /* it holds up no other */
	}
	return c->attempts > ATTEMPTS_FEW ? flow_incidents_tidy(t) : OK;
}

/* ---- a batch ---- */

static void
order_by_case(struct arena *a, struct batch *b)
{
	b->then = arena_array(a, int, b->count + 1);
	b->is_later = arena_array(a, bool, b->count + 1);
	for (int i = 0; i < b->count; i++) {
		int k = i - 1;

		b->then[i] = -1;
		while (k >= 0 && b->list[k].case_id != b->list[i].case_id)
			k--;
		b->is_later[i] = k >= 0;
		if (k >= 0)
			b->then[k] = i;
	}
}

static void
run_lane(struct task *t, void *arg)
{
	struct batch *b = arg;

	while (b->next < b->count && !jobs_is_stopping()) {
		int i = b->next++;

		for (int k = b->is_later[i] ? -1 : i; k >= 0; k = b->then[k])
			if (task_call(t, "timer", fire, &b->list[k]) != OK)
				log_warn("timers: %s", task_error_text(t));
	}
	b->lanes_open--;
	task_wake(b->waiting);
}

int
timers_round(struct task *t, bool *more)
{
	struct batch b = { .waiting = t };

	TRY(tx_run(t, claim_tx, &b));
	order_by_case(task_arena(t), &b);
	for (; b.lanes_open < LANES && b.lanes_open < b.count; b.lanes_open++)
		task_start("timers", run_lane, &b);
	while (b.lanes_open > 0)
		task_park(t, -1);
	*more = b.count == TIMERS_AT_ONCE;
	if (b.count > 0)
		jobs_wake();
	return OK;
}
