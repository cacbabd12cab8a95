/* preference: how a person wants to be written to. */
#include "store_priv.h"

int
store_preference(struct task *t, int64_t person_id, struct preference *p)
{
	struct db_rows *r;

	*p = preference_none();
	TRY(db_query(t, &r, "SELECT " PREFERENCE_COLUMNS " FROM preference q WHERE q.person_id = ?",
	    DB_INT(person_id)));
	if (db_next(r))
		read_preference(r, 0, p);
	return OK;
}

struct preference
preference_none(void)
{
	return (struct preference){ NO_MINUTE, NO_MINUTE, NO_MINUTE, true };
}

static int
minute(const struct db_rows *r, int column)
{
	return db_is_null(r, column) ? NO_MINUTE : (int)db_int(r, column);
}

void
read_preference(const struct db_rows *r, int at, struct preference *p)
{
	*p = (struct preference){ .digest_minute = minute(r, at),
		.quiet_from = minute(r, at + 1),
		.quiet_until = minute(r, at + 2),
		.on_days_off = db_int(r, at + 3) };
}

static struct db_param
minute_param(int m)
{
	return m == NO_MINUTE ? DB_NULL : DB_INT(m);
}

int
store_preference_set(struct tx *tx, int64_t person_id, const struct preference *p)
{
	return tx_exec(tx, NULL,
	    "INSERT INTO preference (person_id, digest_minute, quiet_from, quiet_until, "
	    "on_days_off) "
	    "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
	    "digest_minute = VALUES(digest_minute), quiet_from = VALUES(quiet_from), "
	    "quiet_until = VALUES(quiet_until), on_days_off = VALUES(on_days_off)",
	    DB_INT(person_id), minute_param(p->digest_minute), minute_param(p->quiet_from),
	    minute_param(p->quiet_until), DB_INT(p->on_days_off));
}
