/*
 * Does a transition's guard pass? The built-in ones look at the configuration, the others are the
 * host's.
 */
#include "statechart_priv.h"

bool
guard_passes(const struct run *r, const struct transition *t)
{
	const struct guard *g = &t->guard;
	bool passes = false;

	switch (g->kind) {
	case GUARD_NONE:
		return true;
	case GUARD_STATE_IN:
		passes = set_has(r->now->active, g->state);
		break;
	case GUARD_NAMED:
		passes = r->host && r->host->guard &&
		    r->host->guard(r->host->arg, g->type, g->params, r->event);
		break;
	}
	return passes != g->is_negated;
}
