/*
 * The kinds of cases as people see them: what each asks for, who may open one.
 */
#include "flow_db.h"

#include <stdlib.h>
#include <string.h>

/* ---- one line ---- */

static void
add_line(struct json_object *o, const struct workflow *w, const struct actor *who)
{
	struct json_object *meta = sc_meta(workflow_chart(w));

	json_set_str(o, "id", workflow_id(w));
	json_set(o, "title", title_or_key(meta, workflow_id(w)));
	json_set_str(o, "kind", json_str(meta, "kind"));
	json_set_bool(o, "can_start", start_is_for(w, who));
	json_set(o, "start", start_json(w));
}

static int
compare_ids(const void *a, const void *b)
{
	const struct workflow *const *x = a, *const *y = b;

	return strcmp(workflow_id(*x), workflow_id(*y));
}

static const struct workflow **
newest(struct arena *a, int *count)
{
	const struct workflow **list = NULL;
	int size = 0;

	*count = 0;
	for (const struct version *v = flow_state.versions; v; v = v->next)
		if (v->is_newest)
			ARENA_PUSH(a, list, *count, size) = v->w;
	if (*count)
		qsort(list, (size_t)*count, sizeof(*list), compare_ids);
	return list;
}

int
flow_workflow_list(struct task *t, const struct actor *who, struct json_object **list)
{
	struct json_object *items;
	const struct workflow **all;
	int count;

	TRY(agencies_refresh(t));
	all = newest(task_arena(t), &count);
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count; i++) {
		struct json_object *o = json_object_new_object();

		add_line(o, all[i], who);
		json_push(items, o);
	}
	return OK;
}

/* ---- one whole ---- */

static void
add_grounds_of(struct json_object *grounds, struct json_object *form, const struct regime *r)
{
	struct json_object *fields = json_get(form, "properties");

	if (fields == NULL)
		return;
	json_object_object_foreach(fields, name, field)
	{
		const char *kind = json_str(field, "x-grounds");

		(void)name;
		if (kind && json_get(grounds, kind) == NULL)
			json_set_or_null(grounds, kind, regime_grounds(r, kind));
	}
}

/* The lists of the law in force that the forms of this workflow pick from. */
static struct json_object *
grounds_json(const struct workflow *w, const struct regime *r)
{
	const struct sc_chart *chart = workflow_chart(w);
	struct json_object *grounds = json_object_new_object();

	if (r == NULL)
		return grounds;
	add_grounds_of(grounds, json_get(sc_meta(chart), "form"), r);
	for (int i = 0; i < sc_transition_count(chart); i++)
		add_grounds_of(grounds, workflow_event_form(w, sc_transition_at(chart, i)), r);
	return grounds;
}

int
flow_workflow_view(
    struct task *t, const struct actor *who, const char *id, struct json_object **view)
{
	struct json_object *o = json_keep(task_arena(t), json_object_new_object()), *meta;
	const struct version *v;

	TRY(agencies_refresh(t));
	v = flow_newest(id);
	if (v == NULL)
		return fail(t, E_NOT_FOUND, "there is no workflow \"%s\"", id);
	meta = sc_meta(workflow_chart(v->w));
	add_line(o, v->w, who);
	json_set_str(o, "version", json_str(sc_machine(workflow_chart(v->w)), "version"));
	json_set_or_null(o, "form", json_get(meta, "form"));
	json_set_or_null(o, "law", json_get(meta, "law"));
	json_set(o, "grounds", grounds_json(v->w, law_regime_on(flow_state.law, clock_now())));
	*view = o;
	return OK;
}
