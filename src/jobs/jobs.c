/*
 * The loops of a process: started together, ended together.
 */
#include "jobs_priv.h"

#include <curl/curl.h>
#include <stdatomic.h>

enum { CLEANUP_MS = 3600 * 1000, FAILING_MS = 5000, SCHEDULES_POLLS = 20 };

static struct {
	const struct jobs_config *cfg;
	atomic_bool is_stopping; /* deliver.c reads it from its threads */
} jobs;

static struct loop timers = { .name = "timers", .work = timers_round };
static struct loop mailer = { .name = "mailer", .work = mailer_round };
static struct loop watcher = { .name = "watcher", .work = watcher_round };
static struct loop schedules = { .name = "schedules", .work = schedules_round };
static struct loop lists = { .name = "lists", .work = lists_round };
static struct loop vacancies = { .name = "vacancies", .work = vacancies_round };
static struct loop cleanup = { .name = "clean-up", .work = cleanup_round, .pause_ms = CLEANUP_MS };
static struct loop *const loops[] = { &timers, &mailer, &watcher, &schedules, &lists, &vacancies,
	&cleanup };

const struct jobs_config *
jobs_config(void)
{
	return jobs.cfg;
}

bool
jobs_is_stopping(void)
{
	return jobs.is_stopping;
}

/* ---- one loop ---- */

/* A database that is away fails each round: one line when it begins, one when it is over. */
static void
note_outcome(struct loop *l, struct task *t, int code)
{
	if (code != OK && !l->is_failing)
		log_warn("%s: %s", l->name, task_error_text(t));
	if (code == OK && l->is_failing)
		log_info("%s: works again", l->name);
	l->is_failing = code != OK;
}

static void
run_round(struct task *t, void *arg)
{
	struct loop *l = arg;

	l->has_more = false;
	note_outcome(l, t, l->work(t, &l->has_more));
	l->is_working = false;
	task_wake(l->task);
}

static void
pause_loop(struct task *t, struct loop *l)
{
	int ms = l->is_failing ? FAILING_MS : l->pause_ms;

	if (l->is_failing || !(l->is_wanted || l->has_more))
		task_park(t, ms);
}

static void
run_loop(struct task *t, void *arg)
{
	struct loop *l = arg;

	l->task = t;
	while (!jobs.is_stopping) {
		l->is_wanted = false;
		l->is_working = true;
		task_start(l->name, run_round, l);
		while (l->is_working)
			task_park(t, -1);
		if (!jobs.is_stopping)
			pause_loop(t, l);
	}
	l->task = NULL;
}

void
loop_start(struct loop *l)
{
	if (l->pause_ms == 0)
		l->pause_ms = jobs.cfg->poll_ms;
	task_start(l->name, run_loop, l);
}

void
loop_wake(struct loop *l)
{
	l->is_wanted = true;
	if (l->task)
		task_wake(l->task);
}

/* ---- all of them ---- */

void
jobs_start(const struct jobs_config *cfg)
{
	jobs.cfg = cfg;
	jobs.is_stopping = false;
	schedules.pause_ms = lists.pause_ms = cfg->poll_ms * SCHEDULES_POLLS;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	for (size_t i = 0; i < LEN(loops); i++)
		loop_start(loops[i]);
}

void
jobs_stop(void)
{
	jobs.is_stopping = true;
	for (size_t i = 0; i < LEN(loops); i++)
		if (loops[i]->task)
			task_wake(loops[i]->task);
}

void
jobs_wake(void)
{
	loop_wake(&mailer);
}
