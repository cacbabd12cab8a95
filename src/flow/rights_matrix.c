/*
 * The matrix of rights: for each state in which a case can rest, every event that people may send
 * and the posts that may. It is read from the chart alone, so that the server can be held to it.
 */
#include "tool_words.h"

#include <string.h>

/* ---- which states ---- */

/* Left as soon as it is entered, whatever the case says: no case rests in it. */
static bool
is_passed(const struct sc_chart *chart, const struct sc_state *leaf)
{
	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		for (const struct sc_state *s = leaf; s; s = s->parent)
			if (t->event == NULL && t->source == s && t->guard == NULL)
				return true;
	}
	return false;
}

static void
push_initial(const struct sc_chart *chart, const struct sc_state *s, struct json_object *ids)
{
	const struct sc_state *initial = state_initial(chart, s);

	if (state_first_child(chart, s) == NULL)
		json_push(ids, json_object_new_string(s->id));
	else if (initial)
		push_initial(chart, initial, ids);
	else
		for (int i = s->index + 1; i < sc_state_count(chart); i++)
			if (sc_state_at(chart, i)->parent == s &&
			    sc_state_at(chart, i)->type != SC_HISTORY)
				push_initial(chart, sc_state_at(chart, i), ids);
}

/* The leaves of a configuration with this one: regions beside it are where they begin. */
static void
push_configuration(const struct sc_chart *chart, const struct sc_state *in,
    const struct sc_state *leaf, struct json_object *ids)
{
	for (int i = in->index + 1; i < sc_state_count(chart); i++) {
		const struct sc_state *child = sc_state_at(chart, i), *up = leaf;

		if (child->parent != in || child->type == SC_HISTORY)
			continue;
		while (up && up != child)
			up = up->parent;
		if (up == leaf)
			json_push(ids, json_object_new_string(leaf->id));
		else if (up)
			push_configuration(chart, child, leaf, ids);
		else if (in->type == SC_PARALLEL)
			push_initial(chart, child, ids);
	}
}

/* ---- one event ---- */

/* Asked what may be sent, a rule over what will be sent counts as true; an `and`, when all of its
 * parts do. */
static bool
counts_as_true(struct json_object *rule)
{
	struct json_object *parts = json_get(rule, "and");

	if (!logic_reads(rule, "event.data"))
		return false;
	for (size_t i = 0;
	     json_object_is_type(parts, json_type_array) && i < json_object_array_length(parts);
	     i++)
		if (!counts_as_true(json_object_array_get_idx(parts, i)))
			return false;
	return true;
}

static bool
may_say_no(const struct sc_transition *t)
{
	return t->guard &&
	       !(str_eq(t->guard, "logic") && counts_as_true(json_get(t->guard_params, "rule")));
}

static bool
has_when(struct json_object *by)
{
	for (size_t i = 0; by && i < json_object_array_length(by); i++)
		if (json_get(json_object_array_get_idx(by, i), "when"))
			return true;
	return false;
}

static struct json_object *
choice_json(const struct sc_transition *t)
{
	struct json_object *o = json_object_new_object(), *guard = NULL;
	struct json_object *not_list = json_get(t->meta, "not");

	if (t->guard) {
		guard = json_object_new_object();
		json_set_str(guard, "type", t->guard);
		json_set(guard, "params", json_object_get(t->guard_params));
	}
	json_set_str(o, "source", t->source->id);
	json_set(o, "title", json_object_get(json_get(t->meta, "title")));
	json_set(o, "by", json_object_get(json_get(t->meta, "by")));
	json_set(o, "not", not_list ? json_object_get(not_list) : json_object_new_array());
	json_set(o, "guard", guard);
	return o;
}

static bool
are_same_rights(struct json_object *a, struct json_object *b)
{
	return json_equal(json_get(a, "by"), json_get(b, "by")) &&
	       json_equal(json_get(a, "not"), json_get(b, "not"));
}

/* Are all choices for the same people, so that guards decide only where it leads? */
static bool
are_all_same(struct json_object *choices)
{
	for (size_t i = 1; i < json_object_array_length(choices); i++)
		if (!are_same_rights(json_object_array_get_idx(choices, 0),
			json_object_array_get_idx(choices, i)))
			return false;
	return true;
}

/* Innermost state first, in the order tried; ends with one that no guard stops. */
static struct json_object *
event_json(const struct sc_chart *chart, const struct sc_state *leaf, const char *event)
{
	struct json_object *o = json_object_new_object(), *choices = json_object_new_array();
	bool is_sure = false, is_first_sure = false, has_conditions = false;

	for (const struct sc_state *s = leaf; s && !is_sure; s = s->parent)
		for (int i = 0; i < sc_transition_count(chart) && !is_sure; i++) {
			const struct sc_transition *t = sc_transition_at(chart, i);

			if (t->source != s || !str_eq(t->event, event) ||
			    json_get(t->meta, "by") == NULL)
				continue;
			json_push(choices, choice_json(t));
			has_conditions |= has_when(json_get(t->meta, "by"));
			is_sure = t->guard == NULL;
			is_first_sure |= json_object_array_length(choices) == 1 && !may_say_no(t);
		}
	json_set_str(o, "event", event);
	json_set(o, "choices", choices);
	json_set_bool(o, "is_certain",
	    !has_conditions && (is_first_sure || (is_sure && are_all_same(choices))));
	return o;
}

static bool
has_event(struct json_object *events, const char *event)
{
	for (size_t i = 0; i < json_object_array_length(events); i++)
		if (str_eq(json_str(json_object_array_get_idx(events, i), "event"), event))
			return true;
	return false;
}

static struct json_object *
events_json(const struct sc_chart *chart, const struct sc_state *leaf)
{
	struct json_object *events = json_object_new_array();

	for (const struct sc_state *s = leaf; s; s = s->parent)
		for (int i = 0; i < sc_transition_count(chart); i++) {
			const struct sc_transition *t = sc_transition_at(chart, i);

			if (t->source == s && t->event && json_get(t->meta, "by") &&
			    !has_event(events, t->event))
				json_push(events, event_json(chart, leaf, t->event));
		}
	return events;
}

/* ---- all of it ---- */

static struct json_object *
state_row(const struct sc_chart *chart, const struct sc_state *leaf)
{
	struct json_object *o = json_object_new_object(), *ids = json_object_new_array();

	push_configuration(chart, sc_state_at(chart, 0), leaf, ids);
	json_set_str(o, "state", leaf->id);
	json_set(o, "title", json_object_get(json_get(leaf->meta, "title")));
	json_set(o, "configuration", ids);
	json_set(o, "events", events_json(chart, leaf));
	return o;
}

struct json_object *
rights_matrix_json(const struct workflow *w, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());
	struct json_object *states = json_object_new_array();

	json_set_str(o, "workflow", workflow_id(w));
	json_set(o, "title", json_object_get(json_get(w->meta, "title")));
	json_set(o, "start", json_object_get(json_path(w->meta, "start.by")));
	for (int i = 1; i < sc_state_count(w->chart); i++) {
		const struct sc_state *s = sc_state_at(w->chart, i);

		if (s->type == SC_ATOMIC && !is_passed(w->chart, s))
			json_push(states, state_row(w->chart, s));
	}
	json_set(o, "states", states);
	return o;
}
