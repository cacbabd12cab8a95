/*
 * Working time: the office hours of working days, laid end to end.
 */
#include "terms_priv.h"

int64_t
calendar_next_open(const struct calendar *c, int64_t at_us)
{
	int64_t day = calendar_day_of(c, at_us), midnight = calendar_instant(c, day, 0);
	const struct hours *h = calendar_hours(c, day);

	for (int i = 0; calendar_is_working_day(c, day) && i < h->count; i++)
		if (at_us < midnight + h->span[i].to_us)
			return at_us < midnight + h->span[i].from_us ? midnight + h->span[i].from_us
								     : at_us;
	return calendar_day_opens(c, calendar_add_working_days(c, day, 1));
}

static int64_t
length(const struct hours *h)
{
	int64_t sum = 0;

	for (int i = 0; i < h->count; i++)
		sum += h->span[i].to_us - h->span[i].from_us;
	return sum;
}

/* Working time of a working day before the instant. */
static int64_t
worktime_before(const struct calendar *c, int64_t day, int64_t at_us)
{
	const struct hours *h = calendar_hours(c, day);
	int64_t sum = 0, time_us = at_us - calendar_instant(c, day, 0);

	for (int i = 0; i < h->count; i++)
		if (time_us >= h->span[i].to_us)
			sum += h->span[i].to_us - h->span[i].from_us;
		else if (time_us > h->span[i].from_us)
			sum += time_us - h->span[i].from_us;
	return sum;
}

/* What the days of [from, to) with hours of their own add to the usual, or take from it. */
static int64_t
own_hours_between(const struct calendar *c, int64_t from, int64_t to)
{
	int64_t sum = 0;

	for (int64_t day = from > c->first_day ? from : c->first_day;
	     day < to && day <= c->last_day; day++)
		if (calendar_hours(c, day) != &c->hours)
			sum += length(calendar_hours(c, day)) - length(&c->hours);
	return sum;
}

int64_t
worktime_between(const struct calendar *c, int64_t from_us, int64_t to_us)
{
	int64_t from_day = calendar_day_of(c, from_us), to_day = calendar_day_of(c, to_us);
	int64_t sum = 0;

	if (calendar_is_working_day(c, to_day))
		sum += worktime_before(c, to_day, to_us);
	if (calendar_is_working_day(c, from_day))
		sum -= worktime_before(c, from_day, from_us);
	if (from_day < to_day)
		sum += calendar_working_days_between(c, from_day - 1, to_day - 1) *
			   length(&c->hours) +
		       own_hours_between(c, from_day, to_day);
	return sum;
}

/* The local time at which `amount` of a working day's time has passed; amount <= its length. */
static int64_t
time_after_worktime(const struct hours *h, int64_t amount_us)
{
	int i = 0;

	while (i < h->count - 1 && amount_us > h->span[i].to_us - h->span[i].from_us) {
		amount_us -= h->span[i].to_us - h->span[i].from_us;
		i++;
	}
	return h->span[i].from_us + amount_us;
}

/* Days after the calendar's last are all alike. */
int64_t
worktime_add(const struct calendar *c, int64_t from_us, int64_t amount_us)
{
	int64_t day = calendar_day_of(c, from_us), usual = length(&c->hours);

	if (calendar_is_working_day(c, day))
		amount_us += worktime_before(c, day, from_us);
	else
		day = calendar_add_working_days(c, day, 1);
	while (day <= c->last_day && amount_us > length(calendar_hours(c, day))) {
		amount_us -= length(calendar_hours(c, day));
		day = calendar_add_working_days(c, day, 1);
	}
	if (amount_us > usual && day > c->last_day) {
		int64_t days = (amount_us - 1) / usual;

		amount_us -= days * usual;
		day = calendar_add_working_days(c, day, (int)days);
	}
	return calendar_instant(c, day, time_after_worktime(calendar_hours(c, day), amount_us));
}
