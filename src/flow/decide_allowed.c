/*
 * May this event be? In this state, by this person, with this form; and the rule that forbids it.
 */
#include "flow_priv.h"

void
decide_deny(struct verdict *v, enum err code, const char *word, const char *text)
{
	v->code = code;
	v->word = word;
	v->text = text;
}

bool
decide_is_person(const struct event_in *ev)
{
	return str_eq(ev->actor->kind, "person");
}

/* ---- form ---- */

bool
decide_form_holds(struct run *r, const struct schema *schema, struct json_object *form,
    struct json_object *data, const char *base, struct verdict *v)
{
	struct json_object *given = data ? data : json_keep(r->a, json_object_new_object());

	if (schema)
		schema_validate(schema, given, base, &v->fields);
	else if (json_object_is_type(given, json_type_object) ? json_object_object_length(given) > 0
							      : true)
		error_add(&v->fields, base, "additionalProperties", "this event carries nothing");
	if (v->fields.count == 0 && r->regime)
		forms_check(form, given, r->c.context, r->regime, r->dir, base, &v->fields);
	if (v->fields.count == 0)
		return true;
	decide_deny(v, E_INVALID, "form", "some fields of the form are missing or wrong");
	return false;
}

static const struct schema *
schema_of(const struct workflow *w, const struct sc_transition *t)
{
	return w->event_forms[t->index]    ? w->event_forms[t->index]
	       : workflow_event_form(w, t) ? w->case_form
					   : NULL;
}

/* ---- rights ---- */

static bool
may_send(struct run *r, const struct sc_transition *t, struct verdict *v)
{
	struct json_object *by = json_get(t->meta, "by");
	const char *forbidden;

	if (!decide_is_person(r->ev))
		return true;
	r->as = right_find(by, r->dir, r->ev->actor, r->logic_data, r->a);
	if (r->as == NULL) {
		decide_deny(v, E_FORBIDDEN, "not-your-post",
		    arena_printf(r->a, "%s is for: %s", r->ev->type, right_describe(by, r->a)));
		return false;
	}
	forbidden = right_forbidden(
	    json_get(t->meta, "not"), r->law, r->dir, &r->c, r->ev->actor, r->as);
	if (forbidden)
		decide_deny(v, E_FORBIDDEN, "own-case", forbidden);
	return forbidden == NULL;
}

/* ---- may it happen in this state? ---- */

/* The state that names the case: the first active leaf with a phase. */
static const char *
state_title(struct run *r, const struct sc_snapshot *now)
{
	const struct sc_state *const *s = sc_active(r->w->chart, r->a, now);
	const char *title = NULL;

	for (; *s; s++)
		if (json_str((*s)->meta, "phase") && title == NULL)
			title = json_str(json_get((*s)->meta, "title"), "en");
	return title ? title : "here";
}

/* The sentence of a transition that listens but whose guard says no. */
static const char *
guard_sentence(struct run *r, const struct sc_snapshot *now)
{
	for (int i = 0; i < sc_transition_count(r->w->chart); i++) {
		const struct sc_transition *t = sc_transition_at(r->w->chart, i);

		if (str_eq(t->event, r->ev->type) && sc_is_active(now, t->source) &&
		    json_path(t->meta, "refusal.en"))
			return json_str(json_get(t->meta, "refusal"), "en");
	}
	return NULL;
}

void
decide_deny_state(struct run *r, const struct sc_snapshot *now, struct verdict *v)
{
	const char *sentence = guard_sentence(r, now);

	decide_deny(v, E_CONFLICT, "not-in-this-state",
	    sentence ? sentence
		     : arena_printf(r->a, "%s is not possible in the state \"%s\"", r->ev->type,
			   state_title(r, now)));
}

/* The transition that carries rights and form; NULL with the verdict when the event cannot be. */
static const struct sc_transition *
find_transition(struct run *r, const struct sc_snapshot *now, struct verdict *v)
{
	struct sc_event ev = { r->ev->type, r->ev->data };
	struct sc_host host = run_host(r);
	const struct sc_transition *const *t;

	r->is_asking = true;
	t = sc_select(r->w->chart, r->a, now, &ev, &host);
	r->is_asking = false;
	if (*t == NULL) {
		decide_deny_state(r, now, v);
		return NULL;
	}
	for (const struct sc_transition *const *one = t; *one; one++)
		if (json_get((*one)->meta, "by"))
			return *one;
	if (!decide_is_person(r->ev))
		return *t;
	decide_deny_state(r, now, v); /* the clock's own events are nobody's to send */
	return NULL;
}

bool
decide_is_allowed(struct run *r, const struct sc_snapshot *now, struct verdict *v)
{
	const struct sc_transition *t;

	if (str_eq(r->ev->actor->kind, "timer")) {
		if (run_timer_fired(r))
			return true;
		decide_deny(
		    v, E_CONFLICT, "not-in-this-state", "no such timer of this case is due");
		return false;
	}
	if (str_eq(r->ev->actor->kind, "system")) /* told by another case, under its fence */
		return true;
	t = find_transition(r, now, v);
	if (t == NULL || !may_send(r, t, v))
		return false;
	return decide_form_holds(
	    r, schema_of(r->w, t), workflow_event_form(r->w, t), r->ev->data, "/data", v);
}

/* ---- a case that begins ---- */

/* The day of receipt starts the terms of the other side, and skips the signature of one's own: only
 * a right that asks for it may state it. */
static struct json_object *
rights_to_start(struct run *r, struct json_object *by)
{
	struct json_object *list;

	if (r->c.received_at == 0 || by == NULL)
		return by;
	list = json_keep(r->a, json_object_new_array());
	for (size_t i = 0; i < json_object_array_length(by); i++) {
		struct json_object *right = json_object_array_get_idx(by, i);

		if (logic_reads(json_get(right, "when"), "case.received_at"))
			json_push(list, json_object_get(right));
	}
	return list;
}

static bool
check_received_at(struct run *r, struct json_object *by, struct verdict *v)
{
	const char *text = NULL;

	if (r->c.received_at > r->ev->at)
		text = "cannot lie in the future";
	else if (r->c.received_at && decide_is_person(r->ev) && by &&
		 json_object_array_length(by) == 0)
		text = "is not for the sender to say: it did not come on paper";
	if (text == NULL)
		return true;
	error_add(&v->fields, "/received_at", "maximum", "%s", text);
	decide_deny(v, E_INVALID, "form", arena_printf(r->a, "the date of receipt %s", text));
	return false;
}

bool
decide_may_start(struct run *r, struct verdict *v)
{
	struct json_object *start = json_get(r->w->meta, "start");
	struct json_object *by = rights_to_start(r, json_get(start, "by"));

	if (str_eq(json_str(start, "not"), "owner") && r->c.requester_id == r->c.owner_id) {
		decide_deny(
		    v, E_CONFLICT, "own-agency", "an agency does not ask itself for its own data");
		return false;
	}
	if (!check_received_at(r, by, v))
		return false;
	if (!decide_is_person(r->ev))
		return true;
	r->as = right_find(by, r->dir, r->ev->actor, r->logic_data, r->a);
	if (r->as == NULL)
		decide_deny(v, E_FORBIDDEN, "not-your-post",
		    arena_printf(r->a, "a case is opened by: %s", right_describe(by, r->a)));
	return r->as != NULL;
}
