/*
 * Steps of the engine alone, on one machine; all guards of a step answer the same.
 *   steps MACHINE walks        random walks: {"walks": [[[event, answer], ...], ...], "last":
 * [[active ids], ...]} steps MACHINE run WALKS S  takes them again and again for S seconds:
 * {"count", "seconds", "cpu_s"}
 */
#include "measure.h"

#include "statechart.h"

#include <string.h>

enum { WALKS = 200, STEPS_OF_A_WALK = 40, SEED = 1 };

struct bench {
	struct sc_chart *chart;
	struct arena *kept;
	bool answer;
	uint64_t random;
};

static bool
guard(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	const struct bench *b = arg;

	(void)type, (void)params, (void)ev;
	return b->answer;
}

static struct sc_host
host_of(struct bench *b)
{
	return (struct sc_host){ .guard = guard, .arg = b };
}

static unsigned
below(struct bench *b, unsigned n)
{
	b->random = b->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(b->random >> 33) % n;
}

static void
start(struct bench *b, struct arena *a, struct sc_step *step)
{
	struct sc_host host = host_of(b);
	const char *why;

	b->answer = false;
	if (sc_start(b->chart, a, &host, step, &why) == OK)
		return;
	fprintf(stderr, "steps: %s\n", why);
	exit(1);
}

/* ---- walks ---- */

static void
push_text(struct json_object *list, const char *text)
{
	json_push(list, json_object_new_string(text));
}

/* What the machine listens to, and a timer that was just set. */
static const char *
next_event(struct bench *b, struct arena *a, const struct sc_step *step)
{
	const char *const *heard = sc_events(b->chart, a, step->next);
	unsigned n = 0;

	for (int i = 0; i < step->timer_count; i++)
		if (step->timers[i].is_start && below(b, 4) == 0)
			return step->timers[i].event;
	while (heard[n])
		n++;
	return n ? heard[below(b, n)] : NULL;
}

static struct json_object *
active_ids(const struct bench *b, struct arena *a, const struct sc_snapshot *now)
{
	struct json_object *list = json_object_new_array();

	for (const struct sc_state *const *s = sc_active(b->chart, a, now); *s; s++)
		if ((*s)->type == SC_ATOMIC || (*s)->type == SC_FINAL)
			push_text(list, (*s)->id);
	return list;
}

/* A step that is taken and, if there is one, does not end the machine. */
static bool
next_step(struct bench *b, struct arena *a, const struct sc_step *now, struct sc_event *ev,
    struct sc_step *next)
{
	struct sc_host host = host_of(b);
	const char *why;

	for (int tries = 0; tries < 20; tries++) {
		*ev = (struct sc_event){ .type = next_event(b, a, now) };
		if (ev->type == NULL)
			return false;
		b->answer = below(b, 3) > 0;
		if (sc_send(b->chart, a, now->next, ev, &host, next, &why) == OK && next->taken &&
		    (!next->is_done || tries > 10))
			return true;
	}
	return false;
}

static void
walk(struct bench *b, struct json_object *walks, struct json_object *last)
{
	struct arena *a = arena_new();
	struct json_object *events = json_object_new_array();
	struct sc_step step, next;
	struct sc_event ev;

	start(b, a, &step);
	for (int i = 0; i < STEPS_OF_A_WALK && !step.is_done && next_step(b, a, &step, &ev, &next);
	     i++) {
		struct json_object *one = json_object_new_array();

		push_text(one, ev.type);
		json_push(one, json_object_new_boolean(b->answer));
		json_push(events, one);
		step = next;
	}
	json_push(walks, events);
	json_push(last, active_ids(b, a, step.next));
	arena_free(a);
}

static void
print_walks(struct bench *b)
{
	struct json_object *o = json_object_new_object();
	struct json_object *walks = json_object_new_array(), *last = json_object_new_array();

	for (int i = 0; i < WALKS; i++)
		walk(b, walks, last);
	json_set(o, "walks", walks);
	json_set(o, "last", last);
	puts(json_text_of(o));
	json_object_put(o);
}

/* ---- the same walks, timed ---- */

struct event {
	const char *type;
	bool answer;
};

static struct event *
events_of(struct bench *b, struct json_object *list, int *count)
{
	struct event *events;

	*count = (int)json_object_array_length(list);
	events = arena_array(b->kept, struct event, *count + 1);
	for (int i = 0; i < *count; i++) {
		struct json_object *one = json_object_array_get_idx(list, (size_t)i);

		events[i] = (struct event){ json_object_get_string(
						json_object_array_get_idx(one, 0)),
			json_object_get_boolean(json_object_array_get_idx(one, 1)) };
	}
	return events;
}

static long
take(struct bench *b, const struct event *events, int count)
{
	struct arena *a = arena_new();
	struct sc_host host = host_of(b);
	struct sc_step step;
	const char *why;

	start(b, a, &step);
	for (int i = 0; i < count; i++) {
		struct sc_event ev = { .type = events[i].type };

		b->answer = events[i].answer;
		if (sc_send(b->chart, a, step.next, &ev, &host, &step, &why) != OK)
			exit(1);
	}
	arena_free(a);
	return count + 1;
}

static void
run(struct bench *b, struct json_object *walks, double seconds)
{
	int n = (int)json_object_array_length(walks);
	struct event **events = arena_array(b->kept, struct event *, n);
	int *counts = arena_array(b->kept, int, n);
	double began, cpu;
	long steps = 0;

	for (int i = 0; i < n; i++)
		events[i] = events_of(b, json_object_array_get_idx(walks, (size_t)i), &counts[i]);
	began = now_s();
	cpu = cpu_s();
	do
		for (int i = 0; i < n; i++)
			steps += take(b, events[i], counts[i]);
	while (now_s() - began < seconds);
	printf("{\"count\": %ld, \"seconds\": %.6f, \"cpu_s\": %.6f}\n", steps, now_s() - began,
	    cpu_s() - cpu);
}

static struct json_object *
read_json(struct bench *b, const char *path)
{
	const char *why = NULL;
	struct json_object *o = json_read_file(b->kept, path, &why);

	if (o)
		return o;
	fprintf(stderr, "steps: %s: %s\n", path, why);
	exit(2);
}

int
main(int argc, char **argv)
{
	struct bench b = { .kept = arena_new(), .random = SEED };
	struct error_list errors;

	if (argc != 3 && argc != 5) {
		fprintf(stderr, "usage: steps MACHINE walks | steps MACHINE run WALKS SECONDS\n");
		return 2;
	}
	error_list_init(&errors, b.kept);
	b.chart = sc_load(read_json(&b, argv[1]), &errors);
	if (b.chart == NULL)
		return 1;
	if (argc == 3)
		print_walks(&b);
	else
		run(&b, json_get(read_json(&b, argv[3]), "walks"), atof(argv[4]));
	sc_free(b.chart);
	arena_free(b.kept);
	return 0;
}
