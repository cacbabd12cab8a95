/* service: the catalogue of data-sharing services and its search, with or without accents. */
#include "store_priv.h"

#define SERVICE_COLUMNS                                                                            \
	"s.id, s.owner_id, s.code, s.name, g.code, g.name_vi, g.name_en, s.database_name, "        \
	"s.form, "                                                                                 \
	"s.items, s.method, s.protocol, s.authentication, s.limit_text, s.update_frequency, "      \
	"s.use_period, s.personal_data, s.workflow "
#define SERVICE_FROM "FROM service s JOIN agency g ON g.id = s.owner_id "

/* Every whole word is there, and a word that begins as the last one does. NULLs ask for nothing. */
#define SERVICE_MATCHES                                                                            \
	"WHERE (? IS NULL OR s.form = ?) AND (? IS NULL OR g.code = ?) "                           \
	"AND (? IS NULL OR (s.id IN (SELECT service_id FROM service_word WHERE word BETWEEN ? "    \
	"AND ?) "                                                                                  \
	"AND NOT EXISTS (SELECT 1 FROM JSON_TABLE(?, '$[*]' COLUMNS (word VARCHAR(80) PATH '$')) " \
	"q "                                                                                       \
	"WHERE NOT EXISTS (SELECT 1 FROM service_word w "                                          \
	"WHERE w.word = CONVERT(q.word USING latin1) AND w.service_id = s.id)))) "
#define SERVICE_MATCH_PARAMS(q, form, owner)                                                       \
	DB_TEXT(form), DB_TEXT(form), DB_TEXT(owner), DB_TEXT(owner), DB_TEXT((q)->prefix_from),   \
	    DB_TEXT((q)->prefix_from), DB_TEXT((q)->prefix_to), DB_TEXT((q)->whole_json)

static int
read_service(struct task *t, const struct db_rows *r, struct service *s)
{
	*s = (struct service){ .id = db_int(r, 0),
		.owner_id = db_int(r, 1),
		.code = db_text(r, 2),
		.name = db_text(r, 3),
		.owner_code = db_text(r, 4),
		.owner_name_vi = db_text(r, 5),
		.owner_name_en = db_text(r, 6),
		.database = db_text(r, 7),
		.form = db_text(r, 8),
		.method = db_text(r, 10),
		.protocol = db_text(r, 11),
		.authentication = db_text(r, 12),
		.limit = db_text(r, 13),
		.update_frequency = db_text(r, 14),
		.use_period = db_text(r, 15),
		.personal_data = db_text(r, 16),
		.workflow = db_text(r, 17) };
	return column_json(t, r, 9, &s->items);
}

static const char *
searchable_text(struct arena *a, const struct service *s, const struct agency *owner)
{
	struct str text;
	size_t count = s->items ? json_object_array_length(s->items) : 0;

	str_init(&text, a);
	str_addf(&text, "%s | %s | %s | %s | %s", s->code, s->name, s->database, owner->name_vi,
	    owner->name_en);
	for (size_t i = 0; i < count; i++) {
		const char *name = json_str(json_object_array_get_idx(s->items, i), "name");

		if (name)
			str_addf(&text, " | %s", name);
	}
	return text.text;
}

static int
index_service(struct tx *tx, const struct service *s)
{
	struct agency owner;

	TRY(store_agency_by_id(tx, s->owner_id, &owner));
	return tx_exec(tx, NULL,
	    "INSERT IGNORE INTO service_word (word, service_id) SELECT q.word, ? "
	    "FROM JSON_TABLE(?, '$[*]' COLUMNS (word VARCHAR(80) PATH '$')) q",
	    DB_INT(s->id),
	    DB_TEXT(index_words(tx_arena(tx), searchable_text(tx_arena(tx), s, &owner), true)));
}

int
store_service_add(struct tx *tx, struct service *s)
{
	TRY(tx_exec(tx, NULL,
	    "INSERT INTO service (code, name, owner_id, database_name, form, items, method, "
	    "protocol, "
	    "authentication, limit_text, update_frequency, use_period, personal_data, workflow) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    DB_TEXT(s->code), DB_TEXT(s->name), DB_INT(s->owner_id), DB_TEXT(s->database),
	    DB_TEXT(s->form), json_param(s->items), DB_TEXT(s->method), DB_TEXT(s->protocol),
	    DB_TEXT(s->authentication), DB_TEXT(s->limit), DB_TEXT(s->update_frequency),
	    DB_TEXT(s->use_period), DB_TEXT(s->personal_data), DB_TEXT(s->workflow)));
	s->id = tx_insert_id(tx);
	return index_service(tx, s);
}

int
store_service_by_code(struct task *t, const char *code, struct service *s)
{
	struct db_rows *r;

	TRY(db_query(
	    t, &r, "SELECT " SERVICE_COLUMNS SERVICE_FROM "WHERE s.code = ?", DB_TEXT(code)));
	TRY(one_row(t, r, "service"));
	return read_service(t, r, s);
}

int
store_service_by_id(struct tx *tx, int64_t id, struct service *s)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r, "SELECT " SERVICE_COLUMNS SERVICE_FROM "WHERE s.id = ?", DB_INT(id)));
	TRY(one_row(tx_task(tx), r, "service"));
	return read_service(tx_task(tx), r, s);
}

static int
count_services(struct task *t, const struct query_words *q, const char *form, const char *owner,
    int64_t *total)
{
	struct db_rows *r;

	TRY(db_query(t, &r, "SELECT COUNT(*) " SERVICE_FROM SERVICE_MATCHES,
	    SERVICE_MATCH_PARAMS(q, form, owner)));
	TRY(one_row(t, r, "count"));
	*total = db_int(r, 0);
	return OK;
}

/* Those with the words side by side, as they were typed, come first. */
int
store_service_search(struct task *t, const char *text, const char *form, const char *owner,
    int limit, struct service **list, int *count, int64_t *total)
{
	struct query_words q;
	struct db_rows *r;

	query_words(task_arena(t), text, &q);
	TRY(count_services(t, &q, form, owner, total));
	TRY(db_query(t, &r,
	    "SELECT " SERVICE_COLUMNS SERVICE_FROM SERVICE_MATCHES
	    "ORDER BY (SELECT COUNT(*) FROM JSON_TABLE(?, '$[*]' COLUMNS (word VARCHAR(80) PATH "
	    "'$')) p "
	    "JOIN service_word w ON w.word = CONVERT(p.word USING latin1) AND w.service_id = s.id) "
	    "DESC, s.code LIMIT ?",
	    SERVICE_MATCH_PARAMS(&q, form, owner), DB_TEXT(q.pairs_json ? q.pairs_json : "[]"),
	    DB_INT(limit)));
	*list = rows_array(t, struct service, r);
	for (*count = 0; db_next(r); ++*count)
		TRY(read_service(t, r, &(*list)[*count]));
	return OK;
}
