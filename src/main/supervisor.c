/*
 * The parent of the workers. The first must get ready before the others start, so that a mistake in
 * the configuration is said once; a worker that crashes later is started again after a while.
 *
 * It does nothing but wait for signals, so it has no loop and no memory to lose.
 */
#include "supervisor.h"

#include "base.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS_MAX = 64 };
static const int64_t restart_after_us = 1000000;
static const int64_t kill_after_us = 15000000; /* longer than a worker gives its live tasks */

#define SIG_READY SIGRTMIN /* queued: two at once are two */

struct worker {
	pid_t pid; /* 0: none */
	bool is_ready;
	int64_t start_at_us; /* when there is none: monotonic */
};

static struct {
	const struct supervised *what;
	struct worker workers[WORKERS_MAX];
	sigset_t signals, before;
	bool was_ready, is_ending;
	int64_t kill_at_us;
	int status;
} sup;

void
supervisor_tell_ready(void)
{
	sigqueue(getppid(), SIG_READY, (union sigval){ 0 });
}

void
supervisor_unblock_signals(void)
{
	sigprocmask(SIG_SETMASK, &sup.before, NULL);
}

/* ---- starting and ending workers ---- */

static void
start(struct worker *w)
{
	pid_t parent = getpid(), pid = fork();

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() != parent)
			_exit(1);
		exit(sup.what->work(sup.what->arg));
	}
	*w = (struct worker){ .pid = pid > 0 ? pid : 0 };
	if (pid < 0) {
		log_error("cannot start a worker: %s", strerror(errno));
		w->start_at_us = clock_monotonic_us() + restart_after_us;
	}
}

static void
tell_all(int sig)
{
	for (int i = 0; i < sup.what->workers; i++)
		if (sup.workers[i].pid)
			kill(sup.workers[i].pid, sig);
}

static void
end_all(void)
{
	if (sup.is_ending)
		return;
	sup.is_ending = true;
	sup.kill_at_us = clock_monotonic_us() + kill_after_us;
	tell_all(SIGTERM);
}

/* ---- what happens ---- */

static struct worker *
worker_of(pid_t pid)
{
	for (int i = 0; i < sup.what->workers; i++)
		if (sup.workers[i].pid == pid)
			return &sup.workers[i];
	return NULL;
}

static void
on_ready(pid_t pid)
{
	struct worker *w = worker_of(pid);

	if (!w)
		return;
	w->is_ready = true;
	if (sup.was_ready || sup.is_ending)
		return;
	sup.was_ready = true;
	sup.what->ready(sup.what->arg);
	for (int i = 1; i < sup.what->workers; i++)
		start(&sup.workers[i]);
}

static void
on_exit_of(struct worker *w, int status)
{
	bool is_clean = WIFEXITED(status) && WEXITSTATUS(status) == 0;

	if (!is_clean && (sup.was_ready || WIFSIGNALED(status))) /* else it said why */
		log_error("worker %d ended with %s %d", (int)w->pid,
		    WIFSIGNALED(status) ? "signal" : "status",
		    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	w->pid = 0;
	w->start_at_us = clock_monotonic_us() + restart_after_us;
	if (sup.is_ending) {
		if (!is_clean)
			sup.status = 1;
	} else if (!sup.was_ready) {
		sup.status = 1;
		end_all();
	}
}

static void
reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct worker *w = worker_of(pid);

		if (w)
			on_exit_of(w, status);
	}
}

static void
start_due(void)
{
	for (int i = 0; i < sup.what->workers; i++) {
		struct worker *w = &sup.workers[i];

		if (!w->pid && w->start_at_us && clock_monotonic_us() >= w->start_at_us)
			start(w);
	}
}

static bool
is_any_alive(void)
{
	for (int i = 0; i < sup.what->workers; i++)
		if (sup.workers[i].pid)
			return true;
	return false;
}

static void
on_signal(const siginfo_t *info)
{
	switch (info->si_signo) {
	case SIGTERM:
	case SIGINT:
		end_all();
		break;
	case SIGUSR1:
		tell_all(SIGUSR1);
		break;
	case SIGCHLD:
		reap();
		break;
	default:
		on_ready(info->si_pid);
	}
}

static void
block_signals(void)
{
	const int those[] = { SIGTERM, SIGINT, SIGUSR1, SIGCHLD, SIG_READY };

	sigemptyset(&sup.signals);
	for (size_t i = 0; i < LEN(those); i++)
		sigaddset(&sup.signals, those[i]);
	sigprocmask(SIG_BLOCK, &sup.signals, &sup.before);
}

int
supervise(const struct supervised *s)
{
	const struct timespec a_while = { 0, 500000000 };
	siginfo_t info;

	sup.what = s;
	block_signals();
	start(&sup.workers[0]);
	while (!sup.is_ending || is_any_alive()) {
		if (sigtimedwait(&sup.signals, &info, &a_while) > 0)
			on_signal(&info);
		if (!sup.is_ending)
			start_due();
		else if (clock_monotonic_us() > sup.kill_at_us)
			tell_all(SIGKILL);
	}
	return sup.status;
}
