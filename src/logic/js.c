/*
 * JavaScript's conversions and comparisons, as ECMA-262 §7.1 and §7.2 define them for what JSON
 * holds.
 */
#include "logic_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct json_object *
make_number(struct evaluation *e, double d)
{
	if (!isfinite(d))
		return NULL;
	if (d == floor(d) && fabs(d) <= 9007199254740992.0)
		return json_keep(e->arena, json_object_new_int64((int64_t)d));
	return json_keep(e->arena, json_object_new_double(d));
}

struct json_object *
make_bool(struct evaluation *e, bool b)
{
	return json_keep(e->arena, json_object_new_boolean(b));
}

struct json_object *
make_string(struct evaluation *e, const char *text, size_t len)
{
	if (!logic_spend(e, (int64_t)len))
		return NULL;
	return json_keep(e->arena, json_object_new_string_len(text, (int)len));
}

struct json_object *
make_array(struct evaluation *e)
{
	return json_keep(e->arena, json_object_new_array());
}

bool
logic_truthy(struct json_object *v)
{
	double d;

	switch (json_object_get_type(v)) {
	case json_type_null:
		return false;
	case json_type_boolean:
		return json_object_get_boolean(v);
	case json_type_int:
		return json_object_get_int64(v) != 0;
	case json_type_double:
		d = json_object_get_double(v);
		return d != 0 && !isnan(d);
	case json_type_string:
		return json_object_get_string_len(v) > 0;
	case json_type_array:
		return json_object_array_length(v) > 0;
	default:
		return true;
	}
}

static bool
is_object(struct json_object *v)
{
	return json_object_is_type(v, json_type_object) || json_object_is_type(v, json_type_array);
}

static bool
is_number(struct json_object *v)
{
	return json_object_is_type(v, json_type_int) || json_object_is_type(v, json_type_double);
}

/* An array is its elements joined by commas, null and undefined as nothing. */
static const char *
join(struct evaluation *e, struct json_object *list)
{
	struct str s;

	str_init(&s, e->arena);
	if (++e->depth > LOGIC_DEPTH_MAX)
		logic_stop(e, "data are nested deeper than %d", LOGIC_DEPTH_MAX);
	for (size_t i = 0; i < json_object_array_length(list) && !e->why; i++) {
		struct json_object *v = json_object_array_get_idx(list, i);
		str_add(&s, i ? "," : "");
		str_add(&s, v ? js_string(e, v) : "");
		logic_spend(e, 1);
	}
	e->depth--;
	return s.text;
}

const char *
js_string(struct evaluation *e, struct json_object *v)
{
	if (!v)
		return "null";
	if (json_object_is_type(v, json_type_string))
		return json_object_get_string(v);
	if (json_object_is_type(v, json_type_array))
		return join(e, v);
	if (json_object_is_type(v, json_type_object))
		return "[object Object]";
	return json_canonical(e->arena, v);
}

/* StringToNumber: spaces around do not count, nothing is 0, anything but a numeral is NaN. */
static double
number_of_text(const char *text)
{
	size_t blank = strspn(text, " \t\n\v\f\r"), len = strlen(text);
	const char *digits = text + blank;
	char *end;
	double d;

	while (len > blank && strchr(" \t\n\v\f\r", text[len - 1]))
		len--;
	if (len == blank)
		return 0;
	if (strncmp(digits, "0x", 2) == 0 || strncmp(digits, "0X", 2) == 0)
		return strspn(digits + 2, "0123456789abcdefABCDEF") == len - blank - 2 &&
			       len - blank > 2
			   ? strtod(digits, NULL)
			   : NAN;
	if (strspn(digits, "+-.0123456789eE") < len - blank)
		return NAN;
	d = strtod(digits, &end);
	return end == text + len ? d : NAN;
}

double
js_number(struct evaluation *e, struct json_object *v)
{
	switch (json_object_get_type(v)) {
	case json_type_null:
		return 0;
	case json_type_boolean:
		return json_object_get_boolean(v);
	case json_type_int:
	case json_type_double:
		return json_object_get_double(v);
	default:
		return number_of_text(js_string(e, v));
	}
}

bool
js_strict_equal(struct json_object *a, struct json_object *b)
{
	if (is_number(a) && is_number(b))
		return json_object_get_double(a) == json_object_get_double(b);
	if (json_object_get_type(a) != json_object_get_type(b))
		return false;
	return is_object(a) ? a == b : json_object_equal(a, b);
}

bool
js_loose_equal(struct evaluation *e, struct json_object *a, struct json_object *b)
{
	if (!a || !b)
		return a == b;
	if (json_object_get_type(a) == json_object_get_type(b) || (is_object(a) && is_object(b)))
		return js_strict_equal(a, b);
	if ((is_object(a) && json_object_is_type(b, json_type_string)) ||
	    (is_object(b) && json_object_is_type(a, json_type_string)))
		return strcmp(js_string(e, a), js_string(e, b)) == 0;
	return js_number(e, a) == js_number(e, b);
}

/* Objects become strings first; two strings compare as text, all else as numbers. */
static bool
are_texts(struct json_object *a, struct json_object *b)
{
	return (is_object(a) || json_object_is_type(a, json_type_string)) &&
	       (is_object(b) || json_object_is_type(b, json_type_string));
}

bool
js_less(struct evaluation *e, struct json_object *a, struct json_object *b)
{
	if (are_texts(a, b))
		return strcmp(js_string(e, a), js_string(e, b)) < 0;
	return js_number(e, a) < js_number(e, b);
}

bool
js_less_equal(struct evaluation *e, struct json_object *a, struct json_object *b)
{
	if (are_texts(a, b))
		return strcmp(js_string(e, a), js_string(e, b)) <= 0;
	return js_number(e, a) <= js_number(e, b);
}
