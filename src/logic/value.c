/*
 * Making values during an evaluation: numbers as JavaScript writes them, arrays that share their
 * items, and the bounds on what a rule may build.
 */
#include "logic_priv.h"

#include <math.h>

bool
run_spend(struct run *r, size_t n)
{
	if (r->why)
		return false;
	if (n > (size_t)(LOGIC_STEPS_MAX - r->steps)) {
		r->why = "the rule takes too many steps";
		return false;
	}
	r->steps += (int)n;
	return true;
}

struct json_object *
make_number(struct run *r, double d)
{
	const double safe_integer = 9007199254740991;
	struct json_object *o;

	if (!isfinite(d)) {
		r->has_made_nan = true;
		return json_keep(r->arena, json_object_new_double(d));
	}
	if (d == floor(d) && fabs(d) <= safe_integer)
		return json_keep(r->arena, json_object_new_int64((int64_t)d));
	o = json_keep(r->arena, json_object_new_double(d));
	return json_keep(r->arena, json_object_new_double_s(d, json_canonical(r->arena, o)));
}

struct json_object *
make_bool(struct run *r, bool b)
{
	return json_keep(r->arena, json_object_new_boolean(b));
}

struct json_object *
make_text(struct run *r, const char *text, size_t n)
{
	return json_keep(r->arena, json_object_new_string_len(text, (int)n));
}

struct json_object *
make_array(struct run *r)
{
	return json_keep(r->arena, json_object_new_array());
}

void
array_add(struct json_object *array, struct json_object *item)
{
	json_object_array_add(array, json_object_get(item));
}

/* ---- bounds ---- */

static bool
is_bounded(struct run *r, struct json_object *v, int depth)
{
	if (!run_spend(r, 1))
		return false;
	if (depth > LOGIC_VALUE_DEPTH_MAX) {
		r->why = "the rule builds a value that is nested too deeply";
		return false;
	}
	if (json_object_is_type(v, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(v); i++)
			if (!is_bounded(r, json_object_array_get_idx(v, i), depth + 1))
				return false;
	} else if (json_object_is_type(v, json_type_object)) {
		json_object_object_foreach(v, key, item)
		{
			(void)key;
			if (!is_bounded(r, item, depth + 1))
				return false;
		}
	}
	return true;
}

bool
value_is_bounded(struct run *r, struct json_object *v)
{
	return is_bounded(r, v, 0);
}

/* ---- NaN ---- */

static struct json_object *
array_without_nan(struct run *r, struct json_object *v)
{
	struct json_object *out = make_array(r);

	for (size_t i = 0; i < json_object_array_length(v); i++)
		array_add(out, without_nan(r, json_object_array_get_idx(v, i)));
	return out;
}

static struct json_object *
object_without_nan(struct run *r, struct json_object *v)
{
	struct json_object *out = json_keep(r->arena, json_object_new_object());

	json_object_object_foreach(v, key, item)
	{
		json_set(out, key, json_object_get(without_nan(r, item)));
	}
	return out;
}

struct json_object *
without_nan(struct run *r, struct json_object *v)
{
	switch (json_object_get_type(v)) {
	case json_type_double:
		return isfinite(json_object_get_double(v)) ? v : NULL;
	case json_type_array:
		return array_without_nan(r, v);
	case json_type_object:
		return object_without_nan(r, v);
	default:
		return v;
	}
}
