/* recomputation: the laws that events were decided by, and runs that count open cases by a new one.
 */
#include "store_priv.h"

/* ---- laws ---- */

int
store_law_keep(struct tx *tx, const char *hash, const char *content, int64_t now_us, int64_t *id)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT id FROM law_text WHERE hash = ?", DB_TEXT(hash)));
	if (db_next(r)) {
		*id = db_int(r, 0);
		return OK;
	}
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO law_text (hash, content, read_at) VALUES (?, ?, ?) "
	    "ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
	    DB_TEXT(hash), DB_TEXT(content), DB_INSTANT(now_us)));
	*id = tx_insert_id(tx);
	return OK;
}

int
store_law_read(struct tx *tx, int64_t id, struct json_object **content)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT content FROM law_text WHERE id = ?", DB_INT(id)));
	TRY(one_row(tx_task(tx), r, "law"));
	return column_json(tx_task(tx), r, 0, content);
}

/* ---- runs ---- */

#define RUN_COLUMNS                                                                                \
	"id, why, law_hash, started_by, starter, started_at, finished_at, last_case, cases, "      \
	"moved, needs_person, failed"

static int
read_run(struct task *t, struct db_rows *r, struct recomputation *m)
{
	TRY(one_row(t, r, "recomputation"));
	*m = (struct recomputation){ .id = db_int(r, 0),
		.why = db_text(r, 1),
		.law_hash = db_text(r, 2),
		.started_by = db_int(r, 3),
		.starter = db_text(r, 4),
		.started_at = db_instant(r, 5),
		.finished_at = db_instant(r, 6),
		.last_case = db_int(r, 7),
		.cases = db_int(r, 8),
		.moved = db_int(r, 9),
		.needs_person = db_int(r, 10),
		.failed = db_int(r, 11) };
	return OK;
}

int
store_recomputation_open(struct tx *tx, const char *law_hash, struct recomputation *m)
{
	struct db_rows *r;

	*m = (struct recomputation){ 0 };
	TRY(tx_query(tx, &r,
	    "SELECT " RUN_COLUMNS " FROM recomputation WHERE law_hash = ? AND finished_at IS NULL "
	    "ORDER BY id LIMIT 1 FOR UPDATE",
	    DB_TEXT(law_hash)));
	return db_count(r) ? read_run(tx_task(tx), r, m) : OK;
}

int
store_recomputation_add(struct tx *tx, struct recomputation *m)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO recomputation (why, law_hash, started_by, starter, started_at) "
	    "VALUES (?, ?, ?, ?, ?)",
	    DB_TEXT(m->why), DB_TEXT(m->law_hash), DB_ID(m->started_by), DB_TEXT(m->starter),
	    DB_INSTANT(m->started_at)));
	m->id = tx_insert_id(tx);
	return OK;
}

int
store_recomputation_lock(struct tx *tx, int64_t id, struct recomputation *m)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT " RUN_COLUMNS " FROM recomputation WHERE id = ? FOR UPDATE",
	    DB_INT(id)));
	return read_run(tx_task(tx), r, m);
}

int
store_recomputation_read(struct tx *tx, int64_t id, struct recomputation *m)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT " RUN_COLUMNS " FROM recomputation WHERE id = ?", DB_INT(id)));
	return read_run(tx_task(tx), r, m);
}

int
store_recomputation_save(struct tx *tx, const struct recomputation *m)
{
	return tx_exec(tx, NULL,
	    "UPDATE recomputation SET finished_at = ?, last_case = ?, cases = ?, moved = ?, "
	    "needs_person = ?, failed = ? WHERE id = ?",
	    DB_INSTANT(m->finished_at), DB_INT(m->last_case), DB_INT(m->cases), DB_INT(m->moved),
	    DB_INT(m->needs_person), DB_INT(m->failed), DB_INT(m->id));
}

int
store_recomputation_case_add(struct tx *tx, const struct recomputation_case *k)
{
	return tx_exec(tx, NULL,
	    "INSERT INTO recomputation_case (recomputation_id, case_id, outcome, case_version, "
	    "terms, reason) VALUES (?, ?, ?, ?, ?, ?)",
	    DB_INT(k->recomputation_id), DB_INT(k->case_id), DB_TEXT(k->outcome),
	    DB_INT(k->case_version), json_param(k->terms), DB_TEXT(k->reason));
}

int
store_case_set_calendar(struct tx *tx, int64_t case_id, const char *calendar)
{
	return tx_exec(tx, NULL, "UPDATE cases SET calendar = ? WHERE id = ?", DB_TEXT(calendar),
	    DB_INT(case_id));
}
