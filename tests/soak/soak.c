/*
 * Random steps over random machines:
 *     soak STEPS [SEED]
 * Of each step: the configuration is a legal one, each timer's state is active, what was promised
 * (sc_select) is taken, the same step again gives the same, and a snapshot survives as JSON. Prints
 * the time and memory it took; the leaks are the sanitizer's to tell.
 */
#include "soak.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum {
	STEPS_OF_A_MACHINE = 400,
	STEPS_OF_AN_ARENA = 50, /* then only the snapshot goes on, as JSON */
	TIMERS_MAX = 256,
};

struct soak {
	struct random r;
	long steps, machines, taken, done, endless;
	uint64_t machine_seed;
	struct arena *a;
	struct sc_chart *chart;
	struct sc_snapshot *now;
	uint32_t guards; /* a bit each: what they answer in this step */
};

struct timer {
	char *id, *event;
	int state; /* -1: of no state */
};

static struct timer timers[TIMERS_MAX];
static int timer_count;

static void
broken(const struct soak *s, const char *what)
{
	fprintf(stderr, "broken after %ld steps, machine of seed %llu: %s\n", s->steps,
	    (unsigned long long)s->machine_seed, what);
	abort();
}

/* ---- the host ---- */

static bool
guard(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	const struct soak *s = arg;

	(void)params, (void)ev;
	return s->guards >> (type[1] - '0') & 1;
}

static void
action(void *arg, const char *type, struct json_object *params, const struct sc_event *ev)
{
	(void)params;
	if (arg == NULL || *type == '\0' || ev == NULL)
		abort();
}

static struct sc_host
host_of(struct soak *s)
{
	return (struct sc_host){ guard, action, s };
}

/* ---- what must hold ---- */

static int
active_children(const struct sc_state *const *active, const struct sc_state *parent)
{
	int n = 0;

	for (; *active; active++)
		n += (*active)->parent == parent;
	return n;
}

static int
regions(const struct sc_chart *chart, const struct sc_state *parent)
{
	int n = 0;

	for (int i = 0; i < sc_state_count(chart); i++)
		n += sc_state_at(chart, i)->parent == parent &&
		     sc_state_at(chart, i)->type != SC_HISTORY;
	return n;
}

static void
check_configuration(struct soak *s)
{
	const struct sc_state *const *active = sc_active(s->chart, s->a, s->now);

	if (*active == NULL || (*active)->parent)
		broken(s, "the root is not active");
	for (const struct sc_state *const *p = active; *p; p++) {
		int n = active_children(active, *p);

		if ((*p)->type == SC_HISTORY ||
		    ((*p)->parent && !sc_is_active(s->now, (*p)->parent)))
			broken(s, "a state is active that cannot be");
		if (n != ((*p)->type == SC_COMPOUND      ? 1
			     : (*p)->type == SC_PARALLEL ? regions(s->chart, *p)
							 : 0))
			broken(s, "a state has too few or too many active children");
	}
}

static void
check_timers(struct soak *s)
{
	for (int i = 0; i < timer_count; i++)
		if (timers[i].state >= 0 &&
		    !sc_is_active(s->now, sc_state_at(s->chart, timers[i].state)))
			broken(s, "a timer outlives its state");
}

static void
check_same(struct soak *s, const struct sc_step *one, const struct sc_step *two)
{
	if (one->taken != two->taken || one->is_done != two->is_done ||
	    one->action_count != two->action_count || one->timer_count != two->timer_count ||
	    !json_equal(sc_snapshot_json(s->chart, s->a, one->next),
		sc_snapshot_json(s->chart, s->a, two->next)))
		broken(s, "the same step gave something else");
}

/* ---- timers ---- */

static void
drop_timer(int i)
{
	free(timers[i].id);
	free(timers[i].event);
	timers[i] = timers[--timer_count];
}

static void
cancel(const char *id)
{
	for (int i = 0; i < timer_count; i++)
		if (str_eq(timers[i].id, id)) {
			drop_timer(i);
			return;
		}
}

static void
keep_timers(struct soak *s, const struct sc_step *step)
{
	for (int i = 0; i < step->timer_count; i++) {
		const struct sc_timer_op *op = &step->timers[i];

		cancel(op->id);
		if (!op->is_start)
			continue;
		if (timer_count == TIMERS_MAX)
			broken(s, "timers pile up");
		timers[timer_count++] = (struct timer){ xstrdup(op->id), xstrdup(op->event),
			op->state ? op->state->index : -1 };
	}
}

/* ---- steps ---- */

static void
forget(struct soak *s)
{
	while (timer_count)
		drop_timer(0);
	sc_free(s->chart);
	arena_free(s->a);
	s->chart = NULL;
	s->a = NULL;
}

/* false: it does not come to rest. */
static bool
took(struct soak *s, int code, const struct sc_step *step, const char *why)
{
	s->steps++;
	if (code != OK) {
		if (code != E_CONFLICT || why == NULL)
			broken(s, "a step failed without a reason");
		s->endless++;
		return false;
	}
	s->taken += step->taken;
	s->now = step->next;
	keep_timers(s, step);
	check_configuration(s);
	if (!step->is_done)
		check_timers(s);
	return true;
}

static bool
start(struct soak *s)
{
	struct error_list errors;
	struct sc_host host = host_of(s);
	struct sc_step step;
	const char *why = NULL;
	int code;

	s->machine_seed = s->r.state;
	s->a = arena_new();
	error_list_init(&errors, s->a);
	s->chart = sc_load_lenient(machine_make(&s->r, s->a), &errors);
	if (s->chart == NULL)
		broken(s, arena_printf(s->a, "refused: %s %s", errors.first->pointer,
			      errors.first->message));
	s->machines++;
	s->guards = random_below(&s->r, 16);
	code = sc_start(s->chart, s->a, &host, &step, &why);
	return took(s, code, &step, why);
}

/* One the machine listens to, any other, or a timer that is due. */
static const char *
next_event(struct soak *s)
{
	static const char *const any[] = { "A", "B", "C", "a.b", "a.b.c", "nothing" };
	const char *const *heard = sc_events(s->chart, s->a, s->now);
	int n = 0;

	while (heard[n])
		n++;
	if (timer_count && random_chance(&s->r, 25)) {
		int i = (int)random_below(&s->r, (uint32_t)timer_count);
		const char *event = arena_strdup(s->a, timers[i].event);

		drop_timer(i);
		return event;
	}
	return n && random_chance(&s->r, 60) ? heard[random_below(&s->r, (uint32_t)n)]
					     : any[random_below(&s->r, LEN(any))];
}

static bool
send(struct soak *s)
{
	struct sc_event ev = { .type = next_event(s) };
	struct sc_host host = host_of(s);
	struct sc_snapshot *before = s->now;
	struct sc_step step, again;
	const char *why = NULL;
	bool promised;
	int code;

	s->guards = random_below(&s->r, 16);
	promised = *sc_select(s->chart, s->a, before, &ev, &host) != NULL;
	code = sc_send(s->chart, s->a, before, &ev, &host, &step, &why);
	if (code == OK && promised != (step.taken && step.transitions[0]->event != NULL))
		broken(s, "what was promised was not taken, or the other way round");
	if (!took(s, code, &step, why))
		return false;
	if (s->steps % 16 == 0 && sc_send(s->chart, s->a, before, &ev, &host, &again, &why) == OK)
		check_same(s, &step, &again);
	return !step.is_done;
}

/* Through JSON into a new arena, as from one event of a case to the next. */
static void
move_on(struct soak *s)
{
	struct arena *fresh = arena_new();
	struct json_object *o = json_copy(fresh, sc_snapshot_json(s->chart, s->a, s->now));
	const char *why = NULL;

	s->now = sc_snapshot_restore(s->chart, fresh, o, &why);
	if (s->now == NULL || !json_equal(o, sc_snapshot_json(s->chart, fresh, s->now)))
		broken(s, why ? why : "a snapshot is not what it was");
	arena_free(s->a);
	s->a = fresh;
}

static void
run_machine(struct soak *s, long steps)
{
	bool goes_on = start(s);

	for (long i = 1; goes_on && i < STEPS_OF_A_MACHINE && s->steps < steps; i++) {
		goes_on = send(s);
		if (i % STEPS_OF_AN_ARENA == 0)
			move_on(s);
	}
	s->done += goes_on ? 0 : 1;
	forget(s);
}

static long
memory_kib(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

int
main(int argc, char **argv)
{
	long steps = argc > 1 ? atol(argv[1]) : 100000, early = 0;
	struct soak s = { .r.state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1 };
	int64_t began = clock_monotonic_us();
	double seconds;

	while (s.steps < steps) {
		run_machine(&s, steps);
		if (early == 0 && s.steps >= steps / 10)
			early = memory_kib();
	}
	seconds = (double)(clock_monotonic_us() - began) / 1e6;
	printf("%ld steps of %ld machines in %.1f s: %ld taken, %ld machines ended, %ld steps "
	       "without rest; memory %ld KiB at a tenth, %ld KiB at the end\n",
	    s.steps, s.machines, seconds, s.taken, s.done - s.endless, s.endless, early,
	    memory_kib());
	return 0;
}
