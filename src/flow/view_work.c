/*
 * What a case waits for: whose turn it is, and by when.
 */
#include "flow_db.h"

/* ---- whose turn it is ---- */

/* holders, and falls_to where the post is vacant: then they are those who fill in. */
static void
add_holders(struct json_object *o, const struct viewing *v, const struct task_row *task)
{
	const struct directory *dir = &v->cw->dir;
	struct json_object *list = json_object_new_array();
	bool is_vacant = false;

	for (int i = 0; i < dir->holding_count; i++)
		if (dir->holdings[i].agency_id == task->agency_id &&
		    str_eq(dir->holdings[i].post, task->post)) {
			json_push(list, json_object_new_string(dir->people[i].name));
			is_vacant |= dir->holdings[i].own_post != NULL;
		}
	json_set(o, "holders", list);
	json_set_bool(o, "falls_to", is_vacant);
}

static struct json_object *
task_json(const struct viewing *v, const struct task_row *task)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", task->id);
	json_set(o, "title", title_json(task->title_vi, task->title_en));
	json_set_str(o, "post", task->post);
	json_set(o, "post_title", post_title_json(task->post));
	json_set(o, "agency", agency_json(agency_by_id(task->agency_id)));
	add_holders(o, v, task);
	json_set_instant(o, "since", task->opened_at);
	due_json(o, case_term_calendar(&v->cw->c, task->term), task->due_at, v->cw->now, true);
	json_set_bool(o, "is_mine", actor_holds(v->who, task));
	return o;
}

struct json_object *
view_tasks(const struct viewing *v)
{
	struct json_object *list = json_object_new_array();

	for (int i = 0; i < v->task_count; i++)
		json_push(list, task_json(v, &v->tasks[i]));
	return list;
}

/* ---- by when ---- */

/* Does an active state still wait for this term? One that ran out in a state left long ago says
 * nothing any more. */
static bool
is_waited_for(const struct viewing *v, const char *term)
{
	for (int i = 0; i < sc_state_count(v->chart); i++) {
		struct json_object *meta = sc_state_at(v->chart, i)->meta;

		if (v->now.has[i] && (str_eq(json_str(meta, "due"), term) ||
					 str_eq(json_str(json_get(meta, "task"), "term"), term)))
			return true;
	}
	return false;
}

static int64_t
instant_of(struct json_object *o, const char *key)
{
	const char *text = json_str(o, key);
	int64_t at = 0;

	return text && instant_parse(text, &at) ? at : 0;
}

/* A paused term has no date: it gets one when it runs on. */
static struct json_object *
term_json(const struct viewing *v, const struct term *term, struct json_object *record)
{
	struct json_object *o = json_object_new_object();
	struct json_object *extensions = json_get(record, "extensions");
	bool is_stopped = str_eq(json_str(record, "status"), "paused");
	const struct calendar *c = law_calendar(flow_state.law, json_str(record, "calendar"));

	c = c ? c : case_calendar(&v->cw->c);

	json_set_str(o, "term", term->name);
	json_set(o, "title", title_json(term->title_vi, term->title_en));
	json_set_instant(o, "started_at", instant_of(record, "started_at"));
	due_json(o, c, is_stopped ? 0 : instant_of(record, "due_at"), v->cw->now, v->cw->c.is_open);
	json_set_str(o, "law", term->law);
	json_set_int(
	    o, "extensions", extensions ? (int64_t)json_object_array_length(extensions) : 0);
	return o;
}

/* Terms of reminders are a part of another one, and not shown. */
static bool
is_shown(const struct viewing *v, const struct term *term, struct json_object *record)
{
	const char *status = json_str(record, "status");

	if (term == NULL || term->unit == TERM_PERCENT)
		return false;
	return str_eq(status, "running") || str_eq(status, "paused") ||
	       (str_eq(status, "over") && is_waited_for(v, term->name));
}

struct json_object *
view_terms(const struct viewing *v)
{
	const struct regime *r = law_regime(flow_state.law, v->cw->c.regime);
	struct json_object *all = json_get(v->cw->c.context, "terms");
	struct json_object *list = json_object_new_array();

	if (all == NULL || r == NULL || !v->cw->c.is_open)
		return list;
	json_object_object_foreach(all, name, record)
	{
		const struct term *term = regime_term(r, name);

		if (is_shown(v, term, record))
			json_push(list, term_json(v, term, record));
	}
	return list;
}
