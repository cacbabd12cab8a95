/*
 * Circles of `always` without a guard: once in, the chart would never come to rest.
 */
#include "statechart_priv.h"

static int
leaf_of(const struct sc_chart *c, int state)
{
	while (c->nodes[state].pub.type == SC_COMPOUND && c->nodes[state].initial != NO_STATE)
		state = c->nodes[state].initial;
	return state;
}

/* Where an unguarded `always` leads from the leaf; NO_STATE when none does or it cannot be said. */
static int
next_leaf(const struct sc_chart *c, int leaf)
{
	for (int s = leaf; s != NO_STATE; s = c->nodes[s].parent) {
		const struct transition_list *always = &c->nodes[s].always;

		for (int i = 0; i < always->count; i++) {
			const struct transition *t = always->items[i];

			if (t->guard.kind != GUARD_NONE)
				return NO_STATE;
			return t->target_count == 1 ? leaf_of(c, t->targets[0]) : NO_STATE;
		}
	}
	return NO_STATE;
}

void
check_endless(struct loader *l)
{
	const struct sc_chart *c = l->chart;
	int *round = arena_array(l->arena, int, c->count);

	for (int start = 0; start < c->count; start++) {
		int leaf = is_leaf(&c->nodes[start]) && !round[start] ? start : NO_STATE,
		    before = leaf;

		for (; leaf != NO_STATE && !round[leaf]; leaf = next_leaf(c, leaf)) {
			round[leaf] = start + 1;
			before = leaf;
		}
		if (leaf != NO_STATE && round[leaf] == start + 1 && leaf != before)
			mistake(l, AT_KEY(AT_NODE(&c->nodes[before]), "always"), "endless",
			    "`always` leads in a circle through \"%s\" and never comes to rest",
			    c->nodes[leaf].pub.id);
	}
}
