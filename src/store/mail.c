/* mail: the outbox as rows. Written with the event, sent later (mail_send.c). */
#include "store_priv.h"

#define MAIL_FROM " FROM mail m LEFT JOIN cases c ON c.id = m.case_id "
#define CASE_NUMBER "c.number"

static enum mail_hold
read_hold(const char *word)
{
	if (word == NULL)
		return HELD_NOT;
	if (str_eq(word, "taken"))
		return HELD_TAKEN;
	return str_eq(word, "digest") ? HELD_DIGEST : HELD_QUIET;
}

const char *
mail_hold_word(enum mail_hold held)
{
	static const char *const words[] = { NULL, "quiet", "digest", "taken" };

	return words[held];
}

void
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
		.sent_at = db_instant(r, 11),
		.person_id = db_int(r, 12),
		.next_at = db_instant(r, 13),
		.error = db_text(r, 14),
		.is_urgent = db_int(r, 15),
		.held = read_hold(db_text(r, 16)),
		.is_resent = !db_is_null(r, 17),
		.digest_id = db_int(r, 18) };
}

void
read_mail_body(const struct db_rows *r, struct mail_row *m)
{
	m->text = db_text(r, MAIL_WIDTH);
	m->html = db_text(r, MAIL_WIDTH + 1);
}

void
read_mails(struct task *t, struct db_rows *r, struct mail_row **list, int *count)
{
	*list = rows_array(t, struct mail_row, r);
	for (*count = 0; db_next(r); ++*count)
		read_mail(r, &(*list)[*count]);
}

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

/* ---- reading ---- */

int
store_mails_of_case(struct tx *tx, int64_t case_id, struct mail_row **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " MAIL_COLUMNS(CASE_NUMBER) MAIL_FROM "WHERE m.case_id = ? ORDER BY m.id",
	    DB_INT(case_id)));
	read_mails(tx_task(tx), r, list, count);
	return OK;
}

static int
list_all(struct task *t, int64_t below, int limit, struct db_rows **r)
{
	return db_query(t, r,
	    "SELECT " MAIL_COLUMNS(CASE_NUMBER) MAIL_FROM
	    "WHERE m.id < ? ORDER BY m.id DESC LIMIT ?",
	    DB_INT(below), DB_INT(limit));
}

static int
list_of_case(struct task *t, int64_t case_id, int64_t below, int limit, struct db_rows **r)
{
	return db_query(t, r,
	    "SELECT " MAIL_COLUMNS(CASE_NUMBER) MAIL_FROM
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

	TRY(db_query(t, &r,
	    "SELECT " MAIL_COLUMNS(CASE_NUMBER) ", m.text, m.html" MAIL_FROM "WHERE m.id = ?",
	    DB_INT(id)));
	TRY(one_row(t, r, "mail"));
	read_mail(r, m);
	read_mail_body(r, m);
	return OK;
}

/* ---- of the operators: what was given up, what waits ---- */

int
store_mails_in_state(struct task *t, const char *state, int64_t before, int limit,
    struct mail_row **list, int *count, int64_t *total)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT COUNT(*) FROM (SELECT 1 FROM mail WHERE state = ? LIMIT 1001) q",
	    DB_TEXT(state)));
	*total = db_next(r) ? db_int(r, 0) : 0;
	TRY(db_query(t, &r,
	    "SELECT " MAIL_COLUMNS(CASE_NUMBER) MAIL_FROM
	    "WHERE m.state = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?",
	    DB_TEXT(state), DB_INT(before ? before : INT64_MAX), DB_INT(limit)));
	read_mails(t, r, list, count);
	return OK;
}

int
store_mail_lock(struct tx *tx, int64_t id, struct mail_row *m)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " MAIL_COLUMNS(NUMBER_OF_CASE) " FROM mail m WHERE m.id = ? FOR UPDATE",
	    DB_INT(id)));
	TRY(one_row(tx_task(tx), r, "mail"));
	read_mail(r, m);
	return OK;
}

/* One that was a line of a digest goes for itself now. */
int
store_mail_resend(
    struct tx *tx, const struct mail_row *m, const char *address, int64_t by_person, int64_t now_us)
{
	TRY(tx_exec(tx, NULL,
	    "UPDATE mail SET first_address = IF(? IS NULL, first_address, "
	    "COALESCE(first_address, address)), address = COALESCE(?, address), state = 'waiting', "
	    "next_at = ?, fence = fence + 1, attempts = 0, held = NULL, digest_id = NULL, "
	    "resent_by = ?, resent_at = ? WHERE id = ?",
	    DB_TEXT(address), DB_TEXT(address), DB_INSTANT(now_us), DB_ID(by_person),
	    DB_INSTANT(now_us), DB_INT(m->id)));
	if (!str_eq(m->template_name, DIGEST_LETTER))
		return OK;
	return tx_exec(tx, NULL,
	    "UPDATE mail SET state = 'waiting', last_error = NULL WHERE digest_id = ?",
	    DB_INT(m->id));
}

int
store_mails_any_failed(struct tx *tx, bool *any)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT 1 FROM mail WHERE state = 'failed' LIMIT 1"));
	*any = db_next(r);
	return OK;
}
