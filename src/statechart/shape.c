/*
 * Which properties a state may have, by its type, and of which JSON type they are.
 */
#include "statechart_priv.h"

enum {
	ATOMIC = 1 << SC_ATOMIC,
	COMPOUND = 1 << SC_COMPOUND,
	PARALLEL = 1 << SC_PARALLEL,
	FINAL = 1 << SC_FINAL,
	HISTORY = 1 << SC_HISTORY,
	ACTIVE = ATOMIC | COMPOUND | PARALLEL,
	ANY_TYPE = ACTIVE | FINAL | HISTORY,
	ROOT_ONLY = 1 << 8,
};

enum { ANY_JSON = -1 };

static const struct property {
	const char *name;
	int where;
	int json; /* enum json_type, or ANY_JSON when its own loader looks at it */
} properties[] = {
	{ "id", ANY_TYPE, ANY_JSON },
	{ "type", ANY_TYPE, ANY_JSON },
	{ "initial", COMPOUND | PARALLEL, ANY_JSON },
	{ "states", ACTIVE, json_type_object },
	{ "on", ACTIVE, json_type_object },
	{ "always", ACTIVE, ANY_JSON },
	{ "after", ACTIVE, json_type_object },
	{ "onDone", ACTIVE, ANY_JSON },
	{ "entry", ACTIVE | FINAL, ANY_JSON },
	{ "exit", ACTIVE | FINAL, ANY_JSON },
	{ "history", HISTORY, ANY_JSON },
	{ "target", HISTORY, ANY_JSON },
	{ "tags", ANY_TYPE, json_type_array },
	{ "description", ANY_TYPE, json_type_string },
	{ "meta", ANY_TYPE, json_type_object },
	{ "version", ANY_TYPE | ROOT_ONLY, json_type_string },
	{ "context", ANY_TYPE | ROOT_ONLY, json_type_object },
	{ "$schema", ANY_TYPE | ROOT_ONLY, json_type_string },
};

static const char *const type_names[] = { "an atomic", "a compound", "a parallel", "a final",
	"a history" };

static const struct property *
find_property(const struct node *n, const char *key)
{
	for (size_t i = 0; i < LEN(properties); i++) {
		const struct property *p = &properties[i];

		if (str_eq(p->name, key))
			return p->where & ROOT_ONLY && n->parent != NO_STATE ? NULL : p;
	}
	return NULL;
}

static void
check_property(struct loader *l, const struct node *n, const char *key, struct json_object *value)
{
	const struct property *p = find_property(n, key);
	const struct place *at = AT_KEY(AT_NODE(n), key);

	if (!p)
		mistake(l, at, "unknown-property", "a state has no property \"%s\"", key);
	else if (!(p->where & 1 << n->pub.type))
		mistake(l, at, "misplaced-property", "%s state cannot have \"%s\"",
		    type_names[n->pub.type], key);
	else if (!value)
		mistake(l, at, "type", "\"%s\" cannot be null", key);
	else if (p->json != ANY_JSON && !json_object_is_type(value, (enum json_type)p->json))
		mistake(l, at, "type", "\"%s\" must be %s %s", key,
		    strchr("aeiou", *json_type_to_name((enum json_type)p->json)) ? "an" : "a",
		    json_type_to_name((enum json_type)p->json));
}

static void
load_tags(struct loader *l, struct node *n)
{
	struct json_object *tags = json_get(n->json, "tags");
	size_t count = json_object_is_type(tags, json_type_array) ? json_object_array_length(tags) : 0;
	const char **list = count ? arena_array(l->arena, const char *, count + 1) : NULL;

	for (size_t i = 0; i < count; i++) {
		struct json_object *tag = json_object_array_get_idx(tags, i);

		if (json_object_is_type(tag, json_type_string))
			list[i] = json_object_get_string(tag);
		else
			mistake(l, AT_INDEX(AT_KEY(AT_NODE(n), "tags"), (int)i), "type",
			    "a tag is a string");
	}
	n->pub.tags = list;
}

static bool
has_region(const struct loader *l, const struct node *n)
{
	int c = n->first_child;

	while (c != NO_STATE && l->chart->nodes[c].pub.type == SC_HISTORY)
		c = l->chart->nodes[c].next_sibling;
	return c != NO_STATE;
}

void
load_shape(struct loader *l, struct node *n)
{
	json_object_object_foreach(n->json, key, value)
	{
		check_property(l, n, key, value);
	}
	if (n->pub.type == SC_ATOMIC && n->first_child != NO_STATE)
		mistake(l, AT_KEY(AT_NODE(n), "states"), "misplaced-property",
		    "an atomic state cannot have states");
	if (n->parent == NO_STATE && n->first_child == NO_STATE)
		mistake(l, AT_KEY(AT_NODE(n), "states"), "required", "the machine has no states");
	else if (n->pub.type == SC_PARALLEL && !has_region(l, n))
		mistake(l, AT_KEY(AT_NODE(n), "states"), "required",
		    "a parallel state needs a region");
	if (n->parent == NO_STATE && n->pub.type == SC_HISTORY)
		mistake(l, AT_KEY(AT_NODE(n), "type"), "type", "the machine is no history state");
	load_tags(l, n);
}
