/* task: open work, of a case and of a person: the inbox. */
#include "store_priv.h"

#define TASK_COLUMNS                                                                               \
	"k.id, k.case_id, k.agency_id, k.state_id, k.post, k.of_party, k.title_vi, k.title_en, "   \
	"k.term, k.opened_at, k.due_at"
enum { TASK_WIDTH = 11 };

/* The posts held at a time, each once though held twice; then a range of the index task_inbox each.
 */
#define INBOX_FROM                                                                                 \
	"FROM (SELECT DISTINCT agency_id, post FROM holding WHERE person_id = ? "                  \
	"AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)) h "                     \
	"STRAIGHT_JOIN task k ON k.agency_id = h.agency_id AND k.post = h.post AND k.is_open = 1 "

static const int64_t never_us = 253402214400000000;    /* due_key of tasks without a due time */
static const int64_t earliest_us = -30610224000000000; /* the year 1000 */

static void
read_task(const struct db_rows *r, struct task_row *k)
{
	*k = (struct task_row){ .id = db_int(r, 0),
		.case_id = db_int(r, 1),
		.agency_id = db_int(r, 2),
		.state_id = db_text(r, 3),
		.post = db_text(r, 4),
		.of = db_text(r, 5),
		.title_vi = db_text(r, 6),
		.title_en = db_text(r, 7),
		.term = db_text(r, 8),
		.opened_at = db_instant(r, 9),
		.due_at = db_instant(r, 10) };
}

int
store_tasks_open(struct tx *tx, int64_t case_id, struct task_row **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " TASK_COLUMNS
	    " FROM task k WHERE k.case_id = ? AND k.is_open = 1 ORDER BY k.id",
	    DB_INT(case_id)));
	*list = rows_array(tx_task(tx), struct task_row, r);
	for (*count = 0; db_next(r); ++*count)
		read_task(r, &(*list)[*count]);
	return OK;
}

/* Ids first, out of the index alone; whole rows only of those that are shown. */
int
store_inbox(struct task *t, int64_t person_id, int64_t at, int64_t after_due, int64_t after_id,
    int limit, struct inbox_row **list, int *count)
{
	int64_t after_key = after_id == 0 ? earliest_us : after_due == 0 ? never_us : after_due;
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " TASK_COLUMNS ", " LINE_COLUMNS " FROM (SELECT k.id " INBOX_FROM
	    "WHERE k.due_key >= ? AND (k.due_key > ? OR k.id > ?) ORDER BY k.due_key, k.id LIMIT "
	    "?) page "
	    "JOIN task k ON k.id = page.id JOIN cases c ON c.id = k.case_id" LINE_JOINS
	    "ORDER BY k.due_key, k.id",
	    DB_INT(person_id), DB_INSTANT(at), DB_INSTANT(at), DB_INSTANT(after_key),
	    DB_INSTANT(after_key), DB_INT(after_id), DB_INT(limit)));
	*list = rows_array(t, struct inbox_row, r);
	for (*count = 0; db_next(r); ++*count) {
		read_task(r, &(*list)[*count].task);
		read_line(r, TASK_WIDTH, &(*list)[*count].line);
	}
	return OK;
}

int
store_inbox_count(struct task *t, int64_t person_id, int64_t at, int64_t *total, int64_t *overdue)
{
	struct db_rows *r;

	TRY(db_query(t, &r, "SELECT COUNT(*), SUM(k.due_key < ?) " INBOX_FROM, DB_INSTANT(at),
	    DB_INT(person_id), DB_INSTANT(at), DB_INSTANT(at)));
	TRY(one_row(t, r, "count"));
	*total = db_int(r, 0);
	*overdue = db_int(r, 1);
	return OK;
}
