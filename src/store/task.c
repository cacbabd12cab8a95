/* task: open work, of a case and of a person: the inbox. */
#include "store_priv.h"

#define TASK_COLUMNS                                                                               \
	"k.id, k.case_id, k.agency_id, k.state_id, k.post, k.of_party, k.title_vi, k.title_en, "   \
	"k.term, k.opened_at, k.due_at"
enum { TASK_WIDTH = 11 };

/* The most urgent tasks of one post: a range of the index task_inbox, read in its order. */
#define POST_TASKS                                                                                 \
	"(SELECT k.id, k.due_key FROM task k WHERE k.agency_id = ? AND k.post = ? "                \
	"AND k.is_open = 1 AND k.due_key >= ? AND (k.due_key > ? OR k.id > ?) "                    \
	"ORDER BY k.due_key, k.id LIMIT ?)"
enum { POST_PARAMS = 6, TOTAL_MAX = 1001 };

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

int
store_tasks_of_post_count(struct tx *tx, int64_t agency_id, const char *post, int64_t *open)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT COUNT(*) FROM (SELECT 1 FROM task k WHERE k.agency_id = ? AND k.post = ? "
	    "AND k.is_open = 1 LIMIT ?) some",
	    DB_INT(agency_id), DB_TEXT(post), DB_INT(TOTAL_MAX)));
	TRY(one_row(tx_task(tx), r, "count"));
	*open = db_int(r, 0);
	return OK;
}

int
store_tasks_of_cases(
    struct task *t, const int64_t *case_ids, int case_count, struct task_row **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " TASK_COLUMNS " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q "
	    "STRAIGHT_JOIN task k ON k.case_id = q.id AND k.is_open = 1 "
	    "ORDER BY k.case_id, k.due_key, k.id",
	    DB_TEXT(ids_json(task_arena(t), case_ids, case_count))));
	*list = rows_array(t, struct task_row, r);
	for (*count = 0; db_next(r); ++*count)
		read_task(r, &(*list)[*count]);
	return OK;
}

/* ---- the inbox: so much of each post, so that it costs the same however much waits ---- */

struct cut { /* what is wanted of each post */
	int64_t after_key, after_id;
	int limit;
};

/* The tasks of all posts as one table. */
static const char *
post_tasks(struct arena *a, int post_count)
{
	struct str s;

	str_init(&s, a);
	for (int i = 0; i < post_count; i++)
		str_addf(&s, "%s%s", i ? " UNION ALL " : "", POST_TASKS);
	return s.text;
}

/* Their parameters between first and last, either of which may be none (DB_END_). */
static const struct db_param *
post_params(struct arena *a, struct db_param first, const struct post_pair *posts, int post_count,
    const struct cut *cut, struct db_param last)
{
	struct db_param *list = arena_array(a, struct db_param, post_count * POST_PARAMS + 3);
	struct db_param *p = list;

	if (first.type != DB_T_END)
		*p++ = first;
	for (int i = 0; i < post_count; i++) {
		*p++ = DB_INT(posts[i].agency_id);
		*p++ = DB_TEXT(posts[i].post);
		*p++ = DB_INSTANT(cut->after_key);
		*p++ = DB_INSTANT(cut->after_key);
		*p++ = DB_INT(cut->after_id);
		*p++ = DB_INT(cut->limit);
	}
	*p++ = last;
	*p = DB_END_;
	return list;
}

/* Ids first, out of the index alone; whole rows only of those that are shown. */
int
store_inbox(struct task *t, const struct post_pair *posts, int post_count, int64_t after_due,
    int64_t after_id, int limit, struct inbox_row **list, int *count)
{
	struct arena *a = task_arena(t);
	struct cut cut = { .after_id = after_id, .limit = limit };
	struct db_rows *r;

	*list = NULL;
	*count = 0;
	cut.after_key = after_id == 0 ? earliest_us : after_due == 0 ? never_us : after_due;
	if (post_count == 0)
		return OK;
	TRY(db_query_(t, &r,
	    arena_printf(a,
		"SELECT " TASK_COLUMNS ", " LINE_COLUMNS " FROM (%s ORDER BY due_key, id LIMIT ?) "
		"page JOIN task k ON k.id = page.id JOIN cases c ON c.id = k.case_id" LINE_JOINS
		"ORDER BY k.due_key, k.id",
		post_tasks(a, post_count)),
	    post_params(a, DB_END_, posts, post_count, &cut, DB_INT(limit))));
	*list = rows_array(t, struct inbox_row, r);
	for (; db_next(r); ++*count) {
		read_task(r, &(*list)[*count].task);
		read_line(r, TASK_WIDTH, &(*list)[*count].line);
	}
	return OK;
}

/* What is late is among the most urgent, so that what is counted of each post is enough for both.
 */
int
store_inbox_count(struct task *t, const struct post_pair *posts, int post_count, int64_t at,
    int64_t *total, int64_t *overdue)
{
	struct arena *a = task_arena(t);
	struct cut cut = { .after_key = earliest_us, .limit = TOTAL_MAX };
	struct db_rows *r;

	*total = *overdue = 0;
	if (post_count == 0)
		return OK;
	TRY(db_query_(t, &r,
	    arena_printf(a,
		"SELECT LEAST(COUNT(*), %d), LEAST(COUNT(IF(due_key <= ?, 1, NULL)), %d) "
		"FROM (%s) urgent",
		TOTAL_MAX, TOTAL_MAX, post_tasks(a, post_count)),
	    post_params(a, DB_INSTANT(at), posts, post_count, &cut, DB_END_)));
	TRY(one_row(t, r, "count"));
	*total = db_int(r, 0);
	*overdue = db_int(r, 1);
	return OK;
}
