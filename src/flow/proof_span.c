/*
 * Spans: sums of terms in the units in which they are stated, as these do not add up to each other.
 */
#include "proof_priv.h"

static struct span
share(struct span s, double part)
{
	return (struct span){ s.working_days * part, s.calendar_days * part, s.working_hours * part,
		s.hours * part, s.months * part, s.years * part, s.dates * part };
}

struct span
span_of_term(const struct regime *r, const char *name)
{
	const struct term *t = regime_term(r, name);
	double n = t ? t->amount : 0;

	if (t == NULL)
		return (struct span){ 0 };
	switch (t->unit) {
	case TERM_WORKING_DAYS:
		return (struct span){ .working_days = n };
	case TERM_CALENDAR_DAYS:
		return (struct span){ .calendar_days = n };
	case TERM_WORKING_HOURS:
		return (struct span){ .working_hours = n };
	case TERM_HOURS:
		return (struct span){ .hours = n };
	case TERM_MONTHS:
		return (struct span){ .months = n };
	case TERM_YEARLY:
		return (struct span){ .years = 1 };
	case TERM_DATE:
		return (struct span){ .dates = 1 };
	case TERM_PERCENT: /* of a whole, which is no percent itself */
		return share(span_of_term(r, t->of), n / 100);
	}
	return (struct span){ 0 };
}

/* ---- extensions ---- */

struct kinds {
	const struct workflow *w;
	struct arena *a;
	const char *term;
	struct json_object *seen; /* kinds that people of the case may grant */
};

static void
see_extension(void *arg, const char *pointer, const char *type, struct json_object *params)
{
	struct kinds *k = arg;
	const struct sc_transition *t;

	if (!str_eq(type, "extend") || !str_eq(json_str(params, "term"), k->term) ||
	    json_str(params, "kind") == NULL)
		return;
	t = workflow_transition_at(k->w, k->a, pointer);
	if (t && json_get(t->meta, "by"))
		json_set_bool(k->seen, json_str(params, "kind"), true);
}

/* All that people of the case may add to the term, by each kind its most. What another case tells
 * comes of a ladder that is not climbed here. */
struct span
span_of_extensions(
    const struct workflow *w, const struct regime *r, const char *name, struct arena *a)
{
	const struct term *t = regime_term(r, name);
	struct kinds k = { w, a, name, json_keep(a, json_object_new_object()) };
	struct span sum = { 0 };

	if (t == NULL || t->extension_count == 0)
		return sum;
	sc_visit_actions(w->chart, see_extension, &k);
	for (int i = 0; i < t->extension_count; i++) {
		const struct term_extension *e = &t->extensions[i];

		if (json_get(k.seen, e->kind) == NULL)
			continue;
		sum = span_add(sum, e->unit == TERM_WORKING_DAYS
					? (struct span){ .working_days = e->most }
					: (struct span){ .calendar_days = e->most });
	}
	return sum;
}

/* ---- sums ---- */

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
