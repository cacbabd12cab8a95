/*
 * The inbox: the open tasks of the posts a person holds, or of all posts of his agencies, most
 * urgent first. What he watches is in watch.c.
 */
#include "flow_db.h"

#include <stdio.h>

/* "DUE.ID" of the last row seen, as an earlier page gave it. */
int
inbox_cursor(struct task *t, const char *text, int64_t *due_at, int64_t *id)
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

/* ---- whose work ---- */

struct posts {
	struct post_pair *list;
	int count;
};

/* By which post the task is his: rather by one that he holds himself. NULL: it is not. */
static const struct holding *
holding_for(const struct actor *who, const struct task_row *task)
{
	const struct holding *found = NULL;

	for (int i = 0; i < who->holding_count; i++) {
		const struct holding *h = &who->holdings[i];

		if (h->agency_id != task->agency_id || !str_eq(h->post, task->post))
			continue;
		if (h->on_behalf_of == 0 && h->own_post == NULL)
			return h;
		found = found ? found : h;
	}
	return found;
}

bool
actor_holds(const struct actor *who, const struct task_row *task)
{
	return holding_for(who, task) != NULL;
}

static void
add_once(struct posts *posts, int64_t agency_id, const char *post)
{
	for (int i = 0; i < posts->count; i++)
		if (posts->list[i].agency_id == agency_id && str_eq(posts->list[i].post, post))
			return;
	posts->list[posts->count++] = (struct post_pair){ agency_id, post };
}

int
actor_posts(const struct actor *who, struct arena *a, struct post_pair **posts)
{
	struct posts all = { .list = arena_array(a, struct post_pair, who->holding_count + 1) };

	for (int i = 0; i < who->holding_count; i++)
		add_once(&all, who->holdings[i].agency_id, who->holdings[i].post);
	*posts = all.list;
	return all.count;
}

/* Every post there is, at each agency where the actor holds one. */
static int
agency_posts(const struct actor *who, struct arena *a, struct post_pair **posts)
{
	struct json_object *titles = law_posts(flow_state.law);
	int size = who->holding_count * json_object_object_length(titles) + 1;
	struct posts all = { .list = arena_array(a, struct post_pair, size) };

	for (int i = 0; i < who->holding_count; i++) {
		json_object_object_foreach(titles, post, title)
		{
			(void)title;
			add_once(&all, who->holdings[i].agency_id, post);
		}
	}
	*posts = all.list;
	return all.count;
}

/* ---- the answer ---- */

struct json_object *
inbox_task_json(
    const struct actor *who, const struct case_row *c, const struct task_row *task, int64_t now)
{
	const struct holding *mine = holding_for(who, task);
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", task->id);
	json_set(o, "title", title_json(task->title_vi, task->title_en));
	json_set_str(o, "post", task->post);
	json_set(o, "post_title", post_title_json(task->post));
	json_set(o, "agency", agency_json(agency_by_id(task->agency_id)));
	json_set_instant(o, "since", task->opened_at);
	due_json(o, case_term_calendar(c, task->term), task->due_at, now, true);
	json_set_bool(o, "is_mine", mine != NULL);
	json_set_str(o, "on_behalf_of", mine ? mine->on_behalf_name : NULL);
	json_set_bool(o, "is_vacant", mine && mine->own_post);
	return o;
}

static struct json_object *
item_json(const struct actor *who, const struct inbox_row *row, int64_t now)
{
	struct json_object *o = json_object_new_object();

	json_set(o, "task", inbox_task_json(who, &row->line.c, &row->task, now));
	json_set(o, "case", case_line_json(&row->line, now));
	return o;
}

void
inbox_end_json(struct json_object *list, struct arena *a, const struct inbox_end *end)
{
	json_set_int(list, "total", end->total);
	json_set_int(list, "overdue", end->overdue);
	json_set_str(list, "next",
	    end->has_more
		? arena_printf(a, "%lld.%lld", (long long)end->last_due, (long long)end->last_id)
		: NULL);
}

static int
work_list(struct task *t, const struct actor *who, const struct posts *posts, const char *after,
    int limit, struct json_object **list)
{
	int64_t now = clock_now(), after_due, after_id;
	struct inbox_end end = { 0 };
	struct json_object *items;
	struct inbox_row *rows;
	int count;

	TRY(inbox_cursor(t, after, &after_due, &after_id));
	TRY(store_inbox(
	    t, posts->list, posts->count, after_due, after_id, limit + 1, &rows, &count));
	TRY(store_inbox_count(t, posts->list, posts->count, now, &end.total, &end.overdue));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count && i < limit; i++) {
		json_push(items, item_json(who, &rows[i], now));
		end.last_due = rows[i].task.due_at;
		end.last_id = rows[i].task.id;
	}
	end.has_more = count > limit;
	inbox_end_json(*list, task_arena(t), &end);
	return OK;
}

int
flow_inbox(struct task *t, const struct actor *who, const char *scope, const char *after, int limit,
    struct json_object **list)
{
	struct posts posts;

	TRY(agencies_refresh(t));
	if (str_eq(scope, "watched"))
		return watched_list(t, who, after, limit, list);
	if (str_eq(scope, "agency"))
		posts.count = agency_posts(who, task_arena(t), &posts.list);
	else
		posts.count = actor_posts(who, task_arena(t), &posts.list);
	return work_list(t, who, &posts, after, limit, list);
}
