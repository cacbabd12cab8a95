/*
 * Inside of task/: a task, the fiber it runs on, and what it waits for.
 */
#ifndef LT_TASK_PRIV_H
#define LT_TASK_PRIV_H

#include "task.h"

#include <event2/event.h>
#include <event2/event_struct.h>

enum wait {
	WAIT_START,
	WAIT_NOTHING, /* it runs */
	WAIT_WAKE,
	WAIT_SLEEP,
	WAIT_FD,
	WAIT_OFFLOAD,
};

struct fiber;

struct task {
	const char *name;
	task_fn fn;
	void *arg;
	struct arena *arena;
	const char *request_id;
	struct fiber *fiber;

	enum wait wait;
	int wait_fd;
	int64_t wait_since_us; /* monotonic */
	bool is_woken;         /* task_wake came, task_park has not seen it yet */
	struct event event;    /* ends the wait at hand */
	short event_what;      /* what ended it: EV_TIMEOUT, EV_READ, EV_WRITE */

	const char *error_text, *error_word;
	const struct error_list *error_list;

	struct task *next, *prev; /* of the living */
};

/* ---- task.c ---- */
void task_switch_out(struct task *t, enum wait wait);
void task_resume(struct task *t); /* from the loop only */

/* ---- error.c ---- */
void error_pass(struct task *to, const struct task *from);

/* ---- fiber.c: a stack and a way of switching to it ---- */
struct fiber *fiber_get(void (*run)(void *arg), void *arg); /* recycled or new */
void fiber_enter(struct fiber *f); /* runs it until it leaves; when run has returned, recycles it */
void fiber_leave(void);            /* back to whoever entered */
void fiber_free_idle(void);

/* ---- offload.c ---- */
void offload_open(struct event_base *base, int threads);
void offload_close(void);

#endif
