/*
 * mail_list: when a list of open work is mailed next. Whoever writes its letters holds the row
 * until they are there and the row is moved on, so each is sent once.
 */
#include "store_priv.h"

int
store_mail_list_keep(struct task *t, const char *name, const char *due_on, int64_t next_at)
{
	return db_exec(t, NULL,
	    "INSERT IGNORE INTO mail_list (name, due_on, next_at) VALUES (?, ?, ?)", DB_TEXT(name),
	    DB_TEXT(due_on), DB_INSTANT(next_at));
}

int
store_mail_lists_due(struct task *t, int64_t now_us, struct mail_list_row **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT name, DATE_FORMAT(due_on, '%Y-%m-%d'), next_at FROM mail_list "
	    "WHERE next_at <= ? ORDER BY next_at, name",
	    DB_INSTANT(now_us)));
	*list = rows_array(t, struct mail_list_row, r);
	for (*count = 0; db_next(r); ++*count)
		(*list)[*count] = (struct mail_list_row){
			.name = db_text(r, 0), .due_on = db_text(r, 1), .next_at = db_instant(r, 2)
		};
	return OK;
}

int
store_mail_list_take(struct tx *tx, const struct mail_list_row *row, int64_t now_us, bool *is_ours)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT 1 FROM mail_list WHERE name = ? AND due_on = ? AND next_at <= ? "
	    "FOR UPDATE SKIP LOCKED",
	    DB_TEXT(row->name), DB_TEXT(row->due_on), DB_INSTANT(now_us)));
	*is_ours = db_count(r) > 0;
	return OK;
}

int
store_mail_list_move(
    struct tx *tx, const struct mail_list_row *row, const char *due_on, int64_t next_at)
{
	return tx_exec(tx, NULL,
	    "UPDATE mail_list SET sent_on = due_on, due_on = ?, next_at = ?, last_error = NULL "
	    "WHERE name = ?",
	    DB_TEXT(due_on), DB_INSTANT(next_at), DB_TEXT(row->name));
}

int
store_mail_list_put_off(
    struct task *t, const struct mail_list_row *row, const char *why, int64_t next_at)
{
	return db_exec(t, NULL,
	    "UPDATE mail_list SET next_at = ?, last_error = LEFT(?, 1000) "
	    "WHERE name = ? AND due_on = ?",
	    DB_INSTANT(next_at), DB_TEXT(why), DB_TEXT(row->name), DB_TEXT(row->due_on));
}

int
store_mail_list_forget(struct task *t, const struct mail_list_row *row)
{
	return db_exec(t, NULL, "DELETE FROM mail_list WHERE name = ? AND due_on = ?",
	    DB_TEXT(row->name), DB_TEXT(row->due_on));
}
