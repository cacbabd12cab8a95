/*
 * Commits of other processes: new events become notices for those who listen here, and wake the
 * mailer; in the demo the clock that another process moved is followed.
 */
#include "jobs_priv.h"

#include "flow.h"

/* Transactions commit in another order than they took their ids, so the newest ids are read again;
 * `told` keeps which were told. */
enum { LOOK_BACK = 256, TOLD = 1024, CHANGES_AT_ONCE = 512 };

static struct {
	int64_t newest; /* -1: not looked yet */
	int64_t told[TOLD];
} seen = { .newest = -1 };

static bool
is_news(int64_t event_id)
{
	int64_t *slot = &seen.told[event_id % TOLD];

	if (*slot == event_id)
		return false;
	*slot = event_id;
	return true;
}

static void
tell(const struct change *c)
{
	struct flow_notice n = { .case_id = c->case_id,
		.version = c->version,
		.agencies = c->agencies,
		.agency_count = c->agency_count };

	if (c->event_id > seen.newest)
		seen.newest = c->event_id;
	if (is_news(c->event_id)) {
		flow_notify(&n);
		jobs_wake();
	}
}

/* What happened before this process listened is nobody's news. */
static int
begin_at_newest(struct task *t)
{
	struct change *list;
	int count;

	TRY(store_changes(t, -1, 1, &list, &count));
	seen.newest = count ? list[0].event_id : 0;
	for (int64_t id = seen.newest; id > 0 && id > seen.newest - LOOK_BACK; id--)
		is_news(id);
	return OK;
}

int
watcher_round(struct task *t, bool *more)
{
	struct change *list;
	int64_t after, newest;
	int count;

	if (jobs_config()->is_demo)
		TRY(flow_demo_clock_follow(t));
	if (seen.newest < 0)
		return begin_at_newest(t);
	newest = seen.newest;
	after = newest > LOOK_BACK ? newest - LOOK_BACK : 0;
	TRY(store_changes(t, after, CHANGES_AT_ONCE, &list, &count));
	for (int i = 0; i < count; i++)
		tell(&list[i]);
	*more = count == CHANGES_AT_ONCE && seen.newest > newest;
	return OK;
}
