/*
 * Runs a chart through a list of events and moves of time, and prints where it is after each.
 */
#include "simulate.h"

#include "logic.h"

#include <stdlib.h>
#include <string.h>

struct timer {
	const char *id, *event;
	struct json_object *data;
	int64_t due, serial;
	bool has_lost_id; /* another of its id started or fired: it can be cancelled no more, as in
			     XState */
};

struct simulation {
	const struct sc_chart *chart;
	struct arena *arena;
	struct json_object *guards, *delays;
	struct sc_snapshot *now;
	struct timer *timers;
	int timer_count;
	int64_t clock, serial;
	struct json_object *actions; /* names run in this step */
	const char *why;
};

/* ---- what guards mean here ---- */

static bool
logic_guard(struct simulation *s, struct json_object *params, const struct sc_event *ev)
{
	struct json_object *data = json_keep(s->arena, json_object_new_object());
	struct json_object *event = json_object_new_object(), *value;
	const char *why;

	json_set_str(event, "type", ev->type);
	if (ev->data)
		json_set(event, "data", json_object_get(ev->data));
	json_set(data, "event", event);
	value = logic_apply(s->arena, json_get(params, "rule"), data, &why);
	if (why && !s->why)
		s->why = why;
	return logic_truthy(value);
}

/* A name that was given a truth has it; else a rule is evaluated, and any other name is false. */
static bool
guard(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	struct simulation *s = arg;

	if (json_get(s->guards, type))
		return json_truth(s->guards, type, false);
	return strcmp(type, "logic") == 0 && logic_guard(s, params, ev);
}

/* ---- timers ---- */

static int64_t
delay_of(const struct simulation *s, const struct sc_timer_op *op)
{
	return op->delay ? json_int(s->delays, op->delay, 0) : op->delay_ms;
}

static void
release_id(struct simulation *s, const char *id)
{
	for (int i = 0; i < s->timer_count; i++)
		s->timers[i].has_lost_id |= str_eq(s->timers[i].id, id);
}

static void
start_timer(struct simulation *s, const struct sc_timer_op *op)
{
	release_id(s, op->id);
	s->timers = xrealloc(s->timers, sizeof(*s->timers) * (size_t)(s->timer_count + 1));
	s->timers[s->timer_count++] = (struct timer){ .id = op->id,
		.event = op->event,
		.data = op->data,
		.due = s->clock + delay_of(s, op),
		.serial = s->serial++ };
}

static void
remove_timer(struct simulation *s, int i)
{
	memmove(&s->timers[i], &s->timers[i + 1],
	    sizeof(*s->timers) * (size_t)(s->timer_count - i - 1));
	s->timer_count--;
}

static void
cancel_timer(struct simulation *s, const char *id)
{
	for (int i = s->timer_count - 1; i >= 0; i--)
		if (str_eq(s->timers[i].id, id) && !s->timers[i].has_lost_id) {
			remove_timer(s, i);
			return;
		}
}

/* The earliest by due time, then by start; -1 when none is due by then. */
static int
next_due(const struct simulation *s, int64_t until)
{
	int first = -1;

	for (int i = 0; i < s->timer_count; i++)
		if (s->timers[i].due <= until &&
		    (first < 0 || s->timers[i].due < s->timers[first].due))
			first = i;
	return first;
}

/* ---- steps ---- */

static bool
apply(struct simulation *s, const struct sc_step *step)
{
	for (int i = 0; i < step->action_count; i++)
		json_push(s->actions, json_object_new_string(step->actions[i].type));
	for (int i = 0; i < step->timer_count; i++)
		if (step->timers[i].is_start)
			start_timer(s, &step->timers[i]);
		else
			cancel_timer(s, step->timers[i].id);
	s->now = step->next;
	if (step->is_done)
		s->timer_count = 0;
	return !s->why;
}

static bool
start(struct simulation *s)
{
	struct sc_host host = { .guard = guard, .arg = s };
	struct sc_step step;

	return sc_start(s->chart, s->arena, &host, &step, &s->why) == OK && apply(s, &step);
}

static bool
send(struct simulation *s, const char *type, struct json_object *data)
{
	struct sc_host host = { .guard = guard, .arg = s };
	struct sc_event ev = { type, data };
	struct sc_step step;

	return sc_send(s->chart, s->arena, s->now, &ev, &host, &step, &s->why) == OK &&
	       apply(s, &step);
}

/* A timer that starts meanwhile starts at its own moment and may be due within the same move. */
static bool
advance(struct simulation *s, int64_t ms)
{
	int64_t until = s->clock + ms;

	for (int i; (i = next_due(s, until)) >= 0;) {
		struct timer t = s->timers[i];

		if (s->timer_count > 1000 || s->serial > 10000) {
			s->why = "the chart does not come to rest: its timers start more and more timers";
			return false;
		}
		remove_timer(s, i);
		release_id(s, t.id);
		s->clock = t.due > s->clock ? t.due : s->clock;
		if (!send(s, t.event, t.data))
			return false;
	}
	s->clock = until;
	return true;
}

static void
set_guards(struct simulation *s, struct json_object *guards)
{
	if (!json_object_is_type(guards, json_type_object))
		return;
	json_object_object_foreach(guards, name, value)
	{
		json_set(s->guards, name, json_object_get(value));
	}
}

static bool
run_step(struct simulation *s, struct json_object *step)
{
	set_guards(s, json_get(step, "guards"));
	if (json_get(step, "advance"))
		return advance(s, json_int(step, "advance", 0));
	if (!json_str(step, "event")) {
		s->why = "a step needs an \"event\" or an \"advance\"";
		return false;
	}
	return send(s, json_str(step, "event"), json_get(step, "data"));
}

/* ---- output ---- */

static int
compare_ids(const void *a, const void *b)
{
	struct json_object *const *x = a, *const *y = b;

	return strcmp(json_object_get_string(*x), json_object_get_string(*y));
}

static void
print_configuration(struct simulation *s, FILE *to)
{
	struct json_object *o = json_keep(s->arena, json_object_new_object());
	struct json_object *active = json_object_new_array();
	const struct sc_state *const *states = sc_active(s->chart, s->arena, s->now);

	for (int i = 0; states[i]; i++)
		if (states[i]->type == SC_ATOMIC || states[i]->type == SC_FINAL)
			json_push(active, json_object_new_string(states[i]->id));
	json_object_array_sort(active, compare_ids);
	json_set(o, "active", active);
	json_set(o, "actions", json_object_get(s->actions));
	json_set_bool(o, "done", sc_is_done(s->chart, s->now));
	fprintf(to, "%s\n",
	    json_object_to_json_string_ext(
		o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
	s->actions = json_keep(s->arena, json_object_new_array());
}

static void
run(struct simulation *s, struct json_object *steps, FILE *to)
{
	size_t n = json_object_is_type(steps, json_type_array) ? json_object_array_length(steps)
							       : 0;

	if (!start(s))
		return;
	print_configuration(s, to);
	for (size_t i = 0; i < n && run_step(s, json_object_array_get_idx(steps, i)); i++)
		print_configuration(s, to);
}

const char *
simulate(const struct sc_chart *chart, struct json_object *events, FILE *to)
{
	struct simulation s = { .chart = chart, .arena = arena_new() };
	static char why[500];

	s.guards = json_keep(s.arena, json_object_new_object());
	s.delays = json_get(events, "delays");
	s.actions = json_keep(s.arena, json_object_new_array());
	set_guards(&s, json_get(events, "guards"));
	run(&s, json_get(events, "steps"), to);
	if (s.why)
		snprintf(why, sizeof(why), "%s", s.why);
	free(s.timers);
	arena_free(s.arena);
	return s.why ? why : NULL;
}
