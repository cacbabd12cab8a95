/* session: signed-in browsers, and failures to sign in, which are counted to slow guessing down. */
#include "store_priv.h"

int
store_session_add(struct task *t, int64_t person_id, const char *secret_hash, const char *address,
    int64_t expires_at, int64_t *id)
{
	struct db_rows *r;

	TRY(db_exec(t, NULL,
	    "INSERT INTO session (person_id, secret_hash, address, expires_at) VALUES (?, ?, ?, ?)",
	    DB_INT(person_id), DB_TEXT(secret_hash), DB_TEXT(address), DB_INSTANT(expires_at)));
	TRY(db_query(t, &r, "SELECT id FROM session WHERE secret_hash = ?", DB_TEXT(secret_hash)));
	TRY(one_row(t, r, "session"));
	*id = db_int(r, 0);
	return OK;
}

int
store_session_by_secret(
    struct task *t, const char *secret_hash, int64_t now_us, int64_t *id, int64_t *person_id)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT s.id, s.person_id FROM session s JOIN person p ON p.id = s.person_id "
	    "WHERE s.secret_hash = ? AND s.revoked_at IS NULL AND s.expires_at > ? "
	    "AND p.is_active = 1",
	    DB_TEXT(secret_hash), DB_INSTANT(now_us)));
	TRY(one_row(t, r, "session"));
	*id = db_int(r, 0);
	*person_id = db_int(r, 1);
	return OK;
}

int
store_session_is_live(struct task *t, int64_t id, int64_t person_id, int64_t now_us, bool *is_live)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT 1 FROM session s JOIN person p ON p.id = s.person_id "
	    "WHERE s.id = ? AND s.person_id = ? AND s.revoked_at IS NULL AND s.expires_at > ? AND "
	    "p.is_active = 1",
	    DB_INT(id), DB_INT(person_id), DB_INSTANT(now_us)));
	*is_live = db_next(r);
	return OK;
}

int
store_session_revoke(struct task *t, int64_t id, int64_t now_us)
{
	return db_exec(t, NULL,
	    "UPDATE session SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
	    DB_INSTANT(now_us), DB_INT(id));
}

int
store_sign_in_failures(
    struct task *t, const char *subject, int64_t since_us, int *count, int64_t *first_at)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT COUNT(*), MIN(failed_at) FROM sign_in_failure "
	    "WHERE subject = ? AND failed_at >= ?",
	    DB_TEXT(subject), DB_INSTANT(since_us)));
	TRY(one_row(t, r, "count"));
	*count = (int)db_int(r, 0);
	*first_at = db_instant(r, 1);
	return OK;
}

int
store_sign_in_failure_add(struct task *t, const char *subject, int64_t now_us)
{
	return db_exec(t, NULL, "INSERT INTO sign_in_failure (subject, failed_at) VALUES (?, ?)",
	    DB_TEXT(subject), DB_INSTANT(now_us));
}

int
store_sign_in_failures_clear(struct task *t, const char *subject)
{
	return db_exec(t, NULL, "DELETE FROM sign_in_failure WHERE subject = ?", DB_TEXT(subject));
}
