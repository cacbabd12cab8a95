/*
 * Plays a story's events through decide and keeps what the database would keep.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>

void
world_init(struct world *s, struct arena *a, const struct law *law, const struct workflow *w)
{
	*s = (struct world){ .a = a, .law = law, .w = w };
	for (int i = 0; right_posts_of[i]; i++)
		s->agencies[i] = (struct agency){
			.id = i + 1, .code = right_posts_of[i], .name_vi = right_posts_of[i]
		};
	s->agencies[2].role = "ict";
	s->agencies[3].role = "office";
	s->dir = (struct directory){ .requester = &s->agencies[0],
		.owner = &s->agencies[1],
		.ict = &s->agencies[2],
		.office = &s->agencies[3],
		.holdings = s->holdings,
		.people = s->holders };
}

struct agency *
world_agency(struct world *s, const char *side)
{
	for (int i = 0; right_posts_of[i]; i++)
		if (str_eq(right_posts_of[i], side))
			return &s->agencies[i];
	return NULL;
}

struct person *
world_person(struct world *s, const char *login)
{
	for (int i = 0; i < s->person_count; i++)
		if (str_eq(s->people[i].login, login))
			return &s->people[i];
	return NULL;
}

struct person *
world_person_add(struct world *s, const char *login)
{
	struct person *p = world_person(s, login);

	if (p || s->person_count == MAX_PEOPLE)
		return p;
	p = &s->people[s->person_count++];
	*p = (struct person){ .id = s->person_count,
		.login = login,
		.name = login,
		.email = arena_printf(s->a, "%s@example.vn", login),
		.locale = "vi",
		.is_active = true };
	return p;
}

void
world_hold(struct world *s, const struct person *p, const char *post, const char *side)
{
	const struct agency *g = world_agency(s, side);
	int n = s->dir.holding_count;

	if (n == MAX_HOLDINGS)
		return;
	s->holdings[n] = (struct holding){ .id = n + 1,
		.person_id = p->id,
		.agency_id = g->id,
		.post = post,
		.agency_code = g->code,
		.agency_name_vi = g->name_vi,
		.agency_role = g->role };
	s->holders[n] = *p;
	s->dir.holding_count++;
}

void
world_leave(struct world *s, const struct person *p)
{
	int kept = 0;

	for (int i = 0; i < s->dir.holding_count; i++) {
		if (s->holdings[i].person_id == p->id)
			continue;
		s->holdings[kept] = s->holdings[i];
		s->holders[kept++] = s->holders[i];
	}
	s->dir.holding_count = kept;
}

struct actor
world_actor(struct world *s, const struct person *p)
{
	struct holding *own = arena_array(s->a, struct holding, MAX_HOLDINGS);
	int n = 0;

	for (int i = 0; i < s->dir.holding_count; i++)
		if (s->holdings[i].person_id == p->id)
			own[n++] = s->holdings[i];
	return (struct actor){ "person", p->id, p->name, own, n };
}

/* ---- what the database would do with a write set ---- */

static void
drop_timer(struct world *s, const char *id)
{
	int kept = 0;

	for (int i = 0; i < s->timer_count; i++)
		if (!str_eq(s->timers[i].timer_id, id))
			s->timers[kept++] = s->timers[i];
	s->timer_count = kept;
}

static void
drop_tasks(struct world *s, const char *state)
{
	int kept = 0;

	for (int i = 0; i < s->task_count; i++)
		if (!str_eq(s->tasks[i].state_id, state))
			s->tasks[kept++] = s->tasks[i];
	s->task_count = kept;
}

static void
must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "broken: %s\n", what);
	exit(2);
}

static void
check_chain(struct world *s, const struct write_set *ws)
{
	char hex[65];

	event_hash(s->a, &ws->c, &ws->event, hex);
	must(str_eq(hex, ws->event.hash), "the hash of an event can be computed again");
	must(s->prev_hash == NULL || str_eq(ws->event.prev_hash, s->prev_hash),
	    "an event continues the chain");
	must(ws->c.version == ws->expected_version + 1, "one event is one version");
	s->prev_hash = ws->event.hash;
}

static void
apply(struct world *s, const struct write_set *ws)
{
	check_chain(s, ws);
	for (const char *const *id = ws->cancelled_timers; *id; id++)
		drop_timer(s, *id);
	for (const char *const *state = ws->closed_states; *state; state++)
		drop_tasks(s, *state);
	must(s->timer_count + ws->timer_count <= MAX_TIMERS, "few timers");
	for (int i = 0; i < ws->timer_count; i++)
		s->timers[s->timer_count++] = ws->timers[i];
	must(s->task_count + ws->task_count <= MAX_TASKS, "few tasks");
	for (int i = 0; i < ws->task_count; i++)
		s->tasks[s->task_count++] = ws->tasks[i];
	for (int i = 0; i < ws->mail_count && s->mail_count < MAX_MAILS; i++)
		s->mails[s->mail_count++] = ws->mails[i];
	s->c = ws->c;
	must(s->c.is_open || s->timer_count + s->task_count == 0,
	    "a closed case has neither timers nor tasks");
}

/* As the database gives it back: JSON read from text, not the same objects. */
static void
reread(struct world *s)
{
	s->c.snapshot = json_copy(s->a, s->c.snapshot);
	s->c.context = json_copy(s->a, s->c.context);
	s->c.paused = json_copy(s->a, s->c.paused);
}

static void
decide(struct world *s, const struct actor *who, const char *type, struct json_object *data)
{
	struct event_in ev = { .type = type, .data = data, .at = s->now, .actor = who };
	struct write_set ws;

	if (!s->has_case)
		decide_start(s->w, s->law, &s->dir, &s->c, &ev, s->a, &ws, &s->verdict);
	else
		decide_event(s->w, s->law, &s->dir, &s->c, s->timers, s->timer_count, &ev, s->a,
		    &ws, &s->verdict);
	if (s->verdict.code != OK)
		return;
	s->has_case = true;
	apply(s, &ws);
	reread(s);
}

static struct json_object *
service(struct arena *a)
{
	const char *why;
	const char text[] =
	    "{\"code\":\"DV008\",\"name\":\"Hộ nghèo, hộ cận nghèo\",\"items\":["
	    "{\"key\":\"so\",\"name\":\"số định danh cá nhân của chủ hộ\"},"
	    "{\"key\":\"loai\",\"name\":\"loại hộ\"},{\"key\":\"ky\",\"name\":\"kỳ rà soát\"},"
	    "{\"key\":\"dia_chi\",\"name\":\"địa chỉ\"}]}";

	return json_read(a, text, sizeof(text) - 1, &why);
}

void
world_start(
    struct world *s, const struct person *p, struct json_object *fields, int64_t received_at)
{
	struct actor who = world_actor(s, p);

	s->mail_count = 0;
	s->c = (struct case_row){ .id = 1,
		.number = "STG-YC-2022-00001",
		.workflow = workflow_id(s->w),
		.calendar = "vn",
		.requester_id = 1,
		.owner_id = 2,
		.service_id = 8,
		.created_by = p->id,
		.title = "Hộ nghèo, hộ cận nghèo",
		.created_at = s->now,
		.received_at = received_at };
	s->c.context = json_keep(s->a, json_object_new_object());
	json_set(s->c.context, "service", json_object_get(service(s->a)));
	decide(s, &who, "START", fields);
}

void
world_send(struct world *s, const struct person *p, const char *type, struct json_object *data)
{
	struct actor who = world_actor(s, p);

	s->mail_count = 0;
	decide(s, &who, type, data);
}

static const struct timer_write *
next_timer(const struct world *s, int64_t until)
{
	const struct timer_write *next = NULL;

	for (int i = 0; i < s->timer_count; i++)
		if (s->timers[i].due_at <= until && (!next || s->timers[i].due_at < next->due_at))
			next = &s->timers[i];
	return next;
}

void
world_move(struct world *s, int64_t to)
{
	struct actor clock = { .kind = "timer", .name = "timer" };
	const struct timer_write *t;

	s->mail_count = 0;
	while ((t = next_timer(s, to)) != NULL) {
		const char *event = t->event;

		if (t->due_at > s->now)
			s->now = t->due_at;
		decide(s, &clock, event, NULL);
		must(s->verdict.code == OK, s->verdict.text ? s->verdict.text : "a timer fires");
	}
	s->now = to;
}
