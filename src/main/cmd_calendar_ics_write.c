/*
 * Writes the days of a calendar as iCalendar (RFC 5545): an all-day event each.
 */
#include "cmd_calendar.h"

#include <libical/ical.h>
#include <stdio.h>

static void
add_x(icalcomponent *event, const char *name, const char *text)
{
	icalproperty *p = icalproperty_new_x(text);

	icalproperty_set_x_name(p, name);
	icalcomponent_add_property(event, p);
}

static icalcomponent *
event_of(struct arena *a, const char *calendar, struct json_object *day)
{
	icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
	const char *date = json_str(day, "date"), *hours = calendar_hours_text(a, day);
	struct icaltimetype on = icaltime_null_date(), stamp;

	sscanf(date, "%4d-%2d-%2d", &on.year, &on.month, &on.day);
	/* The same calendar gives the same file: it is not known when a day was put in. */
	stamp = icaltime_from_string("19700101T000000Z");
	icalcomponent_set_uid(event, arena_printf(a, "%s-%s@lienthong", calendar, date));
	icalcomponent_set_dtstamp(event, stamp);
	icalcomponent_set_dtstart(event, on);
	icaltime_adjust(&on, 1, 0, 0, 0);
	icalcomponent_set_dtend(event, on);
	if (json_str(day, "name"))
		icalcomponent_set_summary(event, json_str(day, "name"));
	icalcomponent_set_description(event, json_str(day, "source"));
	icalcomponent_add_property(event, icalproperty_new_categories(json_str(day, "kind")));
	icalcomponent_add_property(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	if (hours)
		add_x(event, "X-LT-HOURS", hours);
	return event;
}

void
calendar_ics_write(struct str *to, struct json_object *calendar)
{
	struct json_object *days = json_get(calendar, "days");
	size_t n = calendar_days_count(calendar);
	icalcomponent *all = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	char *text;

	icalcomponent_add_property(all, icalproperty_new_version("2.0"));
	icalcomponent_add_property(all, icalproperty_new_prodid("-//lienthong//calendar//EN"));
	for (size_t i = 0; i < n; i++)
		icalcomponent_add_component(all, event_of(to->arena, json_str(calendar, "id"),
						     json_object_array_get_idx(days, i)));
	text = icalcomponent_as_ical_string_r(all);
	str_add(to, text);
	icalmemory_free_buffer(text);
	icalcomponent_free(all);
	icalmemory_free_ring();
}
