/*
 * Tasks: they wait, wake, time out and end as told; what they keep is given back.
 */
#include "task.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include <event2/event.h>
#include <string.h>
#include <unistd.h>

static int
loop_open(void **state)
{
	(void)state;
	task_loop_init(2);
	return 0;
}

static int
loop_close(void **state)
{
	(void)state;
	task_loop_free();
	return 0;
}

static void
run_all(void)
{
	task_loop_stop();
	task_loop_run();
	assert_int_equal(task_count(), 0);
	assert_null(task_current());
}

/* ---- start ---- */

static void
note_run(struct task *t, void *arg)
{
	assert_ptr_equal(task_current(), t);
	assert_string_equal(task_name(t), "note");
	++*(int *)arg;
}

static void
a_task_starts_at_the_next_turn(void **state)
{
	int runs = 0;

	(void)state;
	task_start("note", note_run, &runs);
	assert_int_equal(runs, 0);
	assert_int_equal(task_count(), 1);
	run_all();
	assert_int_equal(runs, 1);
}

static void
starts_more(struct task *t, void *arg)
{
	(void)t;
	for (int i = 0; i < 300; i++)
		task_start("note", note_run, arg);
}

static void
tasks_start_tasks_more_than_stacks_are_kept(void **state)
{
	int runs = 0;

	(void)state;
	task_start("starter", starts_more, &runs);
	run_all();
	task_start("starter", starts_more, &runs);
	task_loop_run();
	assert_int_equal(runs, 600);
}

static void
note_deferred(void *arg)
{
	*(bool *)arg = true;
}

static void
defers(struct task *t, void *arg)
{
	arena_defer(task_arena(t), note_deferred, arg);
}

static void
the_arena_ends_with_its_task(void **state)
{
	bool is_freed = false;

	(void)state;
	task_start("defers", defers, &is_freed);
	run_all();
	assert_true(is_freed);
}

/* ---- park and wake ---- */

struct parked {
	struct task *task;
	int timeout_ms;
	bool is_woken, has_ended;
	int64_t slept_us;
};

static void
parks(struct task *t, void *arg)
{
	struct parked *p = arg;

	p->is_woken = task_park(t, p->timeout_ms);
	p->has_ended = true;
}

static void
wakes_later(struct task *t, void *arg)
{
	struct parked *p = arg;

	task_sleep(t, 1);
	assert_false(p->has_ended);
	task_wake(p->task);
	task_wake(p->task);
}

static void
a_wake_ends_a_park(void **state)
{
	struct parked p = { .timeout_ms = -1 };

	(void)state;
	p.task = task_start("parks", parks, &p);
	task_start("wakes", wakes_later, &p);
	run_all();
	assert_true(p.has_ended && p.is_woken);
}

static void
a_wake_before_the_park_is_remembered(void **state)
{
	struct parked p = { .timeout_ms = -1 };

	(void)state;
	p.task = task_start("parks", parks, &p);
	task_wake(p.task);
	run_all();
	assert_true(p.has_ended && p.is_woken);
}

static void
a_park_times_out(void **state)
{
	struct parked p = { .timeout_ms = 2 };

	(void)state;
	p.task = task_start("parks", parks, &p);
	run_all();
	assert_true(p.has_ended);
	assert_false(p.is_woken);
}

static void
sleeps_then_parks(struct task *t, void *arg)
{
	struct parked *p = arg;
	int64_t start_us = clock_monotonic_us();

	task_sleep(t, 20);
	p->slept_us = clock_monotonic_us() - start_us;
	p->is_woken = task_park(t, 0);
	assert_false(task_park(t, 0));
}

static void
a_wake_does_not_shorten_a_sleep_but_is_kept(void **state)
{
	struct parked p = { 0 };

	(void)state;
	p.task = task_start("sleeps", sleeps_then_parks, &p);
	task_start("wakes", wakes_later, &p);
	run_all();
	assert_true(p.is_woken);
	assert_true(p.slept_us > 10000); /* the loop's clock is coarse */
}

struct pair {
	struct task *a, *b;
	bool is_over;
};

static void
plays(struct task *t, void *arg)
{
	struct pair *p = arg;
	struct task **me = t == p->a ? &p->a : &p->b, **other = t == p->a ? &p->b : &p->a;

	while (!p->is_over) {
		task_wake(*other);
		task_park(t, -1);
	}
	*me = NULL;
	if (*other)
		task_wake(*other);
}

static void
ends_the_game(struct task *t, void *arg)
{
	task_sleep(t, 5);
	((struct pair *)arg)->is_over = true;
}

static void
tasks_that_wake_each_other_do_not_starve_the_rest(void **state)
{
	struct pair p = { 0 };

	(void)state;
	p.a = task_start("a", plays, &p);
	p.b = task_start("b", plays, &p);
	task_start("referee", ends_the_game, &p);
	run_all();
	assert_true(p.is_over);
}

/* ---- descriptors ---- */

struct reader {
	int fd, timeout_ms;
	short ready;
};

static void
waits_for_fd(struct task *t, void *arg)
{
	struct reader *r = arg;

	r->ready = task_wait_fd(t, r->fd, EV_READ, r->timeout_ms);
}

static void
writes_later(struct task *t, void *arg)
{
	task_sleep(t, 1);
	assert_int_equal(write(*(int *)arg, "x", 1), 1);
}

static void
a_task_waits_for_a_descriptor(void **state)
{
	int fds[2];
	struct reader r = { .timeout_ms = -1 };

	(void)state;
	assert_int_equal(pipe(fds), 0);
	r.fd = fds[0];
	task_start("reads", waits_for_fd, &r);
	task_start("writes", writes_later, &fds[1]);
	run_all();
	assert_int_equal(r.ready, EV_READ);
	close(fds[0]);
	close(fds[1]);
}

static void
waiting_for_a_descriptor_times_out(void **state)
{
	int fds[2];
	struct reader r = { .timeout_ms = 2, .ready = EV_READ };

	(void)state;
	assert_int_equal(pipe(fds), 0);
	r.fd = fds[0];
	task_start("reads", waits_for_fd, &r);
	run_all();
	assert_int_equal(r.ready, 0);
	close(fds[0]);
	close(fds[1]);
}

/* ---- offload ---- */

struct blocking {
	int64_t ends_us;
	int in, out;
};

static void
blocks(void *arg)
{
	struct blocking *b = arg;

	usleep(20000);
	b->out = b->in * 2;
}

static void
offloads(struct task *t, void *arg)
{
	struct blocking *b = arg;

	task_offload(t, blocks, b);
	b->ends_us = clock_monotonic_us();
}

static void
blocking_calls_run_beside_each_other(void **state)
{
	struct blocking b[4] = { { .in = 1 }, { .in = 2 }, { .in = 3 }, { .in = 4 } };
	int runs = 0;

	(void)state;
	for (size_t i = 0; i < LEN(b); i++)
		task_start("offloads", offloads, &b[i]);
	task_start("note", note_run, &runs);
	run_all();
	for (size_t i = 0; i < LEN(b); i++)
		assert_int_equal(b[i].out, b[i].in * 2);
	assert_int_equal(runs, 1);
}

/* ---- errors ---- */

static int
fails_with_list(struct task *t)
{
	struct error_list list;

	error_list_init(&list, task_arena(t));
	error_add(&list, "/fields/purpose", "minLength", "must have at least %d characters", 20);
	return fail_list(t, E_INVALID, &list, "the form has mistakes");
}

static void
errors_are_kept(struct task *t, void *arg)
{
	(void)arg;
	assert_string_equal(task_error_text(t), "");
	assert_int_equal(fails_with_list(t), E_INVALID);
	assert_string_equal(task_error_list(t)->first->message, "must have at least 20 characters");
	assert_null(task_error_word(t));

	assert_int_equal(
	    fail_as(t, E_FORBIDDEN, "own-case", "%s cannot decide", "An"), E_FORBIDDEN);
	assert_string_equal(task_error_word(t), "own-case");
	assert_string_equal(task_error_text(t), "An cannot decide");
	assert_null(task_error_list(t));

	assert_int_equal(fail(t, E_BUSY, "again: %s", task_error_text(t)), E_BUSY);
	assert_string_equal(task_error_text(t), "again: An cannot decide");
	assert_null(task_error_word(t));
}

static void
the_last_error_is_the_tasks_own(void **state)
{
	(void)state;
	task_start("fails", errors_are_kept, NULL);
	task_start("fails", errors_are_kept, NULL);
	run_all();
}

/* ---- log ---- */

static void
logs_twice(struct task *t, void *arg)
{
	task_set_request_id(t, arg);
	assert_string_equal(task_request_id(t), arg);
	log_error("before %s", (const char *)arg);
	task_sleep(t, 2);
	log_error("after %s", (const char *)arg);
}

static char *
logged_by_two_tasks(char *text, size_t size)
{
	int fds[2], saved = dup(STDERR_FILENO);
	ssize_t n;

	assert_int_equal(pipe(fds), 0);
	dup2(fds[1], STDERR_FILENO);
	task_start("logs", logs_twice, "r-one");
	task_start("logs", logs_twice, "r-two");
	run_all();
	log_error("outside");
	dup2(saved, STDERR_FILENO);
	n = read(fds[0], text, size - 1);
	assert_true(n > 0);
	text[n] = '\0';
	close(saved);
	close(fds[0]);
	close(fds[1]);
	return text;
}

static void
log_lines_carry_the_request_of_their_task(void **state)
{
	char text[4096];

	(void)state;
	logged_by_two_tasks(text, sizeof text);
	assert_non_null(strstr(text, "[r-one] before r-one\n"));
	assert_non_null(strstr(text, "[r-two] before r-two\n"));
	assert_non_null(strstr(text, "[r-one] after r-one\n"));
	assert_non_null(strstr(text, "[r-two] after r-two\n"));
	assert_non_null(strstr(text, "error outside\n"));
}

static void
dumps(struct task *t, void *arg)
{
	(void)arg;
	task_sleep(t, 1);
	task_dump();
}

/* ---- calls ---- */

static int
fails_after_a_wait(struct task *t, void *arg)
{
	struct error_list errors;

	*(struct task **)arg = t;
	task_sleep(t, 1);
	error_list_init(&errors, task_arena(t));
	error_add(&errors, "/a", "type", "must be %s", "text");
	return fail_list(t, E_INVALID, &errors, "no good: %d", 1);
}

static void
calls(struct task *t, void *arg)
{
	struct task *called = NULL;

	(void)arg;
	assert_int_equal(task_call(t, "called", fails_after_a_wait, &called), E_INVALID);
	assert_ptr_not_equal(called, t);
	task_sleep(t, 1); /* the other task is gone by now */
	assert_string_equal(task_error_text(t), "no good: 1");
	assert_string_equal(task_error_list(t)->first->message, "must be text");
	assert_int_equal(task_count(), 1);
}

static void
the_error_of_a_call_becomes_the_callers(void **state)
{
	(void)state;
	task_start("calls", calls, NULL);
	run_all();
}

static void
a_dump_names_what_each_task_waits_for(void **state)
{
	struct parked p = { .timeout_ms = 5 };

	(void)state;
	p.task = task_start("parks", parks, &p);
	task_start("dumps", dumps, NULL);
	run_all();
}

#define LOOP_TEST(f) cmocka_unit_test_setup_teardown(f, loop_open, loop_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		LOOP_TEST(a_task_starts_at_the_next_turn),
		LOOP_TEST(tasks_start_tasks_more_than_stacks_are_kept),
		LOOP_TEST(the_arena_ends_with_its_task),
		LOOP_TEST(a_wake_ends_a_park),
		LOOP_TEST(a_wake_before_the_park_is_remembered),
		LOOP_TEST(a_park_times_out),
		LOOP_TEST(a_wake_does_not_shorten_a_sleep_but_is_kept),
		LOOP_TEST(tasks_that_wake_each_other_do_not_starve_the_rest),
		LOOP_TEST(a_task_waits_for_a_descriptor),
		LOOP_TEST(waiting_for_a_descriptor_times_out),
		LOOP_TEST(blocking_calls_run_beside_each_other),
		LOOP_TEST(the_last_error_is_the_tasks_own),
		LOOP_TEST(the_error_of_a_call_becomes_the_callers),
		LOOP_TEST(log_lines_carry_the_request_of_their_task),
		LOOP_TEST(a_dump_names_what_each_task_waits_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
