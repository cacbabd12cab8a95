/*
 * pool: the connections of this process. Who comes when all are borrowed waits in a queue, first in
 * first out; a connection given back goes straight to the first in the queue.
 */
#include "db_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct waiter {
	struct task *task;
	struct conn *conn; /* set by who hands it over */
	struct waiter *next;
};

static struct {
	const struct db_config *cfg;
	struct conn *conns;
	struct conn *idle; /* newest first: the warmest cache */
	int borrowed;
	struct waiter *first, **last;
	int waiting;
	struct task *closer; /* db_close, waiting for the last to come back */
	bool is_closing;
} pool;

void
db_open(const struct db_config *cfg)
{
	assert(!pool.conns);
	mysql_library_init(0, NULL, NULL);
	pool.cfg = cfg;
	pool.conns = xcalloc((size_t)cfg->pool_size, sizeof(*pool.conns));
	pool.last = &pool.first;
	for (int i = 0; i < cfg->pool_size; i++) {
		pool.conns[i].fd = -1;
		pool.conns[i].next_idle = pool.idle;
		pool.idle = &pool.conns[i];
	}
}

void
db_close(struct task *t)
{
	pool.is_closing = true;
	pool.closer = t;
	while (pool.borrowed > 0)
		task_park(t, -1);
	for (int i = 0; i < pool.cfg->pool_size; i++) {
		pool.conns[i].user = t;
		conn_close(&pool.conns[i]);
	}
	free(pool.conns);
	memset(&pool, 0, sizeof(pool));
	mysql_library_end();
}

const struct db_config *
pool_config(void)
{
	return pool.cfg;
}

/* ---- the queue ---- */

static void
leave_queue(struct waiter *w)
{
	struct waiter **at = &pool.first;

	while (*at != w)
		at = &(*at)->next;
	*at = w->next;
	if (!*at)
		pool.last = at;
	pool.waiting--;
}

static int
wait_in_queue(struct task *t, struct conn **c)
{
	struct waiter w = { .task = t };
	int64_t until = clock_monotonic_us() + (int64_t)pool.cfg->statement_timeout_s * 1000000;

	if (pool.waiting >= pool.cfg->queue_max)
		return fail(t, E_BUSY, "too many wait for the database");
	*pool.last = &w;
	pool.last = &w.next;
	pool.waiting++;
	while (!w.conn) {
		int64_t left_us = until - clock_monotonic_us();

		if (left_us <= 0) {
			leave_queue(&w);
			return fail(t, E_BUSY, "waited too long for the database");
		}
		task_park(t, (int)(left_us / 1000) + 1);
	}
	*c = w.conn;
	return OK;
}

static bool
hand_over(struct conn *c)
{
	struct waiter *w = pool.first;

	if (!w)
		return false;
	leave_queue(w);
	w->conn = c;
	task_wake(w->task);
	return true;
}

/* ---- borrowing ---- */

static int
take(struct task *t, struct conn **c)
{
	if (!pool.cfg || pool.is_closing)
		return fail(t, E_BUSY, "the server is shutting down");
	if (!pool.idle)
		return wait_in_queue(t, c);
	*c = pool.idle;
	pool.idle = (*c)->next_idle;
	pool.borrowed++;
	return OK;
}

int
pool_borrow(struct task *t, struct conn **c)
{
	int code = OK;

	TRY(take(t, c));
	(*c)->user = t;
	(*c)->trouble = TROUBLE_NONE;
	if ((*c)->my && conn_is_stale(*c))
		conn_close(*c);
	if (!(*c)->my)
		code = conn_open(t, *c, pool.cfg, pool.cfg->statement_timeout_s);
	if (code != OK)
		pool_give_back(*c);
	return code;
}

void
pool_give_back(struct conn *c)
{
	if (conn_is_lost(c))
		conn_close(c);
	c->user = NULL;
	if (hand_over(c))
		return;
	c->next_idle = pool.idle;
	pool.idle = c;
	pool.borrowed--;
	if (pool.closer && pool.borrowed == 0)
		task_wake(pool.closer);
}

int
db_ping(struct task *t)
{
	int code = OK;

	for (int i = 0; i < 2; i++) { /* again if a connection had died unseen */
		struct conn *c;

		TRY(pool_borrow(t, &c));
		code = conn_command(t, c, "DO 1");
		pool_give_back(c);
		if (code == OK)
			break;
	}
	return code;
}
