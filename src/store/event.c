/* event: what happened, oldest first. Rows are only ever added, by write.c. */
#include "store_priv.h"

static int
read_event(struct task *t, const struct db_rows *r, struct event_row *row)
{
	*row = (struct event_row){ .id = db_int(r, 0),
		.version = db_int(r, 1),
		.on_behalf_name = db_text(r, 17),
		.e = { .type = db_text(r, 2),
		    .kind = db_text(r, 3),
		    .actor_id = db_int(r, 4),
		    .holding_id = db_int(r, 5),
		    .actor_name = db_text(r, 6),
		    .actor_post = db_text(r, 7),
		    .actor_agency_code = db_text(r, 8),
		    .own_post = db_text(r, 9),
		    .on_behalf_of = db_int(r, 10),
		    .from_states = db_text(r, 12),
		    .to_states = db_text(r, 13),
		    .at = db_instant(r, 14),
		    .prev_hash = db_text(r, 15),
		    .hash = db_text(r, 16),
		    .law_id = db_int(r, 18) } };
	return column_json(t, r, 11, &row->e.data);
}

int
store_events(struct tx *tx, int64_t case_id, struct event_row **list, int *count)
{
	struct db_rows *r;

	TRY(tx_query(tx, &r,
	    "SELECT e.id, e.version, e.type, e.kind, e.actor_id, e.holding_id, e.actor_name, "
	    "e.actor_post, e.actor_agency_code, e.own_post, e.on_behalf_of, e.data, "
	    "e.from_states, e.to_states, "
	    "e.happened_at, e.prev_hash, e.hash, p.name, e.law_id "
	    "FROM event e LEFT JOIN person p ON p.id = e.on_behalf_of "
	    "WHERE e.case_id = ? ORDER BY e.version",
	    DB_INT(case_id)));
	*list = rows_array(tx_task(tx), struct event_row, r);
	for (*count = 0; db_next(r); ++*count)
		TRY(read_event(tx_task(tx), r, &(*list)[*count]));
	return OK;
}

#define CHANGE_COLUMNS                                                                             \
	"e.id, e.case_id, e.version, "                                                             \
	"(SELECT JSON_ARRAYAGG(p.agency_id) FROM case_party p WHERE p.case_id = e.case_id)"

static int
read_change(struct task *t, const struct db_rows *r, struct change *c)
{
	struct json_object *ids;

	*c = (struct change){
		.event_id = db_int(r, 0), .case_id = db_int(r, 1), .version = db_int(r, 2)
	};
	TRY(column_json(t, r, 3, &ids));
	if (ids == NULL)
		return OK;
	c->agencies = arena_array(task_arena(t), int64_t, json_object_array_length(ids) + 1);
	for (size_t i = 0; i < json_object_array_length(ids); i++)
		c->agencies[c->agency_count++] = json_object_get_int64(
		    json_object_array_get_idx(ids, i));
	return OK;
}

int
store_changes(struct task *t, int64_t after_id, int limit, struct change **list, int *count)
{
	struct db_rows *r;

	if (after_id < 0)
		TRY(db_query(
		    t, &r, "SELECT " CHANGE_COLUMNS " FROM event e ORDER BY e.id DESC LIMIT 1"));
	else
		TRY(db_query(t, &r,
		    "SELECT " CHANGE_COLUMNS " FROM event e WHERE e.id > ? ORDER BY e.id LIMIT ?",
		    DB_INT(after_id), DB_INT(limit)));
	*list = rows_array(t, struct change, r);
	for (*count = 0; db_next(r); ++*count)
		TRY(read_change(t, r, &(*list)[*count]));
	return OK;
}
