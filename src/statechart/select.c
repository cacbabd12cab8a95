/*
 * Which transitions an event enables: innermost state first, one for each region; and which `always`
 * are enabled now.
 */
#include "statechart_priv.h"

/* The active tree. Children stand in order of activation, as regions are asked in that order. */
void
tree_build(struct run *r)
{
	const struct state_list *order = &r->now->order;

	if (!r->child) {
		r->child = arena_array(r->arena, int, r->chart->count);
		r->sibling = arena_array(r->arena, int, r->chart->count);
		r->last_child = arena_array(r->arena, int, r->chart->count);
	}
	for (int i = 0; i < order->count; i++)
		r->child[order->items[i]] = NO_STATE;
	for (int i = 0; i < order->count; i++) {
		int state = order->items[i], parent = r->chart->nodes[state].parent;

		r->sibling[state] = NO_STATE;
		if (parent == NO_STATE)
			continue;
		if (r->child[parent] == NO_STATE)
			r->child[parent] = state;
		else
			r->sibling[r->last_child[parent]] = state;
		r->last_child[parent] = state;
	}
}

/* ---- by event ---- */

static struct transition *
first_enabled(const struct run *r, const struct transition_list *list)
{
	for (int i = 0; i < list->count; i++)
		if (guard_passes(r, list->items[i]))
			return list->items[i];
	return NULL;
}

static const struct group *
find_exact(const struct groups *g, const char *event)
{
	int low = 0, high = g->exact_count - 1;

	while (low <= high) {
		int middle = (low + high) / 2;
		int order = strcmp(g->items[middle].descriptor, event);

		if (!order)
			return &g->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return NULL;
}

/* "a.*" takes "a" and whatever begins with "a.". */
static bool
wildcard_takes(const struct group *g, const char *event)
{
	size_t prefix = g->length - 2;

	if (g->match == MATCH_ANY)
		return true;
	return strncmp(event, g->descriptor, prefix) == 0 &&
	    (event[prefix] == '\0' || event[prefix] == '.');
}

static struct transition *
select_in_state(const struct run *r, const struct node *n)
{
	const char *event = r->event->type;
	const struct group *exact = find_exact(&n->groups, event);
	struct transition *t = exact ? first_enabled(r, &exact->transitions) : NULL;

	for (int i = n->groups.exact_count; !t && i < n->groups.count; i++)
		if (wildcard_takes(&n->groups.items[i], event))
			t = first_enabled(r, &n->groups.items[i].transitions);
	return t;
}

/* A state is asked only when nothing inside it took the event. */
static void
select_in_tree(const struct run *r, int state, struct transition_list *out)
{
	int before = out->count;
	struct transition *t;

	for (int c = r->child[state]; c != NO_STATE; c = r->sibling[c])
		select_in_tree(r, c, out);
	if (out->count > before)
		return;
	t = select_in_state(r, &r->chart->nodes[state]);
	if (t)
		*LIST_ADD(r->arena, out) = t;
}

struct transition_list
select_by_event(struct run *r)
{
	struct transition_list found = { 0 };

	tree_build(r);
	select_in_tree(r, 0, &found);
	return found;
}

/* ---- always ---- */

static struct transition *
always_of(const struct run *r, int leaf)
{
	for (int s = leaf; s != NO_STATE; s = r->chart->nodes[s].parent) {
		struct transition *t = first_enabled(r, &r->chart->nodes[s].always);

		if (t)
			return t;
	}
	return NULL;
}

struct transition_list
select_always(struct run *r)
{
	const struct state_list *order = &r->now->order;
	struct transition_list found = { 0 };
	struct set seen = { 0 };

	for (int i = 0; i < order->count; i++) {
		int state = order->items[i];
		struct transition *t =
		    is_leaf(&r->chart->nodes[state]) ? always_of(r, state) : NULL;

		if (!t)
			continue;
		if (!seen.words)
			seen = set_new(r->arena, r->chart->transitions.count);
		if (!set_has(seen, t->pub.index))
			*LIST_ADD(r->arena, &found) = t;
		set_add(seen, t->pub.index);
	}
	return found;
}
