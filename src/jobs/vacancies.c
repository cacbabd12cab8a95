/*
 * Posts that have become vacant: looked for when a process starts and each hour of the product's
 * clock.
 */
#include "jobs_priv.h"

#include "flow.h"

static const int64_t hour_us = INT64_C(3600) * 1000000;

int
vacancies_round(struct task *t, bool *more)
{
	static int64_t looked_at;
	int64_t now = clock_now();
	bool told;

	*more = false;
	if (looked_at && now >= looked_at && now - looked_at < hour_us)
		return OK;
	TRY(flow_vacancy_alarms(t, &told));
	looked_at = now;
	if (told)
		jobs_wake();
	return OK;
}
