/*
 * Forms: the schemas of a case and of its events, and the rules that no schema can say.
 */
#include "flow_priv.h"

#include <string.h>

/* The mistakes of a schema, with the form's place in the workflow before their pointers. */
static struct schema *
compile_at(struct json_object *form, const char *pointer, struct error_list *errors)
{
	struct error_list mistakes;
	struct schema *s;

	error_list_init(&mistakes, errors->arena);
	s = schema_compile(form, &mistakes);
	for (const struct error_item *e = mistakes.first; e; e = e->next)
		error_add(errors, arena_printf(errors->arena, "%s%s", pointer, e->pointer), e->code,
		    "%s", e->message);
	if (!str_eq(json_str(form, "type"), "object") ||
	    json_truth(form, "additionalProperties", true))
		error_add(
		    errors, pointer, "form", "a form is an object without additional properties");
	return s;
}

static void
check_title(struct json_object *field, const char *pointer, struct error_list *errors)
{
	if (json_path(field, "x-title.vi") == NULL || json_path(field, "x-title.en") == NULL)
		error_add(errors, pointer, "x-title", "a field needs an x-title in vi and en");
}

static void
check_grounds(const struct law *l, const char *kind, const char *pointer, struct error_list *errors)
{
	for (int i = 0; i < l->regime_count; i++)
		if (regime_grounds(l->regimes[i], kind) == NULL)
			error_add(errors, pointer, "x-grounds", "regime %s has no grounds \"%s\"",
			    regime_code(l->regimes[i]), kind);
}

static void
check_fields(
    struct json_object *form, const struct law *l, const char *pointer, struct error_list *errors)
{
	struct json_object *fields = json_get(form, "properties");

	if (fields == NULL)
		return;
	json_object_object_foreach(fields, name, field)
	{
		char *at = arena_printf(errors->arena, "%s/properties/%s", pointer, name);

		check_title(field, at, errors);
		if (json_str(field, "x-grounds"))
			check_grounds(l, json_str(field, "x-grounds"), at, errors);
		else if (str_eq(json_str(field, "x-widget"), "ground"))
			error_add(errors, at, "x-grounds", "a ground needs its kind in x-grounds");
	}
}

struct json_object *
workflow_event_form(const struct workflow *w, const struct sc_transition *t)
{
	struct json_object *form = json_get(t->meta, "form");

	if (form && json_object_is_type(form, json_type_string))
		return str_eq(json_object_get_string(form), "case") ? json_get(w->meta, "form")
								    : NULL;
	return form;
}

static void
compile_event_form(struct workflow *w, const struct law *l, const struct sc_transition *t,
    struct error_list *errors)
{
	struct json_object *form = json_get(t->meta, "form");
	char *pointer;

	if (form == NULL)
		return;
	pointer = arena_printf(
	    errors->arena, "%s/meta/form", workflow_transition_pointer(errors->arena, t));
	if (json_object_is_type(form, json_type_string)) {
		if (!str_eq(json_object_get_string(form), "case"))
			error_add(errors, pointer, "form", "a form is a schema or \"case\"");
		return;
	}
	w->event_forms[t->index] = compile_at(form, pointer, errors);
	check_fields(form, l, pointer, errors);
}

/* A form never changes and goes out with every case: its text is made once. */
static void
keep_text(struct json_object *form)
{
	if (json_object_is_type(form, json_type_object))
		json_object_set_serializer(form, json_object_userdata_to_json_string,
		    xstrdup(json_text_of(form)), json_object_free_userdata);
}

void
forms_compile(struct workflow *w, const struct law *l, struct error_list *errors)
{
	int n = sc_transition_count(w->chart);

	w->event_forms = arena_array(w->arena, struct schema *, n + 1);
	if (json_get(w->meta, "form") == NULL) {
		error_add(errors, "/meta/form", "form", "a workflow needs the form of its cases");
		return;
	}
	w->case_form = compile_at(json_get(w->meta, "form"), "/meta/form", errors);
	check_fields(json_get(w->meta, "form"), l, "/meta/form", errors);
	keep_text(json_get(w->meta, "form"));
	for (int i = 0; i < n; i++) {
		compile_event_form(w, l, sc_transition_at(w->chart, i), errors);
		keep_text(json_get(sc_transition_at(w->chart, i)->meta, "form"));
	}
}

/* ---- what no schema says ---- */

static bool
list_has(struct json_object *list, const char *text)
{
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *one = json_object_array_get_idx(list, i);

		if (json_object_is_type(one, json_type_object))
			one = json_get(one, "name");
		if (one && str_eq(json_object_get_string(one), text))
			return true;
	}
	return false;
}

static void
check_among(struct json_object *value, struct json_object *list, const char *pointer,
    const char *code, const char *what, struct error_list *errors)
{
	if (!json_object_is_type(value, json_type_array) || list == NULL ||
	    !json_object_is_type(list, json_type_array))
		return;
	for (size_t i = 0; i < json_object_array_length(value); i++) {
		const char *one = json_object_get_string(json_object_array_get_idx(value, i));

		if (!list_has(list, one))
			error_add(errors, arena_printf(errors->arena, "%s/%zu", pointer, i), code,
			    "is not among the items %s", what);
	}
}

static void
check_ground(struct json_object *value, const struct regime *r, const char *kind,
    const char *pointer, struct error_list *errors)
{
	struct json_object *grounds = regime_grounds(r, kind);

	for (size_t i = 0; grounds && i < json_object_array_length(grounds); i++)
		if (str_eq(json_str(json_object_array_get_idx(grounds, i), "code"),
			json_object_get_string(value)))
			return;
	error_add(errors, pointer, "ground", "is not a ground that the law in force lists");
}

/* Also in the lists and objects of a form. */
static void
check_agencies(struct json_object *field, struct json_object *value, const struct directory *dir,
    const char *pointer, struct error_list *errors)
{
	struct json_object *fields = json_get(field, "properties"), *items;

	if (str_eq(json_str(field, "x-widget"), "agency") &&
	    agency_with_code(dir, json_object_get_string(value)) == NULL)
		error_add(errors, pointer, "agency", "there is no agency with this code");
	items = json_object_is_type(value, json_type_array) ? json_get(field, "items") : NULL;
	for (size_t i = 0; items && i < json_object_array_length(value); i++)
		check_agencies(items, json_object_array_get_idx(value, i), dir,
		    arena_printf(errors->arena, "%s/%zu", pointer, i), errors);
	if (fields == NULL)
		return;
	json_object_object_foreach(fields, name, one)
	{
		if (json_get(value, name))
			check_agencies(one, json_get(value, name), dir,
			    arena_printf(errors->arena, "%s/%s", pointer, name), errors);
	}
}

static void
check_field(struct json_object *field, struct json_object *value, struct json_object *context,
    const struct regime *r, const char *pointer, struct error_list *errors)
{
	if (json_str(field, "x-grounds"))
		check_ground(value, r, json_str(field, "x-grounds"), pointer, errors);
	if (json_str(field, "x-within"))
		check_among(value, json_path(context, json_str(field, "x-within")), pointer,
		    "x-within", "of the request", errors);
	else if (str_eq(json_str(field, "x-widget"), "items"))
		check_among(value, json_path(context, "service.items"), pointer, "items",
		    "of the service", errors);
}

void
forms_check(struct json_object *form, struct json_object *data, struct json_object *context,
    const struct regime *r, const struct directory *dir, const char *base,
    struct error_list *errors)
{
	struct json_object *fields = json_get(form, "properties");

	check_agencies(form, data, dir, base, errors);
	if (fields == NULL)
		return;
	json_object_object_foreach(fields, name, field)
	{
		struct json_object *value = json_get(data, name);

		if (value)
			check_field(field, value, context, r,
			    arena_printf(errors->arena, "%s/%s", base, name), errors);
	}
}
