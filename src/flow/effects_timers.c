/*
 * Timers of one event: what starts, what ends, what is paused; and the dates that follow.
 *
 * case.terms keeps each term that began: {"started_at", "due_at", "status", "pauses"}. status:
 * running, paused, over (its time ran out), ended (it was no longer needed). pauses, of a term that
 * was paused: [{"from", "left": working days, "until": when it ran on}].
 */
#include "flow_priv.h"

enum {
	RAN_OUT =
	    -1,     /* in `paused`: a term that resumes has no time left and does not start again */
	FRESH = -2, /* not in `paused`: begins with its whole time */
};

static void
timer_list_add(struct timer_list *l, struct arena *a, const struct timer_write *t)
{
	ARENA_PUSH(a, l->timers, l->count, l->size) = *t;
}

static bool
timer_list_take(struct timer_list *l, int i, struct timer_write *out)
{
	*out = l->timers[i];
	for (; i + 1 < l->count; i++)
		l->timers[i] = l->timers[i + 1];
	l->count--;
	return true;
}

static bool
timer_list_take_id(struct timer_list *l, const char *id, struct timer_write *out)
{
	for (int i = 0; i < l->count; i++)
		if (str_eq(l->timers[i].timer_id, id))
			return timer_list_take(l, i, out);
	return false;
}

/* ---- case.terms ---- */

static struct json_object *
terms_of(const struct run *r)
{
	struct json_object *terms = json_get(r->c.context, "terms");

	if (terms == NULL) {
		terms = json_object_new_object();
		json_set(r->c.context, "terms", terms);
	}
	return terms;
}

static struct json_object *
term_record(struct run *r, const char *term)
{
	struct json_object *o = json_get(terms_of(r), term);

	if (o == NULL) {
		o = json_object_new_object();
		json_set(terms_of(r), term, o);
	}
	return o;
}

/* NULL: it was never paused. */
static struct json_object *
last_pause(struct json_object *record)
{
	struct json_object *list = json_get(record, "pauses");
	size_t n = list ? json_object_array_length(list) : 0;

	return n ? json_object_array_get_idx(list, n - 1) : NULL;
}

static void
note_pause(struct run *r, const char *term, int days_left)
{
	struct json_object *record = term_record(r, term), *o = json_object_new_object();

	if (json_get(record, "pauses") == NULL)
		json_set(record, "pauses", json_object_new_array());
	json_set_instant(o, "from", r->ev->at);
	json_set_int(o, "left", days_left);
	json_push(json_get(record, "pauses"), o);
	json_set_str(record, "status", "paused");
}

static void
note_start(struct run *r, const struct timer_write *t, bool is_resumed)
{
	struct json_object *o = term_record(r, t->term);

	if (is_resumed && last_pause(o))
		json_set_instant(last_pause(o), "until", t->started_at);
	if (!is_resumed) {
		json_set_instant(o, "started_at", t->started_at);
		json_object_object_del(o, "pauses");
	}
	json_set_instant(o, "due_at", t->due_at);
	json_set_str(o, "status", "running");
}

static void
note_status(struct run *r, const char *term, const char *status)
{
	if (term)
		json_set_str(term_record(r, term), "status", status);
}

int64_t
run_term_due_at(const struct run *r, const char *term)
{
	struct json_object *o = term ? json_get(json_get(r->c.context, "terms"), term) : NULL;
	const char *status = json_str(o, "status");
	int64_t at = 0;

	if (!str_eq(status, "running") && !str_eq(status, "over"))
		return 0;
	return json_str(o, "due_at") && instant_parse(json_str(o, "due_at"), &at) ? at : 0;
}

/* ---- when a term is due that begins now ---- */

/* A date that the case holds, or some days before; 0 when it holds none, or when the warning would
 * come too late: then nothing comes. */
static int64_t
date_due(struct run *r, const struct term *t, const char **why)
{
	struct json_object *day = json_path(json_get(r->logic_data, "case"), t->of);
	int64_t due_at = 0;

	if (day && *json_object_get_string(day))
		term_on_day(r->calendar, json_object_get_string(day), t->amount, &due_at, why);
	return t->amount > 0 && due_at <= r->ev->at ? 0 : due_at;
}

int64_t
run_term_due(struct run *r, const char *name)
{
	const struct term *t = regime_term(r->regime, name);
	const struct term *whole = t && t->unit == TERM_PERCENT ? regime_term(r->regime, t->of) : t;
	const char *why = NULL;
	int64_t due_at = 0;

	if (whole && whole->unit == TERM_DATE) {
		due_at = date_due(r, whole, &why);
		if (due_at > r->term_start && whole != t)
			due_at = term_share(r->calendar, r->term_start, due_at, t->amount);
	} else
		term_due(r->regime, r->calendar, name, r->term_start, &due_at, &why);
	if (why)
		run_fail(r, "no-due-date", "no due date for %s can be computed: %s", name, why);
	return due_at;
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
		note_status(r, t.term, "over");
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
	note_status(r, t.term, "ended");
	if (!resumes(r, t.term))
		return;
	days_left = term_days_left(r->calendar, r->ev->at, t.due_at);
	note_pause(r, t.term, days_left);
	json_set_int(r->c.paused, t.timer_id, days_left);
}

/* ---- timers that start ---- */

/* A reminder runs on to the noon of its day, so that it still comes before the term itself. */
static void
resume(struct run *r, struct timer_write *t, int days_left)
{
	t->due_at = term_resume(r->calendar, r->term_start, days_left);
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
	note_start(r, t, days != FRESH);
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

/* A pause that began in this step was the end. */
static void
end_paused_term(const struct run *r, struct json_object *record)
{
	struct json_object *list = json_get(record, "pauses");
	int64_t from;

	json_set_str(record, "status", "ended");
	if (list == NULL || !instant_parse(json_str(last_pause(record), "from"), &from) ||
	    from != r->ev->at)
		return;
	json_object_array_del_idx(list, json_object_array_length(list) - 1, 1);
	if (json_object_array_length(list) == 0)
		json_object_object_del(record, "pauses");
}

/* A term left for good is not paused: no clock of the case stands still. */
static void
end_paused(struct run *r)
{
	json_object_object_foreach(terms_of(r), term, record)
	{
		(void)term;
		if (str_eq(json_str(record, "status"), "paused"))
			end_paused_term(r, record);
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
