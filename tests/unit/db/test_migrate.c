/* migrate: each file once, in order, under a lock; what cannot be vouched for is refused. */
#include "db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail /* of cmocka; ours is meant */

#include <unistd.h>

#include "../../lib/db_test.h"

static char folder[64];

static int
server_start(void **state)
{
	(void)state;
	db_test_server_start("");
	strcpy(folder, "/tmp/lienthong-mig-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int
server_stop(void **state)
{
	char text[128];

	(void)state;
	db_test_server_stop();
	snprintf(text, sizeof(text), "rm -rf %s", folder);
	return system(text);
}

static void
put(const char *name, const char *sql)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(sql, f);
	fclose(f);
}

static void
drop(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	unlink(path);
}

/* An empty database and an empty folder. */
static int
clean(void **state)
{
	static const char *const names[] = { "0001_a.sql", "0001_b.sql", "0002_b.sql", "0003_c.sql",
		"notes.txt" };

	(void)state;
	for (size_t i = 0; i < LEN(names); i++)
		drop(names[i]);
	db_test_sql("DROP TABLE IF EXISTS schema_migration, a, b");
	return 0;
}

static void
assert_refused(struct task *t, int code, const char *text)
{
	assert_int_equal(code, E_CONFLICT);
	if (!strstr(task_error_text(t), text))
		print_error("not '%s' in: %s\n", text, task_error_text(t));
	assert_non_null(strstr(task_error_text(t), text));
}

static void
once(struct task *t, void *arg)
{
	struct db_rows *r;
	int applied;

	(void)arg;
	put("0002_b.sql", "INSERT INTO a (s) VALUES ('x;y'), ('-- no comment');\n");
	put("0001_a.sql", "-- A comment; with a semicolon.\n\nCREATE TABLE a (\n  -- inside\n  id "
			  "INT AUTO_INCREMENT "
			  "PRIMARY KEY,\n  s VARCHAR(50) -- trailing\n);\nCREATE TABLE b (id INT); "
			  "\n-- the end\n");
	put("notes.txt", "not SQL");
	assert_refused(t, db_migrate_check(t, folder), "2 migrations are missing");
	assert_ok(t, db_migrate(t, folder, &applied));
	assert_int_equal(applied, 2);
	assert_ok(t, db_query(t, &r, "SELECT s FROM a ORDER BY id"));
	assert_int_equal(db_count(r), 2);
	assert_true(db_next(r));
	assert_string_equal(db_text(r, 0), "x;y");
	assert_ok(t, db_migrate(t, folder, &applied));
	assert_int_equal(applied, 0);
	assert_ok(t, db_migrate_check(t, folder));
}

static void
files_are_applied_once_in_order(void **state)
{
	(void)state;
	db_test_run(once);
}

static void
refusals(struct task *t, void *arg)
{
	int applied;

	(void)arg;
	put("0001_a.sql", "CREATE TABLE a (id INT);\n");
	put("0002_b.sql", "CREATE TABLE b (id INT);\n");
	assert_ok(t, db_migrate(t, folder, &applied));
	put("0001_a.sql", "CREATE TABLE a (id BIGINT);\n");
	assert_refused(t, db_migrate(t, folder, &applied), "0001_a.sql was edited");
	assert_refused(t, db_migrate_check(t, folder), "0001_a.sql was edited");
	put("0001_a.sql", "CREATE TABLE a (id INT);\n");
	assert_ok(t, db_migrate_check(t, folder));
	drop("0002_b.sql");
	assert_refused(t, db_migrate(t, folder, &applied), "newer");
	assert_refused(t, db_migrate_check(t, folder), "newer");
	put("0001_b.sql", "SELECT 1;\n");
	assert_refused(t, db_migrate(t, folder, &applied), "one number");
}

static void
edited_and_newer_are_refused(void **state)
{
	(void)state;
	db_test_run(refusals);
}

static void
mistake(struct task *t, void *arg)
{
	int applied;

	(void)arg;
	put("0001_a.sql", "CREATE TABLE a (id INT);\nCREATE TABEL b (id INT);\n");
	assert_int_equal(db_migrate(t, folder, &applied), E_INTERNAL);
	assert_non_null(strstr(task_error_text(t), "0001_a.sql, statement 2"));
	assert_int_equal(applied, 0);
	assert_refused(t, db_migrate_check(t, folder), "1 migrations are missing");
}

static void
a_mistake_names_file_and_statement(void **state)
{
	(void)state;
	db_test_run(mistake);
}

struct racer {
	struct task *waiter;
	int *left;
	int applied, code;
};

static void
race_task(struct task *t, void *arg)
{
	struct racer *r = arg;

	r->code = db_migrate(t, folder, &r->applied);
	if (--*r->left == 0)
		task_wake(r->waiter);
}

static void
race(struct task *t, void *arg)
{
	struct racer racers[3];
	int left = 3, sum = 0;

	(void)arg;
	put("0001_a.sql", "CREATE TABLE a (id INT);\nDO SLEEP(0.2);\n");
	put("0002_b.sql", "CREATE TABLE b (id INT);\n");
	for (int i = 0; i < 3; i++) {
		racers[i] = (struct racer){ .waiter = t, .left = &left };
		task_start("racer", race_task, &racers[i]);
	}
	while (left > 0)
		task_park(t, -1);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(racers[i].code, OK);
		sum += racers[i].applied;
	}
	assert_int_equal(sum, 2);
}

static void
several_at_once_apply_each_file_once(void **state)
{
	(void)state;
	db_test_run(race);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(files_are_applied_once_in_order, clean),
		cmocka_unit_test_setup(edited_and_newer_are_refused, clean),
		cmocka_unit_test_setup(a_mistake_names_file_and_statement, clean),
		cmocka_unit_test_setup(several_at_once_apply_each_file_once, clean),
	};

	return cmocka_run_group_tests(tests, server_start, server_stop);
}
