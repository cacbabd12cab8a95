/*
 * Open tasks as iCalendar (RFC 5545): an all-day event on the day by whose end each is due. The
 * same tasks give the same bytes, so that a reader can be told that nothing has changed.
 */
#include "flow_db.h"
#include "flow_priv.h"

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

struct entry { /* one event in the making */
	struct arena *a;
	const struct feed *f;
	const struct inbox_row *row;
};

static const char *
word(const char *lang, const char *name)
{
	return json_str(json_get(json_get(flow_state.law->layout, lang), "feed"), name);
}

/* ---- texts ---- */

static const char *
in_lang(const char *lang, const char *vi, const char *en)
{
	return str_eq(lang, "en") && en ? en : vi;
}

char *
feed_summary(struct arena *a, const char *lang, const struct inbox_row *row, int64_t now)
{
	const char *title = in_lang(lang, row->task.title_vi, row->task.title_en);
	bool is_late = row->task.due_at && row->task.due_at <= now;

	return arena_printf(a, "%s%s[%s] %s", is_late ? word(lang, "late") : "",
	    is_late ? ": " : "", row->line.c.number, title);
}

char *
feed_due(struct arena *a, const char *lang, int64_t due_at)
{
	char *iso = local_time_text(flow_state.calendar, a, due_at);

	return arena_printf(
	    a, "%s: %.2s/%.2s/%.4s%s", word(lang, "due"), iso + 8, iso + 5, iso, iso + 10);
}

static const char *
state_text(const struct entry *e)
{
	const struct workflow *w = flow_version(e->row->line.c.workflow_version_id);
	struct state_set set;

	if (w == NULL)
		return "";
	set = state_set_of(workflow_chart(w), e->a, e->row->line.active_states);
	return json_str(json_keep(e->a, state_title_json(&set)), e->f->lang);
}

static const char *
link_text(const struct entry *e)
{
	return arena_printf(
	    e->a, "%s/cases/%lld", flow_state.cfg.base_url, (long long)e->row->line.c.id);
}

/* What the mails about the case say too, and nothing out of its form. */
static const char *
description(const struct entry *e)
{
	const struct agency *g = agency_by_id(e->row->task.agency_id);
	struct str s;

	str_init(&s, e->a);
	str_addf(&s, "%s: %s\n", word(e->f->lang, "case"), e->row->line.c.title);
	str_addf(&s, "%s: %s\n", word(e->f->lang, "state"), state_text(e));
	str_addf(&s, "%s: %s\n", word(e->f->lang, "agency"),
	    g ? in_lang(e->f->lang, g->name_vi, g->name_en) : "");
	str_addf(&s, "%s\n", feed_due(e->a, e->f->lang, e->row->task.due_at));
	str_add(&s, link_text(e));
	return s.text;
}

/* ---- components ---- */

/* The name of our web address, so that nobody else has the same. */
static const char *
uid(const struct entry *e)
{
	const char *host = strstr(flow_state.cfg.base_url, "://");

	host = host ? host + 3 : "lienthong";
	return arena_printf(
	    e->a, "task-%lld@%.*s", (long long)e->row->task.id, (int)strcspn(host, ":/"), host);
}

/* A task that is due at 24:00 is due on the day that ends then. */
static struct icaltimetype
due_day(const struct entry *e)
{
	const char *date = calendar_date(flow_state.calendar, e->a, e->row->task.due_at - 1);
	struct icaltimetype day = icaltime_null_date();

	sscanf(date, "%4d-%2d-%2d", &day.year, &day.month, &day.day);
	return day;
}

static icalcomponent *
event_of(const struct entry *e)
{
	icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
	struct icaltimetype day = due_day(e);
	bool is_late = e->row->task.due_at <= e->f->now;

	icalcomponent_set_uid(event, uid(e));
	icalcomponent_set_dtstamp(
	    event, icaltime_from_timet_with_zone(
		       e->row->task.opened_at / 1000000, 0, icaltimezone_get_utc_timezone()));
	icalcomponent_set_dtstart(event, day);
	icaltime_adjust(&day, 1, 0, 0, 0);
	icalcomponent_set_dtend(event, day);
	icalcomponent_set_summary(event, feed_summary(e->a, e->f->lang, e->row, e->f->now));
	icalcomponent_set_description(event, description(e));
	icalcomponent_add_property(event, icalproperty_new_url(link_text(e)));
	icalcomponent_set_status(event, ICAL_STATUS_CONFIRMED);
	icalcomponent_add_property(event, icalproperty_new_priority(is_late ? 1 : 5));
	icalcomponent_add_property(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	return event;
}

static void
add_x(icalcomponent *to, const char *name, const char *text)
{
	icalproperty *p = icalproperty_new_x(text);

	icalproperty_set_x_name(p, name);
	icalcomponent_add_property(to, p);
}

static icalcomponent *
calendar_of(const struct feed *f)
{
	icalcomponent *all = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);

	icalcomponent_add_property(all, icalproperty_new_version("2.0"));
	icalcomponent_add_property(all, icalproperty_new_prodid("-//lienthong//deadlines//EN"));
	icalcomponent_add_property(all, icalproperty_new_calscale("GREGORIAN"));
	icalcomponent_add_property(all, icalproperty_new_method(ICAL_METHOD_PUBLISH));
	add_x(all, "X-WR-CALNAME", word(f->lang, "name"));
	add_x(all, "X-PUBLISHED-TTL", "PT1H");
	return all;
}

char *
feed_write(struct arena *a, const struct feed *f)
{
	icalcomponent *all = calendar_of(f);
	char *text, *kept;

	for (int i = 0; i < f->count; i++)
		if (f->rows[i].task.due_at)
			icalcomponent_add_component(
			    all, event_of(&(struct entry){ a, f, &f->rows[i] }));
	text = icalcomponent_as_ical_string_r(all);
	kept = arena_strdup(a, text);
	icalmemory_free_buffer(text);
	icalcomponent_free(all);
	icalmemory_free_ring();
	return kept;
}
