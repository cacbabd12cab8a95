/*
 * timer: what fires by itself. A worker takes due ones for a while; the fence tells a late worker
 * that another has taken over.
 */
#include "store_priv.h"

static int
read_timer(struct task *t, const struct db_rows *r, struct timer_write *w)
{
	*w = (struct timer_write){ .timer_id = db_text(r, 0),
		.event = db_text(r, 1),
		.term = db_text(r, 2),
		.started_at = db_instant(r, 3),
		.due_at = db_instant(r, 4),
		.has_failed = db_int(r, 6) != 0 };
	return column_json(t, r, 5, &w->data);
}

int
store_timers_of_case(struct tx *tx, int64_t case_id, struct timer_write **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT timer_id, event, term, started_at, due_at, data, last_error IS NOT NULL "
	    "FROM timer WHERE case_id = ? ORDER BY due_at, id",
	    DB_INT(case_id)));
	*list = rows_array(tx_task(tx), struct timer_write, r);
	for (*count = 0; db_next(r); ++*count)
		TRY(read_timer(tx_task(tx), r, &(*list)[*count]));
	return OK;
}

/* The fence and the attempt are those of this claim. */
static int
read_claim(struct task *t, const struct db_rows *r, struct timer_claim *c)
{
	*c = (struct timer_claim){ .id = db_int(r, 0),
		.case_id = db_int(r, 1),
		.fence = db_int(r, 2) + 1,
		.timer_id = db_text(r, 3),
		.event = db_text(r, 4),
		.term = db_text(r, 5),
		.due_at = db_instant(r, 6),
		.attempts = (int)db_int(r, 8) + 1 };
	return column_json(t, r, 7, &c->data);
}

/* All at once: they are locked, so each fence is the one that was read and one more. */
static int
take(struct tx *tx, const struct timer_claim *list, int count, int64_t lease_end)
{
	int64_t *ids = arena_array(tx_arena(tx), int64_t, count + 1);

	for (int i = 0; i < count; i++)
		ids[i] = list[i].id;
	return tx_exec(tx, NULL,
	    "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q "
	    "STRAIGHT_JOIN timer m ON m.id = q.id "
	    "SET m.next_at = ?, m.fence = m.fence + 1, m.attempts = m.attempts + 1",
	    DB_TEXT(ids_json(tx_arena(tx), ids, count)), DB_INSTANT(lease_end));
}

int
store_timers_claim(struct tx *tx, int64_t now_us, int64_t lease_us, int limit,
    struct timer_claim **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT id, case_id, fence, timer_id, event, term, due_at, data, attempts FROM timer "
	    "WHERE next_at <= ? ORDER BY next_at, id LIMIT ? FOR UPDATE SKIP LOCKED",
	    DB_INSTANT(now_us), DB_INT(limit)));
	*list = rows_array(tx_task(tx), struct timer_claim, r);
	for (*count = 0; db_next(r); ++*count)
		TRY(read_claim(tx_task(tx), r, &(*list)[*count]));
	return *count ? take(tx, *list, *count, now_us + lease_us) : OK;
}

int
store_timer_done(struct tx *tx, int64_t id, int64_t fence)
{
	int64_t affected;

	TRY(tx_exec(tx, &affected, "DELETE FROM timer WHERE id = ? AND fence = ?", DB_INT(id),
	    DB_INT(fence)));
	return still_ours(tx_task(tx), affected, "timer");
}

int
store_timer_failed(struct tx *tx, int64_t id, int64_t fence, const char *why, int64_t next_at)
{
	int64_t affected;

	TRY(tx_exec(tx, &affected,
	    "UPDATE timer SET next_at = ?, last_error = LEFT(?, 1000) WHERE id = ? AND fence = ?",
	    DB_INSTANT(next_at), DB_TEXT(why), DB_INT(id), DB_INT(fence)));
	return still_ours(tx_task(tx), affected, "timer");
}

int
store_timer_put_off(struct tx *tx, int64_t id, int64_t fence, int64_t next_at)
{
	int64_t affected;

	TRY(tx_exec(tx, &affected,
	    "UPDATE timer SET next_at = ?, attempts = attempts - 1 WHERE id = ? AND fence = ?",
	    DB_INSTANT(next_at), DB_INT(id), DB_INT(fence)));
	return still_ours(tx_task(tx), affected, "timer");
}

int
store_timer_next_due(struct task *t, int64_t *due_at)
{
	struct db_rows *r;

	TRY(db_query(t, &r, "SELECT MIN(next_at) FROM timer"));
	TRY(one_row(t, r, "time"));
	*due_at = db_instant(r, 0);
	return OK;
}
