/*
 * JavaScript's coercions, as the reference implementation of JSONLogic inherits them: Number(),
 * parseFloat(), String(), == and <.
 */
#include "logic_priv.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool
is_number(struct json_object *v)
{
	return json_object_is_type(v, json_type_int) || json_object_is_type(v, json_type_double);
}

bool
is_text(struct json_object *v)
{
	return json_object_is_type(v, json_type_string);
}

bool
is_array(struct json_object *v)
{
	return json_object_is_type(v, json_type_array);
}

static bool
is_compound(struct json_object *v)
{
	return is_array(v) || json_object_is_type(v, json_type_object);
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

/* ---- text to number ---- */

/* What JavaScript trims: ASCII white space, U+00A0, U+1680, U+2000..200A, U+2028/9, U+202F, U+205F,
 * U+3000, U+FEFF. */
static size_t
space_at(const char *s)
{
	static const char *const wide[] = { "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\xA8",
		"\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80", "\xEF\xBB\xBF" };

	if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
		return 1;
	for (size_t i = 0; i < LEN(wide); i++)
		if (str_starts(s, wide[i]))
			return strlen(wide[i]);
	if (str_starts(s, "\xE2\x80") && (unsigned char)s[2] >= 0x80 && (unsigned char)s[2] <= 0x8A)
		return 3;
	return 0;
}

static const char *
skip_space(const char *s)
{
	while (space_at(s))
		s += space_at(s);
	return s;
}

static size_t
digits_at(const char *s)
{
	size_t n = 0;

	while (isdigit((unsigned char)s[n]))
		n++;
	return n;
}

/* Length of the longest decimal literal at s, 0 if there is none. */
static size_t
decimal_at(const char *s)
{
	size_t at = *s == '+' || *s == '-', whole = digits_at(s + at), part = 0, exponent;

	at += whole;
	if (s[at] == '.') {
		part = digits_at(s + at + 1);
		at += whole || part ? part + 1 : 0;
	}
	if (!whole && !part)
		return 0;
	if (s[at] == 'e' || s[at] == 'E') {
		size_t sign = s[at + 1] == '+' || s[at + 1] == '-';

		exponent = digits_at(s + at + 1 + sign);
		at += exponent ? 1 + sign + exponent : 0;
	}
	return at;
}

/* The number at s and where it ends; NaN and s itself if there is none. */
static double
read_decimal(const char *s, const char **end)
{
	size_t sign = *s == '+' || *s == '-', n = decimal_at(s);

	*end = s + n;
	if (n)
		return strtod(s, NULL);
	if (!str_starts(s + sign, "Infinity"))
		return NAN;
	*end = s + sign + strlen("Infinity");
	return *s == '-' ? -INFINITY : INFINITY;
}

/* "0x1F", "0o17", "0b11": behind the prefix. */
static double
read_radix(const char *s, int radix, const char **end)
{
	double d = 0;
	const char *p = s;

	for (; isxdigit((unsigned char)*p); p++) {
		int digit = isdigit((unsigned char)*p) ? *p - '0' : (*p | 0x20) - 'a' + 10;

		if (digit >= radix)
			break;
		d = d * radix + digit;
	}
	*end = p;
	return p == s ? NAN : d;
}

double
number_of_text(const char *s)
{
	const char *end;
	double d;

	s = skip_space(s);
	if (!*s)
		return 0;
	if (*s == '0' && s[1] && strchr("xXoObB", s[1])) {
		int radix = (s[1] | 0x20) == 'x' ? 16 : (s[1] | 0x20) == 'o' ? 8 : 2;

		d = read_radix(s + 2, radix, &end);
	} else {
		d = read_decimal(s, &end);
	}
	return *skip_space(end) ? NAN : d;
}

double
number_prefix_of_text(const char *s)
{
	const char *end;

	return read_decimal(skip_space(s), &end);
}

double
number_of(struct run *r, struct json_object *v)
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
		return number_of_text(text_of(r, v));
	}
}

double
term_of(struct run *r, struct json_object *v)
{
	double d = is_compound(v) ? NAN : number_of(r, v);

	return isnan(d) ? number_prefix_of_text(text_of(r, v)) : d;
}

/* ---- anything to text ---- */

static void
add_number(struct run *r, struct str *s, struct json_object *v)
{
	double d = json_object_get_double(v);

	if (isnan(d))
		str_add(s, "NaN");
	else if (isinf(d))
		str_add(s, d < 0 ? "-Infinity" : "Infinity");
	else
		str_add(s, json_canonical(r->arena, v));
}

/* [1, null, [2, 3]] is "1,,2,3" */
static void
add_items(struct run *r, struct str *s, struct json_object *array)
{
	for (size_t i = 0; i < json_object_array_length(array) && !r->why; i++) {
		struct json_object *item = json_object_array_get_idx(array, i);

		if (i)
			str_add(s, ",");
		if (item)
			add_text_of(r, s, item);
	}
}

void
add_text_of(struct run *r, struct str *s, struct json_object *v)
{
	if (!run_spend(r, 1))
		return;
	switch (json_object_get_type(v)) {
	case json_type_null:
		str_add(s, "null");
		break;
	case json_type_boolean:
		str_add(s, json_object_get_boolean(v) ? "true" : "false");
		break;
	case json_type_int:
	case json_type_double:
		add_number(r, s, v);
		break;
	case json_type_string:
		if (run_spend(r, (size_t)json_object_get_string_len(v) / 16))
			str_add_n(
			    s, json_object_get_string(v), (size_t)json_object_get_string_len(v));
		break;
	case json_type_array:
		add_items(r, s, v);
		break;
	case json_type_object:
		str_add(s, "[object Object]");
		break;
	}
}

const char *
text_of(struct run *r, struct json_object *v)
{
	struct str s;

	if (is_text(v))
		return json_object_get_string(v);
	str_init(&s, r->arena);
	add_text_of(r, &s, v);
	return s.text;
}

/* ---- comparing ---- */

static bool
same_text(struct json_object *a, struct json_object *b)
{
	int n = json_object_get_string_len(a);

	return n == json_object_get_string_len(b) &&
	       memcmp(json_object_get_string(a), json_object_get_string(b), (size_t)n) == 0;
}

/* Arrays and objects equal only themselves. */
bool
strictly_equal(struct json_object *a, struct json_object *b)
{
	if (is_number(a) && is_number(b))
		return json_object_get_double(a) == json_object_get_double(b);
	if (json_object_get_type(a) != json_object_get_type(b))
		return false;
	if (is_text(a))
		return same_text(a, b);
	if (json_object_is_type(a, json_type_boolean))
		return json_object_get_boolean(a) == json_object_get_boolean(b);
	return a == b;
}

static struct json_object *
to_primitive(struct run *r, struct json_object *v)
{
	const char *text;

	if (!is_compound(v))
		return v;
	text = text_of(r, v);
	return make_text(r, text, strlen(text));
}

bool
loosely_equal(struct run *r, struct json_object *a, struct json_object *b)
{
	if (!a || !b)
		return a == b;
	if (is_compound(a) && is_compound(b))
		return a == b;
	a = to_primitive(r, a);
	b = to_primitive(r, b);
	if (is_text(a) && is_text(b))
		return same_text(a, b);
	return number_of(r, a) == number_of(r, b);
}

bool
compare(struct run *r, struct json_object *a, struct json_object *b, int *order)
{
	double x, y;

	a = to_primitive(r, a);
	b = to_primitive(r, b);
	if (is_text(a) && is_text(b)) {
		*order = utf16_compare(json_object_get_string(a),
		    (size_t)json_object_get_string_len(a), json_object_get_string(b),
		    (size_t)json_object_get_string_len(b));
		return true;
	}
	x = number_of(r, a);
	y = number_of(r, b);
	*order = x < y ? -1 : x > y;
	return !isnan(x) && !isnan(y);
}
