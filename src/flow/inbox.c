/*
 * The inbox: the open tasks of the posts a person holds, most urgent first.
 */
#include "flow_db.h"

#include <stdio.h>

/* "DUE.ID" of the last row seen, as an earlier page gave it. */
static int
parse_cursor(struct task *t, const char *text, int64_t *due_at, int64_t *id)
{
	long long due = 0, last = 0;
	int length = 0;

	*due_at = *id = 0;
	if (text == NULL)
		return OK;
	if (sscanf(text, "%20lld.%20lld%n", &due, &last, &length) != 2 || text[length] || last <= 0)
		return fail(t, E_BAD_INPUT, "after is not a cursor of this list");
	*due_at = due;
	*id = last;
	return OK;
}

static bool
has_pair(const struct post_pair *posts, int count, const struct holding *h)
{
	for (int i = 0; i < count; i++)
		if (posts[i].agency_id == h->agency_id && str_eq(posts[i].post, h->post))
			return true;
	return false;
}

int
actor_posts(const struct actor *who, struct arena *a, struct post_pair **posts)
{
	int count = 0;

	*posts = arena_array(a, struct post_pair, who->holding_count + 1);
	for (int i = 0; i < who->holding_count; i++) {
		const struct holding *h = &who->holdings[i];

		if (!has_pair(*posts, count, h))
			(*posts)[count++] = (struct post_pair){ h->agency_id, h->post };
	}
	return count;
}

static struct json_object *
task_json(const struct task_row *task, int64_t now)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", task->id);
	json_set(o, "title", title_json(task->title_vi, task->title_en));
	json_set_str(o, "post", task->post);
	json_set(o, "post_title", post_title_json(task->post));
	json_set(o, "agency", agency_json(agency_by_id(task->agency_id)));
	json_set_instant(o, "since", task->opened_at);
	due_json(o, task->due_at, now, true);
	return o;
}

static struct json_object *
item_json(const struct inbox_row *row, int64_t now)
{
	struct json_object *o = json_object_new_object();

	json_set(o, "task", task_json(&row->task, now));
	json_set(o, "case", case_line_json(&row->line, now));
	return o;
}

static const char *
cursor_of(struct arena *a, const struct inbox_row *last)
{
	return arena_printf(a, "%lld.%lld", (long long)last->task.due_at, (long long)last->task.id);
}

int
flow_inbox(struct task *t, const struct actor *who, const char *after, int limit,
    struct json_object **list)
{
	int64_t now = clock_now(), after_due, after_id, total, overdue;
	struct json_object *items;
	struct post_pair *posts;
	int post_count = actor_posts(who, task_arena(t), &posts);
	struct inbox_row *rows;
	int count;

	TRY(parse_cursor(t, after, &after_due, &after_id));
	TRY(agencies_refresh(t));
	TRY(store_inbox(t, posts, post_count, after_due, after_id, limit + 1, &rows, &count));
	TRY(store_inbox_count(t, posts, post_count, now, &total, &overdue));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count && i < limit; i++)
		json_push(items, item_json(&rows[i], now));
	json_set_int(*list, "total", total);
	json_set_int(*list, "overdue", overdue);
	json_set_str(
	    *list, "next", count > limit ? cursor_of(task_arena(t), &rows[limit - 1]) : NULL);
	return OK;
}
