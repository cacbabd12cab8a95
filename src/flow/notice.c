/*
 * Who is told that a case changed: one listener in this process, and whom it may concern.
 */
#include "flow_db.h"
#include "flow_priv.h"

static struct {
	void (*fn)(void *arg, const struct flow_notice *n);
	void *arg;
} listener;

void
flow_on_change(void (*fn)(void *arg, const struct flow_notice *n), void *arg)
{
	listener.fn = fn;
	listener.arg = arg;
}

void
flow_notify(const struct flow_notice *n)
{
	if (listener.fn)
		listener.fn(listener.arg, n);
}

struct flow_notice
notice_of(const struct case_work *cw, struct arena *a)
{
	struct flow_notice n = { .case_id = cw->c.id, .version = cw->c.version };

	n.agencies = case_viewers(cw->w, &cw->dir, &cw->c, a, &n.agency_count);
	return n;
}

bool
flow_notice_concerns(const struct actor *who, const struct flow_notice *n)
{
	for (int i = 0; i < who->holding_count; i++)
		for (int k = 0; k < n->agency_count; k++)
			if (who->holdings[i].agency_id == n->agencies[k])
				return true;
	return false;
}
