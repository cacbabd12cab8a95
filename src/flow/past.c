/*
 * All rows of one case, as they are now.
 */
#include "past_priv.h"
#include "recount.h"

bool
past_is_recount(const struct event_row *e)
{
	return str_eq(e->e.kind, "system") && str_eq(e->e.type, DATES_RECOMPUTED);
}

bool
past_is_move(const struct event_row *e)
{
	return str_eq(e->e.kind, "system") &&
	       (str_eq(e->e.type, MIGRATED) || str_eq(e->e.type, MIGRATION_UNDONE));
}

/* One that is gone or does not hold any more is told by who needs it. */
static int
load_version(struct tx *tx, int64_t id)
{
	const struct workflow *w;
	int code = version_read(tx, id, &w);

	return code == E_NOT_FOUND || code == E_INTERNAL ? OK : code;
}

/* All that the case was pinned to at any time. */
static int
read_versions(struct tx *tx, struct past *p)
{
	int64_t first = p->c.workflow_version_id;

	TRY(load_version(tx, first));
	for (int i = p->event_count - 1; i >= 0; i--) {
		if (!past_is_move(&p->events[i]))
			continue;
		first = json_int(p->events[i].e.data, "from", 0);
		TRY(load_version(tx, first));
	}
	p->first = flow_version(first);
	return OK;
}

/* May run again. */
static int
read_tx(struct tx *tx, void *arg)
{
	struct past *p = arg;
	int64_t case_id = p->case_id;
	struct case_line line;

	*p = (struct past){ .case_id = case_id };
	TRY(store_case_read(tx, case_id, &p->c));
	TRY(store_case_line(tx, case_id, &line));
	p->active_states = line.active_states;
	TRY(store_events(tx, case_id, &p->events, &p->event_count));
	TRY(store_tasks_open(tx, case_id, &p->tasks, &p->task_count));
	TRY(store_timers_of_case(tx, case_id, &p->timers, &p->timer_count));
	for (int i = 0; i < p->event_count; i++)
		TRY(law_read(tx, p->events[i].e.law_id));
	return read_versions(tx, p);
}

int
past_read(struct task *t, int64_t case_id, struct past *p)
{
	p->case_id = case_id;
	return tx_run(t, read_tx, p);
}
