/*
 * When a term is due. Civil Code 91/2015/QH13, Điều 147.2: the day of the event does not count;
 * Điều 148.5: a period that ends on a day off ends with the next working day; 148.6: at 24:00.
 */
#include "terms_priv.h"

int64_t
worktime_of_day(const struct calendar *c)
{
	int64_t sum = 0;

	for (int i = 0; i < c->hours_count; i++)
		sum += c->hours[i].to_us - c->hours[i].from_us;
	return sum;
}

/* Working time of a working day before the local time. */
static int64_t
worktime_before(const struct calendar *c, int64_t time_us)
{
	int64_t sum = 0;

	for (int i = 0; i < c->hours_count; i++)
		if (time_us >= c->hours[i].to_us)
			sum += c->hours[i].to_us - c->hours[i].from_us;
		else if (time_us > c->hours[i].from_us)
			sum += time_us - c->hours[i].from_us;
	return sum;
}

int64_t
worktime_between(const struct calendar *c, int64_t from_us, int64_t to_us)
{
	int64_t from_day = calendar_day_of(c, from_us), to_day = calendar_day_of(c, to_us);
	int64_t sum = 0;

	if (calendar_is_working_day(c, to_day))
		sum += worktime_before(c, to_us - calendar_instant(c, to_day, 0));
	if (calendar_is_working_day(c, from_day))
		sum -= worktime_before(c, from_us - calendar_instant(c, from_day, 0));
	if (from_day < to_day)
		sum += calendar_working_days_between(c, from_day - 1, to_day - 1) *
		       worktime_of_day(c);
	return sum;
}

/* The local time at which `amount` of a working day's time has passed; amount <= worktime_of_day.
 */
static int64_t
time_after_worktime(const struct calendar *c, int64_t amount_us)
{
	int i = 0;

	while (i < c->hours_count - 1 && amount_us > c->hours[i].to_us - c->hours[i].from_us) {
		amount_us -= c->hours[i].to_us - c->hours[i].from_us;
		i++;
	}
	return c->hours[i].from_us + amount_us;
}

int64_t
worktime_add(const struct calendar *c, int64_t from_us, int64_t amount_us)
{
	int64_t day = calendar_day_of(c, from_us);

	if (calendar_is_working_day(c, day))
		amount_us += worktime_before(c, from_us - calendar_instant(c, day, 0));
	else
		day = calendar_add_working_days(c, day, 1);
	if (amount_us > worktime_of_day(c)) {
		int64_t days = (amount_us - 1) / worktime_of_day(c);

		amount_us -= days * worktime_of_day(c);
		day = calendar_add_working_days(c, day, (int)days);
	}
	return calendar_instant(c, day, time_after_worktime(c, amount_us));
}

/* The day of the event: after office hours or on a day off, the next working day. */
static int64_t
day_of_event(const struct calendar *c, int64_t at_us)
{
	int64_t day = calendar_day_of(c, at_us);
	int64_t closes = c->hours[c->hours_count - 1].to_us;

	if (!calendar_is_working_day(c, day) || at_us > calendar_instant(c, day, closes))
		return calendar_add_working_days(c, day, 1);
	return day;
}

static int64_t
roll_to_working_day(const struct calendar *c, int64_t day)
{
	return calendar_is_working_day(c, day) ? day : calendar_add_working_days(c, day, 1);
}

/* The next day that is month * 100 + day; a date that the law sets is not moved. */
static int64_t
next_yearly(int64_t day, int on)
{
	int year, month, of_month;

	day_to_date(day, &year, &month, &of_month);
	if (month * 100 + of_month > on)
		year++;
	return day_from_date(year, on / 100, on % 100);
}

/* Of a term that is a whole. */
static int64_t
whole_due(const struct calendar *c, const struct term *t, int64_t start_us)
{
	int64_t day = day_of_event(c, start_us);
	int64_t from_us = day > calendar_day_of(c, start_us) ? calendar_instant(c, day, 0)
							     : start_us;

	switch (t->unit) {
	case TERM_WORKING_DAYS:
		return calendar_day_end(c, calendar_add_working_days(c, day, t->amount));
	case TERM_CALENDAR_DAYS:
		return calendar_day_end(c, roll_to_working_day(c, day + t->amount));
	case TERM_MONTHS: /* Điều 148.4: a term of months ends on the same day of the last month */
		return calendar_day_end(
		    c, roll_to_working_day(
			   c, day_add_months(calendar_day_of(c, start_us), t->amount)));
	case TERM_YEARLY:
		return calendar_day_end(c, next_yearly(calendar_day_of(c, start_us), t->amount));
	case TERM_HOURS:
		return start_us + t->amount * HOUR_US;
	default:
		return worktime_add(c, from_us, t->amount * HOUR_US);
	}
}

int64_t
term_share(const struct calendar *c, int64_t start_us, int64_t due_us, int percent)
{
	return worktime_add(c, start_us, worktime_between(c, start_us, due_us) * percent / 100);
}

bool
term_due(const struct regime *r, const struct calendar *c, const char *name, int64_t start_us,
    int64_t *due_us, const char **why)
{
	const struct term *t = regime_term(r, name);
	const struct term *whole = t && t->of ? regime_term(r, t->of) : t;

	*why = NULL;
	if (!t || !whole || whole->unit == TERM_DATE) {
		*why = t ? "only the case knows this date" : "the regime has no such term";
		return false;
	}
	if (!calendar_covers(c, calendar_day_of(c, start_us))) {
		*why = "the start lies outside the years of the calendar";
		return false;
	}
	*due_us = whole_due(c, whole, start_us);
	/* 24:00 of the last day is the first instant of the next. */
	if (!calendar_covers(c, calendar_day_of(c, *due_us - 1))) {
		*why = "the due date lies outside the years of the calendar: extend the calendar";
		return false;
	}
	if (t->unit == TERM_PERCENT)
		*due_us = term_share(c, start_us, *due_us, t->amount);
	return true;
}

bool
term_on_day(
    const struct calendar *c, const char *text, int before, int64_t *due_us, const char **why)
{
	int64_t day;

	*why = NULL;
	if (day_parse(text, &day))
		*due_us = calendar_day_end(c, day - before);
	else
		*why = "it is no day YYYY-MM-DD";
	return *why == NULL;
}

int
term_days_left(const struct calendar *c, int64_t now_us, int64_t due_us)
{
	return calendar_working_days_between(
	    c, calendar_day_of(c, now_us), calendar_day_of(c, due_us - 1));
}

int64_t
term_resume(const struct calendar *c, int64_t resume_us, int days_left)
{
	int64_t day = day_of_event(c, resume_us);

	return calendar_day_end(
	    c, calendar_add_working_days(c, day, days_left > 0 ? days_left : 0));
}
