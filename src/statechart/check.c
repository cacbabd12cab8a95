/*
 * What would run but cannot be meant: states that no path reaches or leaves, and histories entered
 * from inside their own parent.
 */
#include "statechart_priv.h"

/* ---- states that no path reaches ---- */

struct reach {
	const struct sc_chart *chart;
	struct set reached; /* may be active, or for a history state: may be entered */
	struct int_list todo;
	struct arena *arena;
};

static void
reach(struct reach *r, int state)
{
	if (state == NO_STATE || set_has(r->reached, state))
		return;
	set_add(r->reached, state);
	*LIST_ADD(r->arena, &r->todo) = state;
}

/* Entered as a target: with all it contains by default. */
static void
reach_by_default(struct reach *r, int state)
{
	const struct node *n = &r->chart->nodes[state];

	reach(r, state);
	if (n->pub.type == SC_COMPOUND && n->initial != NO_STATE)
		reach_by_default(r, n->initial);
	for (int i = 0; i < n->default_count; i++)
		reach_by_default(r, n->defaults[i]);
}

/* Active because something in or around it is: its parent, its regions, its transitions' targets.
 */
static void
reach_from(struct reach *r, const struct node *n)
{
	reach(r, n->parent);
	if (n->pub.type == SC_PARALLEL)
		for (int c = n->first_child; c != NO_STATE; c = r->chart->nodes[c].next_sibling)
			if (r->chart->nodes[c].pub.type != SC_HISTORY)
				reach_by_default(r, c);
	for (int i = 0; i < n->transition_count; i++) {
		const struct transition *t = r->chart->transitions.items[n->first_transition + i];

		for (int k = 0; k < t->target_count; k++)
			reach_by_default(r, t->targets[k]);
	}
}

static struct set
reached_states(struct loader *l)
{
	struct reach r = {
		.chart = l->chart, .arena = l->arena, .reached = set_new(l->arena, l->chart->count)
	};

	reach_by_default(&r, 0);
	for (int i = 0; i < r.todo.count; i++)
		reach_from(&r, &l->chart->nodes[r.todo.items[i]]);
	return r.reached;
}

static void
check_reached(struct loader *l, struct set reached)
{
	for (int i = 0; i < l->chart->count; i++) {
		const struct node *n = &l->chart->nodes[i];

		if (!set_has(reached, i) && (n->parent == NO_STATE || set_has(reached, n->parent)))
			mistake(l, AT_NODE(n), "unreachable", "no path leads to the state \"%s\"",
			    n->pub.id);
	}
}

/* ---- states that no path leaves ---- */

/* May both be active? They are in one line, or in two regions of a parallel state. */
static bool
go_together(const struct sc_chart *c, int a, int b)
{
	int common = chart_common_ancestor(c, a < b ? a : b, a < b ? b : a);

	return common == a || common == b || c->nodes[common].pub.type == SC_PARALLEL;
}

/* When a state is done, each leaf in it is final: its `onDone` leads no other one away. */
static bool
is_done_around(const struct sc_chart *c, const struct transition *t, int leaf)
{
	return is_inside(c, leaf, t->source) &&
	       str_eq(t->pub.event, c->nodes[t->source].done_event);
}

/* Does the transition lead from the state to somewhere else? Targets that are history stand for
 * their parent. */
static bool
leads_away(const struct sc_chart *c, const struct transition *t, int state)
{
	int domain = t->source;

	if (!t->target_count || !go_together(c, t->source, state) || is_done_around(c, t, state))
		return false;
	for (int i = 0; i < t->target_count; i++)
		if (t->targets[i] != state)
			for (; domain != NO_STATE && !is_inside(c, t->targets[i], domain);)
				domain = c->nodes[domain].parent;
	if (t->source == state)
		return domain != state;
	return domain == NO_STATE || is_inside(c, state, domain);
}

static void
check_left(struct loader *l, struct set reached)
{
	const struct sc_chart *c = l->chart;

	for (int i = 0; i < c->count; i++) {
		bool is_left = false;

		if (c->nodes[i].pub.type != SC_ATOMIC || !set_has(reached, i))
			continue;
		for (int k = 0; k < c->transitions.count && !is_left; k++)
			is_left = leads_away(c, c->transitions.items[k], i);
		if (!is_left)
			mistake(l, AT_NODE(&c->nodes[i]), "no-exit",
			    "no path leaves the state \"%s\", which is not final",
			    c->nodes[i].pub.id);
	}
}

/* ---- histories ---- */

static void
check_histories(struct loader *l)
{
	const struct sc_chart *c = l->chart;

	for (int k = 0; k < c->transitions.count; k++) {
		const struct transition *t = c->transitions.items[k];

		for (int i = 0; i < t->target_count; i++) {
			const struct node *n = &c->nodes[t->targets[i]];

			if (n->pub.type == SC_HISTORY && is_inside(c, t->source, n->parent))
				mistake(l, AT_NODE(&c->nodes[t->source]), "history-from-inside",
				    "\"%s\" is entered from inside its own parent, where nothing "
				    "was left",
				    n->pub.id);
		}
	}
}

void
check_chart(struct loader *l)
{
	struct set reached = reached_states(l);

	check_reached(l, reached);
	check_left(l, reached);
	check_histories(l);
}
