/*
 * What a person may send now: the same questions as decide, without sending.
 */
#include "flow_priv.h"

static const struct sc_transition *
first_with_rights(const struct sc_transition *const *t)
{
	for (; *t; t++)
		if (json_get((*t)->meta, "by"))
			return *t;
	return NULL;
}

static bool
ask(struct run *r, const struct sc_snapshot *now, const char *event, struct option *o)
{
	struct sc_event ev = { event, NULL };
	struct sc_host host = run_host(r);
	const struct sc_transition *t = first_with_rights(
	    sc_select(r->w->chart, r->a, now, &ev, &host));

	if (t == NULL)
		return false;
	o->event = event;
	o->transition = t;
	o->as = right_find(json_get(t->meta, "by"), r->dir, r->ev->actor, r->logic_data, r->a);
	return o->as && right_forbidden(json_get(t->meta, "not"), r->law, r->dir, &r->c,
			    r->ev->actor, o->as) == NULL;
}

const struct option *
decide_options(const struct workflow *w, const struct law *l, const struct directory *dir,
    const struct case_row *c, const struct actor *who, int64_t now_us, struct arena *a)
{
	struct event_in ev = { .type = "", .at = now_us, .actor = who };
	struct run r = { .w = w, .law = l, .dir = dir, .ev = &ev, .a = a, .is_asking = true };
	const char *const *events;
	const struct sc_snapshot *now;
	struct option *options;
	int n = 0;

	run_init(&r, c);
	now = c->is_open ? run_snapshot(&r) : NULL;
	if (now == NULL)
		return arena_array(a, struct option, 1);
	events = sc_events(w->chart, a, now);
	while (events[n])
		n++;
	options = arena_array(a, struct option, n + 1);
	n = 0;
	for (; *events; events++)
		if (ask(&r, now, *events, &options[n]))
			n++;
	options[n] = (struct option){ 0 };
	return options;
}

/* ---- offers ---- */

struct json_object *const *
decide_offers(const struct workflow *w, const struct law *l, const struct directory *dir,
    const struct case_row *c, const struct actor *who, int64_t now_us, struct arena *a)
{
	struct event_in ev = { .type = "", .at = now_us, .actor = who };
	struct run r = { .w = w, .law = l, .dir = dir, .ev = &ev, .a = a, .is_asking = true };
	struct json_object **found = NULL;
	const struct sc_snapshot *now;
	int count = 0, size = 0;

	run_init(&r, c);
	now = run_snapshot(&r);
	for (const struct sc_state *const *s = now ? sc_active(w->chart, a, now) : NULL; s && *s;
	     s++) {
		struct json_object *offers = json_get((*s)->meta, "offers");

		for (size_t i = 0; offers && i < json_object_array_length(offers); i++) {
			struct json_object *offer = json_object_array_get_idx(offers, i);

			if (right_find(json_get(offer, "by"), dir, who, r.logic_data, a))
				ARENA_PUSH(a, found, count, size) = offer;
		}
	}
	ARENA_PUSH(a, found, count, size) = NULL;
	return found;
}
