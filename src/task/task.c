/*
 * The loop and its tasks: starting, waiting, waking, ending.
 */
#include "task_priv.h"

#include <assert.h>
#include <stdlib.h>

/* After so many callbacks the loop looks at the outside again, even if tasks keep waking each
 * other. */
enum { CALLBACKS_PER_TURN = 128 };

/* A task that computes for longer holds up all others. */
enum { SLOW_US = 50000 };

static struct event_base *base;
static struct task *living, *current;
static int living_count;
static bool is_stopping;

/* ---- the loop ---- */

void
task_loop_init(int offload_threads)
{
	struct event_config *cfg = event_config_new();

	assert(!base);
	event_config_set_max_dispatch_interval(cfg, NULL, CALLBACKS_PER_TURN, 0);
	base = event_base_new_with_config(cfg);
	event_config_free(cfg);
	if (!base) {
		log_error("no event loop");
		abort();
	}
	is_stopping = false;
	offload_open(base, offload_threads);
}

struct event_base *
task_loop_base(void)
{
	return base;
}

void
task_loop_run(void)
{
	while (!is_stopping || living_count > 0)
		event_base_loop(base, EVLOOP_ONCE | EVLOOP_NO_EXIT_ON_EMPTY);
}

void
task_loop_stop(void)
{
	is_stopping = true;
	event_base_loopbreak(base);
}

void
task_loop_free(void)
{
	assert(living_count == 0);
	offload_close();
	fiber_free_idle();
	event_base_free(base);
	base = NULL;
}

int
task_count(void)
{
	return living_count;
}

struct task *
task_current(void)
{
	return current;
}

/* ---- switching ---- */

static void
task_free(struct task *t)
{
	if (t->prev)
		t->prev->next = t->next;
	else
		living = t->next;
	if (t->next)
		t->next->prev = t->prev;
	living_count--;
	arena_free(t->arena);
	free(t);
}

static void
warn_if_slow(struct task *t, int64_t since_us)
{
	int64_t us = clock_monotonic_us() - since_us;

	if (us > SLOW_US)
		log_warn("task %s held the loop for %lld ms", t->name, (long long)us / 1000);
}

void
task_resume(struct task *t)
{
	int64_t since_us = clock_monotonic_us();

	assert(!current);
	current = t;
	log_set_context(t->request_id);
	t->wait = WAIT_NOTHING;
	t->wait_since_us = since_us;
	fiber_enter(t->fiber);
	warn_if_slow(t, since_us);
	log_set_context(NULL);
	current = NULL;
	if (t->wait == WAIT_NOTHING)
		task_free(t); /* fn has returned */
}

void
task_switch_out(struct task *t, enum wait wait)
{
	assert(t == current);
	t->wait = wait;
	t->wait_since_us = clock_monotonic_us();
	fiber_leave();
}

/* ---- starting ---- */

static void
run(void *arg)
{
	struct task *t = arg;

	t->fn(t, t->arg);
}

static void
on_event(evutil_socket_t fd, short what, void *arg)
{
	struct task *t = arg;

	(void)fd;
	t->event_what = what;
	task_resume(t);
}

struct task *
task_start(const char *name, task_fn fn, void *arg)
{
	struct task *t = xcalloc(1, sizeof *t);

	t->name = name;
	t->fn = fn;
	t->arg = arg;
	t->arena = arena_new();
	t->fiber = fiber_get(run, t);
	t->wait = WAIT_START;
	t->wait_since_us = clock_monotonic_us();
	t->next = living;
	if (living)
		living->prev = t;
	living = t;
	living_count++;
	evtimer_assign(&t->event, base, on_event, t);
	event_active(&t->event, EV_TIMEOUT, 0);
	return t;
}

struct arena *
task_arena(struct task *t)
{
	return t->arena;
}

const char *
task_name(struct task *t)
{
	return t->name;
}

void
task_set_request_id(struct task *t, const char *id)
{
	t->request_id = arena_strdup(t->arena, id);
	if (t == current)
		log_set_context(t->request_id);
}

const char *
task_request_id(struct task *t)
{
	return t->request_id;
}

/* ---- waiting ---- */

/* Adds the event that ends a wait; timeout_ms -1: only something else can. */
static int
arm(struct task *t, int fd, short events, int timeout_ms)
{
	struct timeval tv = { timeout_ms / 1000, timeout_ms % 1000 * 1000 };

	event_assign(&t->event, base, fd, events, on_event, t);
	if (fd < 0 && timeout_ms < 0)
		return 0;
	return event_add(&t->event, timeout_ms < 0 ? NULL : &tv);
}

bool
task_park(struct task *t, int timeout_ms)
{
	bool is_woken;

	if (!t->is_woken) {
		arm(t, -1, 0, timeout_ms);
		task_switch_out(t, WAIT_WAKE);
	}
	is_woken = t->is_woken;
	t->is_woken = false;
	return is_woken;
}

void
task_wake(struct task *t)
{
	bool was_woken = t->is_woken;

	t->is_woken = true;
	if (t->wait == WAIT_WAKE && !was_woken)
		event_active(&t->event, EV_READ, 0);
}

void
task_sleep(struct task *t, int ms)
{
	arm(t, -1, 0, ms < 0 ? 0 : ms);
	task_switch_out(t, WAIT_SLEEP);
}

short
task_wait_fd(struct task *t, int fd, short events, int timeout_ms)
{
	assert(fd >= 0 && !(events & ~(EV_READ | EV_WRITE)));
	if (arm(t, fd, events, timeout_ms) < 0)
		return events; /* not pollable: the caller's next call says why */
	t->wait_fd = fd;
	task_switch_out(t, WAIT_FD);
	return t->event_what & (EV_READ | EV_WRITE);
}

/* ---- for whoever asks what hangs ---- */

static const char *
wait_text(struct task *t, char *text, size_t size)
{
	static const char *const names[] = {
		[WAIT_START] = "its start",
		[WAIT_NOTHING] = "nothing, it runs",
		[WAIT_WAKE] = "a wake",
		[WAIT_SLEEP] = "a while",
		[WAIT_OFFLOAD] = "a thread",
	};

	if (t->wait != WAIT_FD)
		return names[t->wait];
	evutil_snprintf(text, size, "descriptor %d", t->wait_fd);
	return text;
}

void
task_dump(void)
{
	int64_t now_us = clock_monotonic_us();
	char text[32];

	log_info("%d tasks", living_count);
	for (struct task *t = living; t; t = t->next)
		log_info("task %s %s waits for %s since %lld ms", t->name,
		    t->request_id ? t->request_id : "-", wait_text(t, text, sizeof text),
		    (long long)(now_us - t->wait_since_us) / 1000);
}
