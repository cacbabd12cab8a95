/*
 * Evaluates a rule: an object with one key is an operation, an array is its elements' values, all
 * else stands for itself.
 */
#include "logic_priv.h"

#include <string.h>

static const struct {
	const char *name;
	logic_op op;
} operators[] = {
	{ "var", op_var },
	{ "missing", op_missing },
	{ "missing_some", op_missing_some },
	{ "if", op_if },
	{ "?:", op_if },
	{ "and", op_and },
	{ "or", op_or },
	{ "!", op_not },
	{ "!!", op_truthy },
	{ "==", op_loose_equal },
	{ "!=", op_loose_unequal },
	{ "===", op_strict_equal },
	{ "!==", op_strict_unequal },
	{ "<", op_less },
	{ "<=", op_less_equal },
	{ ">", op_greater },
	{ ">=", op_greater_equal },
	{ "+", op_plus },
	{ "-", op_minus },
	{ "*", op_times },
	{ "/", op_divide },
	{ "%", op_modulo },
	{ "max", op_max },
	{ "min", op_min },
	{ "map", op_map },
	{ "filter", op_filter },
	{ "reduce", op_reduce },
	{ "all", op_all },
	{ "none", op_none },
	{ "some", op_some },
	{ "merge", op_merge },
	{ "in", op_in },
	{ "cat", op_cat },
	{ "substr", op_substr },
	{ "log", op_log },
};

logic_op
logic_find(const char *name)
{
	for (size_t i = 0; i < LEN(operators); i++)
		if (strcmp(operators[i].name, name) == 0)
			return operators[i].op;
	return NULL;
}

struct json_object *
logic_stop(struct evaluation *e, const char *fmt, ...)
{
	va_list ap;

	if (e->why)
		return NULL;
	va_start(ap, fmt);
	e->why = arena_vprintf(e->arena, fmt, ap);
	va_end(ap);
	return NULL;
}

bool
logic_spend(struct evaluation *e, int64_t work)
{
	if (e->why)
		return false;
	e->work += work;
	if (e->work > LOGIC_WORK_MAX)
		logic_stop(e, "the rule takes too long: more than %d steps", LOGIC_WORK_MAX);
	return !e->why;
}

int
arg_count(struct json_object *args)
{
	if (json_object_is_type(args, json_type_array))
		return (int)json_object_array_length(args);
	return 1;
}

struct json_object *
arg_at(struct json_object *args, int i)
{
	if (json_object_is_type(args, json_type_array))
		return json_object_array_get_idx(args, (size_t)i);
	return i == 0 ? args : NULL;
}

struct json_object *
arg_value(struct evaluation *e, struct json_object *args, int i, struct json_object *data)
{
	return i < arg_count(args) ? logic_eval(e, arg_at(args, i), data) : NULL;
}

static struct json_object *
eval_array(struct evaluation *e, struct json_object *list, struct json_object *data)
{
	struct json_object *values = make_array(e);

	for (size_t i = 0; i < json_object_array_length(list) && !e->why; i++)
		json_object_array_add(values,
		    json_object_get(logic_eval(e, json_object_array_get_idx(list, i), data)));
	return values;
}

static struct json_object *
eval_operation(struct evaluation *e, struct json_object *rule, struct json_object *data)
{
	struct json_object_iterator it = json_object_iter_begin(rule);
	const char *name = json_object_iter_peek_name(&it);
	logic_op op = logic_find(name);

	if (!op)
		return logic_stop(e, "unknown operation \"%s\"", name);
	return op(e, json_object_iter_peek_value(&it), data);
}

struct json_object *
logic_eval(struct evaluation *e, struct json_object *rule, struct json_object *data)
{
	struct json_object *value = rule;

	if (!logic_spend(e, 1))
		return NULL;
	if (e->depth >= LOGIC_DEPTH_MAX)
		return logic_stop(e, "the rule is nested deeper than %d", LOGIC_DEPTH_MAX);
	e->depth++;
	if (json_object_is_type(rule, json_type_array))
		value = eval_array(e, rule, data);
	else if (json_object_is_type(rule, json_type_object) &&
		 json_object_object_length(rule) == 1)
		value = eval_operation(e, rule, data);
	e->depth--;
	return value;
}

struct json_object *
logic_apply(struct arena *a, struct json_object *rule, struct json_object *data, const char **why)
{
	struct evaluation e = { .arena = a };
	struct json_object *value = logic_eval(&e, rule, data);

	*why = e.why;
	return e.why ? NULL : value;
}
