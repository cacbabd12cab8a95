/*
 * ties: what binds a case to agencies and to other cases: who sees it, what it tells others, what
 * hangs on it.
 */
#include "store_priv.h"

/* ---- writing ---- */

static int
add_viewers(struct tx *tx, const struct write_set *ws)
{
	if (ws->viewer_count == 0)
		return OK;
	return tx_exec(tx, NULL,
	    "INSERT IGNORE INTO case_party (agency_id, case_id) SELECT q.id, ? "
	    "FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q",
	    DB_INT(ws->c.id), DB_TEXT(ids_json(tx_arena(tx), ws->viewers, ws->viewer_count)));
}

/* What is told is a timer that is due at once. NULLs ask for nothing; those that are closed hear
 * nothing. */
static int
tell_cases(struct tx *tx, const struct write_set *ws, const struct tell_write *w, int n,
    struct db_param id, struct db_param parent_id)
{
	const struct case_row *c = &ws->c;

	return tx_exec(tx, NULL,
	    "INSERT INTO timer (case_id, timer_id, event, started_at, due_at, data, next_at) "
	    "SELECT c.id, CONCAT('" TOLD_PREFIX "', ?, ':', ?, ':', ?), ?, ?, ?, ?, ? FROM cases c "
	    "WHERE c.is_open = 1 AND c.id <> ? AND (? IS NULL OR c.id = ?) "
	    "AND (? IS NULL OR c.parent_id = ?)",
	    DB_INT(c->id), DB_INT(c->version), DB_INT(n), DB_TEXT(w->event),
	    DB_INSTANT(ws->event.at), DB_INSTANT(ws->event.at), json_param(w->data),
	    DB_INSTANT(ws->event.at), DB_INT(c->id), id, id, parent_id, parent_id);
}

static int
tell_workflow(struct tx *tx, const struct write_set *ws, const struct tell_write *w, int n)
{
	const struct case_row *c = &ws->c;

	return tx_exec(tx, NULL,
	    "INSERT INTO timer (case_id, timer_id, event, started_at, due_at, data, next_at) "
	    "SELECT c.id, CONCAT('" TOLD_PREFIX "', ?, ':', ?, ':', ?), ?, ?, ?, ?, ? FROM cases c "
	    "WHERE c.is_open = 1 AND c.id <> ? AND c.workflow = ? "
	    "AND (? = 0 OR c.service_id <=> ?) AND (? = 0 OR c.requester_id = ?) "
	    "AND (? = 0 OR c.owner_id = ?)",
	    DB_INT(c->id), DB_INT(c->version), DB_INT(n), DB_TEXT(w->event),
	    DB_INSTANT(ws->event.at), DB_INSTANT(ws->event.at), json_param(w->data),
	    DB_INSTANT(ws->event.at), DB_INT(c->id), DB_TEXT(w->workflow), DB_INT(w->same_service),
	    DB_ID(c->service_id), DB_INT(w->same_requester), DB_INT(c->requester_id),
	    DB_INT(w->same_owner), DB_INT(c->owner_id));
}

static int
tell(struct tx *tx, const struct write_set *ws, int n)
{
	const struct tell_write *w = &ws->tells[n];
	int64_t one = str_eq(w->to, "parent")  ? ws->c.parent_id
		      : str_eq(w->to, "about") ? ws->c.about_id
					       : 0;

	if (str_eq(w->to, "workflow"))
		return tell_workflow(tx, ws, w, n);
	if (str_eq(w->to, "children"))
		return tell_cases(tx, ws, w, n, DB_NULL, DB_INT(ws->c.id));
	return one ? tell_cases(tx, ws, w, n, DB_INT(one), DB_NULL) : OK;
}

/* Given once more it takes the place of what was given before. */
static int
add_grant(struct tx *tx, const struct write_set *ws, const struct grant_write *g)
{
	return tx_exec(tx, NULL,
	    "INSERT INTO data_grant (case_id, kind, requester_id, owner_id, service_id, "
	    "reference, items, valid_until, granted_at) VALUES (?, ?, ?, ?, ?, LEFT(?, 300), ?, ?, "
	    "?) ON DUPLICATE KEY UPDATE reference = VALUES(reference), items = VALUES(items), "
	    "valid_until = VALUES(valid_until), granted_at = VALUES(granted_at), ended_at = NULL",
	    DB_INT(ws->c.id), DB_TEXT(g->kind), DB_INT(ws->c.requester_id), DB_INT(ws->c.owner_id),
	    DB_ID(ws->c.service_id), DB_TEXT(g->reference), json_param(g->items), DB_TEXT(g->until),
	    DB_INSTANT(ws->event.at));
}

static int
end_grants(struct tx *tx, const struct write_set *ws)
{
	if (!ws->ends_grants)
		return OK;
	return tx_exec(tx, NULL,
	    "UPDATE data_grant SET ended_at = ? WHERE case_id = ? AND ended_at IS NULL",
	    DB_INSTANT(ws->event.at), DB_INT(ws->c.id));
}

int
write_ties(struct tx *tx, const struct write_set *ws)
{
	TRY(add_viewers(tx, ws));
	TRY(end_grants(tx, ws));
	for (int i = 0; i < ws->grant_count; i++)
		TRY(add_grant(tx, ws, &ws->grants[i]));
	for (int i = 0; i < ws->tell_count; i++)
		TRY(tell(tx, ws, i));
	return OK;
}

/* ---- reading ---- */

/* Each link of a case in one statement, as each view asks. */
int
store_links(struct tx *tx, const struct case_row *c, const int64_t *agency_ids, int agency_count,
    struct case_link **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT q.tie, EXISTS (SELECT 1 FROM case_party p JOIN JSON_TABLE(?, '$[*]' "
	    "COLUMNS (id BIGINT PATH '$')) mine ON mine.id = p.agency_id WHERE p.case_id = "
	    "c.id), " LINE_COLUMNS " FROM (SELECT ? AS tie, x.id FROM cases x WHERE x.id = ? "
	    "UNION ALL SELECT ?, x.id FROM cases x WHERE x.id = ? "
	    "UNION ALL SELECT ?, x.id FROM cases x WHERE x.parent_id = ? "
	    "UNION ALL SELECT ?, x.id FROM cases x WHERE x.about_id = ?) q "
	    "JOIN cases c ON c.id = q.id" LINE_JOINS "ORDER BY q.tie, c.id LIMIT 1000",
	    DB_TEXT(ids_json(tx_arena(tx), agency_ids, agency_count)), DB_INT(LINK_PARENT),
	    DB_ID(c->parent_id), DB_INT(LINK_ABOUT), DB_ID(c->about_id), DB_INT(LINK_CHILD),
	    DB_INT(c->id), DB_INT(LINK_ABOUT_THIS), DB_INT(c->id)));
	*list = rows_array(tx_task(tx), struct case_link, r);
	for (*count = 0; db_next(r); ++*count) {
		struct case_link *link = &(*list)[*count];

		link->tie = (enum case_tie)db_int(r, 0);
		link->is_visible = db_int(r, 1);
		read_line(r, 2, &link->line);
	}
	return OK;
}

/* ---- grants ---- */

#define GRANT_COLUMNS                                                                              \
	"d.id, d.case_id, c.number, d.kind, d.requester_id, d.owner_id, sv.code, sv.name, "        \
	"d.reference, d.items, DATE_FORMAT(d.valid_until, '%Y-%m-%d'), d.granted_at, d.ended_at"
#define GRANT_FROM                                                                                 \
	" FROM data_grant d JOIN cases c ON c.id = d.case_id "                                     \
	"LEFT JOIN service sv ON sv.id = d.service_id "

static int
read_grants(struct task *t, struct db_rows *r, struct grant_row **list, int *count)
{
	*list = rows_array(t, struct grant_row, r);
	for (*count = 0; db_next(r); ++*count) {
		struct grant_row *g = &(*list)[*count];

		*g = (struct grant_row){ .id = db_int(r, 0),
			.case_id = db_int(r, 1),
			.case_number = db_text(r, 2),
			.kind = db_text(r, 3),
			.requester_id = db_int(r, 4),
			.owner_id = db_int(r, 5),
			.service_code = db_text(r, 6),
			.service_name = db_text(r, 7),
			.reference = db_text(r, 8),
			.until = db_text(r, 10),
			.granted_at = db_instant(r, 11),
			.ended_at = db_instant(r, 12) };
		TRY(column_json(t, r, 9, &g->items));
	}
	return OK;
}

int
store_grants_of_case(struct tx *tx, int64_t case_id, struct grant_row **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT " GRANT_COLUMNS GRANT_FROM "WHERE d.case_id = ? ORDER BY d.id",
	    DB_INT(case_id)));
	return read_grants(tx_task(tx), r, list, count);
}

int
store_grants_running(struct task *t, const int64_t *agency_ids, int agency_count, const char *today,
    int64_t before_id, int limit, struct grant_row **list, int *count)
{
	const char *mine = ids_json(task_arena(t), agency_ids, agency_count);
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " GRANT_COLUMNS " FROM (SELECT d.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id "
	    "BIGINT PATH '$')) q JOIN data_grant d ON d.requester_id = q.id AND d.ended_at IS NULL "
	    "UNION SELECT d.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q "
	    "JOIN data_grant d ON d.owner_id = q.id AND d.ended_at IS NULL) mine "
	    "JOIN data_grant d ON d.id = mine.id JOIN cases c ON c.id = d.case_id "
	    "LEFT JOIN service sv ON sv.id = d.service_id "
	    "WHERE d.id < ? AND (d.valid_until IS NULL OR d.valid_until >= ?) "
	    "ORDER BY d.id DESC LIMIT ?",
	    DB_TEXT(mine), DB_TEXT(mine), DB_INT(before_id ? before_id : INT64_MAX), DB_TEXT(today),
	    DB_INT(limit)));
	return read_grants(t, r, list, count);
}
