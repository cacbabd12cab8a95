/*
 * A case's rows as JSON, kept with its move so that it can be put back.
 */
#include "migrate_priv.h"

static struct json_object *
task_json(const struct task_row *t)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "agency", t->agency_id);
	json_set_str(o, "state", t->state_id);
	json_set_str(o, "post", t->post);
	json_set_str(o, "of", t->of);
	json_set_str(o, "vi", t->title_vi);
	json_set_str(o, "en", t->title_en);
	json_set_str(o, "term", t->term);
	json_set_int(o, "due_us", t->due_at);
	return o;
}

static struct json_object *
timer_json(const struct timer_write *t)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "id", t->timer_id);
	json_set_str(o, "event", t->event);
	json_set_str(o, "term", t->term);
	json_set_int(o, "started_us", t->started_at);
	json_set_int(o, "due_us", t->due_at);
	json_set(o, "data", json_object_get(t->data));
	return o;
}

struct json_object *
case_rows_json(const struct case_rows *rows, struct arena *a)
{
	struct json_object *o = json_keep(a, json_object_new_object());
	struct json_object *tasks = json_object_new_array(), *timers = json_object_new_array();

	json_set_int(o, "version_id", rows->c.workflow_version_id);
	json_set_int(o, "due_us", rows->c.due_at);
	json_set(o, "snapshot", json_object_get(rows->c.snapshot));
	json_set(o, "context", json_object_get(rows->c.context));
	json_set(o, "paused", json_object_get(rows->c.paused));
	for (int i = 0; i < rows->task_count; i++)
		json_push(tasks, task_json(&rows->tasks[i]));
	for (int i = 0; i < rows->timer_count; i++)
		json_push(timers, timer_json(&rows->timers[i]));
	json_set(o, "tasks", tasks);
	json_set(o, "timers", timers);
	return o;
}

static void
read_tasks(struct json_object *list, struct arena *a, struct case_rows *rows)
{
	struct task_row *tasks;

	rows->task_count = list ? (int)json_object_array_length(list) : 0;
	rows->tasks = tasks = arena_array(a, struct task_row, rows->task_count + 1);
	for (int i = 0; i < rows->task_count; i++) {
		struct json_object *o = json_object_array_get_idx(list, (size_t)i);

		tasks[i] = (struct task_row){ .agency_id = json_int(o, "agency", 0),
			.state_id = json_str(o, "state"),
			.post = json_str(o, "post"),
			.of = json_str(o, "of"),
			.title_vi = json_str(o, "vi"),
			.title_en = json_str(o, "en"),
			.term = json_str(o, "term"),
			.due_at = json_int(o, "due_us", 0) };
	}
}

static void
read_timers(struct json_object *list, struct arena *a, struct case_rows *rows)
{
	struct timer_write *timers;

	rows->timer_count = list ? (int)json_object_array_length(list) : 0;
	rows->timers = timers = arena_array(a, struct timer_write, rows->timer_count + 1);
	for (int i = 0; i < rows->timer_count; i++) {
		struct json_object *o = json_object_array_get_idx(list, (size_t)i);

		timers[i] = (struct timer_write){ .timer_id = json_str(o, "id"),
			.event = json_str(o, "event"),
			.term = json_str(o, "term"),
			.started_at = json_int(o, "started_us", 0),
			.due_at = json_int(o, "due_us", 0),
			.data = json_get(o, "data") };
	}
}

void
case_rows_read(
    struct json_object *o, const struct case_row *now, struct arena *a, struct case_rows *rows)
{
	*rows = (struct case_rows){ .c = *now };
	rows->c.workflow_version_id = json_int(o, "version_id", 0);
	rows->c.due_at = json_int(o, "due_us", 0);
	rows->c.snapshot = json_get(o, "snapshot");
	rows->c.context = json_get(o, "context");
	rows->c.paused = json_get(o, "paused");
	read_tasks(json_get(o, "tasks"), a, rows);
	read_timers(json_get(o, "timers"), a, rows);
}
