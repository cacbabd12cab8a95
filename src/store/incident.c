/* incident: timers that keep failing. One counts only as long as its timer is there and has failed.
 */
#include "store_priv.h"

#define INCIDENT_FROM                                                                              \
	" FROM incident i STRAIGHT_JOIN timer m ON m.id = i.timer_id AND m.last_error IS NOT "     \
	"NULL "

int
store_incident_raise(struct tx *tx, const struct timer_claim *timer, int64_t now_us, bool *is_new)
{
	int64_t affected;

	TRY(tx_exec(tx, &affected,
	    "INSERT IGNORE INTO incident (timer_id, case_id, since) VALUES (?, ?, ?)",
	    DB_INT(timer->id), DB_INT(timer->case_id), DB_INSTANT(now_us)));
	*is_new = affected > 0;
	return OK;
}

static void
read_incident(const struct db_rows *r, struct incident *i)
{
	*i = (struct incident){ .id = db_int(r, 0),
		.case_id = db_int(r, 1),
		.workflow_version_id = db_int(r, 2),
		.case_number = db_text(r, 3),
		.case_title = db_text(r, 4),
		.event = db_text(r, 5),
		.error = db_text(r, 6),
		.due_at = db_instant(r, 7),
		.since = db_instant(r, 8),
		.next_at = db_instant(r, 9),
		.attempts = (int)db_int(r, 10) };
}

int
store_incidents(
    struct task *t, int64_t before, int limit, struct incident **list, int *count, int64_t *total)
{
	struct db_rows *r;

	TRY(db_query(t, &r, "SELECT COUNT(*)" INCIDENT_FROM));
	TRY(one_row(t, r, "count"));
	*total = db_int(r, 0);
	TRY(db_query(t, &r,
	    "SELECT i.timer_id, i.case_id, c.workflow_version_id, c.number, c.title, m.event, "
	    "m.last_error, m.due_at, i.since, m.next_at, m.attempts" INCIDENT_FROM
	    "JOIN cases c ON c.id = i.case_id WHERE i.timer_id < ? "
	    "ORDER BY i.timer_id DESC LIMIT ?",
	    DB_INT(before ? before : INT64_MAX), DB_INT(limit)));
	*list = rows_array(t, struct incident, r);
	for (*count = 0; db_next(r); ++*count)
		read_incident(r, &(*list)[*count]);
	return OK;
}

int
store_incidents_of_case(struct tx *tx, int64_t case_id, int64_t *count)
{
	struct db_rows *r;

	TRY(tx_query(
	    tx, &r, "SELECT COUNT(*)" INCIDENT_FROM "WHERE i.case_id = ?", DB_INT(case_id)));
	TRY(one_row(tx_task(tx), r, "count"));
	*count = db_int(r, 0);
	return OK;
}

/* Whoever works at it just now loses it by the fence when it is taken again. */
int
store_incident_retry(struct tx *tx, int64_t id, int64_t now_us)
{
	int64_t affected;

	TRY(tx_exec(tx, &affected,
	    "UPDATE timer m JOIN incident i ON i.timer_id = m.id "
	    "SET m.next_at = ? WHERE m.id = ? AND m.last_error IS NOT NULL",
	    DB_INSTANT(now_us), DB_INT(id)));
	return affected ? OK : fail(tx_task(tx), E_NOT_FOUND, "there is no such incident any more");
}

int
store_incidents_forget(struct tx *tx, int64_t *left)
{
	struct db_rows *r;

	TRY(tx_exec(tx, NULL,
	    "DELETE i FROM incident i LEFT JOIN timer m ON m.id = i.timer_id "
	    "AND m.last_error IS NOT NULL WHERE m.id IS NULL"));
	TRY(tx_query(tx, &r, "SELECT COUNT(*) FROM incident"));
	TRY(one_row(tx_task(tx), r, "count"));
	*left = db_int(r, 0);
	return OK;
}
