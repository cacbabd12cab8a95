/* holding: which person holds which post at which agency, from when until when. */
#include "store_priv.h"

#define HOLDING_COLUMNS                                                                            \
	"h.id, h.person_id, h.agency_id, h.post, g.code, g.name_vi, g.name_en, g.role"
enum { HOLDING_WIDTH = 8 };

/* Takes two parameters: the time, twice. */
#define HELD_AT(h)                                                                                 \
	" " h ".valid_from <= ? AND (" h ".valid_until IS NULL OR " h ".valid_until > ?) "

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
		.agency_role = db_text(r, 7) };
}

/* Rows of HOLDING_COLUMNS and then id, login, name, email, locale of the holder, is_away. */
static void
read_holders(struct task *t, struct db_rows *r, struct holding **holdings, struct person **people,
    int *count)
{
	*holdings = rows_array(t, struct holding, r);
	*people = rows_array(t, struct person, r);
	for (*count = 0; db_next(r); ++*count) {
		read_holding(r, &(*holdings)[*count]);
		(*holdings)[*count].is_away = db_int(r, HOLDING_WIDTH + 5);
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
	    "INSERT INTO holding (person_id, agency_id, post, valid_from, valid_until) "
	    "VALUES (?, ?, ?, ?, ?)",
	    DB_INT(h->person_id), DB_INT(h->agency_id), DB_TEXT(h->post), DB_INSTANT(from_at),
	    DB_INSTANT(until_at)));
	h->id = tx_insert_id(tx);
	return OK;
}

/* ---- the posts that a person may use ---- */

/* Of the agency of h, where its post is one of those asked for: parameters these, and the time
 * twice. */
#define POSTS_HELD                                                                                 \
	"IF(FIND_IN_SET(h.post, ?), (SELECT GROUP_CONCAT(o.post) FROM holding o "                  \
	"STRAIGHT_JOIN person op ON op.id = o.person_id WHERE o.agency_id = h.agency_id "          \
	"AND op.is_active = 1 AND" HELD_AT("o") "), NULL)"

/* Most stand for nobody: that is asked along, and a chain looked for only where there is one. */
static const char own_posts[] =
    "SELECT " HOLDING_COLUMNS ", p.name, " POSTS_HELD ", 0, "
    "EXISTS (SELECT 1 FROM substitution s WHERE s.substitute_id = p.id" RUNS_NOW ") "
    "FROM person p LEFT JOIN holding h ON h.person_id = p.id AND" HELD_AT(
	"h") "LEFT JOIN agency g ON g.id = h.agency_id WHERE p.id = ? AND p.is_active = 1 "
	     "ORDER BY h.id";

/* Whoever stands for somebody has all his posts, and those that he has from others. */
static const char all_posts[] =
    "WITH RECURSIVE stands (person_id, links) AS ("
    "SELECT id, 0 FROM person WHERE id = ? UNION ALL "
    "SELECT s.absent_id, stands.links + 1 FROM stands JOIN substitution s "
    "ON s.substitute_id = stands.person_id WHERE stands.links < ?" RUNS_NOW ") "
    "SELECT " HOLDING_COLUMNS ", p.name, " POSTS_HELD ", near.links "
    "FROM (SELECT person_id, MIN(links) links FROM stands GROUP BY person_id) near "
    "STRAIGHT_JOIN holding h ON h.person_id = near.person_id "
    "STRAIGHT_JOIN person p ON p.id = h.person_id STRAIGHT_JOIN agency g ON g.id = "
    "h.agency_id "
    "WHERE p.is_active = 1 AND" HELD_AT("h") "ORDER BY near.links, h.id";

/* Rows of HOLDING_COLUMNS, the holder's name, the posts held there, links; is_row: it stands on
 * one. */
static void
read_posts(struct task *t, struct db_rows *r, bool is_row, int64_t person_id, struct holding **list,
    int *count)
{
	*list = rows_array(t, struct holding, r);
	for (*count = 0; is_row; is_row = db_next(r)) {
		struct holding *h = &(*list)[*count];

		if (db_is_null(r, 0))
			continue; /* holds nothing */
		read_holding(r, h);
		h->posts_held = db_text(r, HOLDING_WIDTH + 1);
		if (db_int(r, HOLDING_WIDTH + 2) > 0) {
			h->on_behalf_of = h->person_id;
			h->on_behalf_name = db_text(r, HOLDING_WIDTH);
			h->person_id = person_id;
		}
		++*count;
	}
}

int
store_holdings_of_person(struct task *t, int64_t person_id, int64_t at, const char *filling,
    struct holding **list, int *count)
{
	struct db_param now = DB_INSTANT(at), person = DB_INT(person_id);
	struct db_param of = DB_TEXT(filling ? filling : "");
	struct db_rows *r;
	bool is_row;

	TRY(db_query(t, &r, own_posts, of, now, now, now, now, now, now, now, person));
	is_row = db_next(r);
	if (is_row && db_int(r, HOLDING_WIDTH + 3)) {
		TRY(db_query(t, &r, all_posts, person, DB_INT(SUBSTITUTION_LINKS), now, now, now,
		    of, now, now, now, now));
		is_row = db_next(r);
	}
	read_posts(t, r, is_row, person_id, list, count);
	return OK;
}

/* ---- of agencies ---- */

int
store_holdings_of_agencies(struct tx *tx, const int64_t *ids, int id_count, int64_t at,
    struct holding **holdings, struct person **people, int *count)
{
	struct db_param now = DB_INSTANT(at);
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " HOLDING_COLUMNS ", p.id, p.login, p.name, p.email, p.locale, "
	    "EXISTS (SELECT 1 FROM substitution s WHERE s.absent_id = h.person_id" RUNS_NOW ") "
	    "FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q STRAIGHT_JOIN "
	    "agency g "
	    "ON g.id = q.id STRAIGHT_JOIN holding h ON h.agency_id = g.id "
	    "STRAIGHT_JOIN person p ON p.id = h.person_id "
	    "WHERE p.is_active = 1 AND" HELD_AT("h") "ORDER BY h.id",
	    now, now, now, DB_TEXT(ids_json(tx_arena(tx), ids, id_count)), now, now));
	read_holders(tx_task(tx), r, holdings, people, count);
	return OK;
}

int
store_posts(
    struct tx *tx, const int64_t *ids, int id_count, int64_t at, struct post_row **list, int *count)
{
	struct db_param now = DB_INSTANT(at);
	struct db_param of = ids ? DB_TEXT(ids_list(tx_arena(tx), ids, id_count)) : DB_NULL;
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT h.agency_id, h.post, "
	    "MAX(p.is_active = 1 AND (h.valid_until IS NULL OR h.valid_until > ?)), "
	    "MAX(IF(h.valid_until <= ?, h.valid_until, NULL)) "
	    "FROM holding h JOIN person p ON p.id = h.person_id "
	    "WHERE (? IS NULL OR FIND_IN_SET(h.agency_id, ?)) AND h.valid_from <= ? "
	    "GROUP BY h.agency_id, h.post ORDER BY h.agency_id, h.post",
	    now, now, of, of, now));
	*list = rows_array(tx_task(tx), struct post_row, r);
	for (*count = 0; db_next(r); ++*count)
		(*list)[*count] = (struct post_row){ .agency_id = db_int(r, 0),
			.post = db_text(r, 1),
			.is_held = db_int(r, 2),
			.until = db_instant(r, 3) };
	return OK;
}

int
store_account_list(struct task *t, struct person **people, struct holding **holdings, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " HOLDING_COLUMNS ", p.id, p.login, p.name, p.email, p.locale, 0 "
	    "FROM person p JOIN holding h "
	    "ON h.id = (SELECT MIN(first.id) FROM holding first WHERE first.person_id = p.id) "
	    "JOIN agency g ON g.id = h.agency_id WHERE p.is_active = 1 ORDER BY p.id"));
	read_holders(t, r, holdings, people, count);
	return OK;
}
