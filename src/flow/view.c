/*
 * A case as one person sees it: what it is, where it is, what may be done now, and what happened.
 */
#include "flow_db.h"
#include "flow_priv.h"

/* ---- where it is ---- */

static bool
is_paused(const struct viewing *v)
{
	for (int i = 0; i < sc_state_count(v->chart); i++)
		if (v->now.has[i] &&
		    str_eq(json_str(sc_state_at(v->chart, i)->meta, "clock"), "paused"))
			return true;
	return false;
}

static bool
was_in_phase(const struct viewing *v, const char *phase)
{
	for (int i = 0; i < sc_state_count(v->chart); i++)
		if (v->way.visited[i] &&
		    str_eq(json_str(sc_state_at(v->chart, i)->meta, "phase"), phase))
			return true;
	return false;
}

static struct json_object *
phases_json(const struct viewing *v)
{
	struct json_object *all = json_get(sc_meta(v->chart), "phases");
	struct json_object *list = json_object_new_array();
	const struct sc_state *s = state_in_phase(&v->now);
	const char *current = s ? json_str(s->meta, "phase") : NULL;
	bool is_before = true;

	for (size_t i = 0; all && i < json_object_array_length(all); i++) {
		struct json_object *phase = json_object_array_get_idx(all, i);
		struct json_object *o = json_object_new_object();
		const char *id = json_str(phase, "id");
		bool is_current = str_eq(id, current);

		is_before = is_before && !is_current;
		json_set_str(o, "id", id);
		json_set(o, "title", title_or_key(phase, id));
		json_set_str(o, "status",
		    is_current                         ? "current"
		    : is_before && was_in_phase(v, id) ? "done"
						       : "ahead");
		json_push(list, o);
	}
	return list;
}

static struct json_object *
states_json(const struct viewing *v)
{
	struct json_object *list = json_object_new_array();
	struct json_object *active = json_get(v->cw->c.snapshot, "active");

	for (size_t i = 0; active && i < json_object_array_length(active); i++)
		json_push(list, json_object_get(json_object_array_get_idx(active, i)));
	return list;
}

/* ---- what may be done ---- */

/* What the form begins with: what the case holds already. */
static struct json_object *
first_values(const struct viewing *v, const struct sc_transition *t)
{
	struct json_object *context = v->cw->c.context, *form = json_get(t->meta, "form");

	if (json_object_is_type(form, json_type_string))
		return json_get(context, "fields");
	return json_str(form, "x-from") ? json_path(context, json_str(form, "x-from")) : NULL;
}

static struct json_object *
option_json(const struct viewing *v, const struct option *option)
{
	const struct sc_transition *t = option->transition;
	struct json_object *o = json_object_new_object();

	json_set_str(o, "type", option->event);
	json_set(o, "title", title_or_key(t->meta, option->event));
	json_set_str(o, "tone", json_str(t->meta, "tone"));
	json_set_or_null(o, "form", workflow_event_form(v->cw->w, t));
	json_set_or_null(o, "values", first_values(v, t));
	json_set_or_null(o, "refusal", json_get(t->meta, "refusal"));
	json_set_str(o, "law", json_str(t->meta, "law"));
	json_set(o, "as", holding_json(option->as));
	return o;
}

static struct json_object *
can_json(const struct viewing *v)
{
	const struct case_work *cw = v->cw;
	struct json_object *list = json_object_new_array();
	const struct option *o = decide_options(
	    cw->w, flow_state.law, &cw->dir, &cw->c, v->who, cw->now, v->a);

	for (; o->event; o++)
		json_push(list, option_json(v, o));
	return list;
}

/* ---- the rest ---- */

static struct json_object *
mails_json(const struct viewing *v)
{
	struct json_object *list = json_object_new_array();

	for (int i = 0; i < v->mail_count; i++) {
		const struct mail_row *m = &v->mails[i];
		struct json_object *o = json_object_new_object();

		json_set_int(o, "id", m->id);
		json_set_str(o, "to", m->name);
		json_set_str(o, "subject", m->subject);
		json_set_str(o, "state", m->state);
		json_set_instant(o, "at", m->sent_at ? m->sent_at : m->created_at);
		json_set_int(o, "attempts", m->attempts);
		json_set_str(o, "error", m->error);
		json_push(list, o);
	}
	return list;
}

static struct json_object *
regime_title_json(const struct case_row *c)
{
	const struct regime *r = law_regime(flow_state.law, c->regime);
	struct json_object *o = json_object_new_object();

	json_set_str(o, "code", c->regime);
	json_set(o, "title", title_or_key(r ? regime_json(r) : NULL, c->regime));
	json_set_or_null(o, "labels", r ? json_get(regime_json(r), "labels") : NULL);
	return o;
}

/* The first event was sent by whoever made the case. NULL: another case or the calendar did. */
static struct json_object *
creator_json(const struct viewing *v)
{
	struct json_object *o;

	if (v->cw->c.created_by == 0)
		return NULL;
	o = json_object_new_object();
	json_set_int(o, "id", v->cw->c.created_by);
	json_set_str(o, "name", v->event_count ? v->events[0].e.actor_name : NULL);
	return o;
}

static struct json_object *
line_of(const struct viewing *v)
{
	struct json_object *service = json_get(v->cw->c.context, "service");
	struct case_line line = { .c = v->cw->c,
		.service_code = json_str(service, "code"),
		.service_name = json_str(service, "name"),
		.active_states = active_leaves(v->a, v->cw->c.snapshot) };

	return case_line_json(&line, v->cw->now);
}

static struct json_object *
whole_json(const struct viewing *v)
{
	const struct case_row *c = &v->cw->c;
	struct json_object *o = json_keep(v->a, line_of(v));

	json_set(o, "regime", regime_title_json(c));
	json_set_instant(o, "received_at", c->received_at);
	json_set_instant(o, "closed_at", c->closed_at);
	json_set(o, "created_by", creator_json(v));
	json_set_or_null(o, "fields", json_get(c->context, "fields"));
	json_set_or_null(o, "form", json_get(sc_meta(v->chart), "form"));
	json_set(o, "states", states_json(v));
	json_set_str(o, "clock", is_paused(v) ? "paused" : "running");
	json_set(o, "phases", phases_json(v));
	json_set(o, "tasks", view_tasks(v));
	json_set(o, "terms", view_terms(v));
	json_set(o, "can", can_json(v));
	json_set(o, "history", history_json(v->cw->w, v->events, v->event_count, v->a));
	json_set(o, "diagram", diagram_json(v->chart, &v->now, &v->way));
	json_set(o, "mails", mails_json(v));
	json_set(o, "links", view_links(v));
	json_set(o, "offers", view_offers(v));
	json_set(o, "approvals", view_approvals(v));
	json_set(o, "grants", view_grants(v));
	json_set_int(o, "incidents", v->incident_count);
	json_set_bool(o, "is_watched", v->is_watched);
	return o;
}

static int
read_rows(struct tx *tx, struct viewing *v)
{
	const struct case_row *c = &v->cw->c;
	int64_t *agencies;
	int count = actor_agencies(v->who, v->a, &agencies);

	TRY(store_events(tx, c->id, &v->events, &v->event_count));
	TRY(store_tasks_open(tx, c->id, &v->tasks, &v->task_count));
	TRY(store_mails_of_case(tx, c->id, &v->mails, &v->mail_count));
	TRY(store_incidents_of_case(tx, c->id, &v->incident_count));
	TRY(store_links(tx, c, agencies, count, &v->links, &v->link_count));
	TRY(store_is_watched(tx, v->who->person_id, c->id, &v->is_watched));
	return store_grants_of_case(tx, c->id, &v->grants, &v->grant_count);
}

int
case_must_be_seen(struct tx *tx, const struct case_work *cw, const struct actor *who)
{
	if (decide_may_view(cw->w, &cw->dir, &cw->c, who))
		return OK;
	return fail_as(tx_task(tx), E_FORBIDDEN, "not-your-post", "this case is not yours to see");
}

int
case_view(
    struct tx *tx, const struct case_work *cw, const struct actor *who, struct json_object **view)
{
	struct viewing v = {
		.cw = cw, .who = who, .a = tx_arena(tx), .chart = workflow_chart(cw->w)
	};

	TRY(case_must_be_seen(tx, cw, who));
	TRY(read_rows(tx, &v));
	v.now = state_set_of(v.chart, v.a, active_leaves(v.a, cw->c.snapshot));
	v.way = way_so_far(v.chart, v.events, v.event_count, v.a);
	*view = whole_json(&v);
	return OK;
}

/* ---- reading it ---- */

struct read_arg {
	const struct actor *who;
	int64_t case_id;
	struct json_object **view;
	int64_t *version;
};

static int
read_tx(struct tx *tx, void *arg)
{
	struct read_arg *r = arg;
	struct case_work cw;

	TRY(case_work_read(tx, r->case_id, &cw));
	*r->version = cw.c.version;
	return case_view(tx, &cw, r->who, r->view);
}

int
flow_case_view(struct task *t, const struct actor *who, int64_t case_id, struct json_object **view,
    int64_t *version)
{
	TRY(agencies_refresh(t));
	return tx_run(t, read_tx, &(struct read_arg){ who, case_id, view, version });
}
