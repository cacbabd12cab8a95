/*
 * Actions and guards as they stand in the JSON: "name" or {"type": "name", "params": {...}}, and the
 * four built-ins.
 */
#include "statechart_priv.h"

#include <math.h>

static const char *const call_keys[] = { "type", "params", NULL };
static const char *const raise_keys[] = { "event", "delay", "id", NULL };
static const char *const cancel_keys[] = { "id", "sendId", NULL };
static const char *const state_in_keys[] = { "stateId", NULL };
static const char *const not_keys[] = { "guard", NULL };

/* The name and the parameters of a call; NULL when it has none (reported). */
static const char *
call_type(struct loader *l, struct json_object *json, const struct place *at,
    struct json_object **params)
{
	struct json_object *type = json;

	*params = NULL;
	if (json_object_is_type(json, json_type_object)) {
		only_keys(l, json, at, call_keys, "a guard or action");
		type = json_get(json, "type");
		*params = json_get(json, "params");
	}
	if (json_object_is_type(type, json_type_string) && *json_object_get_string(type))
		return json_object_get_string(type);
	mistake(l, at, "type", "a guard or action is a name, or an object with a \"type\"");
	return NULL;
}

static bool
params_are(struct loader *l, struct json_object *params, const struct place *at,
    const char *const *known, const char *what)
{
	if (json_object_is_type(params, json_type_object))
		return only_keys(l, params, AT_KEY(at, "params"), known, what);
	mistake(l, AT_KEY(at, "params"), "required", "%s needs \"params\"", what);
	return false;
}

/* ---- actions ---- */

/* Milliseconds, or the name of a term. */
bool
load_delay(struct loader *l, struct json_object *json, const struct place *at, struct action *out)
{
	double ms = json_object_get_double(json);

	out->is_delayed = true;
	if (json_object_is_type(json, json_type_string) && *json_object_get_string(json)) {
		out->delay = json_object_get_string(json);
		return true;
	}
	if ((json_object_is_type(json, json_type_int) || json_object_is_type(json, json_type_double)) &&
	    ms >= 0 && ms < 1e15 && floor(ms) == ms) {
		out->delay_ms = (int64_t)ms;
		return true;
	}
	mistake(l, at, "type", "a delay is a whole number of milliseconds or the name of a term");
	return false;
}

/* All of the event but its type, for those who handle it. */
static struct json_object *
event_data(struct loader *l, struct json_object *event)
{
	struct json_object *data = NULL;

	json_object_object_foreach(event, key, value)
	{
		if (str_eq(key, "type"))
			continue;
		if (!data)
			data = json_keep(l->arena, json_object_new_object());
		json_object_object_add(data, key, json_object_get(value));
	}
	return data;
}

static void
load_raise(struct loader *l, struct json_object *params, const struct place *at, struct action *out)
{
	struct json_object *event = json_get(params, "event"), *delay = json_get(params, "delay");
	const char *type = json_str(event, "type");

	out->kind = ACTION_RAISE;
	if (!params_are(l, params, at, raise_keys, "xstate.raise"))
		return;
	if (!type || !*type || str_eq(type, "*")) {
		mistake(l, AT_KEY(AT_KEY(at, "params"), "event"), "type",
		    "xstate.raise needs an event like {\"type\": \"NAME\"}");
		return;
	}
	out->event = (struct sc_event){ type, event_data(l, event) };
	out->timer_id = json_str(params, "id");
	if (delay)
		load_delay(l, delay, AT_KEY(AT_KEY(at, "params"), "delay"), out);
}

static void
load_cancel(struct loader *l, struct json_object *params, const struct place *at,
    struct action *out)
{
	out->kind = ACTION_CANCEL;
	if (!params_are(l, params, at, cancel_keys, "xstate.cancel"))
		return;
	out->timer_id = json_str(params, "id");
	if (!out->timer_id)
		out->timer_id = json_str(params, "sendId");
	if (!out->timer_id)
		mistake(l, AT_KEY(AT_KEY(at, "params"), "id"), "required",
		    "xstate.cancel needs the id of the delayed event");
}

static void
load_action(struct loader *l, struct json_object *json, const struct place *at, struct action *out)
{
	struct json_object *params;
	const char *type = call_type(l, json, at, &params);

	*out = (struct action){ .def = { type, params }, .after_of = NO_STATE };
	if (!type || !str_starts(type, "xstate."))
		return;
	if (str_eq(type, "xstate.raise"))
		load_raise(l, params, at, out);
	else if (str_eq(type, "xstate.cancel"))
		load_cancel(l, params, at, out);
	else
		mistake(l, at, "unknown-built-in", "there is no built-in action \"%s\"", type);
}

void
load_actions(struct loader *l, struct json_object *json, const struct place *at,
    struct actions *out)
{
	if (!json)
		return;
	if (!json_object_is_type(json, json_type_array)) {
		load_action(l, json, at, LIST_ADD(l->arena, out));
		return;
	}
	for (size_t i = 0; i < json_object_array_length(json); i++)
		load_action(l, json_object_array_get_idx(json, i), AT_INDEX(at, (int)i),
		    LIST_ADD(l->arena, out));
}

/* ---- guards ---- */

static void
load_state_in(struct loader *l, struct json_object *params, const struct place *at,
    struct guard *out)
{
	const char *id = json_str(params, "stateId"), *why = "\"stateId\" is missing";

	out->kind = GUARD_STATE_IN;
	out->state = NO_STATE;
	if (!params_are(l, params, at, state_in_keys, "xstate.stateIn"))
		return;
	if (id && *id == '#')
		out->state = target_resolve(l->chart, l->chart->nodes, id, l->errors->arena, &why);
	else if (id) /* as XState's matches(): a path from the root */
		out->state = target_by_path(l->chart, 0, id, l->errors->arena, &why);
	if (out->state == NO_STATE)
		mistake(l, AT_KEY(AT_KEY(at, "params"), "stateId"), "unknown-state", "%s", why);
}

static void
load_not(struct loader *l, struct json_object *params, const struct place *at, struct guard *out)
{
	struct json_object *inner = json_get(params, "guard");

	out->is_negated = !out->is_negated;
	if (!params_are(l, params, at, not_keys, "xstate.not"))
		return;
	if (inner)
		load_guard(l, inner, AT_KEY(AT_KEY(at, "params"), "guard"), out);
	else
		mistake(l, AT_KEY(AT_KEY(at, "params"), "guard"), "required",
		    "xstate.not needs a guard to negate");
}

void
load_guard(struct loader *l, struct json_object *json, const struct place *at, struct guard *out)
{
	struct json_object *params;
	const char *type = json ? call_type(l, json, at, &params) : NULL;

	if (!type)
		return;
	if (str_eq(type, "xstate.not")) {
		load_not(l, params, at, out);
		return;
	}
	out->type = type;
	out->params = params;
	if (str_eq(type, "xstate.stateIn"))
		load_state_in(l, params, at, out);
	else if (str_starts(type, "xstate."))
		mistake(l, at, "unknown-built-in", "there is no built-in guard \"%s\"", type);
	else
		out->kind = GUARD_NAMED;
}
