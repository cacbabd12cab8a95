/*
 * Operators on text: cat, substr, in (which also looks into arrays).
 */
#include "logic_priv.h"

#include <math.h>
#include <string.h>

/* Array.prototype.join(""): null is nothing. */
struct json_object *
op_cat(struct run *r, const struct args *in, struct json_object *data)
{
	struct str s;

	(void)data;
	str_init(&s, r->arena);
	for (int i = 0; i < in->count; i++)
		if (in->values[i])
			add_text_of(r, &s, in->values[i]);
	return make_text(r, s.text, s.len);
}

/* ---- substr ---- */

/* ToIntegerOrInfinity, held between low and high */
static long
clamp(double d, long low, long high)
{
	if (isnan(d))
		d = 0;
	return d <= (double)low ? low : d >= (double)high ? high : (long)d;
}

struct span {
	long from, to;
};

/* String.prototype.substr(start, length) on size units */
static struct span
js_substr(long size, double start, double length)
{
	struct span s;

	s.from = start < 0 ? clamp(start, -size, 0) + size : clamp(start, 0, size);
	s.to = s.from + clamp(length, 0, size - s.from);
	return s;
}

/* A negative third operand leaves out so many units at the end, as PHP does. */
struct json_object *
op_substr(struct run *r, const struct args *in, struct json_object *data)
{
	struct str source, out;
	double start = number_of(r, arg(in, 1));
	double length = in->count > 2 ? number_of(r, arg(in, 2)) : INFINITY;
	struct span s;

	(void)data;
	str_init(&source, r->arena);
	str_init(&out, r->arena);
	add_text_of(r, &source, arg(in, 0));
	s = js_substr(
	    (long)utf16_length(source.text, source.len), start, length < 0 ? INFINITY : length);
	if (length < 0)
		s.to = s.from + clamp((double)(s.to - s.from) + length, 0, s.to - s.from);
	utf16_slice(&out, source.text, source.len, (size_t)s.from, (size_t)s.to);
	return make_text(r, out.text, out.len);
}

/* ---- in ---- */

static bool
is_in_array(struct run *r, struct json_object *needle, struct json_object *array)
{
	for (size_t i = 0; i < json_object_array_length(array) && run_spend(r, 1); i++)
		if (strictly_equal(needle, json_object_array_get_idx(array, i)))
			return true;
	return false;
}

static bool
is_in_text(struct run *r, struct json_object *needle, struct json_object *text)
{
	struct str s;

	str_init(&s, r->arena);
	add_text_of(r, &s, needle);
	return memmem(json_object_get_string(text), (size_t)json_object_get_string_len(text),
		   s.text, s.len) != NULL;
}

struct json_object *
op_in(struct run *r, const struct args *in, struct json_object *data)
{
	struct json_object *needle = arg(in, 0), *hay = arg(in, 1);

	(void)data;
	if (is_array(hay))
		return make_bool(r, is_in_array(r, needle, hay));
	if (is_text(hay) && json_object_get_string_len(hay) > 0)
		return make_bool(r, is_in_text(r, needle, hay));
	return make_bool(r, false);
}
