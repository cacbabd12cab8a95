/*
 * workflow: versions, which never change, and publications, which say what new cases take. Cases
 * are pinned to versions.
 */
#include "store_priv.h"

/* The newest publication of each workflow. */
#define CURRENT                                                                                    \
	"(SELECT p.workflow, p.version_id FROM workflow_publication p JOIN "                       \
	"(SELECT MAX(id) AS id FROM workflow_publication GROUP BY workflow) m ON m.id = p.id)"

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
store_workflow_version_is_kept(
    struct task *t, const char *workflow, const char *hash, bool *is_kept)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT id FROM workflow_version WHERE workflow = ? AND content_hash = ?",
	    DB_TEXT(workflow), DB_TEXT(hash)));
	*is_kept = db_next(r);
	return OK;
}

static void
read_version(const struct db_rows *r, struct workflow_version *v)
{
	*v = (struct workflow_version){ .id = db_int(r, 0),
		.workflow = db_text(r, 1),
		.hash = db_text(r, 2),
		.machine = db_text(r, 3) };
}

int
store_workflow_versions(struct task *t, struct workflow_version **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT v.id, v.workflow, v.content_hash, v.machine FROM workflow_version v "
	    "WHERE EXISTS (SELECT 1 FROM cases c WHERE c.workflow_version_id = v.id) "
	    "OR v.id IN (SELECT n.version_id FROM " CURRENT " n) ORDER BY v.id"));
	*list = rows_array(t, struct workflow_version, r);
	for (*count = 0; db_next(r); ++*count)
		read_version(r, &(*list)[*count]);
	return OK;
}

int
store_workflow_version_by_id(struct tx *tx, int64_t id, struct workflow_version *v)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT id, workflow, content_hash, machine FROM workflow_version WHERE id = ?",
	    DB_INT(id)));
	TRY(one_row(tx_task(tx), r, "version of a workflow"));
	read_version(r, v);
	return OK;
}

int
store_workflow_version_by_hash(
    struct tx *tx, const char *workflow, const char *hash_start, struct workflow_version *v)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT id, workflow, content_hash, machine FROM workflow_version "
	    "WHERE workflow = ? AND LEFT(content_hash, CHAR_LENGTH(?)) = ? ORDER BY id LIMIT 2",
	    DB_TEXT(workflow), DB_TEXT(hash_start), DB_TEXT(hash_start)));
	if (db_count(r) > 1)
		return fail(tx_task(tx), E_CONFLICT,
		    "several versions of %s begin with the hash %s", workflow, hash_start);
	TRY(one_row(tx_task(tx), r, "version of a workflow"));
	read_version(r, v);
	return OK;
}

/* ---- publications ---- */

int
store_workflow_current(struct task *t, struct workflow_current **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r, "SELECT n.workflow, n.version_id FROM " CURRENT " n"));
	*list = rows_array(t, struct workflow_current, r);
	for (*count = 0; db_next(r); ++*count)
		(*list)[*count] = (struct workflow_current){ db_text(r, 0), db_int(r, 1) };
	return OK;
}

#define PUBLICATION_COLUMNS                                                                        \
	"p.version_id, v.content_hash, p.is_shipped, p.published_by, p.publisher, p.why, "         \
	"p.published_at"

static void
read_publication(const struct db_rows *r, struct publication *p)
{
	*p = (struct publication){ .version_id = db_int(r, 0),
		.hash = db_text(r, 1),
		.is_shipped = db_int(r, 2),
		.published_by = db_int(r, 3),
		.publisher = db_text(r, 4),
		.why = db_text(r, 5),
		.at = db_instant(r, 6) };
}

int
store_publication_lock(
    struct tx *tx, const char *workflow, struct publication *p, bool *only_shipped)
{
	struct db_rows *r;

	*p = (struct publication){ 0 };
	*only_shipped = true;
	TRY(tx_query(tx, &r,
	    "SELECT " PUBLICATION_COLUMNS " FROM workflow_publication p JOIN workflow_version v "
	    "ON v.id = p.version_id WHERE p.workflow = ? ORDER BY p.id FOR UPDATE",
	    DB_TEXT(workflow)));
	while (db_next(r)) {
		read_publication(r, p);
		*only_shipped = *only_shipped && p->is_shipped;
	}
	return OK;
}

int
store_publication_add(struct tx *tx, const char *workflow, const struct publication *p)
{
	return tx_exec(tx, NULL,
	    "INSERT INTO workflow_publication (workflow, version_id, is_shipped, published_by, "
	    "publisher, why, published_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
	    DB_TEXT(workflow), DB_INT(p->version_id), DB_INT(p->is_shipped), DB_ID(p->published_by),
	    DB_TEXT(p->publisher), DB_TEXT(p->why), DB_INSTANT(p->at));
}

int
store_publications(struct task *t, const char *workflow, struct publication_line **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " PUBLICATION_COLUMNS ", "
	    "(SELECT COUNT(*) FROM cases c WHERE c.workflow_version_id = v.id AND c.is_open = 1), "
	    "(SELECT COUNT(*) FROM cases c WHERE c.workflow_version_id = v.id AND c.is_open = 0) "
	    "FROM workflow_publication p JOIN workflow_version v ON v.id = p.version_id "
	    "WHERE p.workflow = ? ORDER BY p.id",
	    DB_TEXT(workflow)));
	*list = rows_array(t, struct publication_line, r);
	for (*count = 0; db_next(r); ++*count) {
		struct publication_line *line = &(*list)[*count];

		read_publication(r, &line->p);
		line->open_cases = db_int(r, 7);
		line->closed_cases = db_int(r, 8);
	}
	return OK;
}
