/* substitution: who stands for whom while people are away, from when until when. */
#include "store_priv.h"

enum { MANY = 500 };

#define COLUMNS                                                                                    \
	"s.id, s.absent_id, s.substitute_id, s.valid_from, s.valid_until, s.reason, s.made_by, "   \
	"s.made_at, s.ended_by, s.ended_at"
enum { WIDTH = 10 };
#define NAMES                                                                                      \
	", a.name, a.email, a.locale, a.is_active, b.name, b.email, b.locale, b.is_active, m.name"
enum { PERSON_WIDTH = 4 };
#define JOIN_NAMES                                                                                 \
	" JOIN person a ON a.id = s.absent_id JOIN person b ON b.id = s.substitute_id "            \
	"LEFT JOIN person m ON m.id = s.made_by "

static void
read_substitution(const struct db_rows *r, struct substitution *s)
{
	*s = (struct substitution){ .id = db_int(r, 0),
		.absent_id = db_int(r, 1),
		.substitute_id = db_int(r, 2),
		.from_at = db_instant(r, 3),
		.until_at = db_instant(r, 4),
		.reason = db_text(r, 5),
		.made_by = db_int(r, 6),
		.made_at = db_instant(r, 7),
		.ended_by = db_int(r, 8),
		.ended_at = db_instant(r, 9) };
}

static struct person
read_person(const struct db_rows *r, int at, int64_t id)
{
	return (struct person){ .id = id,
		.name = db_text(r, at),
		.email = db_text(r, at + 1),
		.locale = db_text(r, at + 2),
		.is_active = db_int(r, at + 3) };
}

static void
read_with_names(const struct db_rows *r, struct substitution *s)
{
	read_substitution(r, s);
	s->absent = read_person(r, WIDTH, s->absent_id);
	s->substitute = read_person(r, WIDTH + PERSON_WIDTH, s->substitute_id);
	s->made_by_name = db_text(r, WIDTH + 2 * PERSON_WIDTH);
}

/* A row that everybody who makes one writes first. */
int
store_substitution_turn(struct tx *tx, int64_t now_us)
{
	return tx_exec(tx, NULL,
	    "INSERT INTO setting (name, value) VALUES ('substitution_turn', ?) "
	    "ON DUPLICATE KEY UPDATE value = VALUES(value)",
	    DB_INT(now_us));
}

int
store_substitutions_between(
    struct tx *tx, int64_t from_at, int64_t until_at, struct substitution **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " COLUMNS " FROM substitution s "
	    "WHERE s.valid_until > ? AND s.valid_from < ? AND s.ended_at IS NULL ORDER BY s.id",
	    DB_INSTANT(from_at), DB_INSTANT(until_at)));
	*list = rows_array(tx_task(tx), struct substitution, r);
	for (*count = 0; db_next(r); ++*count)
		read_substitution(r, &(*list)[*count]);
	return OK;
}

int
store_substitution_add(struct tx *tx, struct substitution *s)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO substitution (absent_id, substitute_id, valid_from, valid_until, reason, "
	    "made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
	    DB_INT(s->absent_id), DB_INT(s->substitute_id), DB_INSTANT(s->from_at),
	    DB_INSTANT(s->until_at), DB_TEXT(s->reason), DB_ID(s->made_by),
	    DB_INSTANT(s->made_at)));
	s->id = tx_insert_id(tx);
	return OK;
}

int
store_substitution_lock(struct tx *tx, int64_t id, struct substitution *s)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT " COLUMNS NAMES " FROM substitution s" JOIN_NAMES "WHERE s.id = ? FOR UPDATE",
	    DB_INT(id)));
	TRY(one_row(tx_task(tx), r, "substitution"));
	read_with_names(r, s);
	return OK;
}

int
store_substitution_end(struct tx *tx, const struct substitution *s)
{
	return tx_exec(tx, NULL, "UPDATE substitution SET ended_by = ?, ended_at = ? WHERE id = ?",
	    DB_ID(s->ended_by), DB_INSTANT(s->ended_at), DB_INT(s->id));
}

#define IS_LED                                                                                     \
	"EXISTS (SELECT 1 FROM holding h WHERE h.person_id = s.absent_id "                         \
	"AND FIND_IN_SET(h.agency_id, ?) AND h.valid_from <= ? "                                   \
	"AND (h.valid_until IS NULL OR h.valid_until > ?))"

int
store_substitutions(
    struct task *t, const struct substitution_query *q, struct substitution **list, int *count)
{
	struct db_param at = DB_INSTANT(q->at), after = DB_INSTANT(q->ended_after);
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " COLUMNS NAMES ", s.is_led FROM (SELECT s.*, " IS_LED " AS is_led "
	    "FROM substitution s WHERE s.valid_until > ? "
	    "AND (s.ended_at IS NULL OR s.ended_at > ?)) s" JOIN_NAMES
	    "WHERE ? OR s.is_led OR s.absent_id = ? OR s.substitute_id = ? "
	    "ORDER BY s.valid_from DESC, s.id DESC LIMIT ?",
	    DB_TEXT(ids_list(task_arena(t), q->agency_ids, q->agency_count)), at, at, after, after,
	    DB_INT(q->all), DB_INT(q->person_id), DB_INT(q->person_id), DB_INT(MANY)));
	*list = rows_array(t, struct substitution, r);
	for (*count = 0; db_next(r); ++*count) {
		read_with_names(r, &(*list)[*count]);
		(*list)[*count].is_led = db_int(r, WIDTH + 2 * PERSON_WIDTH + 1);
	}
	return OK;
}

int
store_stand_ins(struct tx *tx, const int64_t *person_ids, int person_count, int64_t at,
    struct stand_in **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "WITH RECURSIVE chain (absent_id, person_id, links) AS ("
	    "SELECT q.id, q.id, 0 FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) q "
	    "UNION ALL SELECT chain.absent_id, s.substitute_id, chain.links + 1 "
	    "FROM chain JOIN substitution s ON s.absent_id = chain.person_id "
	    "WHERE chain.links < ?" RUNS_NOW ") "
	    "SELECT chain.absent_id, a.name, p.id, p.login, p.name, p.email, p.locale "
	    "FROM chain "
	    "JOIN person a ON a.id = chain.absent_id JOIN person p ON p.id = "
	    "chain.person_id "
	    "WHERE chain.links > 0 AND p.is_active = 1 ORDER BY chain.links, p.id",
	    DB_TEXT(ids_json(tx_arena(tx), person_ids, person_count)), DB_INT(SUBSTITUTION_LINKS),
	    DB_INSTANT(at), DB_INSTANT(at), DB_INSTANT(at)));
	*list = rows_array(tx_task(tx), struct stand_in, r);
	for (*count = 0; db_next(r); ++*count)
		(*list)[*count] = (struct stand_in){ .absent_id = db_int(r, 0),
			.absent_name = db_text(r, 1),
			.substitute = { .id = db_int(r, 2),
			    .login = db_text(r, 3),
			    .name = db_text(r, 4),
			    .email = db_text(r, 5),
			    .locale = db_text(r, 6),
			    .is_active = true } };
	return OK;
}
