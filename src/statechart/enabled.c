/*
 * What a configuration is and listens to, without changing it.
 */
#include "statechart_priv.h"

const struct sc_transition *const *
sc_select(const struct sc_chart *chart, struct arena *a, const struct sc_snapshot *now,
    const struct sc_event *ev, const struct sc_host *host)
{
	struct run r = { .chart = chart, .arena = a, .host = host, .event = ev };
	struct transition_list found = { 0 };

	r.now = snapshot_copy(chart, a, now);
	if (!now->is_done && !str_eq(ev->type, "*")) {
		struct transition_list enabled = select_by_event(&r);
		found = without_conflicts(&r, &enabled);
	}
	for (int i = 0; i < found.count; i++)
		*LIST_ADD(a, &r.taken) = &found.items[i]->pub;
	*LIST_ADD(a, &r.taken) = NULL;
	return r.taken.items;
}

struct names {
	const char **items;
	int count, size;
};

static void
add_name(struct arena *a, struct names *names, const char *name)
{
	for (int i = 0; i < names->count; i++)
		if (str_eq(names->items[i], name))
			return;
	*LIST_ADD(a, names) = name;
}

/* In the order of the document: by the index of the group's first transition. */
static void
add_events_of(const struct sc_chart *c, struct arena *a, const struct node *n, struct names *names)
{
	for (int i = n->first_transition; i < n->first_transition + n->transition_count; i++) {
		const char *event = c->transitions.items[i]->pub.event;

		if (event && !strchr(event, '*') && !str_starts(event, "xstate."))
			add_name(a, names, event);
	}
}

const char *const *
sc_events(const struct sc_chart *chart, struct arena *a, const struct sc_snapshot *now)
{
	struct names names = { 0 };
	int last = chart->count - 1;

	for (int s = set_next(now->active, 0); s != -1 && !now->is_done;
	     s = set_next(now->active, s + 1))
		if (is_leaf(&chart->nodes[s]))
			add_events_of(chart, a, &chart->nodes[s], &names);
	for (int s = set_previous(now->active, last); s != -1 && !now->is_done;
	     s = set_previous(now->active, s - 1))
		if (!is_leaf(&chart->nodes[s]))
			add_events_of(chart, a, &chart->nodes[s], &names);
	*LIST_ADD(a, &names) = NULL;
	return names.items;
}

const struct sc_state *const *
sc_active(const struct sc_chart *chart, struct arena *a, const struct sc_snapshot *now)
{
	struct state_ref_list list = { 0 };

	for (int s = set_next(now->active, 0); s != -1; s = set_next(now->active, s + 1))
		*LIST_ADD(a, &list) = &chart->nodes[s].pub;
	*LIST_ADD(a, &list) = NULL;
	return list.items;
}

bool
sc_is_active(const struct sc_snapshot *now, const struct sc_state *s)
{
	return set_has(now->active, s->index);
}

bool
sc_is_done(const struct sc_chart *chart, const struct sc_snapshot *now)
{
	(void)chart;
	return now->is_done;
}
