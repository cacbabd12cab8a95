/*
 * The action extend: a term of the case gets more days, within the limits of its kind in the
 * regime. What runs, what is paused and what ran out can be extended.
 *
 * case.terms.NAME.extensions keeps each: {"at", "kind", "amount", "unit", "from", "before",
 * "after", "ground", "reason", "by"}. from: due or now, as it was counted. Without before and after
 * it was given while the term stood still: the days were added to those left.
 */
#include "flow_priv.h"

#include <string.h>

struct extension { /* in the making */
	const struct term *term;
	const struct term_extension *limits;
	struct json_object *record;
	const struct calendar *calendar;
	int64_t amount;
	bool from_now;
	int64_t before, after; /* 0: it stands still */
	const char *ground, *reason, *by;
};

/* ---- what is asked for ---- */

/* {"var": "event.data.days"} is the field /data/days of the form; NULL: no field of it. */
static const char *
field_of(struct run *r, struct json_object *rule)
{
	const char *path = json_str(rule, "var");
	char *at;

	if (path == NULL || !str_starts(path, "event.data."))
		return NULL;
	at = arena_printf(r->a, "/data/%s", path + strlen("event.data."));
	for (char *c = at; *c; c++)
		*c = *c == '.' ? '/' : *c;
	return at;
}

static void
refuse(struct run *r, struct json_object *rule, const char *word, const char *text)
{
	if (r->problem)
		return;
	run_fail(r, word, "%s", text);
	r->problem_at = field_of(r, rule);
}

static bool
find_term(struct run *r, struct json_object *params, struct extension *x)
{
	const char *name = json_str(params, "term");

	x->term = r->regime ? regime_term(r->regime, name) : NULL;
	x->limits = x->term ? term_extension(x->term, json_str(params, "kind")) : NULL;
	x->record = json_get(json_get(r->c.context, "terms"), name);
	x->calendar = law_calendar(r->law, json_str(x->record, "calendar"));
	if (x->calendar == NULL)
		x->calendar = r->calendar;
	return x->limits != NULL;
}

static bool
has_begun(const struct extension *x)
{
	const char *status = json_str(x->record, "status");

	return str_eq(status, "running") || str_eq(status, "paused") || str_eq(status, "over");
}

/* Of this kind, since the term began: how often, and how many days. */
static int
times_used(const struct extension *x, int64_t *days)
{
	struct json_object *list = json_get(x->record, "extensions");
	int times = 0;

	*days = 0;
	for (size_t i = 0; list && i < json_object_array_length(list); i++) {
		struct json_object *one = json_object_array_get_idx(list, i);

		if (!str_eq(json_str(one, "kind"), x->limits->kind))
			continue;
		*days += json_int(one, "amount", 0);
		times++;
	}
	return times;
}

/* 0: none. */
static int64_t
whole_days(struct json_object *amount)
{
	double days = amount ? json_object_get_double(amount) : 0;

	if (!(days >= 1 && days <= INT32_MAX))
		return days > 1 ? INT32_MAX : 0;
	return days == (double)(int64_t)days ? (int64_t)days : 0;
}

/* How many days are asked for; 1 when nobody asks yet. */
static int64_t
days_asked(struct run *r, struct json_object *rule)
{
	bool is_known = rule && !(r->is_asking && logic_reads(rule, "event.data"));

	return is_known ? whole_days(run_apply(r, rule, "an extension")) : 1;
}

bool
run_can_extend(struct run *r, struct json_object *params)
{
	struct extension x = { 0 };
	int64_t used, days = days_asked(r, json_get(params, "amount"));

	if (!find_term(r, params, &x) || !has_begun(&x) ||
	    (json_truth(params, "in_time", false) && str_eq(json_str(x.record, "status"), "over")))
		return false;
	return times_used(&x, &used) < x.limits->times && days > 0 && used + days <= x.limits->most;
}

static bool
read_amount(struct run *r, struct json_object *rule, struct extension *x)
{
	struct json_object *amount = run_apply(r, rule, "an extension");
	const char *unit = x->limits->unit == TERM_WORKING_DAYS ? "working" : "calendar";
	int64_t days, most;
	int times = times_used(x, &days);

	most = x->limits->most - days;
	x->amount = whole_days(amount);
	if (times >= x->limits->times)
		refuse(r, NULL, "extension-limit",
		    arena_printf(r->a, "this term was extended %d %s already: no more is allowed",
			times, times == 1 ? "time" : "times"));
	else if (x->amount == 0)
		refuse(r, rule, "extension-limit", "an extension is of one whole day at least");
	else if (x->amount > most)
		refuse(r, rule, "extension-limit",
		    arena_printf(r->a, "this term may be extended by %lld more %s %s at most",
			(long long)most, unit, most == 1 ? "day" : "days"));
	return r->problem == NULL;
}

static const char *
text_of(struct run *r, struct json_object *rule)
{
	struct json_object *value = rule ? run_apply(r, rule, "why a term is extended") : NULL;
	const char *text = value ? json_object_get_string(value) : NULL;

	return text && text[strspn(text, " \t\r\n")] ? text : NULL;
}

static bool
read_why(struct run *r, struct json_object *params, struct extension *x)
{
	struct json_object *ground = json_get(params, "ground");

	x->ground = text_of(r, ground);
	x->reason = text_of(r, json_get(params, "reason"));
	x->by = text_of(r, json_get(params, "by"));
	if (x->ground == NULL && x->reason == NULL)
		refuse(r, ground ? ground : json_get(params, "reason"), "extension-ground",
		    "an extension needs a ground or a reason");
	return r->problem == NULL;
}

/* ---- the date ---- */

static int64_t
instant_of(struct json_object *record, const char *key)
{
	int64_t at = 0;

	return json_str(record, key) && instant_parse(json_str(record, key), &at) ? at : 0;
}

static bool
find_date(struct run *r, struct json_object *rule, struct extension *x)
{
	int64_t day;

	if (str_eq(json_str(x->record, "status"), "paused"))
		return true;
	x->before = instant_of(x->record, "due_at");
	x->from_now = x->limits->from_now && x->before <= r->ev->at;
	day = calendar_day_of(x->calendar, x->from_now ? r->ev->at : x->before - 1);
	x->after = term_extend(x->calendar, x->limits->unit, day, (int)x->amount);
	if (!calendar_covers(x->calendar, calendar_day_of(x->calendar, x->after - 1)))
		refuse(r, rule, "no-due-date",
		    "the new date lies outside the years of the calendar: extend the calendar");
	else if (x->after <= r->ev->at)
		refuse(r, rule, "extension-past",
		    "so few days more would have ended before today: it would stay overdue");
	return r->problem == NULL;
}

/* ---- what the case keeps ---- */

static void
note(struct run *r, const struct extension *x)
{
	struct json_object *o = json_object_new_object();

	json_set_instant(o, "at", r->ev->at);
	json_set_str(o, "kind", x->limits->kind);
	json_set_int(o, "amount", x->amount);
	json_set_str(o, "unit", term_unit_name(x->limits->unit));
	json_set_str(o, "from", x->from_now ? "now" : "due");
	if (x->after) {
		json_set_instant(o, "before", x->before);
		json_set_instant(o, "after", x->after);
		json_set_instant(x->record, "due_at", x->after);
		json_set_str(x->record, "status", "running");
	}
	json_set_str(o, "ground", x->ground);
	json_set_str(o, "reason", x->reason);
	json_set_str(o, "by", x->by ? x->by : r->ev->actor->name);
	if (json_get(x->record, "extensions") == NULL)
		json_set(x->record, "extensions", json_object_new_array());
	json_push(json_get(x->record, "extensions"), o);
}

static void
remember(struct run *r, const struct extension *x)
{
	for (int i = 0; i < r->extended_count; i++)
		if (str_eq(r->extended[i].term, x->term->name)) {
			r->extended[i].due_at = x->after;
			return;
		}
	ARENA_PUSH(r->a, r->extended, r->extended_count,
	    r->extended_size) = (struct extended){ x->term->name, x->after };
}

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
add_days_left(struct run *r, const struct extension *x)
{
	const struct sc_chart *chart = r->w->chart;
	struct json_object *pause = term_last_pause(x->record);

	json_set_int(pause, "left", json_int(pause, "left", 0) + x->amount);
	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *tr = sc_transition_at(chart, i);
		const struct term *t = tr->delay ? regime_term(r->regime, tr->delay) : NULL;
		int64_t left = tr->delay ? json_int(r->c.paused, tr->event, -1) : -1;
		int share = t && t->unit == TERM_PERCENT ? t->amount : 100;

		if (left < 0 || t == NULL || (t != x->term && !str_eq(t->of, x->term->name)))
			continue;
		json_set_int(r->c.paused, tr->event, left + x->amount * share / 100);
	}
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

/* ---- the action ---- */

void
run_extend(struct run *r, struct json_object *params)
{
	struct extension x = { 0 };

	if (!find_term(r, params, &x)) {
		run_fail(r, "bad-definition", "the law in force has no extension \"%s\" of %s",
		    json_str(params, "kind"), json_str(params, "term"));
		return;
	}
	if (!has_begun(&x)) {
		refuse(r, NULL, "extension-limit",
		    "there is nothing to extend: the term has not begun, or has ended");
		return;
	}
	if (!read_amount(r, json_get(params, "amount"), &x) || !read_why(r, params, &x) ||
	    !find_date(r, json_get(params, "amount"), &x))
		return;
	note(r, &x);
	remember(r, &x);
	if (x.after == 0)
		add_days_left(r, &x);
	else
		move_timers(r, extended_of(r, x.term->name));
}
