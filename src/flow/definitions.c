/*
 * All workflows of one folder together: what one opens, offers or tells must be there in the other.
 */
#include "definitions.h"

#include <string.h>

bool
definitions_is_workflow(const char *name)
{
	static const char *const others[] = { "posts.json", "sides.json", "schema.json" };
	size_t n = strlen(name);

	if (n <= 5 || strcmp(name + n - 5, ".json") != 0)
		return false;
	for (size_t i = 0; i < LEN(others); i++)
		if (str_eq(name, others[i]))
			return false;
	return true;
}

void
ties_mistake(struct ties_check *k, const char *pointer, const char *code, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = arena_vprintf(k->errors->arena, fmt, ap);
	va_end(ap);
	error_add(k->errors, arena_printf(k->errors->arena, "%s:%s", k->at->file, pointer), code,
	    "%s", text);
}

const struct workflow *
ties_named(const struct ties_check *k, const char *id)
{
	for (int i = 0; id && i < k->count; i++)
		if (str_eq(workflow_id(k->list[i].w), id))
			return k->list[i].w;
	return NULL;
}

static bool
has_text(struct json_object *list, const char *text)
{
	for (size_t i = 0;
	     json_object_is_type(list, json_type_array) && i < json_object_array_length(list); i++)
		if (str_eq(json_object_get_string(json_object_array_get_idx(list, i)), text))
			return true;
	return false;
}

struct json_object *
ties_about(const struct workflow *w)
{
	return json_path(workflow_meta(w), "start.about.workflows");
}

/* ---- names that are one workflow's own ---- */

static void
check_unique(struct ties_check *k)
{
	const struct workflow *w = k->at->w;

	for (const struct definition *d = k->list; d < k->at; d++) {
		if (str_eq(workflow_id(d->w), workflow_id(w)))
			ties_mistake(k, "/id", "duplicate", "%s has this id too", d->file);
		if (str_eq(workflow_prefix(d->w), workflow_prefix(w)))
			ties_mistake(k, "/meta/prefix", "duplicate", "%s has the prefix \"%s\" too",
			    d->file, workflow_prefix(w));
	}
}

/* ---- the form of a case that opens without a person ---- */

static void
check_fields(struct ties_check *k, const struct workflow *opened, struct json_object *fields,
    const char *pointer)
{
	struct json_object *form = json_get(workflow_meta(opened), "form");
	struct json_object *required = json_get(form, "required");

	if (fields) {
		json_object_object_foreach(fields, name, rule)
		{
			(void)rule;
			if (json_get(json_get(form, "properties"), name) == NULL)
				ties_mistake(k,
				    arena_printf(k->errors->arena, "%s/%s", pointer, name),
				    "fields", "the form of %s has no such field",
				    workflow_id(opened));
		}
	}
	for (size_t i = 0; required && i < json_object_array_length(required); i++) {
		const char *name = json_object_get_string(json_object_array_get_idx(required, i));

		if (json_get(fields, name) == NULL)
			ties_mistake(k, pointer, "fields",
			    "the form of %s requires \"%s\", which is not given",
			    workflow_id(opened), name);
	}
}

static void
check_schedule(struct ties_check *k)
{
	struct json_object *list = json_get(workflow_meta(k->at->w), "schedule");

	for (size_t i = 0; list && i < json_object_array_length(list); i++)
		check_fields(k, k->at->w, json_get(json_object_array_get_idx(list, i), "fields"),
		    arena_printf(k->errors->arena, "/meta/schedule/%zu/fields", i));
}

/* ---- what is opened ---- */

static void
note_open(void *arg, const char *pointer, const char *type, struct json_object *params)
{
	struct ties_check *k = arg;
	const char *id = json_str(params, "workflow");
	struct json_object *by;

	(void)pointer;
	if (!str_eq(type, "open") || ties_named(k, id) == NULL)
		return;
	by = json_get(k->opened, id);
	if (by == NULL) {
		by = json_object_new_object();
		json_set(k->opened, id, by);
	}
	json_set_bool(by, workflow_id(k->at->w), true);
}

static void
check_open(struct ties_check *k, const char *pointer, struct json_object *params)
{
	const char *id = json_str(params, "workflow");
	const struct workflow *opened = ties_named(k, id);
	char *here = arena_printf(k->errors->arena, "%s/params", pointer);

	if (opened == NULL)
		ties_mistake(k, arena_printf(k->errors->arena, "%s/workflow", here), "workflow",
		    "there is no workflow \"%s\"", id ? id : "");
	else
		check_fields(k, opened, json_get(params, "fields"),
		    arena_printf(k->errors->arena, "%s/fields", here));
}

static void
check_is_opened(struct ties_check *k)
{
	struct json_object *meta = workflow_meta(k->at->w);
	struct json_object *by = json_path(meta, "start.by");

	if (json_object_array_length(by) == 0 && json_get(meta, "schedule") == NULL &&
	    json_get(k->opened, workflow_id(k->at->w)) == NULL)
		ties_mistake(k, "/meta/start/by", "never-opened",
		    "no person, no calendar and no other workflow opens a case");
}

static void
check_action(void *arg, const char *pointer, const char *type, struct json_object *params)
{
	if (str_eq(type, "open"))
		check_open(arg, pointer, params);
	else if (str_eq(type, "tell"))
		ties_check_tell(arg, pointer, params);
}

/* ---- what is offered, and about what ---- */

static void
check_offers(struct ties_check *k, const struct sc_state *s)
{
	struct json_object *offers = json_get(s->meta, "offers");

	for (size_t i = 0; offers && i < json_object_array_length(offers); i++) {
		const char *id = json_str(json_object_array_get_idx(offers, i), "workflow");
		const struct workflow *offered = ties_named(k, id);
		char *pointer = arena_printf(k->errors->arena, "%s/meta/offers/%zu",
		    workflow_state_pointer(k->errors->arena, s), i);

		if (offered == NULL)
			ties_mistake(k, pointer, "workflow", "there is no workflow \"%s\"", id);
		else if (!has_text(ties_about(offered), workflow_id(k->at->w)))
			ties_mistake(k, pointer, "workflow",
			    "%s does not start about a case of this workflow (its "
			    "start.about.workflows)",
			    id);
	}
}

static void
check_about(struct ties_check *k)
{
	struct json_object *about = ties_about(k->at->w);

	for (size_t i = 0; about && i < json_object_array_length(about); i++) {
		const char *id = json_object_get_string(json_object_array_get_idx(about, i));

		if (ties_named(k, id) == NULL)
			ties_mistake(k,
			    arena_printf(k->errors->arena, "/meta/start/about/workflows/%zu", i),
			    "workflow", "there is no workflow \"%s\"", id);
	}
}

/* ---- all of it ---- */

static void
each(struct ties_check *k, void (*fn)(struct ties_check *k))
{
	for (k->at = k->list; k->at < k->list + k->count; k->at++)
		fn(k);
}

static void
note_opens(struct ties_check *k)
{
	sc_visit_actions(workflow_chart(k->at->w), note_open, k);
}

static void
check_one(struct ties_check *k)
{
	const struct sc_chart *chart = workflow_chart(k->at->w);

	check_unique(k);
	check_schedule(k);
	check_is_opened(k);
	check_about(k);
	for (int i = 1; i < sc_state_count(chart); i++)
		check_offers(k, sc_state_at(chart, i));
	sc_visit_actions(chart, check_action, k);
}

void
definitions_check_ties(const struct definition *list, int count, struct error_list *errors)
{
	struct ties_check k = { .list = list, .count = count, .errors = errors };

	k.opened = json_keep(errors->arena, json_object_new_object());
	k.told = json_keep(errors->arena, json_object_new_object());
	each(&k, note_opens);
	each(&k, check_one);
	each(&k, ties_check_is_told);
}
