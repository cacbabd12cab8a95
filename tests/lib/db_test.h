/*
 * db_test: for C tests of what stands on the database: a private server, a pool on it, and test
 * bodies that run as tasks. Include after cmocka.h. Tests are started from the root of the project.
 */
#ifndef LT_DB_TEST_H
#define LT_DB_TEST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db.h"

static char db_test_dir[64];
static char db_test_socket[128];

/* Runs tests/lib/private-mariadb; what it prints last goes to line. */
static inline void
db_test_script(const char *command, const char *options, char *line, int size)
{
	char text[1024];
	FILE *f;

	snprintf(text, sizeof(text), "tests/lib/private-mariadb %s %s %s", command, db_test_dir,
	    options);
	f = popen(text, "re");
	if (!f)
		abort();
	while (fgets(line, size, f))
		line[strcspn(line, "\n")] = '\0';
	if (pclose(f) != 0)
		abort();
}

static inline void
db_test_server_start(const char *options)
{
	strcpy(db_test_dir, "/tmp/lienthong-test-XXXXXX");
	if (!mkdtemp(db_test_dir))
		abort();
	db_test_script("start", options, db_test_socket, sizeof(db_test_socket));
}

static inline void
db_test_server_stop(void)
{
	char text[128];

	db_test_script("stop", "", text, sizeof(text));
	snprintf(text, sizeof(text), "rm -rf %s", db_test_dir);
	if (system(text) != 0)
		abort();
}

/* As another client, beside the pool under test. sql without quotes. */
static inline void
db_test_sql(const char *sql)
{
	char text[512];

	snprintf(text, sizeof(text), "mariadb --no-defaults -S %s -u root lienthong -e '%s'",
	    db_test_socket, sql);
	if (system(text) != 0)
		abort();
}

static inline struct db_config
db_test_config(void)
{
	return (struct db_config){ .socket = db_test_socket,
		.user = "root",
		.password = "",
		.database = "lienthong",
		.pool_size = 4,
		.queue_max = 16,
		.statement_timeout_s = 20,
		.connect_timeout_s = 5 };
}

struct db_test_body {
	void (*fn)(struct task *t, void *arg);
	void *arg;
};

static inline void
db_test_main(struct task *t, void *arg)
{
	struct db_test_body *body = arg;

	body->fn(t, body->arg);
	db_close(t);
}

/* The body runs as a task on a loop and a pool of its own; tasks it starts must have ended when it
 * returns. */
static inline void
db_test_run_with(const struct db_config *cfg, void (*fn)(struct task *t, void *arg), void *arg)
{
	struct db_test_body body = { fn, arg };

	task_loop_init(1);
	db_open(cfg);
	task_start("test", db_test_main, &body);
	task_loop_stop();
	task_loop_run();
	task_loop_free();
}

static inline void
db_test_run(void (*fn)(struct task *t, void *arg))
{
	struct db_config cfg = db_test_config();

	db_test_run_with(&cfg, fn, NULL);
}

/* The last error is shown when the call fails. */
#define assert_ok(t, call)                                                                         \
	do {                                                                                       \
		int assert_code_ = (call);                                                         \
		if (assert_code_ != OK)                                                            \
			print_error("%s: %s\n", #call, task_error_text(t));                        \
		assert_int_equal(assert_code_, OK);                                                \
	} while (0)

#endif
