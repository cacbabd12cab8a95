/* idempotency: keys of requests, so that one sent twice is done once. */
#include "store_priv.h"

static int
find(struct tx *tx, const struct idempotency *k, struct idempotency *found)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT person_id, idem_key, request_hash, case_id, version FROM idempotency "
	    "WHERE person_id = ? AND idem_key = ?",
	    DB_INT(k->person_id), DB_TEXT(k->key)));
	TRY(one_row(tx_task(tx), r, "key"));
	*found = (struct idempotency){ .person_id = db_int(r, 0),
		.key = db_text(r, 1),
		.request_hash = db_text(r, 2),
		.case_id = db_int(r, 3),
		.version = db_int(r, 4) };
	return OK;
}

/* The INSERT waits for a transaction in flight with the same key, and then finds or replaces it. */
int
store_idempotency_claim(struct tx *tx, const struct idempotency *k, int64_t now_us, bool *is_new,
    struct idempotency *found)
{
	int code = tx_exec(tx, NULL,
	    "INSERT INTO idempotency (person_id, idem_key, request_hash, created_at) "
	    "VALUES (?, ?, ?, ?)",
	    DB_INT(k->person_id), DB_TEXT(k->key), DB_TEXT(k->request_hash), DB_INSTANT(now_us));

	*is_new = code == OK;
	return tx_is_duplicate(tx) ? find(tx, k, found) : code;
}

int
store_idempotency_finish(struct tx *tx, const struct idempotency *k)
{
	return tx_exec(tx, NULL,
	    "UPDATE idempotency SET case_id = ?, version = ? WHERE person_id = ? AND idem_key = ?",
	    DB_INT(k->case_id), DB_INT(k->version), DB_INT(k->person_id), DB_TEXT(k->key));
}
