/*
 * Keywords on arrays.
 */
#include "schema_priv.h"

#include <stdlib.h>
#include <string.h>

static bool
is_array(const struct place *at)
{
	return json_object_is_type(at->value, json_type_array);
}

static size_t
length_of(struct json_object *list)
{
	return json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;
}

KEYWORD(kw_prefix_items)
{
	bool all = true;

	(void)s;
	for (size_t i = 0; i < length_of(at->value) && i < length_of(v); i++) {
		struct place below = place_item(c, at, i);
		all &= schema_holds(c, json_object_array_get_idx(v, i), &below);
	}
	return all;
}

/* Those that prefixItems did not take. */
KEYWORD(kw_items)
{
	bool all = true;

	for (size_t i = length_of(json_get(s, "prefixItems")); i < length_of(at->value); i++) {
		struct place below = place_item(c, at, i);
		all &= schema_holds(c, v, &below);
	}
	return all;
}

KEYWORD(kw_contains)
{
	struct json_object *min = json_get(s, "minContains"), *max = json_get(s, "maxContains");
	double n = 0;

	if (!is_array(at))
		return true;
	for (size_t i = 0; i < length_of(at->value); i++)
		n += schema_matches(c, v, json_object_array_get_idx(at->value, i));
	if (n < (min ? json_object_get_double(min) : 1))
		return violation(c, at, "contains", "has too few items of the form asked for");
	if (max && n > json_object_get_double(max))
		return violation(c, at, "maxContains", "has too many items of the form asked for");
	return true;
}

KEYWORD(kw_max_items)
{
	(void)s;
	return !is_array(at) || (double)length_of(at->value) <= json_object_get_double(v) ||
	       violation(
		   c, at, "maxItems", "must have at most %s items", json_object_get_string(v));
}

KEYWORD(kw_min_items)
{
	(void)s;
	return !is_array(at) || (double)length_of(at->value) >= json_object_get_double(v) ||
	       violation(
		   c, at, "minItems", "must have at least %s items", json_object_get_string(v));
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* By the canonical text of each, sorted: a long list costs no square. */
KEYWORD(kw_unique_items)
{
	size_t n = length_of(at->value);
	const char **texts;

	(void)s;
	if (!json_object_get_boolean(v) || n < 2)
		return true;
	texts = arena_array(c->arena, const char *, n);
	for (size_t i = 0; i < n; i++)
		texts[i] = json_canonical(c->arena, json_object_array_get_idx(at->value, i));
	qsort(texts, n, sizeof(*texts), by_text);
	for (size_t i = 1; i < n; i++)
		if (strcmp(texts[i - 1], texts[i]) == 0)
			return violation(c, at, "uniqueItems", "must not have the same item twice");
	return true;
}
