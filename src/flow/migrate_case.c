/*
 * One case and another version of its workflow: what it becomes, as a write set. Pure.
 */
#include "migrate_priv.h"

/* ---- what hangs on states ---- */

/* {"<state>": ...}: under the name of the state's successor; what has none is dropped. */
static struct json_object *
rename_keys(const struct migrate_plan *p, struct json_object *o, struct arena *a)
{
	struct json_object *renamed = json_object_new_object();

	json_object_object_foreach(o, id, value)
	{
		const struct sc_state *s = migrate_successor(p, id, a);

		if (s)
			json_set(renamed, s->id, json_object_get(value));
	}
	return renamed;
}

/* {"xstate.after.TERM.STATE": days left} of terms that stand still. */
static struct json_object *
rename_timers(const struct migrate_plan *p, struct json_object *o, struct arena *a)
{
	struct json_object *renamed = json_object_new_object();
	const struct sc_chart *from = workflow_chart(p->from);

	for (int i = 0; i < sc_transition_count(from); i++) {
		const struct sc_transition *t = sc_transition_at(from, i);
		struct json_object *left = t->delay ? json_get(o, t->event) : NULL;
		const struct sc_state *s = left ? migrate_successor(p, t->source->id, a) : NULL;

		if (s)
			json_set(renamed, arena_printf(a, "xstate.after.%s.%s", t->delay, s->id),
			    json_object_get(left));
	}
	return renamed;
}

static void
map_context(struct run *r, const struct migrate_plan *p)
{
	struct json_object *approvals = json_get(r->c.context, "approvals");
	struct json_object *first = json_get(workflow_meta(p->to), "context");

	if (approvals)
		json_set(r->c.context, "approvals", rename_keys(p, approvals, r->a));
	r->c.paused = json_keep(r->a, rename_timers(p, r->c.paused, r->a));
	if (first == NULL)
		return;
	json_object_object_foreach(first, name, value)
	{
		if (json_get(r->c.context, name) == NULL)
			json_set(r->c.context, name, json_object_get(json_copy(r->a, value)));
	}
}

/* ---- tasks ---- */

static void
keep_date(struct task_write *w, const struct case_rows *now)
{
	for (int i = 0; w->term && i < now->task_count; i++)
		if (str_eq(now->tasks[i].term, w->term)) {
			w->due_at = now->tasks[i].due_at;
			return;
		}
}

/* All that the configuration asks for; a term that a task of now has keeps its date. */
static struct task_write *
wanted_tasks(struct run *r, const struct migrate_plan *p, const struct sc_snapshot *next,
    const struct case_rows *now, int *count)
{
	static const struct sc_state *const none[] = { NULL };
	struct sc_step step = { .next = (struct sc_snapshot *)next, .exited = none };
	struct write_set all = { 0 };
	struct task_write *list;

	step.entered = sc_active(workflow_chart(p->to), r->a, next);
	run_tasks(r, &step, &all);
	list = arena_array(r->a, struct task_write, all.task_count + 1);
	for (int i = 0; i < all.task_count; i++) {
		list[i] = all.tasks[i];
		if (!p->restarts)
			keep_date(&list[i], now);
	}
	*count = all.task_count;
	return list;
}

static void
move_tasks(struct run *r, const struct migrate_plan *p, const struct sc_snapshot *next,
    const struct case_rows *now, struct write_set *ws, struct str *report)
{
	struct migrate_tasks k = { .open = now->tasks,
		.open_count = now->task_count,
		.with_dates = p->restarts,
		.calendar = r->calendar,
		.a = r->a,
		.report = report };

	k.wanted = wanted_tasks(r, p, next, now, &k.wanted_count);
	if (r->problem == NULL)
		migrate_tasks(&k, ws);
}

/* ---- the event ---- */

/* The next event of the chain, from one snapshot to another. */
void
chain_event(struct case_row *c, const struct event_in *ev, const struct law *l,
    struct json_object *from, struct arena *a, struct write_set *ws)
{
	char *hex = arena_alloc(a, 65);

	ws->expected_version = c->version++;
	ws->event = (struct event_write){ .type = ev->type,
		.kind = ev->actor->kind,
		.actor_name = ev->actor->name,
		.data = ev->data,
		.from_states = active_leaves(a, from),
		.to_states = active_leaves(a, c->snapshot),
		.at = ev->at,
		.prev_hash = c->head_hash,
		.law_id = l ? l->id : 0 };
	event_hash(a, c, &ws->event, hex);
	ws->event.hash = c->head_hash = hex;
	ws->c = *c;
}

static void
tell_due(const struct run *r, int64_t before, struct str *report)
{
	const char *from = before ? local_time_text(r->calendar, r->a, before) : "none";
	const char *to = r->c.due_at ? local_time_text(r->calendar, r->a, r->c.due_at) : "none";

	if (str_eq(from, to))
		str_addf(report, "  due        %s, as before\n", from);
	else
		str_addf(report, "  due        %s -> %s\n", from, to);
}

struct json_object *
migrate_data(const struct migrate_plan *p, const char *by, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());

	json_set_int(o, "from", p->from_id);
	json_set_int(o, "to", p->to_id);
	json_set_str(o, "by", by);
	json_set(o, "plan", json_object_get(p->json));
	return o;
}

/* ---- there and back ---- */

static void
deny(struct verdict *v, const struct run *r, const char *why)
{
	v->code = E_CONFLICT;
	v->word = r->problem_word ? r->problem_word : "not-legal";
	v->text = why;
}

static void
write_move(struct run *r, const struct migrate_plan *p, const struct sc_snapshot *next,
    const struct case_row *now, struct write_set *ws)
{
	r->c.snapshot = sc_snapshot_json(workflow_chart(p->to), r->a, next);
	r->c.workflow_version_id = p->to_id;
	name_list_add(&r->cancelled, r->a, NULL);
	ws->cancelled_timers = r->cancelled.names;
	ws->timers = r->started.timers;
	ws->timer_count = r->started.count;
	ws->viewers = case_viewers(p->to, r->dir, &r->c, r->a, &ws->viewer_count);
	chain_event(&r->c, r->ev, r->law, now->snapshot, r->a, ws);
}

void
migrate_case(const struct migrate_plan *p, const struct law *l, const struct directory *dir,
    const struct case_rows *now, const struct event_in *ev, struct arena *a, struct write_set *ws,
    struct verdict *v, struct migrate_report *report)
{
	struct run r = { .w = p->to, .law = l, .dir = dir, .ev = ev, .a = a };
	const struct sc_snapshot *next;
	const char *why = NULL;

	*ws = (struct write_set){ 0 };
	*v = (struct verdict){ .code = OK };
	error_list_init(&v->fields, a);
	*report = (struct migrate_report){ 0 };
	str_init(&report->text, a);
	run_init(&r, &now->c);
	run_timers_begin(&r, now->timers, now->timer_count);
	next = migrate_snapshot(p, now->c.snapshot, &report->unmapped, &report->text, a, &why);
	if (next == NULL || r.problem || r.regime == NULL) {
		deny(v, &r, next == NULL ? why : r.problem ? r.problem : "its regime is unknown");
		return;
	}
	map_context(&r, p);
	migrate_timers(&r, p, next, &report->text);
	run_due(&r, next);
	move_tasks(&r, p, next, now, ws, &report->text);
	tell_due(&r, now->c.due_at, &report->text);
	if (r.problem)
		deny(v, &r, r.problem);
	else
		write_move(&r, p, next, &now->c, ws);
}

static bool
has_timer(const struct case_rows *rows, const struct timer_write *t)
{
	for (int i = 0; i < rows->timer_count; i++)
		if (str_eq(rows->timers[i].timer_id, t->timer_id) &&
		    rows->timers[i].due_at == t->due_at)
			return true;
	return false;
}

static void
put_back_timers(const struct case_rows *before, const struct case_rows *now, struct arena *a,
    struct write_set *ws)
{
	struct timer_write *list = arena_array(a, struct timer_write, before->timer_count + 1);
	struct name_list cancelled = { 0 };

	for (int i = 0; i < now->timer_count; i++)
		if (!has_timer(before, &now->timers[i]) &&
		    !str_starts(now->timers[i].timer_id, TOLD_PREFIX))
			name_list_add(&cancelled, a, now->timers[i].timer_id);
	name_list_add(&cancelled, a, NULL);
	for (int i = 0; i < before->timer_count; i++)
		if (!has_timer(now, &before->timers[i]) &&
		    !str_starts(before->timers[i].timer_id, TOLD_PREFIX))
			list[ws->timer_count++] = before->timers[i];
	ws->cancelled_timers = cancelled.names;
	ws->timers = list;
}

static void
put_back_tasks(const struct case_rows *before, const struct case_rows *now, struct arena *a,
    struct write_set *ws)
{
	struct task_write *wanted = arena_array(a, struct task_write, before->task_count + 1);
	struct migrate_tasks k = { .open = now->tasks,
		.open_count = now->task_count,
		.wanted = wanted,
		.wanted_count = before->task_count,
		.with_dates = true,
		.a = a };

	for (int i = 0; i < before->task_count; i++) {
		const struct task_row *t = &before->tasks[i];

		wanted[i] = (struct task_write){ .state_id = t->state_id,
			.post = t->post,
			.of = t->of,
			.agency_id = t->agency_id,
			.title_vi = t->title_vi,
			.title_en = t->title_en,
			.term = t->term,
			.due_at = t->due_at };
	}
	migrate_tasks(&k, ws);
}

void
migrate_back(const struct case_rows *before, const struct case_rows *now, const struct event_in *ev,
    struct arena *a, struct write_set *ws)
{
	struct case_row c = now->c;

	*ws = (struct write_set){ 0 };
	c.snapshot = before->c.snapshot;
	c.context = before->c.context;
	c.paused = before->c.paused;
	c.due_at = before->c.due_at;
	c.workflow_version_id = before->c.workflow_version_id;
	put_back_timers(before, now, a, ws);
	put_back_tasks(before, now, a, ws);
	chain_event(&c, ev, NULL, now->c.snapshot, a, ws);
}
