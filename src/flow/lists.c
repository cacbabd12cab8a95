/*
 * The list of cases, pages by id from the newest.
 */
#include "flow_db.h"

#include <errno.h>
#include <stdlib.h>

int
cursor_read(struct task *t, const char *text, int64_t *id)
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

static int
check_word(struct task *t, const char *name, const char *word, const char *const *words)
{
	for (; word && *words; words++)
		if (str_eq(word, *words))
			return OK;
	return word ? fail(t, E_BAD_INPUT, "%s cannot be \"%s\"", name, word) : OK;
}

/* ICT and the Office co-ordinate: each case sent is theirs to see, which the list asks by agency.
 */
static struct case_query
store_query(const struct actor *who, const struct flow_case_query *q, struct arena *a)
{
	int64_t *agencies;
	int count = actor_agencies(who, a, &agencies);

	return (struct case_query){
		.person_id = who->person_id,
		.agency_ids = agencies,
		.agency_count = count,
		.only_mine = str_eq(q->scope, "mine"),
		.only_agency = str_eq(q->scope, "agency"),
		.text = q->text,
		.state = q->state,
		.workflows = q->workflows && *q->workflows ? q->workflows : NULL,
		.at = clock_now(),
		.limit = q->limit + 1, /* one more shows whether there is a next page */
	};
}

int
flow_case_list(struct task *t, const struct actor *who, const struct flow_case_query *q,
    struct json_object **list)
{
	static const char *const states[] = { "open", "closed", "overdue", NULL };
	static const char *const scopes[] = { "mine", "agency", "all", NULL };
	struct case_query query = store_query(who, q, task_arena(t));
	struct json_object *items;
	struct case_line *lines;
	int64_t total;
	int count;

	TRY(check_word(t, "state", q->state, states));
	TRY(check_word(t, "scope", q->scope, scopes));
	TRY(cursor_read(t, q->after, &query.before_id));
	TRY(agencies_refresh(t));
	TRY(store_case_list(t, &query, &lines, &count, &total));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count && i < q->limit; i++)
		json_push(items, case_line_json(&lines[i], query.at));
	json_set_int(*list, "total", total);
	json_set_str(*list, "next",
	    count > q->limit
		? arena_printf(task_arena(t), "%lld", (long long)lines[q->limit - 1].c.id)
		: NULL);
	return OK;
}
