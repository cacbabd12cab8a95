/*
 * What can be said about a rule without data: its mistakes, and which variables it reads.
 */
#include "logic_priv.h"

#include <string.h>

/* ---- mistakes ---- */

struct check {
	struct error_list *errors;
	int depth;
};

static void check_rule(struct check *c, struct json_object *rule, const char *pointer);

/* Not counted where a lone operand may turn out to be an array of them. */
static void
check_count(
    struct check *c, const struct operation *op, struct json_object *operands, const char *pointer)
{
	int n = is_array(operands) ? (int)json_object_array_length(operands) : 1;

	if (!is_array(operands) && op->is_spread)
		return;
	if (n < op->min_args)
		error_add(c->errors, pointer, "arguments", "\"%s\" needs at least %d operand%s",
		    op->name, op->min_args, op->min_args == 1 ? "" : "s");
	else if (op->max_args >= 0 && n > op->max_args)
		error_add(c->errors, pointer, "arguments", "\"%s\" takes at most %d operand%s",
		    op->name, op->max_args, op->max_args == 1 ? "" : "s");
}

static void
check_items(struct check *c, struct json_object *rules, const char *pointer)
{
	for (size_t i = 0; i < json_object_array_length(rules); i++)
		check_rule(c, json_object_array_get_idx(rules, i),
		    arena_printf(c->errors->arena, "%s/%zu", pointer, i));
}

static void
check_operation(
    struct check *c, const char *name, struct json_object *operands, const char *pointer)
{
	const struct operation *op = operation_find(name);

	pointer = arena_printf(c->errors->arena, "%s/%s", pointer, name);
	if (!op) {
		error_add(c->errors, pointer, "operation", "unknown operation \"%.80s\"", name);
		return;
	}
	check_count(c, op, operands, pointer);
	check_rule(c, operands, pointer);
}

/* An object of several keys is a literal; one of them an operator was hardly meant so. */
static void
check_literal(struct check *c, struct json_object *o, const char *pointer)
{
	json_object_object_foreach(o, key, value)
	{
		(void)value;
		if (operation_find(key)) {
			error_add(c->errors, pointer, "several-keys",
			    "an object with the operator \"%s\" may have no other key", key);
			return;
		}
	}
}

static void
check_rule(struct check *c, struct json_object *rule, const char *pointer)
{
	struct json_object *operands;
	const char *name = operation_name(rule, &operands);

	if (c->depth == LOGIC_DEPTH_MAX) {
		error_add(c->errors, pointer, "depth", "the rule is nested too deeply");
		return;
	}
	c->depth++;
	if (name)
		check_operation(c, name, operands, pointer);
	else if (is_array(rule))
		check_items(c, rule, pointer);
	else if (json_object_is_type(rule, json_type_object))
		check_literal(c, rule, pointer);
	c->depth--;
}

void
logic_check(struct json_object *rule, const char *pointer, struct error_list *errors)
{
	struct check c = { .errors = errors };

	check_rule(&c, rule, pointer);
}

/* ---- variables ---- */

/* "event" holds "event.data", so reading the one is reading the other. */
static bool
paths_meet(const char *path, const char *prefix)
{
	size_t n = strlen(path), m = strlen(prefix), shorter = n < m ? n : m;

	if (n == 0 || m == 0)
		return true;
	if (strncmp(path, prefix, shorter) != 0)
		return false;
	return n == m || (n > m ? path : prefix)[shorter] == '.';
}

/* A path that is itself a rule may be any. */
static bool
path_meets(struct json_object *path, const char *prefix)
{
	if (is_text(path))
		return paths_meet(json_object_get_string(path), prefix);
	return !path || json_object_is_type(path, json_type_object);
}

static bool
any_path_meets(struct json_object *paths, const char *prefix)
{
	if (!is_array(paths))
		return path_meets(paths, prefix);
	for (size_t i = 0; i < json_object_array_length(paths); i++)
		if (path_meets(json_object_array_get_idx(paths, i), prefix))
			return true;
	return false;
}

static bool
names_paths(const char *name, struct json_object *operands, const char *prefix)
{
	struct json_object *first = is_array(operands) ? json_object_array_get_idx(operands, 0)
						       : operands;

	if (strcmp(name, "var") == 0)
		return path_meets(first, prefix);
	if (strcmp(name, "missing") == 0)
		return any_path_meets(operands, prefix);
	if (strcmp(name, "missing_some") == 0 && is_array(operands))
		return any_path_meets(json_object_array_get_idx(operands, 1), prefix);
	return false;
}

/* The second operand of these sees an item of the array, not the data. */
static bool
has_scope(const char *name)
{
	static const char *const names[] = { "map", "filter", "reduce", "all", "none", "some" };

	for (size_t i = 0; i < LEN(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static bool
reads(struct json_object *rule, const char *prefix, int depth)
{
	struct json_object *operands;
	const char *name = operation_name(rule, &operands);
	bool is_scoped = name && has_scope(name);

	if (depth > LOGIC_DEPTH_MAX)
		return true;
	if (name && names_paths(name, operands, prefix))
		return true;
	if (!name)
		operands = rule;
	if (!is_array(operands))
		return name && reads(operands, prefix, depth + 1);
	for (size_t i = 0; i < json_object_array_length(operands); i++)
		if (!(is_scoped && i == 1) &&
		    reads(json_object_array_get_idx(operands, i), prefix, depth + 1))
			return true;
	return false;
}

bool
logic_reads(struct json_object *rule, const char *prefix)
{
	return reads(rule, prefix, 0);
}
