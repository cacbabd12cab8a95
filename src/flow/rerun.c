/*
 * A case in the making out of its events, by the pure engine alone.
 */
#include "past_priv.h"
#include "recount.h"

/* ---- how it began ---- */

/* What the caller knew at the start; the rest of the context the events make. */
static struct json_object *
first_context(struct json_object *context, struct arena *a)
{
	static const char *const given[] = { "service", "about", "parent" };
	struct json_object *o = json_keep(a, json_object_new_object());

	for (size_t i = 0; i < LEN(given); i++)
		if (json_get(context, given[i]))
			json_set(o, given[i], json_object_get(json_get(context, given[i])));
	return o;
}

/* The calendar it began with: a recomputation may have given it another. */
static const char *
first_calendar(const struct past *p)
{
	for (int i = 0; i < p->event_count; i++) {
		const struct event_write *e = &p->events[i].e;
		const char *before = json_str(json_get(e->data, "calendar"), "before");

		if (past_is_recount(&p->events[i]) && before)
			return before;
	}
	return p->c.calendar;
}

void
rerun_begin(struct rerun *r, const struct past *p, const struct workflow *w, const struct law *l,
    const char *calendar, struct arena *a)
{
	const struct case_row *c = &p->c;
	bool was_on_paper = c->received_at && c->received_at < c->created_at;

	*r = (struct rerun){ .past = p, .w = w, .law = l, .a = a };
	r->c = (struct case_row){ .id = c->id,
		.number = c->number,
		.workflow = c->workflow,
		.workflow_version_id = c->workflow_version_id,
		.calendar = calendar ? calendar : first_calendar(p),
		.requester_id = c->requester_id,
		.owner_id = c->owner_id,
		.service_id = c->service_id,
		.created_by = c->created_by,
		.parent_id = c->parent_id,
		.about_id = c->about_id,
		.title = c->title,
		.context = first_context(c->context, a),
		.is_open = true,
		.created_at = c->created_at,
		.received_at = was_on_paper ? c->received_at : 0 };
}

/* ---- who acted: nobody else is asked, so that who holds what today has no part in it ---- */

static struct actor
actor_of(const struct rerun *r, const struct event_write *e)
{
	struct actor who = { .kind = e->kind, .person_id = e->actor_id, .name = e->actor_name };
	const struct agency *g = e->actor_agency_code ? agency_by_code(e->actor_agency_code) : NULL;
	struct holding *h;

	if (g == NULL || e->actor_post == NULL)
		return who;
	h = arena_new_of(r->a, struct holding);
	*h = (struct holding){ .id = e->holding_id,
		.person_id = e->actor_id,
		.agency_id = g->id,
		.post = e->actor_post,
		.own_post = e->own_post,
		.agency_code = g->code,
		.agency_name_vi = g->name_vi,
		.agency_name_en = g->name_en,
		.agency_role = g->role,
		.on_behalf_of = e->on_behalf_of };
	who.holdings = h;
	who.holding_count = 1;
	return who;
}

/* ---- what an event changes ---- */

static bool
ends_task(const struct write_set *ws, const struct task_row *t)
{
	for (const char *const *s = ws->closed_states; s && *s; s++)
		if (str_eq(*s, t->state_id))
			return true;
	for (int i = 0; i < ws->closed_task_count; i++) {
		const struct task_close *k = &ws->closed_tasks[i];

		if (str_eq(k->state_id, t->state_id) && str_eq(k->post, t->post) &&
		    k->agency_id == t->agency_id)
			return true;
	}
	return false;
}

static void
retime_tasks(struct rerun *r, const struct task_retime *k)
{
	for (int i = 0; i < r->task_count; i++)
		if (str_eq(r->tasks[i].term, k->term))
			r->tasks[i].due_at = k->due_at;
}

static void
apply_tasks(struct rerun *r, const struct write_set *ws)
{
	int kept = 0;

	for (int i = 0; i < r->task_count; i++)
		if (!ends_task(ws, &r->tasks[i]))
			r->tasks[kept++] = r->tasks[i];
	r->task_count = kept;
	for (int i = 0; i < ws->retimed_task_count; i++)
		retime_tasks(r, &ws->retimed_tasks[i]);
	for (int i = 0; i < ws->task_count; i++) {
		const struct task_write *k = &ws->tasks[i];

		ARENA_PUSH(r->a, r->tasks, r->task_count,
		    r->task_size) = (struct task_row){ .case_id = r->c.id,
			.agency_id = k->agency_id,
			.state_id = k->state_id,
			.post = k->post,
			.of = k->of,
			.title_vi = k->title_vi,
			.title_en = k->title_en,
			.term = k->term,
			.opened_at = ws->event.at,
			.due_at = k->due_at };
	}
}

static void
drop_timer(struct rerun *r, const char *id)
{
	int kept = 0;

	for (int i = 0; i < r->timer_count; i++)
		if (!str_eq(r->timers[i].timer_id, id))
			r->timers[kept++] = r->timers[i];
	r->timer_count = kept;
}

static void
apply(struct rerun *r, const struct write_set *ws)
{
	apply_tasks(r, ws);
	for (const char *const *id = ws->cancelled_timers; id && *id; id++)
		drop_timer(r, *id);
	for (int i = 0; i < ws->timer_count; i++) {
		drop_timer(r, ws->timers[i].timer_id);
		ARENA_PUSH(r->a, r->timers, r->timer_count, r->timer_size) = ws->timers[i];
	}
	r->c = ws->c;
	r->last = ws->event;
}

/* ---- moves to another version ---- */

static struct case_rows
rows_of(const struct rerun *r)
{
	struct task_row *tasks = arena_array(r->a, struct task_row, r->task_count + 1);
	struct timer_write *timers = arena_array(r->a, struct timer_write, r->timer_count + 1);

	for (int i = 0; i < r->task_count; i++)
		tasks[i] = r->tasks[i];
	for (int i = 0; i < r->timer_count; i++)
		timers[i] = r->timers[i];
	return (struct case_rows){ .c = r->c,
		.tasks = tasks,
		.task_count = r->task_count,
		.timers = timers,
		.timer_count = r->timer_count };
}

static void
refuse(struct verdict *v, const char *text)
{
	*v = (struct verdict){ .code = E_CONFLICT, .word = "bad-definition", .text = text };
}

static void
move(struct rerun *r, const struct event_in *ev, struct write_set *ws, struct verdict *v)
{
	struct migrate_plan plan = { .from_id = json_int(ev->data, "from", 0),
		.to_id = json_int(ev->data, "to", 0),
		.json = json_get(ev->data, "plan") };
	struct directory dir = case_directory(&r->c, r->a);
	struct migrate_report report;
	struct case_rows now = rows_of(r);

	plan.from = flow_version(plan.from_id);
	plan.to = flow_version(plan.to_id);
	plan.states = json_get(plan.json, "states");
	plan.restarts = str_eq(json_str(plan.json, "terms"), "restart");
	if (plan.from == NULL || plan.to == NULL) {
		refuse(v, "a version that it was moved between cannot be loaded");
		return;
	}
	migrate_case(&plan, r->law, &dir, &now, ev, r->a, ws, v, &report);
	r->before_move = now;
	r->w = plan.to;
}

static void
move_back(struct rerun *r, const struct event_in *ev, struct write_set *ws, struct verdict *v)
{
	struct case_rows now = rows_of(r);

	if (r->before_move.c.id == 0) {
		refuse(v, "nothing was moved before it");
		return;
	}
	*v = (struct verdict){ .code = OK };
	migrate_back(&r->before_move, &now, ev, r->a, ws);
	r->w = flow_version(json_int(ev->data, "to", 0));
}

/* ---- dates counted again ---- */

static void
recount(struct rerun *r, const struct event_in *ev, struct write_set *ws, struct verdict *v)
{
	struct directory dir = case_directory(&r->c, r->a);
	struct case_rows now = rows_of(r);
	struct recount found;

	recount_case(r->w, r->law, &dir, &now, ev, r->a, ws, v, &found);
	if (v->code == OK && !found.moves)
		refuse(v, "by the law it was counted by nothing moves");
}

/* ---- one event ---- */

static void
decide(struct rerun *r, const struct event_in *ev, struct write_set *ws, struct verdict *v)
{
	struct directory dir = case_directory(&r->c, r->a);
	struct case_row first = r->c;

	if (r->c.version == 0)
		decide_start(r->w, r->law, &dir, &first, ev, r->a, ws, v);
	else
		decide_event(r->w, r->law, &dir, &r->c, r->timers, r->timer_count, ev, r->a, ws, v);
}

static void
run_one(struct rerun *r, const struct event_in *ev, struct verdict *v)
{
	bool is_system = str_eq(ev->actor->kind, "system");
	struct write_set ws = { 0 };

	if (is_system && str_eq(ev->type, MIGRATED))
		move(r, ev, &ws, v);
	else if (is_system && str_eq(ev->type, MIGRATION_UNDONE))
		move_back(r, ev, &ws, v);
	else if (is_system && str_eq(ev->type, DATES_RECOMPUTED))
		recount(r, ev, &ws, v);
	else
		decide(r, ev, &ws, v);
	if (v->code == OK)
		apply(r, &ws);
}

void
rerun_event(struct rerun *r, const struct event_write *e, struct verdict *v)
{
	struct actor who = actor_of(r, e);
	struct event_in ev = { .type = e->type, .data = e->data, .at = e->at, .actor = &who };

	if (r->by_recorded_law)
		r->law = e->law_id ? law_kept(e->law_id) : flow_state.law;
	run_one(r, &ev, v);
}

void
rerun_timer(struct rerun *r, const struct timer_write *timer, int64_t at, struct verdict *v)
{
	static const struct actor clockwork = { .kind = "timer" };
	struct event_in ev = {
		.type = timer->event, .data = timer->data, .at = at, .actor = &clockwork
	};
	const char *id = timer->timer_id;

	run_one(r, &ev, v);
	if (v->code != OK)
		drop_timer(r, id);
}
