/*
 * The parent of the workers: it starts, restarts and ends them. And the key that it reads first.
 */
#include "../../../src/main/supervisor.h"
#include "../../../src/main/token_key.h"

#include "base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int told[2]; /* workers write their pid, the ready parent writes 0 */

static void
tell(pid_t pid)
{
	if (write(told[1], &pid, sizeof pid) < 0)
		_exit(9);
}

static pid_t
heard(void)
{
	pid_t pid = -1;

	return read(told[0], &pid, sizeof pid) == sizeof pid ? pid : -1;
}

static void
say_ready(void *arg)
{
	(void)arg;
	tell(0);
}

static volatile sig_atomic_t is_over;

static void
on_term(int sig)
{
	(void)sig;
	is_over = 1;
}

static int
works(void *arg)
{
	(void)arg;
	signal(SIGTERM, on_term);
	tell(getpid());
	supervisor_tell_ready();
	supervisor_unblock_signals();
	while (!is_over)
		usleep(1000);
	return 0;
}

static int
fails(void *arg)
{
	(void)arg;
	return 1;
}

static pid_t
start(const struct supervised *what)
{
	pid_t pid = fork();

	if (pid == 0) {
		close(told[0]);
		_exit(supervise(what));
	}
	close(told[1]);
	return pid;
}

static int
status_of(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
pipe_open(void **state)
{
	(void)state;
	return pipe(told);
}

static int
pipe_close(void **state)
{
	(void)state;
	close(told[0]);
	return 0;
}

static void
a_first_worker_that_cannot_start_ends_all(void **state)
{
	pid_t parent = start(
	    &(struct supervised){ .workers = 3, .work = fails, .ready = say_ready });

	(void)state;
	assert_int_equal(status_of(parent), 1);
	assert_int_equal(heard(), -1);
}

static void
a_crashed_worker_is_replaced_and_all_end_when_told(void **state)
{
	pid_t parent = start(
	    &(struct supervised){ .workers = 2, .work = works, .ready = say_ready });
	pid_t first = heard(), second, third;

	(void)state;
	assert_true(first > 0);
	assert_int_equal(heard(), 0);
	second = heard();
	assert_true(second > 0 && second != first);
	kill(first, SIGKILL);
	third = heard();
	assert_true(third > 0 && third != first && third != second);
	kill(parent, SIGTERM);
	assert_int_equal(status_of(parent), 0);
	assert_true(kill(second, 0) < 0 && errno == ESRCH);
	assert_true(kill(third, 0) < 0 && errno == ESRCH);
}

static void
the_token_key_is_made_once_and_kept_secret(void **state)
{
	char dir[] = "/tmp/lienthong-key-XXXXXX", path[64];
	unsigned char one[TOKEN_KEY_SIZE] = { 0 }, two[TOKEN_KEY_SIZE] = { 1 };
	struct stat st;
	bool is_new;

	(void)state;
	snprintf(path, sizeof path, "%s/key", mkdtemp(dir));
	assert_false(token_key_read(path, one));
	assert_true(token_key_make(path, &is_new) && is_new);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(token_key_read(path, one));
	assert_true(token_key_make(path, &is_new) && !is_new);
	assert_true(token_key_read(path, two));
	assert_memory_equal(one, two, sizeof one);
	chmod(path, 0644);
	assert_false(token_key_read(path, one));
	unlink(path);
	rmdir(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_first_worker_that_cannot_start_ends_all, pipe_open, pipe_close),
		cmocka_unit_test_setup_teardown(
		    a_crashed_worker_is_replaced_and_all_end_when_told, pipe_open, pipe_close),
		cmocka_unit_test(the_token_key_is_made_once_and_kept_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
