/*
 * Mistakes in the guards and actions of a chart: the fixed list of workflows/README.md, and what
 * each of them needs.
 */
#include "flow_priv.h"

static char *
at(struct workflow_check *k, const char *pointer, const char *more)
{
	return arena_printf(k->errors->arena, "%s%s", pointer, more);
}

void
workflow_check_guard(void *arg, const char *pointer, const char *type, struct json_object *params)
{
	struct workflow_check *k = arg;

	if (str_eq(type, "logic") && json_get(params, "rule"))
		logic_check(json_get(params, "rule"), at(k, pointer, "/params/rule"), k->errors);
	else if (str_eq(type, "agreed"))
		workflow_check_approval_state(k, pointer, params);
	else if (str_eq(type, "can-extend"))
		workflow_check_extendable(k, pointer, params);
	else if (!str_starts(type, "xstate."))
		error_add(k->errors, pointer, "guard", "unknown guard \"%s\"", type);
}

static void
check_notify(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	const char *template = json_str(params, "template");

	workflow_check_rights(k, json_get(params, "to"), at(k, pointer, "/params/to"));
	workflow_check_term(k, json_str(params, "term"), at(k, pointer, "/params/term"));
	if (template == NULL || json_get(k->l->notices, template) == NULL)
		error_add(k->errors, at(k, pointer, "/params/template"), "template",
		    "unknown notice \"%s\"", template ? template : "");
	else
		notice_check_paths(
		    k->w, k->l, at(k, pointer, "/params/template"), template, k->errors);
}

static bool
is_ours(const char *name)
{
	static const char *const names[] = { "people", "terms", "service", "last_person",
		"due_term", "about", "parent", "opened", "parties", "approvals" };

	for (size_t i = 0; i < LEN(names); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

static void
check_set(struct workflow_check *k, const char *pointer, struct json_object *params)
{
	struct json_object *values = json_get(params, "values");

	if (!json_object_is_type(values, json_type_object)) {
		error_add(k->errors, pointer, "set", "\"values\" is missing");
		return;
	}
	json_object_object_foreach(values, name, rule)
	{
		char *here = arena_printf(k->errors->arena, "%s/params/values/%s", pointer, name);

		if (is_ours(name))
			error_add(
			    k->errors, here, "set", "this name is kept by the product itself");
		logic_check(rule, here, k->errors);
	}
}

void
workflow_check_action(void *arg, const char *pointer, const char *type, struct json_object *params)
{
	struct workflow_check *k = arg;

	if (str_eq(type, "notify"))
		check_notify(k, pointer, params);
	else if (str_eq(type, "set"))
		check_set(k, pointer, params);
	else if (str_eq(type, "extend"))
		workflow_check_extend(k, pointer, params);
	else if (!str_eq(type, "receive") && !str_starts(type, "xstate.") &&
		 !workflow_check_tie(k, pointer, type, params))
		error_add(k->errors, pointer, "action", "unknown action \"%s\"", type);
}
