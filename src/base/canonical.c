/*
 * The canonical form of JSON (RFC 8785), which is what gets hashed: keys in the order of their
 * UTF-16 units, numbers as ECMAScript writes them, no spaces.
 */
#include "base.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_value(struct str *s, struct json_object *o);

/* ---- numbers: ECMA-262, Number::toString ---- */

/* The decimal with the fewest digits that reads back as d: digits * 10^exponent. */
struct decimal {
	uint64_t digits;
	int exponent;
};

static bool
reads_back(const struct decimal *dec, double d)
{
	char text[40];

	snprintf(text, sizeof text, "%" PRIu64 "e%d", dec->digits, dec->exponent);
	return strtod(text, NULL) == d;
}

static struct decimal
rounded(double d, int digit_count)
{
	char text[40], digits[20], *e;
	struct decimal dec;

	snprintf(text, sizeof text, "%.*e", digit_count - 1, d);
	e = strchr(text, 'e');
	snprintf(digits, sizeof digits, "%c%.*s", text[0], digit_count - 1,
	    digit_count > 1 ? text + 2 : "");
	dec.digits = strtoull(digits, NULL, 10);
	dec.exponent = atoi(e + 1) - (digit_count - 1);
	return dec;
}

/* Above a power of two doubles lie twice as far apart as below it, so there the shortest decimal
 * may be the one above the nearest. */
static struct decimal
shortest(double d)
{
	struct decimal dec = { 0 };
	int exponent;
	bool is_power_of_two = frexp(d, &exponent) == 0.5;

	for (int n = 1; n <= 17; n++) {
		dec = rounded(d, n);
		if (reads_back(&dec, d))
			break;
		if (is_power_of_two && n < 17) {
			dec.digits++;
			if (reads_back(&dec, d))
				break;
		}
	}
	return dec;
}

static void
add_positive(struct str *s, double d)
{
	struct decimal dec = shortest(d);
	char digits[24];
	int k = snprintf(digits, sizeof digits, "%" PRIu64, dec.digits);
	int n = k + dec.exponent; /* the point stands behind the n-th digit */

	if (n > 21 || n < -5) {
		str_addf(s, "%c%s%se%+d", digits[0], k > 1 ? "." : "", digits + 1, n - 1);
	} else if (n <= 0) {
		str_addf(s, "0.%.*s%s", -n, "00000", digits);
	} else if (n < k) {
		str_addf(s, "%.*s.%s", n, digits, digits + n);
	} else {
		str_addf(s, "%s%.*s", digits, n - k, "000000000000000000000");
	}
}

static void
add_number(struct str *s, double d)
{
	if (d == 0) {
		str_add(s, "0"); /* -0 too */
		return;
	}
	if (!isfinite(d)) {
		str_add(s, "null"); /* as JSON.stringify; json_read never makes one */
		return;
	}
	if (d < 0)
		str_add(s, "-");
	add_positive(s, fabs(d));
}

/* ---- strings ---- */

static void
add_escaped(struct str *s, unsigned char c)
{
	static const char plain[] = "\"\\\b\f\n\r\t";
	static const char letters[] = "\"\\bfnrt";
	const char *at = memchr(plain, c, sizeof plain - 1);

	if (at)
		str_addf(s, "\\%c", letters[at - plain]);
	else
		str_addf(s, "\\u%04x", c);
}

static void
add_string(struct str *s, const char *text, size_t n)
{
	size_t start = 0;

	str_add(s, "\"");
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		str_add_n(s, text + start, i - start);
		add_escaped(s, c);
		start = i + 1;
	}
	str_add_n(s, text + start, n - start);
	str_add(s, "\"");
}

/* ---- arrays and objects ---- */

static void
add_array(struct str *s, struct json_object *o)
{
	size_t n = json_object_array_length(o);

	str_add(s, "[");
	for (size_t i = 0; i < n; i++) {
		if (i)
			str_add(s, ",");
		add_value(s, json_object_array_get_idx(o, i));
	}
	str_add(s, "]");
}

/* UTF-8 orders as UTF-16 does, but for U+E000..U+FFFF (first byte EE or EF), which come last there:
 * what lies above is written with surrogates, D800..DFFF. */
static int
utf16_weight(unsigned char c)
{
	return c == 0xEE || c == 0xEF ? c + 0x10 : c;
}

static int
by_utf16(const void *left, const void *right)
{
	const unsigned char *a = *(const unsigned char *const *)left;
	const unsigned char *b = *(const unsigned char *const *)right;

	while (*a && *a == *b)
		a++, b++;
	return utf16_weight(*a) - utf16_weight(*b);
}

static const char **
sorted_keys(struct arena *a, struct json_object *o, size_t *count)
{
	const char **keys = arena_array(a, const char *, json_object_object_length(o));

	*count = 0;
	json_object_object_foreach(o, key, value)
	{
		(void)value;
		keys[(*count)++] = key;
	}
	qsort(keys, *count, sizeof keys[0], by_utf16);
	return keys;
}

static void
add_object(struct str *s, struct json_object *o)
{
	size_t count;
	const char **keys = sorted_keys(s->arena, o, &count);

	str_add(s, "{");
	for (size_t i = 0; i < count; i++) {
		if (i)
			str_add(s, ",");
		add_string(s, keys[i], strlen(keys[i]));
		str_add(s, ":");
		add_value(s, json_get(o, keys[i]));
	}
	str_add(s, "}");
}

static void
add_value(struct str *s, struct json_object *o)
{
	switch (json_object_get_type(o)) {
	case json_type_null:
		str_add(s, "null");
		break;
	case json_type_boolean:
		str_add(s, json_object_get_boolean(o) ? "true" : "false");
		break;
	case json_type_int:
	case json_type_double:
		add_number(s, json_object_get_double(o));
		break;
	case json_type_string:
		add_string(s, json_object_get_string(o), (size_t)json_object_get_string_len(o));
		break;
	case json_type_array:
		add_array(s, o);
		break;
	case json_type_object:
		add_object(s, o);
		break;
	}
}

char *
json_canonical(struct arena *a, struct json_object *o)
{
	struct str s;

	str_init(&s, a);
	add_value(&s, o);
	return s.text;
}
