/*
 * How a term may be extended: what a regime says of each kind, and the date that comes of it.
 */
#include "terms_priv.h"

#include <string.h>

/* A date that the law names for each year, or that the case holds, is longer by days too; a part
 * moves with its whole, and a warning with its date. */
static bool
may_be_extended(const struct term *t)
{
	return t->unit != TERM_PERCENT && (t->unit != TERM_DATE || t->amount == 0);
}

static int
read_whole(
    struct json_object *o, const char *key, int most, const char *at, struct error_list *errors)
{
	int64_t n = json_int(o, key, -1);

	if (!json_object_is_type(json_get(o, key), json_type_int) || n < 1 || n > most)
		error_add(errors, arena_printf(errors->arena, "%s/%s", at, key), key,
		    "\"%s\" must be a whole number, 1 to %d", key, most);
	return (int)n;
}

static enum term_unit
read_days(struct json_object *o, const struct term *t, const char *at, struct error_list *errors)
{
	const char *unit = json_str(o, "unit");
	bool is_working = str_eq(unit, "working_days");

	if (!is_working && !str_eq(unit, "calendar_days"))
		error_add(errors, arena_printf(errors->arena, "%s/unit", at), "unit",
		    "an extension is of working_days or calendar_days");
	else if (!is_working && t->resumes)
		error_add(errors, arena_printf(errors->arena, "%s/unit", at), "unit",
		    "a term that resumes keeps working days: it is extended by them");
	return is_working ? TERM_WORKING_DAYS : TERM_CALENDAR_DAYS;
}

static bool
read_from(struct json_object *o, const char *at, struct error_list *errors)
{
	const char *from = json_str(o, "from");

	if (!str_eq(from, "due") && !str_eq(from, "now"))
		error_add(errors, arena_printf(errors->arena, "%s/from", at), "from",
		    "\"from\" is due (the day it was due) or now (today, when that is past)");
	return str_eq(from, "now");
}

static void
check_names(struct json_object *o, const char *at, struct error_list *errors)
{
	static const char known[] = " unit most times from law ";

	json_object_object_foreach(o, key, value)
	{
		(void)value;
		if (strstr(known, arena_printf(errors->arena, " %s ", key)) == NULL)
			error_add(errors, arena_printf(errors->arena, "%s/%s", at, key), "unknown",
			    "unknown property \"%s\"", key);
	}
}

static void
read_one(struct term *t, const char *kind, struct json_object *o, const char *at,
    struct error_list *errors)
{
	struct term_extension *e = &t->extensions[t->extension_count++];

	if (!json_object_is_type(o, json_type_object)) {
		error_add(errors, at, "type", "must be an object");
		return;
	}
	check_names(o, at, errors);
	*e = (struct term_extension){ .kind = kind,
		.unit = read_days(o, t, at, errors),
		.most = read_whole(o, "most", 9999, at, errors),
		.times = read_whole(o, "times", 99, at, errors),
		.from_now = read_from(o, at, errors),
		.law = json_str(o, "law") };
	if (e->law == NULL)
		error_add(errors, arena_printf(errors->arena, "%s/law", at), "law",
		    "\"law\" must name the article, or say DEFAULT");
}

void
read_extensions(struct regime *r, struct term *t, struct json_object *o, const char *at,
    struct error_list *errors)
{
	struct json_object *kinds = json_get(o, "extensions");
	char *here = arena_printf(errors->arena, "%s/extensions", at);

	if (kinds == NULL)
		return;
	if (!json_object_is_type(kinds, json_type_object)) {
		error_add(errors, here, "type", "must be an object of kinds of extension");
		return;
	}
	if (!may_be_extended(t))
		error_add(errors, here, "extensions",
		    "a part of a term, or a warning before a date, is not extended by itself");
	t->extensions = arena_array(
	    r->arena, struct term_extension, json_object_object_length(kinds));
	json_object_object_foreach(kinds, kind, one)
	{
		read_one(t, kind, one, arena_printf(errors->arena, "%s/%s", here, kind), errors);
	}
}

const struct term_extension *
term_extension(const struct term *t, const char *kind)
{
	for (int i = 0; i < t->extension_count; i++)
		if (str_eq(t->extensions[i].kind, kind))
			return &t->extensions[i];
	return NULL;
}

int64_t
term_extend(const struct calendar *c, enum term_unit unit, int64_t day, int days)
{
	if (unit == TERM_WORKING_DAYS)
		return calendar_day_end(c, calendar_add_working_days(c, day, days));
	day += days;
	return calendar_day_end(
	    c, calendar_is_working_day(c, day) ? day : calendar_add_working_days(c, day, 1));
}

int64_t
term_share_around(const struct calendar *c, int64_t start_us, int64_t due_us, int percent,
    const struct standstill *pauses, int count)
{
	int64_t whole = worktime_between(c, start_us, due_us), passed, at;

	for (int i = 0; i < count; i++)
		whole -= worktime_between(c, pauses[i].from_us, pauses[i].until_us);
	passed = whole / 100 * percent + whole % 100 * percent / 100;
	if (passed <= 0)
		return due_us;
	at = worktime_add(c, start_us, passed);
	for (int i = 0; i < count && pauses[i].from_us < at; i++)
		at = worktime_add(
		    c, at, worktime_between(c, pauses[i].from_us, pauses[i].until_us));
	return at;
}
