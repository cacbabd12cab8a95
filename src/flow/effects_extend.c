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
	run_extended(r, x.term->name, x.after, x.amount);
}
