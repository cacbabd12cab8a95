/* workflow: published versions. Never changed: cases are pinned to them. */
#include "store_priv.h"

static int
find(struct tx *tx, const char *workflow, const char *hash, int64_t *id)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT id FROM workflow_version WHERE workflow = ? AND content_hash = ?",
	    DB_TEXT(workflow), DB_TEXT(hash)));
	*id = db_next(r) ? db_int(r, 0) : 0;
	return OK;
}

int
store_workflow_version_keep(struct tx *tx, const char *workflow, const char *hash,
    const char *machine, int64_t now_us, int64_t *id)
{
	int code;

	TRY(find(tx, workflow, hash, id));
	if (*id != 0)
		return OK;
	code = tx_exec(tx, NULL,
	    "INSERT INTO workflow_version (workflow, content_hash, machine, published_at) "
	    "VALUES (?, ?, ?, ?)",
	    DB_TEXT(workflow), DB_TEXT(hash), DB_TEXT(machine), DB_INSTANT(now_us));
	if (tx_is_duplicate(tx)) /* another process at the same time */
		return find(tx, workflow, hash, id);
	*id = tx_insert_id(tx);
	return code;
}

int
store_workflow_versions(struct task *t, struct workflow_version **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT v.id, v.workflow, v.content_hash, v.machine FROM workflow_version v "
	    "WHERE EXISTS (SELECT 1 FROM cases c WHERE c.workflow_version_id = v.id) "
	    "OR v.id = (SELECT MAX(n.id) FROM workflow_version n WHERE n.workflow = v.workflow) "
	    "ORDER BY v.id"));
	*list = rows_array(t, struct workflow_version, r);
	for (*count = 0; db_next(r); ++*count)
		(*list)[*count] = (struct workflow_version){ .id = db_int(r, 0),
			.workflow = db_text(r, 1),
			.hash = db_text(r, 2),
			.machine = db_text(r, 3) };
	return OK;
}
