/*
 * task: one event loop, one stackful coroutine ("task") per piece of work, so that code that
 * waits reads from top to bottom. Between two waits a task runs alone: no locks.
 *
 * A function whose first parameter is struct task * may wait; nothing else does (but for
 * functions on struct tx *, see db.h). Errors: return fail(t, E_..., "...").
 */
#ifndef LT_TASK_H
#define LT_TASK_H

#include "base.h"

struct event_base;
struct task;

typedef void (*task_fn)(struct task *t, void *arg);

/* ---- the loop: one per process, made after fork ---- */
void task_loop_init(int offload_threads);
struct event_base *task_loop_base(void);
void task_loop_run(void);  /* until task_loop_stop and no task is alive */
void task_loop_stop(void); /* new tasks are still run; loop ends when the last one has */
void task_loop_free(void); /* joins the offload threads */
int task_count(void);

/* ---- tasks ---- */

/* Starts fn on its own stack at the next turn of the loop. The task and its arena are freed when fn
 * returns. name must outlive the task. */
struct task *task_start(const char *name, task_fn fn, void *arg);
struct arena *task_arena(struct task *t);
/* Runs fn in a task of its own and waits for it: what it takes of memory is given back then. Its code
 * is returned, and its error is t's. */
int task_call(struct task *t, const char *name, int (*fn)(struct task *t, void *arg), void *arg)
    MUST_CHECK;
const char *task_name(struct task *t);
void task_set_request_id(struct task *t, const char *id); /* copied to the arena; in each log line */
const char *task_request_id(struct task *t);

/* Parks until task_wake (from the loop, never from another thread). Returns true if woken, false if
 * timeout_ms passed (-1: no time-out). A wake before the park is remembered. */
bool task_park(struct task *t, int timeout_ms);
void task_wake(struct task *t);
void task_sleep(struct task *t, int ms);

/* Waits for fd: events is a mask of EV_READ and EV_WRITE; returns the mask that is ready, 0 on
 * time-out (-1: none). */
short task_wait_fd(struct task *t, int fd, short events, int timeout_ms);

/* Runs fn(arg) in a thread of a small pool and parks meanwhile: for calls that block (argon2, SMTP).
 * fn may touch nothing but arg. */
void task_offload(struct task *t, void (*fn)(void *), void *arg);

/* The task that is running now, or NULL in the loop itself. Only db's I/O bridge and log need it. */
struct task *task_current(void);

/* One line per live task (name, what it waits for, for how long) to the log: for SIGUSR1. */
void task_dump(void);

/* ---- the last error of the task ---- */

/* Keeps the text and returns code. An error is logged once, where it is answered. */
int fail(struct task *t, enum err code, const char *fmt, ...) PRINTF(3, 4) MUST_CHECK;
/* Several mistakes: the problem answer lists each. The items must be in the task's arena. */
int fail_list(struct task *t, enum err code, const struct error_list *errors, const char *fmt, ...)
    PRINTF(4, 5) MUST_CHECK;
/* A finer stable word than err_name(code): "not-in-this-state", "own-case". code_word: a literal. */
int fail_list_as(struct task *t, enum err code, const char *code_word,
    const struct error_list *errors, const char *fmt, ...) PRINTF(5, 6) MUST_CHECK;
int fail_as(struct task *t, enum err code, const char *code_word, const char *fmt, ...)
    PRINTF(4, 5) MUST_CHECK;

const char *task_error_text(struct task *t);
const char *task_error_word(struct task *t);		      /* NULL when none was given */
const struct error_list *task_error_list(struct task *t); /* NULL when none was given */

#endif
