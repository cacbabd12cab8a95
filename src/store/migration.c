/* migration: runs of a plan that moves open cases to another version, and the cases they moved. */
#include "store_priv.h"

int
store_migration_add(struct tx *tx, struct migration *m)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO workflow_migration (workflow, from_version, to_version, plan, plan_hash, "
	    "started_by, starter, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	    DB_TEXT(m->workflow), DB_INT(m->from_version), DB_INT(m->to_version),
	    json_param(m->plan), DB_TEXT(m->plan_hash), DB_ID(m->started_by), DB_TEXT(m->starter),
	    DB_INSTANT(m->started_at)));
	m->id = tx_insert_id(tx);
	return OK;
}

int
store_migration_lock(struct tx *tx, const char *plan_hash, struct migration *m)
{
	struct db_rows *r;

	*m = (struct migration){ 0 };
	TRY(tx_query(tx, &r,
	    "SELECT id, workflow, from_version, to_version, plan, plan_hash, started_by, starter, "
	    "started_at, finished_at, undone_at FROM workflow_migration WHERE plan_hash = ? "
	    "ORDER BY undone_at IS NULL DESC, id DESC LIMIT 1 FOR UPDATE",
	    DB_TEXT(plan_hash)));
	if (!db_next(r))
		return OK;
	*m = (struct migration){ .id = db_int(r, 0),
		.workflow = db_text(r, 1),
		.from_version = db_int(r, 2),
		.to_version = db_int(r, 3),
		.plan_hash = db_text(r, 5),
		.started_by = db_int(r, 6),
		.starter = db_text(r, 7),
		.started_at = db_instant(r, 8),
		.finished_at = db_instant(r, 9),
		.undone_at = db_instant(r, 10) };
	return column_json(tx_task(tx), r, 4, &m->plan);
}

int
store_migration_end(struct tx *tx, const struct migration *m)
{
	return tx_exec(tx, NULL,
	    "UPDATE workflow_migration SET finished_at = ?, undone_at = ? WHERE id = ?",
	    DB_INSTANT(m->finished_at), DB_INSTANT(m->undone_at), DB_INT(m->id));
}

/* ---- its cases ---- */

int
store_migration_case_add(struct tx *tx, const struct migration_case *m)
{
	return tx_exec(tx, NULL,
	    "INSERT INTO workflow_migration_case (migration_id, case_id, case_version, "
	    "before_move) VALUES (?, ?, ?, ?)",
	    DB_INT(m->migration_id), DB_INT(m->case_id), DB_INT(m->case_version),
	    json_param(m->before));
}

int
store_migration_case_lock(
    struct tx *tx, int64_t migration_id, int64_t case_id, struct migration_case *m)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT migration_id, case_id, case_version, undone_at, before_move "
	    "FROM workflow_migration_case WHERE migration_id = ? AND case_id = ? FOR UPDATE",
	    DB_INT(migration_id), DB_INT(case_id)));
	TRY(one_row(tx_task(tx), r, "moved case"));
	*m = (struct migration_case){ .migration_id = db_int(r, 0),
		.case_id = db_int(r, 1),
		.case_version = db_int(r, 2),
		.undone_at = db_instant(r, 3) };
	return column_json(tx_task(tx), r, 4, &m->before);
}

int
store_migration_case_undone(struct tx *tx, const struct migration_case *m)
{
	return tx_exec(tx, NULL,
	    "UPDATE workflow_migration_case SET undone_at = ? WHERE migration_id = ? AND "
	    "case_id = ?",
	    DB_INSTANT(m->undone_at), DB_INT(m->migration_id), DB_INT(m->case_id));
}

int
store_case_pin(
    struct tx *tx, int64_t case_id, int64_t version_id, const int64_t *viewers, int viewer_count)
{
	TRY(tx_exec(tx, NULL, "UPDATE cases SET workflow_version_id = ? WHERE id = ?",
	    DB_INT(version_id), DB_INT(case_id)));
	return tx_exec(tx, NULL,
	    "DELETE FROM case_party WHERE case_id = ? AND agency_id NOT IN (SELECT q.id FROM "
	    "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q)",
	    DB_INT(case_id), DB_TEXT(ids_json(tx_arena(tx), viewers, viewer_count)));
}

/* ---- all cases, one after the other ---- */

static int
next_moved(struct tx *tx, const struct case_filter *f, int64_t after_id, struct db_rows **r)
{
	return tx_query(tx, r,
	    "SELECT case_id FROM workflow_migration_case WHERE migration_id = ? AND case_id > ? "
	    "AND undone_at IS NULL ORDER BY case_id LIMIT 1",
	    DB_INT(f->migration_id), DB_INT(after_id));
}

static int
next_case(struct tx *tx, const struct case_filter *f, int64_t after_id, struct db_rows **r)
{
	return tx_query(tx, r,
	    "SELECT id FROM cases WHERE id > ? AND (? IS NULL OR workflow = ?) "
	    "AND (? = 0 OR workflow_version_id = ?) AND (? = 0 OR is_open = 1) "
	    "AND (? IS NULL OR created_at >= ?) AND (? IS NULL OR created_at < ?) "
	    "ORDER BY id LIMIT 1",
	    DB_INT(after_id), DB_TEXT(f->workflow), DB_TEXT(f->workflow), DB_INT(f->version_id),
	    DB_INT(f->version_id), DB_INT(f->only_open), DB_INSTANT(f->since), DB_INSTANT(f->since),
	    DB_INSTANT(f->until), DB_INSTANT(f->until));
}

int
store_case_next(struct tx *tx, const struct case_filter *f, int64_t after_id, int64_t *id)
{
	struct db_rows *r;

	if (f->migration_id)
		TRY(next_moved(tx, f, after_id, &r));
	else
		TRY(next_case(tx, f, after_id, &r));
	*id = db_next(r) ? db_int(r, 0) : 0;
	return OK;
}
