/*
 * What workflows tell each other: somebody listens to what is told, and what is listened to is
 * told.
 */
#include "definitions.h"

static bool
listens(const struct workflow *w, const char *event)
{
	for (int i = 0; w && i < sc_transition_count(workflow_chart(w)); i++) {
		const struct sc_transition *t = sc_transition_at(workflow_chart(w), i);

		if (str_eq(t->event, event) && json_truth(t->meta, "told", false))
			return true;
	}
	return false;
}

/* One action `tell`. */
struct telling {
	const char *pointer, *event;
	struct json_object *data;
};

/* What one listener asks for has to be filled in where it is told. */
static void
check_asks(struct ties_check *k, const struct telling *x, const char *id, struct json_object *asks)
{
	const struct workflow *w = k->at->w;
	const struct sc_transition *t = workflow_transition_at(w, k->errors->arena, x->pointer);

	json_object_object_foreach(asks, name, kind)
	{
		const char *grounds = json_object_is_type(kind, json_type_string)
					  ? json_object_get_string(kind)
					  : NULL;

		if (t == NULL || !workflow_is_stated(w, t, json_get(x->data, name), grounds))
			ties_mistake(k,
			    arena_printf(k->errors->arena, "%s/params/data/%s", x->pointer, name),
			    "asks",
			    "%s asks for \"%s\" with \"%s\": it has to be a required field of the "
			    "form here%s%s",
			    id, name, x->event, grounds ? ", with grounds of the kind " : "",
			    grounds ? grounds : "");
	}
}

/* Tells one possible listener; whether it listens. */
static bool
tell(struct ties_check *k, const char *id, const struct telling *x)
{
	const struct workflow *w = ties_named(k, id);

	if (!listens(w, x->event))
		return false;
	json_set_bool(k->told, arena_printf(k->errors->arena, "%s %s", id, x->event), true);
	for (int i = 0; i < sc_transition_count(workflow_chart(w)); i++) {
		const struct sc_transition *t = sc_transition_at(workflow_chart(w), i);

		if (str_eq(t->event, x->event) && json_get(t->meta, "asks"))
			check_asks(k, x, id, json_get(t->meta, "asks"));
	}
	return true;
}

/* Those that a case of this workflow opens, or that open it. */
static bool
tell_relatives(struct ties_check *k, bool is_parent, const struct telling *x)
{
	const char *own = workflow_id(k->at->w);
	bool is_heard = false;

	for (int i = 0; i < k->count; i++) {
		const char *other = workflow_id(k->list[i].w);
		struct json_object *by = json_get(k->opened, is_parent ? own : other);

		if (json_get(by, is_parent ? other : own))
			is_heard |= tell(k, other, x);
	}
	return is_heard;
}

static bool
tell_about(struct ties_check *k, const struct telling *x)
{
	struct json_object *about = ties_about(k->at->w);
	bool is_heard = false;

	for (size_t i = 0; about && i < json_object_array_length(about); i++)
		is_heard |= tell(k, json_object_get_string(json_object_array_get_idx(about, i)), x);
	return is_heard;
}

void
ties_check_tell(struct ties_check *k, const char *pointer, struct json_object *params)
{
	struct json_object *to = json_get(params, "to");
	const char *event = json_str(params, "event"), *word = json_object_get_string(to);
	const struct telling x = { pointer, event, json_get(params, "data") };
	bool is_heard;

	if (json_object_is_type(to, json_type_object)) {
		word = json_str(to, "workflow");
		is_heard = tell(k, word, &x);
	} else if (str_eq(word, "about"))
		is_heard = tell_about(k, &x);
	else
		is_heard = tell_relatives(k, str_eq(word, "parent"), &x);
	if (!is_heard)
		ties_mistake(k, arena_printf(k->errors->arena, "%s/params/event", pointer),
		    "unheard", "nothing listens to \"%s\" in what is told (%s)", event ? event : "",
		    word);
}

void
ties_check_is_told(struct ties_check *k)
{
	const struct sc_chart *chart = workflow_chart(k->at->w);

	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);

		if (json_truth(t->meta, "told", false) &&
		    json_get(k->told, arena_printf(k->errors->arena, "%s %s", workflow_id(k->at->w),
					  t->event)) == NULL)
			ties_mistake(k, workflow_transition_pointer(k->errors->arena, t), "untold",
			    "no other workflow tells \"%s\" to cases of this one", t->event);
	}
}
