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

/* Tells one possible listener; whether it listens. */
static bool
tell(struct ties_check *k, const char *id, const char *event)
{
	if (!listens(ties_named(k, id), event))
		return false;
	json_set_bool(k->told, arena_printf(k->errors->arena, "%s %s", id, event), true);
	return true;
}

/* Those that a case of this workflow opens, or that open it. */
static bool
tell_relatives(struct ties_check *k, bool is_parent, const char *event)
{
	const char *own = workflow_id(k->at->w);
	bool is_heard = false;

	for (int i = 0; i < k->count; i++) {
		const char *other = workflow_id(k->list[i].w);
		struct json_object *by = json_get(k->opened, is_parent ? own : other);

		if (json_get(by, is_parent ? other : own))
			is_heard |= tell(k, other, event);
	}
	return is_heard;
}

static bool
tell_about(struct ties_check *k, const char *event)
{
	struct json_object *about = ties_about(k->at->w);
	bool is_heard = false;

	for (size_t i = 0; about && i < json_object_array_length(about); i++)
		is_heard |= tell(
		    k, json_object_get_string(json_object_array_get_idx(about, i)), event);
	return is_heard;
}

void
ties_check_tell(struct ties_check *k, const char *pointer, struct json_object *params)
{
	struct json_object *to = json_get(params, "to");
	const char *event = json_str(params, "event"), *word = json_object_get_string(to);
	bool is_heard;

	if (json_object_is_type(to, json_type_object)) {
		word = json_str(to, "workflow");
		is_heard = tell(k, word, event);
	} else if (str_eq(word, "about"))
		is_heard = tell_about(k, event);
	else
		is_heard = tell_relatives(k, str_eq(word, "parent"), event);
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
