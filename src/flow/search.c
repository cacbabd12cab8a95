/*
 * Search: all configurations that a chart can be in. The engine takes the steps; each guard may say
 * yes or no, but the same in one step as long as no action changes the case.
 *
 * What is found may so be more than what can happen, never less.
 */
#include "proof_priv.h"

#include <string.h>

enum {
	MAX_CONFIGURATIONS = 3000,
	MAX_MOVES = 30000,
	MAX_WORK = 5000000, /* moves by states of the chart */
	MAX_OUTCOMES = 500, /* of one event in one configuration */
};

/* ---- configurations, each once ---- */

/* In which order regions were entered decides between transitions that collide, and nothing else:
 * it would multiply what has to be looked at. */
static struct json_object *
key_of(const struct sc_chart *chart, struct arena *a, const struct sc_snapshot *snapshot)
{
	struct json_object *o = sc_snapshot_json(chart, a, snapshot);

	json_object_object_del(o, "order");
	json_object_object_del(o, "raised");
	return o;
}

static uint64_t
hash(const char *text)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return h;
}

static int
find(struct search *s, const char *key, int *slot)
{
	for (*slot = (int)(hash(key) % (uint64_t)s->table_size); s->table[*slot];
	     *slot = (*slot + 1) % s->table_size) {
		int i = s->table[*slot] - 1;

		if (strcmp(json_text_of(s->configurations[i].json), key) == 0)
			return i;
	}
	return -1;
}

/* The configuration's number; -1 when there are too many. */
static int
keep(struct search *s, struct arena *scratch, const struct sc_snapshot *snapshot)
{
	const struct sc_chart *chart = s->w->chart;
	struct json_object *key = key_of(chart, scratch, snapshot);
	const char *why = NULL;
	struct configuration c = { .by = s->move_count };
	int slot, found = find(s, json_text_of(key), &slot);

	if (found >= 0)
		return found;
	if (s->count == MAX_CONFIGURATIONS)
		return -1;
	c.json = json_keep(s->a, json_object_get(key));
	c.snapshot = sc_snapshot_restore(chart, s->a, c.json, &why);
	if (c.snapshot == NULL)
		return -1;
	c.active = sc_active(chart, s->a, c.snapshot);
	c.is_done = sc_is_done(chart, c.snapshot);
	ARENA_PUSH(s->a, s->configurations, s->count, s->size) = c;
	s->table[slot] = s->count;
	return s->count - 1;
}

/* ---- moves ---- */

static const void *
copy_list(struct arena *a, const void *list)
{
	const void *const *from = list;
	const void **to;
	int n = 0;

	while (from[n])
		n++;
	to = arena_array(a, const void *, n + 1);
	memcpy(to, from, sizeof(*to) * (size_t)n);
	return to;
}

static bool
is_too_much(const struct search *s)
{
	return s->move_count == MAX_MOVES ||
	       (int64_t)s->move_count * sc_state_count(s->w->chart) > MAX_WORK;
}

static void
add_move(struct search *s, struct arena *scratch, struct move m, const struct sc_step *step,
    const struct oracle *o)
{
	m.to = step->taken || m.kind == MOVE_START ? keep(s, scratch, step->next) : m.from;
	if (m.to < 0 || o->has_too_many || is_too_much(s)) {
		s->is_complete = false;
		return;
	}
	m.is_short_of_agreement = o->is_short_of_agreement;
	m.transitions = copy_list(s->a, step->transitions);
	m.exited = copy_list(s->a, step->exited);
	ARENA_PUSH(s->a, s->moves, s->move_count, s->move_size) = m;
}

static int
run_step(const struct search *s, struct arena *scratch, const struct move *m,
    const struct sc_host *host, struct sc_step *step)
{
	struct sc_event ev = { m->event, NULL };
	const char *why = NULL;

	if (m->kind == MOVE_START)
		return sc_start(s->w->chart, scratch, host, step, &why);
	return sc_send(
	    s->w->chart, scratch, s->configurations[m->from].snapshot, &ev, host, step, &why);
}

/* Every outcome of one event. One that does not come to rest is refused when it happens: it moves
 * nothing. */
static void
ask(struct search *s, struct move m)
{
	struct oracle o = { 0 };
	int outcomes = 0;

	m.asked = s->asked_count++;
	do {
		struct arena *scratch = arena_new();
		struct sc_host host = oracle_host(&o);
		struct sc_step step;

		if (run_step(s, scratch, &m, &host, &step) == OK)
			add_move(s, scratch, m, &step, &o);
		else if (m.kind == MOVE_START)
			s->is_complete = false;
		arena_free(scratch);
		s->is_complete &= ++outcomes < MAX_OUTCOMES;
	} while (s->is_complete && oracle_next(&o));
}

/* ---- which events may come ---- */

static bool
is_delayed_raise(struct json_object *o, const char *event)
{
	if (json_object_is_type(o, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(o); i++)
			if (is_delayed_raise(json_object_array_get_idx(o, i), event))
				return true;
		return false;
	}
	if (!json_object_is_type(o, json_type_object))
		return false;
	if (str_eq(json_str(o, "type"), "xstate.raise") && json_path(o, "params.delay") &&
	    json_path(o, "params.event.type") &&
	    str_eq(json_object_get_string(json_path(o, "params.event.type")), event))
		return true;
	json_object_object_foreach(o, key, value)
	{
		(void)key;
		if (is_delayed_raise(value, event))
			return true;
	}
	return false;
}

/* MOVE_START: only the chart itself sends it, at once. */
static enum move_kind
kind_of(const struct search *s, const struct sc_transition *t)
{
	if (t->event == NULL || str_starts(t->event, "xstate.done."))
		return MOVE_START;
	if (t->delay)
		return MOVE_TIMER;
	if (json_get(t->meta, "by"))
		return MOVE_PERSON;
	if (json_truth(t->meta, "told", false))
		return MOVE_TOLD;
	return is_delayed_raise(sc_machine(s->w->chart), t->event) ? MOVE_TIMER : MOVE_START;
}

static enum move_kind *
kinds_of(const struct search *s)
{
	int n = sc_transition_count(s->w->chart);
	enum move_kind *kinds = arena_array(s->a, enum move_kind, n + 1);

	for (int i = 0; i < n; i++)
		kinds[i] = kind_of(s, sc_transition_at(s->w->chart, i));
	return kinds;
}

static bool
was_asked(const struct search *s, int from, const char *event)
{
	for (int i = s->configurations[from].first_move; i < s->move_count; i++)
		if (str_eq(s->moves[i].event, event))
			return true;
	return false;
}

static void
ask_all(struct search *s, const enum move_kind *kinds, int from)
{
	int n = s->configurations[from].is_done ? 0 : sc_transition_count(s->w->chart);

	s->configurations[from].first_move = s->move_count;
	for (int i = 0; i < n; i++) {
		const struct sc_transition *t = sc_transition_at(s->w->chart, i);

		if (kinds[i] != MOVE_START &&
		    sc_is_active(s->configurations[from].snapshot, t->source) &&
		    !was_asked(s, from, t->event))
			ask(s, (struct move){ .kind = kinds[i], .event = t->event, .from = from });
	}
	s->configurations[from].move_count = s->move_count - s->configurations[from].first_move;
}

struct search *
search_run(const struct workflow *w, struct arena *a)
{
	struct search *s = arena_new_of(a, struct search);
	enum move_kind *kinds;

	*s = (struct search){ .w = w, .a = a, .is_complete = true };
	s->table_size = 4 * MAX_CONFIGURATIONS + 1;
	s->table = arena_array(a, int, s->table_size);
	kinds = kinds_of(s);
	ask(s, (struct move){ .kind = MOVE_START, .from = -1 });
	for (int i = 0; i < s->count && s->is_complete; i++)
		ask_all(s, kinds, i);
	return s;
}

/* ---- looking at one ---- */

bool
search_is_active(const struct configuration *c, const struct sc_state *state)
{
	return sc_is_active(c->snapshot, state);
}

const char *
search_name(const struct search *s, const struct configuration *c)
{
	struct str text;

	str_init(&text, s->a);
	for (const struct sc_state *const *state = c->active; *state; state++)
		if ((*state)->type == SC_ATOMIC || (*state)->type == SC_FINAL)
			str_addf(&text, "%s%s", text.len ? " + " : "", (*state)->id);
	return text.text;
}
