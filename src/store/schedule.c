/*
 * schedule: when a workflow next opens itself. Whoever opens its case holds the row until the case
 * is there and the row is moved on, so it happens once.
 */
#include "store_priv.h"

int
store_schedule_keep(
    struct task *t, const char *workflow, const char *item, const char *due_on, int64_t next_at)
{
	return db_exec(t, NULL,
	    "INSERT IGNORE INTO schedule (workflow, item, due_on, next_at) VALUES (?, ?, ?, ?)",
	    DB_TEXT(workflow), DB_TEXT(item), DB_TEXT(due_on), DB_INSTANT(next_at));
}

int
store_schedules_due(struct task *t, int64_t now_us, struct schedule_row **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT workflow, item, DATE_FORMAT(due_on, '%Y-%m-%d'), next_at FROM schedule "
	    "WHERE next_at <= ? ORDER BY next_at, workflow, item LIMIT 100",
	    DB_INSTANT(now_us)));
	*list = rows_array(t, struct schedule_row, r);
	for (*count = 0; db_next(r); ++*count)
		(*list)[*count] = (struct schedule_row){ .workflow = db_text(r, 0),
			.item = db_text(r, 1),
			.due_on = db_text(r, 2),
			.next_at = db_instant(r, 3) };
	return OK;
}

int
store_schedule_take(struct tx *tx, const struct schedule_row *s, int64_t now_us, bool *is_ours)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT 1 FROM schedule WHERE workflow = ? AND item = ? AND due_on = ? "
	    "AND next_at <= ? FOR UPDATE SKIP LOCKED",
	    DB_TEXT(s->workflow), DB_TEXT(s->item), DB_TEXT(s->due_on), DB_INSTANT(now_us)));
	*is_ours = db_count(r) > 0;
	return OK;
}

int
store_schedule_move(
    struct tx *tx, const struct schedule_row *s, const char *due_on, int64_t next_at)
{
	return tx_exec(tx, NULL,
	    "UPDATE schedule SET due_on = ?, next_at = ?, last_error = NULL "
	    "WHERE workflow = ? AND item = ?",
	    DB_TEXT(due_on), DB_INSTANT(next_at), DB_TEXT(s->workflow), DB_TEXT(s->item));
}

int
store_schedule_failed(
    struct task *t, const struct schedule_row *s, const char *why, int64_t next_at)
{
	return db_exec(t, NULL,
	    "UPDATE schedule SET next_at = ?, last_error = LEFT(?, 1000) "
	    "WHERE workflow = ? AND item = ? AND due_on = ?",
	    DB_INSTANT(next_at), DB_TEXT(why), DB_TEXT(s->workflow), DB_TEXT(s->item),
	    DB_TEXT(s->due_on));
}

int
store_schedule_forget(struct task *t, const struct schedule_row *s)
{
	return db_exec(t, NULL,
	    "DELETE FROM schedule WHERE workflow = ? AND item = ? AND due_on = ?",
	    DB_TEXT(s->workflow), DB_TEXT(s->item), DB_TEXT(s->due_on));
}
