/* alarm: what people must see to, told once until it is over. */
#include "store_priv.h"

int
store_alarm_raise(
    struct tx *tx, const char *kind, const char *subject, int64_t now_us, bool *is_new)
{
	int64_t affected;

	TRY(tx_exec(tx, &affected,
	    "UPDATE alarm SET raised_at = ?, ended_at = NULL "
	    "WHERE kind = ? AND subject = ? AND ended_at IS NOT NULL",
	    DB_INSTANT(now_us), DB_TEXT(kind), DB_TEXT(subject)));
	if (affected == 0)
		TRY(tx_exec(tx, &affected,
		    "INSERT IGNORE INTO alarm (kind, subject, raised_at) VALUES (?, ?, ?)",
		    DB_TEXT(kind), DB_TEXT(subject), DB_INSTANT(now_us)));
	*is_new = affected > 0;
	return OK;
}

int
store_alarm_list(struct tx *tx, const char *kind, const char ***subjects, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT subject FROM alarm WHERE kind = ? AND ended_at IS NULL ORDER BY subject "
	    "LIMIT 1000",
	    DB_TEXT(kind)));
	*subjects = rows_array(tx_task(tx), const char *, r);
	for (*count = 0; db_next(r); ++*count)
		(*subjects)[*count] = db_text(r, 0);
	return OK;
}

int
store_alarm_end(struct tx *tx, const char *kind, const char *subject, int64_t now_us)
{
	return tx_exec(tx, NULL,
	    "UPDATE alarm SET ended_at = ? WHERE kind = ? AND subject = ? AND ended_at IS NULL",
	    DB_INSTANT(now_us), DB_TEXT(kind), DB_TEXT(subject));
}

int
store_alarm_since(struct task *t, const char *kind, const char *subject, int64_t *raised_at)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT raised_at FROM alarm WHERE kind = ? AND subject = ? AND ended_at IS NULL",
	    DB_TEXT(kind), DB_TEXT(subject)));
	*raised_at = db_next(r) ? db_instant(r, 0) : 0;
	return OK;
}
