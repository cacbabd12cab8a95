/*
 * The statechart as a picture needs it: every state and move, which are lit, and the way so far.
 *
 * A history row keeps where an event began and ended. What it passed through in between (a state
 * left at once by `always`, a region moved by a raised event) is found again from those ends.
 */
#include "flow_db.h"

struct step {
	const struct sc_chart *chart;
	const struct event_row *row;
	struct state_set from, to;
	struct way *way;
};

static void
visit(struct step *s, const struct sc_state *state)
{
	for (; state; state = state->parent)
		s->way->visited[state->index] = true;
}

static void
visit_set(struct step *s, const struct state_set *set)
{
	for (int i = 0; i < sc_state_count(s->chart); i++)
		s->way->visited[i] |= set->has[i];
}

static bool
leads_to(const struct sc_transition *t, const struct state_set *to)
{
	for (const struct sc_state *const *s = t->targets; s && *s; s++)
		if (!to->has[(*s)->index])
			return false;
	return t->targets != NULL;
}

/* A state that was entered and is not where the event ended was left at once, by its `always`. */
static void
follow_always(struct step *s, const struct sc_state *state)
{
	visit(s, state);
	if (s->to.has[state->index])
		return;
	for (int i = 0; i < sc_transition_count(s->chart); i++) {
		const struct sc_transition *t = sc_transition_at(s->chart, i);

		if (t->event == NULL && t->source == state && leads_to(t, &s->to)) {
			s->way->taken[i] = true;
			return;
		}
	}
}

/* What another region did in the same breath: left a state and entered another, with no sender. */
static void
find_raised(struct step *s)
{
	for (int i = 0; i < sc_transition_count(s->chart); i++) {
		const struct sc_transition *t = sc_transition_at(s->chart, i);

		if (t->event && t->delay == NULL && json_get(t->meta, "by") == NULL &&
		    !json_truth(t->meta, "told", false) && t->targets &&
		    s->from.has[t->source->index] && !s->to.has[t->source->index] &&
		    leads_to(t, &s->to) && !s->from.has[t->targets[0]->index])
			s->way->taken[i] = true;
	}
}

static const struct sc_state *
first_state(const struct sc_chart *chart)
{
	const char *key = json_str(sc_machine(chart), "initial");

	for (int i = 1; i < sc_state_count(chart); i++) {
		const struct sc_state *s = sc_state_at(chart, i);

		if (s->parent == sc_state_at(chart, 0) && str_eq(s->key, key))
			return s;
	}
	return sc_state_at(chart, 0);
}

static void
retrace(struct step *s)
{
	const struct sc_transition *t = transition_of(s->chart, s->row->e.type, &s->from, &s->to);

	visit_set(s, &s->from);
	visit_set(s, &s->to);
	if (s->row->version == 1)
		follow_always(s, first_state(s->chart));
	else
		find_raised(s);
	if (t == NULL)
		return;
	s->way->taken[t->index] = true;
	for (const struct sc_state *const *to = t->targets; to && *to; to++)
		follow_always(s, *to);
}

struct way
way_so_far(const struct sc_chart *chart, const struct event_row *events, int count, struct arena *a)
{
	struct way way = { arena_array(a, bool, sc_state_count(chart)),
		arena_array(a, bool, sc_transition_count(chart) + 1) };

	for (int i = 0; i < count; i++) {
		struct step s = { chart, &events[i],
			state_set_of(chart, a, events[i].e.from_states),
			state_set_of(chart, a, events[i].e.to_states), &way };

		retrace(&s);
	}
	return way;
}

/* ---- as JSON ---- */

static const char *
type_name(const struct sc_state *s)
{
	static const char *const names[] = { [SC_ATOMIC] = "atomic",
		[SC_COMPOUND] = "compound",
		[SC_PARALLEL] = "parallel",
		[SC_FINAL] = "final",
		[SC_HISTORY] = "history" };

	return names[s->type];
}

static struct json_object *
state_json(const struct sc_state *s, const struct state_set *now, const struct way *way)
{
	struct json_object *o = json_object_new_object();
	bool has_parent = s->parent && s->parent->index > 0;

	json_set_str(o, "id", s->id);
	json_set_str(o, "parent", has_parent ? s->parent->id : NULL);
	json_set_str(o, "type", type_name(s));
	json_set(o, "title", title_or_key(s->meta, s->key));
	json_set_bool(o, "is_active", now->has[s->index]);
	json_set_bool(o, "was_visited", way->visited[s->index]);
	return o;
}

static const char *
kind_of(const struct sc_transition *t)
{
	if (t->delay)
		return "timer";
	if (json_truth(t->meta, "told", false))
		return "told";
	return json_get(t->meta, "by") ? "person" : "auto";
}

static struct json_object *
transition_json(const struct sc_transition *t, const struct sc_state *to, bool was_taken)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "from", t->source->id);
	json_set_str(o, "to", to->id);
	json_set_str(o, "event", t->event ? t->event : "");
	json_set_or_null(o, "title", json_get(t->meta, "title"));
	json_set_str(o, "kind", kind_of(t));
	json_set_bool(o, "was_taken", was_taken);
	return o;
}

/* A reminder moves nothing and is not drawn. */
static struct json_object *
transitions_json(const struct sc_chart *chart, const struct way *way)
{
	struct json_object *list = json_object_new_array();

	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		for (const struct sc_state *const *to = t->targets; to && *to; to++)
			json_push(list, transition_json(t, *to, way->taken[i]));
	}
	return list;
}

struct json_object *
diagram_json(const struct sc_chart *chart, const struct state_set *now, const struct way *way)
{
	struct json_object *o = json_object_new_object(), *states = json_object_new_array();

	for (int i = 1; i < sc_state_count(chart); i++)
		json_push(states, state_json(sc_state_at(chart, i), now, way));
	json_set(o, "states", states);
	json_set(o, "transitions", transitions_json(chart, way));
	return o;
}
