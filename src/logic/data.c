/*
 * Reading data: var, missing, missing_some.
 */
#include "logic_priv.h"

#include <stdlib.h>
#include <string.h>

/* One step down; *found says whether the member exists. */
static struct json_object *
member(struct json_object *o, const char *key, bool *found)
{
	struct json_object *v = NULL;
	size_t digits = strspn(key, "0123456789");

	*found = false;
	if (json_object_is_type(o, json_type_object))
		*found = json_object_object_get_ex(o, key, &v);
	else if (json_object_is_type(o, json_type_array) && digits > 0 && !key[digits] &&
		 digits < 10) {
		size_t i = strtoul(key, NULL, 10);
		*found = i < json_object_array_length(o);
		v = *found ? json_object_array_get_idx(o, i) : NULL;
	}
	return v;
}

static struct json_object *
look_up(struct evaluation *e, struct json_object *data, const char *path, bool *found)
{
	char *copy = arena_strdup(e->arena, path), *key = copy, *dot;

	*found = true;
	if (!*path)
		return data;
	do {
		dot = strchr(key, '.');
		if (dot)
			*dot = '\0';
		data = member(data, key, found);
		key = dot + 1;
	} while (dot && *found && logic_spend(e, 1));
	return data;
}

struct json_object *
op_var(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *path = arg_value(e, args, 0, data), *v;
	bool found;

	if (!path)
		return data;
	v = look_up(e, data, js_string(e, path), &found);
	return found ? v : arg_value(e, args, 1, data);
}

/* Absent, null or empty text. */
static bool
is_missing(struct evaluation *e, struct json_object *data, struct json_object *key)
{
	bool found;
	struct json_object *v = look_up(e, data, key ? js_string(e, key) : "", &found);

	return !found || !v ||
	       (json_object_is_type(v, json_type_string) && json_object_get_string_len(v) == 0);
}

static struct json_object *
missing_of(struct evaluation *e, struct json_object *keys, struct json_object *data)
{
	struct json_object *missing = make_array(e);

	for (int i = 0; i < arg_count(keys) && !e->why; i++)
		if (is_missing(e, data, arg_at(keys, i)))
			json_object_array_add(missing, json_object_get(arg_at(keys, i)));
	return missing;
}

struct json_object *
op_missing(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *keys = logic_eval(e, args, data);

	if (json_object_is_type(keys, json_type_array) &&
	    json_object_is_type(json_object_array_get_idx(keys, 0), json_type_array))
		keys = json_object_array_get_idx(keys, 0);
	return missing_of(e, keys, data);
}

struct json_object *
op_missing_some(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	double need = js_number(e, arg_value(e, args, 0, data));
	struct json_object *keys = arg_value(e, args, 1, data);
	struct json_object *missing = missing_of(e, keys, data);

	if (arg_count(keys) - (int)json_object_array_length(missing) >= need)
		return make_array(e);
	return missing;
}
