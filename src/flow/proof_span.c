/*
 * Spans: sums of terms in the units in which they are stated, as these do not add up to each other.
 */
#include "proof_priv.h"

bool
span_of_term(const struct regime *r, const char *name, struct span *span)
{
	const struct term *t = regime_term(r, name);

	*span = (struct span){ 0 };
	if (t == NULL)
		return false;
	switch (t->unit) {
	case TERM_WORKING_DAYS:
		span->working_days = t->amount;
		return true;
	case TERM_CALENDAR_DAYS:
		span->calendar_days = t->amount;
		return true;
	case TERM_WORKING_HOURS:
		span->working_hours = t->amount;
		return true;
	case TERM_HOURS:
		span->hours = t->amount;
		return true;
	case TERM_MONTHS:
		span->months = t->amount;
		return true;
	case TERM_YEARLY:
		span->years = 1;
		return true;
	case TERM_PERCENT:
		if (!span_of_term(r, t->of, span))
			return false;
		span->working_days *= t->amount / 100.0;
		span->calendar_days *= t->amount / 100.0;
		span->working_hours *= t->amount / 100.0;
		span->hours *= t->amount / 100.0;
		span->months *= t->amount / 100.0;
		span->years *= t->amount / 100.0;
		span->dates *= t->amount / 100.0;
		return true;
	case TERM_DATE:
		span->dates = 1;
		return true;
	}
	return false;
}

struct span
span_add(struct span a, struct span b)
{
	return (struct span){ a.working_days + b.working_days, a.calendar_days + b.calendar_days,
		a.working_hours + b.working_hours, a.hours + b.hours, a.months + b.months,
		a.years + b.years, a.dates + b.dates };
}

struct span
span_without(struct span a, struct span b)
{
	return (struct span){ a.working_days - b.working_days, a.calendar_days - b.calendar_days,
		a.working_hours - b.working_hours, a.hours - b.hours, a.months - b.months,
		a.years - b.years, a.dates - b.dates };
}

/* Five working days of eight hours a week. */
double
span_length(struct span s)
{
	return s.working_days * 24 * 7 / 5 + s.calendar_days * 24 + s.working_hours * 24 * 7 / 40 +
	       s.hours + s.months * 24 * 30.4 + (s.years + s.dates) * 24 * 365;
}

static void
add_part(struct str *text, double n, const char *one, const char *many)
{
	if (n > 0)
		str_addf(text, "%s%.4g %s", text->len ? " + " : "", n, n == 1 ? one : many);
}

const char *
span_text(struct arena *a, struct span s)
{
	struct str text;

	str_init(&text, a);
	add_part(&text, s.dates, "date of the case", "dates of the case");
	add_part(&text, s.years, "year", "years");
	add_part(&text, s.months, "month", "months");
	add_part(&text, s.working_days, "working day", "working days");
	add_part(&text, s.calendar_days, "calendar day", "calendar days");
	add_part(&text, s.working_hours, "working hour", "working hours");
	add_part(&text, s.hours, "hour", "hours");
	return text.len ? text.text : "no time";
}
