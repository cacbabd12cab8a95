/*
 * mail_send: the outbox as work. A worker takes what is due for a while; the fence tells a late one
 * that another has taken over. Some waits for its person, alone or for the lines of a digest.
 */
#include "store_priv.h"

/* ---- taking ---- */

/* Of those that came before it to the same person about the same case. */
#define FIRST_OF_THREAD                                                                            \
	"(SELECT f.id FROM mail f WHERE f.case_id = m.case_id AND f.person_id = m.person_id "      \
	"AND f.id < m.id ORDER BY f.id LIMIT 1)"
#define LAST_OF_THREAD                                                                             \
	"(SELECT p.id FROM mail p WHERE p.case_id = m.case_id AND p.person_id = m.person_id "      \
	"AND p.id < m.id ORDER BY p.id DESC LIMIT 1)"

static void
read_due(const struct db_rows *r, struct mail_row *m)
{
	read_mail(r, m);
	read_mail_body(r, m);
	m->first_id = db_int(r, MAIL_WIDTH + 2);
	m->previous_id = db_int(r, MAIL_WIDTH + 3);
	m->wants = preference_none();
}

static const char *
people_json(struct arena *a, const struct mail_row *list, int count)
{
	int64_t *ids = arena_array(a, int64_t, count + 1);
	int n = 0;

	for (int i = 0; i < count; i++)
		if (list[i].person_id)
			ids[n++] = list[i].person_id;
	return ids_json(a, ids, n);
}

static void
set_wants(struct mail_row *list, int count, const struct db_rows *r)
{
	for (int i = 0; i < count; i++) {
		if (list[i].person_id != db_int(r, PREFERENCE_WIDTH))
			continue;
		read_preference(r, 0, &list[i].wants);
		list[i].agency_id = db_int(r, PREFERENCE_WIDTH + 1);
	}
}

/* Apart from the mails: a join would lock the preferences too. Of several posts the first says
 * where somebody works. */
static int
read_wants(struct tx *tx, struct mail_row *list, int count, int64_t now_us)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " PREFERENCE_COLUMNS ", q.person_id, "
	    "(SELECT h.agency_id FROM holding h WHERE h.person_id = q.person_id AND "
	    "h.valid_from <= ? AND "
	    "(h.valid_until IS NULL OR h.valid_until > ?) ORDER BY h.id LIMIT 1) "
	    "FROM preference q JOIN "
	    "(SELECT DISTINCT id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j) k "
	    "ON k.id = q.person_id",
	    DB_INSTANT(now_us), DB_INSTANT(now_us),
	    DB_TEXT(people_json(tx_arena(tx), list, count))));
	while (db_next(r))
		set_wants(list, count, r);
	return OK;
}

/* The numbers of the cases come from a subquery: a join would lock their rows too. */
int
store_mails_due(struct tx *tx, int64_t now_us, int limit, struct mail_row **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " MAIL_COLUMNS(
		NUMBER_OF_CASE) ", m.text, m.html, " FIRST_OF_THREAD ", " LAST_OF_THREAD
				" FROM mail m WHERE m.next_at <= ? "
				"ORDER BY m.next_at, m.id LIMIT ? FOR UPDATE SKIP LOCKED",
	    DB_INSTANT(now_us), DB_INT(limit)));
	*list = rows_array(tx_task(tx), struct mail_row, r);
	for (*count = 0; db_next(r); ++*count)
		read_due(r, &(*list)[*count]);
	return *count ? read_wants(tx, *list, *count, now_us) : OK;
}

static const char *
mail_ids(struct arena *a, const struct mail_row *list, int count)
{
	int64_t *ids = arena_array(a, int64_t, count + 1);

	for (int i = 0; i < count; i++)
		ids[i] = list[i].id;
	return ids_json(a, ids, count);
}

#define MAILS_OF "mail m JOIN JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q ON q.id = m.id"

int
store_mails_take(struct tx *tx, struct mail_row *list, int count, int64_t lease_end)
{
	TRY(tx_exec(tx, NULL,
	    "UPDATE " MAILS_OF " SET m.next_at = ?, m.fence = m.fence + 1, "
	    "m.attempts = m.attempts + 1, m.held = 'taken'",
	    DB_TEXT(mail_ids(tx_arena(tx), list, count)), DB_INSTANT(lease_end)));
	for (int i = 0; i < count; i++) {
		list[i].fence++;
		list[i].attempts++;
	}
	return OK;
}

int
store_mail_put_off(struct tx *tx, const struct mail_row *m, const char *why, int64_t next_at)
{
	return tx_exec(tx, NULL,
	    "UPDATE mail SET next_at = ?, held = NULL, attempts = attempts - 1, "
	    "last_error = COALESCE(LEFT(?, 1000), last_error) "
	    "WHERE id = ? AND fence = ? AND state = 'waiting'",
	    DB_INSTANT(next_at), DB_TEXT(why), DB_INT(m->id), DB_INT(m->fence));
}

/* ---- what became of it ---- */

int
store_mail_sent(struct tx *tx, const struct mail_row *m, int64_t now_us)
{
	int64_t affected;

	TRY(tx_exec(tx, &affected,
	    "UPDATE mail SET state = 'sent', sent_at = ?, next_at = NULL, held = NULL, "
	    "last_error = NULL "
	    "WHERE id = ? AND fence = ? AND state = 'waiting'",
	    DB_INSTANT(now_us), DB_INT(m->id), DB_INT(m->fence)));
	TRY(still_ours(tx_task(tx), affected, "mail"));
	if (!str_eq(m->template_name, DIGEST_LETTER))
		return OK;
	return tx_exec(tx, NULL,
	    "UPDATE mail SET state = 'sent', sent_at = ?, last_error = NULL "
	    "WHERE digest_id = ? AND state = 'waiting'",
	    DB_INSTANT(now_us), DB_INT(m->id));
}

int
store_mail_failed(struct tx *tx, const struct mail_row *m, const char *why, int64_t next_at)
{
	const char *state = next_at ? "waiting" : "failed";
	int64_t affected;

	TRY(tx_exec(tx, &affected,
	    "UPDATE mail SET state = ?, next_at = ?, held = NULL, last_error = LEFT(?, 1000) "
	    "WHERE id = ? AND fence = ? AND state = 'waiting'",
	    DB_TEXT(state), DB_INSTANT(next_at), DB_TEXT(why), DB_INT(m->id), DB_INT(m->fence)));
	TRY(still_ours(tx_task(tx), affected, "mail"));
	if (!str_eq(m->template_name, DIGEST_LETTER))
		return OK;
	return tx_exec(tx, NULL,
	    "UPDATE mail SET state = ?, last_error = LEFT(?, 1000) "
	    "WHERE digest_id = ? AND state = 'waiting'",
	    DB_TEXT(state), DB_TEXT(why), DB_INT(m->id));
}

/* ---- what waits for its person ---- */

int
store_mail_hold(struct tx *tx, int64_t id, enum mail_hold held, int64_t until)
{
	return tx_exec(tx, NULL, "UPDATE mail SET held = ?, next_at = ? WHERE id = ?",
	    DB_TEXT(mail_hold_word(held)), DB_INSTANT(until), DB_INT(id));
}

int
store_mails_for_digest(
    struct tx *tx, int64_t person_id, int limit, struct mail_row **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " MAIL_COLUMNS(NUMBER_OF_CASE) " FROM mail m "
						   "WHERE m.person_id = ? AND m.held = 'digest' "
						   "AND m.state = 'waiting' "
						   "ORDER BY m.id LIMIT ? FOR UPDATE",
	    DB_INT(person_id), DB_INT(limit)));
	read_mails(tx_task(tx), r, list, count);
	return OK;
}

int
store_mails_into_digest(struct tx *tx, const struct mail_row *list, int count, int64_t digest_id)
{
	return tx_exec(tx, NULL,
	    "UPDATE " MAILS_OF " SET m.digest_id = ?, m.held = NULL, m.next_at = NULL",
	    DB_TEXT(mail_ids(tx_arena(tx), list, count)), DB_INT(digest_id));
}

int
store_mails_unhold(struct tx *tx, int64_t person_id, int64_t now_us)
{
	return tx_exec(tx, NULL,
	    "UPDATE mail SET held = NULL, next_at = GREATEST(?, COALESCE(not_before, created_at)) "
	    "WHERE person_id = ? AND held IN ('quiet', 'digest') AND state = 'waiting'",
	    DB_INSTANT(now_us), DB_INT(person_id));
}
