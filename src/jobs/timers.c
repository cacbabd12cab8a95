/*
 * Due timers become events of their case, by the same verb as people's. One that fails is tried
 * again later, and holds up no other.
 */
#include "jobs_priv.h"

#include "flow.h"

enum { TIMERS_AT_ONCE = 16, ATTEMPTS_FEW = 3, FIRST_MS = 5000, LIMIT_MS = 3600 * 1000 };
static const int64_t lease_us = 60 * INT64_C(1000000);

struct claims {
	struct timer_claim *list;
	int count;
};

static int
claim_tx(struct tx *tx, void *arg)
{
	struct claims *c = arg;

	return store_timers_claim(tx, clock_now(), lease_us, TIMERS_AT_ONCE, &c->list, &c->count);
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

	if (is_incident)
		log_error("case %lld: timer %s failed %d times: %s", (long long)c->case_id,
		    c->timer_id, c->attempts, why);
	else
		log_warn("case %lld: timer %s: %s", (long long)c->case_id, c->timer_id, why);
	if (flow_timer_failed(t, c, why, next_at, is_incident) != OK)
		log_debug("timer %lld: %s", (long long)c->id, task_error_text(t));
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
	log_info("case %lld: timer %s", (long long)c->case_id, c->timer_id);
	return c->attempts > ATTEMPTS_FEW ? flow_incidents_tidy(t) : OK;
}

int
timers_round(struct task *t, bool *more)
{
	struct claims c = { 0 };

	TRY(tx_run(t, claim_tx, &c));
	for (int i = 0; i < c.count && !jobs_is_stopping(); i++)
		TRY(task_call(t, "timer", fire, &c.list[i]));
	*more = c.count == TIMERS_AT_ONCE;
	if (c.count > 0)
		jobs_wake();
	return OK;
}
