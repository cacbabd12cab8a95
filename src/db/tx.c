/*
 * tx: transactions and single statements, and when they are tried again. What the server surely
 * undid is; what it may have done is not.
 */
#include "db_priv.h"

#include <sys/random.h>

enum { BACK_OFF_MIN_MS = 4, BACK_OFF_MAX_MS = 400 };

struct tx {
	struct task *task;
	struct conn *conn;
	bool must_retry;   /* the server rolled back, or we must */
	bool is_duplicate; /* of the last statement */
	int64_t insert_id;
};

/* A random part of a span that doubles: those who collided do not meet again. */
void
back_off(struct task *t, int tries_done)
{
	int span = BACK_OFF_MIN_MS << (tries_done < 8 ? tries_done : 8);
	unsigned random = 0;

	if (span > BACK_OFF_MAX_MS)
		span = BACK_OFF_MAX_MS;
	if (getrandom(&random, sizeof(random), 0) < 0)
		random = (unsigned)clock_monotonic_us();
	task_sleep(t, 1 + (int)(random % (unsigned)span));
}

/* ---- single statements ---- */

/* A read may be repeated after any loss; a write only if the server never had it. */
static bool
may_repeat(enum trouble trouble, bool is_read)
{
	return trouble == TROUBLE_RETRY || trouble == TROUBLE_UNSENT ||
	       (is_read && trouble == TROUBLE_LOST);
}

static int
single(struct task *t, struct db_rows **rows, int64_t *affected, const char *sql,
    const struct db_param *params)
{
	int code = OK;

	for (int i = 0; i < TRIES; i++) {
		enum trouble trouble;
		struct conn *c;

		TRY(pool_borrow(t, &c));
		code = conn_execute(t, c, sql, params, rows, affected);
		trouble = c->trouble;
		pool_give_back(c);
		if (!may_repeat(trouble, rows != NULL)) {
			if (trouble == TROUBLE_LOST)
				return fail(t, E_UNKNOWN_OUTCOME,
				    "the connection was lost while the change was made");
			return code;
		}
		back_off(t, i);
	}
	return code;
}

int
db_query_(struct task *t, struct db_rows **rows, const char *sql, const struct db_param *params)
{
	return single(t, rows, NULL, sql, params);
}

int
db_exec_(struct task *t, int64_t *affected, const char *sql, const struct db_param *params)
{
	return single(t, NULL, affected, sql, params);
}

/* ---- statements of a transaction ---- */

static int
tx_execute(struct tx *tx, struct db_rows **rows, int64_t *affected, const char *sql,
    const struct db_param *params)
{
	struct conn *c = tx->conn;
	int code;

	if (tx->must_retry)
		return fail(tx->task, E_BUSY, "the transaction was rolled back");
	code = conn_execute(tx->task, c, sql, params, rows, affected);
	tx->is_duplicate = c->trouble == TROUBLE_DUPLICATE;
	tx->must_retry = c->trouble == TROUBLE_RETRY || conn_is_lost(c);
	return code;
}

int
tx_query_(struct tx *tx, struct db_rows **rows, const char *sql, const struct db_param *params)
{
	return tx_execute(tx, rows, NULL, sql, params);
}

int
tx_exec_(struct tx *tx, int64_t *affected, const char *sql, const struct db_param *params)
{
	TRY(tx_execute(tx, NULL, affected, sql, params));
	tx->insert_id = (int64_t)mysql_insert_id(tx->conn->my);
	return OK;
}

int64_t
tx_insert_id(struct tx *tx)
{
	return tx->insert_id;
}

bool
tx_is_duplicate(struct tx *tx)
{
	return tx->is_duplicate;
}

struct task *
tx_task(struct tx *tx)
{
	return tx->task;
}

struct arena *
tx_arena(struct tx *tx)
{
	return task_arena(tx->task);
}

/* ---- transactions ---- */

/* A connection that cannot even roll back is closed, which makes the server do it. Keeps the error
 * of fn. */
static void
roll_back(struct conn *c)
{
	conn_begin(c);
	if (mysql_rollback(c->my) != 0)
		c->trouble = TROUBLE_LOST;
}

static int
commit(struct tx *tx)
{
	struct conn *c = tx->conn;
	int code = conn_command(tx->task, c, "COMMIT");

	if (conn_is_lost(c))
		return fail(tx->task, E_UNKNOWN_OUTCOME,
		    "the connection was lost while the change was kept; it may be done or not");
	tx->must_retry = c->trouble == TROUBLE_RETRY; /* Galera: another node was first */
	if (code != OK)
		roll_back(c);
	return code;
}

static int
attempt(struct tx *tx, tx_fn fn, void *arg)
{
	int code = conn_command(tx->task, tx->conn, "START TRANSACTION");

	if (code != OK) {
		tx->must_retry = conn_is_lost(tx->conn);
		return code;
	}
	code = fn(tx, arg);
	if (code == OK && !tx->must_retry)
		return commit(tx);
	if (!conn_is_lost(tx->conn))
		roll_back(tx->conn);
	return code;
}

int
tx_run(struct task *t, tx_fn fn, void *arg)
{
	for (int i = 0; i < TRIES; i++) {
		struct tx tx = { .task = t };
		int code;

		TRY(pool_borrow(t, &tx.conn));
		code = attempt(&tx, fn, arg);
		pool_give_back(tx.conn);
		if (!tx.must_retry)
			return code;
		back_off(t, i);
	}
	return fail(t, E_BUSY, "others change the same data; gave up after %d tries", TRIES);
}
