/*
 * Incidents: timers that keep failing. They hold up nobody else, are tried again each hour, and
 * stand on a page where people may have them tried at once. The operators get one letter until none
 * is left.
 */
#include "flow_db.h"

#define INCIDENT_ALARM "incident"

/* ---- one more failure ---- */

/* The alarm of incidents that are over is over, though nobody has noticed. */
static int
raise_incident(struct tx *tx, const struct timer_claim *timer, const char *why)
{
	struct json_object *values;
	int64_t count;
	bool is_new;

	TRY(store_incident_raise(tx, timer, clock_now(), &is_new));
	if (!is_new)
		return OK;
	TRY(store_incidents_forget(tx, &count));
	if (count == 1)
		TRY(store_alarm_end(tx, INCIDENT_ALARM, "", clock_now()));
	TRY(store_alarm_raise(tx, INCIDENT_ALARM, "", clock_now(), &is_new));
	if (!is_new)
		return OK;
	values = json_keep(tx_arena(tx), json_object_new_object());
	json_set_str(values, "error", why);
	json_set_str(values, "path", "/operations");
	return letter_send_to_operators(tx, "incident", values);
}

struct failure {
	const struct timer_claim *timer;
	const char *why;
	int64_t next_at;
	bool is_incident;
};

static int
failed_tx(struct tx *tx, void *arg)
{
	const struct failure *f = arg;

	TRY(store_timer_failed(tx, f->timer->id, f->timer->fence, f->why, f->next_at));
	return f->is_incident ? raise_incident(tx, f->timer, f->why) : OK;
}

int
flow_timer_failed(struct task *t, const struct timer_claim *timer, const char *why, int64_t next_at,
    bool is_incident)
{
	struct failure f = { timer, why, next_at, is_incident };

	TRY(agencies_refresh(t));
	return tx_run(t, failed_tx, &f);
}

/* ---- when they are over ---- */

static int
tidy_tx(struct tx *tx, void *arg)
{
	int64_t left;

	(void)arg;
	TRY(store_incidents_forget(tx, &left));
	return left ? OK : store_alarm_end(tx, INCIDENT_ALARM, "", clock_now());
}

int
flow_incidents_tidy(struct task *t)
{
	return tx_run(t, tidy_tx, NULL);
}

/* ---- for those who operate the system ---- */

/* The words of the first transition that listens; what another case tells may have none. */
static struct json_object *
what_json(const struct workflow *w, const char *event)
{
	const struct sc_chart *chart = w ? workflow_chart(w) : NULL;

	for (int i = 0; chart && i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		if (str_eq(t->event, event))
			return title_or_key(t->meta, event);
	}
	return title_json(event, event);
}

static struct json_object *
incident_json(const struct incident *i)
{
	struct json_object *o = json_object_new_object(), *c = json_object_new_object();

	json_set_int(o, "id", i->id);
	json_set_int(c, "id", i->case_id);
	json_set_str(c, "number", i->case_number);
	json_set_str(c, "title", i->case_title);
	json_set(o, "case", c);
	json_set(o, "what", what_json(flow_version(i->workflow_version_id), i->event));
	json_set_str(o, "event", i->event);
	json_set_instant(o, "due_at", i->due_at);
	json_set_int(o, "attempts", i->attempts);
	json_set_str(o, "error", i->error);
	json_set_instant(o, "since", i->since);
	json_set_instant(o, "next_at", i->next_at);
	return o;
}

int
flow_incidents(struct task *t, int64_t before, int limit, struct json_object **list)
{
	struct json_object *items;
	struct incident *rows;
	int64_t total;
	int count;

	TRY(store_incidents(t, before, limit + 1, &rows, &count, &total));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count && i < limit; i++)
		json_push(items, incident_json(&rows[i]));
	json_set_int(*list, "total", total);
	json_set_str(*list, "next",
	    count > limit ? arena_printf(task_arena(t), "%lld", (long long)rows[limit - 1].id)
			  : NULL);
	return OK;
}

int
flow_incident_list(struct task *t, const struct actor *who, const char *after, int limit,
    struct json_object **list)
{
	int64_t before;

	TRY(operators_only(t, who));
	TRY(cursor_read(t, after, &before));
	return flow_incidents(t, before, limit, list);
}

static int
retry_tx(struct tx *tx, void *arg)
{
	return store_incident_retry(tx, *(int64_t *)arg, clock_now());
}

int
flow_incident_retry_now(struct task *t, int64_t id)
{
	return tx_run(t, retry_tx, &id);
}

int
flow_incident_retry(struct task *t, const struct actor *who, int64_t id)
{
	TRY(operators_only(t, who));
	TRY(flow_incident_retry_now(t, id));
	log_info("incident %lld is tried again by person %lld", (long long)id,
	    (long long)who->person_id);
	return OK;
}
