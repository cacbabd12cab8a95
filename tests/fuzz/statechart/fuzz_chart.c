/*
 * Any machine, leniently loaded, started and sent its own events; each snapshot goes through JSON.
 */
#include "statechart.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
run(const struct sc_chart *c, struct arena *a)
{
	struct sc_step step;
	const char *why;

	if (sc_start(c, a, NULL, &step, &why) != OK)
		return;
	for (int i = 0; i < 8; i++) {
		const char *const *events = sc_events(c, a, step.next);
		struct sc_event ev = { events[0] ? events[i % 2 && events[1] ? 1 : 0] : "x", NULL };
		struct sc_snapshot *back = sc_snapshot_restore(
		    c, a, sc_snapshot_json(c, a, step.next), &why);

		if (!back)
			abort();
		if (sc_send(c, a, back, &ev, NULL, &step, &why) != OK)
			return;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_new();
	const char *why;
	struct error_list errors;
	struct json_object *o = json_read(a, (const char *)bytes, n, &why);
	struct sc_chart *c;

	error_list_init(&errors, a);
	c = sc_load_lenient(o, &errors);
	if (c)
		run(c, a);
	sc_free(c);
	sc_free(sc_load(o, &errors));
	arena_free(a);
	return 0;
}
