/*
 * What approved cases gave to or by a person's agencies, as long as it runs.
 */
#include "flow_db.h"

int
flow_grant_list(struct task *t, const struct actor *who, const char *after, int limit,
    struct json_object **list)
{
	struct arena *a = task_arena(t);
	const char *today = calendar_date(flow_state.calendar, a, clock_now());
	struct json_object *items;
	struct grant_row *rows;
	int64_t *ids, before;
	int id_count, count;

	TRY(cursor_read(t, after, &before));
	TRY(agencies_refresh(t));
	id_count = actor_agencies(who, a, &ids);
	TRY(store_grants_running(t, ids, id_count, today, before, limit + 1, &rows, &count));
	*list = list_json(a, &items);
	for (int i = 0; i < count && i < limit; i++)
		json_push(items, grant_json(&rows[i]));
	json_set_str(*list, "next",
	    count > limit ? arena_printf(a, "%lld", (long long)rows[limit - 1].id) : NULL);
	return OK;
}
