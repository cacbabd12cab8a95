/*
 * Watching: whoever may see a case may have it in his inbox, whether or not it waits for him.
 */
#include "flow_db.h"

enum { WATCHES_MAX = 1000 }; /* so that the list is counted and sorted in no time */

struct watching {
	const struct actor *who;
	int64_t case_id;
};

static int
watch_tx(struct tx *tx, void *arg)
{
	const struct watching *w = arg;
	struct case_work cw;
	int64_t count;
	bool is_watched;

	TRY(case_work_read(tx, w->case_id, &cw));
	TRY(case_must_be_seen(tx, &cw, w->who));
	TRY(store_is_watched(tx, w->who->person_id, w->case_id, &is_watched));
	TRY(store_watches(tx, w->who->person_id, &count));
	if (!is_watched && count >= WATCHES_MAX)
		return fail_as(tx_task(tx), E_CONFLICT, "too-many-watched",
		    "you watch %d cases; end some of them first", WATCHES_MAX);
	return store_watch(tx, w->who->person_id, w->case_id, clock_now());
}

int
flow_watch(struct task *t, const struct actor *who, int64_t case_id)
{
	TRY(agencies_refresh(t));
	return tx_run(t, watch_tx, &(struct watching){ who, case_id });
}

int
flow_unwatch(struct task *t, const struct actor *who, int64_t case_id)
{
	return store_unwatch(t, who->person_id, case_id);
}

/* ---- the list ---- */

/* The most urgent open task of a case that is the actor's own; null when there is none. tasks: by
 * case, the most urgent first. */
static struct json_object *
own_task_json(const struct actor *who, const struct task_row *tasks, int count,
    const struct case_row *c, int64_t now)
{
	for (int i = 0; i < count; i++)
		if (tasks[i].case_id == c->id && actor_holds(who, &tasks[i]))
			return inbox_task_json(who, c, &tasks[i], now);
	return NULL;
}

static int
tasks_of(struct task *t, const struct watched_row *rows, int row_count, struct task_row **tasks,
    int *count)
{
	int64_t *ids = arena_array(task_arena(t), int64_t, row_count + 1);

	for (int i = 0; i < row_count; i++)
		ids[i] = rows[i].line.c.id;
	return store_tasks_of_cases(t, ids, row_count, tasks, count);
}

static int
items_json(struct task *t, const struct actor *who, const struct watched_row *rows, int row_count,
    struct json_object *items)
{
	int64_t now = clock_now();
	struct task_row *tasks;
	int task_count;

	TRY(tasks_of(t, rows, row_count, &tasks, &task_count));
	for (int i = 0; i < row_count; i++) {
		const struct case_line *line = &rows[i].line;
		struct json_object *o = json_object_new_object();

		json_set(o, "task", own_task_json(who, tasks, task_count, &line->c, now));
		json_set(o, "case", case_line_json(line, now));
		json_push(items, o);
	}
	return OK;
}

int
watched_list(struct task *t, const struct actor *who, const char *after, int limit,
    struct json_object **list)
{
	struct arena *a = task_arena(t);
	struct watch_query q = { .person_id = who->person_id, .limit = limit + 1 };
	struct inbox_end end = { 0 };
	struct watched_row *rows;
	struct json_object *items;
	int64_t *agencies;
	int count;

	TRY(inbox_cursor(t, after, &q.after_key, &q.after_id));
	q.agency_count = actor_agencies(who, a, &agencies);
	q.agency_ids = agencies;
	TRY(store_watched(t, &q, &rows, &count));
	TRY(store_watched_count(t, &q, clock_now(), &end.total, &end.overdue));
	end.has_more = count > limit;
	count = end.has_more ? limit : count;
	*list = list_json(a, &items);
	TRY(items_json(t, who, rows, count, items));
	end.last_due = count ? rows[count - 1].key : 0;
	end.last_id = count ? rows[count - 1].line.c.id : 0;
	inbox_end_json(*list, a, &end);
	return OK;
}
