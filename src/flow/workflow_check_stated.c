/*
 * What whoever sends an event has to state: a field of its form that is required; of what another
 * case tells, what `asks` names, which the teller's form requires (definitions_tell.c).
 */
#include "flow_priv.h"

#include <stdlib.h>
#include <string.h>

/* The transition of an action's pointer: "/states/a/on/E/actions/0", "/states/a/on/E/1/actions".
 * NULL: it stands elsewhere. */
const struct sc_transition *
workflow_transition_at(const struct workflow *w, struct arena *a, const char *pointer)
{
	long n = 0;

	for (int i = 0; i < sc_transition_count(w->chart); i++) {
		const struct sc_transition *t = sc_transition_at(w->chart, i);
		const char *own = workflow_transition_pointer(a, t);
		const char *rest = str_starts(pointer, own) ? pointer + strlen(own) : "";

		if (*rest == '/' && strtol(rest + 1, NULL, 10) == n++)
			return t; /* without a number: the first */
	}
	return NULL;
}

static bool
is_required(struct json_object *form, const char *field)
{
	struct json_object *list = json_get(form, "required");

	for (size_t i = 0; list && i < json_object_array_length(list); i++)
		if (str_eq(json_object_get_string(json_object_array_get_idx(list, i)), field))
			return true;
	return false;
}

/* Any list of grounds will do for "". */
static bool
is_kind(const char *kind, const char *wanted)
{
	return wanted == NULL || (kind && (*wanted == '\0' || str_eq(kind, wanted)));
}

bool
workflow_is_stated(const struct workflow *w, const struct sc_transition *t,
    struct json_object *rule, const char *grounds)
{
	const char *path = json_str(rule, "var");
	const char *field = path && str_starts(path, "event.data.") ? path + strlen("event.data.")
								    : NULL;
	struct json_object *form = workflow_event_form(w, t), *asks = json_get(t->meta, "asks");

	if (field == NULL)
		return false;
	if (asks)
		return json_get(asks, field) && is_kind(json_str(asks, field), grounds);
	return is_required(form, field) &&
	       is_kind(
		   json_str(json_get(json_get(form, "properties"), field), "x-grounds"), grounds);
}
