/*
 * Workflows that open themselves on their day. Looks seldom: nothing of it is a matter of seconds.
 */
#include "jobs_priv.h"

#include "flow.h"

int
schedules_round(struct task *t, bool *more)
{
	int opened;

	*more = false;
	TRY(flow_run_schedules(t, &opened));
	if (opened)
		jobs_wake();
	return OK;
}
