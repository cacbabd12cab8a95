/* agency: the units of the province. */
#include "store_priv.h"

enum { AGENCY_WIDTH = 7 };

static void
read_agency(const struct db_rows *r, struct agency *a)
{
	*a = (struct agency){ .id = db_int(r, 0),
		.code = db_text(r, 1),
		.name_vi = db_text(r, 2),
		.name_en = db_text(r, 3),
		.kind = db_text(r, 4),
		.role = db_text(r, 5),
		.parent_id = db_int(r, 6) };
}

int
store_agency_add(struct tx *tx, struct agency *a)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO agency (code, name_vi, name_en, kind, role, parent_id) "
	    "VALUES (?, ?, ?, ?, ?, ?)",
	    DB_TEXT(a->code), DB_TEXT(a->name_vi), DB_TEXT(a->name_en), DB_TEXT(a->kind),
	    DB_TEXT(a->role), DB_ID(a->parent_id)));
	a->id = tx_insert_id(tx);
	return OK;
}

int
store_agency_by_code(struct tx *tx, const char *code, struct agency *a)
{
	struct db_rows *r;

	TRY(tx_query(
	    tx, &r, "SELECT " AGENCY_COLUMNS " FROM agency g WHERE g.code = ?", DB_TEXT(code)));
	TRY(one_row(tx_task(tx), r, "agency"));
	read_agency(r, a);
	return OK;
}

int
store_agency_by_id(struct tx *tx, int64_t id, struct agency *a)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT " AGENCY_COLUMNS " FROM agency g WHERE g.id = ?", DB_INT(id)));
	TRY(one_row(tx_task(tx), r, "agency"));
	read_agency(r, a);
	return OK;
}

int
store_agency_list(struct task *t, struct agency **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " AGENCY_COLUMNS
	    ", EXISTS (SELECT 1 FROM service s WHERE s.owner_id = g.id) FROM agency g "
	    "ORDER BY g.id"));
	*list = rows_array(t, struct agency, r);
	for (*count = 0; db_next(r); ++*count) {
		read_agency(r, &(*list)[*count]);
		(*list)[*count].has_services = db_int(r, AGENCY_WIDTH);
	}
	return OK;
}
