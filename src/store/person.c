/* person: who signs in. The password's hash leaves only by store_person_by_login. */
#include "store_priv.h"

static void
read_person(const struct db_rows *r, struct person *p)
{
	*p = (struct person){ .id = db_int(r, 0),
		.login = db_text(r, 1),
		.name = db_text(r, 2),
		.email = db_text(r, 3),
		.locale = db_text(r, 4),
		.is_active = db_int(r, 5) };
}

int
store_person_add(struct tx *tx, struct person *p)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO person (login, name, email, locale, password_hash, is_active) "
	    "VALUES (?, ?, ?, ?, ?, ?)",
	    DB_TEXT(p->login), DB_TEXT(p->name), DB_TEXT(p->email),
	    DB_TEXT(p->locale ? p->locale : "vi"), DB_TEXT(p->password_hash),
	    DB_INT(p->is_active)));
	p->id = tx_insert_id(tx);
	return OK;
}

int
store_person_by_login(struct task *t, const char *login, struct person *p)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT id, login, name, email, locale, is_active, password_hash FROM person "
	    "WHERE login = ?",
	    DB_TEXT(login)));
	TRY(one_row(t, r, "person"));
	read_person(r, p);
	p->password_hash = db_text(r, 6);
	return OK;
}

int
store_person_by_id(struct task *t, int64_t id, struct person *p)
{
	struct db_rows *r;

	TRY(db_query(t, &r,
	    "SELECT id, login, name, email, locale, is_active FROM person WHERE id = ?",
	    DB_INT(id)));
	TRY(one_row(t, r, "person"));
	read_person(r, p);
	return OK;
}

int
store_person_read(struct tx *tx, int64_t id, struct person *p)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT id, login, name, email, locale, is_active FROM person WHERE id = ?",
	    DB_INT(id)));
	TRY(one_row(tx_task(tx), r, "person"));
	read_person(r, p);
	return OK;
}

int
store_person_set_locale(struct tx *tx, int64_t id, const char *locale)
{
	return tx_exec(
	    tx, NULL, "UPDATE person SET locale = ? WHERE id = ?", DB_TEXT(locale), DB_INT(id));
}
