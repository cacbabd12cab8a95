/*
 * Actions come back as data in the order in which they would run; raised events go to the queue of
 * the macrostep, delayed ones become timers.
 */
#include "statechart_priv.h"

static void
add_event(struct run *r, struct sc_event ev)
{
	*LIST_ADD(r->arena, &r->queue) = ev;
}

static void
start_timer(struct run *r, const struct action *a)
{
	struct sc_timer_op *op = LIST_ADD(r->arena, &r->timers);

	*op = (struct sc_timer_op){ .is_start = true,
		.id = a->timer_id,
		.event = a->event.type,
		.delay = a->delay,
		.delay_ms = a->delay_ms,
		.data = a->event.data };
	if (!op->id)
		op->id = arena_printf(
		    r->arena, "xstate.raise.%lld", (long long)++r->now->raise_count);
	if (a->after_of != NO_STATE)
		op->state = &r->chart->nodes[a->after_of].pub;
}

static void
run_action(struct run *r, const struct action *a)
{
	switch (a->kind) {
	case ACTION_RAISE:
		if (a->is_delayed)
			start_timer(r, a);
		else
			add_event(r, a->event);
		break;
	case ACTION_CANCEL:
		*LIST_ADD(r->arena, &r->timers) = (struct sc_timer_op){ .id = a->timer_id };
		break;
	case ACTION_NAMED:
		*LIST_ADD(r->arena, &r->actions) = a->def;
		if (r->host && r->host->action)
			r->host->action(r->host->arg, a->def.type, a->def.params, r->event);
		break;
	}
}

void
run_actions(struct run *r, const struct actions *list)
{
	for (int i = 0; i < list->count; i++)
		run_action(r, &list->items[i]);
	r->work += list->count;
}

void
raise_done(struct run *r, int state)
{
	add_event(r, (struct sc_event){ r->chart->nodes[state].done_event, NULL });
}
