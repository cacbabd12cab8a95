/*
 * What can be said of a rule without data: its mistakes, and what it reads.
 */
#include "logic_priv.h"

#include <string.h>

static void
check_at(struct json_object *rule, const char *pointer, int depth, struct error_list *errors)
{
	if (depth > LOGIC_DEPTH_MAX) {
		error_add(
		    errors, pointer, "depth", "the rule is nested deeper than %d", LOGIC_DEPTH_MAX);
		return;
	}
	if (json_object_is_type(rule, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(rule); i++)
			check_at(json_object_array_get_idx(rule, i),
			    arena_printf(errors->arena, "%s/%zu", pointer, i), depth + 1, errors);
		return;
	}
	if (!json_object_is_type(rule, json_type_object) || json_object_object_length(rule) != 1)
		return;
	json_object_object_foreach(rule, name, args)
	{
		const char *below = arena_printf(errors->arena, "%s/%s", pointer, name);
		if (!logic_find(name))
			error_add(errors, below, "operation", "unknown operation \"%s\"", name);
		check_at(args, below, depth + 1, errors);
	}
}

void
logic_check(struct json_object *rule, const char *pointer, struct error_list *errors)
{
	check_at(rule, pointer, 0, errors);
}

static bool
path_is_below(const char *path, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(path, prefix, n) == 0 && (path[n] == '\0' || path[n] == '.');
}

/* The whole data, or a path that is computed, may be anything: counted as read. */
static bool
reads_path(struct json_object *args, const char *prefix)
{
	struct json_object *path = arg_at(args, 0);

	if (!json_object_is_type(path, json_type_string))
		return true;
	return *json_object_get_string(path) == '\0' ||
	       path_is_below(json_object_get_string(path), prefix);
}

static bool
reads_at(struct json_object *rule, const char *prefix, int depth)
{
	if (depth > LOGIC_DEPTH_MAX)
		return true;
	if (json_object_is_type(rule, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(rule); i++)
			if (reads_at(json_object_array_get_idx(rule, i), prefix, depth + 1))
				return true;
		return false;
	}
	if (!json_object_is_type(rule, json_type_object))
		return false;
	json_object_object_foreach(rule, name, args)
	{
		if (strcmp(name, "var") == 0 && reads_path(args, prefix))
			return true;
		if (reads_at(args, prefix, depth + 1))
			return true;
	}
	return false;
}

bool
logic_reads(struct json_object *rule, const char *prefix)
{
	return reads_at(rule, prefix, 0);
}
