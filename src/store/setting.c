/* setting: named values of the installation, and the sweeping up of what has run out. */
#include "store_priv.h"

int
store_setting(struct task *t, const char *name, const char **value)
{
	struct db_rows *r;

	TRY(db_query(t, &r, "SELECT value FROM setting WHERE name = ?", DB_TEXT(name)));
	*value = db_next(r) ? db_text(r, 0) : NULL;
	return OK;
}

int
store_setting_set(struct task *t, const char *name, const char *value)
{
	return db_exec(t, NULL,
	    "INSERT INTO setting (name, value) VALUES (?, ?) "
	    "ON DUPLICATE KEY UPDATE value = VALUES(value)",
	    DB_TEXT(name), DB_TEXT(value));
}

int
store_clean(struct task *t, int64_t before_us, int64_t *deleted)
{
	int64_t sessions, failures, keys;

	TRY(db_exec(t, &sessions, "DELETE FROM session WHERE expires_at < ? OR revoked_at < ?",
	    DB_INSTANT(before_us), DB_INSTANT(before_us)));
	TRY(db_exec(t, &failures, "DELETE FROM sign_in_failure WHERE failed_at < ?",
	    DB_INSTANT(before_us)));
	TRY(db_exec(
	    t, &keys, "DELETE FROM idempotency WHERE created_at < ?", DB_INSTANT(before_us)));
	*deleted = sessions + failures + keys;
	return OK;
}
