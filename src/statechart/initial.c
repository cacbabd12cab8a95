/*
 * Where a state starts: its initial child, and what a history state enters the first time.
 */
#include "statechart_priv.h"

static const char *const initial_keys[] = { "target", "actions", "description", "meta", NULL };

/* "a", or {"target": "a", "actions": [...]}; a key of a child, no path. */
void
load_initial(struct loader *l, struct node *n)
{
	struct json_object *json = json_get(n->json, "initial"), *target = json;
	const struct place *at = AT_KEY(AT_NODE(n), "initial");
	const char *key;

	if (!json) {
		if (n->pub.type == SC_COMPOUND)
			mistake(l, at, "required", "a compound state needs an initial state");
		return;
	}
	if (json_object_is_type(json, json_type_object)) {
		only_keys(l, json, at, initial_keys, "an initial transition");
		target = json_get(json, "target");
		load_actions(l, json_get(json, "actions"), AT_KEY(at, "actions"),
		    &n->initial_actions);
	}
	if (!json_object_is_type(target, json_type_string)) {
		mistake(l, at, "type", "\"initial\" must be the key of a child state");
		return;
	}
	key = json_object_get_string(target);
	n->initial = chart_find_child(l->chart, n->pub.index, key, strlen(key));
	if (n->initial == NO_STATE)
		mistake(l, at, "unknown-initial", "\"%s\" has no state \"%s\" to start in",
		    n->pub.id, key);
}

static void
load_kind(struct loader *l, struct node *n)
{
	struct json_object *kind = json_get(n->json, "history");

	n->is_deep = str_eq(json_str(n->json, "history"), "deep");
	if (kind && !n->is_deep && !str_eq(json_str(n->json, "history"), "shallow"))
		mistake(l, AT_KEY(AT_NODE(n), "history"), "type",
		    "\"history\" is \"shallow\" or \"deep\"");
}

/* A history state without a target enters what its parent would by default. */
static void
default_to_parent(struct loader *l, struct node *n)
{
	struct node *parent = &l->chart->nodes[n->parent];
	const char *key = json_str(parent->json, "initial");
	int initial;

	n->defaults[0] = parent->pub.index;
	if (parent->pub.type == SC_PARALLEL)
		return;
	if (!key)
		key = json_str(json_get(parent->json, "initial"), "target");
	initial = key ? chart_find_child(l->chart, n->parent, key, strlen(key)) : NO_STATE;
	if (initial == NO_STATE)
		return; /* reported at the parent */
	n->defaults[0] = initial;
	n->is_default_initial = true;
	if (l->chart->nodes[initial].pub.type == SC_HISTORY)
		mistake(l, AT_NODE(n), "history",
		    "without a target this enters its parent's initial state, which is a history state");
}

static void
load_default(struct loader *l, struct node *n, struct json_object *json, const struct place *at,
    int i)
{
	const char *text = json_object_get_string(json), *why = NULL;
	int state = NO_STATE;

	if (!json_object_is_type(json, json_type_string) || !*text)
		why = "a target is a string";
	else if (*text == '.')
		why = "a history state's target is looked up from its parent: leave out the dot";
	else
		state = target_resolve(l->chart, n, text, l->errors->arena, &why);
	if (state == NO_STATE) {
		mistake(l, at, "unknown-target", "%s", why);
		return;
	}
	n->defaults[i] = state;
	if (!is_inside(l->chart, state, n->parent))
		mistake(l, at, "history", "a history state enters states of its own parent only");
	else if (l->chart->nodes[state].pub.type == SC_HISTORY)
		mistake(l, at, "history", "a history state's target cannot be a history state");
}

void
load_history(struct loader *l, struct node *n)
{
	struct json_object *json = json_get(n->json, "target");
	const struct place *at = AT_KEY(AT_NODE(n), "target");
	bool is_array = json_object_is_type(json, json_type_array);
	int mistakes = l->errors->count;

	if (n->pub.type != SC_HISTORY || n->parent == NO_STATE)
		return;
	load_kind(l, n);
	n->default_count = is_array ? (int)json_object_array_length(json) : 1;
	n->defaults = arena_array(l->arena, int, n->default_count + 1);
	if (!json)
		default_to_parent(l, n);
	else if (!is_array)
		load_default(l, n, json, at, 0);
	else
		for (int i = 0; i < n->default_count; i++)
			load_default(l, n, json_object_array_get_idx(json, (size_t)i),
			    AT_INDEX(at, i), i);
	if (n->default_count == 0)
		mistake(l, at, "required", "the list of targets is empty");
	else if (mistakes == l->errors->count &&
	    !targets_agree(l->chart, n->defaults, n->default_count, l->arena))
		mistake(l, at, "targets-in-one-region", "the targets cannot be active at once");
}
