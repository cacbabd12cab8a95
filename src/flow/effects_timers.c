/*
 * Timers of one event: what starts, what ends, what is paused; and the dates that follow.
 */
#include "flow_priv.h"

enum {
	RAN_OUT =
	    -1,     /* in `paused`: a term that resumes has no time left and does not start again */
	FRESH = -2, /* not in `paused`: begins with its whole time */
};

void
timer_list_add(struct timer_list *l, struct arena *a, const struct timer_write *t)
{
	ARENA_PUSH(a, l->timers, l->count, l->size) = *t;
}

void
timer_list_take(struct timer_list *l, int i, struct timer_write *out)
{
	*out = l->timers[i];
	for (; i + 1 < l->count; i++)
		l->timers[i] = l->timers[i + 1];
	l->count--;
}

static bool
timer_list_take_id(struct timer_list *l, const char *id, struct timer_write *out)
{
	for (int i = 0; i < l->count; i++)
		if (str_eq(l->timers[i].timer_id, id)) {
			timer_list_take(l, i, out);
			return true;
		}
	return false;
}

/* ---- timers that end ---- */

void
run_timers_begin(struct run *r, const struct timer_write *running, int count)
{
	for (int i = 0; i < count; i++)
		timer_list_add(&r->running, r->a, &running[i]);
}

static bool
resumes(const struct run *r, const char *term)
{
	const struct term *t = term && r->regime ? regime_term(r->regime, term) : NULL;

	if (t && t->of) /* a part runs on with its whole */
		t = regime_term(r->regime, t->of);
	return t && t->resumes;
}

/* What begins as a term runs out counts from the day that ended at 24:00, not from the new one; and
 * from then, however late the timer was noticed. Noon stands for that day. A date that had gone by
 * when its term began counts from the beginning: a year mistyped is not a hundred years late. */
static void
start_from(struct run *r, int64_t due_at)
{
	int64_t day = calendar_day_of(r->calendar, due_at - 1);

	r->started_at = due_at;
	r->term_start = due_at == calendar_day_end(r->calendar, day) ? due_at - HALF_DAY_US
								     : due_at;
}

bool
run_timer_fired(struct run *r)
{
	bool was_any = false;
	struct timer_write t;

	for (int i = 0; i < r->running.count;) {
		if (!str_eq(r->running.timers[i].event, r->ev->type) ||
		    r->running.timers[i].due_at > r->ev->at) {
			i++;
			continue;
		}
		timer_list_take(&r->running, i, &t);
		name_list_add(&r->cancelled, r->a, t.timer_id);
		run_note_status(r, t.term, "over");
		start_from(r, t.due_at > t.started_at ? t.due_at : t.started_at);
		if (resumes(r, t.term))
			json_set_int(r->c.paused, t.timer_id, RAN_OUT);
		was_any = true;
	}
	return was_any;
}

static void
stop(struct run *r, const char *id)
{
	struct timer_write t;
	bool was_running = timer_list_take_id(&r->running, id, &t);
	int days_left;

	if (was_running)
		name_list_add(&r->cancelled, r->a, t.timer_id);
	else if (!timer_list_take_id(&r->started, id, &t))
		return;
	run_note_status(r, t.term, "ended");
	if (!resumes(r, t.term))
		return;
	days_left = term_days_left(run_calendar_of(r, t.term), r->ev->at, t.due_at);
	run_note_pause(r, t.term, days_left);
	json_set_int(r->c.paused, t.timer_id, days_left);
}

/* ---- timers that start ---- */

/* A reminder runs on to the noon of its day, so that it still comes before the term itself. */
static void
resume(struct run *r, struct timer_write *t, int days_left)
{
	t->due_at = term_resume(run_calendar_of(r, t->term), r->term_start, days_left);
	if (regime_term(r->regime, t->term)->unit == TERM_PERCENT)
		t->due_at -= HALF_DAY_US;
	json_object_object_del(r->c.paused, t->timer_id);
}

static void
start_term(struct run *r, struct timer_write *t)
{
	int64_t days = resumes(r, t->term) ? json_int(r->c.paused, t->timer_id, FRESH) : FRESH;

	if (days == RAN_OUT || r->regime == NULL || r->calendar == NULL)
		return;
	t->started_at = r->started_at;
	/* Of a term that runs on this is more than is left: it shows that the calendar reaches. */
	t->due_at = run_term_due(r, t->term);
	if (t->due_at == 0)
		return;
	if (days != FRESH)
		resume(r, t, (int)days);
	timer_list_add(&r->started, r->a, t);
	run_note_start(r, t, days != FRESH);
}

static void
start(struct run *r, const struct sc_timer_op *op)
{
	struct timer_write t = { .timer_id = op->id,
		.event = op->event,
		.term = op->delay,
		.started_at = r->ev->at,
		.data = op->data };

	stop(r, op->id);
	if (op->delay) {
		if (!run_start_extended(r, &t))
			start_term(r, &t);
		return;
	}
	t.due_at = r->ev->at + op->delay_ms * 1000;
	timer_list_add(&r->started, r->a, &t);
}

/* ---- the whole step ---- */

static bool
is_paused(const struct run *r, const struct sc_snapshot *next)
{
	const struct sc_state *const *s = sc_active(r->w->chart, r->a, next);

	for (; *s; s++)
		if (str_eq(json_str((*s)->meta, "clock"), "paused"))
			return true;
	return false;
}

/* A term left for good is not paused: no clock of the case stands still. */
static void
end_paused(struct run *r)
{
	json_object_object_foreach(run_terms(r), term, record)
	{
		(void)term;
		if (!str_eq(json_str(record, "status"), "paused"))
			continue;
		json_set_str(record, "status", "ended");
		term_drop_pause(
		    record, r->ev->at); /* a pause that began in this step was the end */
	}
}

void
run_timers(struct run *r, const struct sc_step *step)
{
	for (int i = 0; i < step->timer_count && r->problem == NULL; i++) {
		if (step->timers[i].is_start)
			start(r, &step->timers[i]);
		else
			stop(r, step->timers[i].id);
	}
	run_extended_timers(r, step->next);
	while (step->is_done && r->running.count)
		stop(r, r->running.timers[0].timer_id);
	if (!is_paused(r, step->next))
		end_paused(r);
}

/* The case is due when the innermost active state that names a term says so. */
void
run_due(struct run *r, const struct sc_snapshot *next)
{
	const struct sc_state *const *s = sc_active(r->w->chart, r->a, next);
	const char *term = NULL;

	for (; *s; s++)
		if (json_str((*s)->meta, "due"))
			term = json_str((*s)->meta, "due");
	r->c.due_at = run_term_due_at(r, term);
	json_set_str(r->c.context, "due_term", term);
}
