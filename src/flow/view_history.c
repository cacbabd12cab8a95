/*
 * What happened in a case, in the workflow's words.
 */
#include "flow_db.h"
#include "recount.h"

#include <string.h>

static bool
in_set(const struct state_set *set, const struct sc_state *s)
{
	if (s->type == SC_HISTORY && s->parent)
		s = s->parent; /* what it restored is there */
	return set->has[s->index];
}

/* How well a transition explains what happened: 0 not at all, 3 it led just there. */
static int
fit(const struct sc_transition *t, const struct state_set *from, const struct state_set *to)
{
	int result = 2;

	if (!from->has[t->source->index])
		return 0;
	for (const struct sc_state *const *s = t->targets; s && *s; s++)
		if (!in_set(to, *s))
			result = 1;
		else if (result == 2)
			result = 3;
	return result;
}

const struct sc_transition *
transition_of(const struct sc_chart *chart, const char *event, const struct state_set *from,
    const struct state_set *to)
{
	const struct sc_transition *best = NULL;
	int best_fit = 0;

	for (int i = 0; i < sc_transition_count(chart); i++) {
		const struct sc_transition *t = sc_transition_at(chart, i);
		int f = str_eq(t->event, event) ? fit(t, from, to) : 0;

		if (f > best_fit) {
			best_fit = f;
			best = t;
		}
	}
	return best;
}

static struct json_object *
ids_json(const char *leaves, struct arena *a)
{
	struct json_object *list = json_object_new_array();
	char *text = arena_strdup(a, leaves ? leaves : ""), *rest = NULL;

	for (char *id = strtok_r(text, " ", &rest); id; id = strtok_r(NULL, " ", &rest))
		json_push(list, json_object_new_string(id));
	return list;
}

static struct json_object *
actor_json(const struct event_write *e)
{
	const char *ordered_by = json_str(e->data, "by");
	struct json_object *o;

	if (str_eq(e->kind, "system") && str_eq(e->type, DATES_RECOMPUTED) && ordered_by) {
		o = json_object_new_object();
		json_set_str(o, "name", ordered_by);
		json_set(o, "post_title", NULL);
		json_set(o, "agency", NULL);
		return o;
	}
	if (!str_eq(e->kind, "person"))
		return NULL;
	o = json_object_new_object();
	json_set_str(o, "name", e->actor_name);
	json_set(o, "post_title", e->actor_post ? post_title_json(e->actor_post) : NULL);
	json_set(o, "agency", agency_json(agency_by_code(e->actor_agency_code)));
	return o;
}

/* ---- events of the product itself, of which no workflow knows ---- */

/* People read why; the plan is for who audits. */
static struct json_object *
own_data(const struct event_row *row)
{
	struct json_object *plan = json_get(row->e.data, "plan");
	const char *why = json_str(plan ? plan : row->e.data, "why");
	struct json_object *o = why ? json_object_new_object() : NULL;

	if (why)
		json_set_str(o, "reason", why);
	if (o && json_get(row->e.data, "terms"))
		json_set(o, "terms", json_object_get(json_get(row->e.data, "terms")));
	return o;
}

static bool
is_own(const struct event_row *row)
{
	return str_eq(row->e.kind, "system") &&
	       (str_starts(row->e.type, "workflow.") || str_eq(row->e.type, DATES_RECOMPUTED));
}

static struct json_object *
own_title(const char *type)
{
	if (str_eq(type, MIGRATED))
		return title_json("Chuyển sang phiên bản khác của quy trình",
		    "Moved to another version of the process");
	if (str_eq(type, MIGRATION_UNDONE))
		return title_json("Đưa về phiên bản trước của quy trình",
		    "Put back to the version of the process before");
	if (str_eq(type, DATES_RECOMPUTED))
		return title_json("Tính lại thời hạn theo lịch làm việc, quy định đã thay đổi",
		    "Dates counted again after a change of the calendar or of the law");
	return title_json(type, type);
}

static struct json_object *
event_title(const struct workflow *w, const struct event_row *row, const struct sc_transition *t)
{
	const struct sc_chart *chart = workflow_chart(w);

	if (t)
		return title_or_key(t->meta, row->e.type);
	return row->version == 1 ? title_or_key(json_get(sc_meta(chart), "start"), row->e.type)
				 : own_title(row->e.type);
}

/* ---- what was sent ---- */

static bool
is_case_form(const struct event_row *row, const struct sc_transition *t)
{
	return row->version == 1 || (t && str_eq(json_str(t->meta, "form"), "case"));
}

/* By whose fields the page shows the data; the case's own form it has already. */
static struct json_object *
data_form(const struct workflow *w, const struct event_row *row, const struct sc_transition *t)
{
	struct json_object *form;

	if (row->e.data == NULL)
		return NULL;
	if (is_case_form(row, t))
		return json_object_new_string("case");
	form = t ? workflow_event_form(w, t) : NULL;
	return json_object_get(form);
}

static struct json_object *
change_json(struct json_object *field, const char *name, struct json_object *before,
    struct json_object *after)
{
	struct json_object *o = json_object_new_object(), *title = json_get(field, "x-title");

	json_set_str(o, "name", name);
	json_set(o, "title", title ? json_object_get(title) : title_json(name, name));
	json_set_or_null(o, "before", before);
	json_set_or_null(o, "after", after);
	return o;
}

/* In the order of the form. */
static struct json_object *
changes_json(struct json_object *form, struct json_object *before, struct json_object *after)
{
	struct json_object *fields = json_get(form, "properties");
	struct json_object *list = json_object_new_array();

	if (fields == NULL)
		return list;
	json_object_object_foreach(fields, name, field)
	{
		struct json_object *old = json_get(before, name), *new = json_get(after, name);

		if (!json_equal(old, new))
			json_push(list, change_json(field, name, old, new));
	}
	return list;
}

/* What a form that is sent again begins with: the case's own fields, or what its x-from names. */
static const char *
held_name(struct json_object *form, bool is_case)
{
	return is_case ? "fields" : json_str(form, "x-from");
}

/* held: what each such form held before; changed when it was sent again. */
static void
add_data(struct json_object *o, const struct workflow *w, const struct event_row *row,
    const struct sc_transition *t, struct json_object *held)
{
	bool is_case = is_case_form(row, t);
	struct json_object *form = is_case ? json_get(sc_meta(workflow_chart(w)), "form")
				   : t     ? workflow_event_form(w, t)
					   : NULL;
	const char *name = row->e.data ? held_name(form, is_case) : NULL;
	struct json_object *before = name ? json_get(held, name) : NULL;

	if (is_own(row))
		json_set(o, "data", own_data(row));
	else
		json_set_or_null(o, "data", row->e.data);
	json_set(o, "data_form", data_form(w, row, t));
	json_set(o, "changes", before ? changes_json(form, before, row->e.data) : NULL);
	if (name)
		json_set(held, name, json_object_get(row->e.data));
}

static struct json_object *
event_json(const struct workflow *w, const struct event_row *row, struct json_object *held,
    struct arena *a)
{
	const struct sc_chart *chart = workflow_chart(w);
	struct state_set from = state_set_of(chart, a, row->e.from_states);
	struct state_set to = state_set_of(chart, a, row->e.to_states);
	const struct sc_transition *t = transition_of(chart, row->e.type, &from, &to);
	struct json_object *o = json_object_new_object();

	json_set_int(o, "version", row->version);
	json_set_str(o, "type", row->e.type);
	json_set(o, "title", event_title(w, row, t));
	json_set_instant(o, "at", row->e.at);
	json_set_str(o, "kind", row->e.kind);
	json_set(o, "actor", actor_json(&row->e));
	json_set(o, "own_post_title", row->e.own_post ? post_title_json(row->e.own_post) : NULL);
	json_set_str(o, "on_behalf_of", row->on_behalf_name);
	add_data(o, w, row, t, held);
	json_set(o, "from", ids_json(row->e.from_states, a));
	json_set(o, "to", ids_json(row->e.to_states, a));
	json_set(o, "to_title", state_title_json(&to));
	json_set_str(o, "hash", row->e.hash);
	return o;
}

struct json_object *
history_json(const struct workflow *w, const struct event_row *events, int count, struct arena *a)
{
	struct json_object *list = json_object_new_array();
	struct json_object *held = json_keep(a, json_object_new_object());

	for (int i = 0; i < count; i++)
		json_push(list, event_json(w, &events[i], held, a));
	return list;
}
