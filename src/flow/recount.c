/*
 * A case counted again: its terms, and with them its timers, the dates of its tasks and its own; as
 * an event that says what moved. What has run out stays so: where it would not have, by the law as
 * it is now, a person has to look at it and nothing moves.
 */
#include "recount.h"

struct recounting {
	struct run *r;
	const struct case_rows *now;
	struct recount *out;
	struct json_object *before; /* case.terms as they were */
};

static int64_t
instant_of(struct json_object *o, const char *key)
{
	const char *text = json_str(o, key);
	int64_t at = 0;

	return text && instant_parse(text, &at) ? at : 0;
}

static bool
has_status(struct json_object *record, const char *status)
{
	return str_eq(json_str(record, "status"), status);
}

/* ---- terms ---- */

static void
needs_person(struct recounting *k, const char *term, const char *why)
{
	if (k->out->needs_person == NULL)
		k->out->needs_person = arena_printf(k->r->a, "%s: %s", term, why);
}

/* Days left of what stands still, by the timers that will run on. */
static void
set_days_left(struct recounting *k, const char *term, int left)
{
	const struct sc_chart *chart = k->r->w->chart;

	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		if (str_eq(t->delay, term) && json_int(k->r->c.paused, t->event, -1) >= 0)
			json_set_int(k->r->c.paused, t->event, left);
	}
}

/* An extension adds to the days of a part's timer alone, not to those of its pause. */
static int
days_left(const struct recounting *k, const char *term)
{
	const struct sc_chart *chart = k->r->w->chart;

	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);
		int64_t left = t->delay ? json_int(k->now->c.paused, t->event, -1) : -1;

		if (left >= 0 && str_eq(t->delay, term))
			return (int)left;
	}
	return (int)json_int(term_last_pause(json_get(k->before, term)), "left", 0);
}

static void
tell(struct recounting *k, const struct counting *one, struct json_object *was)
{
	struct json_object *o;
	bool is_still = has_status(was, "paused");
	int64_t before = is_still ? 0 : instant_of(was, "due_at");

	if (is_still ? one->left == days_left(k, one->term->name) : one->due_at == before)
		return;
	o = json_object_new_object();
	json_set_str(o, "term", one->term->name);
	json_set_instant(o, "before", before);
	json_set_instant(o, "after", one->due_at);
	if (is_still) {
		struct json_object *left = json_object_new_object();

		json_set_int(left, "before", days_left(k, one->term->name));
		json_set_int(left, "after", one->left);
		json_set(o, "left", left);
	}
	json_push(k->out->terms, o);
	k->out->moves = true;
}

static struct counting
counting_of(struct recounting *k, const char *name, struct json_object *record)
{
	struct run *r = k->r;
	const struct term *t = regime_term(r->regime, name);
	bool is_part = t && t->unit == TERM_PERCENT;

	return (struct counting){ .regime = r->regime,
		.term = t,
		.calendar = run_calendar_of(r, name),
		.received_at = r->c.received_at,
		.case_json = json_get(r->logic_data, "case"),
		.record = record,
		.whole = is_part ? json_get(json_get(r->c.context, "terms"), t->of) : NULL,
		.a = r->a };
}

static void
recount_running(struct recounting *k, const char *name, struct json_object *record)
{
	struct counting one = counting_of(k, name, record);
	struct json_object *was = json_get(k->before, name);

	if (!recount_term(&one)) {
		if (one.why)
			needs_person(k, name, one.why);
		return;
	}
	if (has_status(record, "paused"))
		set_days_left(k, name, one.left);
	tell(k, &one, was);
}

/* It ran out, and people went by that: nobody takes it back but a person. */
static void
check_over(struct recounting *k, const char *name, struct json_object *record)
{
	struct json_object *copy = json_copy(k->r->a, record);
	struct counting one = counting_of(k, name, copy);

	if (recount_term(&one) && one.due_at > k->r->ev->at)
		needs_person(
		    k, name, "it has run out, and by the law as it is now it would not have");
}

static void
recount_one(struct recounting *k, const char *name, struct json_object *record, bool parts)
{
	const struct term *t = regime_term(k->r->regime, name);

	if (t == NULL || (t->unit == TERM_PERCENT) != parts || !json_str(record, "started_at"))
		return;
	if (parts && json_get(json_get(k->r->c.context, "terms"), t->of) == NULL)
		return;
	if (has_status(record, "running") || has_status(record, "paused"))
		recount_running(k, name, record);
	else if (has_status(record, "over") && !parts)
		check_over(k, name, record);
}

/* Wholes first: their parts follow them. */
static void
recount_terms(struct recounting *k)
{
	for (int parts = 0; parts < 2; parts++) {
		json_object_object_foreach(run_terms(k->r), name, record)
		{
			recount_one(k, name, record, parts);
		}
	}
}

/* ---- whose calendar ---- */

static void
set_term_calendars(struct run *r)
{
	json_object_object_foreach(run_terms(r), name, record)
	{
		const struct calendar *c = run_calendar_for(r, name);

		if (!has_status(record, "running") && !has_status(record, "paused"))
			continue;
		json_object_object_del(record, "calendar");
		if (c != r->calendar)
			json_set_str(record, "calendar", calendar_id(c));
	}
}

/* An agency may have got a calendar of its own, or lost it. */
static const char *
calendar_now(const struct law *l, const struct directory *dir, const struct case_row *c)
{
	const struct calendar *own = law_calendar(l, c->calendar);
	const struct calendar *now = law_side_calendar(l, dir->owner, own);

	return now ? calendar_id(now) : c->calendar;
}

static void
tell_calendar(struct recounting *k)
{
	struct json_object *o;

	if (str_eq(k->now->c.calendar, k->r->c.calendar))
		return;
	o = json_object_new_object();
	json_set_str(o, "before", k->now->c.calendar);
	json_set_str(o, "after", k->r->c.calendar);
	k->out->calendar = json_keep(k->r->a, o);
	k->out->moves = true;
}

/* ---- what follows the terms ---- */

static void
move_timers(struct recounting *k)
{
	struct run *r = k->r;

	for (int i = 0; i < k->now->timer_count; i++) {
		struct timer_write t = k->now->timers[i];
		struct json_object *was = t.term ? json_get(k->before, t.term) : NULL;
		int64_t due_at = run_term_due_at(r, t.term);

		if (!has_status(was, "running") || instant_of(was, "due_at") != t.due_at ||
		    due_at == 0 || due_at == t.due_at)
			continue;
		t.due_at = due_at;
		timer_list_add(&r->started, r->a, &t);
	}
}

static void
move_tasks(struct recounting *k, struct write_set *ws)
{
	size_t n = json_object_array_length(k->out->terms);
	struct task_retime *list = arena_array(k->r->a, struct task_retime, (int)n + 1);

	for (size_t i = 0; i < n; i++) {
		struct json_object *one = json_object_array_get_idx(k->out->terms, i);

		if (instant_of(one, "after"))
			list[ws->retimed_task_count++] = (struct task_retime){
				json_str(one, "term"), instant_of(one, "after")
			};
	}
	ws->retimed_tasks = list;
}

static struct json_object *
data_with_terms(const struct recounting *k)
{
	struct json_object *o = json_copy(k->r->a, k->r->ev->data);

	json_set(o, "terms", json_object_get(k->out->terms));
	if (k->out->calendar)
		json_set(o, "calendar", json_object_get(k->out->calendar));
	return o;
}

static void
write(struct recounting *k, struct write_set *ws)
{
	struct run *r = k->r;
	struct event_in ev = *r->ev;

	move_timers(k);
	move_tasks(k, ws);
	ws->timers = r->started.timers;
	ws->timer_count = r->started.count;
	ev.data = data_with_terms(k);
	chain_event(&r->c, &ev, r->law, k->now->c.snapshot, r->a, ws);
}

/* ---- the case ---- */

static void
begin(struct run *r, const struct case_rows *now, struct recount *out, struct verdict *v)
{
	struct case_row c = now->c;

	*v = (struct verdict){ .code = OK };
	error_list_init(&v->fields, r->a);
	*out = (struct recount){ .terms = json_keep(r->a, json_object_new_array()) };
	c.calendar = calendar_now(r->law, r->dir, &c);
	run_init(r, &c);
}

void
recount_case(const struct workflow *w, const struct law *l, const struct directory *dir,
    const struct case_rows *now, const struct event_in *ev, struct arena *a, struct write_set *ws,
    struct verdict *v, struct recount *out)
{
	struct run r = { .w = w, .law = l, .dir = dir, .ev = ev, .a = a };
	struct recounting k = { .r = &r, .now = now, .out = out };
	const struct sc_snapshot *state;

	*ws = (struct write_set){ 0 };
	begin(&r, now, out, v);
	state = run_snapshot(&r);
	if (state == NULL || r.problem || r.regime == NULL) {
		decide_deny(v, E_CONFLICT, "bad-definition",
		    r.problem ? r.problem : "its regime is unknown");
		return;
	}
	k.before = json_get(json_copy(a, r.c.context), "terms");
	set_term_calendars(&r);
	recount_terms(&k);
	tell_calendar(&k);
	run_due(&r, state);
	if (out->needs_person)
		out->moves = false;
	else if (out->moves)
		write(&k, ws);
}
