/*
 * Walks the machine's JSON past every guard and action that is not built in, so that a caller can
 * refuse names it does not know.
 */
#include "statechart_priv.h"

struct visit {
	struct arena *arena;
	sc_visit_fn fn;
	void *arg;
	bool guards; /* else actions */
};

static const char *
below(const struct visit *v, const char *pointer, const char *key)
{
	struct str s;

	str_init(&s, v->arena);
	str_add(&s, pointer);
	pointer_add(&s, key);
	return s.text;
}

typedef void (*each_fn)(const struct visit *v, const char *pointer, struct json_object *o);

/* Calls fn for o, or for each element when o is an array. */
static void
each(const struct visit *v, const char *pointer, struct json_object *o, each_fn fn)
{
	if (!o)
		return;
	if (!json_object_is_type(o, json_type_array)) {
		fn(v, pointer, o);
		return;
	}
	for (size_t i = 0; i < json_object_array_length(o); i++)
		fn(v, arena_printf(v->arena, "%s/%zu", pointer, i),
		    json_object_array_get_idx(o, i));
}

static void
visit_call(const struct visit *v, const char *pointer, struct json_object *o)
{
	bool is_name = json_object_is_type(o, json_type_string);
	const char *type = is_name ? json_object_get_string(o) : json_str(o, "type");
	struct json_object *params = is_name ? NULL : json_get(o, "params");

	if (str_eq(type, "xstate.not"))
		visit_call(v, below(v, below(v, pointer, "params"), "guard"),
		    json_get(params, "guard"));
	else if (!str_starts(type, "xstate."))
		v->fn(v->arg, pointer, type, params);
}

static void
visit_transition(const struct visit *v, const char *pointer, struct json_object *o)
{
	const char *key = v->guards ? "guard" : "actions";

	if (json_object_is_type(o, json_type_object))
		each(v, below(v, pointer, key), json_get(o, key), visit_call);
}

static void
visit_map(const struct visit *v, const char *pointer, struct json_object *map, each_fn fn)
{
	if (!map)
		return;
	json_object_object_foreach(map, key, value)
	{
		each(v, below(v, pointer, key), value, fn);
	}
}

static void
visit_state(const struct visit *v, const char *pointer, struct json_object *o)
{
	static const char *const maps[] = { "on", "after" };
	static const char *const lists[] = { "initial", "onDone", "always" };
	static const char *const calls[] = { "entry", "exit" };

	for (size_t i = 0; i < LEN(calls) && !v->guards; i++)
		each(v, below(v, pointer, calls[i]), json_get(o, calls[i]), visit_call);
	for (size_t i = 0; i < LEN(lists); i++)
		each(v, below(v, pointer, lists[i]), json_get(o, lists[i]),
		    visit_transition);
	for (size_t i = 0; i < LEN(maps); i++)
		visit_map(v, below(v, pointer, maps[i]), json_get(o, maps[i]),
		    visit_transition);
	visit_map(v, below(v, pointer, "states"), json_get(o, "states"), visit_state);
}

static void
visit_machine(const struct sc_chart *chart, bool guards, sc_visit_fn fn, void *arg)
{
	struct visit v = { .arena = arena_new(), .fn = fn, .arg = arg, .guards = guards };

	visit_state(&v, "", chart->machine);
	arena_free(v.arena);
}

void
sc_visit_guards(const struct sc_chart *chart, sc_visit_fn fn, void *arg)
{
	visit_machine(chart, true, fn, arg);
}

void
sc_visit_actions(const struct sc_chart *chart, sc_visit_fn fn, void *arg)
{
	visit_machine(chart, false, fn, arg);
}
