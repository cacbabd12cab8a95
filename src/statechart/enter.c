/*
 * Which states a set of transitions enters, as XState's computeEntrySet: targets with all they
 * contain by default, history, and the ancestors between, with the other regions of those that are
 * parallel.
 */
#include "statechart_priv.h"

struct entering {
	const struct run *run;
	struct entry_set *set;
	struct set completed; /* parallel ancestors whose regions all are in the set */
};

static void add_descendants(struct entering *e, int state);

static const struct node *
node_of(const struct entering *e, int state)
{
	return &e->run->chart->nodes[state];
}

static void
enter(struct entering *e, int state, bool by_default)
{
	set_add(e->set->enter, state);
	if (by_default)
		set_add(e->set->by_default, state);
}

/* The regions in which nothing is entered yet. */
static void
add_regions(struct entering *e, const struct node *parallel, bool by_default)
{
	for (int c = parallel->first_child; c != NO_STATE; c = node_of(e, c)->next_sibling) {
		if (node_of(e, c)->pub.type == SC_HISTORY ||
		    set_any_in(e->set->enter, c + 1, node_of(e, c)->last))
			continue;
		enter(e, c, by_default);
		add_descendants(e, c);
	}
}

/* A parallel ancestor that was completed before is complete still: the set only grows. */
static void
add_ancestor(struct entering *e, int ancestor, int domain, bool is_limited)
{
	const struct node *n = node_of(e, ancestor);

	if (!is_limited || is_inside(e->run->chart, ancestor, domain))
		set_add(e->set->enter, ancestor);
	if (n->pub.type != SC_PARALLEL || set_has(e->completed, ancestor))
		return;
	set_add(e->completed, ancestor);
	add_regions(e, n, false);
}

static void
add_ancestors_below(struct entering *e, int state, int top)
{
	if (state == top)
		return;
	for (int s = node_of(e, state)->parent; s != NO_STATE && s != top; s = node_of(e, s)->parent)
		add_ancestor(e, s, NO_STATE, false);
}

static void
add_history(struct entering *e, const struct node *history)
{
	const struct state_list *recorded = &e->run->now->history[history->history_slot];
	struct state_list list = { history->defaults, history->default_count };

	if (recorded->items)
		list = *recorded;
	else if (history->is_default_initial)
		set_add(e->set->by_default, history->parent);
	for (int i = 0; i < list.count; i++) {
		enter(e, list.items[i], false);
		add_descendants(e, list.items[i]);
	}
	for (int i = 0; i < list.count; i++)
		add_ancestors_below(e, list.items[i], history->parent);
}

static void
add_descendants(struct entering *e, int state)
{
	const struct node *n = node_of(e, state);

	if (n->pub.type == SC_HISTORY) {
		add_history(e, n);
	} else if (n->pub.type == SC_COMPOUND) {
		if (node_of(e, n->initial)->pub.type != SC_HISTORY)
			enter(e, n->initial, true);
		add_descendants(e, n->initial);
	} else if (n->pub.type == SC_PARALLEL) {
		add_regions(e, n, true);
	}
}

/* A transition that stays in its source does not enter the source again. */
static bool
is_entered(const struct entering *e, const struct transition *t, int target, int domain)
{
	return node_of(e, target)->pub.type != SC_HISTORY &&
	    (t->source != target || t->source != domain || t->pub.reenter);
}

static void
add_transition(struct entering *e, const struct transition *t)
{
	int domain = transition_domain(e->run, t);
	struct state_list targets = effective_targets(e->run, t);
	bool is_limited = domain != NO_STATE && !(t->source == 0 && t->pub.reenter);

	for (int i = 0; i < t->target_count; i++) {
		if (is_entered(e, t, t->targets[i], domain))
			enter(e, t->targets[i], true);
		add_descendants(e, t->targets[i]);
	}
	for (int i = 0; i < targets.count; i++) {
		int s = targets.items[i];

		for (s = s == domain ? NO_STATE : node_of(e, s)->parent;
		     s != NO_STATE && s != domain; s = node_of(e, s)->parent)
			add_ancestor(e, s, domain, is_limited);
		if (domain != NO_STATE && node_of(e, domain)->pub.type == SC_PARALLEL)
			add_ancestor(e, domain, domain, is_limited);
	}
}

/* A history entered from inside its own parent, which the check refuses, would leave its ancestors
 * out. */
static void
add_missing_ancestors(struct entering *e)
{
	struct set active = e->run->now->active, set = e->set->enter;

	for (int s = set_next(set, 0); s != -1; s = set_next(set, s + 1))
		for (int p = node_of(e, s)->parent;
		     p != NO_STATE && !set_has(set, p) && !set_has(active, p);
		     p = node_of(e, p)->parent)
			set_add(set, p);
}

struct entry_set
entry_set_of(const struct run *r, const struct transition_list *taken)
{
	struct entry_set set = { set_new(r->arena, r->chart->count),
		set_new(r->arena, r->chart->count) };
	struct entering e = { .run = r, .set = &set };

	e.completed = set_new(r->arena, r->chart->count);
	for (int i = 0; i < taken->count; i++)
		add_transition(&e, taken->items[i]);
	add_missing_ancestors(&e);
	return set;
}
