/*
 * What approved cases gave to or by a person's agencies, as long as it runs.
 */
#include "flow_db.h"

#include <errno.h>
#include <stdlib.h>

static int
parse_cursor(struct task *t, const char *text, int64_t *id)
{
	char *end;

	*id = 0;
	if (text == NULL)
		return OK;
	errno = 0;
	*id = strtoll(text, &end, 10);
	if (errno || *end || *id <= 0)
		return fail(t, E_BAD_INPUT, "after is not a cursor of this list");
	return OK;
}

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

	TRY(parse_cursor(t, after, &before));
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
