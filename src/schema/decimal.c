/*
 * multipleOf in decimal, exactly: 0.0075 is a multiple of 0.0001, which binary fractions deny.
 */
#include "schema_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* digits * 10^exponent, digits without zeros at the end. */
struct decimal {
	uint64_t digits;
	int exponent;
};

/* From the shortest text that means the number ("7.5e-3"): at most 17 digits. */
static struct decimal
decimal_of(struct arena *a, struct json_object *number)
{
	const char *p = json_canonical(a, number);
	struct decimal d = { 0 };
	bool is_fraction = false;

	for (; *p && *p != 'e'; p++) {
		if (*p == '.')
			is_fraction = true;
		if (*p < '0' || *p > '9')
			continue;
		if (d.digits > UINT64_MAX / 10 - 1) { /* zeros only, behind 17 digits */
			d.exponent += !is_fraction;
			continue;
		}
		d.digits = d.digits * 10 + (uint64_t)(*p - '0');
		d.exponent -= is_fraction;
	}
	if (*p == 'e')
		d.exponent += atoi(p + 1);
	for (; d.digits && d.digits % 10 == 0; d.exponent++)
		d.digits /= 10;
	return d;
}

/* digits * 10^exponent mod m */
static uint64_t
scaled_modulo(uint64_t digits, int exponent, uint64_t m)
{
	unsigned __int128 rest = digits % m;

	for (; exponent > 0 && rest; exponent--)
		rest = rest * 10 % m;
	return (uint64_t)rest;
}

bool
is_multiple_of(struct arena *a, struct json_object *value, struct json_object *of)
{
	struct decimal v = decimal_of(a, value), m = decimal_of(a, of);
	int exponent = v.exponent - m.exponent;

	if (m.digits == 0)
		return false;
	if (exponent >= 0)
		return scaled_modulo(v.digits, exponent, m.digits) == 0;
	/* v.digits has no zeros to spare: only 0 is a multiple of ten times it */
	for (; exponent < 0 && m.digits <= UINT64_MAX / 10; exponent++)
		m.digits *= 10;
	return v.digits == 0 || (exponent == 0 && v.digits % m.digits == 0);
}
