/*
 * Mistakes around extensions: a kind that a regime does not have, and an extension that nobody
 * grants with a ground.
 */
#include "flow_priv.h"

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

static void
check_why(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	const struct sc_transition *t = workflow_transition_at(k->w, k->errors->arena, pointer);

	if (t == NULL || (json_get(t->meta, "by") == NULL && json_get(t->meta, "asks") == NULL))
		error_add(k->errors, pointer, "extend",
		    "a person extends a term: it stands with an event that has `by`, or `asks` of "
		    "what another case tells");
	else if (!workflow_is_stated(k->w, t, json_get(params, "ground"), "") &&
		 !workflow_is_stated(k->w, t, json_get(params, "reason"), NULL))
		error_add(k->errors, at(k, pointer, "/params"), "ground",
		    "an extension needs a ground (x-grounds) or a reason that the event's form "
		    "requires");
}

void
workflow_check_extend(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	static const char *const rules[] = { "ground", "reason", "by" };

	workflow_check_extendable(k, pointer, params);
	for (size_t i = 0; i < LEN(rules); i++)
		if (json_get(params, rules[i]))
			logic_check(json_get(params, rules[i]),
			    arena_printf(k->errors->arena, "%s/params/%s", pointer, rules[i]),
			    k->errors);
	check_why(k, pointer, params);
}
