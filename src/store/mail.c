/* mail: the outbox. Written with the event, claimed as timers are, sent later. */
#include "store_priv.h"

#define MAIL_COLUMNS                                                                               \
	"m.id, m.case_id, m.fence, c.number, m.address, m.name, m.subject, m.template_name, "      \
	"m.state, m.attempts, m.created_at, m.sent_at"
#define MAIL_FROM " FROM mail m LEFT JOIN cases c ON c.id = m.case_id "
enum { MAIL_WIDTH = 12 };

static void
read_mail(const struct db_rows *r, struct mail_row *m)
{
	*m = (struct mail_row){ .id = db_int(r, 0),
		.case_id = db_int(r, 1),
		.fence = db_int(r, 2),
		.case_number = db_text(r, 3),
		.address = db_text(r, 4),
		.name = db_text(r, 5),
		.subject = db_text(r, 6),
		.template_name = db_text(r, 7),
		.state = db_text(r, 8),
		.attempts = (int)db_int(r, 9),
		.created_at = db_instant(r, 10),
		.sent_at = db_instant(r, 11) };
}

static void
read_mail_with_body(const struct db_rows *r, struct mail_row *m)
{
	read_mail(r, m);
	m->text = db_text(r, MAIL_WIDTH);
	m->html = db_text(r, MAIL_WIDTH + 1);
}

static void
read_mails(struct task *t, struct db_rows *r, struct mail_row **list, int *count)
{
	*list = rows_array(t, struct mail_row, r);
	for (*count = 0; db_next(r); ++*count)
		read_mail(r, &(*list)[*count]);
}

/* ---- sending ---- */

int
store_mail_add(struct tx *tx, const struct mail_write *m, int64_t now_us, int64_t *id)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO mail (person_id, address, name, subject, text, html, template_name, "
	    "is_urgent, state, created_at, not_before, next_at) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?)",
	    DB_ID(m->person_id), DB_TEXT(m->address), DB_TEXT(m->name), DB_TEXT(m->subject),
	    DB_TEXT(m->text), DB_TEXT(m->html), DB_TEXT(m->template_name), DB_INT(m->is_urgent),
	    DB_INSTANT(now_us), DB_INSTANT(m->not_before),
	    DB_INSTANT(m->not_before ? m->not_before : now_us)));
	*id = tx_insert_id(tx);
	return OK;
}

static int
take(struct tx *tx, struct mail_row *m, int64_t lease_end)
{
	m->fence++;
	m->attempts++;
	return tx_exec(tx, NULL,
	    "UPDATE mail SET next_at = ?, fence = ?, attempts = ? WHERE id = ?",
	    DB_INSTANT(lease_end), DB_INT(m->fence), DB_INT(m->attempts), DB_INT(m->id));
}

#define SAME_THREAD(x)                                                                             \
	x ".case_id = m.case_id AND " x ".person_id = m.person_id AND " x ".id < m.id"

static void
read_thread(const struct db_rows *r, struct mail_row *m)
{
	m->first_id = db_int(r, MAIL_WIDTH + 2);
	m->previous_id = db_int(r, MAIL_WIDTH + 3);
}

/* The numbers of the cases come from a subquery: a join would lock their rows too. */
int
store_mails_claim(
    struct tx *tx, int64_t now_us, int64_t lease_us, int limit, struct mail_row **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT m.id, m.case_id, m.fence, "
	    "(SELECT c.number FROM cases c WHERE c.id = m.case_id), m.address, m.name, m.subject, "
	    "m.template_name, m.state, m.attempts, m.created_at, m.sent_at, m.text, m.html, "
	    "(SELECT MIN(f.id) FROM mail f WHERE " SAME_THREAD(
		"f") "), "
		     "(SELECT MAX(p.id) FROM mail p WHERE " SAME_THREAD(
			 "p") ") "
			      "FROM mail m WHERE m.next_at <= ? ORDER BY m.next_at, m.id LIMIT ? "
			      "FOR UPDATE SKIP LOCKED",
	    DB_INSTANT(now_us), DB_INT(limit)));
	*list = rows_array(tx_task(tx), struct mail_row, r);
	for (*count = 0; db_next(r); ++*count) {
		read_mail_with_body(r, &(*list)[*count]);
		read_thread(r, &(*list)[*count]);
		TRY(take(tx, &(*list)[*count], now_us + lease_us));
	}
	return OK;
}

int
store_mail_sent(struct task *t, int64_t id, int64_t fence, int64_t now_us)
{
	int64_t affected;

	TRY(db_exec(t, &affected,
	    "UPDATE mail SET state = 'sent', sent_at = ?, next_at = NULL, last_error = NULL "
	    "WHERE id = ? AND fence = ? AND state = 'waiting'",
	    DB_INSTANT(now_us), DB_INT(id), DB_INT(fence)));
	return still_ours(t, affected, "mail");
}

int
store_mail_failed(struct task *t, int64_t id, int64_t fence, const char *why, int64_t next_at)
{
	int64_t affected;

	TRY(db_exec(t, &affected,
	    "UPDATE mail SET state = ?, next_at = ?, last_error = LEFT(?, 1000) "
	    "WHERE id = ? AND fence = ? AND state = 'waiting'",
	    DB_TEXT(next_at ? "waiting" : "failed"), DB_INSTANT(next_at), DB_TEXT(why), DB_INT(id),
	    DB_INT(fence)));
	return still_ours(t, affected, "mail");
}

/* ---- reading ---- */

int
store_mails_of_case(struct tx *tx, int64_t case_id, struct mail_row **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT " MAIL_COLUMNS MAIL_FROM "WHERE m.case_id = ? ORDER BY m.id",
	    DB_INT(case_id)));
	read_mails(tx_task(tx), r, list, count);
	return OK;
}

static int
list_all(struct task *t, int64_t below, int limit, struct db_rows **r)
{
	return db_query(t, r,
	    "SELECT " MAIL_COLUMNS MAIL_FROM "WHERE m.id < ? ORDER BY m.id DESC LIMIT ?",
	    DB_INT(below), DB_INT(limit));
}

static int
list_of_case(struct task *t, int64_t case_id, int64_t below, int limit, struct db_rows **r)
{
	return db_query(t, r,
	    "SELECT " MAIL_COLUMNS MAIL_FROM
	    "WHERE m.case_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?",
	    DB_INT(case_id), DB_INT(below), DB_INT(limit));
}

int
store_mail_list(
    struct task *t, int64_t case_id, int64_t before, int limit, struct mail_row **list, int *count)
{
	int64_t below = before ? before : INT64_MAX;
	struct db_rows *r;

	if (case_id)
		TRY(list_of_case(t, case_id, below, limit, &r));
	else
		TRY(list_all(t, below, limit, &r));
	read_mails(t, r, list, count);
	return OK;
}

int
store_mail_by_id(struct task *t, int64_t id, struct mail_row *m)
{
	struct db_rows *r;

	TRY(db_query(t, &r, "SELECT " MAIL_COLUMNS ", m.text, m.html" MAIL_FROM "WHERE m.id = ?",
	    DB_INT(id)));
	TRY(one_row(t, r, "mail"));
	read_mail_with_body(r, m);
	return OK;
}
