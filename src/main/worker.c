/*
 * Opens the layers from below, closes them from above. What needs the database runs in tasks.
 */
#include "worker.h"

#include "supervisor.h"

#include <event2/event.h>
#include <signal.h>
#include <unistd.h>

/* Four may wait for a mail server (jobs/mailer.c); the rest is for those who sign in. */
enum { OFFLOAD_THREADS = 8, END_MS = 10000, LOOK_MS = 20 };

static struct {
	const struct config *cfg;
	int listen_fd;
	void (*ready)(void);
	struct http_server *server;
	bool is_open, is_ending;
	int status;
} worker;

/* ---- the end ---- */

/* Waits for all tasks but the one that waits. */
static bool
wait_for_others(struct task *t)
{
	int64_t until_us = clock_monotonic_us() + END_MS * INT64_C(1000);

	while (task_count() > 1) {
		if (clock_monotonic_us() > until_us)
			return false;
		task_sleep(t, LOOK_MS);
	}
	return true;
}

static void
stop_layers(void)
{
	http_server_stop(worker.server);
	api_stop();
	jobs_stop();
}

static void
end(struct task *t, void *arg)
{
	(void)arg;
	if (worker.is_open)
		stop_layers();
	if (!wait_for_others(t)) {
		log_error("some tasks did not end in time; their transactions are undone");
		task_dump();
		_exit(0);
	}
	db_close(t);
	task_loop_stop();
}

static void
begin_end(void)
{
	if (worker.is_ending)
		return;
	worker.is_ending = true;
	task_start("end", end, NULL);
}

/* ---- the start ---- */

static int
open_layers(struct task *t)
{
	const struct config *cfg = worker.cfg;

	TRY(db_ping(t));
	TRY(db_migrate_check(t, cfg->migrations_dir));
	TRY(flow_open(t, &cfg->flow));
	if (worker.is_ending)
		return OK;
	worker.server = http_server_new(&cfg->http, worker.listen_fd);
	jobs_start(&cfg->jobs);
	worker.is_open = true;
	worker.ready();
	return OK;
}

static void
print_error(struct task *t)
{
	const struct error_list *errors = task_error_list(t);

	fprintf(stderr, "lienthong: %s\n", task_error_text(t));
	for (const struct error_item *e = errors ? errors->first : NULL; e; e = e->next)
		fprintf(stderr, "  %s: %s\n", e->pointer, e->message);
}

static void
begin(struct task *t, void *arg)
{
	(void)arg;
	if (open_layers(t) == OK)
		return;
	print_error(t);
	worker.status = 1;
	begin_end();
}

/* ---- signals ---- */

static void
on_end_signal(evutil_socket_t sig, short what, void *arg)
{
	(void)sig, (void)what, (void)arg;
	begin_end();
}

static void
on_dump_signal(evutil_socket_t sig, short what, void *arg)
{
	(void)sig, (void)what, (void)arg;
	task_dump();
}

static struct event *
watch(int sig, event_callback_fn fn)
{
	struct event *e = evsignal_new(task_loop_base(), sig, fn, NULL);

	evsignal_add(e, NULL);
	return e;
}

int
worker_run(const struct config *cfg, int listen_fd, void (*ready)(void))
{
	struct event *signals[3];

	worker.cfg = cfg;
	worker.listen_fd = listen_fd;
	worker.ready = ready;
	task_loop_init(OFFLOAD_THREADS);
	db_open(&cfg->db);
	signals[0] = watch(SIGTERM, on_end_signal);
	signals[1] = watch(SIGINT, on_end_signal);
	signals[2] = watch(SIGUSR1, on_dump_signal);
	supervisor_unblock_signals();
	task_start("begin", begin, NULL);
	task_loop_run();
	if (worker.server)
		http_server_free(worker.server);
	flow_close();
	for (size_t i = 0; i < LEN(signals); i++)
		event_free(signals[i]);
	task_loop_free();
	return worker.status;
}
