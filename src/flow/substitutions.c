/*
 * Substitutions: who sees them and how they look, who may make and end them.
 */
#include "flow_db.h"
#include "flow_priv.h"
#include "substitutions.h"

enum { SHOWN_DAYS = 90 };

static struct json_object *
who_json(const struct person *p)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", p->id);
	json_set_str(o, "name", p->name);
	return o;
}

const char *
substitution_state(const struct substitution *s, int64_t now)
{
	if (s->ended_at || s->until_at <= now)
		return "ended";
	return s->from_at > now ? "coming" : "running";
}

struct json_object *
substitution_json(struct arena *a, const struct substitution *s, bool may_end, int64_t now)
{
	struct json_object *o = json_object_new_object();
	const struct calendar *c = flow_state.calendar;
	const char *state = substitution_state(s, now);

	json_set_int(o, "id", s->id);
	json_set(o, "absent", who_json(&s->absent));
	json_set(o, "substitute", who_json(&s->substitute));
	json_set_str(o, "from", calendar_date(c, a, s->from_at));
	json_set_str(o, "until", calendar_date(c, a, s->until_at - 1));
	json_set_str(o, "reason", s->reason);
	json_set_str(o, "state", state);
	json_set_instant(o, "ended_at", s->ended_at);
	json_set_bool(o, "can_end", may_end && !str_eq(state, "ended"));
	json_set_str(o, "made_by", s->made_by_name ? s->made_by_name : "");
	return o;
}

static int
led_agencies(const struct actor *who, struct arena *a, int64_t **ids)
{
	int count = 0;

	*ids = arena_array(a, int64_t, who->holding_count + 1);
	for (int i = 0; i < who->holding_count; i++)
		if (actor_leads(who, who->holdings[i].agency_id))
			agency_add_once(*ids, &count, agency_by_id(who->holdings[i].agency_id));
	return count;
}

int
flow_substitution_list(struct task *t, const struct actor *who, struct json_object **list)
{
	struct arena *a = task_arena(t);
	int64_t *led, now = clock_now();
	struct substitution_query q = { .person_id = who->person_id, .at = now };
	struct substitution *rows;
	struct json_object *items;
	int count;

	TRY(agencies_refresh(t));
	q.all = actor_operates(who);
	q.agency_count = led_agencies(who, a, &led);
	q.agency_ids = led;
	q.ended_after = now - SHOWN_DAYS * CALENDAR_DAY_US;
	TRY(store_substitutions(t, &q, &rows, &count));
	*list = list_json(a, &items);
	for (int i = 0; i < count; i++)
		json_push(items,
		    substitution_json(a, &rows[i],
			q.all || rows[i].is_led || rows[i].absent_id == who->person_id, now));
	return OK;
}

/* ---- whose it is to say ---- */

int
own_posts(struct task *t, int64_t person_id, int64_t at, struct holding **list, int *count)
{
	int n;

	TRY(store_holdings_of_person(t, person_id, at, NULL, list, &n));
	for (*count = 0; *count < n && (*list)[*count].on_behalf_of == 0;)
		++*count;
	return OK;
}

bool
may_say_who_stands(
    const struct actor *who, int64_t absent_id, const struct holding *posts, int count)
{
	bool may = who->person_id == absent_id || actor_operates(who);

	for (int i = 0; i < count; i++)
		may |= actor_leads(who, posts[i].agency_id);
	return may;
}

/* ---- letters ---- */

static const char *
day_text(struct arena *a, int64_t at)
{
	return notice_day_text(a, calendar_day_of(flow_state.calendar, at));
}

int
substitution_tell(
    struct tx *tx, const char *letter, const struct substitution *s, const struct actor *by)
{
	struct arena *a = tx_arena(tx);
	struct json_object *o = json_keep(a, json_object_new_object());
	const struct person *both[] = { &s->absent, &s->substitute };

	json_set_str(o, "absent", s->absent.name);
	json_set_str(o, "substitute", s->substitute.name);
	json_set_str(o, "from", day_text(a, s->from_at));
	json_set_str(o, "until", day_text(a, s->until_at - 1));
	json_set_str(o, "reason", s->reason);
	json_set_str(o, "by", by->name);
	json_set_str(o, "path", "/settings");
	for (size_t i = 0; i < LEN(both); i++)
		if (both[i]->is_active)
			TRY(letter_send(tx, both[i], letter, o));
	return OK;
}
