/* feed: the secret address at which a calendar program reads somebody's deadlines. */
#include "store_priv.h"

int
store_feed_set(struct task *t, int64_t person_id, const char *secret_hash, int64_t now_us)
{
	return db_exec(t, NULL,
	    "INSERT INTO feed (person_id, secret_hash, made_at) VALUES (?, ?, ?) "
	    "ON DUPLICATE KEY UPDATE secret_hash = VALUES(secret_hash), made_at = VALUES(made_at)",
	    DB_INT(person_id), DB_TEXT(secret_hash), DB_INSTANT(now_us));
}

int
store_feed_end(struct task *t, int64_t person_id)
{
	return db_exec(t, NULL, "DELETE FROM feed WHERE person_id = ?", DB_INT(person_id));
}

int
store_feed_made_at(struct task *t, int64_t person_id, int64_t *at)
{
	struct db_rows *r;

	TRY(db_query(t, &r, "SELECT made_at FROM feed WHERE person_id = ?", DB_INT(person_id)));
	*at = db_next(r) ? db_instant(r, 0) : 0;
	return OK;
}

int
store_feed_by_secret(struct task *t, const char *secret_hash, struct person *p)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT p.id, p.name, p.locale FROM feed f JOIN person p ON p.id = f.person_id "
	    "WHERE f.secret_hash = ? AND p.is_active = 1",
	    DB_TEXT(secret_hash)));
	TRY(one_row(t, r, "feed"));
	*p = (struct person){ .id = db_int(r, 0),
		.name = db_text(r, 1),
		.locale = db_text(r, 2),
		.is_active = true };
	return OK;
}
