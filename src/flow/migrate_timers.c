/*
 * Timers of a case that gets another version: those of states that go on are kept or moved with
 * their dates, the others end; what is new begins.
 */
#include "migrate_priv.h"

#include <stdlib.h>

struct timers {
	struct run *r;
	const struct migrate_plan *p;
	const struct sc_snapshot *next;
	struct str *report;
	struct name_list covered; /* events of the new chart that a timer stands for */
	struct sc_timer_op *ops;  /* what the run ends and begins */
	int count, size;
};

static void
tell(struct timers *k, const char *what, const char *id, int64_t due_at)
{
	str_addf(k->report, "  timer      %s: %s%s%s\n", what, id, due_at ? ", due " : "",
	    due_at ? local_time_text(k->r->calendar, k->r->a, due_at) : "");
}

/* The `after` transition that a timer's event belongs to; NULL: none. */
static const struct sc_transition *
after_of(const struct sc_chart *chart, const char *event)
{
	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		if (t->delay && str_eq(t->event, event))
			return t;
	}
	return NULL;
}

/* The `after` of the new chart that takes the place of an old one: same delay, active source. */
static const struct sc_transition *
heir_of(struct timers *k, const struct sc_transition *old)
{
	const struct sc_chart *to = workflow_chart(k->p->to);
	const struct sc_state *const *s = migrate_successors(k->p, old->source->id, k->r->a);

	for (; s && *s; s++)
		for (int i = 0; i < sc_transition_count(to); i++) {
			const struct sc_transition *t = sc_transition_at(to, i);

			if (t->source == *s && str_eq(t->delay, old->delay) &&
			    sc_is_active(k->next, t->source))
				return t;
		}
	return NULL;
}

static bool
is_covered(const struct timers *k, const char *event)
{
	for (int i = 0; i < k->covered.count; i++)
		if (str_eq(k->covered.names[i], event))
			return true;
	return false;
}

static void
add_op(struct timers *k, const struct sc_timer_op *op)
{
	ARENA_PUSH(k->r->a, k->ops, k->count, k->size) = *op;
}

/* ---- timers that run ---- */

static void
take_over(struct timers *k, const struct timer_write *t, const struct sc_transition *heir)
{
	struct timer_write moved = *t;
	struct run *r = k->r;

	name_list_add(&k->covered, r->a, heir->event);
	if (str_eq(heir->event, t->event)) {
		tell(k, "kept", t->timer_id, t->due_at);
		return;
	}
	moved.timer_id = moved.event = heir->event;
	name_list_add(&r->cancelled, r->a, t->timer_id);
	ARENA_PUSH(r->a, r->started.timers, r->started.count, r->started.size) = moved;
	tell(k, "moved", arena_printf(r->a, "%s -> %s", t->timer_id, heir->event), t->due_at);
}

static bool
listens(const struct sc_chart *chart, const char *event)
{
	for (int i = 0; i < sc_transition_count(chart); i++)
		if (str_eq(sc_transition_at(chart, i)->event, event))
			return true;
	return false;
}

/* Not of an `after`: what another case told, or a delayed raise. */
static bool
is_kept_as_is(const struct timers *k, const struct timer_write *t)
{
	return str_starts(t->timer_id, TOLD_PREFIX) ||
	       (after_of(workflow_chart(k->p->from), t->event) == NULL &&
		   listens(workflow_chart(k->p->to), t->event));
}

static void
end_or_take_over(struct timers *k, const struct timer_write *t)
{
	const struct sc_transition *old = after_of(workflow_chart(k->p->from), t->event);
	const struct sc_transition *heir = old ? heir_of(k, old) : NULL;

	if (is_kept_as_is(k, t)) {
		tell(k, "kept", t->timer_id, t->due_at);
	} else if (heir && !k->p->restarts) {
		take_over(k, t, heir);
	} else {
		add_op(k, &(struct sc_timer_op){ .id = t->timer_id });
		tell(k, "cancelled", t->timer_id, 0);
	}
}

/* ---- timers that the new version has and the case has not ---- */

static struct json_object *
term_record(const struct run *r, const char *term)
{
	return json_get(json_get(r->c.context, "terms"), term);
}

/* The old version had it at the same place, and it ran out: it does not come a second time. */
static bool
ran_out(struct timers *k, const struct sc_transition *t)
{
	const struct sc_chart *from = workflow_chart(k->p->from);

	if (!str_eq(json_str(term_record(k->r, t->delay), "status"), "over"))
		return false;
	for (int i = 0; i < sc_transition_count(from); i++) {
		const struct sc_transition *old = sc_transition_at(from, i);

		if (str_eq(old->delay, t->delay) && heir_of(k, old) == t)
			return true;
	}
	return false;
}

/* A new reminder of a term that runs already falls at its share of that term. */
static int64_t
share_due(const struct run *r, const char *name)
{
	const struct term *t = regime_term(r->regime, name);
	struct json_object *whole = t && t->unit == TERM_PERCENT ? term_record(r, t->of) : NULL;

	if (!str_eq(json_str(whole, "status"), "running"))
		return 0;
	return term_record_share(run_calendar_of(r, t->of), whole, t->amount, r->a);
}

static void
start_share(struct timers *k, const struct sc_transition *t, int64_t due_at)
{
	struct run *r = k->r;
	struct json_object *record;

	if (due_at <= r->ev->at) {
		tell(k, "not started, its time is past", t->event, due_at);
		return;
	}
	record = json_object_new_object();
	json_set_instant(record, "started_at", r->ev->at);
	json_set_instant(record, "due_at", due_at);
	json_set_str(record, "status", "running");
	json_set(json_get(r->c.context, "terms"), t->delay, record);
	ARENA_PUSH(r->a, r->started.timers, r->started.count,
	    r->started.size) = (struct timer_write){ .timer_id = t->event,
		.event = t->event,
		.term = t->delay,
		.started_at = r->ev->at,
		.due_at = due_at };
	tell(k, "started", t->event, due_at);
}

static bool
is_digits(const char *s)
{
	return *s >= '0' && *s <= '9';
}

static void
start_new(struct timers *k, const struct sc_transition *t)
{
	bool is_term = !is_digits(t->delay);
	int64_t share = is_term && !k->p->restarts ? share_due(k->r, t->delay) : 0;

	if (is_covered(k, t->event))
		return;
	name_list_add(&k->covered, k->r->a, t->event); /* several may listen to one timer */
	if (is_term && !k->p->restarts && ran_out(k, t)) {
		tell(k, "not started, it ran out before", t->event, 0);
	} else if (share) {
		start_share(k, t, share);
	} else {
		add_op(k, &(struct sc_timer_op){ .is_start = true,
			      .id = t->event,
			      .event = t->event,
			      .delay = is_term ? t->delay : NULL,
			      .delay_ms = is_term ? 0 : strtoll(t->delay, NULL, 10),
			      .state = t->source });
	}
}

/* ---- all of them ---- */

static void
run_ops(struct timers *k)
{
	static const struct sc_state *const none[] = { NULL };
	struct sc_step step = { .next = (struct sc_snapshot *)k->next,
		.exited = none,
		.entered = none,
		.timers = k->ops,
		.timer_count = k->count };

	run_timers(k->r, &step);
	k->count = 0;
}

/* A term that ended at one place may run on at another. */
static void
note_running(struct run *r, const struct timer_list *l)
{
	for (int i = 0; i < l->count; i++)
		if (l->timers[i].term)
			json_set_str(term_record(r, l->timers[i].term), "status", "running");
}

static void
tell_started(struct timers *k, int from)
{
	for (int i = from; i < k->r->started.count; i++)
		tell(
		    k, "started", k->r->started.timers[i].timer_id, k->r->started.timers[i].due_at);
}

static void
end_old(struct timers *k)
{
	struct run *r = k->r;

	for (int i = 0; i < r->running.count; i++)
		end_or_take_over(k, &r->running.timers[i]);
	run_ops(k);
	if (k->p->restarts)
		r->c.paused = json_keep(r->a, json_object_new_object());
	note_running(r, &r->running);
	note_running(r, &r->started);
}

void
migrate_timers(
    struct run *r, const struct migrate_plan *p, const struct sc_snapshot *next, struct str *report)
{
	struct timers k = { .r = r, .p = p, .next = next, .report = report };
	const struct sc_chart *to = workflow_chart(p->to);
	int before;

	if (json_get(r->c.context, "terms") == NULL)
		json_set(r->c.context, "terms", json_object_new_object());
	end_old(&k);
	for (int i = 0; i < sc_transition_count(to); i++)
		if (sc_transition_at(to, i)->delay &&
		    sc_is_active(next, sc_transition_at(to, i)->source))
			start_new(&k, sc_transition_at(to, i));
	before = r->started.count;
	run_ops(&k);
	tell_started(&k, before);
}
