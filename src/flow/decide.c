/*
 * The decision: case + event + actor -> what to write, or the rule that forbids it. Pure.
 */
#include "flow_priv.h"

void (*decide_watch)(const struct sc_step *step);

/* ---- from a step to a write set ---- */

static const char *
outcome_of(struct run *r, const struct sc_snapshot *next)
{
	for (const struct sc_state *const *s = sc_active(r->w->chart, r->a, next); *s; s++)
		if ((*s)->type == SC_FINAL && json_str((*s)->meta, "outcome"))
			return json_str((*s)->meta, "outcome");
	return NULL;
}

static void
note_party(struct json_object *people, int64_t person_id)
{
	if (person_id == 0)
		return;
	for (size_t i = 0; i < json_object_array_length(people); i++)
		if (json_object_get_int64(json_object_array_get_idx(people, i)) == person_id)
			return;
	json_push(people, json_object_new_int64(person_id));
}

/* Who acted for the requester is a party of the case for good, and whom he stood for. */
static void
note_people(struct run *r)
{
	struct json_object *people = json_get(r->c.context, "people");

	json_set_int(r->c.context, "last_person", r->ev->actor->person_id);
	if (people == NULL) {
		people = json_object_new_array();
		json_set(r->c.context, "people", people);
	}
	if (r->as == NULL || r->as->agency_id != r->c.requester_id)
		return;
	note_party(people, r->ev->actor->person_id);
	note_party(people, r->as->on_behalf_of);
}

static void
close_case(struct run *r, const struct sc_step *step)
{
	r->c.is_open = !step->is_done;
	if (!step->is_done)
		return;
	r->c.outcome = outcome_of(r, step->next);
	r->c.closed_at = r->ev->at;
}

static void
deny_problem(struct run *r, struct verdict *v)
{
	if (r->problem_at)
		error_add(&v->fields, r->problem_at, r->problem_word, "%s", r->problem);
	decide_deny(v, str_eq(r->problem_word, "bad-definition") ? E_INTERNAL : E_CONFLICT,
	    r->problem_word, r->problem);
}

static void
write_step(struct run *r, const struct sc_snapshot *before, const struct sc_step *step,
    struct write_set *ws, struct verdict *v)
{
	if (r->problem == NULL)
		run_timers(r, step);
	if (r->problem == NULL) {
		note_people(r);
		run_approvals_end(r, step);
		run_due(r, step->next);
		run_tasks(r, step, ws);
		run_extended_tasks(r, ws);
	}
	if (r->problem) {
		deny_problem(r, v);
		return;
	}
	if (decide_watch)
		decide_watch(step);
	close_case(r, step);
	r->c.snapshot = sc_snapshot_json(r->w->chart, r->a, step->next);
	ws->expected_version = r->c.version++;
	run_event(r, before, step->next, ws);
	run_mails(r, ws);
	name_list_add(&r->cancelled, r->a, NULL);
	ws->cancelled_timers = r->cancelled.names;
	ws->timers = r->started.timers;
	ws->timer_count = r->started.count;
	run_write_ties(r, ws);
	if (r->has_new_viewers)
		ws->viewers = case_viewers(r->w, r->dir, &r->c, r->a, &ws->viewer_count);
	ws->c = r->c;
}

static void
begin(struct run *r, struct write_set *ws, struct verdict *v)
{
	*ws = (struct write_set){ 0 };
	*v = (struct verdict){ .code = OK };
	error_list_init(&v->fields, r->a);
}

/* ---- the first event ---- */

/* What the workflow begins with, what the caller knows (service, about, parent), what the sender
 * gave. */
static struct json_object *
first_context(struct run *r, const struct case_row *c)
{
	struct json_object *given = json_get(r->w->meta, "context");
	struct json_object *o = given ? json_copy(r->a, given)
				      : json_keep(r->a, json_object_new_object());

	if (c->context) {
		json_object_object_foreach(c->context, key, value)
		{
			json_set(o, key, json_object_get(value));
		}
	}
	json_set(
	    o, "fields", r->ev->data ? json_object_get(r->ev->data) : json_object_new_object());
	return o;
}

/* What the workflow calls this case, in place of the caller's title. */
static void
name_case(struct run *r)
{
	struct json_object *rule = json_get(r->w->meta, "subject");
	struct json_object *title = rule ? run_apply(r, rule, "subject") : NULL;

	if (title && *json_object_get_string(title))
		r->c.title = json_object_get_string(title);
}

void
decide_start(const struct workflow *w, const struct law *l, const struct directory *dir,
    struct case_row *c, const struct event_in *ev, struct arena *a, struct write_set *ws,
    struct verdict *v)
{
	struct run r = { .w = w, .law = l, .dir = dir, .ev = ev, .a = a };
	struct case_row first = *c;
	struct sc_host host = run_host(&r);
	const char *why = NULL;
	struct sc_step step;

	begin(&r, ws, v);
	first.context = first_context(&r, c);
	first.version = 0;
	first.head_hash = NO_HASH;
	first.is_open = true;
	first.regime = NULL;
	run_init(&r, &first);
	r.has_new_viewers = true;
	run_set_regime(&r, first.received_at ? first.received_at : ev->at);
	if (r.problem) {
		deny_problem(&r, v);
		return;
	}
	if (!decide_may_start(&r, v) ||
	    !decide_form_holds(&r, w->case_form, json_get(w->meta, "form"), ev->data, "/fields", v))
		return;
	name_case(&r);
	if (sc_start(w->chart, a, &host, &step, &why) != OK)
		run_fail(&r, "bad-definition", "%s", why ? why : "the chart does not come to rest");
	write_step(&r, NULL, &step, ws, v);
	if (v->code == OK)
		*c = ws->c;
}

/* ---- every other event ---- */

void
decide_event(const struct workflow *w, const struct law *l, const struct directory *dir,
    const struct case_row *c, const struct timer_write *running, int running_count,
    const struct event_in *ev, struct arena *a, struct write_set *ws, struct verdict *v)
{
	struct run r = { .w = w, .law = l, .dir = dir, .ev = ev, .a = a };
	struct sc_event sent = { ev->type, ev->data };
	struct sc_host host = run_host(&r);
	const struct sc_snapshot *now;
	const char *why = NULL;
	struct sc_step step;

	begin(&r, ws, v);
	if (!c->is_open) {
		decide_deny(
		    v, E_CONFLICT, "case-closed", "the case is closed: nothing can be sent to it");
		return;
	}
	run_init(&r, c);
	run_timers_begin(&r, running, running_count);
	now = run_snapshot(&r);
	if (now && r.regime == NULL)
		run_fail(&r, "bad-definition", "the regime \"%s\" is unknown", c->regime);
	if (r.problem) {
		deny_problem(&r, v);
		return;
	}
	if (!decide_is_allowed(&r, now, v))
		return;
	if (sc_send(w->chart, a, now, &sent, &host, &step, &why) != OK)
		run_fail(&r, "bad-definition", "%s", why ? why : "the chart does not come to rest");
	if (r.problem == NULL && !step.taken && decide_is_person(ev)) {
		decide_deny_state(&r, now, v);
		return;
	}
	write_step(&r, now, &step, ws, v);
}
