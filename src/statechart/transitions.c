/*
 * The transitions of one state: `on`, `onDone`, `after` and `always`, grouped by event descriptor
 * in the order in which they are tried.
 */
#include "statechart_priv.h"

#include <stdlib.h>

static const char *const transition_keys[] = { "target", "guard", "actions", "reenter",
	"description", "meta", NULL };

/* ---- one transition ---- */

static void
load_target(struct loader *l, struct transition *t, struct json_object *json,
    const struct place *at)
{
	const struct node *source = &l->chart->nodes[t->source];
	const char *why = NULL;
	int state = NO_STATE;

	if (json_object_is_type(json, json_type_string) && *json_object_get_string(json))
		state = target_resolve(
		    l->chart, source, json_object_get_string(json), l->errors->arena, &why);
	else
		why = "a target is a string that is not empty";
	if (state == NO_STATE)
		mistake(l, at, "unknown-target", "%s", why);
	else
		t->targets[t->target_count++] = state;
}

static void
load_targets(struct loader *l, struct transition *t, struct json_object *json,
    const struct place *at)
{
	bool is_array = json_object_is_type(json, json_type_array);
	int count = is_array ? (int)json_object_array_length(json) : 1;
	int mistakes = l->errors->count;

	t->targets = arena_array(l->arena, int, count);
	if (!is_array)
		load_target(l, t, json, at);
	for (int i = 0; is_array && i < count; i++)
		load_target(l, t, json_object_array_get_idx(json, (size_t)i), AT_INDEX(at, i));
	if (count == 0)
		mistake(l, at, "required", "the list of targets is empty");
	else if (mistakes == l->errors->count &&
	    !targets_agree(l->chart, t->targets, count, l->arena))
		mistake(l, at, "targets-in-one-region",
		    "the targets cannot be active at once: each must be in a region of its own");
}

static void
publish_targets(struct loader *l, struct transition *t)
{
	const struct sc_state **list;

	if (!t->target_count)
		return;
	list = arena_array(l->arena, const struct sc_state *, t->target_count + 1);
	for (int i = 0; i < t->target_count; i++)
		list[i] = &l->chart->nodes[t->targets[i]].pub;
	t->pub.targets = list;
}

static void
load_object(struct loader *l, struct transition *t, struct json_object *json,
    const struct place *at)
{
	struct json_object *target = json_get(json, "target"), *reenter = json_get(json, "reenter");

	if (json_get(json, "cond"))
		mistake(l, AT_KEY(at, "cond"), "cond", "\"cond\" is of XState 4: use \"guard\"");
	else
		only_keys(l, json, at, transition_keys, "a transition");
	if (target)
		load_targets(l, t, target, AT_KEY(at, "target"));
	if (reenter && !json_object_is_type(reenter, json_type_boolean))
		mistake(l, AT_KEY(at, "reenter"), "type", "\"reenter\" is true or false");
	t->pub.reenter = json_object_get_boolean(reenter);
	t->pub.meta = json_get(json, "meta");
	t->pub.description = json_str(json, "description");
	load_guard(l, json_get(json, "guard"), AT_KEY(at, "guard"), &t->guard);
	t->pub.guard = json_str(json, "guard");
	if (!t->pub.guard)
		t->pub.guard = json_str(json_get(json, "guard"), "type");
	t->pub.guard_params = json_get(json_get(json, "guard"), "params");
	load_actions(l, json_get(json, "actions"), AT_KEY(at, "actions"), &t->actions);
}

struct transition *
transition_new(struct loader *l, struct node *n, const char *event, struct json_object *json,
    const struct place *at)
{
	struct sc_chart *c = l->chart;
	struct transition *t = arena_new_of(l->arena, struct transition);

	t->source = n->pub.index;
	t->pub.index = c->transitions.count;
	t->pub.source = &n->pub;
	t->pub.event = event;
	if (json_object_is_type(json, json_type_string))
		load_targets(l, t, json, at);
	else if (json_object_is_type(json, json_type_object))
		load_object(l, t, json, at);
	else
		mistake(l, at, "type", "a transition is a target or an object");
	publish_targets(l, t);
	*LIST_ADD(l->arena, &c->transitions) = t;
	return t;
}

/* ---- several for one descriptor ---- */

static void
load_list(struct loader *l, struct node *n, const char *event, struct json_object *json,
    const struct place *at, struct transition_list *out)
{
	if (!json_object_is_type(json, json_type_array)) {
		struct transition *t = transition_new(l, n, event, json, at);

		*LIST_ADD(l->arena, out) = t;
		return;
	}
	if (json_object_array_length(json) == 0)
		mistake(l, at, "required", "the list of transitions is empty");
	for (size_t i = 0; i < json_object_array_length(json); i++) {
		struct transition *t = transition_new(
		    l, n, event, json_object_array_get_idx(json, i), AT_INDEX(at, (int)i));

		*LIST_ADD(l->arena, out) = t;
	}
}

struct group *
groups_find(struct groups *g, int among, const char *descriptor)
{
	for (int i = 0; i < among; i++)
		if (str_eq(g->items[i].descriptor, descriptor))
			return &g->items[i];
	return NULL;
}

struct group *
groups_add(struct loader *l, struct groups *g, const char *descriptor)
{
	struct group *new = LIST_ADD(l->arena, g);
	size_t length = strlen(descriptor);

	*new = (struct group){ .descriptor = descriptor, .length = length };
	if (str_eq(descriptor, "*"))
		new->match = MATCH_ANY;
	else if (length > 2 && str_eq(descriptor + length - 2, ".*"))
		new->match = MATCH_PREFIX;
	return new;
}

static void
check_descriptor(struct loader *l, const char *descriptor, const struct place *at)
{
	const char *star = strchr(descriptor, '*');

	if (!*descriptor)
		mistake(l, at, "bad-event", "an event has no name: use \"always\"");
	else if (star && (star[1] || (star > descriptor && star[-1] != '.') || star == descriptor + 1))
		mistake(l, at, "wildcard",
		    "\"*\" stands alone or as the last part of a name, as in \"a.*\"");
}

static void
load_on(struct loader *l, struct node *n)
{
	struct json_object *on = json_get(n->json, "on");
	const struct place *at = AT_KEY(AT_NODE(n), "on");

	if (!json_object_is_type(on, json_type_object))
		return;
	json_object_object_foreach(on, descriptor, json)
	{
		const struct place *here = AT_KEY(at, descriptor);

		check_descriptor(l, descriptor, here);
		load_list(l, n, descriptor, json, here,
		    &groups_add(l, &n->groups, descriptor)->transitions);
	}
}

/* Takes the place of what `on` may say of the same event. */
static void
load_on_done(struct loader *l, struct node *n)
{
	struct json_object *json = json_get(n->json, "onDone");
	struct group *g;

	if (!json)
		return;
	g = groups_find(&n->groups, n->groups.count, n->done_event);
	if (!g)
		g = groups_add(l, &n->groups, n->done_event);
	g->transitions.count = 0;
	load_list(l, n, n->done_event, json, AT_KEY(AT_NODE(n), "onDone"), &g->transitions);
}

static int
compare_groups(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	if ((x->match == MATCH_EXACT) != (y->match == MATCH_EXACT))
		return x->match == MATCH_EXACT ? -1 : 1;
	if (x->match == MATCH_EXACT)
		return strcmp(x->descriptor, y->descriptor);
	return (x->length < y->length) - (x->length > y->length);
}

void
load_transitions(struct loader *l, struct node *n)
{
	struct json_object *always = json_get(n->json, "always");
	struct groups *g = &n->groups;

	n->first_transition = l->chart->transitions.count;
	load_on(l, n);
	load_on_done(l, n);
	load_after(l, n);
	if (always)
		load_list(l, n, NULL, always, AT_KEY(AT_NODE(n), "always"), &n->always);
	n->transition_count = l->chart->transitions.count - n->first_transition;
	if (g->count)
		qsort(g->items, (size_t)g->count, sizeof *g->items, compare_groups);
	while (g->exact_count < g->count && g->items[g->exact_count].match == MATCH_EXACT)
		g->exact_count++;
}
