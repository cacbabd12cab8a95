/*
 * Differences of forms, field by field, and of what is done: notices and the other actions.
 */
#include "diff.h"

/* ---- forms ---- */

static bool
is_required(struct json_object *form, const char *field)
{
	struct json_object *required = json_get(form, "required");

	if (!json_object_is_type(required, json_type_array))
		return false;
	for (size_t i = 0; i < json_object_array_length(required); i++)
		if (str_eq(json_object_get_string(json_object_array_get_idx(required, i)), field))
			return true;
	return false;
}

static const char *
field_title(const struct diff *d, struct json_object *field, const char *name)
{
	const char *title = json_str(json_get(field, "x-title"), d->lang);

	return title ? title : name;
}

static void
diff_need(struct diff *d, const char *what, const char *title, struct json_object *field, bool was,
    bool is)
{
	if (!was && is)
		diff_say(
		    d, json_get(field, "x-grounds") ? P_NEEDS_GROUND : P_NEEDS, what, title, NULL);
	if (was && !is)
		diff_say(d, P_NEEDS_NOT, what, title, NULL);
}

/* What is checked or shown: each property of the field but its title. */
static void
diff_checks(struct diff *d, const char *what, const char *title, struct json_object *from,
    struct json_object *to, bool is_second_look)
{
	json_object_object_foreach(from, key, value)
	{
		struct json_object *now = json_get(to, key);

		if (str_eq(key, "x-title") || json_equal(value, now) ||
		    (is_second_look && now != NULL))
			continue;
		diff_say(
		    d, P_FIELD, what, title, key, diff_text(d, is_second_look ? value : now), NULL);
	}
}

static void
diff_field(struct diff *d, const char *what, const char *name, struct json_object *was,
    struct json_object *is)
{
	const char *title = field_title(d, is, name), *before = field_title(d, was, name);

	if (!str_eq(title, before))
		diff_say(d, P_FIELD_TITLE, what, title, before, NULL);
	if (!json_object_is_type(was, json_type_object) ||
	    !json_object_is_type(is, json_type_object))
		return;
	diff_checks(d, what, title, was, is, false);
	diff_checks(d, what, title, is, was, true);
}

static void
diff_fields(struct diff *d, const char *what, struct json_object *before, struct json_object *after)
{
	struct json_object *was = json_get(before, "properties");
	struct json_object *is = json_get(after, "properties");

	json_object_object_foreach(is, name, field)
	{
		const char *title = field_title(d, field, name);
		bool needed = is_required(after, name);

		if (json_get(was, name) == NULL && !(needed && json_get(field, "x-grounds")))
			diff_say(d, needed ? P_FIELD_NEW_NEEDED : P_FIELD_NEW, what, title, NULL);
		else {
			diff_need(d, what, title, field, is_required(before, name), needed);
			if (json_get(was, name))
				diff_field(d, what, name, json_get(was, name), field);
		}
	}
	json_object_object_foreach(was, old_name, old_field)
	{
		if (json_get(is, old_name) == NULL)
			diff_say(d, P_FIELD_GONE, what, field_title(d, old_field, old_name), NULL);
	}
}

static void
diff_rules(struct diff *d, const char *what, struct json_object *before, struct json_object *after)
{
	static const char *const keys[] = { "allOf", "anyOf", "oneOf", "if", "then", "else", "not",
		"dependentRequired" };

	for (size_t i = 0; i < LEN(keys); i++)
		if (!json_equal(json_get(before, keys[i]), json_get(after, keys[i]))) {
			diff_say(d, P_FORM_RULES, what, NULL);
			return;
		}
}

/* A form that is "case" is the case's own, told where it stands. */
void
diff_forms(struct diff *d, const char *what, struct json_object *before, struct json_object *after)
{
	struct json_object *none = json_keep(d->a, json_object_new_object());

	json_set(none, "properties", json_object_new_object());
	if (json_equal(before, after))
		return;
	if (before == NULL || json_object_is_type(before, json_type_string)) {
		diff_say(d, P_FORM_NEW, what, NULL);
		before = none;
	}
	if (after == NULL || json_object_is_type(after, json_type_string)) {
		diff_say(d, P_FORM_GONE, what, NULL);
		return;
	}
	if (json_object_is_type(json_get(before, "properties"), json_type_object) &&
	    json_object_is_type(json_get(after, "properties"), json_type_object))
		diff_fields(d, what, before, after);
	diff_rules(d, what, before, after);
}

/* ---- actions ---- */

static struct json_object *
as_list(struct diff *d, struct json_object *actions)
{
	struct json_object *list;

	if (json_object_is_type(actions, json_type_array))
		return actions;
	list = json_keep(d->a, json_object_new_array());
	if (actions)
		json_push(list, json_object_get(actions));
	return list;
}

static const char *
type_of(struct json_object *action)
{
	return json_object_is_type(action, json_type_string) ? json_object_get_string(action)
							     : json_str(action, "type");
}

static const char *
template_of(struct json_object *action)
{
	return str_eq(type_of(action), "notify") ? json_str(json_get(action, "params"), "template")
						 : NULL;
}

static struct json_object *
with_template(struct json_object *list, const char *template)
{
	for (size_t i = 0; i < json_object_array_length(list); i++)
		if (str_eq(template_of(json_object_array_get_idx(list, i)), template))
			return json_object_array_get_idx(list, i);
	return NULL;
}

static const char *
addressees(const struct diff *d, struct json_object *action)
{
	return diff_rights(d, json_get(json_get(action, "params"), "to"));
}

static void
say_notice(struct diff *d, const char *what, struct json_object *action, struct json_object *other,
    bool is_new)
{
	const char *template = template_of(action);
	const char *who = addressees(d, action), *who_else = other ? addressees(d, other) : NULL;

	if (other == NULL)
		diff_say(d, is_new ? P_NOTICE_NEW : P_NOTICE_GONE, what, template, who, NULL);
	else if (is_new && !str_eq(who, who_else))
		diff_say(d, P_NOTICE_TO, what, template, who, who_else, NULL);
	else if (is_new)
		diff_say(d, P_NOTICE_TERM, what, template,
		    diff_text(d, json_path(action, "params.term")),
		    diff_text(d, json_path(other, "params.term")), NULL);
}

/* Does the list extend the same term by the same kind, however much and why? */
static bool
has_extension(struct json_object *list, struct json_object *params)
{
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *one = json_object_array_get_idx(list, i);
		struct json_object *other = json_get(one, "params");

		if (str_eq(type_of(one), "extend") &&
		    str_eq(json_str(other, "term"), json_str(params, "term")) &&
		    str_eq(json_str(other, "kind"), json_str(params, "kind")))
			return true;
	}
	return false;
}

static void
say_action(struct diff *d, const char *what, struct json_object *action, struct json_object *from,
    bool is_new)
{
	struct json_object *params = json_get(action, "params");

	if (str_eq(type_of(action), "extend") && !has_extension(from, params))
		diff_say(d, is_new ? P_EXTENDS_NEW : P_EXTENDS_GONE, what,
		    diff_text(d, json_get(params, "term")), diff_text(d, json_get(params, "kind")),
		    NULL);
	else
		diff_say(d, is_new ? P_ACTION_NEW : P_ACTION_GONE, what, type_of(action),
		    diff_text(d, params), NULL);
}

static void
say_actions(
    struct diff *d, const char *what, struct json_object *from, struct json_object *to, bool is_new)
{
	for (size_t i = 0; i < json_object_array_length(to); i++) {
		struct json_object *action = json_object_array_get_idx(to, i);
		const char *template = template_of(action);

		if (diff_has(from, action))
			continue;
		if (template)
			say_notice(d, what, action, with_template(from, template), is_new);
		else
			say_action(d, what, action, from, is_new);
	}
}

void
diff_actions(
    struct diff *d, const char *what, struct json_object *before, struct json_object *after)
{
	struct json_object *was = as_list(d, before), *is = as_list(d, after);

	say_actions(d, what, was, is, true);
	say_actions(d, what, is, was, false);
}
