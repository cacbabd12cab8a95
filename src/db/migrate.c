/*
 * migrate: brings the database to what the files say, once each, in order, and refuses what it
 * cannot vouch for. It has a connection of its own, for a statement here may take long and a lock
 * is held.
 */
#include "db_priv.h"

#include <stdlib.h>
#include <string.h>

enum { OLDEST_SERVER = 100600, LOCK_TRIES = 1200, LOCK_WAIT_MS = 50 };

#define LOCK_NAME "CONCAT('lienthong.migrate.', MD5(DATABASE()))"

static int
check_server(struct task *t, struct conn *c)
{
	if (!mariadb_connection(c->my) || mysql_get_server_version(c->my) < OLDEST_SERVER)
		return fail(t, E_CONFLICT, "the database is %s; MariaDB 10.6 or newer is needed",
		    mysql_get_server_info(c->my));
	return OK;
}

/* Asked again and again rather than waited for, so that no statement outlasts its time. */
static int
take_lock(struct task *t, struct conn *c)
{
	for (int i = 0; i < LOCK_TRIES; i++) {
		struct db_rows *r;

		TRY(conn_execute(
		    t, c, "SELECT GET_LOCK(" LOCK_NAME ", 0)", DB_PARAMS_(), &r, NULL));
		if (db_next(r) && db_int(r, 0) == 1)
			return OK;
		task_sleep(t, LOCK_WAIT_MS);
	}
	return fail(t, E_BUSY, "another process has been migrating the database for a minute");
}

static int
has_table(struct task *t, struct conn *c, bool *has)
{
	struct db_rows *r;

	TRY(conn_execute(t, c,
	    "SELECT COUNT(*) FROM information_schema.tables "
	    "WHERE table_schema = DATABASE() AND table_name = 'schema_migration'",
	    DB_PARAMS_(), &r, NULL));
	*has = db_next(r) && db_int(r, 0) > 0;
	return OK;
}

static int
create_table(struct task *t, struct conn *c)
{
	return conn_command(t, c,
	    "CREATE TABLE IF NOT EXISTS schema_migration (number INT NOT NULL PRIMARY KEY, "
	    "name VARCHAR(200) NOT NULL, sha256 CHAR(64) NOT NULL, "
	    "applied_at DATETIME(6) NOT NULL DEFAULT UTC_TIMESTAMP(6)) "
	    "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
}

static int
check_one(struct task *t, const struct db_rows *r, const struct migration *file)
{
	if (!file)
		return fail(t, E_CONFLICT, "the database is newer than this program: it has %s",
		    db_text(r, 1));
	if (db_int(r, 0) != file->number)
		return fail(t, E_CONFLICT, "the database has %s, the files %s in its place",
		    db_text(r, 1), file->name);
	if (!str_eq(db_text(r, 2), file->sha256))
		return fail(t, E_CONFLICT, "%s was edited after it had been applied", file->name);
	return OK;
}

/* What the database has must be how the files begin; *done tells how many it has. */
static int
check_done(struct task *t, struct conn *c, const struct migration *files, int count, int *done)
{
	struct db_rows *r;

	TRY(conn_execute(t, c, "SELECT number, name, sha256 FROM schema_migration ORDER BY number",
	    DB_PARAMS_(), &r, NULL));
	for (*done = 0; db_next(r); ++*done)
		TRY(check_one(t, r, *done < count ? &files[*done] : NULL));
	return OK;
}

static int
apply(struct task *t, struct conn *c, const struct migration *m)
{
	const char *at = m->sql;
	char *sql;
	int n = 0;

	while ((sql = migration_statement(task_arena(t), &at))) {
		n++;
		if (conn_command(t, c, sql) != OK)
			return fail(
			    t, E_INTERNAL, "%s, statement %d: %s", m->name, n, mysql_error(c->my));
	}
	TRY(conn_execute(t, c,
	    "INSERT INTO schema_migration (number, name, sha256) VALUES (?, ?, ?)",
	    DB_PARAMS_(DB_INT(m->number), DB_TEXT(m->name), DB_TEXT(m->sha256)), NULL, NULL));
	log_info("migration %s applied", m->name);
	return OK;
}

/* Closing the connection gives the lock back. */
static int
migrate_on(struct task *t, struct conn *c, const char *dir, int *applied)
{
	struct migration *files;
	int count, done;

	TRY(check_server(t, c));
	TRY(migration_files(t, dir, &files, &count));
	TRY(take_lock(t, c));
	TRY(create_table(t, c));
	TRY(check_done(t, c, files, count, &done));
	for (int i = done; i < count; i++) {
		TRY(apply(t, c, &files[i]));
		++*applied;
	}
	return OK;
}

static int
check_on(struct task *t, struct conn *c, const char *dir, int *missing)
{
	struct migration *files;
	int count, done = 0;
	bool has;

	TRY(check_server(t, c));
	TRY(migration_files(t, dir, &files, &count));
	TRY(has_table(t, c, &has));
	if (has)
		TRY(check_done(t, c, files, count, &done));
	*missing = count - done;
	if (*missing > 0)
		return fail(t, E_CONFLICT, "%d migrations are missing, the first is %s", *missing,
		    files[done].name);
	return OK;
}

typedef int (*on_conn)(struct task *t, struct conn *c, const char *dir, int *count);

static int
with_own_connection(struct task *t, on_conn fn, const char *dir, int *count)
{
	struct conn *c = xcalloc(1, sizeof(*c));
	int code = conn_open(t, c, pool_config(), 0);

	*count = 0;
	if (code == OK) {
		code = fn(t, c, dir, count);
		conn_close(c);
	}
	free(c);
	return code;
}

int
db_migrate(struct task *t, const char *dir, int *applied)
{
	return with_own_connection(t, migrate_on, dir, applied);
}

int
db_migrate_check(struct task *t, const char *dir)
{
	int missing;

	return with_own_connection(t, check_on, dir, &missing);
}
