/*
 * Any machine: loaded, checked, started, sent events; what it becomes must survive a round trip
 * through JSON. Input: the JSON of a machine.
 */
#include "statechart.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool
guard(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	unsigned *turn = arg;

	(void)params;
	(void)ev;
	return (type[0] + (*turn)++) % 2;
}

static void
round_trip(const struct sc_chart *c, struct arena *a, const struct sc_snapshot *now)
{
	struct json_object *o = sc_snapshot_json(c, a, now);
	const char *why;
	struct sc_snapshot *back = sc_snapshot_restore(c, a, o, &why);

	if (!back || !json_equal(o, sc_snapshot_json(c, a, back)))
		abort();
}

/* Sends what the chart listens to: each event of the configuration, then the due timers. */
static void
run(const struct sc_chart *c, struct arena *a, const struct sc_host *host, bool is_checked)
{
	struct sc_step step;
	const char *why;
	int code = sc_start(c, a, host, &step, &why);

	for (int i = 0; code == OK && i < 8; i++) {
		const char *const *events = sc_events(c, a, step.next);
		struct sc_event ev = { "none", NULL };
		int count = 0;

		if (is_checked)
			round_trip(c, a, step.next);
		while (events[count])
			count++;
		if (i % 3 == 2 && step.timer_count)
			ev.type = step.timers[0].event ? step.timers[0].event : "x";
		else if (count)
			ev.type = events[i % count];
		sc_select(c, a, step.next, &ev, host);
		code = sc_send(c, a, step.next, &ev, host, &step, &why);
	}
}

static void
see(void *arg, const char *pointer, const char *type, struct json_object *params)
{
	(void)params;
	if (!pointer || !type)
		abort();
	++*(unsigned *)arg;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_new();
	struct error_list errors;
	unsigned turn = 0;
	const char *why;
	struct json_object *o = json_read(a, (const char *)bytes, n, &why);
	struct sc_host host = { .guard = guard, .arg = &turn };
	struct sc_chart *strict, *lenient;

	error_list_init(&errors, a);
	strict = sc_load(o, &errors);
	lenient = sc_load_lenient(o, &errors);
	if (strict && !lenient)
		abort();
	if (lenient) {
		sc_visit_guards(lenient, see, &turn);
		sc_visit_actions(lenient, see, &turn);
		run(lenient, a, &host, strict != NULL);
	}
	sc_free(strict);
	sc_free(lenient);
	arena_free(a);
	return 0;
}
