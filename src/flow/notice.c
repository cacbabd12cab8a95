/*
 * Who is told that a case changed: one listener in this process, and whom it may concern.
 */
#include "flow_db.h"

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

void
notice_change(const struct case_row *c)
{
	struct flow_notice n = { .case_id = c->id,
		.version = c->version,
		.requester_id = c->requester_id,
		.owner_id = c->owner_id };

	flow_notify(&n);
}

/* A number that somebody sees for a case that is not his costs him one read that is refused: an
 * agency with a role (ICT, Office) is told of all. */
bool
flow_notice_concerns(const struct actor *who, const struct flow_notice *n)
{
	for (int i = 0; i < who->holding_count; i++) {
		const struct holding *h = &who->holdings[i];

		if (h->agency_id == n->requester_id || h->agency_id == n->owner_id ||
		    h->agency_role)
			return true;
	}
	return false;
}
