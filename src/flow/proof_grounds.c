/*
 * Every refusal has a ground: on each path to an outcome "refused" somebody had to state one. Found
 * by looking for a path without.
 */
#include "proof_priv.h"

static bool
has_required(struct json_object *schema, const char *field)
{
	if (json_object_is_type(schema, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(schema); i++)
			if (has_required(json_object_array_get_idx(schema, i), field))
				return true;
		return false;
	}
	if (!json_object_is_type(schema, json_type_object))
		return false;
	json_object_object_foreach(schema, key, value)
	{
		if (!str_eq(key, "required") && has_required(value, field))
			return true;
		for (size_t i = 0; str_eq(key, "required") && i < json_object_array_length(value);
		     i++)
			if (str_eq(
				json_object_get_string(json_object_array_get_idx(value, i)), field))
				return true;
	}
	return false;
}

enum asks { NO_GROUND, MAY_STATE_GROUND, STATES_GROUND };

/* Does whoever fills in the form have to state a ground (perhaps only when he refuses)? */
static enum asks
asks_for_ground(struct json_object *form)
{
	struct json_object *fields = json_get(form, "properties");
	enum asks asks = NO_GROUND;

	if (!json_object_is_type(fields, json_type_object))
		return NO_GROUND;
	json_object_object_foreach(fields, name, field)
	{
		if (json_get(field, "x-grounds"))
			asks = has_required(form, name) || asks == STATES_GROUND ? STATES_GROUND
										 : MAY_STATE_GROUND;
	}
	return asks;
}

/* What another case tells was asked for there. */
static bool
is_told_ground(const struct sc_transition *t)
{
	struct json_object *asks = json_get(t->meta, "asks");

	if (asks == NULL)
		return false;
	json_object_object_foreach(asks, name, kind)
	{
		(void)name;
		if (json_object_is_type(kind, json_type_string))
			return true;
	}
	return false;
}

static bool
states_ground(const struct search *s, const struct move *m)
{
	if (m->kind == MOVE_START)
		return asks_for_ground(json_get(s->w->meta, "form")) == STATES_GROUND;
	for (const struct sc_transition *const *t = m->transitions; *t; t++)
		if (is_told_ground(*t) ||
		    asks_for_ground(workflow_event_form(s->w, *t)) == STATES_GROUND)
			return true;
	return false;
}

static const struct sc_state *
refused(const struct configuration *c)
{
	for (const struct sc_state *const *state = c->active; c->is_done && *state; state++)
		if ((*state)->type == SC_FINAL &&
		    str_eq(json_str((*state)->meta, "outcome"), "refused"))
			return *state;
	return NULL;
}

/* The events on the way to a configuration, from `came`: the move by which each was met. */
static const char *
way_to(const struct search *s, const int *came, int to)
{
	const char *way = "";

	for (int i = to; i >= 0 && s->moves[came[i]].from >= 0; i = s->moves[came[i]].from)
		way = arena_printf(s->a, "%s%s%s", s->moves[came[i]].event, *way ? ", " : "", way);
	return *way ? way : "the start";
}

/* The move by which each configuration is met without a ground; -1: only with one. */
static int *
without_ground(const struct search *s)
{
	int *came = arena_array(s->a, int, s->count + 1);
	bool has_changed = true;

	for (int i = 0; i < s->count; i++)
		came[i] = -1;
	while (has_changed) {
		has_changed = false;
		for (int i = 0; i < s->move_count; i++) {
			const struct move *m = &s->moves[i];

			if (came[m->to] >= 0 || (m->from >= 0 && came[m->from] < 0) ||
			    m->from == m->to || states_ground(s, m))
				continue;
			came[m->to] = i;
			has_changed = true;
		}
	}
	return came;
}

static void
say_left_out(const struct workflow *w, struct proof *p)
{
	for (int i = 0; i < sc_transition_count(w->chart); i++) {
		const struct sc_transition *t = sc_transition_at(w->chart, i);

		if (asks_for_ground(workflow_event_form(w, t)) == MAY_STATE_GROUND)
			proof_add(p, PROOF_NOTE, "%s in %s asks for a ground that may be left out",
			    t->event, t->source->id);
	}
}

void
prove_grounds(const struct search *s, struct proof *p, struct error_list *errors)
{
	int *came = without_ground(s), refusals = 0;
	bool is_bad = false;

	for (int i = 0; i < s->count && !is_bad; i++) {
		const struct sc_state *state = refused(&s->configurations[i]);

		refusals += state != NULL;
		if (state == NULL || came[i] < 0)
			continue;
		is_bad = true;
		error_add(errors, workflow_state_pointer(errors->arena, state), "ground",
		    "the outcome is \"refused\", but a path leads here on which nobody states a "
		    "ground (a required field with x-grounds): %s",
		    way_to(s, came, i));
	}
	say_left_out(s->w, p);
	if (is_bad)
		return;
	if (!s->is_complete)
		proof_add(p, PROOF_OPEN, "not proved that every refusal has a ground");
	else if (refusals)
		proof_add(p, PROOF_HOLDS, "every refusal has a ground, on every path to it");
	else
		proof_add(p, PROOF_NOTE, "no outcome is a refusal");
}
