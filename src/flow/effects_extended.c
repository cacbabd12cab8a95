/*
 * What follows an extension: the timers of the term and of its reminders, and the dates of tasks.
 */
#include "flow_priv.h"

/* ---- timers ---- */

/* The term that got longer and that this one is, or is a part of. */
static const struct extended *
extended_of(const struct run *r, const char *name)
{
	const struct term *t = name && r->regime ? regime_term(r->regime, name) : NULL;
	const char *whole = t && t->unit == TERM_PERCENT ? t->of : name;

	for (int i = 0; i < r->extended_count; i++)
		if (whole && str_eq(r->extended[i].term, whole))
			return &r->extended[i];
	return NULL;
}

static int64_t
new_date(struct run *r, const struct extended *x, const char *name)
{
	const struct term *t = regime_term(r->regime, name);
	struct json_object *record = run_term_record(r, x->term);
	const struct calendar *c = law_calendar(r->law, json_str(record, "calendar"));

	if (t->unit != TERM_PERCENT)
		return x->due_at;
	return term_record_share(c ? c : r->calendar, record, t->amount, r->a);
}

/* What runs ends and begins anew, with its start. */
static void
move_timers(struct run *r, const struct extended *x)
{
	struct timer_write t;

	for (int i = 0; i < r->running.count;) {
		if (extended_of(r, r->running.timers[i].term) != x) {
			i++;
			continue;
		}
		timer_list_take(&r->running, i, &t);
		name_list_add(&r->cancelled, r->a, t.timer_id);
		t.due_at = new_date(r, x, t.term);
		json_set_instant(run_term_record(r, t.term), "due_at", t.due_at);
		timer_list_add(&r->started, r->a, &t);
	}
}

/* The days left of what stands still; a reminder gets its share of them. */
static void
add_days_left(struct run *r, const char *term, int64_t days)
{
	const struct sc_chart *chart = r->w->chart;
	struct json_object *pause = term_last_pause(run_term_record(r, term));

	json_set_int(pause, "left", json_int(pause, "left", 0) + days);
	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *tr = sc_transition_at(chart, i);
		const struct term *t = tr->delay ? regime_term(r->regime, tr->delay) : NULL;
		int64_t left = tr->delay ? json_int(r->c.paused, tr->event, -1) : -1;
		int share = t && t->unit == TERM_PERCENT ? t->amount : 100;

		if (left < 0 || t == NULL || (!str_eq(t->name, term) && !str_eq(t->of, term)))
			continue;
		json_set_int(r->c.paused, tr->event, left + days * share / 100);
	}
}

static struct extended *
remember(struct run *r, const char *term)
{
	for (int i = 0; i < r->extended_count; i++)
		if (str_eq(r->extended[i].term, term))
			return &r->extended[i];
	ARENA_PUSH(r->a, r->extended, r->extended_count,
	    r->extended_size) = (struct extended){ .term = term };
	return &r->extended[r->extended_count - 1];
}

void
run_extended(struct run *r, const char *term, int64_t due_at, int64_t days)
{
	struct extended *x = remember(r, term);

	x->due_at = due_at;
	if (due_at == 0)
		add_days_left(r, term, days);
	else
		move_timers(r, x);
}

bool
run_start_extended(struct run *r, struct timer_write *t)
{
	const struct extended *x = extended_of(r, t->term);
	struct json_object *record;

	if (x == NULL || x->due_at == 0)
		return false;
	json_object_object_del(r->c.paused, t->timer_id);
	t->due_at = new_date(r, x, t->term);
	if (t->due_at <= r->ev->at) /* a reminder whose share has passed */
		return true;
	timer_list_add(&r->started, r->a, t);
	record = run_term_record(r, t->term);
	term_drop_pause(record, r->ev->at); /* left and entered in one step: it never stood still */
	if (json_str(record, "started_at") == NULL)
		json_set_instant(record, "started_at", t->started_at);
	json_set_instant(record, "due_at", t->due_at);
	json_set_str(record, "status", "running");
	return true;
}

static bool
has_timer(const struct timer_list *l, const char *event)
{
	for (int i = 0; i < l->count; i++)
		if (str_eq(l->timers[i].event, event))
			return true;
	return false;
}

/* What had run out in a state that is still active comes again: the term, and reminders of it whose
 * share lies ahead now. */
void
run_extended_timers(struct run *r, const struct sc_snapshot *next)
{
	const struct sc_chart *chart = r->w->chart;

	for (int i = 0; r->extended_count && i < sc_transition_count(chart); i++) {
		const struct sc_transition *tr = sc_transition_at(chart, i);
		struct timer_write t = { .timer_id = tr->event,
			.event = tr->event,
			.term = tr->delay,
			.started_at = r->ev->at };

		if (tr->delay && sc_is_active(next, tr->source) &&
		    !has_timer(&r->running, tr->event) && !has_timer(&r->started, tr->event))
			run_start_extended(r, &t);
	}
}

/* ---- tasks ---- */

void
run_extended_tasks(struct run *r, struct write_set *ws)
{
	struct task_retime *list = arena_array(r->a, struct task_retime, r->extended_count + 1);

	for (int i = 0; i < r->extended_count; i++) {
		int64_t due_at = run_term_due_at(r, r->extended[i].term);

		if (due_at)
			list[ws->retimed_task_count++] = (struct task_retime){ r->extended[i].term,
				due_at };
	}
	ws->retimed_tasks = list;
}
