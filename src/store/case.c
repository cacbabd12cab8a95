/* case: the row of a case: its number, its state, and the lines of lists. */
#include "store_priv.h"

#define CASE_COLUMNS                                                                               \
	"id, number, workflow, workflow_version_id, regime, calendar, requester_id, owner_id, "    \
	"service_id, created_by, title, version, head_hash, is_open, outcome, created_at, "        \
	"received_at, closed_at, due_at, parent_id, about_id, snapshot, context, paused"

/* The columns up to about_id, as both lists of columns begin. */
static void
read_plain(const struct db_rows *r, int at, struct case_row *c)
{
	*c = (struct case_row){ .id = db_int(r, at),
		.number = db_text(r, at + 1),
		.workflow = db_text(r, at + 2),
		.workflow_version_id = db_int(r, at + 3),
		.regime = db_text(r, at + 4),
		.calendar = db_text(r, at + 5),
		.requester_id = db_int(r, at + 6),
		.owner_id = db_int(r, at + 7),
		.service_id = db_int(r, at + 8),
		.created_by = db_int(r, at + 9),
		.title = db_text(r, at + 10),
		.version = db_int(r, at + 11),
		.head_hash = db_text(r, at + 12),
		.is_open = db_int(r, at + 13),
		.outcome = db_text(r, at + 14),
		.created_at = db_instant(r, at + 15),
		.received_at = db_instant(r, at + 16),
		.closed_at = db_instant(r, at + 17),
		.due_at = db_instant(r, at + 18),
		.parent_id = db_int(r, at + 19),
		.about_id = db_int(r, at + 20) };
}

void
read_line(const struct db_rows *r, int at, struct case_line *line)
{
	*line = (struct case_line){ .active_states = db_text(r, at + 21),
		.requester_code = db_text(r, at + 22),
		.requester_vi = db_text(r, at + 23),
		.requester_en = db_text(r, at + 24),
		.owner_code = db_text(r, at + 25),
		.owner_vi = db_text(r, at + 26),
		.owner_en = db_text(r, at + 27),
		.service_code = db_text(r, at + 28),
		.service_name = db_text(r, at + 29) };
	read_plain(r, at, &line->c);
}

static int
read_case(struct task *t, struct db_rows *r, struct case_row *c)
{
	TRY(one_row(t, r, "case"));
	read_plain(r, 0, c);
	TRY(column_json(t, r, 21, &c->snapshot));
	TRY(column_json(t, r, 22, &c->context));
	return column_json(t, r, 23, &c->paused);
}

int
store_case_lock(struct tx *tx, int64_t id, struct case_row *c)
{
	struct db_rows *r;

	TRY(tx_query(
	    tx, &r, "SELECT " CASE_COLUMNS " FROM cases WHERE id = ? FOR UPDATE", DB_INT(id)));
	return read_case(tx_task(tx), r, c);
}

int
store_case_read(struct tx *tx, int64_t id, struct case_row *c)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT " CASE_COLUMNS " FROM cases WHERE id = ?", DB_INT(id)));
	return read_case(tx_task(tx), r, c);
}

int
store_case_line(struct tx *tx, int64_t id, struct case_line *line)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT " LINE_COLUMNS " FROM cases c" LINE_JOINS "WHERE c.id = ?",
	    DB_INT(id)));
	TRY(one_row(tx_task(tx), r, "case"));
	read_line(r, 0, line);
	return OK;
}

/* ---- creating ---- */

/* Serials have no gaps: whoever creates a case of this kind waits here for the one before to
 * commit. */
static int
next_serial(struct tx *tx, const char *prefix, int year, int64_t *serial)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO case_number (prefix, year, last) VALUES (?, ?, LAST_INSERT_ID(1)) "
	    "ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + 1)",
	    DB_TEXT(prefix), DB_INT(year)));
	*serial = tx_insert_id(tx);
	return OK;
}

static int
insert_case(struct tx *tx, struct case_row *c)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO cases (number, workflow, workflow_version_id, regime, calendar, "
	    "requester_id, "
	    "owner_id, service_id, created_by, title, snapshot, active_states, context, paused, "
	    "version, head_hash, is_open, outcome, created_at, received_at, closed_at, due_at, "
	    "parent_id, about_id) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    DB_TEXT(c->number), DB_TEXT(c->workflow), DB_INT(c->workflow_version_id),
	    DB_TEXT(c->regime), DB_TEXT(c->calendar), DB_INT(c->requester_id), DB_INT(c->owner_id),
	    DB_ID(c->service_id), DB_ID(c->created_by), DB_TEXT(c->title),
	    c->snapshot ? json_param(c->snapshot) : DB_TEXT("{}"),
	    c->context ? json_param(c->context) : DB_TEXT("{}"),
	    c->paused ? json_param(c->paused) : DB_TEXT("{}"), DB_TEXT(NO_HASH), DB_INT(c->is_open),
	    DB_TEXT(c->outcome), DB_INSTANT(c->created_at), DB_INSTANT(c->received_at),
	    DB_INSTANT(c->closed_at), DB_INSTANT(c->due_at), DB_ID(c->parent_id),
	    DB_ID(c->about_id)));
	c->id = tx_insert_id(tx);
	return OK;
}

int
store_case_create(
    struct tx *tx, const char *province, const char *prefix, int year, struct case_row *c)
{
	int64_t serial;

	TRY(next_serial(tx, prefix, year, &serial));
	c->number = arena_printf(
	    tx_arena(tx), "%s-%s-%d-%05lld", province, prefix, year, (long long)serial);
	return insert_case(tx, c);
}

int
store_case_index(struct tx *tx, int64_t case_id, const char *text)
{
	return tx_exec(tx, NULL,
	    "INSERT IGNORE INTO case_word (word, case_id) SELECT q.word, ? "
	    "FROM JSON_TABLE(?, '$[*]' COLUMNS (word VARCHAR(80) PATH '$')) q",
	    DB_INT(case_id), DB_TEXT(index_words(tx_arena(tx), text, false)));
}
