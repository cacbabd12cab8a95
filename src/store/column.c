/* column: what every table's reader needs: JSON in columns, and rows that must be there. */
#include "store_priv.h"

int
column_json(struct task *t, const struct db_rows *r, int column, struct json_object **o)
{
	const char *why = "";

	*o = NULL;
	if (db_is_null(r, column))
		return OK;
	*o = json_read(task_arena(t), db_text(r, column), db_len(r, column), &why);
	if (!*o)
		return fail(t, E_INTERNAL, "damaged JSON in the database: %s", why);
	return OK;
}

struct db_param
json_param(struct json_object *o)
{
	return o ? DB_TEXT(json_text_of(o)) : DB_NULL;
}

const char *
ids_json(struct arena *a, const int64_t *ids, int count)
{
	struct str s;

	str_init(&s, a);
	for (int i = 0; i < count; i++)
		str_addf(&s, "%s%lld", i == 0 ? "[" : ",", (long long)ids[i]);
	str_add(&s, count > 0 ? "]" : "[]");
	return s.text;
}

const char *
ids_list(struct arena *a, const int64_t *ids, int count)
{
	struct str s;

	str_init(&s, a);
	for (int i = 0; i < count; i++)
		str_addf(&s, "%s%lld", i == 0 ? "" : ",", (long long)ids[i]);
	return s.len ? s.text : "";
}

int
one_row(struct task *t, struct db_rows *r, const char *what)
{
	return db_next(r) ? OK : fail(t, E_NOT_FOUND, "no such %s", what);
}

int
still_ours(struct task *t, int64_t affected, const char *what)
{
	return affected > 0 ? OK
			    : fail(t, E_CONFLICT, "the %s was taken by another, or is gone", what);
}
