/* tx: all or nothing, tried again after a deadlock or a loss, never after an unknown outcome. */
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

static int64_t
number(struct task *t, const char *sql)
{
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, sql));
	assert_true(db_next(r));
	return db_int(r, 0);
}

static void
make_table(struct task *t)
{
	assert_ok(t, db_exec(t, NULL,
			 "CREATE OR REPLACE TABLE account (id BIGINT PRIMARY KEY AUTO_INCREMENT, "
			 "amount BIGINT NOT NULL, name VARCHAR(20) UNIQUE) ENGINE=InnoDB"));
	assert_ok(
	    t, db_exec(t, NULL,
		   "INSERT INTO account (id, amount, name) VALUES (1, 100, 'a'), (2, 100, 'b')"));
}

/* ---- all or nothing ---- */

static int
take_and_fail(struct tx *tx, void *arg)
{
	(void)arg;
	TRY(tx_exec(tx, NULL, "UPDATE account SET amount = amount - 10 WHERE id = 1"));
	return fail(tx_task(tx), E_INVALID, "no");
}

static int
move_ten(struct tx *tx, void *arg)
{
	int64_t affected;

	(void)arg;
	TRY(tx_exec(tx, &affected, "UPDATE account SET amount = amount - 10 WHERE id = 1"));
	assert_int_equal(affected, 1);
	return tx_exec(tx, NULL, "UPDATE account SET amount = amount + 10 WHERE id = 2");
}

static void
all_or_nothing(struct task *t, void *arg)
{
	(void)arg;
	make_table(t);
	assert_int_equal(tx_run(t, take_and_fail, NULL), E_INVALID);
	assert_string_equal(task_error_text(t), "no");
	assert_int_equal(number(t, "SELECT amount FROM account WHERE id = 1"), 100);
	assert_ok(t, tx_run(t, move_ten, NULL));
	assert_int_equal(number(t, "SELECT amount FROM account WHERE id = 1"), 90);
	assert_int_equal(number(t, "SELECT amount FROM account WHERE id = 2"), 110);
}

static void
a_transaction_is_kept_whole_or_not_at_all(void **state)
{
	(void)state;
	db_test_run(all_or_nothing);
}

static int
insert_twice(struct tx *tx, void *arg)
{
	int64_t *id = arg;

	TRY(tx_exec(
	    tx, NULL, "INSERT INTO account (amount, name) VALUES (?, ?)", DB_INT(7), DB_TEXT("c")));
	*id = tx_insert_id(tx);
	assert_false(tx_is_duplicate(tx));
	assert_int_equal(tx_exec(tx, NULL, "INSERT INTO account (amount, name) VALUES (?, ?)",
			     DB_INT(8), DB_TEXT("c")),
	    E_CONFLICT);
	assert_true(tx_is_duplicate(tx));
	TRY(tx_exec(tx, NULL, "UPDATE account SET amount = 9 WHERE name = ?", DB_TEXT("c")));
	assert_false(tx_is_duplicate(tx));
	return OK;
}

static void
duplicates(struct task *t, void *arg)
{
	int64_t id;

	(void)arg;
	make_table(t);
	assert_ok(t, tx_run(t, insert_twice, &id));
	assert_true(id > 2);
	assert_int_equal(number(t, "SELECT amount FROM account WHERE name = 'c'"), 9);
	assert_int_equal(
	    db_exec(t, NULL, "INSERT INTO account (amount, name) VALUES (1, 'c')"), E_CONFLICT);
}

static void
a_duplicate_key_is_told_and_the_transaction_goes_on(void **state)
{
	(void)state;
	db_test_run(duplicates);
}

/* ---- deadlocks ---- */

struct mover {
	struct task *waiter;
	int64_t first, second;
	int runs, code;
	int *left;
};

static int
move_one(struct tx *tx, void *arg)
{
	struct mover *m = arg;

	m->runs++;
	TRY(tx_exec(
	    tx, NULL, "UPDATE account SET amount = amount - 1 WHERE id = ?", DB_INT(m->first)));
	if (m->runs == 1)
		task_sleep(tx_task(tx), 20);
	return tx_exec(
	    tx, NULL, "UPDATE account SET amount = amount + 1 WHERE id = ?", DB_INT(m->second));
}

static void
mover_task(struct task *t, void *arg)
{
	struct mover *m = arg;

	m->code = tx_run(t, move_one, m);
	if (--*m->left == 0)
		task_wake(m->waiter);
}

static void
deadlocks(struct task *t, void *arg)
{
	enum { MOVERS = 8 };
	struct mover movers[MOVERS];
	int left = MOVERS, runs = 0;

	(void)arg;
	make_table(t);
	for (int i = 0; i < MOVERS; i++) {
		movers[i] = (struct mover){
			.waiter = t, .first = 1 + i % 2, .second = 2 - i % 2, .left = &left
		};
		task_start("mover", mover_task, &movers[i]);
	}
	while (left > 0)
		task_park(t, -1);
	for (int i = 0; i < MOVERS; i++) {
		assert_int_equal(movers[i].code, OK);
		runs += movers[i].runs;
	}
	assert_true(runs > MOVERS);
	assert_int_equal(number(t, "SELECT SUM(amount) FROM account"), 200);
	assert_int_equal(number(t, "SELECT amount FROM account WHERE id = 1"), 100);
}

static void
deadlocked_transactions_run_again_until_all_succeed(void **state)
{
	(void)state;
	db_test_run(deadlocks);
}

/* A row's lock and the counter of new ids, each held by one and wanted by the other: MariaDB tells
 * the victim only that it could not read the counter. */
static int
copy_rows(struct tx *tx, void *arg)
{
	struct mover *m = arg;

	m->runs++;
	if (m->first == 1) {
		TRY(tx_exec(tx, NULL,
		    "INSERT INTO account (amount, name) VALUES (0, 'x') ON DUPLICATE KEY UPDATE "
		    "amount = 0"));
		task_sleep(tx_task(tx), 100);
		return tx_exec(
		    tx, NULL, "INSERT INTO account (amount) SELECT id FROM source WHERE id = 2");
	}
	task_sleep(tx_task(tx), 40);
	TRY(tx_exec(tx, NULL, "UPDATE source SET weight = 1"));
	return tx_exec(tx, NULL,
	    "INSERT INTO account (amount, name) SELECT id, IF(id = 2, 'x', NULL) FROM source "
	    "ON DUPLICATE KEY UPDATE amount = account.amount");
}

static void
copier_task(struct task *t, void *arg)
{
	struct mover *m = arg;

	m->code = tx_run(t, copy_rows, m);
	if (--*m->left == 0)
		task_wake(m->waiter);
}

static void
counter_deadlock(struct task *t, void *arg)
{
	int left = 2;
	struct mover light = { .waiter = t, .first = 1, .left = &left };
	struct mover heavy = { .waiter = t, .first = 2, .left = &left };

	(void)arg;
	make_table(t);
	assert_ok(t, db_exec(t, NULL,
			 "CREATE OR REPLACE TABLE source (id BIGINT PRIMARY KEY, weight INT) "
			 "ENGINE=InnoDB SELECT seq AS id, 0 AS weight FROM seq_1_to_50"));
	task_start("light", copier_task, &light);
	task_start("heavy", copier_task, &heavy);
	while (left > 0)
		task_park(t, -1);
	assert_int_equal(light.code, OK);
	assert_int_equal(heavy.code, OK);
	assert_true(light.runs + heavy.runs > 2);
	assert_int_equal(number(t, "SELECT COUNT(*) FROM account"), 2 + 2 + 49);
}

static void
deadlocked_for_the_next_id_runs_again_too(void **state)
{
	(void)state;
	db_test_run(counter_deadlock);
}

/* ---- lost connections ---- */

static void
kill_conn(struct task *t, int64_t id)
{
	assert_ok(t, db_exec(t, NULL, arena_printf(task_arena(t), "KILL %lld", (long long)id)));
}

struct victim {
	struct task *t;
	int runs, kill_at_run;
	bool at_end; /* after the last statement: COMMIT finds it */
};

static int
killed(struct tx *tx, void *arg)
{
	struct victim *v = arg;
	struct db_rows *r;

	v->runs++;
	TRY(tx_query(tx, &r, "SELECT CONNECTION_ID()"));
	db_next(r);
	if (v->at_end)
		TRY(move_ten(tx, NULL));
	if (v->runs <= v->kill_at_run)
		kill_conn(v->t, db_int(r, 0));
	return v->at_end ? OK : move_ten(tx, NULL);
}

static void
lost_in_the_middle(struct task *t, void *arg)
{
	struct victim v = { .t = t, .kill_at_run = 2 };

	(void)arg;
	make_table(t);
	assert_ok(t, tx_run(t, killed, &v));
	assert_int_equal(v.runs, 3);
	assert_int_equal(number(t, "SELECT amount FROM account WHERE id = 1"), 90);
}

static void
a_connection_killed_in_the_middle_is_replaced(void **state)
{
	(void)state;
	db_test_run(lost_in_the_middle);
}

static void
lost_at_commit(struct task *t, void *arg)
{
	struct victim v = { .t = t, .kill_at_run = 1, .at_end = true };

	(void)arg;
	make_table(t);
	assert_int_equal(tx_run(t, killed, &v), E_UNKNOWN_OUTCOME);
	assert_int_equal(v.runs, 1);
	assert_int_equal(number(t, "SELECT amount FROM account WHERE id = 1"), 100);
	assert_ok(t, tx_run(t, move_ten, NULL));
}

static void
a_connection_killed_at_commit_is_an_unknown_outcome(void **state)
{
	(void)state;
	db_test_run(lost_at_commit);
}

/* Idle ones die; BEGIN must not notice. */
static void
lost_while_idle(struct task *t, void *arg)
{
	(void)arg;
	make_table(t);
	for (int i = 0; i < 3; i++) {
		struct db_rows *r;

		assert_ok(t, db_query(t, &r, "SELECT CONNECTION_ID()"));
		assert_true(db_next(r));
		db_test_sql(arena_printf(task_arena(t), "KILL %lld", (long long)db_int(r, 0)));
		if (i == 0)
			assert_ok(t, tx_run(t, move_ten, NULL));
		else if (i == 1)
			assert_ok(
			    t, db_exec(t, NULL, "UPDATE account SET amount = 1 WHERE id = 1"));
		else
			assert_int_equal(number(t, "SELECT amount FROM account WHERE id = 1"), 1);
	}
}

static void
a_connection_killed_while_idle_is_replaced(void **state)
{
	(void)state;
	db_test_run(lost_while_idle);
}

/* ---- the whole server ---- */

static void
restart(struct task *t, void *arg)
{
	struct db_rows *r;
	int failures = 0;

	(void)arg;
	make_table(t);
	db_test_script("stop", "", db_test_socket, sizeof(db_test_socket));
	assert_int_equal(db_query(t, &r, "SELECT 1"), E_BUSY);
	assert_non_null(strstr(task_error_text(t), "cannot be reached"));
	assert_int_equal(tx_run(t, move_ten, NULL), E_BUSY);
	assert_int_equal(db_ping(t), E_BUSY);
	db_test_script("start", "", db_test_socket, sizeof(db_test_socket));
	while (tx_run(t, move_ten, NULL) != OK && failures++ < 100)
		task_sleep(t, 20);
	assert_int_equal(number(t, "SELECT amount FROM account WHERE id = 1"), 90);
	assert_ok(t, db_ping(t));
}

static void
service_resumes_after_the_server_was_away(void **state)
{
	(void)state;
	db_test_run(restart);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_transaction_is_kept_whole_or_not_at_all),
		cmocka_unit_test(a_duplicate_key_is_told_and_the_transaction_goes_on),
		cmocka_unit_test(deadlocked_transactions_run_again_until_all_succeed),
		cmocka_unit_test(deadlocked_for_the_next_id_runs_again_too),
		cmocka_unit_test(a_connection_killed_in_the_middle_is_replaced),
		cmocka_unit_test(a_connection_killed_at_commit_is_an_unknown_outcome),
		cmocka_unit_test(a_connection_killed_while_idle_is_replaced),
		cmocka_unit_test(service_resumes_after_the_server_was_away),
	};

	return cmocka_run_group_tests(tests, server_start, server_stop);
}
