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
	json_set_str(o, "agency", d->agency_code);
	json_set_str(o, "party", d->party_code);
	if (d->about_id)
		json_set_int(o, "about", d->about_id);
	else
		json_set(o, "about", NULL);
	json_set_str(o, "about_number", d->about_number);
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
	static const char *const members[] = { "workflow", "service", "agency", "party", "about",
		"fields" };

	for (size_t i = 0; i < LEN(members); i++)
		if (str_eq(key, members[i]))
			return true;
	return false;
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
check_agency(struct json_object *body, const char *key, struct error_list *errors)
{
	if (json_str(body, key) && agency_by_code(json_str(body, key)) == NULL)
		error_add(errors, arena_printf(errors->arena, "/%s", key), "unknown",
		    "there is no such agency");
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
	check_text(body, "service", false, errors);
	check_text(body, "agency", false, errors);
	check_text(body, "party", false, errors);
	if (json_get(body, "about") && json_int(body, "about", 0) <= 0)
		error_add(errors, "/about", "type", "must be the id of a case");
	if (!json_object_is_type(json_get(body, "fields"), json_type_object))
		error_add(errors, "/fields", "type", "must be an object");
	if (errors->count == 0 && flow_newest(json_str(body, "workflow")) == NULL)
		error_add(errors, "/workflow", "unknown", "there is no such workflow");
	if (errors->count == 0)
		check_agency(body, "agency", errors);
	if (errors->count == 0)
		check_agency(body, "party", errors);
}

static int
find_service(struct task *t, const char *code, struct draft *d)
{
	struct service s;
	int result;

	if (code == NULL)
		return OK;
	result = store_service_by_code(t, code, &s);
	if (result == E_NOT_FOUND)
		return wrong_field(t, "/service", "unknown", "there is no such service");
	TRY(result);
	d->service_id = s.id;
	d->service_code = s.code;
	d->service_name = s.name;
	return OK;
}

struct about {
	const struct actor *who;
	struct draft *draft;
};

static int
about_tx(struct tx *tx, void *arg)
{
	struct about *about = arg;
	struct case_work cw;

	TRY(case_work_about(tx, about->who, about->draft->about_id, &cw));
	about->draft->about_number = cw.c.number;
	return OK;
}

static int
read_body(struct task *t, const struct actor *who, struct json_object *body, struct draft *d)
{
	struct error_list errors;

	error_list_init(&errors, task_arena(t));
	if (!json_object_is_type(body, json_type_object))
		return fail(t, E_BAD_INPUT, "a draft is an object");
	check_shape(body, &errors);
	if (errors.count)
		return fail_list(t, E_INVALID, &errors, "this draft cannot be kept");
	TRY(find_service(t, json_str(body, "service"), d));
	d->about_id = json_int(body, "about", 0);
	if (d->about_id)
		TRY(tx_run(t, about_tx, &(struct about){ who, d }));
	d->workflow = json_str(body, "workflow");
	d->agency_code = json_str(body, "agency");
	d->party_code = json_str(body, "party");
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
	TRY(read_body(t, who, body, &d));
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
