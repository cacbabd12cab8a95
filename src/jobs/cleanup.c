/*
 * Sweeps up what has run out: sessions, failures to sign in, idempotency keys, incidents that are
 * over.
 */
#include "jobs_priv.h"

#include "flow.h"

static const int64_t kept_us = 24 * 3600 * INT64_C(1000000);

int
cleanup_round(struct task *t, bool *more)
{
	int64_t deleted;

	*more = false;
	TRY(store_clean(t, clock_now() - clock_offset() - kept_us, &deleted));
	TRY(flow_incidents_tidy(t));
	if (deleted)
		log_info("clean-up: %lld rows that had run out", (long long)deleted);
	return OK;
}
