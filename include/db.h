/*
 * db: MariaDB for tasks. A pool of connections with a first-in first-out queue, prepared
 * statements, transactions that are tried again after a deadlock, and migrations.
 * Only this module calls the connector.
 */
#ifndef LT_DB_H
#define LT_DB_H

#include "task.h"

struct db_config {
	const char *socket;   /* unix socket, or NULL for TCP */
	const char *host;     /* an IP address: looking a name up would block */
	unsigned port;
	const char *user, *password, *database;
	bool tls;	      /* TCP only; verified against ca_file */
	const char *ca_file;
	int pool_size;	      /* connections per process */
	int queue_max;	      /* tasks that may wait for one; beyond: E_BUSY */
	int statement_timeout_s, connect_timeout_s;
};

/* ---- pool: one per process ---- */
void db_open(const struct db_config *cfg); /* connects lazily; cfg is borrowed until db_close */
void db_close(struct task *t);		   /* waits for borrowed connections */
int db_ping(struct task *t) MUST_CHECK;	   /* E_BUSY with the connector's text when it cannot be reached */

/* ---- values ---- */
enum db_type { DB_T_END, DB_T_NULL, DB_T_INT, DB_T_TEXT, DB_T_BLOB, DB_T_INSTANT };

struct db_param {
	enum db_type type;
	int64_t n;	   /* DB_T_INT; DB_T_INSTANT in microseconds */
	const void *bytes; /* DB_T_TEXT, DB_T_BLOB */
	size_t len;
};

struct db_param db_text_param(const char *s);	     /* NULL gives SQL NULL */
struct db_param db_instant_param(int64_t at_us);     /* 0 gives SQL NULL; DATETIME(6), UTC */
struct db_param db_id_param(int64_t id);	     /* 0 gives SQL NULL */
#define DB_INT(v) ((struct db_param){ .type = DB_T_INT, .n = (v) })
#define DB_TEXT(s) db_text_param(s)
#define DB_BLOB(p, l) ((struct db_param){ .type = DB_T_BLOB, .bytes = (p), .len = (l) })
#define DB_INSTANT(us) db_instant_param(us)
#define DB_ID(id) db_id_param(id)
#define DB_NULL ((struct db_param){ .type = DB_T_NULL })
#define DB_END_ ((struct db_param){ .type = DB_T_END })
#define DB_PARAMS_(...) ((const struct db_param[]){ __VA_ARGS__ __VA_OPT__(, ) DB_END_ })

/* ---- rows: a whole result in the task's arena ---- */
struct db_rows;

bool db_next(struct db_rows *r); /* before the first row until first called */
int64_t db_count(const struct db_rows *r);
int64_t db_int(const struct db_rows *r, int column);	 /* 0 for NULL */
const char *db_text(const struct db_rows *r, int column); /* NULL for NULL; ends with NUL */
size_t db_len(const struct db_rows *r, int column);
bool db_is_null(const struct db_rows *r, int column);
int64_t db_instant(const struct db_rows *r, int column); /* 0 for NULL */

/* ---- single statements outside a transaction (autocommit) ---- */
#define db_query(t, rows, sql, ...) db_query_(t, rows, sql, DB_PARAMS_(__VA_ARGS__))
#define db_exec(t, affected, sql, ...) db_exec_(t, affected, sql, DB_PARAMS_(__VA_ARGS__))
int db_query_(struct task *t, struct db_rows **rows, const char *sql,
    const struct db_param *params) MUST_CHECK;
/* affected may be NULL: rows found (not only changed). */
int db_exec_(struct task *t, int64_t *affected, const char *sql,
    const struct db_param *params) MUST_CHECK;

/* ---- transactions ---- */
struct tx;

/*
 * Borrows a connection, BEGIN, fn, COMMIT; ROLLBACK when fn returns a code. After a deadlock or lock
 * time-out (1213, 1205, 1020, 1467) it waits with jitter and runs fn again, so fn may run several times: it
 * writes only to the database, to its arg and to the arena. Pool full or database away: E_BUSY.
 * Connection lost at COMMIT: E_UNKNOWN_OUTCOME, never tried again silently.
 */
typedef int (*tx_fn)(struct tx *tx, void *arg);
int tx_run(struct task *t, tx_fn fn, void *arg) MUST_CHECK;
struct task *tx_task(struct tx *tx);
struct arena *tx_arena(struct tx *tx);

#define tx_query(tx, rows, sql, ...) tx_query_(tx, rows, sql, DB_PARAMS_(__VA_ARGS__))
#define tx_exec(tx, affected, sql, ...) tx_exec_(tx, affected, sql, DB_PARAMS_(__VA_ARGS__))
int tx_query_(struct tx *tx, struct db_rows **rows, const char *sql,
    const struct db_param *params) MUST_CHECK;
int tx_exec_(struct tx *tx, int64_t *affected, const char *sql,
    const struct db_param *params) MUST_CHECK;
int64_t tx_insert_id(struct tx *tx);

/* A UNIQUE key refused the last statement (MariaDB 1062): tx_exec then returned E_CONFLICT and the
 * transaction goes on. */
bool tx_is_duplicate(struct tx *tx);

/* ---- migrations ----
 * Applies the files NNNN_name.sql of dir in order, under a database lock, each once; its SHA-256 is
 * kept, and an edited old file, or a database newer than the files, is refused. Creates nothing but
 * what the files say and its own table schema_migration. Statements end with ';' at the end of a line.
 */
int db_migrate(struct task *t, const char *dir, int *applied) MUST_CHECK;
/* Is the database migrated to just what dir holds? E_CONFLICT with a sentence when not. */
int db_migrate_check(struct task *t, const char *dir) MUST_CHECK;

#endif
