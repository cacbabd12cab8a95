/*
 * Keywords on objects.
 */
#include "schema_priv.h"

#include <string.h>

static bool
is_object(const struct place *at)
{
	return json_object_is_type(at->value, json_type_object);
}

KEYWORD(kw_properties)
{
	bool all = true;

	(void)s;
	if (!is_object(at))
		return true;
	json_object_object_foreach(v, key, schema)
	{
		struct json_object *value = NULL;
		if (json_object_object_get_ex(at->value, key, &value)) {
			struct place below = place_member(c, at, key, value);
			all &= schema_holds(c, schema, &below);
		}
	}
	return all;
}

KEYWORD(kw_pattern_properties)
{
	bool all = true;

	(void)s;
	if (!is_object(at))
		return true;
	json_object_object_foreach(v, pattern, schema)
	{
		json_object_object_foreach(at->value, key, value)
		{
			if (regex_matches(c->schema, pattern, key, strlen(key))) {
				struct place below = place_member(c, at, key, value);
				all &= schema_holds(c, schema, &below);
			}
		}
	}
	return all;
}

static bool
is_listed(struct check *c, struct json_object *s, const char *key)
{
	struct json_object *patterns = json_get(s, "patternProperties");

	if (json_object_object_get_ex(json_get(s, "properties"), key, NULL))
		return true;
	if (!patterns)
		return false;
	json_object_object_foreach(patterns, pattern, schema)
	{
		(void)schema;
		if (regex_matches(c->schema, pattern, key, strlen(key)))
			return true;
	}
	return false;
}

KEYWORD(kw_additional_properties)
{
	bool all = true;

	if (!is_object(at))
		return true;
	json_object_object_foreach(at->value, key, value)
	{
		struct place below;
		if (is_listed(c, s, key))
			continue;
		below = place_member(c, at, key, value);
		if (json_object_is_type(v, json_type_boolean) && !json_object_get_boolean(v))
			all = violation(
			    c, &below, "additionalProperties", "is not a field of this form");
		else
			all &= schema_holds(c, v, &below);
	}
	return all;
}

KEYWORD(kw_property_names)
{
	bool all = true;

	(void)s;
	if (!is_object(at))
		return true;
	json_object_object_foreach(at->value, key, value)
	{
		struct json_object *name = json_keep(c->arena, json_object_new_string(key));
		struct place below = place_member(c, at, key, value);
		below.value = name;
		all &= schema_holds(c, v, &below);
	}
	return all;
}

/* Told at the missing field, where a form shows it. */
static bool
has_all(struct check *c, struct json_object *names, const struct place *at)
{
	bool all = true;

	for (size_t i = 0; i < json_object_array_length(names); i++) {
		const char *key = json_object_get_string(json_object_array_get_idx(names, i));
		if (!json_object_object_get_ex(at->value, key, NULL)) {
			struct place missing = place_member(c, at, key, NULL);
			all = violation(c, &missing, "required", "is required");
		}
	}
	return all;
}

KEYWORD(kw_required)
{
	(void)s;
	return !is_object(at) || has_all(c, v, at);
}

KEYWORD(kw_dependent_required)
{
	bool all = true;

	(void)s;
	if (!is_object(at))
		return true;
	json_object_object_foreach(v, key, names)
	{
		if (json_object_object_get_ex(at->value, key, NULL))
			all &= has_all(c, names, at);
	}
	return all;
}

KEYWORD(kw_dependent_schemas)
{
	bool all = true;

	(void)s;
	if (!is_object(at))
		return true;
	json_object_object_foreach(v, key, schema)
	{
		if (json_object_object_get_ex(at->value, key, NULL))
			all &= schema_holds(c, schema, at);
	}
	return all;
}

KEYWORD(kw_max_properties)
{
	(void)s;
	return !is_object(at) ||
	       json_object_object_length(at->value) <= json_object_get_double(v) ||
	       violation(c, at, "maxProperties", "must have at most %s members",
		   json_object_get_string(v));
}

KEYWORD(kw_min_properties)
{
	(void)s;
	return !is_object(at) ||
	       json_object_object_length(at->value) >= json_object_get_double(v) ||
	       violation(c, at, "minProperties", "must have at least %s members",
		   json_object_get_string(v));
}
