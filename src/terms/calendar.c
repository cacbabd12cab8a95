/*
 * Which days are worked: the week's working days, less days off, plus days worked in exchange; and
 * the hours of the office. Days are counted from 1970-01-01 in the calendar's own zone.
 */
#include "terms_priv.h"

#include <stdlib.h>

void
calendar_free(struct calendar *c)
{
	if (!c)
		return;
	free(c->id);
	free(c->title_vi);
	free(c->title_en);
	free(c->based_on);
	for (char **code = c->agencies; code && *code; code++)
		free(*code);
	free(c->agencies);
	for (int64_t day = c->first_day; c->own_hours && day <= c->last_day; day++) {
		free(c->own_hours[day - c->first_day]);
		free(c->name[day - c->first_day]);
	}
	free(c->own_hours);
	free(c->name);
	free(c->mark);
	free(c);
}

const char *
calendar_id(const struct calendar *c)
{
	return c->id;
}

const char *
calendar_title(const struct calendar *c, const char *lang)
{
	return str_eq(lang, "vi") ? c->title_vi : c->title_en;
}

const char *
calendar_based_on(const struct calendar *c)
{
	return c->based_on;
}

const char *const *
calendar_agencies(const struct calendar *c)
{
	static const char *const none[] = { NULL };

	return c->agencies ? (const char *const *)c->agencies : none;
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
	return calendar_instant(c, day, calendar_hours(c, day)->span[0].from_us);
}

const struct hours *
calendar_hours(const struct calendar *c, int64_t day)
{
	const struct hours *own = calendar_covers(c, day) ? c->own_hours[day - c->first_day] : NULL;

	return own ? own : &c->hours;
}

bool
calendar_covers(const struct calendar *c, int64_t day)
{
	return day >= c->first_day && day <= c->last_day;
}

enum day_kind
calendar_day_kind(const struct calendar *c, int64_t day)
{
	int weekday = (int)(((day + 3) % 7 + 7) % 7); /* 0 Monday; 1970-01-01 was a Thursday */
	int mark = calendar_covers(c, day) ? c->mark[day - c->first_day] : DAY_AS_WEEK;

	if (mark == DAY_OFF)
		return DAY_HOLIDAY;
	if (c->works_on[weekday])
		return DAY_WORKING;
	return mark == DAY_WORKED ? DAY_SWAPPED : DAY_WEEKEND;
}

bool
calendar_is_working_day(const struct calendar *c, int64_t day)
{
	enum day_kind kind = calendar_day_kind(c, day);

	return kind == DAY_WORKING || kind == DAY_SWAPPED;
}

const char *
calendar_day_name(const struct calendar *c, int64_t day)
{
	return calendar_covers(c, day) ? c->name[day - c->first_day] : NULL;
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
