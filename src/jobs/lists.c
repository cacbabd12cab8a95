/*
 * Lists of open work that are mailed on a day of the week.
 */
#include "jobs_priv.h"

#include "flow.h"

int
lists_round(struct task *t, bool *more)
{
	int sent;

	*more = false;
	TRY(flow_run_mail_lists(t, &sent));
	if (sent)
		jobs_wake();
	return OK;
}
