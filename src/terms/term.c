/*
 * When a term is due. Civil Code 91/2015/QH13, Điều 147.2: the day of the event does not count;
 * Điều 148.5: a period that ends on a day off ends with the next working day; 148.6: at 24:00.
 */
#include "terms_priv.h"

static bool
is_late(const struct calendar *c, int64_t day, int64_t at_us)
{
	const struct hours *h = calendar_hours(c, day);

	return !calendar_is_working_day(c, day) ||
	       at_us > calendar_instant(c, day, h->span[h->count - 1].to_us);
}

/* The day of the event: after office hours or on a day off, the next working day, unless the
 * calendar says otherwise. */
static int64_t
day_of_event(const struct calendar *c, int64_t at_us)
{
	int64_t day = calendar_day_of(c, at_us);

	if (!c->late_is_same_day && is_late(c, day, at_us))
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

int64_t
term_counted_from(const struct calendar *c, enum term_unit unit, int64_t start_us)
{
	switch (unit) {
	case TERM_WORKING_DAYS:
	case TERM_CALENDAR_DAYS:
	case TERM_WORKING_HOURS:
		return day_of_event(c, start_us);
	default:
		return calendar_day_of(c, start_us);
	}
}

int64_t
term_last_day(const struct calendar *c, const struct term *t, int64_t counted_from)
{
	switch (t->unit) {
	case TERM_WORKING_DAYS:
		return calendar_add_working_days(c, counted_from, t->amount);
	case TERM_MONTHS: /* Điều 148.3: a term of months ends on the same day of the last month */
		return day_add_months(counted_from, t->amount);
	case TERM_YEARLY:
		return next_yearly(counted_from, t->amount);
	default:
		return counted_from + t->amount;
	}
}

/* Of a term that is a whole. */
static int64_t
whole_due(const struct calendar *c, const struct term *t, int64_t start_us)
{
	int64_t day = term_counted_from(c, t->unit, start_us);
	int64_t from_us = day > calendar_day_of(c, start_us) ? calendar_instant(c, day, 0)
							     : start_us;

	switch (t->unit) {
	case TERM_WORKING_DAYS:
	case TERM_CALENDAR_DAYS:
	case TERM_MONTHS:
		return calendar_day_end(c, roll_to_working_day(c, term_last_day(c, t, day)));
	case TERM_YEARLY:
		return calendar_day_end(c, term_last_day(c, t, day));
	case TERM_HOURS:
		return start_us + t->amount * HOUR_US;
	default:
		return worktime_add(c, from_us, t->amount * HOUR_US);
	}
}

int64_t
term_share(const struct calendar *c, int64_t start_us, int64_t due_us, int percent)
{
	int64_t whole_us = worktime_between(c, start_us, due_us);
	int64_t passed_us = whole_us / 100 * percent + whole_us % 100 * percent / 100;

	/* Nights and days off alone have no working time: what is left is the end. */
	return passed_us > 0 ? worktime_add(c, start_us, passed_us) : due_us;
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

	return calendar_day_end(c, days_left > 0 ? calendar_add_working_days(c, day, days_left)
						 : roll_to_working_day(c, day));
}
