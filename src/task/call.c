/*
 * A call in a task of its own: however many there are, the memory is that of one.
 */
#include "task_priv.h"

struct call {
	int (*fn)(struct task *t, void *arg);
	void *arg;
	struct task *waiting;
	int code;
	bool is_over;
};

static void
run(struct task *t, void *arg)
{
	struct call *c = arg;

	c->code = c->fn(t, c->arg);
	if (c->code != OK)
		error_pass(c->waiting, t);
	c->is_over = true;
	task_wake(c->waiting);
}

int
task_call(struct task *t, const char *name, int (*fn)(struct task *t, void *arg), void *arg)
{
	struct call c = { .fn = fn, .arg = arg, .waiting = t };

	task_start(name, run, &c);
	while (!c.is_over)
		task_park(t, -1);
	return c.code;
}
