/*
 * Lists and text: map, filter, reduce, all, none, some, merge, in, cat, substr, log.
 */
#include "logic_priv.h"

#include <string.h>

/* The first argument's value if it is a list, else NULL. */
static struct json_object *
list_of(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *list = arg_value(e, args, 0, data);

	return json_object_is_type(list, json_type_array) ? list : NULL;
}

static size_t
length_of(struct json_object *list)
{
	return list ? json_object_array_length(list) : 0;
}

struct json_object *
op_map(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *list = list_of(e, args, data), *out = make_array(e);

	for (size_t i = 0; i < length_of(list) && !e->why; i++)
		json_object_array_add(out,
		    json_object_get(arg_value(e, args, 1, json_object_array_get_idx(list, i))));
	return out;
}

struct json_object *
op_filter(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *list = list_of(e, args, data), *out = make_array(e);

	for (size_t i = 0; i < length_of(list) && !e->why; i++) {
		struct json_object *v = json_object_array_get_idx(list, i);
		if (logic_truthy(arg_value(e, args, 1, v)))
			json_object_array_add(out, json_object_get(v));
	}
	return out;
}

struct json_object *
op_reduce(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *list = list_of(e, args, data);
	struct json_object *sum = arg_value(e, args, 2, data);

	for (size_t i = 0; i < length_of(list) && !e->why; i++) {
		struct json_object *scope = json_keep(e->arena, json_object_new_object());
		json_set(scope, "current", json_object_get(json_object_array_get_idx(list, i)));
		json_set(scope, "accumulator", json_object_get(sum));
		sum = arg_value(e, args, 1, scope);
	}
	return sum;
}

/* How many elements pass the test; stops at the first whose truth is `stop_at`. */
static bool
meets(struct evaluation *e, struct json_object *list, struct json_object *args, bool stop_at)
{
	for (size_t i = 0; i < length_of(list) && !e->why; i++)
		if (logic_truthy(arg_value(e, args, 1, json_object_array_get_idx(list, i))) ==
		    stop_at)
			return true;
	return false;
}

/* Of an empty list: false. */
struct json_object *
op_all(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *list = list_of(e, args, data);

	return make_bool(e, length_of(list) > 0 && !meets(e, list, args, false));
}

struct json_object *
op_none(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return make_bool(e, !meets(e, list_of(e, args, data), args, true));
}

struct json_object *
op_some(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return make_bool(e, meets(e, list_of(e, args, data), args, true));
}

static void
add_all(struct evaluation *e, struct json_object *out, struct json_object *v)
{
	if (!json_object_is_type(v, json_type_array)) {
		json_object_array_add(out, json_object_get(v));
		return;
	}
	for (size_t i = 0; i < json_object_array_length(v) && logic_spend(e, 1); i++)
		json_object_array_add(out, json_object_get(json_object_array_get_idx(v, i)));
}

struct json_object *
op_merge(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *out = make_array(e);

	for (int i = 0; i < arg_count(args) && !e->why; i++)
		add_all(e, out, arg_value(e, args, i, data));
	return out;
}

struct json_object *
op_in(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *needle = arg_value(e, args, 0, data),
			   *hay = arg_value(e, args, 1, data);
	bool found = false;

	if (json_object_is_type(hay, json_type_string))
		found = strstr(json_object_get_string(hay), js_string(e, needle)) != NULL;
	else if (json_object_is_type(hay, json_type_array))
		for (size_t i = 0; i < json_object_array_length(hay) && !found && logic_spend(e, 1);
		     i++)
			found = js_strict_equal(needle, json_object_array_get_idx(hay, i));
	return make_bool(e, found);
}

struct json_object *
op_cat(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	struct json_object *list = logic_eval(e, args, data);
	struct str s;

	str_init(&s, e->arena);
	for (int i = 0; i < arg_count(list) && logic_spend(e, (int64_t)s.len / 64); i++)
		if (arg_at(list, i))
			str_add(&s, js_string(e, arg_at(list, i)));
	return make_string(e, s.text, s.len);
}

static size_t
bytes_of_chars(const char *text, int64_t chars)
{
	size_t i = 0;

	while (chars > 0 && text[i]) {
		i++;
		while (((unsigned char)text[i] & 0xC0) == 0x80)
			i++;
		chars--;
	}
	return i;
}

static int64_t
char_count(const char *text)
{
	int64_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

static int64_t
clamp(double d, int64_t max)
{
	return d >= (double)max ? max : d > 0 ? (int64_t)d : 0;
}

/* [text, start, length]: a negative start counts from the end, a negative length leaves that many
 * off. */
struct json_object *
op_substr(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	const char *text = js_string(e, arg_value(e, args, 0, data));
	double start = js_number(e, arg_value(e, args, 1, data));
	int64_t count = char_count(text), from, length;

	from = clamp(start < 0 ? (double)count + start : start, count);
	length = count - from;
	if (arg_count(args) > 2) {
		double wanted = js_number(e, arg_value(e, args, 2, data));
		length = clamp(wanted < 0 ? (double)length + wanted : wanted, length);
	}
	text += bytes_of_chars(text, from);
	return make_string(e, text, bytes_of_chars(text, length));
}

/* The reference prints its operand; a pure engine gives it back. */
struct json_object *
op_log(struct evaluation *e, struct json_object *args, struct json_object *data)
{
	return arg_value(e, args, 0, data);
}
