/*
 * case_list: which cases a person sees. Browsing reads ids from each source of cases (those of
 * one agency, those created) by its index, newest first, and merges them; a search starts from the
 * words. Only what is shown is read whole.
 */
#include "store_priv.h"

enum { TOTAL_MAX = 1001 };

/* What open, closed and overdue mean, and of which workflows; NULLs ask for nothing. */
#define STATE_MATCHES                                                                              \
	" (? IS NULL OR c.is_open = ?) AND (? IS NULL OR c.due_at < ?) "                           \
	"AND (? IS NULL OR FIND_IN_SET(c.workflow, ?)) "
#define STATE_PARAMS(f)                                                                            \
	(f)->is_open, (f)->is_open, (f)->due_before, (f)->due_before, DB_TEXT((f)->q->workflows),  \
	    DB_TEXT((f)->q->workflows)

/* Who opened a case and left its agencies sees it no more. */
#define SEEN_NOW                                                                                   \
	" EXISTS (SELECT 1 FROM case_party p WHERE p.case_id = c.id "                              \
	"AND FIND_IN_SET(p.agency_id, ?)) "
#define SEEN_PARAMS(f) DB_TEXT((f)->agency_list)

/* The sources again, as a condition on what was found otherwise. */
#define SCOPE_MATCHES " ((? OR (? AND c.created_by = ?)) AND" SEEN_NOW ") "
#define SCOPE_PARAMS(f)                                                                            \
	DB_INT((f)->agencies), DB_INT((f)->created), DB_INT((f)->q->person_id), SEEN_PARAMS(f)

struct filter {
	const struct case_query *q;
	struct db_param is_open, due_before;
	bool is_overdue;
	bool created, agencies; /* the sources */
	const char *agency_list;
};

struct ids {
	int64_t *list; /* falling, each once */
	int count;
};

static struct filter
filter_of(struct arena *a, const struct case_query *q)
{
	struct filter f = { .q = q, .is_open = DB_NULL, .due_before = DB_NULL };

	f.agency_list = ids_list(a, q->agency_ids, q->agency_count);
	if (q->state)
		f.is_open = DB_INT(!str_eq(q->state, "closed"));
	f.is_overdue = str_eq(q->state, "overdue");
	if (f.is_overdue)
		f.due_before = DB_INSTANT(q->at);
	f.created = !q->only_agency;
	f.agencies = !q->only_mine;
	return f;
}

/* ---- merging ---- */

static struct ids
ids_of(struct task *t, struct db_rows *r)
{
	struct ids ids = { .list = rows_array(t, int64_t, r) };

	while (db_next(r))
		ids.list[ids.count++] = db_int(r, 0);
	return ids;
}

static struct ids
merge(struct task *t, const struct ids *a, const struct ids *b, int limit)
{
	struct ids out = { .list = arena_array(task_arena(t), int64_t, limit + 1) };
	int i = 0, j = 0;

	while (out.count < limit && (i < a->count || j < b->count)) {
		bool from_a = j == b->count || (i < a->count && a->list[i] >= b->list[j]);
		int64_t id = from_a ? a->list[i] : b->list[j];

		i += i < a->count && a->list[i] == id;
		j += j < b->count && b->list[j] == id;
		out.list[out.count++] = id;
	}
	return out;
}

/* ---- browsing: one source each ---- */

static int
created_ids(struct task *t, const struct filter *f, int64_t below, int limit, struct ids *ids)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT c.id FROM cases c WHERE c.created_by = ? AND c.id < ? AND" STATE_MATCHES
	    "AND" SEEN_NOW "ORDER BY c.created_by DESC, c.id DESC LIMIT ?",
	    DB_INT(f->q->person_id), DB_INT(below), STATE_PARAMS(f), SEEN_PARAMS(f),
	    DB_INT(limit)));
	*ids = ids_of(t, r);
	return OK;
}

static int
agency_ids(struct task *t, const struct filter *f, int64_t agency_id, int64_t below, int limit,
    struct ids *ids)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT p.case_id FROM case_party p STRAIGHT_JOIN cases c ON c.id = p.case_id "
	    "WHERE p.agency_id = ? AND p.case_id < ? AND" STATE_MATCHES
	    "ORDER BY p.case_id DESC LIMIT ?",
	    DB_INT(agency_id), DB_INT(below), STATE_PARAMS(f), DB_INT(limit)));
	*ids = ids_of(t, r);
	return OK;
}

static int
add_agencies(struct task *t, const struct filter *f, int64_t below, int limit, struct ids *ids)
{
	for (int i = 0; i < f->q->agency_count; i++) {
		struct ids more;

		TRY(agency_ids(t, f, f->q->agency_ids[i], below, limit, &more));
		*ids = merge(t, ids, &more, limit);
	}
	return OK;
}

/* Few are overdue, so they have an index of their own; an agency may have to be read whole for
 * them. */
static int
overdue_ids(struct task *t, const struct filter *f, int64_t below, int limit, struct ids *ids)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT c.id FROM cases c FORCE INDEX (cases_by_due) "
	    "WHERE c.is_open = 1 AND c.due_at < ? AND c.id < ? AND" SCOPE_MATCHES
	    "ORDER BY c.id DESC LIMIT ?",
	    f->due_before, DB_INT(below), SCOPE_PARAMS(f), DB_INT(limit)));
	*ids = ids_of(t, r);
	return OK;
}

static int
browse(struct task *t, const struct filter *f, int64_t below, int limit, struct ids *ids)
{
	if (f->is_overdue)
		return overdue_ids(t, f, below, limit, ids);
	*ids = (struct ids){ 0 };
	if (f->created)
		TRY(created_ids(t, f, below, limit, ids));
	if (f->agencies)
		TRY(add_agencies(t, f, below, limit, ids));
	return OK;
}

/* ---- searching ---- */

#define PREFIX_MATCHES " c.id IN (SELECT w.case_id FROM case_word w WHERE w.word BETWEEN ? AND ?) "
#define REST_MATCHES " c.id < ? AND" STATE_MATCHES "AND" SCOPE_MATCHES "ORDER BY c.id DESC LIMIT ?"

static int
search_prefix(struct task *t, const struct filter *f, const struct query_words *w, int64_t below,
    int limit, struct db_rows **r)
{
	return db_query(t, r, "SELECT c.id FROM cases c WHERE" PREFIX_MATCHES "AND" REST_MATCHES,
	    DB_TEXT(w->prefix_from), DB_TEXT(w->prefix_to), DB_INT(below), STATE_PARAMS(f),
	    SCOPE_PARAMS(f), DB_INT(limit));
}

/* Where fewer words are asked the first is asked again, which costs a look at the same index entry.
 */
static int
search_words(struct task *t, const struct filter *f, const struct query_words *w, int64_t below,
    int limit, struct db_rows **r)
{
	struct db_param word[QUERY_WORDS];

	for (int i = 0; i < QUERY_WORDS; i++)
		word[i] = DB_TEXT(w->whole[i] ? w->whole[i] : w->whole[0]);
	return db_query(t, r,
	    "SELECT c.id FROM cases c "
	    "JOIN case_word w0 ON w0.case_id = c.id AND w0.word = ? "
	    "JOIN case_word w1 ON w1.case_id = c.id AND w1.word = ? "
	    "JOIN case_word w2 ON w2.case_id = c.id AND w2.word = ? "
	    "JOIN case_word w3 ON w3.case_id = c.id AND w3.word = ? "
	    "JOIN case_word w4 ON w4.case_id = c.id AND w4.word = ? "
	    "WHERE" PREFIX_MATCHES "AND" REST_MATCHES,
	    word[0], word[1], word[2], word[3], word[4], DB_TEXT(w->prefix_from),
	    DB_TEXT(w->prefix_to), DB_INT(below), STATE_PARAMS(f), SCOPE_PARAMS(f), DB_INT(limit));
}

static int
find_ids(struct task *t, const struct filter *f, int64_t below, int limit, struct ids *ids)
{
	struct query_words w;
	struct db_rows *r;

	query_words(task_arena(t), f->q->text, &w);
	if (!w.prefix_from)
		return browse(t, f, below, limit, ids);
	if (w.whole[0])
		TRY(search_words(t, f, &w, below, limit, &r));
	else
		TRY(search_prefix(t, f, &w, below, limit, &r));
	*ids = ids_of(t, r);
	return OK;
}

/* ---- the lines ---- */

static int
read_lines(struct task *t, const struct ids *ids, struct case_line **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " LINE_COLUMNS " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) page "
	    "STRAIGHT_JOIN cases c ON c.id = page.id" LINE_JOINS "ORDER BY c.id DESC",
	    DB_TEXT(ids_json(task_arena(t), ids->list, ids->count))));
	*list = rows_array(t, struct case_line, r);
	for (*count = 0; db_next(r); ++*count)
		read_line(r, 0, &(*list)[*count]);
	return OK;
}

int
store_case_list(
    struct task *t, const struct case_query *q, struct case_line **list, int *count, int64_t *total)
{
	struct filter f = filter_of(task_arena(t), q);
	struct ids ids;

	TRY(find_ids(t, &f, INT64_MAX, TOTAL_MAX, &ids));
	*total = ids.count;
	if (q->before_id != 0)
		TRY(find_ids(t, &f, q->before_id, q->limit, &ids));
	if (ids.count > q->limit)
		ids.count = q->limit;
	return read_lines(t, &ids, list, count);
}
