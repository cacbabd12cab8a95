/*
 * db_priv: what the files of db share: one connection, its prepared statements, the pool.
 * A connection belongs to the task that borrowed it; nobody else may touch it meanwhile.
 */
#ifndef LT_DB_PRIV_H
#define LT_DB_PRIV_H

#include <mysql.h>

#include "db.h"

enum { STATEMENT_CACHE = 128 };

/* How a result column is read. */
enum column_kind { COLUMN_INT, COLUMN_INSTANT, COLUMN_BYTES };

struct statement {
	char *sql; /* owned */
	uint64_t hash, used;
	MYSQL_STMT *handle;
	unsigned columns, params;
	enum column_kind *kinds; /* owned; one a column */
};

/* What the last failure on a connection means for the one who called. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_DUPLICATE, /* a UNIQUE key refused it; nothing else happened */
	TROUBLE_RETRY,     /* deadlock or lock time-out: run the whole transaction again */
	TROUBLE_UNSENT,    /* connection lost before the server had the command */
	TROUBLE_LOST,      /* connection lost, who knows when */
	TROUBLE_OTHER
};

struct conn {
	MYSQL *my; /* NULL: not connected */
	struct task *user;
	int fd; /* -1 until known */
	int64_t command_timeout_us,
	    deadline_us; /* monotonic: when the command under way is given up */
	bool is_connecting, is_tls;
	size_t packet_max; /* the server hangs up on a command that is longer */
	enum trouble trouble;
	struct statement statements[STATEMENT_CACHE];
	int statement_count;
	uint64_t tick;
	struct conn *next_open; /* list of conn.c */
	struct conn *next_idle; /* list of pool.c */
};

/* ---- conn.c ---- */
/* statement_timeout_s 0: an hour, for migrations. */
int conn_open(struct task *t, struct conn *c, const struct db_config *cfg,
    int statement_timeout_s) MUST_CHECK;
void conn_close(struct conn *c);
/* Did the server close it while it lay idle? */
bool conn_is_stale(const struct conn *c);
bool conn_is_lost(const struct conn *c);
int conn_command(struct task *t, struct conn *c, const char *sql) MUST_CHECK; /* no result */
/* Before each call of the connector that may wait. */
void conn_begin(struct conn *c);
/* Sorts the failure number of the connector or server into c->trouble; returns fail(...). */
int conn_fail(
    struct task *t, struct conn *c, unsigned number, const char *text, const char *sql) MUST_CHECK;

/* ---- statement.c ---- */
int statement_get(struct task *t, struct conn *c, const char *sql, struct statement **s) MUST_CHECK;
void statement_forget(struct conn *c, struct statement *s);
void statement_forget_all(struct conn *c);

/* ---- query.c ---- */
/* rows and affected may be NULL. */
int conn_execute(struct task *t, struct conn *c, const char *sql, const struct db_param *params,
    struct db_rows **rows, int64_t *affected) MUST_CHECK;

/* ---- instant.c ---- */
MYSQL_TIME instant_to_mysql(int64_t at_us);
int64_t instant_from_mysql(const MYSQL_TIME *m);

/* ---- pool.c ---- */
int pool_borrow(struct task *t, struct conn **c) MUST_CHECK; /* connected when OK */
void pool_give_back(struct conn *c);                         /* a lost one is closed here */
const struct db_config *pool_config(void);

/* ---- migration_file.c ---- */
struct migration {
	int64_t number;
	const char *name; /* "0001_core.sql" */
	const char *sql;
	char sha256[65];
};

/* The files of dir in order; E_CONFLICT for two with one number. */
int migration_files(
    struct task *t, const char *dir, struct migration **list, int *count) MUST_CHECK;
/* The next statement from *at on, without the comments before it and its ';'; NULL at the end. */
char *migration_statement(struct arena *a, const char **at);

/* ---- tx.c ---- */
enum { TRIES = 12 };
void back_off(struct task *t, int tries_done);

#endif
