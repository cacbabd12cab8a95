/* draft: requests not yet sent, each seen by its writer alone. */
#include "store_priv.h"

#define DRAFT_COLUMNS                                                                              \
	"d.id, d.person_id, d.service_id, d.version, d.workflow, d.agency_code, s.code, s.name, "  \
	"d.fields, d.updated_at, d.party_code, d.about_id, c.number"
#define DRAFT_FROM                                                                                 \
	" FROM draft d LEFT JOIN service s ON s.id = d.service_id "                                \
	"LEFT JOIN cases c ON c.id = d.about_id "

static int
read_draft(struct task *t, const struct db_rows *r, struct draft *d)
{
	*d = (struct draft){ .id = db_int(r, 0),
		.person_id = db_int(r, 1),
		.service_id = db_int(r, 2),
		.version = db_int(r, 3),
		.workflow = db_text(r, 4),
		.agency_code = db_text(r, 5),
		.service_code = db_text(r, 6),
		.service_name = db_text(r, 7),
		.updated_at = db_instant(r, 9),
		.party_code = db_text(r, 10),
		.about_id = db_int(r, 11),
		.about_number = db_text(r, 12) };
	return column_json(t, r, 8, &d->fields);
}

static int
insert_draft(struct tx *tx, void *arg)
{
	struct draft *d = arg;

	TRY(tx_exec(tx, NULL,
	    "INSERT INTO draft (person_id, workflow, service_id, agency_code, party_code, "
	    "about_id, "
	    "fields, version, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)",
	    DB_INT(d->person_id), DB_TEXT(d->workflow), DB_ID(d->service_id),
	    DB_TEXT(d->agency_code), DB_TEXT(d->party_code), DB_ID(d->about_id),
	    json_param(d->fields), DB_INSTANT(d->updated_at)));
	d->id = tx_insert_id(tx);
	return OK;
}

int
store_draft_add(struct task *t, struct draft *d)
{
	TRY(tx_run(t, insert_draft, d));
	d->version = 1;
	return OK;
}

int
store_draft_read(struct task *t, int64_t person_id, int64_t id, struct draft *d)
{
	struct db_rows *r;

	TRY(db_query(t, &r, "SELECT " DRAFT_COLUMNS DRAFT_FROM "WHERE d.id = ? AND d.person_id = ?",
	    DB_INT(id), DB_INT(person_id)));
	TRY(one_row(t, r, "draft"));
	return read_draft(t, r, d);
}

int
store_draft_list(struct task *t, int64_t person_id, struct draft **list, int *count)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT " DRAFT_COLUMNS DRAFT_FROM
	    "WHERE d.person_id = ? ORDER BY d.updated_at DESC, d.id DESC LIMIT 200",
	    DB_INT(person_id)));
	*list = rows_array(t, struct draft, r);
	for (*count = 0; db_next(r); ++*count)
		TRY(read_draft(t, r, &(*list)[*count]));
	return OK;
}

int
store_draft_save(struct task *t, struct draft *d)
{
	struct draft kept;
	int64_t affected;

	TRY(db_exec(t, &affected,
	    "UPDATE draft SET workflow = ?, service_id = ?, agency_code = ?, party_code = ?, "
	    "about_id = ?, fields = ?, "
	    "version = version + 1, updated_at = ? WHERE id = ? AND person_id = ? AND version = ?",
	    DB_TEXT(d->workflow), DB_ID(d->service_id), DB_TEXT(d->agency_code),
	    DB_TEXT(d->party_code), DB_ID(d->about_id), json_param(d->fields),
	    DB_INSTANT(d->updated_at), DB_INT(d->id), DB_INT(d->person_id), DB_INT(d->version)));
	if (affected > 0) {
		d->version++;
		return OK;
	}
	TRY(store_draft_read(t, d->person_id, d->id, &kept));
	return fail(t, E_STALE, "the draft was saved elsewhere: version %lld, not %lld",
	    (long long)kept.version, (long long)d->version);
}

int
store_draft_delete(struct task *t, int64_t person_id, int64_t id)
{
	int64_t affected;

	TRY(db_exec(t, &affected, "DELETE FROM draft WHERE id = ? AND person_id = ?", DB_INT(id),
	    DB_INT(person_id)));
	return affected > 0 ? OK : fail(t, E_NOT_FOUND, "no such draft");
}

int
store_draft_delete_tx(struct tx *tx, int64_t person_id, int64_t id)
{
	int64_t affected;

	TRY(tx_exec(tx, &affected, "DELETE FROM draft WHERE id = ? AND person_id = ?", DB_INT(id),
	    DB_INT(person_id)));
	return affected > 0 ? OK : fail(tx_task(tx), E_NOT_FOUND, "no such draft");
}
