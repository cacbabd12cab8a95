/*
 * One macrostep: the event's transitions, then `always` before raised events, first in first out,
 * until nothing moves.
 */
#include "statechart_priv.h"

static bool
is_bounded(struct run *r, int steps, const char **why)
{
	if (steps <= MAX_MICROSTEPS && r->work <= MAX_TAKEN)
		return true;
	*why = arena_printf(r->arena,
	    "the chart does not come to rest: more than %d steps after \"%s\"; look for a circle "
	    "of `always` or raised events at \"%s\"",
	    MAX_MICROSTEPS, r->event->type,
	    r->taken.count ? r->taken.items[r->taken.count - 1]->source->id : sc_id(r->chart));
	return false;
}

/* What moves next: an `always`, else what the next raised event enables. False: at rest. */
static bool
select_next(struct run *r, bool ask_always, struct transition_list *next, bool *is_always)
{
	struct sc_event *event;

	*next = (struct transition_list){ 0 };
	if (ask_always)
		*next = select_always(r);
	*is_always = next->count > 0;
	if (*is_always)
		return true;
	if (r->queue.next == r->queue.count)
		return false;
	event = arena_new_of(
	    r->arena, struct sc_event); /* the queue moves in memory when it grows */
	*event = r->queue.items[r->queue.next++];
	r->event = event;
	*next = select_by_event(r);
	return true;
}

static int
come_to_rest(struct run *r, const char **why)
{
	bool ask_always = true, is_always;
	struct transition_list next, kept;

	for (int steps = 0; !r->now->is_done; steps++) {
		if (!is_bounded(r, steps, why))
			return E_CONFLICT;
		if (!select_next(r, ask_always, &next, &is_always))
			break;
		kept = without_conflicts(r, &next);
		ask_always = (next.count > 0 && microstep(r, &kept, false)) || !is_always;
	}
	return OK;
}

static const struct sc_transition *const *
terminated_transitions(struct run *r)
{
	*LIST_ADD(r->arena, &r->taken) = NULL;
	return r->taken.items;
}

static const struct sc_state *const *
terminated_states(struct run *r, struct state_ref_list *list)
{
	*LIST_ADD(r->arena, list) = NULL;
	return list->items;
}

static void
report(struct run *r, struct sc_step *step)
{
	*step = (struct sc_step){
		.next = r->now,
		.taken = r->taken.count > 0,
		.is_done = r->now->is_done,
		.transitions = terminated_transitions(r),
		.exited = terminated_states(r, &r->exited),
		.entered = terminated_states(r, &r->entered),
		.actions = r->actions.items,
		.action_count = r->actions.count,
		.timers = r->timers.items,
		.timer_count = r->timers.count,
	};
}

int
sc_start(const struct sc_chart *chart, struct arena *a, const struct sc_host *host,
    struct sc_step *step, const char **why)
{
	static const struct sc_event init = { "xstate.init", NULL };
	int root = 0;
	struct transition start = { .source = 0,
		.targets = &root,
		.target_count = 1,
		.pub = { .source = &chart->nodes[0].pub, .reenter = true } };
	struct transition *first = &start;
	struct transition_list list = { &first, 1, 1 };
	struct run r = { .chart = chart, .arena = a, .host = host, .event = &init };

	*why = NULL;
	r.now = snapshot_new(chart, a);
	microstep(&r, &list, true);
	TRY(come_to_rest(&r, why));
	report(&r, step);
	step->taken = true;
	return OK;
}

int
sc_send(const struct sc_chart *chart, struct arena *a, const struct sc_snapshot *now,
    const struct sc_event *ev, const struct sc_host *host, struct sc_step *step, const char **why)
{
	struct run r = { .chart = chart, .arena = a, .host = host, .event = ev };
	struct transition_list enabled;

	*why = NULL;
	r.now = snapshot_copy(chart, a, now);
	if (!now->is_done && !str_eq(ev->type, "*")) { /* a descriptor, no event */
		enabled = select_by_event(&r);
		if (enabled.count) {
			struct transition_list kept = without_conflicts(&r, &enabled);
			microstep(&r, &kept, false);
		}
		TRY(come_to_rest(&r, why));
	}
	report(&r, step);
	return OK;
}
