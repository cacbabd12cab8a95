/* holding: which person holds which post at which agency, from when until when. */
#include "store_priv.h"

#define HOLDING_COLUMNS                                                                            \
	"h.id, h.person_id, h.agency_id, h.post, g.code, g.name_vi, g.name_en, g.role, "           \
	"h.on_behalf_of, absent.name"
#define JOIN_ABSENT " LEFT JOIN person absent ON absent.id = h.on_behalf_of "
enum { HOLDING_WIDTH = 10 };

static void
read_holding(const struct db_rows *r, struct holding *h)
{
	*h = (struct holding){ .id = db_int(r, 0),
		.person_id = db_int(r, 1),
		.agency_id = db_int(r, 2),
		.post = db_text(r, 3),
		.agency_code = db_text(r, 4),
		.agency_name_vi = db_text(r, 5),
		.agency_name_en = db_text(r, 6),
		.agency_role = db_text(r, 7),
		.on_behalf_of = db_int(r, 8),
		.on_behalf_name = db_text(r, 9) };
}

/* Rows of HOLDING_COLUMNS and then id, login, name, email, locale of the holder. */
static void
read_holders(struct task *t, struct db_rows *r, struct holding **holdings, struct person **people,
    int *count)
{
	*holdings = rows_array(t, struct holding, r);
	*people = rows_array(t, struct person, r);
	for (*count = 0; db_next(r); ++*count) {
		read_holding(r, &(*holdings)[*count]);
		(*people)[*count] = (struct person){ .id = db_int(r, HOLDING_WIDTH),
			.login = db_text(r, HOLDING_WIDTH + 1),
			.name = db_text(r, HOLDING_WIDTH + 2),
			.email = db_text(r, HOLDING_WIDTH + 3),
			.locale = db_text(r, HOLDING_WIDTH + 4),
			.is_active = true };
	}
}

int
store_holding_add(struct tx *tx, struct holding *h, int64_t from_at, int64_t until_at)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO holding (person_id, agency_id, post, on_behalf_of, valid_from, "
	    "valid_until) "
	    "VALUES (?, ?, ?, ?, ?, ?)",
	    DB_INT(h->person_id), DB_INT(h->agency_id), DB_TEXT(h->post), DB_ID(h->on_behalf_of),
	    DB_INSTANT(from_at), DB_INSTANT(until_at)));
	h->id = tx_insert_id(tx);
	return OK;
}

int
store_holdings_of_person(
    struct task *t, int64_t person_id, int64_t at, struct holding **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " HOLDING_COLUMNS
	    " FROM holding h JOIN agency g ON g.id = h.agency_id" JOIN_ABSENT
	    "WHERE h.person_id = ? AND h.valid_from <= ? "
	    "AND (h.valid_until IS NULL OR h.valid_until > ?) ORDER BY h.id",
	    DB_INT(person_id), DB_INSTANT(at), DB_INSTANT(at)));
	*list = rows_array(t, struct holding, r);
	for (*count = 0; db_next(r); ++*count)
		read_holding(r, &(*list)[*count]);
	return OK;
}

int
store_holdings_of_agencies(struct tx *tx, const int64_t *ids, int id_count, int64_t at,
    struct holding **holdings, struct person **people, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " HOLDING_COLUMNS ", p.id, p.login, p.name, p.email, p.locale "
	    "FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q STRAIGHT_JOIN agency g "
	    "ON g.id = q.id STRAIGHT_JOIN holding h ON h.agency_id = g.id "
	    "STRAIGHT_JOIN person p ON p.id = "
	    "h.person_id" JOIN_ABSENT "WHERE p.is_active = 1 AND h.valid_from <= ? "
	    "AND (h.valid_until IS NULL OR h.valid_until > ?) ORDER BY h.id",
	    DB_TEXT(ids_json(tx_arena(tx), ids, id_count)), DB_INSTANT(at), DB_INSTANT(at)));
	read_holders(tx_task(tx), r, holdings, people, count);
	return OK;
}

int
store_account_list(struct task *t, struct person **people, struct holding **holdings, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " HOLDING_COLUMNS ", p.id, p.login, p.name, p.email, p.locale "
	    "FROM person p JOIN holding h "
	    "ON h.id = (SELECT MIN(first.id) FROM holding first WHERE first.person_id = p.id) "
	    "JOIN agency g ON g.id = h.agency_id" JOIN_ABSENT
	    "WHERE p.is_active = 1 ORDER BY p.id"));
	read_holders(t, r, holdings, people, count);
	return OK;
}
