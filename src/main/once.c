/*
 * Runs one task from an empty loop to an empty loop.
 */
#include "once.h"

struct once {
	const struct config *cfg;
	int (*fn)(struct task *t, const struct config *cfg, void *arg);
	void *arg;
	int code;
};

static void
run(struct task *t, void *arg)
{
	struct once *o = arg;

	o->code = o->fn(t, o->cfg, o->arg);
	if (o->code != OK)
		fprintf(stderr, "lienthong: %s\n", task_error_text(t));
	db_close(t);
	task_loop_stop();
}

int
run_once(const struct config *cfg, const char *name,
    int (*fn)(struct task *t, const struct config *cfg, void *arg), void *arg)
{
	struct once o = { .cfg = cfg, .fn = fn, .arg = arg };

	task_loop_init(2);
	db_open(&cfg->db);
	task_start(name, run, &o);
	task_loop_run();
	task_loop_free();
	return o.code == OK ? 0 : 1;
}
