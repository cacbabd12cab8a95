/*
 * Reads days of a calendar from iCalendar (RFC 5545): all-day events. Lines are put together here,
 * so that a mistake has its line; what stands in an event is libical's to read.
 */
#include "cmd_calendar.h"

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define DEPTH_MOST 8
#define EVENT_DAYS_MOST 366

static const char kind_name[] = "X-LT-KIND", hours_name[] = "X-LT-HOURS";

struct ics {
	struct calendar_rows *rows;
	const char *at;
	int line; /* of what stands at `at` */
	int depth;
	char *open[DEPTH_MOST]; /* components begun and not ended */
	icalparser *event;      /* of the event that is open */
	int event_line;
};

/* ---- an event ---- */

static const char *
x_value(icalcomponent *event, const char *name)
{
	for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_X_PROPERTY); p;
	     p = icalcomponent_get_next_property(event, ICAL_X_PROPERTY))
		if (strcasecmp(icalproperty_get_x_name(p), name) == 0)
			return icalproperty_get_x(p);
	return NULL;
}

static bool
holds_word(const char *list, const char *word)
{
	for (size_t n; *list; list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		if (n == strlen(word) && strncmp(list, word, n) == 0)
			return true;
	}
	return false;
}

/* The word of ours among the categories; else all of them, to be refused. */
static const char *
kind_of(struct arena *a, icalcomponent *event)
{
	const char *kind = x_value(event, kind_name);
	struct str all;

	str_init(&all, a);
	for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_CATEGORIES_PROPERTY); p;
	     p = icalcomponent_get_next_property(event, ICAL_CATEGORIES_PROPERTY))
		str_addf(&all, "%s,", icalproperty_get_categories(p));
	if (kind || holds_word(all.text, "off") == holds_word(all.text, "worked"))
		return kind ? kind : all.text;
	return holds_word(all.text, "off") ? "off" : "worked";
}

static bool
is_date(struct icaltimetype t)
{
	return t.is_date && icaltime_compare_date_only(t, icaltime_normalize(t)) == 0;
}

/* What cannot be read as plain days is refused, never passed over. */
static const char *
unreadable(icalcomponent *event)
{
	icalproperty *broken = icalcomponent_get_first_property(event, ICAL_XLICERROR_PROPERTY);

	if (broken)
		return icalproperty_get_xlicerror(broken);
	if (icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) ||
	    icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY))
		return "an event that repeats: give each of its days";
	if (icalcomponent_count_properties(event, ICAL_DTSTART_PROPERTY) > 1 ||
	    icalcomponent_count_properties(event, ICAL_DTEND_PROPERTY) > 1)
		return "DTSTART or DTEND stands twice in an event";
	if (icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY))
		return "an event with DURATION: give DTEND, the day after its last";
	if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED)
		return "an event that is cancelled: leave it out";
	return NULL;
}

/* What all days of the event share; the date comes first and is put in later. */
static struct json_object *
model_of(struct arena *a, icalcomponent *event)
{
	struct json_object *day = json_object_new_object();
	const char *kind = kind_of(a, event), *name = icalcomponent_get_summary(event),
		   *source = icalcomponent_get_description(event);

	json_set_str(day, "date", "");
	json_set_str(day, "kind", kind);
	if (name)
		json_set_str(day, "name", name);
	if (source)
		json_set_str(day, "source", source);
	return day;
}

static bool
take_days(struct ics *c, struct json_object *model, struct icaltimetype on, struct icaltimetype end)
{
	char date[48];

	for (int n = 0; n == 0 || icaltime_compare_date_only(on, end) < 0; n++) {
		struct json_object *day = NULL;
		if (n == EVENT_DAYS_MOST)
			return calendar_rows_refuse(c->rows, c->event_line,
			    "an event of more than %d days", EVENT_DAYS_MOST);
		snprintf(date, sizeof(date), "%04d-%02d-%02d", on.year, on.month, on.day);
		json_object_deep_copy(model, &day, NULL);
		json_set_str(day, "date", date);
		if (!calendar_rows_add(c->rows, c->event_line, day))
			return false;
		icaltime_adjust(&on, 1, 0, 0, 0);
	}
	return true;
}

static bool
take_whole_days(
    struct ics *c, icalcomponent *event, struct icaltimetype from, struct icaltimetype end)
{
	struct json_object *model = json_keep(c->rows->arena, model_of(c->rows->arena, event));
	const char *hours = x_value(event, hours_name);

	if (hours && !calendar_hours_read(model, hours))
		return calendar_rows_refuse(c->rows, c->event_line,
		    "%s \"%.40s\" is not like 07:30-11:30 13:30-17:00", hours_name, hours);
	return take_days(c, model, from, end);
}

static bool
take_event(struct ics *c, icalcomponent *event)
{
	icalproperty *first = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
	icalproperty *last = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
	const char *why = unreadable(event);
	struct icaltimetype from, end;

	if (why)
		return calendar_rows_refuse(c->rows, c->event_line, "%s", why);
	from = first ? icalproperty_get_dtstart(first) : icaltime_null_time();
	end = last ? icalproperty_get_dtend(last) : from;
	if (!is_date(from) || !is_date(end))
		return calendar_rows_refuse(c->rows, c->event_line,
		    "an event must be of whole days that exist: DTSTART;VALUE=DATE:YYYYMMDD");
	if (last && icaltime_compare_date_only(end, from) <= 0)
		return calendar_rows_refuse(c->rows, c->event_line,
		    "DTEND must be after DTSTART: it is the day after the last");
	return take_whole_days(c, event, from, end);
}

/* ---- lines ---- */

/* The next line with those that go on from it (a space or tab begins them). */
static char *
read_line(struct ics *c)
{
	struct str line;

	str_init(&line, c->rows->arena);
	do {
		size_t n = strcspn(c->at, "\n");
		size_t kept = n > 0 && c->at[n - 1] == '\r' ? n - 1 : n;
		bool goes_on = line.len > 0;
		str_add_n(&line, c->at + goes_on, kept > goes_on ? kept - goes_on : 0);
		c->at += n + (c->at[n] == '\n');
		c->line++;
	} while (line.len > 0 && (*c->at == ' ' || *c->at == '\t'));
	return line.text;
}

static bool
refuse_start(struct ics *c, int line)
{
	calendar_rows_refuse(c->rows, line, "must begin with BEGIN:VCALENDAR");
	return false;
}

static bool
begin(struct ics *c, int line, char *name)
{
	if (c->depth == 0 && strcasecmp(name, "VCALENDAR") != 0)
		return refuse_start(c, line);
	if (c->depth == DEPTH_MOST) {
		calendar_rows_refuse(c->rows, line, "components stand too deep in each other");
		return false;
	}
	if (c->depth == 1 && strcasecmp(name, "VEVENT") == 0) {
		c->event = icalparser_new();
		c->event_line = line;
	}
	c->open[c->depth++] = name;
	return true;
}

static bool
end(struct ics *c, int line, const char *name)
{
	if (c->depth == 0 || strcasecmp(c->open[c->depth - 1], name) != 0) {
		calendar_rows_refuse(c->rows, line, "END:%.40s without its BEGIN", name);
		return false;
	}
	c->depth--;
	return true;
}

/* A property without a value says as much as none. */
static bool
give(struct ics *c, char *line)
{
	icalcomponent *event = NULL;
	bool more = true;

	if (c->event && strchr(line, ':')[1] != '\0')
		event = icalparser_add_line(c->event, line);
	if (!c->event || (!event && c->depth > 1))
		return true;
	if (event)
		more = take_event(c, event);
	else
		more = calendar_rows_refuse(c->rows, c->event_line, "an event that cannot be read");
	if (event)
		icalcomponent_free(event);
	icalparser_free(c->event);
	c->event = NULL;
	return more;
}

static bool
take_line(struct ics *c, int at, char *line)
{
	bool more = true;

	if (*line == '\0')
		return true;
	if (!strchr(line, ':'))
		return calendar_rows_refuse(c->rows, at, "not NAME:VALUE: \"%.40s\"", line);
	if (strncasecmp(line, "BEGIN:", 6) == 0)
		more = begin(c, at, line + 6);
	else if (strncasecmp(line, "END:", 4) == 0)
		more = end(c, at, line + 4);
	else if (c->depth == 0)
		return refuse_start(c, at);
	return more && give(c, arena_strdup(c->rows->arena, line));
}

void
calendar_ics_read(struct calendar_rows *rows, const char *text)
{
	struct ics c = { .rows = rows, .at = text, .line = 1 };
	bool more = true;

	icalerror_set_errors_are_fatal(false);
	if (str_starts(text, "\xef\xbb\xbf"))
		c.at += 3;
	if (*c.at == '\0')
		calendar_rows_refuse(rows, 1, "there is nothing in it");
	while (more && *c.at) {
		int at = c.line;
		more = take_line(&c, at, read_line(&c));
	}
	if (more && c.depth)
		calendar_rows_refuse(
		    rows, c.line, "the file ends within %.40s", c.open[c.depth - 1]);
	if (c.event)
		icalparser_free(c.event);
	icalmemory_free_ring();
}
