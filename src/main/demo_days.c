/*
 * When a step happens: working days and parts of office hours, counted from the day of loading.
 */
#include "demo.h"

#include "terms.h"

static int64_t
number_at(struct json_object *list, size_t i)
{
	return json_object_get_int64(json_object_array_get_idx(list, i));
}

/* Today, or the next working day: what is due at the end of it still is. */
static int64_t
base_day(struct demo *d)
{
	int64_t day = calendar_day_of(d->calendar, d->now);

	return calendar_is_working_day(d->calendar, day)
		   ? day
		   : calendar_add_working_days(d->calendar, day, 1);
}

static int64_t
working_days_before(struct demo *d, int64_t day, int n)
{
	while (n > 0)
		n -= calendar_is_working_day(d->calendar, --day);
	return day;
}

int64_t
demo_working_days_before(struct demo *d, int64_t at, int days)
{
	int64_t day = calendar_day_of(d->calendar, at);

	return at - (day - working_days_before(d, day, days)) * INT64_C(86400000000);
}

/* The minute of the day when a part of the office hours has passed. */
static double
office_minute(struct demo *d, double part)
{
	struct json_object *hours = json_get(d->plan, "office_minutes");
	double total = 0;

	for (size_t i = 0; i < json_object_array_length(hours); i++) {
		struct json_object *span = json_object_array_get_idx(hours, i);

		total += (double)(number_at(span, 1) - number_at(span, 0));
	}
	part *= total;
	for (size_t i = 0; i < json_object_array_length(hours); i++) {
		struct json_object *span = json_object_array_get_idx(hours, i);
		double length = (double)(number_at(span, 1) - number_at(span, 0));

		if (part < length)
			return (double)number_at(span, 0) + part;
		part -= length;
	}
	return 0;
}

static int64_t
moment(struct demo *d, int64_t day, double part)
{
	return calendar_day_end(d->calendar, day - 1) + (int64_t)(office_minute(d, part) * 60e6);
}

/* at: working days from the first day of the case, the rest of it a part of the office hours. */
int64_t
demo_time(struct demo *d, const struct demo_case *c, double at)
{
	double position = at * c->pace + c->offset;
	int days = (int)position;
	int64_t day = days ? calendar_add_working_days(d->calendar, c->first_day, days)
			   : c->first_day;

	return moment(d, day, position - days);
}

/* "days": so many calendar days after the first one, "on": the next such day of a year; or one of
 * the working days of the week that follows, as people do what the calendar asks of all at once. */
int64_t
demo_dated_time(struct demo *d, const struct demo_case *c, struct json_object *step)
{
	enum { SPREAD_DAYS = 5 };
	const char *on = json_str(step, "on");
	int64_t day = c->first_day + json_int(step, "days", 0);

	while (on && !str_eq(calendar_date(d->calendar, d->arena, moment(d, day, 0)) + 5, on))
		day++;
	day = calendar_add_working_days(d->calendar, day, 1 + (int)demo_random(d, SPREAD_DAYS));
	return moment(d, day, demo_fraction(d));
}

int64_t
demo_day_before(struct demo *d, int days)
{
	return working_days_before(d, base_day(d), days);
}
