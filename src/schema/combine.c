/*
 * Keywords that put schemas together: $ref, allOf, anyOf, oneOf, not, if.
 */
#include "schema_priv.h"

KEYWORD(kw_ref)
{
	(void)s;
	return schema_holds(c, schema_resolve(c->schema, json_object_get_string(v)), at);
}

KEYWORD(kw_all_of)
{
	bool all = true;

	(void)s;
	for (size_t i = 0; i < json_object_array_length(v); i++)
		if (!schema_holds(c, json_object_array_get_idx(v, i), at))
			all = false;
	return all;
}

static int
match_count(struct check *c, struct json_object *schemas, struct json_object *value, int enough)
{
	int n = 0;

	for (size_t i = 0; i < json_object_array_length(schemas) && n < enough; i++)
		n += schema_matches(c, json_object_array_get_idx(schemas, i), value);
	return n;
}

KEYWORD(kw_any_of)
{
	(void)s;
	return match_count(c, v, at->value, 1) == 1 ||
	       violation(c, at, "anyOf", "has none of the forms allowed here");
}

KEYWORD(kw_one_of)
{
	int n = match_count(c, v, at->value, 2);

	(void)s;
	if (n == 1)
		return true;
	return violation(c, at, "oneOf",
	    n ? "has several of the forms of which one is allowed"
	      : "has none of the forms allowed here");
}

KEYWORD(kw_not)
{
	(void)s;
	return !schema_matches(c, v, at->value) ||
	       violation(c, at, "not", "has a form that is not allowed");
}

KEYWORD(kw_if)
{
	struct json_object *then = json_get(s, schema_matches(c, v, at->value) ? "then" : "else");

	return !then || schema_holds(c, then, at);
}
