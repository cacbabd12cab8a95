/*
 * A few threads for calls that block. A task hands one over and parks; the finished job comes back
 * to the loop through an eventfd. Nothing else in the program knows of threads.
 */
#include "task_priv.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct job { /* on the stack of the task that waits */
	void (*fn)(void *);
	void *arg;
	struct task *task;
	struct job *next;
};

struct queue {
	struct job *first, **last;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t has_work;
	struct queue todo, done; /* under lock */
	bool is_closing;         /* under lock */
	pthread_t *threads;
	int thread_count;
	int done_fd;
	struct event *on_done;
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER, .has_work = PTHREAD_COND_INITIALIZER };

static void
queue_init(struct queue *q)
{
	q->first = NULL;
	q->last = &q->first;
}

static void
queue_add(struct queue *q, struct job *j)
{
	j->next = NULL;
	*q->last = j;
	q->last = &j->next;
}

static struct job *
queue_take(struct queue *q)
{
	struct job *j = q->first;

	if (j) {
		q->first = j->next;
		if (!q->first)
			q->last = &q->first;
	}
	return j;
}

/* ---- threads ---- */

static void
report_done(struct job *j)
{
	pthread_mutex_lock(&pool.lock);
	queue_add(&pool.done, j);
	pthread_mutex_unlock(&pool.lock);
	eventfd_write(pool.done_fd, 1);
}

static struct job *
wait_for_job(void)
{
	struct job *j;

	pthread_mutex_lock(&pool.lock);
	while (!(j = queue_take(&pool.todo)) && !pool.is_closing)
		pthread_cond_wait(&pool.has_work, &pool.lock);
	pthread_mutex_unlock(&pool.lock);
	return j;
}

static void *
work(void *arg)
{
	struct job *j;

	while ((j = wait_for_job())) {
		j->fn(j->arg);
		report_done(j);
	}
	return arg;
}

/* ---- the loop's side ---- */

static void
on_done(evutil_socket_t fd, short what, void *arg)
{
	eventfd_t count;
	struct job *j;

	(void)what, (void)arg;
	eventfd_read(fd, &count);
	for (;;) {
		pthread_mutex_lock(&pool.lock);
		j = queue_take(&pool.done);
		pthread_mutex_unlock(&pool.lock);
		if (!j)
			return;
		task_resume(j->task);
	}
}

/* Signals are for the loop's thread. */
static void
start_threads(int count)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (int i = 0; i < count; i++) {
		if (pthread_create(&pool.threads[i], NULL, work, NULL) != 0) {
			log_error("no thread");
			abort();
		}
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void
offload_open(struct event_base *base, int threads)
{
	queue_init(&pool.todo);
	queue_init(&pool.done);
	pool.is_closing = false;
	pool.done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (pool.done_fd < 0) {
		log_error("no eventfd");
		abort();
	}
	pool.on_done = event_new(base, pool.done_fd, EV_READ | EV_PERSIST, on_done, NULL);
	event_add(pool.on_done, NULL);
	pool.thread_count = threads;
	pool.threads = xcalloc((size_t)threads + 1, sizeof pool.threads[0]);
	start_threads(threads);
}

void
offload_close(void)
{
	pthread_mutex_lock(&pool.lock);
	pool.is_closing = true;
	pthread_cond_broadcast(&pool.has_work);
	pthread_mutex_unlock(&pool.lock);
	for (int i = 0; i < pool.thread_count; i++)
		pthread_join(pool.threads[i], NULL);
	free(pool.threads);
	event_free(pool.on_done);
	close(pool.done_fd);
}

void
task_offload(struct task *t, void (*fn)(void *), void *arg)
{
	struct job j = { .fn = fn, .arg = arg, .task = t };

	assert(pool.thread_count > 0);
	pthread_mutex_lock(&pool.lock);
	queue_add(&pool.todo, &j);
	pthread_cond_signal(&pool.has_work);
	pthread_mutex_unlock(&pool.lock);
	task_switch_out(t, WAIT_OFFLOAD);
}
