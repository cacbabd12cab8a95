/*
 * Which days are worked: the week's working days, less days off, plus days worked in exchange; and
 * the hours of the office. Days are counted from 1970-01-01 in the calendar's own zone.
 */
#include "terms_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void
read_hours(struct calendar *c, struct json_object *list, struct error_list *errors)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;
	int64_t last = 0;

	if (n == 0 || n > LEN(c->hours))
		error_add(errors, "/office_hours", "office-hours",
		    "must list 1 to %zu spans like {\"from\": \"07:30\", \"to\": \"11:30\"}",
		    LEN(c->hours));
	for (size_t i = 0; i < n && i < LEN(c->hours); i++) {
		struct json_object *span = json_object_array_get_idx(list, i);
		struct hours *h = &c->hours[c->hours_count];

		if (!read_hour(json_str(span, "from"), &h->from_us) ||
		    !read_hour(json_str(span, "to"), &h->to_us) || h->from_us < last ||
		    h->to_us <= h->from_us) {
			error_add(errors, "/office_hours", "office-hours",
			    "span %zu must be {\"from\": \"HH:MM\", \"to\": \"HH:MM\"}, after the "
			    "one before",
			    i + 1);
			continue;
		}
		last = h->to_us;
		c->hours_count++;
	}
}

static void
read_week(struct calendar *c, struct json_object *list, struct error_list *errors)
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

/* Marks each {"date", "kind": "off" | "worked"}; the years covered are those listed in "years". */
static void
read_days(struct calendar *c, struct json_object *list, struct error_list *errors)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

	for (size_t i = 0; i < n; i++) {
		struct json_object *o = json_object_array_get_idx(list, i);
		const char *kind = json_str(o, "kind");
		int64_t day;

		if (!day_parse(json_str(o, "date"), &day) || day < c->first_day ||
		    day > c->last_day)
			error_add(errors, "/days", "date",
			    "day %zu: \"date\" must be YYYY-MM-DD within the years of the calendar",
			    i + 1);
		else if (!str_eq(kind, "off") && !str_eq(kind, "worked"))
			error_add(errors, "/days", "kind",
			    "day %zu: \"kind\" must be \"off\" or \"worked\"", i + 1);
		else if (!json_str(o, "source"))
			error_add(errors, "/days", "source",
			    "day %zu: \"source\" must name the decision, or say DEFAULT", i + 1);
		else
			c->mark[day - c->first_day] = str_eq(kind, "off") ? DAY_OFF : DAY_WORKED;
	}
}

static bool
read_span(struct calendar *c, struct json_object *o, struct error_list *errors)
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
	return true;
}

struct calendar *
calendar_load(struct json_object *o, struct error_list *errors)
{
	int before = errors->count;
	struct calendar *c = xcalloc(1, sizeof(*c));

	c->id = xstrdup(json_str(o, "id") ? json_str(o, "id") : "");
	c->offset_us = json_int(o, "utc_offset_minutes", 100000) * MINUTE_US;
	if (!*c->id)
		error_add(errors, "/id", "required", "must be a word");
	if (c->offset_us < -14 * HOUR_US || c->offset_us > 14 * HOUR_US)
		error_add(errors, "/utc_offset_minutes", "range",
		    "must be the zone's minutes east of UTC, -840 to 840");
	read_hours(c, json_get(o, "office_hours"), errors);
	read_week(c, json_get(o, "working_weekdays"), errors);
	if (read_span(c, o, errors))
		read_days(c, json_get(o, "days"), errors);
	if (errors->count == before)
		return c;
	calendar_free(c);
	return NULL;
}

void
calendar_free(struct calendar *c)
{
	if (!c)
		return;
	free(c->id);
	free(c->mark);
	free(c);
}

const char *
calendar_id(const struct calendar *c)
{
	return c->id;
}

int64_t
calendar_day_of(const struct calendar *c, int64_t at_us)
{
	return floor_div(at_us + c->offset_us, DAY_US);
}

int64_t
calendar_instant(const struct calendar *c, int64_t day, int64_t time_us)
{
	return day * DAY_US + time_us - c->offset_us;
}

int64_t
calendar_day_end(const struct calendar *c, int64_t day)
{
	return calendar_instant(c, day + 1, 0);
}

int64_t
calendar_day_opens(const struct calendar *c, int64_t day)
{
	return calendar_instant(c, day, c->hours[0].from_us);
}

bool
calendar_covers(const struct calendar *c, int64_t day)
{
	return day >= c->first_day && day <= c->last_day;
}

bool
calendar_is_working_day(const struct calendar *c, int64_t day)
{
	int weekday = (int)(((day + 3) % 7 + 7) % 7); /* 0 Monday; 1970-01-01 was a Thursday */

	if (calendar_covers(c, day) && c->mark[day - c->first_day] != DAY_AS_WEEK)
		return c->mark[day - c->first_day] == DAY_WORKED;
	return c->works_on[weekday];
}

/* ---- counting: years that the calendar does not know are all alike, so by whole weeks ---- */

static int
days_of_week(const struct calendar *c)
{
	int n = 0;

	for (int i = 0; i < 7; i++)
		n += c->works_on[i];
	return n;
}

int64_t
calendar_add_working_days(const struct calendar *c, int64_t day, int n)
{
	int week = days_of_week(c);

	while (n > 0) {
		if (day >= c->last_day && n > week) {
			day += (n - 1) / week * 7;
			n = (n - 1) % week + 1;
		}
		if (calendar_is_working_day(c, ++day))
			n--;
	}
	return day;
}

/* Whole weeks in (day, to] before the calendar begins, or after it ends. */
static int64_t
weeks_outside(const struct calendar *c, int64_t day, int64_t to)
{
	if (day < c->first_day - 1)
		return ((to < c->first_day ? to : c->first_day - 1) - day) / 7;
	return day >= c->last_day ? (to - day) / 7 : 0;
}

/* In (from, to]. */
static int64_t
working_days_after(const struct calendar *c, int64_t from, int64_t to)
{
	int week = days_of_week(c);
	int64_t n = 0;

	for (int64_t day = from; day < to;) {
		int64_t weeks = weeks_outside(c, day, to);

		n += weeks ? weeks * week : calendar_is_working_day(c, day + 1);
		day += weeks ? weeks * 7 : 1;
	}
	return n;
}

int
calendar_working_days_between(const struct calendar *c, int64_t from, int64_t to)
{
	return (int)(working_days_after(c, from, to) - working_days_after(c, to, from));
}

char *
calendar_date(const struct calendar *c, struct arena *a, int64_t at_us)
{
	int year, month, of_month;

	day_to_date(calendar_day_of(c, at_us), &year, &month, &of_month);
	return arena_printf(a, "%04d-%02d-%02d", year, month, of_month);
}

int
calendar_year(const struct calendar *c, int64_t at_us)
{
	int year, month, of_month;

	day_to_date(calendar_day_of(c, at_us), &year, &month, &of_month);
	return year;
}
