/*
 * The catalogue as people see it: services and agencies.
 */
#include "flow_db.h"

/* Does a workflow serve it, and does the person hold a post that may ask, for an agency that may?
 */
static bool
can_request(const struct actor *who, const struct service *s)
{
	const struct version *newest = s->workflow ? flow_newest(s->workflow) : NULL;
	bool not_owner;

	if (!newest || !start_is_for(newest->w, who))
		return false;
	not_owner = str_eq(
	    json_str(json_get(sc_meta(workflow_chart(newest->w)), "start"), "not"), "owner");
	for (int i = 0; i < who->holding_count; i++)
		if (!not_owner || who->holdings[i].agency_id != s->owner_id)
			return true;
	return false;
}

static struct json_object *
service_json(const struct actor *who, const struct service *s)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "code", s->code);
	json_set_str(o, "name", s->name);
	json_set(o, "owner", agency_json(agency_by_id(s->owner_id)));
	json_set_str(o, "database", s->database);
	json_set_str(o, "form", s->form);
	json_set_or_null(o, "items", s->items);
	json_set_str(o, "method", s->method);
	json_set_str(o, "protocol", s->protocol);
	json_set_str(o, "authentication", s->authentication);
	json_set_str(o, "limit", s->limit);
	json_set_str(o, "update_frequency", s->update_frequency);
	json_set_str(o, "use_period", s->use_period);
	json_set_str(o, "personal_data", s->personal_data);
	json_set_bool(o, "can_request", can_request(who, s));
	json_set_str(o, "workflow", s->workflow);
	return o;
}

int
flow_service_list(struct task *t, const struct actor *who, const struct flow_service_query *q,
    struct json_object **list)
{
	struct json_object *items;
	struct service *services;
	int64_t total;
	int count;

	TRY(agencies_refresh(t));
	TRY(store_service_search(
	    t, q->text, q->form, q->owner, q->limit, &services, &count, &total));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count; i++)
		json_push(items, service_json(who, &services[i]));
	json_set_int(*list, "total", total);
	return OK;
}

int
flow_service_view(
    struct task *t, const struct actor *who, const char *code, struct json_object **view)
{
	struct service s;

	TRY(agencies_refresh(t));
	TRY(store_service_by_code(t, code, &s));
	*view = json_keep(task_arena(t), service_json(who, &s));
	return OK;
}

/* ---- agencies ---- */

int
flow_agency_list(struct task *t, struct json_object **list)
{
	struct json_object *items;

	TRY(agencies_refresh(t));
	*list = list_json(task_arena(t), &items);
	for (const struct agency *g = agency_next(NULL); g; g = agency_next(g))
		json_push(items, agency_json(g));
	return OK;
}
