/*
 * Plain reading and writing of json-c objects, without its traps: types are checked, references
 * belong to the arena or to the parent.
 */
#include "base.h"

#include <math.h>
#include <string.h>

static void
put(void *o)
{
	json_object_put(o);
}

struct json_object *
json_keep(struct arena *a, struct json_object *o)
{
	if (o)
		arena_defer(a, put, o);
	return o;
}

const char *
json_text_of(struct json_object *o)
{
	return json_object_to_json_string_ext(
	    o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}

struct json_object *
json_copy(struct arena *a, struct json_object *o)
{
	struct json_object *copy = NULL;

	if (o && json_object_deep_copy(o, &copy, NULL) < 0)
		return NULL;
	return json_keep(a, copy);
}

/* ---- equal ---- */

static bool
is_number(struct json_object *o)
{
	return json_object_is_type(o, json_type_int) || json_object_is_type(o, json_type_double);
}

static bool
arrays_equal(struct json_object *a, struct json_object *b)
{
	size_t n = json_object_array_length(a);

	if (n != json_object_array_length(b))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!json_equal(json_object_array_get_idx(a, i), json_object_array_get_idx(b, i)))
			return false;
	return true;
}

static bool
objects_equal(struct json_object *a, struct json_object *b)
{
	struct json_object *other;

	if (json_object_object_length(a) != json_object_object_length(b))
		return false;
	json_object_object_foreach(a, key, value)
	{
		if (!json_object_object_get_ex(b, key, &other) || !json_equal(value, other))
			return false;
	}
	return true;
}

static bool
numbers_equal(struct json_object *a, struct json_object *b)
{
	if (json_object_is_type(a, json_type_int) && json_object_is_type(b, json_type_int))
		return json_object_get_int64(a) == json_object_get_int64(b);
	return json_object_get_double(a) == json_object_get_double(b);
}

/* 1 and 1.0 are the same number; the order of keys means nothing. */
bool
json_equal(struct json_object *a, struct json_object *b)
{
	if (is_number(a) && is_number(b))
		return numbers_equal(a, b);
	if (json_object_get_type(a) != json_object_get_type(b))
		return false;
	switch (json_object_get_type(a)) {
	case json_type_array:
		return arrays_equal(a, b);
	case json_type_object:
		return objects_equal(a, b);
	case json_type_null:
		return true;
	default:
		return json_object_equal(a, b);
	}
}

/* ---- get ---- */

struct json_object *
json_get(struct json_object *o, const char *key)
{
	struct json_object *value = NULL;

	if (json_object_is_type(o, json_type_object))
		json_object_object_get_ex(o, key, &value);
	return value;
}

struct json_object *
json_path(struct json_object *o, const char *dotted)
{
	char key[128];

	while (o && *dotted) {
		size_t n = strcspn(dotted, ".");

		if (n >= sizeof key)
			return NULL;
		memcpy(key, dotted, n);
		key[n] = '\0';
		o = json_get(o, key);
		dotted += dotted[n] ? n + 1 : n;
	}
	return o;
}

const char *
json_str(struct json_object *o, const char *key)
{
	struct json_object *value = json_get(o, key);

	return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
}

/* JSON has one kind of number: 3.0 is an integer too. */
int64_t
json_int(struct json_object *o, const char *key, int64_t otherwise)
{
	struct json_object *value = json_get(o, key);
	double d;

	if (json_object_is_type(value, json_type_int))
		return json_object_get_int64(value);
	if (!json_object_is_type(value, json_type_double))
		return otherwise;
	d = json_object_get_double(value);
	return fabs(d) < 9.2e18 && d == floor(d) ? (int64_t)d : otherwise;
}

bool
json_truth(struct json_object *o, const char *key, bool otherwise)
{
	struct json_object *value = json_get(o, key);

	return json_object_is_type(value, json_type_boolean) ? json_object_get_boolean(value)
							     : otherwise;
}

/* ---- set ---- */

void
json_set(struct json_object *o, const char *key, struct json_object *value)
{
	json_object_object_add(o, key, value);
}

void
json_set_str(struct json_object *o, const char *key, const char *text)
{
	json_set(o, key, text ? json_object_new_string(text) : NULL);
}

void
json_set_int(struct json_object *o, const char *key, int64_t n)
{
	json_set(o, key, json_object_new_int64(n));
}

void
json_set_bool(struct json_object *o, const char *key, bool b)
{
	json_set(o, key, json_object_new_boolean(b));
}

void
json_set_instant(struct json_object *o, const char *key, int64_t at_us)
{
	struct arena *a = arena_new();

	json_set_str(o, key, instant_text(a, at_us));
	arena_free(a);
}

void
json_push(struct json_object *array, struct json_object *value)
{
	json_object_array_add(array, value);
}
