/*
 * One term counted again: from its beginning, through its pauses and extensions in the order of
 * time, as the effects of those events counted it.
 */
#include "recount.h"

static int64_t
instant_of(struct json_object *o, const char *key)
{
	const char *text = json_str(o, key);
	int64_t at = 0;

	return text && instant_parse(text, &at) ? at : 0;
}

static struct json_object *
item(struct json_object *list, size_t i)
{
	return list && i < json_object_array_length(list) ? json_object_array_get_idx(list, i)
							  : NULL;
}

/* What began as another term ended at 24:00 counts from the day that ended; a letter of that very
 * midnight from the day that begins (effects_timers.c). */
static int64_t
counts_from(const struct counting *k, int64_t at)
{
	bool is_midnight = at ==
			   calendar_day_end(k->calendar, calendar_day_of(k->calendar, at - 1));

	return is_midnight && at != k->received_at ? at - HALF_DAY_US : at;
}

/* ---- its first date ---- */

static void
count_date(struct counting *k, const struct term *t)
{
	struct json_object *day = json_path(k->case_json, t->of);

	if (day && *json_object_get_string(day))
		term_on_day(
		    k->calendar, json_object_get_string(day), t->amount, &k->due_at, &k->why);
}

static int
percent_of(const struct counting *k)
{
	return k->term->unit == TERM_PERCENT ? k->term->amount : 100;
}

/* One that a migration began within its whole falls at its share of that. */
static bool
began_within(const struct counting *k)
{
	return k->whole && instant_of(k->record, "started_at") > instant_of(k->whole, "started_at");
}

static void
count_first(struct counting *k)
{
	int64_t start = counts_from(k, instant_of(k->record, "started_at"));
	const struct term *whole = k->whole ? regime_term(k->regime, k->term->of) : k->term;

	if (began_within(k))
		k->due_at = term_record_share(k->calendar, k->whole, percent_of(k), k->a);
	else if (whole->unit != TERM_DATE)
		term_due(k->regime, k->calendar, k->term->name, start, &k->due_at, &k->why);
	else
		count_date(k, whole);
	if (k->whole && whole->unit == TERM_DATE && k->due_at > start && !began_within(k))
		k->due_at = term_share(k->calendar, start, k->due_at, percent_of(k));
}

/* ---- extensions: of the whole; a part falls at its share of what that is then ---- */

static int64_t
share_after(const struct counting *k, struct json_object *extension)
{
	struct json_object *then = json_keep(k->a, json_object_new_object());
	struct json_object *pauses = json_object_new_array();
	struct json_object *pause;

	json_set_str(then, "started_at", json_str(k->whole, "started_at"));
	json_set_str(then, "due_at", json_str(extension, "after"));
	for (size_t i = 0; (pause = item(json_get(k->whole, "pauses"), i)) != NULL; i++)
		if (instant_of(pause, "until") <= instant_of(extension, "at"))
			json_push(pauses, json_object_get(pause));
	json_set(then, "pauses", pauses);
	return term_record_share(k->calendar, then, percent_of(k), k->a);
}

static void
extend(struct counting *k, struct json_object *extension)
{
	int64_t at = instant_of(extension, "at");
	bool from_now = str_eq(json_str(extension, "from"), "now") && k->due_at <= at;
	enum term_unit unit = str_eq(json_str(extension, "unit"), "working_days")
				  ? TERM_WORKING_DAYS
				  : TERM_CALENDAR_DAYS;
	int64_t day = calendar_day_of(k->calendar, from_now ? at : k->due_at - 1);

	if (k->whole) {
		k->due_at = share_after(k, extension);
		return;
	}
	json_set_instant(extension, "before", k->due_at);
	k->due_at = term_extend(k->calendar, unit, day, (int)json_int(extension, "amount", 0));
	json_set_instant(extension, "after", k->due_at);
}

struct walk {
	struct counting *k;
	struct json_object *extensions;
	size_t next; /* the first that is not counted yet */
	int64_t since;
};

/* Those given while it ran, or was over, until it stands still; 0: all. */
static void
extend_until(struct walk *w, int64_t until)
{
	struct json_object *one;

	for (; (one = item(w->extensions, w->next)) != NULL; w->next++) {
		bool is_given = json_str(one, "after") != NULL;

		if (until && instant_of(one, "at") + !is_given > until)
			return;
		if (is_given && instant_of(one, "at") >= w->since)
			extend(w->k, one);
	}
}

/* Those given while it stood still: days more. */
static int
days_given(struct walk *w, int64_t until)
{
	struct json_object *one;
	int days = 0;

	for (; (one = item(w->extensions, w->next)) != NULL && json_str(one, "after") == NULL;
	     w->next++) {
		if (until && instant_of(one, "at") > until)
			return days;
		days += (int)json_int(one, "amount", 0) * percent_of(w->k) / 100;
	}
	return days;
}

/* ---- pauses ---- */

/* A reminder runs on to the noon of its day (effects_timers.c). */
static void
pause_and_resume(struct walk *w, struct json_object *pause)
{
	struct counting *k = w->k;
	int64_t from = instant_of(pause, "from"), until = instant_of(pause, "until");

	extend_until(w, from);
	k->left = term_days_left(k->calendar, from, k->due_at);
	k->left = (k->left > 0 ? k->left : 0) + days_given(w, until);
	json_set_int(pause, "left", k->left);
	if (until == 0)
		return;
	k->due_at = term_resume(k->calendar, counts_from(k, until), k->left);
	if (k->term->unit == TERM_PERCENT)
		k->due_at -= HALF_DAY_US;
}

bool
recount_term(struct counting *k)
{
	struct json_object *pause, *pauses = json_get(k->record, "pauses");
	struct walk w = { .k = k,
		.extensions = json_get(k->whole ? k->whole : k->record, "extensions"),
		.since = instant_of(k->record, "started_at") };

	count_first(k);
	if (k->due_at == 0 || k->why)
		return false;
	for (size_t i = 0; (pause = item(pauses, i)) != NULL; i++)
		pause_and_resume(&w, pause);
	if (str_eq(json_str(k->record, "status"), "paused")) {
		k->due_at = 0;
		return true;
	}
	extend_until(&w, 0);
	json_set_instant(k->record, "due_at", k->due_at);
	return true;
}
