/* store_priv: what the files of store share: JSON columns, lists of rows, words of a search. */
#ifndef LT_STORE_PRIV_H
#define LT_STORE_PRIV_H

#include "store.h"

/* ---- column.c ---- */
/* JSON of a column, kept by the task's arena; NULL for NULL. */
int column_json(
    struct task *t, const struct db_rows *r, int column, struct json_object **o) MUST_CHECK;
struct db_param json_param(struct json_object *o); /* NULL gives SQL NULL */
/* [1,2,3]: for JSON_TABLE, as a list of values that a statement takes. */
const char *ids_json(struct arena *a, const int64_t *ids, int count);
/* "1,2,3": for FIND_IN_SET; "" for none. */
const char *ids_list(struct arena *a, const int64_t *ids, int count);
/* One row was asked for: E_NOT_FOUND when there is none. */
int one_row(struct task *t, struct db_rows *r, const char *what) MUST_CHECK;
/* A row that another worker took, or that is gone, counts 0: E_CONFLICT. */
int still_ours(struct task *t, int64_t affected, const char *what) MUST_CHECK;
#define rows_array(t, type, r) arena_array(task_arena(t), type, db_count(r) + 1)

/* ---- word.c ---- */
enum { QUERY_WORDS = 5 };

/* Folded words of a search: whole ones (the first QUERY_WORDS; NULL where there are fewer), and the
 * last as a beginning: every word from prefix_from to prefix_to. */
struct query_words {
	const char *whole[QUERY_WORDS];
	const char *prefix_from, *prefix_to; /* NULL: nothing to search for */
	const char *whole_json, *pairs_json; /* JSON arrays: all whole words; neighbours as "a_b" */
};

void query_words(struct arena *a, const char *text, struct query_words *q);
/* JSON array of the different words of text, with the pairs of neighbours when asked. */
const char *index_words(struct arena *a, const char *text, bool with_pairs);

/* ---- agency.c, case.c: the columns and how a row of them is read from column `at` on ---- */
#define AGENCY_COLUMNS "g.id, g.code, g.name_vi, g.name_en, g.kind, g.role, g.parent_id"

/* A case with the names of its agencies and service, without its JSON. */
#define LINE_COLUMNS                                                                               \
	"c.id, c.number, c.workflow, c.workflow_version_id, c.regime, c.calendar, "                \
	"c.requester_id, "                                                                         \
	"c.owner_id, c.service_id, c.created_by, c.title, c.version, c.head_hash, c.is_open, "     \
	"c.outcome, c.created_at, c.received_at, c.closed_at, c.due_at, c.parent_id, "             \
	"c.about_id, c.active_states, "                                                             \
	"rq.code, rq.name_vi, rq.name_en, ow.code, ow.name_vi, ow.name_en, sv.code, sv.name"
enum { LINE_WIDTH = 30 };
#define LINE_JOINS                                                                                 \
	" JOIN agency rq ON rq.id = c.requester_id JOIN agency ow ON ow.id = c.owner_id "          \
	"LEFT JOIN service sv ON sv.id = c.service_id "
void read_line(const struct db_rows *r, int at, struct case_line *line);

/* ---- preference.c: columns of the row q, and how they are read ---- */
#define PREFERENCE_COLUMNS "q.digest_minute, q.quiet_from, q.quiet_until, q.on_days_off"
enum { PREFERENCE_WIDTH = 4 };
struct preference preference_none(void);
void read_preference(const struct db_rows *r, int at, struct preference *p);

/* ---- mail.c: columns of the row m, without its texts ---- */
#define MAIL_COLUMNS(number)                                                                       \
	"m.id, m.case_id, m.fence, " number                                                        \
	", m.address, m.name, m.subject, m.template_name, m.state, m.attempts, m.created_at, "     \
	"m.sent_at, m.person_id, m.next_at, m.last_error, m.is_urgent, m.held, m.resent_at, "      \
	"m.digest_id"
enum { MAIL_WIDTH = 19 };
#define NUMBER_OF_CASE "(SELECT c.number FROM cases c WHERE c.id = m.case_id)"
void read_mail(const struct db_rows *r, struct mail_row *m);
void read_mail_body(const struct db_rows *r, struct mail_row *m); /* text and html follow them */
void read_mails(struct task *t, struct db_rows *r, struct mail_row **list, int *count);
const char *mail_hold_word(enum mail_hold held); /* NULL: not held */

/* ---- substitution.c ---- */
/* A condition on its rows as s; takes three parameters: the time, three times. */
#define RUNS_NOW                                                                                   \
	" AND s.valid_from <= ? AND s.valid_until > ? AND (s.ended_at IS NULL OR s.ended_at > ?) "

/* ---- ties.c: the part of a write set that concerns agencies and other cases ---- */
int write_ties(struct tx *tx, const struct write_set *ws) MUST_CHECK;

#endif
