/*
 * Reads a calendar file (calendars/README.md): each mistake is told with its place and the reason.
 */
#include "terms_priv.h"

#include <stdio.h>

static bool
read_hour(const char *text, int64_t *at_us)
{
	int hour, minute;

	if (!text || sscanf(text, "%2d:%2d", &hour, &minute) != 2 || hour < 0 || hour > 24 ||
	    minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
		return false;
	*at_us = ((int64_t)hour * 60 + minute) * MINUTE_US;
	return true;
}

static bool
read_span(struct hours *h, struct json_object *o)
{
	struct span *span = &h->span[h->count];

	return read_hour(json_str(o, "from"), &span->from_us) &&
	       read_hour(json_str(o, "to"), &span->to_us) && span->to_us > span->from_us &&
	       (h->count == 0 || span->from_us >= span[-1].to_us);
}

/* Spans like {"from": "07:30", "to": "11:30"}, each after the one before. */
void
calendar_read_hours(
    struct hours *h, struct json_object *list, const char *at, struct error_list *errors)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

	if (n == 0 || n > LEN(h->span)) {
		error_add(errors, at, "office-hours",
		    "must list 1 to %zu spans like {\"from\": \"07:30\", \"to\": \"11:30\"}",
		    LEN(h->span));
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (read_span(h, json_object_array_get_idx(list, i)))
			h->count++;
		else
			error_add(errors, at, "office-hours",
			    "span %zu must be {\"from\": \"HH:MM\", \"to\": \"HH:MM\"}, after the "
			    "one before",
			    i + 1);
}

void
calendar_read_week(struct calendar *c, struct json_object *list, struct error_list *errors)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

	for (size_t i = 0; i < n; i++) {
		int day = json_object_get_int(json_object_array_get_idx(list, i));
		if (day < 1 || day > 7)
			error_add(errors, "/working_weekdays", "weekday",
			    "%d is no day of the week (1 Monday to 7 Sunday)", day);
		else
			c->works_on[day - 1] = true;
	}
	if (n == 0)
		error_add(errors, "/working_weekdays", "required",
		    "must list the days worked, 1 (Monday) to 7 (Sunday)");
}

/* Hours of one day alone, as of a half day; only a day worked has them. */
static void
read_own_hours(struct calendar *c, int64_t day, struct json_object *o, const char *at,
    struct error_list *errors)
{
	struct hours *own;

	if (!json_get(o, "hours"))
		return;
	if (c->mark[day - c->first_day] == DAY_OFF) {
		error_add(errors, at, "hours", "a day off has no \"hours\"");
		return;
	}
	own = xcalloc(1, sizeof(*own));
	c->own_hours[day - c->first_day] = own;
	calendar_read_hours(own, json_get(o, "hours"), at, errors);
}

/* {"date", "kind": "off" | "worked", "source"}: a day stands in the list once. */
static void
read_day(struct calendar *c, struct json_object *o, const char *at, struct error_list *errors)
{
	const char *date = json_str(o, "date"), *kind = json_str(o, "kind");
	int64_t day;

	if (!day_parse(date, &day) || !calendar_covers(c, day)) {
		error_add(errors, at, "date",
		    "\"date\" must be YYYY-MM-DD within the years of the calendar");
	} else if (!str_eq(kind, "off") && !str_eq(kind, "worked")) {
		error_add(errors, at, "kind", "\"kind\" must be \"off\" or \"worked\"");
	} else if (!json_str(o, "source")) {
		error_add(
		    errors, at, "source", "\"source\" must name the decision, or say DEFAULT");
	} else if (c->mark[day - c->first_day] != DAY_AS_WEEK) {
		error_add(errors, at, "twice", "%s stands above already, as a day %s", date,
		    c->mark[day - c->first_day] == DAY_OFF ? "off" : "worked");
	} else {
		c->mark[day - c->first_day] = str_eq(kind, "off") ? DAY_OFF : DAY_WORKED;
		if (json_str(o, "name"))
			c->name[day - c->first_day] = xstrdup(json_str(o, "name"));
		read_own_hours(c, day, o, at, errors);
	}
}

void
calendar_read_days(struct calendar *c, struct json_object *list, struct error_list *errors)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

	for (size_t i = 0; i < n; i++)
		read_day(c, json_object_array_get_idx(list, i),
		    arena_printf(errors->arena, "/days/%zu", i), errors);
}

/* What is received after the office closes or on a day off. */
void
calendar_read_outside_hours(struct calendar *c, struct json_object *o, struct error_list *errors)
{
	const char *counts_as = json_str(o, "outside_office_hours");

	c->late_is_same_day = str_eq(counts_as, "same_day");
	if (json_get(o, "outside_office_hours") && !c->late_is_same_day &&
	    !str_eq(counts_as, "next_working_day"))
		error_add(errors, "/outside_office_hours", "outside-office-hours",
		    "must be \"next_working_day\" or \"same_day\"");
}

static bool
read_years(struct calendar *c, struct json_object *o, struct error_list *errors)
{
	int64_t from = json_int(o, "first_year", 0), to = json_int(o, "last_year", 0);

	if (from < 1970 || to < from || to > 2200) {
		error_add(errors, "/first_year", "years",
		    "first_year and last_year must say which years the calendar covers");
		return false;
	}
	c->first_day = day_from_date((int)from, 1, 1);
	c->last_day = day_from_date((int)to, 12, 31);
	c->mark = xcalloc((size_t)(c->last_day - c->first_day + 1), 1);
	c->own_hours = xcalloc((size_t)(c->last_day - c->first_day + 1), sizeof(*c->own_hours));
	c->name = xcalloc((size_t)(c->last_day - c->first_day + 1), sizeof(*c->name));
	return true;
}

static char *
read_title(struct json_object *o, const char *lang)
{
	const char *title = json_str(json_get(o, "title"), lang);

	return title ? xstrdup(title) : NULL;
}

struct calendar *
calendar_new(struct json_object *o, struct error_list *errors)
{
	struct calendar *c = xcalloc(1, sizeof(*c));

	c->id = xstrdup(json_str(o, "id") ? json_str(o, "id") : "");
	c->title_vi = read_title(o, "vi");
	c->title_en = read_title(o, "en");
	if (!*c->id)
		error_add(errors, "/id", "required", "must be a word");
	return c;
}

struct calendar *
calendar_if_good(struct calendar *c, bool is_good)
{
	if (is_good)
		return c;
	calendar_free(c);
	return NULL;
}

static void
refuse_base(struct json_object *o, struct error_list *errors)
{
	if (json_get(o, "based_on"))
		error_add(errors, "/based_on", "based-on",
		    "it can only be read beside the calendar it is based on");
	if (json_get(o, "agencies"))
		error_add(errors, "/agencies", "based-on",
		    "only a calendar that is based on another one is that of agencies");
}

struct calendar *
calendar_load(struct json_object *o, struct error_list *errors)
{
	int before = errors->count;
	struct calendar *c = calendar_new(o, errors);

	c->offset_us = json_int(o, "utc_offset_minutes", 100000) * MINUTE_US;
	refuse_base(o, errors);
	if (c->offset_us < -14 * HOUR_US || c->offset_us > 14 * HOUR_US)
		error_add(errors, "/utc_offset_minutes", "range",
		    "must be the zone's minutes east of UTC, -840 to 840");
	calendar_read_hours(&c->hours, json_get(o, "office_hours"), "/office_hours", errors);
	calendar_read_outside_hours(c, o, errors);
	calendar_read_week(c, json_get(o, "working_weekdays"), errors);
	if (read_years(c, o, errors))
		calendar_read_days(c, json_get(o, "days"), errors);
	return calendar_if_good(c, errors->count == before);
}
