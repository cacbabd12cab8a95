/*
 * Guards that say whatever we like: yes and no for each question in turn, until all outcomes of a
 * step have been seen. The same question has the same answer as long as no action changes the case.
 */
#include "proof_priv.h"

static bool
say(struct oracle *o, const char *type, struct json_object *params)
{
	bool is_yes;

	if (o->count == ORACLE_MAX_GUARDS) {
		o->has_too_many = true;
		return true;
	}
	is_yes = o->count < o->planned ? o->plan[o->count] : true;
	o->given[o->count++] = (struct answer){ type, params, is_yes };
	if (!is_yes && str_eq(type, "agreed"))
		o->is_short_of_agreement = true;
	return is_yes;
}

static bool
guard(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	struct oracle *o = arg;

	(void)ev;
	for (int i = o->known_from; i < o->count; i++)
		if (str_eq(o->given[i].type, type) && json_equal(o->given[i].params, params))
			return o->given[i].is_yes;
	return say(o, type, params);
}

/* What changes the case may change what guards say. */
static void
action(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	struct oracle *o = arg;

	(void)params;
	(void)ev;
	if (!str_eq(type, "notify"))
		o->known_from = o->count;
}

bool
oracle_next(struct oracle *o)
{
	int last = o->count - 1;
	struct oracle next = { 0 };

	while (last >= 0 && !o->given[last].is_yes)
		last--;
	if (last < 0)
		return false;
	for (int i = 0; i < last; i++)
		next.plan[i] = o->given[i].is_yes;
	next.plan[last] = false;
	next.planned = last + 1;
	*o = next;
	return true;
}

struct sc_host
oracle_host(struct oracle *o)
{
	return (struct sc_host){ guard, action, o };
}
