/*
 * A value of the case or of the event's data as people write it: dates by day and month, agencies
 * by name, choices by their titles.
 */
#include "flow_priv.h"

#include <stdio.h>
#include <string.h>

static struct json_object *
field_of(struct json_object *form, const char *name)
{
	return json_get(json_get(form, "properties"), name);
}

/* The form that has this field: the case's, or that of the event which was sent. */
static struct json_object *
form_field(const struct notice_values *v, const char *name)
{
	if (str_starts(name, "case.fields."))
		return field_of(json_get(v->w->meta, "form"), name + strlen("case.fields."));
	if (!str_starts(name, "data."))
		return NULL;
	for (int i = 0; i < sc_transition_count(v->w->chart); i++) {
		const struct sc_transition *t = sc_transition_at(v->w->chart, i);
		struct json_object *form = str_eq(t->event, v->ev->type)
					       ? workflow_event_form(v->w, t)
					       : NULL;

		if (field_of(form, name + strlen("data.")))
			return field_of(form, name + strlen("data."));
	}
	return NULL;
}

/* "2022-10-03" as 03/10/2022. */
static const char *
day_text(struct arena *a, const char *text)
{
	int year, month, day;
	char after;

	if (strlen(text) != 10 || text[4] != '-' ||
	    sscanf(text, "%4d-%2d-%2d%c", &year, &month, &day, &after) != 3)
		return NULL;
	return arena_printf(a, "%02d/%02d/%04d", day, month, year);
}

static const char *
agency_text(const struct notice_values *v, const char *code, const char *lang)
{
	const struct agency *g = agency_with_code(v->dir, code);

	if (g == NULL)
		return NULL;
	return str_eq(lang, "en") && g->name_en ? g->name_en : g->name_vi;
}

static const char *
one_text(const struct notice_values *v, struct json_object *field, struct json_object *value,
    const char *lang)
{
	const char *text = value ? json_object_get_string(value) : "";
	struct json_object *titles = json_get(field, "x-enum-titles");
	const char *better = json_str(json_get(titles, text), lang);

	if (better == NULL)
		better = day_text(v->a, text);
	if (better == NULL)
		better = agency_text(v, text, lang);
	return better ? better : text;
}

const char *
notice_field(const struct notice_values *v, const char *name, const char *lang)
{
	struct json_object *from = str_starts(name, "data.") ? v->ev->data : v->c->context;
	struct json_object *value = json_path(from, strchr(name, '.') + 1);
	struct json_object *field = form_field(v, name);
	struct str s;

	if (!json_object_is_type(value, json_type_array))
		return one_text(v, field, value, lang);
	str_init(&s, v->a);
	for (size_t i = 0; i < json_object_array_length(value); i++)
		str_addf(&s, "%s%s", i ? ", " : "",
		    one_text(
			v, json_get(field, "items"), json_object_array_get_idx(value, i), lang));
	return s.text;
}
