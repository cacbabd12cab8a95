/* query: what goes into the database comes out the same; failures say what they are. */
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
	db_test_server_start("--max-allowed-packet=16M");
	return 0;
}

static int
server_stop(void **state)
{
	(void)state;
	db_test_server_stop();
	return 0;
}

/* One value there and back. */
static struct db_rows *
echo(struct task *t, const char *sql, struct db_param p)
{
	struct db_rows *r;

	assert_ok(t, db_query(t, &r, sql, p));
	assert_int_equal(db_count(r), 1);
	assert_true(db_next(r));
	return r;
}

static void
integers(struct task *t, void *arg)
{
	static const int64_t samples[] = { 0, 1, -1, 4294967296, INT64_MAX, INT64_MIN };

	(void)arg;
	assert_ok(t, db_exec(t, NULL, "CREATE OR REPLACE TABLE n (n BIGINT NULL, s TINYINT)"));
	for (size_t i = 0; i < LEN(samples); i++) {
		struct db_rows *r = echo(t, "SELECT CAST(? AS SIGNED)", DB_INT(samples[i]));

		assert_int_equal(db_int(r, 0), samples[i]);
		assert_false(db_is_null(r, 0));
		assert_ok(t, db_exec(t, NULL, "INSERT INTO n (n, s) VALUES (?, ?)",
				 DB_INT(samples[i]), DB_INT(-7)));
	}
	struct db_rows *r;
	assert_ok(t, db_query(t, &r, "SELECT n, s FROM n"));
	for (size_t i = 0; i < LEN(samples); i++) {
		assert_true(db_next(r));
		assert_int_equal(db_int(r, 0), samples[i]);
		assert_int_equal(db_int(r, 1), -7);
	}
	assert_false(db_next(r));
	assert_ok(t, db_query(t, &r, "SELECT SUM(s) FROM n"));
	assert_true(db_next(r));
	assert_int_equal(db_int(r, 0), -42);
}

static void
integers_come_back_whole(void **state)
{
	(void)state;
	db_test_run(integers);
}

static void
nulls(struct task *t, void *arg)
{
	struct db_rows *r;

	(void)arg;
	assert_ok(t,
	    db_query(t, &r, "SELECT CAST(? AS CHAR), CAST(? AS SIGNED), CAST(? AS DATETIME(6)), ?",
		DB_TEXT(NULL), DB_ID(0), DB_INSTANT(0), DB_NULL));
	assert_true(db_next(r));
	for (int i = 0; i < 4; i++)
		assert_true(db_is_null(r, i));
	assert_null(db_text(r, 0));
	assert_int_equal(db_int(r, 1), 0);
	assert_int_equal(db_instant(r, 2), 0);
	assert_false(db_next(r));
}

static void
null_is_null_of_each_type(void **state)
{
	(void)state;
	db_test_run(nulls);
}

static void
texts(struct task *t, void *arg)
{
	static const char *const samples[] = { "", "Hộ nghèo, cận nghèo", "'; DROP TABLE x; --",
		"line\nline\ttab \\ \"", "😀 đ Đ" };
	struct db_rows *r;

	(void)arg;
	assert_ok(t, db_exec(t, NULL, "CREATE OR REPLACE TABLE s (s TEXT) CHARSET utf8mb4"));
	for (size_t i = 0; i < LEN(samples); i++) {
		assert_ok(t, db_exec(t, NULL, "INSERT INTO s (s) VALUES (?)", DB_TEXT(samples[i])));
		r = echo(t, "SELECT s FROM s WHERE s = ? COLLATE utf8mb4_bin", DB_TEXT(samples[i]));
		assert_string_equal(db_text(r, 0), samples[i]);
		assert_int_equal(db_len(r, 0), strlen(samples[i]));
	}
}

static void
text_comes_back_as_it_was(void **state)
{
	(void)state;
	db_test_run(texts);
}

static void
blobs(struct task *t, void *arg)
{
	size_t size = 8 * 1024 * 1024 + 3;
	unsigned char *bytes = arena_alloc(task_arena(t), size);
	struct db_rows *r;

	(void)arg;
	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)(i * 31 + i / 257);
	assert_ok(t, db_exec(t, NULL, "CREATE OR REPLACE TABLE b (id INT, b LONGBLOB)"));
	assert_ok(t, db_exec(t, NULL, "INSERT INTO b (id, b) VALUES (?, ?)", DB_INT(1),
			 DB_BLOB(bytes, size)));
	assert_ok(t,
	    db_exec(t, NULL, "INSERT INTO b (id, b) VALUES (?, ?)", DB_INT(2), DB_BLOB("\0x", 2)));
	assert_ok(t, db_query(t, &r, "SELECT b FROM b ORDER BY id"));
	assert_true(db_next(r));
	assert_int_equal(db_len(r, 0), size);
	assert_memory_equal(db_text(r, 0), bytes, size);
	assert_true(db_next(r));
	assert_int_equal(db_len(r, 0), 2);
	assert_memory_equal(db_text(r, 0), "\0x", 3);
}

static void
a_blob_of_8_mb_comes_back(void **state)
{
	(void)state;
	db_test_run(blobs);
}

static void
too_large(struct task *t, void *arg)
{
	size_t size = 20 * 1024 * 1024;
	struct db_rows *r;

	(void)arg;
	assert_int_equal(
	    db_query(t, &r, "SELECT LENGTH(?)", DB_BLOB(arena_alloc(task_arena(t), size), size)),
	    E_TOO_LARGE);
	assert_ok(t, db_ping(t));
}

static void
more_than_a_packet_is_refused(void **state)
{
	(void)state;
	db_test_run(too_large);
}

static void
instants(struct task *t, void *arg)
{
	static const int64_t samples[] = { 1, 1793853045123456, 1609459199999999, -1, -86400000001,
		253402300799999999 };
	struct db_rows *r;

	(void)arg;
	assert_ok(t, db_exec(t, NULL, "CREATE OR REPLACE TABLE i (at DATETIME(6))"));
	for (size_t i = 0; i < LEN(samples); i++) {
		assert_ok(t, db_exec(t, NULL, "DELETE FROM i"));
		assert_ok(
		    t, db_exec(t, NULL, "INSERT INTO i (at) VALUES (?)", DB_INSTANT(samples[i])));
		r = echo(t, "SELECT at FROM i WHERE at = ?", DB_INSTANT(samples[i]));
		assert_int_equal(db_instant(r, 0), samples[i]);
	}
	r = echo(t, "SELECT DATE_FORMAT(?, '%Y-%m-%d %T.%f')", DB_INSTANT(1793853045123456));
	assert_string_equal(db_text(r, 0), "2026-11-05 04:30:45.123456");
	r = echo(t, "SELECT UTC_TIMESTAMP(6), NOW(6), ?", DB_NULL);
	assert_int_equal(db_instant(r, 0), db_instant(r, 1));
	assert_true(llabs(db_instant(r, 0) - clock_now()) < 60000000);
}

static void
instants_keep_microseconds_in_utc(void **state)
{
	(void)state;
	db_test_run(instants);
}

static void
affected(struct task *t, void *arg)
{
	int64_t n;

	(void)arg;
	assert_ok(t, db_exec(t, NULL, "CREATE OR REPLACE TABLE a (id INT PRIMARY KEY, v INT)"));
	assert_ok(t, db_exec(t, &n, "INSERT INTO a (id, v) VALUES (1, 1), (2, 2)"));
	assert_int_equal(n, 2);
	assert_ok(t, db_exec(t, &n, "UPDATE a SET v = 1 WHERE id = ?", DB_INT(1)));
	assert_int_equal(n, 1);
	assert_ok(t, db_exec(t, &n, "UPDATE a SET v = 1 WHERE id = ?", DB_INT(3)));
	assert_int_equal(n, 0);
}

static void
rows_found_count_even_if_unchanged(void **state)
{
	(void)state;
	db_test_run(affected);
}

static void
mistakes(struct task *t, void *arg)
{
	struct db_rows *r;

	(void)arg;
	log_set_level(LOG_ERROR);
	assert_int_equal(db_query(t, &r, "SELECT nothing FROM nowhere"), E_INTERNAL);
	assert_ok(t, db_exec(t, NULL, "CREATE OR REPLACE TABLE m (v VARCHAR(3) NOT NULL)"));
	assert_int_equal(
	    db_exec(t, NULL, "INSERT INTO m (v) VALUES (?)", DB_TEXT("four")), E_INTERNAL);
	assert_int_equal(
	    db_exec(t, NULL, "INSERT INTO m (v) VALUES (?)", DB_TEXT(NULL)), E_INTERNAL);
	assert_ok(t, db_query(t, &r, "SELECT v FROM m"));
	assert_int_equal(db_count(r), 0);
	log_set_level(LOG_INFO);
}

static void
mistakes_in_sql_are_internal_and_strict(void **state)
{
	(void)state;
	db_test_run(mistakes);
}

static void
many(struct task *t, void *arg)
{
	(void)arg;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 300; i++) {
			char *sql = arena_printf(task_arena(t), "SELECT %d + ?", i);
			struct db_rows *r = echo(t, sql, DB_INT(round));

			assert_int_equal(db_int(r, 0), i + round);
		}
	}
}

static void
more_statements_than_are_kept_prepared(void **state)
{
	(void)state;
	db_test_run(many);
}

static void
alter(struct task *t, void *arg)
{
	struct db_rows *r;

	(void)arg;
	assert_ok(t, db_exec(t, NULL, "CREATE OR REPLACE TABLE al (v INT)"));
	assert_ok(t, db_exec(t, NULL, "INSERT INTO al (v) VALUES (5)"));
	for (int i = 0; i < 2; i++) {
		assert_ok(t, db_query(t, &r, "SELECT v FROM al"));
		assert_true(db_next(r));
		assert_int_equal(db_int(r, 0), 5);
		assert_ok(t, db_exec(t, NULL, "ALTER TABLE al ADD COLUMN w INT, MODIFY v BIGINT"));
		assert_ok(t, db_exec(t, NULL, "ALTER TABLE al DROP COLUMN w"));
	}
}

static void
a_prepared_statement_outlives_alter_table(void **state)
{
	(void)state;
	db_test_run(alter);
}

static void
slow(struct task *t, void *arg)
{
	struct db_rows *r;
	int64_t begin = clock_monotonic_us();

	(void)arg;
	log_set_level(LOG_ERROR);
	assert_int_equal(
	    db_query(t, &r, "SELECT COUNT(*) FROM seq_1_to_100000000 WHERE seq % 7 = SLEEP(0)"),
	    E_BUSY);
	log_set_level(LOG_INFO);
	assert_true(clock_monotonic_us() - begin < 5000000);
	assert_ok(t, db_ping(t));
}

static void
a_statement_that_takes_too_long_is_given_up(void **state)
{
	struct db_config cfg = db_test_config();

	(void)state;
	cfg.statement_timeout_s = 1;
	db_test_run_with(&cfg, slow, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_come_back_whole),
		cmocka_unit_test(null_is_null_of_each_type),
		cmocka_unit_test(text_comes_back_as_it_was),
		cmocka_unit_test(a_blob_of_8_mb_comes_back),
		cmocka_unit_test(more_than_a_packet_is_refused),
		cmocka_unit_test(instants_keep_microseconds_in_utc),
		cmocka_unit_test(rows_found_count_even_if_unchanged),
		cmocka_unit_test(mistakes_in_sql_are_internal_and_strict),
		cmocka_unit_test(more_statements_than_are_kept_prepared),
		cmocka_unit_test(a_prepared_statement_outlives_alter_table),
		cmocka_unit_test(a_statement_that_takes_too_long_is_given_up),
	};

	return cmocka_run_group_tests(tests, server_start, server_stop);
}
