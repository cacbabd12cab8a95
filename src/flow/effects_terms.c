/*
 * What a case keeps of its terms, and when one is due that begins now.
 *
 * case.terms keeps each term that began: {"started_at", "due_at", "status", "pauses",
 * "extensions", "calendar": id, when it is not the case's own}. status: running, paused, over (its
 * time ran out), ended (it was no longer needed). pauses, of a term that was paused: [{"from",
 * "left": working days, "until": when it ran on}]. extensions: effects_extend.c.
 */
#include "flow_priv.h"

/* ---- case.terms ---- */

struct json_object *
run_terms(const struct run *r)
{
	struct json_object *terms = json_get(r->c.context, "terms");

	if (terms == NULL) {
		terms = json_object_new_object();
		json_set(r->c.context, "terms", terms);
	}
	return terms;
}

struct json_object *
run_term_record(struct run *r, const char *term)
{
	struct json_object *o = json_get(run_terms(r), term);

	if (o == NULL) {
		o = json_object_new_object();
		json_set(run_terms(r), term, o);
	}
	return o;
}

struct json_object *
term_last_pause(struct json_object *record)
{
	struct json_object *list = json_get(record, "pauses");
	size_t n = list ? json_object_array_length(list) : 0;

	return n ? json_object_array_get_idx(list, n - 1) : NULL;
}

void
run_note_pause(struct run *r, const char *term, int days_left)
{
	struct json_object *record = run_term_record(r, term), *o = json_object_new_object();

	if (json_get(record, "pauses") == NULL)
		json_set(record, "pauses", json_object_new_array());
	json_set_instant(o, "from", r->ev->at);
	json_set_int(o, "left", days_left);
	json_push(json_get(record, "pauses"), o);
	json_set_str(record, "status", "paused");
}

/* What began anew has neither pauses nor extensions yet. */
void
run_note_start(struct run *r, const struct timer_write *t, bool is_resumed)
{
	struct json_object *o = run_term_record(r, t->term);
	const struct calendar *c = run_calendar_for(r, t->term);

	if (is_resumed && term_last_pause(o))
		json_set_instant(term_last_pause(o), "until", t->started_at);
	if (!is_resumed) {
		json_set_instant(o, "started_at", t->started_at);
		json_object_object_del(o, "pauses");
		json_object_object_del(o, "extensions");
		json_object_object_del(o, "calendar");
		if (c != r->calendar)
			json_set_str(o, "calendar", calendar_id(c));
	}
	json_set_instant(o, "due_at", t->due_at);
	json_set_str(o, "status", "running");
}

void
run_note_status(struct run *r, const char *term, const char *status)
{
	if (term)
		json_set_str(run_term_record(r, term), "status", status);
}

void
term_drop_pause(struct json_object *record, int64_t from)
{
	struct json_object *list = json_get(record, "pauses");
	int64_t began;

	if (list == NULL || !instant_parse(json_str(term_last_pause(record), "from"), &began) ||
	    began != from)
		return;
	json_object_array_del_idx(list, json_object_array_length(list) - 1, 1);
	if (json_object_array_length(list) == 0)
		json_object_object_del(record, "pauses");
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

/* ---- shares of a term that runs ---- */

static int
standstills(struct json_object *list, struct standstill *pauses)
{
	int n = 0;

	for (size_t i = 0; list && i < json_object_array_length(list); i++) {
		struct json_object *one = json_object_array_get_idx(list, i);
		const char *from = json_str(one, "from"), *until = json_str(one, "until");

		if (from && until && instant_parse(from, &pauses[n].from_us) &&
		    instant_parse(until, &pauses[n].until_us))
			n++;
	}
	return n;
}

int64_t
term_record_share(
    const struct calendar *c, struct json_object *record, int percent, struct arena *a)
{
	struct json_object *list = json_get(record, "pauses");
	int count = list ? (int)json_object_array_length(list) : 0;
	struct standstill *pauses = arena_array(a, struct standstill, count + 1);
	int64_t from, due;

	if (!instant_parse(json_str(record, "started_at"), &from) ||
	    !instant_parse(json_str(record, "due_at"), &due))
		return 0;
	count = standstills(list, pauses);
	return term_share_around(c, from, due, percent, pauses, count);
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
	const struct calendar *c = run_calendar_for(r, name);
	const char *why = NULL;
	int64_t due_at = 0;

	if (whole && whole->unit == TERM_DATE) {
		due_at = date_due(r, whole, &why);
		if (due_at > r->term_start && whole != t)
			due_at = term_share(c, r->term_start, due_at, t->amount);
	} else
		term_due(r->regime, c, name, r->term_start, &due_at, &why);
	if (why)
		run_fail(r, "no-due-date", "no due date for %s can be computed: %s", name, why);
	return due_at;
}
