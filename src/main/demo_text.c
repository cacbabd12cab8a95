/*
 * What people of the demo write: texts of the plan with names, numbers and dates filled in.
 */
#include "demo.h"

#include "terms.h"

#include <stdlib.h>
#include <string.h>

static const char *
day_text(struct demo *d, int64_t day, const char *format)
{
	time_t t = (time_t)(day * 86400);
	char text[32];
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(text, sizeof(text), format, &tm);
	return arena_strdup(d->arena, text);
}

static const char *
date_of(struct demo *d, int64_t at)
{
	return day_text(d, calendar_day_of(d->calendar, at), "%Y-%m-%d");
}

/* "+3", "-10": so many working days later or earlier; else the day itself. */
static int64_t
shifted_day(struct demo *d, int64_t at, const char *shift)
{
	int days = atoi(shift);
	int64_t day = calendar_day_of(d->calendar, at);

	return days > 0 ? calendar_add_working_days(d->calendar, day, days)
			: calendar_day_of(d->calendar, demo_working_days_before(d, at, -days));
}

/* The last quarter that is over: "III/2026". */
static const char *
last_quarter(struct demo *d, int64_t at)
{
	static const char *const NAMES[] = { "IV", "I", "II", "III" };
	const char *date = date_of(d, at);
	int year = atoi(date), quarter = (atoi(date + 5) - 1) / 3;

	return arena_printf(d->arena, "%s/%d", NAMES[quarter], quarter ? year : year - 1);
}

static const char *
name_of(struct demo *d, const char *code)
{
	return json_str(json_get(demo_by(d->agencies, "code", code), "name"), "vi");
}

int64_t
demo_received_at(struct demo *d, const struct demo_case *c, int64_t at)
{
	int days = (int)json_int(c->story, "received_days_before", 0);

	return days ? demo_working_days_before(d, at, days) : 0;
}

static const char *
placeholder(struct demo *d, const struct demo_words *w, const char *name)
{
	if (str_eq(name, "requester"))
		return name_of(d, w->c->requester);
	if (str_eq(name, "owner"))
		return name_of(d, w->c->owner);
	if (str_eq(name, "requester_code"))
		return w->c->requester;
	if (str_eq(name, "service"))
		return json_str(w->c->service, "name");
	if (str_eq(name, "service_code"))
		return json_str(w->c->service, "code");
	if (str_starts(name, "date")) /* for fields */
		return day_text(d, shifted_day(d, w->at, name + 4), "%Y-%m-%d");
	if (str_starts(name, "day")) /* for sentences */
		return day_text(d, shifted_day(d, w->at, name + 3), "%d/%m/%Y");
	if (str_eq(name, "year"))
		return day_text(d, calendar_day_of(d->calendar, w->at), "%Y");
	if (str_eq(name, "quarter"))
		return last_quarter(d, w->at);
	if (str_eq(name, "agency"))
		return name_of(d, w->agency);
	if (str_eq(name, "received"))
		return date_of(d, demo_received_at(d, w->c, w->at));
	if (str_eq(name, "n"))
		return arena_printf(d->arena, "%d", (int)demo_random(d, 900) + 100);
	return "";
}

static struct json_object *
fill_text(struct demo *d, const struct demo_words *w, const char *text)
{
	struct str s;
	const char *open;

	str_init(&s, d->arena);
	while ((open = strchr(text, '{')) != NULL && strchr(open, '}')) {
		const char *close = strchr(open, '}');

		str_add_n(&s, text, (size_t)(open - text));
		str_add(&s, placeholder(d, w,
				arena_strndup(d->arena, open + 1, (size_t)(close - open - 1))));
		text = close + 1;
	}
	str_add(&s, text);
	return json_object_new_string(s.text);
}

static struct json_object *
fill_object(struct demo *d, const struct demo_words *w, struct json_object *o)
{
	struct json_object *filled = json_object_new_object();

	json_object_object_foreach(o, key, value)
	{
		json_set(filled, key, demo_fill(d, w, value));
	}
	return filled;
}

static struct json_object *
number_between(struct demo *d, struct json_object *pair)
{
	int64_t low = json_object_get_int64(json_object_array_get_idx(pair, 0));
	int64_t high = json_object_get_int64(json_object_array_get_idx(pair, 1));

	return json_object_new_int64(low + (int64_t)demo_random(d, (uint64_t)(high - low + 1)));
}

static struct json_object *
fill_list(struct demo *d, const struct demo_words *w, struct json_object *list)
{
	struct json_object *filled = json_object_new_array();

	for (size_t i = 0; i < json_object_array_length(list); i++)
		json_push(filled, demo_fill(d, w, json_object_array_get_idx(list, i)));
	return filled;
}

struct json_object *
demo_fill(struct demo *d, const struct demo_words *w, struct json_object *o)
{
	const char *pick = json_object_is_type(o, json_type_object) ? json_str(o, "pick") : NULL;
	struct json_object *texts = pick ? json_get(json_get(d->plan, "texts"), pick) : NULL;

	if (texts)
		return demo_fill(d, w,
		    json_object_array_get_idx(
			texts, demo_random(d, json_object_array_length(texts))));
	if (json_object_is_type(o, json_type_object) && json_get(o, "number"))
		return number_between(d, json_get(o, "number"));
	if (json_object_is_type(o, json_type_array))
		return fill_list(d, w, o);
	if (json_object_is_type(o, json_type_object))
		return fill_object(d, w, o);
	if (json_object_is_type(o, json_type_string))
		return fill_text(d, w, json_object_get_string(o));
	return json_object_get(o);
}

/* ---- the form of a request ---- */

/* Two of the service's items at least, more often all of them. */
static struct json_object *
some_items(struct demo *d, const struct demo_case *c)
{
	struct json_object *all = json_get(c->service, "items"), *items = json_object_new_array();
	size_t count = json_object_array_length(all);

	if (count > 2 && demo_random(d, 3) == 0)
		count -= demo_random(d, count - 1);
	for (size_t i = 0; i < count; i++)
		json_push(
		    items, json_object_get(json_get(json_object_array_get_idx(all, i), "name")));
	return items;
}

static void
add_contact(struct demo *d, struct json_object *fields, int person)
{
	struct json_object *p = json_object_array_get_idx(
	    json_get(d->people, "people"), (size_t)person);

	json_set_str(fields, "contact_name", json_str(p, "name"));
	json_set_str(fields, "contact_email", json_str(p, "email"));
	json_set_str(
	    fields, "contact_phone", arena_printf(d->arena, "0299 3%06d", 800000 + person * 137));
}

struct json_object *
demo_fields(struct demo *d, const struct demo_case *c, int person, int64_t at)
{
	struct demo_words w = { c, at, NULL };
	struct json_object *fields = json_keep(d->arena, demo_fill(d, &w, c->request));
	struct json_object *more = json_get(c->story, "fields");

	json_object_object_del(fields, "service");
	json_object_object_del(fields, "from");
	json_set(fields, "items", some_items(d, c));
	json_set_bool(fields, "no_state_secret", true);
	add_contact(d, fields, person);
	if (more) {
		json_object_object_foreach(more, key, value)
		{
			json_set(fields, key, demo_fill(d, &w, value));
		}
	}
	return fields;
}
