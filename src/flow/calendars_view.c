/*
 * The calendars as people read them: whose each is, and the days of a year that are not as their
 * weekday, with where they come from.
 */
#include "flow_db.h"
#include "flow_priv.h"

#include <stdio.h>
#include <string.h>

static struct json_object *
agencies_json(const struct calendar *c)
{
	struct json_object *list = json_object_new_array();

	for (const char *const *code = calendar_agencies(c); *code; code++)
		if (agency_by_code(*code))
			json_push(list, agency_json(agency_by_code(*code)));
	return list;
}

/* A member that an agency's calendar does not state is its base's. */
static struct json_object *
member(struct json_object *file, const char *key)
{
	struct json_object *own = json_get(file, key);
	const char *base = calendar_base_id(file);

	return own || base == NULL ? own : json_get(law_calendar_file(flow_state.law, base), key);
}

static struct json_object *
line_json(const struct calendar *c, struct json_object *file)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "id", calendar_id(c));
	json_set_or_null(o, "title", json_get(file, "title"));
	json_set_str(o, "source", json_str(file, "source"));
	json_set_or_null(o, "first_year", member(file, "first_year"));
	json_set_or_null(o, "last_year", member(file, "last_year"));
	json_set_str(o, "based_on", calendar_based_on(c));
	json_set(o, "agencies", agencies_json(c));
	json_set_bool(o, "is_default", c == flow_state.calendar);
	return o;
}

int
flow_calendar_list(struct task *t, struct json_object **list)
{
	const struct law *l = flow_state.law;
	struct json_object *items;

	TRY(agencies_refresh(t));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < l->calendar_count; i++)
		json_push(items, line_json(l->calendars[i],
				     json_object_array_get_idx(l->calendar_files, (size_t)i)));
	return OK;
}

/* ---- the days of a year ---- */

struct days {
	struct json_object *list;
	char year[16]; /* "2026-" */
};

static bool
has_date(struct json_object *list, const char *date)
{
	for (size_t i = 0; i < json_object_array_length(list); i++)
		if (str_eq(json_str(json_object_array_get_idx(list, i), "date"), date))
			return true;
	return false;
}

static void
add_days(struct days *d, struct json_object *file)
{
	struct json_object *days = json_get(file, "days");

	for (size_t i = 0; days && i < json_object_array_length(days); i++) {
		struct json_object *day = json_object_array_get_idx(days, i);
		struct json_object *o;

		if (!str_starts(json_str(day, "date"), d->year) ||
		    has_date(d->list, json_str(day, "date")))
			continue;
		o = json_object_new_object();
		json_set_str(o, "date", json_str(day, "date"));
		json_set_str(o, "kind", json_str(day, "kind"));
		json_set_str(o, "name", json_str(day, "name"));
		json_set_str(o, "source", json_str(day, "source"));
		json_set_or_null(o, "hours", json_get(day, "hours"));
		json_set_str(o, "from", json_str(file, "id"));
		json_push(d->list, o);
	}
}

static int
by_date(const void *a, const void *b)
{
	struct json_object *const *x = a, *const *y = b;

	return strcmp(json_str(*x, "date"), json_str(*y, "date"));
}

static struct json_object *
days_json(const struct calendar *c, struct json_object *file, int year)
{
	struct days d = { .list = json_object_new_array() };

	snprintf(d.year, sizeof(d.year), "%04d-", year);
	add_days(&d, file);
	if (calendar_based_on(c))
		add_days(&d, law_calendar_file(flow_state.law, calendar_based_on(c)));
	json_object_array_sort(d.list, by_date);
	return d.list;
}

int
flow_calendar_view(struct task *t, const char *id, int year, struct json_object **view)
{
	static const char *const members[] = { "working_weekdays", "office_hours" };
	const struct calendar *c = law_calendar(flow_state.law, id);
	struct json_object *file = law_calendar_file(flow_state.law, id);
	const char *outside;

	if (c == NULL)
		return fail(t, E_NOT_FOUND, "there is no calendar %s", id);
	TRY(agencies_refresh(t));
	year = year ? year : calendar_year(c, clock_now());
	*view = json_keep(task_arena(t), line_json(c, file));
	json_set_int(*view, "year", year);
	for (size_t i = 0; i < LEN(members); i++)
		json_set_or_null(*view, members[i], member(file, members[i]));
	outside = json_object_get_string(member(file, "outside_office_hours"));
	json_set_str(*view, "outside_office_hours", outside ? outside : "next_working_day");
	json_set(*view, "days", days_json(c, file, year));
	return OK;
}
