/*
 * Drafts: what a person began to fill in. Nothing is checked but their shape, so that work half
 * done can be kept.
 */
#include "flow_db.h"

static struct json_object *
draft_json(const struct draft *d)
{
	struct json_object *o = json_object_new_object();

	json_set_int(o, "id", d->id);
	json_set_int(o, "version", d->version);
	json_set_instant(o, "updated_at", d->updated_at);
	json_set_str(o, "workflow", d->workflow);
	json_set_str(o, "service", d->service_code);
	json_set_str(o, "service_name", d->service_name);
	if (d->agency_code)
		json_set_str(o, "agency", d->agency_code);
	json_set_or_null(o, "fields", d->fields);
	return o;
}

int
flow_draft_list(struct task *t, const struct actor *who, struct json_object **list)
{
	struct json_object *items;
	struct draft *drafts;
	int count;

	TRY(store_draft_list(t, who->person_id, &drafts, &count));
	*list = list_json(task_arena(t), &items);
	for (int i = 0; i < count; i++)
		json_push(items, draft_json(&drafts[i]));
	return OK;
}

int
flow_draft_view(struct task *t, const struct actor *who, int64_t id, struct json_object **view)
{
	struct draft d;

	TRY(store_draft_read(t, who->person_id, id, &d));
	*view = json_keep(task_arena(t), draft_json(&d));
	return OK;
}

/* ---- saving ---- */

static bool
is_member(const char *key)
{
	return str_eq(key, "workflow") || str_eq(key, "service") || str_eq(key, "agency") ||
	       str_eq(key, "fields");
}

static void
check_text(struct json_object *body, const char *key, bool is_required, struct error_list *errors)
{
	char *pointer = arena_printf(errors->arena, "/%s", key);
	struct json_object *value = json_get(body, key);

	if (value == NULL && is_required)
		error_add(errors, pointer, "required", "is missing");
	if (value && !json_object_is_type(value, json_type_string))
		error_add(errors, pointer, "type", "must be text");
}

static void
check_shape(struct json_object *body, struct error_list *errors)
{
	json_object_object_foreach(body, key, value)
	{
		(void)value;
		if (!is_member(key))
			error_add(errors, arena_printf(errors->arena, "/%s", key),
			    "additionalProperties", "is not known");
	}
	check_text(body, "workflow", true, errors);
	check_text(body, "service", true, errors);
	check_text(body, "agency", false, errors);
	if (!json_object_is_type(json_get(body, "fields"), json_type_object))
		error_add(errors, "/fields", "type", "must be an object");
	if (errors->count == 0 && flow_newest(json_str(body, "workflow")) == NULL)
		error_add(errors, "/workflow", "unknown", "there is no such workflow");
	if (errors->count == 0 && json_str(body, "agency") &&
	    agency_by_code(json_str(body, "agency")) == NULL)
		error_add(errors, "/agency", "unknown", "there is no such agency");
}

static int
find_service(struct task *t, const char *code, struct error_list *errors, struct service *s)
{
	int result = store_service_by_code(t, code, s);

	if (result != E_NOT_FOUND)
		return result;
	error_add(errors, "/service", "unknown", "there is no such service");
	return fail_list(t, E_INVALID, errors, "this draft cannot be kept");
}

static int
read_body(struct task *t, struct json_object *body, struct draft *d)
{
	struct error_list errors;
	struct service s;

	error_list_init(&errors, task_arena(t));
	if (!json_object_is_type(body, json_type_object))
		return fail(t, E_BAD_INPUT, "a draft is an object");
	check_shape(body, &errors);
	if (errors.count)
		return fail_list(t, E_INVALID, &errors, "this draft cannot be kept");
	TRY(find_service(t, json_str(body, "service"), &errors, &s));
	d->workflow = json_str(body, "workflow");
	d->agency_code = json_str(body, "agency");
	d->service_id = s.id;
	d->service_code = s.code;
	d->service_name = s.name;
	d->fields = json_get(body, "fields");
	return OK;
}

int
flow_draft_save(struct task *t, const struct actor *who, int64_t id, int64_t expected_version,
    struct json_object *body, struct json_object **view)
{
	struct draft d = { .id = id,
		.person_id = who->person_id,
		.version = expected_version,
		.updated_at = clock_now() };

	TRY(agencies_refresh(t));
	TRY(read_body(t, body, &d));
	if (id)
		TRY(store_draft_save(t, &d));
	else
		TRY(store_draft_add(t, &d));
	*view = json_keep(task_arena(t), draft_json(&d));
	return OK;
}

int
flow_draft_delete(struct task *t, const struct actor *who, int64_t id)
{
	return store_draft_delete(t, who->person_id, id);
}
