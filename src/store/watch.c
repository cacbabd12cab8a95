/*
 * watch: the cases that a person watches. A watch does not show a case to anybody: it stays, and
 * is hidden, while its person may not see the case.
 */
#include "store_priv.h"

/* Open cases by due date, those without one after them, closed ones last. */
#define WATCH_KEY                                                                                  \
	"IF(c.is_open, COALESCE(c.due_at, TIMESTAMP'9999-12-31 00:00:00'), "                       \
	"TIMESTAMP'9999-12-31 00:00:01')"

#define WATCHED_FROM                                                                               \
	"FROM case_watch w STRAIGHT_JOIN cases c ON c.id = w.case_id WHERE w.person_id = ? "       \
	"AND EXISTS (SELECT 1 FROM case_party p WHERE p.case_id = w.case_id AND p.agency_id IN "   \
	"(SELECT id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) mine)) "

int
store_watch(struct tx *tx, int64_t person_id, int64_t case_id, int64_t now_us)
{
	return tx_exec(tx, NULL,
	    "INSERT IGNORE INTO case_watch (person_id, case_id, since) VALUES (?, ?, ?)",
	    DB_INT(person_id), DB_INT(case_id), DB_INSTANT(now_us));
}

int
store_unwatch(struct task *t, int64_t person_id, int64_t case_id)
{
	return db_exec(t, NULL, "DELETE FROM case_watch WHERE person_id = ? AND case_id = ?",
	    DB_INT(person_id), DB_INT(case_id));
}

int
store_is_watched(struct tx *tx, int64_t person_id, int64_t case_id, bool *is_watched)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT 1 FROM case_watch WHERE person_id = ? AND case_id = ?",
	    DB_INT(person_id), DB_INT(case_id)));
	*is_watched = db_next(r);
	return OK;
}

int
store_watches(struct tx *tx, int64_t person_id, int64_t *count)
{
	struct db_rows *r;

	TRY(tx_query(
	    tx, &r, "SELECT COUNT(*) FROM case_watch WHERE person_id = ?", DB_INT(person_id)));
	TRY(one_row(tx_task(tx), r, "count"));
	*count = db_int(r, 0);
	return OK;
}

int
store_watched(struct task *t, const struct watch_query *q, struct watched_row **list, int *count)
{
	const char *agencies = ids_json(task_arena(t), q->agency_ids, q->agency_count);
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " LINE_COLUMNS ", page.k FROM (SELECT id, k FROM (SELECT c.id, " WATCH_KEY
	    " AS k " WATCHED_FROM ") seen WHERE ? IS NULL OR k > ? OR (k = ? AND id > ?) "
	    "ORDER BY k, id LIMIT ?) page "
	    "STRAIGHT_JOIN cases c ON c.id = page.id" LINE_JOINS "ORDER BY page.k, c.id",
	    DB_INT(q->person_id), DB_TEXT(agencies), DB_ID(q->after_id), DB_INSTANT(q->after_key),
	    DB_INSTANT(q->after_key), DB_INT(q->after_id), DB_INT(q->limit)));
	*list = rows_array(t, struct watched_row, r);
	for (*count = 0; db_next(r); ++*count) {
		read_line(r, 0, &(*list)[*count].line);
		(*list)[*count].key = db_instant(r, LINE_WIDTH);
	}
	return OK;
}

int
store_watched_count(
    struct task *t, const struct watch_query *q, int64_t at, int64_t *total, int64_t *overdue)
{
	const char *agencies = ids_json(task_arena(t), q->agency_ids, q->agency_count);
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT COUNT(*), COUNT(IF(c.is_open AND c.due_at <= ?, 1, NULL)) " WATCHED_FROM,
	    DB_INSTANT(at), DB_INT(q->person_id), DB_TEXT(agencies)));
	TRY(one_row(t, r, "count"));
	*total = db_int(r, 0);
	*overdue = db_int(r, 1);
	return OK;
}
