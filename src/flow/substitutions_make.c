/*
 * Making a substitution, and ending it early. What is refused says which field and why.
 */
#include "flow_db.h"
#include "flow_priv.h"
#include "substitutions.h"

#include <string.h>

enum { MOST_DAYS = 366, REASON_BYTES = 500 };

struct making {
	const struct actor *who;
	const struct flow_substitution *in;
	struct substitution s;
	int64_t now;
};

/* ---- what was asked for ---- */

static int
read_days(struct task *t, struct making *m)
{
	const char *date = calendar_date(flow_state.calendar, task_arena(t), m->now);
	int64_t today = 0;

	if (!flow_local_day(m->in->from, false, &m->s.from_at))
		return wrong_field(t, "/from", "day", "from must be a day of the calendar");
	if (!flow_local_day(m->in->until, true, &m->s.until_at))
		return wrong_field(t, "/until", "day", "until must be a day of the calendar");
	if (m->s.until_at <= m->s.from_at)
		return wrong_field(t, "/until", "order", "it ends before it starts");
	if (!flow_local_day(date, false, &today) || m->s.from_at < today)
		return wrong_field(t, "/from", "past", "it starts in the past");
	if (m->s.until_at - m->s.from_at > MOST_DAYS * CALENDAR_DAY_US)
		return wrong_field(t, "/until", "too-long", "it lasts longer than a year");
	if (m->s.from_at < m->now)
		m->s.from_at = m->now; /* today: from now on */
	return OK;
}

static int
read_reason(struct task *t, struct making *m)
{
	const char *text = m->in->reason + strspn(m->in->reason, " \t\r\n");

	if (*text == '\0')
		return wrong_field(t, "/reason", "required", "say why");
	if (strlen(text) > REASON_BYTES)
		return wrong_field(t, "/reason", "too-long", "the reason is too long");
	m->s.reason = text;
	return OK;
}

static int
find_active(struct task *t, int64_t id, const char *pointer)
{
	struct person p;
	int code = store_person_by_id(t, id, &p);

	if (code != OK && code != E_NOT_FOUND)
		return code;
	if (code == E_NOT_FOUND || !p.is_active)
		return wrong_field(t, pointer, "inactive", "there is no such active person");
	return OK;
}

static int
check_people(struct task *t, struct making *m)
{
	struct holding *posts;
	int count;

	TRY(find_active(t, m->s.absent_id, "/absent"));
	TRY(own_posts(t, m->s.absent_id, m->s.from_at, &posts, &count));
	if (!may_say_who_stands(m->who, m->s.absent_id, posts, count))
		return fail_as(t, E_FORBIDDEN, "not-your-post",
		    "only the person, the head of the agency or who operates the system may say "
		    "who is the substitute");
	TRY(find_active(t, m->s.substitute_id, "/substitute"));
	if (m->s.substitute_id == m->s.absent_id)
		return wrong_field(t, "/substitute", "self", "nobody stands for himself");
	if (count == 0)
		return wrong_field(
		    t, "/absent", "no-posts", "the absent person holds no post then");
	return OK;
}

/* ---- beside the others ---- */

static int
check_others(struct tx *tx, const struct substitution *s)
{
	struct task *t = tx_task(tx);
	struct substitution *list;
	enum chain_fault fault;
	int count;

	TRY(store_substitutions_between(tx, s->from_at, s->until_at, &list, &count));
	for (int i = 0; i < count; i++)
		if (list[i].absent_id == s->absent_id)
			return wrong_field(t, "/from", "overlap",
			    "the person has a substitute already at that time");
	fault = chain_check(s, list, count);
	if (fault == CHAIN_CIRCLE)
		return wrong_field(t, "/substitute", "circle",
		    "the absent person stands for this one at that time: a circle");
	if (fault == CHAIN_TOO_LONG)
		return wrong_field(
		    t, "/substitute", "chain", "too many would stand for each other at that time");
	return OK;
}

static int
make_tx(struct tx *tx, void *arg)
{
	struct making *m = arg;
	struct substitution s = m->s;

	TRY(store_substitution_turn(tx, m->now));
	TRY(check_others(tx, &s));
	TRY(store_substitution_add(tx, &s));
	TRY(store_substitution_lock(tx, s.id, &s));
	TRY(substitution_tell(tx, "substitution", &s, m->who));
	m->s.id = s.id;
	m->s.absent = s.absent;
	m->s.substitute = s.substitute;
	m->s.made_by_name = s.made_by_name;
	return OK;
}

int
flow_substitution_make(struct task *t, const struct actor *who, const struct flow_substitution *in,
    struct json_object **view)
{
	struct making m = { .who = who, .in = in, .now = clock_now() };
	struct arena *a = task_arena(t);

	TRY(agencies_refresh(t));
	m.s.absent_id = in->absent_id ? in->absent_id : who->person_id;
	m.s.substitute_id = in->substitute_id;
	m.s.made_by = who->person_id;
	m.s.made_at = m.now;
	TRY(read_days(t, &m));
	TRY(read_reason(t, &m));
	TRY(check_people(t, &m));
	TRY(tx_run(t, make_tx, &m));
	*view = json_keep(a, substitution_json(a, &m.s, true, m.now));
	return OK;
}

/* ---- ending one ---- */

struct ending {
	const struct actor *who;
	int64_t id, now;
	struct substitution s;
};

static int
read_tx(struct tx *tx, void *arg)
{
	struct ending *e = arg;

	return store_substitution_lock(tx, e->id, &e->s);
}

static int
check_may_end(struct task *t, const struct ending *e)
{
	struct holding *posts;
	int count;

	TRY(own_posts(t, e->s.absent_id, e->now, &posts, &count));
	if (may_say_who_stands(e->who, e->s.absent_id, posts, count))
		return OK;
	if (e->s.substitute_id != e->who->person_id)
		return fail(t, E_NOT_FOUND, "no such substitution");
	return fail_as(t, E_FORBIDDEN, "not-your-post",
	    "only the absent person, the head of the agency or who operates the system may end it");
}

static int
end_tx(struct tx *tx, void *arg)
{
	const struct ending *e = arg;
	struct substitution s;

	TRY(store_substitution_lock(tx, e->id, &s));
	if (str_eq(substitution_state(&s, e->now), "ended"))
		return fail(tx_task(tx), E_CONFLICT, "it has ended already");
	s.ended_by = e->who->person_id;
	s.ended_at = e->now;
	TRY(store_substitution_end(tx, &s));
	return substitution_tell(tx, "substitution-ended", &s, e->who);
}

int
flow_substitution_end(struct task *t, const struct actor *who, int64_t id)
{
	struct ending e = { .who = who, .id = id, .now = clock_now() };

	TRY(agencies_refresh(t));
	TRY(tx_run(t, read_tx, &e));
	TRY(check_may_end(t, &e));
	return tx_run(t, end_tx, &e);
}
