/*
 * How a case comes about: a person, another case or the calendar opens it; whose sides it has.
 */
#include "world.h"

#include <string.h>
#include <time.h>

static void
deny(struct world *s, enum err code, const char *word, const char *text)
{
	s->verdict = (struct verdict){ .code = code, .word = word, .text = text };
	error_list_init(&s->verdict.fields, s->a);
}

/* ---- the number ---- */

static int
year_of(int64_t at_us)
{
	time_t t = (time_t)(at_us / 1000000 + 7 * 3600);
	struct tm tm;

	gmtime_r(&t, &tm);
	return tm.tm_year + 1900;
}

static const char *
next_number(struct world *s, const struct workflow *w, int64_t at_us)
{
	char *start = arena_printf(s->a, "STG-%s-%d-", workflow_prefix(w), year_of(at_us));
	int n = 1;

	for (int i = 0; i < s->case_count; i++)
		n += str_starts(s->cases[i]->c.number, start);
	return arena_printf(s->a, "%s%05d", start, n);
}

struct story_case *
world_case(struct world *s, const char *number)
{
	for (int i = 0; i < s->case_count; i++)
		if (str_eq(s->cases[i]->c.number, number))
			return s->cases[i];
	return NULL;
}

/* ---- its sides ---- */

static int64_t
other_side(const struct case_row *about, int64_t own)
{
	return own == about->requester_id ? about->owner_id
	       : own == about->owner_id   ? about->requester_id
					  : 0;
}

/* The agency that a word of meta.start stands for; 0: none. */
static int64_t
source(struct world *s, const char *word, const struct opening *o, int64_t own)
{
	const struct agency *g = o->with;

	if (str_eq(word, "own"))
		return own;
	if (o->about && str_starts(word, "about."))
		return str_eq(word, "about.requester") ? o->about->c.requester_id
		       : str_eq(word, "about.owner")   ? o->about->c.owner_id
						       : other_side(&o->about->c, own);
	if (str_eq(word, "service"))
		g = world_agency(s, "owner");
	else if (!str_eq(word, "agency"))
		g = side_is_role(word) ? world_agency(s, word) : NULL;
	return g ? g->id : 0;
}

static const char *
word_of(const struct opening *o, const char *key, const char *otherwise)
{
	const char *word = json_str(json_get(workflow_meta(o->chart->w), "start"), key);

	return word ? word : otherwise;
}

static bool
has_service(const struct opening *o)
{
	bool is_source = str_eq(word_of(o, "requester", "own"), "service") ||
			 str_eq(word_of(o, "owner", "service"), "service");

	if (o->no_service)
		return false;
	return !str_eq(word_of(o, "service", is_source ? "required" : "none"), "none");
}

/* ---- the row ---- */

static struct json_object *
summary(const struct case_row *c)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", c->id);
	json_set_str(o, "number", c->number);
	json_set_str(o, "workflow", c->workflow);
	json_set_str(o, "outcome", c->outcome);
	return o;
}

/* Unless the workflow has a rule for it. */
static const char *
title_of(struct world *s, const char *what, int64_t agency)
{
	return arena_printf(
	    s->a, "%s – %s", what ? what : "", world_agency_by_id(s, agency)->name_vi);
}

static struct case_row
row(struct world *s, struct chart *chart, int64_t requester, int64_t owner, int64_t received_at)
{
	struct case_row c = { .number = next_number(
				  s, chart->w, received_at ? received_at : s->now),
		.workflow = workflow_id(chart->w),
		.calendar = "vn",
		.requester_id = requester,
		.owner_id = owner,
		.created_at = s->now,
		.received_at = received_at };

	c.title = title_of(
	    s, json_str(json_get(workflow_meta(chart->w), "title"), "vi"), requester);
	c.context = json_keep(s->a, json_object_new_object());
	return c;
}

static void
put_service(struct world *s, struct case_row *c)
{
	c->service_id = 8;
	c->title = title_of(s, json_str(s->service, "name"), c->requester_id);
	json_set(c->context, "service", json_object_get(s->service));
}

static void
put_about(struct case_row *c, const struct story_case *about)
{
	c->about_id = about->c.id;
	json_set(c->context, "about", summary(&about->c));
}

/* ---- by a person ---- */

static bool
is_about_allowed(struct world *s, const struct opening *o, const struct actor *who)
{
	struct json_object *rule = json_path(workflow_meta(o->chart->w), "start.about");
	struct json_object *ids = json_get(rule, "workflows");
	struct directory dir;

	if (o->about == NULL) {
		if (json_truth(rule, "required", false))
			deny(s, E_INVALID, "form", "the case that this is about must be named");
		return !json_truth(rule, "required", false);
	}
	for (size_t i = 0; ids && i < json_object_array_length(ids); i++) {
		if (!str_eq(json_object_get_string(json_object_array_get_idx(ids, i)),
			o->about->c.workflow))
			continue;
		dir = world_directory(s, &o->about->c);
		if (decide_may_view(o->about->chart->w, &dir, &o->about->c, who))
			return true;
		deny(s, E_FORBIDDEN, "not-your-post",
		    "the case that this is about is not his to see");
		return false;
	}
	deny(s, E_INVALID, "form", "this workflow is not about such a case");
	return false;
}

/* Who brings in a paper request acts for whoever sent it. */
static int64_t
own_agency(struct world *s, const struct opening *o, const struct actor *who)
{
	const struct agency *g = o->own;

	if (g == NULL && o->received_at)
		g = world_agency(s, "requester");
	if (g)
		return g->id;
	return who->holding_count ? who->holdings[0].agency_id : 0;
}

void
world_start(struct world *s, const struct person *p, const struct opening *o)
{
	struct actor who = world_actor(s, p);
	int64_t own = own_agency(s, o, &who), requester, owner;
	struct case_row c;

	s->mail_count = 0;
	s->opened_before = s->case_count;
	if (!is_about_allowed(s, o, &who))
		return;
	requester = source(s, word_of(o, "requester", "own"), o, own);
	owner = source(s, word_of(o, "owner", "service"), o, own);
	if (requester == 0 || owner == 0) {
		deny(s, E_INVALID, "no-agency", "one of the two sides is no agency of this story");
		return;
	}
	c = row(s, o->chart, requester, owner, o->received_at);
	c.created_by = p->id;
	if (o->about ? o->about->c.service_id && has_service(o) : has_service(o))
		put_service(s, &c);
	if (o->about)
		put_about(&c, o->about);
	world_act(s, world_case_add(s, o->chart, &c), &who, "START", o->fields);
}

/* ---- by another case ---- */

struct story_case *
world_child(struct world *s, const struct case_row *parent, const struct open_write *o)
{
	struct chart *chart = charts_find(s->charts, o->workflow);
	struct case_row c;

	if (chart == NULL || chart->w == NULL)
		return NULL;
	c = row(s, chart, o->requester_id, o->owner_id, 0);
	if (o->owner_id != parent->requester_id && o->owner_id != parent->owner_id)
		c.title = title_of(s, json_str(json_get(workflow_meta(chart->w), "title"), "vi"),
		    o->owner_id); /* one of many that are asked */
	c.parent_id = parent->id;
	json_set(c.context, "parent", summary(parent));
	if (o->service_id)
		put_service(s, &c);
	return world_case_add(s, chart, &c);
}

/* ---- by the calendar ---- */

static struct json_object *
scheduled_fields(struct world *s, struct json_object *rules)
{
	struct json_object *data = json_keep(s->a, json_object_new_object());
	struct json_object *fields = json_keep(s->a, json_object_new_object());
	const char *why = NULL;

	json_set_instant(data, "now", s->now);
	json_set_str(data, "today", calendar_date(law_calendar(s->law, "vn"), s->a, s->now));
	if (rules == NULL)
		return fields;
	json_object_object_foreach(rules, name, rule)
	{
		struct json_object *value = logic_apply(s->a, rule, data, &why);

		if (value)
			json_set(fields, name, json_object_get(value));
	}
	return fields;
}

static void
open_scheduled(struct world *s, struct chart *chart, struct json_object *item)
{
	struct actor calendar = { .kind = "system" };
	const struct agency *requester = world_agency(s, json_str(item, "requester"));
	const struct agency *owner = world_agency(s, json_str(item, "owner"));
	struct case_row c;

	if (requester == NULL || owner == NULL) {
		deny(s, E_INVALID, "no-agency", "one of the two sides is no agency of this story");
		return;
	}
	c = row(s, chart, requester->id, owner->id, 0);
	world_act(s, world_case_add(s, chart, &c), &calendar, "START",
	    scheduled_fields(s, json_get(item, "fields")));
}

/* The day of the schedule that came last: today's, unless that was a day off. */
static const char *
last_day(struct world *s, struct json_object *list)
{
	const char *today = calendar_date(law_calendar(s->law, "vn"), s->a, s->now) + 5;
	const char *last = NULL, *newest = NULL;

	for (size_t i = 0; i < json_object_array_length(list); i++) {
		const char *on = json_str(json_object_array_get_idx(list, i), "on");

		if (strcmp(on, today) <= 0 && (last == NULL || strcmp(on, last) > 0))
			last = on;
		if (newest == NULL || strcmp(on, newest) > 0)
			newest = on;
	}
	return last ? last : newest;
}

void
world_open_by_calendar(struct world *s, struct chart *chart)
{
	struct json_object *list = json_get(workflow_meta(chart->w), "schedule");
	int before = s->case_count;
	const char *day;

	s->mail_count = 0;
	deny(s, E_INVALID, "no-schedule", "this workflow has no schedule");
	if (list == NULL)
		return;
	day = last_day(s, list);
	for (size_t i = 0; i < json_object_array_length(list); i++)
		if (str_eq(json_str(json_object_array_get_idx(list, i), "on"), day))
			open_scheduled(s, chart, json_object_array_get_idx(list, i));
	s->opened_before = before;
}
