/*
 * Keywords on plain values: type, const, enum, numbers, text.
 */
#include "schema_priv.h"

#include <math.h>
#include <string.h>

static bool
is_number(struct json_object *v)
{
	return json_object_is_type(v, json_type_int) || json_object_is_type(v, json_type_double);
}

static bool
has_type(struct json_object *v, const char *type)
{
	switch (json_object_get_type(v)) {
	case json_type_null:
		return strcmp(type, "null") == 0;
	case json_type_boolean:
		return strcmp(type, "boolean") == 0;
	case json_type_int:
		return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0;
	case json_type_double:
		return strcmp(type, "number") == 0 ||
		       (strcmp(type, "integer") == 0 &&
			   json_object_get_double(v) == floor(json_object_get_double(v)));
	case json_type_string:
		return strcmp(type, "string") == 0;
	case json_type_array:
		return strcmp(type, "array") == 0;
	default:
		return strcmp(type, "object") == 0;
	}
}

KEYWORD(kw_type)
{
	(void)s;
	if (json_object_is_type(v, json_type_string))
		return has_type(at->value, json_object_get_string(v)) ||
		       violation(c, at, "type", "must be of type %s", json_object_get_string(v));
	for (size_t i = 0; i < json_object_array_length(v); i++)
		if (has_type(at->value, json_object_get_string(json_object_array_get_idx(v, i))))
			return true;
	return violation(
	    c, at, "type", "must be of one of the types %s", json_object_to_json_string(v));
}

KEYWORD(kw_const)
{
	(void)s;
	return json_equal(at->value, v) ||
	       violation(c, at, "const", "must be %s", json_object_to_json_string(v));
}

KEYWORD(kw_enum)
{
	(void)s;
	for (size_t i = 0; i < json_object_array_length(v); i++)
		if (json_equal(at->value, json_object_array_get_idx(v, i)))
			return true;
	return violation(c, at, "enum", "must be one of %s", json_object_to_json_string(v));
}

KEYWORD(kw_multiple_of)
{
	(void)s;
	return !is_number(at->value) || is_multiple_of(c->arena, at->value, v) ||
	       violation(
		   c, at, "multipleOf", "must be a multiple of %s", json_object_get_string(v));
}

static int
compare(struct json_object *a, struct json_object *b)
{
	double x, y;

	if (json_object_is_type(a, json_type_int) && json_object_is_type(b, json_type_int)) {
		int64_t m = json_object_get_int64(a), n = json_object_get_int64(b);
		return (m > n) - (m < n);
	}
	x = json_object_get_double(a);
	y = json_object_get_double(b);
	return (x > y) - (x < y);
}

KEYWORD(kw_maximum)
{
	(void)s;
	return !is_number(at->value) || compare(at->value, v) <= 0 ||
	       violation(c, at, "maximum", "must be at most %s", json_object_get_string(v));
}

KEYWORD(kw_minimum)
{
	(void)s;
	return !is_number(at->value) || compare(at->value, v) >= 0 ||
	       violation(c, at, "minimum", "must be at least %s", json_object_get_string(v));
}

KEYWORD(kw_exclusive_maximum)
{
	(void)s;
	return !is_number(at->value) || compare(at->value, v) < 0 ||
	       violation(
		   c, at, "exclusiveMaximum", "must be less than %s", json_object_get_string(v));
}

KEYWORD(kw_exclusive_minimum)
{
	(void)s;
	return !is_number(at->value) || compare(at->value, v) > 0 ||
	       violation(
		   c, at, "exclusiveMinimum", "must be more than %s", json_object_get_string(v));
}

/* Characters, not bytes. */
static double
text_length(struct json_object *v)
{
	const char *text = json_object_get_string(v);
	double n = 0;

	for (int i = 0; i < json_object_get_string_len(v); i++)
		n += ((unsigned char)text[i] & 0xC0) != 0x80;
	return n;
}

KEYWORD(kw_max_length)
{
	(void)s;
	return !json_object_is_type(at->value, json_type_string) ||
	       text_length(at->value) <= json_object_get_double(v) ||
	       violation(c, at, "maxLength", "must have at most %s characters",
		   json_object_get_string(v));
}

KEYWORD(kw_min_length)
{
	(void)s;
	return !json_object_is_type(at->value, json_type_string) ||
	       text_length(at->value) >= json_object_get_double(v) ||
	       violation(c, at, "minLength", "must have at least %s characters",
		   json_object_get_string(v));
}

KEYWORD(kw_pattern)
{
	(void)s;
	return !json_object_is_type(at->value, json_type_string) ||
	       regex_matches(c->schema, json_object_get_string(v),
		   json_object_get_string(at->value),
		   (size_t)json_object_get_string_len(at->value)) ||
	       violation(c, at, "pattern", "must have the form %s", json_object_get_string(v));
}

KEYWORD(kw_format)
{
	(void)s;
	return !json_object_is_type(at->value, json_type_string) ||
	       format_holds(json_object_get_string(v), json_object_get_string(at->value)) ||
	       violation(c, at, "format", "must be a valid %s", json_object_get_string(v));
}
