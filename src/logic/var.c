/*
 * Reading data: var, missing, missing_some.
 */
#include "logic_priv.h"

#include <stdlib.h>
#include <string.h>

/* "0", "17", but not "01": the index, or -1. */
static long
index_of(const char *key, size_t n)
{
	long i = 0;

	if (n == 0 || n > 9 || (key[0] == '0' && n > 1))
		return -1;
	for (size_t k = 0; k < n; k++) {
		if (key[k] < '0' || key[k] > '9')
			return -1;
		i = i * 10 + (key[k] - '0');
	}
	return i;
}

static bool
is_length(const char *key, size_t n)
{
	return n == strlen("length") && memcmp(key, "length", n) == 0;
}

static bool
text_member(
    struct run *r, struct json_object *v, const char *key, size_t n, struct json_object **found)
{
	const char *text = json_object_get_string(v);
	size_t bytes = (size_t)json_object_get_string_len(v), units = utf16_length(text, bytes);
	long i = index_of(key, n);
	struct str one;

	if (is_length(key, n)) {
		*found = make_number(r, (double)units);
		return true;
	}
	if (i < 0 || (size_t)i >= units)
		return false;
	str_init(&one, r->arena);
	utf16_slice(&one, text, bytes, (size_t)i, (size_t)i + 1);
	*found = make_text(r, one.text, one.len);
	return true;
}

static bool
array_member(
    struct run *r, struct json_object *v, const char *key, size_t n, struct json_object **found)
{
	size_t length = json_object_array_length(v);
	long i = index_of(key, n);

	if (is_length(key, n)) {
		*found = make_number(r, (double)length);
		return true;
	}
	if (i < 0 || (size_t)i >= length)
		return false;
	*found = json_object_array_get_idx(v, (size_t)i);
	return true;
}

/* v[key] */
static bool
member(struct run *r, struct json_object *v, const char *key, size_t n, struct json_object **found)
{
	switch (json_object_get_type(v)) {
	case json_type_object:
		return json_object_object_get_ex(v, arena_strndup(r->arena, key, n), found);
	case json_type_array:
		return array_member(r, v, key, n, found);
	case json_type_string:
		return text_member(r, v, key, n, found);
	default:
		return false;
	}
}

static struct json_object *
read_path(struct run *r, const char *path, struct json_object *data, struct json_object *otherwise)
{
	for (;;) {
		size_t n = strcspn(path, ".");
		struct json_object *found;

		if (!run_spend(r, 1) || !member(r, data, path, n, &found))
			return otherwise;
		data = found;
		if (!path[n])
			return data;
		path += n + 1;
	}
}

struct json_object *
op_var(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *path = arg(in, 0);

	if (!path || (is_text(path) && json_object_get_string_len(path) == 0))
		return data;
	return read_path(r, text_of(r, path), data, arg(in, 1));
}

/* ---- missing ---- */

static bool
is_missing(struct run *r, struct json_object *key, struct json_object *data)
{
	struct json_object *value = op_var(r, &(struct args){ &key, 1 }, data);

	return !value || (is_text(value) && json_object_get_string_len(value) == 0);
}

static struct json_object *
missing_of(struct run *r, const struct args *keys, struct json_object *data)
{
	struct json_object *out = make_array(r);

	for (int i = 0; i < keys->count && !r->why; i++)
		if (is_missing(r, keys->values[i], data))
			array_add(out, keys->values[i]);
	return out;
}

static struct args
args_of_array(struct run *r, struct json_object *array)
{
	struct args out = { .count = (int)json_object_array_length(array) };

	out.values = arena_array(r->arena, struct json_object *, out.count + 1);
	for (int i = 0; i < out.count; i++)
		out.values[i] = json_object_array_get_idx(array, (size_t)i);
	return out;
}

/* {"missing": ["a", "b"]} or {"missing": {"merge": ...}}: the keys, or one array of them */
struct json_object *
op_missing(struct run *r, const struct args *in, struct json_object *data)
{
	struct args keys = *in;

	if (is_array(arg(in, 0)))
		keys = args_of_array(r, arg(in, 0));
	return missing_of(r, &keys, data);
}

struct json_object *
op_missing_some(struct run *r, const struct args *in, struct json_object *data)
{
	struct args keys = { .values = in->values + 1, .count = in->count > 1 };
	struct json_object *absent;

	if (is_array(arg(in, 1)))
		keys = args_of_array(r, arg(in, 1));
	absent = missing_of(r, &keys, data);
	if (keys.count - (int)json_object_array_length(absent) >= number_of(r, arg(in, 0)))
		return make_array(r);
	return absent;
}
