/*
 * What a transition leaves: its domain, the states below it, and which of two transitions wins when
 * both leave the same state.
 */
#include "statechart_priv.h"

/* ---- targets, with history resolved ---- */

static void
add_effective(const struct run *r, int target, struct int_list *out)
{
	const struct node *n = &r->chart->nodes[target];
	const struct state_list *recorded = &r->now->history[n->history_slot];

	if (n->pub.type != SC_HISTORY)
		*LIST_ADD(r->arena, out) = target;
	else if (recorded->items)
		for (int i = 0; i < recorded->count; i++)
			*LIST_ADD(r->arena, out) = recorded->items[i];
	else
		for (int i = 0; i < n->default_count; i++)
			*LIST_ADD(r->arena, out) = n->defaults[i];
}

struct state_list
effective_targets(const struct run *r, const struct transition *t)
{
	struct int_list found = { 0 };
	bool has_history = false;

	for (int i = 0; i < t->target_count; i++)
		has_history |= r->chart->nodes[t->targets[i]].pub.type == SC_HISTORY;
	if (!has_history)
		return (struct state_list){ t->targets, t->target_count };
	for (int i = 0; i < t->target_count; i++)
		add_effective(r, t->targets[i], &found);
	return (struct state_list){ found.items, found.count };
}

/* ---- the domain ---- */

/*
 * The state that is not left while all below it is: the source itself when every target is in it,
 * else the nearest state around source and targets. NO_STATE: the root itself is left.
 */
int
transition_domain(const struct run *r, const struct transition *t)
{
	const struct sc_chart *c = r->chart;
	struct state_list targets = effective_targets(r, t);
	int first = t->source, last = t->source, domain;

	for (int i = 0; i < targets.count; i++) {
		first = targets.items[i] < first ? targets.items[i] : first;
		last = targets.items[i] > last ? targets.items[i] : last;
	}
	if (!t->pub.reenter && first == t->source && last <= c->nodes[t->source].last)
		return t->source;
	domain = c->nodes[first].parent;
	while (domain != NO_STATE && last > c->nodes[domain].last)
		domain = c->nodes[domain].parent;
	return domain == NO_STATE && !t->pub.reenter ? 0 : domain;
}

/* ---- what is left ---- */

struct range { /* of states, both ends included; empty when last < first */
	int first, last;
};

static struct range
exit_range(const struct run *r, const struct transition *t)
{
	int domain;

	if (!t->target_count)
		return (struct range){ 0, -1 };
	domain = transition_domain(r, t);
	if (domain == NO_STATE)
		return (struct range){ 0, r->chart->count - 1 };
	return (struct range){ domain + 1, r->chart->nodes[domain].last };
}

struct set
exit_set(const struct run *r, const struct transition_list *taken)
{
	struct set left = set_new(r->arena, r->chart->count);

	for (int i = 0; i < taken->count; i++) {
		struct range e = exit_range(r, taken->items[i]);
		int s = e.first <= e.last ? set_next(r->now->active, e.first) : -1;

		for (; s != -1 && s <= e.last; s = set_next(r->now->active, s + 1))
			set_add(left, s);
	}
	return left;
}

static bool
both_leave_a_state(const struct run *r, struct range a, struct range b)
{
	int first = a.first > b.first ? a.first : b.first;
	int last = a.last < b.last ? a.last : b.last;

	return set_any_in(r->now->active, first, last);
}

/* The inner of two sources wins, else the one that was selected first. */
static bool
is_preempted(const struct run *r, const struct transition *t, struct range e,
    const struct transition_list *kept, const struct range *ranges, bool *removed)
{
	for (int i = 0; i < kept->count; i++) {
		if (!both_leave_a_state(r, e, ranges[i]))
			continue;
		if (!is_inside(r->chart, t->source, kept->items[i]->source))
			return true;
		removed[i] = true;
	}
	return false;
}

static void
drop_removed(struct transition_list *kept, struct range *ranges, bool *removed)
{
	int n = 0;

	for (int i = 0; i < kept->count; i++) {
		if (removed[i])
			continue;
		kept->items[n] = kept->items[i];
		ranges[n++] = ranges[i];
	}
	memset(removed, 0, (size_t)kept->count * sizeof *removed);
	kept->count = n;
}

struct transition_list
without_conflicts(struct run *r, const struct transition_list *enabled)
{
	struct transition_list kept = { 0 };
	struct range *ranges;
	bool *removed;

	if (enabled->count < 2)
		return *enabled;
	kept.items = arena_array(r->arena, struct transition *, enabled->count);
	ranges = arena_array(r->arena, struct range, enabled->count);
	removed = arena_array(r->arena, bool, enabled->count);
	for (int i = 0; i < enabled->count; i++) {
		struct transition *t = enabled->items[i];
		struct range e = exit_range(r, t);

		if (is_preempted(r, t, e, &kept, ranges, removed)) {
			memset(removed, 0, (size_t)kept.count * sizeof *removed);
			continue;
		}
		drop_removed(&kept, ranges, removed);
		ranges[kept.count] = e;
		kept.items[kept.count++] = t;
	}
	return kept;
}
