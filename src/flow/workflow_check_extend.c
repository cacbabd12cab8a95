/*
 * Mistakes around extensions: a kind that a regime does not have, and an extension that nobody
 * grants with a ground.
 */
#include "flow_priv.h"

#include <stdlib.h>
#include <string.h>

static char *
at(struct workflow_check *k, const char *pointer, const char *more)
{
	return arena_printf(k->errors->arena, "%s%s", pointer, more);
}

/* Every regime may hold for a case: each has the kind. */
static void
check_kind(struct workflow_check *k, const char *pointer, const char *name, const char *kind)
{
	for (int i = 0; i < k->l->regime_count; i++) {
		const struct term *t = regime_term(k->l->regimes[i], name);

		if (t && term_extension(t, kind) == NULL)
			error_add(k->errors, pointer, "extension",
			    "regime %s has no extension \"%s\" of the term \"%s\"",
			    regime_code(k->l->regimes[i]), kind ? kind : "", name);
	}
}

void
workflow_check_extendable(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	workflow_check_term(k, json_str(params, "term"), at(k, pointer, "/params/term"));
	check_kind(
	    k, at(k, pointer, "/params/kind"), json_str(params, "term"), json_str(params, "kind"));
	if (json_get(params, "amount"))
		logic_check(
		    json_get(params, "amount"), at(k, pointer, "/params/amount"), k->errors);
}

/* ---- who grants it, and why ---- */

/* The transition of an action's pointer: "/states/a/on/E/actions/0", "/states/a/on/E/1/actions".
 * NULL: it stands elsewhere. */
static const struct sc_transition *
transition_at(struct workflow_check *k, const char *pointer)
{
	const struct sc_chart *chart = k->w->chart;
	long n = 0;

	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);
		const char *own = workflow_transition_pointer(k->errors->arena, t);
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

/* The rule is a field of the form that has to be filled in; of a ground, one that the law lists. */
static bool
is_asked_for(struct json_object *form, struct json_object *rule, bool is_ground)
{
	const char *path = json_str(rule, "var");
	const char *field = path && str_starts(path, "event.data.") ? path + strlen("event.data.")
								    : NULL;

	return field && is_required(form, field) &&
	       (!is_ground || json_str(json_get(json_get(form, "properties"), field), "x-grounds"));
}

static void
check_why(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	const struct sc_transition *t = transition_at(k, pointer);
	struct json_object *form = t ? workflow_event_form(k->w, t) : NULL;

	if (t == NULL || json_get(t->meta, "by") == NULL)
		error_add(k->errors, pointer, "extend",
		    "a person extends a term: it stands with an event that has `by`");
	else if (!is_asked_for(form, json_get(params, "ground"), true) &&
		 !is_asked_for(form, json_get(params, "reason"), false))
		error_add(k->errors, at(k, pointer, "/params"), "ground",
		    "an extension needs a ground (x-grounds) or a reason that the event's form "
		    "requires");
}

void
workflow_check_extend(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	static const char *const rules[] = { "ground", "reason" };

	workflow_check_extendable(k, pointer, params);
	for (size_t i = 0; i < LEN(rules); i++)
		if (json_get(params, rules[i]))
			logic_check(json_get(params, rules[i]),
			    arena_printf(k->errors->arena, "%s/params/%s", pointer, rules[i]),
			    k->errors);
	check_why(k, pointer, params);
}
