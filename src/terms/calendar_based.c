/*
 * Reads the calendar of agencies that work otherwise than the province (calendars/README.md): a
 * copy of its base, with what differs.
 */
#include "terms_priv.h"

const char *
calendar_base_id(struct json_object *o)
{
	return json_get(o, "based_on") ? json_object_get_string(json_get(o, "based_on")) : NULL;
}

static bool
is_among(char **codes, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(codes[i], code))
			return true;
	return false;
}

static void
read_agencies(struct calendar *c, struct json_object *list, struct error_list *errors)
{
	size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;
	size_t kept = 0;

	if (list && n == 0)
		error_add(errors, "/agencies", "agencies", "must list codes of agencies");
	c->agencies = xcalloc(n + 1, sizeof(*c->agencies));
	for (size_t i = 0; i < n; i++) {
		struct json_object *one = json_object_array_get_idx(list, i);
		const char *code = json_object_is_type(one, json_type_string)
				       ? json_object_get_string(one)
				       : "";

		if (!*code || is_among(c->agencies, kept, code))
			error_add(errors, arena_printf(errors->arena, "/agencies/%zu", i),
			    "agencies", *code ? "stands above already" : "must be a code");
		else
			c->agencies[kept++] = xstrdup(code);
	}
}

/* What only the base says: it holds for all that are based on it. */
static void
refuse_others(struct json_object *o, const struct calendar *base, struct error_list *errors)
{
	static const char *const years[] = { "first_year", "last_year" };

	for (size_t i = 0; i < LEN(years); i++)
		if (json_get(o, years[i]))
			error_add(errors, arena_printf(errors->arena, "/%s", years[i]), "years",
			    "the years are those of \"%s\"", base->id);
	if (json_get(o, "utc_offset_minutes") &&
	    json_int(o, "utc_offset_minutes", 100000) * MINUTE_US != base->offset_us)
		error_add(errors, "/utc_offset_minutes", "zone",
		    "the zone is that of \"%s\", %lld minutes", base->id,
		    (long long)(base->offset_us / MINUTE_US));
	if (base->based_on)
		error_add(errors, "/based_on", "based-on",
		    "\"%s\" is itself based on \"%s\": name that one", base->id, base->based_on);
	if (str_eq(json_str(o, "id"), base->id))
		error_add(errors, "/id", "based-on", "has the id of the calendar it is based on");
}

static void
copy_frame(struct calendar *c, const struct calendar *base)
{
	size_t days = (size_t)(base->last_day - base->first_day + 1);

	c->based_on = xstrdup(base->id);
	c->offset_us = base->offset_us;
	c->late_is_same_day = base->late_is_same_day;
	c->first_day = base->first_day;
	c->last_day = base->last_day;
	c->mark = xcalloc(days, 1);
	c->own_hours = xcalloc(days, sizeof(*c->own_hours));
	c->name = xcalloc(days, sizeof(*c->name));
}

/* A day that stands in both is its own. */
static void
copy_days(struct calendar *c, const struct calendar *base)
{
	for (int64_t i = 0; i <= base->last_day - base->first_day; i++) {
		if (c->mark[i] != DAY_AS_WEEK)
			continue;
		c->mark[i] = base->mark[i];
		if (base->name[i])
			c->name[i] = xstrdup(base->name[i]);
		if (base->own_hours[i]) {
			c->own_hours[i] = xcalloc(1, sizeof(*c->own_hours[i]));
			*c->own_hours[i] = *base->own_hours[i];
		}
	}
}

struct calendar *
calendar_load_based(struct json_object *o, const struct calendar *base, struct error_list *errors)
{
	int before = errors->count;
	struct calendar *c = calendar_new(o, errors);

	copy_frame(c, base);
	refuse_others(o, base, errors);
	read_agencies(c, json_get(o, "agencies"), errors);
	if (json_get(o, "office_hours"))
		calendar_read_hours(
		    &c->hours, json_get(o, "office_hours"), "/office_hours", errors);
	else
		c->hours = base->hours;
	if (json_get(o, "outside_office_hours"))
		calendar_read_outside_hours(c, o, errors);
	if (json_get(o, "working_weekdays"))
		calendar_read_week(c, json_get(o, "working_weekdays"), errors);
	else
		for (size_t i = 0; i < LEN(c->works_on); i++)
			c->works_on[i] = base->works_on[i];
	calendar_read_days(c, json_get(o, "days"), errors);
	copy_days(c, base);
	return calendar_if_good(c, errors->count == before);
}
