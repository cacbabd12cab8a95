/* pool: who comes first is served first, too many are turned away, and nobody waits for ever. */
#include "db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include "../../lib/db_test.h"

static int
server_start(void **state)
{
	(void)state;
	db_test_server_start("");
	return 0;
}

static int
server_stop(void **state)
{
	(void)state;
	db_test_server_stop();
	return 0;
}

enum { CROWD = 7 };

struct crowd {
	struct task *waiter;
	int left, served;
	int order[CROWD], codes[CROWD];
	const char *sql;
};

struct member {
	struct crowd *crowd;
	int place;
};

static void
member_task(struct task *t, void *arg)
{
	struct member *m = arg;
	struct crowd *crowd = m->crowd;
	struct db_rows *r;

	crowd->codes[m->place] = db_query(t, &r, crowd->sql);
	crowd->order[crowd->served++] = m->place;
	if (--crowd->left == 0)
		task_wake(crowd->waiter);
}

static void
run_crowd(struct task *t, struct crowd *crowd)
{
	struct member members[CROWD];

	crowd->waiter = t;
	crowd->left = CROWD;
	for (int i = 0; i < CROWD; i++) {
		members[i] = (struct member){ crowd, i };
		task_start("member", member_task, &members[i]);
	}
	while (crowd->left > 0)
		task_park(t, -1);
}

static void
in_order(struct task *t, void *arg)
{
	struct crowd crowd = { .sql = "SELECT SLEEP(0.01)" };

	(void)arg;
	run_crowd(t, &crowd);
	for (int i = 0; i < CROWD; i++) {
		assert_int_equal(crowd.codes[i], OK);
		assert_int_equal(crowd.order[i], i);
	}
}

static void
who_comes_first_is_served_first(void **state)
{
	struct db_config cfg = db_test_config();

	(void)state;
	cfg.pool_size = 1;
	db_test_run_with(&cfg, in_order, NULL);
}

static void
too_many(struct task *t, void *arg)
{
	struct crowd crowd = { .sql = "SELECT SLEEP(0.05)" };

	(void)arg;
	run_crowd(t, &crowd);
	for (int i = 0; i < CROWD; i++)
		assert_int_equal(crowd.codes[i], i < 2 + 3 ? OK : E_BUSY);
	assert_ok(t, db_ping(t));
}

static void
beyond_the_queue_the_answer_is_busy(void **state)
{
	struct db_config cfg = db_test_config();

	(void)state;
	cfg.pool_size = 2;
	cfg.queue_max = 3;
	db_test_run_with(&cfg, too_many, NULL);
}

static void
at_once(struct task *t, void *arg)
{
	struct crowd crowd = { .sql = "SELECT SLEEP(0.2)" };
	int64_t begin = clock_monotonic_us();

	(void)arg;
	run_crowd(t, &crowd);
	assert_true(clock_monotonic_us() - begin < 200000 * CROWD / 2);
}

static void
connections_work_at_the_same_time(void **state)
{
	struct db_config cfg = db_test_config();

	(void)state;
	cfg.pool_size = CROWD;
	db_test_run_with(&cfg, at_once, NULL);
}

static void
impatient(struct task *t, void *arg)
{
	struct crowd crowd = { .sql = "SELECT SLEEP(0.8)" };

	(void)arg;
	run_crowd(t, &crowd);
	assert_int_equal(crowd.codes[0], OK);
	assert_int_equal(crowd.codes[CROWD - 1], E_BUSY);
	assert_ok(t, db_ping(t));
}

static void
nobody_waits_for_a_connection_for_ever(void **state)
{
	struct db_config cfg = db_test_config();

	(void)state;
	cfg.pool_size = 1;
	cfg.statement_timeout_s = 1;
	db_test_run_with(&cfg, impatient, NULL);
}

static void
unreachable(struct task *t, void *arg)
{
	(void)arg;
	assert_int_equal(db_ping(t), E_BUSY);
	assert_non_null(strstr(task_error_text(t), "cannot be reached"));
}

static void
wrong_socket_password_or_database_are_told(void **state)
{
	struct db_config cfg = db_test_config();

	(void)state;
	cfg.socket = "/nonexistent/socket";
	db_test_run_with(&cfg, unreachable, NULL);
	cfg = db_test_config();
	cfg.password = "wrong";
	db_test_run_with(&cfg, unreachable, NULL);
	cfg = db_test_config();
	cfg.database = "missing";
	db_test_run_with(&cfg, unreachable, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_comes_first_is_served_first),
		cmocka_unit_test(beyond_the_queue_the_answer_is_busy),
		cmocka_unit_test(connections_work_at_the_same_time),
		cmocka_unit_test(nobody_waits_for_a_connection_for_ever),
		cmocka_unit_test(wrong_socket_password_or_database_are_told),
	};

	return cmocka_run_group_tests(tests, server_start, server_stop);
}
